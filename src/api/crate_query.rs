//! Which crates to list: one filter, a page, an order.
//!
//! The server's filters exclude each other (of several it takes one and says nothing), so they are one enum here. It must
//! not know how the list is shown.

use crate::domain::page::{CrateSort, PageNumber};
use crate::domain::team::TeamId;
use crate::domain::user::UserId;

/// A page of a list of crates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrateQuery {
    /// Which crates.
    pub filter: CrateFilter,
    /// Which page of them.
    pub page: PageNumber,
    /// How many to a page, at most 100.
    pub per_page: u32,
    /// In which order.
    pub sort: CrateSort,
}

/// Which crates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CrateFilter {
    /// All there are.
    All,
    /// Those whose name begins with this character.
    Letter(String),
    /// Those that a user owns.
    User(UserId),
    /// Those that a team owns.
    Team(TeamId),
    /// Those with a keyword.
    Keyword(String),
    /// Those in a category.
    Category(String),
    /// Those that the signed-in user follows.
    Following,
    /// Those of these names, as far as there are any.
    Named(Vec<String>),
    /// Those that match what was searched for.
    Search(Search),
}

/// What is searched for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// Words in names and descriptions; may be empty.
    pub q: String,
    /// Keywords that all must be there.
    pub keywords: Vec<String>,
    /// A category they must be in.
    pub category: Option<String>,
}
