//! Reactive handles over the domain and the API, one small module each.
//!
//! `provide_x` puts a handle into context in `app`, `use_x` fetches it. Here tasks are started and ended with the owner that
//! asked for them. What is shown, and in which words, is decided above.

pub mod account;
pub mod account_cache;
pub mod client;
pub mod crate_cache;
pub mod draft;
pub mod invitations;
pub mod load;
pub mod login;
pub mod navigation;
pub mod notices;
pub mod own_name;
pub mod owner_addition;
pub mod preferences;
pub mod progress;
pub mod reader;
pub mod rename;
pub mod search_text;
pub mod session;
pub mod site;
pub mod title;
pub mod username_picker;
