//! What is done again whenever something it has read changes.

use leptos::prelude::{Effect, LocalStorage};

/// Does `run` soon, and again whenever a signal or memo that it has read changes, with what it returned the last time. Ends
/// with its owner, or when it is stopped.
pub fn effect<T: 'static>(mut run: impl FnMut(Option<T>) -> T + 'static) -> Effect<LocalStorage> {
    let mut before = None;
    made(Box::new(move || before = Some(run(before.take()))))
}

/// Out of line, so that it is there once.
#[inline(never)]
fn made(mut run: Box<dyn FnMut()>) -> Effect<LocalStorage> {
    Effect::new(move |_| run())
}
