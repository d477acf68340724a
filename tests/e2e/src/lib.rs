//! End-to-end harness: the finished app, the embedded registry and Chromium, driven as a person drives them.
//!
//! A test is a [`story`](story::story): it gets a registry of its own, a browser session of its own, and a
//! [`Visitor`](visitor::Visitor) who finds things by role and accessible name. Whatever the console said and whatever
//! foreign host was asked is part of the verdict. The harness knows HTTP, the accessibility tree and the registry's
//! command line; it shares no code with the app.

pub mod axe;
pub mod blocking;
pub mod browser;
pub mod budget;
pub mod by_role;
pub mod chromedriver;
pub mod cold;
pub mod console;
pub mod layout;
pub mod memory;
pub mod network;
pub mod nginx;
pub mod registry;
pub mod scratch;
pub mod screenshots;
pub mod story;
pub mod tree;
pub mod visitor;

/// What went wrong in the machinery, for people to read.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The result of driving something outside this process.
pub type Outcome<T> = Result<T, Failure>;
