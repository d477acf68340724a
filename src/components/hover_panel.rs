//! A small button that opens a panel beside it: by click, Enter or touch, and by hovering too, but never by hovering alone.
//!
//! The panel is the platform's popover: there is one at a time, the page stays usable, Escape and a click elsewhere close it and
//! the focus goes back. Whoever asked for it gets the focus into it; whoever only hovers keeps theirs.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusEvent, MouseEvent, Node, PointerEvent};

use super::icon::Icon;
use crate::browser::{document, popover, timer};
use crate::reactive::{RwSignal, StoredValue};
use crate::template::view;

/// How long the pointer rests on the button before the panel opens, in milliseconds: not for one that only passes.
const ENTER_DELAY: i32 = 200;

/// How long the pointer may be outside before a hovered panel closes, in milliseconds.
const LEAVE_DELAY: i32 = 250;

/// Shows the button and, when asked for, the panel.
#[component]
pub fn HoverPanel(
    /// Unlike every other id on the page.
    id: String,
    /// The panel's accessible name, and how the button's begins.
    title: String,
    /// What the button's icon says, if it says something.
    #[prop(optional_no_strip)]
    mark: Option<&'static str>,
    /// The button's icon.
    icon: &'static str,
    /// Built when the panel opens and gone when it closes, with all that it began.
    content: Callback<(), AnyView>,
) -> impl IntoView {
    let panel = NodeRef::<leptos::html::Div>::new();
    let button = format!("[popovertarget=\"{id}\"]");
    let waiting = StoredValue::new(None::<timer::Timer>);
    let hovered = StoredValue::new(false);
    let open = RwSignal::new(false);
    let enter = move |event: PointerEvent| {
        if event.pointer_type() != "mouse" {
            return;
        }
        // Back in time: it stays.
        waiting.set_value(None);
        // What somebody works in is not closed because the mouse moves.
        if open.get_untracked() || popover::one_has_focus() {
            return;
        }
        waiting.set_value(timer::after(ENTER_DELAY, move || {
            if let Some(panel) = panel.try_get_untracked().flatten() {
                hovered.set_value(true);
                popover::show(&panel);
            }
        }));
    };
    let leave = move |event: PointerEvent| {
        if event.pointer_type() != "mouse" {
            return;
        }
        waiting.set_value(None);
        if !hovered.get_value() {
            return;
        }
        waiting.set_value(timer::after(LEAVE_DELAY, move || {
            if let Some(panel) = panel.try_get_untracked().flatten()
                && !popover::has_focus(&panel)
            {
                popover::hide(&panel);
            }
        }));
    };
    // A click on a panel that hovering opened keeps it open instead of closing it under the pointer.
    let click = move |event: MouseEvent| {
        waiting.set_value(None);
        if hovered.get_value() {
            hovered.set_value(false);
            event.prevent_default();
            if let Some(panel) = panel.get_untracked() {
                let _ = panel.focus();
            }
        }
    };
    // Both also come when the page goes while the panel is open.
    let toggled = move |_| {
        let Some(panel) = panel.try_get_untracked().flatten() else {
            return;
        };
        let is_open = popover::is_open(&panel);
        open.set(is_open);
        if is_open && !hovered.get_value() {
            let _ = panel.focus();
        }
        // The platform brings the focus back to where it was when the panel opened; after hovering, or in browsers that do not
        // focus a clicked button, that is nowhere.
        if !is_open
            && !hovered.get_value()
            && (document::focus_is_lost() || popover::has_focus(&panel))
        {
            document::focus(&button);
        }
        if !is_open {
            hovered.set_value(false);
        }
    };
    // Whoever goes on with Tab is not left with a panel over what has the focus then.
    let left = move |event: FocusEvent| {
        let within = |to: &Node| {
            let around = event.current_target()?.dyn_into::<Element>().ok()?;
            Some(around.contains(Some(to)))
        };
        let to = event.related_target().and_then(|to| to.dyn_into().ok());
        if let (Some(to), Some(panel)) = (to, panel.try_get_untracked().flatten())
            && within(&to) == Some(false)
        {
            popover::hide(&panel);
        }
    };
    let label = match mark {
        Some(mark) => format!("{title}: {mark}"),
        None => title.clone(),
    };
    let body = move || open.get().then(|| content.run(()));
    view! {
        <span class="hover-panel" on:pointerenter=enter on:pointerleave=leave on:focusout=left>
            <button
                type="button"
                class="hover-panel__button"
                aria-label=label
                aria-haspopup="dialog"
                popovertarget=id.clone()
                on:click=click
            >
                <Icon name=icon />
            </button>
            <div
                id=id
                class="panel"
                popover="auto"
                role="dialog"
                aria-label=title
                tabindex="-1"
                node_ref=panel
                on:toggle=toggled
            >
                {body}
            </div>
        </span>
    }
    .into_any()
}
