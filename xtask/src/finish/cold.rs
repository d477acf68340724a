//! Which functions are cold: those that first pages do not call, or not those of every part.
//!
//! `cargo xtask profile` loads all kinds of pages with a build that reports its calls, and writes down what was called where. A
//! function that is not in the list, new ones too, counts as hot: that costs bytes and never a wait.

use super::{flow::DIVIDER, hot_cold::Place};
use crate::{
    fail,
    failure::{FileContext, Outcome},
};
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    fs,
    path::Path,
};

/// The list, in the workspace: the mark of a function on each line.
pub const LIST: &str = "cold-functions.txt";

/// The page that is no part, but in the main piece: what only it calls there has a file of its own.
pub const PAGE_IN_MAIN: &str = "user";

/// How the loader keeps cold halves and fetches them.
const LOADER: &str = include_str!("cold.js");

/// What the splitter's loader gives to every part, and where it fetches them.
pub const SHARED: &str = "sharedImports = { __wasm_split: {  } };";
const FETCHED: &str = "(WebAssembly.instantiateStreaming(src, imports));";

/// How many digits of a hash tell functions apart.
const DIGITS: usize = 10;

/// The functions that are not hot, by their marks, with the parts whose first pages call them.
pub struct Listed {
    functions: BTreeMap<String, BTreeSet<String>>,
    parts: BTreeSet<String>,
}

impl Listed {
    /// Reads the list of a workspace.
    pub fn read(root: &Path) -> Outcome<Self> {
        let path = root.join(LIST);
        let text = fs::read_to_string(&path).doing("read", &path)?;
        Ok(Self::of(&text))
    }

    fn of(text: &str) -> Self {
        let mut functions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let mut words = line.split(' ').map(str::to_owned);
            if let Some(mark) = words.next() {
                functions.insert(mark, words.collect());
            }
        }
        let parts = functions.values().flatten().cloned().collect();
        Self { functions, parts }
    }

    /// All parts that are named in the list.
    pub fn parts(&self) -> &BTreeSet<String> {
        &self.parts
    }

    /// The place of a function in a file that these parts need.
    pub fn place(&self, name: &str, needed_by: &BTreeSet<String>) -> Place {
        let listed = mark(name).and_then(|mark| self.functions.get(&mark));
        let Some(callers) = listed else {
            return Place::Hot;
        };
        // A part without pages of its own is not in the list; the page that fetches it calls what it calls.
        let parts: BTreeSet<&String> = needed_by.intersection(&self.parts).collect();
        if parts.is_empty() && !callers.is_empty() {
            return Place::Hot;
        }
        let copies = parts.into_iter().filter(|part| callers.contains(*part));
        Place::Cold(copies.cloned().collect())
    }
}

/// What stands in the list for a function by this name of the linker's, or for a stretch of one; nothing for what only calls
/// another file's function, which the cut makes. Left out of it are hashes of crates, so that another compiler or another
/// folder gives the same, and the numbers that tell functions of the same name apart.
pub fn mark(name: &str) -> Option<String> {
    let (name, stretch) = name.split_at(name.find(DIVIDER).unwrap_or(name.len()));
    let name = match name.rsplit_once('.') {
        Some((before, number)) if number.bytes().all(|digit| digit.is_ascii_digit()) => before,
        _ => name,
    };
    if name.is_empty() || name.contains(' ') {
        return None;
    }
    let readable = format!("{:#}{stretch}", rustc_demangle::demangle(name));
    let hash = Sha256::digest(readable.as_bytes());
    let digits: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    Some(digits.chars().take(DIGITS).collect())
}

/// What the cold half of a file is called: `split_list` for `split_list.wasm` gives `split_list_cold`.
pub fn stem(file: &str) -> String {
    let name = file.trim_end_matches(".wasm").trim_end_matches("_bg");
    format!("{name}_cold")
}

/// The name under which a hot half asks for the cold one by this stem.
pub fn import(stem: &str) -> String {
    format!("__{stem}")
}

/// The splitter's loader with the cold halves, given by stem with their addresses and integrities.
pub fn loaded(loader: &str, halves: &BTreeMap<String, (String, String)>) -> Outcome<String> {
    if !loader.contains(SHARED) || !loader.contains(FETCHED) {
        fail!("The splitter's loader is not of the form that is known; has its version changed?");
    }
    let mut made = String::from(LOADER);
    for (stem, (address, integrity)) in halves {
        let import = import(stem);
        let _ = writeln!(
            made,
            "const {stem} = coldHalf(\"{import}\", \"{address}\", \"{integrity}\");"
        );
        if stem == &self::stem("nameplate_bg.wasm") {
            let _ = writeln!(
                made,
                "{stem}();\nexport const {import} = coldHalves.{import};"
            );
        }
    }
    let mut rest = loader;
    let mut text = String::new();
    // The file stands before the place where it is instantiated.
    while let Some((before, after)) = rest.split_once(FETCHED) {
        text.push_str(before);
        let file = before
            .rsplit_once("new URL(\"./")
            .and_then(|(_, address)| address.split_once('"'))
            .map_or("", |(file, _)| file);
        let cold = stem(file);
        text.push_str(FETCHED.trim_end_matches(';'));
        if halves.contains_key(&cold) {
            let _ = write!(text, ".finally({cold})");
        }
        text.push(';');
        rest = after;
    }
    text.push_str(rest);
    let text = text.replace(SHARED, "sharedImports = { __wasm_split: coldHalves };");
    let (import, rest) = text.split_once('\n').unwrap_or(("", &text));
    Ok(format!("{import}\n{made}{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOADER_TEXT: &str = r#"import { initSync } from "./nameplate.js";
        sharedImports = { __wasm_split: {  } };
const __chunk_3 = makeLoad(() => {
    const src = fetch(new URL("./chunk_3.wasm", import.meta.url));
    return async (imports) => (WebAssembly.instantiateStreaming(src, imports));
}
, []);
const __chunk_4 = makeLoad(() => {
    const src = fetch(new URL("./chunk_4.wasm", import.meta.url));
    return async (imports) => (WebAssembly.instantiateStreaming(src, imports));
}
, []);
"#;

    fn set(parts: &[&str]) -> BTreeSet<String> {
        parts.iter().map(|part| (*part).to_owned()).collect()
    }

    fn marked(name: &str) -> String {
        mark(name).expect("it has one")
    }

    #[test]
    fn a_function_that_is_not_listed_is_hot_and_others_go_where_they_are_called() {
        let lines = [
            String::from("# a note"),
            marked("never"),
            format!("{} list text", marked("sometimes")),
        ];
        let listed = Listed::of(&lines.join("\n"));
        let all = set(&["list", "text"]);
        assert_eq!(listed.parts(), &all);
        assert_eq!(listed.place("new", &all), Place::Hot);
        assert_eq!(listed.place("never", &all), Place::Cold(set(&[])));
        assert_eq!(listed.place("sometimes", &all), Place::Cold(all.clone()));
        let other = set(&["text", "downloads"]);
        assert_eq!(
            listed.place("sometimes", &other),
            Place::Cold(set(&["text"]))
        );
        // A part's own function, or one of a part that has no pages: where it is called is where it is.
        assert_eq!(listed.place("sometimes", &set(&[])), Place::Hot);
        assert_eq!(listed.place("sometimes", &set(&["downloads"])), Place::Hot);
        assert_eq!(listed.place("never", &set(&[])), Place::Cold(set(&[])));
    }

    #[test]
    fn the_mark_of_a_function_knows_no_hash_of_its_crate_and_no_number() {
        let here = mark("_RNvNtCs9GOd8GlZyMn_4core3ptr4read");
        assert_eq!(here, mark("_RNvNtCsdHkZIHCB3ma_4core3ptr4read"));
        assert_eq!(here, mark("_RNvNtCs9GOd8GlZyMn_4core3ptr4read.60"));
        assert_ne!(here, mark("_RNvNtCs9GOd8GlZyMn_4core3ptr5write"));
        // A number that is part of the name stays.
        assert_ne!(mark("_RNvC1a3to1"), mark("_RNvC1a3to2"));
        assert_eq!(here.map(|mark| mark.len()), Some(DIGITS));
        assert_eq!(mark(""), None);
        assert_eq!(
            mark("_RNvNtCs9GOd8GlZyMn_4core3ptr4read indirect_call_shim_28"),
            None
        );
    }

    #[test]
    fn the_loader_keeps_cold_halves_and_asks_for_them_after_their_hot_ones() {
        let halves = ["nameplate_cold", "chunk_3_cold"].map(|stem| {
            let address = format!("/assets/{stem}-a.wasm");
            (stem.to_owned(), (address, String::from("sha256-x")))
        });
        let text = loaded(LOADER_TEXT, &halves.into()).expect("it is of that form");
        assert!(text.starts_with("import { initSync }"));
        assert!(text.contains("sharedImports = { __wasm_split: coldHalves };"));
        assert!(text.contains(
            r#"const chunk_3_cold = coldHalf("__chunk_3_cold", "/assets/chunk_3_cold-a.wasm", "sha256-x");"#
        ));
        assert!(text.contains("export const __nameplate_cold = coldHalves.__nameplate_cold;"));
        assert_eq!(text.matches(".finally(chunk_3_cold)").count(), 1);
        assert!(!text.contains("chunk_4_cold"));
    }

    #[test]
    fn a_loader_of_another_form_is_not_guessed_at() {
        assert!(loaded("", &BTreeMap::new()).is_err());
    }
}
