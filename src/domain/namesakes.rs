//! One name, two readings: the user who has it here, and the one whose GitHub account has it.
//!
//! Nothing is chosen between them; this only says how they stand to each other, and keeps "could not be told" apart from
//! "nobody". It must not know how either was found.

use super::user::{GitHubLookup, UserId};

/// How the two readings of a name stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Namesakes {
    /// Both mean one account.
    Same,
    /// They mean two accounts.
    Different,
    /// Only the username means anybody.
    OnlyHere,
    /// Only the GitHub name means anybody.
    OnlyGitHub,
    /// The username means somebody; whether the GitHub name does could not be told.
    HereAndUnknown,
    /// The username means nobody; whether the GitHub name means somebody could not be told.
    NobodyAndUnknown,
    /// Neither means anybody.
    Nobody,
}

impl Namesakes {
    /// Compares by id: a name proves nothing.
    pub fn new(here: Option<UserId>, on_github: &GitHubLookup) -> Self {
        match (here, on_github) {
            (Some(here), GitHubLookup::Found(there)) if there.user.id == here => Self::Same,
            (Some(_), GitHubLookup::Found(_)) => Self::Different,
            (Some(_), GitHubLookup::Nobody) => Self::OnlyHere,
            (Some(_), GitHubLookup::CannotTell) => Self::HereAndUnknown,
            (None, GitHubLookup::Found(_)) => Self::OnlyGitHub,
            (None, GitHubLookup::Nobody) => Self::Nobody,
            (None, GitHubLookup::CannotTell) => Self::NobodyAndUnknown,
        }
    }

    /// The same in a sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Same => "Both are the same account.",
            Self::Different => "These are two different accounts. Say which one you mean.",
            Self::OnlyHere => {
                "Only one account answers to this name: the one that has it as its username here."
            }
            Self::OnlyGitHub => {
                "Only one account answers to this name: the one that is linked to it on GitHub."
            }
            Self::HereAndUnknown => {
                "One account has this username here. Whether the GitHub name leads to another could not be told."
            }
            Self::NobodyAndUnknown => {
                "No account has this username here. Whether the GitHub name leads to one could not be told."
            }
            Self::Nobody => "No account answers to this name, in either way.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::identity::GitHubMatch;
    use crate::domain::user::{Profile, User};
    use crate::domain::username::Username;

    fn found(id: i64) -> GitHubLookup {
        let user = User {
            id: UserId(id),
            username: Username::parse("alder").unwrap(),
            name: None,
            avatar: None,
            url: None,
            github_match: GitHubMatch::Unknown,
            created_at: None,
        };
        GitHubLookup::Found(Box::new(Profile {
            user,
            linked_accounts: None,
        }))
    }

    #[test]
    fn accounts_are_told_apart_by_their_number_and_not_by_their_name() {
        let here = Some(UserId(1));
        assert_eq!(Namesakes::new(here, &found(1)), Namesakes::Same);
        assert_eq!(Namesakes::new(here, &found(2)), Namesakes::Different);
        assert_eq!(Namesakes::new(None, &found(2)), Namesakes::OnlyGitHub);
    }

    #[test]
    fn not_told_is_not_nobody() {
        let here = Some(UserId(1));
        let (nobody, untold) = (GitHubLookup::Nobody, GitHubLookup::CannotTell);
        assert_eq!(Namesakes::new(here, &nobody), Namesakes::OnlyHere);
        assert_eq!(Namesakes::new(here, &untold), Namesakes::HereAndUnknown);
        assert_eq!(Namesakes::new(None, &nobody), Namesakes::Nobody);
        assert_eq!(Namesakes::new(None, &untold), Namesakes::NobodyAndUnknown);
        for untold in [Namesakes::HereAndUnknown, Namesakes::NobodyAndUnknown] {
            assert!(untold.sentence().ends_with("could not be told."));
        }
    }
}
