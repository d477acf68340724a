//! What counts as an e-mail address: one `@` between a user and a domain that could both be real.

use serde::{Deserialize, Deserializer, de};

/// A well-formed address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// Reads an address; the reason is the one crates.io's parser gives.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let (user, domain) = text.rsplit_once('@').ok_or("Missing domain or user")?;
        if user.is_empty() || domain.is_empty() {
            return Err("Missing domain or user");
        }
        let user_fits = user.chars().count() <= 64
            && user
                .split('.')
                .all(|atom| !atom.is_empty() && atom.chars().all(is_atom_character));
        if !user_fits {
            return Err("Invalid email user");
        }
        let label = |label: &str| {
            !label.is_empty()
                && label.chars().count() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label
                    .chars()
                    .all(|character| character.is_alphanumeric() || character == '-')
        };
        if domain.chars().count() > 253 || !domain.split('.').all(label) {
            return Err("Invalid email domain");
        }
        Ok(Self(text.to_owned()))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_atom_character(character: char) -> bool {
    character.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(character)
}

impl<'de> Deserialize<'de> for Email {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Email;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("email address string or object")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Email, E> {
                Email::parse(text).map_err(E::custom)
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_other_texts() {
        for good in [
            "ferris@example.com",
            "a@intranet",
            "a.b+c@x.example",
            "ü@bücher.example",
        ] {
            assert!(Email::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "", "nope", "@x", "a@", "a@b@c", "a b@c", "a@b c", "a@-b", "a@b..c", ".a@b", "a\n@b",
            "<a@b>",
        ] {
            assert!(Email::parse(bad).is_err(), "{bad:?}");
        }
    }
}
