//! Making an account: GitHub has said who somebody is, they say what they want to be called.

use axum::{
    Json as Answer,
    extract::State,
    response::{IntoResponse, Response},
};
use rusqlite::{Connection, Transaction, params};
use serde::Deserialize;
use serde_json::json;

use super::{
    no_store,
    session::{PendingSignup, WithCookie, with_session},
};
use crate::{
    app::{App, AppState},
    call::Call,
    clock::{SECOND, Timestamp},
    config::Level,
    email::Email,
    error::{ApiError, ApiResult},
    extract::Json,
    github,
    names::claim,
    outbox,
    session::{PENDING_SIGNUP, USER_ID},
    wire::user::Me,
};

/// How long a sign-up waits, however much goes on in between.
const LIFE: i64 = 30 * 60 * SECOND;
const EXPIRED: &str =
    "Your signup session is missing or has expired. Please authenticate with GitHub again.";

/// The sign-up of a session, if it has one that has not expired.
pub fn pending(call: &Call) -> Option<PendingSignup> {
    let pending: PendingSignup = serde_json::from_str(call.session.get(PENDING_SIGNUP)?).ok()?;
    (expires_at(&pending) > call.now && pending.created_at <= call.now.0).then_some(pending)
}

fn expires_at(pending: &PendingSignup) -> Timestamp {
    Timestamp(pending.created_at).plus(LIFE)
}

/// The sign-up of a session, or why there is none. What has expired leaves the cookie.
fn require_pending(app: &App, call: &mut Call) -> ApiResult<PendingSignup> {
    if call.session.get(USER_ID).is_some() {
        return Err(ApiError::bad_request("You are already signed in."));
    }
    pending(call).ok_or_else(|| expired(app, call))
}

fn expired(app: &App, call: &mut Call) -> ApiError {
    let error = ApiError::bad_request(EXPIRED);
    match call.session.remove(PENDING_SIGNUP) {
        Some(_) => error.with_cookie(call.session.set_cookie(&app.key)),
        None => error,
    }
}

/// Whether the GitHub account of a sign-up has got its account meanwhile, in another tab.
fn is_done(connection: &Connection, pending: &PendingSignup) -> ApiResult<bool> {
    Ok(connection
        .prepare_cached("SELECT 1 FROM oauth_github WHERE account_id = ?1")?
        .exists([pending.github_user.id])?)
}

/// `GET /api/private/session/signup`.
pub async fn show(State(app): State<AppState>, mut call: Call) -> ApiResult<Response> {
    if app.variant.sign_up_off {
        return Err(ApiError::not_found());
    }
    let pending = require_pending(&app, &mut call)?;
    let done = {
        let pending = pending.clone();
        app.read(move |connection| is_done(connection, &pending))
            .await?
    };
    if done {
        return Err(expired(&app, &mut call));
    }
    let mut answer = json!({ "signup": { "login": pending.github_user.login, "email": pending.github_user.email } });
    if call.has(Level::September) {
        answer["signup"]["name"] = json!(pending.github_user.name);
    }
    if call.has(Level::Full) {
        answer["signup"]["expires_at"] = json!(expires_at(&pending));
    }
    Ok((no_store(), Answer(answer)).into_response())
}

/// The body of a sign-up.
#[derive(Deserialize)]
pub struct Body {
    signup: Wishes,
}

#[derive(Deserialize)]
struct Wishes {
    email: Email,
    #[serde(default)]
    username: Option<String>,
}

/// `POST /api/private/session/signup`. Whatever is refused, the sign-up goes on waiting.
pub async fn submit(
    State(app): State<AppState>,
    mut call: Call,
    Json(body): Json<Body>,
) -> ApiResult<WithCookie> {
    if app.variant.sign_up_off {
        return Err(ApiError::not_found());
    }
    let pending = require_pending(&app, &mut call)?;
    let account = pending.github_user.clone();
    let username = body
        .signup
        .username
        .filter(|_| call.has(Level::Full))
        .unwrap_or_else(|| account.login.clone());
    let made = {
        let call = call.clone();
        app.write(move |transaction| {
            if is_done(transaction, &pending)? {
                return Ok(None);
            }
            let user_id = create(
                transaction,
                &call,
                &account,
                &username,
                Some(body.signup.email.as_str()),
            )?;
            Ok(Some((user_id, Me::of(transaction, &call, user_id)?)))
        })
        .await?
    };
    let Some((user_id, me)) = made else {
        return Err(expired(&app, &mut call));
    };
    call.session.remove(PENDING_SIGNUP);
    call.session.set(USER_ID, user_id.to_string());
    Ok(with_session(&app, &call.session, json!(me)))
}

/// `DELETE /api/private/session/signup`: always works.
pub async fn cancel(State(app): State<AppState>, mut call: Call) -> WithCookie {
    call.session.remove(PENDING_SIGNUP);
    with_session(&app, &call.session, json!({ "ok": true }))
}

/// Creates the account of a GitHub account, in the transaction that checks its name. Returns its id.
pub fn create(
    transaction: &Transaction<'_>,
    call: &Call,
    account: &github::Account,
    username: &str,
    email: Option<&str>,
) -> ApiResult<i64> {
    match call.has(Level::Full) {
        true => claim::admit(transaction, username, call.now)?,
        // Older servers know no rules but the reserved names, which the schema refuses; one name, one account is ours.
        false => claim::admit_unclaimed(transaction, username)?,
    }
    retire_older_links(transaction, account, call.now)?;
    transaction
        .prepare_cached("INSERT INTO users (username, gh_login, gh_id, name, created_at) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![username, account.login, account.id, account.name, call.now])?;
    let user_id = transaction.last_insert_rowid();
    transaction
        .prepare_cached(
            "INSERT INTO oauth_github (account_id, user_id, login, avatar, linked_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![account.id, user_id, account.login, account.avatar, call.now])?;
    claim::record(transaction, user_id, None, username, "sign_up", call.now)?;
    if let Some(email) = email {
        set_email(transaction, call, user_id, username, email)?;
    }
    Ok(user_id)
}

/// GitHub has just shown who has this login now; other links that show it are out of date.
pub fn retire_older_links(
    transaction: &Transaction<'_>,
    account: &github::Account,
    now: Timestamp,
) -> ApiResult<()> {
    transaction
        .prepare_cached(
            "UPDATE oauth_github SET stale_since = ?3 WHERE lower(login) = ?1 AND account_id <> ?2 AND stale_since IS NULL",
        )?
        .execute(params![account.login.to_ascii_lowercase(), account.id, now])?;
    Ok(())
}

/// Gives a user an address that has yet to be confirmed, and "sends" the mail that confirms it.
pub fn set_email(
    transaction: &Transaction<'_>,
    call: &Call,
    user_id: i64,
    username: &str,
    email: &str,
) -> ApiResult<()> {
    let token = github::random_text()?;
    transaction
        .prepare_cached(
            "INSERT INTO emails (user_id, email, verified, token, token_generated_at) VALUES (?1, ?2, 0, ?3, ?4) \
             ON CONFLICT (user_id) DO UPDATE SET email = excluded.email, verified = 0, token = excluded.token, \
             token_generated_at = excluded.token_generated_at",
        )?
        .execute(params![user_id, email, token, call.now])?;
    let path = format!("/confirm/{token}");
    let body = format!(
        "Hello {username},\n\nplease confirm that this is your e-mail address by opening\n\n{{app}}{path}\n"
    );
    outbox::send(
        transaction,
        call.now,
        "confirm",
        email,
        "Confirm your e-mail address",
        &body,
        &[path],
    )
}
