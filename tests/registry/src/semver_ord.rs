//! A text key under which versions sort as semver says.
//!
//! SQLite compares text byte by byte; version lists are paged in version order, so the order has to be in an index.
//! Must not know about crates or the database.

use semver::Version;

/// The key of a version number, or of the text as it stands when it is no semver (sorted before all versions).
pub fn key(num: &str) -> String {
    let Ok(version) = Version::parse(num) else {
        return format!("!{num}");
    };
    let mut key = format!(
        "{:020}.{:020}.{:020}",
        version.major, version.minor, version.patch
    );
    if version.pre.is_empty() {
        // After every pre-release of the same number.
        key.push('~');
        return key;
    }
    key.push('-');
    for identifier in version.pre.as_str().split('.') {
        if identifier.bytes().all(|byte| byte.is_ascii_digit()) {
            // Numbers before words, and by size: the length leads.
            key.push_str(&format!("0{:05}{identifier}", identifier.len()));
        } else {
            // The blank ends the word below every character a word can have.
            key.push_str(&format!("1{identifier} "));
        }
    }
    key
}

/// Whether a version number has a pre-release part.
pub fn is_prerelease(num: &str) -> bool {
    Version::parse(num).is_ok_and(|version| !version.pre.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_sort_as_semver_does() {
        let sorted = [
            "0.0.9",
            "0.1.0-alpha",
            "0.1.0-alpha.1",
            "0.1.0-alpha.1.2",
            "0.1.0-alpha.2",
            "0.1.0-alpha.10",
            "0.1.0-alpha.beta",
            "0.1.0-alpha-x",
            "0.1.0-beta",
            "0.1.0",
            "0.9.0",
            "0.10.0",
            "1.0.0-rc.1",
            "1.0.0",
            "2.0.0",
            "10.0.0",
            "18446744073709551615.0.0",
        ];
        for pair in sorted.windows(2) {
            assert!(
                Version::parse(pair[0]).unwrap() < Version::parse(pair[1]).unwrap(),
                "the list itself is sorted: {pair:?}"
            );
            assert!(key(pair[0]) < key(pair[1]), "{pair:?}");
        }
    }

    #[test]
    fn build_metadata_does_not_count() {
        assert_eq!(key("1.0.0+a"), key("1.0.0+b"));
    }
}
