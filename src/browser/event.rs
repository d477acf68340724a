//! The platform's events and values that layers above handle, so that they name them without knowing its bindings.

pub use wasm_bindgen::JsValue;
pub use web_sys::{Event, MessageEvent, PageTransitionEvent, SubmitEvent};
