//! Code in a README, coloured where the language is known. The script that does it comes only when there is such code.
//!
//! Diagrams (`mermaid`) are shown as the source they are, and it is said what they are: a wrong picture is worse than none.
//! What was tried with up to two dozen diagrams, sizes after brotli:
//!
//! - mermaid itself (`@mermaid-js/tiny`, 512 kB) writes style elements and attributes as it goes, which the content security
//!   policy refuses; one that allowed them would allow them to every README. It would have to draw in a sandboxed frame whose
//!   document has a policy of its own, and hand back a picture.
//! - merman 0.9.3, which needs no document, reads what mermaid reads, but is 1,690 kB with ten kinds of diagrams, and cuts off
//!   the ends of words where a font is wider than the one it counts with.
//! - mermaid-svg 0.7.0 draws boxes of different subgraphs over each other, cuts off edges that run outside, and reads
//!   `-.word.->` as a box; beautiful-mermaid 1.1.3 (364 kB) reads `A-->B` as a box named `A--`.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, DocumentFragment, Element, NodeList};

use crate::browser::highlighter;
use crate::browser::timer;

/// Longer code stays plain: nobody reads so much of it here, and everybody would wait for it.
const LONGEST: usize = 50_000;

/// The language a code element names, as `language-rust,no_run` does.
fn language(classes: &str) -> Option<&str> {
    let named = classes
        .split_ascii_whitespace()
        .find_map(|class| class.strip_prefix("language-"))?;
    named
        .split([',', ' ', '{'])
        .next()
        .filter(|name| !name.is_empty())
}

/// Where code of a named language stands.
const BLOCKS: &str = "pre > code[class*='language-']";

fn blocks(found: Result<NodeList, JsValue>) -> Vec<(Element, String)> {
    let Ok(found) = found else { return Vec::new() };
    let element = |index| found.item(index)?.dyn_into::<Element>().ok();
    let block = |element: Element| {
        let language = language(&element.class_name())?.to_ascii_lowercase();
        Some((element, language))
    };
    (0..found.length())
        .filter_map(element)
        .filter_map(block)
        .collect()
}

/// Says of each diagram what it is.
pub fn explain_diagrams(document: &Document, root: &DocumentFragment) {
    for (code, language) in blocks(root.query_selector_all(BLOCKS)) {
        if language != "mermaid" {
            continue;
        }
        if let (Some(block), Ok(note)) = (code.parent_element(), document.create_element("p")) {
            note.set_class_name("readme__note");
            note.set_text_content(Some(
                "Diagram (Mermaid), shown as the text it is made from:",
            ));
            let _ = block.set_attribute("aria-label", "Source of a diagram");
            let _ = block.before_with_node_1(&note);
        }
    }
}

/// Colours all code below an element, a block at a time so that the page stays quick.
pub async fn colour(root: Element) {
    let blocks: Vec<_> = blocks(root.query_selector_all(BLOCKS))
        .into_iter()
        .filter(|(element, language)| {
            language != "mermaid"
                && element
                    .text_content()
                    .is_some_and(|text| text.len() <= LONGEST)
        })
        .collect();
    if blocks.is_empty() {
        return;
    }
    // The text is read before its colours.
    timer::frame().await;
    timer::frame().await;
    let Some(highlighter) = highlighter::load().await else {
        return;
    };
    for (element, language) in blocks {
        highlighter.colour(&element, &language);
        timer::sleep(0).await;
    }
}

#[cfg(test)]
mod tests {
    use super::language;

    #[test]
    fn the_language_is_named_by_a_class_up_to_its_attributes() {
        for (classes, expected) in [
            ("language-rust", Some("rust")),
            ("a language-rust,no_run b", Some("rust")),
            ("language-rust{1,2}", Some("rust")),
            ("language-", None),
            ("lang-rust", None),
            ("", None),
        ] {
            assert_eq!(language(classes), expected, "{classes:?}");
        }
    }
}
