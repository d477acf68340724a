//! A rendered README: the one place where HTML from a server becomes part of the page.
//!
//! The text is parsed into an inert document first, where nothing loads and nothing runs; `sanitize` keeps what it knows and
//! drops the rest; what is left is moved over node by node, never written out and parsed again. A long one comes in pieces.

mod alerts;
mod allowed;
mod anchors;
mod code;
mod sanitize;
mod scheme;

use leptos::prelude::*;

use crate::browser::{document, timer};
use crate::state::load::spawn_scoped;
use crate::state::preferences::PreferencesState;
use crate::state::progress::use_progress;
use crate::template::view;

/// How many paragraphs, headings, blanks between them and so on are shown at once. Hardly any README has more.
const FIRST: u32 = 400;

/// How many more at a time, so that one can scroll meanwhile.
const FURTHER: u32 = 80;

/// Shows the README.
#[component]
pub fn Readme(
    /// As the file host gave it. Not trusted.
    html: String,
    preferences: PreferencesState,
) -> impl IntoView {
    let body = NodeRef::<leptos::html::Div>::new();
    let progress = use_progress();
    Effect::new(move |_| {
        let Some(body) = body.get() else { return };
        body.replace_children_with_node_0();
        let Some(mut cleaning) = sanitize::begin(&html) else {
            return;
        };
        if let Some(fragment) = cleaning.next(FIRST) {
            let _ = body.append_child(&fragment);
        }
        // Whoever came for a heading came before it was there.
        let found = document::scroll_to_fragment(sanitize::ID_PREFIX);
        // Going back waits for the whole: what is too short cannot be scrolled to where one was.
        let guard = (!cleaning.is_done()).then(|| progress.begin());
        spawn_scoped(async move {
            if let Some(guard) = guard {
                timer::sleep(0).await;
                while let Some(fragment) = cleaning.next(FURTHER) {
                    let _ = body.append_child(&fragment);
                    timer::sleep(0).await;
                }
                if !found {
                    document::scroll_to_fragment(sanitize::ID_PREFIX);
                }
                drop(guard);
            }
            code::colour(body.into()).await;
        });
    });
    Effect::new(move |_| {
        let scheme = preferences.scheme();
        if let Some(body) = body.get() {
            scheme::follow(&body, scheme);
        }
    });
    view! {
        <section class="readme" aria-label="Readme">
            <div class="readme__body" dir="auto" node_ref=body></div>
        </section>
    }
}
