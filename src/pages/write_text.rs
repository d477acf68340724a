//! The words for a write to one's own account that did not simply succeed. The same for every form of the settings.

use crate::api::error::ApiError;
use crate::browser::intl;
use crate::domain::username::Username;

/// Why nothing was changed.
pub fn refused(error: &ApiError) -> String {
    match error {
        ApiError::ReadOnly { .. } => String::from(
            "Nothing was changed: the registry is read-only at the moment. Try again later; what you entered stays here.",
        ),
        ApiError::Throttled {
            until: Some(until), ..
        } => {
            format!(
                "Nothing was changed: the registry asks for a pause. Try again after {}.",
                intl::clock_time(*until)
            )
        }
        error => match error.detail() {
            Some(detail) => format!("Nothing was changed. The registry says: {detail}"),
            None => {
                String::from("Nothing was changed: the registry refused it and did not say why.")
            }
        },
    }
}

/// The answer was lost, and so far nothing has changed.
pub const NOT_SO_FAR: &str = "The answer was lost on the way, and nothing has changed so far. The registry may be at it still: look again in a moment before you try once more.";

/// The answer was lost, and the truth could not be read.
pub const UNKNOWN: &str = "The answer was lost on the way, and what became of it could not be read either. Look again when the connection is back.";

/// A form of one account was sent while another one is signed in.
pub fn somebody_else(now: &Username) -> String {
    format!(
        "You are signed in as “{now}” now, so what was entered for the other account was not saved."
    )
}
