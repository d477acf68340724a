//! The words for changes of owners and for answers to invitations that did not simply succeed.

use crate::api::error::ApiError;
use crate::browser::intl;
use crate::domain::owner_addition::{Failure, Refusal, Said};
use crate::state::owner_addition::failure;

/// Why something could not be asked or was refused.
pub fn why(failure: &Failure) -> String {
    match failure {
        Failure::Passing => String::from(
            "The registry could not be reached, or did not answer as it should. Check your connection and try again.",
        ),
        Failure::Throttled(Some(until)) => format!(
            "The registry asks for a pause. Try again after {}.",
            intl::clock_time(*until)
        ),
        Failure::Throttled(None) => {
            String::from("The registry asks for a pause. Try again in a while.")
        }
        Failure::SignedOut => {
            String::from("You are not signed in any more. Sign in and try again.")
        }
        Failure::ReadOnly => {
            String::from("The registry is read-only at the moment. Try again later.")
        }
        Failure::Refused(detail) => match Refusal::read(detail) {
            Some(refusal) => refusal.advice().to_owned(),
            None if detail.is_empty() => {
                String::from("The registry refused it and did not say why.")
            }
            None => format!("The registry says: {detail}"),
        },
    }
}

/// Why nothing was changed.
pub fn refused(error: &ApiError) -> String {
    format!("Nothing was changed. {}", why(&failure(error)))
}

/// What is said of the last attempt to add an owner, and in which tone.
pub fn said(said: &Said, krate: &str) -> (&'static str, String) {
    match said {
        Said::Invited {
            who,
            until: Some(until),
        } => (
            "saved",
            format!(
                "{who} is invited to own {krate}, and is no owner yet. They can accept until {}.",
                intl::long_date(*until)
            ),
        ),
        Said::Invited { who, until: None } => (
            "saved",
            format!(
                "{who} is invited to own {krate}, and is no owner yet: first they have to accept."
            ),
        ),
        Said::Owner { who } => ("saved", format!("{who} owns {krate} from now on.")),
        Said::SomebodyElse { chosen, invited } => (
            "refused",
            format!(
                "The registry invited somebody else: {}, not {chosen}. It knows both by one GitHub login. The invitation cannot be withdrawn; should {} accept, remove them.",
                invited.username, invited.username
            ),
        ),
        Said::AsTheServerSays { who, words } if words.is_empty() => (
            "unknown",
            format!(
                "The registry took it, but no invitation for {who} is in its list. Look at the open invitations below in a moment."
            ),
        ),
        Said::AsTheServerSays { who, words } => (
            "unknown",
            format!(
                "The registry took it, but no invitation for {who} could be found in its list. It says: {words}"
            ),
        ),
        Said::Changed { who } => (
            "refused",
            format!(
                "Nobody was invited: {who} is not what it was a moment ago. Look at who has the name now."
            ),
        ),
        Said::NotChecked(failure) => (
            "refused",
            format!(
                "Nobody was invited, since it could not be made sure who that is. {}",
                why(failure)
            ),
        ),
        Said::NoName { who } => (
            "refused",
            format!(
                "Nobody was invited: this registry knows owners by their GitHub login only, and does not tell that of {who}."
            ),
        ),
        Said::Refused { who, why: failure } => {
            ("refused", format!("{who} was not added. {}", why(failure)))
        }
        Said::NotSoFar { who } => (
            "unknown",
            format!(
                "The answer was lost on the way, and {who} is not invited so far. The registry may be at it still: wait a moment before you try once more."
            ),
        ),
        Said::Unknown { who } => (
            "unknown",
            format!(
                "The answer was lost on the way, and it could not be read whether {who} was invited. Look again when the connection is back."
            ),
        ),
    }
}
