//! The head of a crate's pages: name, version, description, keywords, whether it is yanked, the way to the other pages.

use leptos::prelude::*;

use super::crate_frame::CrateTab;
use super::follow_button::FollowButton;
use crate::browser::intl;
use crate::domain::krate::{CrateDetail, Krate};
use crate::domain::page::{PageNumber, VersionSort};
use crate::reactive::Memo;
use crate::route::Route;
use crate::state::load::Loader;
use crate::state::session::use_session;
use crate::template::view;

/// Shows the head. What is not known yet is left out.
#[component]
pub fn CrateHead(
    /// In the server's spelling once that is known.
    name: Memo<String>,
    /// The version the page is about.
    version: Memo<Option<String>>,
    /// Whether the tabs keep to that version.
    pinned: Memo<bool>,
    krate: Loader<CrateDetail>,
    tab: CrateTab,
    yanked: Signal<bool>,
) -> impl IntoView {
    let session = use_session();
    let number = move || {
        version
            .get()
            .map(|version| view! { <span class="crate-head__version">"v" {version}</span> })
    };
    let mark = move || {
        yanked
            .get()
            .then(|| view! { <span class="yanked-mark">"yanked"</span> })
    };
    let about = move || krate.with(|krate| krate.ready().cloned()).map(about);
    let busy = move || krate.with(|krate| krate.ready().is_none()).to_string();
    let tabs = move || {
        let known = krate.with(|krate| {
            krate.ready().map(|detail| {
                (
                    detail.krate.num_versions,
                    detail.krate.default_version.clone(),
                )
            })
        });
        let (count, default) = known.unwrap_or_default();
        let pinned = version.get().filter(|_| pinned.get());
        let name = name.get();
        let owns =
            session.with(|session| session.viewer().is_some_and(|viewer| viewer.owns(&name)));
        tabs(&name, pinned, default, count, tab, owns)
    };
    view! {
        <div class="crate-head" aria-busy=busy>
            <div class="crate-head__top">
                <h1 tabindex="-1"><span>{name}</span> {number} {mark}</h1>
                <FollowButton name=name />
            </div>
            {about}
            {tabs}
        </div>
    }
}

fn about(detail: CrateDetail) -> AnyView {
    let Krate {
        description,
        yanked,
        ..
    } = detail.krate;
    let yanked = yanked.then(|| view! { <p>"All versions of this crate are yanked: cargo picks none of them for new projects."</p> });
    let description =
        description.map(|text| view! { <p class="crate-head__description" dir="auto">{text}</p> });
    let keywords = (!detail.keywords.is_empty()).then(|| {
        let items = detail
            .keywords
            .into_iter()
            .map(|keyword| {
                let href = Route::keyword(&keyword.keyword).path();
                view! { <li><a href=href><span aria-hidden="true">"#"</span>{keyword.keyword}</a></li> }
            })
            .collect_view();
        view! { <ul class="keyword-list" aria-label="Keywords">{items}</ul> }
    });
    view! { {description} {yanked} {keywords} }.into_any()
}

fn tabs(
    name: &str,
    pinned: Option<String>,
    default: Option<String>,
    versions: Option<u64>,
    active: CrateTab,
    owns: bool,
) -> AnyView {
    let name = name.to_owned();
    let label = match versions {
        Some(1) => String::from("1 version"),
        Some(count) => intl::number(count) + " versions",
        None => String::from("Versions"),
    };
    let readme = match &pinned {
        Some(version) => Route::version(&name, version),
        None => Route::krate(&name),
    };
    let dependencies = match pinned.or(default) {
        Some(version) => Route::Dependencies {
            name: name.clone(),
            version,
        },
        None => Route::CrateDependencies { name: name.clone() },
    };
    let tabs = [
        (CrateTab::Readme, String::from("Readme"), readme),
        (
            CrateTab::Versions,
            label,
            Route::CrateVersions {
                name: name.clone(),
                sort: VersionSort::default(),
            },
        ),
        (
            CrateTab::Dependencies,
            String::from("Dependencies"),
            dependencies,
        ),
        (
            CrateTab::Dependents,
            String::from("Dependents"),
            Route::Dependents {
                name: name.clone(),
                page: PageNumber::FIRST,
            },
        ),
    ];
    let items = tabs
        .into_iter()
        .map(|(tab, label, route)| {
            view! { <li><a class="tabs__tab" href=route.path() aria-current=(tab == active).then_some("page")>{label}</a></li> }
        })
        .collect_view();
    let settings = owns.then(|| {
        let href = Route::CrateSettings { name: name.clone() }.path();
        view! { <li><a class="tabs__tab" href=href>"Settings"</a></li> }
    });
    view! { <nav class="tabs" aria-label=format!("Pages of {name}")><ul>{items} {settings}</ul></nav> }
        .into_any()
}
