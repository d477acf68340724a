//! The sentences about what was typed: what it was understood as, or why it names nobody.

use crate::domain::owner::{OwnerError, OwnerSpecification};
use crate::domain::username::UsernameError;

/// What a text was understood as.
pub fn understood(owner: &OwnerSpecification) -> String {
    match owner {
        OwnerSpecification::Unqualified(name) => format!(
            "Read as: the crates.io user {name}, or whoever is {name} on GitHub. Both are looked up."
        ),
        OwnerSpecification::CratesIo(name) => format!("Read as: the crates.io user {name}."),
        OwnerSpecification::GitHub(login) => {
            format!("Read as: the account here that is linked to {login} on GitHub.")
        }
        OwnerSpecification::Team { organization, team } => {
            format!("Read as: the team {team} of the GitHub organization {organization}.")
        }
    }
}

/// Why a text names nobody, and what to type instead. Nothing for an empty one.
pub fn unreadable(error: &OwnerError) -> Option<String> {
    Some(match error {
        OwnerError::Empty => return None,
        OwnerError::Email => String::from(
            "This is an e-mail address. Owners are invited by their username; ask them which one they have here.",
        ),
        OwnerError::NotAProfile => String::from(
            "This address is not the page of a person or team. Paste the address of their page here or on GitHub.",
        ),
        OwnerError::UnknownService(service) if service.is_empty() => {
            String::from("Before the colon stands a service: crates.io or github.")
        }
        OwnerError::UnknownService(service) => format!(
            "“{service}” is no service that owners are named by. There are crates.io:username, github:login and github:organization:team."
        ),
        OwnerError::Username(error) => username(*error),
        OwnerError::GitHubLogin => String::from("What follows “github:” cannot be a GitHub login."),
        OwnerError::Team => {
            String::from("A team is written github:organization:team, with all three parts.")
        }
    })
}

fn username(error: UsernameError) -> String {
    match error {
        UsernameError::Empty => String::from("A username is missing after the colon."),
        UsernameError::FirstCharacter => {
            String::from("A username starts with a letter or a digit.")
        }
        UsernameError::Character(character) if character.is_whitespace() => String::from(
            "A username has no spaces. This may be a display name; ask for their username.",
        ),
        UsernameError::Character(character) => {
            format!("A username has no “{character}”: only letters A to Z, digits, - and _.")
        }
        UsernameError::TooLong(_) => String::from("A username has 39 characters at most."),
    }
}
