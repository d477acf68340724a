//! What a change of the username would bring, as data: what changes, what stays, what becomes of the old name, when the
//! next change is possible. Shown before anything is sent.
//!
//! The rules are the contract's ("Rules a server of ours enforces"); the server has the last word on every one of them.

use super::{DAYS, Holder, Kind};
use crate::domain::identity::{Foreseen, GitHubMatch, LinkedAccount, foresee, mismatch};
use crate::domain::time::Timestamp;
use crate::domain::username::Username;

/// Everything a change would bring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foresight {
    /// The name now.
    pub from: Username,
    /// The name to be.
    pub to: Username,
    /// What sort of change it is.
    pub kind: Kind,
    /// What changes, most important first.
    pub changes: Vec<Change>,
    /// What stays as it is.
    pub stays: Vec<Stays>,
    /// What becomes of the old name.
    pub old_name: OldName,
    /// When the next change to another name will be possible; `None`: not known.
    pub next_change: Option<Allowed>,
    /// Whether this change is possible now, as far as is known. Never a reason not to let the server decide.
    pub allowed: Option<Allowed>,
}

/// Something that changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The address of the profile. Of a mere spelling, only how it is written: every spelling finds the page.
    ProfileAddress,
    /// The name that others type in `cargo owner --add`.
    OwnerCommand,
    /// What is shown about the GitHub username.
    Badge(BadgeChange),
}

/// What becomes of the badge. The kinds say what it explains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadgeChange {
    /// Now.
    pub before: Foreseen,
    /// Afterwards.
    pub after: Foreseen,
}

/// Something that stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stays {
    /// Ownership of so many crates; `None`: how many is not known.
    Crates(Option<usize>),
    /// API tokens go on working.
    Tokens,
    /// The linked accounts.
    LinkedAccounts,
    /// The e-mail address.
    Email,
}

/// What becomes of the name that is given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OldName {
    /// It is the same name; nothing is given up.
    Kept,
    /// Its page is gone at once and leads nowhere; until then only this person can have it, and afterwards anybody.
    HeldForYou {
        /// Until when.
        until: Timestamp,
    },
    /// Its page is gone at once; until then nobody can have it, this person included, and afterwards anybody.
    HeldFromEverybody {
        /// Until when.
        until: Timestamp,
    },
}

/// Whether a change is possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allowed {
    /// Now.
    Now,
    /// Not before this moment.
    From(Timestamp),
}

/// Whether the last name can be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TakeBack {
    /// The server does not say.
    Unknown,
    /// There is none to take back: never changed, taken back already, or its time is over.
    Nothing,
    /// It can.
    Possible {
        /// The name.
        username: Username,
        /// Until when, if the server says.
        until: Option<Timestamp>,
        /// Days left, a begun one counted whole.
        days_left: Option<i64>,
    },
    /// Its time is over.
    TooLate {
        /// The name.
        username: Username,
        /// Since when.
        since: Timestamp,
    },
}

impl BadgeChange {
    /// Whether a badge is there before and after, where both are known.
    pub fn shown(&self) -> Option<(bool, bool)> {
        let is_shown = |badge: &Foreseen| match badge {
            Foreseen::NoBadge => Some(false),
            Foreseen::Badge(_) => Some(true),
            Foreseen::Unknown => None,
        };
        Some((is_shown(&self.before)?, is_shown(&self.after)?))
    }
}

/// What sort of change `to` would be.
pub fn kind_of(holder: &Holder, to: &Username, now: Timestamp) -> Kind {
    if holder.username.is_same_name(to) {
        return Kind::Spelling;
    }
    match take_back(holder, now) {
        TakeBack::Possible { username, .. } if username.is_same_name(to) => Kind::TakeBack,
        _ => Kind::Rename,
    }
}

/// Whether the name given up last can be taken back.
pub fn take_back(holder: &Holder, now: Timestamp) -> TakeBack {
    let Some(change) = &holder.change else {
        return TakeBack::Unknown;
    };
    let Some(previous) = &change.previous else {
        return TakeBack::Nothing;
    };
    let username = previous.username.clone();
    match previous.reclaimable_until {
        Some(since) if since <= now => TakeBack::TooLate { username, since },
        until => TakeBack::Possible {
            username,
            until,
            days_left: until.map(|until| until.days_until_rounded_up(now)),
        },
    }
}

/// When the person may change to another name; `None`: the server does not say.
pub fn next_change(holder: &Holder, now: Timestamp) -> Option<Allowed> {
    let change = holder.change.as_ref()?;
    Some(match change.available_at {
        Some(at) if at > now => Allowed::From(at),
        _ => Allowed::Now,
    })
}

/// Everything that a change to `to` would bring. `flag` and `accounts` are the person's own, as their profile tells;
/// `crates` is how many they own.
pub fn foresee_change(
    holder: &Holder,
    to: &Username,
    flag: GitHubMatch,
    accounts: Option<&[LinkedAccount]>,
    crates: Option<usize>,
    now: Timestamp,
) -> Foresight {
    let kind = kind_of(holder, to, now);
    let badge = BadgeChange {
        before: present_badge(holder, flag, accounts),
        after: foresee(accounts, to),
    };
    let end_of_hold = now.plus_days(DAYS);
    let counts = kind != Kind::Spelling;
    Foresight {
        from: holder.username.clone(),
        to: to.clone(),
        kind,
        changes: vec![
            Change::ProfileAddress,
            Change::OwnerCommand,
            Change::Badge(badge),
        ],
        stays: vec![
            Stays::Crates(crates),
            Stays::Tokens,
            Stays::LinkedAccounts,
            Stays::Email,
        ],
        old_name: match kind {
            Kind::Spelling => OldName::Kept,
            Kind::Rename => OldName::HeldForYou { until: end_of_hold },
            Kind::TakeBack => OldName::HeldFromEverybody { until: end_of_hold },
        },
        next_change: if counts {
            Some(Allowed::From(end_of_hold))
        } else {
            next_change(holder, now)
        },
        allowed: match kind {
            Kind::Rename => next_change(holder, now),
            Kind::Spelling | Kind::TakeBack => Some(Allowed::Now),
        },
    }
}

/// The badge as it is. The person's own record has no flag; their linked accounts tell as much.
fn present_badge(
    holder: &Holder,
    flag: GitHubMatch,
    accounts: Option<&[LinkedAccount]>,
) -> Foreseen {
    match flag {
        GitHubMatch::Matches => Foreseen::NoBadge,
        GitHubMatch::Differs => {
            mismatch(flag, accounts, &holder.username).map_or(Foreseen::Unknown, Foreseen::Badge)
        }
        GitHubMatch::Unknown => foresee(accounts, &holder.username),
    }
}
