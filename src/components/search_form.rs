//! The search field. Without a script it would still be a form that leads to `/search?q=`.

use leptos::prelude::*;
use web_sys::SubmitEvent;

use super::icon::Icon;
use crate::reactive::RwSignal;
use crate::route::{Route, SearchQuery};
use crate::template::view;

/// Shows the field; Enter or the button searches.
#[component]
pub fn SearchForm(
    /// What is in the field; follows the search page's address.
    text: RwSignal<String>,
    /// Whether `/` and `s` lead here, for the hint.
    #[prop(into)]
    shortcuts: Signal<bool>,
    on_search: Callback<String>,
) -> impl IntoView {
    let action = Route::Search(SearchQuery::default()).path();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let asked = text.get_untracked();
        if !asked.trim().is_empty() {
            on_search.run(asked.trim().to_owned());
        }
    };
    let hint = move || {
        if shortcuts.get() {
            "Press / or s to search crates"
        } else {
            "Search crates"
        }
    };
    view! {
        <form class="search-form" role="search" action=action on:submit=submit>
            <input
                class="search-form__field"
                id="search"
                name="q"
                type="search"
                aria-label="Search crates"
                placeholder=hint
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                prop:value=text
                on:input:target=move |event| text.set(event.target().value())
            />
            <button class="search-form__submit" type="submit" aria-label="Search">
                <Icon name="search" />
            </button>
        </form>
    }
}
