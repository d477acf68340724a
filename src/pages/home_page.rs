//! The front page: how much there is, and six short lists to begin with.
//!
//! One answer brings them all. Its failure leaves the ways to search and to browse.

use leptos::prelude::*;

use super::failure::{Subject, problem};
use super::tags_section::{category_item, keyword_item};
use crate::browser::intl;
use crate::components::link_list::{LinkItem, LinkList, LinkListPlaceholder};
use crate::components::section_problem::SectionProblem;
use crate::domain::category::Category;
use crate::domain::keyword::Keyword;
use crate::domain::krate::Krate;
use crate::domain::page::CrateSort;
use crate::domain::summary::Summary;
use crate::route::{ListQuery, Route, TagQuery};
use crate::state::client::use_client;
use crate::state::load::{Load, Weight, load};
use crate::state::title::provide_title;
use crate::template::view;

/// Shows the front page.
#[component]
pub fn HomePage() -> impl IntoView {
    provide_title(String::new);
    let client = use_client();
    let summary = load(Weight::Content, move || {
        let client = client.clone();
        Box::pin(async move { client.summary().await })
    });
    let retry = Callback::new(move |()| summary.reload());
    let number = move |pick: fn(&Summary) -> u64| {
        summary.with(|summary| match summary {
            Load::Loading => view! { <span class="placeholder">"000,000"</span> }.into_any(),
            Load::Ready(summary) => intl::number(pick(summary)).into_any(),
            Load::Failed(_) => "not known just now".into_any(),
        })
    };
    let lists = move || match summary.get() {
        Load::Loading => view! { <div class="home__lists">{loading_lists()}</div> }.into_any(),
        Load::Ready(summary) => {
            view! { <div class="home__lists">{lists(summary)}</div> }.into_any()
        }
        Load::Failed(error) => {
            let subject = Subject {
                not_found: String::from("This registry has no summary"),
                advice: String::new(),
                failed: String::from("The lists could not be loaded"),
            };
            view! { <SectionProblem problem=problem(&error, &subject) on_retry=retry /> }.into_any()
        }
    };
    view! {
        <div class="home">
            <h1 tabindex="-1">"Crates, and who owns them"</h1>
            <p class="home__lead">
                "Search the registry above, or begin with one of these lists. Every owner is shown by username and by the accounts linked to it: "
                <a href=Route::DocsUsernames.path()>"how usernames work"</a> "."
            </p>
            <dl class="home__totals">
                <div><dt>"Crates"</dt><dd>{move || number(|summary| summary.num_crates)}</dd></div>
                <div><dt>"Downloads"</dt><dd>{move || number(|summary| summary.num_downloads)}</dd></div>
            </dl>
            <div aria-busy=move || summary.is_busy().to_string()>{lists}</div>
        </div>
    }
}

const HEADINGS: [(&str, &str); 6] = [
    ("new", "New crates"),
    ("most", "Most downloaded"),
    ("updated", "Just updated"),
    ("recent", "Most downloaded recently"),
    ("keywords", "Popular keywords"),
    ("categories", "Popular categories"),
];

/// What one of the lists shows, and where all of it is.
struct Excerpt {
    items: Vec<LinkItem>,
    mono: bool,
    unit: &'static str,
    all: Route,
}

fn loading_lists() -> Vec<AnyView> {
    let list = |(id, heading)| {
        section(
            id,
            heading,
            view! { <LinkListPlaceholder /> }.into_any(),
            None,
        )
    };
    HEADINGS.into_iter().map(list).collect()
}

fn lists(summary: Summary) -> Vec<AnyView> {
    let version = |krate: &Krate| {
        krate
            .default_version
            .as_ref()
            .map(|version| format!("v{version}"))
    };
    let downloads = |krate: &Krate| Some(intl::short_number(krate.downloads));
    let recent = |krate: &Krate| krate.recent_downloads.map(intl::short_number);
    let contents = [
        crates(summary.new_crates, CrateSort::New, "", version),
        crates(
            summary.most_downloaded,
            CrateSort::Downloads,
            "downloads",
            downloads,
        ),
        crates(summary.just_updated, CrateSort::RecentUpdates, "", version),
        crates(
            summary.most_recently_downloaded,
            CrateSort::RecentDownloads,
            "downloads in 90 days",
            recent,
        ),
        keywords(summary.popular_keywords),
        categories(summary.popular_categories),
    ];
    let one = |((id, heading), excerpt): ((&'static str, &'static str), Excerpt)| {
        let Excerpt {
            items,
            mono,
            unit,
            all,
        } = excerpt;
        let content = if items.is_empty() {
            view! { <p class="home__none">"None yet."</p> }.into_any()
        } else {
            view! { <LinkList items=items mono=mono unit=unit /> }.into_any()
        };
        section(id, heading, content, Some(all))
    };
    HEADINGS.into_iter().zip(contents).map(one).collect()
}

fn section(
    id: &'static str,
    heading: &'static str,
    content: AnyView,
    more: Option<Route>,
) -> AnyView {
    // What "All" is about stands in the heading above; alone in a list of links it would say nothing.
    let more = more.map(|route| {
        view! { <p><a href=route.path() aria-label=format!("All: {heading}")>"All"</a></p> }
    });
    view! {
        <section aria-labelledby=id>
            <h2 id=id>{heading}</h2>
            {content}
            {more}
        </section>
    }
    .into_any()
}

fn crates(
    crates: Vec<Krate>,
    sort: CrateSort,
    unit: &'static str,
    note: fn(&Krate) -> Option<String>,
) -> Excerpt {
    let item = |krate: Krate| LinkItem {
        href: Route::krate(&krate.name).path(),
        note: note(&krate),
        name: krate.name,
        text: None,
    };
    Excerpt {
        items: crates.into_iter().map(item).collect(),
        mono: true,
        unit,
        all: Route::Crates {
            letter: None,
            list: ListQuery::default().sorted(sort),
        },
    }
}

fn keywords(keywords: Vec<Keyword>) -> Excerpt {
    Excerpt {
        items: keywords.into_iter().map(keyword_item).collect(),
        mono: true,
        unit: "crates",
        all: Route::Keywords(TagQuery::default()),
    }
}

fn categories(categories: Vec<Category>) -> Excerpt {
    let item = |category| LinkItem {
        text: None,
        ..category_item(category)
    };
    Excerpt {
        items: categories.into_iter().map(item).collect(),
        mono: false,
        unit: "crates",
        all: Route::Categories(TagQuery::default()),
    }
}
