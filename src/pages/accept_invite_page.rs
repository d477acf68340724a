//! Accepting an invitation by the link in a message.
//!
//! Programs that look at mail open links, so opening the address sends nothing: a person presses a button. The link accepts for
//! the account that was invited, whoever is signed in, so what the signed-in person's own list says of it is shown beside.

use leptos::prelude::*;

use super::invitation_text;
use crate::api::client::Client;
use crate::api::error::ApiError;
use crate::components::time_text::LongDate;
use crate::components::username_text::UsernameText;
use crate::domain::invitation::Invitation;
use crate::domain::session::Session;
use crate::domain::time::Timestamp;
use crate::domain::user::{UserId, Viewer};
use crate::reactive::{Memo, RwSignal};
use crate::route::Route;
use crate::state::client::{now, use_client};
use crate::state::invitations::all_invitations_of;
use crate::state::load::{Load, Weight, load, spawn_abortable};
use crate::state::session::{SessionState, use_session};
use crate::state::title::provide_title;
use crate::template::view;

const HEADING: &str = "Accept an invitation";

/// How far accepting has come.
#[derive(Clone, PartialEq)]
enum Stage {
    /// Nothing was sent.
    Idle,
    Sending,
    /// Whoever is signed in owns this crate now.
    Yours(String),
    /// The invited account owns it; nobody or somebody else is signed in.
    Theirs(Option<String>),
    /// The registry said no.
    Refused(ApiError),
    /// It may or may not have been done.
    Unknown,
}

/// Shows what is known of the invitation, the button, and what came of it.
#[component]
pub fn AcceptInvitePage(
    /// The secret of the message.
    token: String,
) -> impl IntoView {
    provide_title(|| HEADING.to_owned());
    let client = use_client();
    let session = use_session();
    let stage = RwSignal::new(Stage::Idle);
    let before = RwSignal::new(None::<Vec<Invitation>>);
    let accept = move |_| {
        if stage.with_untracked(|stage| *stage == Stage::Sending) {
            return;
        }
        stage.set(Stage::Sending);
        let (client, token) = (client.clone(), token.clone());
        // It is seen through even if the page is left meanwhile.
        spawn_abortable(async move {
            let answer = client.accept_invitation(&token).await;
            let end = match answer {
                Ok(crate_id) => accepted(session, &client, crate_id).await,
                Err(error) if error.leaves_outcome_unknown() => {
                    // What became of it shows in one's own list, if it was one's own.
                    let listed = before.try_get_untracked().flatten().unwrap_or_default();
                    match newly_owned(session, &client, &listed).await {
                        Some(name) => Stage::Yours(name),
                        None => Stage::Unknown,
                    }
                }
                Err(error) => Stage::Refused(error),
            };
            stage.try_set(end);
        });
    };
    let label = move || {
        stage.with(|stage| match stage {
            Stage::Idle => Some("Accept the invitation"),
            Stage::Sending => Some("Accepting…"),
            Stage::Unknown => Some("Try again"),
            Stage::Refused(error) if !invitation_text::is_over(error) => Some("Try again"),
            Stage::Yours(_) | Stage::Theirs(_) | Stage::Refused(_) => None,
        })
    };
    let is_over = Memo::new(move |_| label().is_none());
    let button = move || {
        (!is_over.get()).then(|| {
            let accept = accept.clone();
            view! {
                <p>
                    <button
                        type="button"
                        class="button button--primary"
                        aria-busy=move || stage.with(|stage| *stage == Stage::Sending).to_string()
                        on:click=accept
                    >
                        {move || label().unwrap_or_default()}
                    </button>
                </p>
            }
        })
    };
    let who = Memo::new(move |_| {
        session.with(|session| {
            session
                .viewer()
                .map(|viewer| (viewer.id, viewer.username.clone()))
        })
    });
    let about = move || {
        match who.get() {
        Some((id, username)) => view! {
            <p>"You are signed in as " <UsernameText username=username /> "."</p>
            <OwnList id=id before=before />
        }
        .into_any(),
        None if session.with(Session::is_known) => view! {
            <p>"You need not be signed in: the link accepts for the account it was sent to. Sign in to see your invitations, and who invites you, first."</p>
        }
        .into_any(),
        None => ().into_any(),
    }
    };
    view! {
        <div class="text-page">
            <h1 tabindex="-1">{HEADING}</h1>
            <p>"Somebody invites the owner of the mailbox this link was sent to to own a crate with them. Whoever accepts can publish and yank its versions and change its owners. Accept only if you know who invites you."</p>
            {move || (!is_over.get()).then(about)}
            {button}
            <div class="invitation__said" role="status" aria-atomic="true">{move || stage.with(said)}</div>
            <p><a href=Route::PendingInvites.path()>"All your invitations"</a></p>
        </div>
    }
    .into_any()
}

/// The open invitations of whoever is signed in. The link does not say which of them it is.
#[component]
fn OwnList(id: UserId, before: RwSignal<Option<Vec<Invitation>>>) -> impl IntoView {
    let client = use_client();
    let asking = client.clone();
    let list = load(Weight::Aside, move || {
        let client = asking.clone();
        Box::pin(async move {
            let list = all_invitations_of(&client, id).await?;
            before.try_set(Some(list.clone()));
            Ok(list)
        })
    });
    move || {
        match list.get() {
        Load::Loading => view! { <p aria-busy="true">"Looking at your invitations…"</p> }.into_any(),
        Load::Ready(list) => own(list, now(&client)),
        Load::Failed(_) => view! {
            <p>"Your own invitations could not be loaded, so it is not known whether this one is yours."</p>
        }
        .into_any(),
    }
    }
}

fn own(list: Vec<Invitation>, now: Timestamp) -> AnyView {
    let open: Vec<Invitation> = list
        .into_iter()
        .filter(|invitation| !invitation.has_expired(now))
        .collect();
    let heading = match open.len() {
        0 => return view! {
            <p><strong>"This account has no open invitation."</strong> " Either this one was answered already or has expired, or it was sent to another account of yours; then it is that account that would become an owner."</p>
        }
        .into_any(),
        1 => "You have one open invitation, most likely this one:",
        _ => "The link is for one of your open invitations:",
    };
    let items = open
        .into_iter()
        .map(|invitation| {
            let krate = Route::krate(&invitation.crate_name).path();
            let inviter = invitation.inviter.map(|user| {
                let href = Route::user(&user.username).path();
                view! { ", by " <a href=href><UsernameText username=user.username /></a> }
            });
            let until = invitation
                .expires_at
                .map(|time| view! { ", until " <LongDate time=time /> });
            view! { <li><a href=krate>{invitation.crate_name}</a> {inviter} {until}</li> }
        })
        .collect_view();
    view! { <p>{heading}</p> <ul>{items}</ul> }.into_any()
}

/// Whose crate it is now.
async fn accepted(session: SessionState, client: &Client, crate_id: i64) -> Stage {
    match signed_in(session, client).await {
        Some(viewer) => match viewer.owned_crates.iter().find(|own| own.id == crate_id) {
            Some(own) => Stage::Yours(own.name.clone()),
            None => Stage::Theirs(Some(viewer.username.to_string())),
        },
        None => Stage::Theirs(None),
    }
}

/// The crate among those invited to that one owns by now.
async fn newly_owned(
    session: SessionState,
    client: &Client,
    before: &[Invitation],
) -> Option<String> {
    let viewer = signed_in(session, client).await?;
    let open = viewer.owned_crates.into_iter().find(|own| {
        before
            .iter()
            .any(|invitation| invitation.crate_id == own.id)
    });
    open.map(|own| own.name)
}

/// The signed-in person as the server knows them now, or nobody. The session takes over what it says.
async fn signed_in(session: SessionState, client: &Client) -> Option<Viewer> {
    session.get_untracked().viewer()?;
    let viewer = client.me().await.ok()?;
    session.change(viewer.clone());
    Some(viewer)
}

fn said(stage: &Stage) -> AnyView {
    match stage {
        Stage::Idle | Stage::Sending => ().into_any(),
        Stage::Yours(name) => {
            let page = Route::krate(name).path();
            let settings = Route::CrateSettings { name: name.clone() }.path();
            view! {
                <p><strong>{format!("You own {name} now.")}</strong></p>
                <p><a href=page>{format!("Go to {name}")}</a> " · " <a href=settings>"Go to its settings"</a></p>
            }
            .into_any()
        }
        Stage::Theirs(None) => view! {
            <p><strong>"The invitation is accepted."</strong> " The account it was sent to owns the crate now. Sign in with it to see the crate among yours."</p>
        }
        .into_any(),
        Stage::Theirs(Some(username)) => view! {
            <p><strong>"The invitation is accepted, but not for this account."</strong> {format!(" You are signed in as {username}; the account it was sent to owns the crate now.")}</p>
        }
        .into_any(),
        Stage::Refused(error) => {
            let email = invitation_text::needs_email(error).then(|| {
                view! { <p><a href=Route::SettingsProfile.path()>"Go to your e-mail address"</a></p> }
            });
            view! {
                <p><strong>"The invitation was not accepted."</strong> " " {invitation_text::refused(error)}</p>
                {email}
            }
            .into_any()
        }
        Stage::Unknown => view! {
            <p><strong>"It is not known whether the invitation was accepted."</strong> " The answer was lost on the way. Trying again does no harm: an invitation can be accepted only once, and a second try would find none."</p>
        }
        .into_any(),
    }
}
