//! Somebody who could be added: their card, what they are to the crate already, whom they could be taken for, the command,
//! and the one button that invites them.

use leptos::prelude::*;

use super::Settings;
use crate::browser::intl;
use crate::components::copy_line::CopyLine;
use crate::components::look_alike::look_alike;
use crate::domain::krate_owner::CrateOwner;
use crate::domain::owner::{GitHubLogin, OwnerAction, OwnerSpecification, command};
use crate::domain::owner_addition::{Choice, Stage, Standing, look_alikes, standing};
use crate::domain::user::{Profile, User};
use crate::pages::account::account_card;
use crate::reactive::Memo;
use crate::state::client::{now, use_client};
use crate::state::owner_addition::OwnerAdditionState;
use crate::template::view;

/// A person with their card.
pub(super) fn candidate(
    settings: Settings,
    state: OwnerAdditionState,
    profile: Profile,
) -> AnyView {
    let client = use_client();
    let me = settings.viewer.with_value(|viewer| viewer.id);
    let id = profile.user.id;
    let username = profile.user.username.to_string();
    let line = profile.owner_name();
    let choice = Choice::Account(Box::new(profile.clone()));
    let alike = {
        let user = profile.user.clone();
        move || alike(settings, &user)
    };
    let stands = Memo::new(move |_| {
        settings.owners.with(|owners| {
            settings.invitations.with(|invitations| {
                let owners = owners.ready().map(Vec::as_slice).unwrap_or_default();
                let invitations = invitations.ready().map(Vec::as_slice).unwrap_or_default();
                standing(id, me, owners, invitations, now(&client))
            })
        })
    });
    let action = move || match stands.get() {
        Standing::Oneself => {
            view! { <p><strong>"This is you."</strong> " You own the crate already."</p> }
                .into_any()
        }
        Standing::Owner => {
            view! { <p><strong>{format!("{username} owns this crate already.")}</strong></p> }
                .into_any()
        }
        Standing::Invited { until } => {
            let until = until.map_or_else(String::new, |until| {
                format!(", who can accept until {}", intl::long_date(until))
            });
            view! {
                <p><strong>{format!("There is an open invitation for {username}{until}.")}</strong> " Nothing more can be done until then."</p>
            }
            .into_any()
        }
        Standing::New => {
            let krate = settings.krate.get_value();
            let line = line
                .as_deref()
                .and_then(|name| command(name, OwnerAction::Add, Some(&krate)));
            invite(state, choice.clone(), format!("Invite {username}"), line)
        }
    };
    view! {
        <div class="owner-candidate">
            {account_card(profile)}
            {alike}
            {action}
        </div>
    }
    .into_any()
}

/// Somebody at GitHub whom this server cannot look up.
pub(super) fn unseen(settings: Settings, state: OwnerAdditionState, login: GitHubLogin) -> AnyView {
    let text = format!(
        "This registry cannot look up whose account here is linked to {login} on GitHub. It can invite them all the same, but you would not see whom before it is done."
    );
    let action = move || {
        // Only with the server's level known is it known what would be sent.
        let qualified = settings.oneself.with(|oneself| {
            oneself
                .ready()
                .map(|profile| profile.linked_accounts.is_some())
        })?;
        let choice = Choice::Unseen(login.clone());
        let krate = settings.krate.get_value();
        let line = choice
            .sent_as(qualified)
            .and_then(|name| command(&name, OwnerAction::Add, Some(&krate)));
        Some(invite(
            state,
            choice,
            format!("Invite {login} on GitHub unseen"),
            line,
        ))
    };
    view! {
        <div class="owner-candidate">
            <p>{text}</p>
            {action}
        </div>
    }
    .into_any()
}

/// A team, which is added at once.
pub(super) fn bare_team(
    settings: Settings,
    state: OwnerAdditionState,
    owner: &OwnerSpecification,
) -> AnyView {
    let OwnerSpecification::Team { organization, team } = owner else {
        return ().into_any();
    };
    let full_name = owner.to_string();
    let asked = full_name.clone();
    let is_owner = Memo::new(move |_| {
        settings.owners.with(|owners| {
            owners.ready().is_some_and(|owners| {
                owners
                    .iter()
                    .filter_map(CrateOwner::as_team)
                    .any(|team| team.login.eq_ignore_ascii_case(&asked))
            })
        })
    });
    let heading = format!("The team {organization}/{team}");
    let choice = Choice::Team {
        organization: organization.to_string(),
        full_name,
    };
    let action = move || {
        if is_owner.get() {
            return view! { <p><strong>"This team owns the crate already."</strong></p> }
                .into_any();
        }
        let krate = settings.krate.get_value();
        let line = choice
            .sent_as(true)
            .and_then(|name| command(&name, OwnerAction::Add, Some(&krate)));
        invite(state, choice.clone(), String::from("Add the team"), line)
    };
    view! {
        <h3>{heading}</h3>
        <div class="owner-candidate">
            <p>"A team is added at once: nobody has to accept. Whoever is a member of it at GitHub, now or later, can publish and yank versions, but not change owners. You must be a member yourself."</p>
            {action}
        </div>
    }
    .into_any()
}

/// The button, and the same as a command.
fn invite(
    state: OwnerAdditionState,
    choice: Choice,
    label: String,
    line: Option<String>,
) -> AnyView {
    let chosen = choice.clone();
    let is_it = Memo::new(move |_| {
        state.with(|machine| match machine.stage() {
            Stage::Checking(_, _, one)
            | Stage::Sending(_, _, one)
            | Stage::ReadingBack(_, _, one, _) => *one == chosen,
            _ => false,
        })
    });
    let is_busy = Memo::new(move |_| state.with(|machine| machine.is_busy()));
    let shown = move || {
        if is_it.get() {
            String::from("Sending…")
        } else {
            label.clone()
        }
    };
    let line = line.map(|line| {
        view! { <p class="owner-candidate__or">"Or on the command line:"</p> <CopyLine text=line what="the command" /> }
    });
    view! {
        <p class="settings__actions">
            <button
                type="button"
                class="button button--primary"
                aria-busy=move || is_it.get().to_string()
                aria-disabled=move || is_busy.get().then_some("true")
                on:click=move |_| state.choose(choice.clone())
            >
                {shown}
            </button>
        </p>
        {line}
    }
    .into_any()
}

/// Whom the name could be taken for, among those who have to do with the crate.
fn alike(settings: Settings, user: &User) -> AnyView {
    let me = settings.viewer.with_value(|viewer| viewer.as_user());
    let owners: Vec<User> = settings.owners.with(|owners| {
        let owners = owners.ready().map(Vec::as_slice).unwrap_or_default();
        owners
            .iter()
            .filter_map(CrateOwner::as_user)
            .cloned()
            .collect()
    });
    let invited: Vec<User> = settings.invitations.with(|invitations| {
        let invitations = invitations.ready().map(Vec::as_slice).unwrap_or_default();
        invitations
            .iter()
            .filter_map(|invitation| invitation.invitee.clone())
            .collect()
    });
    let others = std::iter::once(&me).chain(&owners).chain(&invited);
    look_alikes(user, others)
        .into_iter()
        .map(|other| {
            let (whose, label) = if other.id == me.id {
                ("you", "You")
            } else if owners.iter().any(|owner| owner.id == other.id) {
                ("an owner of this crate", "An owner")
            } else {
                ("somebody who is invited", "Invited")
            };
            let text = format!(
                "{} is easily taken for {}, {whose}. They are two different accounts.",
                user.username, other.username
            );
            view! {
                <div class="owner-candidate__alike">
                    <p><strong>{text}</strong></p>
                    {look_alike("This account", user.username.as_str(), label, other.username.as_str())}
                </div>
            }
        })
        .collect_view()
        .into_any()
}
