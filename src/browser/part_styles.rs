//! The styles that only the app's parts need (`style/parts.css`), loaded with the first of them.
//!
//! The start script loads them (`start.js`), since for most first pages it begins before the app is there.

use std::cell::Cell;
use std::future::Future;

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = __nameplate_part_styles)]
    fn load_styles() -> Result<Promise, JsValue>;
}

thread_local! {
    static HERE: Cell<bool> = const { Cell::new(false) };
}

/// Begins to load them at once, unless they are here; the future says whether they are. Where there is no start script, as
/// in tests of components, there are none to load.
pub fn load() -> impl Future<Output = bool> {
    let asked = if HERE.get() { None } else { load_styles().ok() };
    async move {
        if let Some(asked) = asked
            && JsFuture::from(asked).await.is_err()
        {
            return false;
        }
        HERE.set(true);
        true
    }
}
