//! What the fake server remembers, and the shapes it tells it in.

use serde_json::{Value, json};

/// What the server can do (contract).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Level {
    /// As recorded.
    August,
    /// And what is merged since.
    September,
    /// And what the RFC adds.
    #[default]
    Full,
}

/// Somebody.
#[derive(Debug, Clone)]
pub struct Account {
    /// The id that people are compared by.
    pub id: i64,
    /// The crates.io username.
    pub username: String,
    /// The display name.
    pub name: Option<String>,
    /// The linked GitHub account, if any.
    pub github: Option<String>,
    /// Whether that login is another GitHub account's by now.
    pub is_stale: bool,
    /// When the account was made.
    pub created_at: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// All downloads of their crates.
    pub downloads: u64,
    /// When the next change of the username is possible, if not now.
    pub available_at: Option<String>,
    /// The name given up last, with the moment until which it can be taken back.
    pub previous: Option<(String, String)>,
}

/// So many days from now.
pub fn in_days(days: f64) -> String {
    let then = js_sys::Date::new(&(js_sys::Date::now() + days * 864e5).into());
    then.to_iso_string().into()
}

impl Account {
    /// Somebody whose username is their GitHub login.
    pub fn new(id: i64, username: &str) -> Self {
        Self {
            id,
            username: username.to_owned(),
            name: None,
            github: Some(username.to_owned()),
            is_stale: false,
            created_at: Some("2026-07-01T12:00:00Z".to_owned()),
            email: Some(format!("{username}@example.com")),
            downloads: 0,
            available_at: None,
            previous: None,
        }
    }

    /// The same after giving up a name so many days ago.
    pub fn formerly(self, name: &str, days_ago: f64) -> Self {
        let until = in_days(30.0 - days_ago);
        Self {
            available_at: Some(until.clone()),
            previous: Some((name.to_owned(), until)),
            ..self
        }
    }

    /// Takes on another username, as the contract has it: a name given up is held for thirty days, another spelling is none,
    /// and what was taken back is not given up again.
    pub fn rename(&mut self, to: &str) {
        let from = std::mem::replace(&mut self.username, to.to_owned());
        let is_taken_back =
            matches!(&self.previous, Some((name, _)) if canonical(name) == canonical(to));
        if is_taken_back {
            self.previous = None;
        } else if canonical(&from) != canonical(to) {
            self.available_at = Some(in_days(30.0));
            self.previous = Some((from, in_days(30.0)));
        }
    }

    /// The same with another GitHub login, or with none.
    pub fn github(self, login: Option<&str>) -> Self {
        Self {
            github: login.map(str::to_owned),
            ..self
        }
    }

    /// The same after another GitHub account took on the linked one's login.
    pub fn stale(self) -> Self {
        Self {
            is_stale: true,
            ..self
        }
    }

    /// The same with a display name.
    pub fn named(self, name: &str) -> Self {
        Self {
            name: Some(name.to_owned()),
            ..self
        }
    }

    fn matches(&self) -> bool {
        !self.is_stale && self.github.as_deref() == Some(self.username.as_str())
    }
}

/// A crate.
#[derive(Debug, Clone)]
pub struct FakeCrate {
    /// Its name.
    pub name: String,
    /// Ids of the accounts that own it.
    pub owners: Vec<i64>,
    /// The teams that own it: `github:organization:team`.
    pub teams: Vec<String>,
    /// What it says of itself.
    pub description: Option<String>,
    /// Its default version.
    pub version: String,
    /// All downloads.
    pub downloads: u64,
}

impl FakeCrate {
    /// A crate with these owners.
    pub fn new(name: &str, owners: &[i64]) -> Self {
        Self {
            name: name.to_owned(),
            owners: owners.to_vec(),
            teams: Vec::new(),
            description: Some(format!("What {name} is for")),
            version: "1.2.3".to_owned(),
            downloads: 1000,
        }
    }
}

/// A sign-up that waits for its username.
#[derive(Debug, Clone)]
pub struct PendingSignup {
    /// The GitHub login.
    pub login: String,
    /// The e-mail address that GitHub told.
    pub email: Option<String>,
    /// When it ends, if the server says so.
    pub expires_at: Option<String>,
}

impl PendingSignup {
    /// One with an address, of a server that does not say when it ends.
    pub fn new(login: &str) -> Self {
        Self {
            login: login.to_owned(),
            email: Some(format!("{login}@example.com")),
            expires_at: None,
        }
    }

    /// The same with its end so many milliseconds from now.
    pub fn ends_in(self, millis: f64) -> Self {
        let end = js_sys::Date::new(&(js_sys::Date::now() + millis).into());
        Self {
            expires_at: Some(end.to_iso_string().into()),
            ..self
        }
    }
}

/// Somebody who is asked to own a crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FakeInvitation {
    /// The crate's name.
    pub krate: String,
    /// The id of the one who is asked.
    pub invitee: i64,
    /// The id of the one who asks.
    pub inviter: i64,
    /// Until when it can be answered.
    pub expires_at: String,
}

/// Everything the server remembers.
#[derive(Default)]
pub(super) struct Data {
    pub(super) level: Level,
    pub(super) accounts: Vec<Account>,
    pub(super) crates: Vec<FakeCrate>,
    pub(super) invitations: Vec<FakeInvitation>,
    /// The GitHub teams that there are.
    pub(super) teams: Vec<String>,
    pub(super) reserved: Vec<String>,
    pub(super) signed_in: Option<i64>,
    pub(super) pending: Option<PendingSignup>,
    /// How often signing in was begun; the state of each has this number.
    pub(super) begun: usize,
    /// Where signing in leads.
    pub(super) github: String,
    /// Names that are too similar to another, with that other.
    pub(super) similar: Vec<(String, String)>,
    /// Names given up lately, with the moment at which they can be had.
    pub(super) held: Vec<(String, String)>,
}

/// The one envelope for errors.
pub(super) fn errors(detail: &str) -> Value {
    json!({"errors": [{"detail": detail}]})
}

/// Names are the same when their letters are, capitals aside, and `-` and `_` count as one.
pub(super) fn canonical(name: &str) -> String {
    name.to_ascii_lowercase().replace('-', "_")
}

impl Data {
    pub(super) fn by_name(&self, name: &str) -> Option<&Account> {
        self.accounts
            .iter()
            .find(|account| canonical(&account.username) == canonical(name))
    }

    pub(super) fn by_id(&self, id: i64) -> Option<&Account> {
        self.accounts.iter().find(|account| account.id == id)
    }

    pub(super) fn viewer(&self) -> Option<&Account> {
        self.signed_in.and_then(|id| self.by_id(id))
    }

    pub(super) fn crate_by_name(&self, name: &str) -> Option<&FakeCrate> {
        self.crates
            .iter()
            .find(|krate| canonical(&krate.name) == canonical(name))
    }

    pub(super) fn user(&self, account: &Account) -> Value {
        json!({
            "id": account.id,
            "login": account.username,
            "name": account.name,
            "avatar": Value::Null,
            "url": account.github.as_ref().map(|login| format!("https://github.com/{login}")),
            "github_username_matches": account.matches(),
            "created_at": account.created_at,
        })
    }

    pub(super) fn linked_accounts(&self, account: &Account) -> Value {
        let linked = account.github.iter().map(|login| {
            json!({"service": "github", "account_id": account.id + 10_000, "login": login, "avatar": Value::Null})
        });
        linked.collect()
    }

    pub(super) fn me(&self, account: &Account) -> Value {
        let owned = self
            .crates
            .iter()
            .enumerate()
            .filter(|(_, krate)| krate.owners.contains(&account.id));
        let owned = owned
            .map(|(id, krate)| json!({"id": id, "name": krate.name, "email_notifications": true}));
        let mut me = json!({
            "user": {
                "id": account.id,
                "login": account.username,
                "name": account.name,
                "avatar": Value::Null,
                "url": account.github.as_ref().map(|login| format!("https://github.com/{login}")),
                "email": account.email,
                "email_verified": true,
                "email_verification_sent": true,
                "is_admin": false,
                "publish_notifications": true,
                "created_at": account.created_at,
            },
            "owned_crates": owned.collect::<Vec<_>>(),
        });
        if self.level == Level::Full {
            let previous = account
                .previous
                .as_ref()
                .map(|(name, until)| json!({"username": name, "reclaimable_until": until}));
            me["username_change"] =
                json!({"available_at": account.available_at, "previous": previous});
        }
        me
    }

    pub(super) fn krate(&self, krate: &FakeCrate) -> Value {
        json!({
            "id": krate.name,
            "name": krate.name,
            "description": krate.description,
            "default_version": krate.version,
            "max_version": "0.0.0",
            "newest_version": "0.0.0",
            "downloads": krate.downloads,
            "recent_downloads": krate.downloads / 10,
            "num_versions": 1,
            "yanked": false,
            "exact_match": false,
            "created_at": "2024-01-02T03:04:05Z",
            "updated_at": "2026-02-03T04:05:06Z",
            "homepage": Value::Null,
            "documentation": Value::Null,
            "repository": Value::Null,
            "links": {},
        })
    }

    pub(super) fn version(&self, krate: &FakeCrate) -> Value {
        json!({
            "id": 1,
            "crate": krate.name,
            "num": krate.version,
            "created_at": "2026-02-03T04:05:06Z",
            "updated_at": "2026-02-03T04:05:06Z",
            "downloads": krate.downloads,
            "features": {},
            "yanked": false,
            "license": "MIT OR Apache-2.0",
            "crate_size": 12_345,
            "dl_path": format!("/api/v1/crates/{}/{}/download", krate.name, krate.version),
            "readme_path": format!("/api/v1/crates/{}/{}/readme", krate.name, krate.version),
            "links": {},
        })
    }

    pub(super) fn owners(&self, krate: &FakeCrate) -> Value {
        let owners = krate
            .owners
            .iter()
            .filter_map(|id| self.by_id(*id))
            .map(|account| {
                let mut owner = self.user(account);
                owner["kind"] = json!("user");
                owner
            });
        let teams = krate.teams.iter().enumerate().map(|(id, login)| {
            json!({"id": id + 1, "login": login, "kind": "team", "name": Value::Null, "avatar": Value::Null, "url": Value::Null})
        });
        owners.chain(teams).collect()
    }
}
