//! A driver for tests: carries out effects the way the real one does, with a clock and a server under the test's hand.

use super::*;

/// A picker with what its driver holds: the clock, the running timers, the request in flight.
pub(super) struct Harness {
    pub picker: Picker,
    pub now: Timestamp,
    timers: Vec<(Timer, Timestamp)>,
    /// The request in flight; more than one makes the harness panic.
    pub in_flight: Option<Check>,
    /// Every question ever sent.
    pub sent: Vec<Check>,
    pub aborted: Vec<Ticket>,
    pub submitted: Vec<Username>,
    /// How often the focus was put into the field.
    pub focused: usize,
    /// What the status element held, each change once.
    pub spoken: Vec<String>,
}

pub(super) fn name(text: &str) -> Username {
    Username::parse(text).unwrap()
}

impl Harness {
    /// A started picker.
    pub fn new(own: Option<&str>, github_login: Option<&str>, text: &str) -> Self {
        let picker = Picker::new(own.map(name), github_login.map(str::to_owned), text);
        let mut this = Self {
            picker,
            now: Timestamp::from_millis(1_800_000_000_000),
            timers: Vec::new(),
            in_flight: None,
            sent: Vec::new(),
            aborted: Vec::new(),
            submitted: Vec::new(),
            focused: 0,
            spoken: Vec::new(),
        };
        this.act(|picker, now| picker.start(now));
        this
    }

    /// Gives the picker an input and carries out what it asks for.
    pub fn act(&mut self, input: impl FnOnce(&mut Picker, Timestamp) -> Vec<Effect>) {
        let effects = input(&mut self.picker, self.now);
        for effect in effects {
            match effect {
                Effect::Abort(ticket) => {
                    let dropped = self
                        .in_flight
                        .take()
                        .expect("only what is in flight is aborted");
                    assert_eq!(dropped.ticket, ticket);
                    self.aborted.push(ticket);
                }
                Effect::Send(check) => {
                    assert_eq!(self.in_flight, None, "at most one request is in flight");
                    assert!(
                        self.sent
                            .iter()
                            .all(|earlier| earlier.ticket != check.ticket),
                        "tickets are new"
                    );
                    self.sent.push(check.clone());
                    self.in_flight = Some(check);
                }
                Effect::StartTimer { timer, after_ms } => {
                    self.timers
                        .retain(|(running, _)| running.kind != timer.kind);
                    self.timers
                        .push((timer, self.now.plus_millis(i64::from(after_ms))));
                }
                Effect::StopTimer(kind) => self.timers.retain(|(running, _)| running.kind != kind),
                Effect::Submit(name) => self.submitted.push(name),
                Effect::FocusField => self.focused += 1,
            }
        }
        let when = self.picker.status().moment().map(|_| "THEN");
        let spoken = self.picker.spoken(when);
        if self.spoken.last() != Some(&spoken) {
            self.spoken.push(spoken);
        }
    }

    pub fn type_in(&mut self, text: &str) {
        self.act(|picker, now| picker.edit(text, now));
    }

    /// Types and waits until the question is out.
    pub fn type_and_pause(&mut self, text: &str) {
        self.type_in(text);
        self.pass(i64::from(DEBOUNCE_MS));
    }

    pub fn submit(&mut self) {
        self.act(|picker, _| picker.submit());
    }

    /// Lets time pass; timers fire when they are due, in their order.
    pub fn pass(&mut self, millis: i64) {
        let end = self.now.plus_millis(millis);
        while let Some((timer, due)) = self.next_timer().filter(|(_, due)| *due <= end) {
            self.now = self.now.max(due);
            self.fire(timer);
        }
        self.now = end;
    }

    pub fn next_timer(&self) -> Option<(Timer, Timestamp)> {
        self.timers.iter().min_by_key(|(_, due)| *due).copied()
    }

    /// The timers that run, for firing them in any order.
    pub fn timers(&self) -> Vec<Timer> {
        self.timers.iter().map(|(timer, _)| *timer).collect()
    }

    pub fn fire(&mut self, timer: Timer) {
        self.timers.retain(|(running, _)| *running != timer);
        self.act(|picker, now| picker.fired(timer, now));
    }

    /// Answers what is in flight.
    pub fn answer(&mut self, answer: Answer) {
        let check = self.in_flight.take().expect("something is in flight");
        self.act(|picker, now| picker.answer(check.ticket, answer, now));
    }

    pub fn verdict(&mut self, verdict: Verdict) {
        self.answer(Answer::Verdict(verdict));
    }

    pub fn status(&self) -> Status {
        self.picker.status()
    }

    pub fn names_sent(&self) -> Vec<&str> {
        self.sent.iter().map(|check| check.name.as_str()).collect()
    }
}
