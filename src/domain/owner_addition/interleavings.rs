//! Any order of keys, answers, late answers, presses and losses: what is shown is about the present text, a write needs a
//! press, and none is sent twice.

use super::tests::profile;
use super::*;
use proptest::prelude::*;

const TEXTS: [&str; 5] = [
    "ferris",
    "crates.io:robin",
    "github:rust-lang:core",
    "-",
    "",
];

#[derive(Clone, Debug)]
enum Step {
    Type(usize),
    Pause,
    Submit,
    Answer(bool),
    Choose,
    Stale(usize),
    LookAgain,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (0..TEXTS.len()).prop_map(Step::Type),
        Just(Step::Pause),
        Just(Step::Submit),
        any::<bool>().prop_map(Step::Answer),
        any::<bool>().prop_map(Step::Answer),
        Just(Step::Choose),
        any::<usize>().prop_map(Step::Stale),
        Just(Step::LookAgain),
    ]
}

/// A driver that keeps what it was asked to do.
#[derive(Default)]
struct Hands {
    it: Addition,
    pause: Option<Ticket>,
    question: Option<Effect>,
    gone: Vec<Ticket>,
    presses: usize,
    writes: usize,
}

impl Hands {
    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Drop => {
                    self.gone.extend(self.pause.take());
                    let dropped = self.question.take();
                    if let Some(dropped) = dropped {
                        assert!(
                            !matches!(dropped, Effect::Send(..)),
                            "a write is never dropped"
                        );
                        self.gone.push(ticket(&dropped));
                    }
                }
                Effect::Pause(ticket) => self.pause = Some(ticket),
                Effect::Send(..) => {
                    self.writes += 1;
                    self.ask(effect);
                }
                Effect::LookUp(..) | Effect::Check(..) | Effect::ReadBack(..) => self.ask(effect),
                Effect::FocusField | Effect::FocusSaid | Effect::Changed => {}
            }
        }
    }

    fn ask(&mut self, effect: Effect) {
        assert_eq!(self.question, None, "one at a time");
        self.question = Some(effect);
    }

    fn answer(&mut self, well: bool) {
        let Some(question) = self.question.take() else {
            return;
        };
        let ticket = ticket(&question);
        self.gone.push(ticket);
        let effects = self.reply(ticket, &question, well);
        self.carry_out(effects);
    }

    fn reply(&mut self, ticket: Ticket, question: &Effect, well: bool) -> Vec<Effect> {
        let ferris = profile(1, "ferris", Some("ferris"));
        match question {
            Effect::LookUp(..) if well => self.it.seen(ticket, Ok(Seen::One(Box::new(ferris)))),
            Effect::LookUp(..) => self.it.seen(ticket, Err(Failure::Passing)),
            Effect::Check(..) => self.it.checked(ticket, Ok(well.then_some(ferris))),
            Effect::Send(..) if well => self.it.sent(ticket, Sent::Accepted(String::new())),
            Effect::Send(..) => self.it.sent(ticket, Sent::Lost),
            Effect::ReadBack(..) => self.it.read_back(ticket, well.then_some(Facts::Nothing)),
            _ => Vec::new(),
        }
    }

    fn take(&mut self, step: &Step) {
        match step {
            Step::Type(text) => {
                let effects = self.it.edit(TEXTS[*text]);
                self.carry_out(effects);
            }
            Step::Pause => {
                if let Some(pause) = self.pause.take() {
                    let effects = self.it.paused(pause);
                    self.carry_out(effects);
                }
            }
            Step::Submit => {
                let effects = self.it.submit();
                self.carry_out(effects);
            }
            Step::Answer(well) => self.answer(*well),
            Step::Choose => {
                let choice = match self.it.stage() {
                    Stage::Ready(_, Seen::One(profile)) => Choice::Account(profile.clone()),
                    _ => Choice::Team {
                        organization: "rust-lang".into(),
                        full_name: TEXTS[2].into(),
                    },
                };
                let effects = self.it.choose(choice);
                self.presses += usize::from(!effects.is_empty());
                self.carry_out(effects);
            }
            Step::Stale(index) if !self.gone.is_empty() => {
                let ticket = self.gone[index % self.gone.len()];
                let before = (self.it.stage().clone(), self.it.said().cloned());
                let late = [
                    self.it.seen(ticket, Ok(Seen::Nobody)),
                    self.it.checked(ticket, Ok(None)),
                    self.it.sent(ticket, Sent::Lost),
                    self.it.read_back(ticket, Some(Facts::Owner)),
                    self.it.paused(ticket),
                ];
                assert!(
                    late.iter().all(Vec::is_empty),
                    "a late answer asks for nothing"
                );
                assert_eq!(before, (self.it.stage().clone(), self.it.said().cloned()));
            }
            Step::Stale(_) => {}
            Step::LookAgain => {
                let effects = self.it.look_again();
                self.carry_out(effects);
            }
        }
    }

    fn shows_nothing_untrue(&self) {
        let read = OwnerSpecification::parse(self.it.text());
        match self.it.stage() {
            Stage::Empty => assert_eq!(read, Err(OwnerError::Empty)),
            Stage::Unreadable(error) => assert_eq!(read.as_ref(), Err(error)),
            Stage::Waiting(owner)
            | Stage::Looking(owner)
            | Stage::Ready(owner, _)
            | Stage::Failed(owner, _)
            | Stage::Checking(owner, ..)
            | Stage::Sending(owner, ..)
            | Stage::ReadingBack(owner, ..) => assert_eq!(read.as_ref(), Ok(owner)),
        }
        let waits = matches!(
            self.it.stage(),
            Stage::Looking(_) | Stage::Checking(..) | Stage::Sending(..) | Stage::ReadingBack(..)
        );
        assert_eq!(waits, self.question.is_some(), "{:?}", self.it.stage());
        assert!(self.writes <= self.presses, "one write for a press at most");
    }
}

fn ticket(effect: &Effect) -> Ticket {
    match effect {
        Effect::Pause(ticket)
        | Effect::LookUp(ticket, _)
        | Effect::Check(ticket, _)
        | Effect::Send(ticket, _)
        | Effect::ReadBack(ticket, _) => *ticket,
        other => panic!("{other:?} has no ticket"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5_000))]

    #[test]
    fn any_interleaving_shows_what_is_true_and_sends_what_was_pressed(
        steps in proptest::collection::vec(step(), 0..60),
    ) {
        let mut hands = Hands::default();
        for step in &steps {
            hands.take(step);
            hands.shows_nothing_untrue();
        }
        // Everything is answered: it comes to rest.
        for _ in 0..10 {
            hands.answer(true);
            hands.shows_nothing_untrue();
        }
        prop_assert_eq!(hands.question, None);
    }
}
