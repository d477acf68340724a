//! What can be said of an e-mail address without asking anybody: that it is none.
//!
//! Whether one is deliverable only a message can tell, and what exactly a registry takes is the registry's business. So this
//! refuses what no registry takes and nothing that one might; it is no parser of RFC 5322.

/// What is wrong with a text as an e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EmailError {
    /// Nothing was typed.
    Empty,
    /// No `@`, or nothing before or after it.
    Incomplete,
    /// More than one `@`.
    SeveralAts,
    /// A space or an invisible character in it.
    Space,
    /// What stands after the `@` is no domain.
    Domain,
}

/// Reads an e-mail address; spaces around it do not count.
pub fn parse(text: &str) -> Result<&str, EmailError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(EmailError::Empty);
    }
    let (user, domain) = text.split_once('@').ok_or(EmailError::Incomplete)?;
    if user.is_empty() || domain.is_empty() {
        return Err(EmailError::Incomplete);
    }
    if domain.contains('@') {
        return Err(EmailError::SeveralAts);
    }
    if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(EmailError::Space);
    }
    let is_label =
        |label: &str| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-');
    if !domain.split('.').all(is_label) {
        return Err(EmailError::Domain);
    }
    Ok(text)
}

impl EmailError {
    /// What to do about it.
    pub fn text(self) -> &'static str {
        match self {
            Self::Empty => "Enter an e-mail address.",
            Self::Incomplete => {
                "An e-mail address has an @ with something on both sides, like ferris@example.com."
            }
            Self::SeveralAts => "Enter one e-mail address: it has a single @.",
            Self::Space => "An e-mail address has no spaces in it.",
            Self::Domain => {
                "What stands after the @ is not the name of a mail domain, like example.com."
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_other_texts() {
        for good in [
            "ferris@example.com",
            " a@intranet ",
            "a.b+c@x.example",
            "ü@bücher.example",
            "!#$%@a-b.c",
        ] {
            assert_eq!(parse(good), Ok(good.trim()), "{good}");
        }
        for (bad, error) in [
            ("", EmailError::Empty),
            (" \t", EmailError::Empty),
            ("nope", EmailError::Incomplete),
            ("@x", EmailError::Incomplete),
            ("a@", EmailError::Incomplete),
            ("a@b@c", EmailError::SeveralAts),
            ("a@b, c@d", EmailError::SeveralAts),
            ("a b@c", EmailError::Space),
            ("a@b c", EmailError::Space),
            ("a\n@b", EmailError::Space),
            ("a@-b", EmailError::Domain),
            ("a@b-.c", EmailError::Domain),
            ("a@b..c", EmailError::Domain),
            ("a@.b", EmailError::Domain),
            ("a@b.", EmailError::Domain),
        ] {
            assert_eq!(parse(bad), Err(error), "{bad:?}");
        }
    }
}
