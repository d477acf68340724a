//! What can go wrong with a request: a closed set, each kind of which a page answers in its own way.
//!
//! Statuses and the one error envelope, `{"errors":[{"detail":"…"}]}`, end here. Two texts are compared, because nothing
//! else in the recordings tells these cases apart; every other text is only ever shown. It must not know of screens.

use crate::api::transport::TransportError;
use crate::domain::time::Timestamp;

/// Why a request brought nothing. `detail` is the server's text, to be shown as text, and empty when there was none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiError {
    /// 404: there is no such thing.
    NotFound {
        /// The server's text.
        detail: String,
    },
    /// 403 because nobody is signed in (contract, trap 1).
    SignedOut {
        /// The server's text.
        detail: String,
    },
    /// 403 for another reason: not yours, account locked, e-mail address not confirmed.
    Forbidden {
        /// The server's text.
        detail: String,
    },
    /// The request was understood and refused: another status from 400 to 499, or 200 with errors (contract, trap 2).
    Rejected {
        /// The status.
        status: u16,
        /// The server's text.
        detail: String,
    },
    /// 429: too often, or too early.
    Throttled {
        /// When it may be tried again, by the server's clock, if that was said.
        until: Option<Timestamp>,
        /// The server's text.
        detail: String,
    },
    /// 503 because nothing can be changed at present.
    ReadOnly {
        /// The server's text.
        detail: String,
    },
    /// Another status from 500, or 408: trouble that may pass. After a write, its outcome is unknown.
    Server {
        /// The status.
        status: u16,
        /// The server's text.
        detail: String,
    },
    /// No answer: no network, or the connection broke. After a write, its outcome is unknown.
    Offline,
    /// No answer in time. After a write, its outcome is unknown.
    TimedOut,
    /// A success whose body is not what the API promises. After a write, its outcome is unknown.
    Malformed,
    /// The one who asked no longer wants to know.
    Cancelled,
}

/// How anonymous requests to protected endpoints are refused, always with status 403.
const SIGNED_OUT: &str = "this action requires authentication";

/// Part of how writes are refused while the database is read-only, with status 503.
const READ_ONLY: &str = "read-only mode";

impl ApiError {
    /// The error that an answer with this status and text is; `until` is its `Retry-After`.
    pub(super) fn of_answer(status: u16, detail: String, until: Option<Timestamp>) -> Self {
        match status {
            404 => Self::NotFound { detail },
            403 | 200 if detail == SIGNED_OUT => Self::SignedOut { detail },
            403 => Self::Forbidden { detail },
            429 => Self::Throttled { until, detail },
            200 | 503 if detail.contains(READ_ONLY) => Self::ReadOnly { detail },
            408 | 500.. => Self::Server { status, detail },
            _ => Self::Rejected { status, detail },
        }
    }

    /// The server's text, where there is one.
    pub fn detail(&self) -> Option<&str> {
        match self {
            Self::NotFound { detail }
            | Self::SignedOut { detail }
            | Self::Forbidden { detail }
            | Self::Rejected { detail, .. }
            | Self::Throttled { detail, .. }
            | Self::ReadOnly { detail }
            | Self::Server { detail, .. } => Some(detail)
                .filter(|text| !text.is_empty())
                .map(String::as_str),
            Self::Offline | Self::TimedOut | Self::Malformed | Self::Cancelled => None,
        }
    }

    /// Whether a write that ended so may have been carried out all the same. The truth has to be read back then.
    pub fn leaves_outcome_unknown(&self) -> bool {
        match self {
            Self::Server { .. }
            | Self::Offline
            | Self::TimedOut
            | Self::Malformed
            | Self::Cancelled => true,
            Self::NotFound { .. }
            | Self::SignedOut { .. }
            | Self::Forbidden { .. }
            | Self::Rejected { .. }
            | Self::Throttled { .. }
            | Self::ReadOnly { .. } => false,
        }
    }

    /// Whether the same request may well succeed a little later.
    pub fn may_pass(&self) -> bool {
        matches!(
            self,
            Self::Server { .. } | Self::Offline | Self::TimedOut | Self::Malformed
        )
    }
}

impl From<TransportError> for ApiError {
    fn from(error: TransportError) -> Self {
        match error {
            TransportError::Offline => Self::Offline,
            TransportError::Cancelled => Self::Cancelled,
            TransportError::TimedOut => Self::TimedOut,
        }
    }
}
