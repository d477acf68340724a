//! A part of the app itself did not arrive: the connection broke, or a new release has taken the old files away.

use leptos::prelude::*;

use crate::components::error_screen::{ErrorScreen, Problem};
use crate::state::title::provide_title;

/// Says so and offers to try again.
#[component]
pub fn PartMissingScreen(on_retry: Callback<()>) -> impl IntoView {
    provide_title(|| String::from("This page could not be loaded"));
    let problem = Problem::TryAgain {
        title: String::from("This page could not be loaded"),
        detail: String::new(),
    };
    view! { <ErrorScreen problem=problem on_retry=on_retry /> }
}
