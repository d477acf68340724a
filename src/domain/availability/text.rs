//! Every sentence of the picker, in one place, so that sign-up and rename say the same.
//!
//! The sentences claim no more than is known: a name is the person's own only once it is saved. Moments come in as
//! text, already in the person's language and time zone.

use super::machine::Picker;
use super::status::{Mark, Rule, Status, Tone};
use crate::domain::identity::Spelling;
use crate::domain::lookalike::{Piece, spelled_out};
use crate::domain::username::{MAX_LENGTH, UsernameError};

/// Why two spellings are one name; stands with the rules.
pub const SAME_NAME: &str = "Capital letters make no difference, and - and _ count as the same: Hello_There and hello-there are one name.";

/// Label of the button that asks once more.
pub const CHECK_AGAIN: &str = "Check again";

impl Picker {
    /// The visible sentence about the text in the field, if there is one. `when` is [`Status::moment`] in words.
    pub fn sentence(&self, when: Option<&str>) -> Option<String> {
        sentence(&self.status(), self.tone(), self.trimmed(), when)
    }

    /// What the polite status element holds: empty unless there is something to say now.
    pub fn spoken(&self, when: Option<&str>) -> String {
        if !self.speaks() {
            return String::new();
        }
        let sentence = self.sentence(when).unwrap_or_default();
        match self.status() {
            Status::TooSimilar { pieces, .. } => match differences(&pieces) {
                Some(differences) => format!("{sentence} {differences}"),
                None => sentence,
            },
            _ => sentence,
        }
    }
}

/// A rule in words.
pub fn rule_text(rule: Rule) -> &'static str {
    match rule {
        Rule::Start => "Starts with a letter or a digit",
        Rule::Characters => "Letters A to Z, digits, hyphens and underscores only",
        Rule::Length => "1 to 39 characters",
    }
}

/// How a rule stands, for those who do not see the mark.
pub fn mark_text(mark: Mark) -> &'static str {
    match mark {
        Mark::Open => "not yet",
        Mark::Kept => "yes",
        Mark::Broken => "no",
    }
}

/// What stands over the suggestions. `all_available`: the server called every one of them available.
pub fn suggestions_heading(all_available: bool) -> &'static str {
    if all_available {
        "These are free now:"
    } else {
        "Nobody uses these now:"
    }
}

/// Which characters differ, spelled out; `None` when nothing can be compared.
pub fn differences(pieces: &[Piece]) -> Option<String> {
    let pairs: Vec<String> = pieces
        .iter()
        .filter(|piece| piece.differs)
        .map(|piece| {
            format!(
                "{} in place of {}",
                spelled_out(&piece.left),
                spelled_out(&piece.right)
            )
        })
        .collect();
    (!pairs.is_empty()).then(|| format!("The difference: {}.", pairs.join("; ")))
}

fn sentence(status: &Status, tone: Tone, name: &str, when: Option<&str>) -> Option<String> {
    Some(match status {
        Status::Empty if tone == Tone::Error => "Enter a username.".to_owned(),
        Status::Unchanged if tone == Tone::Error => {
            "This is your username already. Change it here, or leave it as it is.".to_owned()
        }
        Status::Unchanged => "This is your username now.".to_owned(),
        Status::OwnSpelledOtherwise => {
            "This is your own name in another spelling. You can change the spelling at any time."
                .to_owned()
        }
        Status::BadFormat(error) if tone == Tone::Error => bad_format(*error),
        Status::Empty
        | Status::BadFormat(_)
        | Status::Waiting
        | Status::Submitting
        | Status::Saved => return None,
        Status::Checking => "Checking whether it is free …".to_owned(),
        Status::StillChecking => {
            "Still checking. You need not wait: the server checks again when you save.".to_owned()
        }
        Status::Free => {
            format!("“{name}” is free. It becomes yours when you save it, if nobody is quicker.")
        }
        Status::NobodyUsesIt => {
            format!("Nobody uses “{name}” now. Whether you can have it is decided when you save.")
        }
        Status::Taken { by, difference } => {
            taken(name, by.as_ref().map(super::Username::as_str), *difference)
        }
        Status::Held { .. } => match when {
            Some(when) => {
                format!("“{name}” was given up lately and cannot be taken before {when}.")
            }
            None => format!("“{name}” was given up lately and cannot be taken yet."),
        },
        Status::Reserved => format!("“{name}” is set aside: nobody can have it as a username."),
        Status::TooSimilar {
            to: Some(other), ..
        } => {
            format!(
                "“{name}” looks too much like “{other}”, the name of somebody whose crates many people use."
            )
        }
        Status::TooSimilar { to: None, .. } => {
            format!(
                "“{name}” looks too much like the name of somebody whose crates many people use."
            )
        }
        Status::Invalid {
            detail: Some(detail),
        } => format!("The server does not take “{name}” as a username: {detail}"),
        Status::Invalid { detail: None } => {
            format!("The server does not take “{name}” as a username.")
        }
        Status::Throttled { .. } => match when {
            Some(when) => {
                format!("Too many checks. They go on at {when}; you can save without one.")
            }
            None => "Too many checks. They go on soon; you can save without one.".to_owned(),
        },
        Status::Offline => {
            "You are offline. What you typed stays here and is checked when the connection is back."
                .to_owned()
        }
        Status::CouldNotAsk => {
            format!(
                "Could not find out whether “{name}” is free. You can save all the same: the server decides."
            )
        }
        Status::Refused {
            detail: Some(detail),
        } => format!("The server refused “{name}”: {detail}"),
        Status::Refused { detail: None } => {
            format!("The server refused “{name}” and did not say why.")
        }
    })
}

fn taken(name: &str, by: Option<&str>, difference: Option<Spelling>) -> String {
    let because = match difference {
        Some(Spelling::Capitals) => "capital letters make no difference",
        Some(Spelling::Separators) => "- and _ count as the same",
        Some(Spelling::CapitalsAndSeparators) => {
            "capital letters make no difference, and - and _ count as the same"
        }
        None if by == Some(name) => return format!("“{name}” is taken."),
        None => return format!("“{name}” is taken, perhaps in another spelling."),
    };
    match by {
        Some(by) => format!("“{name}” is taken: it is the same name as “{by}”, because {because}."),
        None => format!("“{name}” is taken, because {because}."),
    }
}

fn bad_format(error: UsernameError) -> String {
    match error {
        UsernameError::Empty => "Enter a username.".to_owned(),
        UsernameError::FirstCharacter => {
            "A username starts with a letter or a digit, not with - or _.".to_owned()
        }
        UsernameError::Character(character) => {
            format!(
                "{} cannot be in a username: only letters A to Z, digits, - and _ can.",
                shown(character)
            )
        }
        UsernameError::TooLong(length) => {
            format!("This has {length} characters. A username has at most {MAX_LENGTH}.")
        }
    }
}

/// A character as it can be recognised: many that get into a field are invisible or look like a plain letter.
fn shown(character: char) -> String {
    let code = u32::from(character);
    match character {
        ' ' => "A space".to_owned(),
        c if c.is_ascii_graphic() => format!("“{c}”"),
        c if c.is_alphanumeric() => format!("“{c}” (U+{code:04X})"),
        _ => format!("The character U+{code:04X}"),
    }
}
