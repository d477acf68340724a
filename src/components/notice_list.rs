//! The notices on screen. They stay until dismissed and are read out politely as they come.

use leptos::prelude::*;

use super::icon::Icon;
use crate::state::notices::{Notice, NoticesState};
use crate::template::view;

/// Shows all notices.
#[component]
pub fn NoticeList(notices: NoticesState) -> impl IntoView {
    let row = move |notice: Notice| {
        let id = notice.id;
        view! {
            <div class="notice" data-kind=notice.kind.as_str()>
                <p class="notice__text">{notice.text}</p>
                <button type="button" class="icon-button" aria-label="Dismiss message" on:click=move |_| notices.dismiss(id)>
                    <Icon name="close" />
                </button>
            </div>
        }
        .into_any()
    };
    view! {
        <div class="notices" role="status" aria-live="polite">
            // Not keyed: a list that is nearly always empty is not worth the framework's 5 kB for telling rows apart.
            {move || notices.get().into_iter().map(row).collect_view()}
        </div>
    }
}
