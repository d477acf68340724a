//! What a new database is filled with.
//!
//! Called once, inside the transaction that creates the data, on an empty migrated database. Data is deterministic but
//! for its distance to `now`, so that "the last 90 days" are never empty.

pub mod calendar;
pub mod demo;
pub mod prng;
pub mod recorded;
pub mod scale;
pub mod world;
pub mod write;

use rusqlite::Connection;

use crate::clock::Timestamp;

/// Why a seed could not be written.
pub type Error = Box<dyn std::error::Error + Send + Sync>;

/// Which data a new database starts with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seed {
    /// The invented demonstration data.
    Demo,
    /// The data behind the recorded answers.
    Recorded,
    /// Nothing.
    None,
}

/// Fills the empty database. The caller holds the transaction.
pub fn run(seed: Seed, connection: &Connection, now: Timestamp) -> Result<(), Error> {
    match seed {
        Seed::Demo => write::world(connection, &demo::world(now.0), now.0)?,
        Seed::Recorded => write::world(connection, &recorded::world(), recorded::NOW)?,
        Seed::None => {}
    }
    Ok(())
}
