//! Failures as the API tells them: a status and one sentence.
//!
//! Always `{"errors":[{"detail":"…"}]}`. Whatever the database says is logged and becomes a bare 500, so that nothing
//! internal leaks.

use axum::{
    Json,
    extract::rejection::{JsonRejection, PathRejection},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;

use crate::clock::Timestamp;

/// The result of everything that may refuse.
pub type ApiResult<T> = Result<T, ApiError>;

/// One failure.
#[derive(Debug)]
pub struct ApiError {
    /// The status it is answered with.
    pub status: StatusCode,
    /// Display text.
    pub detail: String,
    /// For 429.
    retry_after: Option<Timestamp>,
    /// A changed session that goes along with the failure.
    cookie: Option<HeaderValue>,
}

/// What the recordings say to a request without a signed-in user.
pub const NEEDS_AUTHENTICATION: &str = "this action requires authentication";

impl ApiError {
    /// A failure with a status and a text.
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self {
            status,
            detail: detail.into(),
            retry_after: None,
            cookie: None,
        }
    }

    /// 400.
    pub fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail)
    }

    /// 403.
    pub fn forbidden(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, detail)
    }

    /// 404 with the usual text.
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "Not Found")
    }

    /// 404 for a crate.
    pub fn no_crate(name: &str) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            format!("crate `{name}` does not exist"),
        )
    }

    /// 404 for a version of a crate that exists.
    pub fn no_version(name: &str, num: &str) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            format!("crate `{name}` does not have a version `{num}`"),
        )
    }

    /// 409.
    pub fn conflict(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, detail)
    }

    /// 429 until a moment.
    pub fn too_many(detail: impl Into<String>, until: Timestamp) -> Self {
        Self {
            retry_after: Some(until),
            ..Self::new(StatusCode::TOO_MANY_REQUESTS, detail)
        }
    }

    /// Bare 500.
    pub fn internal() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error")
    }

    /// The same failure, which also changes the session.
    pub fn with_cookie(mut self, cookie: HeaderValue) -> Self {
        self.cookie = Some(cookie);
        self
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let body = Json(json!({ "errors": [{ "detail": self.detail }] }));
        let mut response = (self.status, body).into_response();
        if let Some(value) = self
            .retry_after
            .and_then(|until| HeaderValue::from_str(&until.http_date()).ok())
        {
            response.headers_mut().insert(header::RETRY_AFTER, value);
        }
        if let Some(cookie) = self.cookie {
            response.headers_mut().insert(header::SET_COOKIE, cookie);
        }
        response
    }
}

impl From<rusqlite::Error> for ApiError {
    fn from(error: rusqlite::Error) -> Self {
        tracing::error!(%error, "the database refused");
        Self::internal()
    }
}

impl From<serde_json::Error> for ApiError {
    fn from(error: serde_json::Error) -> Self {
        tracing::error!(%error, "stored JSON cannot be read");
        Self::internal()
    }
}

impl From<JsonRejection> for ApiError {
    fn from(rejection: JsonRejection) -> Self {
        Self::new(rejection.status(), rejection.body_text())
    }
}

impl From<PathRejection> for ApiError {
    fn from(rejection: PathRejection) -> Self {
        Self::new(rejection.status(), rejection.body_text())
    }
}

impl From<axum_extra::extract::QueryRejection> for ApiError {
    fn from(rejection: axum_extra::extract::QueryRejection) -> Self {
        Self::new(rejection.status(), rejection.body_text())
    }
}
