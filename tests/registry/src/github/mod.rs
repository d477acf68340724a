//! The GitHub stand-in: whom one can be, which teams there are, and the code that proves a choice.
//!
//! The registry asks this module what it would ask github.com. Accounts that are linked to a user exist without a row of
//! their own; `github_accounts` holds the others and the present state of those that have changed since.

pub mod page;
pub mod stories;
pub mod teams;

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use crate::{
    clock::{SECOND, Timestamp},
    error::{ApiError, ApiResult},
};

/// How long a code waits to be exchanged.
const CODE_LIFE: i64 = 600 * SECOND;

/// A GitHub account as GitHub tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// GitHub's id, which never changes.
    pub id: i64,
    /// The login, which may.
    pub login: String,
    /// Display name.
    pub name: Option<String>,
    /// Public address.
    pub email: Option<String>,
    /// Avatar's URL, as stored.
    pub avatar: Option<String>,
}

impl Account {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            login: row.get(1)?,
            name: row.get(2)?,
            email: row.get(3)?,
            avatar: row.get(4)?,
        })
    }

    /// The account of an id.
    pub fn find(connection: &Connection, id: i64) -> ApiResult<Option<Self>> {
        let own = connection
            .prepare_cached("SELECT account_id, login, name, email, avatar FROM github_accounts WHERE account_id = ?1")?
            .query_row([id], Self::from_row)
            .optional()?;
        if own.is_some() {
            return Ok(own);
        }
        Ok(connection
            .prepare_cached(
                "SELECT o.account_id, o.login, u.name, NULL, o.avatar FROM oauth_github o JOIN users u ON u.id = o.user_id WHERE o.account_id = ?1",
            )?
            .query_row([id], Self::from_row)
            .optional()?)
    }

    /// Whether GitHub knows an account of this login.
    pub fn id_of_login(connection: &Connection, login: &str) -> ApiResult<Option<i64>> {
        Ok(connection
            .prepare_cached(
                "SELECT account_id FROM github_accounts WHERE lower(login) = ?1 \
                 UNION ALL SELECT account_id FROM oauth_github WHERE lower(login) = ?1 AND stale_since IS NULL LIMIT 1",
            )?
            .query_row([login.to_ascii_lowercase()], |row| row.get(0))
            .optional()?)
    }
}

/// Random text of 32 hex digits, for codes, states and tokens.
pub fn random_text() -> ApiResult<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|_| ApiError::internal())?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Hands out a code for an account.
pub fn issue_code(connection: &Connection, account_id: i64, now: Timestamp) -> ApiResult<String> {
    let code = random_text()?;
    connection
        .prepare_cached(
            "INSERT INTO github_codes (code, account_id, created_at) VALUES (?1, ?2, ?3)",
        )?
        .execute(params![code, account_id, now])?;
    Ok(code)
}

/// Exchanges a code, once, for the account behind it.
pub fn exchange(connection: &Connection, code: &str, now: Timestamp) -> ApiResult<Account> {
    connection
        .prepare_cached("DELETE FROM github_codes WHERE created_at < ?1")?
        .execute([now.plus(-CODE_LIFE)])?;
    let account: Option<i64> = connection
        .prepare_cached("DELETE FROM github_codes WHERE code = ?1 RETURNING account_id")?
        .query_row([code], |row| row.get(0))
        .optional()?;
    let account = account.ok_or_else(|| {
        ApiError::new(
            axum::http::StatusCode::INTERNAL_SERVER_ERROR,
            "Error obtaining token",
        )
    })?;
    Account::find(connection, account)?.ok_or_else(|| {
        ApiError::new(
            axum::http::StatusCode::UNAUTHORIZED,
            "It looks like your GitHub session has expired or the token was revoked. Please try logging out and logging back in to \
             re-authenticate.",
        )
    })
}
