//! Every sentence of the rename pages, in one place.
//!
//! The sentences promise no more than is known: the server has the last word, and "changed" is said only once `me` has the
//! new name. Moments come in as text, already in the person's language and time zone. Usernames stand in “quotation marks”.

mod fixed;
mod outcome;

pub use fixed::*;
pub use outcome::*;

use super::foresight::{Allowed, BadgeChange, Foresight, OldName, Stays};
use super::{Kind, Refusal};
use crate::domain::owner::OwnerSpecification;
use crate::domain::username::Username;

/// Heading of the review.
pub fn review_heading(kind: Kind) -> &'static str {
    match kind {
        Kind::Rename => "Change your username?",
        Kind::Spelling => "Change how your username is spelled?",
        Kind::TakeBack => "Take your former username back?",
    }
}

/// The window's title at the review.
pub fn review_title(to: &Username) -> String {
    format!("Change username to {to}?")
}

/// Heading of what becomes of the name given up.
pub fn old_name_heading(from: &Username) -> String {
    format!("What becomes of “{from}”")
}

/// On the way out that changes nothing.
pub fn keep(username: &Username) -> String {
    format!("Keep “{username}”")
}

/// On the button that fills in the GitHub username.
pub fn use_github(login: &str) -> String {
    format!("Use your GitHub username “{login}”")
}

/// On the button that begins to take a name back.
pub fn take_back_button(username: &Username) -> String {
    format!("Take back “{username}”")
}

/// Heading when the former name's time ended over its review.
pub fn too_late_heading(username: &Username) -> String {
    format!("“{username}” cannot be taken back any more")
}

/// On the button that opens the dialog.
pub fn go_on(kind: Kind) -> &'static str {
    match kind {
        Kind::Rename => "Change username…",
        Kind::Spelling => "Change spelling…",
        Kind::TakeBack => "Take it back…",
    }
}

/// What the change is, in a sentence or two under the heading.
pub fn review_lead(foresight: &Foresight) -> String {
    let Foresight { from, to, .. } = foresight;
    match foresight.kind {
        Kind::Rename => "Nothing is sent yet. This is what would come of it.".to_owned(),
        Kind::Spelling => format!(
            "“{from}” and “{to}” are one name to the registry, so nobody else can have either. You may change the spelling \
             at any time: it does not count as a change of username, nothing is given up, and every address and command \
             with the old spelling goes on working."
        ),
        Kind::TakeBack => format!(
            "“{to}” becomes your username again, even though your last change was less than 30 days ago. That can be done \
             once: “{from}” is given up by it and cannot be taken back in turn."
        ),
    }
}

/// The address of the profile, before and after.
pub fn profile_address(kind: Kind) -> &'static str {
    match kind {
        Kind::Spelling => "Your page is written",
        Kind::Rename | Kind::TakeBack => "Your page moves to",
    }
}

/// What others type to add the person to a crate. `needs_prefix`: the name alone would be ambiguous there.
pub fn owner_command(to: &Username, needs_prefix: bool) -> String {
    let name = OwnerSpecification::from(to.clone());
    if needs_prefix {
        format!("cargo owner --add {name}")
    } else {
        format!("cargo owner --add {to}")
    }
}

/// What becomes of the mark, before the sentence that explains its kind.
pub fn badge(change: &BadgeChange) -> &'static str {
    match change.shown() {
        Some((false, true)) => {
            "A mark appears beside your username, because it is not exactly your GitHub username:"
        }
        Some((true, true)) => "The mark beside your username stays. It will say:",
        Some((true, false)) => {
            "The mark beside your username goes: the new name is exactly your GitHub username."
        }
        Some((false, false)) => {
            "No mark appears beside your username: it is exactly your GitHub username."
        }
        None => {
            "Whether a mark appears beside your username cannot be foretold: your linked accounts are not known here."
        }
    }
}

/// Something that stays.
pub fn stays(what: Stays) -> String {
    match what {
        Stays::Crates(None) => "You go on owning your crates.".to_owned(),
        Stays::Crates(Some(0)) => "You own no crates, so no crate is concerned.".to_owned(),
        Stays::Crates(Some(1)) => "You go on owning your crate:".to_owned(),
        Stays::Crates(Some(count)) => format!("You go on owning your {count} crates:"),
        Stays::Tokens => "Your API tokens go on working.".to_owned(),
        Stays::LinkedAccounts => "Your linked accounts, and the way you sign in.".to_owned(),
        Stays::Email => "Your e-mail address and what is sent to it.".to_owned(),
    }
}

/// What becomes of the name given up, as a list. `until` is the end of its hold in words.
pub fn old_name(what: OldName, from: &Username, until: &str) -> Vec<String> {
    let page = format!(
        "The page of “{from}” is gone at once. It leads nobody to your new name, you included."
    );
    let others = format!("From {until} on anybody may take “{from}”.");
    match what {
        OldName::Kept => Vec::new(),
        OldName::HeldForYou { .. } => vec![
            page,
            "Until then it is held for you: nobody else can have it, and you can take it back, once.".to_owned(),
            others,
        ],
        OldName::HeldFromEverybody { .. } => vec![
            page,
            "Until then it is held from everybody: nobody can have it, you included.".to_owned(),
            others,
        ],
    }
}

/// When the next change to another name is possible. `when` is that moment in words.
pub fn next_change(allowed: Option<Allowed>, when: &str) -> Option<String> {
    match allowed? {
        Allowed::Now => Some("You can change your username now.".to_owned()),
        Allowed::From(_) => Some(format!("You can change your username again from {when}.")),
    }
}

/// Said before a change that the server will most likely refuse for being too early.
pub fn too_soon(when: &str) -> String {
    format!(
        "You changed your username less than 30 days ago. The next change is possible from {when}."
    )
}

/// What stays possible in spite of that.
pub const STILL_POSSIBLE: &str = "Another spelling of your present username, with other capitals or with - in place of _, is possible at any time.";

/// The dialog's question.
pub fn question(kind: Kind, to: &Username) -> String {
    match kind {
        Kind::Rename => format!("Change your username to “{to}”?"),
        Kind::Spelling => format!("Spell your username “{to}”?"),
        Kind::TakeBack => format!("Take “{to}” back?"),
    }
}

/// What happens at once when the dialog is confirmed.
pub fn consequence(kind: Kind, from: &Username) -> String {
    match kind {
        Kind::Rename => {
            format!("“{from}” is given up at once. For 30 days you cannot change to a third name.")
        }
        Kind::Spelling => {
            format!("“{from}” and the new spelling stay one name. You can change it again.")
        }
        Kind::TakeBack => {
            format!(
                "“{from}” is given up at once, for 30 days for everybody. This cannot be undone."
            )
        }
    }
}

/// The word on the button that confirms.
pub fn confirm(kind: Kind) -> &'static str {
    match kind {
        Kind::Rename => "Change username",
        Kind::Spelling => "Change spelling",
        Kind::TakeBack => "Take it back",
    }
}

/// Said when something else was typed in the dialog.
pub fn retyped_wrong(to: &Username) -> String {
    format!("That is not “{to}”. Capital letters, - and _ count here.")
}

/// The offer to take the former name back. `until` is the end of that time in words.
pub fn take_back_offer(username: &Username, until: Option<&str>, days_left: Option<i64>) -> String {
    let left = match days_left {
        Some(1) => " (1 day left)".to_owned(),
        Some(days) => format!(" ({days} days left)"),
        None => String::new(),
    };
    match until {
        Some(until) => {
            format!("“{username}” was yours before. You can take it back until {until}{left}.")
        }
        None => format!("“{username}” was yours before. You can take it back."),
    }
}

/// Why the former name cannot be taken back. `since` is the end of that time in words.
pub fn take_back_too_late(username: &Username, since: &str) -> String {
    format!(
        "“{username}” was yours before. The time to take it back was over on {since}; if nobody has taken it since, you can choose it like any other name."
    )
}

/// Why there is nothing to take back although the last change was lately.
pub const TAKEN_BACK: &str = "There is no former username you could take back. A name can be taken back for 30 days after it was given up, and only once.";

impl Refusal {
    /// The moment that the sentence about it names.
    pub fn moment(&self) -> Option<crate::domain::time::Timestamp> {
        match self {
            Self::TooSoon { until } => *until,
            Self::Name { .. } | Self::ReadOnly | Self::Other { .. } => None,
        }
    }
}

impl OldName {
    /// When its hold ends.
    pub fn until(self) -> Option<crate::domain::time::Timestamp> {
        match self {
            Self::Kept => None,
            Self::HeldForYou { until } | Self::HeldFromEverybody { until } => Some(until),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::identity::{Foreseen, Mismatch};
    use crate::domain::time::Timestamp;

    fn name(text: &str) -> Username {
        Username::parse(text).unwrap()
    }

    #[test]
    fn a_badge_is_foretold_only_where_both_sides_are_known() {
        let there = Foreseen::Badge(Mismatch::NoGitHubAccount);
        let change = |before: &Foreseen, after: &Foreseen| BadgeChange {
            before: before.clone(),
            after: after.clone(),
        };
        assert!(badge(&change(&Foreseen::NoBadge, &there)).contains("appears"));
        assert!(badge(&change(&there, &there)).contains("stays"));
        assert!(badge(&change(&there, &Foreseen::NoBadge)).contains("goes"));
        assert!(badge(&change(&Foreseen::Unknown, &there)).contains("cannot be foretold"));
    }

    #[test]
    fn an_ambiguous_name_is_written_with_its_prefix() {
        assert_eq!(
            owner_command(&name("ferris"), true),
            "cargo owner --add crates.io:ferris"
        );
        assert_eq!(
            owner_command(&name("ferris"), false),
            "cargo owner --add ferris"
        );
    }

    #[test]
    fn only_a_name_that_is_given_up_has_a_fate() {
        let until = Timestamp::from_millis(0);
        assert!(old_name(OldName::Kept, &name("a"), "x").is_empty());
        let for_you = old_name(OldName::HeldForYou { until }, &name("a"), "1 May").join(" ");
        assert!(for_you.contains("held for you") && for_you.contains("1 May"));
        let from_all =
            old_name(OldName::HeldFromEverybody { until }, &name("a"), "1 May").join(" ");
        assert!(from_all.contains("you included") && !from_all.contains("take it back"));
    }

    #[test]
    fn the_last_day_is_one_day() {
        let offer = |days| take_back_offer(&name("old"), Some("1 May"), days);
        assert!(offer(Some(1)).ends_with("(1 day left)."));
        assert!(offer(Some(2)).ends_with("(2 days left)."));
        assert!(offer(None).ends_with("until 1 May."));
    }

    #[test]
    fn a_refusal_of_the_name_is_the_fields_to_explain() {
        assert_eq!(
            refusal(
                &Refusal::Name {
                    detail: Some("taken".into())
                },
                None
            ),
            None
        );
        let said = |it: Refusal, when| refusal(&it, when).unwrap();
        assert!(said(Refusal::TooSoon { until: None }, Some("1 May")).contains("not before 1 May"));
        assert!(said(Refusal::ReadOnly, None).contains("read-only"));
        assert!(
            said(
                Refusal::Other {
                    detail: Some("locked".into())
                },
                None
            )
            .contains("says: locked")
        );
    }
}
