//! What a seed is made of: plain values for people, teams, crates and what lies between them.
//!
//! The generators fill a [`World`]; `write` turns it into rows. Nothing here knows SQL, so the invented data can be read,
//! counted and tested without a database.

mod between;
mod krate;
mod people;

pub use between::{File, Invitation, Mail, Publisher, Token};
pub use krate::{Action, Category, Dependency, Kind, Krate, Version};
pub use people::{Email, Link, Lock, Rename, RenameKind, Stranger, Team, User};

use super::calendar::Micros;

/// A whole registry as data. Ids are given, never drawn, so that addresses stay the same from one start to the next.
#[derive(Debug, Default)]
pub struct World {
    /// Everybody with an account.
    pub users: Vec<User>,
    /// GitHub teams that own something.
    pub teams: Vec<Team>,
    /// Names that belong to nobody.
    pub reserved: Vec<&'static str>,
    /// Usernames given up, and when.
    pub renames: Vec<Rename>,
    /// Categories; nested ones have `::` in their slug.
    pub categories: Vec<Category>,
    /// Keywords that exist though no crate has them any more.
    pub unused_keywords: Vec<String>,
    /// When keywords came to be; one time for all of them.
    pub keywords_since: Micros,
    /// All crates, in order of their ids.
    pub crates: Vec<Krate>,
    /// Invitations that nobody has answered yet.
    pub invitations: Vec<Invitation>,
    /// API tokens.
    pub tokens: Vec<Token>,
    /// Downloads of everything ever; `None` is the sum over the crates.
    pub num_downloads: Option<i64>,
    /// Who follows what: user id, crate name.
    pub follows: Vec<(i64, String)>,
    /// Workflows that may publish.
    pub publishers: Vec<Publisher>,
    /// What lies in the outbox, the oldest first.
    pub mails: Vec<Mail>,
    /// GitHub accounts whose owners have no account here yet.
    pub strangers: Vec<Stranger>,
    /// Files of the second origin that are not generated on demand.
    pub files: Vec<File>,
}

impl World {
    /// The id of a user by exact username.
    #[must_use]
    pub fn user_id(&self, username: &str) -> Option<i64> {
        self.users
            .iter()
            .find(|user| user.username == username)
            .map(|user| user.id)
    }

    /// A crate by exact name.
    #[must_use]
    pub fn krate(&self, name: &str) -> Option<&Krate> {
        self.crates.iter().find(|krate| krate.name == name)
    }
}
