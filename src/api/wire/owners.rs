//! Owners of crates and invitations to become one.
//!
//! An owner is a team when its `kind` says so, and otherwise when its name has colons, which no username has.

use super::catalog::team_of;
use super::users::user;
use super::{link, moment};
use crate::api::json::Json;
use crate::domain::invitation::{Invitation, InvitationPage};
use crate::domain::krate_owner::CrateOwner;
use crate::domain::user::{User, UserId};

/// The document's `Owner`.
fn owner(json: &Json<'_>) -> Option<CrateOwner> {
    let is_team = match json.maybe_text("kind").as_deref() {
        Some("team") => true,
        Some("user") => false,
        _ => json.text("login").contains(':'),
    };
    Some(if is_team {
        CrateOwner::Team(team_of(json)?)
    } else {
        CrateOwner::User(user(json)?)
    })
}

/// `GET /api/v1/crates/{name}/owners`
pub(in crate::api) fn owners(json: &Json<'_>) -> Option<Vec<CrateOwner>> {
    json.each("users", owner)
}

/// `PUT` and `DELETE /api/v1/crates/{name}/owners`: what the server says of it.
pub(in crate::api) fn owners_changed(json: &Json<'_>) -> Option<String> {
    Some(json.maybe_text("msg").unwrap_or_default())
}

/// `GET /api/private/crate_owner_invitations`: the document's `CrateOwnerInvitation`s, with the people they name beside them.
pub(in crate::api) fn invitations(json: &Json<'_>) -> Option<InvitationPage> {
    let users = json.objects("users").unwrap_or_default();
    let users: Vec<User> = users.iter().filter_map(user).collect();
    let known = |id: i64| users.iter().find(|user| user.id.0 == id).cloned();
    let invitations = json.each("invitations", |json| {
        let (invitee, inviter) = (json.id("invitee_id"), json.id("inviter_id"));
        Some(Invitation {
            crate_id: json.id("crate_id"),
            crate_name: json.text("crate_name"),
            invitee_id: UserId(invitee),
            invitee: known(invitee),
            inviter_id: UserId(inviter),
            inviter: known(inviter),
            created_at: moment(json, "created_at"),
            expires_at: moment(json, "expires_at"),
        })
    })?;
    Some(InvitationPage {
        invitations,
        next: link(&json.object("meta")?, "next_page"),
    })
}

/// The answer to an answered invitation: the number of the crate, and whether it was accepted.
pub(in crate::api) fn answered(json: &Json<'_>) -> Option<(i64, bool)> {
    let json = json.object("crate_owner_invitation")?;
    Some((json.id("crate_id"), json.maybe_flag("accepted")?))
}
