//! What every page of a crate has: its header with the tabs, around the content of one of them.
//!
//! The heading is there at once, with what the address tells, and stays the same element when the crate arrives: whoever was
//! brought to it by a link keeps the focus.

use leptos::prelude::*;

use super::crate_head::CrateHead;
use crate::api::error::ApiError;
use crate::domain::krate::CrateDetail;
use crate::pages::failure::{ProblemScreen, Subject, problem};
use crate::reactive::Memo;
use crate::state::load::{Load, Loader};
use crate::state::title::provide_title;
use crate::template::view;

/// The pages of a crate.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CrateTab {
    /// The README of a version.
    Readme,
    /// All versions.
    Versions,
    /// What a version needs.
    Dependencies,
    /// Who needs the crate.
    Dependents,
}

/// The version that a page is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AboutVersion {
    /// None: the page is about the crate.
    None,
    /// The one the registry picks.
    Default,
    /// The one the address names.
    Named(String),
}

/// The screen of a crate that cannot be had.
pub fn crate_failure(name: &str, error: &ApiError, krate: Loader<CrateDetail>) -> AnyView {
    let subject = Subject::of_crate(name, format!("The crate {name} could not be loaded"));
    let retry = Callback::new(move |()| krate.reload());
    view! { <ProblemScreen problem=problem(error, &subject) on_retry=retry /> }.into_any()
}

/// Shows the header, and below it what `content` makes of the crate as soon as it is there.
#[component]
pub fn CrateFrame(
    /// As it stands in the address.
    name: String,
    krate: Loader<CrateDetail>,
    tab: CrateTab,
    about: AboutVersion,
    /// Whether the version that the page is about is yanked, as far as that is known.
    #[prop(into)]
    yanked: Signal<bool>,
    content: Callback<CrateDetail, AnyView>,
) -> impl IntoView {
    let failure = Memo::new(move |_| {
        krate.with(|krate| match krate {
            Load::Failed(error) => Some(error.clone()),
            Load::Loading | Load::Ready(_) => None,
        })
    });
    move || match failure.get() {
        Some(error) => crate_failure(&name, &error, krate),
        None => {
            let asked = name.clone();
            let known_name = Memo::new(move |_| {
                krate.with(|krate| {
                    krate
                        .ready()
                        .map_or_else(|| asked.clone(), |detail| detail.krate.name.clone())
                })
            });
            let named = about.clone();
            let version = Memo::new(move |_| match &named {
                AboutVersion::None => None,
                AboutVersion::Named(version) => Some(version.clone()),
                AboutVersion::Default => krate.with(|krate| {
                    krate
                        .ready()
                        .and_then(|detail| detail.krate.default_version.clone())
                }),
            });
            let is_named = matches!(about, AboutVersion::Named(_));
            provide_title(move || title(tab, is_named, known_name.get(), version.get()));
            // Dependencies are always those of a named version; of the default one they are the crate's.
            let pinned = Memo::new(move |_| {
                let default = krate.with(|krate| {
                    krate
                        .ready()
                        .and_then(|detail| detail.krate.default_version.clone())
                });
                is_named && (tab == CrateTab::Readme || version.get() != default)
            });
            let body = move || {
                krate
                    .with(|krate| krate.ready().cloned())
                    .map(|detail| content.run(detail))
            };
            view! {
                <div class="crate-page">
                    <CrateHead name=known_name version=version pinned=pinned krate=krate tab=tab yanked=yanked />
                    {body}
                </div>
            }
            .into_any()
        }
    }
}

fn title(tab: CrateTab, is_named: bool, name: String, version: Option<String>) -> String {
    let what = match version {
        Some(version) if is_named => format!("{name} {version}"),
        _ => name,
    };
    match tab {
        CrateTab::Readme => what,
        CrateTab::Versions => format!("Versions of {what}"),
        CrateTab::Dependencies => format!("Dependencies of {what}"),
        CrateTab::Dependents => format!("Dependents of {what}"),
    }
}
