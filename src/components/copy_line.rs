//! A line to copy: selectable text, and a button that copies it and says so.

use leptos::prelude::*;

use super::icon::Icon;
use crate::browser::{clipboard, timer};
use crate::reactive::{RwSignal, StoredValue};
use crate::template::view;

/// How long "Copied" stays, in milliseconds.
const SAID_FOR: i32 = 4_000;

/// Shows `text` with a button to copy it.
#[component]
pub fn CopyLine(
    text: String,
    /// What is copied, for the button's name: "Copy" + what.
    what: &'static str,
) -> impl IntoView {
    let status = RwSignal::new("");
    let clearing = StoredValue::new(None::<timer::Timer>);
    let copied = text.clone();
    let copy = move |_| {
        let text = copied.clone();
        leptos::task::spawn_local(async move {
            let said = if clipboard::copy(&text).await {
                "Copied"
            } else {
                "Could not copy: select the text instead"
            };
            status.try_set(said);
            clearing.set_value(timer::after(SAID_FOR, move || {
                status.try_set("");
            }));
        });
    };
    view! {
        <div class="copy-line">
            <code>{text}</code>
            <span class="copy-line__status" role="status" aria-atomic="true">{status}</span>
            <button type="button" class="icon-button" aria-label=format!("Copy {what}") on:click=copy>
                <Icon name="copy" />
            </button>
        </div>
    }
}
