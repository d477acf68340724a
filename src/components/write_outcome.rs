//! What came of saving a form: said where the form is, in a status element that is there from the start.

use leptos::prelude::*;

use crate::template::view;

/// How far saving a form has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Saving {
    /// Nothing was sent, or what was said of it is over.
    #[default]
    Idle,
    /// On its way.
    Sending,
    /// Done; this is said.
    Saved(String),
    /// Not done, for this reason.
    Refused(String),
    /// It is not known whether it was done; this is said, and looking again is offered.
    Unknown(String),
}

impl Saving {
    /// Whether it is on its way.
    pub fn is_sending(&self) -> bool {
        *self == Self::Sending
    }
}

/// Says how saving went.
#[component]
pub fn WriteOutcome(
    #[prop(into)] saving: Signal<Saving>,
    /// Has the truth read again, where it is not known.
    on_look_again: Callback<()>,
    /// The element's id, for the field it is about.
    #[prop(optional)]
    id: Option<&'static str>,
) -> impl IntoView {
    let said = move || match saving.get() {
        Saving::Idle | Saving::Sending => ().into_any(),
        Saving::Saved(text) => {
            view! { <p class="write-outcome" data-kind="saved">{text}</p> }.into_any()
        }
        Saving::Refused(text) => {
            view! { <p class="write-outcome" data-kind="refused">{text}</p> }.into_any()
        }
        Saving::Unknown(text) => {
            view! { <p class="write-outcome" data-kind="unknown">{text}</p> }.into_any()
        }
    };
    let again = move || {
        saving.with(|saving| matches!(saving, Saving::Unknown(_))).then(|| {
            view! { <p><button type="button" class="button" on:click=move |_| on_look_again.run(())>"Look again"</button></p> }
        })
    };
    view! {
        <div id=id role="status" aria-atomic="true">{said}</div>
        {again}
    }
}
