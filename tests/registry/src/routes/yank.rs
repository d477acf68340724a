//! Yanking versions and bringing them back; rebuilding docs.

use axum::{Json as Answer, extract::State, http::StatusCode};
use rusqlite::{OptionalExtension, Transaction, params};
use serde::Deserialize;
use serde_json::{Value, json};

use super::versions::{VersionPath, one};
use crate::{
    app::AppState,
    call::{Account, Call},
    clock::{SECOND, Timestamp},
    error::{ApiError, ApiResult},
    extract::Json,
    owners::{Rights, rights},
    wire::version::version_id,
};

/// How many changes may come at once, and how long each takes to be allowed again.
const BURST: i64 = 100;
const REFILL: i64 = 60 * SECOND;

/// The body of a change.
#[derive(Deserialize)]
pub struct Body {
    version: Changes,
}

#[derive(Deserialize)]
struct Changes {
    #[serde(default)]
    yanked: Option<bool>,
    #[serde(default)]
    yank_message: Option<String>,
}

/// `DELETE /api/v1/crates/{name}/{version}/yank`.
pub async fn yank(
    state: State<AppState>,
    call: Call,
    path: VersionPath,
) -> ApiResult<Answer<Value>> {
    let _version = change(
        state,
        call,
        path,
        Changes {
            yanked: Some(true),
            yank_message: None,
        },
    )
    .await?;
    Ok(Answer(json!({ "ok": true })))
}

/// `PUT /api/v1/crates/{name}/{version}/unyank`.
pub async fn unyank(
    state: State<AppState>,
    call: Call,
    path: VersionPath,
) -> ApiResult<Answer<Value>> {
    let _version = change(
        state,
        call,
        path,
        Changes {
            yanked: Some(false),
            yank_message: None,
        },
    )
    .await?;
    Ok(Answer(json!({ "ok": true })))
}

/// `PATCH /api/v1/crates/{name}/{version}`: yanks with a message.
pub async fn update(
    state: State<AppState>,
    call: Call,
    path: VersionPath,
    Json(body): Json<Body>,
) -> ApiResult<Answer<Value>> {
    change(state, call, path, body.version).await
}

async fn change(
    State(app): State<AppState>,
    call: Call,
    path: VersionPath,
    changes: Changes,
) -> ApiResult<Answer<Value>> {
    let burst = app.variant.yank_burst.unwrap_or(BURST);
    app.write(move |transaction| {
        let account = call.scoped_account(transaction, Some("yank"), Some(&path.name))?;
        let (crate_id, id) = version_id(transaction, &path.name, &path.num())?;
        if rights(transaction, crate_id, account.id)? < Rights::Team {
            return Err(ApiError::forbidden(
                "must already be an owner to yank or unyank",
            ));
        }
        apply(transaction, &call, &account, id, &changes, burst)?;
        choose_default_version(transaction, crate_id)?;
        Ok(Answer(
            json!({ "version": one(transaction, &call, &path.name, id)? }),
        ))
    })
    .await
}

fn apply(
    transaction: &Transaction<'_>,
    call: &Call,
    account: &Account,
    id: i64,
    changes: &Changes,
    burst: i64,
) -> ApiResult<()> {
    let yanked: bool =
        transaction.query_row("SELECT yanked FROM versions WHERE id = ?1", [id], |row| {
            row.get(0)
        })?;
    match (changes.yanked, &changes.yank_message) {
        (Some(false), Some(_)) => {
            return Err(ApiError::bad_request(
                "Cannot set yank message when unyanking",
            ));
        }
        (None, Some(_)) if !yanked => {
            return Err(ApiError::bad_request(
                "Cannot update yank message for a version that is not yanked",
            ));
        }
        _ => {}
    }
    spend(transaction, account.id, call.now, burst)?;
    if let Some(wanted) = changes.yanked
        && wanted != yanked
    {
        transaction
            .prepare_cached("UPDATE versions SET yanked = ?2, yank_message = NULL WHERE id = ?1")?
            .execute(params![id, wanted])?;
        transaction
            .prepare_cached("INSERT INTO version_actions (version_id, user_id, action, time) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![id, account.id, if wanted { "yank" } else { "unyank" }, call.now])?;
    }
    if let Some(message) = &changes.yank_message {
        transaction
            .prepare_cached("UPDATE versions SET yank_message = ?2 WHERE id = ?1")?
            .execute(params![id, message])?;
    }
    Ok(())
}

/// Takes one from the bucket that fills up again with time.
fn spend(transaction: &Transaction<'_>, user_id: i64, now: Timestamp, burst: i64) -> ApiResult<()> {
    let bucket: Option<(i64, Timestamp)> = transaction
        .prepare_cached(
            "SELECT tokens, last_refill FROM rate_buckets WHERE user_id = ?1 AND action = 'yank'",
        )?
        .query_row([user_id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (tokens, since) = bucket.unwrap_or((burst, now));
    let refilled = (now.0 - since.0).max(0) / REFILL;
    let tokens = tokens.saturating_add(refilled).min(burst);
    let since = since.plus(refilled.saturating_mul(REFILL));
    if tokens < 1 {
        let until = since.plus(REFILL);
        return Err(ApiError::too_many(
            format!(
                "You have yanked or unyanked too many versions in a short period of time. Please try again after {} and see \
                 https://crates.io/docs/rate-limits for more details.",
                until.http_date()
            ),
            until,
        ));
    }
    transaction
        .prepare_cached("INSERT OR REPLACE INTO rate_buckets (user_id, action, tokens, last_refill) VALUES (?1, 'yank', ?2, ?3)")?
        .execute(params![user_id, tokens - 1, since])?;
    Ok(())
}

/// The highest stable version that is not yanked, else the highest that is not yanked, else the highest.
fn choose_default_version(transaction: &Transaction<'_>, crate_id: i64) -> ApiResult<()> {
    transaction
        .prepare_cached(
            "UPDATE crates SET default_version_id = (SELECT id FROM versions WHERE crate_id = ?1 \
             ORDER BY yanked, prerelease, semver_ord DESC, id DESC LIMIT 1) WHERE id = ?1",
        )?
        .execute([crate_id])?;
    Ok(())
}

/// `POST /api/v1/crates/{name}/{version}/rebuild_docs`: there are no docs here, only the permission to build them.
pub async fn rebuild_docs(
    State(app): State<AppState>,
    call: Call,
    path: VersionPath,
) -> ApiResult<StatusCode> {
    app.write(move |transaction| {
        let account = call.website_account(transaction)?;
        let (crate_id, _) = version_id(transaction, &path.name, &path.num())?;
        match rights(transaction, crate_id, account.id)? {
            Rights::None => Err(ApiError::forbidden(
                "user doesn't have permission to trigger a docs rebuild",
            )),
            Rights::Team | Rights::Full => Ok(StatusCode::CREATED),
        }
    })
    .await
}
