//! A list of keywords or categories with its order and its pages, as the part of a page below its heading.

use leptos::prelude::*;

use super::failure::{Subject, problem};
use crate::browser::intl;
use crate::components::crate_list::CrateListPlaceholder;
use crate::components::link_list::{LinkItem, LinkList};
use crate::components::pagination::Pagination;
use crate::components::section_problem::SectionProblem;
use crate::components::sort_menu::{SortMenu, tag_orders};
use crate::domain::category::Category;
use crate::domain::keyword::Keyword;
use crate::domain::page::{Page, PageNumber, TagSort};
use crate::reactive::Memo;
use crate::route::{Route, TagQuery};
use crate::state::load::{Answer, Load, Weight, load_on};
use crate::state::navigation::use_navigation;
use crate::template::view;

/// How many one page shows: the most the registry gives.
pub const PER_PAGE: u32 = 100;

/// A keyword as a line of a list.
pub fn keyword_item(keyword: Keyword) -> LinkItem {
    LinkItem {
        href: Route::keyword(&keyword.keyword).path(),
        note: Some(intl::number(keyword.crates)),
        name: keyword.keyword,
        text: None,
    }
}

/// A category as a line of a list.
pub fn category_item(category: Category) -> LinkItem {
    LinkItem {
        href: Route::category(&category.slug).path(),
        note: Some(intl::number(category.crates)),
        name: category.name,
        text: Some(category.description).filter(|text| !text.trim().is_empty()),
    }
}

/// Shows one page of them.
#[component]
pub fn TagsSection(
    /// The section's heading.
    heading: &'static str,
    /// Whether the names are keywords, which are set in the face of identity.
    #[prop(optional)]
    mono: bool,
    /// The address of the same list in another order or on another page.
    route: Callback<TagQuery, Route>,
    /// Asks for a page.
    fetch: Callback<TagQuery, Answer<Page<LinkItem>>>,
) -> impl IntoView {
    let navigation = use_navigation();
    // Page and order are the address's.
    let tags = Memo::new(move |_| match navigation.route().get() {
        Route::Keywords(tags) | Route::Categories(tags) => tags,
        _ => TagQuery::default(),
    });
    let items = load_on(Weight::Content, tags, move |tags| fetch.run(tags));
    let choose = Callback::new(move |chosen: String| {
        if let Some(sort) = TagSort::parse(&chosen) {
            navigation.go(&route.run(TagQuery {
                page: PageNumber::FIRST,
                sort,
            }));
        }
    });
    let href = Callback::new(move |page| {
        route
            .run(TagQuery {
                page,
                ..tags.get_untracked()
            })
            .path()
    });
    let total = move || {
        items.with(|items| {
            let total = items
                .ready()
                .map(|page| page.total)
                .filter(|total| *total > 0);
            total.map(|total| format!(" ({})", intl::number(total)))
        })
    };
    let status = move || if items.is_busy() { "Loading…" } else { "" };
    let retry = Callback::new(move |()| items.reload());
    let content = move || {
        let at = tags.get_untracked().page;
        match items.get() {
            Load::Loading => view! { <CrateListPlaceholder /> }.into_any(),
            Load::Ready(page) if page.items.is_empty() && at != PageNumber::FIRST => view! {
                <div class="empty-state">
                    <p>"There is no page " {intl::number(at.get().into())} " of this list. The list ends before that."</p>
                    <p><a href=href.run(PageNumber::FIRST)>"Go to the first page"</a></p>
                </div>
            }
            .into_any(),
            Load::Ready(page) if page.items.is_empty() => view! { <p class="empty-state">"There are none yet."</p> }.into_any(),
            Load::Ready(page) => view! {
                <LinkList items=page.items mono=mono columns=true unit="crates" />
                <Pagination current=at last=PageNumber::last(page.total, PER_PAGE) href=href />
            }
            .into_any(),
            Load::Failed(error) => {
                let subject = Subject {
                    not_found: String::from("This list was not found"),
                    advice: String::new(),
                    failed: String::from("The list could not be loaded"),
                };
                view! { <SectionProblem problem=problem(&error, &subject) on_retry=retry /> }.into_any()
            }
        }
    };
    view! {
        <section aria-labelledby="tags-heading">
            <div class="list-head">
                <h2 id="tags-heading" tabindex="-1" data-list-heading="">{heading} {total}</h2>
                <p class="list-head__status" role="status">{status}</p>
                <SortMenu options=tag_orders() current=Signal::derive(move || tags.get().sort.as_str()) on_choose=choose />
            </div>
            <div class="list-body" aria-busy=move || items.is_busy().to_string()>{content}</div>
        </section>
    }
}
