//! Whether a name can be had: the username picker as a state machine.
//!
//! Text, answers, timers and presses go in; a list of [`Effect`]s comes out, and [`Picker::status`] says what is to be
//! shown. The driver carries the effects out and decides nothing. The picker only advises, the server decides on save:
//! "could not ask" is never shown as "free", and nothing here keeps anybody from saving. The kinds of
//! verdict are the contract's ("Availability"); the pauses are those of other careful pickers (GitHub, GOV.UK, Primer).

mod asking;
mod cache;
mod machine;
mod saving;
mod status;
mod text;

#[cfg(test)]
mod harness;
#[cfg(test)]
mod interleavings;
#[cfg(test)]
mod tests;

pub use machine::Picker;
pub use status::{Mark, Rule, Status, Tone};
pub use text::{CHECK_AGAIN, SAME_NAME, differences, mark_text, rule_text, suggestions_heading};

use super::time::Timestamp;
use super::username::{CanonicalUsername, Username};

/// Pause after the last key before the server is asked.
pub const DEBOUNCE_MS: u32 = 350;
/// Pause after the last key before a result is spoken, so that speech does not run behind typing.
pub const SPEAK_AFTER_MS: u32 = 1_000;
/// Waiting longer than this is said.
pub const SLOW_AFTER_MS: u32 = 3_000;
/// Waiting ends here, repeated attempts included.
pub const GIVE_UP_AFTER_MS: u32 = 8_000;
/// A failed question is asked again after these waits, then no more.
const ASK_AGAIN_AFTER_MS: [u32; 2] = [1_000, 3_000];
/// The server's wish to wait is followed between these bounds.
const SHORTEST_THROTTLE_MS: i64 = 1_000;
const LONGEST_THROTTLE_MS: i64 = 15 * 60 * 1_000;
/// The wait when the server does not say how long: its limit is counted by the minute (contract, "Availability").
const DEFAULT_THROTTLE_MS: i64 = 60 * 1_000;

/// What the server knows of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// `available`: it can be had now. Saving may still lose it to somebody quicker.
    Available,
    /// The server has no availability endpoint, and its users endpoint knows nobody of this name. Reserved, held and
    /// too similar names look the same there, so this is no promise.
    NobodyUsesIt,
    /// `own`: the caller's, perhaps spelled otherwise.
    Own,
    /// `taken`, or the users endpoint knows somebody else of this name.
    Taken {
        /// The holder's spelling (`taken_by`).
        by: Option<Username>,
    },
    /// `held`: given up lately. By whom is never said.
    Held {
        /// `available_at`.
        until: Option<Timestamp>,
    },
    /// `reserved`: belongs to nobody.
    Reserved,
    /// `too_similar`: easily confused with the name of an owner of a much-used crate.
    TooSimilar {
        /// `similar_to`.
        to: Option<Username>,
    },
    /// `invalid`: the server's rules are stricter than ours.
    Invalid {
        /// The server's reason, as text.
        detail: Option<String>,
    },
}

impl Verdict {
    /// Whether somebody or something else has the name, so that saving it would be refused.
    pub fn is_gone(&self) -> bool {
        match self {
            Self::Available | Self::NobodyUsesIt | Self::Own => false,
            Self::Taken { .. }
            | Self::Held { .. }
            | Self::Reserved
            | Self::TooSimilar { .. }
            | Self::Invalid { .. } => true,
        }
    }
}

/// Names one question, so that its answer can be told from a late answer to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(u64);

/// A question to the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// To be handed back with the answer.
    pub ticket: Ticket,
    /// The name asked about. Its spelling makes no difference to the server.
    pub name: CanonicalUsername,
}

/// What came of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The server answered.
    Verdict(Verdict),
    /// 429: too many checks. `until` is its `Retry-After`, if it had one.
    Throttled {
        /// When checking may go on.
        until: Option<Timestamp>,
    },
    /// The request failed and the browser says it is offline.
    Offline,
    /// It failed in a way that may pass: server error, broken connection, unreadable answer. Asked again, twice.
    Failed,
    /// It failed in a way that will not pass by asking again, such as signed out.
    Refused,
}

/// What the driver must do, in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Drop this request. Always precedes a [`Effect::Send`] that replaces it.
    Abort(Ticket),
    /// Ask the server, and hand the result to [`Picker::answer`].
    Send(Check),
    /// Call [`Picker::fired`] with `timer` after so long. Replaces a running timer of the same kind.
    StartTimer {
        /// To be handed back.
        timer: Timer,
        /// Milliseconds from now.
        after_ms: u32,
    },
    /// Stop the running timer of this kind.
    StopTimer(TimerKind),
    /// The person chose this name: save it (sign-up) or go on with it (rename), then say what came of it.
    Submit(Username),
    /// Put the focus into the field: what was pressed did not go through.
    FocusField,
}

/// What a timer is for; at most one of a kind runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimerKind {
    /// The pause after the last key, before asking.
    Debounce,
    /// The pause after the last key, before speaking.
    Speak,
    /// The wait has become long.
    Slow,
    /// The wait has become too long.
    GiveUp,
    /// A failed question is asked again.
    AskAgain,
    /// The server allows checks again.
    Throttle,
}

/// A started timer. One that was stopped or replaced may still fire: it is recognised and changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Timer {
    /// What it is for.
    pub kind: TimerKind,
    serial: u64,
}

/// A name that was asked about and may be offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The name.
    pub name: Username,
    /// Whether the server called it available; otherwise it only knows nobody who uses it.
    pub available: bool,
}
