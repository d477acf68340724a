//! `nameplate-registry`: an embedded stand-in for a crates.io-compatible server.
//!
//! What a newcomer runs, what every test runs against, and what proves the contract. It shares no code with the app on
//! purpose: the OpenAPI document, the recorded answers and the username vectors are what both answer to.
//!
//! A request goes `server` (listeners) -> `layers` (what happens to all requests) -> `routes` (one module per thing) ->
//! `pool` (a transaction) -> `wire` (the API's shapes). The rules of names are in `names`, those of GitHub in `github`.

pub mod app;
pub mod call;
pub mod cli;
pub mod clock;
pub mod config;
pub mod control;
pub mod db;
pub mod email;
pub mod error;
pub mod extract;
pub mod faults;
pub mod files;
pub mod github;
mod half_body;
pub mod headers;
mod html;
pub mod layers;
pub mod names;
pub mod outbox;
pub mod owners;
pub mod paging;
pub mod pool;
pub mod proxy;
pub mod routes;
pub mod search;
pub mod seed;
pub mod semver_ord;
pub mod server;
pub mod session;
pub mod statics;
pub mod wire;
