//! A person: the username first and always, then who they are elsewhere, then the crates they own.

mod user_crates;
mod user_head;

use leptos::prelude::*;

use super::failure::{ProblemScreen, Subject, problem};
use crate::api::error::ApiError;
use crate::domain::user::Profile;
use crate::domain::username::canonical_form;
use crate::reactive::{Memo, effect};
use crate::route::{ListQuery, Route};
use crate::state::account_cache::use_account_cache;
use crate::state::client::use_client;
use crate::state::load::{Load, Weight, load_unless_known};
use crate::state::navigation::use_navigation;
use crate::state::own_name::own_name_change;
use crate::state::session::use_session;
use crate::state::title::provide_title;
use crate::template::view;
use user_crates::UserCrates;
use user_head::{UserHead, UserHeadPlaceholder};

/// Shows the page of whoever has this username, in any spelling.
#[component]
pub fn UserPage(
    /// As it stands in the address.
    username: String,
    /// What to try when nobody has it.
    more_to_try: fn(String) -> AnyView,
) -> impl IntoView {
    let client = use_client();
    let navigation = use_navigation();
    let accounts = use_account_cache();
    let asked = username.clone();
    let profile = load_unless_known(Weight::Content, accounts.take_over(&username), move || {
        let (client, asked) = (client.clone(), asked.clone());
        Box::pin(async move { client.user(&asked).await })
    });
    let list = Memo::new(move |_| match navigation.route().get() {
        Route::User { list, .. } => list,
        _ => ListQuery::default(),
    });

    // The address takes the server's spelling, also for somebody found as `github:login`. Nothing is asked again: the page
    // is the same one, or the next one is handed what was found.
    let asked = username.clone();
    effect(move |_| {
        profile.with(|profile| {
            if let (Some(found), Route::User { username, list }) =
                (profile.ready(), navigation.route().get_untracked())
                && found.user.username.as_str() != username
                && username == asked
            {
                if !is_here(found, &username) {
                    accounts.hand_over(found.clone());
                }
                navigation.replace(&Route::User {
                    username: found.user.username.to_string(),
                    list,
                });
            }
        });
    });

    // One's own page in another tab follows a rename: under the old name there is none any more.
    let renamed = own_name_change(use_session());
    effect(move |_| {
        let Some(change) = renamed.get() else { return };
        let is_it = profile.signal().with_untracked(|profile| {
            profile.ready().is_some_and(|profile| {
                profile.user.id == change.id && profile.user.username == change.from
            })
        });
        match navigation.route().get_untracked() {
            Route::User { list, .. } if is_it && change.from.is_same_name(&change.to) => {
                profile.reload();
                navigation.replace(&Route::User {
                    username: change.to.to_string(),
                    list,
                });
            }
            Route::User { list, .. } if is_it => navigation.replace(&Route::User {
                username: change.to.to_string(),
                list,
            }),
            _ => {}
        }
    });

    let screen = move || {
        match profile.get() {
        Load::Ready(profile) if is_here(&profile, &username) => view! { <UserScreen profile=profile list=list /> }.into_any(),
        Load::Failed(error) => view! {
            <FailureScreen username=username.clone() error=error more_to_try=more_to_try on_retry=Callback::new(move |()| profile.reload()) />
        }
        .into_any(),
        // Loading, or found for the next page.
        _ => view! { <LoadingScreen username=username.clone() /> }.into_any(),
    }
    };
    view! { <div class="user-page">{screen}</div> }
}

/// Whether the page of this name is the person's; `github:login` is the address of another page.
fn is_here(found: &Profile, name: &str) -> bool {
    found.user.username.canonical().as_str() == canonical_form(name)
}

#[component]
fn LoadingScreen(username: String) -> impl IntoView {
    let title = username.clone();
    provide_title(move || title.clone());
    view! { <UserHeadPlaceholder username=username /> }
}

#[component]
fn UserScreen(profile: Profile, list: Memo<ListQuery>) -> impl IntoView {
    let title = profile.user.username.to_string();
    provide_title(move || title.clone());
    let id = profile.user.id;
    let username = profile.user.username.clone();
    view! {
        <UserHead profile=profile />
        <UserCrates id=id username=username list=list />
    }
}

/// Says who was not found, never that somebody once had the name.
#[component]
fn FailureScreen(
    username: String,
    error: ApiError,
    more_to_try: fn(String) -> AnyView,
    on_retry: Callback<()>,
) -> impl IntoView {
    let subject = Subject {
        not_found: format!("No user {username}"),
        advice: String::from("Nobody was found by this name."),
        failed: format!("The page of {username} could not be loaded"),
    };
    let problem = problem(&error, &subject);
    match error {
        ApiError::NotFound { .. } => view! {
            <ProblemScreen problem=problem on_retry=on_retry>{more_to_try(username.clone())}</ProblemScreen>
        }
        .into_any(),
        _ => view! { <ProblemScreen problem=problem on_retry=on_retry /> }.into_any(),
    }
}
