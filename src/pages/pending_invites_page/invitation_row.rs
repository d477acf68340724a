//! One invitation: what it is to, who invites, and the two answers. What came of an answer stays in the row.

use leptos::prelude::*;

use crate::api::client::Client;
use crate::api::error::ApiError;
use crate::browser::{document, intl, timer};
use crate::components::time_text::{LongDate, RelativeTime};
use crate::components::username_text::{DisplayName, UsernameText};
use crate::domain::invitation::{Invitation, InvitationAnswer};
use crate::domain::krate::Krate;
use crate::domain::krate_owner::CrateOwner;
use crate::domain::time::Timestamp;
use crate::domain::user::{User, UserId};
use crate::pages::account::about;
use crate::pages::invitation_text;
use crate::reactive::{Memo, RwSignal};
use crate::route::Route;
use crate::state::account::{WriteEnd, end_of_write};
use crate::state::client::use_client;
use crate::state::invitations::all_invitations_of;
use crate::state::load::{Load, Weight, load, spawn_abortable};
use crate::state::notices::{NoticeKind, use_notices};
use crate::state::session::use_session;
use crate::template::view;

/// How far an answer has come.
#[derive(Clone, PartialEq)]
enum Stage {
    Open,
    Sending(InvitationAnswer),
    Done(InvitationAnswer),
    /// Refused for good: there is nothing left to answer.
    Over(ApiError),
    Refused(ApiError),
    NotSoFar,
    Unknown,
}

#[component]
pub(super) fn InvitationRow(
    id: UserId,
    invitation: Invitation,
    /// What is known of the crate beside its name.
    krate: Option<Krate>,
    now: Timestamp,
) -> impl IntoView {
    let client = use_client();
    let session = use_session();
    let notices = use_notices();
    let stage = RwSignal::new(Stage::Open);
    let expired = invitation.has_expired(now);
    let crate_id = invitation.crate_id;
    let name = invitation.crate_name.clone();
    let said_id = format!("invitation-{crate_id}");
    let said_at = format!("#{said_id}");

    let answer = Callback::new(move |answer: InvitationAnswer| {
        if stage.with_untracked(|stage| matches!(stage, Stage::Sending(_))) {
            return;
        }
        stage.set(Stage::Sending(answer));
        let (client, said_at) = (client.clone(), said_at.clone());
        // It is seen through even if the page is left meanwhile.
        spawn_abortable(async move {
            let result = client.answer_invitation(crate_id, answer).await;
            let owns = |viewer: &crate::domain::user::Viewer| {
                viewer.owned_crates.iter().any(|own| own.id == crate_id)
            };
            let accepts = answer == InvitationAnswer::Accept;
            let end = end_of_write(session, &client, id, result, |viewer| {
                accepts && owns(viewer)
            })
            .await;
            let end = match end {
                WriteEnd::NotSoFar | WriteEnd::Unknown if !accepts => {
                    look(&client, id, crate_id).await
                }
                end => end,
            };
            let next = match end {
                WriteEnd::Done => Stage::Done(answer),
                WriteEnd::Refused(error) if invitation_text::is_over(&error) => Stage::Over(error),
                WriteEnd::Refused(error) => Stage::Refused(error),
                WriteEnd::NotSoFar => Stage::NotSoFar,
                WriteEnd::Unknown => Stage::Unknown,
                WriteEnd::SignedOut => return session.forget(),
                WriteEnd::SomebodyElse(other) => {
                    return notices.show(
                        NoticeKind::Info,
                        format!("You are signed in as “{other}” now. The invitation of the other account was not answered."),
                    );
                }
            };
            stage.try_set(next);
            // The buttons may be gone, and with them the focus.
            timer::next_frame(move || {
                if document::focus_is_lost() {
                    document::focus_in_sight(&said_at);
                }
            });
        });
    });

    let is_open =
        Memo::new(move |_| stage.with(|stage| !matches!(stage, Stage::Done(_) | Stage::Over(_))));
    let labels = (
        format!("Accept the invitation to {name}"),
        format!("Decline the invitation to {name}"),
    );
    let buttons = move || {
        is_open.get().then(|| {
            let (accept, decline) = labels.clone();
            let busy = move |one| stage.with(|stage| *stage == Stage::Sending(one)).to_string();
            let accept = (!expired).then(|| view! {
                <button
                    type="button"
                    class="button button--primary"
                    aria-label=accept
                    aria-busy=move || busy(InvitationAnswer::Accept)
                    on:click=move |_| answer.run(InvitationAnswer::Accept)
                >
                    {move || if stage.with(|stage| *stage == Stage::Sending(InvitationAnswer::Accept)) { "Accepting…" } else { "Accept" }}
                </button>
            });
            view! {
                <p class="settings__actions">
                    {accept}
                    <button
                        type="button"
                        class="button"
                        aria-label=decline
                        aria-busy=move || busy(InvitationAnswer::Decline)
                        on:click=move |_| answer.run(InvitationAnswer::Decline)
                    >
                        {move || if stage.with(|stage| *stage == Stage::Sending(InvitationAnswer::Decline)) { "Declining…" } else { "Decline" }}
                    </button>
                </p>
            }
        })
    };
    let said = {
        let name = name.clone();
        move || stage.with(|stage| said(stage, &name))
    };
    let page = Route::krate(&name).path();
    let downloads = krate.map(|krate| {
        let description = krate
            .description
            .map(|text| view! { <p dir="auto">{text}</p> });
        view! {
            {description}
            <dl class="invitation__facts"><div><dt>"Downloads"</dt><dd>{intl::number(krate.downloads)}</dd></div></dl>
        }
    });
    let until = match invitation.expires_at {
        Some(time) if expired => view! {
            <div><dt><span class="state-word" data-state="over">"expired"</span></dt><dd><LongDate time=time /></dd></div>
        }
        .into_any(),
        Some(time) => view! {
            <div><dt>"Can be accepted until"</dt><dd><LongDate time=time /> ", " <RelativeTime time=time now=now /></dd></div>
        }
        .into_any(),
        None => ().into_any(),
    };
    let sent = invitation
        .created_at
        .map(|time| view! { <div><dt>"Sent"</dt><dd><LongDate time=time /></dd></div> });
    view! {
        <li class="invitation">
            <h2 class="invitation__name"><a href=page>{name.clone()}</a></h2>
            {downloads}
            <dl class="invitation__facts">
                <div><dt>"Invited by"</dt><dd>{inviter(invitation.inviter, crate_id)}</dd></div>
                {sent}
                {until}
            </dl>
            <OwnersOf name=name />
            {buttons}
            <div id=said_id class="invitation__said" role="status" aria-atomic="true" tabindex="-1">{said}</div>
        </li>
    }
    .into_any()
}

fn inviter(user: Option<User>, crate_id: i64) -> AnyView {
    let Some(user) = user else {
        return "somebody the registry does not name".into_any();
    };
    let href = Route::user(&user.username).path();
    let about = about(&user, format!("about-inviter-{crate_id}"));
    let name = user
        .name
        .map(|name| view! { " (" <DisplayName name=name /> ")" });
    view! { <a href=href><UsernameText username=user.username /></a> {about} {name} }.into_any()
}

/// Who owns the crate: asked for when somebody wants to know.
#[component]
fn OwnersOf(name: String) -> impl IntoView {
    let open = RwSignal::new(false);
    let client = use_client();
    let list = move || {
        open.get().then(|| {
            let (client, name) = (client.clone(), name.clone());
            let owners = load(Weight::Aside, move || {
                let (client, name) = (client.clone(), name.clone());
                Box::pin(async move { client.crate_owners(&name).await })
            });
            move || match owners.get() {
                Load::Loading => view! { <p>"Loading…"</p> }.into_any(),
                Load::Ready(list) => owner_names(list),
                Load::Failed(_) => view! {
                    <p>"They could not be loaded. " <button type="button" class="button" on:click=move |_| owners.reload()>"Try again"</button></p>
                }
                .into_any(),
            }
        })
    };
    view! {
        <details on:toggle=move |_| open.set(true)>
            <summary>"Who owns it now"</summary>
            {list}
        </details>
    }
    .into_any()
}

fn owner_names(list: Vec<CrateOwner>) -> AnyView {
    if list.is_empty() {
        return view! { <p>"Nobody."</p> }.into_any();
    }
    let items = list
        .into_iter()
        .map(|owner| match owner {
            CrateOwner::User(user) => {
                let href = Route::user(&user.username).path();
                view! { <li><a href=href><UsernameText username=user.username /></a></li> }
                    .into_any()
            }
            CrateOwner::Team(team) => {
                let href = Route::team(&team.login).path();
                view! { <li><a href=href>{team.short_name()}</a> " (team)"</li> }.into_any()
            }
        })
        .collect_view();
    view! { <ul class="crate-names">{items}</ul> }.into_any()
}

fn said(stage: &Stage, name: &str) -> AnyView {
    let (kind, text, link) = match stage {
        Stage::Open | Stage::Sending(_) => return ().into_any(),
        Stage::Done(InvitationAnswer::Accept) => (
            "saved",
            format!("You own {name} now."),
            Some((
                String::from("Go to its settings"),
                Route::CrateSettings {
                    name: name.to_owned(),
                },
            )),
        ),
        Stage::Done(InvitationAnswer::Decline) => (
            "saved",
            format!("You declined. Nothing has changed at {name}."),
            None,
        ),
        Stage::Over(error) | Stage::Refused(error) => (
            "refused",
            invitation_text::refused(error),
            invitation_text::needs_email(error).then(|| {
                (
                    String::from("Go to your e-mail address"),
                    Route::SettingsProfile,
                )
            }),
        ),
        Stage::NotSoFar => (
            "unknown",
            String::from(
                "The answer was lost on the way, and the invitation is open so far. Wait a moment before you try once more.",
            ),
            None,
        ),
        Stage::Unknown => (
            "unknown",
            String::from(
                "The answer was lost on the way, and it could not be read what became of it. Load the page again when the connection is back.",
            ),
            None,
        ),
    };
    let link = link.map(|(label, route)| view! { " " <a href=route.path()>{label}</a> });
    view! { <p class="write-outcome" data-kind=kind>{text} {link}</p> }.into_any()
}

/// Looks whether an invitation is still in the list.
async fn look(client: &Client, id: UserId, crate_id: i64) -> WriteEnd {
    match all_invitations_of(client, id).await {
        Ok(list) if list.iter().any(|one| one.crate_id == crate_id) => WriteEnd::NotSoFar,
        Ok(_) => WriteEnd::Done,
        Err(ApiError::SignedOut { .. }) => WriteEnd::SignedOut,
        Err(_) => WriteEnd::Unknown,
    }
}
