//! What is written is what the recordings say.

use rusqlite::{Connection, params};
use serde_json::Value;

use super::{NOW, world};
use crate::clock::Timestamp;
use crate::db;
use crate::seed::{self, Seed};

fn filled() -> Connection {
    let mut connection = db::open_in_memory().unwrap();
    let transaction = connection.transaction().unwrap();
    // The moment of starting does not matter to recorded data.
    seed::run(Seed::Recorded, &transaction, Timestamp(NOW + 123_456_789)).unwrap();
    transaction.commit().unwrap();
    connection
}

fn body(text: &str) -> Value {
    serde_json::from_str::<Value>(text).unwrap()["body"].clone()
}

macro_rules! recorded {
    ($file:literal) => {
        body(include_str!(concat!(
            "../../../../contract/recorded/",
            $file,
            ".json"
        )))
    };
}

#[test]
fn now_is_the_moment_at_which_the_recorded_database_was_filled() {
    assert_eq!(Timestamp(NOW).to_string(), "2026-11-21T01:47:37.236674Z");
}

#[test]
fn foreign_keys_hold() {
    let connection = filled();
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
fn every_crate_has_the_recorded_counts_and_default_version() {
    let connection = filled();
    let mut compared = 0;
    for list in [
        recorded!("crates/list-per-page-100"),
        recorded!("crates/list-user-id-seek"),
        recorded!("crates/list-sort-downloads"),
    ] {
        for krate in list["crates"].as_array().unwrap() {
            let name = krate["name"].as_str().unwrap();
            let row: (i64, i64, i64, String, bool) = connection
                .query_row(
                    "SELECT c.downloads, c.recent_downloads, c.num_versions, v.num, v.yanked FROM crates c JOIN versions v ON v.id = c.default_version_id WHERE c.name = ?1",
                    [name],
                    |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)),
                )
                .unwrap();
            let recorded = (
                krate["downloads"].as_i64().unwrap(),
                krate["recent_downloads"].as_i64().unwrap(),
                krate["num_versions"].as_i64().unwrap(),
                krate["default_version"].as_str().unwrap().to_owned(),
                krate["yanked"].as_bool().unwrap(),
            );
            assert_eq!(row, recorded, "{name}");
            compared += 1;
        }
    }
    assert!(compared > 145);
}

#[test]
fn downloads_by_day_are_the_recorded_ones() {
    let connection = filled();
    for list in [
        recorded!("crate/downloads"),
        recorded!("versions/downloads"),
        recorded!("crate/downloads-serde"),
    ] {
        for day in list["version_downloads"].as_array().unwrap() {
            let count: i64 = connection
                .query_row(
                    "SELECT downloads FROM version_downloads WHERE version_id = ?1 AND date = ?2",
                    params![
                        day["version"].as_i64().unwrap(),
                        day["date"].as_str().unwrap()
                    ],
                    |row| row.get(0),
                )
                .unwrap();
            assert_eq!(count, day["downloads"].as_i64().unwrap(), "{day}");
        }
    }
    for day in recorded!("crate/downloads")["meta"]["extra_downloads"]
        .as_array()
        .unwrap()
    {
        let count: i64 = connection
            .query_row(
                "SELECT sum(downloads) FROM version_downloads WHERE version_id BETWEEN 1008 AND 1152 AND date = ?1",
                [day["date"].as_str().unwrap()],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(count, day["downloads"].as_i64().unwrap(), "{day}");
    }
}

#[test]
fn dependents_and_dependencies_have_the_recorded_numbers() {
    let connection = filled();
    for list in [
        recorded!("crate/reverse-dependencies"),
        recorded!("crate/reverse-dependencies-page-4-last"),
        recorded!("versions/dependencies"),
    ] {
        for dependency in list["dependencies"].as_array().unwrap() {
            let row: (i64, String, String, bool, bool, String) = connection
                .query_row(
                    "SELECT d.version_id, c.name, d.req, d.optional, d.default_features, d.kind FROM dependencies d JOIN crates c ON c.id = d.crate_id WHERE d.id = ?1",
                    [dependency["id"].as_i64().unwrap()],
                    |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?)),
                )
                .unwrap();
            let text = |key: &str| dependency[key].as_str().unwrap().to_owned();
            let recorded = (
                dependency["version_id"].as_i64().unwrap(),
                text("crate_id"),
                text("req"),
                dependency["optional"].as_bool().unwrap(),
                dependency["default_features"].as_bool().unwrap(),
                text("kind"),
            );
            assert_eq!(row, recorded, "{dependency}");
        }
    }
}

#[test]
fn keywords_and_categories_have_the_recorded_counts() {
    let connection = filled();
    for list in [
        recorded!("misc/keywords"),
        recorded!("misc/keywords-alpha-page-2"),
        recorded!("misc/keywords-sort-crates"),
    ] {
        for keyword in list["keywords"].as_array().unwrap() {
            let count: i64 = connection
                .query_row(
                    "SELECT crates_cnt FROM keywords WHERE keyword = ?1",
                    [keyword["id"].as_str().unwrap()],
                    |row| row.get(0),
                )
                .unwrap();
            assert_eq!(count, keyword["crates_cnt"].as_i64().unwrap(), "{keyword}");
        }
    }
    let keywords: i64 = connection
        .query_row("SELECT count(*) FROM keywords", [], |row| row.get(0))
        .unwrap();
    assert_eq!(
        keywords,
        recorded!("misc/keywords")["meta"]["total"]
            .as_i64()
            .unwrap()
    );
    for category in recorded!("misc/categories-per-page-100")["categories"]
        .as_array()
        .unwrap()
    {
        let slug = category["slug"].as_str().unwrap();
        let count: i64 = connection
            .query_row(
                "SELECT sum(crates_cnt) FROM categories WHERE slug = ?1 OR slug GLOB ?1 || '::*'",
                [slug],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(count, category["crates_cnt"].as_i64().unwrap(), "{slug}");
    }
}

#[test]
fn totals_of_users_are_the_recorded_ones() {
    let connection = filled();
    for (user, recorded) in [
        (14, recorded!("users/stats-prolific")),
        (396, recorded!("users/stats-carol")),
    ] {
        let total: i64 = connection
            .query_row("SELECT sum(downloads) FROM crates JOIN crate_owners ON crate_id = crates.id WHERE user_id = ?1", [user], |row| row.get(0))
            .unwrap();
        assert_eq!(total, recorded["total_downloads"].as_i64().unwrap());
    }
    for (user, recorded) in [
        (10, recorded!("me/get-ferris")),
        (11, recorded!("me/get-admin")),
        (13, recorded!("me/get-no-github")),
        (14, recorded!("me/get-prolific-120-crates")),
        (17, recorded!("me/get-no-email")),
        (396, recorded!("me/get-carol-mismatch")),
    ] {
        let mut owned = connection.prepare("SELECT crates.id FROM crates JOIN crate_owners ON crate_id = crates.id WHERE user_id = ?1 ORDER BY name").unwrap();
        let owned: Vec<i64> = owned
            .query_map([user], |row| row.get(0))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        let recorded: Vec<i64> = recorded["owned_crates"]
            .as_array()
            .unwrap()
            .iter()
            .map(|krate| krate["id"].as_i64().unwrap())
            .collect();
        assert_eq!(owned, recorded, "user {user}");
    }
}

#[test]
fn all_that_recordings_show_of_versions_is_found() {
    let world = world();
    let versions: i64 = world
        .crates
        .iter()
        .map(|krate| i64::try_from(krate.versions.len()).unwrap())
        .sum();
    assert_eq!(versions, 327);
    let mega = world.krate("mega-crate").unwrap();
    assert_eq!(
        (
            mega.id,
            mega.versions.len(),
            mega.versions[0].id,
            mega.versions[149].num.as_str()
        ),
        (106, 150, 1008, "3.0.0-alpha.2+build.5")
    );
    assert_eq!(world.krate("invite-6").unwrap().id, 245);
}
