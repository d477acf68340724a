//! A team at GitHub that owns crates: its full name, where it is, and the crates.

use leptos::prelude::*;

use super::crates_section::CratesSection;
use super::failure::{ProblemScreen, Subject, problem};
use crate::api::crate_query::CrateFilter;
use crate::components::avatar::{Avatar, AvatarSize};
use crate::components::username_text::DisplayName;
use crate::domain::page::CrateSort;
use crate::domain::team::Team;
use crate::reactive::Memo;
use crate::route::{ListQuery, Route};
use crate::state::client::use_client;
use crate::state::load::{Load, Weight, load};
use crate::state::navigation::use_navigation;
use crate::state::title::provide_title;
use crate::template::view;

/// Shows the team of this full name, `github:{org}:{team}`.
#[component]
pub fn TeamPage(login: String) -> impl IntoView {
    let client = use_client();
    let navigation = use_navigation();
    let asked = login.clone();
    let team = load(Weight::Content, move || {
        let (client, asked) = (client.clone(), asked.clone());
        Box::pin(async move { client.team(&asked).await })
    });
    let list = Memo::new(move |_| match navigation.route().get() {
        Route::Team { list, .. } => list,
        _ => ListQuery::default(),
    });
    let screen = move || match team.get() {
        Load::Loading => view! { <LoadingScreen login=login.clone() /> }.into_any(),
        Load::Ready(team) => view! { <TeamScreen team=team list=list /> }.into_any(),
        Load::Failed(error) => {
            let subject = Subject {
                not_found: format!("No team {login}"),
                advice: String::from(
                    "No team of this name owns crates here. A team is named github:organization:team, in small letters.",
                ),
                failed: format!("The page of {login} could not be loaded"),
            };
            let retry = Callback::new(move |()| team.reload());
            view! { <ProblemScreen problem=problem(&error, &subject) on_retry=retry /> }.into_any()
        }
    };
    view! { <div class="team-page">{screen}</div> }
}

#[component]
fn LoadingScreen(login: String) -> impl IntoView {
    let title = login.clone();
    provide_title(move || format!("Team {title}"));
    view! {
        <div class="user-head" aria-busy="true">
            <Avatar address=None size=AvatarSize::Large fallback="team" />
            <div><h1 tabindex="-1"><span class="username" dir="ltr">{login}</span></h1></div>
        </div>
    }
}

#[component]
fn TeamScreen(team: Team, list: Memo<ListQuery>) -> impl IntoView {
    let title = team.short_name();
    provide_title(move || format!("Team {title}"));
    let (id, login, short) = (team.id, team.login.clone(), team.short_name());
    let route = Callback::new(move |list| Route::Team {
        login: login.clone(),
        list,
    });
    view! {
        {head(team)}
        <CratesSection
            heading="Crates"
            filter=CrateFilter::Team(id)
            default_sort=CrateSort::Alphabetical
            list=list
            route=route
            empty=move || view! { <p>{short.clone()} " owns no crates."</p> }
        />
    }
}

fn head(team: Team) -> AnyView {
    let short = team.short_name();
    let name = team
        .name
        .clone()
        .map(|name| view! { <p class="user-head__name"><DisplayName name=name /></p> });
    let organization = team.organization().map(str::to_owned);
    // The address is the registry's word; only the web's own scheme becomes a link.
    let link = team
        .url
        .filter(|url| url.starts_with("https://"))
        .zip(organization)
        .map(|(url, organization)| {
            view! {
                <div>
                    <dt>"Organization"</dt>
                    <dd><a href=url rel="noopener nofollow" referrerpolicy="no-referrer">{organization} " on GitHub"</a></dd>
                </div>
            }
        });
    view! {
        <div class="user-head">
            <Avatar address=team.avatar size=AvatarSize::Large fallback="team" />
            <div>
                <h1 tabindex="-1"><span class="username" dir="ltr">{short}</span></h1>
                {name}
                <p>"A GitHub team. Its members can publish and yank versions of these crates, but cannot change who owns them."</p>
                <dl class="user-head__facts">
                    <div><dt>"Full name"</dt><dd><code>{team.login}</code></dd></div>
                    {link}
                </dl>
            </div>
        </div>
    }
    .into_any()
}
