//! Readers of what lives as long as the app: the session, the address, the preferences.
//!
//! A signal of leptos 0.8 forgets its readers only when it changes, a memo never does. Every effect of every page that read
//! one would stay known to it: some hundred bytes for each navigation, for as long as the tab is open.

use leptos::prelude::on_cleanup;
use leptos::reactive::graph::{Observer, Subscriber};

/// Has whoever reads now, if anybody follows what is read, taken off all lists of readers when they run again or go.
pub fn forget_reader_when_gone() {
    if let Some(reader) = Observer::get() {
        on_cleanup(move || reader.clear_sources(&reader));
    }
}
