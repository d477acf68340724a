//! People, their accounts elsewhere, their teams and their names as plain values.

use crate::seed::calendar::Micros;

/// A person with an account.
#[derive(Clone, Debug)]
pub struct User {
    /// The account's number, part of addresses.
    pub id: i64,
    /// The crates.io username as its owner spells it.
    pub username: String,
    /// The name that is shown, if any.
    pub name: Option<String>,
    /// When the account (or, for old ones, the GitHub account) was made; unknown for some.
    pub created_at: Option<Micros>,
    /// The address mail goes to.
    pub email: Option<Email>,
    /// GitHub login and number (-1: unknown) of the account this person signed up with.
    pub signed_up_with: (String, i64),
    /// Accounts elsewhere, in the order in which they were linked.
    pub links: Vec<Link>,
    /// Whether crates.io's team trusts this account with administration.
    pub is_admin: bool,
    /// Whether mail is sent about publishing.
    pub publish_notifications: bool,
    /// Why and until when the account is locked.
    pub lock: Option<Lock>,
}

/// An address and how far it is proven.
#[derive(Clone, Debug)]
pub struct Email {
    /// The address.
    pub address: String,
    /// Whether the link in the mail was followed.
    pub verified: bool,
    /// When that mail was sent, if ever.
    pub sent_at: Option<Micros>,
    /// What the link in that mail holds.
    pub token: String,
}

/// An account elsewhere that was proven by signing in there.
#[derive(Clone, Debug)]
pub struct Link {
    /// `github`, or a service the app may not know.
    pub service: &'static str,
    /// The account's number there.
    pub account_id: i64,
    /// Its name there, as last seen.
    pub login: String,
    /// Its picture; `{files}` stands for the file host.
    pub avatar: Option<String>,
    /// When it was linked.
    pub linked_at: Micros,
    /// Since when another account has been seen under this login.
    pub stale_since: Option<Micros>,
}

/// A locked account.
#[derive(Clone, Debug)]
pub struct Lock {
    /// What the person is told.
    pub reason: String,
    /// The end; `None` is for ever.
    pub until: Option<Micros>,
}

/// A GitHub team.
#[derive(Clone, Debug)]
pub struct Team {
    /// Its number, part of addresses.
    pub id: i64,
    /// `github:{org}:{team}`, lower case.
    pub login: String,
    /// The name that is shown, if any.
    pub name: Option<String>,
    /// GitHub's number of the team.
    pub github_id: i64,
    /// GitHub's number of the organisation.
    pub org_id: i64,
    /// The organisation's picture.
    pub avatar: Option<String>,
    /// GitHub account numbers of its members.
    pub members: Vec<i64>,
    /// GitHub account numbers of the organisation's owners.
    pub org_owners: Vec<i64>,
}

/// One change of a username.
#[derive(Clone, Debug)]
pub struct Rename {
    /// Whose.
    pub user_id: i64,
    /// The name given up.
    pub from: String,
    /// The name taken.
    pub to: String,
    /// When.
    pub at: Micros,
    /// A take-back, a mere respelling or an ordinary change.
    pub kind: RenameKind,
}

/// What sort of change of a username it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RenameKind {
    /// To another name; the old one is held for its former holder.
    Rename,
    /// Back to a name given up before; the other one is held from everyone.
    TakeBack,
    /// Other capitals or separators; holds nothing, counts for nothing.
    Respell,
}

/// A GitHub account that has never signed in here.
#[derive(Clone, Debug)]
pub struct Stranger {
    /// GitHub's number of it.
    pub account_id: i64,
    /// Its name there.
    pub login: String,
    /// Its display name there.
    pub name: Option<String>,
    /// The address that GitHub gives away.
    pub email: Option<String>,
}
