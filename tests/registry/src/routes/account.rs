//! Changing one's own account: username, e-mail address, notifications.

use axum::{Json as Answer, extract::State, http::StatusCode};
use rusqlite::{OptionalExtension, params};
use serde::Deserialize;
use serde_json::{Value, json};

use super::signup::set_email;
use crate::{
    app::AppState,
    call::Call,
    config::Level,
    email::Email,
    error::{ApiError, ApiResult},
    extract::{Json, Path},
    names::claim,
    outbox,
};

/// The body of a change.
#[derive(Deserialize)]
pub struct Body {
    user: Changes,
}

#[derive(Deserialize)]
struct Changes {
    #[serde(default)]
    email: Option<String>,
    #[serde(default)]
    publish_notifications: Option<bool>,
    #[serde(default)]
    username: Option<Value>,
}

/// `PUT /api/v1/users/{id}`: all that is asked for, or nothing.
pub async fn change(
    State(app): State<AppState>,
    call: Call,
    Path(id): Path<i32>,
    Json(body): Json<Body>,
) -> ApiResult<Answer<Value>> {
    let read_only = app.variant.read_only;
    let changes_email = body.user.email.is_some();
    let outcome = app
        .write(move |transaction| {
            let account = call.legacy_account(transaction)?;
            if account.id != i64::from(id) {
                return Err(ApiError::bad_request("current user does not match requested user"));
            }
            let mut username = account.username.clone();
            if let Some(wanted) = body.user.username.filter(|_| call.has(Level::Full)) {
                let Some(wanted) = wanted.as_str() else {
                    return Err(ApiError::new(
                        StatusCode::UNPROCESSABLE_ENTITY,
                        "Failed to deserialize the JSON body into the target type: user.username: expected a string",
                    ));
                };
                claim::rename(transaction, account.id, wanted, call.now)?;
                if wanted != username {
                    announce(transaction, &call, account.id, &username, wanted)?;
                }
                username = wanted.to_owned();
            }
            if let Some(wanted) = body.user.publish_notifications {
                transaction
                    .prepare_cached("UPDATE users SET publish_notifications = ?2 WHERE id = ?1")?
                    .execute(params![account.id, wanted])?;
            }
            if let Some(email) = body.user.email {
                let email = email.trim();
                if email.is_empty() {
                    return Err(ApiError::bad_request("empty email rejected"));
                }
                let email = Email::parse(email).map_err(|_| ApiError::bad_request("invalid email address"))?;
                set_email(transaction, &call, account.id, &username, email.as_str())?;
            }
            Ok(Answer(json!({ "ok": true })))
        })
        .await;
    match outcome {
        // As recorded: this one write fails in its own words on a read-only server.
        Err(_) if read_only && changes_email => Err(ApiError::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "Error in creating token",
        )),
        outcome => outcome,
    }
}

/// Tells the person by mail, so that a change by somebody else is noticed.
fn announce(
    connection: &rusqlite::Connection,
    call: &Call,
    user_id: i64,
    from: &str,
    to: &str,
) -> ApiResult<()> {
    let email: Option<String> = connection
        .prepare_cached("SELECT email FROM emails WHERE user_id = ?1")?
        .query_row([user_id], |row| row.get(0))
        .optional()?;
    let Some(email) = email else { return Ok(()) };
    let body = format!(
        "Hello {to},\n\nyour username was changed from {from} to {to}.\n\nIf that was not you, sign in and check your account.\n"
    );
    outbox::send(
        connection,
        call.now,
        "username_change",
        &email,
        "Your username was changed",
        &body,
        &[],
    )
}

/// `PUT /api/v1/users/{id}/resend`: the mail that confirms an address, once more.
pub async fn resend(
    State(app): State<AppState>,
    call: Call,
    Path(id): Path<i32>,
) -> ApiResult<Answer<Value>> {
    app.write(move |transaction| {
        let account = call.legacy_account(transaction)?;
        if account.id != i64::from(id) {
            return Err(ApiError::bad_request(
                "current user does not match requested user",
            ));
        }
        let email: Option<String> = transaction
            .prepare_cached("SELECT email FROM emails WHERE user_id = ?1")?
            .query_row([account.id], |row| row.get(0))
            .optional()?;
        let email = email.ok_or_else(|| ApiError::bad_request("Email could not be found"))?;
        let verified: bool = transaction.query_row(
            "SELECT verified FROM emails WHERE user_id = ?1",
            [account.id],
            |row| row.get(0),
        )?;
        set_email(transaction, &call, account.id, &account.username, &email)?;
        // Asking again takes nothing away from an address that is confirmed already.
        transaction.execute(
            "UPDATE emails SET verified = ?2 WHERE user_id = ?1",
            params![account.id, verified],
        )?;
        Ok(Answer(json!({ "ok": true })))
    })
    .await
}

/// `PUT /api/v1/confirm/{email_token}`: whoever has the mail; again and again.
pub async fn confirm(
    State(app): State<AppState>,
    Path(token): Path<String>,
) -> ApiResult<Answer<Value>> {
    app.write(move |transaction| {
        let confirmed = transaction
            .prepare_cached("UPDATE emails SET verified = 1 WHERE token = ?1")?
            .execute([token])?;
        match confirmed {
            0 => Err(ApiError::bad_request("Email belonging to token not found.")),
            _ => Ok(Answer(json!({ "ok": true }))),
        }
    })
    .await
}

/// Whether mail about a crate is wanted.
#[derive(Deserialize)]
pub struct Notification {
    id: i64,
    email_notifications: bool,
}

/// `PUT /api/v1/me/email_notifications`.
pub async fn notifications(
    State(app): State<AppState>,
    call: Call,
    Json(wishes): Json<Vec<Notification>>,
) -> ApiResult<Answer<Value>> {
    app.write(move |transaction| {
        let account = call.legacy_account(transaction)?;
        let mut update = transaction.prepare_cached(
            "UPDATE crate_owners SET email_notifications = ?3 WHERE user_id = ?1 AND crate_id = ?2",
        )?;
        for wish in &wishes {
            update.execute(params![account.id, wish.id, wish.email_notifications])?;
        }
        Ok(Answer(json!({ "ok": true })))
    })
    .await
}
