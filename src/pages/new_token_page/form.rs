//! The form for a new token, and what came of sending it.
//!
//! Where the answer is lost, so is the token's text: then only the list tells whether a token was made, which is then useless
//! and has to be revoked.

use leptos::prelude::*;

use super::super::token_text::{scope_explanation, scope_name};
use super::super::write_text;
use super::pattern_fields::PatternFields;
use crate::api::client::Client;
use crate::api::error::ApiError;
use crate::browser::{document, intl, storage, timer};
use crate::components::write_outcome::{Saving, WriteOutcome};
use crate::domain::time::Timestamp;
use crate::domain::token::{CreatedToken, EndpointScope, TokenId};
use crate::domain::token_form::{DAYS, Expiry, Faults, TokenForm};
use crate::domain::user::UserId;
use crate::reactive::{Memo, RwSignal};
use crate::route::Route;
use crate::state::client::{now, use_client};
use crate::state::draft;
use crate::state::load::{Weight, load, spawn_abortable};
use crate::state::session::use_session;
use crate::template::view;

/// Shows the form.
#[component]
pub fn Form(id: UserId, form: TokenForm, on_created: Callback<CreatedToken>) -> impl IntoView {
    let client = use_client();
    let session = use_session();
    let form = RwSignal::new(form);
    let saving = RwSignal::new(Saving::Idle);
    // Faults are named once the button was pressed, and go as they are mended.
    let pressed = RwSignal::new(false);
    let clock = client.clone();
    let faults = Memo::new(move |_| {
        if pressed.get() {
            form.with(|form| form.check(now(&clock)))
                .err()
                .unwrap_or_default()
        } else {
            Faults::default()
        }
    });
    // What there was before tells a token that was made, although its answer was lost, from the others.
    let listing = client.clone();
    let known = load(Weight::Aside, move || {
        let client = listing.clone();
        Box::pin(async move { client.api_tokens().await })
    });
    let newest_before = move || {
        known.with(|known| {
            known
                .ready()
                .map(|list| list.iter().map(|token| token.id).max())
        })
    };
    let sender = client.clone();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if saving.with_untracked(Saving::is_sending) {
            return;
        }
        pressed.set(true);
        let wanted = match form.with_untracked(|form| form.check(now(&sender))) {
            Ok(wanted) => wanted,
            Err(faults) => {
                saving.set(Saving::Idle);
                return focus_fault(&faults);
            }
        };
        saving.set(Saving::Sending);
        let (client, before) = (sender.clone(), newest_before());
        // It is seen through even if the page is left meanwhile.
        spawn_abortable(async move {
            let next = match client.create_api_token(&wanted).await {
                Ok(created) => {
                    saving.try_set(Saving::Idle);
                    return on_created.run(created);
                }
                Err(ApiError::SignedOut { .. }) => {
                    if let Some(text) = form.try_with_untracked(TokenForm::to_text) {
                        draft::keep(storage::TOKEN_DRAFT, id, &text);
                    }
                    return session.forget();
                }
                Err(error) if error.leaves_outcome_unknown() => {
                    look(&client, &wanted.name, before).await
                }
                Err(error) => Saving::Refused(
                    write_text::refused(&error).replace("Nothing was changed", "No token was made"),
                ),
            };
            saving.try_set(next);
        });
    };
    let looker = client.clone();
    let look_again = Callback::new(move |()| {
        let (client, before) = (looker.clone(), newest_before());
        let name = form.with_untracked(|form| form.name.trim().to_owned());
        saving.set(Saving::Sending);
        spawn_abortable(async move {
            let next = look(&client, &name, before).await;
            saving.try_set(next);
        });
    });
    view! {
        <h1 tabindex="-1">"New API token"</h1>
        <form novalidate on:submit=submit>
            <NameField form=form faults=faults />
            <ExpiryField form=form faults=faults now=now(&client) />
            <ScopeFields form=form faults=faults />
            <PatternFields form=form faults=faults />
            <WriteOutcome saving=saving on_look_again=look_again />
            <p class="settings__actions">
                <button type="submit" class="button button--primary" aria-busy=move || saving.with(Saving::is_sending).to_string()>
                    {move || if saving.with(Saving::is_sending) { "Making it…" } else { "Make token" }}
                </button>
                <a class="button" href=Route::SettingsTokens.path()>"Cancel"</a>
            </p>
        </form>
    }
}

/// After a lost answer: whether the list has a token of that name that was not there before.
async fn look(client: &Client, name: &str, before: Option<Option<TokenId>>) -> Saving {
    match (client.api_tokens().await, before) {
        (Ok(list), Some(before)) => {
            if list
                .iter()
                .any(|token| Some(token.id) > before && token.name == name)
            {
                Saving::Refused(format!(
                    "“{name}” was made, but its text was lost on the way and cannot be had again. Revoke it in the list of your tokens, then make another."
                ))
            } else {
                Saving::Unknown(String::from(
                    "The answer was lost on the way, and no token was made so far. The registry may be at it still: look again in a moment before you try once more.",
                ))
            }
        }
        (Ok(_), None) => Saving::Refused(format!(
            "The answer was lost on the way. Look into the list of your tokens: if “{name}” is there, its text is lost, so revoke it and make another."
        )),
        (Err(_), _) => Saving::Unknown(write_text::UNKNOWN.to_owned()),
    }
}

/// Puts the focus where the first fault is.
fn focus_fault(faults: &Faults) {
    let first = if faults.name {
        String::from("#token-name")
    } else if faults.expiry {
        String::from("#token-day")
    } else if faults.scopes {
        String::from("#token-scopes input")
    } else {
        format!(
            "#token-pattern-{}",
            faults.patterns.first().copied().unwrap_or_default()
        )
    };
    timer::next_frame(move || {
        document::focus(&first);
    });
}

#[component]
fn NameField(form: RwSignal<TokenForm>, faults: Memo<Faults>) -> impl IntoView {
    let wrong = move || faults.with(|faults| faults.name);
    view! {
        <div class="field">
            <label class="field__label" for="token-name">"Name"</label>
            <input
                id="token-name"
                class="field__input"
                type="text"
                autocomplete="off"
                aria-required="true"
                aria-describedby="token-name-hint token-name-problem"
                aria-invalid=move || wrong().then_some("true")
                prop:value=move || form.with(|form| form.name.clone())
                on:input:target=move |event| form.update(|form| form.name = event.target().value())
            />
            <p id="token-name-hint" class="field__hint">"What it is for, so that you know it again: “laptop”, “release workflow”."</p>
            <p id="token-name-problem" class="field__problem">{move || wrong().then_some("Give the token a name.")}</p>
        </div>
    }
}

#[component]
fn ExpiryField(form: RwSignal<TokenForm>, faults: Memo<Faults>, now: Timestamp) -> impl IntoView {
    let expiry = Memo::new(move |_| form.with(|form| form.expiry));
    let choices = [Expiry::Never]
        .into_iter()
        .chain(DAYS.map(Expiry::Days))
        .chain([Expiry::OnDay]);
    let options = choices
        .map(|choice| {
            view! { <option value=value_of(choice) selected=choice == expiry.get_untracked()>{label_of(choice)}</option> }
        })
        .collect_view();
    let choose = move |value: String| {
        let choices = [Expiry::Never, Expiry::OnDay]
            .into_iter()
            .chain(DAYS.map(Expiry::Days));
        if let Some(choice) = choices
            .into_iter()
            .find(|choice| value_of(*choice) == value)
        {
            form.update(|form| form.expiry = choice);
        }
    };
    let wrong = move || faults.with(|faults| faults.expiry);
    let day = move || {
        (expiry.get() == Expiry::OnDay).then(|| {
            view! {
                <div class="field__more">
                    <label class="field__label" for="token-day">"Day on which it expires"</label>
                    <input
                        id="token-day"
                        class="field__input field__input--short"
                        type="date"
                        min=now.plus_days(1).day().to_string()
                        aria-describedby="token-expiry-said token-expiry-problem"
                        aria-invalid=move || wrong().then_some("true")
                        prop:value=form.with_untracked(|form| form.day.clone())
                        on:input:target=move |event| form.update(|form| form.day = event.target().value())
                    />
                </div>
            }
        })
    };
    let said = move || match form.with(|form| form.expires_at(now)) {
        Some(None) => String::from("The token will never expire."),
        Some(Some(time)) => format!(
            "The token will expire on {}.",
            intl::long_date_and_time(time)
        ),
        None => String::new(),
    };
    view! {
        <div class="field">
            <label class="field__label" for="token-expiry">"Expires"</label>
            <select
                id="token-expiry"
                class="field__input field__input--short"
                aria-describedby="token-expiry-said"
                on:change:target=move |event| choose(event.target().value())
            >
                {options}
            </select>
            {day}
            <p id="token-expiry-said" class="field__hint">{said}</p>
            <p id="token-expiry-problem" class="field__problem">{move || wrong().then_some("Choose a day that is still to come.")}</p>
        </div>
    }
}

fn value_of(expiry: Expiry) -> String {
    match expiry {
        Expiry::Never => String::from("never"),
        Expiry::Days(days) => days.to_string(),
        Expiry::OnDay => String::from("day"),
    }
}

fn label_of(expiry: Expiry) -> String {
    match expiry {
        Expiry::Never => String::from("never"),
        Expiry::Days(365) => String::from("in a year"),
        Expiry::Days(days) => format!("in {days} days"),
        Expiry::OnDay => String::from("on a day of your choice"),
    }
}

#[component]
fn ScopeFields(form: RwSignal<TokenForm>, faults: Memo<Faults>) -> impl IntoView {
    let wrong = move || faults.with(|faults| faults.scopes);
    let boxes = EndpointScope::ALL
        .into_iter()
        .map(|scope| {
            let (name, explanation) = (scope_name(&scope), scope_explanation(&scope));
            let ticked = {
                let scope = scope.clone();
                move || form.with(|form| form.scopes.contains(&scope))
            };
            let change = move |on: bool| {
                form.update(|form| {
                    form.scopes.retain(|one| *one != scope);
                    if on {
                        form.scopes.push(scope.clone());
                    }
                });
            };
            view! {
                <li>
                    <label class="tick">
                        <input type="checkbox" prop:checked=ticked on:input:target=move |event| change(event.target().checked()) />
                        <span><strong>{name}</strong> " " <span class="tick__hint">{explanation}</span></span>
                    </label>
                </li>
            }
        })
        .collect_view();
    view! {
        <fieldset id="token-scopes" class="field" aria-describedby="token-scopes-problem">
            <legend class="field__label">"What it may do"</legend>
            <ul class="plain-list">{boxes}</ul>
            <p id="token-scopes-problem" class="field__problem">{move || wrong().then_some("Tick at least one thing that the token may do.")}</p>
        </fieldset>
    }
}
