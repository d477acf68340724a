//! Stands in the place of the published `wasm-streams`, which leptos brings by way of `server_fn`.
//!
//! This app has no server functions and streams nothing. The published crate exports three JavaScript classes, which no
//! optimiser may leave out: 3 kB of every visit. Only what `server_fn` must find in order to compile is here.

use futures_util::stream::{self, Stream};
use wasm_bindgen::prelude::*;

/// A stream of the browser's, without its contents.
#[derive(Debug)]
pub struct ReadableStream(web_sys::ReadableStream);

impl ReadableStream {
    /// Takes a stream of the browser's.
    pub fn from_raw(raw: web_sys::ReadableStream) -> Self {
        Self(raw)
    }

    /// An empty stream, whatever `_source` holds.
    ///
    /// # Panics
    /// Where the browser has no streams.
    pub fn from_stream<S>(_source: S) -> Self
    where
        S: Stream<Item = Result<JsValue, JsValue>> + 'static,
    {
        Self(web_sys::ReadableStream::new().unwrap_throw())
    }

    /// Gives the browser's stream back.
    pub fn into_raw(self) -> web_sys::ReadableStream {
        self.0
    }

    /// Nothing, whatever the browser's stream holds.
    pub fn into_stream(self) -> impl Stream<Item = Result<JsValue, JsValue>> {
        stream::empty()
    }
}
