//! Who owns a crate, and changes to that.

use axum::{Json as Answer, extract::State};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    app::AppState,
    call::Call,
    error::ApiResult,
    extract::{Json, Path},
    owners::change::{self, Target},
    wire::{krate::crate_id, user::Owner},
};

/// `GET /api/v1/crates/{name}/owners`: people, then teams.
pub async fn list(
    State(app): State<AppState>,
    call: Call,
    Path(name): Path<String>,
) -> ApiResult<Answer<Value>> {
    app.read(move |connection| {
        let id = crate_id(connection, &name)?;
        let mut owners = Owner::users(connection, &call, id)?;
        owners.extend(Owner::teams(connection, &call, id)?);
        Ok(Answer(json!({ "users": owners })))
    })
    .await
}

/// `GET /api/v1/crates/{name}/owner_user`.
pub async fn users(
    State(app): State<AppState>,
    call: Call,
    Path(name): Path<String>,
) -> ApiResult<Answer<Value>> {
    app.read(move |connection| {
        let id = crate_id(connection, &name)?;
        Ok(Answer(
            json!({ "users": Owner::users(connection, &call, id)? }),
        ))
    })
    .await
}

/// `GET /api/v1/crates/{name}/owner_team`.
pub async fn teams(
    State(app): State<AppState>,
    call: Call,
    Path(name): Path<String>,
) -> ApiResult<Answer<Value>> {
    app.read(move |connection| {
        let id = crate_id(connection, &name)?;
        Ok(Answer(
            json!({ "teams": Owner::teams(connection, &call, id)? }),
        ))
    })
    .await
}

/// The body of a change.
#[derive(Deserialize)]
pub struct Body {
    #[serde(alias = "users")]
    owners: Vec<String>,
}

/// `PUT /api/v1/crates/{name}/owners`: invites people, adds teams.
pub async fn add(
    State(app): State<AppState>,
    call: Call,
    Path(name): Path<String>,
    Json(body): Json<Body>,
) -> ApiResult<Answer<Value>> {
    app.write(move |transaction| {
        let account = call.scoped_account(transaction, Some("change-owners"), Some(&name))?;
        let target = Target::find(transaction, &name, &account)?;
        let message = change::add(transaction, &call, &account, &target, &body.owners)?;
        Ok(Answer(json!({ "msg": message, "ok": true })))
    })
    .await
}

/// `DELETE /api/v1/crates/{name}/owners`.
pub async fn remove(
    State(app): State<AppState>,
    call: Call,
    Path(name): Path<String>,
    Json(body): Json<Body>,
) -> ApiResult<Answer<Value>> {
    app.write(move |transaction| {
        let account = call.scoped_account(transaction, Some("change-owners"), Some(&name))?;
        let target = Target::find(transaction, &name, &account)?;
        change::remove(transaction, &call, &target, &body.owners)?;
        Ok(Answer(
            json!({ "msg": "owners successfully removed", "ok": true }),
        ))
    })
    .await
}
