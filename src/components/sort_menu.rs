//! The choice of a list's order. A new order starts at page one, in an address of its own.

use leptos::prelude::*;

use crate::domain::page::{CrateSort, TagSort};
use crate::template::view;

/// An order as it is offered: its name in addresses, and what it is called.
pub type Order = (&'static str, &'static str);

/// What an order of crates is called.
pub fn label(sort: CrateSort) -> &'static str {
    match sort {
        CrateSort::Alphabetical => "Alphabetical",
        CrateSort::Downloads => "All-time downloads",
        CrateSort::RecentDownloads => "Recent downloads",
        CrateSort::RecentUpdates => "Recent updates",
        CrateSort::New => "Newly added",
        CrateSort::Relevance => "Relevance",
    }
}

/// The given orders of crates, as they are offered.
pub fn crate_orders(sorts: &[CrateSort]) -> Vec<Order> {
    sorts
        .iter()
        .map(|sort| (sort.as_str(), label(*sort)))
        .collect()
}

/// The orders of keywords and categories, as they are offered.
pub fn tag_orders() -> Vec<Order> {
    vec![
        (TagSort::Crates.as_str(), "Number of crates"),
        (TagSort::Alphabetical.as_str(), "Alphabetical"),
    ]
}

/// Offers the orders.
#[component]
pub fn SortMenu(
    options: Vec<Order>,
    /// The name of the present one.
    #[prop(into)]
    current: Signal<&'static str>,
    /// Called with the name of the chosen one.
    on_choose: Callback<String>,
) -> impl IntoView {
    let items = options
        .into_iter()
        .map(|(name, label)| view! { <option value=name selected=move || current.get() == name>{label}</option> })
        .collect_view();
    let choose = move |event: leptos::ev::Targeted<web_sys::Event, web_sys::HtmlSelectElement>| {
        on_choose.run(event.target().value());
    };
    view! {
        <label class="sort-menu">
            <span>"Sort by"</span>
            <select on:change:target=choose prop:value=move || current.get()>{items}</select>
        </label>
    }
}
