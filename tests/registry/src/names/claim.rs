//! Claiming a username: all rules, inside the caller's transaction.
//!
//! Sign-up and rename both end here. The verdict is taken and acted on in one write transaction, and the canonical form
//! is unique in the schema besides, so of any number of simultaneous claims one wins.

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::{Malformed, canonical, check, skeleton};
use crate::{
    clock::{DAY, Timestamp},
    error::{ApiError, ApiResult},
};

/// How long a change excludes the next one, and how long a name that was given up is held.
pub const REST: i64 = 30 * DAY;
/// From how many downloads of a crate on its owners' names are protected from look-alikes.
const MUCH_USED: i64 = 100_000;

/// What the server thinks of a name, for one person at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Free. `take_back`: it is the name this person gave up.
    Available {
        /// Whether it is the one this person gave up.
        take_back: bool,
    },
    /// The caller's own, perhaps spelled differently.
    Own,
    /// Somebody has it, in this spelling.
    Taken(String),
    /// Given up, and not free before.
    Held(Timestamp),
    /// Belongs to nobody.
    Reserved,
    /// Looks like this name.
    TooSimilar(String),
    /// Not a username.
    Invalid(Malformed),
}

impl Verdict {
    /// The sentence a person is told.
    pub fn detail(&self, name: &str) -> String {
        match self {
            Self::Available { take_back: false } => format!("The username `{name}` is available."),
            Self::Available { take_back: true } => {
                format!("You gave up the username `{name}` and can take it back.")
            }
            Self::Own => format!("The username `{name}` is yours."),
            Self::Taken(by) => format!("The username `{by}` is taken."),
            Self::Held(until) => format!(
                "The username `{name}` was given up and is held until {}.",
                until.date()
            ),
            Self::Reserved => format!("The username `{name}` is reserved."),
            Self::TooSimilar(to) => {
                format!("The username `{name}` is too easily confused with `{to}`.")
            }
            Self::Invalid(why) => why.detail().to_owned(),
        }
    }
}

/// Judges a name. `person` is the account that asks, `None` for somebody who signs up.
pub fn judge(
    connection: &Connection,
    name: &str,
    person: Option<i64>,
    now: Timestamp,
) -> ApiResult<Verdict> {
    if let Err(why) = check(name) {
        return Ok(Verdict::Invalid(why));
    }
    let canonical = canonical(name);
    let holder = connection
        .prepare_cached("SELECT id, username FROM users WHERE canonical = ?1")?
        .query_row([&canonical], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
        })
        .optional()?;
    if let Some((id, _)) = &holder
        && Some(*id) == person
    {
        return Ok(Verdict::Own);
    }
    let reserved = connection
        .prepare_cached("SELECT 1 FROM reserved_usernames WHERE canonical = ?1")?
        .exists([&canonical])?;
    if reserved {
        return Ok(Verdict::Reserved);
    }
    if let Some((_, username)) = holder {
        return Ok(Verdict::Taken(username));
    }
    let hold = connection
        .prepare_cached("SELECT former_user_id, reclaimable, available_at FROM held_usernames WHERE canonical = ?1 AND available_at > ?2")?
        .query_row(params![canonical, now], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, bool>(1)?, row.get::<_, Timestamp>(2)?))
        })
        .optional()?;
    if let Some((former, reclaimable, available_at)) = hold {
        return Ok(match reclaimable && Some(former) == person {
            true => Verdict::Available { take_back: true },
            false => Verdict::Held(available_at),
        });
    }
    let alike = connection
        .prepare_cached(
            "SELECT u.username FROM users u WHERE u.skeleton = ?1 AND u.id IS NOT ?2 AND EXISTS (\
                 SELECT 1 FROM crate_owners o JOIN crates c ON c.id = o.crate_id WHERE o.user_id = u.id AND c.downloads >= ?3) \
             ORDER BY u.id LIMIT 1",
        )?
        .query_row(params![skeleton(name), person, MUCH_USED], |row| row.get(0))
        .optional()?;
    Ok(match alike {
        Some(username) => Verdict::TooSimilar(username),
        None => Verdict::Available { take_back: false },
    })
}

/// When this person may next choose another name; past or absent: now.
pub fn next_change(connection: &Connection, user_id: i64) -> ApiResult<Option<Timestamp>> {
    let last: Option<Timestamp> = connection
        .prepare_cached("SELECT max(changed_at) FROM username_changes WHERE user_id = ?1 AND kind IN ('rename', 'take_back')")?
        .query_row([user_id], |row| row.get(0))?;
    Ok(last.map(|moment| moment.plus(REST)))
}

/// Gives an account another username, or refuses: 400 not a name or reserved, 429 too soon, 409 not free, in this order.
pub fn rename(
    transaction: &Transaction<'_>,
    user_id: i64,
    name: &str,
    now: Timestamp,
) -> ApiResult<()> {
    let verdict = judge(transaction, name, Some(user_id), now)?;
    if matches!(verdict, Verdict::Invalid(_) | Verdict::Reserved) {
        return Err(ApiError::bad_request(verdict.detail(name)));
    }
    let present: String = transaction.query_row(
        "SELECT username FROM users WHERE id = ?1",
        [user_id],
        |row| row.get(0),
    )?;
    if verdict == Verdict::Own {
        if present != name {
            spell(transaction, user_id, name)?;
            record(transaction, user_id, Some(&present), name, "respell", now)?;
        }
        return Ok(());
    }
    let take_back = verdict == Verdict::Available { take_back: true };
    if !take_back
        && let Some(until) = next_change(transaction, user_id)?
        && until > now
    {
        let detail = format!(
            "You have changed your username less than 30 days ago. You can change it again after {}.",
            until.http_date()
        );
        return Err(ApiError::too_many(detail, until));
    }
    if !matches!(verdict, Verdict::Available { .. }) {
        return Err(ApiError::conflict(verdict.detail(name)));
    }
    release_hold(transaction, name)?;
    // Only the latest name that was given up can be taken back.
    transaction
        .prepare_cached("UPDATE held_usernames SET reclaimable = 0 WHERE former_user_id = ?1 AND reclaimable = 1")?
        .execute([user_id])?;
    spell(transaction, user_id, name)?;
    release_hold(transaction, &present)?;
    transaction
        .prepare_cached(
            "INSERT INTO held_usernames (username, former_user_id, reclaimable, released_at, available_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![present, user_id, !take_back, now, now.plus(REST)])?;
    record(
        transaction,
        user_id,
        Some(&present),
        name,
        if take_back { "take_back" } else { "rename" },
        now,
    )
}

/// Checks, inside the transaction that will create the account, that a newcomer may have a name.
pub fn admit(transaction: &Transaction<'_>, name: &str, now: Timestamp) -> ApiResult<()> {
    let verdict = judge(transaction, name, None, now)?;
    match verdict {
        Verdict::Available { .. } => release_hold(transaction, name),
        Verdict::Invalid(_) | Verdict::Reserved => Err(ApiError::bad_request(verdict.detail(name))),
        _ => Err(ApiError::conflict(verdict.detail(name))),
    }
}

/// The least a server without rules has to refuse: a name that somebody has.
pub fn admit_unclaimed(transaction: &Transaction<'_>, name: &str) -> ApiResult<()> {
    match transaction
        .prepare_cached("SELECT 1 FROM users WHERE canonical = ?1")?
        .exists([canonical(name)])?
    {
        true => Err(ApiError::conflict(
            Verdict::Taken(name.to_owned()).detail(name),
        )),
        false => Ok(()),
    }
}

/// Writes a line of history.
pub fn record(
    connection: &Connection,
    user_id: i64,
    from: Option<&str>,
    to: &str,
    kind: &str,
    now: Timestamp,
) -> ApiResult<()> {
    connection
        .prepare_cached("INSERT INTO username_changes (user_id, from_username, to_username, kind, changed_at) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![user_id, from, to, kind, now])?;
    Ok(())
}

fn spell(connection: &Connection, user_id: i64, name: &str) -> ApiResult<()> {
    connection
        .prepare_cached("UPDATE users SET username = ?2 WHERE id = ?1")?
        .execute(params![user_id, name])?;
    Ok(())
}

/// Removes what is left of an earlier hold on a name.
fn release_hold(connection: &Connection, name: &str) -> ApiResult<()> {
    connection
        .prepare_cached("DELETE FROM held_usernames WHERE canonical = ?1")?
        .execute([canonical(name)])?;
    Ok(())
}
