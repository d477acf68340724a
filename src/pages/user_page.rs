//! A person: the username first and always, then who they are elsewhere, then the crates they own.

mod user_crates;
mod user_head;

use leptos::prelude::*;

use super::failure::{ProblemScreen, Subject, problem};
use crate::api::error::ApiError;
use crate::domain::user::Profile;
use crate::domain::username::Username;
use crate::route::{ListQuery, Route};
use crate::state::client::use_client;
use crate::state::load::{Load, Weight, load};
use crate::state::navigation::use_navigation;
use crate::state::own_name::own_name_change;
use crate::state::session::use_session;
use crate::state::title::provide_title;
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
    let asked = username.clone();
    let profile = load(Weight::Content, move || {
        let (client, asked) = (client.clone(), asked.clone());
        Box::pin(async move { client.user(&asked).await })
    });
    let list = Memo::new(move |_| match navigation.route().get() {
        Route::User { list, .. } => list,
        _ => ListQuery::default(),
    });

    // The address takes the server's spelling; the page is the same one, so nothing is asked again.
    Effect::new(move |_| {
        profile.with(|profile| {
            if let (Some(Profile { user, .. }), Route::User { username, list }) =
                (profile.ready(), navigation.route().get_untracked())
                && user.username.as_str() != username
                && user.username.canonical().as_str()
                    == crate::domain::username::canonical_form(&username)
            {
                navigation.replace(&Route::User {
                    username: user.username.to_string(),
                    list,
                });
            }
        });
    });

    // One's own page in another tab follows a rename: under the old name there is none any more.
    let renamed = own_name_change(use_session());
    Effect::new(move |_| {
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
        Load::Loading => view! { <LoadingScreen username=username.clone() /> }.into_any(),
        Load::Ready(profile) => view! { <UserScreen profile=profile list=list /> }.into_any(),
        Load::Failed(error) => view! {
            <FailureScreen username=username.clone() error=error more_to_try=more_to_try on_retry=Callback::new(move |()| profile.reload()) />
        }
        .into_any(),
    }
    };
    view! { <div class="user-page">{screen}</div> }
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
        advice: advice(&username).to_owned(),
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

/// Why there is no user of this name, as far as its letters tell.
fn advice(name: &str) -> &'static str {
    if Username::parse(name).is_ok() {
        "Nobody has this username here, however it is spelled: capital letters make no difference, and - and _ count as one character."
    } else if name.contains(':') {
        "Nobody was found by this name."
    } else {
        "This cannot be a username. One has 1 to 39 letters a–z, digits, - and _, and begins with a letter or a digit."
    }
}
