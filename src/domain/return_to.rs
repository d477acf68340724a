//! Where to go after signing in: an address on this site, and nothing else.
//!
//! The text has been in storage or in an address, where anybody may have put it. Read as an address it must stay on this
//! origin, whatever a URL parser makes of it: such parsers drop tabs and line breaks, take `\` for `/`, and resolve `..`.
//! This must not know which paths are pages.

use std::fmt;

/// No address of this app comes near it.
const LONGEST: usize = 2_000;

/// A path on this origin, with its query and fragment.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ReturnTo(String);

impl ReturnTo {
    /// Reads an address; `None` for one that could lead elsewhere. One leading `/`, no second one, no `\`, no character
    /// that a URL parser drops or moves, and no part that changes the path.
    pub fn parse(text: &str) -> Option<Self> {
        let path = text.split(['?', '#']).next().unwrap_or_default();
        let stays_here = path.starts_with('/') && !path.contains("//");
        let is_printable = text.chars().all(|c| c.is_ascii_graphic() && c != '\\');
        let is_plain = path.split('/').all(|part| !moves(part));
        (text.len() <= LONGEST && stays_here && is_printable && is_plain)
            .then(|| Self(text.to_owned()))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for ReturnTo {
    /// The front page.
    fn default() -> Self {
        Self("/".to_owned())
    }
}

impl fmt::Display for ReturnTo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether a part of a path is one of the spellings of `.` and `..`.
fn moves(part: &str) -> bool {
    let part = part.to_ascii_lowercase().replace("%2e", ".");
    part == "." || part == ".."
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn addresses_of_this_site_are_kept() {
        for text in [
            "/",
            "/users/ra--",
            "/crates/serde?sort=downloads&page=2#readme",
            "/search?q=a%20b//c",
            "/a/%E2%9C%93",
            "/crates/serde/1.0.219",
            "/x?next=https://example.org/..",
        ] {
            assert_eq!(
                ReturnTo::parse(text).as_ref().map(ReturnTo::as_str),
                Some(text)
            );
        }
    }

    #[test]
    fn whatever_could_lead_elsewhere_is_refused() {
        let long = format!("/{}", "a".repeat(2_000));
        for text in [
            "",
            "x",
            " /",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            "/\r",
            "/.//evil.example",
            "/a/..//evil.example",
            "/../x",
            "/./x",
            "/%2e%2E/x",
            "/.%2e",
            "/a//b",
            "https://evil.example/",
            "javascript:alert(1)",
            "?/x",
            "#/x",
            "/x y",
            "/é",
            "/\u{0}",
            &long,
        ] {
            assert_eq!(ReturnTo::parse(text), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_kept_begins_with_one_slash_and_holds_nothing_that_moves(text in "[/\\\\.%2eE?#a-c\t:@ ]{0,16}") {
            if let Some(kept) = ReturnTo::parse(&text) {
                let kept = kept.as_str();
                prop_assert!(kept.starts_with('/') && !kept.starts_with("//") && !kept.contains(['\\', '\t', ' ']));
                prop_assert_eq!(kept, text.as_str());
            }
        }
    }
}
