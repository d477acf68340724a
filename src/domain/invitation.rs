//! An invitation to become an owner of a crate.
//!
//! Adding an owner invites; it does not make an owner (contract, trap 8). It must not know who may invite.

use super::page::PageLink;
use super::time::Timestamp;
use super::user::{User, UserId};

/// An invitation that was not answered yet (the document's `CrateOwnerInvitation`, its users joined in).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// The registry's number of the crate: what an answer names.
    pub crate_id: i64,
    /// The crate's name.
    pub crate_name: String,
    /// Who is invited.
    pub invitee_id: UserId,
    /// The same, when the answer described them.
    pub invitee: Option<User>,
    /// Who invites.
    pub inviter_id: UserId,
    /// The same, when the answer described them.
    pub inviter: Option<User>,
    /// When it was sent.
    pub created_at: Option<Timestamp>,
    /// Until when it can be accepted. Expired ones may still be listed.
    pub expires_at: Option<Timestamp>,
}

/// A page of invitations (`GET /api/private/crate_owner_invitations`). The server does not tell how many there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitationPage {
    /// The invitations on it.
    pub invitations: Vec<Invitation>,
    /// Leads to the next page.
    pub next: Option<PageLink>,
}

/// What one says to an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvitationAnswer {
    /// Become an owner.
    Accept,
    /// Do not.
    Decline,
}

impl Invitation {
    /// Whether it can no longer be accepted.
    pub fn has_expired(&self, now: Timestamp) -> bool {
        self.expires_at.is_some_and(|until| until <= now)
    }
}
