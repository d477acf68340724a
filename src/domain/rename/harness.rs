//! A driver for tests: carries out effects the way the real one does, with the server under the test's hand.

use super::*;
use crate::domain::user::PreviousUsername;

pub(super) struct Harness {
    pub it: Rename,
    pub now: Timestamp,
    /// The change that was sent and not answered yet.
    pub saving: Option<Save>,
    /// Every change ever sent.
    pub saves: Vec<Save>,
    pub reading: Option<Ticket>,
    pub timer: Option<(Ticket, u32)>,
    pub places: Vec<(Place, bool)>,
    pub announced: usize,
    pub asked_why: Vec<Username>,
}

pub(super) fn name(text: &str) -> Username {
    Username::parse(text).unwrap()
}

pub(super) const FERRIS: UserId = UserId(7);

pub(super) fn holder(username: &str) -> Holder {
    Holder {
        id: FERRIS,
        username: name(username),
        change: None,
    }
}

/// Somebody who may take back `previous` for so many milliseconds more.
pub(super) fn renamed_lately(
    username: &str,
    previous: &str,
    now: Timestamp,
    left_ms: i64,
) -> Holder {
    let previous = PreviousUsername {
        username: name(previous),
        reclaimable_until: Some(now.plus_millis(left_ms)),
    };
    let change = UsernameChange {
        available_at: Some(now.plus_millis(left_ms)),
        previous: Some(previous),
    };
    Holder {
        change: Some(change),
        ..holder(username)
    }
}

pub(super) const START: Timestamp = Timestamp::from_millis(1_800_000_000_000);

impl Harness {
    pub fn new(holder: Holder) -> Self {
        Self {
            it: Rename::new(holder),
            now: START,
            saving: None,
            saves: Vec::new(),
            reading: None,
            timer: None,
            places: Vec::new(),
            announced: 0,
            asked_why: Vec::new(),
        }
    }

    /// Gives an input and carries out what is asked for; addresses arrive at once, as the router brings them.
    pub fn act(&mut self, input: impl FnOnce(&mut Rename, Timestamp) -> Vec<Effect>) {
        let effects = input(&mut self.it, self.now);
        let after = self.it.step().clone();
        let moves = effects
            .iter()
            .filter(|effect| matches!(effect, Effect::Go { .. }))
            .count();
        for effect in effects {
            match effect {
                Effect::Save(save) => {
                    assert_eq!(self.saving, None, "one change at a time");
                    self.saves.push(save.clone());
                    self.saving = Some(save);
                }
                Effect::ReadMe(ticket) => self.reading = Some(ticket),
                Effect::StartTimer { ticket, after_ms } => self.timer = Some((ticket, after_ms)),
                Effect::Go { place, replace } => {
                    self.places.push((place.clone(), replace));
                    assert_eq!(self.it.visit(place), [], "arriving leads nowhere else");
                }
                Effect::AskWhy { name, .. } => self.asked_why.push(name),
                Effect::Announce => self.announced += 1,
            }
        }
        if moves > 0 {
            assert_eq!(
                *self.it.step(),
                after,
                "arriving where the flow went changes nothing"
            );
        }
    }

    pub fn visit(&mut self, place: Place) {
        self.act(|it, _| it.visit(place));
    }

    pub fn choose_place(name: &str) -> Place {
        Place::Choose {
            name: Some(name.to_owned()),
        }
    }

    pub fn review_place(to: &str) -> Place {
        Place::Review {
            to: Some(to.to_owned()),
        }
    }

    /// Chooses a name and goes as far as the open dialog.
    pub fn up_to_the_dialog(&mut self, to: &str) {
        self.visit(Place::Choose { name: None });
        self.act(|it, _| it.choose(name(to)));
        let now = self.now;
        self.it.ask_confirmation(Stake::NoCrates, now);
        assert!(matches!(self.it.step(), Step::Confirming { .. }));
    }

    pub fn confirm(&mut self) {
        self.act(Rename::confirm);
    }

    pub fn send(&mut self, to: &str) {
        self.up_to_the_dialog(to);
        self.confirm();
        assert_eq!(*self.it.step(), Step::Saving { to: name(to) });
    }

    pub fn answer(&mut self, answer: SaveAnswer) {
        let save = self.saving.take().expect("a change was sent");
        self.act(|it, _| it.save_answered(save.ticket, answer));
    }

    pub fn me(&mut self, answer: MeAnswer) {
        let ticket = self.reading.take().expect("`me` was asked for");
        self.act(|it, _| it.me_answered(ticket, answer));
    }

    pub fn me_is(&mut self, username: &str) {
        self.me(MeAnswer::Holder(holder(username)));
    }

    pub fn fire(&mut self) -> u32 {
        let (ticket, after_ms) = self.timer.take().expect("a timer runs");
        self.act(|it, _| it.fired(ticket));
        after_ms
    }

    pub fn step(&self) -> &Step {
        self.it.step()
    }
}
