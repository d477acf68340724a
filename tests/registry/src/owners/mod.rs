//! Owners of crates: who they are, what a caller may do, and what a text that names an owner means.

pub mod change;
pub mod spec;

use rusqlite::{Connection, OptionalExtension, params};

use crate::error::ApiResult;

/// What somebody may do with a crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rights {
    /// Nothing.
    None,
    /// Publish and yank: a member of a team that owns it.
    Team,
    /// Everything: an owner.
    Full,
}

/// What a user may do with a crate.
pub fn rights(connection: &Connection, crate_id: i64, user_id: i64) -> ApiResult<Rights> {
    let owner = connection
        .prepare_cached("SELECT 1 FROM crate_owners WHERE crate_id = ?1 AND user_id = ?2")?
        .exists(params![crate_id, user_id])?;
    if owner {
        return Ok(Rights::Full);
    }
    let member = connection
        .prepare_cached(
            "SELECT 1 FROM crate_owners co JOIN teams t ON t.id = co.team_id \
             JOIN github_team_members m ON m.github_id = t.github_id JOIN oauth_github o ON o.account_id = m.account_id \
             WHERE co.crate_id = ?1 AND co.team_id IS NOT NULL AND o.user_id = ?2",
        )?
        .exists(params![crate_id, user_id])?;
    Ok(if member { Rights::Team } else { Rights::None })
}

/// A person, under the names that owners are addressed by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Id.
    pub id: i64,
    /// Username.
    pub username: String,
    /// Login of the GitHub account they signed up with.
    pub gh_login: String,
}

impl Person {
    fn find(
        connection: &Connection,
        condition: &str,
        key: impl rusqlite::ToSql,
    ) -> ApiResult<Option<Self>> {
        let sql = format!("SELECT u.id, u.username, u.gh_login FROM users u WHERE {condition}");
        Ok(connection
            .prepare_cached(&sql)?
            .query_row([key], |row| {
                Ok(Self {
                    id: row.get(0)?,
                    username: row.get(1)?,
                    gh_login: row.get(2)?,
                })
            })
            .optional()?)
    }

    /// By username, in any spelling.
    pub fn by_username(connection: &Connection, username: &str) -> ApiResult<Option<Self>> {
        Self::find(
            connection,
            "u.canonical = ?1",
            crate::names::canonical(username),
        )
    }

    /// By the login of a linked account that is not out of date.
    pub fn by_github_login(connection: &Connection, login: &str) -> ApiResult<Option<Self>> {
        let condition = "u.id = (SELECT o.user_id FROM oauth_github o WHERE lower(o.login) = ?1 AND o.stale_since IS NULL)";
        Self::find(connection, condition, login.to_ascii_lowercase())
    }

    /// As the server of August finds people to invite: by the GitHub login they signed up with.
    pub fn by_gh_login(connection: &Connection, login: &str) -> ApiResult<Option<Self>> {
        let condition = "lower(u.gh_login) = ?1 AND u.gh_id > 0 ORDER BY u.id DESC LIMIT 1";
        Self::find(connection, condition, login.to_ascii_lowercase())
    }

    /// The logins of the linked accounts.
    pub fn github_logins(&self, connection: &Connection) -> ApiResult<Vec<String>> {
        let sql = "SELECT login FROM oauth_github WHERE user_id = ?1 ORDER BY account_id";
        Ok(crate::wire::column(connection, sql, [self.id])?)
    }
}
