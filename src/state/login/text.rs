//! What is said when signing in fails on the way to the registry or back.

use crate::api::error::ApiError;
use crate::browser::network;

/// The registry could not be asked where to go.
pub(super) fn could_not_begin(error: &ApiError) -> String {
    match error {
        ApiError::Offline if network::is_offline() => {
            String::from("You are offline. Signing in needs a connection.")
        }
        error => format!("Signing in could not begin. {}", reason(error)),
    }
}

/// The registry did not take what GitHub had said.
pub(super) fn failed(error: &ApiError) -> String {
    format!("Signing in failed. {}", reason(error))
}

fn reason(error: &ApiError) -> &str {
    match error {
        ApiError::Offline => "The registry could not be reached. Try again.",
        ApiError::TimedOut => "The registry did not answer in time. Try again.",
        ApiError::Malformed => "The registry's answer could not be read. Try again.",
        error => error.detail().unwrap_or("Try again."),
    }
}
