//! The owners, people and teams, each with a way to remove them where there is one.

use leptos::prelude::*;

use super::Settings;
use super::removal::Removal;
use crate::components::avatar::{Avatar, AvatarSize};
use crate::components::username_text::{DisplayName, UsernameText};
use crate::domain::krate_owner::CrateOwner;
use crate::domain::team::Team;
use crate::domain::user::{User, UserId};
use crate::pages::account::about;
use crate::reactive::RwSignal;
use crate::route::Route;
use crate::template::view;

#[component]
pub(super) fn Owners(settings: Settings) -> impl IntoView {
    let asked = RwSignal::new(None::<CrateOwner>);
    let me = settings.viewer.with_value(|viewer| viewer.id);
    let rows = move || {
        let owners = settings.owners.with(|owners| owners.ready().cloned());
        let owners = owners.unwrap_or_default();
        let people = owners.iter().filter(|owner| owner.as_user().is_some());
        let is_last = people.count() == 1;
        owners
            .into_iter()
            .map(|owner| match owner {
                CrateOwner::User(user) => person(user, me, is_last, asked),
                CrateOwner::Team(team) => team_row(team, asked),
            })
            .collect_view()
    };
    view! {
        <section class="settings__section" aria-labelledby="owners-heading">
            <h2 id="owners-heading" tabindex="-1">"Owners"</h2>
            <ul class="owner-rows" aria-label="Owners">{rows}</ul>
            <Removal settings=settings asked=asked />
        </section>
    }
    .into_any()
}

fn person(user: User, me: UserId, is_last: bool, asked: RwSignal<Option<CrateOwner>>) -> AnyView {
    let href = Route::user(&user.username).path();
    let id = user.id.0.to_string();
    let about = about(&user, format!("about-owner-{id}"));
    let is_me = user.id == me;
    let you = is_me.then(|| view! { <span class="state-word">"you"</span> });
    let name = user
        .name
        .clone()
        .map(|name| view! { <DisplayName name=name short=true /> });
    let label = if is_me {
        String::from("Remove yourself")
    } else {
        format!("Remove {}", user.username)
    };
    let owner = CrateOwner::User(user.clone());
    let action = if is_last {
        view! {
            <p class="owner-row__why">"The last person among the owners cannot be removed, since teams cannot change owners. Add somebody first."</p>
        }
        .into_any()
    } else {
        view! {
            <button type="button" class="button" aria-label=label on:click=move |_| asked.set(Some(owner.clone()))>"Remove"</button>
        }
        .into_any()
    };
    view! {
        <li class="owner-row">
            <div class="owner">
                <Avatar address=user.avatar size=AvatarSize::Medium />
                <div>
                    <div class="owner__name">
                        <a href=href data-user-id=id><UsernameText username=user.username /></a>
                        {about}
                        {you}
                    </div>
                    {name}
                </div>
            </div>
            {action}
        </li>
    }
    .into_any()
}

fn team_row(team: Team, asked: RwSignal<Option<CrateOwner>>) -> AnyView {
    let href = Route::team(&team.login).path();
    let short = team.short_name();
    let label = format!("Remove the team {short}");
    let name = team
        .name
        .clone()
        .map(|name| view! { <DisplayName name=name short=true /> });
    let owner = CrateOwner::Team(team.clone());
    view! {
        <li class="owner-row">
            <div class="owner">
                <Avatar address=team.avatar size=AvatarSize::Medium fallback="team" />
                <div>
                    <div class="owner__name">
                        <a href=href><span class="username" dir="ltr">{short}</span></a>
                        <span class="display-name">"team"</span>
                    </div>
                    {name}
                </div>
            </div>
            <button type="button" class="button" aria-label=label on:click=move |_| asked.set(Some(owner.clone()))>"Remove"</button>
        </li>
    }
    .into_any()
}
