//! Layer 1: the registry's JSON API, typed in and out.
//!
//! Knows HTTP and JSON and nothing of Leptos, so that everything the server may answer can be tried natively. Nothing
//! outside sees a wire name, a status code or an address; what cannot be had is one of [`error::ApiError`]'s few kinds.

pub mod client;
pub mod crate_query;
pub mod endpoint;
pub mod error;
#[cfg(target_arch = "wasm32")]
pub mod fetch;
pub mod json;
pub mod transport;
mod wire;
