//! Signing in and out, as crates.io does it with GitHub.

use axum::{
    Json as Answer,
    extract::State,
    http::{HeaderName, HeaderValue, header},
};
use rusqlite::{OptionalExtension, Transaction, params};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{
    app::{App, AppState},
    call::Call,
    error::{ApiError, ApiResult},
    extract::Json,
    github,
    session::{OAUTH_STATE, PENDING_SIGNUP, Session, USER_ID},
    wire::user::Me,
};

/// An answer that also changes the session.
pub type WithCookie = ([(HeaderName, HeaderValue); 1], Answer<Value>);

/// A sign-up that waits for a name and an address; lives in the cookie.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PendingSignup {
    /// The GitHub account that proved itself.
    pub github_user: github::Account,
    /// When it did, in microseconds.
    pub created_at: i64,
}

/// Changes the session along with an answer.
pub fn with_session(app: &App, session: &Session, answer: Value) -> WithCookie {
    (
        [(header::SET_COOKIE, session.set_cookie(&app.key))],
        Answer(answer),
    )
}

/// `POST /api/private/session/begin`: where to go, and the state to come back with.
pub async fn begin(State(app): State<AppState>, mut call: Call) -> ApiResult<WithCookie> {
    let state = github::random_text()?;
    call.session.set(OAUTH_STATE, state.clone());
    call.session.remove(PENDING_SIGNUP);
    let client_id = app
        .variant
        .client_id
        .as_deref()
        .unwrap_or("nameplate-registry");
    let url = format!(
        "{}/login/oauth/authorize?response_type=code&client_id={client_id}&state={state}&scope=read%3Aorg",
        app.origins.github
    );
    Ok(with_session(
        &app,
        &call.session,
        json!({ "url": url, "state": state }),
    ))
}

/// What GitHub sent back.
#[derive(Deserialize)]
pub struct Authorize {
    code: String,
    state: String,
}

/// Who came back from GitHub.
enum Outcome {
    SignedIn(i64, Box<Me>),
    SignupRequired(PendingSignup),
}

/// `POST /api/private/session/authorize`. The state is good for one attempt, a failed one included.
pub async fn authorize(
    State(app): State<AppState>,
    mut call: Call,
    Json(body): Json<Authorize>,
) -> ApiResult<WithCookie> {
    let expected = call.session.remove(OAUTH_STATE);
    let burnt = call.session.set_cookie(&app.key);
    if expected.as_deref() != Some(body.state.as_str()) {
        return Err(ApiError::bad_request("invalid state parameter").with_cookie(burnt));
    }
    let read_only = app.variant.read_only;
    let sign_up_off = app.variant.sign_up_off;
    let outcome = {
        let call = call.clone();
        // Not App::write: on a read-only server known accounts can still sign in.
        app.pool
            .write(move |transaction| {
                let account = github::exchange(transaction, &body.code, call.now)?;
                let known: Option<i64> = transaction
                    .prepare_cached("SELECT user_id FROM oauth_github WHERE account_id = ?1")?
                    .query_row([account.id], |row| row.get(0))
                    .optional()?;
                let known = match known {
                    None if sign_up_off => Some(super::signup::create(
                        transaction,
                        &call,
                        &account,
                        &account.login,
                        account.email.as_deref(),
                    )?),
                    known => known,
                };
                let Some(user_id) = known else {
                    if !read_only {
                        super::signup::retire_older_links(transaction, &account, call.now)?;
                    }
                    return Ok(Outcome::SignupRequired(PendingSignup {
                        github_user: account,
                        created_at: call.now.0,
                    }));
                };
                if !read_only {
                    super::signup::retire_older_links(transaction, &account, call.now)?;
                    refresh(transaction, user_id, &account)?;
                }
                Ok(Outcome::SignedIn(
                    user_id,
                    Box::new(Me::of(transaction, &call, user_id)?),
                ))
            })
            .await
            .map_err(|error| error.with_cookie(burnt))?
    };
    let mut session = call.session;
    match outcome {
        Outcome::SignedIn(user_id, me) => {
            session.remove(PENDING_SIGNUP);
            session.set(USER_ID, user_id.to_string());
            let mut answer = json!(me);
            answer["status"] = json!("signed_in");
            Ok(with_session(&app, &session, answer))
        }
        Outcome::SignupRequired(pending) => {
            session.remove(USER_ID);
            session.set(PENDING_SIGNUP, serde_json::to_string(&pending)?);
            Ok(with_session(
                &app,
                &session,
                json!({ "status": "signup_required" }),
            ))
        }
    }
}

/// Takes over what GitHub says today. The username is not GitHub's business.
fn refresh(
    transaction: &Transaction<'_>,
    user_id: i64,
    account: &github::Account,
) -> ApiResult<()> {
    transaction
        .prepare_cached("UPDATE oauth_github SET login = ?2, avatar = coalesce(?3, avatar), stale_since = NULL WHERE account_id = ?1")?
        .execute(params![account.id, account.login, account.avatar])?;
    transaction
        .prepare_cached("UPDATE users SET gh_login = ?3, name = coalesce(?4, name) WHERE id = ?1 AND gh_id = ?2")?
        .execute(params![user_id, account.id, account.login, account.name])?;
    Ok(())
}

/// `DELETE /api/private/session`: signs out, also those who were not signed in.
pub async fn end(State(app): State<AppState>, mut call: Call) -> WithCookie {
    call.session.remove(USER_ID);
    call.session.remove(PENDING_SIGNUP);
    with_session(&app, &call.session, json!({ "ok": true }))
}
