//! The owners of a crate, users and teams: every username in full, display names second, and beside a person what tells more.

use leptos::prelude::*;

use super::avatar::{Avatar, AvatarSize};
use super::gradual_list::{Row, gradual_list};
use super::username_text::{DisplayName, UsernameText};
use crate::domain::krate_owner::CrateOwner;
use crate::domain::team::Team;
use crate::domain::user::User;
use crate::route::Route;
use crate::template::view;

/// Shows the owners in the server's order.
#[component]
pub fn OwnerList(
    owners: Vec<CrateOwner>,
    /// What stands beside a person's name.
    about: fn(&User, String) -> AnyView,
) -> impl IntoView {
    let rows = owners.into_iter().map(|owner| -> Row {
        Box::new(move || match owner {
            CrateOwner::User(user) => user_row(user, about),
            CrateOwner::Team(team) => team_row(team),
        })
    });
    let rows = gradual_list(rows.collect());
    view! { <ul class="owner-list">{rows}</ul> }
}

fn user_row(user: User, about: fn(&User, String) -> AnyView) -> AnyView {
    let href = Route::user(&user.username).path();
    let id = user.id.0.to_string();
    let about = about(&user, format!("about-owner-{id}"));
    let name = user
        .name
        .map(|name| view! { <DisplayName name=name short=true /> });
    view! {
        <li class="owner">
            <Avatar address=user.avatar size=AvatarSize::Medium />
            <div>
                <div class="owner__name">
                    <a href=href data-user-id=id><UsernameText username=user.username /></a>
                    {about}
                </div>
                {name}
            </div>
        </li>
    }
    .into_any()
}

fn team_row(team: Team) -> AnyView {
    let href = Route::team(&team.login).path();
    let short = team.short_name();
    let name = team
        .name
        .map(|name| view! { <DisplayName name=name short=true /> });
    view! {
        <li class="owner">
            <Avatar address=team.avatar size=AvatarSize::Medium fallback="team" />
            <div>
                <div class="owner__name">
                    <a href=href><span class="username" dir="ltr">{short}</span></a>
                    <span class="display-name">"team"</span>
                </div>
                {name}
            </div>
        </li>
    }
    .into_any()
}
