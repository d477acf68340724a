//! Which page will likely be asked for next, before it is: the start script watches links (`start.js`) and tells.

use js_sys::Reflect;
use wasm_bindgen::JsValue;

use super::listener::{Listener, listen_window};

/// Calls `prepare` with the address of a page whose link is pointed at, focused or touched.
pub fn follow(prepare: impl Fn(&str) + 'static) -> Option<Listener> {
    listen_window("nameplate:likely", move |event: JsValue| {
        let address = Reflect::get(&event, &JsValue::from_str("detail")).ok();
        if let Some(address) = address.and_then(|address| address.as_string()) {
            prepare(&address);
        }
    })
}
