//! Looking up people.

use std::sync::Arc;

use axum::{Json as Answer, extract::State};
use rusqlite::{Connection, OptionalExtension};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    app::AppState,
    call::Call,
    config::Level,
    error::{ApiError, ApiResult},
    extract::{Path, Query},
    names::canonical,
    wire::user::{COLUMNS, LinkedAccount, User},
};

/// `?include=` of a user.
#[derive(Deserialize)]
pub struct Include {
    include: Option<String>,
}

/// `GET /api/v1/users/{user}`: by username, or qualified `crates.io:` or `github:`.
pub async fn show(
    State(app): State<AppState>,
    call: Call,
    Path(name): Path<String>,
    Query(query): Query<Include>,
) -> ApiResult<Answer<Value>> {
    if name.contains('\0') {
        // As recorded: the database of crates.io refuses the character.
        return Err(if call.has(Level::September) {
            ApiError::not_found()
        } else {
            ApiError::internal()
        });
    }
    let linked = call.has(Level::September) && wants_linked_accounts(query.include.as_deref())?;
    app.read(move |connection| {
        let user = find(connection, &call, &name)?;
        let accounts = match linked {
            true => Some(LinkedAccount::of(connection, &call, user.id)?),
            false => None,
        };
        let mut answer = json!({ "user": user });
        if let Some(accounts) = accounts {
            answer["linked_accounts"] = json!(accounts);
        }
        Ok(Answer(answer))
    })
    .await
}

fn wants_linked_accounts(include: Option<&str>) -> ApiResult<bool> {
    let mut wanted = false;
    for component in include
        .unwrap_or_default()
        .split(',')
        .filter(|component| !component.is_empty())
    {
        if component != "linked_accounts" {
            return Err(ApiError::bad_request(
                "invalid component for ?include= (expected 'linked_accounts')",
            ));
        }
        wanted = true;
    }
    Ok(wanted)
}

fn find(connection: &Connection, call: &Call, name: &str) -> ApiResult<User> {
    let qualified = name.split_once(':').filter(|_| call.has(Level::Full));
    let (condition, key) = match qualified {
        None => ("u.canonical = ?1", canonical(name)),
        Some(("crates.io", username)) => ("u.canonical = ?1", canonical(username)),
        Some(("github", login)) => (
            "u.id = (SELECT o.user_id FROM oauth_github o WHERE lower(o.login) = ?1 AND o.stale_since IS NULL)",
            login.to_ascii_lowercase(),
        ),
        Some(_) => return Err(ApiError::not_found()),
    };
    connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM users u WHERE {condition}"))?
        .query_row([key], |row| User::from_row(row, 0, call))
        .optional()?
        .ok_or_else(ApiError::not_found)
}

/// `GET /api/v1/users/{id}/stats`: an unknown user has no downloads.
pub async fn stats(State(app): State<AppState>, Path(id): Path<i32>) -> ApiResult<Answer<Value>> {
    let total: i64 = Arc::clone(&app)
        .read(move |connection| {
            Ok(connection
                .prepare_cached(
                    "SELECT coalesce(sum(c.downloads), 0) FROM crate_owners o JOIN crates c ON c.id = o.crate_id WHERE o.user_id = ?1",
                )?
                .query_row([id], |row| row.get(0))?)
        })
        .await?;
    Ok(Answer(json!({ "total_downloads": total })))
}
