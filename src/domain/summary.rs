//! The front page's summary of the registry.
//!
//! One answer with six lists, cached by servers for some seconds. It must not know how many of each are shown.

use super::category::Category;
use super::keyword::Keyword;
use super::krate::Krate;

/// The registry in short (`GET /api/v1/summary`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// All downloads there ever were.
    pub num_downloads: u64,
    /// How many crates there are.
    pub num_crates: u64,
    /// Last added first.
    pub new_crates: Vec<Krate>,
    /// Most downloaded first.
    pub most_downloaded: Vec<Krate>,
    /// Most downloaded in the last 90 days first.
    pub most_recently_downloaded: Vec<Krate>,
    /// Last changed first.
    pub just_updated: Vec<Krate>,
    /// Most used first.
    pub popular_keywords: Vec<Keyword>,
    /// Most used first.
    pub popular_categories: Vec<Category>,
}
