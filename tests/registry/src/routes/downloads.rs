//! Downloads by day, and where files are.

use axum::{
    Json as Answer,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use chrono::NaiveDate;
use rusqlite::{OptionalExtension, params};
use serde::Deserialize;
use serde_json::{Value, json};

use super::versions::VersionPath;
use crate::{
    app::{App, AppState},
    call::Call,
    clock,
    error::{ApiError, ApiResult},
    extract::{Path, Query},
    names::canonical,
    wire::{
        column, id_list,
        krate::crate_id,
        version::{Version, version_id},
    },
};

/// `?include=` of a crate's downloads.
#[derive(Deserialize)]
pub struct Include {
    include: Option<String>,
}

/// `GET /api/v1/crates/{name}/downloads`: the five highest versions by day, the rest summed.
pub async fn of_crate(
    State(app): State<AppState>,
    call: Call,
    Path(name): Path<String>,
    Query(query): Query<Include>,
) -> ApiResult<Answer<Value>> {
    let mut include_versions = false;
    for component in query
        .include
        .as_deref()
        .unwrap_or_default()
        .split(',')
        .filter(|component| !component.is_empty())
    {
        if component != "versions" {
            return Err(ApiError::bad_request(
                "invalid component for ?include= (expected 'versions')",
            ));
        }
        include_versions = true;
    }
    app.read(move |connection| {
        let id = crate_id(connection, &name)?;
        let ids: Vec<i64> = column(connection, "SELECT id FROM versions WHERE crate_id = ?1 ORDER BY semver_ord DESC, id DESC LIMIT 5", [id])?;
        let from = clock::day_after(call.now, -90);
        let by_day = connection
            .prepare_cached(
                "SELECT d.version_id, d.downloads, d.date FROM version_downloads d JOIN versions v ON v.id = d.version_id \
                 WHERE d.version_id IN (SELECT value FROM json_each(?1)) AND d.date > ?2 ORDER BY d.date, v.semver_ord DESC, v.id DESC",
            )?
            .query_map(params![id_list(ids.iter().copied()), from], |row| {
                Ok(json!({ "version": row.get::<_, i64>(0)?, "downloads": row.get::<_, i64>(1)?, "date": row.get::<_, String>(2)? }))
            })?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        let extra = connection
            .prepare_cached(
                "SELECT d.date, sum(d.downloads) FROM versions v JOIN version_downloads d ON d.version_id = v.id \
                 WHERE v.crate_id = ?1 AND v.id NOT IN (SELECT value FROM json_each(?2)) AND d.date > ?3 GROUP BY d.date ORDER BY d.date",
            )?
            .query_map(params![id, id_list(ids.iter().copied()), from], |row| {
                Ok(json!({ "date": row.get::<_, String>(0)?, "downloads": row.get::<_, i64>(1)? }))
            })?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        let mut answer = json!({ "version_downloads": by_day, "meta": { "extra_downloads": extra } });
        if include_versions {
            answer["versions"] = json!(Version::by_ids(connection, &call, Some(&name), &ids)?);
        }
        Ok(Answer(answer))
    })
    .await
}

/// `?before_date=` of a version's downloads.
#[derive(Deserialize)]
pub struct Before {
    before_date: Option<NaiveDate>,
}

/// `GET /api/v1/crates/{name}/{version}/downloads`: 90 days up to today, or to another day.
pub async fn of_version(
    State(app): State<AppState>,
    call: Call,
    path: VersionPath,
    Query(query): Query<Before>,
) -> ApiResult<Answer<Value>> {
    app.read(move |connection| {
        let (_, id) = version_id(connection, &path.name, &path.num())?;
        let last = query.before_date.map_or(call.now, clock::start_of);
        let by_day = connection
            .prepare_cached(
                "SELECT downloads, date FROM version_downloads WHERE version_id = ?1 AND date > ?2 AND date <= ?3 ORDER BY date",
            )?
            .query_map(params![id, clock::day_after(last, -90), last.date()], |row| {
                Ok(json!({ "version": id, "downloads": row.get::<_, i64>(0)?, "date": row.get::<_, String>(1)? }))
            })?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        Ok(Answer(json!({ "version_downloads": by_day })))
    })
    .await
}

/// `GET /api/v1/crates/{name}/{version}/readme`: where it would be; nobody looks whether it is there.
pub async fn readme(
    State(app): State<AppState>,
    Path((name, version)): Path<(String, String)>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let name = spelling(&app, name).await?;
    Ok(elsewhere(
        &app,
        &headers,
        &format!("readmes/{}/{0}-{}.html", encode(&name), encode(&version)),
    ))
}

/// `GET /api/v1/crates/{name}/{version}/download`.
pub async fn download(
    State(app): State<AppState>,
    Path((name, version)): Path<(String, String)>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let name = spelling(&app, name).await?;
    Ok(elsewhere(
        &app,
        &headers,
        &format!("crates/{}/{0}-{}.crate", encode(&name), encode(&version)),
    ))
}

/// Files lie under the stored spelling of a name.
async fn spelling(app: &App, name: String) -> ApiResult<String> {
    app.read(move |connection| {
        let stored = connection
            .prepare_cached("SELECT name FROM crates WHERE canonical = ?1")?
            .query_row([canonical(&name)], |row| row.get(0))
            .optional()?;
        Ok(stored.unwrap_or(name))
    })
    .await
}

fn encode(segment: &str) -> String {
    use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
    const KEPT: &AsciiSet = &NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'_')
        .remove(b'.')
        .remove(b'~');
    utf8_percent_encode(segment, KEPT).to_string()
}

fn elsewhere(app: &App, headers: &HeaderMap, path: &str) -> Response {
    let url = format!("{}/{path}", app.cdn_base());
    let json_wanted = headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("json"));
    if json_wanted {
        Answer(json!({ "url": url })).into_response()
    } else {
        (
            StatusCode::FOUND,
            [(header::LOCATION, url), (header::VARY, "accept".to_owned())],
        )
            .into_response()
    }
}
