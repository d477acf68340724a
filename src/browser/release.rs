//! Whether a new release has taken the place of the one that this tab runs.
//!
//! The start script finds out (`start.js`), since it is there even when nothing else arrives; it also loads the new release,
//! once in a while and never in circles.

use std::cell::Cell;

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = __nameplate_renew)]
    fn renew() -> Result<Promise, JsValue>;
}

thread_local! {
    static OUT: Cell<bool> = const { Cell::new(false) };
}

/// Finds out, after a file of this release was missing. When a new one is out, the page is loaded anew in a moment.
pub async fn find_out() {
    let Ok(asked) = renew() else { return };
    if JsFuture::from(asked).await.is_ok_and(|out| out.is_truthy()) {
        OUT.set(true);
    }
}

/// Whether a new release was found.
pub fn is_out() -> bool {
    OUT.get()
}
