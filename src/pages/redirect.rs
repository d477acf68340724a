//! Addresses that only lead to others: they are kept because crates.io has them and people have bookmarked them.

use leptos::prelude::*;

use super::guard::Guard;
use crate::domain::user::Viewer;
use crate::reactive::effect;
use crate::route::{ListQuery, Route};
use crate::state::navigation::use_navigation;
use crate::state::title::provide_title;
use crate::template::view;

/// Leads on to another page, which takes this one's place in the history.
#[component]
pub fn Redirect(to: Route) -> impl IntoView {
    provide_title(String::new);
    let navigation = use_navigation();
    let href = to.path();
    effect(move |_| navigation.replace(&to));
    view! {
        <h1 tabindex="-1">"This page has moved"</h1>
        <p><a href=href>"Go on to its place"</a></p>
    }
}

/// `/me/crates` leads to one's own user page.
#[component]
pub fn MyCratesPage(list: ListQuery) -> impl IntoView {
    let page = Callback::new(move |viewer: Viewer| {
        let to = Route::User {
            username: viewer.username.to_string(),
            list,
        };
        view! { <Redirect to=to /> }.into_any()
    });
    view! { <Guard heading="Your crates" page=page /> }
}
