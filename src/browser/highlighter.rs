//! The script that colours code, brought only when there is code.
//!
//! It is a file of the build (`lazy/highlight.js`) whose address, with the hash of its content in it, stands in the page. It
//! is handed an element and replaces its text by coloured text; it never makes markup of it. Where it does not come, code
//! stays plain.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Element;

use super::document;

// `import` alone cannot say what the file must be; an element of the same address can, and the import then finds its module.
// One that did so stays and is found the next time.
#[wasm_bindgen(
    inline_js = "export const bring = (src, integrity) => new Promise((there, refused) => {
    const onload = () => there(import(src));
    if (document.querySelector(`[src='${src}']`)) return onload();
    const script = document.createElement('script');
    const onerror = () => { script.remove(); refused(); };
    document.head.append(Object.assign(script, {type: 'module', src, integrity, onload, onerror}));
});"
)]
extern "C" {
    #[wasm_bindgen(catch)]
    fn bring(address: &str, integrity: &str) -> Result<Promise, JsValue>;
}

/// A script that is there.
pub struct Highlighter(Function);

/// Brings the script. `None` when it cannot be had.
pub async fn load() -> Option<Highlighter> {
    let meta = document::find("meta[name='highlighter']")?;
    let address = meta.get_attribute("content")?;
    let integrity = meta.get_attribute("data-integrity").unwrap_or_default();
    let module = JsFuture::from(bring(&address, &integrity).ok()?)
        .await
        .ok()?;
    let highlight = Reflect::get(&module, &JsValue::from_str("highlight")).ok()?;
    highlight.dyn_into().ok().map(Highlighter)
}

impl Highlighter {
    /// Colours the text of an element; one in a language that the script does not know stays as it is.
    pub fn colour(&self, element: &Element, language: &str) {
        let _ = self
            .0
            .call2(&JsValue::UNDEFINED, element, &JsValue::from_str(language));
    }
}
