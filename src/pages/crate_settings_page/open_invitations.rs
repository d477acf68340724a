//! The invitations that were not answered yet, and until when they can be.

use leptos::prelude::*;

use super::Settings;
use crate::components::section_problem::SectionProblem;
use crate::components::time_text::{LongDate, RelativeTime};
use crate::components::username_text::UsernameText;
use crate::domain::invitation::Invitation;
use crate::domain::time::Timestamp;
use crate::domain::user::User;
use crate::pages::account::about;
use crate::pages::failure::{Subject, problem};
use crate::route::Route;
use crate::state::client::{now, use_client};
use crate::state::load::Load;
use crate::template::view;

#[component]
pub(super) fn OpenInvitations(settings: Settings) -> impl IntoView {
    let client = use_client();
    let retry = Callback::new(move |()| settings.invitations.reload());
    let content = move || match settings.invitations.get() {
        Load::Loading => {
            view! { <p><span class="placeholder">"somebody, until some day"</span></p> }.into_any()
        }
        Load::Ready(list) if list.is_empty() => {
            view! { <p>"No invitation is open."</p> }.into_any()
        }
        Load::Ready(list) => rows(list, now(&client)),
        Load::Failed(error) => {
            let subject = Subject {
                not_found: String::from("The invitations were not found"),
                advice: String::new(),
                failed: String::from("The open invitations could not be loaded"),
            };
            view! { <SectionProblem problem=problem(&error, &subject) on_retry=retry /> }.into_any()
        }
    };
    view! {
        <section class="settings__section" aria-labelledby="invitations-heading">
            <h2 id="invitations-heading">"Open invitations"</h2>
            <p class="settings__note">
                "Those invited own nothing before they accept. The registry has no way to withdraw an invitation: it ends when it is declined or expires."
            </p>
            <div aria-busy=move || settings.invitations.is_busy().to_string()>{content}</div>
        </section>
    }
    .into_any()
}

fn rows(mut list: Vec<Invitation>, now: Timestamp) -> AnyView {
    // Those that end first, expired ones last.
    list.sort_by_key(|invitation| (invitation.has_expired(now), invitation.expires_at));
    let rows: Vec<AnyView> = list
        .into_iter()
        .map(|invitation| row(invitation, now))
        .collect();
    view! { <ul class="owner-rows" aria-label="Open invitations">{rows}</ul> }.into_any()
}

fn row(invitation: Invitation, now: Timestamp) -> AnyView {
    let expired = invitation.has_expired(now);
    let until = match invitation.expires_at {
        Some(time) if expired => view! {
            <span class="state-word" data-state="over">"expired"</span> " " <LongDate time=time />
        }
        .into_any(),
        Some(time) => view! { "can accept until " <LongDate time=time /> ", " <RelativeTime time=time now=now /> }.into_any(),
        None => "has not answered".into_any(),
    };
    let about_invited = invitation
        .invitee
        .as_ref()
        .map(|user| about(user, format!("about-invited-{}", user.id.0)));
    view! {
        <li class="owner-row">
            <div class="owner-row__invited">
                <div class="owner__name">{person(invitation.invitee)} {about_invited}</div>
                <p>"invited by " {person(invitation.inviter)} ", " {until}</p>
            </div>
        </li>
    }
    .into_any()
}

fn person(user: Option<User>) -> AnyView {
    match user {
        Some(user) => {
            let href = Route::user(&user.username).path();
            view! { <a href=href><UsernameText username=user.username /></a> }.into_any()
        }
        None => "somebody the registry does not name".into_any(),
    }
}
