//! What runs before the app does.

use std::future::Future;

/// Begins a task. The framework has its own way to do so, but only once the app is there.
pub fn begin(task: impl Future<Output = ()> + 'static) {
    wasm_bindgen_futures::spawn_local(task);
}
