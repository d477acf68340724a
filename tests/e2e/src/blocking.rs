//! Requests that block the page while they last: the app makes one when it calls wasm that has not come yet. What called for
//! it is told with the names of the functions, where the build's `dist-symbols` lies beside it.

use crate::Outcome;
use crate::browser::Browser;
use std::collections::HashMap;
use std::path::PathBuf;

/// Keeps what was asked for, when, and the stack that led there.
const WATCH: &str = "Error.stackTraceLimit = 40; window.__blocking = [];
const { open } = XMLHttpRequest.prototype;
XMLHttpRequest.prototype.open = function (...given) {
  if (given[2] === false) window.__blocking.push(`${given[1]} after ${performance.now() | 0} ms\\n${new Error().stack}`);
  return open.apply(this, given);
};";

/// What stands between a file of the wasm and the number of a function in a frame of a stack.
const FUNCTION: &str = ":wasm-function[";

/// Watches every page that this browser opens from now on.
pub async fn watch(browser: &Browser) -> Outcome<()> {
    browser.run_first(WATCH).await
}

/// The requests that have blocked the present page, each with its callers, for people to read.
pub async fn requests(browser: &Browser) -> Outcome<Vec<String>> {
    let told = browser
        .script("return window.__blocking", Vec::new())
        .await?;
    let told = told.as_array().cloned().unwrap_or_default();
    let mut symbols = Symbols::default();
    Ok(told
        .iter()
        .filter_map(|one| one.as_str())
        .map(|one| symbols.explained(one))
        .collect())
}

/// The names of functions, by the files that have been asked for.
#[derive(Default)]
struct Symbols(HashMap<String, Vec<String>>);

impl Symbols {
    fn explained(&mut self, stack: &str) -> String {
        let lines = stack.lines().map(|line| self.named(line));
        lines.collect::<Vec<_>>().join("\n")
    }

    /// A frame as its function's name; any other line as it is.
    fn named(&mut self, line: &str) -> String {
        self.name(line)
            .map_or_else(|| line.to_owned(), |name| format!("    in {name}"))
    }

    fn name(&mut self, line: &str) -> Option<String> {
        let (before, after) = line.split_once(FUNCTION)?;
        let file = before.rsplit('/').next()?;
        let number = after.split(']').next()?;
        let names = self
            .0
            .entry(file.to_owned())
            .or_insert_with(|| read(file).unwrap_or_default());
        let prefix = format!("{number}:");
        let line = names.iter().find(|name| name.starts_with(&prefix))?;
        let name = line.trim_start_matches(&prefix);
        Some(format!("{:#} ({file})", rustc_demangle::demangle(name)))
    }
}

/// The names of one file's functions, a line each.
fn read(file: &str) -> Option<Vec<String>> {
    let dist = PathBuf::from(std::env::var_os("NAMEPLATE_DIST")?);
    let symbols = dist.parent()?.join("dist-symbols");
    let text = std::fs::read_to_string(symbols.join(format!("{file}.symbols"))).ok()?;
    Some(text.lines().map(str::to_owned).collect())
}
