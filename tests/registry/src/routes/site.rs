//! The registry as a whole.

use axum::{Json as Answer, extract::State, response::IntoResponse};
use rusqlite::Connection;
use serde_json::json;

use super::{categories, shared_briefly};
use crate::{
    app::AppState,
    call::Call,
    error::ApiResult,
    wire::krate::{COLUMNS, JOIN, Keyword, Krate},
};

/// `GET /api/v1/site_metadata`.
pub async fn metadata(State(app): State<AppState>) -> impl IntoResponse {
    let answer = json!({
        "deployed_sha": "unknown",
        "commit": "unknown",
        "cdn_base": app.cdn_base(),
        "read_only": app.variant.read_only,
        "banner_message": app.variant.banner,
    });
    (shared_briefly(), Answer(answer))
}

/// `GET /api/v1/summary`.
pub async fn summary(State(app): State<AppState>, call: Call) -> ApiResult<impl IntoResponse> {
    let answer = app
        .read(move |connection| {
            let setting = |name: &str| crate::db::setting::<i64>(connection, name).map(|value| value.unwrap_or(0));
            let keywords = connection
                .prepare_cached("SELECT keyword, created_at, crates_cnt FROM keywords ORDER BY crates_cnt DESC, keyword LIMIT 10")?
                .query_map([], Keyword::from_row)?
                .collect::<rusqlite::Result<Vec<_>>>()?;
            Ok(json!({
                "num_downloads": setting("num_downloads")?,
                "num_crates": setting("num_crates")?,
                "new_crates": ten(connection, &call, "ORDER BY c.created_at DESC, c.id DESC")?,
                "most_downloaded": ten(connection, &call, "ORDER BY c.downloads DESC, c.id DESC")?,
                "most_recently_downloaded": ten(connection, &call, "ORDER BY c.recent_downloads DESC, c.id DESC")?,
                "just_updated": ten(connection, &call, "WHERE c.updated_at <> c.created_at ORDER BY c.updated_at DESC, c.id DESC")?,
                "popular_keywords": keywords,
                "popular_categories": categories::popular(connection, 10)?,
            }))
        })
        .await?;
    Ok((shared_briefly(), Answer(answer)))
}

fn ten(connection: &Connection, call: &Call, which: &str) -> ApiResult<Vec<Krate>> {
    let sql = format!("SELECT {COLUMNS} FROM crates c {JOIN} {which} LIMIT 10");
    let mut crates = connection
        .prepare_cached(&sql)?
        .query_map([], |row| Krate::from_row(row, call))?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    for krate in &mut crates {
        krate.load_top_versions(connection)?;
    }
    Ok(crates)
}
