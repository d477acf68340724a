//! A rendered README: the one place where HTML from a server becomes part of the page.
//!
//! The text is parsed into an inert document first, where nothing loads and nothing runs; `sanitize` keeps what it knows and
//! drops the rest; what is left is moved over node by node, never written out and parsed again.

mod alerts;
mod allowed;
mod anchors;
mod code;
mod sanitize;
mod scheme;

use leptos::prelude::*;

use crate::browser::document;
use crate::state::load::spawn_scoped;
use crate::state::preferences::PreferencesState;

/// Shows the README.
#[component]
pub fn Readme(
    /// As the file host gave it. Not trusted.
    html: String,
    preferences: PreferencesState,
) -> impl IntoView {
    let body = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |_| {
        let Some(body) = body.get() else { return };
        body.replace_children_with_node_0();
        if let Some(fragment) = sanitize::fragment(&html) {
            let _ = body.append_child(&fragment);
        }
        // Whoever came for a heading came before it was there.
        document::scroll_to_fragment(sanitize::ID_PREFIX);
        spawn_scoped(code::colour(body.clone().into()));
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
