//! A short way to write a person down; turns into an account once its number is known.

use crate::seed::calendar::{DAY, Micros};
use crate::seed::prng::Prng;
use crate::seed::world::{Email, Link, Lock, User};

/// GitHub numbers of invented accounts start here, far from each other's users' ids.
pub const FIRST_GITHUB_ID: i64 = 7_000_000;

/// A person before their account has a number.
#[derive(Clone, Debug)]
pub struct Person {
    username: String,
    name: Option<String>,
    since: Option<Micros>,
    github: Vec<(String, Option<i64>, Option<Micros>)>,
    elsewhere: Vec<(&'static str, String)>,
    signed_up_as: Option<(String, i64)>,
    avatar: Avatar,
    email: Mail,
    lock: Option<Lock>,
    admin: bool,
    quiet: bool,
}

#[derive(Clone, Debug)]
enum Avatar {
    Own,
    Nothing,
    At(String),
}

#[derive(Clone, Copy, Debug)]
enum Mail {
    Verified,
    Unverified,
    Nothing,
}

/// Somebody with that username, an e-mail and an avatar, and nothing else yet.
#[must_use]
pub fn person(username: &str) -> Person {
    Person {
        username: username.to_owned(),
        name: None,
        since: None,
        github: vec![],
        elsewhere: vec![],
        signed_up_as: None,
        avatar: Avatar::Own,
        email: Mail::Verified,
        lock: None,
        admin: false,
        quiet: false,
    }
}

impl Person {
    /// Has a display name.
    #[must_use]
    pub fn named(mut self, name: &str) -> Self {
        self.name = Some(name.to_owned());
        self
    }

    /// Has an account with a known date.
    #[must_use]
    pub const fn since(mut self, time: Micros) -> Self {
        self.since = Some(time);
        self
    }

    /// Has linked that GitHub account.
    #[must_use]
    pub fn github(mut self, login: &str) -> Self {
        self.github.push((login.to_owned(), None, None));
        self
    }

    /// Has linked the GitHub account with that number.
    #[must_use]
    pub fn github_as(mut self, login: &str, account_id: i64) -> Self {
        self.github.push((login.to_owned(), Some(account_id), None));
        self
    }

    /// The GitHub link written last shows a login that another account has since.
    #[must_use]
    pub fn stale(mut self, since: Micros) -> Self {
        if let Some(link) = self.github.last_mut() {
            link.2 = Some(since);
        }
        self
    }

    /// Has linked an account of another service.
    #[must_use]
    pub fn elsewhere(mut self, service: &'static str, login: &str) -> Self {
        self.elsewhere.push((service, login.to_owned()));
        self
    }

    /// Signed up under that GitHub login; -1: its number is not known, 0: that of the linked account.
    #[must_use]
    pub fn signed_up_as(mut self, login: &str, account_id: i64) -> Self {
        self.signed_up_as = Some((login.to_owned(), account_id));
        self
    }

    /// Has no avatar.
    #[must_use]
    pub fn faceless(mut self) -> Self {
        self.avatar = Avatar::Nothing;
        self
    }

    /// Has an avatar of that address.
    #[must_use]
    pub fn avatar(mut self, address: &str) -> Self {
        self.avatar = Avatar::At(address.to_owned());
        self
    }

    /// Has never followed the link in the mail.
    #[must_use]
    pub const fn unverified(mut self) -> Self {
        self.email = Mail::Unverified;
        self
    }

    /// Has never given an address.
    #[must_use]
    pub const fn no_email(mut self) -> Self {
        self.email = Mail::Nothing;
        self
    }

    /// May not do anything, until then or for ever.
    #[must_use]
    pub fn locked(mut self, reason: &str, until: Option<Micros>) -> Self {
        self.lock = Some(Lock {
            reason: reason.to_owned(),
            until,
        });
        self
    }

    /// Administers the registry.
    #[must_use]
    pub const fn admin(mut self) -> Self {
        self.admin = true;
        self
    }

    /// Wants no mail about publishing.
    #[must_use]
    pub const fn quiet(mut self) -> Self {
        self.quiet = true;
        self
    }

    /// The account under its number.
    #[must_use]
    pub fn account(self, id: i64, now: Micros) -> User {
        let linked_at = self.since.unwrap_or(now - 3_000 * DAY);
        // Every third address has no query, as not every real one has.
        let avatar = match self.avatar {
            Avatar::Nothing => None,
            Avatar::At(address) => Some(address),
            Avatar::Own if id % 3 == 0 => Some(format!("{{files}}/avatars/{id}.png")),
            Avatar::Own => Some(format!("{{files}}/avatars/{id}.png?v=4")),
        };
        let mut links = vec![];
        for (nth, (login, account_id, stale_since)) in (0..).zip(self.github) {
            links.push(Link {
                service: "github",
                account_id: account_id.unwrap_or(FIRST_GITHUB_ID + id * 10 + nth),
                login,
                avatar: avatar.clone(),
                linked_at,
                stale_since,
            });
        }
        let (gh_login, gh_id) = links.first().map_or_else(
            || (self.username.clone(), -1),
            |link: &Link| (link.login.clone(), link.account_id),
        );
        let signed_up_with = match self.signed_up_as {
            None => (gh_login, gh_id),
            Some((login, 0)) => (login, gh_id),
            Some(other) => other,
        };
        for (service, login) in self.elsewhere {
            links.push(Link {
                service,
                account_id: 500_000 + id,
                login,
                avatar: None,
                linked_at,
                stale_since: None,
            });
        }
        let email = match self.email {
            Mail::Nothing => None,
            Mail::Verified | Mail::Unverified => Some(Email {
                address: format!("{}@example.com", self.username.to_ascii_lowercase()),
                verified: matches!(self.email, Mail::Verified),
                sent_at: Some(linked_at),
                token: Prng::named(&format!("e-mail {id}")).hex(26),
            }),
        };
        User {
            id,
            username: self.username,
            name: self.name,
            created_at: self.since,
            email,
            signed_up_with,
            links,
            is_admin: self.admin,
            publish_notifications: !self.quiet,
            lock: self.lock,
        }
    }
}
