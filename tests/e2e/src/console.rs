//! What the browser's console said: an oracle, not a log.
//!
//! Warnings, errors, exceptions, unhandled rejections and violations of the content security policy all end up here.
//! Two kinds of lines may be foreseen by a test: the browser's own "Failed to load resource" for an answer that the test
//! asked for, and words about a file that the test took away or changed. What was foreseen and never came is a failure too,
//! otherwise a test could go blind unnoticed.

use std::fmt;

/// One line of the console.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// `SEVERE`, `WARNING`, `INFO` or `DEBUG`.
    pub level: String,
    /// Who said it: `console-api`, `javascript`, `network`, `security`, …
    pub source: String,
    /// The text as the browser shows it, the address first.
    pub text: String,
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} [{}] {}", self.level, self.source, self.text)
    }
}

/// A failed answer that a test foresees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Foreseen {
    /// The status, or `None` when the connection breaks.
    pub status: Option<u16>,
    /// The path, with a question mark and a query when the request has one that matters.
    pub path: String,
    /// Words of the line; then it is no failed answer.
    pub words: Option<String>,
    /// It has to come. Of an answer that the page gave up, the browser complains only if its status was there already.
    pub certain: bool,
}

impl Foreseen {
    fn explains(&self, line: &Line) -> bool {
        if let Some(words) = &self.words {
            return line.text.contains(words);
        }
        let Some((address, complaint)) = line.text.split_once(" - Failed to load resource: ")
        else {
            return false;
        };
        let complains_so = match self.status {
            Some(status) => complaint.contains(&format!("a status of {status} ")),
            None => complaint.contains("net::ERR_"),
        };
        complains_so && path_of(address).is_some_and(|path| self.is_path(path))
    }

    fn is_path(&self, path: &str) -> bool {
        path == self.path
            || (!self.path.contains('?') && path.split('?').next() == Some(self.path.as_str()))
    }
}

impl fmt::Display for Foreseen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(words) = &self.words {
            return write!(f, "\"{words}\"");
        }
        match self.status {
            Some(status) => write!(f, "status {status} of {}", self.path),
            None => write!(f, "a broken connection of {}", self.path),
        }
    }
}

/// The path and query of an absolute address.
fn path_of(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once("://")?;
    rest.find('/').and_then(|start| rest.get(start..))
}

impl Line {
    /// The browser speaks of a page of its own: the first window's, which a story may cut off in the middle of a script.
    fn is_of_the_browser(&self) -> bool {
        self.text.starts_with("chrome://")
    }
}

/// Everything in the console that nobody foresaw, and everything foreseen that did not come.
pub fn complaints(lines: &[Line], foreseen: &[Foreseen]) -> Vec<String> {
    let unforeseen = lines
        .iter()
        .filter(|line| !line.is_of_the_browser())
        .filter(|line| !foreseen.iter().any(|one| one.explains(line)))
        .map(|line| format!("the console said: {line}"));
    let missing = foreseen
        .iter()
        .filter(|one| one.certain && !lines.iter().any(|line| one.explains(line)))
        .map(|one| format!("foreseen but never seen: {one}"));
    unforeseen.chain(missing).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failed(address: &str, complaint: &str) -> Line {
        Line {
            level: "SEVERE".into(),
            source: "network".into(),
            text: format!("{address} - Failed to load resource: {complaint}"),
        }
    }

    fn not_found(path: &str) -> Line {
        failed(
            &format!("http://127.0.0.1:4000{path}"),
            "the server responded with a status of 404 (Not Found)",
        )
    }

    fn foreseen(status: Option<u16>, path: &str) -> Foreseen {
        Foreseen {
            status,
            path: path.into(),
            words: None,
            certain: true,
        }
    }

    #[test]
    fn foreseen_words_explain_their_line_and_no_other() {
        let words = Foreseen {
            words: Some("valid digest".into()),
            ..foreseen(None, "")
        };
        let line = |text: &str| Line {
            level: "SEVERE".into(),
            source: "security".into(),
            text: text.into(),
        };
        assert!(
            complaints(
                &[line("no valid digest of a.js")],
                std::slice::from_ref(&words)
            )
            .is_empty()
        );
        assert_eq!(complaints(&[line("another")], &[words]).len(), 2);
    }

    #[test]
    fn a_foreseen_answer_is_no_complaint() {
        let lines = [not_found("/api/v1/users/nobody?include=linked_accounts")];
        assert!(complaints(&lines, &[foreseen(Some(404), "/api/v1/users/nobody")]).is_empty());
    }

    #[test]
    fn what_may_come_is_explained_and_not_missed() {
        let perhaps = Foreseen {
            certain: false,
            ..foreseen(Some(404), "/api/v1/users/nobody")
        };
        assert!(complaints(&[], std::slice::from_ref(&perhaps)).is_empty());
        assert!(complaints(&[not_found("/api/v1/users/nobody")], &[perhaps]).is_empty());
    }

    #[test]
    fn the_browsers_own_pages_are_not_the_sites() {
        let own = Line {
            level: "SEVERE".into(),
            source: "javascript".into(),
            text: "chrome://resources/js/static_types.js 50:24 Uncaught Error".into(),
        };
        assert!(complaints(&[own], &[]).is_empty());
    }

    #[test]
    fn the_same_path_with_another_status_is_a_complaint() {
        let lines = [not_found("/api/v1/users/nobody")];
        let found = complaints(&lines, &[foreseen(Some(500), "/api/v1/users/nobody")]);
        assert_eq!(found.len(), 2, "{found:?}");
    }

    #[test]
    fn a_longer_path_is_not_explained_by_a_shorter_one() {
        let lines = [not_found("/api/v1/users/nobody/stats")];
        assert_eq!(
            complaints(&lines, &[foreseen(Some(404), "/api/v1/users/nobody")]).len(),
            2
        );
    }

    #[test]
    fn a_query_that_matters_is_compared() {
        let lines = [not_found("/api/v1/crates?page=2")];
        assert_eq!(
            complaints(&lines, &[foreseen(Some(404), "/api/v1/crates?page=3")]).len(),
            2
        );
        assert!(complaints(&lines, &[foreseen(Some(404), "/api/v1/crates?page=2")]).is_empty());
    }

    #[test]
    fn a_broken_connection_can_be_foreseen() {
        let lines = [failed(
            "http://127.0.0.1:1/api/v1/me",
            "net::ERR_EMPTY_RESPONSE",
        )];
        assert!(complaints(&lines, &[foreseen(None, "/api/v1/me")]).is_empty());
    }

    #[test]
    fn a_warning_is_a_complaint_whatever_is_foreseen() {
        let warning = Line {
            level: "WARNING".into(),
            source: "console-api".into(),
            text: "app.js 1:1 \"read outside a reactive context\"".into(),
        };
        assert_eq!(complaints(&[warning], &[]).len(), 1);
    }
}
