//! What outlives the way to the sign-in page and back, which loads the app anew: where one was, and whose flow it was.
//!
//! Only the same account goes on with it. It is a text, so that a tab's storage can hold it; a text that makes no sense is
//! nothing kept.

use super::machine::{Effects, Rename, Resume};
use super::{Effect, Holder, Kind, Place, Step, kind_of};
use crate::domain::time::Timestamp;
use crate::domain::user::UserId;
use crate::domain::username::Username;

/// A flow that was interrupted by the end of the session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    id: UserId,
    from: Username,
    resume: Resume,
    /// A change was sent whose outcome is not known.
    was_sent: bool,
    chosen: Option<Username>,
    draft: String,
}

impl Kept {
    /// Reads what [`Kept::to_text`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = text.splitn(6, '\n');
        let id = UserId(lines.next()?.parse().ok()?);
        let from = Username::parse(lines.next()?).ok()?;
        let resume = match lines.next()? {
            "now" => Resume::Now,
            "choosing" => Resume::Choosing,
            "reviewing" => Resume::Reviewing,
            _ => return None,
        };
        let was_sent = lines.next()? == "sent";
        let chosen = lines.next()?;
        let chosen = if chosen.is_empty() {
            None
        } else {
            Some(Username::parse(chosen).ok()?)
        };
        let draft = lines.next()?.to_owned();
        Some(Self {
            id,
            from,
            resume,
            was_sent,
            chosen,
            draft,
        })
    }

    /// Writes it down.
    pub fn to_text(&self) -> String {
        let resume = match self.resume {
            Resume::Now => "now",
            Resume::Choosing => "choosing",
            Resume::Reviewing => "reviewing",
        };
        let sent = if self.was_sent { "sent" } else { "" };
        let chosen = self
            .chosen
            .as_ref()
            .map(Username::as_str)
            .unwrap_or_default();
        format!(
            "{}\n{}\n{resume}\n{sent}\n{chosen}\n{}",
            self.id.0, self.from, self.draft
        )
    }
}

impl Rename {
    /// What is to be kept while somebody signs in again; nothing where there is nothing to go on with.
    pub fn keep(&self) -> Option<Kept> {
        (self.step == Step::SignedOut).then(|| Kept {
            id: self.holder.id,
            from: self
                .attempt
                .as_ref()
                .map_or(&self.holder.username, |attempt| &attempt.from)
                .clone(),
            resume: self.resume,
            was_sent: self.attempt.is_some(),
            chosen: self.chosen.clone(),
            draft: self.draft.clone(),
        })
    }

    /// Whether a change was sent whose outcome is not known yet.
    pub fn was_sent(&self) -> bool {
        self.attempt.is_some()
    }

    /// Goes on with a kept flow, now that `holder` has signed in, at the address `place`. An address of another step than the
    /// kept one wins: the person went there on their own.
    pub fn resumed(kept: Kept, holder: Holder, place: &Place, now: Timestamp) -> (Self, Effects) {
        let mut it = Self::new(holder);
        let to_now = || {
            vec![Effect::Go {
                place: Place::Now,
                replace: true,
            }]
        };
        let fits = matches!(
            (place, kept.resume),
            (Place::Now, Resume::Now)
                | (Place::Choose { .. }, Resume::Choosing)
                | (Place::Review { .. }, Resume::Reviewing)
        );
        if kept.id != it.holder.id {
            let is_idle = kept.resume == Resume::Now;
            it.step = if is_idle {
                Step::Now
            } else {
                Step::SomebodyElse
            };
            return (it, to_now());
        }
        if kept.from != it.holder.username {
            let done = kept.was_sent && kept.chosen.as_ref() == Some(&it.holder.username);
            it.step = if done {
                let former = Holder {
                    username: kept.from.clone(),
                    ..it.holder.clone()
                };
                let to = it.holder.username.clone();
                // Of the former state only the name is known: a change that can be taken back was no take-back.
                let kind = match kind_of(&former, &to, now) {
                    Kind::Rename if has_nothing_to_take_back(&it.holder) => Kind::TakeBack,
                    kind => kind,
                };
                Step::Done {
                    from: kept.from,
                    to,
                    kind,
                }
            } else if kept.resume == Resume::Now {
                Step::Now
            } else {
                Step::RenamedElsewhere { refusal: None }
            };
            return (it, to_now());
        }
        if !fits {
            let out = it.visit(place.clone());
            return (it, out);
        }
        it.draft = kept.draft;
        it.chosen = kept.chosen;
        it.step = match (kept.resume, it.chosen.clone()) {
            (Resume::Reviewing, Some(to)) => Step::Reviewing { to },
            (Resume::Reviewing | Resume::Choosing, _) => Step::Choosing { refusal: None },
            (Resume::Now, _) => Step::Now,
        };
        (it, Vec::new())
    }
}

fn has_nothing_to_take_back(holder: &Holder) -> bool {
    holder
        .change
        .as_ref()
        .is_some_and(|change| change.previous.is_none())
}

#[cfg(test)]
mod tests {
    use super::super::harness::{FERRIS, Harness, START, holder, name, renamed_lately};
    use super::super::{MeAnswer, SaveAnswer};
    use super::*;
    use proptest::prelude::*;

    fn signed_out_at_the_dialog() -> Kept {
        let mut harness = Harness::new(holder("ferris"));
        harness.up_to_the_dialog("crab");
        harness.act(|it, _| it.session_changed(None));
        harness.it.keep().expect("there is something to keep")
    }

    fn resume(kept: Kept, username: &str, place: Place) -> (Step, Rename) {
        let (it, _) = Rename::resumed(kept, holder(username), &place, START);
        (it.step().clone(), it)
    }

    #[test]
    fn the_same_account_goes_on_at_the_review_and_sends_nothing() {
        let (step, mut it) = resume(
            signed_out_at_the_dialog(),
            "ferris",
            Harness::review_place("crab"),
        );
        assert_eq!(step, Step::Reviewing { to: name("crab") });
        assert_eq!(it.visit(Harness::review_place("crab")), []);
        assert_eq!(it.step(), &Step::Reviewing { to: name("crab") });
    }

    #[test]
    fn another_account_sees_nothing_of_it() {
        let somebody = Holder {
            id: UserId(FERRIS.0 + 1),
            ..holder("other")
        };
        let (it, out) = Rename::resumed(
            signed_out_at_the_dialog(),
            somebody,
            &Harness::review_place("crab"),
            START,
        );
        assert_eq!(it.step(), &Step::SomebodyElse);
        assert_eq!(it.draft(), "");
        assert_eq!(
            out,
            [Effect::Go {
                place: Place::Now,
                replace: true
            }]
        );
    }

    #[test]
    fn an_address_gone_to_meanwhile_wins() {
        let (step, _) = resume(signed_out_at_the_dialog(), "ferris", Place::Now);
        assert_eq!(step, Step::Now);
    }

    #[test]
    fn a_change_that_was_made_after_all_is_said() {
        let mut harness = Harness::new(holder("ferris"));
        harness.send("crab");
        harness.answer(SaveAnswer::Lost);
        harness.me(MeAnswer::SignedOut);
        let kept = harness.it.keep().expect("kept");
        let place = Harness::review_place("crab");
        let (step, _) = resume(kept.clone(), "crab", place.clone());
        assert_eq!(
            step,
            Step::Done {
                from: name("ferris"),
                to: name("crab"),
                kind: Kind::Rename
            }
        );
        let now_has_previous = renamed_lately("crab", "ferris", START, 1);
        let (it, _) = Rename::resumed(kept.clone(), now_has_previous, &place, START);
        assert!(matches!(
            it.step(),
            Step::Done {
                kind: Kind::Rename,
                ..
            }
        ));
        let (step, _) = resume(kept, "ferris", place);
        assert_eq!(step, Step::Reviewing { to: name("crab") });
    }

    #[test]
    fn a_change_made_elsewhere_ends_it() {
        let (step, _) = resume(
            signed_out_at_the_dialog(),
            "third",
            Harness::review_place("crab"),
        );
        assert_eq!(step, Step::RenamedElsewhere { refusal: None });
    }

    #[test]
    fn only_an_interrupted_flow_is_kept() {
        let mut harness = Harness::new(holder("ferris"));
        harness.up_to_the_dialog("crab");
        assert_eq!(harness.it.keep(), None);
    }

    proptest! {
        #[test]
        fn what_was_written_is_read_back(draft in "[^\u{0}]{0,60}", at in 0..3usize, was_sent: bool, chosen: bool) {
            let kept = Kept {
                id: FERRIS,
                from: name("ferris"),
                resume: [Resume::Now, Resume::Choosing, Resume::Reviewing][at],
                was_sent,
                chosen: chosen.then(|| name("crab")),
                draft,
            };
            prop_assert_eq!(Kept::parse(&kept.to_text()), Some(kept));
        }

        #[test]
        fn a_text_that_makes_no_sense_is_nothing(text in any::<String>()) {
            // Must not panic; a text drawn at random is never a kept flow.
            prop_assert_eq!(Kept::parse(&text), None);
        }
    }
}
