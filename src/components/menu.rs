//! A button that opens a few links and buttons, as the platform's popover.
//!
//! Tab and the arrow keys go through them, Home and End to the ends, Escape and a click elsewhere close it, and so does choosing.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use crate::browser::popover;
use crate::reactive::RwSignal;
use crate::template::view;

/// Shows a menu button; `children` are the items, each with the class `menu__item`.
#[component]
pub fn Menu(
    /// Unlike every other id on the page.
    id: &'static str,
    /// The button's accessible name, where its content is not one.
    #[prop(optional, into)]
    label: MaybeProp<String>,
    /// The button's classes.
    #[prop(default = "button")]
    class: &'static str,
    /// What the button shows.
    button: AnyView,
    children: Children,
) -> impl IntoView {
    let panel = NodeRef::<leptos::html::Div>::new();
    let open = RwSignal::new(false);
    let toggled = move |_| {
        open.set(
            panel
                .get_untracked()
                .is_some_and(|panel| popover::is_open(&panel)),
        );
    };
    let chosen = move |event: web_sys::MouseEvent| {
        let inside_item = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
            .and_then(|element| {
                element
                    .closest("a.menu__item, .menu__item[data-closes]")
                    .ok()
                    .flatten()
            })
            .is_some();
        if let (true, Some(panel)) = (inside_item, panel.get_untracked()) {
            popover::hide(&panel);
        }
    };
    let keys = move |event: KeyboardEvent| {
        let step = match event.key().as_str() {
            "ArrowDown" => Step::Next,
            "ArrowUp" => Step::Previous,
            "Home" => Step::First,
            "End" => Step::Last,
            _ => return,
        };
        let Some(panel) = panel.get_untracked() else {
            return;
        };
        if move_focus(&panel, step) {
            event.prevent_default();
        }
    };
    let open_by_arrow = move |event: KeyboardEvent| {
        if event.key() == "ArrowDown"
            && let Some(panel) = panel.get_untracked()
        {
            event.prevent_default();
            popover::show(&panel);
            move_focus(&panel, Step::First);
        }
    };
    view! {
        <div class="menu">
            <button
                type="button"
                class=class
                aria-label=move || label.get()
                aria-expanded=move || open.get().to_string()
                popovertarget=id
                on:keydown=open_by_arrow
            >
                {button}
            </button>
            <div id=id class="menu__panel" popover="auto" node_ref=panel on:toggle=toggled on:click=chosen on:keydown=keys>
                {children()}
            </div>
        </div>
    }
}

#[derive(Clone, Copy)]
enum Step {
    Next,
    Previous,
    First,
    Last,
}

/// Moves the focus among the items; says whether there was one to move to.
fn move_focus(panel: &HtmlElement, step: Step) -> bool {
    let Ok(found) = panel.query_selector_all(".menu__item:not(:disabled)") else {
        return false;
    };
    let items: Vec<HtmlElement> = (0..found.length())
        .filter_map(|index| found.item(index)?.dyn_into().ok())
        .collect();
    let active = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.active_element());
    let at = items.iter().position(|item| {
        active
            .as_ref()
            .is_some_and(|active| active.is_same_node(Some(item)))
    });
    let last = items.len().saturating_sub(1);
    let to = match (step, at) {
        (Step::First, _) | (Step::Next, None) => 0,
        (Step::Last, _) | (Step::Previous, None) => last,
        (Step::Next, Some(at)) => {
            if at == last {
                0
            } else {
                at + 1
            }
        }
        (Step::Previous, Some(at)) => {
            if at == 0 {
                last
            } else {
                at - 1
            }
        }
    };
    items.get(to).is_some_and(|item| item.focus().is_ok())
}
