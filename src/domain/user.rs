//! People: what anybody may know of a user, and what only the signed-in person knows of themselves.
//!
//! Two people are the same when their [`UserId`]s are equal, never when their names are. The API's word for the
//! username, `login`, stops before this. This must not know how a person is shown.

use super::identity::{GitHubMatch, LinkedAccount};
use super::owner::OwnerSpecification;
use super::time::Timestamp;
use super::username::Username;

/// The registry's number of a user, which outlives renames.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UserId(pub i64);

/// A user as everybody sees them (the document's `User` and, in owner lists, `Owner`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Who it is.
    pub id: UserId,
    /// The crates.io username, in the server's spelling.
    pub username: Username,
    /// The display name, which its holder chose freely. Never shown in the username's place.
    pub name: Option<String>,
    /// Address of a picture; another origin.
    pub avatar: Option<String>,
    /// Deprecated: `https://github.com/{login}` even of users without a GitHub account. Good for one thing only: the
    /// oldest servers want its last segment in place of an owner's name, see [`User::plain_github_login`].
    pub url: Option<String>,
    /// Whether a linked GitHub account has exactly this username.
    pub github_match: GitHubMatch,
    /// When the account was made; before 2026-06-19 it is the GitHub account's date (contract, trap 5).
    pub created_at: Option<Timestamp>,
}

/// From this moment on `created_at` is the account's own; before, it is that of the GitHub account (contract, trap 5).
/// 2026-06-19T00:00:00Z.
const OWN_DATES_SINCE: Timestamp = Timestamp::from_millis(1_781_827_200_000);

/// How old an account is, as far as the registry tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// It was made then.
    Account(Timestamp),
    /// The GitHub account it was made with was made then; it may be younger itself.
    GitHubAccount(Timestamp),
    /// Not told.
    Unknown,
}

/// A user, and the accounts linked to them where the server tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// The user.
    pub user: User,
    /// `None` when the server left them out although asked: it is older than linked accounts *and* than qualified
    /// owner names (contract, "Already merged"). `Some` of nothing when nothing is linked.
    pub linked_accounts: Option<Vec<LinkedAccount>>,
}

/// What a look-up by GitHub login brought (contract, "Look-up by another service's name").
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GitHubLookup {
    /// The GitHub account of that login is linked to this user.
    Found(Box<Profile>),
    /// It is linked to nobody.
    Nobody,
    /// This server cannot look up that way, or it is not known whether it can.
    CannotTell,
}

/// Sums over a user's crates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stats {
    /// All downloads of all crates they own.
    pub total_downloads: u64,
}

/// The signed-in user, as `/me` tells them (the document's `AuthenticatedUser`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// Who it is.
    pub id: UserId,
    /// The crates.io username, in the server's spelling.
    pub username: Username,
    /// The display name.
    pub name: Option<String>,
    /// Address of a picture; another origin.
    pub avatar: Option<String>,
    /// See [`User::url`].
    pub url: Option<String>,
    /// The e-mail address and how far it is proven.
    pub email: Email,
    /// Whether this person administers the registry.
    pub is_admin: bool,
    /// Whether an e-mail follows every publication of a crate of theirs.
    pub publish_notifications: bool,
    /// See [`User::created_at`].
    pub created_at: Option<Timestamp>,
    /// The crates they own themselves, by name; those of their teams are not among them.
    pub owned_crates: Vec<OwnedCrate>,
    /// When they may change their name and what they may take back; `None`: the server does not say.
    pub username_change: Option<UsernameChange>,
}

/// An e-mail address, and how far it is proven.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Email {
    /// There is none.
    Missing,
    /// It was typed, not confirmed.
    Unverified {
        /// The address.
        address: String,
        /// Whether a message with a confirmation link was sent to it.
        sent: bool,
    },
    /// The link in the message was followed.
    Verified {
        /// The address.
        address: String,
    },
}

/// A crate in the list of those that the signed-in user owns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnedCrate {
    /// The registry's number of the crate.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Whether this owner gets e-mail about it.
    pub email_notifications: bool,
}

/// The signed-in user's own state of renaming (contract, "The caller's own rename state").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsernameChange {
    /// When the next change becomes possible; `None`: it is possible now.
    pub available_at: Option<Timestamp>,
    /// The name that was given up last, while it can be taken back.
    pub previous: Option<PreviousUsername>,
}

/// A name given up that its former holder may take back, once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviousUsername {
    /// The name.
    pub username: Username,
    /// Until when. `None`: the server did not say.
    pub reclaimable_until: Option<Timestamp>,
}

impl Since {
    /// What stands before the date.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Account(_) | Self::Unknown => "Account since",
            Self::GitHubAccount(_) => "GitHub account since",
        }
    }

    /// The date, if there is one.
    pub const fn time(self) -> Option<Timestamp> {
        match self {
            Self::Account(time) | Self::GitHubAccount(time) => Some(time),
            Self::Unknown => None,
        }
    }
}

impl User {
    /// Since when they have been here.
    pub fn since(&self) -> Since {
        match self.created_at {
            Some(time) if time < OWN_DATES_SINCE => Since::GitHubAccount(time),
            Some(time) => Since::Account(time),
            None => Since::Unknown,
        }
    }

    /// The last segment of `url`: what the oldest servers take for this user's name in owner requests, and nothing
    /// else. Never evidence of a linked account.
    pub fn plain_github_login(&self) -> Option<&str> {
        last_segment(self.url.as_deref()?)
    }
}

impl Profile {
    /// How this account is named in owner requests and commands: `crates.io:{username}`, or the plain GitHub login on
    /// servers older than that (contract, "Already merged"). `None`: such a server, and the login is not known.
    pub fn owner_name(&self) -> Option<String> {
        match self.linked_accounts {
            Some(_) => Some(OwnerSpecification::from(self.user.username.clone()).to_string()),
            None => self.user.plain_github_login().map(str::to_owned),
        }
    }
}

impl Viewer {
    /// What others see of the signed-in user. Whether the GitHub name matches is not known from here.
    pub fn as_user(&self) -> User {
        User {
            id: self.id,
            username: self.username.clone(),
            name: self.name.clone(),
            avatar: self.avatar.clone(),
            url: self.url.clone(),
            github_match: GitHubMatch::Unknown,
            created_at: self.created_at,
        }
    }

    /// Whether they own the crate of this name themselves. `-`, `_` and capitals do not tell crates apart.
    pub fn owns(&self, krate: &str) -> bool {
        let same = |name: &str| super::krate::is_same_crate(name, krate);
        self.owned_crates.iter().any(|owned| same(&owned.name))
    }
}

impl Email {
    /// The address, if there is one.
    pub fn address(&self) -> Option<&str> {
        match self {
            Self::Missing => None,
            Self::Unverified { address, .. } | Self::Verified { address } => Some(address),
        }
    }
}

fn last_segment(url: &str) -> Option<&str> {
    let end = url.find(['?', '#']).unwrap_or(url.len());
    let (_scheme, path) = url.get(..end)?.split_once("://")?;
    let (_host, last) = path.trim_end_matches('/').rsplit_once('/')?;
    (!last.is_empty()).then_some(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_before_the_registry_kept_its_own_is_the_github_accounts() {
        let since = |time: Option<&str>| {
            let created_at = time.and_then(Timestamp::parse_rfc3339);
            let mut user = viewer().as_user();
            user.created_at = created_at;
            user.since().label()
        };
        assert_eq!(since(Some("2026-06-18T23:59:59Z")), "GitHub account since");
        assert_eq!(since(Some("2026-06-19T00:00:00Z")), "Account since");
        assert_eq!(since(None), "Account since");
    }

    fn viewer() -> Viewer {
        Viewer {
            id: UserId(1),
            username: Username::parse("ferris").unwrap(),
            name: None,
            avatar: None,
            url: None,
            email: Email::Missing,
            is_admin: false,
            publish_notifications: false,
            created_at: None,
            owned_crates: Vec::new(),
            username_change: None,
        }
    }

    #[test]
    fn the_plain_login_is_the_last_segment_of_the_address() {
        for (url, login) in [
            ("https://github.com/carolgithub", Some("carolgithub")),
            ("https://github.com/carolgithub/", Some("carolgithub")),
            (
                "https://github.com/carolgithub?tab=repositories",
                Some("carolgithub"),
            ),
            ("https://github.com/", None),
            ("https://github.com", None),
            ("carolgithub", None),
            ("", None),
        ] {
            assert_eq!(last_segment(url), login, "{url:?}");
        }
    }
}
