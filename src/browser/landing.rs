//! What the landing page of the login found in its address and handed to the app: by a message, or left in storage.
//!
//! Read with the browser's own JSON, because three fields are not worth a parser's type. It must not judge them.

use js_sys::{JSON, Reflect};
use wasm_bindgen::JsValue;

/// The kind that the landing page gives its messages.
const KIND: &str = "nameplate.login-answer";

/// What GitHub put into the address it sent the person back to. Anybody can type such an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LandingAnswer {
    /// What the registry exchanges for the person's identity.
    pub code: Option<String>,
    /// What the way to GitHub began with.
    pub state: Option<String>,
    /// Why there is no code, in GitHub's word: `access_denied`.
    pub error: Option<String>,
}

impl LandingAnswer {
    /// Reads what the landing page wrote; `None` when it is not that.
    pub fn read(json: &str) -> Option<Self> {
        Self::of_message(&JSON::parse(json).ok()?)
    }

    /// Reads a message; `None` when it is not one of the landing page, field by field.
    pub fn of_message(message: &JsValue) -> Option<Self> {
        let field = |name: &str| Reflect::get(message, &JsValue::from_str(name)).ok();
        // Absent, or a text; anything else is nothing that the landing page sends.
        let text = |name: &str| {
            let value = field(name)?;
            match value.as_string() {
                None if value.is_null() => Some(None),
                None => None,
                text => Some(text),
            }
        };
        if field("kind")?.as_string().as_deref() != Some(KIND) {
            return None;
        }
        Some(Self {
            code: text("code")?,
            state: text("state")?,
            error: text("error")?,
        })
    }
}
