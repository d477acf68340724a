//! An address that is no page.

use leptos::prelude::*;

use crate::components::error_screen::{ErrorScreen, Problem};
use crate::state::title::provide_title;
use crate::template::view;

/// Says that there is nothing at this address.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    provide_title(|| String::from("Page not found"));
    let problem = Problem::NotFound {
        title: String::from("Page not found"),
        advice: String::from(
            "There is nothing at this address. Check its spelling, or search for a crate above.",
        ),
    };
    view! { <ErrorScreen problem=problem /> }
}
