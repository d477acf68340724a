//! The README of a version: on its way, shown, absent, or failed with a way to try again.

use leptos::prelude::*;

use crate::components::readme::Readme;
use crate::components::section_problem::SectionProblem;
use crate::pages::failure::{Subject, problem};
use crate::state::client::use_client;
use crate::state::load::{Load, Weight, load};
use crate::state::preferences::use_preferences;
use crate::state::site::use_site;
use crate::template::view;

/// Shows the README.
#[component]
pub fn ReadmeSection(name: String, version: String) -> impl IntoView {
    let client = use_client();
    let site = use_site();
    let preferences = use_preferences();
    let (asked_name, asked_version) = (name.clone(), version.clone());
    let readme = load(Weight::Content, move || {
        let (client, name, version) = (client.clone(), asked_name.clone(), asked_version.clone());
        Box::pin(async move {
            let cdn_base = site.when_known().await.and_then(|site| site.cdn_base);
            client.readme(&name, &version, cdn_base.as_deref()).await
        })
    });
    let content = move || {
        match readme.get() {
        Load::Loading => view! { <div class="crate-list crate-page__wait" aria-hidden="true"><div class="placeholder-row"></div></div> }.into_any(),
        Load::Ready(Some(readme)) if !readme.html.trim().is_empty() => view! { <Readme html=readme.html preferences=preferences /> }.into_any(),
        Load::Ready(_) => view! { <p class="empty-state">{format!("{name} {version} has no README.")}</p> }.into_any(),
        Load::Failed(error) => {
            let subject = Subject {
                not_found: String::new(),
                advice: String::new(),
                failed: String::from("The README could not be loaded"),
            };
            let retry = Callback::new(move |()| readme.reload());
            view! { <SectionProblem problem=problem(&error, &subject) on_retry=retry /> }.into_any()
        }
    }
    };
    view! { <div>{content}</div> }
}
