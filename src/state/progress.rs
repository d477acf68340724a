//! How many requests a person is waiting for: it moves the bar at the top and tells a navigation when its page is there.

use crate::reactive::RwSignal;
use leptos::prelude::*;

/// The number of loads under way.
#[derive(Clone, Copy)]
pub struct ProgressState(RwSignal<usize>);

/// Counts as one load until dropped, however the load ends.
pub struct ProgressGuard(RwSignal<usize>);

impl Drop for ProgressGuard {
    fn drop(&mut self) {
        // The last guards go down together with the app.
        self.0.try_update(|count| *count = count.saturating_sub(1));
    }
}

/// Installs the counter.
pub fn provide_progress() -> ProgressState {
    let state = ProgressState(RwSignal::new(0));
    provide_context(state);
    state
}

/// The counter of this app; one of its own where none was installed.
pub fn use_progress() -> ProgressState {
    use_context().unwrap_or_else(provide_progress)
}

impl ProgressState {
    /// Begins to count one load.
    pub fn begin(self) -> ProgressGuard {
        self.0.try_update(|count| *count += 1);
        ProgressGuard(self.0)
    }

    /// Whether anything is under way; tracked.
    pub fn is_busy(self) -> bool {
        self.0.get() > 0
    }

    /// Whether anything is under way, without subscribing to it.
    pub fn is_busy_untracked(self) -> bool {
        self.0.try_get_untracked().is_some_and(|count| count > 0)
    }
}
