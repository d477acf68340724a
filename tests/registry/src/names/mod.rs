//! Usernames: what is a well-formed one, when two are the same, when one looks like another.
//!
//! Pure. The same folding stands in the schema's generated columns, and a test holds the two together.

pub mod availability;
pub mod claim;

/// Why a text is no username; the first rule that fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Malformed {
    /// No text at all.
    Empty,
    /// Starts with `-` or `_`.
    FirstCharacter,
    /// Holds something other than ASCII letters, digits, `-` and `_`.
    Character,
    /// More than 39 characters.
    TooLong,
}

impl Malformed {
    /// The sentence a person is told.
    pub fn detail(self) -> &'static str {
        match self {
            Self::Empty => "A username cannot be empty.",
            Self::FirstCharacter => "A username has to start with a letter or a digit.",
            Self::Character => "A username can only contain ASCII letters, digits, `-` and `_`.",
            Self::TooLong => "A username can have at most 39 characters.",
        }
    }
}

/// Checks the form of a username.
pub fn check(text: &str) -> Result<(), Malformed> {
    let Some(first) = text.chars().next() else {
        return Err(Malformed::Empty);
    };
    if matches!(first, '-' | '_') {
        return Err(Malformed::FirstCharacter);
    }
    if !text
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    {
        return Err(Malformed::Character);
    }
    if text.len() > 39 {
        return Err(Malformed::TooLong);
    }
    Ok(())
}

/// The canonical form: lower case, `-` as `_`.
pub fn canonical(text: &str) -> String {
    text.to_lowercase().replace('-', "_")
}

/// What a name looks like at a glance.
pub fn skeleton(text: &str) -> String {
    let mut folded = text.to_ascii_lowercase();
    for (seen, read) in [
        ("-", ""),
        ("_", ""),
        ("rn", "m"),
        ("vv", "w"),
        ("0", "o"),
        ("1", "l"),
        ("i", "l"),
        ("5", "s"),
        ("3", "e"),
    ] {
        folded = folded.replace(seen, read);
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_folds_names_as_this_module_does() {
        let connection = crate::db::open_in_memory().unwrap();
        for name in [
            "Hello-There",
            "ra--",
            "rnozi11a",
            "vvasm",
            "r-n",
            "vvvv",
            "Z9-_-_",
            "5erde3",
            "iI1l0O",
        ] {
            connection
                .execute(
                    "INSERT INTO users (username, gh_login) VALUES (?1, ?1)",
                    [name],
                )
                .unwrap();
            let stored: (String, String) = connection
                .query_row(
                    "SELECT canonical, skeleton FROM users WHERE username = ?1",
                    [name],
                    |row| Ok((row.get(0)?, row.get(1)?)),
                )
                .unwrap();
            assert_eq!(stored, (canonical(name), skeleton(name)), "{name}");
        }
    }

    #[test]
    fn the_first_rule_that_fails_is_named() {
        for (text, expected) in [
            ("", Err(Malformed::Empty)),
            ("-a", Err(Malformed::FirstCharacter)),
            ("a b", Err(Malformed::Character)),
            ("ünder", Err(Malformed::Character)),
            ("ra--", Ok(())),
        ] {
            assert_eq!(check(text), expected, "{text:?}");
        }
        assert_eq!(check(&"a".repeat(39)), Ok(()));
        assert_eq!(check(&"a".repeat(40)), Err(Malformed::TooLong));
        assert_eq!(
            check(&format!("-{}", "a".repeat(60))),
            Err(Malformed::FirstCharacter)
        );
        assert_eq!(check(&"é".repeat(40)), Err(Malformed::Character));
    }
}
