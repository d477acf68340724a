//! The machine itself: what each input does, and what the driver then has to do.
//!
//! One question or write is in flight at most, and an answer counts only by its ticket. While something is being sent the
//! text stays as it is: what is said of it is about that text.

use super::{Choice, Effect, Facts, Failure, Said, Seen, Sent, Stage, Ticket};
use crate::domain::owner::{OwnerError, OwnerSpecification};
use crate::domain::user::Profile;

/// An owner being added: the text in the field, and how far it has come.
#[derive(Clone, Debug)]
pub struct Addition {
    text: String,
    stage: Stage,
    said: Option<Said>,
    /// What became of this is not known; it can be looked at again.
    open_end: Option<Choice>,
    serial: u64,
}

type Effects = Vec<Effect>;

impl Default for Addition {
    fn default() -> Self {
        Self::new()
    }
}

impl Addition {
    /// An empty one.
    pub const fn new() -> Self {
        Self {
            text: String::new(),
            stage: Stage::Empty,
            said: None,
            open_end: None,
            serial: 0,
        }
    }

    /// What the field is to hold.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What is to be shown.
    pub fn stage(&self) -> &Stage {
        &self.stage
    }

    /// What is to be said of the last attempt.
    pub fn said(&self) -> Option<&Said> {
        self.said.as_ref()
    }

    /// Whether something is on its way that typing must not change.
    pub fn is_sending(&self) -> bool {
        matches!(self.stage, Stage::Sending(..) | Stage::ReadingBack(..))
    }

    /// Whether something was chosen and is not over.
    pub fn is_busy(&self) -> bool {
        self.is_sending() || matches!(self.stage, Stage::Checking(..))
    }

    /// The text was changed.
    pub fn edit(&mut self, text: &str) -> Effects {
        if self.is_sending() || text == self.text {
            return Vec::new();
        }
        self.text = text.to_owned();
        self.said = None;
        self.open_end = None;
        let mut out = vec![Effect::Drop];
        let pause = self.ticket();
        self.stage = match OwnerSpecification::parse(text) {
            Ok(team) if team.is_team() => Stage::Ready(team, Seen::Team),
            Ok(owner) => {
                out.push(Effect::Pause(pause));
                Stage::Waiting(owner)
            }
            Err(OwnerError::Empty) => Stage::Empty,
            Err(error) => Stage::Unreadable(error),
        };
        out
    }

    /// The pause after the last key is over.
    pub fn paused(&mut self, ticket: Ticket) -> Effects {
        match &self.stage {
            Stage::Waiting(owner) if self.is_current(ticket) => self.look_up(owner.clone()),
            _ => Vec::new(),
        }
    }

    /// The form was submitted: the pause is cut short, or a failed look-up tried again. Nobody is invited by this.
    pub fn submit(&mut self) -> Effects {
        match &self.stage {
            Stage::Waiting(owner) | Stage::Failed(owner, _) => self.look_up(owner.clone()),
            Stage::Empty | Stage::Unreadable(_) => vec![Effect::FocusField],
            _ => Vec::new(),
        }
    }

    /// The look-up is over.
    pub fn seen(&mut self, ticket: Ticket, answer: Result<Seen, Failure>) -> Effects {
        if let Stage::Looking(owner) = &self.stage
            && self.is_current(ticket)
        {
            let owner = owner.clone();
            self.stage = match answer {
                Ok(seen) => Stage::Ready(owner, seen),
                Err(failure) => Stage::Failed(owner, failure),
            };
        }
        Vec::new()
    }

    /// Somebody was chosen, of those that are shown.
    pub fn choose(&mut self, choice: Choice) -> Effects {
        let Stage::Ready(owner, seen) = &self.stage else {
            return Vec::new();
        };
        if !is_offered(owner, seen, &choice) {
            return Vec::new();
        }
        let (owner, seen) = (owner.clone(), seen.clone());
        self.said = None;
        self.open_end = None;
        let ticket = self.ticket();
        match &choice {
            Choice::Account(profile) => {
                let username = profile.user.username.clone();
                self.stage = Stage::Checking(owner, seen, choice);
                vec![Effect::Drop, Effect::Check(ticket, username)]
            }
            Choice::Unseen(_) | Choice::Team { .. } => {
                self.stage = Stage::Sending(owner, seen, choice.clone());
                vec![Effect::Drop, Effect::Send(ticket, choice)]
            }
        }
    }

    /// The chosen account was looked up once more; `None`: nobody has its name by now.
    pub fn checked(&mut self, ticket: Ticket, answer: Result<Option<Profile>, Failure>) -> Effects {
        let Stage::Checking(owner, seen, choice) = &self.stage else {
            return Vec::new();
        };
        if !self.is_current(ticket) {
            return Vec::new();
        }
        let (owner, seen, choice) = (owner.clone(), seen.clone(), choice.clone());
        match (answer, &choice) {
            (Ok(Some(now)), Choice::Account(shown)) if is_the_same(&now, shown) => {
                let ticket = self.ticket();
                self.stage = Stage::Sending(owner, seen, choice.clone());
                vec![Effect::Send(ticket, choice)]
            }
            (Ok(_), choice) => {
                self.said = Some(Said::Changed {
                    who: choice.called(),
                });
                let mut out = self.look_up(owner);
                out.push(Effect::FocusSaid);
                out
            }
            (Err(failure), _) => {
                self.said = Some(Said::NotChecked(failure));
                self.stage = Stage::Ready(owner, seen);
                vec![Effect::FocusSaid]
            }
        }
    }

    /// This server cannot be told who is meant: nothing was sent.
    pub fn cannot_name(&mut self, ticket: Ticket) -> Effects {
        self.end_sending(ticket, |who| Said::NoName { who })
    }

    /// The write is over.
    pub fn sent(&mut self, ticket: Ticket, sent: Sent) -> Effects {
        if let Sent::Refused(why) = sent {
            return self.end_sending(ticket, |who| Said::Refused { who, why });
        }
        let Stage::Sending(owner, seen, choice) = &self.stage else {
            return Vec::new();
        };
        if !self.is_current(ticket) {
            return Vec::new();
        }
        let (owner, seen, choice) = (owner.clone(), seen.clone(), choice.clone());
        let ticket = self.ticket();
        self.stage = Stage::ReadingBack(owner, seen, choice.clone(), sent);
        vec![Effect::ReadBack(ticket, choice)]
    }

    /// What became of the write was read; `None`: it could not be.
    pub fn read_back(&mut self, ticket: Ticket, facts: Option<Facts>) -> Effects {
        let Stage::ReadingBack(owner, seen, choice, sent) = &self.stage else {
            return Vec::new();
        };
        if !self.is_current(ticket) {
            return Vec::new();
        }
        let (owner, seen, choice, sent) =
            (owner.clone(), seen.clone(), choice.clone(), sent.clone());
        let who = choice.called();
        let (said, is_done) = match (facts, sent) {
            (Some(Facts::Invited { until, who: found }), _) => {
                let who = found.map_or(who, |found| found.to_string());
                (Said::Invited { who, until }, true)
            }
            (Some(Facts::Owner), _) => (Said::Owner { who }, true),
            (Some(Facts::SomebodyElse(invited)), Sent::Accepted(_)) => {
                let chosen = who;
                (Said::SomebodyElse { chosen, invited }, true)
            }
            (_, Sent::Accepted(words)) => (Said::AsTheServerSays { who, words }, true),
            (Some(_), _) => (Said::NotSoFar { who }, false),
            (None, _) => {
                self.open_end = Some(choice);
                (Said::Unknown { who }, false)
            }
        };
        self.said = Some(said);
        if is_done {
            self.text.clear();
            self.stage = Stage::Empty;
            vec![Effect::Changed, Effect::FocusSaid]
        } else {
            self.stage = Stage::Ready(owner, seen);
            vec![Effect::FocusSaid]
        }
    }

    /// "Look again" was pressed after an end that is not known.
    pub fn look_again(&mut self) -> Effects {
        let (Stage::Ready(owner, seen), Some(choice)) = (&self.stage, self.open_end.take()) else {
            return Vec::new();
        };
        let (owner, seen) = (owner.clone(), seen.clone());
        let ticket = self.ticket();
        self.stage = Stage::ReadingBack(owner, seen, choice.clone(), Sent::Lost);
        vec![Effect::ReadBack(ticket, choice)]
    }

    fn look_up(&mut self, owner: OwnerSpecification) -> Effects {
        let ticket = self.ticket();
        self.stage = Stage::Looking(owner.clone());
        vec![Effect::Drop, Effect::LookUp(ticket, owner)]
    }

    fn end_sending(&mut self, ticket: Ticket, said: impl FnOnce(String) -> Said) -> Effects {
        let Stage::Sending(owner, seen, choice) = &self.stage else {
            return Vec::new();
        };
        if !self.is_current(ticket) {
            return Vec::new();
        }
        self.said = Some(said(choice.called()));
        self.stage = Stage::Ready(owner.clone(), seen.clone());
        vec![Effect::FocusSaid]
    }

    fn ticket(&mut self) -> Ticket {
        self.serial = self.serial.wrapping_add(1);
        Ticket(self.serial)
    }

    fn is_current(&self, ticket: Ticket) -> bool {
        ticket == Ticket(self.serial)
    }
}

/// Whether this is among what is shown to choose from.
fn is_offered(owner: &OwnerSpecification, seen: &Seen, choice: &Choice) -> bool {
    use super::Reading;
    match choice {
        Choice::Account(profile) => seen
            .accounts()
            .iter()
            .any(|shown| *shown == profile.as_ref()),
        Choice::Unseen(login) => match (owner, seen) {
            (
                OwnerSpecification::Unqualified(name),
                Seen::Two {
                    github: Reading::CannotTell,
                    ..
                },
            ) => name.as_str() == login.as_str(),
            (_, Seen::CannotTell(asked)) => asked == login,
            _ => false,
        },
        Choice::Team { full_name, .. } => *seen == Seen::Team && owner.to_string() == *full_name,
    }
}

/// Whether an account is still what its card showed: the same person, under the same names.
fn is_the_same(now: &Profile, shown: &Profile) -> bool {
    now.user.id == shown.user.id
        && now.user.username == shown.user.username
        && now.linked_accounts == shown.linked_accounts
        && now.owner_name() == shown.owner_name()
}
