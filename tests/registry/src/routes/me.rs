//! The caller's own account.

use axum::{Json as Answer, extract::State, response::IntoResponse};

use super::no_store;
use crate::{app::AppState, call::Call, error::ApiResult, wire::user::Me};

/// `GET /api/v1/me`.
pub async fn show(State(app): State<AppState>, call: Call) -> ApiResult<impl IntoResponse> {
    let me = app
        .read(move |connection| {
            let account = call.website_account(connection)?;
            Me::of(connection, &call, account.id)
        })
        .await?;
    Ok((no_store(), Answer(me)))
}
