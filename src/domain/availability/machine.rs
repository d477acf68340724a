//! The picker itself: what each input does to it, and what the driver then has to do.
//!
//! One question is in flight at most, whatever it is for (the typed name, or a suggestion), and an answer counts only
//! by the ticket of that question. Timers carry a serial number for the same reason. Nothing is decided by comparing
//! clock times except how old a remembered verdict is, so a stepping clock cannot confuse it.

use super::cache::Cache;
use super::{Answer, Check, Effect, SPEAK_AFTER_MS, Suggestion, Ticket, Timer, TimerKind, Verdict};
use crate::domain::time::Timestamp;
use crate::domain::username::{Username, UsernameError};

/// A username picker: the text in the field and what is known about it.
#[derive(Clone, Debug)]
pub struct Picker {
    /// The person's present username; none at sign-up.
    pub(super) own: Option<Username>,
    pub(super) github_login: Option<String>,
    /// What Escape restores.
    original: String,
    pub(super) text: String,
    pub(super) manner: Manner,
    pub(super) phase: Phase,
    /// Whether the person has paused long enough to be spoken to.
    pub(super) paused: bool,
    pub(super) found: Vec<Suggestion>,
    /// Names still to be asked about as suggestions, next one first.
    pub(super) to_suggest: Vec<Username>,
    pub(super) in_flight: Option<InFlight>,
    pub(super) throttled: Option<Timestamp>,
    pub(super) cache: Cache,
    pub(super) running: Vec<Timer>,
    pub(super) serial: u64,
}

/// In what tone a broken rule is put: one does not scold somebody who is still typing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Manner {
    /// While typing.
    Neutral,
    /// The field was left, or the text was pasted as a whole.
    Judged,
    /// The button was pressed with this text.
    Submitted,
}

/// Where the question about the present text stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// The text answers itself: empty, badly formed, or the person's own name.
    Local,
    /// The pause after the last key.
    Waiting,
    /// Asked, or about to be asked again.
    Asking {
        reason: Reason,
        attempt: usize,
        slow: bool,
    },
    Settled(Verdict),
    Throttled(Timestamp),
    Offline,
    CouldNotAsk,
    /// Handed over for saving.
    Submitting(Username),
    Saved(Username),
    /// The server refused this very text, and availability does not say why.
    Refused {
        detail: Option<String>,
    },
}

/// Why the server is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    /// To show it.
    Typed,
    /// A name known as gone was submitted nevertheless: asked afresh, and handed on unless it is gone still.
    Submitted,
    /// Saving was refused; the kind of refusal is wanted.
    Refused { detail: Option<String> },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct InFlight {
    pub(super) check: Check,
    /// The name as it will be shown, when it is asked about as a suggestion.
    pub(super) suggestion: Option<Username>,
}

/// How soon to ask.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Haste {
    AfterPause,
    AtOnce,
}

pub(super) type Effects = Vec<Effect>;

impl Picker {
    /// A picker with `text` filled in: the GitHub login at sign-up, the present username (`own`) or a name from the
    /// address at a rename. Call [`Picker::start`] next.
    pub fn new(own: Option<Username>, github_login: Option<String>, text: &str) -> Self {
        Self {
            own,
            github_login,
            original: text.to_owned(),
            text: text.to_owned(),
            manner: Manner::Neutral,
            phase: Phase::Local,
            paused: true,
            found: Vec::new(),
            to_suggest: Vec::new(),
            in_flight: None,
            throttled: None,
            cache: Cache::default(),
            running: Vec::new(),
            serial: 0,
        }
    }

    /// Checks the filled-in text at once: nobody is typing. What is wrong with it is said, since nobody typed it.
    pub fn start(&mut self, now: Timestamp) -> Effects {
        let mut out = Vec::new();
        self.judge(Manner::Judged);
        self.consider(None, Haste::AtOnce, now, &mut out);
        out
    }

    /// The text was changed key by key.
    pub fn edit(&mut self, text: &str, now: Timestamp) -> Effects {
        if text == self.text {
            return Vec::new();
        }
        self.replace_text(text, now)
    }

    /// A text was pasted; `text` is what the field holds afterwards. Spaces around it go, nothing is cut, and it is
    /// judged at once, because it arrived finished.
    pub fn paste(&mut self, text: &str, now: Timestamp) -> Effects {
        let out = self.replace_text(trim(text), now);
        self.judge(Manner::Judged);
        out
    }

    /// The field lost the focus: from now on broken rules are said. An empty field is not scolded.
    pub fn blur(&mut self) {
        self.text = self.trimmed().to_owned();
        self.judge(Manner::Judged);
    }

    /// Escape: what stood there first stands there again.
    pub fn restore(&mut self, now: Timestamp) -> Effects {
        if matches!(self.phase, Phase::Submitting(_)) {
            return Vec::new();
        }
        let original = self.original.clone();
        let out = self.replace_text(&original, now);
        self.manner = Manner::Neutral;
        out
    }

    /// A timer ran out.
    pub fn fired(&mut self, timer: Timer, now: Timestamp) -> Effects {
        let mut out = Vec::new();
        let Some(at) = self.running.iter().position(|running| *running == timer) else {
            return out;
        };
        self.running.remove(at);
        match timer.kind {
            TimerKind::Debounce if self.phase == Phase::Waiting => {
                self.ask(Reason::Typed, &mut out)
            }
            TimerKind::Debounce => {}
            TimerKind::Speak => {
                self.paused = true;
                self.suggest(now, &mut out);
            }
            TimerKind::Slow => {
                if let Phase::Asking { slow, .. } = &mut self.phase {
                    *slow = true;
                }
            }
            TimerKind::GiveUp => self.give_up(now, &mut out),
            TimerKind::AskAgain => self.send(None, &mut out),
            TimerKind::Throttle => {
                self.throttled = None;
                if matches!(self.phase, Phase::Throttled(_)) {
                    self.consider(None, Haste::AfterPause, now, &mut out);
                }
            }
        }
        out
    }

    /// An answer arrived. One to another question than the one in flight changes nothing.
    pub fn answer(&mut self, ticket: Ticket, answer: Answer, now: Timestamp) -> Effects {
        let mut out = Vec::new();
        if self
            .in_flight
            .as_ref()
            .is_none_or(|asked| asked.check.ticket != ticket)
        {
            return out;
        }
        let Some(InFlight { check, suggestion }) = self.in_flight.take() else {
            return out;
        };
        if let Answer::Verdict(verdict) = &answer {
            self.cache.put(check.name, verdict.clone(), now);
        }
        if let Answer::Throttled { until } = answer {
            self.throttle(until, now, &mut out);
        }
        match suggestion {
            Some(name) => self.suggestion_answered(name, &answer, now, &mut out),
            None => self.text_answered(answer, now, &mut out),
        }
        out
    }

    /// The browser says that it is online again: what could not be asked is asked, once.
    pub fn online(&mut self, now: Timestamp) -> Effects {
        self.retry(now)
    }

    /// "Check again" was pressed.
    pub fn retry(&mut self, now: Timestamp) -> Effects {
        let mut out = Vec::new();
        if matches!(self.phase, Phase::Offline | Phase::CouldNotAsk) {
            self.consider(None, Haste::AtOnce, now, &mut out);
        }
        out
    }

    /// What the field is to hold.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The name in the field, spaces around it aside.
    pub fn name(&self) -> Result<Username, UsernameError> {
        Username::parse(self.trimmed())
    }

    /// Names to offer, each asked about; none while the name is not known as gone.
    pub fn suggestions(&self) -> &[Suggestion] {
        &self.found
    }

    pub(super) fn trimmed(&self) -> &str {
        trim(&self.text)
    }

    /// Says from now on what is wrong with this text, if something is. A right one leaves the next typing neutral, and
    /// an empty field is nobody's mistake until the button is pressed.
    fn judge(&mut self, manner: Manner) {
        if self
            .name()
            .is_err_and(|error| error != UsernameError::Empty)
        {
            self.manner = self.manner.max(manner);
        }
    }

    fn replace_text(&mut self, text: &str, now: Timestamp) -> Effects {
        let mut out = Vec::new();
        let before = self.name().ok().map(|name| name.canonical());
        let stays_judged = before.is_none() && self.manner != Manner::Neutral;
        self.text = text.to_owned();
        self.paused = false;
        self.start_timer(TimerKind::Speak, SPEAK_AFTER_MS, &mut out);
        // A broken text that was judged is judged key by key until it is right; typing is neutral otherwise.
        self.manner = Manner::Neutral;
        if stays_judged {
            self.judge(Manner::Judged);
        }
        if !matches!(self.phase, Phase::Submitting(_)) {
            self.consider(before.as_ref(), Haste::AfterPause, now, &mut out);
        }
        out
    }
}

/// Takes spaces off both ends, the invisible ones that come along with copied text too.
fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
    })
}
