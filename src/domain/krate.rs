//! A crate, as lists and its own page show it.
//!
//! Two fields of the API are left out on purpose: `max_version` and `newest_version` read "0.0.0" unless versions were
//! asked for (contract, trap 9), so nobody here can show them by mistake. It must not know how a crate is asked for.

use super::category::Category;
use super::keyword::Keyword;
use super::time::Timestamp;
use super::version::Version;

/// A crate (the document's `Crate`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Krate {
    /// The name in the server's spelling.
    pub name: String,
    /// The version a visitor is shown first; the registry picks it.
    pub default_version: Option<String>,
    /// What its author says it is.
    pub description: Option<String>,
    /// All downloads of all versions.
    pub downloads: u64,
    /// Downloads of the last 90 days, where they were asked for.
    pub recent_downloads: Option<u64>,
    /// How many versions were published.
    pub num_versions: Option<u64>,
    /// Whether every version is yanked.
    pub yanked: bool,
    /// When the first version was published.
    pub created_at: Option<Timestamp>,
    /// When it last changed.
    pub updated_at: Option<Timestamp>,
    /// As the author gave it; not checked by anybody.
    pub homepage: Option<String>,
    /// As the author gave it; not checked by anybody.
    pub documentation: Option<String>,
    /// As the author gave it; not checked by anybody.
    pub repository: Option<String>,
    /// In answers to a search: its name is what was searched for.
    pub exact_match: bool,
    /// Whether new versions come from trusted publishing only.
    pub trustpub_only: bool,
}

/// A crate with what was asked for beside it (`GET /api/v1/crates/{name}?include=…`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrateDetail {
    /// The crate.
    pub krate: Krate,
    /// The versions that came along: none, the default one, or all.
    pub versions: Vec<Version>,
    /// Its keywords.
    pub keywords: Vec<Keyword>,
    /// Its categories.
    pub categories: Vec<Category>,
}

impl CrateDetail {
    /// The version that the registry picked to be shown first, when it came along.
    pub fn default_version(&self) -> Option<&Version> {
        let picked = self.krate.default_version.as_deref()?;
        self.versions.iter().find(|version| version.num == picked)
    }
}

/// Whether both are one crate's name to the registry: equal but for capitals and for `-` against `_`.
pub fn is_same_crate(a: &str, b: &str) -> bool {
    let folded = |text: &str| text.to_ascii_lowercase().replace('-', "_");
    folded(a) == folded(b)
}

/// Whether a publisher's text is an address on the web, to which a link may lead. No other scheme is.
pub fn is_web_address(text: &str) -> bool {
    let is = |scheme: &str| {
        text.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    (is("https://") || is("http://")) && !text.chars().any(|c| c.is_control() || c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_web_s_own_schemes_are_followed() {
        for text in [
            "https://docs.example/a?b#c",
            "http://docs.example",
            "HTTPS://docs.example",
        ] {
            assert!(is_web_address(text), "{text}");
        }
        for text in [
            "",
            "javascript:alert(1)",
            "data:text/html,x",
            "//docs.example",
            "docs.example",
            "https:/x",
            " https://docs.example",
            "https://a\nb",
        ] {
            assert!(!is_web_address(text), "{text:?}");
        }
    }

    #[test]
    fn crate_names_are_compared_without_capitals_and_separators() {
        assert!(is_same_crate("Mega_Crate", "mega-crate"));
        assert!(!is_same_crate("megacrate", "mega-crate"));
    }
}
