//! The accounts that the stories of signing in need, beside those that are linked already.
//!
//! Written at every start, so that they are there whatever the seed was. They stand on the few users that the schema's
//! comment names; without those they are simply newcomers.

use rusqlite::{Connection, params};

/// One account with its story.
struct Story {
    id: i64,
    login: &'static str,
    name: Option<&'static str>,
    email: Option<&'static str>,
    note: &'static str,
}

const STORIES: &[Story] = &[
    Story {
        id: 990_001,
        login: "crab-newcomer",
        name: Some("Newcomer"),
        email: Some("newcomer@example.com"),
        note: "New here, with a login that is free as a username.",
    },
    Story {
        id: 990_002,
        login: "carols10cents",
        name: Some("Another Carol"),
        email: Some("another@example.com"),
        note: "New here, with a login that is somebody's username.",
    },
    Story {
        id: 990_003,
        login: "admin",
        name: Some("Admin"),
        email: Some("admin@example.com"),
        note: "New here, with a login that is reserved.",
    },
    Story {
        id: 990_004,
        login: "No-GitHub",
        name: None,
        email: None,
        note: "New here, with a login that differs from somebody's username in capitals only; no e-mail address.",
    },
    Story {
        id: 990_005,
        login: "new_acme",
        name: Some("Newly at Acme"),
        email: Some("new@acme.example"),
        note: "New here, an enterprise account with an underscore.",
    },
    Story {
        id: 990_006,
        login: "a-login-of-thirty-nine-characters-12345",
        name: None,
        email: Some("long@example.com"),
        note: "New here, with a login of 39 characters.",
    },
    Story {
        id: 990_007,
        login: "rae--",
        name: Some("Rae"),
        email: Some("rae@example.com"),
        note: "New here, with a login that ends in two hyphens.",
    },
    Story {
        id: 880_001,
        login: "octo-after",
        name: Some("Octo, renamed"),
        email: Some("octo@example.com"),
        note: "Known here, but renamed on GitHub since.",
    },
    Story {
        id: 990_008,
        login: "recycled-login",
        name: Some("Second Holder"),
        email: Some("second@example.com"),
        note: "New here, under a login that an older linked account still shows.",
    },
];

/// Writes the stories' accounts.
pub fn install(connection: &Connection) -> rusqlite::Result<()> {
    let mut statement = connection.prepare(
        "INSERT INTO github_accounts (account_id, login, name, email, avatar, note) VALUES (?1, ?2, ?3, ?4, NULL, ?5) \
         ON CONFLICT (account_id) DO UPDATE SET login = excluded.login, name = excluded.name, email = excluded.email, note = excluded.note",
    )?;
    for story in STORIES {
        statement.execute(params![
            story.id,
            story.login,
            story.name,
            story.email,
            story.note
        ])?;
    }
    Ok(())
}
