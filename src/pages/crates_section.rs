//! A list of crates with its order and its pages, as a part of a page: people, teams, keywords, categories and searches have one.
//!
//! Which page and which order is in the address. While another page is on its way the present one stays in sight.

use leptos::prelude::*;

use super::failure::{Subject, problem};
use super::guard::watch_session;
use crate::api::crate_query::{CrateFilter, CrateQuery};
use crate::api::error::ApiError;
use crate::browser::intl;
use crate::components::crate_list::{CrateList, CrateListPlaceholder};
use crate::components::pagination::Pagination;
use crate::components::section_problem::SectionProblem;
use crate::components::sort_menu::{SortMenu, crate_orders};
use crate::domain::krate::Krate;
use crate::domain::page::{CrateSort, Page, PageNumber};
use crate::domain::time::Timestamp;
use crate::reactive::Memo;
use crate::route::{ListQuery, Route};
use crate::state::client::{now, use_client};
use crate::state::load::{Load, Weight, load_on};
use crate::state::navigation::use_navigation;
use crate::template::view;

/// How many crates one page shows, as on crates.io.
const PER_PAGE: u32 = 10;

/// The registry gives no page beyond this one ("unavailable for performance reasons").
const LAST_PAGE: u32 = 200;

/// Sorted by relevance, the registry gives no crate beyond the first 1000.
const LAST_RELEVANT_PAGE: u32 = 1000 / PER_PAGE;

/// Shows one page of the crates that fit the filter.
#[component]
pub fn CratesSection(
    /// The section's heading.
    heading: &'static str,
    #[prop(into)] filter: Signal<CrateFilter>,
    /// The orders offered.
    #[prop(default = &CrateSort::FOR_LISTS)]
    sorts: &'static [CrateSort],
    /// The order when the address names none of those.
    default_sort: CrateSort,
    /// Page and order, from the address.
    list: Memo<ListQuery>,
    /// The address of the same list in another order or on another page.
    route: Callback<ListQuery, Route>,
    /// What to show when there is none.
    #[prop(into)]
    empty: ViewFn,
) -> impl IntoView {
    let client = use_client();
    let navigation = use_navigation();
    let sort = Memo::new(move |_| {
        list.get()
            .sort
            .filter(|sort| sorts.contains(sort))
            .unwrap_or(default_sort)
    });
    let question = Memo::new(move |_| (filter.get(), list.get().page, sort.get()));
    let asked = client.clone();
    let crates = load_on(Weight::Content, question, move |(filter, page, sort)| {
        let client = asked.clone();
        let query = CrateQuery {
            filter,
            page,
            per_page: PER_PAGE,
            sort,
        };
        Box::pin(async move { client.crates(&query).await })
    });
    watch_session(crates);
    let choose = Callback::new(move |chosen: String| {
        if let Some(sort) = CrateSort::parse(&chosen) {
            navigation.go(&route.run(list.get_untracked().sorted(sort)));
        }
    });
    let href =
        Callback::new(move |page: PageNumber| route.run(list.get_untracked().at(page)).path());
    let total = move || {
        crates.with(|crates| {
            let total = crates
                .ready()
                .map(|page| page.total)
                .filter(|total| *total > 0);
            total.map(|total| format!(" ({})", intl::number(total)))
        })
    };
    let status = move || {
        if crates.is_busy() {
            return String::from("Loading…");
        }
        crates.with(|crates| {
            crates
                .ready()
                .map(|page| range(page, list.get_untracked().page))
                .unwrap_or_default()
        })
    };
    let retry = Callback::new(move |()| crates.reload());
    let content = move || {
        let at = list.get_untracked().page;
        match crates.get() {
            Load::Loading => view! { <CrateListPlaceholder /> }.into_any(),
            Load::Ready(page) if page.items.is_empty() && at != PageNumber::FIRST => {
                no_such_page(at, None, href)
            }
            Load::Ready(page) if page.items.is_empty() => {
                view! { <div class="empty-state">{empty.run()}</div> }.into_any()
            }
            Load::Ready(page) => {
                let limit = if sort.get_untracked() == CrateSort::Relevance {
                    LAST_RELEVANT_PAGE
                } else {
                    LAST_PAGE
                };
                crate_page(page, at, limit, now(&client), href)
            }
            // Asking again would bring the same refusal; the first page may well be had.
            Load::Failed(ApiError::Rejected { detail, .. }) if at != PageNumber::FIRST => {
                no_such_page(at, Some(detail), href)
            }
            Load::Failed(error) => {
                let subject = Subject {
                    not_found: String::from("This list was not found"),
                    advice: String::from("It may have been removed."),
                    failed: String::from("The crates could not be loaded"),
                };
                view! { <SectionProblem problem=problem(&error, &subject) on_retry=retry /> }
                    .into_any()
            }
        }
    };
    view! {
        <section aria-labelledby="crates-heading">
            <div class="list-head">
                <h2 id="crates-heading" tabindex="-1" data-list-heading="">{heading} {total}</h2>
                <p class="list-head__status" role="status">{status}</p>
                <SortMenu
                    options=crate_orders(sorts)
                    current=Signal::derive(move || sort.get().as_str())
                    on_choose=choose
                />
            </div>
            <div class="list-body" aria-busy=move || crates.is_busy().to_string()>{content}</div>
        </section>
    }
}

/// "11–20 of 25": which of them are in sight.
fn range(page: &Page<Krate>, at: PageNumber) -> String {
    let before = u64::from(at.get() - 1) * u64::from(PER_PAGE);
    let here = page.items.len() as u64;
    if here == 0 {
        return String::from(if at == PageNumber::FIRST { "None" } else { "" });
    }
    let (first, last, total) = (before + 1, before + here, page.total.max(before + here));
    format!(
        "{}–{} of {}",
        intl::number(first),
        intl::number(last),
        intl::number(total)
    )
}

/// A page that the list does not have, or that the registry does not give.
fn no_such_page(
    at: PageNumber,
    detail: Option<String>,
    href: Callback<PageNumber, String>,
) -> AnyView {
    let text = match detail {
        None => "The list ends before that.",
        Some(_) => "The registry does not give it:",
    };
    let detail = detail
        .filter(|detail| !detail.is_empty())
        .map(|detail| view! { <p class="error-screen__detail">{detail}</p> });
    view! {
        <div class="empty-state">
            <p>"There is no page " {intl::number(at.get().into())} " of this list. " {text}</p>
            {detail}
            <p><a href=href.run(PageNumber::FIRST)>"Go to the first page"</a></p>
        </div>
    }
    .into_any()
}

fn crate_page(
    page: Page<Krate>,
    at: PageNumber,
    limit: u32,
    now: Timestamp,
    href: Callback<PageNumber, String>,
) -> AnyView {
    let all = PageNumber::last(page.total, PER_PAGE);
    let last = all.min(PageNumber::new(limit).unwrap_or_default());
    let cut = (last < all && at.next() > last).then(|| {
        let shown = intl::number(u64::from(limit) * u64::from(PER_PAGE));
        view! {
            <p class="empty-state">
                "The registry gives only the first " {shown} " of a list. To see others, search for something narrower or choose another order."
            </p>
        }
    });
    view! {
        <CrateList crates=page.items now=now />
        {cut}
        <Pagination current=at last=last href=href />
    }
    .into_any()
}
