//! The list of everything that goes into the app's files, with the terms under which it may.
//!
//! Cargo says which crates are compiled into the wasm, the bundler which packages are in the scripts; the terms are the files
//! that each brings. A crate that brings none has those that its manifest names, in their usual words. It must not know what
//! the app does with any of them.

use crate::{
    fail,
    failure::{Failure, FileContext, Outcome},
    process,
};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// What begins the name of a file with terms, in lower case.
const NAMES: [&str; 6] = [
    "license",
    "licence",
    "copying",
    "copyright",
    "notice",
    "unlicense",
];

const MIT: &str = "Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated \
documentation files (the \"Software\"), to deal in the Software without restriction, including without limitation the rights to \
use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom \
the Software is furnished to do so, subject to the following conditions:\n\n\
The above copyright notice and this permission notice shall be included in all copies or substantial portions of the \
Software.\n\n\
THE SOFTWARE IS PROVIDED \"AS IS\", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE \
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR \
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, \
ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.";

const APACHE: &str = include_str!("../../../LICENSE-APACHE");

/// One thing that is part of the app's files.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    name: String,
    version: String,
    /// What its manifest says of its licence.
    licence: String,
    /// Where it comes from.
    home: String,
    terms: Vec<String>,
}

/// The whole list; `modules` is a folder of npm packages, `bundled` the bundler's own accounts of what it took.
pub fn list(modules: &Path, bundled: &[PathBuf]) -> Outcome<String> {
    let mut parts = crates()?;
    parts.push(standard_library()?);
    parts.extend(packages(modules, bundled)?);
    parts.sort();
    Ok(written(&parts))
}

/// The crates that are compiled into the wasm. What only runs while it is compiled is not in it.
fn crates() -> Outcome<Vec<Part>> {
    let tree = process::read(
        &mut process::cargo([
            "tree",
            "--locked",
            "--package",
            "nameplate",
            "--edges",
            "normal,no-proc-macro",
            "--target",
            "wasm32-unknown-unknown",
            "--prefix",
            "none",
            "--format",
            "{p}",
        ]),
        "ask cargo which crates the app is made of",
    )?;
    let metadata = process::read(
        &mut process::cargo(["metadata", "--locked", "--format-version", "1"]),
        "ask cargo where their sources are",
    )?;
    let metadata: Value = serde_json::from_str(&metadata)
        .map_err(|cause| Failure::new(format!("cargo metadata is not JSON: {cause}.")))?;
    let known = metadata["packages"].as_array().cloned().unwrap_or_default();
    let mut parts = Vec::new();
    for (name, version) in named(&tree) {
        let Some(package) = known
            .iter()
            .find(|one| one["name"] == *name && one["version"] == *version)
        else {
            fail!("cargo knows no sources of {name} {version}.");
        };
        parts.push(part_of(package, &name, &version)?);
    }
    Ok(parts)
}

/// Names and versions in the lines of `cargo tree`, each once, without this project's own.
fn named(tree: &str) -> BTreeSet<(String, String)> {
    tree.lines()
        .filter_map(|line| {
            let mut words = line.split_whitespace();
            let name = words.next()?;
            let version = words.next()?.strip_prefix('v')?;
            (name != "nameplate").then(|| (name.to_owned(), version.to_owned()))
        })
        .collect()
}

fn part_of(package: &Value, name: &str, version: &str) -> Outcome<Part> {
    let text = |key: &str| package[key].as_str().unwrap_or_default().to_owned();
    let manifest = PathBuf::from(text("manifest_path"));
    let licence = text("license");
    let mut terms = terms_in(manifest.parent().unwrap_or(&manifest))?;
    if terms.is_empty() {
        let authors: Vec<&str> = package["authors"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        terms.push(usual(name, &licence, &authors.join(", "))?);
    }
    Ok(Part {
        name: name.to_owned(),
        version: version.to_owned(),
        licence,
        home: text("repository"),
        terms,
    })
}

/// The usual words of a licence, for a crate that names it and brings no text.
fn usual(name: &str, licence: &str, authors: &str) -> Outcome<String> {
    let holders = if authors.is_empty() {
        format!("the authors of {name}")
    } else {
        authors.to_owned()
    };
    if licence.contains("MIT") {
        Ok(format!("Copyright (c) {holders}\n\n{MIT}"))
    } else if licence.contains("Apache-2.0") {
        Ok(APACHE.trim().to_owned())
    } else {
        fail!(
            "{name} brings no text of its licence ({licence}), and the list of licences does not know its words."
        );
    }
}

/// The standard library, which the app's own build compiles.
fn standard_library() -> Outcome<Part> {
    let version = process::read(
        process::command("rustc").arg("--version"),
        "ask rustc for its version",
    )?;
    let version = version.split_whitespace().nth(1).unwrap_or_default();
    Ok(Part {
        name: String::from("Rust standard library"),
        version: version.to_owned(),
        licence: String::from("MIT OR Apache-2.0"),
        home: String::from("https://github.com/rust-lang/rust"),
        terms: vec![
            format!("Copyright (c) The Rust Project Contributors\n\n{MIT}"),
            APACHE.trim().to_owned(),
        ],
    })
}

/// The npm packages of which the bundler has taken files.
fn packages(modules: &Path, bundled: &[PathBuf]) -> Outcome<Vec<Part>> {
    let mut names = BTreeSet::new();
    for account in bundled {
        let text = fs::read_to_string(account).doing("read", account)?;
        names.extend(taken(&text)?);
    }
    let mut parts = Vec::new();
    for name in names {
        let folder = modules.join(&name);
        let path = folder.join("package.json");
        let manifest: Value = serde_json::from_str(
            &fs::read_to_string(&path).doing("read", &path)?,
        )
        .map_err(|cause| Failure::new(format!("{} is not JSON: {cause}.", path.display())))?;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let repository = &manifest["repository"];
        let home = if repository.is_object() {
            text(&repository["url"])
        } else {
            text(repository)
        };
        let terms = terms_in(&folder)?;
        if terms.is_empty() {
            fail!("The npm package {name} brings no text of its licence.");
        }
        parts.push(Part {
            version: text(&manifest["version"]),
            licence: text(&manifest["license"]),
            home: home.trim_start_matches("git+").to_owned(),
            name,
            terms,
        });
    }
    Ok(parts)
}

/// The packages among the inputs of a bundle, as esbuild's account (`--metafile`) names them.
fn taken(account: &str) -> Outcome<BTreeSet<String>> {
    let account: Value = serde_json::from_str(account)
        .map_err(|cause| Failure::new(format!("The bundler's account is not JSON: {cause}.")))?;
    let inputs = account["inputs"].as_object().into_iter().flatten();
    Ok(inputs
        .filter_map(|(path, _)| {
            let (_, inside) = path.rsplit_once("node_modules/")?;
            let mut folders = inside.split('/');
            let first = folders.next()?;
            Some(match first.starts_with('@') {
                true => format!("{first}/{}", folders.next()?),
                false => first.to_owned(),
            })
        })
        .collect())
}

/// The texts of the files with terms in a folder, in the order of their names.
fn terms_in(folder: &Path) -> Outcome<Vec<String>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).doing("read", folder)? {
        let path = entry.doing("read", folder)?.path();
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().to_lowercase())
            .unwrap_or_default();
        let is_source = [".rs", ".js", ".ts"].iter().any(|end| name.ends_with(end));
        if path.is_file() && !is_source && NAMES.iter().any(|start| name.starts_with(start)) {
            files.push(path);
        }
    }
    files.sort();
    files
        .iter()
        .map(|path| {
            let text = fs::read(path).doing("read", path)?;
            Ok(String::from_utf8_lossy(&text).trim().replace("\r\n", "\n"))
        })
        .collect()
}

/// The list: what is in the app, then every text once, under the names of those it belongs to.
fn written(parts: &[Part]) -> String {
    let mut text = String::from(
        "What nameplate's files are made of, and the terms of each. Made with this very build.\n\
         nameplate itself is licensed under MIT OR Apache-2.0.\n\n",
    );
    let mut texts: BTreeMap<String, (&str, Vec<String>)> = BTreeMap::new();
    for part in parts {
        let title = format!("{} {}", part.name, part.version);
        text.push_str(format!("{title}: {} {}", part.licence, part.home).trim_end());
        text.push('\n');
        for terms in &part.terms {
            // The same words in other lines are the same text.
            let key: Vec<&str> = terms.split_whitespace().collect();
            let (_, titles) = texts
                .entry(key.join(" "))
                .or_insert_with(|| (terms, Vec::new()));
            titles.push(title.clone());
        }
    }
    let mut texts: Vec<_> = texts.into_values().collect();
    texts.sort_by(|(_, one), (_, other)| one.cmp(other));
    for (terms, titles) in texts {
        text.push_str(&format!(
            "\n{}\n{}\n\n{terms}\n",
            "-".repeat(80),
            titles.join(", ")
        ));
    }
    text
}

/// Puts the list into a folder of finished files.
pub fn write(list: &str, folder: &Path) -> Outcome {
    let path = folder.join("licences.txt");
    fs::write(&path, list).doing("write", &path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(name: &str, terms: &[&str]) -> Part {
        Part {
            name: name.to_owned(),
            version: String::from("1.0.0"),
            licence: String::from("MIT"),
            home: String::new(),
            terms: terms.iter().map(|text| (*text).to_owned()).collect(),
        }
    }

    #[test]
    fn each_crate_is_named_once_and_this_project_not_at_all() {
        let tree =
            "nameplate v0.1.0 (/x)\nleptos v0.8.23\nany_spawner v0.3.0\nleptos v0.8.23 (*)\n";
        let found: Vec<_> = named(tree).into_iter().collect();
        let expected = [("any_spawner", "0.3.0"), ("leptos", "0.8.23")]
            .map(|(name, version)| (name.to_owned(), version.to_owned()));
        assert_eq!(found, expected);
    }

    #[test]
    fn packages_are_found_by_the_files_taken_from_them() {
        let account = r#"{"inputs": {"lazy/highlight.js": {}, "../c/node_modules/lowlight/lib/index.js": {},
            "../c/node_modules/highlight.js/es/core.js": {}, "../c/node_modules/@types/hast/index.js": {}}}"#;
        let found: Vec<String> = taken(account).expect("an account").into_iter().collect();
        assert_eq!(found, ["@types/hast", "highlight.js", "lowlight"]);
    }

    #[test]
    fn the_same_words_stand_once_under_all_their_names() {
        let list = written(&[
            part("a", &["one\ntext"]),
            part("b", &["one text", "another"]),
        ]);
        assert!(list.contains("\na 1.0.0: MIT\nb 1.0.0: MIT\n"), "{list}");
        assert!(list.contains("\na 1.0.0, b 1.0.0\n\none\ntext\n"), "{list}");
        assert!(list.contains("\nb 1.0.0\n\nanother\n"), "{list}");
    }

    #[test]
    fn a_crate_without_terms_has_the_usual_words_or_ends_the_build() {
        let terms = usual("a", "MIT/Apache-2.0", "A. Person").expect("words");
        assert!(terms.starts_with("Copyright (c) A. Person\n\nPermission is hereby granted"));
        assert!(
            usual("a", "Apache-2.0", "")
                .expect("words")
                .contains("Apache License")
        );
        assert!(usual("a", "Proprietary", "").is_err());
    }

    #[test]
    fn what_the_app_is_made_of_can_be_told() {
        let names: Vec<String> = crates()
            .expect("cargo tells")
            .into_iter()
            .inspect(|part| assert!(!part.terms.is_empty(), "{}", part.name))
            .map(|part| part.name)
            .collect();
        for name in ["leptos", "serde_json", "wasm-bindgen"] {
            assert!(names.iter().any(|one| one == name), "{name}: {names:?}");
        }
        // They run while it is compiled, or on the host.
        for name in ["serde_derive", "leptos_macro", "sha2", "axum"] {
            assert!(!names.iter().any(|one| one == name), "{name}");
        }
    }
}
