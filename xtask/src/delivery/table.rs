//! The table of headers, read, with the hashes of one build filled in.

use crate::failure::{Failure, FileContext, Outcome};
use nameplate_delivery::{TABLE, filled};
use serde_json::Value;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// Header names in lower case, and their values.
pub type Headers = BTreeMap<String, String>;

/// The addresses that are answered with `index.html`.
pub const PAGES: &str = "@pages";

/// The answer for a file that is not there.
pub const MISSING: &str = "@missing";

/// What a server in front of the registry passes on from it.
pub const API: &str = "@api";

/// Every answer.
pub const ALL: &str = "/*";

/// The table and the folder whose pages it speaks of.
pub struct Table {
    groups: Vec<(Vec<String>, Headers)>,
    dist: PathBuf,
}

impl Table {
    /// Reads the table for the build in `dist`.
    pub fn read(dist: &Path) -> Outcome<Self> {
        Self::parse(TABLE, dist)
    }

    /// The same from another text.
    pub fn parse(text: &str, dist: &Path) -> Outcome<Self> {
        let table: Value = serde_json::from_str(text).map_err(|cause| {
            Failure::new(format!("delivery/headers.json is not JSON: {cause}."))
        })?;
        let group = |group: &Value| {
            let paths = group.get("paths")?.as_array()?;
            let headers = group.get("headers")?.as_object()?;
            Some((
                paths
                    .iter()
                    .map(|path| path.as_str().map(str::to_owned))
                    .collect::<Option<_>>()?,
                headers
                    .iter()
                    .map(|(name, value)| Some((name.to_lowercase(), value.as_str()?.to_owned())))
                    .collect::<Option<_>>()?,
            ))
        };
        let groups = table
            .get("groups")
            .and_then(Value::as_array)
            .and_then(|groups| groups.iter().map(group).collect::<Option<_>>())
            .ok_or_else(|| {
                Failure::new("delivery/headers.json: each of `groups` needs `paths` and `headers`.")
            })?;
        Ok(Self {
            groups,
            dist: dist.to_path_buf(),
        })
    }

    /// The patterns that are paths, beside [`ALL`], each once, in the order of the table.
    pub fn patterns(&self) -> Vec<&str> {
        let mut patterns = Vec::new();
        for pattern in self.groups.iter().flat_map(|(paths, _)| paths) {
            let is_path = pattern.starts_with('/') && pattern != ALL;
            if is_path && !patterns.contains(&pattern.as_str()) {
                patterns.push(pattern);
            }
        }
        patterns
    }

    /// The headers of the addresses that `pattern` means, as the registry would answer them.
    pub fn of(&self, pattern: &str, file_host: &str) -> Outcome<Headers> {
        let file = match pattern {
            PAGES => Some("index.html"),
            exact if exact.ends_with(".html") => Some(exact.trim_start_matches('/')),
            _ => None,
        };
        let html = match file
            .map(|file| self.dist.join(file))
            .filter(|path| path.is_file())
        {
            Some(path) => fs::read_to_string(&path).doing("read", &path)?,
            None => String::new(),
        };
        let mut headers = Headers::new();
        for (paths, group) in &self.groups {
            if !paths
                .iter()
                .any(|path| path == pattern || covers(path, pattern))
            {
                continue;
            }
            for (name, value) in group {
                if let Some(value) = filled(value, &html, file_host) {
                    headers.insert(name.clone(), value);
                }
            }
        }
        Ok(headers)
    }
}

/// Whether `pattern` ends in `*` and means every address that `other` means.
fn covers(pattern: &str, other: &str) -> bool {
    let start = pattern.strip_suffix('*');
    start.is_some_and(|start| (start == "/" && other.starts_with('@')) || other.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = r#"{ "groups": [
        { "paths": ["/*"], "headers": { "X-All": "a", "cache-control": "short" } },
        { "paths": ["/assets/*"], "headers": { "cache-control": "long" } },
        { "paths": ["@pages"], "headers": { "cache-control": "no-cache", "csp": "script{script_hashes}; to {file_host}" } },
        { "paths": ["/landing.html"], "headers": { "csp": "none{script_hashes}" } }
    ] }"#;

    fn told(pattern: &str) -> Vec<String> {
        let table = Table::parse(SMALL, Path::new("/nowhere")).expect("a table");
        let headers = table.of(pattern, "https://files").expect("headers");
        headers
            .iter()
            .map(|(name, value)| format!("{name}: {value}"))
            .collect()
    }

    #[test]
    fn later_groups_replace_headers_of_earlier_ones() {
        assert_eq!(told("/*"), ["cache-control: short", "x-all: a"]);
        assert_eq!(told("/assets/*"), ["cache-control: long", "x-all: a"]);
        assert_eq!(
            told("@pages"),
            [
                "cache-control: no-cache",
                "csp: script; to https://files",
                "x-all: a"
            ]
        );
        assert_eq!(
            told("/landing.html"),
            ["cache-control: short", "csp: none", "x-all: a"]
        );
    }

    #[test]
    fn each_pattern_is_told_once() {
        let table = Table::parse(SMALL, Path::new("/nowhere")).expect("a table");
        assert_eq!(table.patterns(), ["/assets/*", "/landing.html"]);
        let table = r#"{ "groups": [{ "paths": ["@missing", "@api", "/x"], "headers": {} }] }"#;
        let table = Table::parse(table, Path::new("/nowhere")).expect("a table");
        assert_eq!(table.patterns(), ["/x"], "only paths");
    }

    #[test]
    fn a_header_without_a_value_is_left_out() {
        let table =
            r#"{ "groups": [{ "paths": ["@pages"], "headers": { "link": "<{preload}>" } }] }"#;
        let table = Table::parse(table, Path::new("/nowhere")).expect("a table");
        assert!(table.of(PAGES, "x").expect("headers").is_empty());
    }

    #[test]
    fn the_real_table_can_be_read() {
        let table = Table::read(Path::new("/nowhere")).expect("the table");
        assert!(table.patterns().contains(&"/assets/*"));
        let policy =
            &table.of(PAGES, "https://files.example").expect("headers")["content-security-policy"];
        assert!(
            policy.contains("connect-src 'self' https://files.example;") && !policy.contains('{'),
            "{policy}"
        );
    }
}
