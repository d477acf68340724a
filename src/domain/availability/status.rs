//! What a picker shows: one status for the text in the field, its tone, and how the rules stand.
//!
//! Everything here is derived from the machine at the moment of asking, so that nothing can be shown about a text that
//! is no longer there.

use super::machine::{Manner, Phase, Picker, Reason};
use super::{Timestamp, Username, Verdict};
use crate::domain::identity::{Spelling, spelling};
use crate::domain::lookalike::{Piece, side_by_side};
use crate::domain::username::{MAX_LENGTH, UsernameError, is_allowed};

/// The one thing to be shown about the text in the field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// Nothing is typed.
    Empty,
    /// The present username, to the letter.
    Unchanged,
    /// The present username with other capitals or separators.
    OwnSpelledOtherwise,
    /// No username: this rule is the first one broken.
    BadFormat(UsernameError),
    /// A name; the pause before asking runs.
    Waiting,
    /// Asked.
    Checking,
    /// Asked a while ago.
    StillChecking,
    /// The server calls it available.
    Free,
    /// Nobody uses it now; more is not known.
    NobodyUsesIt,
    /// Somebody has it.
    Taken {
        /// Their spelling, where it is known.
        by: Option<Username>,
        /// Why it counts as the same name although it is spelled otherwise.
        difference: Option<Spelling>,
    },
    /// Given up lately.
    Held {
        /// When it can be had.
        until: Option<Timestamp>,
    },
    /// Nobody can have it.
    Reserved,
    /// Easily confused with another name.
    TooSimilar {
        /// The other name, where it is known.
        to: Option<Username>,
        /// The typed name (left) beside the other one; empty where they cannot be compared.
        pieces: Vec<Piece>,
    },
    /// The server's rules are stricter than the known ones.
    Invalid {
        /// Its reason.
        detail: Option<String>,
    },
    /// Too many checks.
    Throttled {
        /// When they go on.
        until: Timestamp,
    },
    /// The browser is offline.
    Offline,
    /// Asked in vain.
    CouldNotAsk,
    /// The name is being saved, or why that was refused is being found out.
    Submitting,
    /// It is saved.
    Saved,
    /// Saving was refused, for a reason of which only the server's words are known.
    Refused {
        /// Those words.
        detail: Option<String>,
    },
}

/// How a status is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tone {
    /// A fact.
    Neutral,
    /// Something is going on.
    Busy,
    /// The name can be had.
    Good,
    /// Not known; nothing is wrong with the name.
    Caution,
    /// This cannot be saved: `aria-invalid`.
    Error,
}

/// The rules that are ticked off (RFC 3946, "Crates.io username requirements").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rule {
    /// The first character is a letter or digit.
    Start,
    /// Only letters, digits, `-` and `_`.
    Characters,
    /// 1 to 39 characters.
    Length,
}

/// How a rule stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    /// Not kept so far; nobody is scolded yet.
    Open,
    /// Kept.
    Kept,
    /// Broken, and it is time to say so.
    Broken,
}

impl Picker {
    /// What is known of the text in the field.
    pub fn status(&self) -> Status {
        match &self.phase {
            Phase::Local => self.local_status(),
            Phase::Waiting => Status::Waiting,
            Phase::Asking {
                reason: Reason::Refused { .. },
                ..
            }
            | Phase::Submitting(_) => Status::Submitting,
            Phase::Asking { slow: false, .. } => Status::Checking,
            Phase::Asking { slow: true, .. } => Status::StillChecking,
            Phase::Settled(verdict) => self.verdict_status(verdict),
            Phase::Throttled(until) => Status::Throttled { until: *until },
            Phase::Offline => Status::Offline,
            Phase::CouldNotAsk => Status::CouldNotAsk,
            Phase::Saved(_) => Status::Saved,
            Phase::Refused { detail } => Status::Refused {
                detail: detail.clone(),
            },
        }
    }

    /// How the status is put. [`Tone::Error`] is `aria-invalid`.
    pub fn tone(&self) -> Tone {
        match self.status() {
            Status::BadFormat(_) if self.manner >= Manner::Judged => Tone::Error,
            Status::Empty | Status::Unchanged if self.manner == Manner::Submitted => Tone::Error,
            Status::Empty
            | Status::Unchanged
            | Status::OwnSpelledOtherwise
            | Status::BadFormat(_)
            | Status::NobodyUsesIt => Tone::Neutral,
            Status::Waiting | Status::Checking | Status::StillChecking | Status::Submitting => {
                Tone::Busy
            }
            Status::Free | Status::Saved => Tone::Good,
            Status::Throttled { .. } | Status::Offline | Status::CouldNotAsk => Tone::Caution,
            Status::Taken { .. }
            | Status::Held { .. }
            | Status::Reserved
            | Status::TooSimilar { .. }
            | Status::Invalid { .. }
            | Status::Refused { .. } => Tone::Error,
        }
    }

    /// Whether the status is to be spoken now: silent while somebody types and while checking, and on a press whatever
    /// kept it from going through, because the focus may be in the field already and then nothing else is heard.
    pub fn speaks(&self) -> bool {
        let pressed_in_vain = self.manner == Manner::Submitted && self.tone() == Tone::Error;
        let result = match self.status() {
            Status::Empty
            | Status::Unchanged
            | Status::BadFormat(_)
            | Status::Waiting
            | Status::Checking
            | Status::StillChecking
            | Status::Submitting
            | Status::Saved => false,
            Status::OwnSpelledOtherwise
            | Status::Free
            | Status::NobodyUsesIt
            | Status::Taken { .. }
            | Status::Held { .. }
            | Status::Reserved
            | Status::TooSimilar { .. }
            | Status::Invalid { .. }
            | Status::Throttled { .. }
            | Status::Offline
            | Status::CouldNotAsk
            | Status::Refused { .. } => true,
        };
        pressed_in_vain || (result && self.paused)
    }

    /// How the rules stand for the text in the field, in the order in which they are listed.
    pub fn rules(&self) -> [(Rule, Mark); 3] {
        let text = self.trimmed();
        let not_kept = if self.manner == Manner::Neutral {
            Mark::Open
        } else {
            Mark::Broken
        };
        let mark = |kept: bool| match (text.is_empty(), kept) {
            (true, _) => Mark::Open,
            (false, true) => Mark::Kept,
            (false, false) => not_kept,
        };
        [
            (
                Rule::Start,
                mark(text.starts_with(|c: char| c.is_ascii_alphanumeric())),
            ),
            (Rule::Characters, mark(text.chars().all(is_allowed))),
            (Rule::Length, mark(text.chars().count() <= MAX_LENGTH)),
        ]
    }

    fn local_status(&self) -> Status {
        match self.name() {
            Err(UsernameError::Empty) => Status::Empty,
            Err(error) => Status::BadFormat(error),
            Ok(name) if self.own.as_ref() == Some(&name) => Status::Unchanged,
            Ok(_) => Status::OwnSpelledOtherwise,
        }
    }

    fn verdict_status(&self, verdict: &Verdict) -> Status {
        let text = self.trimmed();
        match verdict.clone() {
            Verdict::Available => Status::Free,
            Verdict::NobodyUsesIt => Status::NobodyUsesIt,
            Verdict::Own => Status::OwnSpelledOtherwise,
            Verdict::Taken { by } => {
                let difference = by.as_ref().and_then(|by| spelling(by.as_str(), text));
                Status::Taken { by, difference }
            }
            Verdict::Held { until } => Status::Held { until },
            Verdict::Reserved => Status::Reserved,
            Verdict::TooSimilar { to } => {
                let pieces = to
                    .as_ref()
                    .and_then(|to| side_by_side(text, to.as_str()))
                    .unwrap_or_default();
                Status::TooSimilar { to, pieces }
            }
            Verdict::Invalid { detail } => Status::Invalid { detail },
        }
    }
}

impl Status {
    /// The moment that the sentence about it names, to be put into the person's words and time zone.
    pub fn moment(&self) -> Option<Timestamp> {
        match self {
            Self::Held { until } => *until,
            Self::Throttled { until } => Some(*until),
            _ => None,
        }
    }

    /// Whether "check again" can help.
    pub fn can_be_asked_again(&self) -> bool {
        matches!(self, Self::Offline | Self::CouldNotAsk)
    }

    /// Its name for styles and tests (`data-state`).
    pub fn data_state(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Unchanged => "unchanged",
            Self::OwnSpelledOtherwise => "own",
            Self::BadFormat(_) => "bad-format",
            Self::Waiting => "waiting",
            Self::Checking => "checking",
            Self::StillChecking => "still-checking",
            Self::Free => "free",
            Self::NobodyUsesIt => "nobody-uses-it",
            Self::Taken { .. } => "taken",
            Self::Held { .. } => "held",
            Self::Reserved => "reserved",
            Self::TooSimilar { .. } => "too-similar",
            Self::Invalid { .. } => "invalid",
            Self::Throttled { .. } => "throttled",
            Self::Offline => "offline",
            Self::CouldNotAsk => "could-not-ask",
            Self::Submitting => "submitting",
            Self::Saved => "saved",
            Self::Refused { .. } => "refused",
        }
    }
}
