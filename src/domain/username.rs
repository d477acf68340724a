//! A crates.io username: the one place that knows the rules for it.
//!
//! Text becomes a [`Username`] once, at the edge, so that nothing further in has to doubt it. Two names are the same
//! person's name when their [`CanonicalUsername`]s are equal; two *people* are the same when their ids are.
//! It must not know which names are free, reserved or held: only the server knows that.

use std::fmt;

/// The most characters a username may have (RFC 3946, "Crates.io username requirements").
pub const MAX_LENGTH: usize = 39;

/// A well-formed username in the spelling its holder chose.
///
/// Equality is equality of spelling; compare [`Username::canonical`] to ask whether two names are the same name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Username(String);

/// A username in lower case with every `-` written as `_`: what uniqueness is decided by (RFC 3946, "Be unique case
/// insensitively and hyphen/underscore insensitively"; the spelling with `_` is the server's).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CanonicalUsername(String);

/// The first rule that a text breaks, in the order in which the rules are checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UsernameError {
    /// Nothing was typed.
    Empty,
    /// The first character is `-` or `_`.
    FirstCharacter,
    /// This character, the first such one, is none of `A-Z a-z 0-9 _ -`.
    Character(char),
    /// More than [`MAX_LENGTH`] characters; the number is how many there are.
    TooLong(usize),
}

impl Username {
    /// Reads a username. Nothing is trimmed or changed: a caller that wants to forgive spaces trims first.
    pub fn parse(text: &str) -> Result<Self, UsernameError> {
        match text.chars().next() {
            None => return Err(UsernameError::Empty),
            Some('-' | '_') => return Err(UsernameError::FirstCharacter),
            Some(_) => {}
        }
        if let Some(character) = text.chars().find(|c| !is_allowed(*c)) {
            return Err(UsernameError::Character(character));
        }
        let length = text.chars().count();
        if length > MAX_LENGTH {
            return Err(UsernameError::TooLong(length));
        }
        Ok(Self(text.to_owned()))
    }

    /// The name as its holder spells it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form by which names are compared.
    pub fn canonical(&self) -> CanonicalUsername {
        CanonicalUsername(canonical_form(&self.0))
    }

    /// Whether both are the same name to the registry: equal but for capitals and for `-` against `_`.
    pub fn is_same_name(&self, other: &Self) -> bool {
        self.canonical() == other.canonical()
    }
}

impl CanonicalUsername {
    /// The canonical text, in lower case and with `_` only.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Username {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for CanonicalUsername {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether a username may hold this character at all. The RFC means ASCII: letters that merely look like these are out.
pub fn is_allowed(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '_')
}

/// Lower case, with `-` and `_` as one. Only ASCII is folded, so that this never makes another text equal to a name.
pub(crate) fn canonical_form(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c == '-' {
                '_'
            } else {
                c.to_ascii_lowercase()
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    const VECTORS: &str = include_str!("../../tests/contract/usernames.json");

    fn vectors(section: &str) -> Vec<Value> {
        let all: Value = serde_json::from_str(VECTORS).unwrap();
        let cases = all[section].as_array().unwrap().clone();
        assert!(cases.len() > 5, "the vectors in {section} are there");
        cases
    }

    fn rule(error: UsernameError) -> &'static str {
        match error {
            UsernameError::Empty => "empty",
            UsernameError::FirstCharacter => "first_character",
            UsernameError::Character(_) => "character",
            UsernameError::TooLong(_) => "too_long",
        }
    }

    #[test]
    fn every_vector_is_read_as_the_contract_says() {
        for case in vectors("usernames") {
            let input = case["input"].as_str().unwrap();
            match Username::parse(input) {
                Ok(name) => {
                    assert_eq!(case["valid"], true, "{input:?} is refused");
                    assert_eq!(name.as_str(), input, "the spelling is kept");
                    assert_eq!(
                        name.canonical().as_str(),
                        case["canonical"].as_str().unwrap()
                    );
                }
                Err(error) => {
                    assert_eq!(case["valid"], false, "{input:?} is a name");
                    assert_eq!(rule(error), case["rule"].as_str().unwrap(), "{input:?}");
                }
            }
        }
    }

    #[test]
    fn the_same_name_is_recognised_in_every_spelling() {
        for case in vectors("same_name") {
            let [a, b] =
                ["a", "b"].map(|key| Username::parse(case[key].as_str().unwrap()).unwrap());
            assert_eq!(
                a.is_same_name(&b),
                case["same"].as_bool().unwrap(),
                "{a} and {b}"
            );
        }
    }

    #[test]
    fn the_error_names_the_offending_character_and_the_length() {
        assert_eq!(Username::parse("a.b c"), Err(UsernameError::Character('.')));
        assert_eq!(
            Username::parse(&"a".repeat(41)),
            Err(UsernameError::TooLong(41))
        );
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_read_or_refused_without_a_panic(text in any::<String>()) {
            if let Ok(name) = Username::parse(&text) {
                prop_assert_eq!(name.as_str(), text.as_str());
                prop_assert!(name.as_str().len() <= MAX_LENGTH);
            }
        }

        #[test]
        fn the_canonical_form_is_a_name_with_itself_as_canonical_form(text in "[A-Za-z0-9][A-Za-z0-9_-]{0,38}") {
            let name = Username::parse(&text).unwrap();
            let again = Username::parse(name.canonical().as_str()).unwrap();
            prop_assert_eq!(name.canonical(), again.canonical());
            prop_assert!(name.is_same_name(&again));
        }
    }
}
