//! All keywords that authors have put on their crates.

use leptos::prelude::*;

use super::tags_section::{PER_PAGE, TagsSection, keyword_item};
use crate::route::{Route, TagQuery};
use crate::state::client::use_client;
use crate::state::load::Answer;
use crate::state::title::provide_title;
use crate::template::view;

/// Shows a page of them.
#[component]
pub fn KeywordsPage() -> impl IntoView {
    provide_title(|| String::from("Keywords"));
    let client = use_client();
    let fetch = Callback::new(move |tags: TagQuery| -> Answer<_> {
        let client = client.clone();
        Box::pin(async move {
            let page = client.keywords(tags.sort, tags.page, PER_PAGE).await?;
            Ok(page.map(keyword_item))
        })
    });
    view! {
        <h1 tabindex="-1">"Keywords"</h1>
        <p>"Words that authors put on their crates, and how many crates carry them."</p>
        <TagsSection heading="All keywords" mono=true route=Callback::new(Route::Keywords) fetch=fetch />
    }
}
