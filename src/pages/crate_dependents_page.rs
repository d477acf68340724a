//! The crates that depend on a crate, ten to a page, most downloaded first as the registry has them.

use leptos::prelude::*;

use super::crate_page::crate_frame::{AboutVersion, CrateFrame, CrateTab};
use super::failure::{Subject, problem};
use crate::browser::intl;
use crate::components::crate_list::{CrateListPlaceholder, shorten};
use crate::components::pagination::Pagination;
use crate::components::section_problem::SectionProblem;
use crate::domain::dependency::{DependencyKind, Dependent};
use crate::domain::krate::CrateDetail;
use crate::domain::page::{Page, PageNumber};
use crate::reactive::Memo;
use crate::route::Route;
use crate::state::client::use_client;
use crate::state::crate_cache::use_crate_cache;
use crate::state::load::{Load, Loader, Weight, load_on};
use crate::state::navigation::use_navigation;
use crate::template::view;

const PER_PAGE: u32 = 10;

/// The registry gives no page beyond this one ("unavailable for performance reasons").
const LAST_PAGE: u32 = 200;

/// Shows the dependents of the crate of this name.
#[component]
pub fn CrateDependentsPage(
    /// As it stands in the address.
    name: String,
) -> impl IntoView {
    let client = use_client();
    let navigation = use_navigation();
    let krate = use_crate_cache().load(&name);
    let at = Memo::new(move |_| match navigation.route().get() {
        Route::Dependents { page, .. } => page,
        _ => PageNumber::FIRST,
    });
    let asked = name.clone();
    // Beside the crate and not after it.
    let dependents = load_on(Weight::Content, at, move |page| {
        let (client, name) = (client.clone(), asked.clone());
        Box::pin(async move { client.dependents(&name, page, PER_PAGE).await })
    });
    let content = Callback::new(move |detail: CrateDetail| {
        view! { <Dependents name=detail.krate.name dependents=dependents at=at /> }.into_any()
    });
    view! {
        <CrateFrame name=name krate=krate tab=CrateTab::Dependents about=AboutVersion::None yanked=false content=content />
    }
}

#[component]
fn Dependents(
    name: String,
    dependents: Loader<Page<Dependent>>,
    at: Memo<PageNumber>,
) -> impl IntoView {
    let total = move || {
        let total = dependents.with(|dependents| {
            dependents
                .ready()
                .map(|page| page.total)
                .filter(|total| *total > 0)
        });
        total.map(|total| format!(" ({})", intl::number(total)))
    };
    let route = name.clone();
    let href = Callback::new(move |page: PageNumber| {
        Route::Dependents {
            name: route.clone(),
            page,
        }
        .path()
    });
    let status = move || {
        if dependents.is_busy() {
            return String::from("Loading…");
        }
        let at = at.get_untracked().get();
        dependents.with(|dependents| match dependents.ready() {
            Some(page) if !page.items.is_empty() => {
                let first = u64::from(at - 1) * u64::from(PER_PAGE) + 1;
                let last = first + page.items.len() as u64 - 1;
                format!(
                    "{}–{} of {}",
                    intl::number(first),
                    intl::number(last),
                    intl::number(page.total.max(last))
                )
            }
            _ => String::new(),
        })
    };
    let content = move || {
        let at = at.get_untracked();
        match dependents.get() {
            Load::Loading => view! { <CrateListPlaceholder /> }.into_any(),
            Load::Ready(page) if page.items.is_empty() && at == PageNumber::FIRST => {
                view! { <p class="empty-state">{format!("No crate in this registry depends on {name}.")}</p> }.into_any()
            }
            Load::Ready(page) if page.items.is_empty() => view! {
                <p class="empty-state">
                    "There is no page " {at.get()} " of this list. " <a href=href.run(PageNumber::FIRST)>"Go to the first page"</a>
                </p>
            }
            .into_any(),
            Load::Ready(page) => list(page, at, href),
            Load::Failed(error) => {
                let subject = Subject {
                    not_found: String::from("There is no such list"),
                    advice: String::new(),
                    failed: String::from("The dependents could not be loaded"),
                };
                let retry = Callback::new(move |()| dependents.reload());
                view! { <SectionProblem problem=problem(&error, &subject) on_retry=retry /> }.into_any()
            }
        }
    };
    view! {
        <section aria-labelledby="dependents-heading">
            <div class="list-head">
                <h2 id="dependents-heading" tabindex="-1" data-list-heading="">"Dependents" {total}</h2>
                <p class="list-head__status" role="status">{status}</p>
            </div>
            <div aria-busy=move || dependents.is_busy().to_string()>{content}</div>
        </section>
    }
}

fn list(page: Page<Dependent>, at: PageNumber, href: Callback<PageNumber, String>) -> AnyView {
    let last =
        PageNumber::last(page.total, PER_PAGE).min(PageNumber::new(LAST_PAGE).unwrap_or_default());
    let rows = page.items.into_iter().map(row).collect_view();
    view! {
        <ol class="crate-list">{rows}</ol>
        <Pagination current=at last=last href=href />
    }
    .into_any()
}

fn row(dependent: Dependent) -> AnyView {
    let Dependent {
        version,
        dependency,
        downloads,
    } = dependent;
    let href = Route::krate(&version.krate).path();
    let kind = match dependency.kind {
        DependencyKind::Normal => "Needs",
        DependencyKind::Build => "Needs to be built",
        DependencyKind::Dev => "Needs to be tested",
    };
    let req = if dependency.req.trim().is_empty() {
        String::from("*")
    } else {
        dependency.req
    };
    let optional = dependency.optional.then_some(" (optional)");
    let description = version.description.map(
        |text| view! { <p class="crate-row__description" dir="auto">{shorten(&text, 200)}</p> },
    );
    view! {
        <li class="crate-row">
            <h3 class="crate-row__name"><a href=href>{version.krate}</a> <span class="crate-row__version">"v" {version.num}</span></h3>
            {description}
            <dl class="crate-row__facts">
                <div><dt>{kind}</dt><dd><code>{req}</code>{optional}</dd></div>
                <div><dt>"All downloads"</dt><dd>{intl::number(downloads)}</dd></div>
            </dl>
        </li>
    }
    .into_any()
}
