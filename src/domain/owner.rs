//! How an owner is named where a name is typed, sent or put into a command: `alice`, `crates.io:alice`, `github:alice`,
//! `github:org:team`.
//!
//! Since RFC 3946 a bare name may mean two accounts, so everything this app prints and sends says which is meant. What
//! people type or paste is read generously; nothing is guessed. This must not know who the accounts are.

use std::fmt;

use super::username::{Username, UsernameError};

/// The prefix of crates.io usernames, as the server settled on it (contract, "Owner specifications"). Others are read
/// (`ALSO_READ`), this one is written.
pub const CRATES_IO: &str = "crates.io";

/// Spellings of the prefix that people may know from the RFC and the debate about it (its footnote 2).
const ALSO_READ: [&str; 4] = ["crates.io", "cratesio", "crates-io", "crates_io"];

const GITHUB: &str = "github";

/// No GitHub login or team name comes near this; a longer text is not one.
const LONGEST_PART: usize = 100;

/// Whom a typed name means, as far as the text alone tells.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum OwnerSpecification {
    /// A bare name: a crates.io username, and maybe somebody else's GitHub login too.
    Unqualified(Username),
    /// `crates.io:{username}`.
    CratesIo(Username),
    /// `github:{login}`: the crates.io account that this GitHub account is linked to.
    GitHub(GitHubLogin),
    /// `github:{organization}:{team}`.
    Team {
        /// The GitHub organization's login.
        organization: GitHubLogin,
        /// The team's short name in the organization's addresses.
        team: TeamName,
    },
}

/// A text that can be a GitHub login: ASCII letters, digits, `-`, `_` (managed accounts have one). Case does not count.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct GitHubLogin(String);

/// A text that can be a GitHub team's short name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TeamName(String);

/// Why a text names no owner.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum OwnerError {
    /// Nothing was typed.
    Empty,
    /// An e-mail address. Owners are named by username (people did type addresses: crates.io issue 6475).
    Email,
    /// A web address that is no profile or team.
    NotAProfile,
    /// A prefix of no service the registry knows: this one.
    UnknownService(String),
    /// It would be a username, but is not well-formed.
    Username(UsernameError),
    /// What follows `github:` cannot be a GitHub login.
    GitHubLogin,
    /// It would be a team, but is not of the form `github:organization:team`.
    Team,
}

/// What a `cargo owner` line does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OwnerAction {
    /// `--add`: invites a person, adds a team.
    Add,
    /// `--remove`.
    Remove,
}

impl OwnerSpecification {
    /// Reads what was typed or pasted: any of the forms, with or without a leading `@`, or the address of a profile on
    /// any registry or on GitHub, with or without its scheme.
    pub fn parse(text: &str) -> Result<Self, OwnerError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(OwnerError::Empty);
        }
        if text.contains('/') {
            return address::parse(text);
        }
        Self::parse_name(text)
    }

    /// Reads a name that is known not to be an address.
    fn parse_name(text: &str) -> Result<Self, OwnerError> {
        let text = text.strip_prefix('@').unwrap_or(text);
        if text.contains('@') {
            return Err(OwnerError::Email);
        }
        let parts: Vec<&str> = text.split(':').map(str::trim).collect();
        match parts.as_slice() {
            [name] => Username::parse(name)
                .map(Self::Unqualified)
                .map_err(OwnerError::Username),
            [service, name] if is_crates_io(service) => Username::parse(name)
                .map(Self::CratesIo)
                .map_err(OwnerError::Username),
            [service, login] if service.eq_ignore_ascii_case(GITHUB) => GitHubLogin::parse(login)
                .map(Self::GitHub)
                .ok_or(OwnerError::GitHubLogin),
            [service, organization, team] if service.eq_ignore_ascii_case(GITHUB) => {
                Self::team(organization, team)
            }
            [service, ..] if is_crates_io(service) || service.eq_ignore_ascii_case(GITHUB) => {
                Err(OwnerError::Team)
            }
            [service, ..] => Err(OwnerError::UnknownService((*service).to_owned())),
            [] => Err(OwnerError::Empty),
        }
    }

    fn team(organization: &str, team: &str) -> Result<Self, OwnerError> {
        match (GitHubLogin::parse(organization), TeamName::parse(team)) {
            (Some(organization), Some(team)) => Ok(Self::Team { organization, team }),
            _ => Err(OwnerError::Team),
        }
    }

    /// Whether a team is meant: teams are added at once, people are invited.
    pub fn is_team(&self) -> bool {
        matches!(self, Self::Team { .. })
    }

    /// The `cargo owner` line for this owner, for `krate` or, without one, for the package in the current folder.
    ///
    /// Every part is made of characters that no shell reads as anything else; a crate name that is not is left out.
    pub fn command(&self, action: OwnerAction, krate: Option<&str>) -> String {
        line(&self.to_string(), action, krate)
    }
}

/// The `cargo owner` line for an owner whom the server knows under this name. `None` for a text that a shell could read
/// as something else.
pub fn command(name: &str, action: OwnerAction, krate: Option<&str>) -> Option<String> {
    let is_safe = name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.chars().all(|c| is_plain(c) || matches!(c, '.' | ':'));
    is_safe.then(|| line(name, action, krate))
}

fn line(owner: &str, action: OwnerAction, krate: Option<&str>) -> String {
    let flag = match action {
        OwnerAction::Add => "--add",
        OwnerAction::Remove => "--remove",
    };
    let starts_well = |name: &&str| name.starts_with(|c: char| c.is_ascii_alphanumeric());
    match krate
        .filter(starts_well)
        .filter(|name| name.chars().all(is_plain))
    {
        Some(krate) => format!("cargo owner {flag} {owner} {krate}"),
        None => format!("cargo owner {flag} {owner}"),
    }
}

impl From<Username> for OwnerSpecification {
    /// The qualified form, which means one account only.
    fn from(username: Username) -> Self {
        Self::CratesIo(username)
    }
}

impl fmt::Display for OwnerSpecification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unqualified(username) => write!(f, "{username}"),
            Self::CratesIo(username) => write!(f, "{CRATES_IO}:{username}"),
            Self::GitHub(login) => write!(f, "{GITHUB}:{login}"),
            Self::Team { organization, team } => write!(f, "{GITHUB}:{organization}:{team}"),
        }
    }
}

impl GitHubLogin {
    /// Reads a login; `None` for a text that GitHub could not have issued.
    pub fn parse(text: &str) -> Option<Self> {
        is_part(text, is_plain).then(|| Self(text.to_owned()))
    }

    /// The login as it was given.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TeamName {
    /// Reads a team's short name.
    pub fn parse(text: &str) -> Option<Self> {
        is_part(text, |c| is_plain(c) || c == '.').then(|| Self(text.to_owned()))
    }

    /// The name as it was given.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for GitHubLogin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for TeamName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_crates_io(service: &str) -> bool {
    ALSO_READ
        .iter()
        .any(|known| known.eq_ignore_ascii_case(service))
}

fn is_plain(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '_')
}

fn is_part(text: &str, allowed: impl Fn(char) -> bool) -> bool {
    !text.is_empty() && text.len() <= LONGEST_PART && text.chars().all(allowed)
}

mod address;
#[cfg(test)]
mod tests;
