//! A list of crates, the same wherever crates are listed: name, version, description, downloads, last update.

use leptos::prelude::*;

use super::time_text::RelativeTime;
use crate::browser::intl;
use crate::domain::krate::Krate;
use crate::domain::time::Timestamp;
use crate::route::Route;
use crate::template::view;

/// How much of a description a list shows, in characters.
const DESCRIPTION: usize = 200;

/// Shows the crates in the order given.
#[component]
pub fn CrateList(crates: Vec<Krate>, now: Timestamp) -> impl IntoView {
    let rows = crates
        .into_iter()
        .map(|krate| row(krate, now))
        .collect_view();
    view! { <ol class="crate-list">{rows}</ol> }
}

fn row(krate: Krate, now: Timestamp) -> AnyView {
    let href = Route::krate(&krate.name).path();
    let version = krate
        .default_version
        .map(|version| view! { <span class="crate-row__version">{format!("v{version}")}</span> });
    let yanked = krate
        .yanked
        .then(|| view! { <span class="yanked-mark">"yanked"</span> });
    let description = krate
        .description
        .map(|text| view! { <p class="crate-row__description" dir="auto">{shorten(&text, DESCRIPTION)}</p> });
    let recent = krate.recent_downloads.map(
        |count| view! { <div><dt>"Recent downloads"</dt><dd>{intl::number(count)}</dd></div> },
    );
    let updated = krate.updated_at.map(
        |time| view! { <div><dt>"Updated"</dt><dd><RelativeTime time=time now=now /></dd></div> },
    );
    view! {
        <li class="crate-row">
            <h3 class="crate-row__name">
                <a href=href>{krate.name}</a>
                {version}
                {yanked}
            </h3>
            {description}
            <dl class="crate-row__facts">
                <div><dt>"All downloads"</dt><dd>{intl::number(krate.downloads)}</dd></div>
                {recent}
                {updated}
            </dl>
        </li>
    }
    .into_any()
}

/// The beginning of a text, cut between words where that is possible.
pub fn shorten(text: &str, most: usize) -> String {
    let text = text.trim();
    let Some((end, _)) = text.char_indices().nth(most) else {
        return text.to_owned();
    };
    let cut = text.get(..end).unwrap_or(text);
    let cut = cut
        .rsplit_once(char::is_whitespace)
        .map_or(cut, |(whole_words, _)| whole_words);
    format!("{} …", cut.trim_end())
}

/// Grey rows in the place of a list that is on its way.
#[component]
pub fn CrateListPlaceholder() -> impl IntoView {
    let rows = (0..5)
        .map(|_| view! { <div class="placeholder-row"></div> })
        .collect_view();
    view! { <div class="crate-list" aria-hidden="true">{rows}</div> }
}

#[cfg(test)]
mod tests {
    use super::shorten;

    #[test]
    fn a_short_text_stays_whole() {
        assert_eq!(shorten("  a crate ", 20), "a crate");
    }

    #[test]
    fn a_long_text_ends_after_a_word() {
        assert_eq!(shorten("one two three", 9), "one two …");
    }

    #[test]
    fn one_endless_word_is_cut_between_characters() {
        assert_eq!(shorten("ααααα", 3), "ααα …");
    }
}
