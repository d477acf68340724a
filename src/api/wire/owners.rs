//! Owners of crates and invitations to become one.
//!
//! An owner is a team when its `kind` says so, and otherwise when its name has colons, which no username has.

use miniserde::Deserialize;

use super::users::WireUser;
use super::{Malformed, Meta, each, link, moment, said, username};
use crate::domain::identity::GitHubMatch;
use crate::domain::invitation::{Invitation, InvitationPage};
use crate::domain::krate_owner::CrateOwner;
use crate::domain::team::{Team, TeamId};
use crate::domain::user::{User, UserId};

/// The document's `Owner`.
#[derive(Deserialize)]
struct WireOwner {
    id: i64,
    login: String,
    kind: Option<String>,
    name: Option<String>,
    avatar: Option<String>,
    url: Option<String>,
    github_username_matches: Option<bool>,
}

impl TryFrom<WireOwner> for CrateOwner {
    type Error = Malformed;

    fn try_from(wire: WireOwner) -> Result<Self, Malformed> {
        let is_team = match wire.kind.as_deref() {
            Some("team") => true,
            Some("user") => false,
            _ => wire.login.contains(':'),
        };
        if is_team {
            return Ok(Self::Team(Team {
                id: TeamId(wire.id),
                login: wire.login,
                name: said(wire.name),
                avatar: said(wire.avatar),
                url: said(wire.url),
            }));
        }
        Ok(Self::User(User {
            id: UserId(wire.id),
            username: username(&wire.login)?,
            name: said(wire.name),
            avatar: said(wire.avatar),
            url: said(wire.url),
            github_match: GitHubMatch::new(wire.github_username_matches),
            created_at: None,
        }))
    }
}

/// `GET /api/v1/crates/{name}/owners`
#[derive(Deserialize)]
pub(in crate::api) struct OwnersBody {
    users: Vec<WireOwner>,
}

impl TryFrom<OwnersBody> for Vec<CrateOwner> {
    type Error = Malformed;

    fn try_from(body: OwnersBody) -> Result<Self, Malformed> {
        each(body.users)
    }
}

/// `PUT` and `DELETE /api/v1/crates/{name}/owners`
#[derive(Deserialize)]
pub(in crate::api) struct OwnersChangedBody {
    pub(in crate::api) msg: Option<String>,
}

/// The document's `CrateOwnerInvitation`.
#[derive(Deserialize)]
struct WireInvitation {
    crate_id: i64,
    crate_name: String,
    invitee_id: i64,
    inviter_id: i64,
    created_at: Option<String>,
    expires_at: Option<String>,
}

/// `GET /api/private/crate_owner_invitations`
#[derive(Deserialize)]
pub(in crate::api) struct InvitationsBody {
    invitations: Vec<WireInvitation>,
    users: Option<Vec<WireUser>>,
    meta: Meta,
}

impl From<InvitationsBody> for InvitationPage {
    fn from(body: InvitationsBody) -> Self {
        let users: Vec<User> = body
            .users
            .unwrap_or_default()
            .into_iter()
            .filter_map(|user| user.try_into().ok())
            .collect();
        let user = |id: i64| users.iter().find(|user| user.id.0 == id).cloned();
        let invitation = |wire: WireInvitation| Invitation {
            crate_id: wire.crate_id,
            crate_name: wire.crate_name,
            invitee_id: UserId(wire.invitee_id),
            invitee: user(wire.invitee_id),
            inviter_id: UserId(wire.inviter_id),
            inviter: user(wire.inviter_id),
            created_at: moment(wire.created_at),
            expires_at: moment(wire.expires_at),
        };
        Self {
            invitations: body.invitations.into_iter().map(invitation).collect(),
            next: link(body.meta.next_page),
        }
    }
}

/// The answer to an answered invitation.
#[derive(Deserialize)]
pub(in crate::api) struct AnsweredBody {
    pub(in crate::api) crate_owner_invitation: WireAnswered,
}

#[derive(Deserialize)]
pub(in crate::api) struct WireAnswered {
    pub(in crate::api) crate_id: i64,
    pub(in crate::api) accepted: bool,
}
