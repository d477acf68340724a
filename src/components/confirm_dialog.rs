//! A question before something is done that others will notice: a modal dialog of the platform.
//!
//! The safest button has the focus at first, Escape is a "no", and the focus goes back to where it came from. It must not
//! know what is asked: the page does it, and says what came of it.

use leptos::prelude::*;

use crate::browser::dialog;
use crate::reactive::{Memo, effect};
use crate::template::view;

/// Asks while `open`.
#[component]
pub fn ConfirmDialog(
    /// Unlike every other id on the page.
    id: &'static str,
    #[prop(into)] open: Signal<bool>,
    /// The question.
    #[prop(into)]
    title: Signal<String>,
    /// What will happen.
    #[prop(into)]
    text: Signal<String>,
    /// The word on the button that does it.
    #[prop(into)]
    confirm: Signal<&'static str>,
    /// Whether it is being done.
    #[prop(into)]
    busy: Signal<bool>,
    /// Why it could not be done.
    #[prop(into)]
    problem: Signal<Option<String>>,
    on_confirm: Callback<()>,
    /// The answer was no, or the dialog was left.
    on_close: Callback<()>,
    /// What else has to be done before it can be confirmed.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let element = NodeRef::<leptos::html::Dialog>::new();
    // Not `autofocus`: the browser looks for that whenever the dialog is put into the page, and says so in the console.
    let safest = NodeRef::<leptos::html::Button>::new();
    // What is typed into the dialog may notify `open` without changing it, and must not move the focus.
    let open = Memo::new(move |_| open.get());
    effect(move |_| {
        let Some(element) = element.get() else { return };
        if open.get() {
            dialog::open(&element);
            if let Some(safest) = safest.get_untracked() {
                let _ = safest.focus();
            }
        } else {
            dialog::close(&element);
        }
    });
    let press = move |_| {
        if !busy.get_untracked() {
            on_confirm.run(());
        }
    };
    let heading = format!("{id}-title");
    let description = format!("{id}-text");
    view! {
        <dialog
            class="dialog"
            node_ref=element
            aria-labelledby=heading.clone()
            aria-describedby=description.clone()
            on:close=move |_| on_close.run(())
        >
            <h2 id=heading>{title}</h2>
            <p id=description>{text}</p>
            {children.map(|children| children())}
            <div role="alert">{move || problem.get().map(|problem| view! { <p class="dialog__problem">{problem}</p> })}</div>
            <div class="dialog__actions">
                <button type="button" class="button" node_ref=safest on:click=move |_| on_close.run(())>"Cancel"</button>
                <button
                    type="button"
                    class="button button--danger"
                    aria-busy=move || busy.get().to_string()
                    aria-disabled=move || busy.get().then_some("true")
                    on:click=press
                >
                    {confirm}
                </button>
            </div>
        </dialog>
    }
}
