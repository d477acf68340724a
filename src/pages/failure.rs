//! From a failed request to the screen that says so: the one place where both are known.

use leptos::prelude::*;

use crate::api::error::ApiError;
use crate::browser::intl;
use crate::components::error_screen::{ErrorScreen, Problem};
use crate::state::login::use_login;
use crate::state::title::provide_title;
use crate::template::view;

/// What a page says for itself when its subject cannot be had.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Subject {
    /// The heading when there is no such thing.
    pub not_found: String,
    /// What to try then.
    pub advice: String,
    /// The heading when it failed for another reason.
    pub failed: String,
}

impl Subject {
    /// Of a page about a crate; `failed` is its heading when something of the crate cannot be had.
    pub fn of_crate(name: &str, failed: String) -> Self {
        Self {
            not_found: format!("No crate {name}"),
            advice: String::from(
                "There is no crate of this name in the registry. Check the spelling, or search for it above.",
            ),
            failed,
        }
    }
}

/// Chooses the screen for an error.
pub fn problem(error: &ApiError, subject: &Subject) -> Problem {
    let detail = error.detail().unwrap_or_default().to_owned();
    match error {
        ApiError::NotFound { .. } => Problem::NotFound {
            title: subject.not_found.clone(),
            advice: subject.advice.clone(),
        },
        ApiError::SignedOut { .. } => Problem::SignIn,
        ApiError::Forbidden { .. } => Problem::NotYours { detail },
        ApiError::Throttled {
            until: Some(until), ..
        } => Problem::WaitUntil {
            until: intl::clock_time(*until),
            detail,
        },
        ApiError::ReadOnly { .. } => Problem::ReadOnly { detail },
        ApiError::Offline => Problem::Offline,
        ApiError::TimedOut => Problem::TryAgain {
            title: subject.failed.clone(),
            detail: String::from("No answer came in time."),
        },
        ApiError::Malformed => Problem::TryAgain {
            title: subject.failed.clone(),
            detail: String::from("The answer could not be read."),
        },
        ApiError::Throttled { until: None, .. }
        | ApiError::Rejected { .. }
        | ApiError::Server { .. }
        | ApiError::Cancelled => Problem::TryAgain {
            title: subject.failed.clone(),
            detail,
        },
    }
}

/// Shows a problem in the page's place, with the ways on that this app has.
#[component]
pub fn ProblemScreen(
    problem: Problem,
    /// Asks again, where that can help.
    on_retry: Callback<()>,
    /// More to try.
    #[prop(optional)]
    children: Option<ChildrenFn>,
) -> impl IntoView {
    let login = use_login();
    let title = problem.title();
    provide_title(move || title.clone());
    match children {
        Some(children) => view! {
            <ErrorScreen problem=problem on_retry=on_retry login=login>{children()}</ErrorScreen>
        }
        .into_any(),
        None => view! { <ErrorScreen problem=problem on_retry=on_retry login=login /> }.into_any(),
    }
}
