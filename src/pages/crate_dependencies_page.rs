//! What a version needs: to run, to be built, to be tested.

use std::collections::BTreeMap;

use futures_util::future::join_all;
use leptos::prelude::*;

use super::crate_page::crate_frame::{AboutVersion, CrateFrame, CrateTab};
use super::crate_page::version_failure;
use super::failure::{Subject, problem};
use crate::api::crate_query::{CrateFilter, CrateQuery};
use crate::components::dependency_row::dependency_row;
use crate::components::section_problem::SectionProblem;
use crate::domain::dependency::{Dependency, DependencyKind};
use crate::domain::krate::CrateDetail;
use crate::domain::page::{CrateSort, PageNumber};
use crate::state::client::use_client;
use crate::state::crate_cache::use_crate_cache;
use crate::state::load::{Load, Loader, Weight, load};
use crate::template::view;

/// How many descriptions are asked for at a time: more would make an address that some servers refuse.
const BATCH: u32 = 10;

/// Descriptions by the names of crates.
type Descriptions = BTreeMap<String, String>;

/// Shows the dependencies of a version of a crate.
#[component]
pub fn CrateDependenciesPage(
    /// As it stands in the address.
    name: String,
    /// The version's number in full, as it stands in the address.
    version: String,
) -> impl IntoView {
    let client = use_client();
    let krate = use_crate_cache().load(&name);
    let asked = (name.clone(), version.clone());
    // Beside the crate and not after it.
    let dependencies = load(Weight::Content, move || {
        let (client, (name, version)) = (client.clone(), asked.clone());
        Box::pin(async move { client.dependencies(&name, &version).await })
    });
    let number = version.clone();
    let content = Callback::new(move |detail: CrateDetail| {
        let number = number.clone();
        let content = move || {
            match dependencies.get() {
            Load::Loading => {
                let rows = (0..4).map(|_| view! { <div class="placeholder-row"></div> }).collect_view();
                view! { <div class="crate-list" aria-hidden="true">{rows}</div> }.into_any()
            }
            Load::Ready(found) => view! { <Dependencies name=detail.krate.name.clone() version=number.clone() dependencies=found /> }.into_any(),
            Load::Failed(error) => {
                let failed = String::from("The dependencies could not be loaded");
                let retry = Callback::new(move |()| dependencies.reload());
                version_failure(&detail.krate.name, &number, &error, failed, retry)
            }
        }
        };
        view! { <div>{content}</div> }.into_any()
    });
    let about = AboutVersion::Named(version);
    view! { <CrateFrame name=name krate=krate tab=CrateTab::Dependencies about=about yanked=false content=content /> }
}

#[component]
fn Dependencies(name: String, version: String, dependencies: Vec<Dependency>) -> impl IntoView {
    if dependencies.is_empty() {
        return view! {
            <h2 class="visually-hidden">"Dependencies"</h2>
            <p class="empty-state">{format!("{name} {version} depends on nothing.")}</p>
        }
        .into_any();
    }
    let mut names: Vec<String> = dependencies
        .iter()
        .map(|dependency| dependency.krate.clone())
        .collect();
    names.sort();
    names.dedup();
    let descriptions = load_descriptions(names);
    let failed = move || {
        let retry = Callback::new(move |()| descriptions.reload());
        let subject = Subject {
            not_found: String::new(),
            advice: String::new(),
            failed: String::from("What the crates are about could not be loaded"),
        };
        descriptions.with(|descriptions| match descriptions {
            Load::Failed(error) => {
                Some(view! { <SectionProblem problem=problem(error, &subject) on_retry=retry /> })
            }
            Load::Loading | Load::Ready(_) => None,
        })
    };
    let kinds = [
        (DependencyKind::Normal, "Dependencies", "normal-heading"),
        (DependencyKind::Build, "Build dependencies", "build-heading"),
        (
            DependencyKind::Dev,
            "Development dependencies",
            "dev-heading",
        ),
    ];
    let groups = kinds
        .into_iter()
        .filter_map(|(kind, heading, id)| {
            let of_kind: Vec<Dependency> = dependencies
                .iter()
                .filter(|one| one.kind == kind)
                .cloned()
                .collect();
            group(of_kind, heading, id, descriptions)
        })
        .collect_view();
    view! { {failed} {groups} }.into_any()
}

fn group(
    mut dependencies: Vec<Dependency>,
    heading: &'static str,
    id: &'static str,
    descriptions: Loader<Descriptions>,
) -> Option<AnyView> {
    if dependencies.is_empty() {
        return None;
    }
    // What has to be there stands before what may be.
    dependencies.sort_by(|a, b| (a.optional, &a.krate).cmp(&(b.optional, &b.krate)));
    let count = dependencies.len();
    let rows = dependencies
        .into_iter()
        .map(|dependency| {
            let name = dependency.krate.clone();
            let description = Signal::derive(move || {
                descriptions.with(|descriptions| match descriptions {
                    Load::Loading => None,
                    Load::Ready(descriptions) => {
                        Some(descriptions.get(&name).cloned().unwrap_or_default())
                    }
                    Load::Failed(_) => Some(String::new()),
                })
            });
            dependency_row(dependency, description)
        })
        .collect_view();
    Some(
        view! {
            <section class="dependencies" aria-labelledby=id>
                <h2 id=id>{heading} " (" {count} ")"</h2>
                <ul class="dependency-list">{rows}</ul>
            </section>
        }
        .into_any(),
    )
}

/// Ten at a time, all tens at once.
fn load_descriptions(names: Vec<String>) -> Loader<Descriptions> {
    let client = use_client();
    load(Weight::Aside, move || {
        let client = client.clone();
        let queries: Vec<CrateQuery> = names
            .chunks(BATCH as usize)
            .map(|names| CrateQuery {
                filter: CrateFilter::Named(names.to_vec()),
                page: PageNumber::FIRST,
                per_page: BATCH,
                sort: CrateSort::Alphabetical,
            })
            .collect();
        Box::pin(async move {
            let pages = join_all(queries.iter().map(|query| client.crates(query))).await;
            let mut descriptions = Descriptions::new();
            for page in pages {
                for krate in page?.items {
                    descriptions.insert(krate.name, krate.description.unwrap_or_default());
                }
            }
            Ok(descriptions)
        })
    })
}
