//! The dialog over the review. Where crates are at stake the new name is typed again; otherwise a press is enough.

use leptos::html::Input;
use leptos::prelude::*;

use crate::components::confirm_dialog::ConfirmDialog;
use crate::domain::rename::{Confirmation as Asked, Kind, Rename, Step, text};
use crate::domain::username::Username;
use crate::reactive::Memo;
use crate::state::rename::RenameState;
use crate::template::view;

/// What the dialog shows.
#[derive(Clone, PartialEq)]
struct Open {
    to: Username,
    /// What has been typed, where something has to be, and whether it was pressed with something else.
    typed: Option<(String, bool)>,
}

/// Asks while the flow is at its confirmation.
#[component]
pub fn Confirmation(rename: RenameState, from: Username, kind: Kind) -> impl IntoView {
    let open = Memo::new(move |_| {
        rename.with(|machine| match machine.step() {
            Step::Confirming {
                to, confirmation, ..
            } => {
                let typed = match confirmation {
                    Asked::Press => None,
                    Asked::Retype { typed, wrong } => Some((typed.clone(), *wrong)),
                };
                Some(Open {
                    to: to.clone(),
                    typed,
                })
            }
            _ => None,
        })
    });
    let field = NodeRef::<Input>::new();
    let confirm = Callback::new(move |()| {
        rename.act(Rename::confirm);
        let is_wrong = open.with_untracked(|open| {
            matches!(
                open,
                Some(Open {
                    typed: Some((_, true)),
                    ..
                })
            )
        });
        if let (true, Some(field)) = (is_wrong, field.get_untracked()) {
            let _ = field.focus();
        }
    });
    let close = Callback::new(move |()| {
        rename.act(|machine, _| {
            machine.cancel();
            Vec::new()
        });
    });
    let question = move || {
        open.with(|open| {
            open.as_ref()
                .map(|open| text::question(kind, &open.to))
                .unwrap_or_default()
        })
    };
    let problem = move || {
        open.with(|open| match open {
            Some(Open {
                to,
                typed: Some((_, true)),
            }) => Some(text::retyped_wrong(to)),
            _ => None,
        })
    };
    let asks_to_type =
        Memo::new(move |_| open.with(|open| matches!(open, Some(Open { typed: Some(_), .. }))));
    let retype = move || {
        asks_to_type.get().then(|| {
            let typed = move |text: String| {
                rename.act(|machine, _| {
                    machine.retyped(&text);
                    Vec::new()
                });
            };
            let wrong = move || problem().is_some().then_some("true");
            view! {
                <div class="field">
                    <label class="field__label" for="retype">{text::RETYPE}</label>
                    <input
                        id="retype"
                        class="field__input username-field__input"
                        type="text"
                        dir="ltr"
                        autocomplete="off"
                        autocapitalize="none"
                        spellcheck="false"
                        aria-invalid=wrong
                        node_ref=field
                        on:input:target=move |event| typed(event.target().value())
                        on:keydown=move |event| {
                            if event.key() == "Enter" && !event.is_composing() {
                                event.prevent_default();
                                confirm.run(());
                            }
                        }
                    />
                </div>
            }
        })
    };
    view! {
        <ConfirmDialog
            id="confirm-rename"
            open=Signal::derive(move || open.with(Option::is_some))
            title=Signal::derive(question)
            text=Signal::stored(text::consequence(kind, &from))
            confirm=Signal::stored(text::confirm(kind))
            busy=Signal::stored(false)
            problem=Signal::derive(problem)
            on_confirm=confirm
            on_close=close
        >
            {retype}
        </ConfirmDialog>
    }
}
