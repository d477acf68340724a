//! The notices on screen. They stay until dismissed and are read out politely as they come.

use leptos::prelude::*;

use super::icon::Icon;
use crate::state::notices::{Notice, NoticesState};

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
    };
    view! {
        <div class="notices" role="status" aria-live="polite">
            <For each=move || notices.get() key=|notice| notice.id children=row />
        </div>
    }
}
