//! One attempt to sign in: which answer from GitHub belongs to it.
//!
//! The answer comes as a message that any page might send, and by two paths at once (the popup's opener and the broadcast
//! channel). It counts when it comes from this origin, has the right shape and carries the `state` that the attempt began
//! with (RFC 6749, section 10.12); and it counts once. A popup that looks closed ends nothing: browsers report a popup on a
//! foreign site as closed. This must not know of windows, channels or requests.

/// A message as it came in. Its fields are whatever the sender put there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The path that it came by, as far as the browser vouches for it.
    pub sender: Sender,
    /// What the registry exchanges for the identity.
    pub code: Option<String>,
    /// What the way to GitHub began with.
    pub state: Option<String>,
    /// Why there is no code.
    pub error: Option<String>,
}

/// Who sent a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sender {
    /// The window that this attempt opened, with a page of this origin in it.
    Popup,
    /// The broadcast channel, which pages of this origin alone can use.
    Channel,
    /// Another window, or another origin.
    Stranger,
}

/// What GitHub answered to this attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The person agreed. Both go to the registry.
    Granted {
        /// See [`Message::code`].
        code: String,
        /// See [`Message::state`].
        state: String,
    },
    /// The person refused.
    Denied,
    /// GitHub refused, for a reason it names in a word of its own.
    Failed {
        /// That word.
        error: String,
    },
}

/// An attempt to sign in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Attempt {
    /// Begun; the registry has not said the `state` yet, so no answer can belong to it.
    #[default]
    Starting,
    /// The person is at GitHub.
    AtGitHub {
        /// What the answer has to carry.
        state: String,
        /// Whether the popup looks closed: then "try again" is offered, and the answer is waited for all the same.
        looks_closed: bool,
    },
    /// Answered, or given up for a newer attempt: nothing belongs to it any more.
    Over,
}

impl Attempt {
    /// The registry said with which `state` the person leaves for GitHub. An empty one protects nothing and is not taken.
    pub fn left_with(&mut self, state: &str) {
        if *self == Self::Starting && !state.is_empty() {
            *self = Self::AtGitHub {
                state: state.to_owned(),
                looks_closed: false,
            };
        }
    }

    /// The browser says that the popup is closed, or open again.
    pub fn popup_looks_closed(&mut self, closed: bool) {
        if let Self::AtGitHub { looks_closed, .. } = self {
            *looks_closed = closed;
        }
    }

    /// Whether "try again" is to be offered while the answer is still waited for.
    pub fn may_be_abandoned(&self) -> bool {
        matches!(
            self,
            Self::AtGitHub {
                looks_closed: true,
                ..
            }
        )
    }

    /// A newer attempt takes its place.
    pub fn give_up(&mut self) {
        *self = Self::Over;
    }

    /// Takes a message in. `Some` once, for the one that belongs to this attempt; every other changes nothing.
    pub fn receive(&mut self, message: Message) -> Option<Answer> {
        let Self::AtGitHub {
            state: expected, ..
        } = self
        else {
            return None;
        };
        let Message {
            sender: Sender::Popup | Sender::Channel,
            code,
            state: Some(state),
            error,
        } = message
        else {
            return None;
        };
        if state != *expected {
            return None;
        }
        let answer = match (present(code), present(error)) {
            (Some(code), None) => Answer::Granted { code, state },
            (None, Some(error)) if error == "access_denied" => Answer::Denied,
            (None, Some(error)) => Answer::Failed { error },
            // Neither, or both: no answer that GitHub gives.
            (None, None) | (Some(_), Some(_)) => return None,
        };
        *self = Self::Over;
        Some(answer)
    }
}

fn present(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    fn granted() -> Message {
        Message {
            sender: Sender::Popup,
            code: some("c"),
            state: some("s"),
            error: None,
        }
    }

    fn at_github() -> Attempt {
        let mut attempt = Attempt::default();
        attempt.left_with("s");
        attempt
    }

    #[test]
    fn the_answer_counts_once_by_whichever_path_it_comes_first() {
        for sender in [Sender::Popup, Sender::Channel] {
            let mut attempt = at_github();
            let answer = attempt.receive(Message {
                sender,
                ..granted()
            });
            assert_eq!(
                answer,
                Some(Answer::Granted {
                    code: "c".into(),
                    state: "s".into()
                })
            );
            assert_eq!(attempt.receive(granted()), None);
        }
    }

    #[test]
    fn whatever_does_not_belong_changes_nothing() {
        let mut attempt = at_github();
        for message in [
            Message {
                sender: Sender::Stranger,
                ..granted()
            },
            Message {
                state: some("other"),
                ..granted()
            },
            Message {
                state: some("S"),
                ..granted()
            },
            Message {
                state: None,
                ..granted()
            },
            Message {
                code: None,
                ..granted()
            },
            Message {
                code: some(""),
                ..granted()
            },
            Message {
                error: some("access_denied"),
                ..granted()
            },
        ] {
            assert_eq!(attempt.receive(message.clone()), None, "{message:?}");
        }
        assert!(
            attempt.receive(granted()).is_some(),
            "and the right one still counts"
        );
    }

    #[test]
    fn before_the_state_is_known_and_after_a_newer_attempt_nothing_counts() {
        let mut starting = Attempt::default();
        starting.left_with("");
        assert_eq!(
            starting.receive(Message {
                state: some(""),
                ..granted()
            }),
            None
        );
        assert_eq!(starting, Attempt::Starting);
        let mut over = at_github();
        over.give_up();
        over.left_with("s");
        assert_eq!(over.receive(granted()), None);
    }

    #[test]
    fn refusals_are_told_apart() {
        let refused = |error: &str| Message {
            code: None,
            error: some(error),
            ..granted()
        };
        assert_eq!(
            at_github().receive(refused("access_denied")),
            Some(Answer::Denied)
        );
        let failed = Answer::Failed {
            error: "application_suspended".into(),
        };
        assert_eq!(
            at_github().receive(refused("application_suspended")),
            Some(failed)
        );
    }

    #[test]
    fn a_popup_that_looks_closed_may_still_answer() {
        let mut attempt = at_github();
        attempt.popup_looks_closed(true);
        assert!(attempt.may_be_abandoned());
        attempt.popup_looks_closed(false);
        assert!(!attempt.may_be_abandoned());
        attempt.popup_looks_closed(true);
        assert!(attempt.receive(granted()).is_some());
        assert!(!attempt.may_be_abandoned());
    }
}
