//! API tokens: made once, shown once, revoked for good.

use axum::{
    Json as Answer,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json, value::RawValue};

use super::no_store;
use crate::{
    app::AppState,
    call::{Call, token_hash},
    clock::Timestamp,
    error::{ApiError, ApiResult},
    extract::{Json, Path, Query},
};

/// Revoked ones count too.
const MAX_TOKENS: i64 = 500;
const ENDPOINT_SCOPES: [&str; 5] = [
    "publish-new",
    "publish-update",
    "yank",
    "change-owners",
    "trusted-publishing",
];
const COLUMNS: &str =
    "id, name, created_at, last_used_at, crate_scopes, endpoint_scopes, expired_at";

#[derive(Serialize)]
struct Token {
    id: i64,
    name: String,
    created_at: Timestamp,
    last_used_at: Option<Timestamp>,
    crate_scopes: Option<Box<RawValue>>,
    endpoint_scopes: Option<Box<RawValue>>,
    expired_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
}

impl Token {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let json = |text: Option<String>| text.and_then(|text| RawValue::from_string(text).ok());
        Ok(Self {
            id: row.get(0)?,
            name: row.get(1)?,
            created_at: row.get(2)?,
            last_used_at: row.get(3)?,
            crate_scopes: json(row.get(4)?),
            endpoint_scopes: json(row.get(5)?),
            expired_at: row.get(6)?,
            token: None,
        })
    }
}

/// The parameters of the list.
#[derive(Deserialize)]
pub struct ListQuery {
    expired_days: Option<i32>,
}

/// `GET /api/v1/me/tokens`: those that work, and with `expired_days` those that did lately.
pub async fn list(
    State(app): State<AppState>,
    call: Call,
    Query(query): Query<ListQuery>,
) -> ApiResult<impl IntoResponse> {
    let tokens = app
        .read(move |connection| {
            let account = call.website_account(connection)?;
            let since = call.now.plus_days(-i64::from(query.expired_days.unwrap_or(0)));
            let sql = format!(
                "SELECT {COLUMNS} FROM api_tokens WHERE user_id = ?1 AND revoked = 0 AND (expired_at IS NULL OR expired_at > ?2) \
                 ORDER BY id DESC"
            );
            let mut statement = connection.prepare_cached(&sql)?;
            let tokens = statement.query_map(params![account.id, since], Token::from_row)?;
            Ok(tokens.collect::<rusqlite::Result<Vec<_>>>()?)
        })
        .await?;
    Ok((no_store(), Answer(json!({ "api_tokens": tokens }))))
}

/// `GET /api/v1/me/tokens/{id}`: any of one's own, revoked ones too.
pub async fn show(
    State(app): State<AppState>,
    call: Call,
    Path(id): Path<i32>,
) -> ApiResult<impl IntoResponse> {
    let token = app
        .read(move |connection| {
            let account = call.website_account(connection)?;
            connection
                .prepare_cached(&format!(
                    "SELECT {COLUMNS} FROM api_tokens WHERE id = ?1 AND user_id = ?2"
                ))?
                .query_row(params![id, account.id], Token::from_row)
                .optional()?
                .ok_or_else(ApiError::not_found)
        })
        .await?;
    Ok((no_store(), Answer(json!({ "api_token": token }))))
}

/// The body that asks for a token.
#[derive(Deserialize)]
pub struct Body {
    api_token: Wishes,
}

#[derive(Deserialize)]
struct Wishes {
    name: String,
    #[serde(default)]
    crate_scopes: Option<Vec<String>>,
    #[serde(default)]
    endpoint_scopes: Option<Vec<String>>,
    #[serde(default)]
    expired_at: Option<DateTime<Utc>>,
}

/// `PUT /api/v1/me/tokens`.
pub async fn create(
    State(app): State<AppState>,
    call: Call,
    Json(body): Json<Body>,
) -> ApiResult<Answer<Value>> {
    let wishes = body.api_token;
    if wishes.name.is_empty() {
        return Err(ApiError::bad_request("name must have a value"));
    }
    if let Some(text) = &app.variant.token_creation_disabled {
        return Err(ApiError::new(StatusCode::SERVICE_UNAVAILABLE, text.clone()));
    }
    let plaintext = plaintext()?;
    app.write(move |transaction| {
        let account = call.account(transaction)?;
        if account.token.is_some() {
            return Err(ApiError::bad_request("cannot use an API token to create a new API token"));
        }
        let count: i64 = transaction
            .prepare_cached("SELECT count(*) FROM api_tokens WHERE user_id = ?1")?
            .query_row([account.id], |row| row.get(0))?;
        if count >= MAX_TOKENS {
            return Err(ApiError::bad_request(format!("maximum tokens per user is: {MAX_TOKENS}")));
        }
        if wishes.crate_scopes.iter().flatten().any(|scope| !is_crate_scope(scope)) {
            return Err(ApiError::bad_request("invalid crate scope"));
        }
        if wishes.endpoint_scopes.iter().flatten().any(|scope| !ENDPOINT_SCOPES.contains(&scope.as_str())) {
            return Err(ApiError::bad_request("invalid endpoint scope"));
        }
        let list = |scopes: &Option<Vec<String>>| scopes.as_ref().map(|scopes| json!(scopes).to_string());
        let expired_at = wishes.expired_at.map(|moment| Timestamp(moment.timestamp_micros()));
        transaction
            .prepare_cached(
                "INSERT INTO api_tokens (user_id, name, token_hash, created_at, crate_scopes, endpoint_scopes, expired_at) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                account.id,
                wishes.name,
                token_hash(&plaintext),
                call.now,
                list(&wishes.crate_scopes),
                list(&wishes.endpoint_scopes),
                expired_at
            ])?;
        let id = transaction.last_insert_rowid();
        let mut token =
            transaction.query_row(&format!("SELECT {COLUMNS} FROM api_tokens WHERE id = ?1"), [id], Token::from_row)?;
        token.token = Some(plaintext);
        Ok(Answer(json!({ "api_token": token })))
    })
    .await
}

/// `cio` and 32 letters and digits.
fn plaintext() -> ApiResult<String> {
    const ALPHABET: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let mut token = "cio".to_owned();
    let mut bytes = [0; 64];
    while token.len() < 35 {
        getrandom::fill(&mut bytes).map_err(|_| ApiError::internal())?;
        // Bytes beyond the last multiple of 62 would favour the first letters.
        let letters = bytes
            .iter()
            .filter(|byte| **byte < 248)
            .filter_map(|byte| ALPHABET.get(usize::from(byte % 62)));
        token.extend(
            letters
                .map(|letter| char::from(*letter))
                .take(35 - token.len()),
        );
    }
    Ok(token)
}

/// A crate's name, or the beginning of one and `*`.
fn is_crate_scope(scope: &str) -> bool {
    let name = scope.strip_suffix('*').unwrap_or(scope);
    let mut characters = name.chars();
    let first_fits = match characters.next() {
        Some(first) => first.is_ascii_alphabetic(),
        None => scope == "*",
    };
    first_fits
        && name.len() <= 64
        && characters.all(|character| character.is_ascii_alphanumeric() || "-_".contains(character))
}

/// `DELETE /api/v1/me/tokens/{id}`: unknown and foreign ones answer the same and stay.
pub async fn revoke(
    State(app): State<AppState>,
    call: Call,
    Path(id): Path<i32>,
) -> ApiResult<Answer<Value>> {
    app.write(move |transaction| {
        let account = call.legacy_account(transaction)?;
        transaction
            .prepare_cached("UPDATE api_tokens SET revoked = 1 WHERE id = ?1 AND user_id = ?2")?
            .execute(params![id, account.id])?;
        Ok(Answer(json!({})))
    })
    .await
}

/// `DELETE /api/v1/tokens/current`: the token that asks.
pub async fn revoke_current(State(app): State<AppState>, call: Call) -> ApiResult<Response> {
    app.write(move |transaction| {
        let account = call.account(transaction)?;
        let token = account
            .token
            .ok_or_else(|| ApiError::bad_request("token not provided"))?;
        transaction
            .prepare_cached("UPDATE api_tokens SET revoked = 1 WHERE id = ?1")?
            .execute([token.id])?;
        Ok(StatusCode::NO_CONTENT.into_response())
    })
    .await
}
