//! Following crates, and what is new in those one follows.

use std::num::NonZeroU32;

use axum::{
    Json as Answer,
    extract::{RawQuery, State},
    response::IntoResponse,
};
use rusqlite::params;
use serde::Deserialize;
use serde_json::{Value, json};

use super::no_store;
use crate::{
    app::AppState,
    call::Call,
    error::ApiResult,
    extract::{Path, Query},
    paging::{Paging, Supported},
    wire::{
        column,
        krate::crate_id,
        version::{COLUMNS, Version},
    },
};

/// `PUT /api/v1/crates/{name}/follow`.
pub async fn follow(
    State(app): State<AppState>,
    call: Call,
    Path(name): Path<String>,
) -> ApiResult<Answer<Value>> {
    app.write(move |transaction| {
        let account = call.legacy_account(transaction)?;
        let id = crate_id(transaction, &name)?;
        transaction
            .prepare_cached("INSERT OR IGNORE INTO follows (user_id, crate_id) VALUES (?1, ?2)")?
            .execute([account.id, id])?;
        Ok(Answer(json!({ "ok": true })))
    })
    .await
}

/// `DELETE /api/v1/crates/{name}/follow`.
pub async fn unfollow(
    State(app): State<AppState>,
    call: Call,
    Path(name): Path<String>,
) -> ApiResult<Answer<Value>> {
    app.write(move |transaction| {
        let account = call.legacy_account(transaction)?;
        let id = crate_id(transaction, &name)?;
        transaction
            .prepare_cached("DELETE FROM follows WHERE user_id = ?1 AND crate_id = ?2")?
            .execute([account.id, id])?;
        Ok(Answer(json!({ "ok": true })))
    })
    .await
}

/// `GET /api/v1/crates/{name}/following`.
pub async fn following(
    State(app): State<AppState>,
    call: Call,
    Path(name): Path<String>,
) -> ApiResult<impl IntoResponse> {
    let following = app
        .read(move |connection| {
            let account = call.website_account(connection)?;
            let id = crate_id(connection, &name)?;
            Ok(connection
                .prepare_cached("SELECT 1 FROM follows WHERE user_id = ?1 AND crate_id = ?2")?
                .exists([account.id, id])?)
        })
        .await?;
    Ok((no_store(), Answer(json!({ "following": following }))))
}

/// The parameters of the list of updates.
#[derive(Deserialize)]
pub struct UpdatesQuery {
    page: Option<NonZeroU32>,
    per_page: Option<NonZeroU32>,
    seek: Option<String>,
}

/// `GET /api/v1/me/updates`: the newest versions of followed crates.
pub async fn updates(
    State(app): State<AppState>,
    call: Call,
    Query(query): Query<UpdatesQuery>,
    RawQuery(raw): RawQuery,
) -> ApiResult<impl IntoResponse> {
    let paging = Paging::new(
        query.page,
        query.per_page,
        query.seek,
        raw.as_deref(),
        Supported::Page,
    )?
    .limited()?;
    let answer = app
        .read(move |connection| {
            let account = call.website_account(connection)?;
            // One more than the page, to know whether there is more.
            let mut ids: Vec<i64> = column(
                connection,
                "SELECT v.id FROM follows f JOIN versions v ON v.crate_id = f.crate_id WHERE f.user_id = ?1 \
                 ORDER BY v.created_at DESC, v.id DESC LIMIT ?2 OFFSET ?3",
                params![account.id, paging.limit() + 1, paging.offset()],
            )?;
            let more = ids.len() > paging.per_page as usize;
            ids.truncate(paging.per_page as usize);
            let sql = format!(
                "SELECT {COLUMNS} FROM versions v JOIN crates c ON c.id = v.crate_id \
                 WHERE v.id IN (SELECT value FROM json_each(?1)) ORDER BY v.created_at DESC, v.id DESC"
            );
            let ids = crate::wire::id_list(ids);
            let versions = Version::query(connection, &call, None, &sql, [ids])?;
            Ok(json!({ "versions": versions, "meta": { "more": more } }))
        })
        .await?;
    Ok((no_store(), Answer(answer)))
}
