//! An address with a parameter that cannot be read. Nothing is asked for it: the registry would only refuse.

use leptos::prelude::*;

use crate::components::error_screen::{ErrorScreen, Problem};
use crate::state::title::provide_title;
use crate::template::view;

/// Says which part of the address is wrong.
#[component]
pub fn MalformedPage(parameter: &'static str, value: String, path: String) -> impl IntoView {
    provide_title(|| String::from("This address cannot be read"));
    let problem = Problem::NotFound {
        title: String::from("This address cannot be read"),
        advice: format!("Its part “{parameter}” says “{value}”, which means nothing here."),
    };
    view! {
        <ErrorScreen problem=problem>
            <p><a href=path.clone()>"The same page without it"</a></p>
        </ErrorScreen>
    }
}
