//! Whether a name is free, for somebody who may claim it.

use axum::{Json as Answer, extract::State, response::IntoResponse};
use serde_json::json;

use super::{no_store, signup};
use crate::{
    app::AppState,
    call::Call,
    config::Level,
    error::{ApiError, ApiResult},
    extract::Path,
    names::{availability::Availability, claim},
    session::USER_ID,
};

/// `GET /api/private/usernames/{username}`: for a signed-in user or a pending sign-up, 30 times a minute.
pub async fn show(
    State(app): State<AppState>,
    call: Call,
    Path(name): Path<String>,
) -> ApiResult<impl IntoResponse> {
    if !call.has(Level::Full) {
        return Err(ApiError::not_found());
    }
    let newcomer = match call.session.get(USER_ID) {
        Some(_) => None,
        None => signup::pending(&call),
    };
    let asker = match (&newcomer, call.session.get(USER_ID)) {
        (Some(pending), _) => Some(format!("sign-up {}", pending.github_user.id)),
        (None, Some(id)) => Some(format!("user {id}")),
        (None, None) => None,
    };
    if let Some(asker) = asker
        && let Err(until) = app.limiter.admit(&asker, call.now)
    {
        let detail = format!(
            "You have asked about too many usernames in a short time. Please try again after {}.",
            until.http_date()
        );
        return Err(ApiError::too_many(detail, until));
    }
    let answer = app
        .read(move |connection| {
            let person = match newcomer {
                Some(_) => None,
                None => Some(call.website_account(connection)?.id),
            };
            let verdict = claim::judge(connection, &name, person, call.now)?;
            Ok(Availability::new(name, &verdict))
        })
        .await?;
    Ok((no_store(), Answer(json!({ "username": answer }))))
}
