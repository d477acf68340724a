//! Adding an owner: from what was typed, over who that is, to what became of the invitation, as a state machine.
//!
//! Text, answers and presses go in; a list of [`Effect`]s comes out, and [`Addition::stage`] says what is to be shown. The
//! driver carries the effects out and decides nothing. An invitation reaches a person and cannot be taken back, so nobody is
//! chosen by the machine: a press names the account, it is looked up once more, and a lost answer is read back instead of
//! being sent again.

mod facts;
mod machine;
mod refusal;
mod seen;
mod text;

#[cfg(test)]
mod interleavings;
#[cfg(test)]
mod tests;

pub use facts::{Facts, Standing, facts, look_alikes, standing};
pub use machine::Addition;
pub use refusal::Refusal;
pub use seen::{Reading, Seen};
pub use text::{understood, unreadable};

use super::owner::{GitHubLogin, OwnerError, OwnerSpecification};
use super::time::Timestamp;
use super::user::{Profile, User};
use super::username::Username;

/// Pause after the last key before anybody is looked up.
pub const PAUSE_MS: u32 = 450;

/// Names one question or write, so that its answer can be told from a late answer to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(u64);

/// Who is to be added. Only a press makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The person whose card was shown.
    Account(Box<Profile>),
    /// Whoever this GitHub account is linked to: this server cannot tell who that is.
    Unseen(GitHubLogin),
    /// A team.
    Team {
        /// The GitHub organization's login.
        organization: String,
        /// The team's full name, as it is sent.
        full_name: String,
    },
}

impl Choice {
    /// Whether it is a team: teams are added at once, people are invited.
    pub fn is_team(&self) -> bool {
        matches!(self, Self::Team { .. })
    }

    /// What it is called in sentences.
    pub fn called(&self) -> String {
        match self {
            Self::Account(profile) => profile.user.username.to_string(),
            Self::Unseen(login) => format!("the GitHub account {login}"),
            Self::Team { full_name, .. } => format!("the team {full_name}"),
        }
    }

    /// How the server is told, given whether it knows qualified names. `None`: it cannot be told on this server.
    pub fn sent_as(&self, qualified: bool) -> Option<String> {
        match self {
            Self::Account(profile) => profile.owner_name(),
            Self::Unseen(login) if qualified => {
                Some(OwnerSpecification::GitHub(login.clone()).to_string())
            }
            Self::Unseen(login) => Some(login.to_string()),
            Self::Team { full_name, .. } => Some(full_name.clone()),
        }
    }
}

/// Why something could not be asked. Never shown as an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// No connection, no answer in time, or trouble at the server: it may pass.
    Passing,
    /// Asked too often, maybe with the moment from which on it may be asked again.
    Throttled(Option<Timestamp>),
    /// Nobody is signed in any more.
    SignedOut,
    /// Nothing can be changed at present.
    ReadOnly,
    /// Refused, in these words.
    Refused(String),
}

/// What came of the write itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    /// The server says that it is done, in these words.
    Accepted(String),
    /// It refused: nothing was changed.
    Refused(Failure),
    /// The answer was lost: it may be done all the same.
    Lost,
}

/// What is said of the last attempt, until something else is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// Invited; not an owner before they accept.
    Invited {
        /// Who.
        who: String,
        /// Until when they can accept.
        until: Option<Timestamp>,
    },
    /// The team owns the crate from now on, or the person accepted meanwhile.
    Owner {
        /// Who.
        who: String,
    },
    /// Somebody else than the chosen person has a new invitation.
    SomebodyElse {
        /// Who was chosen.
        chosen: String,
        /// Who was invited.
        invited: Box<User>,
    },
    /// The server says it is done; what the invitations say could not be read, or is nothing.
    AsTheServerSays {
        /// Who was chosen.
        who: String,
        /// The server's words.
        words: String,
    },
    /// Nothing was sent: the account is not what it was when its card was shown.
    Changed {
        /// Who was chosen.
        who: String,
    },
    /// Nothing was sent: the account could not be looked up once more.
    NotChecked(Failure),
    /// Nothing was sent: this server cannot be told who is meant.
    NoName {
        /// Who was chosen.
        who: String,
    },
    /// The server refused: nothing was changed.
    Refused {
        /// Who was chosen.
        who: String,
        /// Why.
        why: Failure,
    },
    /// The answer was lost, and so far nothing has changed.
    NotSoFar {
        /// Who was chosen.
        who: String,
    },
    /// The answer was lost, and the truth could not be read. Looking again is offered.
    Unknown {
        /// Who was chosen.
        who: String,
    },
}

/// What is to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Nothing is typed.
    Empty,
    /// The text names nobody.
    Unreadable(OwnerError),
    /// Understood; the pause after the last key.
    Waiting(OwnerSpecification),
    /// The account is being looked up.
    Looking(OwnerSpecification),
    /// Looked up: this is there to choose from.
    Ready(OwnerSpecification, Seen),
    /// It could not be looked up.
    Failed(OwnerSpecification, Failure),
    /// The chosen account is looked up once more.
    Checking(OwnerSpecification, Seen, Choice),
    /// It is being sent.
    Sending(OwnerSpecification, Seen, Choice),
    /// What became of it is being read.
    ReadingBack(OwnerSpecification, Seen, Choice, Sent),
}

/// What the driver must do, in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Drop the question in flight, and the pause. Never a write.
    Drop,
    /// Call [`Addition::paused`] after [`PAUSE_MS`].
    Pause(Ticket),
    /// Look up who that is, and hand it to [`Addition::seen`].
    LookUp(Ticket, OwnerSpecification),
    /// Look this user up afresh, and hand it to [`Addition::checked`].
    Check(Ticket, Username),
    /// Send it, once, and hand what came of it to [`Addition::sent`].
    Send(Ticket, Choice),
    /// Read what became of it, and hand it to [`Addition::read_back`].
    ReadBack(Ticket, Choice),
    /// Put the focus into the field.
    FocusField,
    /// Put the focus on what is said.
    FocusSaid,
    /// Owners or invitations have changed.
    Changed,
}
