//! What is asked for: names from all over the database, and sessions to ask as.

use std::path::Path;

use nameplate_registry::{db, session::Key};

use crate::Failure;

/// Names to ask for, spread over the whole database, and sessions to ask as.
pub struct Names {
    pub users: Vec<(i64, String)>,
    pub crates: Vec<String>,
    pub words: Vec<String>,
    pub key: Key,
}

impl Names {
    pub fn read(data: &Path) -> Result<Self, Failure> {
        let connection = db::open_reader(data)?;
        let mut users = Vec::new();
        let last: i64 = connection.query_row("SELECT max(id) FROM users", [], |row| row.get(0))?;
        let mut user = connection
            .prepare("SELECT id, username FROM users WHERE id >= ?1 ORDER BY id LIMIT 1")?;
        for step in 0..2_000 {
            users
                .push(user.query_row([last * step / 2_000], |row| Ok((row.get(0)?, row.get(1)?)))?);
        }
        let last: i64 = connection.query_row("SELECT max(id) FROM crates", [], |row| row.get(0))?;
        let mut krate =
            connection.prepare("SELECT name FROM crates WHERE id >= ?1 ORDER BY id LIMIT 1")?;
        let mut crates: Vec<String> = Vec::new();
        for step in 0..2_000 {
            crates.push(krate.query_row([last * step / 2_000], |row| row.get(0))?);
        }
        let words = crates
            .iter()
            .filter_map(|name| name.split(['-', '_']).next())
            .map(str::to_owned)
            .collect();
        let key: Vec<u8> =
            db::setting(&connection, "session_key")?.ok_or("the database has no session key")?;
        Ok(Self {
            users,
            crates,
            words,
            key: Key::from_bytes(&key).ok_or("the session key is broken")?,
        })
    }

    /// The path of one request, and whose session goes along.
    pub fn request(&self, kind: &str, number: usize) -> Option<(String, Option<i64>)> {
        // A large odd step wanders through all of a list.
        let at = number.wrapping_mul(7_919);
        let user = |at: usize| self.users.get(at % self.users.len());
        let krate = self.crates.get(at % self.crates.len())?;
        let (id, username) = user(at)?;
        Some(match kind {
            "user" => (
                format!("/api/v1/users/{username}?include=linked_accounts"),
                None,
            ),
            "crate" => (
                format!(
                    "/api/v1/crates/{krate}?include=keywords,categories,downloads,default_version"
                ),
                None,
            ),
            "owners" => (format!("/api/v1/crates/{krate}/owners"), None),
            "search" => (
                format!(
                    "/api/v1/crates?q={}&per_page=50",
                    self.words.get(at % self.words.len())?
                ),
                None,
            ),
            "availability" => (
                format!("/api/private/usernames/{username}-x{number}"),
                Some(*id),
            ),
            _ => match number % 4 {
                0 => (
                    format!("/api/v1/crates?user_id={id}&sort=recent-updates&page=1&per_page=10"),
                    None,
                ),
                1 => ("/api/v1/crates?sort=downloads&per_page=50".to_owned(), None),
                2 => (
                    format!(
                        "/api/v1/crates?sort=new&page={}&per_page=50",
                        number % 200 + 1
                    ),
                    None,
                ),
                _ => ("/api/v1/crates?per_page=50".to_owned(), None),
            },
        })
    }
}
