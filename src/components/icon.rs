//! An icon of the sprite in `index.html`. Always decoration: what it means is said in words beside it.

use leptos::prelude::*;

use crate::template::view;

/// Draws the icon called `name`.
#[component]
pub fn Icon(
    /// The part of the symbol's id after `icon-`.
    name: &'static str,
) -> impl IntoView {
    view! {
        <svg class="icon" aria-hidden="true" focusable="false">
            <use href=format!("#icon-{name}")></use>
        </svg>
    }
}
