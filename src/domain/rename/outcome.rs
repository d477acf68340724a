//! What became of a change: answers, readings of `me`, news from other tabs, and what may be said after each.
//!
//! Nothing here sends a change. `me` decides what is said; a refusal, a timer or another tab only makes it be read.

use super::machine::{Attempt, Effects, Outcome, Rename, Resume};
use super::{
    Effect, Holder, MeAnswer, Place, READ_AGAIN_AFTER_MS, Reading, Refusal, SaveAnswer, Step,
    Ticket,
};
use crate::domain::username::Username;

impl Rename {
    /// The answer to a sent change. Whatever it is, `me` is read before anything is said, except that nobody is signed in.
    pub fn save_answered(&mut self, ticket: Ticket, answer: SaveAnswer) -> Effects {
        let mut out = Vec::new();
        let Some(attempt) = &mut self.attempt else {
            return out;
        };
        if attempt.ticket != ticket || attempt.outcome != Outcome::Awaited {
            return out;
        }
        match answer {
            SaveAnswer::Accepted => attempt.outcome = Outcome::Accepted,
            SaveAnswer::Refused(refusal) => attempt.outcome = Outcome::Refused(refusal),
            SaveAnswer::SignedOut => {
                self.attempt = None;
                self.sign_out(Resume::Reviewing);
                return out;
            }
            SaveAnswer::Lost => {
                attempt.outcome = Outcome::Lost;
                self.step = Step::OutcomeUnknown {
                    to: attempt.to.clone(),
                    reading: Reading::First,
                };
            }
        }
        self.read_me(&mut out);
        out
    }

    /// The answer to a reading of `me`.
    pub fn me_answered(&mut self, ticket: Ticket, answer: MeAnswer) -> Effects {
        let mut out = Vec::new();
        if self.reading != Some(ticket) {
            return out;
        }
        self.reading = None;
        match answer {
            MeAnswer::Holder(holder) => self.learned(holder, &mut out),
            MeAnswer::SignedOut => self.sign_out(Resume::Reviewing),
            MeAnswer::Failed => self.not_read(&mut out),
        }
        out
    }

    /// The timer of this ticket ran out.
    pub fn fired(&mut self, ticket: Ticket) -> Effects {
        let mut out = Vec::new();
        if self.timer == Some(ticket) {
            self.timer = None;
            self.read_me(&mut out);
        }
        out
    }

    /// "Look again" was pressed, or the browser is online again, while the outcome is unknown.
    pub fn read_again(&mut self) -> Effects {
        let mut out = Vec::new();
        if matches!(self.step, Step::OutcomeUnknown { .. }) && self.reading.is_none() {
            self.read_me(&mut out);
        }
        out
    }

    /// Who is signed in was learned from elsewhere: another tab, a sign-in, a reading of `me` for another purpose.
    pub fn session_changed(&mut self, holder: Option<Holder>) -> Effects {
        let mut out = Vec::new();
        if matches!(self.step, Step::Saving { .. }) {
            // Its answer is on the way and says more.
            return out;
        }
        match holder {
            None => self.sign_out(self.where_to_resume()),
            // News that may be older than the attempt can confirm it, never deny it.
            Some(holder) if self.may_be_stale(&holder) => {}
            Some(holder) => self.learned(holder, &mut out),
        }
        out
    }

    fn may_be_stale(&self, holder: &Holder) -> bool {
        self.step != Step::SignedOut
            && holder.id == self.holder.id
            && self
                .attempt
                .as_ref()
                .is_some_and(|attempt| holder.username != attempt.to)
    }

    fn read_me(&mut self, out: &mut Effects) {
        let ticket = self.ticket();
        self.reading = Some(ticket);
        out.push(Effect::ReadMe(ticket));
    }

    /// Who is signed in is known; decides everything that waited for it.
    fn learned(&mut self, holder: Holder, out: &mut Effects) {
        if holder.id != self.holder.id {
            return self.somebody_else(holder, out);
        }
        let renamed = holder.username != self.holder.username;
        self.holder = holder;
        match self.attempt.clone() {
            Some(attempt) if self.holder.username == attempt.to => self.done(&attempt, out),
            Some(attempt) => self.not_done(attempt, renamed, out),
            None if renamed => self.renamed_elsewhere(out),
            None if self.step == Step::SignedOut => self.go_on(),
            None => {}
        }
    }

    fn done(&mut self, attempt: &Attempt, out: &mut Effects) {
        self.step = Step::Done {
            from: attempt.from.clone(),
            to: attempt.to.clone(),
            kind: attempt.kind,
        };
        self.end_attempt();
        self.chosen = None;
        self.draft.clear();
        out.push(Effect::Go {
            place: Place::Now,
            replace: true,
        });
        out.push(Effect::Announce);
    }

    /// `me` has been read and does not have the new name.
    fn not_done(&mut self, attempt: Attempt, renamed: bool, out: &mut Effects) {
        let elsewhere = renamed || self.holder.username != attempt.from;
        match attempt.outcome {
            Outcome::Awaited => {}
            Outcome::Accepted if elsewhere => self.overtaken(None, out),
            Outcome::Accepted => self.end_with(Step::Ignored { to: attempt.to }),
            Outcome::Refused(refusal) if elsewhere => self.overtaken(Some(refusal), out),
            Outcome::Refused(refusal) => self.refused(attempt.to, refusal, out),
            Outcome::Lost if self.step == Step::SignedOut => {
                // Signing in again took longer than a server works on one request.
                self.end_attempt();
                self.go_on();
            }
            Outcome::Lost
                if attempt.readings >= READ_AGAIN_AFTER_MS.len() && self.timer.is_none() =>
            {
                if elsewhere {
                    self.overtaken(None, out);
                } else {
                    self.end_with(Step::NotChanged { to: attempt.to });
                }
            }
            Outcome::Lost => {
                self.step = Step::OutcomeUnknown {
                    to: attempt.to,
                    reading: Reading::NotSoFar,
                };
                self.schedule_reading(out);
            }
        }
    }

    /// `me` could not be read.
    fn not_read(&mut self, out: &mut Effects) {
        let Some(attempt) = self.attempt.clone() else {
            return;
        };
        match attempt.outcome {
            // The refusal stands on its own.
            Outcome::Refused(refusal) => self.refused(attempt.to, refusal, out),
            Outcome::Accepted | Outcome::Lost => {
                self.step = Step::OutcomeUnknown {
                    to: attempt.to,
                    reading: Reading::Failed,
                };
                self.schedule_reading(out);
            }
            Outcome::Awaited => {}
        }
    }

    /// Sets the timer for the next reading, while there are readings left and none is due already.
    fn schedule_reading(&mut self, out: &mut Effects) {
        if self.timer.is_some() {
            return;
        }
        let Some(attempt) = &mut self.attempt else {
            return;
        };
        let Some(after_ms) = READ_AGAIN_AFTER_MS.get(attempt.readings).copied() else {
            return;
        };
        attempt.readings += 1;
        let ticket = self.ticket();
        self.timer = Some(ticket);
        out.push(Effect::StartTimer { ticket, after_ms });
    }

    fn refused(&mut self, to: Username, refusal: Refusal, out: &mut Effects) {
        self.draft = to.as_str().to_owned();
        out.push(self.go_choose(true));
        if let Refusal::Name { detail } = &refusal {
            out.push(Effect::AskWhy {
                name: to,
                detail: detail.clone(),
            });
        }
        self.end_with(Step::Choosing {
            refusal: Some(refusal),
        });
    }

    fn renamed_elsewhere(&mut self, out: &mut Effects) {
        match &self.step {
            Step::Now | Step::Done { .. } => self.step = Step::Now,
            Step::SignedOut if self.resume == Resume::Now => self.step = Step::Now,
            Step::SomebodyElse => {}
            _ => self.overtaken(None, out),
        }
    }

    fn overtaken(&mut self, refusal: Option<Refusal>, out: &mut Effects) {
        self.chosen = None;
        self.end_with(Step::RenamedElsewhere { refusal });
        out.push(Effect::Go {
            place: Place::Now,
            replace: true,
        });
    }

    /// Nothing of the former person's typing may be shown to, or sent for, another.
    fn somebody_else(&mut self, holder: Holder, out: &mut Effects) {
        let was_idle = matches!(self.step, Step::Now | Step::SomebodyElse);
        self.holder = holder;
        self.draft.clear();
        self.chosen = None;
        self.end_with(if was_idle {
            Step::Now
        } else {
            Step::SomebodyElse
        });
        out.push(Effect::Go {
            place: Place::Now,
            replace: true,
        });
    }

    fn sign_out(&mut self, resume: Resume) {
        if self.step != Step::SignedOut {
            self.resume = resume;
            self.step = Step::SignedOut;
            self.timer = None;
            self.reading = None;
        }
    }

    fn where_to_resume(&self) -> Resume {
        match &self.step {
            Step::Choosing { .. } => Resume::Choosing,
            Step::Reviewing { .. }
            | Step::Confirming { .. }
            | Step::Saving { .. }
            | Step::OutcomeUnknown { .. }
            | Step::NotChanged { .. } => Resume::Reviewing,
            _ => Resume::Now,
        }
    }

    /// Signed in again, as the same person: where one was.
    fn go_on(&mut self) {
        self.step = match (self.resume, self.chosen.clone()) {
            (Resume::Reviewing, Some(to)) => Step::Reviewing { to },
            (Resume::Reviewing | Resume::Choosing, _) => Step::Choosing { refusal: None },
            (Resume::Now, _) => Step::Now,
        };
    }

    fn end_with(&mut self, step: Step) {
        self.end_attempt();
        self.step = step;
    }

    fn end_attempt(&mut self) {
        self.attempt = None;
        self.timer = None;
        self.reading = None;
    }
}
