//! The field in which a username is chosen, at sign-up and for a rename: its rules, its status, and names to take instead.
//!
//! What is shown is the machine's word (`domain::availability`). The one status element stands there from the start and is
//! silent while somebody types; the sentence in sight changes at once. It must not know what is done with the name.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{InputEvent, KeyboardEvent};

use crate::browser::intl;
use crate::domain::availability::{
    CHECK_AGAIN, Mark, Picker, SAME_NAME, Status, Suggestion, Tone, differences, mark_text,
    rule_text, suggestions_heading,
};
use crate::domain::lookalike::Piece;
use crate::reactive::Memo;
use crate::route::Route;
use crate::state::username_picker::UsernamePickerState;
use crate::template::view;

/// Shows the field. It stands in a form, whose submission goes to `picker.submit()`.
#[component]
pub fn UsernameField(
    picker: UsernamePickerState,
    /// What the name is for: "Username", "New username".
    label: &'static str,
) -> impl IntoView {
    let status = Memo::new(move |_| picker.with(Picker::status));
    let tone = Memo::new(move |_| picker.with(Picker::tone));
    let text = Memo::new(move |_| picker.with(|picker| picker.text().to_owned()));
    let suggestions = Memo::new(move |_| picker.with(|picker| picker.suggestions().to_vec()));
    let spoken = move || {
        if picker.is_muted() {
            String::new()
        } else {
            picker.with(|picker| picker.spoken(when(picker).as_deref()))
        }
    };
    let sentence = move || {
        picker
            .with(|picker| picker.sentence(when(picker).as_deref()))
            .unwrap_or_default()
    };
    let lookalike = move || match status.get() {
        Status::TooSimilar { pieces, .. } => lookalike(&pieces),
        _ => ().into_any(),
    };
    let again = move || {
        status.with(Status::can_be_asked_again).then(|| {
            let press = move |_| {
                picker.retry();
                // The button goes away while it is being checked.
                picker.focus();
            };
            view! { <button type="button" class="button" on:click=press>{CHECK_AGAIN}</button> }
        })
    };
    view! {
        <div
            class="username-field"
            data-state=move || status.with(Status::data_state)
            data-tone=move || tone_name(tone.get())
        >
            <label for="username" class="field__label">{label}</label>
            <input
                id="username"
                class="field__input username-field__input"
                type="text"
                dir="ltr"
                autocomplete="off"
                autocapitalize="none"
                autocorrect="off"
                spellcheck="false"
                enterkeyhint="done"
                aria-describedby="username-rules username-same username-sentence username-suggestions"
                aria-invalid=move || (tone.get() == Tone::Error).then_some("true")
                prop:value=text
                node_ref=picker.field()
                on:input=move |event| typed(picker, &event)
                on:keydown=move |event| escape(picker, &event)
                on:blur=move |_| picker.blur()
            />
            <p id="username-sentence" class="username-field__sentence">{sentence}</p>
            <p class="visually-hidden" role="status" aria-atomic="true">{spoken}</p>
            {lookalike}
            {again}
            <div id="username-suggestions">{move || suggestions.with(|names| offer(picker, names))}</div>
            <ul id="username-rules" class="username-field__rules">{rules(picker)}</ul>
            <p id="username-same" class="field__hint">{SAME_NAME}</p>
            <p class="field__hint"><a href=Route::DocsUsernames.path()>"All about usernames"</a></p>
        </div>
    }
}

/// The moment that the present status is about, as the reader's clock has it.
fn when(picker: &Picker) -> Option<String> {
    let status = picker.status();
    let moment = status.moment()?;
    Some(match status {
        Status::Throttled { .. } => intl::clock_time(moment),
        _ => format!("{} (your time)", intl::long_date_and_time(moment)),
    })
}

fn tone_name(tone: Tone) -> &'static str {
    match tone {
        Tone::Neutral => "neutral",
        Tone::Busy => "busy",
        Tone::Good => "good",
        Tone::Caution => "caution",
        Tone::Error => "error",
    }
}

/// Takes in what the field holds after a change.
fn typed(picker: UsernamePickerState, event: &web_sys::Event) {
    let Some(field) = picker.field().get_untracked() else {
        return;
    };
    let how = event.dyn_ref::<InputEvent>().map(InputEvent::input_type);
    let text = field.value();
    match how.as_deref() {
        Some("insertFromPaste" | "insertFromDrop") => picker.paste(&text),
        _ => picker.edit(&text),
    }
    // What was trimmed may be what stood there before, and then nothing else corrects the field.
    let kept = picker.with_untracked(|picker| picker.text().to_owned());
    if kept != text {
        field.set_value(&kept);
    }
}

fn escape(picker: UsernamePickerState, event: &KeyboardEvent) {
    // While a composed character is being made, Escape belongs to that.
    if event.key() == "Escape" && !event.is_composing() {
        picker.restore();
    }
}

fn rules(picker: UsernamePickerState) -> AnyView {
    let marks = Memo::new(move |_| picker.with(Picker::rules));
    let rules = marks.get_untracked();
    rules
        .into_iter()
        .enumerate()
        .map(|(at, (rule, first))| {
            let mark = move || marks.get().into_iter().nth(at).map_or(first, |(_, mark)| mark);
            view! {
                <li data-mark=move || mark_name(mark())>
                    {rule_text(rule)} <span class="visually-hidden">": " {move || mark_text(mark())}</span>
                </li>
            }
        })
        .collect_view()
        .into_any()
}

fn mark_name(mark: Mark) -> &'static str {
    match mark {
        Mark::Open => "open",
        Mark::Kept => "kept",
        Mark::Broken => "broken",
    }
}

/// Two names that look alike, one below the other; what differs is marked, and said.
fn lookalike(pieces: &[Piece]) -> AnyView {
    let Some(differences) = differences(pieces) else {
        return ().into_any();
    };
    let side = |text: fn(&Piece) -> &String| {
        pieces
            .iter()
            .map(|piece| {
                let text = text(piece).clone();
                if piece.differs {
                    view! { <mark>{text}</mark> }.into_any()
                } else {
                    text.into_any()
                }
            })
            .collect_view()
    };
    view! {
        <div class="lookalike">
            <dl class="lookalike__names" aria-hidden="true">
                <dt>"Typed"</dt>
                <dd class="username">{side(|piece| &piece.left)}</dd>
                <dt>"Theirs"</dt>
                <dd class="username">{side(|piece| &piece.right)}</dd>
            </dl>
            <p>{differences}</p>
        </div>
    }
    .into_any()
}

fn offer(picker: UsernamePickerState, names: &[Suggestion]) -> AnyView {
    if names.is_empty() {
        return ().into_any();
    }
    let heading = suggestions_heading(names.iter().all(|suggestion| suggestion.available));
    let buttons = names
        .iter()
        .map(|suggestion| {
            let name = suggestion.name.as_str().to_owned();
            let shown = name.clone();
            let take = move |_| {
                picker.edit(&name);
                // The buttons go away with the choice.
                picker.focus();
            };
            view! {
                <li>
                    <button type="button" class="button username-field__suggestion" on:click=take>
                        <span class="visually-hidden">"Use "</span>
                        {shown}
                    </button>
                </li>
            }
        })
        .collect_view();
    view! {
        <p class="field__hint">{heading}</p>
        <ul class="plain-list username-field__suggestions">{buttons}</ul>
    }
    .into_any()
}
