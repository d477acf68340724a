//! How often a crate or a version was downloaded lately. It stands last, so it is asked for when somebody gets there.

use leptos::prelude::*;

use crate::browser::sight;
use crate::reactive::{RwSignal, StoredValue, effect};
use crate::template::view;

/// Shows the downloads of the last 90 days, once scrolled into sight.
#[component]
pub fn DownloadsSection(
    /// The crate.
    name: String,
    /// The version; without one, all of the crate.
    version: Option<String>,
    /// What shows them.
    downloads: fn(String, Option<String>) -> AnyView,
) -> impl IntoView {
    let place = NodeRef::<leptos::html::Section>::new();
    let seen = RwSignal::new(false);
    let watch = StoredValue::new(None::<sight::Watch>);
    effect(move |_| {
        let Some(element) = place.get() else { return };
        let begun = sight::watch(&element, move || {
            if !seen.get_untracked() {
                seen.set(true);
            }
        });
        match begun {
            Some(begun) => watch.set_value(Some(begun)),
            None => seen.set(true),
        }
    });
    effect(move |_| {
        if seen.get() {
            watch.set_value(None);
        }
    });
    let content = move || seen.get().then(|| downloads(name.clone(), version.clone()));
    view! {
        <section class="downloads" aria-labelledby="downloads-heading" node_ref=place>
            <h2 id="downloads-heading">"Downloads of the last 90 days"</h2>
            {content}
        </section>
    }
}
