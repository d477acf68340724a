//! The first few of a person's crates, their own or those they follow, and the way to all of them.

use leptos::prelude::*;

use crate::api::crate_query::{CrateFilter, CrateQuery};
use crate::browser::intl;
use crate::components::link_list::{LinkItem, LinkList, LinkListPlaceholder};
use crate::components::section_problem::SectionProblem;
use crate::domain::krate::Krate;
use crate::domain::page::{CrateSort, Page, PageNumber};
use crate::pages::failure::{Subject, problem};
use crate::pages::guard::watch_session;
use crate::route::Route;
use crate::state::client::use_client;
use crate::state::load::{Load, Weight, load};
use crate::template::view;

/// How many are shown.
const FEW: u32 = 5;

/// Shows the few that changed last.
#[component]
pub fn CratesPart(
    /// Unlike every other id on the page.
    id: &'static str,
    heading: &'static str,
    filter: CrateFilter,
    /// The address of the page that has all.
    all: String,
    /// What to say when there is none.
    empty: &'static str,
) -> impl IntoView {
    let client = use_client();
    let crates = load(Weight::Aside, move || {
        let client = client.clone();
        let query = CrateQuery {
            filter: filter.clone(),
            page: PageNumber::FIRST,
            per_page: FEW,
            sort: CrateSort::RecentUpdates,
        };
        Box::pin(async move { client.crates(&query).await })
    });
    watch_session(crates);
    let retry = Callback::new(move |()| crates.reload());
    let content = move || match crates.get() {
        Load::Loading => view! { <LinkListPlaceholder /> }.into_any(),
        Load::Ready(page) if page.items.is_empty() => {
            view! { <p class="home__none">{empty}</p> }.into_any()
        }
        Load::Ready(page) => list(page, heading, all.clone()),
        Load::Failed(error) => {
            let subject = Subject {
                not_found: String::from("These crates were not found"),
                advice: String::new(),
                failed: String::from("These crates could not be loaded"),
            };
            view! { <SectionProblem problem=problem(&error, &subject) on_retry=retry /> }.into_any()
        }
    };
    view! {
        <section aria-labelledby=id>
            <h2 id=id>{heading}</h2>
            <div aria-busy=move || crates.is_busy().to_string()>{content}</div>
        </section>
    }
}

fn list(page: Page<Krate>, heading: &'static str, all: String) -> AnyView {
    let item = |krate: Krate| LinkItem {
        href: Route::krate(&krate.name).path(),
        note: krate.default_version.map(|version| format!("v{version}")),
        name: krate.name,
        text: None,
    };
    let total = intl::number(page.total);
    let label = format!("Show all {total}: {heading}");
    let items = page.items.into_iter().map(item).collect();
    view! {
        <LinkList items=items mono=true />
        <p><a href=all aria-label=label>"Show all " {total}</a></p>
    }
    .into_any()
}
