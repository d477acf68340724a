//! What is said when a change has been sent: on its way, done, refused, lost, overtaken.

use super::super::{Kind, Reading, Refusal};
use crate::domain::username::Username;

/// While the change is on its way.
pub fn saving(from: &Username, to: &Username) -> String {
    format!("“{from}” is being changed to “{to}”. It is said here when it is done.")
}

/// The heading when it is done.
pub fn done_heading(to: &Username) -> String {
    format!("Your username is “{to}”")
}

/// What has come of it. `until` is the end of the old name's hold, in words.
pub fn done(kind: Kind, from: &Username, until: &str) -> String {
    match kind {
        Kind::Rename => format!(
            "“{from}” is given up: its page is gone, and it is held for you until {until}. Tell those who know you by the old name."
        ),
        Kind::Spelling => {
            format!("Every address and command with the spelling “{from}” goes on working.")
        }
        Kind::TakeBack => format!("“{from}” is given up, and held from everybody until {until}."),
    }
}

/// What is known while the outcome is not.
pub fn reading(reading: Reading, from: &Username, to: &Username) -> String {
    match reading {
        Reading::First => format!(
            "The change to “{to}” was sent, but its answer was lost on the way. Your account is being read to see what became of it."
        ),
        Reading::NotSoFar => format!(
            "Your username is still “{from}”, so nothing was changed so far. The registry may be at it still; your account is \
             read again for a minute. Nothing is sent a second time."
        ),
        Reading::Failed => format!(
            "The change to “{to}” was sent, but neither its answer nor your account could be read. Nothing is sent a second time."
        ),
    }
}

/// The change was not made, and it is certain.
pub fn not_changed(from: &Username, to: &Username) -> String {
    format!(
        "The answer to the change to “{to}” was lost, and it was not carried out: your username is “{from}” as before."
    )
}

/// The server said yes and did nothing.
pub fn ignored(from: &Username, to: &Username) -> String {
    format!(
        "It accepted the change to “{to}”, and your username is still “{from}”: this registry is of a version that cannot \
         change usernames yet. Nothing was changed, and nothing is lost."
    )
}

/// Why the server said no, where the field does not say it. `when` is [`Refusal::moment`] in words.
pub fn refusal(refusal: &Refusal, when: Option<&str>) -> Option<String> {
    match refusal {
        // The picker finds out the kind and says it at the field.
        Refusal::Name { .. } => None,
        Refusal::TooSoon { .. } => Some(match when {
            Some(when) => format!("Nothing was changed: a username can be changed once in 30 days, and yours not before {when}."),
            None => "Nothing was changed: the registry takes no change of your username now. It can be changed once in 30 days.".to_owned(),
        }),
        Refusal::ReadOnly => Some(
            "Nothing was changed: the registry is read-only at the moment. What you typed stays here; try again later."
                .to_owned(),
        ),
        Refusal::Other { detail } => Some(match detail {
            Some(detail) => format!("Nothing was changed. The registry says: {detail}"),
            None => "Nothing was changed: the registry refused it and did not say why.".to_owned(),
        }),
    }
}

/// The name was changed somewhere else meanwhile.
pub fn renamed_elsewhere(now: &Username, refused: bool) -> String {
    if refused {
        format!(
            "Your username was changed to “{now}” in another tab or on another device. The change you sent from here was refused."
        )
    } else {
        format!(
            "Your username was changed to “{now}” in another tab or on another device. What you had begun here was given up; nothing was sent."
        )
    }
}

/// Another account is signed in.
pub fn somebody_else(now: &Username) -> String {
    format!(
        "You are signed in as “{now}” now. What was begun for the other account was given up, and nothing of it was sent for this one."
    )
}

/// Nobody is signed in any more.
pub fn signed_out(was_sent: bool) -> &'static str {
    if was_sent {
        "Sign in again to see whether the change was made."
    } else {
        "Nothing was changed. Sign in again, with the same account, to go on from where you were."
    }
}
