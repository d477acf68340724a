//! The crates a person owns: how many, in which order, and which page of them, all three in the address.

use leptos::prelude::*;

use crate::api::crate_query::CrateFilter;
use crate::domain::page::CrateSort;
use crate::domain::user::UserId;
use crate::domain::username::Username;
use crate::pages::crates_section::CratesSection;
use crate::reactive::Memo;
use crate::route::{ListQuery, Route};
use crate::template::view;

/// Shows one page of the crates of a person.
#[component]
pub fn UserCrates(id: UserId, username: Username, list: Memo<ListQuery>) -> impl IntoView {
    let name = username.to_string();
    let route = Callback::new(move |list| Route::User {
        username: name.clone(),
        list,
    });
    view! {
        <CratesSection
            heading="Crates"
            filter=CrateFilter::User(id)
            default_sort=CrateSort::Alphabetical
            list=list
            route=route
            empty=move || view! { <p>{username.to_string()} " owns no crates."</p> }
        />
    }
}
