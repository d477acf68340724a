//! A part of the app itself did not arrive: the connection broke, or a new release has taken the old files away.

use leptos::prelude::*;

use crate::browser::{navigation, release};
use crate::components::error_screen::{ErrorScreen, Problem};
use crate::components::section_problem::SectionProblem;
use crate::state::title::provide_title;
use crate::template::view;

/// Says so and offers to try again, which after a new release means to load that.
#[component]
pub fn PartMissingScreen(on_retry: Callback<()>) -> impl IntoView {
    let (problem, retry) = missing("This page could not be loaded", on_retry);
    let title = problem.title();
    provide_title(move || title.clone());
    view! { <ErrorScreen problem=problem on_retry=retry /> }
}

/// The same where only something in a page did not arrive.
#[component]
pub fn PartMissingNote(on_retry: Callback<()>) -> impl IntoView {
    let (problem, retry) = missing("This could not be loaded", on_retry);
    view! { <SectionProblem problem=problem on_retry=retry /> }
}

fn missing(title: &str, on_retry: Callback<()>) -> (Problem, Callback<()>) {
    if release::is_out() {
        (
            Problem::NewVersion,
            Callback::new(|()| navigation::reload()),
        )
    } else {
        let problem = Problem::TryAgain {
            title: title.to_owned(),
            detail: String::new(),
        };
        (problem, on_retry)
    }
}
