//! People and teams on the wire.

use rusqlite::{Connection, OptionalExtension, Row};
use serde::Serialize;

use crate::{call::Call, clock::Timestamp, error::ApiResult};

/// The columns behind [`User`], of a table aliased `u`.
pub const COLUMNS: &str = "u.id, u.username, u.name, u.gh_login, u.created_at, \
    (SELECT o.avatar FROM oauth_github o WHERE o.user_id = u.id ORDER BY o.account_id LIMIT 1), \
    EXISTS (SELECT 1 FROM oauth_github o WHERE o.user_id = u.id AND o.login = u.username AND o.stale_since IS NULL)";
/// How many columns [`COLUMNS`] has.
pub const WIDTH: usize = 7;

/// A user as everybody sees them.
#[derive(Clone, Debug, Serialize)]
pub struct User {
    /// Id.
    pub id: i64,
    /// Username.
    pub login: String,
    /// Display name.
    pub name: Option<String>,
    /// Avatar's URL.
    pub avatar: Option<String>,
    /// Deprecated: a GitHub page.
    pub url: String,
    /// Whether a linked, current GitHub login is exactly the username.
    pub github_username_matches: bool,
    /// When the account was made.
    pub created_at: Option<Timestamp>,
}

impl User {
    /// Reads [`COLUMNS`] from column `first` on.
    pub fn from_row(row: &Row<'_>, first: usize, call: &Call) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(first)?,
            login: row.get(first + 1)?,
            name: row.get(first + 2)?,
            url: github_url(&row.get::<_, String>(first + 3)?),
            created_at: row.get(first + 4)?,
            avatar: call.url(row.get(first + 5)?),
            github_username_matches: row.get(first + 6)?,
        })
    }

    /// Users by id, in order of id.
    pub fn by_ids(
        connection: &Connection,
        call: &Call,
        ids: impl IntoIterator<Item = i64>,
    ) -> ApiResult<Vec<Self>> {
        let ids: std::collections::BTreeSet<i64> = ids.into_iter().collect();
        let sql = format!(
            "SELECT {COLUMNS} FROM json_each(?1) wanted CROSS JOIN users u ON u.id = wanted.value ORDER BY u.id"
        );
        let mut statement = connection.prepare_cached(&sql)?;
        let rows =
            statement.query_map([super::id_list(ids)], |row| Self::from_row(row, 0, call))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

/// The page of a GitHub account.
pub fn github_url(login: &str) -> String {
    format!("https://github.com/{login}")
}

/// A linked account.
#[derive(Clone, Debug, Serialize)]
pub struct LinkedAccount {
    service: String,
    account_id: i64,
    /// The login that this registry saw last.
    pub login: String,
    avatar: Option<String>,
}

impl LinkedAccount {
    /// The accounts linked to a user.
    pub fn of(connection: &Connection, call: &Call, user_id: i64) -> ApiResult<Vec<Self>> {
        let mut statement = connection.prepare_cached(
            "SELECT 0 AS elsewhere, 'github' AS service, account_id, login, avatar FROM oauth_github WHERE user_id = ?1 \
             UNION ALL SELECT 1, service, account_id, login, avatar FROM linked_elsewhere WHERE user_id = ?1 \
             ORDER BY elsewhere, service, account_id",
        )?;
        let rows = statement.query_map([user_id], |row| {
            Ok(Self {
                service: row.get(1)?,
                account_id: row.get(2)?,
                login: row.get(3)?,
                avatar: call.url(row.get(4)?),
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

/// A user as they see themselves.
#[derive(Clone, Debug, Serialize)]
pub struct AuthenticatedUser {
    id: i64,
    login: String,
    email_verified: bool,
    email_verification_sent: bool,
    name: Option<String>,
    email: Option<String>,
    avatar: Option<String>,
    url: String,
    is_admin: bool,
    publish_notifications: bool,
    created_at: Option<Timestamp>,
}

/// A crate of one's own, with whether mail about it is wanted.
#[derive(Clone, Debug, Serialize)]
pub struct OwnedCrate {
    id: i64,
    name: String,
    email_notifications: bool,
}

/// The caller's renames.
#[derive(Clone, Debug, Serialize)]
pub struct UsernameChange {
    available_at: Option<Timestamp>,
    previous: Option<Previous>,
}

#[derive(Clone, Debug, Serialize)]
struct Previous {
    username: String,
    reclaimable_until: Timestamp,
}

/// The body of `/me` and of a sign-in.
#[derive(Clone, Debug, Serialize)]
pub struct Me {
    user: AuthenticatedUser,
    owned_crates: Vec<OwnedCrate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    username_change: Option<UsernameChange>,
}

impl Me {
    /// Everything about a user that is their own business.
    pub fn of(connection: &Connection, call: &Call, user_id: i64) -> ApiResult<Self> {
        let sql = format!(
            "SELECT {COLUMNS}, u.is_admin, u.publish_notifications, e.email, coalesce(e.verified, 0), e.token_generated_at IS NOT NULL \
             FROM users u LEFT JOIN emails e ON e.user_id = u.id WHERE u.id = ?1"
        );
        let user = connection
            .prepare_cached(&sql)?
            .query_row([user_id], |row| {
                let user = User::from_row(row, 0, call)?;
                Ok(AuthenticatedUser {
                    id: user.id,
                    login: user.login,
                    email_verified: row.get(WIDTH + 3)?,
                    email_verification_sent: row.get(WIDTH + 4)?,
                    name: user.name,
                    email: row.get(WIDTH + 2)?,
                    avatar: user.avatar,
                    url: user.url,
                    is_admin: row.get(WIDTH)?,
                    publish_notifications: row.get(WIDTH + 1)?,
                    created_at: user.created_at,
                })
            })?;
        let mut statement = connection.prepare_cached(
            "SELECT c.id, c.name, o.email_notifications FROM crate_owners o JOIN crates c ON c.id = o.crate_id \
             WHERE o.user_id = ?1 ORDER BY c.name",
        )?;
        let owned_crates = statement
            .query_map([user_id], |row| {
                Ok(OwnedCrate {
                    id: row.get(0)?,
                    name: row.get(1)?,
                    email_notifications: row.get(2)?,
                })
            })?
            .collect::<rusqlite::Result<_>>()?;
        let username_change = match call.has(crate::config::Level::Full) {
            true => Some(UsernameChange::of(connection, call, user_id)?),
            false => None,
        };
        Ok(Self {
            user,
            owned_crates,
            username_change,
        })
    }
}

impl UsernameChange {
    fn of(connection: &Connection, call: &Call, user_id: i64) -> ApiResult<Self> {
        let available_at = crate::names::claim::next_change(connection, user_id)?
            .filter(|moment| *moment > call.now);
        let previous = connection
            .prepare_cached(
                "SELECT username, available_at FROM held_usernames \
                 WHERE former_user_id = ?1 AND available_at > ?2 AND reclaimable = 1 ORDER BY available_at DESC LIMIT 1",
            )?
            .query_row(rusqlite::params![user_id, call.now], |row| {
                Ok(Previous { username: row.get(0)?, reclaimable_until: row.get(1)? })
            })
            .optional()?;
        Ok(Self {
            available_at,
            previous,
        })
    }
}

/// An owner of a crate.
#[derive(Clone, Debug, Serialize)]
pub struct Owner {
    /// Id of the user or team.
    pub id: i64,
    /// Username, or `github:org:team`.
    pub login: String,
    kind: &'static str,
    url: Option<String>,
    name: Option<String>,
    avatar: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    github_username_matches: Option<bool>,
}

impl Owner {
    /// The people who own a crate, in order of id.
    pub fn users(connection: &Connection, call: &Call, crate_id: i64) -> ApiResult<Vec<Self>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM crate_owners co JOIN users u ON u.id = co.user_id \
             WHERE co.crate_id = ?1 AND co.user_id IS NOT NULL ORDER BY co.user_id"
        );
        let mut statement = connection.prepare_cached(&sql)?;
        let rows = statement.query_map([crate_id], |row| {
            let user = User::from_row(row, 0, call)?;
            Ok(Self {
                id: user.id,
                login: user.login,
                kind: "user",
                url: Some(user.url),
                name: user.name,
                avatar: user.avatar,
                github_username_matches: Some(user.github_username_matches),
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The teams that own a crate, in order of id.
    pub fn teams(connection: &Connection, call: &Call, crate_id: i64) -> ApiResult<Vec<Self>> {
        let mut statement = connection.prepare_cached(
            "SELECT t.id, t.login, t.name, t.avatar FROM crate_owners co JOIN teams t ON t.id = co.team_id \
             WHERE co.crate_id = ?1 AND co.team_id IS NOT NULL ORDER BY co.team_id",
        )?;
        let rows = statement.query_map([crate_id], |row| {
            let team = Team::from_row(row, call)?;
            Ok(Self {
                id: team.id,
                login: team.login,
                kind: "team",
                url: team.url,
                name: team.name,
                avatar: team.avatar,
                github_username_matches: None,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

/// A team.
#[derive(Clone, Debug, Serialize)]
pub struct Team {
    id: i64,
    login: String,
    name: Option<String>,
    avatar: Option<String>,
    url: Option<String>,
}

impl Team {
    /// Reads id, login, name, avatar.
    pub fn from_row(row: &Row<'_>, call: &Call) -> rusqlite::Result<Self> {
        let login: String = row.get(1)?;
        Ok(Self {
            id: row.get(0)?,
            url: login.split(':').nth(1).map(github_url),
            login,
            name: row.get(2)?,
            avatar: call.url(row.get(3)?),
        })
    }
}
