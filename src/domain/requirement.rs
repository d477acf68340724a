//! Which version meets a requirement, the way cargo reads requirements.
//!
//! The rules are those of the `semver` crate, which cargo itself uses. Versions are looked through highest first and page by
//! page, so this remembers the best so far. It must not know where versions come from.

use semver::{Version as Number, VersionReq};

use super::version::Version;

/// A requirement, and the best version seen so far that meets it.
#[derive(Clone, Debug)]
pub struct Requirement {
    requirement: VersionReq,
    yanked: Option<String>,
}

impl Requirement {
    /// Reads a requirement as it stands in `Cargo.toml`: `1.2`, `^0.3`, `>=1, <3`, `*`. `None` for what is none.
    pub fn parse(text: &str) -> Option<Self> {
        let requirement = VersionReq::parse(text.trim()).ok()?;
        Some(Self {
            requirement,
            yanked: None,
        })
    }

    /// Looks at some versions, highest first, all of them below those looked at before. The first that meets the
    /// requirement and is not yanked is the one cargo would pick.
    pub fn look_at(&mut self, versions: &[Version]) -> Option<String> {
        for version in versions {
            if !self.is_met_by(&version.num) {
                continue;
            }
            if !version.yanked {
                return Some(version.num.clone());
            }
            self.yanked.get_or_insert_with(|| version.num.clone());
        }
        None
    }

    /// When all versions were looked at: the highest yanked one that meets it, since it is better than nothing.
    pub fn second_best(self) -> Option<String> {
        self.yanked
    }

    fn is_met_by(&self, num: &str) -> bool {
        Number::parse(num).is_ok_and(|number| self.requirement.matches(&number))
    }
}

/// Versions that promise to be compatible with each other: `0.2` for 0.2.7, `1` for 1.4.0. `None` for what is no version.
pub fn release_track(num: &str) -> Option<String> {
    let number = Number::parse(num).ok()?;
    Some(match (number.major, number.minor) {
        (0, minor) => format!("0.{minor}"),
        (major, _) => major.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::version::VersionId;
    use std::collections::BTreeMap;

    fn version(text: &str) -> Version {
        let (num, yanked) = text
            .strip_suffix('!')
            .map_or((text, false), |num| (num, true));
        Version {
            id: VersionId(1),
            krate: String::from("a"),
            num: num.to_owned(),
            created_at: None,
            updated_at: None,
            downloads: 0,
            features: BTreeMap::new(),
            yanked,
            yank_message: None,
            license: None,
            crate_size: None,
            published_by: None,
            trusted_publisher: None,
            audit_actions: Vec::new(),
            rust_version: None,
            edition: None,
            has_lib: None,
            bin_names: Vec::new(),
            lib_links: None,
            code_lines: None,
            checksum: None,
            description: None,
            homepage: None,
            documentation: None,
            repository: None,
        }
    }

    /// The version that fits; yanked ones are written with a `!`.
    fn best(requirement: &str, pages: &[&[&str]]) -> Option<String> {
        let mut requirement = Requirement::parse(requirement)?;
        for page in pages {
            let versions: Vec<Version> = page.iter().map(|text| version(text)).collect();
            if let Some(found) = requirement.look_at(&versions) {
                return Some(found);
            }
        }
        requirement.second_best()
    }

    #[test]
    fn the_highest_version_that_meets_the_requirement_is_taken() {
        let pages: &[&[&str]] = &[
            &["2.1.0", "2.0.0-beta.1", "1.9.0!", "1.8.2"],
            &["1.8.1", "0.3.1", "0.2.9"],
        ];
        for (requirement, expected) in [
            ("*", Some("2.1.0")),
            ("^1", Some("1.8.2")),
            ("1.8.1", Some("1.8.2")),
            ("=1.8.1", Some("1.8.1")),
            (">=0.2, <0.3", Some("0.2.9")),
            ("~0.3", Some("0.3.1")),
            ("=1.9.0", Some("1.9.0")),
            ("=2.0.0-beta.1", Some("2.0.0-beta.1")),
            ("^3", None),
            ("not a requirement", None),
        ] {
            assert_eq!(
                best(requirement, pages).as_deref(),
                expected,
                "{requirement}"
            );
        }
    }

    #[test]
    fn a_yanked_version_is_taken_only_when_no_other_fits_on_any_page() {
        assert_eq!(
            best("^1", &[&["1.2.0!", "1.1.0!"], &["1.0.0"]]).as_deref(),
            Some("1.0.0")
        );
        assert_eq!(
            best("^1", &[&["1.2.0!"], &["1.1.0!"]]).as_deref(),
            Some("1.2.0")
        );
    }

    #[test]
    fn what_is_no_version_number_is_passed_over() {
        assert_eq!(best("*", &[&["01.0", "1.0.0"]]).as_deref(), Some("1.0.0"));
    }

    #[test]
    fn tracks_follow_the_first_number_that_is_not_zero() {
        for (num, track) in [
            ("1.4.0", Some("1")),
            ("0.2.7", Some("0.2")),
            ("0.0.3+b", Some("0.0")),
            ("12.0.0-rc.1", Some("12")),
            ("x", None),
        ] {
            assert_eq!(release_track(num).as_deref(), track, "{num}");
        }
    }
}
