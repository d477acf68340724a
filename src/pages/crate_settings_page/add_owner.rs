//! Adding an owner: a field that takes a name in any form, what it was understood as, who that is, and what came of it.

use leptos::prelude::*;

use super::Settings;
use super::candidate::{bare_team, candidate, unseen};
use super::nobody::nobody;
use crate::domain::owner::{GitHubLogin, OwnerSpecification};
use crate::domain::owner_addition::{Reading, Said, Seen, Stage, understood, unreadable};
use crate::pages::owner_text;
use crate::reactive::{Memo, RwSignal};
use crate::route::Route;
use crate::state::client::use_client;
use crate::state::load::spawn_abortable;
use crate::state::owner_addition::{OwnerAdditionState, owner_addition};
use crate::state::session::use_session;
use crate::template::view;

#[component]
pub(super) fn AddOwner(settings: Settings) -> impl IntoView {
    let session = use_session();
    let krate = settings.krate.get_value();
    let asker = settings.viewer.with_value(|viewer| viewer.username.clone());
    let client = use_client();
    let changed = Callback::new(move |()| {
        settings.invitations.reload();
        let client = client.clone();
        // Not loaded anew: were that to fail, the page and what it has just said would go.
        spawn_abortable(async move {
            if let Ok(owners) = client.crate_owners(&settings.krate.get_value()).await {
                settings.owners.update(|known| *known = owners);
            }
        });
    });
    let signed_out = Callback::new(move |()| session.ask());
    let state = owner_addition(krate, asker, "#owner-said", changed, signed_out);
    let stage = Memo::new(move |_| state.with(|machine| machine.stage().clone()));
    let text = Memo::new(move |_| state.with(|machine| machine.text().to_owned()));
    // One is not told off while typing, only for pressing Enter.
    let judged = RwSignal::new(false);
    let is_wrong = move || {
        judged.get() && stage.with(|stage| matches!(stage, Stage::Unreadable(_) | Stage::Empty))
    };
    let sentence = move || {
        stage.with(|stage| match stage {
            Stage::Empty if judged.get() => Some(String::from("Type a name first.")),
            Stage::Empty => None,
            Stage::Unreadable(error) => unreadable(error),
            Stage::Waiting(owner)
            | Stage::Looking(owner)
            | Stage::Failed(owner, _)
            | Stage::Ready(owner, _)
            | Stage::Checking(owner, ..)
            | Stage::Sending(owner, ..)
            | Stage::ReadingBack(owner, ..) => Some(understood(owner)),
        })
    };
    let typed = move |_| {
        judged.set(false);
        if let Some(field) = state.field().get_untracked() {
            state.edit(&field.value());
        }
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        judged.set(true);
        state.submit();
    };
    let sending = move || state.with(|machine| machine.is_sending());
    view! {
        <section class="settings__section" aria-labelledby="add-owner-heading">
            <h2 id="add-owner-heading" tabindex="-1">"Add an owner"</h2>
            <p class="settings__note">
                "An owner can publish and yank versions, and add and remove owners, you included. Add only people you trust with all of it."
            </p>
            <form class="owner-addition" novalidate on:submit=submit>
                <div class="field">
                    <label for="new-owner" class="field__label">"Person or team"</label>
                    <p id="new-owner-hint" class="field__hint">
                        "A username, github:login, github:organization:team, or the address of a profile."
                    </p>
                    <input
                        id="new-owner"
                        class="field__input username-field__input"
                        type="text"
                        dir="ltr"
                        autocomplete="off"
                        autocapitalize="none"
                        spellcheck="false"
                        node_ref=state.field()
                        prop:value=text
                        prop:readOnly=sending
                        aria-invalid=move || is_wrong().to_string()
                        aria-describedby="new-owner-hint new-owner-read"
                        on:input=typed
                    />
                    <p id="new-owner-read" class="owner-addition__read" data-wrong=move || is_wrong().to_string()>{sentence}</p>
                </div>
                <p class="visually-hidden" role="status" aria-atomic="true">{move || stage.with(spoken)}</p>
                <Found settings=settings state=state stage=stage />
            </form>
            <Outcome settings=settings state=state />
        </section>
    }
    .into_any()
}

/// What somebody who does not see the cards is told when a look-up is over.
fn spoken(stage: &Stage) -> String {
    match stage {
        Stage::Looking(_) => String::from("Looking up…"),
        Stage::Failed(..) => String::from("It could not be looked up."),
        Stage::Ready(_, Seen::One(profile)) => {
            format!(
                "Found: {}. Is this the person you mean?",
                profile.user.username
            )
        }
        Stage::Ready(_, Seen::Two { .. }) => {
            String::from("The name can be read in two ways. Choose the one you mean.")
        }
        Stage::Ready(_, Seen::CannotTell(_)) => String::from("This registry cannot look that up."),
        Stage::Ready(_, Seen::Nobody) => String::from("There is no such account here."),
        Stage::Ready(_, Seen::Team) => String::from("A team. It can be added below."),
        Stage::Checking(..) | Stage::Sending(..) | Stage::ReadingBack(..) => {
            String::from("Sending…")
        }
        Stage::Empty | Stage::Unreadable(_) | Stage::Waiting(_) => String::new(),
    }
}

/// What is to be shown of the look-up; while it is being sent it stays.
#[derive(Clone, PartialEq)]
enum Shown {
    Nothing,
    Looking,
    Failed(String),
    Seen(OwnerSpecification, Seen),
}

#[component]
fn Found(settings: Settings, state: OwnerAdditionState, stage: Memo<Stage>) -> impl IntoView {
    let shown = Memo::new(move |_| {
        stage.with(|stage| match stage {
            Stage::Empty | Stage::Unreadable(_) | Stage::Waiting(_) => Shown::Nothing,
            Stage::Looking(_) => Shown::Looking,
            Stage::Failed(_, failure) => Shown::Failed(owner_text::why(failure)),
            Stage::Ready(owner, seen)
            | Stage::Checking(owner, seen, _)
            | Stage::Sending(owner, seen, _)
            | Stage::ReadingBack(owner, seen, ..) => Shown::Seen(owner.clone(), seen.clone()),
        })
    });
    let content = move || match shown.get() {
        Shown::Nothing => ().into_any(),
        Shown::Looking => view! { <p class="owner-addition__looking">"Looking up…"</p> }.into_any(),
        Shown::Failed(why) => view! {
            <div class="write-outcome" data-kind="unknown">
                <p>"It could not be looked up who that is. " {why}</p>
                <button type="submit" class="button">"Look up again"</button>
            </div>
        }
        .into_any(),
        Shown::Seen(owner, seen) => seen_view(settings, state, &owner, seen),
    };
    let busy = move || {
        stage
            .with(|stage| matches!(stage, Stage::Looking(_)))
            .to_string()
    };
    view! { <div class="owner-addition__found" aria-busy=busy>{content}</div> }.into_any()
}

fn seen_view(
    settings: Settings,
    state: OwnerAdditionState,
    owner: &OwnerSpecification,
    seen: Seen,
) -> AnyView {
    match seen {
        Seen::One(profile) => view! {
            <h3>"Is this the person you mean?"</h3>
            {candidate(settings, state, *profile)}
        }
        .into_any(),
        Seen::Two { username, github } => {
            let name = owner.to_string();
            let which = Route::UserWhich {
                username: name.clone(),
            }
            .path();
            let github = match github {
                Reading::Account(profile) => candidate(settings, state, *profile),
                Reading::Nobody => {
                    view! { <p>{format!("No account here is linked to {name} on GitHub.")}</p> }
                        .into_any()
                }
                Reading::CannotTell => match GitHubLogin::parse(&name) {
                    Some(login) => unseen(settings, state, login),
                    None => ().into_any(),
                },
            };
            let username = match username {
                Reading::Account(profile) => candidate(settings, state, *profile),
                Reading::Nobody | Reading::CannotTell => {
                    view! { <p>{format!("Nobody has the username {name} here.")}</p> }.into_any()
                }
            };
            view! {
                <h3>"Which one do you mean?"</h3>
                <p>
                    {format!("“{name}” can be read in two ways, and they do not surely lead to one account. Nobody is chosen for you. ")}
                    <a href=which>"Compare the two on a page of their own"</a>
                </p>
                <div class="owner-readings">
                    <section aria-labelledby="reading-username">
                        <h4 id="reading-username">{format!("The username {name} here")}</h4>
                        {username}
                    </section>
                    <section aria-labelledby="reading-github">
                        <h4 id="reading-github">{format!("{name} on GitHub")}</h4>
                        {github}
                    </section>
                </div>
            }
            .into_any()
        }
        Seen::CannotTell(login) => view! {
            <h3>"It cannot be shown who that is"</h3>
            {unseen(settings, state, login)}
        }
        .into_any(),
        Seen::Nobody => nobody(&settings.krate.get_value(), state, owner),
        Seen::Team => bare_team(settings, state, owner),
    }
}

/// What came of the last attempt; it takes the focus, which the button may have lost.
#[component]
fn Outcome(settings: Settings, state: OwnerAdditionState) -> impl IntoView {
    let said = Memo::new(move |_| state.with(|machine| machine.said().cloned()));
    let content = move || {
        said.get().map(|said| {
            let (kind, text) = owner_text::said(&said, &settings.krate.get_value());
            view! { <p class="write-outcome" data-kind=kind>{text}</p> }
        })
    };
    let again = move || {
        said.with(|said| matches!(said, Some(Said::Unknown { .. }))).then(|| {
            view! { <p><button type="button" class="button" on:click=move |_| state.look_again()>"Look again"</button></p> }
        })
    };
    view! {
        <div id="owner-said" class="owner-addition__said" role="status" aria-atomic="true" tabindex="-1">{content}</div>
        {again}
    }
    .into_any()
}
