//! A part of the app itself did not arrive: the connection broke, or a new release has taken the old files away.

use leptos::prelude::*;

use crate::browser::{navigation, release};
use crate::components::error_screen::{ErrorScreen, Problem};
use crate::state::title::provide_title;
use crate::template::view;

/// Says so and offers to try again, which after a new release means to load that.
#[component]
pub fn PartMissingScreen(on_retry: Callback<()>) -> impl IntoView {
    let problem = if release::is_out() {
        Problem::NewVersion
    } else {
        Problem::TryAgain {
            title: String::from("This page could not be loaded"),
            detail: String::new(),
        }
    };
    let title = problem.title();
    provide_title(move || title.clone());
    let retry = if release::is_out() {
        Callback::new(|()| navigation::reload())
    } else {
        on_retry
    };
    view! { <ErrorScreen problem=problem on_retry=retry /> }
}
