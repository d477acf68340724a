//! What `DEMONSTRATION.md` promises is there, and it is the same each time.

use std::collections::HashSet;

use rusqlite::{Connection, params};

use super::{CRATES, people, world};
use crate::clock::{DAY, Timestamp};
use crate::db;
use crate::seed::{self, Seed, write};

const NOW: i64 = 1_795_262_400_000_000;

fn filled() -> Connection {
    let mut connection = db::open_in_memory().unwrap();
    let transaction = connection.transaction().unwrap();
    seed::run(Seed::Demo, &transaction, Timestamp(NOW)).unwrap();
    transaction.commit().unwrap();
    connection
}

fn number(connection: &Connection, sql: &str) -> i64 {
    connection
        .query_row(sql, [], |row| row.get(0))
        .unwrap_or_else(|error| panic!("{sql}: {error}"))
}

/// Every row of every table, as text.
fn dump(connection: &Connection) -> String {
    let mut tables = connection
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'crates_words_%' AND name NOT LIKE 'crates_pieces_%' ORDER BY name")
        .unwrap();
    let tables: Vec<String> = tables
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let mut text = String::new();
    for table in tables {
        let mut rows = connection
            .prepare(&format!("SELECT * FROM {table}"))
            .unwrap();
        let columns = rows.column_count();
        let mut rows = rows.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            text.push_str(&table);
            for column in 0..columns {
                text.push_str(&format!(" {:?}", row.get_ref(column).unwrap()));
            }
            text.push('\n');
        }
    }
    text
}

#[test]
fn two_runs_give_the_same_database() {
    let (one, two) = (dump(&filled()), dump(&filled()));
    assert!(one.lines().count() > 20_000, "{} rows", one.lines().count());
    assert_eq!(one, two);
}

#[test]
fn foreign_keys_hold_and_the_file_is_sound() {
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
    let sound: String = connection
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(sound, "ok");
}

#[test]
fn there_are_some_sixty_people_and_four_hundred_crates() {
    let connection = filled();
    assert!((60..=75).contains(&number(&connection, "SELECT count(*) FROM users")));
    assert_eq!(
        number(&connection, "SELECT count(*) FROM crates"),
        i64::try_from(CRATES).unwrap()
    );
    assert_eq!(
        number(
            &connection,
            "SELECT value FROM settings WHERE name = 'num_crates'"
        ),
        400
    );
}

#[test]
fn names_at_the_limit_are_exactly_at_the_limit() {
    assert_eq!(people::LONGEST.len(), 39);
    assert_eq!(super::oddities::LONGEST.len(), 64);
    let connection = filled();
    assert_eq!(
        number(
            &connection,
            "SELECT count(*) FROM users WHERE length(name) = 200"
        ),
        2
    );
}

#[test]
fn every_owner_and_every_dependency_that_is_written_down_exists() {
    // Drafts name people and crates; a misspelt one would be left out silently.
    let world = world(NOW);
    let crates: HashSet<&str> = world
        .crates
        .iter()
        .map(|krate| krate.name.as_str())
        .collect();
    for krate in &world.crates {
        for version in &krate.versions {
            for dependency in &version.dependencies {
                assert!(
                    crates.contains(dependency.on.as_str()),
                    "{} needs {}",
                    krate.name,
                    dependency.on
                );
            }
        }
        for slug in &krate.categories {
            assert!(
                world
                    .categories
                    .iter()
                    .any(|category| category.slug == *slug),
                "{}: {slug}",
                krate.name
            );
        }
        assert!(krate.keywords.len() <= 5, "{}", krate.name);
        assert!(
            krate.created_at <= NOW && krate.updated_at <= NOW,
            "{} is from the future",
            krate.name
        );
        assert!(
            !krate.owners.is_empty() || krate.name == "orphaned",
            "{} has no owner",
            krate.name
        );
    }
    let owners = |name: &str| {
        world
            .krate(name)
            .map(|krate| (krate.owners.len(), krate.teams.len()))
    };
    for (name, counts) in [
        ("lone-lantern", (1, 0)),
        ("six-hands", (6, 0)),
        ("forty-keepers", (40, 2)),
        ("look-alikes", (6, 0)),
        ("ambiguous-names", (6, 0)),
        ("names-at-length", (6, 0)),
        ("solo-plus-team", (1, 1)),
        ("two-teams", (1, 2)),
        ("moss-garden", (6, 0)),
        ("orphaned", (0, 0)),
        ("crabshell", (6, 1)),
    ] {
        assert_eq!(owners(name), Some(counts), "{name}");
    }
}

#[test]
fn those_who_own_many_crates_own_the_promised_number() {
    let connection = filled();
    for (username, expected) in [
        ("prolific", 120),
        ("twenty-five", 25),
        ("empty-shelf", 0),
        ("blank-slate", 0),
    ] {
        let owned: i64 = connection
            .query_row("SELECT count(*) FROM crate_owners JOIN users ON users.id = user_id WHERE username = ?1", [username], |row| row.get(0))
            .unwrap();
        assert_eq!(owned, expected, "{username}");
    }
}

#[test]
fn each_kind_of_mismatch_is_there() {
    let connection = filled();
    let links = |username: &str| -> Vec<(String, bool)> {
        connection
            .prepare("SELECT login, stale_since IS NOT NULL FROM oauth_github JOIN users ON users.id = user_id WHERE username = ?1 ORDER BY account_id")
            .unwrap()
            .query_map([username], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
            .map(Result::unwrap)
            .collect()
    };
    for (username, login) in [
        ("ferris", "ferris"),
        ("carols10cents", "carolgithub"),
        ("casey-sensitive", "Casey-Sensitive"),
        ("hazel-moss", "hazel_moss"),
        ("alder", "birch"),
        ("birch", "alder"),
        ("sherwood", "robin"),
        ("orchard-gate", "orchard"),
        ("ra--", "ra--"),
        ("octo_acme", "octo_acme"),
        ("renamed-on-github", "octo-before"),
        ("recycled", "recycled-login"),
    ] {
        assert_eq!(links(username), [(login.to_owned(), false)], "{username}");
    }
    assert_eq!(links("orchard"), [("orchard".to_owned(), true)]);
    assert_eq!(links("no-github"), []);
    assert_eq!(links("gitlab-only"), []);
    assert_eq!(links("many-hats").len(), 2);
    assert_eq!(
        number(&connection, "SELECT count(*) FROM linked_elsewhere"),
        4
    );
}

#[test]
fn names_given_up_are_held_for_thirty_days() {
    let connection = filled();
    let held = |name: &str| -> Option<(bool, i64)> {
        connection
            .query_row("SELECT reclaimable, (available_at - ?2) / ?3 FROM held_usernames WHERE username = ?1", params![name, NOW, DAY], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .ok()
    };
    assert_eq!(held("old-moss"), Some((true, 27)));
    assert_eq!(held("amber-fox"), Some((true, 1)));
    assert_eq!(held("slate-fox"), Some((true, -1)));
    // Given up by a take-back: held from everyone.
    assert_eq!(held("far-away"), Some((false, 20)));
    assert_eq!(held("home-again"), None);
    assert_eq!(held("tidepool"), None);
}

#[test]
fn invitations_have_pages_and_some_are_over() {
    let connection = filled();
    let of_invited = "SELECT count(*) FROM invitations JOIN users ON users.id = invited_user_id WHERE username = 'invited'";
    assert_eq!(
        number(
            &connection,
            &format!(
                "{of_invited} AND crate_id NOT IN (SELECT id FROM crates WHERE name = 'open-door')"
            )
        ),
        25
    );
    assert_eq!(
        number(&connection, &format!("{of_invited} AND expires_at < {NOW}")),
        2
    );
    let door = "SELECT count(*) FROM invitations JOIN crates ON crates.id = crate_id WHERE crates.name = 'open-door'";
    assert_eq!(number(&connection, door), 30);
}

#[test]
fn showpieces_have_what_they_show() {
    let connection = filled();
    let versions = |name: &str| {
        number(
            &connection,
            &format!("SELECT num_versions FROM crates WHERE name = '{name}'"),
        )
    };
    assert_eq!(versions("many-versions"), 300);
    assert_eq!(versions("least-possible"), 1);
    assert_eq!(
        number(
            &connection,
            "SELECT count(*) FROM versions JOIN crates ON crates.id = crate_id WHERE name = 'all-yanked' AND NOT yanked"
        ),
        0
    );
    let dependents = "SELECT count(DISTINCT v.crate_id) FROM dependencies d JOIN versions v ON v.id = d.version_id
        JOIN crates c ON c.id = d.crate_id WHERE c.name = 'much-depended'";
    assert!(number(&connection, dependents) > 50);
    let default = |name: &str| -> String {
        connection
            .query_row("SELECT num FROM versions JOIN crates ON default_version_id = versions.id WHERE name = ?1", [name], |row| row.get(0))
            .unwrap()
    };
    assert_eq!(default("release-tracks"), "1.10.1");
    assert_eq!(default("yanked-some"), "0.4.0");
    assert_eq!(default("all-yanked"), "0.2.0");
    assert_eq!(default("only-prerelease"), "0.1.0-alpha.2");
    assert_eq!(default("many-versions"), "2.9.8+build.2026-10");
    assert_eq!(
        number(
            &connection,
            "SELECT count(*) FROM keywords WHERE crates_cnt = 0"
        ),
        1
    );
    assert!(
        number(
            &connection,
            "SELECT count(*) FROM categories WHERE crates_cnt = 0"
        ) > 0
    );
}

#[test]
fn the_same_world_at_another_time_only_moves_its_dates() {
    let mut connection = db::open_in_memory().unwrap();
    let transaction = connection.transaction().unwrap();
    write::world(&transaction, &world(NOW + 400 * DAY), NOW + 400 * DAY).unwrap();
    transaction.commit().unwrap();
    let other = filled();
    for sql in [
        "SELECT count(*) FROM versions",
        "SELECT sum(id * length(num)) FROM versions",
        "SELECT count(*) FROM dependencies",
    ] {
        assert_eq!(number(&connection, sql), number(&other, sql), "{sql}");
    }
}

/// Names in backticks in the first column of the tables below a heading.
fn specimens(heading: &str) -> Vec<String> {
    let text = include_str!("../../../DEMONSTRATION.md");
    let section = text
        .split("\n## ")
        .find(|section| section.starts_with(heading))
        .unwrap_or_else(|| panic!("no section {heading}"));
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    rows.filter_map(|row| row.split('|').nth(1))
        .flat_map(|cell| {
            cell.split('`')
                .skip(1)
                .step_by(2)
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn every_specimen_that_the_table_names_is_there() {
    let connection = filled();
    let exists = |sql: &str, name: &str| connection.prepare(sql).unwrap().exists([name]).unwrap();
    for (heading, sql, least) in [
        ("People", "SELECT 1 FROM users WHERE username = ?1", 60),
        ("Teams", "SELECT 1 FROM teams WHERE login = ?1", 4),
        ("Owners", "SELECT 1 FROM crates WHERE name = ?1", 12),
        ("Versions", "SELECT 1 FROM crates WHERE name = ?1", 15),
        ("Texts", "SELECT 1 FROM crates WHERE name = ?1", 15),
        ("READMEs", "SELECT 1 FROM crates WHERE name = ?1", 6),
    ] {
        let names = specimens(heading);
        assert!(names.len() >= least, "{heading}: {names:?}");
        for name in names {
            assert!(exists(sql, &name), "{heading}: {name}");
        }
    }
    assert!(exists(
        "SELECT 1 FROM keywords WHERE crates_cnt = 0 AND keyword = ?1",
        "unused-keyword"
    ));
    assert!(exists(
        "SELECT 1 FROM categories WHERE crates_cnt = 0 AND slug = ?1",
        "multimedia::video"
    ));
    for free in ["slate-fox", "tidy-walrus", "nobody-here", "carolgithub"] {
        assert!(
            !exists("SELECT 1 FROM users WHERE username = ?1", free),
            "{free}"
        );
    }
}

#[test]
fn every_open_invitation_and_unproven_address_has_its_mail() {
    let connection = filled();
    let mails = |kind: &str, token: &str, from: &str| {
        number(
            &connection,
            &format!(
                "SELECT count(*) FROM {from} JOIN outbox ON kind = '{kind}' AND instr(links, {token}) AND instr(body, {token})"
            ),
        )
    };
    assert_eq!(
        mails(
            "confirm",
            "token",
            "(SELECT token FROM emails WHERE NOT verified)"
        ),
        number(
            &connection,
            "SELECT count(*) FROM emails WHERE NOT verified"
        )
    );
    assert!(mails("confirm", "token", "emails") >= 2);
    assert_eq!(
        mails("invite", "token", "invitations"),
        number(
            &connection,
            "SELECT count(*) FROM invitations JOIN emails ON user_id = invited_user_id"
        )
    );
}

#[test]
fn every_dependency_is_met_by_a_version_that_is_there() {
    let connection = filled();
    let mut versions = connection
        .prepare("SELECT crate_id, num FROM versions")
        .unwrap();
    let versions: Vec<(i64, semver::Version)> = versions
        .query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))
        .unwrap()
        .map(Result::unwrap)
        .map(|(id, num)| (id, num.parse().unwrap()))
        .collect();
    let mut needs = connection
        .prepare("SELECT DISTINCT crate_id, req, crates.name FROM dependencies JOIN crates ON crates.id = crate_id")
        .unwrap();
    let mut needs = needs.query([]).unwrap();
    let mut unmet = Vec::new();
    while let Some(row) = needs.next().unwrap() {
        let (on, req, name): (i64, String, String) = (
            row.get(0).unwrap(),
            row.get(1).unwrap(),
            row.get(2).unwrap(),
        );
        let wanted: semver::VersionReq = req.parse().unwrap();
        if !versions
            .iter()
            .any(|(id, num)| *id == on && wanted.matches(num))
        {
            unmet.push(format!("{name} {req}"));
        }
    }
    assert!(unmet.is_empty(), "{unmet:?}");
}
