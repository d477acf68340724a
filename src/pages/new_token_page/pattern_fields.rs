//! The crates that a token is limited to, as patterns, each with what it means said while it is typed.

use leptos::prelude::*;

use super::super::token_text;
use crate::browser::{document, timer};
use crate::domain::token_form::{Faults, Meaning, TokenForm};
use crate::reactive::{Memo, RwSignal};
use crate::template::view;

/// Shows the patterns and the ways to add and to remove one.
#[component]
pub fn PatternFields(form: RwSignal<TokenForm>, faults: Memo<Faults>) -> impl IntoView {
    // Rows are built anew when one comes or goes, not while somebody types.
    let changes = RwSignal::new(0_u32);
    let add = move |_| {
        form.update(|form| form.patterns.push(String::new()));
        changes.update(|changes| *changes += 1);
        let at = form.with_untracked(|form| form.patterns.len().saturating_sub(1));
        timer::next_frame(move || {
            document::focus(&format!("#token-pattern-{at}"));
        });
    };
    let remove = Callback::new(move |at: usize| {
        form.update(|form| {
            if at < form.patterns.len() {
                form.patterns.remove(at);
            }
        });
        changes.update(|changes| *changes += 1);
        timer::next_frame(|| {
            document::focus("#token-add-pattern");
        });
    });
    let rows = move || {
        changes.track();
        let count = form.with_untracked(|form| form.patterns.len());
        (0..count)
            .map(|at| row(at, form, faults, remove))
            .collect::<Vec<_>>()
    };
    let unlimited = move || {
        form.with(|form| form.patterns.is_empty())
            .then(|| view! { <p class="field__hint">"Every crate that you own, now and later. Add a pattern to limit it."</p> })
    };
    view! {
        <fieldset class="field">
            <legend class="field__label">"For which crates"</legend>
            {unlimited}
            <ul class="plain-list">{rows}</ul>
            <p class="settings__actions">
                <button id="token-add-pattern" type="button" class="button" on:click=add>"Add a pattern"</button>
            </p>
        </fieldset>
    }
}

fn row(
    at: usize,
    form: RwSignal<TokenForm>,
    faults: Memo<Faults>,
    remove: Callback<usize>,
) -> AnyView {
    let id = format!("token-pattern-{at}");
    let said_id = format!("token-pattern-{at}-said");
    let number = at + 1;
    let meaning = Memo::new(move |_| form.with(|form| form.meaning(at)));
    let wrong = move || faults.with(|faults| faults.patterns.contains(&at));
    let typed = move |text: String| {
        form.update(|form| {
            if let Some(pattern) = form.patterns.get_mut(at) {
                *pattern = text;
            }
        });
    };
    view! {
        <li class="pattern">
            <label class="visually-hidden" for=id.clone()>{format!("Pattern {number}")}</label>
            <div class="pattern__line">
                <input
                    id=id.clone()
                    class="field__input pattern__input"
                    type="text"
                    dir="ltr"
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    aria-describedby=said_id.clone()
                    aria-invalid=move || wrong().then_some("true")
                    prop:value=form.with_untracked(|form| form.patterns.get(at).cloned().unwrap_or_default())
                    on:input:target=move |event| typed(event.target().value())
                />
                <button type="button" class="button" aria-label=format!("Remove pattern {number}") on:click=move |_| remove.run(at)>"Remove"</button>
            </div>
            <p
                id=said_id.clone()
                class="pattern__said"
                data-wrong=move || (wrong() || meaning.with(|meaning| *meaning == Meaning::Invalid)).to_string()
            >
                {move || meaning.with(token_text::meaning)}
            </p>
        </li>
    }
    .into_any()
}
