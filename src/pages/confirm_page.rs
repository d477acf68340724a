//! Confirming an e-mail address by the link in a message.
//!
//! Programs that look at mail open links, so opening the address changes nothing: a person presses a button. Confirming twice
//! does no harm, so after a lost answer it is tried again. A session takes over what became of the address.

use leptos::prelude::*;

use super::failure::{Subject, problem};
use crate::api::error::ApiError;
use crate::domain::session::Session;
use crate::domain::user::{Email, Viewer};
use crate::reactive::{Memo, RwSignal};
use crate::route::Route;
use crate::state::client::use_client;
use crate::state::load::spawn_scoped;
use crate::state::session::{SessionState, use_session};
use crate::state::title::provide_title;
use crate::template::{Template, view};

const HEADING: &str = "Confirm your e-mail address";

/// How far confirming has come.
#[derive(Clone, PartialEq)]
enum Stage {
    /// Nothing was sent.
    Idle,
    Sending,
    Done,
    /// Signed in as somebody whose address is confirmed, whatever this link was.
    AlreadyConfirmed(String),
    /// The registry said no, in these words.
    Refused(String),
    /// It may or may not have been done, for this reason.
    Unknown(ApiError),
    /// Nothing was done, for this reason.
    Failed(ApiError),
}

/// Shows the button that confirms, and what came of it.
#[component]
pub fn ConfirmPage(
    /// The secret of the message.
    token: String,
) -> impl IntoView {
    provide_title(|| HEADING.to_owned());
    let client = use_client();
    let session = use_session();
    let stage = RwSignal::new(Stage::Idle);
    let confirm = move |_| {
        if stage.with_untracked(|stage| *stage == Stage::Sending) {
            return;
        }
        stage.set(Stage::Sending);
        let (client, token) = (client.clone(), token.clone());
        spawn_scoped(async move {
            let answer = client.confirm_email(&token).await;
            let read_back = match &answer {
                Ok(()) | Err(ApiError::Rejected { .. }) => true,
                Err(error) => error.leaves_outcome_unknown(),
            };
            // A link that was replaced by a later one is refused; whose address is confirmed already need not mind.
            let viewer = if read_back {
                signed_in(session, &client).await
            } else {
                None
            };
            let confirmed = viewer.and_then(|viewer| match viewer.email {
                Email::Verified { address } => Some(address),
                Email::Missing | Email::Unverified { .. } => None,
            });
            stage.try_set(match (answer, confirmed) {
                (Ok(()), _) => Stage::Done,
                (Err(_), Some(address)) => Stage::AlreadyConfirmed(address),
                (Err(ApiError::Rejected { detail, .. } | ApiError::NotFound { detail }), None) => {
                    Stage::Refused(detail)
                }
                (Err(error), None) if error.leaves_outcome_unknown() => Stage::Unknown(error),
                (Err(error), None) => Stage::Failed(error),
            });
        });
    };
    let busy = move || stage.with(|stage| *stage == Stage::Sending);
    let offered = move || {
        let label = stage.with(|stage| match stage {
            Stage::Idle => Some("Confirm the address"),
            Stage::Sending => Some("Confirming…"),
            Stage::Unknown(_) | Stage::Failed(_) => Some("Try again"),
            Stage::Done | Stage::AlreadyConfirmed(_) | Stage::Refused(_) => None,
        });
        label.unwrap_or_default()
    };
    let is_over = Memo::new(move |_| offered().is_empty());
    let button = move || {
        (!is_over.get()).then(|| {
            let confirm = confirm.clone();
            view! {
                <p>
                    <button type="button" class="button button--primary" aria-busy=move || busy().to_string() on:click=confirm>
                        {offered}
                    </button>
                </p>
            }
        })
    };
    view! {
        <div class="text-page">
            <h1 tabindex="-1">{HEADING}</h1>
            <p>"Somebody, most likely you, gave this address to an account of this registry. Confirming says that the address is yours; it is needed for publishing crates and for accepting invitations."</p>
            {button}
            <div role="status">{move || stage.with(outcome)}</div>
        </div>
    }
}

/// The signed-in person as the server knows them now, or nobody. The session takes over what it says.
async fn signed_in(session: SessionState, client: &crate::api::client::Client) -> Option<Viewer> {
    if matches!(
        session.get_untracked(),
        Session::Guest | Session::SigningUp(_)
    ) {
        return None;
    }
    let viewer = client.me().await.ok()?;
    session.change(viewer.clone());
    Some(viewer)
}

fn outcome(stage: &Stage) -> AnyView {
    match stage {
        Stage::Idle | Stage::Sending => ().into_any(),
        Stage::Done => view! {
            <p><strong>"The address is confirmed."</strong> " Thank you."</p>
            <p><a href=Route::Home.path()>"Go to the front page"</a></p>
        }
        .into_any(),
        Stage::AlreadyConfirmed(address) => view! {
            <p><strong>"Your address " {address.clone()} " is confirmed."</strong> " There is nothing left to do with this link."</p>
            <p><a href=Route::Home.path()>"Go to the front page"</a></p>
        }
        .into_any(),
        Stage::Refused(detail) => view! {
            <p><strong>"This link confirms nothing."</strong> " Only the latest message counts, and the link must be whole. You can ask for a new message in your account settings."</p>
            {said(detail.clone())}
        }
        .into_any(),
        Stage::Unknown(error) => view! {
            <p><strong>"It is not known whether the address was confirmed."</strong> " The answer was lost. Trying again does no harm."</p>
            {said(error.detail().unwrap_or_default().to_owned())}
        }
        .into_any(),
        Stage::Failed(error) => {
            let subject = Subject {
                not_found: String::new(),
                advice: String::new(),
                failed: String::from("The address was not confirmed"),
            };
            let problem = problem(error, &subject);
            view! {
                <p><strong>{problem.title()} "."</strong> " Nothing was changed."</p>
                {said(problem.detail().unwrap_or_default())}
            }
            .into_any()
        }
    }
}

fn said(detail: String) -> Option<Template> {
    (!detail.is_empty())
        .then(|| view! { <p class="error-screen__detail">"The registry says: " {detail}</p> })
}
