//! Teams as GitHub knows them, and who may speak for them.

use rusqlite::{Connection, OptionalExtension, params};

use crate::error::ApiResult;

/// A team on GitHub.
#[derive(Clone, Debug)]
pub struct Team {
    /// GitHub's id of the team.
    pub github_id: i64,
    /// GitHub's id of the organisation.
    pub org_id: i64,
    /// Display name.
    pub name: Option<String>,
    /// Avatar's URL.
    pub avatar: Option<String>,
}

/// The team of a name.
pub fn find(connection: &Connection, org: &str, team: &str) -> ApiResult<Option<Team>> {
    Ok(connection
        .prepare_cached("SELECT github_id, org_id, name, avatar FROM github_teams WHERE lower(org) = ?1 AND lower(team) = ?2")?
        .query_row([org.to_ascii_lowercase(), team.to_ascii_lowercase()], |row| {
            Ok(Team { github_id: row.get(0)?, org_id: row.get(1)?, name: row.get(2)?, avatar: row.get(3)? })
        })
        .optional()?)
}

/// Whether one of a user's linked accounts is a member of a team.
pub fn is_member(connection: &Connection, user_id: i64, github_id: i64) -> ApiResult<bool> {
    Ok(connection
        .prepare_cached(
            "SELECT 1 FROM oauth_github o JOIN github_team_members m ON m.account_id = o.account_id WHERE o.user_id = ?1 AND m.github_id = ?2",
        )?
        .exists(params![user_id, github_id])?)
}

/// Whether one of a user's linked accounts owns an organisation.
pub fn owns_organisation(connection: &Connection, user_id: i64, org_id: i64) -> ApiResult<bool> {
    Ok(connection
        .prepare_cached(
            "SELECT 1 FROM oauth_github o JOIN github_org_owners w ON w.account_id = o.account_id WHERE o.user_id = ?1 AND w.org_id = ?2",
        )?
        .exists(params![user_id, org_id])?)
}

/// GitHub's id of an organisation, as far as its teams are known.
pub fn organisation(connection: &Connection, org: &str) -> ApiResult<Option<i64>> {
    Ok(connection
        .prepare_cached("SELECT org_id FROM github_teams WHERE lower(org) = ?1 LIMIT 1")?
        .query_row([org.to_ascii_lowercase()], |row| row.get(0))
        .optional()?)
}
