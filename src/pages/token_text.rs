//! What a token may do, and for which crates, in words.

use crate::domain::token::{CratePattern, EndpointScope};
use crate::domain::token_form::Meaning;

/// What a scope is called.
pub fn scope_name(scope: &EndpointScope) -> String {
    match scope {
        EndpointScope::PublishNew => String::from("publish new crates"),
        EndpointScope::PublishUpdate => String::from("publish updates"),
        EndpointScope::TrustedPublishing => String::from("trusted publishing"),
        EndpointScope::Yank => String::from("yank and unyank"),
        EndpointScope::ChangeOwners => String::from("change owners"),
        EndpointScope::Other(name) => name.clone(),
    }
}

/// What a scope allows, where it is offered.
pub fn scope_explanation(scope: &EndpointScope) -> &'static str {
    match scope {
        EndpointScope::PublishNew => "Publish crates that do not exist yet.",
        EndpointScope::PublishUpdate => "Publish new versions of crates that you own.",
        EndpointScope::TrustedPublishing => {
            "Say which workflows may publish a crate without a token."
        }
        EndpointScope::Yank => "Withdraw versions from new use, and bring them back.",
        EndpointScope::ChangeOwners => {
            "Invite and remove owners. They can publish, and remove you."
        }
        EndpointScope::Other(_) => "",
    }
}

/// What a pattern of crates means.
pub fn meaning(meaning: &Meaning) -> String {
    match meaning {
        Meaning::Empty => {
            String::from("Enter the name of a crate, or the beginning of names followed by *.")
        }
        Meaning::Invalid => String::from(
            "No crate can have a name like this: a letter, then letters, digits, - and _; a * at the end only.",
        ),
        Meaning::Pattern(CratePattern::All) => String::from("Every crate."),
        Meaning::Pattern(CratePattern::Prefix(start)) => {
            format!("Every crate whose name begins with “{start}”.")
        }
        Meaning::Pattern(CratePattern::Exactly(name)) => format!("Only the crate “{name}”."),
    }
}
