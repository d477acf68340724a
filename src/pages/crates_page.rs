//! All crates, or those that begin with a letter.

use leptos::prelude::*;

use super::crates_section::CratesSection;
use super::malformed_page::MalformedPage;
use crate::api::crate_query::CrateFilter;
use crate::domain::page::CrateSort;
use crate::reactive::Memo;
use crate::route::{ListQuery, Route};
use crate::state::navigation::use_navigation;
use crate::state::title::provide_title;
use crate::template::view;

/// Shows a page of them.
#[component]
pub fn CratesPage() -> impl IntoView {
    let navigation = use_navigation();
    let asked = Memo::new(move |_| match navigation.route().get() {
        Route::Crates { letter, .. } => letter.filter(|letter| !letter.is_empty()),
        _ => None,
    });
    // The registry would look at the first character and say nothing of the others.
    let too_long = Memo::new(move |_| asked.get().filter(|letter| letter.chars().nth(1).is_some()));
    move || match too_long.get() {
        Some(value) => {
            let path = Route::Crates {
                letter: None,
                list: ListQuery::default(),
            }
            .path();
            view! { <MalformedPage parameter="letter" value=value path=path /> }.into_any()
        }
        None => view! { <Listed letter=asked /> }.into_any(),
    }
}

#[component]
fn Listed(letter: Memo<Option<String>>) -> impl IntoView {
    let navigation = use_navigation();
    let heading = move || match letter.get() {
        Some(letter) => format!("Crates that begin with {}", letter.to_uppercase()),
        None => String::from("All crates"),
    };
    provide_title(heading);
    let list = Memo::new(move |_| match navigation.route().get() {
        Route::Crates { list, .. } => list,
        _ => ListQuery::default(),
    });
    let filter = Signal::derive(move || letter.get().map_or(CrateFilter::All, CrateFilter::Letter));
    let route = Callback::new(move |list| Route::Crates {
        letter: letter.get_untracked(),
        list,
    });
    let empty = || view! { <p>"There is no such crate."</p> };
    view! {
        <h1 tabindex="-1">{heading}</h1>
        <nav class="letter-nav" aria-label="Crates by first letter">
            <ul>{letters(letter, list)}</ul>
        </nav>
        <CratesSection
            heading="Crates"
            filter=filter
            default_sort=CrateSort::RecentDownloads
            list=list
            route=route
            empty=empty
        />
    }
}

/// One link for each letter, keeping the order. Names of crates begin with a letter.
fn letters(letter: Memo<Option<String>>, list: Memo<ListQuery>) -> Vec<AnyView> {
    let link = move |of: Option<char>| {
        let of = of.map(String::from);
        let target = of.clone();
        let href = move || {
            let list = ListQuery {
                sort: list.get().sort,
                ..ListQuery::default()
            };
            Route::Crates {
                letter: target.clone(),
                list,
            }
            .path()
        };
        let shown = of
            .as_ref()
            .map_or_else(|| String::from("All"), |letter| letter.to_uppercase());
        let current = move || {
            let is_this =
                letter.with(|letter| letter.as_ref().map(|letter| letter.to_lowercase()) == of);
            is_this.then_some("page")
        };
        view! { <li><a class="letter-nav__link" href=href aria-current=current>{shown}</a></li> }
            .into_any()
    };
    std::iter::once(None)
        .chain(('a'..='z').map(Some))
        .map(link)
        .collect()
}
