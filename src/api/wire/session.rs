//! The signed-in user, signing in, signing up.
//!
//! The same record comes from three calls. An e-mail address and its two flags become one thing here.

use super::{moment, username};
use crate::api::json::Json;
use crate::domain::session::{Authorized, LoginStart, PendingSignup};
use crate::domain::user::{Email, OwnedCrate, PreviousUsername, UserId, UsernameChange, Viewer};

/// `GET /api/v1/me`, and the answer to a finished sign-up: the document's `AuthenticatedUser` under `user`.
pub(in crate::api) fn viewer(json: &Json<'_>) -> Option<Viewer> {
    let user = json.object("user")?;
    let username = username(&user, "login")?;
    let username_change = match json.object("username_change") {
        Some(json) => Some(change(&json)?),
        None => None,
    };
    Some(Viewer {
        id: UserId(user.id("id")),
        username,
        name: user.said("name"),
        avatar: user.said("avatar"),
        url: user.said("url"),
        email: email(&user),
        is_admin: user.flag("is_admin"),
        // Servers from before the setting sent the messages.
        publish_notifications: user.maybe_flag("publish_notifications").unwrap_or(true),
        created_at: moment(&user, "created_at"),
        owned_crates: json.each("owned_crates", owned_crate).unwrap_or_default(),
        username_change,
    })
}

fn email(json: &Json<'_>) -> Email {
    let sent = json.flag("email_verification_sent");
    let is_verified = json.flag("email_verified");
    match json.said("email") {
        None => Email::Missing,
        Some(address) if is_verified => Email::Verified { address },
        Some(address) => Email::Unverified { address, sent },
    }
}

fn owned_crate(json: &Json<'_>) -> Option<OwnedCrate> {
    Some(OwnedCrate {
        id: json.id("id"),
        name: json.text("name"),
        email_notifications: json.flag("email_notifications"),
    })
}

fn change(json: &Json<'_>) -> Option<UsernameChange> {
    let previous = match json.object("previous") {
        Some(json) => Some(PreviousUsername {
            username: username(&json, "username")?,
            reclaimable_until: moment(&json, "reclaimable_until"),
        }),
        None => None,
    };
    Some(UsernameChange {
        available_at: moment(json, "available_at"),
        previous,
    })
}

/// `POST /api/private/session/begin`
pub(in crate::api) fn login_start(json: &Json<'_>) -> Option<LoginStart> {
    Some(LoginStart {
        url: json.text("url"),
        state: json.text("state"),
    })
}

/// `POST /api/private/session/authorize`
pub(in crate::api) fn authorized(json: &Json<'_>) -> Option<Authorized> {
    match json.text("status").as_str() {
        "signup_required" => Some(Authorized::SignupRequired),
        "signed_in" => Some(Authorized::SignedIn(Box::new(viewer(json)?))),
        _ => None,
    }
}

/// `GET /api/private/session/signup`
pub(in crate::api) fn pending_signup(json: &Json<'_>) -> Option<PendingSignup> {
    let json = json.object("signup")?;
    Some(PendingSignup {
        github_login: json.text("login"),
        name: json.said("name"),
        email: json.said("email"),
        expires_at: moment(&json, "expires_at"),
    })
}
