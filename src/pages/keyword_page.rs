//! The crates that carry a keyword.

use leptos::prelude::*;

use super::crates_section::CratesSection;
use crate::api::crate_query::CrateFilter;
use crate::domain::page::CrateSort;
use crate::reactive::Memo;
use crate::route::{ListQuery, Route, TagQuery};
use crate::state::navigation::use_navigation;
use crate::state::title::provide_title;
use crate::template::view;

/// Shows a page of them. A keyword that nobody has used is one without crates.
#[component]
pub fn KeywordPage(keyword: String) -> impl IntoView {
    let title = keyword.clone();
    provide_title(move || format!("Keyword {title}"));
    let navigation = use_navigation();
    let list = Memo::new(move |_| match navigation.route().get() {
        Route::Keyword { list, .. } => list,
        _ => ListQuery::default(),
    });
    let (asked, named) = (keyword.clone(), keyword.clone());
    let route = Callback::new(move |list| Route::Keyword {
        keyword: named.clone(),
        list,
    });
    let empty = {
        let keyword = keyword.clone();
        move || {
            view! {
                <p>"No crate carries the keyword " <code>{keyword.clone()}</code> "."</p>
                <p><a href=Route::Keywords(TagQuery::default()).path()>"See all keywords"</a></p>
            }
        }
    };
    view! {
        <h1 tabindex="-1">"Keyword " <code>{keyword}</code></h1>
        <CratesSection
            heading="Crates"
            filter=CrateFilter::Keyword(asked)
            default_sort=CrateSort::RecentDownloads
            list=list
            route=route
            empty=empty
        />
    }
}
