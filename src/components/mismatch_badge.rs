//! The mark for a username that does not match GitHub: words in the open on a person's page, a small button beside an owner.
//!
//! The panel is the platform's popover: a click elsewhere or Escape closes it and the focus goes back. Hovering opens it as well,
//! but nothing is to be had by hovering alone.

use leptos::prelude::*;
use web_sys::PointerEvent;

use super::icon::Icon;
use super::mismatch_text;
use crate::browser::{popover, timer};
use crate::domain::identity::Mismatch;
use crate::route::Route;

/// How long the pointer may be outside before a hovered panel closes, in milliseconds.
const LEAVE_DELAY: i32 = 250;

/// The mark with its words always visible.
#[component]
pub fn MismatchNote(mismatch: Mismatch) -> impl IntoView {
    view! {
        <div class="mismatch-note">
            <Icon name="differs" />
            <p>{mismatch_text::explanation(mismatch)} " " {help()}</p>
        </div>
    }
}

/// The way to the page that says what the mark means and what it does not.
fn help() -> AnyView {
    view! { <a href=Route::DocsUsernames.path()>"What this mark means"</a> }.into_any()
}

/// The mark as a button that opens the words.
#[component]
pub fn MismatchBadge(
    mismatch: Mismatch,
    /// Unlike every other id on the page.
    panel_id: String,
    /// Where the person's page is, which knows the kind.
    href: Option<String>,
) -> impl IntoView {
    let panel = NodeRef::<leptos::html::Div>::new();
    let closing = StoredValue::new_local(None::<timer::Timer>);
    let hovered = StoredValue::new(false);
    let enter = move |event: PointerEvent| {
        if event.pointer_type() != "mouse" {
            return;
        }
        closing.set_value(None);
        if let Some(panel) = panel.get_untracked()
            && !popover::is_open(&panel)
        {
            hovered.set_value(true);
            popover::show(&panel);
        }
    };
    let leave = move |event: PointerEvent| {
        if event.pointer_type() != "mouse" || !hovered.get_value() {
            return;
        }
        closing.set_value(timer::after(LEAVE_DELAY, move || {
            hovered.try_set_value(false);
            if let Some(panel) = panel.try_get_untracked().flatten() {
                popover::hide(&panel);
            }
        }));
    };
    // A click on a panel that hovering opened keeps it open instead of closing it under the pointer.
    let keep = move |event: web_sys::MouseEvent| {
        if hovered.get_value() {
            hovered.set_value(false);
            event.prevent_default();
        }
    };
    let more = href.map(|href| view! { <p><a href=href>"See their page"</a></p> });
    view! {
        <span class="mismatch-badge" on:pointerenter=enter on:pointerleave=leave>
            <button
                type="button"
                class="mismatch-badge__button"
                aria-label=mismatch_text::SHORT
                popovertarget=panel_id.clone()
                on:click=keep
            >
                <Icon name="differs" />
            </button>
            <div id=panel_id class="panel" popover="auto" node_ref=panel>
                <p>{mismatch_text::explanation(mismatch)}</p>
                {more}
                <p>{help()}</p>
            </div>
        </span>
    }
}
