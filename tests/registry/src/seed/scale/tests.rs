//! The filler adds what is asked for and leaves the database as the triggers would have.

use rusqlite::Connection;

use super::{COLLECTOR, MANY_OWNERS, MANY_VERSIONS, fill};
use crate::clock::Timestamp;
use crate::db;
use crate::seed::{self, Seed};

const NOW: Timestamp = Timestamp(1_795_262_400_000_000);

fn filled(seed: Seed, count: u32) -> Connection {
    let mut connection = db::open_in_memory().unwrap();
    let transaction = connection.transaction().unwrap();
    seed::run(seed, &transaction, NOW).unwrap();
    fill(&transaction, NOW, count).unwrap();
    transaction.commit().unwrap();
    connection
}

fn number(connection: &Connection, sql: &str) -> i64 {
    connection
        .query_row(sql, [], |row| row.get(0))
        .unwrap_or_else(|error| panic!("{sql}: {error}"))
}

#[test]
fn it_adds_what_is_asked_for_beside_the_demonstration() {
    let connection = filled(Seed::Demo, 1_000);
    assert_eq!(
        number(&connection, "SELECT count(*) FROM crates"),
        400 + 1_000 + 2
    );
    assert_eq!(
        number(
            &connection,
            "SELECT value FROM settings WHERE name = 'num_crates'"
        ),
        1_402
    );
    assert_eq!(
        connection
            .prepare("PRAGMA foreign_key_check")
            .unwrap()
            .query_map([], |_| Ok(()))
            .unwrap()
            .count(),
        0
    );
}

#[test]
fn the_extremes_are_there() {
    let connection = filled(Seed::None, 10_000);
    assert_eq!(number(&connection, "SELECT count(*) FROM users"), 5_000);
    let owned = format!(
        "SELECT count(*) FROM crate_owners JOIN users ON users.id = user_id WHERE username = '{COLLECTOR}'"
    );
    assert!(number(&connection, &owned) >= 5_000);
    assert_eq!(
        number(
            &connection,
            &format!("SELECT num_versions FROM crates WHERE name = '{MANY_VERSIONS}'")
        ),
        3_000
    );
    let owners = format!(
        "SELECT count(*) FROM crate_owners JOIN crates ON crates.id = crate_id WHERE name = '{MANY_OWNERS}'"
    );
    assert_eq!(number(&connection, &owners), 200);
}

#[test]
fn bulk_filling_leaves_what_the_triggers_would_have_left() {
    let connection = filled(Seed::Demo, 500);
    for sql in [
        "SELECT count(*) FROM crates c WHERE num_versions <> (SELECT count(*) FROM versions v WHERE v.crate_id = c.id)",
        "SELECT count(*) FROM keywords k WHERE crates_cnt <> (SELECT count(*) FROM crates_keywords WHERE keyword_id = k.id)",
        "SELECT count(*) FROM categories c WHERE crates_cnt <> (SELECT count(*) FROM crates_categories WHERE category_id = c.id)",
        "SELECT count(*) FROM crates c WHERE default_version_id IS NULL OR NOT EXISTS (SELECT 1 FROM versions v WHERE v.id = default_version_id AND v.crate_id = c.id)",
        "SELECT count(*) - (SELECT count(*) FROM crates_words) FROM crates",
        "SELECT count(*) - (SELECT count(*) FROM crates_pieces) FROM crates",
    ] {
        assert_eq!(number(&connection, sql), 0, "{sql}");
    }
    assert!(
        number(
            &connection,
            "SELECT count(*) FROM crates_words WHERE crates_words MATCH 'scale'"
        ) >= 500
    );
    assert_eq!(
        number(
            &connection,
            "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'"
        ),
        number(
            &db::open_in_memory().unwrap(),
            "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'"
        )
    );
    // And they work again.
    connection
        .execute(
            "INSERT INTO crates (name, created_at, updated_at) VALUES ('one-more', 0, 0)",
            [],
        )
        .unwrap();
    assert_eq!(
        number(
            &connection,
            "SELECT value FROM settings WHERE name = 'num_crates'"
        ),
        903
    );
}

#[test]
fn nothing_asked_for_adds_nothing() {
    assert_eq!(
        number(
            &filled(Seed::None, 0),
            "SELECT (SELECT count(*) FROM users) + (SELECT count(*) FROM crates)"
        ),
        0
    );
}
