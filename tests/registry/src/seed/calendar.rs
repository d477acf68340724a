//! Times of the seeded data: microseconds since 1970 in UTC, as the database keeps them.
//!
//! Seeds say "three days before now" or "on 19 June 2026". They never ask what time it is: `now` is given.

use chrono::NaiveDate;

use crate::clock::start_of;
pub use crate::clock::{DAY, SECOND};

/// Microseconds in an hour.
pub const HOUR: i64 = 3_600 * SECOND;

/// A point in time: microseconds since 1970-01-01T00:00:00Z.
pub type Micros = i64;

/// Midnight (UTC) at the start of a day; the start of 1970 for a day that does not exist.
#[must_use]
pub fn on(year: i32, month: u32, day: u32) -> Micros {
    NaiveDate::from_ymd_opt(year, month, day).map_or(0, |day| start_of(day).0)
}
