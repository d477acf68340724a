//! Downloads of the last 90 days as rows of numbers: a row for each version told apart, one for all others, a column a day.
//!
//! Days the registry leaves out have no downloads; days outside the 90 are left out. It must not know how this is drawn.

use super::download::{CrateDownloads, DayDownloads, VersionDownloads};
use super::time::Day;

/// How many days are shown.
pub const DAYS: usize = 90;

/// Downloads of some things over the same days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DownloadHistory {
    first: Day,
    /// What is told apart, first to be stacked first.
    pub rows: Vec<Row>,
}

/// Downloads of one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What was downloaded; `None`: all other versions together.
    pub version: Option<String>,
    /// One number for each day, oldest first.
    pub days: Vec<u64>,
}

impl DownloadHistory {
    /// Of a crate, its highest versions told apart. Rows without any download are left out.
    pub fn of_crate(downloads: &CrateDownloads, today: Day) -> Self {
        let mut history = Self::until(today);
        let mut told_apart = Vec::new();
        for version in &downloads.versions {
            told_apart.push(version.id);
            let days = history.filled(
                downloads
                    .by_version
                    .iter()
                    .filter(|entry| entry.version == version.id)
                    .map(of_version),
            );
            history.push(Some(version.num.clone()), days);
        }
        // A version without a name of its own still counts.
        let unnamed = downloads
            .by_version
            .iter()
            .filter(|entry| !told_apart.contains(&entry.version))
            .map(of_version);
        let others = history.filled(downloads.others.iter().copied().chain(unnamed));
        history.push(None, others);
        history
    }

    /// Of one version alone.
    pub fn of_version(num: &str, downloads: &[VersionDownloads], today: Day) -> Self {
        let mut history = Self::until(today);
        let days = history.filled(downloads.iter().map(of_version));
        history.push(Some(num.to_owned()), days);
        history
    }

    fn until(today: Day) -> Self {
        Self {
            first: today.plus(1 - DAYS as i32),
            rows: Vec::new(),
        }
    }

    fn filled(&self, entries: impl Iterator<Item = DayDownloads>) -> Vec<u64> {
        let mut days = vec![0_u64; DAYS];
        for entry in entries {
            let column = usize::try_from(entry.day.days_since(self.first)).ok();
            if let Some(day) = column.and_then(|column| days.get_mut(column)) {
                *day = day.saturating_add(entry.downloads);
            }
        }
        days
    }

    fn push(&mut self, version: Option<String>, days: Vec<u64>) {
        if days.iter().any(|count| *count > 0) {
            self.rows.push(Row { version, days });
        }
    }

    /// Whether nothing was downloaded at all.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The day of a column.
    pub fn day(&self, column: usize) -> Day {
        self.first.plus(i32::try_from(column).unwrap_or(i32::MAX))
    }

    /// All downloads of a day.
    pub fn total(&self, column: usize) -> u64 {
        self.stacked(self.rows.len(), column)
    }

    /// Downloads of a day in the first so many rows.
    pub fn stacked(&self, rows: usize, column: usize) -> u64 {
        let of_row = |row: &Row| row.days.get(column).copied().unwrap_or_default();
        self.rows
            .iter()
            .take(rows)
            .fold(0, |sum, row| sum.saturating_add(of_row(row)))
    }

    /// Downloads of a row on a day, or on all days.
    pub fn count(&self, row: usize, column: Option<usize>) -> u64 {
        let Some(row) = self.rows.get(row) else {
            return 0;
        };
        match column {
            Some(column) => row.days.get(column).copied().unwrap_or_default(),
            None => row
                .days
                .iter()
                .fold(0, |sum, count| sum.saturating_add(*count)),
        }
    }

    /// All downloads of all days.
    pub fn sum(&self) -> u64 {
        (0..self.rows.len()).fold(0, |sum, row| sum.saturating_add(self.count(row, None)))
    }

    /// The top of a scale that holds every day, in steps of 1, 2 or 5 times a power of ten.
    pub fn scale(&self) -> Scale {
        Scale::for_most(
            (0..DAYS)
                .map(|column| self.total(column))
                .max()
                .unwrap_or_default(),
        )
    }
}

fn of_version(entry: &VersionDownloads) -> DayDownloads {
    DayDownloads {
        day: entry.day,
        downloads: entry.downloads,
    }
}

/// A scale from 0 in even steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    /// The distance between two marks.
    pub step: u64,
    /// How many marks there are above 0.
    pub steps: u64,
}

impl Scale {
    /// The scale with two to five steps whose top is at least `most`.
    fn for_most(most: u64) -> Self {
        let mut power = 1_u64;
        loop {
            for step in [1, 2, 5].map(|digit| power.saturating_mul(digit)) {
                let steps = most.div_ceil(step).max(1);
                if steps <= 5 {
                    return Self { step, steps };
                }
            }
            power = power.saturating_mul(10);
        }
    }

    /// The highest mark.
    pub fn top(self) -> u64 {
        self.step.saturating_mul(self.steps)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::version::VersionId;

    fn day(text: &str) -> Day {
        Day::parse(text).expect("a day")
    }

    fn of(entries: &[(&str, u64)]) -> DownloadHistory {
        let downloads: Vec<_> = entries
            .iter()
            .map(|(text, count)| VersionDownloads {
                version: VersionId(1),
                day: day(text),
                downloads: *count,
            })
            .collect();
        DownloadHistory::of_version("1.0.0", &downloads, day("2026-11-20"))
    }

    #[test]
    fn there_are_ninety_days_and_the_last_is_today() {
        let history = of(&[("2026-11-20", 3), ("2026-08-23", 5)]);
        let row = history.rows.first().expect("a row");
        assert_eq!(row.days.len(), 90);
        assert_eq!((row.days.first(), row.days.last()), (Some(&5), Some(&3)));
        assert_eq!(history.day(0), day("2026-08-23"));
        assert_eq!(history.day(89), day("2026-11-20"));
    }

    #[test]
    fn days_before_and_after_are_left_out_and_days_told_twice_are_added() {
        let history = of(&[
            ("2026-08-22", 9),
            ("2026-11-21", 9),
            ("2026-11-19", 2),
            ("2026-11-19", 4),
        ]);
        assert_eq!(
            (
                history.sum(),
                history.count(0, None),
                history.count(0, Some(88))
            ),
            (6, 6, 6)
        );
    }

    #[test]
    fn no_downloads_are_no_rows() {
        assert!(of(&[]).is_empty());
        assert!(of(&[("2026-11-20", 0)]).is_empty());
    }

    #[test]
    fn versions_the_answer_does_not_name_are_counted_among_the_others() {
        let entry = |version, downloads| VersionDownloads {
            version: VersionId(version),
            day: day("2026-11-20"),
            downloads,
        };
        let downloads = CrateDownloads {
            by_version: vec![entry(1, 10), entry(2, 7)],
            others: vec![DayDownloads {
                day: day("2026-11-20"),
                downloads: 5,
            }],
            versions: Vec::new(),
        };
        let history = DownloadHistory::of_crate(&downloads, day("2026-11-20"));
        assert_eq!(history.rows.len(), 1);
        assert_eq!(
            history.rows.first().and_then(|row| row.version.clone()),
            None
        );
        assert_eq!(history.total(89), 22);
    }

    #[test]
    fn the_scale_holds_the_highest_day_in_few_round_steps() {
        for (most, step, steps) in [
            (0, 1, 1),
            (1, 1, 1),
            (5, 1, 5),
            (6, 2, 3),
            (11, 5, 3),
            (99, 20, 5),
            (101, 50, 3),
            (2_900_000, 1_000_000, 3),
        ] {
            let scale = Scale::for_most(most);
            assert_eq!((scale.step, scale.steps), (step, steps), "{most}");
            assert!(scale.top() >= most);
        }
        assert!(Scale::for_most(u64::MAX).steps <= 5);
    }
}
