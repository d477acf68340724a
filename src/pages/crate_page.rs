//! A crate, or one version of it: what it is, its README, how to install it, who owns it, how much it is used.

mod crate_aside;
pub mod crate_frame;
mod crate_head;
mod downloads;
mod downloads_section;
mod follow_button;
mod owners_section;
mod readme_section;

use leptos::prelude::*;

use super::failure::{Subject, problem};
use crate::api::error::ApiError;
use crate::components::section_problem::SectionProblem;
use crate::domain::krate::CrateDetail;
use crate::domain::krate_owner::CrateOwner;
use crate::domain::page::VersionSort;
use crate::domain::version::Version;
use crate::route::Route;
use crate::state::client::use_client;
use crate::state::crate_cache::use_crate_cache;
use crate::state::load::{Load, Loader, Weight, load, load_unless_known};
use crate::template::view;
use crate_aside::CrateAside;
use crate_frame::{AboutVersion, CrateFrame, CrateTab};
pub use downloads::{Downloads, DownloadsPlaceholder};
use downloads_section::DownloadsSection;
use owners_section::OwnersSection;
use readme_section::ReadmeSection;

/// Shows the page of the crate of this name, in any spelling, with its default version.
#[component]
pub fn CratePage(
    /// As it stands in the address.
    name: String,
    /// Its downloads, or those of one version.
    downloads: fn(String, Option<String>) -> AnyView,
) -> impl IntoView {
    let krate = use_crate_cache().load(&name);
    let owners = load_owners(&name);
    let yanked = Signal::derive(move || {
        krate.with(|krate| krate.ready().is_some_and(|detail| detail.krate.yanked))
    });
    let content = Callback::new(move |detail: CrateDetail| {
        let version = detail.default_version().cloned();
        let number = detail.krate.default_version.clone();
        body(detail, number, version, false, owners, downloads)
    });
    view! { <CrateFrame name=name krate=krate tab=CrateTab::Readme about=AboutVersion::Default yanked=yanked content=content /> }
}

/// Shows the page of one version of a crate.
#[component]
pub fn CrateVersionPage(
    /// As it stands in the address.
    name: String,
    /// The version's number in full, as it stands in the address.
    version: String,
    /// The downloads of the version.
    downloads: fn(String, Option<String>) -> AnyView,
) -> impl IntoView {
    let cache = use_crate_cache();
    let krate = cache.load(&name);
    let owners = load_owners(&name);
    let client = use_client();
    let known = cache.known(&name).and_then(|detail| {
        detail
            .versions
            .into_iter()
            .find(|known| known.num == version)
    });
    let asked = (name.clone(), version.clone());
    // Beside the crate and not after it.
    let found: Loader<Version> = load_unless_known(Weight::Content, known, move || {
        let (client, (name, version)) = (client.clone(), asked.clone());
        Box::pin(async move { client.version(&name, &version).await })
    });
    let yanked = Signal::derive(move || {
        found.with(|found| found.ready().is_some_and(|version| version.yanked))
    });
    let number = version.clone();
    let content = Callback::new(move |detail: CrateDetail| {
        let number = number.clone();
        let content = move || {
            match found.get() {
            Load::Loading => view! { <div class="crate-list" aria-hidden="true"><div class="placeholder-row"></div></div> }.into_any(),
            Load::Ready(version) => body(detail.clone(), Some(version.num.clone()), Some(version), true, owners, downloads),
            Load::Failed(error) => {
                let failed = format!("Version {number} could not be loaded");
                let retry = Callback::new(move |()| found.reload());
                version_failure(&detail.krate.name, &number, &error, failed, retry)
            }
        }
        };
        view! { <div>{content}</div> }.into_any()
    });
    let about = AboutVersion::Named(version);
    view! { <CrateFrame name=name krate=krate tab=CrateTab::Readme about=about yanked=yanked content=content /> }
}

// Asked for by the name in the address, beside the crate and not after it. How long the page is hangs on them too, so whoever
// comes back to a place in it waits for them.
fn load_owners(name: &str) -> Loader<Vec<CrateOwner>> {
    let (client, name) = (use_client(), name.to_owned());
    load(Weight::Content, move || {
        let (client, name) = (client.clone(), name.clone());
        Box::pin(async move { client.crate_owners(&name).await })
    })
}

fn body(
    detail: CrateDetail,
    number: Option<String>,
    version: Option<Version>,
    pinned: bool,
    owners: Loader<Vec<CrateOwner>>,
    downloads: fn(String, Option<String>) -> AnyView,
) -> AnyView {
    let name = detail.krate.name.clone();
    let yanked = version
        .as_ref()
        .filter(|version| version.yanked)
        .map(yanked_note);
    // The way from a version to the crate itself.
    let default = detail
        .krate
        .default_version
        .clone()
        .filter(|default| pinned && number.as_ref() != Some(default));
    let default = default.map(|default| {
        let href = Route::krate(&name).path();
        view! { <p class="crate-page__default">"This is not the version shown first. " <a href=href>{format!("See {name} {default}")}</a></p> }
    });
    let readme = number
        .clone()
        .map(|version| view! { <ReadmeSection name=name.clone() version=version /> });
    let downloads = view! { <DownloadsSection name=name version=number.filter(|_| pinned) downloads=downloads /> };
    view! {
        {default}
        {yanked}
        <p class="crate-page__to-owners"><a href="#owners-heading">"Who owns this crate"</a></p>
        <div class="crate-body">
            <div>{readme}</div>
            <aside class="crate-aside" aria-label="About this crate">
                <OwnersSection owners=owners />
                <CrateAside detail=detail version=version pinned=pinned />
            </aside>
        </div>
        {downloads}
    }
    .into_any()
}

fn yanked_note(version: &Version) -> AnyView {
    let reason = version
        .yank_message
        .clone()
        .map(|reason| view! { <p>"The reason given: " <bdi>{reason}</bdi></p> });
    view! {
        <div class="notice" data-kind="info">
            <div class="notice__text">
                <p>"Version " {version.num.clone()} " is yanked: cargo does not pick it for new projects, but can still download it."</p>
                {reason}
            </div>
        </div>
    }
    .into_any()
}

/// Below the crate's own head, which is right: only the version is not.
fn no_version(name: &str, number: &str) -> AnyView {
    let versions = Route::CrateVersions {
        name: name.to_owned(),
        sort: VersionSort::default(),
    }
    .path();
    view! {
        <div class="empty-state">
            <h2>{format!("{name} has no version {number}")}</h2>
            <p><a href=versions>"See all its versions"</a></p>
        </div>
    }
    .into_any()
}

/// What a page about a version says when what it is made of cannot be had; `failed` is its heading.
pub fn version_failure(
    name: &str,
    number: &str,
    error: &ApiError,
    failed: String,
    retry: Callback<()>,
) -> AnyView {
    // To the registry, what cannot be a version number is a malformed address.
    if matches!(error, ApiError::NotFound { .. } | ApiError::Rejected { .. }) {
        return no_version(name, number);
    }
    let subject = Subject {
        not_found: String::new(),
        advice: String::new(),
        failed,
    };
    view! { <SectionProblem problem=problem(error, &subject) on_retry=retry /> }.into_any()
}
