//! One call of the API: who asks, from where, when, and at which level it is answered.
//!
//! Made from the request before anything is read; authentication happens later, inside the transaction that does the
//! work, so that an account locked a moment ago writes nothing.

use std::{convert::Infallible, sync::Arc};

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, StatusCode, header, request::Parts},
};
use rusqlite::{Connection, OptionalExtension};
use sha2::{Digest, Sha256};

use crate::{
    app::AppState,
    clock::Timestamp,
    config::Level,
    error::{ApiError, ApiResult, NEEDS_AUTHENTICATION},
    session::{self, Session},
};

/// What is known about a request.
#[derive(Clone)]
pub struct Call {
    /// The session of its cookie.
    pub session: Session,
    /// When it came.
    pub now: Timestamp,
    /// How much of the contract it meets.
    pub level: Level,
    /// Origin of the file host, for `{files}`.
    pub files: Arc<str>,
    origin_refused: bool,
    authorization: Option<String>,
}

/// The account that a request acts for.
#[derive(Clone, Debug)]
pub struct Account {
    /// Its id.
    pub id: i64,
    /// Its username.
    pub username: String,
    /// Whether it may use an admin's routes.
    pub is_admin: bool,
    /// The token it came with, `None` for a session.
    pub token: Option<Token>,
}

/// An API token in use.
#[derive(Clone, Debug)]
pub struct Token {
    /// Its id.
    pub id: i64,
    crate_scopes: Option<Vec<String>>,
    endpoint_scopes: Option<Vec<String>>,
}

impl FromRequestParts<AppState> for Call {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Infallible> {
        Ok(Self {
            session: Session::read(&parts.headers, &app.key),
            now: app.clock.now(),
            level: app.level,
            files: Arc::from(app.origins.files.as_str()),
            origin_refused: origin_refused(&parts.headers, &app.origins.app),
            authorization: parts
                .headers
                .get(header::AUTHORIZATION)
                .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()),
        })
    }
}

/// `Origin` is checked when it is there; a browser always sends it with a write.
fn origin_refused(headers: &HeaderMap, app: &str) -> bool {
    headers.get_all(header::ORIGIN).iter().any(|origin| {
        let Ok(origin) = origin.to_str() else {
            return true;
        };
        origin != app && origin != app.replace("//127.0.0.1", "//localhost")
    })
}

impl Call {
    /// The account of the session; API tokens are refused.
    pub fn website_account(&self, connection: &Connection) -> ApiResult<Account> {
        let account = self.account(connection)?;
        if account.token.is_some() {
            return Err(ApiError::forbidden(
                "this action can only be performed on the crates.io website",
            ));
        }
        Ok(account)
    }

    /// The account of the session, or of an unrestricted API token.
    pub fn legacy_account(&self, connection: &Connection) -> ApiResult<Account> {
        self.scoped_account(connection, None, None)
    }

    /// The account of the session, or of an API token good for this endpoint and crate.
    pub fn scoped_account(
        &self,
        connection: &Connection,
        endpoint: Option<&str>,
        krate: Option<&str>,
    ) -> ApiResult<Account> {
        let account = self.account(connection)?;
        if let Some(token) = &account.token {
            let refused = || {
                ApiError::forbidden(
                    "this token does not have the required permissions to perform this action",
                )
            };
            let endpoint_fits = match (&token.endpoint_scopes, endpoint) {
                (None, _) => true,
                (Some(scopes), Some(endpoint)) => scopes.iter().any(|scope| scope == endpoint),
                (Some(_), None) => false,
            };
            let crate_fits = match (&token.crate_scopes, krate) {
                (None, _) => true,
                (Some(scopes), Some(krate)) => {
                    scopes.is_empty() || scopes.iter().any(|scope| scope_covers(scope, krate))
                }
                (Some(scopes), None) => scopes.is_empty(),
            };
            if !endpoint_fits || !crate_fits {
                return Err(refused());
            }
        }
        Ok(account)
    }

    /// Whoever it is, by session or by any token.
    pub fn account(&self, connection: &Connection) -> ApiResult<Account> {
        if self.origin_refused {
            return Err(ApiError::forbidden("invalid origin header"));
        }
        let session_user = self
            .session
            .get(session::USER_ID)
            .and_then(|id| id.parse().ok());
        let (id, token): (i64, _) = match (session_user, &self.authorization) {
            (Some(id), _) => (id, None),
            (None, Some(authorization)) => {
                let (id, token) = token_user(connection, authorization, self.now)?;
                (id, Some(token))
            }
            (None, None) => return Err(ApiError::forbidden(NEEDS_AUTHENTICATION)),
        };
        let found = connection
            .prepare_cached(
                "SELECT username, is_admin, lock_reason, lock_until FROM users WHERE id = ?1",
            )?
            .query_row([id], |row| {
                Ok((
                    row.get(0)?,
                    row.get(1)?,
                    row.get::<_, Option<String>>(2)?,
                    row.get::<_, Option<Timestamp>>(3)?,
                ))
            })
            .optional()?;
        // Somebody who is gone: the recorded server says no more than 500, which nobody should have to imitate.
        let (username, is_admin, lock_reason, lock_until) =
            found.ok_or_else(|| match self.has(Level::Full) {
                true => ApiError::forbidden(NEEDS_AUTHENTICATION),
                false => ApiError::internal(),
            })?;
        if let Some(reason) = lock_reason {
            match lock_until {
                None => {
                    return Err(ApiError::forbidden(format!(
                        "This account is indefinitely locked. Reason: {reason}"
                    )));
                }
                Some(until) if until > self.now => {
                    let until = until.datetime().format("%Y-%m-%d at %H:%M:%S UTC");
                    return Err(ApiError::forbidden(format!(
                        "This account is locked until {until}. Reason: {reason}"
                    )));
                }
                Some(_) => {}
            }
        }
        Ok(Account {
            id,
            username,
            is_admin,
            token,
        })
    }

    /// Whether this server has at least a level.
    pub fn has(&self, level: Level) -> bool {
        self.level >= level
    }

    /// A stored URL as it is answered.
    pub fn url(&self, stored: Option<String>) -> Option<String> {
        stored.map(|url| url.replace("{files}", &self.files))
    }
}

fn scope_covers(scope: &str, krate: &str) -> bool {
    let canonical = crate::names::canonical(krate);
    match scope.strip_suffix('*') {
        Some(start) => canonical.starts_with(&crate::names::canonical(start)),
        None => canonical == crate::names::canonical(scope),
    }
}

/// The hash that a token is stored under.
pub fn token_hash(plaintext: &str) -> [u8; 32] {
    Sha256::digest(plaintext.as_bytes()).into()
}

fn token_user(
    connection: &Connection,
    authorization: &str,
    now: Timestamp,
) -> ApiResult<(i64, Token)> {
    let refused = |detail: String| ApiError::new(StatusCode::UNAUTHORIZED, detail);
    let plaintext = match authorization.split_once(' ') {
        None => authorization,
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
        Some((scheme, _)) => {
            return Err(refused(format!(
                "Invalid `Authorization` header: Found unexpected authentication scheme `{scheme}`"
            )));
        }
    };
    if !plaintext.starts_with("cio") {
        return Err(refused(OLD_TOKEN.to_owned()));
    }
    let found = connection
        .prepare_cached("SELECT user_id, id, crate_scopes, endpoint_scopes, revoked, expired_at FROM api_tokens WHERE token_hash = ?1")?
        .query_row([token_hash(plaintext)], |row| {
            Ok((
                row.get::<_, i64>(0)?,
                row.get::<_, i64>(1)?,
                row.get::<_, Option<String>>(2)?,
                row.get::<_, Option<String>>(3)?,
                row.get::<_, bool>(4)?,
                row.get::<_, Option<Timestamp>>(5)?,
            ))
        })
        .optional()?;
    let Some((user_id, id, crate_scopes, endpoint_scopes, false, expired_at)) = found else {
        return Err(ApiError::forbidden("authentication failed"));
    };
    if expired_at.is_some_and(|moment| moment <= now) {
        return Err(ApiError::forbidden("authentication failed"));
    }
    let list = |text: Option<String>| text.map(|text| serde_json::from_str(&text)).transpose();
    Ok((
        user_id,
        Token {
            id,
            crate_scopes: list(crate_scopes)?,
            endpoint_scopes: list(endpoint_scopes)?,
        },
    ))
}

const OLD_TOKEN: &str = "The given API token does not match the format used by crates.io. Tokens generated before 2020-07-14 were \
generated with an insecure random number generator, and have been revoked. You can generate a new token at https://crates.io/me. For more \
information please see https://blog.rust-lang.org/2020/07/14/crates-io-security-advisory.html. We apologize for any inconvenience.";
