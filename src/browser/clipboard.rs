//! Writing to the clipboard, which a browser may refuse or not have at all.

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// Puts the text on the clipboard. `false` when the browser has none or refuses.
pub async fn copy(text: &str) -> bool {
    let Some(navigator) = web_sys::window().map(|window| window.navigator()) else {
        return false;
    };
    // On an insecure origin `clipboard` is undefined although the binding says otherwise.
    let present = js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard"))
        .is_ok_and(|found| !found.is_undefined());
    present
        && JsFuture::from(navigator.clipboard().write_text(text))
            .await
            .is_ok()
}
