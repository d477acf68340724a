//! A window of its own, for a page that must not take the present one's place.
//!
//! It may be anywhere by the time it is asked about; what is left then is whether it looks closed, and even that is not
//! sure: a page on another site may cut itself off, and looks closed from here.

use js_sys::Object;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsValue;
use web_sys::Window;

/// A window that this page opened.
#[derive(Clone)]
pub struct Popup(SendWrapper<Window>);

/// Opens an address of this site in a small window. Only allowed while a click is handled; `None` when it is blocked.
pub fn open(address: &str) -> Option<Popup> {
    let opened = web_sys::window()?
        .open_with_url_and_target_and_features(address, "_blank", "popup,width=1000,height=700")
        .ok()??;
    let popup = Popup(SendWrapper::new(opened));
    (!popup.looks_closed()).then_some(popup)
}

impl Popup {
    /// Whether it is closed, as far as can be seen from here.
    pub fn looks_closed(&self) -> bool {
        self.0.closed().unwrap_or(true)
    }

    /// Sends it to another address, which takes the present one's place in its history.
    pub fn go(&self, to: &str) {
        let _ = self.0.location().replace(to);
    }

    /// Closes it; one that is closed stays closed.
    pub fn close(&self) {
        let _ = self.0.close();
    }

    /// Brings it to the front, where the browser allows that.
    pub fn focus(&self) {
        let _ = self.0.focus();
    }

    /// Whether this is the window that a message came from.
    pub fn is(&self, source: &JsValue) -> bool {
        Object::is(self.0.as_ref(), source)
    }
}
