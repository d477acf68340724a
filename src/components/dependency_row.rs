//! A dependency: what is needed, in which versions, with which features, for which platform.

use leptos::prelude::*;

use super::crate_list::shorten;
use crate::domain::dependency::Dependency;
use crate::route::Route;
use crate::template::view;

/// How much of a description a row shows, in characters.
const DESCRIPTION: usize = 200;

/// Shows the row. The description is `None` while it is on its way, and empty where there is none.
pub fn dependency_row(dependency: Dependency, description: Signal<Option<String>>) -> AnyView {
    let req = dependency.req.trim().to_owned();
    let range = if req.is_empty() {
        String::from("*")
    } else {
        req.clone()
    };
    let href = Route::CrateRange {
        name: dependency.krate.clone(),
        req: range,
    }
    .path();
    let requirement = match req.as_str() {
        "" | "*" => String::from("any version"),
        _ => req,
    };
    let optional = dependency
        .optional
        .then(|| view! { <li class="dependency-row__mark">"optional"</li> });
    let defaults =
        (!dependency.default_features).then(|| view! { <li>"without default features"</li> });
    let features = (!dependency.features.is_empty()).then(|| {
        let label = if dependency.default_features {
            "also with "
        } else {
            "with "
        };
        view! { <li>{label} <code>{dependency.features.join(", ")}</code></li> }
    });
    let target = dependency
        .target
        .clone()
        .map(|target| view! { <li>"only on " <code>{target}</code></li> });
    let description = move || {
        match description.get() {
        None => Some(view! { <p class="placeholder" aria-hidden="true">"What it is about is on its way"</p> }.into_any()),
        Some(text) if text.trim().is_empty() => None,
        Some(text) => Some(view! { <p class="dependency-row__description" dir="auto">{shorten(&text, DESCRIPTION)}</p> }.into_any()),
    }
    };
    view! {
        <li class="dependency-row">
            <p class="dependency-row__name"><a href=href>{dependency.krate}</a> <code class="dependency-row__req">{requirement}</code></p>
            <ul class="dependency-row__facts">{optional} {defaults} {features} {target}</ul>
            {description}
        </li>
    }
    .into_any()
}
