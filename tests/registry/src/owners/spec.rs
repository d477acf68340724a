//! What a text that names an owner means.
//!
//! No colon is a username, one colon a name qualified by its service, two colons a team. An unqualified name that could
//! mean somebody else is refused with the qualified forms, never guessed.

use rusqlite::Connection;

use super::Person;
use crate::{
    config::Level,
    error::{ApiError, ApiResult},
};

/// A text that names an owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spec<'a> {
    /// `ferris`
    Plain(&'a str),
    /// `crates.io:ferris`
    Username(&'a str),
    /// `github:ferris`
    GithubLogin(&'a str),
    /// `github:org:team`
    Team {
        /// The organisation.
        org: &'a str,
        /// The team.
        team: &'a str,
    },
}

impl<'a> Spec<'a> {
    /// Reads a text as a server of a level does.
    pub fn parse(text: &'a str, level: Level) -> ApiResult<Self> {
        let mut parts = text.splitn(3, ':');
        let parts = (parts.next().unwrap_or_default(), parts.next(), parts.next());
        let team = |org: &'a str, team: &'a str| {
            if let Some(special) = org
                .chars()
                .find(|character| !character.is_ascii_alphanumeric() && !"-_".contains(*character))
            {
                return Err(ApiError::bad_request(format!(
                    "organization cannot contain special characters like {special}"
                )));
            }
            Ok(Self::Team { org, team })
        };
        match parts {
            (name, None, _) => Ok(Self::Plain(name)),
            (service, Some(org), Some(name)) if service.eq_ignore_ascii_case("github") => {
                team(org, name)
            }
            (_, Some(_), Some(_)) => Err(ApiError::bad_request(
                "unknown organization handler, only 'github:org:team' is supported",
            )),
            // The server of August takes everything with a colon for a team.
            (service, Some(_), None) if level < Level::September => Err(ApiError::bad_request(
                if service.eq_ignore_ascii_case("github") {
                    "missing github team argument; format is github:org:team"
                } else {
                    "unknown organization handler, only 'github:org:team' is supported"
                },
            )),
            (service, Some(name), None) if service.eq_ignore_ascii_case("github") => {
                Ok(Self::GithubLogin(name))
            }
            (service, Some(name), None) if service.eq_ignore_ascii_case("crates.io") => {
                Ok(Self::Username(name))
            }
            (_, Some(_), None) => Err(ApiError::bad_request(
                "unknown service, only 'crates.io:username', 'github:login' and 'github:org:team' are supported",
            )),
        }
    }

    /// The person that a text to invite somebody means.
    pub fn invitee(&self, connection: &Connection, text: &str, level: Level) -> ApiResult<Person> {
        let nobody = || ApiError::bad_request(format!("could not find user with login `{text}`"));
        match self {
            Self::Plain(login) if level < Level::September => {
                Person::by_gh_login(connection, login)?.ok_or_else(nobody)
            }
            Self::Plain(name) => {
                let by_username = Person::by_username(connection, name)?;
                let by_login = Person::by_github_login(connection, name)?;
                match (by_username, by_login) {
                    (None, None) => Err(nobody()),
                    (Some(one), Some(other)) if one.id == other.id => Ok(one),
                    (by_username, by_login) => {
                        Err(ambiguous(connection, text, [by_username, by_login])?)
                    }
                }
            }
            Self::Username(username) => {
                Person::by_username(connection, username)?.ok_or_else(nobody)
            }
            Self::GithubLogin(login) => {
                Person::by_github_login(connection, login)?.ok_or_else(nobody)
            }
            Self::Team { .. } => Err(nobody()),
        }
    }

    /// Whether a text to remove somebody fits an owner.
    pub fn fits(&self, connection: &Connection, owner: &Person, level: Level) -> ApiResult<bool> {
        let has_login = |login: &str| -> ApiResult<bool> {
            Ok(owner
                .github_logins(connection)?
                .iter()
                .any(|known| known.eq_ignore_ascii_case(login)))
        };
        let has_username = |username: &str| {
            crate::names::canonical(username) == crate::names::canonical(&owner.username)
        };
        Ok(match self {
            Self::Plain(login) if level < Level::September => {
                owner.gh_login.eq_ignore_ascii_case(login)
            }
            Self::Plain(name) => has_username(name) || has_login(name)?,
            Self::Username(username) => has_username(username),
            Self::GithubLogin(login) => has_login(login)?,
            Self::Team { .. } => false,
        })
    }
}

/// Names the accounts that an unqualified name could mean, and how to say which.
pub fn ambiguous(
    connection: &Connection,
    text: &str,
    people: impl IntoIterator<Item = Option<Person>>,
) -> ApiResult<ApiError> {
    let mut sentences = Vec::new();
    for person in people.into_iter().flatten() {
        let logins = person.github_logins(connection)?;
        let linked = match logins.is_empty() {
            true => "no linked GitHub account".to_owned(),
            false => format!("the linked GitHub account `{}`", logins.join("`, `")),
        };
        let forms: Vec<String> = std::iter::once(format!("`crates.io:{}`", person.username))
            .chain(logins.iter().map(|login| format!("`github:{login}`")))
            .collect();
        sentences.push(format!(
            "the crates.io user `{}` has {linked}: use {}",
            person.username,
            forms.join(" or ")
        ));
    }
    Ok(ApiError::bad_request(format!(
        "`{text}` does not say clearly who is meant; {}",
        sentences.join("; ")
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detail(text: &str, level: Level) -> String {
        Spec::parse(text, level).unwrap_err().detail
    }

    #[test]
    fn colons_decide_what_a_text_is() {
        let full = |text| Spec::parse(text, Level::Full).unwrap();
        assert_eq!(full("ferris"), Spec::Plain("ferris"));
        assert_eq!(full("crates.io:ferris"), Spec::Username("ferris"));
        assert_eq!(full("GitHub:ferris"), Spec::GithubLogin("ferris"));
        assert_eq!(
            full("github:rust-lang:core"),
            Spec::Team {
                org: "rust-lang",
                team: "core"
            }
        );
        assert!(Spec::parse("gitlab:ferris", Level::Full).is_err());
        assert!(Spec::parse("github:bad/org:core", Level::Full).is_err());
    }

    #[test]
    fn the_server_of_august_knows_teams_only() {
        assert_eq!(
            detail("crates.io:ferris", Level::August),
            "unknown organization handler, only 'github:org:team' is supported"
        );
        assert_eq!(
            detail("github:ferris", Level::August),
            "missing github team argument; format is github:org:team"
        );
        assert_eq!(
            detail(":", Level::August),
            "unknown organization handler, only 'github:org:team' is supported"
        );
    }
}
