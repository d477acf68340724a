//! A category of the registry's own list, with its parents and parts where they were asked for.
//!
//! Kept apart from keywords: the registry makes categories, authors make keywords. It must not know which crates are in it.

use super::time::Timestamp;

/// A category (the document's `Category`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// Its place in addresses: `development-tools::cargo-plugins`.
    pub slug: String,
    /// Its name for reading.
    pub name: String,
    /// What belongs there.
    pub description: String,
    /// How many crates are in it.
    pub crates: u64,
    /// When it was made.
    pub created_at: Option<Timestamp>,
    /// From the outermost inwards; empty unless it was asked for by itself.
    pub parents: Vec<Category>,
    /// Its parts; empty unless it was asked for by itself.
    pub subcategories: Vec<Category>,
}
