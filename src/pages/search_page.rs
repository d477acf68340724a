//! What a search finds. The words are in the address, and in the header's field for going on from there.

use leptos::prelude::*;

use super::crates_section::CratesSection;
use crate::api::crate_query::{CrateFilter, Search};
use crate::domain::page::CrateSort;
use crate::domain::search::SearchWords;
use crate::domain::username::Username;
use crate::reactive::Memo;
use crate::route::{ListQuery, Route, SearchQuery};
use crate::state::navigation::use_navigation;
use crate::state::title::provide_title;
use crate::template::view;

/// Shows a page of what was found.
#[component]
pub fn SearchPage() -> impl IntoView {
    let navigation = use_navigation();
    let search = Memo::new(move |_| match navigation.route().get() {
        Route::Search(search) => search,
        _ => SearchQuery::default(),
    });
    let list = Memo::new(move |_| search.with(|search| search.list));
    let words = Memo::new(move |_| search.with(words));
    let heading = move || {
        let asked = search.with(asked);
        if asked.is_empty() {
            String::from("Search")
        } else {
            format!("Search results for “{asked}”")
        }
    };
    provide_title(heading);
    let filter = Signal::derive(move || {
        let SearchWords {
            text,
            keywords,
            categories,
        } = words.get();
        CrateFilter::Search(Search {
            q: text,
            keywords,
            category: categories.into_iter().next(),
        })
    });
    let route = Callback::new(move |list| {
        Route::Search(SearchQuery {
            list,
            ..search.get_untracked()
        })
    });
    let one_category = move || {
        words.with(|words| match words.categories.as_slice() {
            [first, _, ..] => Some(view! {
                <p class="notice" data-kind="info">
                    <span class="notice__text">
                        "The registry looks in one category at a time. These are the crates in " <code>{first.clone()}</code> "."
                    </span>
                </p>
            }),
            _ => None,
        })
    };
    view! {
        <div class="search-page">
            <h1 tabindex="-1">{heading}</h1>
            {move || search.with(|search| asked(search).is_empty()).then(|| view! {
                <p>"Nothing is searched for, so these are all crates. Type words, " <code>"keyword:…"</code> " or " <code>"category:…"</code> " into the field above."</p>
            })}
            <div role="status">{one_category}</div>
            <CratesSection
                heading="Crates"
                filter=filter
                sorts=&CrateSort::FOR_SEARCH
                default_sort=CrateSort::Relevance
                list=list
                route=route
                empty=move || nothing_found(words)
            />
        </div>
    }
}

/// What was searched for, as it was typed.
fn asked(search: &SearchQuery) -> String {
    let keywords = search.all_keywords.as_deref().unwrap_or_default();
    let both = [search.q.trim(), keywords.trim()];
    let named: Vec<&str> = both.into_iter().filter(|part| !part.is_empty()).collect();
    named.join(" ")
}

/// Takes the search apart. Addresses with keywords of their own have their words as they are, as on crates.io.
fn words(search: &SearchQuery) -> SearchWords {
    match &search.all_keywords {
        None => SearchWords::parse(&search.q),
        Some(keywords) => SearchWords {
            text: search.q.trim().to_owned(),
            keywords: keywords.split_whitespace().map(str::to_owned).collect(),
            categories: Vec::new(),
        },
    }
}

/// Nobody should be left at a dead end: fewer words, all crates, or the person of that name.
fn nothing_found(words: Memo<SearchWords>) -> AnyView {
    let person = words.with_untracked(|words| Username::parse(&words.text).ok());
    let person = person.map(|username| {
        view! {
            <p>
                "Is it a person you look for? Then try "
                <a href=Route::user(&username).path()>"the user page of " <span class="username">{username.to_string()}</span></a> "."
            </p>
        }
    });
    let all = Route::Crates {
        letter: None,
        list: ListQuery::default(),
    };
    view! {
        <p>"No crate was found. Check the spelling, or try fewer words."</p>
        {person}
        <p><a href=all.path()>"See all crates"</a></p>
    }
    .into_any()
}
