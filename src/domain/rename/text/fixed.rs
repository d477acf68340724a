//! The sentences and headings of the rename pages that are always the same.
//!
//! Beside those that depend on what is known (`text`), so that each file is read at a glance.

/// Stands with every change to another name.
pub const NOT_FOR_SALE: &str =
    "Usernames are not for sale, and taking one to pass for somebody else is against the rules.";

/// Heading of the step at which the name is chosen.
pub const CHOOSE: &str = "Choose a username";
/// Heading while the change is on its way.
pub const SAVING: &str = "Changing your username…";
/// Heading while the outcome is not known.
pub const OUTCOME_UNKNOWN: &str = "Was your username changed?";
/// Heading when it is certain that nothing was changed.
pub const NOT_CHANGED: &str = "Your username was not changed";
/// Heading when the server said yes and did nothing.
pub const IGNORED: &str = "This registry cannot change usernames yet";
/// Heading when the name was changed somewhere else.
pub const RENAMED_ELSEWHERE: &str = "Your username was changed elsewhere";
/// Heading when another account is signed in.
pub const SOMEBODY_ELSE: &str = "Another account is signed in now";
/// Heading when nobody is signed in any more.
pub const SIGNED_OUT: &str = "You are signed out";

/// Said of a username that is the GitHub username.
pub const MATCHES: &str =
    "Your username is exactly your GitHub username, so no mark stands beside it.";

/// Said where the server is older than linked accounts.
pub const ACCOUNTS_NOT_TOLD: &str = "This registry does not tell which accounts are linked.";

/// Said where the server does not say when a change is possible.
pub const NEXT_UNKNOWN: &str = "This registry does not say when your username can be changed. You find out by asking for it; nothing is lost if it says no.";

/// What others type, before the command.
pub const OWNER_COMMAND: &str = "Others add you to a crate by the new name:";

/// Follows [`too_soon`](super::too_soon) on the review of a change that comes too early.
pub const WILL_BE_REFUSED: &str =
    "Most likely this one will be refused. Nothing is lost by trying.";

/// Follows why the former name cannot be taken back any more.
pub const NOTHING_SENT: &str = "Nothing was sent, and your username is as it was.";

/// What the dialog asks for where crates are at stake.
pub const RETYPE: &str = "Type the new username once more";
