//! What each page may cost: the table in `tests/bench.md`, which the bench writes and a test holds the pages to.
//!
//! Bytes and requests of a cold load, pictures left out; never times, which are the machine's.

use crate::Outcome;
use crate::cold::load::Traffic;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// What stands before and after the table in its file.
const MARKS: (&str, &str) = ("<!-- budget -->\n", "<!-- /budget -->");

/// By how many hundredths a page may grow before somebody has to say so.
const TOLERANCE: u64 = 2;

/// The file with the table.
pub fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../bench.md")
}

/// A page's name and what it costs.
pub type Row = (String, Traffic);

/// The rows of the table in a text.
pub fn read(text: &str) -> Outcome<Vec<Row>> {
    let (_, rest) = text
        .split_once(MARKS.0)
        .ok_or("tests/bench.md has no table of budgets")?;
    let (table, _) = rest
        .split_once(MARKS.1)
        .ok_or("the table of budgets in tests/bench.md has no end")?;
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, name, bytes, requests, _] = cells.as_slice() else {
            return None;
        };
        let traffic = Traffic {
            bytes: bytes.replace(' ', "").parse().ok()?,
            requests: requests.parse().ok()?,
        };
        Some(((*name).to_owned(), traffic))
    };
    let rows: Option<Vec<Row>> = table.lines().skip(2).map(row).collect();
    rows.filter(|rows| !rows.is_empty())
        .ok_or_else(|| "the table of budgets in tests/bench.md cannot be read".into())
}

/// The text with these rows as its table.
pub fn written(text: &str, rows: &[Row]) -> Outcome<String> {
    let (before, rest) = text
        .split_once(MARKS.0)
        .ok_or("tests/bench.md has no table of budgets")?;
    let (_, after) = rest
        .split_once(MARKS.1)
        .ok_or("the table of budgets in tests/bench.md has no end")?;
    let mut table = String::from("| page, cold | bytes | requests |\n| --- | --- | --- |\n");
    for (name, traffic) in rows {
        let _ = writeln!(
            table,
            "| {name} | {} | {} |",
            traffic.bytes, traffic.requests
        );
    }
    Ok(format!("{before}{}{table}{}{after}", MARKS.0, MARKS.1))
}

/// What is wrong with a page that costs this much: nothing, or a sentence.
pub fn complaint(budget: &[Row], name: &str, now: Traffic) -> Option<String> {
    const RENEW: &str = "If that is what the change is worth, `cargo xtask bench budget` renews the table in tests/bench.md; commit it with the change.";
    let Some((_, may)) = budget.iter().find(|(known, _)| known == name) else {
        return Some(format!("{name} has no budget yet. {RENEW}"));
    };
    let grown = |was: u64, is: u64| is * 100 > was * (100 + TOLERANCE);
    let mut growth = Vec::new();
    for (what, was, is) in [
        ("bytes", may.bytes, now.bytes),
        ("requests", may.requests, now.requests),
    ] {
        if grown(was, is) {
            let percent = (is - was) as f64 * 100.0 / was.max(1) as f64;
            growth.push(format!(
                "{is} {what} where {was} are allowed (+{percent:.1} %)"
            ));
        }
    }
    (!growth.is_empty()).then(|| format!("{name} costs {}. {RENEW}", growth.join(" and ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "before\n<!-- budget -->\n| page, cold | bytes | requests |\n| --- | --- | --- |\n| `/a`, 25 crates | 100000 | 12 |\n<!-- /budget -->\nafter\n";

    fn traffic(bytes: u64, requests: u64) -> Traffic {
        Traffic { bytes, requests }
    }

    #[test]
    fn the_table_is_read_as_it_was_written() {
        let rows = read(TEXT).expect("a table");
        assert_eq!(rows, [("`/a`, 25 crates".to_owned(), traffic(100_000, 12))]);
        assert_eq!(written(TEXT, &rows).expect("a text"), TEXT);
        for broken in ["", "<!-- budget -->\n", "<!-- budget -->\n<!-- /budget -->"] {
            assert!(read(broken).is_err(), "{broken}");
        }
    }

    #[test]
    fn a_page_may_grow_by_two_hundredths_and_shrink_as_it_likes() {
        let budget = read(TEXT).expect("a table");
        let complaint =
            |bytes, requests| complaint(&budget, "`/a`, 25 crates", traffic(bytes, requests));
        assert_eq!(complaint(102_000, 12), None);
        assert_eq!(complaint(1, 1), None);
        let bytes = complaint(103_000, 12).expect("too much");
        assert!(
            bytes.starts_with(
                "`/a`, 25 crates costs 103000 bytes where 100000 are allowed (+3.0 %). If"
            ),
            "{bytes}"
        );
        let requests = complaint(100_000, 13).expect("too many");
        assert!(
            requests.contains("13 requests where 12 are allowed"),
            "{requests}"
        );
        assert!(super::complaint(&budget, "`/b`", traffic(1, 1)).is_some());
    }

    #[test]
    fn the_committed_table_can_be_read() {
        let text = std::fs::read_to_string(file()).expect("it is there");
        read(&text).expect("a table");
    }
}
