//! The e-mail address of the sign-up: what it is for, and what is wrong with it once it was left.

use leptos::html::Input;
use leptos::prelude::*;

use crate::domain::email::{self, EmailError};
use crate::reactive::RwSignal;
use crate::template::view;

/// The field's state. Copies are the same one.
#[derive(Clone, Copy)]
pub(super) struct EmailState {
    pub(super) text: RwSignal<String>,
    /// What is wrong is said from now on.
    judged: RwSignal<bool>,
    /// The registry did not take it.
    refused: RwSignal<bool>,
    field: NodeRef<Input>,
}

impl EmailState {
    pub(super) fn new(text: String, refused: RwSignal<bool>) -> Self {
        // Nobody typed what is filled in, so what is wrong with it is said at once; an empty field is nobody's mistake.
        let judged = !text.is_empty();
        Self {
            text: RwSignal::new(text),
            judged: RwSignal::new(judged),
            refused,
            field: NodeRef::new(),
        }
    }

    /// The address, or what is wrong with it.
    pub(super) fn address(self) -> Result<String, EmailError> {
        self.text
            .with_untracked(|text| email::parse(text).map(str::to_owned))
    }

    /// The sentence about what is wrong, if it is time to say it; tracked.
    pub(super) fn problem(self) -> Option<&'static str> {
        if self.refused.get() {
            return Some("The registry does not take this as an e-mail address.");
        }
        if !self.judged.get() {
            return None;
        }
        self.text
            .with(|text| email::parse(text).err().map(EmailError::text))
    }

    /// From now on what is wrong is said.
    pub(super) fn judge(self) {
        self.judged.try_set(true);
    }

    /// Puts the focus into the field.
    pub(super) fn focus(self) {
        if let Some(field) = self.field.get_untracked() {
            let _ = field.focus();
        }
    }
}

/// Shows the field.
#[component]
pub(super) fn EmailField(state: EmailState) -> impl IntoView {
    let invalid = move || state.problem().is_some().then_some("true");
    let typed = move |_| {
        if let Some(field) = state.field.get_untracked() {
            state.refused.set(false);
            state.text.set(field.value());
        }
    };
    let left = move |_| {
        // A field that is taken away with the focus in it is left, too, and then nothing is there any more.
        if state
            .text
            .try_with_untracked(|text| !text.trim().is_empty())
            == Some(true)
        {
            state.judge();
        }
    };
    view! {
        <div class="field">
            <label for="email" class="field__label">"E-mail address"</label>
            <input
                id="email"
                class="field__input"
                type="email"
                autocomplete="email"
                aria-describedby="email-problem email-hint"
                aria-invalid=invalid
                prop:value=state.text
                node_ref=state.field
                on:input=typed
                on:blur=left
            />
            <p id="email-problem" class="field__problem">{move || state.problem()}</p>
            <p id="email-hint" class="field__hint">
                "The registry writes to it to confirm it is yours, which publishing needs, and about your crates, your tokens and invitations. It is shown to nobody else, and you can change it later."
            </p>
        </div>
    }
}
