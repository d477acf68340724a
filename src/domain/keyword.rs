//! A keyword that authors put on their crates.
//!
//! Kept apart from categories: anybody may make a keyword up, nobody a category. It must not know which crates carry it.

use super::time::Timestamp;

/// A keyword (the document's `Keyword`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keyword {
    /// The keyword, which is also its place in addresses.
    pub keyword: String,
    /// How many crates carry it.
    pub crates: u64,
    /// When it was first used.
    pub created_at: Option<Timestamp>,
}
