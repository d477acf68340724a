//! A part of a page that could not be loaded, while the rest can be read.

use leptos::prelude::*;

use crate::template::view;

use super::error_screen::Problem;

/// Says what failed and offers to try again.
#[component]
pub fn SectionProblem(problem: Problem, on_retry: Callback<()>) -> impl IntoView {
    let detail = problem
        .detail()
        .map(|detail| view! { <p class="error-screen__detail">{detail}</p> });
    view! {
        <div class="notice" data-kind="error" role="alert">
            <div class="notice__text">
                <p><strong>{problem.title()}</strong></p>
                <p>{problem.text()}</p>
                {detail}
                <button type="button" class="button" on:click=move |_| on_retry.run(())>"Try again"</button>
            </div>
        </div>
    }
}
