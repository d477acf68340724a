//! The picker and what becomes of its name: handing it over, and taking in what came of that.
//!
//! The picker never saves anything itself. What a refusal means is asked of availability, since its status alone does not
//! say (contract, "What a refusal means").

use super::Effect;
use super::machine::{Effects, Haste, Manner, Phase, Picker, Reason};
use crate::domain::time::Timestamp;
use crate::domain::username::Username;

impl Picker {
    /// The button or Enter was pressed. Ends in [`Effect::Submit`] unless the text is no name, is the present name to
    /// the letter, or is (asked afresh) still gone.
    pub fn submit(&mut self) -> Effects {
        let mut out = Vec::new();
        let being_saved = matches!(
            self.phase,
            Phase::Submitting(_)
                | Phase::Asking {
                    reason: Reason::Refused { .. },
                    ..
                }
        );
        if being_saved {
            return out;
        }
        self.text = self.trimmed().to_owned();
        self.manner = Manner::Submitted;
        let name = match self.name() {
            Ok(name) if self.own.as_ref() != Some(&name) => name,
            _ => {
                out.push(Effect::FocusField);
                return out;
            }
        };
        let known_as_gone = matches!(&self.phase, Phase::Settled(verdict) if verdict.is_gone());
        self.cache.forget(&name.canonical());
        if known_as_gone && self.throttled.is_none() {
            self.leave_question(&mut out);
            self.ask(Reason::Submitted, &mut out);
        } else {
            self.hand_over(name, &mut out);
        }
        out
    }

    /// Saving `name` was refused with a 400 or 409 about the name. Its kind is asked for once; until then, and where
    /// there is no answer, `detail` is all that is known (contract, "What a refusal means").
    pub fn refused(&mut self, name: &Username, detail: Option<String>, now: Timestamp) -> Effects {
        let mut out = Vec::new();
        self.leave_question(&mut out);
        self.cache.forget(&name.canonical());
        if self.name().as_ref() != Ok(name) {
            // The text was changed meanwhile: the refusal is not about it.
            self.consider(None, Haste::AtOnce, now, &mut out);
            return out;
        }
        self.manner = Manner::Submitted;
        if self.throttled.is_some() {
            self.phase = Phase::Refused { detail };
            out.push(Effect::FocusField);
        } else {
            self.ask(Reason::Refused { detail }, &mut out);
        }
        out
    }

    /// The name that was handed over is saved.
    pub fn saved(&mut self) {
        if let Phase::Submitting(name) = &self.phase {
            self.phase = Phase::Saved(name.clone());
        }
    }

    /// Saving ended without a word about the name (signed out, outcome unknown, cancelled), or the person came back to
    /// the field: it is a field again, its text as it was, checked anew.
    pub fn resume(&mut self, now: Timestamp) -> Effects {
        let mut out = Vec::new();
        if matches!(self.phase, Phase::Submitting(_) | Phase::Saved(_)) {
            self.consider(None, Haste::AtOnce, now, &mut out);
        }
        out
    }

    /// The person's username changed elsewhere, such as in another tab. The typed text stays.
    pub fn own_name_changed(&mut self, own: Username, now: Timestamp) -> Effects {
        let mut out = Vec::new();
        if self.own.as_ref() == Some(&own) {
            return out;
        }
        self.own = Some(own);
        if !matches!(self.phase, Phase::Submitting(_) | Phase::Saved(_)) {
            self.leave_question(&mut out);
            self.consider(None, Haste::AtOnce, now, &mut out);
        }
        out
    }
}
