//! Making an API token, anew or like an earlier one. Its text is shown once, here, and never again.

mod form;
mod pattern_fields;

use leptos::prelude::*;

use super::failure::{ProblemScreen, Subject, problem};
use super::guard::{Guard, watch_session};
use super::settings_frame::SettingsFrame;
use crate::browser::{document, storage, timer};
use crate::components::copy_line::CopyLine;
use crate::domain::token::{CreatedToken, TokenId};
use crate::domain::token_form::TokenForm;
use crate::domain::user::{UserId, Viewer};
use crate::reactive::RwSignal;
use crate::route::Route;
use crate::state::client::use_client;
use crate::state::draft;
use crate::state::load::{Load, Weight, load};
use crate::state::title::provide_title;
use crate::template::view;
use form::Form;

const HEADING: &str = "New API token";

/// Shows the form, filled in from an earlier token where one is named.
#[component]
pub fn NewTokenPage(from: Option<TokenId>) -> impl IntoView {
    let page = Callback::new(move |viewer: Viewer| {
        let id = viewer.id;
        // What was typed before the session ended comes before all else.
        let kept = draft::take(storage::TOKEN_DRAFT, id).and_then(|text| TokenForm::parse(&text));
        match (kept, from) {
            (Some(form), _) => view! { <NewToken id=id form=form /> }.into_any(),
            (None, None) => view! { <NewToken id=id form=TokenForm::default() /> }.into_any(),
            (None, Some(from)) => view! { <LikeEarlier id=id from=from /> }.into_any(),
        }
    });
    view! { <SettingsFrame><Guard heading=HEADING page=page /></SettingsFrame> }
}

/// Loads the earlier token first.
#[component]
fn LikeEarlier(id: UserId, from: TokenId) -> impl IntoView {
    let client = use_client();
    let token = load(Weight::Content, move || {
        let client = client.clone();
        Box::pin(async move { client.api_token(from).await })
    });
    watch_session(token);
    let retry = Callback::new(move |()| token.reload());
    move || match token.get() {
        Load::Loading => {
            provide_title(|| HEADING.to_owned());
            view! { <h1 tabindex="-1" aria-busy="true">{HEADING}</h1> }.into_any()
        }
        Load::Ready(token) => view! { <NewToken id=id form=TokenForm::from(&token) /> }.into_any(),
        Load::Failed(error) => {
            let subject = Subject {
                not_found: String::from("No such token"),
                advice: String::from(
                    "You have no token of this number. Tokens of other accounts cannot be seen.",
                ),
                failed: String::from("The earlier token could not be loaded"),
            };
            view! { <ProblemScreen problem=problem(&error, &subject) on_retry=retry /> }.into_any()
        }
    }
}

#[component]
fn NewToken(id: UserId, form: TokenForm) -> impl IntoView {
    let created = RwSignal::new(None::<CreatedToken>);
    provide_title(move || {
        created.with(|created| {
            if created.is_some() {
                "Your new token"
            } else {
                HEADING
            }
            .to_owned()
        })
    });
    let done = Callback::new(move |token| {
        created.set(Some(token));
        timer::next_frame(|| {
            document::focus("main h1");
        });
    });
    move || match created.get() {
        None => view! { <Form id=id form=form.clone() on_created=done /> }.into_any(),
        Some(token) => shown_once(token),
    }
}

fn shown_once(created: CreatedToken) -> AnyView {
    view! {
        <h1 tabindex="-1">"Your new token"</h1>
        <p>
            "“" <bdi>{created.token.name}</bdi> "” is made. " <strong>"Copy it now: this is the only time it can be seen."</strong>
            " Whoever has it acts in your name."
        </p>
        <CopyLine text=created.plaintext what="token" />
        <p class="settings__note">"To give it to cargo, run " <code>"cargo login"</code> " and paste it."</p>
        <p class="settings__actions">
            <a class="button" href=Route::SettingsTokens.path()>"Copied: go on to your tokens"</a>
        </p>
    }
    .into_any()
}
