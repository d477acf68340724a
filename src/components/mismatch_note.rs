//! The words for a username that does not match GitHub, in the open: on a person's page and on their card.

use leptos::prelude::*;

use super::icon::Icon;
use super::mismatch_text;
use crate::domain::identity::Mismatch;
use crate::route::Route;
use crate::template::view;

/// The mark with its words, and the way to the page that says what it means and what it does not.
#[component]
pub fn MismatchNote(mismatch: Mismatch) -> impl IntoView {
    view! {
        <div class="mismatch-note">
            <Icon name="differs" />
            <p>
                {mismatch_text::explanation(mismatch)}
                " "
                <a href=Route::DocsUsernames.path()>"What this mark means"</a>
            </p>
        </div>
    }
    .into_any()
}
