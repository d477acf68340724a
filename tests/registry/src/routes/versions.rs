//! Versions of a crate, and what depends on what.

use std::{collections::BTreeMap, num::NonZeroU32};

use axum::{
    Json as Answer,
    extract::{FromRequestParts, RawQuery, State},
    http::request::Parts,
};
use rusqlite::{Connection, Row, params};
use serde::Deserialize;
use serde_json::{Value, json, value::RawValue};

use crate::{
    app::AppState,
    call::Call,
    error::{ApiError, ApiResult},
    extract::{Path, Query},
    paging::{Paging, Supported},
    wire::{
        column,
        krate::crate_id,
        version::{COLUMNS, Version, version_id},
    },
};

/// A version in a path. Anything that is no semver is a malformed address.
pub struct VersionPath {
    /// The crate.
    pub name: String,
    version: semver::Version,
}

impl<S: Send + Sync> FromRequestParts<S> for VersionPath {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let Path((name, version)) =
            Path::<(String, String)>::from_request_parts(parts, state).await?;
        let version = semver::Version::parse(&version)
            .map_err(|error| ApiError::bad_request(format!("Invalid URL: {error}")))?;
        Ok(Self { name, version })
    }
}

impl VersionPath {
    /// The version number as text.
    pub fn num(&self) -> String {
        self.version.to_string()
    }
}

/// The parameters of the list of versions.
#[derive(Deserialize)]
pub struct ListQuery {
    include: Option<String>,
    sort: Option<String>,
    #[serde(rename = "nums[]", default)]
    nums: Vec<String>,
    page: Option<NonZeroU32>,
    per_page: Option<NonZeroU32>,
    seek: Option<String>,
}

/// `GET /api/v1/crates/{name}/versions`: all, or onward from a key when `per_page` is given.
pub async fn list(
    State(app): State<AppState>,
    call: Call,
    Path(name): Path<String>,
    Query(query): Query<ListQuery>,
    RawQuery(raw): RawQuery,
) -> ApiResult<Answer<Value>> {
    let mut release_tracks = false;
    for component in query
        .include
        .as_deref()
        .unwrap_or_default()
        .split(',')
        .filter(|component| !component.is_empty())
    {
        if component != "release_tracks" {
            return Err(ApiError::bad_request(
                "invalid component for ?include= (expected 'release_tracks')",
            ));
        }
        release_tracks = true;
    }
    let paging = match query.per_page {
        Some(_) => Some(Paging::new(
            query.page,
            query.per_page,
            query.seek.clone(),
            raw.as_deref(),
            Supported::Seek,
        )?),
        None => None,
    };
    app.read(move |connection| {
        let id = crate_id(connection, &name)?;
        let by_date = query.sort.as_deref() == Some("date");
        let nums = if query.nums.is_empty() {
            None
        } else {
            Some(json!(query.nums).to_string())
        };
        let narrowed = if nums.is_some() {
            "AND v.num IN (SELECT value FROM json_each(?2))"
        } else {
            "AND ?2 IS NULL"
        };
        let total: i64 = connection
            .prepare_cached(&format!(
                "SELECT count(*) FROM versions v WHERE v.crate_id = ?1 {narrowed}"
            ))?
            .query_row(params![id, nums], |row| row.get(0))?;
        let (key, order) = if by_date {
            ("v.created_at", "v.created_at DESC, v.id DESC")
        } else {
            ("v.semver_ord", "v.semver_ord DESC, v.id DESC")
        };
        let after = match paging
            .as_ref()
            .map(|paging| seek(paging, by_date))
            .transpose()?
            .flatten()
        {
            None => (
                "AND ?3 IS NULL AND ?4 IS NULL".to_owned(),
                rusqlite::types::Value::Null,
                None,
            ),
            Some((value, version)) => (
                format!("AND ({key}, v.id) < (?3, ?4)"),
                value,
                Some(version),
            ),
        };
        let sql = format!(
            "SELECT {COLUMNS} FROM versions v JOIN crates c ON c.id = v.crate_id \
             WHERE v.crate_id = ?1 {narrowed} {} ORDER BY {order} LIMIT ?5",
            after.0
        );
        let limit = paging.as_ref().map_or(-1, Paging::limit);
        let versions = Version::query(
            connection,
            &call,
            Some(&name),
            &sql,
            params![id, nums, after.1, after.2, limit],
        )?;
        let last = versions.last().map(|version| match by_date {
            true => json!([version.created_at.0, version.id]),
            false => json!([version.num, version.id]),
        });
        let next_page = paging
            .as_ref()
            .and_then(|paging| paging.next_page(versions.len(), last));
        let total = if versions.is_empty() { 0 } else { total };
        let mut meta = json!({ "total": total, "next_page": next_page });
        if release_tracks {
            meta["release_tracks"] = self::release_tracks(connection, id)?;
        }
        Ok(Answer(json!({ "versions": versions, "meta": meta })))
    })
    .await
}

fn seek(paging: &Paging, by_date: bool) -> ApiResult<Option<(rusqlite::types::Value, i64)>> {
    Ok(match by_date {
        true => paging
            .seek_key::<(i64, i64)>()?
            .map(|(moment, id)| (moment.into(), id)),
        false => paging
            .seek_key::<(String, i64)>()?
            .map(|(num, id)| (crate::semver_ord::key(&num).into(), id)),
    })
}

/// The highest stable version of each line of compatible versions that is not yanked.
fn release_tracks(connection: &Connection, crate_id: i64) -> ApiResult<Value> {
    let nums: Vec<String> = column(
        connection,
        "SELECT num FROM versions WHERE crate_id = ?1 AND yanked = 0 AND prerelease = 0 ORDER BY semver_ord DESC",
        [crate_id],
    )?;
    let mut tracks = BTreeMap::new();
    for num in nums {
        let Ok(version) = semver::Version::parse(&num) else {
            continue;
        };
        let track = if version.major == 0 {
            format!("0.{}", version.minor)
        } else {
            version.major.to_string()
        };
        tracks
            .entry(track)
            .or_insert_with(|| json!({ "highest": num }));
    }
    Ok(json!(tracks))
}

/// `GET /api/v1/crates/{name}/{version}`.
pub async fn show(
    State(app): State<AppState>,
    call: Call,
    path: VersionPath,
) -> ApiResult<Answer<Value>> {
    app.read(move |connection| {
        let (_, id) = version_id(connection, &path.name, &path.num())?;
        Ok(Answer(
            json!({ "version": one(connection, &call, &path.name, id)? }),
        ))
    })
    .await
}

/// One version by id.
pub fn one(connection: &Connection, call: &Call, name: &str, id: i64) -> ApiResult<Version> {
    Version::by_ids(connection, call, Some(name), &[id])?
        .pop()
        .ok_or_else(ApiError::not_found)
}

/// `GET /api/v1/crates/{name}/{version}/authors`: a relic that is always empty.
pub async fn authors(State(app): State<AppState>, path: VersionPath) -> ApiResult<Answer<Value>> {
    app.read(move |connection| {
        version_id(connection, &path.name, &path.num())?;
        Ok(Answer(json!({ "users": [], "meta": { "names": [] } })))
    })
    .await
}

/// Reads a dependency; `crate_id` is the name of the crate depended on.
fn dependency(row: &Row<'_>) -> rusqlite::Result<Value> {
    let features: String = row.get(6)?;
    Ok(json!({
        "id": row.get::<_, i64>(0)?,
        "version_id": row.get::<_, i64>(1)?,
        "crate_id": row.get::<_, String>(2)?,
        "req": row.get::<_, String>(3)?,
        "optional": row.get::<_, bool>(4)?,
        "default_features": row.get::<_, bool>(5)?,
        "features": RawValue::from_string(features).ok(),
        "target": row.get::<_, Option<String>>(7)?,
        "kind": row.get::<_, String>(8)?,
        "downloads": row.get::<_, i64>(9)?,
    }))
}

/// `GET /api/v1/crates/{name}/{version}/dependencies`.
pub async fn dependencies(
    State(app): State<AppState>,
    path: VersionPath,
) -> ApiResult<Answer<Value>> {
    app.read(move |connection| {
        let (_, id) = version_id(connection, &path.name, &path.num())?;
        let dependencies = connection
            .prepare_cached(
                "SELECT d.id, d.version_id, c.name, d.req, d.optional, d.default_features, d.features, d.target, d.kind, 0 \
                 FROM dependencies d JOIN crates c ON c.id = d.crate_id WHERE d.version_id = ?1 ORDER BY d.optional, c.name, d.id",
            )?
            .query_map([id], dependency)?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        Ok(Answer(json!({ "dependencies": dependencies })))
    })
    .await
}

/// The parameters of the list of dependents.
#[derive(Deserialize)]
pub struct DependentsQuery {
    page: Option<NonZeroU32>,
    per_page: Option<NonZeroU32>,
    seek: Option<String>,
}

/// `GET /api/v1/crates/{name}/reverse_dependencies`: crates whose default version depends on this one, most used first.
pub async fn reverse_dependencies(
    State(app): State<AppState>,
    call: Call,
    Path(name): Path<String>,
    Query(query): Query<DependentsQuery>,
    RawQuery(raw): RawQuery,
) -> ApiResult<Answer<Value>> {
    let paging = Paging::new(
        query.page,
        query.per_page,
        query.seek,
        raw.as_deref(),
        Supported::Page,
    )?
    .limited()?;
    app.read(move |connection| {
        let id = crate_id(connection, &name)?;
        // One row for each dependent: its first dependency on the crate.
        const DEPENDENTS: &str = "FROM dependencies d JOIN versions v ON v.id = d.version_id \
            JOIN crates c ON c.id = v.crate_id AND c.default_version_id = v.id WHERE d.crate_id = ?1 \
            AND NOT EXISTS (SELECT 1 FROM dependencies e WHERE e.crate_id = d.crate_id AND e.version_id = d.version_id AND e.id < d.id)";
        let total: i64 = connection.prepare_cached(&format!("SELECT count(*) {DEPENDENTS}"))?.query_row([id], |row| row.get(0))?;
        let sql = format!(
            "SELECT d.id, d.version_id, (SELECT name FROM crates WHERE id = ?1), d.req, d.optional, d.default_features, d.features, d.target, \
             d.kind, c.downloads {DEPENDENTS} ORDER BY c.downloads DESC, c.name LIMIT ?2 OFFSET ?3"
        );
        let mut ids = Vec::new();
        let dependencies = connection
            .prepare_cached(&sql)?
            .query_map(params![id, paging.limit(), paging.offset()], |row| {
                ids.push(row.get::<_, i64>(1)?);
                dependency(row)
            })?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        let versions = Version::by_ids(connection, &call, None, &ids)?;
        Ok(Answer(json!({ "dependencies": dependencies, "versions": versions, "meta": { "total": total } })))
    })
    .await
}
