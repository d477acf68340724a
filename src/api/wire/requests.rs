//! What is sent.
//!
//! Each request names exactly what it changes. A rename in particular travels alone: a combined call can half succeed
//! (contract, "Rename").

use std::borrow::Cow;

use miniserde::ser::{Fragment, Map};
use miniserde::{Serialize, json};

/// Writes a request's body.
pub(in crate::api) fn to_json(request: &dyn Serialize) -> Option<String> {
    Some(json::to_string(request))
}

/// `PUT /api/v1/users/{id}`
#[derive(Serialize)]
pub(in crate::api) struct UserRequest<'a> {
    pub(in crate::api) user: UserChange<'a>,
}

/// One change of the signed-in user's record.
pub(in crate::api) enum UserChange<'a> {
    /// `{"username": …}`
    Username(&'a str),
    /// `{"email": …}`
    Email(&'a str),
    /// `{"publish_notifications": …}`
    PublishNotifications(bool),
}

impl Serialize for UserChange<'_> {
    fn begin(&self) -> Fragment<'_> {
        let (key, value): (&str, &dyn Serialize) = match self {
            Self::Username(name) => ("username", name),
            Self::Email(address) => ("email", address),
            Self::PublishNotifications(on) => ("publish_notifications", on),
        };
        Fragment::Map(Box::new(OneKey(Some((key, value)))))
    }
}

/// An object of one key.
struct OneKey<'a>(Option<(&'a str, &'a dyn Serialize)>);

impl Map for OneKey<'_> {
    fn next(&mut self) -> Option<(Cow<'_, str>, &dyn Serialize)> {
        let (key, value) = self.0.take()?;
        Some((Cow::Borrowed(key), value))
    }
}

/// `POST /api/private/session/authorize`
#[derive(Serialize)]
pub(in crate::api) struct AuthorizeRequest<'a> {
    pub(in crate::api) code: &'a str,
    pub(in crate::api) state: &'a str,
}

/// `POST /api/private/session/signup`
#[derive(Serialize)]
pub(in crate::api) struct SignupRequest<'a> {
    signup: Signup<'a>,
}

#[derive(Serialize)]
struct Signup<'a> {
    username: &'a str,
    email: &'a str,
}

impl<'a> SignupRequest<'a> {
    pub(in crate::api) fn new(username: &'a str, email: &'a str) -> Self {
        Self {
            signup: Signup { username, email },
        }
    }
}

/// `PUT` and `DELETE /api/v1/crates/{name}/owners`
#[derive(Serialize)]
pub(in crate::api) struct OwnersRequest<'a> {
    pub(in crate::api) owners: [&'a str; 1],
}

/// `PUT /api/v1/me/crate_owner_invitations/{crate_id}`. The server reads the id here, not the one in the address.
#[derive(Serialize)]
pub(in crate::api) struct InvitationRequest {
    crate_owner_invite: Answer,
}

#[derive(Serialize)]
struct Answer {
    crate_id: i64,
    accepted: bool,
}

impl InvitationRequest {
    pub(in crate::api) fn new(crate_id: i64, accepted: bool) -> Self {
        Self {
            crate_owner_invite: Answer { crate_id, accepted },
        }
    }
}

/// `PUT /api/v1/me/tokens`
#[derive(Serialize)]
pub(in crate::api) struct TokenRequest<'a> {
    api_token: NewToken<'a>,
}

#[derive(Serialize)]
struct NewToken<'a> {
    name: &'a str,
    crate_scopes: Option<Vec<String>>,
    endpoint_scopes: Vec<&'a str>,
    expired_at: Option<String>,
}

impl<'a> TokenRequest<'a> {
    pub(in crate::api) fn new(token: &'a crate::domain::token::NewToken) -> Self {
        Self {
            api_token: NewToken {
                name: &token.name,
                crate_scopes: token
                    .crate_scopes
                    .as_ref()
                    .map(|list| list.iter().map(ToString::to_string).collect()),
                endpoint_scopes: token
                    .endpoint_scopes
                    .iter()
                    .map(|scope| scope.as_str())
                    .collect(),
                expired_at: token.expired_at.map(|moment| moment.to_string()),
            },
        }
    }
}
