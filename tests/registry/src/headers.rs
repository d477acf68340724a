//! The table of response headers, kept as data for every server (`nameplate-delivery`), applied here.
//!
//! Knows which addresses the table means; what stands for its placeholders comes from the HTML that is about to be served.

use std::sync::OnceLock;

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use nameplate_delivery::{TABLE, filled};
use serde::Deserialize;

#[derive(Deserialize)]
struct Table {
    groups: Vec<Group>,
}

#[derive(Deserialize)]
struct Group {
    paths: Vec<String>,
    headers: std::collections::BTreeMap<String, String>,
}

/// What the table calls the answer for a file that is not there.
pub const MISSING: &str = "@missing";

fn table() -> &'static Table {
    static READ: OnceLock<Table> = OnceLock::new();
    // Part of the program: a unit test reads it.
    READ.get_or_init(|| serde_json::from_str(TABLE).unwrap_or(Table { groups: Vec::new() }))
}

/// The headers of an address, or of [`MISSING`]. `page`: it is answered with `index.html`; `html`: the text of the HTML answered with, if any.
pub fn of(path: &str, page: bool, html: Option<&str>, file_host: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let groups = table()
        .groups
        .iter()
        .filter(|group| group.paths.iter().any(|pattern| fits(pattern, path, page)));
    for (name, value) in groups.flat_map(|group| &group.headers) {
        let value = filled(value, html.unwrap_or_default(), file_host);
        if let (Some(Ok(value)), Ok(name)) = (
            value.map(HeaderValue::try_from),
            HeaderName::try_from(name.as_str()),
        ) {
            headers.insert(name, value);
        }
    }
    headers
}

fn fits(pattern: &str, path: &str, page: bool) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => path.starts_with(start) || (start == "/" && path == MISSING),
        None if pattern == "@pages" => page,
        None => pattern == path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_can_be_read_and_its_values_are_headers() {
        let table: Table = serde_json::from_str(TABLE).unwrap();
        for (name, value) in table.groups.iter().flat_map(|group| &group.headers) {
            HeaderName::try_from(name.as_str()).unwrap();
            HeaderValue::try_from(value).unwrap();
        }
    }

    #[test]
    fn inline_blocks_are_allowed_by_their_hash_and_nothing_else() {
        let html =
            "<script src=\"/a.js\"></script><script type=\"module\">x()</script><style>p{}</style>";
        let headers = of("/", true, Some(html), "http://files");
        let policy = headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval' 'sha256-D6IGS8VMvCoyaR/l0h9tERrBTATY01CoPS7l6xDv0kI=';"), "{policy}");
        assert!(policy.contains("style-src 'self' 'sha256-"));
        assert!(policy.contains("connect-src 'self' http://files;"));
        assert!(!policy.contains("unsafe-inline") && !policy.contains('{'));
    }

    #[test]
    fn only_the_pages_of_the_login_popup_keep_their_opener() {
        assert!(of("/users/ferris", true, None, "x").contains_key("cross-origin-opener-policy"));
        assert!(
            !of("/github-redirect.html", false, None, "x")
                .contains_key("cross-origin-opener-policy")
        );
        assert_eq!(
            of("/assets/a.js", false, None, "x")["cache-control"],
            "public, max-age=31536000, immutable"
        );
    }

    #[test]
    fn a_page_says_with_its_headers_what_it_preloads() {
        let html = "<link rel=\"preload\" as=\"fetch\" href=\"/a.wasm\" crossorigin>";
        let headers = of("/", true, Some(html), "x");
        assert_eq!(
            headers["link"],
            "</a.wasm>; rel=preload; as=fetch; crossorigin"
        );
        for html in [None, Some("<link rel=\"icon\" href=\"/a\">")] {
            assert!(!of("/", true, html, "x").contains_key("link"));
        }
    }

    #[test]
    fn a_missing_file_is_not_kept_by_any_cache() {
        let missing = of(MISSING, false, None, "x");
        assert_eq!(missing["cache-control"], "no-store");
        assert_eq!(missing["x-content-type-options"], "nosniff");
    }
}
