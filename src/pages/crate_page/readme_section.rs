//! The README of a version: on its way, shown, absent, or failed with a way to try again.

use std::rc::Rc;

use leptos::prelude::*;

use crate::api::error::ApiError;
use crate::api::transport::BEGINNING;
use crate::browser::timer;
use crate::components::readme::Readme;
use crate::components::section_problem::SectionProblem;
use crate::pages::failure::{Subject, problem};
use crate::reactive::{Memo, RwSignal};
use crate::state::client::use_client;
use crate::state::load::{Load, Weight, load};
use crate::state::preferences::use_preferences;
use crate::state::site::use_site;
use crate::template::view;

/// What there is to show.
#[derive(Clone, PartialEq)]
enum Stage {
    OnItsWay,
    /// All of it, or how it begins.
    Shown,
    Absent,
    Failed(ApiError),
}

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
            let readme = client
                .readme(&name, &version, cdn_base.as_deref(), on_beginning)
                .await;
            if let Ok(Some(readme)) = &readme
                && readme.html.len() > BEGINNING
            {
                // The beginning is painted before the browser is busy with the rest, also where all of it is here at once.
                if beginning.try_with_untracked(Option::is_none) == Some(true) {
                    let end = readme.html.floor_char_boundary(BEGINNING);
                    beginning.try_set(readme.html.get(..end).map(String::from));
                }
                timer::frame().await;
            }
            readme
        })
    });
    // Its text stays when the rest of it comes.
    let stage = Memo::new(move |_| {
        readme.with(|readme| match readme {
            Load::Loading if beginning.with(Option::is_some) => Stage::Shown,
            Load::Loading => Stage::OnItsWay,
            Load::Ready(Some(readme)) if !readme.html.trim().is_empty() => Stage::Shown,
            Load::Ready(_) => Stage::Absent,
            Load::Failed(error) => Stage::Failed(error.clone()),
        })
    });
    let content = move || {
        match stage.get() {
        Stage::OnItsWay => view! { <div class="crate-list crate-page__wait" aria-hidden="true"><div class="placeholder-row"></div></div> }.into_any(),
        Stage::Shown => view! { <Readme readme=readme beginning=beginning preferences=preferences /> }.into_any(),
        Stage::Absent => view! { <p class="empty-state">{format!("{name} {version} has no README.")}</p> }.into_any(),
        Stage::Failed(error) => {
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
