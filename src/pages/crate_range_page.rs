//! `/crates/{name}/range/{req}`: leads to the version that cargo would pick for a requirement. Lists of dependencies link here.

use leptos::prelude::*;

use super::failure::{ProblemScreen, Subject, problem};
use crate::api::error::ApiError;
use crate::components::error_screen::{ErrorScreen, Problem};
use crate::domain::page::VersionSort;
use crate::domain::requirement::Requirement;
use crate::reactive::effect;
use crate::route::Route;
use crate::state::client::{SharedClient, use_client};
use crate::state::load::{Load, Weight, load};
use crate::state::navigation::use_navigation;
use crate::state::title::provide_title;
use crate::template::view;

/// The most that the registry gives at a time. Most requirements are met by one of the highest versions.
const PER_PAGE: u32 = 100;

/// Leads on, or says that nothing fits.
#[component]
pub fn CrateRangePage(
    /// As it stands in the address.
    name: String,
    /// The requirement, as in `Cargo.toml`.
    req: String,
) -> impl IntoView {
    let Some(requirement) = Requirement::parse(&req) else {
        return view! { <NothingFits name=name req=req readable=false /> }.into_any();
    };
    let client = use_client();
    let navigation = use_navigation();
    let asked = name.clone();
    let best = load(Weight::Content, move || {
        let (client, name, requirement) = (client.clone(), asked.clone(), requirement.clone());
        Box::pin(async move { search(&client, &name, requirement).await })
    });
    let to = name.clone();
    effect(move |_| {
        best.with(|best| {
            if let Some(Some(version)) = best.ready() {
                navigation.replace(&Route::version(&to, version));
            }
        });
    });
    let screen = move || match best.get() {
        Load::Loading | Load::Ready(Some(_)) => {
            view! { <OnTheWay name=name.clone() req=req.clone() /> }.into_any()
        }
        Load::Ready(None) => {
            view! { <NothingFits name=name.clone() req=req.clone() readable=true /> }.into_any()
        }
        Load::Failed(error) => {
            let subject =
                Subject::of_crate(&name, format!("The versions of {name} could not be loaded"));
            let retry = Callback::new(move |()| best.reload());
            view! { <ProblemScreen problem=problem(&error, &subject) on_retry=retry /> }.into_any()
        }
    };
    view! { <div class="crate-page">{screen}</div> }.into_any()
}

/// Looks through the versions, highest first, until one fits.
async fn search(
    client: &SharedClient,
    name: &str,
    mut requirement: Requirement,
) -> Result<Option<String>, ApiError> {
    let mut page = client.versions(name, VersionSort::Semver, PER_PAGE).await?;
    loop {
        if let Some(found) = requirement.look_at(&page.versions) {
            return Ok(Some(found));
        }
        match page.next {
            Some(next) if !page.versions.is_empty() => {
                page = client.more_versions(name, &next).await?
            }
            _ => return Ok(requirement.second_best()),
        }
    }
}

#[component]
fn OnTheWay(name: String, req: String) -> impl IntoView {
    let title = format!("{name} {req}");
    provide_title(move || title.clone());
    view! {
        <h1 tabindex="-1" aria-busy="true">{name}</h1>
        <p>"Looking for the version that fits " <code>{req}</code> " …"</p>
    }
}

#[component]
fn NothingFits(
    name: String,
    req: String,
    /// Whether the requirement could be read at all.
    readable: bool,
) -> impl IntoView {
    let title = format!("No version of {name} fits {req}");
    let problem = Problem::NotFound {
        title: title.clone(),
        advice: String::from(if readable {
            "None of its versions meets this requirement."
        } else {
            "This is no requirement that cargo could read."
        }),
    };
    provide_title(move || title.clone());
    let versions = Route::CrateVersions {
        name,
        sort: VersionSort::Semver,
    }
    .path();
    view! {
        <ErrorScreen problem=problem>
            <p><a href=versions.clone()>"See all its versions"</a></p>
        </ErrorScreen>
    }
}
