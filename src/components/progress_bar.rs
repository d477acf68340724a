//! The bar at the top while a page's content is on its way. Silent: a screen reader hears of the page when it is there.

use leptos::prelude::*;

use crate::template::view;

/// Shows the bar while `busy`.
#[component]
pub fn ProgressBar(#[prop(into)] busy: Signal<bool>) -> impl IntoView {
    view! {
        <div class="progress-bar" aria-hidden="true">
            {move || busy.get().then(|| view! { <div class="progress-bar__part"></div> })}
        </div>
    }
}
