//! Moments and days, as far as the app needs them: read what the API sends, compare, add.
//!
//! A moment is a number of milliseconds since 1970-01-01T00:00:00Z, so that it costs nothing to compare and to hand to
//! the browser's `Intl`. This must not know what time it is, nor how a moment is written in anybody's language.

use std::fmt;

/// Milliseconds in a day.
pub const DAY_MS: i64 = 86_400_000;

/// A moment: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// A calendar day in UTC: days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

impl Timestamp {
    /// The moment so many milliseconds after (before, when negative) 1970-01-01T00:00:00Z.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Reads RFC 3339, such as `2026-11-20T01:47:37.236674Z` or `…+02:00`; finer parts than milliseconds are dropped.
    pub fn parse_rfc3339(text: &str) -> Option<Self> {
        let (date, time) = text.split_once(['T', 't', ' '])?;
        let day = Day::parse(date)?;
        let (clock, offset_minutes) = split_offset(time)?;
        let (whole, fraction) = clock.split_once('.').unwrap_or((clock, ""));
        let seconds = seconds_of_day(whole)?;
        let millis = day.start().0 + seconds * 1000 + millis_of_fraction(fraction)?;
        Some(Self(millis - offset_minutes * 60_000))
    }

    /// Reads an HTTP date, such as `Sat, 21 Nov 2026 01:48:54 GMT` (RFC 9110, IMF-fixdate, the form servers must send).
    pub fn parse_http_date(text: &str) -> Option<Self> {
        let (_weekday, rest) = text.trim().split_once(", ")?;
        let mut parts = rest.split_ascii_whitespace();
        let day = number(parts.next()?, 2)?;
        let name = parts.next()?;
        let month = (1..).zip(MONTHS).find(|(_, m)| *m == name)?.0;
        let year = number(parts.next()?, 4)?;
        let seconds = seconds_of_day(parts.next()?)?;
        if parts.next() != Some("GMT") || parts.next().is_some() {
            return None;
        }
        Some(Self(Day::new(year, month, day)?.start().0 + seconds * 1000))
    }

    /// Reads a `Retry-After` header: seconds from `now`, or an HTTP date (contract, "Rename").
    pub fn parse_retry_after(text: &str, now: Self) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
            return Self::parse_http_date(text);
        }
        // Absurdly many seconds are "very late", not "at once".
        let seconds = text.parse::<i64>().unwrap_or(i64::MAX);
        Some(now.plus_millis(seconds.saturating_mul(1000)))
    }

    /// This moment moved by so many milliseconds.
    pub const fn plus_millis(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }

    /// This moment moved by so many days of 24 hours.
    pub const fn plus_days(self, days: i64) -> Self {
        self.plus_millis(days.saturating_mul(DAY_MS))
    }

    /// Milliseconds from `earlier` to this; negative when `earlier` is in fact later.
    pub const fn millis_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// Days from `now` until this moment, begun ones counted whole; 0 when it has passed.
    pub const fn days_until_rounded_up(self, now: Self) -> i64 {
        let left = self.millis_since(now);
        if left <= 0 {
            0
        } else {
            (left - 1) / DAY_MS + 1
        }
    }

    /// The UTC day it falls on. Moments beyond what a [`Day`] can hold are its first or last.
    pub fn day(self) -> Day {
        let days = self.0.div_euclid(DAY_MS);
        Day(i32::try_from(days).unwrap_or(if days < 0 { i32::MIN } else { i32::MAX }))
    }
}

/// RFC 3339 in UTC to the millisecond, as the API takes it.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ms = self.0.rem_euclid(DAY_MS);
        let (h, m, s) = (ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60);
        write!(f, "{}T{h:02}:{m:02}:{s:02}.{:03}Z", self.day(), ms % 1000)
    }
}

impl Day {
    /// A day of the Gregorian calendar; `None` when there is no such day.
    pub fn new(year: i32, month: i32, day: i32) -> Option<Self> {
        if !(0..=9999).contains(&year) || !(1..=12).contains(&month) {
            return None;
        }
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let length = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        (1..=length).contains(&day).then(|| {
            // Years are counted from March, so that the leap day is the last of its year.
            let (y, m) = if month > 2 {
                (year, month - 3)
            } else {
                (year - 1, month + 9)
            };
            let era = y.div_euclid(400);
            let year_of_era = y.rem_euclid(400);
            let day_of_year = (153 * m + 2) / 5 + day - 1;
            let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
            Self(era * 146_097 + day_of_era - 719_468)
        })
    }

    /// Reads `YYYY-MM-DD`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let year = number(parts.next()?, 4)?;
        let month = number(parts.next()?, 2)?;
        let day = number(parts.next()?, 2)?;
        if parts.next().is_some() {
            return None;
        }
        Self::new(year, month, day)
    }

    /// Midnight, UTC, at which the day begins.
    pub const fn start(self) -> Timestamp {
        Timestamp(self.0 as i64 * DAY_MS)
    }

    /// The day so many days later.
    pub const fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// Days from `earlier` to this.
    pub const fn days_since(self, earlier: Self) -> i32 {
        self.0.saturating_sub(earlier.0)
    }
}

/// `YYYY-MM-DD`, the spelling of the API.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shifted = i64::from(self.0) + 719_468;
        let era = shifted.div_euclid(146_097);
        let doe = shifted.rem_euclid(146_097);
        let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let from_march = (5 * doy + 2) / 153;
        let day = doy - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 {
            from_march + 3
        } else {
            from_march - 9
        };
        let year = yoe + era * 400 + i64::from(month <= 2);
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// A number of exactly so many digits.
fn number(text: &str, digits: usize) -> Option<i32> {
    let plain = text.len() == digits && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

/// `HH:MM:SS` as seconds since midnight. A leap second counts as the one before it.
fn seconds_of_day(text: &str) -> Option<i64> {
    let mut parts = text.split(':');
    let hours = number(parts.next()?, 2)?;
    let minutes = number(parts.next()?, 2)?;
    let seconds = number(parts.next()?, 2)?;
    if parts.next().is_some() || hours > 23 || minutes > 59 || seconds > 60 {
        return None;
    }
    Some(i64::from(hours * 3600 + minutes * 60 + seconds.min(59)))
}

/// Takes `Z` or `±HH:MM` off the end of a time of day; the offset in minutes.
fn split_offset(time: &str) -> Option<(&str, i64)> {
    if let Some(clock) = time.strip_suffix(['Z', 'z']) {
        return Some((clock, 0));
    }
    let at = time.rfind(['+', '-'])?;
    let (clock, offset) = time.split_at_checked(at)?;
    let sign = if offset.starts_with('-') { -1 } else { 1 };
    let (hours, minutes) = offset.get(1..)?.split_once(':')?;
    let (hours, minutes) = (number(hours, 2)?, number(minutes, 2)?);
    (hours < 24 && minutes < 60).then(|| (clock, sign * i64::from(hours * 60 + minutes)))
}

/// The milliseconds in the digits after a time's dot.
fn millis_of_fraction(digits: &str) -> Option<i64> {
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let padded = digits.bytes().chain(std::iter::repeat(b'0')).take(3);
    Some(padded.fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> Option<i64> {
        Timestamp::parse_rfc3339(text).map(Timestamp::millis)
    }

    #[test]
    fn rfc_3339_is_read_to_the_millisecond() {
        assert_eq!(at("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(at("2026-11-20T01:47:37.236674Z"), Some(1_795_139_257_236));
        assert_eq!(at("2026-11-20T01:47:37.2Z"), Some(1_795_139_257_200));
        assert_eq!(at("2026-11-20T03:47:37+02:00"), Some(1_795_139_257_000));
        assert_eq!(at("2026-11-19T20:17:37-05:30"), Some(1_795_139_257_000));
        assert_eq!(at("2000-02-29T23:59:60Z"), at("2000-02-29T23:59:59Z"));
        assert_eq!(at("1969-12-31T23:59:59.999Z"), Some(-1));
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        for text in [
            "",
            "T",
            "2026-11-20",
            "2026-11-20T01:47:37",
            "2026-13-01T00:00:00Z",
            "2025-02-29T00:00:00Z",
            "1900-02-29T00:00:00Z",
            "2026-11-20T24:00:00Z",
            "2026-11-20T01:60:00Z",
            "2026-11-20T01:47:37.2a6Z",
            "2026-11-20T01:47:37+2:00",
            "2026-11-20T01:47:37+24:00",
            "+026-11-20T01:47:37Z",
            "2026-11-20T01:47:37é+02:00",
        ] {
            assert_eq!(at(text), None, "{text:?}");
        }
    }

    #[test]
    fn an_http_date_is_read() {
        let date = |text| Timestamp::parse_http_date(text);
        assert_eq!(
            date("Sat, 21 Nov 2026 01:48:54 GMT"),
            Timestamp::parse_rfc3339("2026-11-21T01:48:54Z")
        );
        for text in [
            "",
            "Sat 21 Nov 2026 01:48:54 GMT",
            "Sat, 21 Nov 2026 01:48:54",
            "Sat, 21 Foo 2026 01:48:54 GMT",
        ] {
            assert_eq!(date(text), None, "{text:?}");
        }
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now = Timestamp::from_millis(1_000_000);
        let read = |text| Timestamp::parse_retry_after(text, now);
        assert_eq!(read(" 90 "), Some(now.plus_millis(90_000)));
        assert_eq!(read("0"), Some(now));
        assert_eq!(
            read("Sat, 21 Nov 2026 01:48:54 GMT"),
            Timestamp::parse_rfc3339("2026-11-21T01:48:54Z")
        );
        assert_eq!(
            read("99999999999999999999999"),
            Some(Timestamp::from_millis(i64::MAX))
        );
        assert_eq!(read("-1"), None);
        assert_eq!(read("soon"), None);
        assert_eq!(read(""), None);
    }

    #[test]
    fn a_begun_day_counts_whole() {
        let now = Timestamp::from_millis(5);
        let left = |ms| now.plus_millis(ms).days_until_rounded_up(now);
        assert_eq!(left(-1), 0);
        assert_eq!(left(0), 0);
        assert_eq!(left(1), 1);
        assert_eq!(left(DAY_MS), 1);
        assert_eq!(left(DAY_MS + 1), 2);
        assert_eq!(left(30 * DAY_MS), 30);
    }

    proptest! {
        #[test]
        fn a_printed_moment_is_read_back(millis in -60_000_000_000_000_i64..250_000_000_000_000) {
            let moment = Timestamp::from_millis(millis);
            prop_assert_eq!(Timestamp::parse_rfc3339(&moment.to_string()), Some(moment));
        }

        #[test]
        fn no_text_makes_the_readers_panic(text in any::<String>()) {
            let now = Timestamp::from_millis(0);
            let _ = Timestamp::parse_rfc3339(&text);
            let _ = Timestamp::parse_http_date(&text);
            let _ = Timestamp::parse_retry_after(&text, now);
        }

        #[test]
        fn a_number_in_the_place_of_each_field_is_read_or_refused(
            y in 0_u32..10_001, mo in 0_u32..14, d in 0_u32..33, h in 0_u32..26, mi in 0_u32..62, s in 0_u32..63,
        ) {
            let text = format!("{y:04}-{mo:02}-{d:02}T{h:02}:{mi:02}:{s:02}Z");
            if let Some(moment) = Timestamp::parse_rfc3339(&text) {
                prop_assert_eq!(moment.to_string(), format!("{y:04}-{mo:02}-{d:02}T{h:02}:{mi:02}:{:02}.000Z", s.min(59)));
            }
        }

        #[test]
        fn a_day_and_its_moments_agree(days in -700_000_i32..2_900_000) {
            let day = Day(days);
            prop_assert_eq!(Day::parse(&day.to_string()), Some(day));
            prop_assert_eq!(day.start().plus_millis(DAY_MS - 1).day(), day);
            prop_assert_eq!(day.plus(1).days_since(day), 1);
        }
    }
}
