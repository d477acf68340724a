//! An owner of a crate: a user or a team.
//!
//! Separate from the words that name an owner in a request (`owner`): this is who it is, that is how one says it.

use super::team::Team;
use super::user::User;

/// An owner of a crate (the document's `Owner`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CrateOwner {
    /// A person, who may do everything to the crate.
    User(User),
    /// A team, whose members may publish and yank.
    Team(Team),
}

impl CrateOwner {
    /// The person, if it is one.
    pub fn as_user(&self) -> Option<&User> {
        match self {
            Self::User(user) => Some(user),
            Self::Team(_) => None,
        }
    }

    /// The team, if it is one.
    pub fn as_team(&self) -> Option<&Team> {
        match self {
            Self::User(_) => None,
            Self::Team(team) => Some(team),
        }
    }
}
