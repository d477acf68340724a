//! The flow itself. A change is sent by [`Rename::confirm`] and by nothing else, and while one is on its way or its outcome
//! is unknown, every other input waits.

use super::{
    Confirmation, Effect, Holder, Kind, Place, Refusal, Save, Stake, Step, TakeBack, Ticket,
    kind_of, take_back,
};
use crate::domain::time::Timestamp;
use crate::domain::username::Username;

/// A person's way through a change of their username.
#[derive(Clone, Debug)]
pub struct Rename {
    pub(super) holder: Holder,
    /// What is typed in the field. Kept through every outcome.
    pub(super) draft: String,
    /// The name that came through Choose (or is taken back): an address alone cannot put one here.
    pub(super) chosen: Option<Username>,
    pub(super) step: Step,
    /// The change that was sent and whose truth is not known yet.
    pub(super) attempt: Option<Attempt>,
    /// Where to go on after signing in.
    pub(super) resume: Resume,
    /// The reading of `me` in flight.
    pub(super) reading: Option<Ticket>,
    pub(super) timer: Option<Ticket>,
    pub(super) serial: u64,
}

#[derive(Clone, Debug)]
pub(super) struct Attempt {
    pub(super) ticket: Ticket,
    pub(super) from: Username,
    pub(super) to: Username,
    pub(super) kind: Kind,
    pub(super) outcome: Outcome,
    /// How many readings of `me` the schedule has used up.
    pub(super) readings: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// No answer yet.
    Awaited,
    Accepted,
    Refused(Refusal),
    /// There is none to come; the change may be made, or still be made.
    Lost,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Resume {
    Now,
    Choosing,
    Reviewing,
}

pub(super) type Effects = Vec<Effect>;

impl Rename {
    /// The flow at its beginning.
    pub fn new(holder: Holder) -> Self {
        Self {
            holder,
            draft: String::new(),
            chosen: None,
            step: Step::Now,
            attempt: None,
            resume: Resume::Now,
            reading: None,
            timer: None,
            serial: 0,
        }
    }

    /// What the page shows.
    pub fn step(&self) -> &Step {
        &self.step
    }

    /// The person, as last known.
    pub fn holder(&self) -> &Holder {
        &self.holder
    }

    /// What the field is to hold.
    pub fn draft(&self) -> &str {
        &self.draft
    }

    /// The address says this: a page was opened, reloaded, or reached by back and forward. Nothing is ever sent by it.
    /// An address whose earlier steps are missing lands on Choose with the name filled in.
    pub fn visit(&mut self, place: Place) -> Effects {
        let mut out = Vec::new();
        if self.is_busy() || self.step == Step::SignedOut || self.is_at(&place) {
            return out;
        }
        match place {
            Place::Now => self.step = Step::Now,
            Place::Choose { name } => {
                self.draft = name.unwrap_or_else(|| self.draft.clone());
                self.step = Step::Choosing { refusal: None };
            }
            Place::Review { to } => {
                let asked_for = to.as_deref().and_then(|to| Username::parse(to).ok());
                match self
                    .chosen
                    .clone()
                    .filter(|chosen| asked_for.as_ref() == Some(chosen))
                {
                    Some(to) => self.step = Step::Reviewing { to },
                    None => {
                        self.draft = to.unwrap_or_else(|| self.draft.clone());
                        self.step = Step::Choosing { refusal: None };
                        out.push(self.go_choose(true));
                    }
                }
            }
        }
        out
    }

    /// The text in the picker changed.
    pub fn typed(&mut self, text: &str) {
        if matches!(self.step, Step::Choosing { .. }) {
            self.draft = text.to_owned();
        }
    }

    /// The picker handed over a name. The present name, to the letter, is no choice.
    pub fn choose(&mut self, name: Username) -> Effects {
        if !matches!(self.step, Step::Choosing { .. }) || name == self.holder.username {
            return Vec::new();
        }
        self.draft = name.as_str().to_owned();
        // The entry that back leads to has to hold the name too.
        let mut out = vec![self.go_choose(true)];
        self.review(name, &mut out);
        out
    }

    /// "Take back" was pressed.
    pub fn take_back(&mut self, now: Timestamp) -> Effects {
        let mut out = Vec::new();
        if let (Step::Now | Step::Choosing { .. }, TakeBack::Possible { username, .. }) =
            (&self.step, take_back(&self.holder, now))
        {
            self.review(username, &mut out);
        }
        out
    }

    /// "Choose another name" on the review.
    pub fn choose_another(&mut self) -> Effects {
        if !matches!(self.step, Step::Reviewing { .. }) {
            return Vec::new();
        }
        self.step = Step::Choosing { refusal: None };
        vec![self.go_choose(false)]
    }

    /// The review was agreed to: opens the dialog. Where crates are at stake, or may be, the new name is typed again.
    pub fn ask_confirmation(&mut self, stake: Stake, now: Timestamp) {
        if let Step::Reviewing { to } = &self.step {
            let kind = kind_of(&self.holder, to, now);
            let confirmation = match stake {
                Stake::MaybeCrates if kind == Kind::Rename => Confirmation::Retype {
                    typed: String::new(),
                    wrong: false,
                },
                Stake::MaybeCrates | Stake::NoCrates => Confirmation::Press,
            };
            self.step = Step::Confirming {
                to: to.clone(),
                confirmation,
                kind,
            };
        }
    }

    /// Looks at the clock, while a change is foreseen that was shown as `shown`. A former name that cannot be taken back any
    /// more is not sent as a change to any other name, which nobody has foreseen.
    pub fn lapse(&mut self, shown: Kind, now: Timestamp) -> Effects {
        let (Step::Reviewing { to } | Step::Confirming { to, .. }) = &self.step else {
            return Vec::new();
        };
        if shown != Kind::TakeBack || kind_of(&self.holder, to, now) == Kind::TakeBack {
            return Vec::new();
        }
        self.step = match take_back(&self.holder, now) {
            TakeBack::TooLate { username, since } => Step::TooLate { username, since },
            // Taken back elsewhere; the page says so.
            _ => Step::Now,
        };
        self.chosen = None;
        vec![Effect::Go {
            place: Place::Now,
            replace: true,
        }]
    }

    /// The text in the dialog changed.
    pub fn retyped(&mut self, text: &str) {
        if let Step::Confirming {
            confirmation: Confirmation::Retype { typed, wrong },
            ..
        } = &mut self.step
        {
            text.clone_into(typed);
            *wrong = false;
        }
    }

    /// The dialog was closed without confirming.
    pub fn cancel(&mut self) {
        if let Step::Confirming { to, .. } = &self.step {
            self.step = Step::Reviewing { to: to.clone() };
        }
    }

    /// The dialog was confirmed: the one thing that sends a change.
    pub fn confirm(&mut self, now: Timestamp) -> Effects {
        let Step::Confirming { kind, .. } = self.step else {
            return Vec::new();
        };
        let lapsed = self.lapse(kind, now);
        let Step::Confirming {
            to, confirmation, ..
        } = &mut self.step
        else {
            return lapsed;
        };
        if let Confirmation::Retype { typed, wrong } = confirmation
            && typed.trim() != to.as_str()
        {
            *wrong = true;
            return Vec::new();
        }
        let to = to.clone();
        let ticket = self.ticket();
        self.attempt = Some(Attempt {
            ticket,
            from: self.holder.username.clone(),
            to: to.clone(),
            kind: kind_of(&self.holder, &to, now),
            outcome: Outcome::Awaited,
            readings: 0,
        });
        self.step = Step::Saving { to: to.clone() };
        vec![Effect::Save(Save {
            ticket,
            id: self.holder.id,
            to,
        })]
    }

    /// An outcome was read: back to the name as it is.
    pub fn dismiss(&mut self) -> Effects {
        if self.is_busy() || matches!(self.step, Step::Now | Step::SignedOut) {
            return Vec::new();
        }
        self.step = Step::Now;
        vec![Effect::Go {
            place: Place::Now,
            replace: true,
        }]
    }

    /// "Try again" after [`Step::NotChanged`]: back to the review, from where it is confirmed anew.
    pub fn try_again(&mut self) {
        if let Step::NotChanged { to } = &self.step {
            self.step = Step::Reviewing { to: to.clone() };
        }
    }

    /// A change is on its way, or may be.
    pub fn is_busy(&self) -> bool {
        matches!(self.step, Step::Saving { .. } | Step::OutcomeUnknown { .. })
    }

    /// Whether the step shown belongs to this address, so that arriving there changes nothing.
    fn is_at(&self, place: &Place) -> bool {
        match (place, &self.step) {
            (
                Place::Now,
                Step::Now
                | Step::Done { .. }
                | Step::TooLate { .. }
                | Step::SomebodyElse
                | Step::RenamedElsewhere { .. },
            ) => true,
            (Place::Choose { name }, Step::Choosing { .. }) => {
                name.as_ref().is_none_or(|name| *name == self.draft)
            }
            (
                Place::Review { to: Some(asked) },
                Step::Reviewing { to }
                | Step::Confirming { to, .. }
                | Step::NotChanged { to }
                | Step::Ignored { to },
            ) => asked == to.as_str(),
            _ => false,
        }
    }

    fn review(&mut self, to: Username, out: &mut Effects) {
        let place = Place::Review {
            to: Some(to.as_str().to_owned()),
        };
        self.chosen = Some(to.clone());
        self.step = Step::Reviewing { to };
        out.push(Effect::Go {
            place,
            replace: false,
        });
    }

    pub(super) fn go_choose(&self, replace: bool) -> Effect {
        let name = Some(self.draft.clone()).filter(|draft| !draft.is_empty());
        Effect::Go {
            place: Place::Choose { name },
            replace,
        }
    }

    pub(super) fn ticket(&mut self) -> Ticket {
        self.serial += 1;
        Ticket(self.serial)
    }
}
