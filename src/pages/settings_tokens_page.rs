//! The API tokens that cargo and other programs use in one's name: which there are, what they may do, revoking them.

mod token_row;

use leptos::prelude::*;

use super::failure::{Subject, problem};
use super::guard::{Guard, watch_session};
use super::settings_frame::SettingsFrame;
use super::write_text;
use crate::api::client::Client;
use crate::api::error::ApiError;
use crate::browser::{document, timer};
use crate::components::confirm_dialog::ConfirmDialog;
use crate::components::section_problem::SectionProblem;
use crate::components::write_outcome::{Saving, WriteOutcome};
use crate::domain::time::Timestamp;
use crate::domain::token::{ApiToken, TokenId};
use crate::domain::user::{UserId, Viewer};
use crate::reactive::{RwSignal, StoredValue};
use crate::route::Route;
use crate::state::account::{WriteEnd, end_of_write};
use crate::state::client::{now, use_client};
use crate::state::load::{Load, Loader, Weight, load, spawn_abortable};
use crate::state::notices::{NoticeKind, use_notices};
use crate::state::session::use_session;
use crate::state::title::provide_title;
use crate::template::view;
use token_row::{shown_name, token_row};

const HEADING: &str = "API tokens";

/// Shows the tokens of whoever is signed in.
#[component]
pub fn SettingsTokensPage() -> impl IntoView {
    let page = Callback::new(|viewer: Viewer| view! { <Tokens id=viewer.id /> }.into_any());
    view! { <SettingsFrame><Guard heading=HEADING page=page /></SettingsFrame> }
}

#[component]
fn Tokens(id: UserId) -> impl IntoView {
    provide_title(|| HEADING.to_owned());
    let client = use_client();
    let asking = client.clone();
    let tokens = load(Weight::Content, move || {
        let client = asking.clone();
        Box::pin(async move { client.api_tokens().await })
    });
    watch_session(tokens);
    let asked = RwSignal::new(None::<ApiToken>);
    let revoke = Callback::new(move |token| asked.set(Some(token)));
    let retry = Callback::new(move |()| tokens.reload());
    let content = move || {
        match tokens.get() {
        Load::Loading => view! { <ul class="token-list" aria-busy="true"><li><span class="placeholder">"a token of yours"</span></li></ul> }.into_any(),
        Load::Ready(list) => token_list(list, now(&client), revoke),
        Load::Failed(error) => {
            let subject = Subject {
                not_found: String::from("The tokens were not found"),
                advice: String::new(),
                failed: String::from("Your tokens could not be loaded"),
            };
            view! { <SectionProblem problem=problem(&error, &subject) on_retry=retry /> }.into_any()
        }
    }
    };
    view! {
        <h1 tabindex="-1">{HEADING}</h1>
        <p class="settings__note">
            "Cargo needs a token to publish, to yank and to change owners. Whoever has it acts in your name: give each program its own, and no more than it needs."
        </p>
        <p class="settings__actions">
            <a class="button button--primary" href=Route::NewToken { from: None }.path()>"New token"</a>
        </p>
        <Revoking id=id asked=asked tokens=tokens />
        {content}
    }
}

/// The tokens that work first, the newest of each kind first.
fn token_list(mut list: Vec<ApiToken>, now: Timestamp, revoke: Callback<ApiToken>) -> AnyView {
    if list.is_empty() {
        return view! { <p>"You have no API tokens."</p> }.into_any();
    }
    list.sort_by_key(|token| {
        (
            token.has_expired(now),
            std::cmp::Reverse(token.created_at),
            std::cmp::Reverse(token.id),
        )
    });
    let rows: Vec<AnyView> = list
        .into_iter()
        .map(|token| token_row(token, now, revoke))
        .collect();
    view! { <ul class="token-list" aria-label="Tokens">{rows}</ul> }.into_any()
}

/// The dialog that asks before a token is revoked, and what came of it.
#[component]
fn Revoking(
    id: UserId,
    /// The token it is about.
    asked: RwSignal<Option<ApiToken>>,
    tokens: Loader<Vec<ApiToken>>,
) -> impl IntoView {
    let client = use_client();
    let session = use_session();
    let notices = use_notices();
    let saving = RwSignal::new(Saving::Idle);
    let name = move || {
        asked
            .with(|asked| asked.as_ref().map(shown_name))
            .unwrap_or_default()
    };
    let ended = move |token: &ApiToken, end: WriteEnd| {
        let name = shown_name(token);
        let next = match end {
            WriteEnd::Done => {
                tokens.update(|list| list.retain(|one| one.id != token.id));
                Saving::Saved(format!("“{name}” is revoked and does not work any more."))
            }
            WriteEnd::Refused(error) => Saving::Refused(format!(
                "“{name}” was not revoked. {}",
                write_text::refused(&error)
            )),
            WriteEnd::NotSoFar => Saving::Unknown(format!(
                "The answer was lost on the way, and “{name}” is not revoked so far. Look again in a moment before you try once more."
            )),
            WriteEnd::Unknown => Saving::Unknown(format!(
                "It is not known whether “{name}” was revoked: the answer was lost on the way. Until you know, take it that it still works."
            )),
            WriteEnd::SignedOut => return session.forget(),
            WriteEnd::SomebodyElse(now) => {
                return notices.show(NoticeKind::Info, write_text::somebody_else(&now));
            }
        };
        saving.try_set(next);
        asked.try_set(None);
        // The row, and with it the button that had the focus, may be gone.
        timer::next_frame(|| {
            if document::focus_is_lost() {
                document::focus("main h1");
            }
        });
    };
    let last = StoredValue::new(None::<ApiToken>);
    let sender = client.clone();
    let confirm = Callback::new(move |()| {
        let Some(token) = asked.get_untracked() else {
            return;
        };
        saving.set(Saving::Sending);
        last.set_value(Some(token.clone()));
        let client = sender.clone();
        // It is seen through even if the page is left meanwhile.
        spawn_abortable(async move {
            let result = client.revoke_api_token(token.id).await;
            let end = match end_of_write(session, &client, id, result, |_| false).await {
                WriteEnd::NotSoFar | WriteEnd::Unknown => look(&client, token.id).await,
                end => end,
            };
            ended(&token, end);
        });
    });
    let look_again = Callback::new(move |()| {
        let Some(token) = last.get_value() else {
            return;
        };
        let client = client.clone();
        saving.set(Saving::Sending);
        spawn_abortable(async move {
            let end = look(&client, token.id).await;
            ended(&token, end);
        });
    });
    let close = Callback::new(move |()| {
        if !saving.with_untracked(Saving::is_sending) {
            asked.set(None);
        }
    });
    view! {
        <ConfirmDialog
            id="revoke-token"
            open=Signal::derive(move || asked.with(Option::is_some))
            title=Signal::derive(move || format!("Revoke the token “{}”?", name()))
            text=Signal::stored(String::from("Programs that use it stop working at once. A revoked token cannot be brought back."))
            confirm=Signal::derive(move || if saving.with(Saving::is_sending) { "Revoking…" } else { "Revoke token" })
            busy=Signal::derive(move || saving.with(Saving::is_sending))
            problem=Signal::stored(None::<String>)
            on_confirm=confirm
            on_close=close
        />
        <WriteOutcome saving=saving on_look_again=look_again />
    }
}

/// Looks whether a token is still in the list.
async fn look(client: &Client, id: TokenId) -> WriteEnd {
    match client.api_tokens().await {
        Ok(list) if list.iter().any(|token| token.id == id) => WriteEnd::NotSoFar,
        Ok(_) => WriteEnd::Done,
        Err(ApiError::SignedOut { .. }) => WriteEnd::SignedOut,
        Err(_) => WriteEnd::Unknown,
    }
}
