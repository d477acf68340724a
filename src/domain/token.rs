//! API tokens, which let Cargo act for a user, and the patterns that limit them to crates.
//!
//! A token's text is known once, in the answer that made it, and kept apart from what is known later. It must not know
//! how a token is stored or used.

use std::fmt;

use super::time::Timestamp;

/// The registry's number of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenId(pub i64);

/// A token as it is listed (the document's `ApiToken`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiToken {
    /// Which one it is.
    pub id: TokenId,
    /// What its owner called it.
    pub name: String,
    /// When it was made.
    pub created_at: Option<Timestamp>,
    /// When it was last used; `None`: never.
    pub last_used_at: Option<Timestamp>,
    /// When it stops working; `None`: never.
    pub expired_at: Option<Timestamp>,
    /// The crates it is limited to, as patterns; `None`: all.
    pub crate_scopes: Option<Vec<String>>,
    /// What it may do; `None`: everything (tokens from before scopes).
    pub endpoint_scopes: Option<Vec<EndpointScope>>,
}

/// A token just made, with its text.
#[derive(Clone, PartialEq, Eq)]
pub struct CreatedToken {
    /// The token.
    pub token: ApiToken,
    /// Its text, which the server tells this once.
    pub plaintext: String,
}

/// What to make a token of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewToken {
    /// What to call it.
    pub name: String,
    /// When it stops working; `None`: never.
    pub expired_at: Option<Timestamp>,
    /// The crates it is limited to; `None`: all.
    pub crate_scopes: Option<Vec<CratePattern>>,
    /// What it may do.
    pub endpoint_scopes: Vec<EndpointScope>,
}

/// Something a token may do.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum EndpointScope {
    /// Publish new crates.
    PublishNew,
    /// Publish new versions of crates.
    PublishUpdate,
    /// Change trusted publishing settings.
    TrustedPublishing,
    /// Yank and unyank versions.
    Yank,
    /// Add and remove owners.
    ChangeOwners,
    /// Something this version does not know, under the server's name for it.
    Other(String),
}

/// Which crates a token is limited to: one by name, those that begin alike, or all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CratePattern {
    /// `*`
    All,
    /// `name*`
    Prefix(String),
    /// `name`
    Exactly(String),
}

impl ApiToken {
    /// Whether it no longer works.
    pub fn has_expired(&self, now: Timestamp) -> bool {
        self.expired_at.is_some_and(|until| until <= now)
    }
}

/// The token's text stays out of logs.
impl fmt::Debug for CreatedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CreatedToken")
            .field("token", &self.token)
            .finish_non_exhaustive()
    }
}

impl EndpointScope {
    /// Those that can be asked for, in the order in which they are offered.
    pub const ALL: [Self; 5] = [
        Self::PublishNew,
        Self::PublishUpdate,
        Self::TrustedPublishing,
        Self::Yank,
        Self::ChangeOwners,
    ];

    /// The API's name of it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::PublishNew => "publish-new",
            Self::PublishUpdate => "publish-update",
            Self::TrustedPublishing => "trusted-publishing",
            Self::Yank => "yank",
            Self::ChangeOwners => "change-owners",
            Self::Other(name) => name,
        }
    }

    /// Reads the API's name.
    pub fn new(name: &str) -> Self {
        let known = Self::ALL.into_iter().find(|scope| scope.as_str() == name);
        known.unwrap_or_else(|| Self::Other(name.to_owned()))
    }
}

impl CratePattern {
    /// Reads a pattern as one types it; `None` for what no crate could match.
    pub fn parse(text: &str) -> Option<Self> {
        if text == "*" {
            return Some(Self::All);
        }
        match text.strip_suffix('*') {
            Some(start) => is_crate_name(start).then(|| Self::Prefix(start.to_owned())),
            None => is_crate_name(text).then(|| Self::Exactly(text.to_owned())),
        }
    }
}

/// The pattern as the API takes it.
impl fmt::Display for CratePattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("*"),
            Self::Prefix(start) => write!(f, "{start}*"),
            Self::Exactly(name) => f.write_str(name),
        }
    }
}

/// Letters, digits, `-` and `_`, a letter first, at most 64: what the registry takes for a crate's name.
fn is_crate_name(text: &str) -> bool {
    text.len() <= 64
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_a_name_the_start_of_one_or_a_star() {
        for text in ["*", "serde", "serde_*", "a*", "A-b"] {
            let read = CratePattern::parse(text).map(|pattern| pattern.to_string());
            assert_eq!(read.as_deref(), Some(text));
        }
        for text in [
            "",
            "**",
            "*a",
            "a*b",
            "1a",
            "-a",
            "a b",
            "é",
            &"a".repeat(65),
        ] {
            assert_eq!(CratePattern::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn every_scope_is_read_back_from_its_name() {
        for scope in EndpointScope::ALL {
            assert_eq!(EndpointScope::new(scope.as_str()), scope);
        }
        assert_eq!(EndpointScope::new("new-thing").as_str(), "new-thing");
    }

    #[test]
    fn a_tokens_text_stays_out_of_logs() {
        let token = ApiToken {
            id: TokenId(1),
            name: "ci".into(),
            created_at: None,
            last_used_at: None,
            expired_at: Some(Timestamp::from_millis(10)),
            crate_scopes: None,
            endpoint_scopes: None,
        };
        assert!(token.has_expired(Timestamp::from_millis(10)));
        assert!(!token.has_expired(Timestamp::from_millis(9)));
        let created = CreatedToken {
            token,
            plaintext: "cioSecret".into(),
        };
        assert!(!format!("{created:?}").contains("cioSecret"));
    }
}
