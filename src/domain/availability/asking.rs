//! The picker's dealings with the server: what the present text needs, one question at a time, and what an answer means.

use super::machine::{Effects, Haste, InFlight, Phase, Picker, Reason};
use super::{
    ASK_AGAIN_AFTER_MS, Answer, Check, DEBOUNCE_MS, DEFAULT_THROTTLE_MS, Effect, GIVE_UP_AFTER_MS,
    LONGEST_THROTTLE_MS, SHORTEST_THROTTLE_MS, SLOW_AFTER_MS, Suggestion, Ticket, Timer, TimerKind,
    Verdict,
};
use crate::domain::suggestion;
use crate::domain::time::Timestamp;
use crate::domain::username::{CanonicalUsername, Username};

impl Picker {
    /// Decides what the present text needs. `before` is the name that the present phase is about, if it may stay.
    pub(super) fn consider(
        &mut self,
        before: Option<&CanonicalUsername>,
        haste: Haste,
        now: Timestamp,
        out: &mut Effects,
    ) {
        let Some(name) = self
            .name()
            .ok()
            .map(|name| name.canonical())
            .filter(|name| !self.is_own(name))
        else {
            self.leave_question(out);
            self.phase = Phase::Local;
            return;
        };
        if before == Some(&name) {
            match &mut self.phase {
                Phase::Waiting => return self.start_timer(TimerKind::Debounce, DEBOUNCE_MS, out),
                Phase::Asking { reason, .. } => {
                    *reason = Reason::Typed;
                    return;
                }
                Phase::Settled(_) | Phase::Throttled(_) | Phase::Offline | Phase::CouldNotAsk => {
                    return;
                }
                Phase::Local | Phase::Submitting(_) | Phase::Saved(_) | Phase::Refused { .. } => {}
            }
        }
        self.leave_question(out);
        if let Some(verdict) = self.cache.get(&name, now).cloned() {
            self.phase = Phase::Settled(verdict);
            self.suggest(now, out);
        } else if let Some(until) = self.throttled {
            self.phase = Phase::Throttled(until);
        } else if haste == Haste::AtOnce {
            self.ask(Reason::Typed, out);
        } else {
            self.phase = Phase::Waiting;
            self.start_timer(TimerKind::Debounce, DEBOUNCE_MS, out);
        }
    }

    pub(super) fn is_own(&self, name: &CanonicalUsername) -> bool {
        self.own
            .as_ref()
            .is_some_and(|own| own.canonical() == *name)
    }

    /// Nothing asked so far matters any more.
    pub(super) fn leave_question(&mut self, out: &mut Effects) {
        if let Some(asked) = self.in_flight.take() {
            out.push(Effect::Abort(asked.check.ticket));
        }
        for kind in [
            TimerKind::Debounce,
            TimerKind::Slow,
            TimerKind::GiveUp,
            TimerKind::AskAgain,
        ] {
            self.stop_timer(kind, out);
        }
        self.found.clear();
        self.to_suggest.clear();
    }

    pub(super) fn ask(&mut self, reason: Reason, out: &mut Effects) {
        self.phase = Phase::Asking {
            reason,
            attempt: 0,
            slow: false,
        };
        self.send(None, out);
        self.start_timer(TimerKind::Slow, SLOW_AFTER_MS, out);
        self.start_timer(TimerKind::GiveUp, GIVE_UP_AFTER_MS, out);
    }

    /// Sends the question about the present text, or about a suggestion.
    pub(super) fn send(&mut self, suggestion: Option<Username>, out: &mut Effects) {
        let Some(name) = suggestion.clone().or_else(|| self.name().ok()) else {
            return;
        };
        if let Some(asked) = self.in_flight.take() {
            out.push(Effect::Abort(asked.check.ticket));
        }
        self.serial += 1;
        let check = Check {
            ticket: Ticket(self.serial),
            name: name.canonical(),
        };
        out.push(Effect::Send(check.clone()));
        self.in_flight = Some(InFlight { check, suggestion });
    }

    pub(super) fn text_answered(&mut self, answer: Answer, now: Timestamp, out: &mut Effects) {
        let Phase::Asking {
            reason, attempt, ..
        } = &mut self.phase
        else {
            return;
        };
        if answer == Answer::Failed
            && let Some(wait) = ASK_AGAIN_AFTER_MS.get(*attempt)
        {
            *attempt += 1;
            return self.start_timer(TimerKind::AskAgain, *wait, out);
        }
        let reason = reason.clone();
        for kind in [TimerKind::Slow, TimerKind::GiveUp] {
            self.stop_timer(kind, out);
        }
        let phase = match answer {
            Answer::Verdict(verdict) => Phase::Settled(verdict),
            Answer::Throttled { .. } => self.throttled.map_or(Phase::CouldNotAsk, Phase::Throttled),
            Answer::Offline => Phase::Offline,
            Answer::Failed | Answer::Refused => Phase::CouldNotAsk,
        };
        self.conclude(reason, phase, now, out);
    }

    /// The question has ended, with a verdict or without one.
    pub(super) fn conclude(
        &mut self,
        reason: Reason,
        phase: Phase,
        now: Timestamp,
        out: &mut Effects,
    ) {
        let is_gone = matches!(&phase, Phase::Settled(verdict) if verdict.is_gone());
        match reason {
            Reason::Typed => self.phase = phase,
            Reason::Submitted | Reason::Refused { .. } if is_gone => {
                self.phase = phase;
                self.paused = true;
                out.push(Effect::FocusField);
            }
            // Neither a free name nor a question that could not be asked keeps anybody from saving.
            Reason::Submitted => match self.name() {
                Ok(name) => self.hand_over(name, out),
                Err(_) => self.phase = Phase::Local,
            },
            Reason::Refused { detail } => {
                self.phase = Phase::Refused { detail };
                out.push(Effect::FocusField);
            }
        }
        self.suggest(now, out);
    }

    pub(super) fn hand_over(&mut self, name: Username, out: &mut Effects) {
        self.leave_question(out);
        self.cache.forget(&name.canonical());
        self.phase = Phase::Submitting(name.clone());
        out.push(Effect::Submit(name));
    }

    pub(super) fn give_up(&mut self, now: Timestamp, out: &mut Effects) {
        let phase = self.phase.clone();
        if let Some(asked) = self.in_flight.take() {
            out.push(Effect::Abort(asked.check.ticket));
        }
        self.to_suggest.clear();
        if let Phase::Asking { reason, .. } = phase {
            self.stop_timer(TimerKind::AskAgain, out);
            self.stop_timer(TimerKind::Slow, out);
            self.conclude(reason, Phase::CouldNotAsk, now, out);
        }
    }

    pub(super) fn throttle(&mut self, until: Option<Timestamp>, now: Timestamp, out: &mut Effects) {
        let wait = until.map_or(DEFAULT_THROTTLE_MS, |until| until.millis_since(now));
        let wait = wait.clamp(SHORTEST_THROTTLE_MS, LONGEST_THROTTLE_MS);
        self.throttled = Some(now.plus_millis(wait));
        self.start_timer(
            TimerKind::Throttle,
            u32::try_from(wait).unwrap_or(u32::MAX),
            out,
        );
    }

    /// Starts to look for names to offer, once the name is known as gone and the person has paused.
    pub(super) fn suggest(&mut self, now: Timestamp, out: &mut Effects) {
        let Phase::Settled(verdict) = &self.phase else {
            return;
        };
        let idle = self.in_flight.is_none() && self.found.is_empty() && self.to_suggest.is_empty();
        if !verdict.is_gone() || !self.paused || !idle || self.throttled.is_some() {
            return;
        }
        let Ok(wanted) = self.name() else { return };
        let other = match verdict {
            Verdict::Taken { by: name } | Verdict::TooSimilar { to: name } => name.as_ref(),
            _ => None,
        };
        let others: Vec<&Username> = other.into_iter().collect();
        self.to_suggest = suggestion::candidates(
            &wanted,
            self.github_login.as_deref(),
            self.own.as_ref(),
            &others,
        );
        self.next_suggestion(now, out);
    }

    pub(super) fn next_suggestion(&mut self, now: Timestamp, out: &mut Effects) {
        while self.found.len() < suggestion::SHOWN_AT_MOST && !self.to_suggest.is_empty() {
            let name = self.to_suggest.remove(0);
            match self.cache.get(&name.canonical(), now).cloned() {
                Some(verdict) => self.offer(name, &verdict),
                None => {
                    self.send(Some(name), out);
                    return self.start_timer(TimerKind::GiveUp, GIVE_UP_AFTER_MS, out);
                }
            }
        }
        self.to_suggest.clear();
        self.stop_timer(TimerKind::GiveUp, out);
    }

    fn offer(&mut self, name: Username, verdict: &Verdict) {
        if !verdict.is_gone() && *verdict != Verdict::Own {
            let available = *verdict == Verdict::Available;
            self.found.push(Suggestion { name, available });
        }
    }

    pub(super) fn suggestion_answered(
        &mut self,
        name: Username,
        answer: &Answer,
        now: Timestamp,
        out: &mut Effects,
    ) {
        match answer {
            Answer::Verdict(verdict) => self.offer(name, verdict),
            // An offer is a courtesy: where it cannot be checked, there is none.
            _ => self.to_suggest.clear(),
        }
        self.next_suggestion(now, out);
    }

    pub(super) fn start_timer(&mut self, kind: TimerKind, after_ms: u32, out: &mut Effects) {
        self.running.retain(|timer| timer.kind != kind);
        self.serial += 1;
        let timer = Timer {
            kind,
            serial: self.serial,
        };
        self.running.push(timer);
        out.push(Effect::StartTimer { timer, after_ms });
    }

    pub(super) fn stop_timer(&mut self, kind: TimerKind, out: &mut Effects) {
        let before = self.running.len();
        self.running.retain(|timer| timer.kind != kind);
        if self.running.len() < before {
            out.push(Effect::StopTimer(kind));
        }
    }
}
