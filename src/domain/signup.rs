//! A sign-up's time and what was typed into it.
//!
//! A pending sign-up lasts 30 minutes from GitHub's answer, and nothing prolongs it (contract, "Sign-up"). A server may say when it
//! ends; otherwise the browser remembers when it began, and where neither is known nothing is promised. What was typed outlives
//! the sign-up, so that signing in again loses nothing. This must not know who is signed in.

use super::time::Timestamp;

/// How long a sign-up lasts at most.
pub const LASTS_MS: i64 = 30 * 60 * 1_000;
/// The warning comes this long before the end: enough to finish, or to sign in again.
pub const WARNED_MS: i64 = 5 * 60 * 1_000;

/// How much of a sign-up's time is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeLeft {
    /// It is not known when it ends: after 30 minutes at most.
    NotKnown,
    /// Enough.
    Enough {
        /// When it ends.
        until: Timestamp,
    },
    /// Little: the person is to be warned.
    Little {
        /// When it ends.
        until: Timestamp,
    },
    /// None, as far as can be told from here. The server has the last word.
    Over,
}

/// When a sign-up ends: as the server says, or by when it began. A beginning whose time is over belonged to another sign-up,
/// for this one is still there.
pub fn ends_at(
    said: Option<Timestamp>,
    began: Option<Timestamp>,
    now: Timestamp,
) -> Option<Timestamp> {
    said.or_else(|| {
        let end = began?.plus_millis(LASTS_MS);
        (end > now && began? <= now).then_some(end)
    })
}

/// How much time is left until `end`.
pub fn time_left(end: Option<Timestamp>, now: Timestamp) -> TimeLeft {
    match end {
        None => TimeLeft::NotKnown,
        Some(end) if end <= now => TimeLeft::Over,
        Some(until) if until.millis_since(now) <= WARNED_MS => TimeLeft::Little { until },
        Some(until) => TimeLeft::Enough { until },
    }
}

/// What was typed into a sign-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The GitHub account that it was typed for.
    pub github_login: String,
    /// The username as it stood in the field.
    pub username: String,
    /// The e-mail address as it stood in the field.
    pub email: String,
}

impl Draft {
    /// The draft as text.
    pub fn print(&self) -> String {
        let line = |text: &str| text.replace(['\n', '\r'], " ");
        format!(
            "{}\n{}\n{}",
            line(&self.github_login),
            line(&self.username),
            line(&self.email)
        )
    }

    /// Reads a draft that was typed for this GitHub account; somebody else's is none.
    pub fn read(text: &str, github_login: &str) -> Option<Self> {
        let mut lines = text.split('\n').map(str::to_owned);
        let draft = Self {
            github_login: lines.next()?,
            username: lines.next()?,
            email: lines.next()?,
        };
        (draft.github_login == github_login && lines.next().is_none()).then_some(draft)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> Timestamp {
        Timestamp::from_millis(1_800_000_000_000 + minutes * 60_000)
    }

    #[test]
    fn the_server_says_when_it_ends_otherwise_its_beginning_does() {
        assert_eq!(ends_at(Some(at(7)), Some(at(0)), at(1)), Some(at(7)));
        assert_eq!(ends_at(None, Some(at(0)), at(1)), Some(at(30)));
        assert_eq!(ends_at(None, None, at(1)), None);
    }

    #[test]
    fn a_beginning_that_cannot_be_this_ones_says_nothing() {
        assert_eq!(ends_at(None, Some(at(0)), at(30)), None);
        assert_eq!(ends_at(None, Some(at(2)), at(1)), None);
    }

    #[test]
    fn the_warning_comes_with_time_to_act() {
        assert_eq!(
            time_left(Some(at(30)), at(0)),
            TimeLeft::Enough { until: at(30) }
        );
        assert_eq!(
            time_left(Some(at(30)), at(24)),
            TimeLeft::Enough { until: at(30) }
        );
        assert_eq!(
            time_left(Some(at(30)), at(25)),
            TimeLeft::Little { until: at(30) }
        );
        assert_eq!(
            time_left(Some(at(30)), at(29)),
            TimeLeft::Little { until: at(30) }
        );
        assert_eq!(time_left(Some(at(30)), at(30)), TimeLeft::Over);
        assert_eq!(time_left(None, at(99)), TimeLeft::NotKnown);
    }

    #[test]
    fn a_draft_is_read_as_it_was_typed_by_the_same_person_only() {
        let draft = Draft {
            github_login: "octo".into(),
            username: " my name?".into(),
            email: "".into(),
        };
        assert_eq!(Draft::read(&draft.print(), "octo"), Some(draft.clone()));
        assert_eq!(Draft::read(&draft.print(), "Octo"), None);
        for text in ["", "octo", "octo\na", "octo\na\nb\nc"] {
            assert_eq!(Draft::read(text, "octo"), None, "{text:?}");
        }
        let forged = Draft {
            username: "a\nb".into(),
            ..draft
        };
        assert_eq!(
            Draft::read(&forged.print(), "octo").map(|read| read.username),
            Some("a b".into())
        );
    }
}
