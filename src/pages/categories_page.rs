//! The outermost categories, under which the registry files its crates.

use leptos::prelude::*;

use super::tags_section::{PER_PAGE, TagsSection, category_item};
use crate::route::{Route, TagQuery};
use crate::state::client::use_client;
use crate::state::load::Answer;
use crate::state::title::provide_title;
use crate::template::view;

/// Shows a page of them.
#[component]
pub fn CategoriesPage() -> impl IntoView {
    provide_title(|| String::from("Categories"));
    let client = use_client();
    let fetch = Callback::new(move |tags: TagQuery| -> Answer<_> {
        let client = client.clone();
        Box::pin(async move {
            let page = client.categories(tags.sort, tags.page, PER_PAGE).await?;
            Ok(page.map(category_item))
        })
    });
    view! {
        <h1 tabindex="-1">"Categories"</h1>
        <p>"What crates are for: the registry’s own list. The numbers count the crates in parts of a category too."</p>
        <TagsSection heading="All categories" route=Callback::new(Route::Categories) fetch=fetch />
    }
}
