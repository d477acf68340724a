//! The signed-in user, signing in, signing up.
//!
//! The same record comes from three calls. An e-mail address and its two flags become one thing here.

use miniserde::Deserialize;

use super::{Malformed, moment, said, username};
use crate::domain::session::{Authorized, LoginStart, PendingSignup};
use crate::domain::user::{Email, OwnedCrate, PreviousUsername, UserId, UsernameChange, Viewer};

/// The document's `AuthenticatedUser`.
#[derive(Deserialize)]
struct WireViewer {
    id: i64,
    login: String,
    name: Option<String>,
    avatar: Option<String>,
    url: Option<String>,
    email: Option<String>,
    email_verified: Option<bool>,
    email_verification_sent: Option<bool>,
    is_admin: Option<bool>,
    publish_notifications: Option<bool>,
    created_at: Option<String>,
}

#[derive(Deserialize)]
struct WireOwnedCrate {
    id: i64,
    name: String,
    email_notifications: Option<bool>,
}

#[derive(Deserialize)]
struct WireUsernameChange {
    available_at: Option<String>,
    previous: Option<WirePrevious>,
}

#[derive(Deserialize)]
struct WirePrevious {
    username: String,
    reclaimable_until: Option<String>,
}

/// `GET /api/v1/me`, and the answer to a finished sign-up.
#[derive(Deserialize)]
pub(in crate::api) struct MeBody {
    user: WireViewer,
    owned_crates: Option<Vec<WireOwnedCrate>>,
    username_change: Option<WireUsernameChange>,
}

impl TryFrom<MeBody> for Viewer {
    type Error = Malformed;

    fn try_from(body: MeBody) -> Result<Self, Malformed> {
        let user = body.user;
        let owned = |wire: WireOwnedCrate| OwnedCrate {
            id: wire.id,
            name: wire.name,
            email_notifications: wire.email_notifications.unwrap_or_default(),
        };
        let email = match said(user.email) {
            None => Email::Missing,
            Some(address) if user.email_verified.unwrap_or_default() => Email::Verified { address },
            Some(address) => Email::Unverified {
                address,
                sent: user.email_verification_sent.unwrap_or_default(),
            },
        };
        Ok(Self {
            id: UserId(user.id),
            username: username(&user.login)?,
            name: said(user.name),
            avatar: said(user.avatar),
            url: said(user.url),
            email,
            is_admin: user.is_admin.unwrap_or_default(),
            // Servers from before the setting sent the messages.
            publish_notifications: user.publish_notifications.unwrap_or(true),
            created_at: moment(user.created_at),
            owned_crates: body
                .owned_crates
                .unwrap_or_default()
                .into_iter()
                .map(owned)
                .collect(),
            username_change: body
                .username_change
                .map(UsernameChange::try_from)
                .transpose()?,
        })
    }
}

impl TryFrom<WireUsernameChange> for UsernameChange {
    type Error = Malformed;

    fn try_from(wire: WireUsernameChange) -> Result<Self, Malformed> {
        let previous = |wire: WirePrevious| {
            Ok(PreviousUsername {
                username: username(&wire.username)?,
                reclaimable_until: moment(wire.reclaimable_until),
            })
        };
        Ok(Self {
            available_at: moment(wire.available_at),
            previous: wire.previous.map(previous).transpose()?,
        })
    }
}

/// `POST /api/private/session/begin`
#[derive(Deserialize)]
pub(in crate::api) struct BegunBody {
    url: String,
    state: String,
}

impl From<BegunBody> for LoginStart {
    fn from(body: BegunBody) -> Self {
        Self {
            url: body.url,
            state: body.state,
        }
    }
}

/// `POST /api/private/session/authorize`
#[derive(Deserialize)]
pub(in crate::api) struct AuthorizedBody {
    status: String,
    user: Option<WireViewer>,
    owned_crates: Option<Vec<WireOwnedCrate>>,
    username_change: Option<WireUsernameChange>,
}

impl TryFrom<AuthorizedBody> for Authorized {
    type Error = Malformed;

    fn try_from(body: AuthorizedBody) -> Result<Self, Malformed> {
        match (body.status.as_str(), body.user) {
            ("signup_required", _) => Ok(Self::SignupRequired),
            ("signed_in", Some(user)) => {
                let me = MeBody {
                    user,
                    owned_crates: body.owned_crates,
                    username_change: body.username_change,
                };
                Ok(Self::SignedIn(Box::new(me.try_into()?)))
            }
            _ => Err(Malformed),
        }
    }
}

/// `GET /api/private/session/signup`
#[derive(Deserialize)]
pub(in crate::api) struct SignupBody {
    signup: WireSignup,
}

#[derive(Deserialize)]
struct WireSignup {
    login: String,
    name: Option<String>,
    email: Option<String>,
    expires_at: Option<String>,
}

impl From<SignupBody> for PendingSignup {
    fn from(body: SignupBody) -> Self {
        Self {
            github_login: body.signup.login,
            name: said(body.signup.name),
            email: said(body.signup.email),
            expires_at: moment(body.signup.expires_at),
        }
    }
}
