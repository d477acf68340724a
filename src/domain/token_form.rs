//! The form that a new API token is made from: what it holds, what is wrong with it, and what a pattern of crates means.
//!
//! It can be written down and read back, so that signing in again in the middle of it loses nothing. It must not know how the
//! form looks, nor what time it is.

use super::percent;
use super::time::{Day, Timestamp};
use super::token::{ApiToken, CratePattern, EndpointScope, NewToken};

/// How long a new token is offered to last, in days.
pub const DAYS: [i64; 5] = [7, 30, 60, 90, 365];

/// How long a new token lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expiry {
    /// For ever.
    Never,
    /// So many days from now.
    Days(i64),
    /// Until the beginning (in UTC) of the day that is typed beside it.
    OnDay,
}

/// What the form holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenForm {
    /// What the token is to be called.
    pub name: String,
    /// How long it lasts.
    pub expiry: Expiry,
    /// The day of [`Expiry::OnDay`], as `2026-11-21`; whatever was typed.
    pub day: String,
    /// What it may do.
    pub scopes: Vec<EndpointScope>,
    /// The crates it is limited to, as typed; none: all.
    pub patterns: Vec<String>,
}

/// What is wrong with the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults {
    /// There is no name.
    pub name: bool,
    /// There is no such day, or it is not in the future.
    pub expiry: bool,
    /// Nothing that the token may do.
    pub scopes: bool,
    /// The places of patterns that no crate could match.
    pub patterns: Vec<usize>,
}

/// What a pattern means, said while it is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Nothing is typed.
    Empty,
    /// No crate could match it.
    Invalid,
    /// A pattern.
    Pattern(CratePattern),
}

impl Default for TokenForm {
    fn default() -> Self {
        Self {
            name: String::new(),
            expiry: Expiry::Days(90),
            day: String::new(),
            scopes: Vec::new(),
            patterns: Vec::new(),
        }
    }
}

impl From<&ApiToken> for TokenForm {
    /// A form to make another token like this one. A token from before there were scopes may do everything.
    fn from(token: &ApiToken) -> Self {
        let everything = || EndpointScope::ALL.to_vec();
        let offered = |scopes: &Vec<EndpointScope>| {
            EndpointScope::ALL
                .into_iter()
                .filter(|scope| scopes.contains(scope))
                .collect()
        };
        Self {
            name: token.name.clone(),
            expiry: if token.expired_at.is_none() {
                Expiry::Never
            } else {
                Expiry::Days(90)
            },
            day: String::new(),
            scopes: token
                .endpoint_scopes
                .as_ref()
                .map_or_else(everything, offered),
            patterns: token.crate_scopes.clone().unwrap_or_default(),
        }
    }
}

impl TokenForm {
    /// When the token would stop working: `Some(None)` is never, `None` that the day makes no sense.
    pub fn expires_at(&self, now: Timestamp) -> Option<Option<Timestamp>> {
        match self.expiry {
            Expiry::Never => Some(None),
            Expiry::Days(days) => Some(Some(now.plus_days(days))),
            Expiry::OnDay => Day::parse(self.day.trim())
                .map(Day::start)
                .filter(|at| *at > now)
                .map(Some),
        }
    }

    /// The token to ask for, or what is wrong.
    pub fn check(&self, now: Timestamp) -> Result<NewToken, Faults> {
        let name = self.name.trim();
        let read: Vec<_> = self
            .patterns
            .iter()
            .map(|text| CratePattern::parse(text.trim()))
            .collect();
        let faults = Faults {
            name: name.is_empty(),
            expiry: self.expires_at(now).is_none(),
            scopes: self.scopes.is_empty(),
            patterns: (0..)
                .zip(&read)
                .filter(|(_, read)| read.is_none())
                .map(|(at, _)| at)
                .collect(),
        };
        match self.expires_at(now) {
            Some(expired_at) if faults == Faults::default() => {
                let patterns: Vec<_> = read.into_iter().flatten().collect();
                Ok(NewToken {
                    name: name.to_owned(),
                    expired_at,
                    crate_scopes: (!patterns.is_empty()).then_some(patterns),
                    endpoint_scopes: self.scopes.clone(),
                })
            }
            _ => Err(faults),
        }
    }

    /// What the pattern at this place means.
    pub fn meaning(&self, at: usize) -> Meaning {
        let text = self
            .patterns
            .get(at)
            .map(|text| text.trim())
            .unwrap_or_default();
        match CratePattern::parse(text) {
            _ if text.is_empty() => Meaning::Empty,
            Some(pattern) => Meaning::Pattern(pattern),
            None => Meaning::Invalid,
        }
    }

    /// Writes the form down in one line.
    pub fn to_text(&self) -> String {
        let expiry = match self.expiry {
            Expiry::Never => String::from("never"),
            Expiry::Days(days) => days.to_string(),
            Expiry::OnDay => String::from("day"),
        };
        let scopes: Vec<_> = self
            .scopes
            .iter()
            .map(|scope| scope.as_str().to_owned())
            .collect();
        [
            vec![self.name.clone()],
            vec![expiry],
            vec![self.day.clone()],
            scopes,
            self.patterns.clone(),
        ]
        .map(|list| {
            list.iter()
                .map(|text| percent::encode_value(text))
                .collect::<Vec<_>>()
                .join(",")
        })
        .join(";")
    }

    /// Reads what [`TokenForm::to_text`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        let list = |text: &str| -> Vec<String> {
            text.split(',')
                .filter(|part| !part.is_empty())
                .map(percent::decode_value)
                .collect()
        };
        let one = |text: &str| list(text).pop().unwrap_or_default();
        let mut parts = text.split(';');
        let name = one(parts.next()?);
        let expiry = match one(parts.next()?).as_str() {
            "never" => Expiry::Never,
            "day" => Expiry::OnDay,
            days => Expiry::Days(days.parse().ok().filter(|days| DAYS.contains(days))?),
        };
        let day = one(parts.next()?);
        let scopes = list(parts.next()?)
            .iter()
            .map(|name| EndpointScope::new(name))
            .collect();
        let patterns = list(parts.next()?);
        Some(Self {
            name,
            expiry,
            day,
            scopes,
            patterns,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::token::TokenId;
    use proptest::prelude::*;

    const NOW: Timestamp = Timestamp::from_millis(1_800_000_000_000);

    fn form() -> TokenForm {
        TokenForm {
            name: "ci".into(),
            scopes: vec![EndpointScope::Yank],
            ..TokenForm::default()
        }
    }

    #[test]
    fn a_form_without_patterns_makes_a_token_for_all_crates() {
        let token = form().check(NOW).unwrap();
        assert_eq!(token.crate_scopes, None);
        assert_eq!(token.expired_at, Some(NOW.plus_days(90)));
    }

    #[test]
    fn every_fault_is_named_at_once() {
        let faults = TokenForm {
            name: "  ".into(),
            expiry: Expiry::OnDay,
            day: "2026-02-30".into(),
            scopes: Vec::new(),
            patterns: vec!["serde".into(), String::new(), "1x".into()],
        }
        .check(NOW);
        assert_eq!(
            faults,
            Err(Faults {
                name: true,
                expiry: true,
                scopes: true,
                patterns: vec![1, 2]
            })
        );
    }

    #[test]
    fn a_day_counts_from_its_beginning_and_must_be_to_come() {
        let on = |day: &str| {
            TokenForm {
                expiry: Expiry::OnDay,
                day: day.into(),
                ..form()
            }
            .expires_at(NOW)
        };
        assert_eq!(on("2027-01-15"), None, "it has begun");
        assert_eq!(
            on("2027-01-16"),
            Some(Some(
                Timestamp::parse_rfc3339("2027-01-16T00:00:00Z").unwrap()
            ))
        );
        assert_eq!(on(""), None);
        assert_eq!(
            TokenForm {
                expiry: Expiry::Never,
                ..form()
            }
            .expires_at(NOW),
            Some(None)
        );
    }

    #[test]
    fn spaces_around_names_and_patterns_go() {
        let token = TokenForm {
            name: " ci ".into(),
            patterns: vec![" serde_* ".into()],
            ..form()
        }
        .check(NOW)
        .unwrap();
        assert_eq!(token.name, "ci");
        assert_eq!(
            token.crate_scopes,
            Some(vec![CratePattern::Prefix("serde_".into())])
        );
    }

    #[test]
    fn a_token_from_before_scopes_is_offered_with_all_of_them() {
        let old = ApiToken {
            id: TokenId(1),
            name: "old".into(),
            created_at: None,
            last_used_at: None,
            expired_at: None,
            crate_scopes: None,
            endpoint_scopes: None,
        };
        let form = TokenForm::from(&old);
        assert_eq!(form.scopes, EndpointScope::ALL);
        assert_eq!(form.expiry, Expiry::Never);
        let unknown = ApiToken {
            endpoint_scopes: Some(vec![EndpointScope::new("new-thing")]),
            ..old
        };
        assert_eq!(
            TokenForm::from(&unknown).scopes,
            [],
            "what cannot be asked for is not offered"
        );
    }

    #[test]
    fn a_pattern_is_explained_while_it_is_typed() {
        let form = TokenForm {
            patterns: ["", "*", "a*", "1"].map(String::from).to_vec(),
            ..form()
        };
        assert_eq!(form.meaning(0), Meaning::Empty);
        assert_eq!(form.meaning(1), Meaning::Pattern(CratePattern::All));
        assert_eq!(
            form.meaning(2),
            Meaning::Pattern(CratePattern::Prefix("a".into()))
        );
        assert_eq!(form.meaning(3), Meaning::Invalid);
        assert_eq!(form.meaning(9), Meaning::Empty);
    }

    proptest! {
        #[test]
        fn what_was_written_is_read_back(
            name: String, day: String, at in 0..7usize, scopes in 0..32u8, patterns in prop::collection::vec(".{1,8}", 0..4),
        ) {
            let expiry = match at {
                0 => Expiry::Never,
                6 => Expiry::OnDay,
                at => Expiry::Days(DAYS[at - 1]),
            };
            let chosen = EndpointScope::ALL.into_iter().enumerate().filter(|(at, _)| scopes >> at & 1 == 1);
            let form = TokenForm { name, expiry, day, scopes: chosen.map(|(_, scope)| scope).collect(), patterns };
            prop_assert_eq!(TokenForm::parse(&form.to_text()), Some(form));
        }

        #[test]
        fn any_text_can_be_read(text: String) {
            let _ = TokenForm::parse(&text);
        }
    }
}
