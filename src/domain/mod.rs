//! Layer 0: what the app knows about names, people and crates, as plain Rust.
//!
//! Nothing here may fail at run time, look at a clock, draw a random number or know of Leptos, the browser, HTTP or
//! JSON: `now` is always an argument, so that every rule is tested natively and in milliseconds.

pub mod announcement;
pub mod availability;
pub mod category;
pub mod dependency;
pub mod download;
pub mod download_history;
pub mod email;
pub mod identity;
pub mod install;
pub mod invitation;
pub mod keyword;
pub mod krate;
pub mod krate_owner;
pub mod login;
pub mod lookalike;
pub mod namesakes;
pub mod owner;
pub mod owner_addition;
pub mod page;
pub mod percent;
pub mod readme;
pub mod rename;
pub mod report;
pub mod requirement;
pub mod return_to;
pub mod search;
pub mod session;
pub mod signup;
pub mod site;
pub mod suggestion;
pub mod summary;
pub mod team;
pub mod time;
pub mod token;
pub mod token_form;
pub mod user;
pub mod username;
pub mod version;
