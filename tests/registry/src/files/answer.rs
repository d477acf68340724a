//! The headers of the file host's answers: open to every origin, kept for a while, never interpreted as a page.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Response as HttpResponse, StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::seed::prng::Prng;

/// A file that is there.
#[derive(Debug)]
pub struct File {
    /// MIME type.
    pub content_type: String,
    /// Bytes; in texts `{files}` stands for the file host.
    pub body: Vec<u8>,
    /// Seconds for which it may be kept.
    pub max_age: u32,
}

/// The answer for a file that is there; 304 when the caller has it.
pub fn found(file: File, origin: &str, request: &HeaderMap) -> Response {
    let body = if file.content_type.starts_with("text/") || file.content_type.contains("svg") {
        match String::from_utf8(file.body) {
            Ok(text) => text.replace("{files}", origin).into_bytes(),
            Err(bytes) => bytes.into_bytes(),
        }
    } else {
        file.body
    };
    let etag = format!(
        "\"{:016x}\"",
        Prng::named(&String::from_utf8_lossy(&body)).next_u64()
    );
    let known = request
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|tags| {
            tags.split(',')
                .map(str::trim)
                .any(|tag| tag.strip_prefix("W/").unwrap_or(tag) == etag)
        });
    let cache = format!("public,max-age={}", file.max_age);
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        HttpResponse::new(Body::from(body))
    };
    let headers = response.headers_mut();
    if !known && let Ok(kind) = HeaderValue::from_str(&file.content_type) {
        headers.insert(header::CONTENT_TYPE, kind);
    }
    if let (Ok(etag), Ok(cache)) = (HeaderValue::from_str(&etag), HeaderValue::from_str(&cache)) {
        headers.insert(header::ETAG, etag);
        headers.insert(header::CACHE_CONTROL, cache);
    }
    // Opened by itself, a README must not run what the app would have removed.
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; img-src *; style-src 'unsafe-inline'; sandbox",
        ),
    );
    open(response)
}

/// The answer for a file that is not there, in the bucket's own words.
pub fn absent(status: StatusCode) -> Response {
    let code = if status == StatusCode::FORBIDDEN {
        "AccessDenied"
    } else {
        "NoSuchKey"
    };
    let body =
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code></Error>");
    open(
        (
            status,
            [
                (header::CONTENT_TYPE, "application/xml"),
                (header::CACHE_CONTROL, "no-cache"),
            ],
            body,
        )
            .into_response(),
    )
}

/// The answer to a question whether another origin may ask.
pub async fn preflight() -> Response {
    open(
        (
            StatusCode::NO_CONTENT,
            [
                (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD"),
                (header::ACCESS_CONTROL_MAX_AGE, "3000"),
            ],
        )
            .into_response(),
    )
}

fn open(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    );
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    response
}
