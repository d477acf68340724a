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
use web_sys::Element;

use crate::browser::{clock, document, timer};
use crate::domain;
use crate::reactive::{RwSignal, effect};
use crate::state::load::{Loader, spawn_scoped};
use crate::state::preferences::PreferencesState;
use crate::state::progress::use_progress;
use crate::template::view;
use sanitize::Cleaning;

/// A README of more paragraphs, headings, blanks between them and so on comes in pieces. Hardly any has more; those of a common
/// length are laid out whole, since what inspections compute of a piece left out is not what is seen of it.
const LONG: u32 = 800;

/// How many of them are a piece. One that comes near the window is laid out and painted at once, so it is small.
const PIECE: u32 = 24;

/// Marks a piece that is laid out and painted only near the window.
const ONLY_NEAR: &str = "data-only-near";

/// How many pieces come first: more than a window shows.
const FIRST: u32 = 4;

/// How many pieces are laid out once, wherever they are, so that their height is known: whoever comes back finds the place.
const MEASURED: u32 = 16;

/// For how long further pieces are made before the page may do something else, in milliseconds.
const SLICE: i64 = 6;

/// Shows the README.
#[component]
pub fn Readme(
    /// As the file host gave it. Not trusted.
    readme: Loader<Option<domain::readme::Readme>>,
    /// How it begins, where it is long and the rest is on its way. Not trusted either.
    beginning: RwSignal<Option<String>>,
    preferences: PreferencesState,
) -> impl IntoView {
    let body = NodeRef::<leptos::html::Div>::new();
    let progress = use_progress();
    effect(move |shown: Option<Shown>| {
        let shown = shown.unwrap_or_default();
        let Some(body) = body.get() else {
            return shown;
        };
        let cleaning = readme.with(|readme| sanitize::begin(&readme.ready()?.as_ref()?.html));
        let Some(mut cleaning) = cleaning else {
            return beginning.with(|html| match html {
                Some(html) if shown.nodes == 0 => show_beginning(html, &body),
                _ => shown,
            });
        };
        if shown.nodes == 0 {
            body.replace_children_with_node_0();
        } else {
            // Cleaned again, since what follows a heading depends on it.
            cleaning.next(shown.nodes);
        }
        // Going back waits for the whole: what is too short cannot be scrolled to where one was.
        let guard = (cleaning.left() > LONG).then(|| progress.begin());
        if guard.is_none() {
            if let Some(fragment) = cleaning.next(LONG) {
                let _ = body.append_child(&fragment);
            }
            shown.find();
        }
        spawn_scoped(async move {
            if let Some(guard) = guard {
                show_in_pieces(cleaning, shown, &body).await;
                drop(guard);
            }
            code::colour(body.into()).await;
        });
        Shown::default()
    });
    effect(move |_| {
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

/// What is shown of a README.
#[derive(Clone, Copy, Default)]
struct Shown {
    /// How many nodes.
    nodes: u32,
    /// Whether the heading that was come for is among them.
    found: bool,
}

impl Shown {
    /// Whoever came for a heading came before it was there. Once it was found, one may have scrolled on.
    fn find(mut self) -> Self {
        self.found = self.found || document::scroll_to_fragment(sanitize::ID_PREFIX);
        self
    }
}

/// Shows how a README begins. The last node may not be complete and is left out.
fn show_beginning(html: &str, body: &Element) -> Shown {
    let mut shown = Shown::default();
    let Some(mut cleaning) = sanitize::begin(html) else {
        return shown;
    };
    let count = cleaning.left().saturating_sub(1).min(FIRST * PIECE);
    while shown.nodes < count {
        let nodes = PIECE.min(count - shown.nodes);
        let Some(piece) = cleaning.next_piece(nodes) else {
            break;
        };
        let _ = body.append_child(&piece);
        shown.nodes += nodes;
    }
    shown.find()
}

/// Shows a long README a few pieces at a time, so that one can scroll meanwhile. Some may be there.
async fn show_in_pieces(mut cleaning: Cleaning, mut shown: Shown, body: &Element) {
    let there = shown.nodes.div_ceil(PIECE);
    let mut next = |body: &Element| {
        let piece = cleaning.next_piece(PIECE)?;
        let _ = body.append_child(&piece);
        shown = shown.find();
        Some(piece)
    };
    for index in there..MEASURED {
        let Some(piece) = next(body) else { return };
        if index >= FIRST {
            timer::frame().await;
            let _ = piece.set_attribute(ONLY_NEAR, "");
        }
    }
    let mut began = clock::now().millis();
    while let Some(piece) = next(body) {
        let _ = piece.set_attribute(ONLY_NEAR, "");
        if clock::now().millis() - began > SLICE {
            timer::sleep(0).await;
            began = clock::now().millis();
        }
    }
}
