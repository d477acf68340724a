//! Writes a [`World`] into an empty database.
//!
//! The order follows the foreign keys. Statements are prepared once each; the caller holds the transaction.

mod between;
mod krate;
mod people;

use std::collections::HashMap;

use rusqlite::Connection;

use super::calendar::Micros;
use super::world::World;
use between::write_between;
use krate::{write_crate, write_dependencies, write_shelf_marks};
use people::{write_names, write_teams, write_user};

/// Writes everything.
pub fn world(connection: &Connection, world: &World, now: Micros) -> rusqlite::Result<()> {
    for user in &world.users {
        write_user(connection, user, now)?;
    }
    // After the users, so that somebody may have a name from before it was reserved.
    for name in &world.reserved {
        connection
            .prepare_cached("INSERT INTO reserved_usernames (username) VALUES (?1)")?
            .execute([name])?;
    }
    write_names(connection, world)?;
    write_teams(connection, world)?;
    write_shelf_marks(connection, world)?;
    let ids: HashMap<&str, i64> = world
        .crates
        .iter()
        .map(|krate| (krate.name.as_str(), krate.id))
        .collect();
    for krate in &world.crates {
        write_crate(connection, krate, now)?;
    }
    for krate in &world.crates {
        for version in &krate.versions {
            write_dependencies(connection, version, &ids)?;
        }
    }
    write_between(connection, world, &ids)?;
    let downloads: i64 = world.crates.iter().map(|krate| krate.downloads).sum();
    crate::db::set_setting(
        connection,
        "num_downloads",
        world.num_downloads.unwrap_or(downloads),
    )
}

fn list(items: &[String]) -> String {
    serde_json::Value::from(items.to_vec()).to_string()
}
