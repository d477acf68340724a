//! `cargo xtask profile`: writes down anew which functions no first page calls, so that they can come later.

use crate::{
    app,
    chromium::{self, Chromium},
    fail,
    failure::{FileContext, Outcome},
    finish, process, test, workspace,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    ffi::OsStr,
    fs,
    path::Path,
};

/// What stands at the top of the list.
const HEADER: &str = "# Functions, and stretches of them, that first pages do not come to, by a mark of their names, and shared ones that only first\n# pages of some parts come to, with the parts. `cargo xtask profile` writes this list.\n";

/// Loads pages with a build that reports its calls, and writes the list; or, for `blocking`, with the finished build, and says
/// which of them had to wait for a cold half.
pub fn run(arguments: &[String]) -> Outcome {
    match arguments {
        [] => write_list(),
        [word] if word == "blocking" => {
            let chromium = chromium::ready()?;
            app::release()?;
            load_pages(&chromium, &workspace::dist(), OsStr::new("--blocking"))
        }
        _ => fail!("`profile` knows nothing besides `blocking`."),
    }
}

fn load_pages(chromium: &Chromium, dist: &Path, argument: &OsStr) -> Outcome {
    test::build_registry()?;
    let mut command = process::cargo(["run", "--locked", "--quiet", "--release"]);
    command
        .args(["--package", "nameplate-e2e", "--bin", "profile", "--"])
        .arg(argument);
    chromium.tell(&mut command);
    test::served(&mut command);
    command.env("NAMEPLATE_DIST", dist);
    process::run(&mut command, "load pages")
}

fn write_list() -> Outcome {
    let chromium = chromium::ready()?;
    let dist = app::reporting()?;
    let numbers = workspace::state().join("called.txt");
    load_pages(&chromium, &dist, numbers.as_os_str())?;
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
/// their first calls. What was called before the part was, and so perhaps before it was there, counts as called in every part.
fn not_hot(names: &str, called: &str) -> Vec<String> {
    let mut functions: BTreeMap<String, Function> = BTreeMap::new();
    let mut reported: Vec<Reported> = Vec::new();
    for line in names.lines() {
        let mut words = line.splitn(3, ' ');
        let is_shared = words.next() == Some(finish::SHARED);
        let within = words.next().and_then(|number| number.parse::<usize>().ok());
        let name = words.next().unwrap_or_default();
        let mark = finish::mark(name).filter(|_| !is_allocator(name));
        if let Some(mark) = &mark {
            let within = within.and_then(|within| reported.get(within));
            let function = functions.entry(mark.clone()).or_default();
            function.is_shared |= is_shared;
            function.within = within.and_then(|within| within.mark.clone());
        }
        let enters = finish::entered_part(name).filter(|_| !is_shared);
        reported.push(Reported {
            is_shared,
            mark,
            enters,
        });
    }
    let mut parts = BTreeSet::new();
    for page in called.lines() {
        let mut words = page.split(' ');
        let part = words.next().unwrap_or_default();
        parts.insert(part);
        // What only that page calls comes with the main piece.
        let mut is_there = part == finish::PAGE_IN_MAIN;
        for word in words {
            let number = word.parse::<usize>().ok();
            let Some(entered) = number.and_then(|number| reported.get(number)) else {
                continue;
            };
            is_there |= entered.enters == Some(part);
            let mark = entered.mark.as_ref();
            if let Some(function) = mark.and_then(|mark| functions.get_mut(mark)) {
                function.is_called = true;
                function.is_early |= !is_there;
                if entered.is_shared {
                    function.parts.insert(part);
                }
            }
        }
    }
    let mut lines = Vec::new();
    for (mark, function) in &functions {
        let outer = function
            .within
            .as_ref()
            .and_then(|mark| functions.get(mark));
        let Some(called_in) = function.called_in(&parts) else {
            continue;
        };
        // Nobody comes to a stretch who does not come to what it is within.
        if outer.and_then(|outer| outer.called_in(&parts)) != Some(called_in) {
            let callers = called_in.iter().copied();
            let words: Vec<&str> = [mark.as_str()].into_iter().chain(callers).collect();
            lines.push(words.join(" "));
        }
    }
    lines
}

/// Which ways the allocator goes depends on all that was allocated before, and so on moments: a page may go one that it did
/// not go when it was looked at. All of it is hot.
fn is_allocator(name: &str) -> bool {
    [
        "dlmalloc",
        "__rust_alloc",
        "__rust_realloc",
        "__rust_dealloc",
    ]
    .iter()
    .any(|part| name.contains(part))
}

/// A function of the build that reports, or a stretch of one.
struct Reported<'a> {
    /// Whether several parts may call it: it is in the main piece or a chunk.
    is_shared: bool,
    mark: Option<String>,
    /// The part that is entered here.
    enters: Option<&'a str>,
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
    /// Of a stretch, the mark of what one must have entered before.
    within: Option<String>,
}

impl<'a> Function<'a> {
    /// The parts that call it, unless all of these do.
    fn called_in(&self, parts: &BTreeSet<&str>) -> Option<&BTreeSet<&'a str>> {
        let is_partly = self.is_shared && !self.is_early && self.parts.len() < parts.len();
        (is_partly || !self.is_called).then_some(&self.parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_called_everywhere_is_not_listed_and_what_is_called_nowhere_is_alone() {
        let names = "part - __wasm_split_00text00_export_0_page\nshared - two\nshared - three\nshared - four\npart - four\npart - \npart - five";
        let lines = not_hot(names, "user 0 1 2\ntext 0 4 1 3 99 x");
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
    fn the_allocator_is_hot() {
        let names = "shared - _RNvNtCs9GOd8GlZyMn_8dlmalloc8dlmalloc6malloc\nshared - rare";
        let lines = not_hot(names, "user\ntext");
        assert_eq!(lines, [finish::mark("rare").expect("it has one")]);
    }

    #[test]
    fn what_is_called_before_the_part_is_there_is_hot() {
        let names = "shared - waiting\npart - __wasm_split_00text00_export_0_page\nshared - list";
        let lines = not_hot(names, "text 0 1 2\nlist\nuser");
        assert_eq!(
            lines,
            [format!(
                "{} text",
                finish::mark("list").expect("it has one")
            )]
        );
    }
}
