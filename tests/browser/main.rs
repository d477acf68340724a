//! Components and pages in a headless browser, used as a person uses them, against a fake server with a memory.
//!
//! Run by `wasm-bindgen-test-runner`; `cargo xtask test` sets it up. Natively there is nothing in here.
#![cfg(target_arch = "wasm32")]

mod add_owner;
mod announcements;
mod app_screens;
mod fetch;
#[allow(
    dead_code,
    reason = "a harness offers more than the tests of a day take"
)]
mod harness;
mod harness_proves_itself;
mod json;
mod login;
mod markup;
mod owner_card;
mod reactive;
mod rename;
mod signup;
mod username_field;

// `view!` looks for it here.
use nameplate::template;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
