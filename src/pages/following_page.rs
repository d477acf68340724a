//! The crates that the signed-in person follows.

use leptos::prelude::*;

use super::crates_section::CratesSection;
use super::guard::Guard;
use crate::api::crate_query::CrateFilter;
use crate::domain::page::CrateSort;
use crate::reactive::Memo;
use crate::route::{ListQuery, Route};
use crate::state::navigation::use_navigation;
use crate::state::title::provide_title;
use crate::template::view;

const HEADING: &str = "Crates you follow";

/// Shows a page of them.
#[component]
pub fn FollowingPage() -> impl IntoView {
    let page = Callback::new(|_viewer| view! { <Following /> }.into_any());
    view! { <Guard heading=HEADING page=page /> }
}

#[component]
fn Following() -> impl IntoView {
    provide_title(|| HEADING.to_owned());
    let navigation = use_navigation();
    let list = Memo::new(move |_| match navigation.route().get() {
        Route::Following(list) => list,
        _ => ListQuery::default(),
    });
    let empty = || view! { <p>"You follow no crates. The page of each crate has a button for it; new versions then show up on your dashboard."</p> };
    view! {
        <h1 tabindex="-1">{HEADING}</h1>
        <CratesSection
            heading="Crates"
            filter=CrateFilter::Following
            default_sort=CrateSort::Alphabetical
            list=list
            route=Callback::new(Route::Following)
            empty=empty
        />
    }
}
