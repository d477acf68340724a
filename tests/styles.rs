//! Every sheet of `style/parts/` holds what the markup of its pages needs: a class that any style sheet knows must be known to
//! `style/main.css` or to the sheet that comes with the page.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A sheet, and the functions of `src/app/parts/build.rs` that build the pages it comes with (`Part::styles`).
const SHEETS: &[(&str, &[&str])] = &[
    (
        "crate",
        &["crate_pages", "crate_tab_pages", "build_downloads"],
    ),
    (
        "reading",
        &[
            "list_pages",
            "text_pages",
            "dashboard_pages",
            "build_announcements",
        ],
    ),
    (
        "account",
        &[
            "settings_pages",
            "token_pages",
            "owner_pages",
            "rename_pages",
        ],
    ),
    ("signup", &["signup_pages"]),
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn listed(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// The files that a sheet imports.
fn imports(sheet: &Path) -> Vec<PathBuf> {
    let text = read(sheet);
    let addresses = text.lines().filter_map(|line| {
        let (_, rest) = line.split_once("@import \"")?;
        Some(rest.split_once('"')?.0.to_owned())
    });
    let folder = sheet.parent().unwrap();
    addresses
        .map(|address| folder.join(address).canonicalize().unwrap())
        .collect()
}

/// The classes that a style sheet's selectors name.
fn classes(sheet: &Path) -> BTreeSet<String> {
    let mut text = read(sheet);
    while let Some((before, rest)) = text.split_once("/*") {
        let after = rest.split_once("*/").map_or("", |(_, after)| after);
        text = format!("{before}{after}");
    }
    let mut found = BTreeSet::new();
    // What stands before a `{` is a selector or an at-rule's condition; what is left after the last one declares.
    for before in text.split('{').rev().skip(1) {
        let selector = before.rsplit(['}', ';']).next().unwrap_or_default();
        for name in selector.split('.').skip(1) {
            let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_');
            let name = &name[..end.unwrap_or(name.len())];
            if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
                found.insert(name.to_owned());
            }
        }
    }
    found
}

/// The text of each module of `pages` and `components`, what is in its folder included.
fn modules() -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    for layer in ["pages", "components"] {
        for path in listed(&root().join("src").join(layer)) {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let files = if path.is_dir() {
                listed(&path)
            } else {
                vec![path]
            };
            for file in files.iter().filter(|file| file.is_file()) {
                found.entry(name.clone()).or_default().push_str(&read(file));
            }
        }
    }
    found.remove("mod");
    found
}

fn names<'m>(text: &str, modules: &'m BTreeMap<String, String>) -> Vec<&'m str> {
    let named = |name: &&String| {
        text.contains(&format!("::{name}::")) || text.contains(&format!("::{name};"))
    };
    modules.keys().filter(named).map(String::as_str).collect()
}

/// The modules that a function of `build.rs` leads to.
fn reached<'m>(function: &str, modules: &'m BTreeMap<String, String>) -> BTreeSet<&'m str> {
    let build = read(&root().join("src/app/parts/build.rs"));
    let (_, body) = build
        .split_once(&format!("fn {function}("))
        .unwrap_or_else(|| panic!("{function} is in build.rs"));
    let body = body.split("\n}\n").next().unwrap();
    let mut open = Vec::new();
    for used in build.lines().filter(|line| line.starts_with("use crate::")) {
        let uses = used
            .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
            .filter(|word| !word.is_empty())
            .any(|word| body.contains(&format!("<{word} ")) || body.contains(&format!("{word}::")));
        if uses {
            open.extend(names(used, modules));
        }
    }
    assert!(!open.is_empty(), "{function} builds a page");
    let mut found = BTreeSet::new();
    while let Some(module) = open.pop() {
        if found.insert(module) {
            open.extend(names(&modules[module], modules));
        }
    }
    found
}

/// The classes that markup names outright.
fn marked(text: &str) -> BTreeSet<&str> {
    text.split("class=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .flat_map(str::split_whitespace)
        .collect()
}

#[test]
fn every_sheet_holds_what_its_pages_need() {
    let style = root().join("style");
    let mut known = BTreeSet::new();
    for folder in ["components", "pages"] {
        for file in listed(&style.join(folder)) {
            known.extend(classes(&file));
        }
    }
    let held = |sheet: &str| -> BTreeSet<String> {
        let files = imports(&style.join(sheet));
        files.iter().flat_map(|file| classes(file)).collect()
    };
    let everywhere = held("main.css");
    let modules = modules();
    let mut missing = BTreeSet::new();
    for (sheet, functions) in SHEETS {
        let here = held(&format!("parts/{sheet}.css"));
        for module in functions.iter().flat_map(|one| reached(one, &modules)) {
            for class in marked(&modules[module]) {
                if known.contains(class) && !everywhere.contains(class) && !here.contains(class) {
                    missing.insert(format!("{sheet}.css: `{class}` of {module}"));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_sheet_of_parts_is_checked_and_every_style_is_in_a_sheet() {
    let style = root().join("style");
    let sheets = listed(&style.join("parts"));
    let listed_here: Vec<_> = sheets
        .iter()
        .map(|sheet| sheet.file_stem().unwrap().to_str().unwrap())
        .collect();
    let mut checked: Vec<_> = SHEETS.iter().map(|(sheet, _)| *sheet).collect();
    checked.sort_unstable();
    assert_eq!(listed_here, checked);
    let mut imported: BTreeSet<_> = imports(&style.join("main.css")).into_iter().collect();
    imported.extend(sheets.iter().flat_map(|sheet| imports(sheet)));
    for folder in ["components", "pages"] {
        for file in listed(&style.join(folder)) {
            let file = file.canonicalize().unwrap();
            assert!(
                imported.contains(&file),
                "{} is in no sheet",
                file.display()
            );
        }
    }
}
