//! What a refusal of the server means and what to do about it, for those that are known.
//!
//! The texts are those that the server of August was recorded with. One is left alone on purpose: that a bare name is
//! ambiguous is said in words that may change (contract, "Already merged"), so it is shown as it came, like everything
//! that is not known here.

/// A refusal that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nobody of that name has an account.
    NoSuchUser,
    /// Nobody of that name is an owner.
    NoSuchOwner,
    /// It is an owner already.
    AlreadyOwner,
    /// The one who asks is no owner (any more).
    NotAnOwner,
    /// The one who asks is an owner only through a team.
    OnlyThroughTeam,
    /// The last person cannot go.
    LastPerson,
    /// No such team, or GitHub does not tell this registry about it.
    NoSuchTeam,
    /// Only members of a team can add it.
    NotInTeam,
    /// Who has no GitHub account linked cannot add a team.
    NoGitHubAccount,
    /// This server does not know the form that was sent.
    UnknownForm,
    /// Too many at once.
    TooMany,
    /// The crate is not there (any more).
    NoSuchCrate,
    /// The registry does not take changes from this address.
    ForeignOrigin,
    /// The e-mail address of the one who asks is not confirmed.
    EmailNotConfirmed,
}

/// Part of a text, all lower case, and what it means.
const KNOWN: [(&str, Refusal); 16] = [
    ("could not find user with login", Refusal::NoSuchUser),
    ("could not find owner with login", Refusal::NoSuchOwner),
    ("is already an owner", Refusal::AlreadyOwner),
    (
        "only owners have permission to modify owners",
        Refusal::NotAnOwner,
    ),
    (
        "team members don't have permission to modify owners",
        Refusal::OnlyThroughTeam,
    ),
    ("cannot remove all individual owners", Refusal::LastPerson),
    ("could not find the github team", Refusal::NoSuchTeam),
    (
        "only members of a team or organization owners can add it",
        Refusal::NotInTeam,
    ),
    (
        "without a connected github account",
        Refusal::NoGitHubAccount,
    ),
    ("unknown organization handler", Refusal::UnknownForm),
    ("missing github team argument", Refusal::UnknownForm),
    (
        "organization cannot contain special characters",
        Refusal::NoSuchTeam,
    ),
    ("too many invites for this request", Refusal::TooMany),
    ("does not exist", Refusal::NoSuchCrate),
    ("invalid origin header", Refusal::ForeignOrigin),
    ("verify your email address", Refusal::EmailNotConfirmed),
];

impl Refusal {
    /// Reads the server's text; `None` for one that is not known.
    pub fn read(detail: &str) -> Option<Self> {
        let detail = detail.to_ascii_lowercase();
        KNOWN
            .iter()
            .find(|(part, _)| detail.contains(part))
            .map(|(_, refusal)| *refusal)
    }

    /// What it means, and what to do.
    pub const fn advice(self) -> &'static str {
        match self {
            Self::NoSuchUser => {
                "The registry finds no account under that name. Either the name is another, or they have never signed in here: everybody who is to be invited must sign in once."
            }
            Self::NoSuchOwner => {
                "The registry finds no owner of that name. Owners may have changed meanwhile: load them again."
            }
            Self::AlreadyOwner => "They own the crate already: there is nothing left to do.",
            Self::NotAnOwner => {
                "You are not an owner of this crate, or not any more. Ask one of its owners."
            }
            Self::OnlyThroughTeam => {
                "You own this crate only through a team. Teams may publish and yank; owners are changed by people who are owners themselves."
            }
            Self::LastPerson => {
                "The last person among the owners cannot be removed, since teams cannot change owners. Add somebody first, and wait until they have accepted."
            }
            Self::NoSuchTeam => {
                "GitHub shows the registry no such team. Check the spelling of organization and team. If the organization restricts third-party access, its owner has to grant the registry access at GitHub."
            }
            Self::NotInTeam => {
                "Only members of a team, and owners of its organization, can add it. Ask one of them to do so."
            }
            Self::NoGitHubAccount => "To add a team, link a GitHub account that is a member of it.",
            Self::UnknownForm => {
                "This registry does not know that form of a name. Its older form is the plain GitHub login."
            }
            Self::TooMany => "These were too many at once. Add them one after the other.",
            Self::NoSuchCrate => "The registry has no crate of this name any more.",
            Self::ForeignOrigin => {
                "The registry takes no changes from this address. That is a fault of how this site is set up, not yours: tell those who run it."
            }
            Self::EmailNotConfirmed => {
                "Confirm your e-mail address first: your settings can send the message again."
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recorded_refusals_are_known_and_others_are_not() {
        for (text, expected) in [
            ("could not find user with login `x`", Refusal::NoSuchUser),
            (
                "`github:rust-lang:core` is already an owner",
                Refusal::AlreadyOwner,
            ),
            (
                "Cannot add a GitHub team as an owner without a connected GitHub account",
                Refusal::NoGitHubAccount,
            ),
            (
                "could not find the github team rust-lang/nope. Make sure that you have the right permissions in GitHub.",
                Refusal::NoSuchTeam,
            ),
            (
                "crate `does-not-exist` does not exist",
                Refusal::NoSuchCrate,
            ),
            (
                "cannot remove all individual owners of a crate. Team member don't have permission to modify owners, so at least one individual owner is required.",
                Refusal::LastPerson,
            ),
        ] {
            assert_eq!(Refusal::read(text), Some(expected), "{text}");
        }
        assert_eq!(
            Refusal::read(
                "`robin` does not say clearly who is meant; the crates.io user `robin` has …"
            ),
            None
        );
        assert_eq!(Refusal::read(""), None);
    }
}
