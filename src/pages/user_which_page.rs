//! One name, two readings, side by side: the user who has it here, and the one whose GitHub account has it. Nothing is chosen.

use leptos::prelude::*;

use super::account::account_card;
use super::failure::{Subject, problem};
use super::github_account::{add_line, sentence, trouble};
use super::not_found_page::NotFoundPage;
use crate::api::error::ApiError;
use crate::browser::document;
use crate::components::section_problem::SectionProblem;
use crate::domain::namesakes::Namesakes;
use crate::domain::owner::{GitHubLogin, OwnerSpecification};
use crate::domain::user::{GitHubLookup, Profile};
use crate::reactive::Memo;
use crate::route::Route;
use crate::state::account_cache::use_account_cache;
use crate::state::client::use_client;
use crate::state::load::{Load, Loader, Weight, load};
use crate::state::title::provide_title;
use crate::template::view;

/// Shows both.
#[component]
pub fn UserWhichPage(
    /// As it stands in the address.
    username: String,
) -> impl IntoView {
    match GitHubLogin::parse(&username) {
        Some(login) => both(username, login),
        // Neither a username nor a name on GitHub: there is nothing to tell apart.
        None => view! { <NotFoundPage /> }.into_any(),
    }
}

fn both(name: String, login: GitHubLogin) -> AnyView {
    let title = format!("Which {name}?");
    let heading = title.clone();
    provide_title(move || title.clone());
    let (accounts, client) = (use_account_cache(), use_client());
    let here = accounts.load(&name);
    let asked = login.clone();
    let there = load(Weight::Aside, move || {
        let (client, login) = (client.clone(), asked.clone());
        Box::pin(async move {
            let lookup = accounts.user_by_github_login(&client, &login).await?;
            // "Nobody" can be told from "cannot look up" where anybody is known to exist, and the other side may know.
            if lookup == GitHubLookup::CannotTell
                && let Load::Ready(known) = here.settled().await
            {
                let known = known.user.username;
                return client.nobody_by_github_login(Some(&known)).await;
            }
            Ok(lookup)
        })
    });
    let namesakes = Memo::new(move |_| {
        let here = here.with(|here| match here {
            Load::Ready(profile) => Some(Some(profile.user.id)),
            Load::Failed(ApiError::NotFound { .. }) => Some(None),
            Load::Loading | Load::Failed(_) => None,
        })?;
        there.with(|there| Some(Namesakes::new(here, there.ready()?)))
    });
    let verdict = move || namesakes.get().map(Namesakes::sentence);
    // Remembered, so that the card of one side stays as it is when the other side is heard of.
    let is_same = Memo::new(move |_| namesakes.get() == Some(Namesakes::Same));
    let on_github = move || {
        if is_same.get() {
            view! { <p>"This is the account that has the username."</p> }.into_any()
        } else {
            let (said, owner) = (login.clone(), OwnerSpecification::GitHub(login.clone()));
            let account = move || {
                let found = there.with(|there| match there.ready() {
                    Some(GitHubLookup::Found(profile)) => Some(profile.clone()),
                    _ => None,
                });
                found.map(|profile| {
                    view! {
                        {account_card(*profile)}
                        {add_line(owner.clone(), "command for the GitHub name")}
                    }
                })
            };
            view! {
                <div>{move || there.with(|there| sentence(&said, there))}</div>
                {trouble(there, "#on-github")}
                {account}
            }
            .into_any()
        }
    };
    let shown = |what: &'static str| view! { {what} " " <span class="username" dir="ltr">{name.clone()}</span> };
    view! {
        <div class="which-page">
            <h1 tabindex="-1">{heading}</h1>
            <p>"A name can mean two accounts: the one that has it as its username here, and the one whose holder has it on GitHub."</p>
            <p class="which-page__verdict" role="status">{verdict}</p>
            <div class="which-page__both">
                <section aria-labelledby="as-username">
                    <h2 id="as-username" tabindex="-1">{shown("Username here:")}</h2>
                    {as_username(name.clone(), here)}
                </section>
                <section aria-labelledby="on-github">
                    <h2 id="on-github" tabindex="-1">{shown("Name on GitHub:")}</h2>
                    {on_github}
                </section>
            </div>
            <p><a href=format!("{}#owners", Route::DocsUsernames.path())>"How to name an owner exactly"</a></p>
        </div>
    }
    .into_any()
}

fn as_username(name: String, here: Loader<Profile>) -> AnyView {
    (move || match here.get() {
        Load::Loading => view! { <p>{format!("Looking up {name}…")}</p> }.into_any(),
        Load::Ready(profile) => {
            let add = profile
                .owner_name()
                .and_then(|owner| OwnerSpecification::parse(&owner).ok())
                .map(|owner| add_line(owner, "command for the username"));
            view! { {account_card(profile)} {add} }.into_any()
        }
        Load::Failed(ApiError::NotFound { .. }) => {
            view! { <p>"Nobody has this username here, however it is spelled."</p> }.into_any()
        }
        Load::Failed(error) => {
            let subject = Subject {
                not_found: String::new(),
                advice: String::new(),
                failed: format!("{name} could not be looked up here"),
            };
            let retry = Callback::new(move |()| {
                document::focus("#as-username");
                here.reload();
            });
            view! { <SectionProblem problem=problem(&error, &subject) on_retry=retry /> }.into_any()
        }
    })
    .into_any()
}
