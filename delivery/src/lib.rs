//! The table of response headers (`headers.json`): its text, and what stands for its placeholders.
//!
//! The embedded registry applies the table, `cargo xtask delivery` makes configurations of it; both fill it in here, so that
//! they cannot say different things of one page.

use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

/// The table's text; `about` in it says how it is to be read.
pub const TABLE: &str = include_str!("../headers.json");

/// What the table writes for the address of what an HTML file preloads first.
const PRELOAD: &str = "{preload}";

/// A value of the table with its placeholders filled in: `html` is the text of the HTML file that is answered with, empty for
/// other files, and `file_host` the origin of READMEs and avatars. Nothing when the header is to be left out.
pub fn filled(value: &str, html: &str, file_host: &str) -> Option<String> {
    let preload = preloaded(html);
    if value.contains(PRELOAD) && preload.is_none() {
        return None;
    }
    let filled = value
        .replace(PRELOAD, preload.unwrap_or_default())
        .replace("{file_host}", file_host)
        .replace("{script_hashes}", &hashes(html, "script"))
        .replace("{style_hashes}", &hashes(html, "style"));
    Some(filled)
}

fn preloaded(html: &str) -> Option<&str> {
    let (_, link) = html.split_once("<link rel=\"preload\"")?;
    let (_, address) = link.split_once('>')?.0.split_once("href=\"")?;
    Some(address.split_once('"')?.0)
}

/// ` 'sha256-…'` for each script or style that stands inline.
fn hashes(html: &str, element: &str) -> String {
    let (open, close) = (format!("<{element}"), format!("</{element}>"));
    let mut found = String::new();
    let mut rest = html;
    while let Some((_, after)) = rest.split_once(&open) {
        let Some((attributes, content)) = after.split_once('>') else {
            break;
        };
        let Some((content, tail)) = content.split_once(&close) else {
            break;
        };
        if !content.is_empty() && !attributes.contains("src=") {
            let hash = format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(content)));
            if !found.contains(&hash) {
                found.push_str(&hash);
            }
        }
        rest = tail;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_names_what_it_preloads_first_and_no_header_is_without_a_name() {
        let html = r#"<link rel="icon" href="/a.svg"><link rel="preload" as="fetch" href="/a.wasm"><link rel="preload" href="/b">"#;
        let told = |html| filled("<{preload}>; rel=preload", html, "x");
        assert_eq!(told(html).as_deref(), Some("</a.wasm>; rel=preload"));
        for html in [
            "",
            r#"<link rel="icon" href="/a">"#,
            "<link rel=\"preload\"",
        ] {
            assert_eq!(told(html), None, "{html}");
        }
    }

    #[test]
    fn inline_blocks_have_their_hash_once_and_others_none() {
        // The base64 of SHA-256 of "abc", FIPS 180-2, appendix B.1.
        let expected = "a 'sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=' b";
        let html = r#"<script src="/a.js">x</script><script type="module">abc</script><script>abc</script><style></style>"#;
        let told = |value| filled(value, html, "x");
        assert_eq!(told("a{script_hashes} b").as_deref(), Some(expected));
        assert_eq!(told("a{style_hashes} b").as_deref(), Some("a b"));
    }

    #[test]
    fn what_ends_too_early_has_no_hash() {
        for html in ["<script", "<script>abc", "<script a=b"] {
            let told = filled("a{script_hashes}", html, "x");
            assert_eq!(told.as_deref(), Some("a"), "{html}");
        }
    }

    #[test]
    fn the_file_host_is_filled_in() {
        let told = filled("to {file_host};", "", "https://files.example");
        assert_eq!(told.as_deref(), Some("to https://files.example;"));
    }
}
