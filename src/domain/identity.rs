//! Who a username belongs to elsewhere: linked accounts, and whether the name matches the GitHub one.
//!
//! crates.io users learned to read a username as a GitHub login. Since RFC 3946 the two may differ, so the difference
//! is shown, in its kind where the kind is known. This must not know of the deprecated `url` of a user: it never
//! decides anything here.

use std::fmt;

use super::username::{Username, canonical_form};

/// A service whose accounts can be linked to a crates.io account. A linked account is proven: its holder signed in there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Service {
    /// github.com, the wire's `"github"`.
    GitHub,
    /// A service this version does not know, under the name the server gave it. Shown as text, never as a link.
    Other(String),
}

/// An account at another service whose holder has proven to be this user by signing in there.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LinkedAccount {
    /// Where the account is.
    pub service: Service,
    /// The account's name there, as last seen by the registry.
    pub login: String,
    /// The account's number there, which outlives renames. Servers may leave it out.
    pub account_id: Option<u64>,
    /// Address of the account's picture, as the server gave it.
    pub avatar: Option<String>,
}

/// What the server says about the username and the user's GitHub login: its `github_username_matches`.
///
/// The server compares exactly, so `Differs` also covers "no GitHub account linked" and "other capitals".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum GitHubMatch {
    /// A linked GitHub account has exactly this login.
    Matches,
    /// None has.
    Differs,
    /// The server did not say (teams, older servers, the signed-in user's own record). Shows nothing.
    #[default]
    Unknown,
}

/// In what way a username does not match its GitHub login.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Mismatch {
    /// The linked GitHub accounts have these other names (one or more).
    AnotherUsername {
        /// Every linked GitHub login, in the server's order.
        logins: Vec<String>,
    },
    /// The linked GitHub account's name is the same but for its spelling.
    OnlySpelling {
        /// The linked GitHub login.
        login: String,
        /// What is spelled otherwise.
        difference: Spelling,
    },
    /// The linked account shows this very login, yet the server says that it does not match: another GitHub account
    /// has since signed in under that login, so the link is out of date (contract, "GitHub logins are not unique in time").
    OutOfDate {
        /// The login that is somebody else's now.
        login: String,
    },
    /// No GitHub account is linked.
    NoGitHubAccount,
    /// Linked accounts are not known here: another GitHub username, or no GitHub account linked.
    NotKnown,
}

/// How two spellings of one canonical name differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Spelling {
    /// In capitals only.
    Capitals,
    /// In `-` against `_` only. On GitHub these are two different accounts' names.
    Separators,
    /// In both.
    CapitalsAndSeparators,
}

/// What the badge will be for a name that is not yet taken on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Foreseen {
    /// The name equals a linked GitHub login: no badge.
    NoBadge,
    /// A badge of this kind.
    Badge(Mismatch),
    /// Linked accounts are not known, so nothing is promised.
    Unknown,
}

impl Service {
    /// Reads the wire's name of a service.
    pub fn new(name: &str) -> Self {
        if name.eq_ignore_ascii_case("github") {
            Self::GitHub
        } else {
            Self::Other(name.to_owned())
        }
    }

    /// The service's name as people write it.
    pub fn display_name(&self) -> &str {
        match self {
            Self::GitHub => "GitHub",
            Self::Other(name) => name,
        }
    }
}

impl fmt::Display for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.display_name())
    }
}

impl LinkedAccount {
    /// The account's public page, for services we know. `None` also for a login that GitHub could not have issued: a
    /// server's text never becomes another address than the one it stands for.
    pub fn profile_link(&self) -> Option<String> {
        let spelled_safely = !self.login.is_empty()
            && self
                .login
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
        match self.service {
            Service::GitHub if spelled_safely => Some(format!("https://github.com/{}", self.login)),
            Service::GitHub | Service::Other(_) => None,
        }
    }
}

impl GitHubMatch {
    /// Reads the wire's `github_username_matches`; absent is unknown, not `false` (contract, trap 3).
    pub fn new(flag: Option<bool>) -> Self {
        match flag {
            Some(true) => Self::Matches,
            Some(false) => Self::Differs,
            None => Self::Unknown,
        }
    }
}

/// Decides the badge: `None` shows nothing, `Some` in which kind the username does not match.
///
/// Only the server's flag decides *whether*; linked accounts, where they are known, decide *how*.
pub fn mismatch(
    flag: GitHubMatch,
    accounts: Option<&[LinkedAccount]>,
    username: &Username,
) -> Option<Mismatch> {
    match (flag, accounts) {
        (GitHubMatch::Matches | GitHubMatch::Unknown, _) => None,
        (GitHubMatch::Differs, None) => Some(Mismatch::NotKnown),
        (GitHubMatch::Differs, Some(accounts)) => Some(kind(accounts, username)),
    }
}

/// Foretells the badge that `username` will have with these linked accounts, before it is taken on at sign-up or by a
/// rename. The server compares exactly (contract, "The badge follows"), and so does this.
pub fn foresee(accounts: Option<&[LinkedAccount]>, username: &Username) -> Foreseen {
    match accounts.map(|accounts| kind(accounts, username)) {
        None => Foreseen::Unknown,
        Some(Mismatch::OutOfDate { .. }) => Foreseen::NoBadge,
        Some(kind) => Foreseen::Badge(kind),
    }
}

fn kind(accounts: &[LinkedAccount], username: &Username) -> Mismatch {
    let logins: Vec<&str> = accounts
        .iter()
        .filter(|account| account.service == Service::GitHub)
        .map(|account| account.login.as_str())
        .collect();
    if logins.is_empty() {
        return Mismatch::NoGitHubAccount;
    }
    if let Some(login) = logins.iter().find(|login| **login == username.as_str()) {
        return Mismatch::OutOfDate {
            login: (*login).to_owned(),
        };
    }
    logins
        .iter()
        .find_map(|login| {
            spelling(login, username.as_str()).map(|difference| Mismatch::OnlySpelling {
                login: (*login).to_owned(),
                difference,
            })
        })
        .unwrap_or_else(|| Mismatch::AnotherUsername {
            logins: logins.into_iter().map(str::to_owned).collect(),
        })
}

/// How two spellings of one canonical name differ; `None` when they are equal or are different names.
pub fn spelling(a: &str, b: &str) -> Option<Spelling> {
    if a == b || canonical_form(a) != canonical_form(b) {
        return None;
    }
    let same_but_for_separators = a.replace('-', "_") == b.replace('-', "_");
    Some(if a.eq_ignore_ascii_case(b) {
        Spelling::Capitals
    } else if same_but_for_separators {
        Spelling::Separators
    } else {
        Spelling::CapitalsAndSeparators
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn github(login: &str) -> LinkedAccount {
        LinkedAccount {
            service: Service::GitHub,
            login: login.to_owned(),
            account_id: Some(7),
            avatar: None,
        }
    }

    fn elsewhere(login: &str) -> LinkedAccount {
        LinkedAccount {
            service: Service::new("codeberg"),
            ..github(login)
        }
    }

    fn check(
        flag: GitHubMatch,
        accounts: Option<&[LinkedAccount]>,
        username: &str,
        expected: Option<Mismatch>,
    ) {
        assert_eq!(
            mismatch(flag, accounts, &Username::parse(username).unwrap()),
            expected
        );
    }

    #[test]
    fn only_the_servers_no_shows_a_badge() {
        let other = [github("carolgithub")];
        check(GitHubMatch::Unknown, Some(&other), "carols10cents", None);
        check(GitHubMatch::Matches, Some(&other), "carols10cents", None);
        check(GitHubMatch::new(None), None, "carols10cents", None);
        check(
            GitHubMatch::Differs,
            None,
            "carols10cents",
            Some(Mismatch::NotKnown),
        );
    }

    #[test]
    fn the_kind_comes_from_the_linked_accounts() {
        let differs = GitHubMatch::new(Some(false));
        check(
            differs,
            Some(&[]),
            "ferris",
            Some(Mismatch::NoGitHubAccount),
        );
        check(
            differs,
            Some(&[elsewhere("ferris")]),
            "ferris",
            Some(Mismatch::NoGitHubAccount),
        );
        check(
            differs,
            Some(&[github("crab"), elsewhere("x"), github("shell")]),
            "ferris",
            Some(Mismatch::AnotherUsername {
                logins: vec!["crab".into(), "shell".into()],
            }),
        );
        check(
            differs,
            Some(&[github("ferris")]),
            "ferris",
            Some(Mismatch::OutOfDate {
                login: "ferris".into(),
            }),
        );
    }

    #[test]
    fn a_name_that_differs_in_spelling_only_is_a_kind_of_its_own() {
        let only = |login: &str, difference| {
            Some(Mismatch::OnlySpelling {
                login: login.into(),
                difference,
            })
        };
        let differs = GitHubMatch::Differs;
        check(
            differs,
            Some(&[github("Ferris")]),
            "ferris",
            only("Ferris", Spelling::Capitals),
        );
        check(
            differs,
            Some(&[github("a-b")]),
            "a_b",
            only("a-b", Spelling::Separators),
        );
        check(
            differs,
            Some(&[github("A-b")]),
            "a_b",
            only("A-b", Spelling::CapitalsAndSeparators),
        );
        check(
            differs,
            Some(&[github("crab"), github("A-b")]),
            "A_b",
            only("A-b", Spelling::Separators),
        );
    }

    #[test]
    fn a_badge_is_foretold_by_exact_comparison() {
        let name = Username::parse("ferris").unwrap();
        assert_eq!(foresee(None, &name), Foreseen::Unknown);
        assert_eq!(foresee(Some(&[github("ferris")]), &name), Foreseen::NoBadge);
        assert_eq!(
            foresee(Some(&[]), &name),
            Foreseen::Badge(Mismatch::NoGitHubAccount)
        );
        assert!(matches!(
            foresee(Some(&[github("FERRIS")]), &name),
            Foreseen::Badge(Mismatch::OnlySpelling {
                difference: Spelling::Capitals,
                ..
            })
        ));
    }

    #[test]
    fn only_known_services_are_linked_and_only_with_a_plain_login() {
        assert_eq!(
            github("ra--").profile_link().as_deref(),
            Some("https://github.com/ra--")
        );
        assert_eq!(
            github("a_shortcode").profile_link().as_deref(),
            Some("https://github.com/a_shortcode")
        );
        for odd in ["", "../x", "a/b", "a?b", "a#b", "@x", "a b", "é"] {
            assert_eq!(github(odd).profile_link(), None, "{odd:?}");
        }
        assert_eq!(elsewhere("ferris").profile_link(), None);
        assert_eq!(elsewhere("ferris").service.display_name(), "codeberg");
    }
}
