//! All versions of a crate, latest or highest first, a hundred at a time.

mod version_list;
mod yanking;

use leptos::prelude::*;

use super::crate_page::crate_frame::{AboutVersion, CrateFrame, CrateTab};
use super::failure::{Subject, problem};
use crate::browser::intl;
use crate::components::section_problem::SectionProblem;
use crate::components::sort_menu::SortMenu;
use crate::domain::krate::{CrateDetail, Krate};
use crate::domain::page::VersionSort;
use crate::domain::version::VersionPage;
use crate::reactive::Memo;
use crate::route::Route;
use crate::state::client::use_client;
use crate::state::crate_cache::use_crate_cache;
use crate::state::load::{Load, Loader, Weight, load_on};
use crate::state::navigation::use_navigation;
use crate::template::view;
use version_list::VersionList;

/// The most that the registry gives at a time.
const PER_PAGE: u32 = 100;

/// Shows the versions of the crate of this name.
#[component]
pub fn CrateVersionsPage(
    /// As it stands in the address.
    name: String,
) -> impl IntoView {
    let client = use_client();
    let navigation = use_navigation();
    let krate = use_crate_cache().load(&name);
    let sort = Memo::new(move |_| match navigation.route().get() {
        Route::CrateVersions { sort, .. } => sort,
        _ => VersionSort::default(),
    });
    let asked = name.clone();
    // Beside the crate and not after it.
    let versions = load_on(Weight::Content, sort, move |sort| {
        let (client, name) = (client.clone(), asked.clone());
        Box::pin(async move { client.versions(&name, sort, PER_PAGE).await })
    });
    let content = Callback::new(move |detail: CrateDetail| {
        view! { <Versions krate=detail.krate versions=versions sort=sort /> }.into_any()
    });
    view! {
        <CrateFrame name=name krate=krate tab=CrateTab::Versions about=AboutVersion::None yanked=false content=content />
    }
}

#[component]
fn Versions(krate: Krate, versions: Loader<VersionPage>, sort: Memo<VersionSort>) -> impl IntoView {
    let navigation = use_navigation();
    let name = krate.name.clone();
    let choose = Callback::new(move |chosen: String| {
        if let Some(sort) = VersionSort::parse(&chosen) {
            navigation.go(&Route::CrateVersions {
                name: name.clone(),
                sort,
            });
        }
    });
    let orders = vec![
        (VersionSort::Date.as_str(), "Date"),
        (VersionSort::Semver.as_str(), "Version number"),
    ];
    let current = Signal::derive(move || sort.get().as_str());
    let since = krate
        .created_at
        .map(|time| view! { <p>"First published on " {intl::long_date(time)}</p> });
    let content = move || match versions.get() {
        Load::Loading => {
            let rows = (0..6)
                .map(|_| view! { <div class="placeholder-row"></div> })
                .collect_view();
            view! { <div class="crate-list" aria-hidden="true">{rows}</div> }.into_any()
        }
        Load::Ready(page) => {
            view! { <VersionList krate=krate.name.clone() first=page /> }.into_any()
        }
        Load::Failed(error) => {
            let subject = Subject {
                not_found: String::from("There are no versions"),
                advice: String::new(),
                failed: String::from("The versions could not be loaded"),
            };
            let retry = Callback::new(move |()| versions.reload());
            view! { <SectionProblem problem=problem(&error, &subject) on_retry=retry /> }.into_any()
        }
    };
    view! {
        <section class="versions" aria-labelledby="versions-heading">
            <div class="list-head">
                <h2 id="versions-heading">"Versions"</h2>
                <SortMenu options=orders current=current on_choose=choose />
            </div>
            {since}
            <div aria-busy=move || versions.is_busy().to_string()>{content}</div>
        </section>
    }
}
