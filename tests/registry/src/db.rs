//! Opening and migrating the database file.
//!
//! One place decides the connection's settings: WAL, so that readers never wait for the writer; foreign keys; full
//! durability, so that a rename that was answered survives a kill. Knows nothing of what the tables mean.

use std::{path::Path, sync::OnceLock};

use rusqlite::{
    Connection, OpenFlags, OptionalExtension,
    trace::{TraceEvent, TraceEventCodes},
};

/// The migrations in order; the database's `user_version` says how many have been applied.
const MIGRATIONS: &[&str] = &[include_str!("../migrations/0001_schema.sql")];

/// Opens the file for writing, creating and migrating it as needed.
pub fn open(path: &Path) -> rusqlite::Result<Connection> {
    let mut connection = Connection::open(path)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    configure(&mut connection)?;
    migrate(&mut connection)?;
    Ok(connection)
}

/// Opens the (already migrated) file for reading only.
pub fn open_reader(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_URI;
    let mut connection = Connection::open_with_flags(path, flags)?;
    configure(&mut connection)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

/// A migrated database in memory, for tests of single modules.
pub fn open_in_memory() -> rusqlite::Result<Connection> {
    let mut connection = Connection::open_in_memory()?;
    configure(&mut connection)?;
    migrate(&mut connection)?;
    Ok(connection)
}

/// Who is told of every statement; set before the first connection is opened, by tests that look at query plans.
static OBSERVER: OnceLock<fn(&str)> = OnceLock::new();

/// Has every statement of every connection opened from now on told to `observer`, before it runs.
pub fn observe(observer: fn(&str)) {
    let _ = OBSERVER.set(observer);
}

fn configure(connection: &mut Connection) -> rusqlite::Result<()> {
    if OBSERVER.get().is_some() {
        let told = |event: TraceEvent<'_>| {
            if let (TraceEvent::Stmt(statement, _), Some(observer)) = (event, OBSERVER.get()) {
                observer(&statement.sql());
            }
        };
        connection.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(told))?;
    }
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "busy_timeout", 10_000)?;
    // 12 MiB of pages for each of the five connections: the process stays small.
    connection.pragma_update(None, "cache_size", -12_288)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}

fn migrate(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction =
        connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let applied: u32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for (number, migration) in (1u32..).zip(MIGRATIONS) {
        if number > applied {
            transaction.execute_batch(migration)?;
            transaction.pragma_update(None, "user_version", number)?;
        }
    }
    transaction.commit()
}

/// One value of the `settings` table.
pub fn setting<T: rusqlite::types::FromSql>(
    connection: &Connection,
    name: &str,
) -> rusqlite::Result<Option<T>> {
    connection
        .prepare_cached("SELECT value FROM settings WHERE name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()
}

/// Writes one value of the `settings` table.
pub fn set_setting(
    connection: &Connection,
    name: &str,
    value: impl rusqlite::ToSql,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT INTO settings (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value")?
        .execute(rusqlite::params![name, value])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn migrating_twice_changes_nothing() {
        let mut connection = open_in_memory().unwrap();
        migrate(&mut connection).unwrap();
        let version: u32 = connection
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .unwrap();
        assert_eq!(usize::try_from(version).unwrap(), MIGRATIONS.len());
    }

    #[test]
    fn one_canonical_name_cannot_be_stored_twice() {
        let connection = open_in_memory().unwrap();
        let insert = |name: &str| {
            connection.execute(
                "INSERT INTO users (username, gh_login) VALUES (?1, ?1)",
                [name],
            )
        };
        insert("Hello-There").unwrap();
        assert!(insert("hello_there").is_err());
        assert!(insert("-hello").is_err());
        assert!(insert("").is_err());
        assert!(insert("hellothere").is_ok());
    }
}
