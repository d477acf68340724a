//! Pictures that come in two versions, one for each colour scheme.
//!
//! A `<source>` asks what the system prefers; here a person may have chosen otherwise. What it asks is kept and replaced by
//! the answer for as long as the choice holds.

use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::state::preferences::ColorScheme;

/// Where the question that the author wrote is kept.
const ASKED: &str = "data-media";

/// Lets the pictures below an element follow the chosen colour scheme.
pub fn follow(root: &Element, scheme: ColorScheme) {
    let Ok(sources) =
        root.query_selector_all("source[media*='prefers-color-scheme'], source[data-media]")
    else {
        return;
    };
    for source in
        (0..sources.length()).filter_map(|index| sources.item(index)?.dyn_into::<Element>().ok())
    {
        let asked = source
            .get_attribute(ASKED)
            .or_else(|| source.get_attribute("media"))
            .unwrap_or_default();
        let _ = source.set_attribute(ASKED, &asked);
        let _ = source.set_attribute("media", &answered(&asked, scheme));
    }
}

/// A media query in which the question for the colour scheme is answered: by what always or by what never holds.
fn answered(media: &str, scheme: ColorScheme) -> String {
    let (always, never) = ("(min-width: 0)", "(max-width: 0)");
    let (dark, light) = match scheme {
        ColorScheme::System => return media.to_owned(),
        ColorScheme::Dark => (always, never),
        ColorScheme::Light => (never, always),
    };
    let plain = media
        .to_ascii_lowercase()
        .replace(": ", ":")
        .replace("( ", "(")
        .replace(" )", ")");
    plain
        .replace("(prefers-color-scheme:dark)", dark)
        .replace("(prefers-color-scheme:light)", light)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_answers_the_question_and_the_system_leaves_it() {
        let dark = "(prefers-color-scheme: dark)";
        assert_eq!(answered(dark, ColorScheme::System), dark);
        assert_eq!(answered(dark, ColorScheme::Dark), "(min-width: 0)");
        assert_eq!(answered(dark, ColorScheme::Light), "(max-width: 0)");
        assert_eq!(
            answered("(Prefers-Color-Scheme:light)", ColorScheme::Light),
            "(min-width: 0)"
        );
    }

    #[test]
    fn other_questions_stay() {
        let media = "(min-width: 600px) and (prefers-color-scheme: dark)";
        assert_eq!(
            answered(media, ColorScheme::Dark),
            "(min-width:600px) and (min-width: 0)"
        );
    }
}
