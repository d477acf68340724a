//! What owners and invitations say: where somebody stands already, whom they could be taken for, and what a write has done.

use super::Choice;
use crate::domain::invitation::Invitation;
use crate::domain::krate_owner::CrateOwner;
use crate::domain::lookalike::confusable;
use crate::domain::time::Timestamp;
use crate::domain::user::{User, UserId};
use crate::domain::username::Username;

/// What somebody is to the crate already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing yet.
    New,
    /// The one who asks.
    Oneself,
    /// An owner.
    Owner,
    /// Invited, and has not answered.
    Invited {
        /// Until when they can.
        until: Option<Timestamp>,
    },
}

/// What is read after a write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Facts {
    /// There is an open invitation for the chosen person, or for the only new one.
    Invited {
        /// Until when they can accept.
        until: Option<Timestamp>,
        /// Who, where that was not known before.
        who: Option<Username>,
    },
    /// The chosen one owns the crate.
    Owner,
    /// Somebody else has a new invitation.
    SomebodyElse(Box<User>),
    /// Nothing of it is there.
    Nothing,
}

/// Where somebody stands, by what was loaded.
pub fn standing(
    id: UserId,
    asker: UserId,
    owners: &[CrateOwner],
    invitations: &[Invitation],
    now: Timestamp,
) -> Standing {
    if id == asker {
        return Standing::Oneself;
    }
    if owners
        .iter()
        .filter_map(CrateOwner::as_user)
        .any(|user| user.id == id)
    {
        return Standing::Owner;
    }
    open(invitations, now)
        .find(|invitation| invitation.invitee_id == id)
        .map_or(Standing::New, |invitation| Standing::Invited {
            until: invitation.expires_at,
        })
}

/// Whom somebody's name could be taken for: owners, people invited, and the one who asks.
pub fn look_alikes<'a>(
    candidate: &User,
    others: impl IntoIterator<Item = &'a User>,
) -> Vec<&'a User> {
    let mut found: Vec<&User> = Vec::new();
    for other in others {
        let is_new = found.iter().all(|known| known.id != other.id);
        if is_new
            && other.id != candidate.id
            && confusable(candidate.username.as_str(), other.username.as_str())
        {
            found.push(other);
        }
    }
    found
}

/// What a write has done. `before` are the invitations as they were when it was sent.
pub fn facts(
    choice: &Choice,
    before: &[Invitation],
    invitations: &[Invitation],
    owners: &[CrateOwner],
    now: Timestamp,
) -> Facts {
    let is_new = |invitation: &&Invitation| {
        before.iter().all(|known| {
            known.invitee_id != invitation.invitee_id || known.created_at != invitation.created_at
        })
    };
    match choice {
        Choice::Team { full_name, .. } => {
            let is_it = |login: &str| login.eq_ignore_ascii_case(full_name);
            if owners
                .iter()
                .filter_map(CrateOwner::as_team)
                .any(|team| is_it(&team.login))
            {
                Facts::Owner
            } else {
                Facts::Nothing
            }
        }
        Choice::Account(profile) => {
            let id = profile.user.id;
            if let Some(invitation) =
                open(invitations, now).find(|invitation| invitation.invitee_id == id)
            {
                return Facts::Invited {
                    until: invitation.expires_at,
                    who: None,
                };
            }
            if owners
                .iter()
                .filter_map(CrateOwner::as_user)
                .any(|user| user.id == id)
            {
                return Facts::Owner;
            }
            open(invitations, now)
                .filter(is_new)
                .find_map(|invitation| invitation.invitee.clone())
                .map_or(Facts::Nothing, |user| Facts::SomebodyElse(Box::new(user)))
        }
        Choice::Unseen(_) => {
            open(invitations, now)
                .find(is_new)
                .map_or(Facts::Nothing, |invitation| Facts::Invited {
                    until: invitation.expires_at,
                    who: invitation
                        .invitee
                        .as_ref()
                        .map(|user| user.username.clone()),
                })
        }
    }
}

/// The invitations that can still be accepted.
fn open(invitations: &[Invitation], now: Timestamp) -> impl Iterator<Item = &Invitation> {
    invitations
        .iter()
        .filter(move |invitation| !invitation.has_expired(now))
}
