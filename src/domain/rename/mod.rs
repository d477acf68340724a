//! Changing one's username: the whole flow as one state machine, and what a change would bring, as data.
//!
//! A rename is hard to undo and others trust names, so it is foreseen, confirmed, sent once, and believed only when the
//! server's `me` has been read back (contract, "Rename"). Whether a name can be had is the picker's business
//! (`availability`); this must not know how a screen looks, nor ever send anything because of an address, a timer, an
//! answer or another tab.

mod foresight;
mod kept;
mod machine;
mod outcome;
pub mod text;

#[cfg(test)]
mod harness;
#[cfg(test)]
mod interleavings;
#[cfg(test)]
mod tests;

pub use foresight::{
    Allowed, BadgeChange, Change, Foresight, OldName, Stays, TakeBack, foresee_change, kind_of,
    next_change, take_back,
};
pub use kept::Kept;
pub use machine::Rename;

use super::time::Timestamp;
use super::user::{UserId, UsernameChange, Viewer};
use super::username::Username;

/// Days between two changes, and days for which a name given up is held (contract, "Rules a server of ours enforces").
pub const DAYS: i64 = 30;

/// Waits between readings of `me` after the answer to a save was lost. Together a minute: no server works longer on one
/// request, so what has not happened by then will not.
const READ_AGAIN_AFTER_MS: [u32; 5] = [2_000, 4_000, 8_000, 16_000, 30_000];

/// The person whose name it is, as `me` last told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Who.
    pub id: UserId,
    /// Their username now.
    pub username: Username,
    /// When they may change it and what they may take back; `None`: the server does not say.
    pub change: Option<UsernameChange>,
}

impl From<&Viewer> for Holder {
    fn from(viewer: &Viewer) -> Self {
        Self {
            id: viewer.id,
            username: viewer.username.clone(),
            change: viewer.username_change.clone(),
        }
    }
}

/// What sort of change it is; each has its own rules and its own page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Another name.
    Rename,
    /// The same name with other capitals or separators: always allowed, leaves the limit alone, holds nothing.
    Spelling,
    /// The name given up last: allowed once, even inside the 30 days.
    TakeBack,
}

/// The steps that have addresses. `route` spells them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// `/settings/username`
    Now,
    /// `…/choose?name=`
    Choose {
        /// What the field holds.
        name: Option<String>,
    },
    /// `…/review?to=`
    Review {
        /// The name to be reviewed.
        to: Option<String>,
    },
}

/// Where the flow is: what the page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The username as it is.
    Now,
    /// The picker, with [`Rename::draft`] in it.
    Choosing {
        /// Why the last attempt was refused.
        refusal: Option<Refusal>,
    },
    /// Old beside new.
    Reviewing {
        /// The new name.
        to: Username,
    },
    /// The dialog over the review.
    Confirming {
        /// The new name.
        to: Username,
        /// What has to be done to confirm.
        confirmation: Confirmation,
        /// What the change was when this was asked.
        kind: Kind,
    },
    /// The former name's time ended over the review. Nothing was sent.
    TooLate {
        /// The former name.
        username: Username,
        /// Since when it cannot be taken back.
        since: Timestamp,
    },
    /// The change is on its way, or its truth is being read back.
    Saving {
        /// The new name.
        to: Username,
    },
    /// The name is changed; `me` says so.
    Done {
        /// The former name.
        from: Username,
        /// The name now.
        to: Username,
        /// What sort of change it was.
        kind: Kind,
    },
    /// Nobody is signed in any more. Signing in to the same account goes on from where one was.
    SignedOut,
    /// Another account is signed in now; nothing of the former person's typing is left.
    SomebodyElse,
    /// The answer got lost; `me` is being read.
    OutcomeUnknown {
        /// The name that was sent.
        to: Username,
        /// What the readings have brought so far.
        reading: Reading,
    },
    /// The answer got lost and the change was not made: `me` said so when no server could still be working on it.
    NotChanged {
        /// The name that was sent.
        to: Username,
    },
    /// The server said yes and changed nothing: it does not support renaming yet.
    Ignored {
        /// The name that was sent.
        to: Username,
    },
    /// The username was changed meanwhile in another tab or window; [`Rename::holder`] has the name now.
    RenamedElsewhere {
        /// What the server said to the change from here, if it was sent.
        refusal: Option<Refusal>,
    },
}

/// How a change is confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Confirmation {
    /// By a press.
    Press,
    /// By typing the new name once more.
    Retype {
        /// What has been typed so far.
        typed: String,
        /// Whether it was pressed with something else typed.
        wrong: bool,
    },
}

/// What is at stake in a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stake {
    /// The person owns no crates.
    NoCrates,
    /// They own some, or it is not known.
    MaybeCrates,
}

/// Readings of `me` after a lost answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reading {
    /// None has come back yet.
    First,
    /// The last one still had the old name; the server may still be working.
    NotSoFar,
    /// The last one failed.
    Failed,
}

/// Why a change was refused, in the order in which the server checks (contract, "Rename").
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// 400 or 409: the name. Its kind comes from the picker, see [`Effect::AskWhy`].
    Name {
        /// The server's words.
        detail: Option<String>,
    },
    /// 429: changed less than 30 days ago.
    TooSoon {
        /// When it will be possible.
        until: Option<Timestamp>,
    },
    /// The registry takes no changes at the moment.
    ReadOnly,
    /// Not allowed, for a reason of which only the server's words are known.
    Other {
        /// Those words.
        detail: Option<String>,
    },
}

/// What came of sending the change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveAnswer {
    /// 200. Believed only after `me`.
    Accepted,
    /// Refused: nothing was changed.
    Refused(Refusal),
    /// Nobody is signed in.
    SignedOut,
    /// No answer, or one that leaves open whether it was done.
    Lost,
}

/// What came of reading `me`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MeAnswer {
    /// This is who is signed in.
    Holder(Holder),
    /// Nobody is.
    SignedOut,
    /// No answer.
    Failed,
}

/// Names one request, so that its answer can be told from another's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(u64);

/// The change, to be sent alone in its request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Save {
    /// To be handed back with the answer.
    pub ticket: Ticket,
    /// Whose name.
    pub id: UserId,
    /// The new name.
    pub to: Username,
}

/// What the driver must do, in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Send the change once, and hand the result to [`Rename::save_answered`].
    Save(Save),
    /// Read `me` without any cache, take it over as the session, and hand it to [`Rename::me_answered`]. A new reading
    /// replaces one in flight.
    ReadMe(Ticket),
    /// Call [`Rename::fired`] with the ticket after so long. At most one such timer runs; a new one replaces it.
    StartTimer {
        /// To be handed back.
        ticket: Ticket,
        /// Milliseconds from now.
        after_ms: u32,
    },
    /// Go to an address. Its arrival at [`Rename::visit`] changes nothing.
    Go {
        /// Where to.
        place: Place,
        /// Whether it takes the place of the present history entry.
        replace: bool,
    },
    /// Hand this refusal to the picker (`Picker::refused`), which finds out its kind.
    AskWhy {
        /// The refused name.
        name: Username,
        /// The server's words.
        detail: Option<String>,
    },
    /// Tell the other tabs that the username has changed.
    Announce,
}
