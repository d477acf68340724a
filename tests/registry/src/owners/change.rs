//! Adding and removing owners. A request is done as a whole or not at all.

use rusqlite::{OptionalExtension, Transaction, params};

use super::{
    Person, Rights, rights,
    spec::{Spec, ambiguous},
};
use crate::{
    call::{Account, Call},
    clock::DAY,
    config::Level,
    error::{ApiError, ApiResult},
    github::{self, teams},
    outbox,
};

/// How long an invitation can be accepted.
const INVITATION_LIFE: i64 = 30 * DAY;
const MAX_INVITES: usize = 10;

/// The crate that owners change of.
pub struct Target {
    /// Its id.
    pub id: i64,
    /// Its name as stored.
    pub name: String,
}

impl Target {
    /// The crate of a name, if the caller may change its owners.
    pub fn find(transaction: &Transaction<'_>, name: &str, account: &Account) -> ApiResult<Self> {
        let id = crate::wire::krate::crate_id(transaction, name)?;
        match rights(transaction, id, account.id)? {
            Rights::Full => {}
            Rights::Team => {
                return Err(ApiError::forbidden(
                    "team members don't have permission to modify owners",
                ));
            }
            Rights::None => {
                return Err(ApiError::forbidden(
                    "only owners have permission to modify owners",
                ));
            }
        }
        let name = transaction.query_row("SELECT name FROM crates WHERE id = ?1", [id], |row| {
            row.get(0)
        })?;
        Ok(Self { id, name })
    }

    fn people(&self, transaction: &Transaction<'_>) -> ApiResult<Vec<Person>> {
        let mut statement = transaction.prepare_cached(
            "SELECT u.id, u.username, u.gh_login FROM crate_owners co JOIN users u ON u.id = co.user_id \
             WHERE co.crate_id = ?1 AND co.user_id IS NOT NULL ORDER BY u.id",
        )?;
        let people = statement.query_map([self.id], |row| {
            Ok(Person {
                id: row.get(0)?,
                username: row.get(1)?,
                gh_login: row.get(2)?,
            })
        })?;
        Ok(people.collect::<rusqlite::Result<_>>()?)
    }

    /// The id of an owning team by its login.
    fn team(&self, transaction: &Transaction<'_>, login: &str) -> ApiResult<Option<i64>> {
        Ok(transaction
            .prepare_cached(
                "SELECT t.id FROM crate_owners co JOIN teams t ON t.id = co.team_id \
                 WHERE co.crate_id = ?1 AND co.team_id IS NOT NULL AND t.login = ?2",
            )?
            .query_row(params![self.id, login.to_ascii_lowercase()], |row| {
                row.get(0)
            })
            .optional()?)
    }
}

/// Invites people and adds teams. Returns what happened, a sentence each.
pub fn add(
    transaction: &Transaction<'_>,
    call: &Call,
    account: &Account,
    target: &Target,
    texts: &[String],
) -> ApiResult<String> {
    if texts.len() > MAX_INVITES {
        return Err(ApiError::bad_request(format!(
            "too many invites for this request - maximum {MAX_INVITES}"
        )));
    }
    let mut messages = Vec::new();
    for text in texts {
        if target.team(transaction, text)?.is_some() {
            return Err(already_owner(text));
        }
        if call.level < Level::September
            && target
                .people(transaction)?
                .iter()
                .any(|owner| owner.gh_login.eq_ignore_ascii_case(text))
        {
            return Err(already_owner(text));
        }
        let spec = Spec::parse(text, call.level)?;
        messages.push(match spec {
            Spec::Team { org, team } => add_team(transaction, call, account, target, org, team)?,
            _ => {
                let person = spec.invitee(transaction, text, call.level)?;
                if target
                    .people(transaction)?
                    .iter()
                    .any(|owner| owner.id == person.id)
                {
                    return Err(already_owner(text));
                }
                invite(transaction, call, account, target, &person)?
            }
        });
    }
    Ok(messages.join(","))
}

fn already_owner(text: &str) -> ApiError {
    ApiError::bad_request(format!("`{text}` is already an owner"))
}

fn invite(
    transaction: &Transaction<'_>,
    call: &Call,
    account: &Account,
    target: &Target,
    person: &Person,
) -> ApiResult<String> {
    // Until people were found by username, messages named them by their GitHub login.
    let name = if call.has(Level::September) {
        &person.username
    } else {
        &person.gh_login
    };
    let krate = &target.name;
    let pending = transaction
        .prepare_cached("SELECT 1 FROM invitations WHERE invited_user_id = ?1 AND crate_id = ?2 AND expires_at > ?3")?
        .exists(params![person.id, target.id, call.now])?;
    if pending {
        return Ok(format!(
            "user {name} already has a pending invitation to be an owner of crate {krate}"
        ));
    }
    let token = github::random_text()?;
    transaction
        .prepare_cached(
            "INSERT OR REPLACE INTO invitations (invited_user_id, crate_id, invited_by_user_id, created_at, expires_at, token) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![person.id, target.id, account.id, call.now, call.now.plus(INVITATION_LIFE), token])?;
    let email: Option<String> = transaction
        .prepare_cached("SELECT email FROM emails WHERE user_id = ?1")?
        .query_row([person.id], |row| row.get(0))
        .optional()?;
    if let Some(email) = email {
        let path = format!("/accept-invite/{token}");
        let inviter = &account.username;
        let body = format!(
            "Hello {},\n\n{inviter} invites you to become an owner of the crate {krate}. To accept, open\n\n{{app}}{path}\n\n\
             or go to {{app}}/me/pending-invites to accept or decline.\n",
            person.username
        );
        let subject = format!("{inviter} invites you to own the crate {krate}");
        outbox::send(
            transaction,
            call.now,
            "invite",
            &email,
            &subject,
            &body,
            &[path],
        )?;
    }
    Ok(format!(
        "user {name} has been invited to be an owner of crate {krate}"
    ))
}

fn add_team(
    transaction: &Transaction<'_>,
    call: &Call,
    account: &Account,
    target: &Target,
    org: &str,
    team: &str,
) -> ApiResult<String> {
    let linked = transaction
        .prepare_cached("SELECT 1 FROM oauth_github WHERE user_id = ?1")?
        .exists([account.id])?;
    if !linked {
        return Err(ApiError::bad_request(
            "Cannot add a GitHub team as an owner without a connected GitHub account",
        ));
    }
    let found = teams::find(transaction, org, team)?.ok_or_else(|| {
        ApiError::bad_request(format!(
            "could not find the github team {org}/{team}. Make sure that you have the right permissions in GitHub. See \
             https://doc.rust-lang.org/cargo/reference/publishing.html#github-permissions"
        ))
    })?;
    if !teams::is_member(transaction, account.id, found.github_id)?
        && !teams::owns_organisation(transaction, account.id, found.org_id)?
    {
        return Err(ApiError::forbidden(
            "only members of a team or organization owners can add it as an owner",
        ));
    }
    let login = format!("github:{org}:{team}").to_ascii_lowercase();
    transaction
        .prepare_cached(
            "INSERT INTO teams (login, name, avatar, github_id, org_id) VALUES (?1, ?2, ?3, ?4, ?5) \
             ON CONFLICT (github_id) DO UPDATE SET login = excluded.login, name = excluded.name, avatar = excluded.avatar",
        )?
        .execute(params![login, found.name, found.avatar, found.github_id, found.org_id])?;
    let id: i64 = transaction.query_row(
        "SELECT id FROM teams WHERE github_id = ?1",
        [found.github_id],
        |row| row.get(0),
    )?;
    let added = transaction
        .prepare_cached(
            "INSERT INTO crate_owners (crate_id, team_id, created_at, created_by) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
        )?
        .execute(params![target.id, id, call.now, account.id])?;
    if added == 0 {
        return Err(already_owner(&login));
    }
    Ok(format!(
        "team {login} has been added as an owner of crate {}",
        target.name
    ))
}

/// Removes owners. The last person stays.
pub fn remove(
    transaction: &Transaction<'_>,
    call: &Call,
    target: &Target,
    texts: &[String],
) -> ApiResult<()> {
    for text in texts {
        let nobody = || ApiError::bad_request(format!("could not find owner with login `{text}`"));
        if let Some(team) = target.team(transaction, text)? {
            transaction
                .prepare_cached("DELETE FROM crate_owners WHERE crate_id = ?1 AND team_id = ?2")?
                .execute(params![target.id, team])?;
            continue;
        }
        let spec = match call.level {
            // As recorded: a prefix is just a name that no owner has.
            Level::August => Spec::Plain(text),
            _ => Spec::parse(text, call.level)?,
        };
        let mut fitting = Vec::new();
        for owner in target.people(transaction)? {
            if spec.fits(transaction, &owner, call.level)? {
                fitting.push(owner);
            }
        }
        match fitting.as_slice() {
            [] => return Err(nobody()),
            [owner] => transaction
                .prepare_cached("DELETE FROM crate_owners WHERE crate_id = ?1 AND user_id = ?2")?
                .execute(params![target.id, owner.id])?,
            several => {
                return Err(ambiguous(
                    transaction,
                    text,
                    several.iter().cloned().map(Some),
                )?);
            }
        };
    }
    if !texts.is_empty() && target.people(transaction)?.is_empty() {
        return Err(ApiError::bad_request(
            "cannot remove all individual owners of a crate. Team member don't have permission to modify owners, so at least one \
             individual owner is required.",
        ));
    }
    Ok(())
}
