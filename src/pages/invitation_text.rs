//! The words for an answer to an invitation that was refused.

use super::owner_text;
use crate::api::error::ApiError;
use crate::domain::owner_addition::Refusal;

/// Whether there is nothing left to answer.
pub fn is_over(error: &ApiError) -> bool {
    matches!(
        error,
        ApiError::NotFound { .. } | ApiError::Rejected { status: 410, .. }
    )
}

/// Whether the invited person's e-mail address has to be confirmed first.
pub fn needs_email(error: &ApiError) -> bool {
    error.detail().and_then(Refusal::read) == Some(Refusal::EmailNotConfirmed)
}

/// Why nothing was changed.
pub fn refused(error: &ApiError) -> String {
    match error {
        ApiError::NotFound { .. } => String::from(
            "There is no such invitation (any more): it was answered already, or never was.",
        ),
        ApiError::Rejected { status: 410, .. } => {
            String::from("The invitation has expired. Ask an owner of the crate for a new one.")
        }
        error => owner_text::refused(error),
    }
}
