//! Writes invitations, tokens, follows, workflows, mails, strangers and files.

use std::collections::HashMap;

use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};

use super::list;
use crate::seed::world::{Token, World};

pub(super) fn write_between(
    connection: &Connection,
    world: &World,
    ids: &HashMap<&str, i64>,
) -> rusqlite::Result<()> {
    for invitation in &world.invitations {
        connection
            .prepare_cached("INSERT INTO invitations (invited_user_id, crate_id, invited_by_user_id, created_at, expires_at, token) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
            .execute(params![
                invitation.invitee,
                ids.get(invitation.krate.as_str()),
                invitation.inviter,
                invitation.at,
                invitation.expires_at,
                invitation.token,
            ])?;
    }
    for token in &world.tokens {
        write_token(connection, token)?;
    }
    for (user, krate) in &world.follows {
        connection
            .prepare_cached("INSERT INTO follows (user_id, crate_id) VALUES (?1, ?2)")?
            .execute(params![user, ids.get(krate.as_str())])?;
    }
    for publisher in &world.publishers {
        let (namespace, number) = &publisher.namespace;
        let crate_id = ids.get(publisher.krate.as_str());
        if publisher.provider == "github" {
            connection
                .prepare_cached(
                    "INSERT INTO trustpub_github_configs (crate_id, created_at, repository_owner, repository_owner_id, repository_name, workflow_filename, environment)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                )?
                .execute(params![crate_id, publisher.created_at, namespace, number, publisher.project, publisher.workflow, publisher.environment])?;
        } else {
            connection
                .prepare_cached(
                    "INSERT INTO trustpub_gitlab_configs (crate_id, created_at, namespace, namespace_id, project, workflow_filepath, environment)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                )?
                .execute(params![crate_id, publisher.created_at, namespace, number.map(|number| number.to_string()), publisher.project, publisher.workflow, publisher.environment])?;
        }
    }
    for stranger in &world.strangers {
        connection
            .prepare_cached(
                "INSERT INTO github_accounts (account_id, login, name, email) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![stranger.account_id, stranger.login, stranger.name, stranger.email])?;
    }
    for mail in &world.mails {
        connection
            .prepare_cached("INSERT INTO outbox (sent_at, kind, to_addr, subject, body, links) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
            .execute(params![mail.at, mail.kind, mail.to, mail.subject, mail.body, list(std::slice::from_ref(&mail.link))])?;
    }
    for file in &world.files {
        connection
            .prepare_cached("INSERT INTO files (path, content_type, body) VALUES (?1, ?2, ?3)")?
            .execute(params![file.path, file.content_type, file.body])?;
    }
    Ok(())
}

fn write_token(connection: &Connection, token: &Token) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO api_tokens (id, user_id, name, token_hash, created_at, last_used_at, revoked, crate_scopes, endpoint_scopes, expired_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            token.id,
            token.user_id,
            token.name,
            Sha256::digest(token.plain.as_bytes()).to_vec(),
            token.created_at,
            token.last_used_at,
            token.revoked,
            token.crates.as_ref().map(|scopes| list(scopes)),
            token.endpoints.as_ref().map(|scopes| list(scopes)),
            token.expires_at,
        ])?;
    Ok(())
}
