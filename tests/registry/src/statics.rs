//! The app's files: what is there is served, every other address is a page of the app.
//!
//! A missing file below `/assets/` stays missing, so that an old page never gets HTML for a script.

use std::path::{Component, Path, PathBuf};

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use tower::ServiceExt;
use tower_http::services::ServeDir;

use crate::headers;

/// The address of the description of the search.
const SEARCH: &str = "/opensearch.xml";

/// Where the files are, and what their headers have to say.
#[derive(Clone)]
pub struct Statics {
    dist: Option<PathBuf>,
    file_host: String,
}

impl Statics {
    /// Serves a folder of built files, or nothing.
    pub fn new(dist: Option<PathBuf>, file_host: &str) -> Self {
        Self {
            dist,
            file_host: file_host.to_owned(),
        }
    }
}

/// Answers whatever is not the API's.
pub async fn serve(State(statics): State<Statics>, request: Request) -> Response {
    let Some(dist) = &statics.dist else {
        return (
            StatusCode::NOT_FOUND,
            "This registry was started without the app's files (--dist).\n",
        )
            .into_response();
    };
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return (
            StatusCode::METHOD_NOT_ALLOWED,
            [(header::ALLOW, "GET,HEAD")],
        )
            .into_response();
    }
    let path = request.uri().path().to_owned();
    if path == SEARCH {
        return search(dist, &statics.file_host, request.headers()).await;
    }
    let page = !is_file(dist, &path).await;
    if page && (path == "/assets" || path.starts_with("/assets/") || !is_page(&path)) {
        let unkept = headers::of(headers::MISSING, false, None, &statics.file_host);
        return (StatusCode::NOT_FOUND, unkept, "Not Found\n").into_response();
    }
    let file = if page { "/index.html" } else { path.as_str() };
    let html = match file.ends_with(".html") {
        true => tokio::fs::read_to_string(dist.join(file.trim_start_matches('/')))
            .await
            .ok(),
        false => None,
    };
    // index.html asked for by its own name is the same page.
    let page = page || path == "/index.html";
    let mut answer = from_folder(dist, file, request).await;
    if answer.status().is_success() || answer.status() == StatusCode::NOT_MODIFIED {
        let table = headers::of(
            if page { "/" } else { &path },
            page,
            html.as_deref(),
            &statics.file_host,
        );
        let kept = table.get(header::CACHE_CONTROL);
        if kept.is_some_and(|kept| kept.as_bytes().ends_with(b"immutable")) {
            // What never changes is never asked for again, so nothing is said by which that could be done.
            for unneeded in [header::ETAG, header::LAST_MODIFIED, header::ACCEPT_RANGES] {
                answer.headers_mut().remove(unneeded);
            }
        }
        answer.headers_mut().extend(table);
    }
    answer
}

/// The description of the search, with the origin that it was asked by: browsers want whole addresses in it.
async fn search(dist: &Path, file_host: &str, asked: &HeaderMap) -> Response {
    let host = asked
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .filter(|host| {
            host.bytes()
                .all(|b| b.is_ascii_alphanumeric() || b".:-[]".contains(&b))
        });
    let file = tokio::fs::read_to_string(dist.join(SEARCH.trim_start_matches('/'))).await;
    let (Ok(text), Some(host)) = (file, host) else {
        return (StatusCode::NOT_FOUND, "Not Found\n").into_response();
    };
    let kind = [(
        header::CONTENT_TYPE,
        "application/opensearchdescription+xml; charset=utf-8",
    )];
    let text = text.replace("{origin}", &format!("http://{host}"));
    let mut answer = (kind, text).into_response();
    answer
        .headers_mut()
        .extend(headers::of(SEARCH, false, None, file_host));
    answer
}

async fn from_folder(dist: &Path, file: &str, request: Request) -> Response {
    let mut inner = Request::new(Body::empty());
    *inner.method_mut() = request.method().clone();
    *inner.uri_mut() = file.parse().unwrap_or(Uri::from_static("/index.html"));
    *inner.headers_mut() = request.headers().clone();
    let service = ServeDir::new(dist)
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip();
    match service.oneshot(inner).await {
        Ok(answer) if answer.status() == StatusCode::NOT_FOUND && file == "/index.html" => (
            StatusCode::NOT_FOUND,
            HeaderMap::new(),
            "The app has not been built yet.\n",
        )
            .into_response(),
        Ok(answer) => answer.map(Body::new).into_response(),
        Err(never) => match never {},
    }
}

/// Whether an address names a file of the folder.
async fn is_file(dist: &Path, path: &str) -> bool {
    let Ok(decoded) =
        percent_encoding::percent_decode_str(path.trim_start_matches('/')).decode_utf8()
    else {
        return false;
    };
    let relative = Path::new(decoded.as_ref());
    let plain = !decoded.contains('\0')
        && relative
            .components()
            .all(|part| matches!(part, Component::Normal(_)));
    plain
        && !decoded.is_empty()
        && tokio::fs::metadata(dist.join(relative))
            .await
            .is_ok_and(|metadata| metadata.is_file())
}

/// Whether an address can be a page: no climbing, nothing undecodable, none of the control calls.
fn is_page(path: &str) -> bool {
    let decoded = percent_encoding::percent_decode_str(path).decode_utf8();
    decoded.is_ok_and(|decoded| {
        !decoded.contains('\0')
            && !decoded.split(['/', '\\']).any(|part| part == "..")
            && !decoded.starts_with("/__")
    })
}
