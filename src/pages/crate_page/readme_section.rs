//! The README of a version: on its way, shown, absent, or failed with a way to try again.

use std::rc::Rc;

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
    let beginning = RwSignal::new(None);
    let readme = load(Weight::Content, move || {
        let (client, name, version) = (client.clone(), asked_name.clone(), asked_version.clone());
        beginning.set(None);
        Box::pin(async move {
            let cdn_base = site.when_known().await.and_then(|site| site.cdn_base);
            let on_beginning = Rc::new(move |html| {
                beginning.try_set(Some(html));
            });
            client
                .readme(&name, &version, cdn_base.as_deref(), on_beginning)
                .await
        })
    });
    // Its text stays when the rest of it comes.
    let stage = Memo::new(move |_| {
        readme.with(|readme| match readme {
            Load::Loading if beginning.with(Option::is_some) => Load::Ready(true),
            Load::Loading => Load::Loading,
            Load::Ready(readme) => Load::Ready(
                readme
                    .as_ref()
                    .is_some_and(|readme| !readme.html.trim().is_empty()),
            ),
            Load::Failed(error) => Load::Failed(error.clone()),
        })
    });
    let content = move || {
        match stage.get() {
        Load::Loading => view! { <div class="crate-list crate-page__wait" aria-hidden="true"><div class="placeholder-row"></div></div> }.into_any(),
        Load::Ready(true) => view! { <Readme readme=readme beginning=beginning preferences=preferences /> }.into_any(),
        Load::Ready(false) => view! { <p class="empty-state">{format!("{name} {version} has no README.")}</p> }.into_any(),
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
