//! Very many plain crates and people beside a seed, to measure with: `--scale N` makes N crates and N/2 users.
//!
//! Also the extremes a page can meet: somebody with 5,000 crates, a crate with 3,000 versions, one with 200 owners.
//! Search and counters are filled in bulk instead of row by row, or it would take minutes.

#[cfg(test)]
mod tests;

use rusqlite::{Connection, Transaction, params};

use super::calendar::{DAY, Micros, SECOND, on};
use super::demo::words::{FIRST, SECOND as SUBJECTS};
use super::prng::Prng;
use crate::{clock::Timestamp, clock::day_after, semver_ord};

/// The person with very many crates.
pub const COLLECTOR: &str = "scale-collector";
/// The crate with very many versions.
pub const MANY_VERSIONS: &str = "scale-three-thousand-versions";
/// The crate with very many owners.
pub const MANY_OWNERS: &str = "scale-two-hundred-owners";

/// How many crates the collector has, when there are twice as many.
const COLLECTION: i64 = 5_000;
/// How many versions the crate of many versions has.
const VERSIONS: i64 = 3_000;
/// How many owners the crate of many owners has, when there are as many people.
const OWNERS: i64 = 200;
/// Every so many crates one has downloads by day.
const DAILY_EVERY: i64 = 50;
/// Pages in memory while filling, in KiB; the caller's setting comes back afterwards.
const CACHE: i64 = 40_960;

/// The first numbers that are free.
struct Free {
    user: i64,
    krate: i64,
    version: i64,
    github: i64,
}

/// Adds `count` crates and half as many users.
pub fn fill(transaction: &Transaction<'_>, now: Timestamp, count: u32) -> rusqlite::Result<()> {
    let count = i64::from(count);
    if count == 0 {
        return Ok(());
    }
    let cache: i64 = transaction.pragma_query_value(None, "cache_size", |row| row.get(0))?;
    transaction.pragma_update(None, "cache_size", -CACHE)?;
    let next = |table: &str, column: &str| -> rusqlite::Result<i64> {
        transaction.query_row(
            &format!("SELECT coalesce(max({column}), 0) + 1 FROM {table}"),
            [],
            |row| row.get(0),
        )
    };
    let free = Free {
        user: next("users", "id")?,
        krate: next("crates", "id")?,
        version: next("versions", "id")?,
        github: 20_000_000,
    };
    let triggers = take_triggers(transaction)?;
    let people = (count / 2).max(2);
    users(transaction, &free, people, now.0)?;
    marks(transaction, now.0)?;
    crates(transaction, &free, count, people, now)?;
    many_versions(transaction, &free, count, now.0)?;
    many_owners(transaction, &free, count, people, now.0)?;
    catch_up(transaction, &free)?;
    for trigger in triggers {
        transaction.execute_batch(&trigger)?;
    }
    transaction.pragma_update(None, "cache_size", cache)
}

/// The triggers that keep search and counters, out of the way for now.
fn take_triggers(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let names = [
        "crates_inserted",
        "versions_inserted",
        "crates_keywords_inserted",
        "crates_categories_inserted",
    ];
    let mut taken = vec![];
    for name in names {
        taken.push(connection.query_row(
            "SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name = ?1",
            [name],
            |row| row.get(0),
        )?);
        connection.execute_batch(&format!("DROP TRIGGER {name}"))?;
    }
    Ok(taken)
}

fn users(connection: &Connection, free: &Free, people: i64, now: Micros) -> rusqlite::Result<()> {
    let mut user = connection.prepare("INSERT INTO users (id, username, gh_login, gh_id, name, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    let mut link = connection.prepare("INSERT INTO oauth_github (account_id, user_id, login, avatar, linked_at) VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for nth in 0..people {
        let id = free.user + nth;
        let username = if nth == 0 {
            COLLECTOR.to_owned()
        } else {
            format!("{}-{nth:06}", word(FIRST, nth))
        };
        // One in ten does not match.
        let login = if nth % 10 == 9 {
            format!("{username}-gh")
        } else {
            username.clone()
        };
        let since = on(2014, 11, 20) + nth.rem_euclid(4_000) * DAY;
        let since = since.min(now);
        user.execute(params![
            id,
            username,
            login,
            free.github + nth,
            format!("Scale Person {nth}"),
            since
        ])?;
        link.execute(params![
            free.github + nth,
            id,
            login,
            format!("{{files}}/avatars/{id}.png?v=4"),
            since
        ])?;
    }
    Ok(())
}

/// Keywords of their own; categories are those of the seed, or one of their own.
fn marks(connection: &Connection, now: Micros) -> rusqlite::Result<()> {
    for subject in SUBJECTS {
        connection.execute(
            "INSERT INTO keywords (keyword, created_at) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            params![format!("scale-{subject}"), now],
        )?;
    }
    connection.execute(
        "INSERT INTO categories (slug, category, description, created_at) VALUES ('scale', 'Scale', 'Crates made to measure with.', ?1) ON CONFLICT DO NOTHING",
        [now],
    )?;
    Ok(())
}

const VERSION: &str = "INSERT INTO versions (id, crate_id, num, semver_ord, prerelease, created_at, updated_at, downloads, license, crate_size,
        published_by, checksum, rust_version, has_lib, bin_names, edition, description)
    VALUES (?1, ?2, ?3, ?4, 0, ?5, ?5, ?6, 'MIT OR Apache-2.0', ?7, ?8, ?9, '1.70', 1, '[]', '2021', ?10)";

fn crates(
    connection: &Connection,
    free: &Free,
    count: i64,
    people: i64,
    now: Timestamp,
) -> rusqlite::Result<()> {
    let mut krate = connection.prepare(
        "INSERT INTO crates (id, name, created_at, updated_at, downloads, recent_downloads, description, repository, default_version_id, num_versions)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?;
    let mut version = connection.prepare(VERSION)?;
    let mut action = connection.prepare("INSERT INTO version_actions (version_id, user_id, action, time) VALUES (?1, ?2, 'publish', ?3)")?;
    let mut owner = connection.prepare("INSERT INTO crate_owners (crate_id, user_id, created_at, created_by) VALUES (?1, ?2, ?3, ?2) ON CONFLICT DO NOTHING")?;
    let mut keyword = connection.prepare("INSERT INTO crates_keywords (crate_id, keyword_id) SELECT ?1, id FROM keywords WHERE keyword = ?2")?;
    let mut category = connection.prepare("INSERT INTO crates_categories (crate_id, category_id) SELECT ?1, id FROM categories WHERE slug = 'scale'")?;
    let mut dependency = connection
        .prepare("INSERT INTO dependencies (version_id, crate_id, req) VALUES (?1, ?2, '^0.1')")?;
    let mut day = connection.prepare(
        "INSERT INTO version_downloads (version_id, date, downloads) VALUES (?1, ?2, ?3)",
    )?;
    let dates: Vec<String> = (1..=90).map(|ago| day_after(now, -ago)).collect();
    let collection = COLLECTION.min(count / 2);
    let mut prng = Prng::named("scale");
    let mut next_version = free.version;
    for nth in 0..count {
        let id = free.krate + nth;
        let subject = word(SUBJECTS, nth / 24);
        let name = format!("{}-{subject}-{nth:06}", word(FIRST, nth));
        let description = format!(
            "Crate {nth} of very many, about {subject} and {}",
            word(FIRST, nth / 7)
        );
        let owner_id = if nth < collection {
            free.user
        } else {
            free.user + 1 + (nth * 7_919).rem_euclid(people - 1)
        };
        // Few are used much, most hardly at all.
        let downloads = 40_000_000 / (1 + (nth * 104_729).rem_euclid(count));
        let versions = if nth % 5 == 0 { 3 } else { 1 };
        let updated = now.0 - prng.between(1, 3_000 * DAY / SECOND) * SECOND;
        let created = updated - (versions - 1) * 40 * DAY;
        let last = next_version + versions - 1;
        let recent = downloads / 7;
        krate.execute(params![
            id,
            name,
            created,
            updated,
            downloads,
            recent,
            description,
            format!("https://github.com/scale/{name}"),
            last,
            versions
        ])?;
        for minor in 1..=versions {
            let num = format!("0.{minor}.0");
            let at = updated - (versions - minor) * 40 * DAY;
            version.execute(params![
                next_version,
                id,
                num,
                semver_ord::key(&num),
                at,
                downloads / versions,
                prng.between(1_000, 90_000),
                owner_id,
                prng.hex(64),
                description
            ])?;
            action.execute(params![next_version, owner_id, at])?;
            next_version += 1;
        }
        owner.execute(params![id, owner_id, created])?;
        if nth % 3 == 0 {
            owner.execute(params![
                id,
                free.user + (nth * 31).rem_euclid(people),
                created
            ])?;
        }
        keyword.execute(params![id, format!("scale-{subject}")])?;
        category.execute([id])?;
        if nth > 0 {
            // Early ones are needed by many.
            let needed = free.krate + (nth / 2).min(prng.between(0, nth).min(prng.between(0, nth)));
            dependency.execute(params![last, needed])?;
        }
        if nth % DAILY_EVERY == 0 {
            for date in &dates {
                day.execute(params![last, date, 1 + recent / 90])?;
            }
        }
    }
    Ok(())
}

/// The crate with 3,000 versions, after all the others.
fn many_versions(
    connection: &Connection,
    free: &Free,
    count: i64,
    now: Micros,
) -> rusqlite::Result<()> {
    let id = free.krate + count;
    plain_crate(
        connection,
        id,
        MANY_VERSIONS,
        "Three thousand versions",
        free.user,
        now,
    )?;
    let first: i64 =
        connection.query_row("SELECT max(id) + 1 FROM versions", [], |row| row.get(0))?;
    let mut version = connection.prepare(VERSION)?;
    for nth in 0..VERSIONS {
        let num = format!("{}.{}.{}", nth / 1_000, nth / 20 % 50, nth % 20);
        let at = now - (VERSIONS - nth) * DAY;
        version.execute(params![
            first + nth,
            id,
            num,
            semver_ord::key(&num),
            at,
            10 + nth,
            12_345,
            free.user,
            Prng::named(&num).hex(64),
            "Three thousand versions"
        ])?;
    }
    connection.execute(
        "UPDATE crates SET default_version_id = ?2, num_versions = ?3 WHERE id = ?1",
        params![id, first + VERSIONS - 1, VERSIONS],
    )?;
    Ok(())
}

/// The crate with 200 owners, last of all.
fn many_owners(
    connection: &Connection,
    free: &Free,
    count: i64,
    people: i64,
    now: Micros,
) -> rusqlite::Result<()> {
    let id = free.krate + count + 1;
    plain_crate(
        connection,
        id,
        MANY_OWNERS,
        "Two hundred owners",
        free.user,
        now,
    )?;
    let version: i64 =
        connection.query_row("SELECT max(id) + 1 FROM versions", [], |row| row.get(0))?;
    connection.prepare(VERSION)?.execute(params![
        version,
        id,
        "1.0.0",
        semver_ord::key("1.0.0"),
        now - DAY,
        1,
        12_345,
        free.user,
        Prng::named(MANY_OWNERS).hex(64),
        "Two hundred owners"
    ])?;
    connection.execute(
        "UPDATE crates SET default_version_id = ?2, num_versions = 1 WHERE id = ?1",
        params![id, version],
    )?;
    let mut owner = connection.prepare("INSERT INTO crate_owners (crate_id, user_id, created_at, created_by) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING")?;
    for nth in 1..OWNERS.min(people) {
        owner.execute(params![id, free.user + nth, now - DAY, free.user])?;
    }
    Ok(())
}

fn plain_crate(
    connection: &Connection,
    id: i64,
    name: &str,
    description: &str,
    owner: i64,
    now: Micros,
) -> rusqlite::Result<()> {
    connection.execute(
        "INSERT INTO crates (id, name, created_at, updated_at, downloads, recent_downloads, description) VALUES (?1, ?2, ?3, ?4, 54321, 4321, ?5)",
        params![id, name, now - VERSIONS * DAY, now - DAY, description],
    )?;
    connection.execute("INSERT INTO crate_owners (crate_id, user_id, created_at, created_by) VALUES (?1, ?2, ?3, ?2)", params![id, owner, now - DAY])?;
    Ok(())
}

/// What the triggers would have done, for all at once.
fn catch_up(connection: &Connection, free: &Free) -> rusqlite::Result<()> {
    connection.execute(
        "INSERT INTO crates_words (rowid, name, keywords, description)
         SELECT c.id, c.name, coalesce((SELECT group_concat(k.keyword, ' ') FROM crates_keywords ck JOIN keywords k ON k.id = ck.keyword_id WHERE ck.crate_id = c.id), ''),
                coalesce(c.description, '')
         FROM crates c WHERE c.id >= ?1 ORDER BY c.id",
        [free.krate],
    )?;
    connection.execute("INSERT INTO crates_pieces (rowid, canonical) SELECT id, canonical FROM crates WHERE id >= ?1 ORDER BY id", [free.krate])?;
    connection.execute_batch(
        "UPDATE keywords SET crates_cnt = (SELECT count(*) FROM crates_keywords WHERE keyword_id = keywords.id);
         UPDATE categories SET crates_cnt = (SELECT count(*) FROM crates_categories WHERE category_id = categories.id);
         UPDATE settings SET value = (SELECT count(*) FROM crates) WHERE name = 'num_crates';
         UPDATE settings SET value = (SELECT sum(downloads) FROM crates) WHERE name = 'num_downloads';",
    )
}

fn word(words: &'static [&'static str], nth: i64) -> &'static str {
    let index = usize::try_from(nth).unwrap_or(0) % words.len();
    words[index]
}
