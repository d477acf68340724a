//! What happens to every request and answer, whatever they are about.

use std::time::{Duration, Instant};

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{
    app::AppState,
    error::ApiError,
    faults::{Body as Spoilt, Drop, Fault},
};

/// How long a request may take.
pub const TIMEOUT: Duration = Duration::from_secs(30);

/// Marks an answer whose connection is to be cut instead.
#[derive(Clone, Copy)]
pub struct CutConnection;

/// Logs a request, bounds its time, and dates its answer by the registry's clock.
pub async fn outermost(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let started = Instant::now();
    let mut answer = match tokio::time::timeout(TIMEOUT, next.run(request)).await {
        Ok(answer) => answer,
        Err(_) => {
            ApiError::new(StatusCode::REQUEST_TIMEOUT, "The request took too long.").into_response()
        }
    };
    if let Ok(date) = HeaderValue::from_str(&app.clock.now().http_date()) {
        answer.headers_mut().insert(header::DATE, date);
    }
    tracing::info!(%method, path, status = answer.status().as_u16(), micros = started.elapsed().as_micros() as u64, "answered");
    answer
}

/// What crates.io's server says to every request of its API.
pub async fn api(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let crate_list = *request.method() == Method::GET && path == "/api/v1/crates";
    let mut answer = match refusal(&app, request.headers(), &path) {
        Some(error) => error.into_response(),
        None => next.run(request).await,
    };
    if app.variant.adjust_all && crate_list && !answer.status().is_success() {
        *answer.status_mut() = StatusCode::OK;
    }
    let headers = answer.headers_mut();
    for (name, value) in [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::STRICT_TRANSPORT_SECURITY, "max-age=31536000"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "SAMEORIGIN"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    answer
}

fn refusal(app: &AppState, headers: &HeaderMap, path: &str) -> Option<ApiError> {
    let agent = headers
        .get(header::USER_AGENT)
        .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
        .unwrap_or_default();
    if app.variant.blocked_route.as_deref() == Some(path) {
        let detail = "This route is temporarily blocked. See https://status.crates.io.";
        return Some(ApiError::new(StatusCode::SERVICE_UNAVAILABLE, detail));
    }
    if agent.is_empty() {
        return Some(ApiError::forbidden(NO_USER_AGENT));
    }
    if app.variant.blocked_user_agent.as_deref() == Some(agent.as_str()) {
        return Some(ApiError::forbidden(BLOCKED));
    }
    None
}

/// Doubled slashes in API paths count as one, as on crates.io.
pub fn normalize(uri: &mut Uri) {
    let path = uri.path();
    if !path.starts_with("/api") || !path.contains("//") {
        return;
    }
    let mut single = path.to_owned();
    while single.contains("//") {
        single = single.replace("//", "/");
    }
    let rewritten = match uri.query() {
        Some(query) => format!("{single}?{query}"),
        None => single,
    };
    if let Ok(rewritten) = rewritten.parse() {
        *uri = rewritten;
    }
}

/// Lets go wrong what a test wants to go wrong.
pub async fn faults(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let fault = if path.starts_with("/__") {
        None
    } else {
        app.faults.take(request.method().as_str(), path)
    };
    match fault {
        Some(fault) => suffer(fault, request, next).await,
        None => next.run(request).await,
    }
}

async fn suffer(fault: Fault, mut request: Request, next: Next) -> Response {
    if fault.body.is_some() {
        // What is put in the body's place is not compressed, so the answer must not be either.
        request.headers_mut().remove(header::ACCEPT_ENCODING);
    }
    if let Some(latency) = fault.latency_ms {
        tokio::time::sleep(Duration::from_millis(latency)).await;
    }
    if fault.hang {
        std::future::pending::<()>().await;
    }
    if fault.drop == Some(Drop::Before) {
        return cut();
    }
    let status = fault
        .status
        .and_then(|status| StatusCode::from_u16(status).ok());
    let answer = match (status, fault.body) {
        (Some(status), None) => {
            ApiError::new(status, "A fault that a test asked for.").into_response()
        }
        (Some(status), Some(_)) => status.into_response(),
        (None, _) => next.run(request).await,
    };
    if fault.drop == Some(Drop::After) {
        return cut();
    }
    match fault.body {
        None => answer,
        Some(spoilt) => spoil(answer, spoilt).await,
    }
}

fn cut() -> Response {
    let mut answer = Response::new(Body::empty());
    answer.extensions_mut().insert(CutConnection);
    answer
}

async fn spoil(answer: Response, spoilt: Spoilt) -> Response {
    let (mut parts, body) = answer.into_parts();
    let kind = |parts: &mut axum::http::response::Parts, kind: &'static str| {
        parts.headers.remove(header::CONTENT_LENGTH);
        parts.headers.insert(
            HeaderName::from_static("content-type"),
            HeaderValue::from_static(kind),
        );
    };
    // Nobody lets what is broken be kept: the next try would get it again.
    parts
        .headers
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let body = match spoilt {
        Spoilt::NotJson => {
            kind(&mut parts, "application/json");
            Body::from("this is not JSON")
        }
        Spoilt::Html => {
            kind(&mut parts, "text/html; charset=utf-8");
            Body::from("<!DOCTYPE html><title>502 Bad Gateway</title><h1>502 Bad Gateway</h1>")
        }
        Spoilt::Truncated => {
            // The length of the whole is promised, half of it is sent.
            let whole = axum::body::to_bytes(body, usize::MAX)
                .await
                .unwrap_or_default();
            let whole = if whole.len() < 2 {
                bytes::Bytes::from_static(b"{\"user\":{\"id\":1,")
            } else {
                whole
            };
            kind(&mut parts, "application/json");
            parts
                .headers
                .insert(header::CONTENT_LENGTH, HeaderValue::from(whole.len()));
            let half = whole.slice(..whole.len() / 2);
            Body::new(crate::half_body::HalfBody::new(half))
        }
    };
    Response::from_parts(parts, body)
}

const NO_USER_AGENT: &str = "We require that all requests include a `User-Agent` header.  To allow us to determine the impact your bot has on \
our service, we ask that your user agent actually identify your bot, and not just report the HTTP client library you're using.  Including \
contact information will also reduce the chance that we will need to take action against your bot.\n\nBad:\n  User-Agent: reqwest/0.9.1\n\n\
Better:\n  User-Agent: my_crawler\n\nBest:\n  User-Agent: my_crawler (my_crawler.com/info)\n  User-Agent: my_crawler (help@my_crawler.com)\n\n\
If you believe you've received this message in error, please email help@crates.io and include the request id .\n";

const BLOCKED: &str = "We are unable to process your request at this time. This usually means that you are in violation of our API data access \
policy (https://crates.io/data-access). Please email help@crates.io and provide the request id ";
