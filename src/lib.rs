//! nameplate: a web frontend for a crates.io-compatible registry that shows who really owns what.
//!
//! Layers, each of which may use those below it and nothing else (`tests/architecture.rs` holds them to it):
//!
//! ```text
//! app         contexts, frame, which page for which address
//! pages       one module per page: load, choose the screen, compose
//! components  props in, callbacks out
//! template    what `view!` makes of markup
//! state       reactive handles over domain and API
//! api         HTTP and JSON, typed      browser     thin, fallible wrappers over the platform
//! reactive    signals, memos, effects
//! route       addresses                 domain      rules, pure
//! ```
//!
//! Invariants:
//! 1. `domain` cannot fail at run time and cannot observe time.
//! 2. A `Username` in hand is well-formed. Two people are compared by id, two names by `CanonicalUsername`. The wire word
//!    `login` stops at `api::wire`.
//! 3. Only `api::endpoint` spells API addresses; only `route` spells paths.
//! 4. "Could not ask" is never shown as "available". The server decides on save; the picker advises.
//! 5. At most one availability request is in flight per picker; a stale answer changes nothing.
//! 6. Leaving a page leaves nothing behind: no timer, listener, request or signal write.
//! 7. A page knows a few kinds of failure, each a screen of its own (`components::error_screen`).
//! 8. Strings from the server are rendered as text. The one exception is `components::readme`.
//! 9. A save whose answer was lost is "outcome unknown": the truth is read back before anything is said or retried.

pub mod api;
pub mod app;
pub mod browser;
pub mod components;
pub mod domain;
pub mod pages;
pub mod reactive;
pub mod route;
pub mod state;
pub mod template;
