//! What is sent, as JSON.
//!
//! Each request names exactly what it changes. A rename in particular travels alone: a combined call can half succeed
//! (contract, "Rename").

use crate::api::json::{object, or_null, text, texts};
use crate::domain::token::NewToken;

/// One change of the signed-in user's record.
pub(in crate::api) enum UserChange<'a> {
    /// `{"username": …}`
    Username(&'a str),
    /// `{"email": …}`
    Email(&'a str),
    /// `{"publish_notifications": …}`
    PublishNotifications(bool),
}

/// `PUT /api/v1/users/{id}`
pub(in crate::api) fn user_request(change: UserChange<'_>) -> String {
    let change = match change {
        UserChange::Username(name) => ("username", text(name)),
        UserChange::Email(address) => ("email", text(address)),
        UserChange::PublishNotifications(on) => ("publish_notifications", on.to_string()),
    };
    object(&[("user", object(&[change]))])
}

/// `POST /api/private/session/authorize`
pub(in crate::api) fn authorize_request(code: &str, state: &str) -> String {
    object(&[("code", text(code)), ("state", text(state))])
}

/// `POST /api/private/session/signup`
pub(in crate::api) fn signup_request(username: &str, email: &str) -> String {
    let signup = object(&[("username", text(username)), ("email", text(email))]);
    object(&[("signup", signup)])
}

/// `PUT` and `DELETE /api/v1/crates/{name}/owners`
pub(in crate::api) fn owners_request(owner: &str) -> String {
    object(&[("owners", texts(&[owner]))])
}

/// `PUT /api/v1/me/crate_owner_invitations/{crate_id}`. The server reads the id here, not the one in the address.
pub(in crate::api) fn invitation_request(crate_id: i64, accepted: bool) -> String {
    let answer = object(&[
        ("crate_id", crate_id.to_string()),
        ("accepted", accepted.to_string()),
    ]);
    object(&[("crate_owner_invite", answer)])
}

/// `PUT /api/v1/me/tokens`
pub(in crate::api) fn token_request(token: &NewToken) -> String {
    let crates = token.crate_scopes.as_ref().map(|list| {
        let list: Vec<String> = list.iter().map(ToString::to_string).collect();
        texts(&list)
    });
    let endpoints: Vec<&str> = token
        .endpoint_scopes
        .iter()
        .map(|scope| scope.as_str())
        .collect();
    let expiry = token.expired_at.map(|moment| text(&moment.to_string()));
    let token = object(&[
        ("name", text(&token.name)),
        ("crate_scopes", or_null(crates)),
        ("endpoint_scopes", texts(&endpoints)),
        ("expired_at", or_null(expiry)),
    ]);
    object(&[("api_token", token)])
}
