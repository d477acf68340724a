//! Looking up teams.

use axum::{Json as Answer, extract::State};
use rusqlite::OptionalExtension;
use serde_json::{Value, json};

use crate::{
    app::AppState,
    call::Call,
    error::{ApiError, ApiResult},
    extract::Path,
    wire::user::Team,
};

/// `GET /api/v1/teams/{team}`: by the exact login.
pub async fn show(
    State(app): State<AppState>,
    call: Call,
    Path(login): Path<String>,
) -> ApiResult<Answer<Value>> {
    app.read(move |connection| {
        let team = connection
            .prepare_cached("SELECT id, login, name, avatar FROM teams WHERE login = ?1")?
            .query_row([login], |row| Team::from_row(row, &call))
            .optional()?
            .ok_or_else(ApiError::not_found)?;
        Ok(Answer(json!({ "team": team })))
    })
    .await
}
