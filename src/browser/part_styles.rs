//! The styles that only the app's parts need (`style/parts/`), each sheet loaded with the first part that needs it.
//!
//! The start script loads them (`start.js`), since for most first pages it begins before the app is there.

use std::cell::Cell;
use std::future::Future;

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// A style sheet of `style/parts/`, for the parts whose pages one goes to and fro between.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum PartStyles {
    /// A crate and what is behind its tabs.
    Crate,
    /// Lists, texts, what everybody is told, and the dashboard.
    Reading,
    /// The settings of an account, of its tokens and of its crates.
    Account,
    /// Choosing a username at first.
    Signup,
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = __nameplate_part_styles)]
    fn load_styles(name: &str) -> Result<Promise, JsValue>;
}

thread_local! {
    /// One bit for each sheet that is here.
    static HERE: Cell<u8> = const { Cell::new(0) };
}

impl PartStyles {
    /// What its file is called, without the ending; the start script knows it by this.
    pub fn name(self) -> &'static str {
        match self {
            Self::Crate => "crate",
            Self::Reading => "reading",
            Self::Account => "account",
            Self::Signup => "signup",
        }
    }

    /// Begins to load them at once, unless they are here; the future says whether they are. Where there is no start script,
    /// as in tests of components, there are none to load.
    pub fn load(self) -> impl Future<Output = bool> {
        let bit = 1 << self as u8;
        let asked = if HERE.get() & bit != 0 {
            None
        } else {
            load_styles(self.name()).ok()
        };
        async move {
            if let Some(asked) = asked
                && JsFuture::from(asked).await.is_err()
            {
                return false;
            }
            HERE.set(HERE.get() | bit);
            true
        }
    }
}
