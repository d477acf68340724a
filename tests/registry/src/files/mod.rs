//! The file host: a second origin with rendered READMEs and pictures, as a CDN in front of a bucket serves them.
//!
//! Whatever lies in the `files` table is served as it is; READMEs of existing versions, avatars and README pictures are
//! generated from their address. It knows nothing of sessions, and nothing of it is read from disk.

mod answer;
mod avatar;
mod compressed;
mod image;
mod long_readme;
mod readme;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::{
    Router,
    extract::State,
    http::{HeaderMap, StatusCode, Uri},
    response::Response,
    routing::get,
};
use percent_encoding::percent_decode_str;
use rusqlite::{Connection, OptionalExtension};
use tower_http::compression::CompressionLayer;

use crate::{error::ApiError, pool::Pool};
use answer::{File, absent, found, preflight};
use compressed::Compressed;

/// How long a README may be kept: a version's README changes hardly ever.
const README_AGE: u32 = 604_800;
/// How long a picture may be kept.
const PICTURE_AGE: u32 = 300;

/// What the file host needs.
#[derive(Clone)]
struct Host {
    pool: Pool,
    origin: Arc<str>,
    compressed: Compressed,
}

/// Everything the file host answers. `origin` is its own, for addresses inside of its files.
pub fn router(pool: Pool, origin: &str) -> Router {
    Router::new()
        .route("/", get(serve).options(preflight))
        .route("/{*path}", get(serve).options(preflight))
        .layer(CompressionLayer::new())
        .with_state(Host {
            pool,
            origin: Arc::from(origin),
            compressed: Compressed::default(),
        })
}

async fn serve(State(host): State<Host>, uri: Uri, headers: HeaderMap) -> Response {
    let Ok(path) = percent_decode_str(uri.path().trim_start_matches('/')).decode_utf8() else {
        return absent(StatusCode::NOT_FOUND);
    };
    let path = path.into_owned();
    let query = uri.query().unwrap_or_default().to_owned();
    match host
        .pool
        .read(move |connection| find(connection, &path, &query).map_err(ApiError::from))
        .await
    {
        Ok(Ok(file)) => {
            let answer = found(file, &host.origin, &headers);
            host.compressed.answer(answer, &headers).await
        }
        Ok(Err(status)) => absent(status),
        Err(_) => absent(StatusCode::BAD_GATEWAY),
    }
}

/// The file at that path, or the status with which such a host says that there is none: a bucket that may not be listed
/// answers 403, everything else 404.
fn find(
    connection: &Connection,
    path: &str,
    query: &str,
) -> rusqlite::Result<Result<File, StatusCode>> {
    let stored = connection
        .prepare_cached("SELECT content_type, body FROM files WHERE path = ?1")?
        .query_row([path], |row| {
            Ok(File {
                content_type: row.get(0)?,
                body: row.get(1)?,
                max_age: README_AGE,
            })
        })
        .optional()?;
    if let Some(file) = stored {
        return Ok(Ok(file));
    }
    let svg = |svg: String| File {
        content_type: "image/svg+xml".to_owned(),
        body: svg.into_bytes(),
        max_age: PICTURE_AGE,
    };
    let found = match path.split_once('/') {
        Some(("readmes", rest)) => {
            let html = generated_readme(connection, rest)?;
            html.map(|html| File {
                content_type: "text/html".to_owned(),
                body: html.into_bytes(),
                max_age: README_AGE,
            })
            .ok_or(StatusCode::FORBIDDEN)
        }
        Some(("crates" | "og-images", _)) | None => Err(StatusCode::FORBIDDEN),
        Some(("avatars", file)) => file
            .strip_suffix(".png")
            .filter(|name| avatar::exists(name))
            .ok_or(StatusCode::NOT_FOUND)
            .and_then(|name| {
                let body = avatar::png(name, size(query));
                Ok(File {
                    content_type: "image/png".to_owned(),
                    body: body.map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?,
                    max_age: PICTURE_AGE,
                })
            }),
        Some(("images", file)) => image::svg(file).map(svg).ok_or(StatusCode::NOT_FOUND),
        // Relative pictures of a README, made absolute against its repository.
        Some(("raw", rest)) => image::svg(rest.rsplit('/').next().unwrap_or_default())
            .map(svg)
            .ok_or(StatusCode::NOT_FOUND),
        Some(_) => Err(StatusCode::NOT_FOUND),
    };
    Ok(found)
}

/// `{name}/{name}-{version}.html`, name and version exactly as stored.
fn generated_readme(connection: &Connection, path: &str) -> rusqlite::Result<Option<String>> {
    let Some((name, file)) = path.split_once('/') else {
        return Ok(None);
    };
    let num = file
        .strip_suffix(".html")
        .and_then(|file| file.strip_prefix(name))
        .and_then(|rest| rest.strip_prefix('-'));
    let Some(num) = num else { return Ok(None) };
    let description: Option<Option<String>> = connection
        .prepare_cached(
            "SELECT versions.description FROM crates JOIN versions ON versions.crate_id = crates.id WHERE crates.name = ?1 AND versions.num = ?2",
        )?
        .query_row([name, num], |row| row.get(0))
        .optional()?;
    Ok(description.and_then(|description| readme::html(name, num, description.as_deref())))
}

/// The `s` of the query, in which the side of an avatar is asked for.
fn size(query: &str) -> Option<u32> {
    query
        .split('&')
        .find_map(|pair| pair.strip_prefix("s="))?
        .parse()
        .ok()
}
