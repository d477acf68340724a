//! `cargo xtask profile`: writes down anew which functions no first page calls, so that they can come later.

use crate::{
    app, chromium,
    failure::{FileContext, Outcome},
    finish, process, test, workspace,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

/// What stands at the top of the list.
const HEADER: &str = "# Functions that first pages do not call, by a mark of their names, and shared ones that only first pages of some parts\n# call, with the parts. `cargo xtask profile` writes this list.\n";

/// Loads pages with a build that reports its calls, and writes the list.
pub fn run() -> Outcome {
    let chromium = chromium::ready()?;
    let dist = app::reporting()?;
    test::build_registry()?;
    let numbers = workspace::state().join("called.txt");
    let mut command = process::cargo(["run", "--locked", "--quiet", "--release"]);
    command
        .args(["--package", "nameplate-e2e", "--bin", "profile", "--"])
        .arg(&numbers);
    chromium.tell(&mut command);
    test::served(&mut command);
    command.env("NAMEPLATE_DIST", dist);
    process::run(&mut command, "load pages")?;
    let names = finish::reported_names();
    let names = fs::read_to_string(&names).doing("read", &names)?;
    let called = fs::read_to_string(&numbers).doing("read", &numbers)?;
    let lines = not_hot(&names, &called);
    let list = workspace::root().join(finish::COLD_FUNCTIONS);
    fs::write(&list, format!("{HEADER}{}\n", lines.join("\n"))).doing("write", &list)?;
    println!("{} functions are not hot.", lines.len());
    Ok(())
}

/// The list's lines: the marks of functions that were never called, and of shared ones that were not called in every part,
/// with the parts where they were. `called` has a line for each page: its part, and the numbers of functions in the order of
/// their first calls. What was called before the page's part was there counts as called in every part.
fn not_hot(names: &str, called: &str) -> Vec<String> {
    let mut functions: BTreeMap<String, Function> = BTreeMap::new();
    let mut marks = Vec::new();
    for line in names.lines() {
        let (place, name) = line.split_once(' ').unwrap_or_default();
        let is_shared = place == finish::SHARED;
        let mark = finish::mark(name);
        if let Some(mark) = &mark {
            functions.entry(mark.clone()).or_default().is_shared |= is_shared;
        }
        marks.push((is_shared, mark));
    }
    let mut parts = BTreeSet::new();
    for page in called.lines() {
        let mut words = page.split(' ');
        let part = words.next().unwrap_or_default();
        parts.insert(part);
        // What only that page calls comes with the main piece.
        let mut is_there = part == finish::PAGE_IN_MAIN;
        for number in words.filter_map(|word| word.parse::<usize>().ok()) {
            let Some((is_shared, mark)) = marks.get(number) else {
                continue;
            };
            is_there |= !is_shared;
            if let Some(function) = mark.as_ref().and_then(|mark| functions.get_mut(mark)) {
                function.is_called = true;
                function.is_early |= !is_there;
                if *is_shared {
                    function.parts.insert(part);
                }
            }
        }
    }
    let mut lines = Vec::new();
    for (mark, function) in functions {
        let is_partly =
            function.is_shared && !function.is_early && function.parts.len() < parts.len();
        if is_partly || !function.is_called {
            let words: Vec<&str> = [mark.as_str()].into_iter().chain(function.parts).collect();
            lines.push(words.join(" "));
        }
    }
    lines
}

/// What is known of a function, or of several by one name.
#[derive(Default)]
struct Function<'a> {
    /// Whether several parts may call it: it is in the main piece or a chunk.
    is_shared: bool,
    is_called: bool,
    /// Whether some page called it before its part was there.
    is_early: bool,
    /// Where it was called, if it is shared.
    parts: BTreeSet<&'a str>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_called_everywhere_is_not_listed_and_what_is_called_nowhere_is_alone() {
        let names = "part one\nshared two\nshared three\nshared four\npart four\npart \npart five";
        let lines = not_hot(names, "user 0 1 2\ntext 4 1 3 99 x");
        let mark = |name: &str| finish::mark(name).expect("it has one");
        let mut expected = vec![
            format!("{} user", mark("three")),
            format!("{} text", mark("four")),
            mark("five"),
        ];
        expected.sort();
        assert_eq!(lines, expected);
    }

    #[test]
    fn what_is_called_before_the_part_is_there_is_hot() {
        let names = "shared waiting\npart page\nshared list";
        let lines = not_hot(names, "text 0 1 2\nuser 1");
        assert_eq!(
            lines,
            [format!(
                "{} text",
                finish::mark("list").expect("it has one")
            )]
        );
    }
}
