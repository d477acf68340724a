//! Choosing the new name, with the picker that sign-up has too. A refused name is back here with its text kept.

use leptos::prelude::*;

use super::Shared;
use crate::browser::intl;
use crate::components::username_field::UsernameField;
use crate::domain::identity::{LinkedAccount, Service};
use crate::domain::rename::{Allowed, Refusal, next_change, text};
use crate::domain::username::Username;
use crate::reactive::effect;
use crate::route::Route;
use crate::state::username_picker::username_picker;
use crate::template::view;

pub(super) fn view(shared: Shared, refusal: Option<Refusal>) -> AnyView {
    let Shared {
        rename,
        holder,
        profile,
    } = shared;
    let own = holder.with_untracked(|holder| (holder.id, holder.username.clone()));
    let username = own.1.clone();
    let draft = rename.with_untracked(|machine| machine.draft().to_owned());
    let begin = if draft.is_empty() {
        username.as_str()
    } else {
        draft.as_str()
    };
    let github = profile.signal().with_untracked(|profile| {
        let accounts = profile
            .ready()
            .and_then(|profile| profile.linked_accounts.as_ref());
        accounts.and_then(|accounts| github_login(accounts))
    });
    let chosen = Callback::new(move |name| {
        rename.act(|machine, _| machine.choose(name));
    });
    let picker = username_picker(Some(own), github, begin, chosen);
    rename.explain_refusal(picker);
    effect(move |_| picker.with(|picker| rename.typed(picker.text())));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        picker.submit();
    };
    let present = username.clone();
    let offer = move || {
        let login = profile.with(|profile| {
            let accounts = profile
                .ready()
                .and_then(|profile| profile.linked_accounts.as_ref());
            accounts.and_then(|accounts| github_login(accounts))
        });
        let login =
            login.filter(|login| login != present.as_str() && Username::parse(login).is_ok());
        login.map(|login| {
            let label = text::use_github(&login);
            let take = move |_| {
                picker.edit(&login);
                picker.focus();
            };
            view! { <p class="settings__actions"><button type="button" class="button" on:click=take>{label}</button></p> }
        })
    };
    view! {
        <h1 tabindex="-1">{text::CHOOSE}</h1>
        {notice(shared, refusal)}
        <form novalidate on:submit=submit>
            <UsernameField picker=picker label="New username" />
            {offer}
            <p class="settings__actions">
                <button type="submit" class="button button--primary">"Review the change"</button>
                <a class="button" href=Route::SettingsUsername.path()>{text::keep(&username)}</a>
            </p>
        </form>
    }
    .into_any()
}

/// What was refused, or what will most likely be.
fn notice(shared: Shared, refusal: Option<Refusal>) -> AnyView {
    let when = |refusal: &Refusal| refusal.moment().map(intl::long_date_and_time);
    if let Some(said) = refusal
        .as_ref()
        .and_then(|refusal| text::refusal(refusal, when(refusal).as_deref()))
    {
        return view! { <div class="notice" data-kind="error" role="alert"><p class="notice__text">{said}</p></div> }.into_any();
    }
    let next = shared
        .holder
        .with_untracked(|holder| next_change(holder, shared.rename.now()));
    match next {
        Some(Allowed::From(at)) => view! {
            <div class="notice" data-kind="info">
                <p class="notice__text">{text::too_soon(&intl::long_date_and_time(at))} " " {text::STILL_POSSIBLE}</p>
            </div>
        }
        .into_any(),
        Some(Allowed::Now) | None => ().into_any(),
    }
}

fn github_login(accounts: &[LinkedAccount]) -> Option<String> {
    accounts
        .iter()
        .find(|account| account.service == Service::GitHub)
        .map(|account| account.login.clone())
}
