//! What look-ups brought, put together: one account, or two readings of a name.
//!
//! A bare name means a crates.io user and, to many who type it, a GitHub account. Where these are not surely one account,
//! both readings are kept apart; a server that cannot look up by GitHub login is never read as "nobody".

use crate::domain::identity::{GitHubMatch, Service};
use crate::domain::owner::GitHubLogin;
use crate::domain::user::{GitHubLookup, Profile};

/// What one reading of a name leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// This account.
    Account(Box<Profile>),
    /// No account here.
    Nobody,
    /// This server cannot look up that way.
    CannotTell,
}

/// Who a typed name can mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// This account and no other.
    One(Box<Profile>),
    /// A bare name whose readings are not surely one account.
    Two {
        /// As a crates.io username.
        username: Reading,
        /// As a GitHub login.
        github: Reading,
    },
    /// A GitHub login that this server cannot look up.
    CannotTell(GitHubLogin),
    /// No account here.
    Nobody,
    /// A team, which is not looked up.
    Team,
}

impl Seen {
    /// A name that was qualified as a username.
    pub fn of_username(found: Option<Profile>) -> Self {
        found.map_or(Self::Nobody, |profile| Self::One(Box::new(profile)))
    }

    /// A bare name, looked up both ways.
    pub fn of_bare_name(name: &str, username: Option<Profile>, github: GitHubLookup) -> Self {
        match (username, github) {
            (None, GitHubLookup::Nobody) => Self::Nobody,
            (Some(one), GitHubLookup::Found(other)) if one.user.id == other.user.id => {
                Self::One(Box::new(one))
            }
            (Some(one), GitHubLookup::CannotTell) if has_github_login(&one, name) => {
                Self::One(Box::new(one))
            }
            (username, github) => Self::Two {
                username: username.map_or(Reading::Nobody, |one| Reading::Account(Box::new(one))),
                github: match github {
                    GitHubLookup::Found(other) => Reading::Account(other),
                    GitHubLookup::Nobody => Reading::Nobody,
                    GitHubLookup::CannotTell => Reading::CannotTell,
                },
            },
        }
    }

    /// A name that was qualified as a GitHub login. `namesake` is the crates.io user of that name, asked for where the
    /// server could not tell.
    pub fn of_github_login(
        login: &GitHubLogin,
        github: GitHubLookup,
        namesake: Option<Profile>,
    ) -> Self {
        match github {
            GitHubLookup::Found(profile) => Self::One(profile),
            GitHubLookup::Nobody => Self::Nobody,
            GitHubLookup::CannotTell => namesake
                .filter(|one| has_github_login(one, login.as_str()))
                .map_or_else(
                    || Self::CannotTell(login.clone()),
                    |one| Self::One(Box::new(one)),
                ),
        }
    }

    /// Every account that is shown.
    pub fn accounts(&self) -> Vec<&Profile> {
        match self {
            Self::One(profile) => vec![profile],
            Self::Two { username, github } => [username, github]
                .into_iter()
                .filter_map(|reading| match reading {
                    Reading::Account(profile) => Some(profile.as_ref()),
                    Reading::Nobody | Reading::CannotTell => None,
                })
                .collect(),
            Self::CannotTell(_) | Self::Nobody | Self::Team => Vec::new(),
        }
    }
}

/// Whether the GitHub account of this login is surely linked to this user, as far as their own record tells.
fn has_github_login(profile: &Profile, login: &str) -> bool {
    let user = &profile.user;
    match (&profile.linked_accounts, user.github_match) {
        (_, GitHubMatch::Matches) if user.username.as_str().eq_ignore_ascii_case(login) => true,
        (Some(accounts), _) => accounts.iter().any(|account| {
            account.service == Service::GitHub
                && account.login.eq_ignore_ascii_case(login)
                // Equal to the letter and still no match: the link is out of date.
                && !(user.github_match == GitHubMatch::Differs
                    && account.login == user.username.as_str())
        }),
        (None, _) => false,
    }
}
