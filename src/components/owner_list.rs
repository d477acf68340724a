//! The owners of a crate, users and teams: every username in full, display names second, the mark where a name does not match.

use leptos::prelude::*;

use super::avatar::{Avatar, AvatarSize};
use super::mismatch_badge::MismatchBadge;
use super::username_text::{DisplayName, UsernameText};
use crate::domain::identity;
use crate::domain::krate_owner::CrateOwner;
use crate::domain::team::Team;
use crate::domain::user::User;
use crate::route::Route;

/// Shows the owners in the server's order.
#[component]
pub fn OwnerList(owners: Vec<CrateOwner>) -> impl IntoView {
    let rows = owners
        .into_iter()
        .map(|owner| match owner {
            CrateOwner::User(user) => user_row(user),
            CrateOwner::Team(team) => team_row(team),
        })
        .collect_view();
    view! { <ul class="owner-list">{rows}</ul> }
}

fn user_row(user: User) -> AnyView {
    let href = Route::user(&user.username).path();
    // Owners come without linked accounts, so the kind of a mismatch is not known here.
    let badge = identity::mismatch(user.github_match, None, &user.username).map(|mismatch| {
        let id = format!("mismatch-{}", user.id.0);
        view! { <MismatchBadge mismatch=mismatch panel_id=id href=Some(href.clone()) /> }
    });
    let name = user
        .name
        .map(|name| view! { <DisplayName name=name short=true /> });
    view! {
        <li class="owner">
            <Avatar address=user.avatar size=AvatarSize::Medium />
            <div>
                <div class="owner__name">
                    <a href=href.clone()><UsernameText username=user.username /></a>
                    {badge}
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
