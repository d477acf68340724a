//! The figures as Markdown, medians of all runs.

use crate::click;
use crate::endurance::Mark;
use crate::picker;
use crate::scale;
use nameplate_e2e::cold::Profile;
use nameplate_e2e::cold::load::{Load, Row, Traffic};

/// The middle one; the upper of two.
fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}

fn of<T>(runs: &[T], figure: impl Fn(&T) -> f64) -> f64 {
    median(runs.iter().map(figure).collect())
}

fn kilobytes(bytes: f64) -> String {
    format!("{:.1}", bytes / 1000.0)
}

fn traffic<T>(runs: &[T], of_run: impl Fn(&T) -> Traffic) -> String {
    let requests = of(runs, |run| of_run(run).requests as f64);
    if requests == 0.0 {
        return "none".to_owned();
    }
    format!(
        "{} kB in {requests:.0}",
        kilobytes(of(runs, |run| of_run(run).bytes as f64))
    )
}

/// What was measured and how.
pub fn preamble(runs: usize, latency_ms: u64) -> String {
    format!(
        "Medians of {runs} cold loads in headless Chromium, each in a fresh profile. The registry serves files and API over \
         HTTP/1.1; the API answers after {latency_ms} ms, the file host at once. Bytes are what came over the network, headers \
         included, 1 kB = 1000 bytes. \"slow\" is CPU 4x slower, 1.6 Mbit/s down, 150 ms for each request. Content is ready \
         when the heading and the first list entry, the README's text or the first field's label are painted. The floor is the same page's finished \
         HTML, CSS and pictures as static files from the same server.\n"
    )
}

/// What goes over the network.
pub fn bytes(rows: &[Row]) -> String {
    let mut table = String::from(
        "| page | kB | requests | pictures | asked for once the content is there | floor kB |\n| --- | --- | --- | --- | --- | --- |\n",
    );
    for row in rows.iter().filter(|row| row.profile == Profile::Fast) {
        let whole = |load: &Load| load.needed.bytes as f64;
        table.push_str(&format!(
            "| {} | {} | {:.0} | {} | {} | {} |\n",
            row.page,
            kilobytes(of(&row.app, whole)),
            of(&row.app, |load| load.needed.requests as f64),
            traffic(&row.app, |load| load.pictures),
            traffic(&row.app, |load| load.later),
            kilobytes(of(&row.floor, whole)),
        ));
    }
    table
}

/// What one waits for.
pub fn times(rows: &[Row], profile: Profile) -> String {
    let mut table = format!(
        "| page, {} | first paint | content ready | floor | times the floor | long tasks until then |\n| --- | --- | --- | --- | --- | --- |\n",
        profile.name()
    );
    for row in rows.iter().filter(|row| row.profile == profile) {
        let content = of(&row.app, |load| load.content);
        let floor = of(&row.floor, |load| load.content);
        table.push_str(&format!(
            "| {} | {:.0} ms | {content:.0} ms | {floor:.0} ms | {:.2} | {:.0} ms |\n",
            row.page,
            of(&row.app, |load| load.first_paint),
            content / floor,
            of(&row.app, |load| load.long_tasks),
        ));
    }
    table
}

/// The ways inside the app.
pub fn clicks(rows: &[click::Row]) -> String {
    let mut table = String::from(
        "| click | profile | link hovered 150 ms before | to its content | slowest API call | without the page's part of the wasm | that part |\n\
         | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for row in rows {
        table.push_str(&format!(
            "| {} | {} | {} | {:.0} ms | {:.0} ms | {} | {} |\n",
            row.name,
            row.profile.name(),
            if row.is_hovered { "yes" } else { "no" },
            of(&row.taken, |taken| taken.content),
            of(&row.taken, |taken| taken.slowest_call),
            traffic(&row.taken, |taken| taken.traffic),
            traffic(&row.taken, |taken| taken.part),
        ));
    }
    table
}

/// The username pickers.
pub fn pickers(rows: &[picker::Row]) -> String {
    let mut table = String::from(
        "| typing a free name | profile | last key to its own word | last key to the server's verdict | longest frame | tasks above 50 ms | questions |\n\
         | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for row in rows {
        table.push_str(&format!(
            "| {} | {} | {:.0} ms | {:.0} ms | {:.0} ms | {:.0} | {:.0} |\n",
            row.name,
            row.profile.name(),
            of(&row.taken, |taken| taken.local),
            of(&row.taken, |taken| taken.server),
            of(&row.taken, |taken| taken.longest_frame),
            of(&row.taken, |taken| taken.long_tasks),
            of(&row.taken, |taken| taken.questions),
        ));
    }
    table
}

/// Pages of much beside pages of little.
pub fn scale(rows: &[scale::Row]) -> String {
    let mut table = String::from(
        "| much of it | profile | first content | with little | times | tasks above 50 ms while scrolling | longest |\n\
         | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for row in rows {
        let (much, little) = (median(row.much.clone()), median(row.little.clone()));
        table.push_str(&format!(
            "| {} | {} | {much:.0} ms | {little:.0} ms | {:.2} | {:.0} | {:.0} ms |\n",
            row.name.trim_start_matches("scale: "),
            row.profile.name(),
            much / little,
            of(&row.scrolled, |scrolled| scrolled.long_tasks),
            of(&row.scrolled, |scrolled| scrolled.longest),
        ));
    }
    table
}

/// What is held after long going to and fro, and how much more that is than after the first walk.
pub fn endurance(marks: &[Mark]) -> String {
    let mut table = String::from(
        "| navigations | wasm memory | JavaScript heap | nodes | listeners |\n| --- | --- | --- | --- | --- |\n",
    );
    let Some(first) = marks.first() else {
        return table;
    };
    for mark in marks {
        table.push_str(&format!("| {} |", mark.navigations));
        for ((_, figure), (_, before)) in mark.held.figures().iter().zip(first.held.figures()) {
            table.push_str(&format!(
                " {figure:.0} ({:+.1} %) |",
                (figure / before - 1.0) * 100.0
            ));
        }
        table.push('\n');
    }
    table
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_median_is_the_middle_one() {
        assert_eq!(super::median(vec![9.0, 1.0, 5.0]), 5.0);
        assert_eq!(super::median(vec![2.0, 1.0]), 2.0);
        assert!(super::median(Vec::new()).is_nan());
    }
}
