//! The rows of a list that may be long, some at a time: the first are read while the others are drawn, and whoever scrolls
//! meanwhile does not wait for them.

use leptos::prelude::*;

use crate::browser::timer;
use crate::state::load::spawn_scoped;
use crate::state::progress::{ProgressGuard, use_progress};
use crate::template::view;

/// How many rows are drawn between two frames: more than a window shows.
pub const AT_ONCE: usize = 25;

/// A row that is not drawn yet.
pub type Row = Box<dyn FnOnce() -> AnyView>;

/// Shows the rows in their order.
pub fn gradual_list(rows: Vec<Row>) -> AnyView {
    // Going back waits for all of them: what is too short cannot be scrolled to where one was.
    let drawing = (rows.len() > AT_ONCE).then(|| use_progress().begin());
    some_rows(rows, drawing)
}

fn some_rows(mut rows: Vec<Row>, drawing: Option<ProgressGuard>) -> AnyView {
    let others = rows.split_off(rows.len().min(AT_ONCE));
    let shown: Vec<AnyView> = rows.into_iter().map(|draw| draw()).collect();
    if others.is_empty() {
        return shown.into_any();
    }
    // One of leptos's own: rows stay where they are made.
    let waiting = RwSignal::new_local(None::<(Vec<Row>, Option<ProgressGuard>)>);
    spawn_scoped(async move {
        timer::frame().await;
        waiting.try_set(Some((others, drawing)));
    });
    let following = move || {
        waiting.track();
        // Taken without a word: these rows stay.
        let (rows, drawing) = waiting.try_update_untracked(Option::take)??;
        Some(some_rows(rows, drawing))
    };
    view! { {shown} {following} }.into_any()
}
