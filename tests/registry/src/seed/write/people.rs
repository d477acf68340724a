//! Writes people, their names' history and their teams.

use rusqlite::{Connection, params};

use crate::seed::calendar::{DAY, Micros};
use crate::seed::world::{Rename, RenameKind, User, World};

pub(super) fn write_user(
    connection: &Connection,
    user: &User,
    now: Micros,
) -> rusqlite::Result<()> {
    let (gh_login, gh_id) = &user.signed_up_with;
    connection
        .prepare_cached(
            "INSERT INTO users (id, username, gh_login, gh_id, name, created_at, is_admin, publish_notifications, lock_reason, lock_until)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            user.id,
            user.username,
            gh_login,
            gh_id,
            user.name,
            user.created_at,
            user.is_admin,
            user.publish_notifications,
            user.lock.as_ref().map(|lock| &lock.reason),
            user.lock.as_ref().and_then(|lock| lock.until),
        ])?;
    for link in &user.links {
        if link.service == "github" {
            connection
                .prepare_cached("INSERT INTO oauth_github (account_id, user_id, login, avatar, linked_at, stale_since) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
                .execute(params![link.account_id, user.id, link.login, link.avatar, link.linked_at, link.stale_since])?;
        } else {
            connection
                .prepare_cached("INSERT INTO linked_elsewhere (service, account_id, user_id, login, avatar, linked_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
                .execute(params![link.service, link.account_id, user.id, link.login, link.avatar, link.linked_at])?;
        }
    }
    if let Some(email) = &user.email {
        connection
            .prepare_cached("INSERT INTO emails (user_id, email, verified, token, token_generated_at) VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![user.id, email.address, email.verified, email.token, email.sent_at])?;
    }
    connection
        .prepare_cached("INSERT INTO username_changes (user_id, from_username, to_username, kind, changed_at) VALUES (?1, NULL, ?2, 'sign_up', ?3)")?
        .execute(params![user.id, user.username, user.created_at.unwrap_or(now - 3_000 * DAY)])?;
    Ok(())
}

/// The history of names, and what of it is still held. A name held twice is held by its last change.
pub(super) fn write_names(connection: &Connection, world: &World) -> rusqlite::Result<()> {
    for Rename {
        user_id,
        from,
        to,
        at,
        kind,
    } in &world.renames
    {
        let word = match kind {
            RenameKind::Rename => "rename",
            RenameKind::TakeBack => "take_back",
            RenameKind::Respell => "respell",
        };
        connection
            .prepare_cached("INSERT INTO username_changes (user_id, from_username, to_username, kind, changed_at) VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![user_id, from, to, word, at])?;
        if *kind == RenameKind::Respell {
            continue;
        }
        // Taking a name back ends its hold; any later change ends the right to take the earlier one back.
        connection
            .prepare_cached(
                "DELETE FROM held_usernames WHERE canonical = replace(lower(?1), '-', '_')",
            )?
            .execute([to])?;
        connection
            .prepare_cached("UPDATE held_usernames SET reclaimable = 0 WHERE former_user_id = ?1")?
            .execute([user_id])?;
        connection
            .prepare_cached("INSERT INTO held_usernames (username, former_user_id, reclaimable, released_at, available_at) VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![from, user_id, *kind == RenameKind::Rename, at, at + 30 * DAY])?;
    }
    Ok(())
}

pub(super) fn write_teams(connection: &Connection, world: &World) -> rusqlite::Result<()> {
    for team in &world.teams {
        connection
            .prepare_cached("INSERT INTO teams (id, login, name, avatar, github_id, org_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
            .execute(params![team.id, team.login, team.name, team.avatar, team.github_id, team.org_id])?;
        let mut parts = team.login.splitn(3, ':').skip(1);
        let (org, slug) = (
            parts.next().unwrap_or_default(),
            parts.next().unwrap_or_default(),
        );
        connection
            .prepare_cached("INSERT INTO github_teams (github_id, org, team, org_id, name, avatar) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
            .execute(params![team.github_id, org, slug, team.org_id, team.name, team.avatar])?;
        for member in &team.members {
            connection
                .prepare_cached(
                    "INSERT INTO github_team_members (github_id, account_id) VALUES (?1, ?2)",
                )?
                .execute(params![team.github_id, member])?;
        }
        for owner in &team.org_owners {
            connection
                .prepare_cached("INSERT INTO github_org_owners (org_id, account_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?
                .execute(params![team.org_id, owner])?;
        }
    }
    Ok(())
}
