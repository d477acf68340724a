//! A category: where it belongs, what is filed under it, and its crates.
//!
//! Head and crates are asked for side by side, since the address names both.

use leptos::prelude::*;

use super::crates_section::CratesSection;
use super::failure::{ProblemScreen, Subject, problem};
use super::tags_section::category_item;
use crate::api::crate_query::CrateFilter;
use crate::components::link_list::LinkList;
use crate::domain::category::Category;
use crate::domain::page::CrateSort;
use crate::reactive::Memo;
use crate::route::{ListQuery, Route, TagQuery};
use crate::state::client::use_client;
use crate::state::load::{Load, Weight, load};
use crate::state::navigation::use_navigation;
use crate::state::title::provide_title;
use crate::template::view;

/// Shows the category of this slug.
#[component]
pub fn CategoryPage(slug: String) -> impl IntoView {
    let client = use_client();
    let navigation = use_navigation();
    let asked = slug.clone();
    let category = load(Weight::Content, move || {
        let (client, asked) = (client.clone(), asked.clone());
        Box::pin(async move { client.category(&asked).await })
    });
    let list = Memo::new(move |_| match navigation.route().get() {
        Route::Category { list, .. } => list,
        _ => ListQuery::default(),
    });
    let title = slug.clone();
    provide_title(move || {
        category.with(|category| {
            category
                .ready()
                .map_or_else(|| title.clone(), |category| category.name.clone())
        })
    });

    let failed = Memo::new(move |_| category.with(|category| matches!(category, Load::Failed(_))));
    let heading = slug.clone();
    let screen = move || {
        if failed.get() {
            return failure(
                &slug,
                category.get(),
                Callback::new(move |()| category.reload()),
            );
        }
        let known = move || category.with(|category| category.ready().cloned());
        let heading = heading.clone();
        let name = move || known().map_or_else(|| heading.clone(), |category| category.name);
        let named = slug.clone();
        let route = Callback::new(move |list| Route::Category {
            slug: named.clone(),
            list,
        });
        let empty = || view! { <p>"No crate is filed here."</p> };
        view! {
            {move || trail(known())}
            <h1 tabindex="-1" aria-busy=move || known().is_none().to_string()>{name}</h1>
            {move || known().map(about)}
            <CratesSection
                heading="Crates"
                filter=CrateFilter::Category(slug.clone())
                default_sort=CrateSort::RecentDownloads
                list=list
                route=route
                empty=empty
            />
        }
        .into_any()
    };
    view! { <div class="category-page">{screen}</div> }
}

fn failure(slug: &str, category: Load<Category>, on_retry: Callback<()>) -> AnyView {
    let Load::Failed(error) = category else {
        return ().into_any();
    };
    let subject = Subject {
        not_found: format!("No category {slug}"),
        advice: String::from(
            "The registry has no category of this name. Names are compared letter by letter.",
        ),
        failed: format!("The category {slug} could not be loaded"),
    };
    view! {
        <ProblemScreen problem=problem(&error, &subject) on_retry=on_retry>
            <p><a href=Route::Categories(TagQuery::default()).path()>"See all categories"</a></p>
        </ProblemScreen>
    }
    .into_any()
}

/// The way from the outermost categories to this one.
fn trail(category: Option<Category>) -> AnyView {
    let parents = category
        .map(|category| category.parents)
        .unwrap_or_default()
        .into_iter()
        .map(|parent| view! { <li><a href=Route::category(&parent.slug).path()>{parent.name}</a></li> })
        .collect_view();
    view! {
        <nav class="trail" aria-label="Where this category belongs">
            <ol>
                <li><a href=Route::Categories(TagQuery::default()).path()>"Categories"</a></li>
                {parents}
            </ol>
        </nav>
    }
    .into_any()
}

/// What belongs here, and the parts it is divided into.
fn about(category: Category) -> AnyView {
    let parts = (!category.subcategories.is_empty()).then(|| {
        let items = category
            .subcategories
            .into_iter()
            .map(category_item)
            .collect();
        view! {
            <section class="category-page__parts" aria-labelledby="parts-heading">
                <h2 id="parts-heading">"Parts of this category"</h2>
                <LinkList items=items columns=true unit="crates" />
            </section>
        }
    });
    let description = (!category.description.trim().is_empty()).then(
        || view! { <p class="category-page__description" dir="auto">{category.description}</p> },
    );
    view! {
        {description}
        {parts}
    }
    .into_any()
}
