//! The table as a `_headers` file, as Cloudflare Pages and hosts like it read it.
//!
//! There every rule that fits adds its headers, and `! name` takes one away that an earlier rule
//! gave. Such a host cannot tell pages from other files of the root, so these have the pages' rule.

use super::{
    Place,
    table::{Headers, PAGES, Table},
};
use crate::failure::Outcome;
use std::fmt::Write;

/// The text of the file.
pub fn headers_file(table: &Table, place: &Place) -> Outcome<String> {
    let pages = table.of(PAGES, &place.file_host)?;
    let mut text = String::from(
        "# Made by `cargo xtask delivery _headers` for one build: it names hashes of what stands in its pages.\n\
         # `cargo xtask delivery opensearch --origin https://...` prints the opensearch.xml to upload with it.\n/*\n",
    );
    for (name, value) in &pages {
        let _ = writeln!(text, "  {name}: {value}");
    }
    for pattern in table.patterns() {
        let _ = writeln!(text, "{pattern}");
        text.push_str(&difference(&pages, &table.of(pattern, &place.file_host)?));
    }
    Ok(text)
}

/// The lines that turn `before` into `after`.
fn difference(before: &Headers, after: &Headers) -> String {
    let mut text = String::new();
    for name in before
        .keys()
        .filter(|name| before.get(*name) != after.get(*name))
    {
        let _ = writeln!(text, "  ! {name}");
    }
    for (name, value) in after
        .iter()
        .filter(|(name, value)| before.get(*name) != Some(value))
    {
        let _ = writeln!(text, "  {name}: {value}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn a_rule_says_only_what_differs_from_pages() {
        let table = r#"{ "groups": [
            { "paths": ["/*"], "headers": { "x-all": "a", "cache-control": "short" } },
            { "paths": ["/assets/*"], "headers": { "cache-control": "long" } },
            { "paths": ["@pages"], "headers": { "cache-control": "no-cache", "csp": "to {file_host}" } }
        ] }"#;
        let place = Place {
            file_host: "https://files".to_owned(),
            api: String::new(),
            root: String::new(),
            server_name: String::new(),
            origin: String::new(),
            listen: String::new(),
            brotli: false,
        };
        let table = Table::parse(table, Path::new("/nowhere")).expect("a table");
        let text = headers_file(&table, &place).expect("a file");
        let at = text.find("/*\n").expect("the first rule");
        assert_eq!(
            text.get(at..).expect("rules"),
            "/*\n  cache-control: no-cache\n  csp: to https://files\n  x-all: a\n\
             /assets/*\n  ! cache-control\n  ! csp\n  cache-control: long\n"
        );
    }
}
