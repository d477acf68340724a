//! What to try when nobody has a username: its other spellings are no help, but a GitHub name may be another thing.
//!
//! It never says whether anybody had the name before. Few read it, so it is not in the piece with the page of a user; that
//! shows it where it belongs (`app::parts`).

use leptos::prelude::*;

use crate::domain::owner::{GitHubLogin, OwnerSpecification};
use crate::domain::username::Username;
use crate::pages::github_account::{add_line, plain_name, sentence, trouble};
use crate::reactive::RwSignal;
use crate::route::Route;
use crate::state::account_cache::use_account_cache;
use crate::state::client::use_client;
use crate::state::load::{Weight, load};
use crate::template::view;

const LOOK_UP: &str = "look-up-on-github";

/// What else the name may be.
pub fn more_to_try(name: &str) -> AnyView {
    match OwnerSpecification::parse(name) {
        Ok(OwnerSpecification::Unqualified(username)) => as_github_name(username),
        Ok(OwnerSpecification::GitHub(login)) => view! {
            <p>"Either no account here is linked to a GitHub account called " {plain_name(login.as_str())} ", or this registry cannot look up by GitHub names."</p>
        }
        .into_any(),
        _ => view! {
            <p>"This cannot be a username. One has 1 to 39 letters a–z, digits, - and _, and begins with a letter or a digit."</p>
            <p><a href=Route::DocsUsernames.path()>"How usernames work"</a></p>
        }
        .into_any(),
    }
}

fn as_github_name(username: Username) -> AnyView {
    let Some(login) = GitHubLogin::parse(username.as_str()) else {
        return ().into_any();
    };
    let name = username.to_string();
    let which = Route::UserWhich {
        username: name.clone(),
    }
    .path();
    let asked = RwSignal::new(0_u32);
    let found = login.clone();
    // Anew with each press; the button stays, and the focus on it.
    let outcome = move || {
        (asked.get() > 0).then(|| {
            let (accounts, client, login) = (use_account_cache(), use_client(), found.clone());
            let asking = login.clone();
            let lookup = load(Weight::Aside, move || {
                let (client, login) = (client.clone(), asking.clone());
                Box::pin(async move { accounts.user_by_github_login(&client, &login).await })
            });
            let said = login.clone();
            view! {
                <div role="status">{move || lookup.with(|lookup| sentence(&said, lookup))}</div>
                {trouble(lookup, "#look-up-on-github")}
            }
        })
    };
    let canonical = username.canonical().to_string();
    let folded = (canonical != name)
        .then(|| view! { " It was looked for as " {plain_name(&canonical)} "." });
    let on_github = OwnerSpecification::GitHub(login);
    let here = OwnerSpecification::from(username);
    view! {
        <p>
            "It was looked for in every spelling: capital letters make no difference, and - and _ count as one character."
            {folded}
        </p>
        <h2>"It may be somebody’s name on GitHub"</h2>
        <p>"People may have another username here than on GitHub."</p>
        <p>
            <button type="button" class="button" id=LOOK_UP on:click=move |_| asked.update(|asked| *asked += 1)>
                {format!("Look for an account here whose GitHub login is {name}")}
            </button>
        </p>
        {outcome}
        <p><a href=which>"Compare both meanings of this name"</a></p>
        <h2>"In a command"</h2>
        <p>"To add an owner, say which name you mean. Whoever has it on GitHub:"</p>
        {add_line(on_github, "command for the GitHub name")}
        <p>"Whoever has it as a username here, which is nobody at present:"</p>
        {add_line(here, "command for the username")}
    }
    .into_any()
}
