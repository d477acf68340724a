//! Time as a parameter.
//!
//! Everything that asks for the time gets it from a [`Clock`], so that a test can let 30 days pass. Moments are
//! [`Timestamp`]s: whole microseconds since 1970 in UTC, the precision of crates.io's answers. This module does not
//! know who may move the clock; the control call decides that.

use std::{
    fmt,
    sync::atomic::{AtomicI64, Ordering},
    time::{SystemTime, UNIX_EPOCH},
};

use chrono::{DateTime, Datelike, NaiveDate, SecondsFormat, TimeDelta, Utc};
use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::{Serialize, Serializer};

/// A moment in UTC, in microseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub i64);

/// One second, in the unit of [`Timestamp`].
pub const SECOND: i64 = 1_000_000;
/// One day, in the unit of [`Timestamp`].
pub const DAY: i64 = 86_400 * SECOND;

impl Timestamp {
    /// Reads RFC 3339 (`2026-11-20T01:47:37.236674Z`, any offset).
    pub fn parse(text: &str) -> Option<Self> {
        let moment = DateTime::parse_from_rfc3339(text).ok()?;
        Some(Self(moment.timestamp_micros()))
    }

    /// This moment moved by `micros`, staying within the years the formats can show.
    pub fn plus(self, micros: i64) -> Self {
        const LAST: i64 = 253_402_300_799 * SECOND;
        Self(self.0.saturating_add(micros).clamp(0, LAST))
    }

    /// This moment moved by whole days.
    pub fn plus_days(self, days: i64) -> Self {
        self.plus(days.saturating_mul(DAY))
    }

    /// The day, `YYYY-MM-DD`.
    pub fn date(self) -> String {
        self.datetime().format("%Y-%m-%d").to_string()
    }

    /// The form of the `Date`, `Retry-After` and `Last-Modified` headers.
    pub fn http_date(self) -> String {
        self.datetime()
            .format("%a, %d %b %Y %H:%M:%S GMT")
            .to_string()
    }

    /// The year, for texts.
    pub fn year(self) -> i32 {
        self.datetime().year()
    }

    /// As a chrono value, for formats of the moment.
    pub fn datetime(self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0).unwrap_or_default()
    }
}

/// Midnight (UTC) at the start of a day.
pub fn start_of(day: NaiveDate) -> Timestamp {
    Timestamp(
        day.and_time(chrono::NaiveTime::MIN)
            .and_utc()
            .timestamp_micros(),
    )
}

/// The day `days` after (or, negative, before) the day of `moment`, `YYYY-MM-DD`.
pub fn day_after(moment: Timestamp, days: i64) -> String {
    let day = moment.datetime().date_naive();
    let moved = TimeDelta::try_days(days)
        .and_then(|delta| day.checked_add_signed(delta))
        .unwrap_or(day);
    moved.format("%Y-%m-%d").to_string()
}

impl fmt::Display for Timestamp {
    /// RFC 3339 with as many decimals as there are, like crates.io's answers.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.datetime().to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl ToSql for Timestamp {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.0.to_sql()
    }
}

impl FromSql for Timestamp {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        i64::column_result(value).map(Self)
    }
}

/// The registry's clock: the machine's, moved by an offset.
#[derive(Debug, Default)]
pub struct Clock {
    offset: AtomicI64,
}

impl Clock {
    /// A clock that is `offset` microseconds ahead of the machine's.
    pub fn with_offset(offset: i64) -> Self {
        Self {
            offset: AtomicI64::new(offset),
        }
    }

    /// The moment it is.
    pub fn now(&self) -> Timestamp {
        machine_time().plus(self.offset())
    }

    /// How far this clock is ahead of the machine's.
    pub fn offset(&self) -> i64 {
        self.offset.load(Ordering::SeqCst)
    }

    /// Moves the clock so that it is `moment` now; it goes on from there.
    pub fn set(&self, moment: Timestamp) {
        self.offset
            .store(moment.0.saturating_sub(machine_time().0), Ordering::SeqCst);
    }

    /// Moves the clock by `micros`.
    pub fn advance(&self, micros: i64) {
        let moved = self.now().plus(micros);
        self.set(moved);
    }
}

fn machine_time() -> Timestamp {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Timestamp(i64::try_from(since.as_micros()).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_as_crates_io_writes_them() {
        for text in [
            "2026-11-20T01:47:37.236674Z",
            "2015-05-15T12:00:00Z",
            "2026-11-20T01:47:37.100Z",
        ] {
            assert_eq!(Timestamp::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Timestamp::parse("yesterday"), None);
    }

    #[test]
    fn a_moved_clock_goes_on_from_there() {
        let clock = Clock::default();
        let then = Timestamp::parse("2030-01-01T00:00:00Z").unwrap();
        clock.set(then);
        assert!(clock.now() >= then && clock.now() < then.plus(5 * SECOND));
        clock.advance(30 * DAY);
        assert_eq!(clock.now().date(), "2030-01-31");
    }

    #[test]
    fn http_dates_have_two_digit_days() {
        let moment = Timestamp::parse("2026-11-01T02:03:04Z").unwrap();
        assert_eq!(moment.http_date(), "Sun, 01 Nov 2026 02:03:04 GMT");
    }

    #[test]
    fn moving_beyond_the_calendar_stops_at_its_end() {
        assert_eq!(Timestamp(0).plus(i64::MAX).year(), 9999);
        assert_eq!(Timestamp(5).plus(i64::MIN).year(), 1970);
    }
}
