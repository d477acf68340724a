//! Keywords.

use std::num::NonZeroU32;

use axum::{
    Json as Answer,
    extract::{RawQuery, State},
};
use rusqlite::OptionalExtension;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    app::AppState,
    error::{ApiError, ApiResult},
    extract::{Path, Query},
    paging::{Paging, Supported},
    wire::krate::Keyword,
};

/// Parameters of lists of keywords and categories.
#[derive(Deserialize)]
pub struct ListQuery {
    /// `crates` for the most used first, anything else for the alphabet.
    pub sort: Option<String>,
    /// Page number.
    pub page: Option<NonZeroU32>,
    /// Rows per page.
    pub per_page: Option<NonZeroU32>,
    /// Refused.
    pub seek: Option<String>,
}

/// `GET /api/v1/keywords`.
pub async fn list(
    State(app): State<AppState>,
    Query(query): Query<ListQuery>,
    RawQuery(raw): RawQuery,
) -> ApiResult<Answer<Value>> {
    let paging = Paging::new(
        query.page,
        query.per_page,
        query.seek,
        raw.as_deref(),
        Supported::Page,
    )?;
    app.read(move |connection| {
        let order = if query.sort.as_deref() == Some("crates") { "crates_cnt DESC, keyword" } else { "keyword" };
        let sql = format!("SELECT keyword, created_at, crates_cnt FROM keywords ORDER BY {order} LIMIT ?1 OFFSET ?2");
        let keywords = connection
            .prepare_cached(&sql)?
            .query_map([paging.limit(), paging.offset()], Keyword::from_row)?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        let total: i64 = connection.query_row("SELECT count(*) FROM keywords", [], |row| row.get(0))?;
        Ok(Answer(json!({ "keywords": keywords, "meta": { "total": total } })))
    })
    .await
}

/// `GET /api/v1/keywords/{keyword}`: in any case.
pub async fn show(
    State(app): State<AppState>,
    Path(keyword): Path<String>,
) -> ApiResult<Answer<Value>> {
    app.read(move |connection| {
        let keyword = connection
            .prepare_cached(
                "SELECT keyword, created_at, crates_cnt FROM keywords WHERE keyword = ?1",
            )?
            .query_row([keyword.to_lowercase()], Keyword::from_row)
            .optional()?
            .ok_or_else(ApiError::not_found)?;
        Ok(Answer(json!({ "keyword": keyword })))
    })
    .await
}
