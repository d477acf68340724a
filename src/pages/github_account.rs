//! What a look-up by a name on GitHub brought, in words, and the line that names an owner.

use leptos::prelude::*;

use super::failure::{Subject, problem};
use crate::browser::document;
use crate::components::copy_line::CopyLine;
use crate::components::section_problem::SectionProblem;
use crate::domain::owner::{GitHubLogin, OwnerAction, OwnerSpecification};
use crate::domain::user::GitHubLookup;
use crate::route::Route;
use crate::state::load::{Load, Loader};
use crate::template::view;

/// The outcome in a sentence; nothing of a failure, which [`trouble`] says.
pub fn sentence(login: &GitHubLogin, lookup: &Load<GitHubLookup>) -> AnyView {
    let login = plain_name(login.as_str());
    match lookup {
        Load::Loading => view! { <p>"Looking up " {login} " on GitHub…"</p> }.into_any(),
        Load::Ready(GitHubLookup::Found(profile)) => {
            let username = &profile.user.username;
            let href = Route::user(username).path();
            let here = plain_name(username.as_str());
            view! { <p>"Whoever is " {login} " on GitHub is " <a href=href>{here}</a> " here."</p> }
                .into_any()
        }
        Load::Ready(GitHubLookup::Nobody) => {
            view! { <p>"No account here is linked to a GitHub account called " {login} "."</p> }
                .into_any()
        }
        Load::Ready(GitHubLookup::CannotTell) => view! {
            <p>
                "No account was found that way. Either none here is linked to a GitHub account called " {login}
                ", or this registry cannot look up by GitHub names."
            </p>
        }
        .into_any(),
        Load::Failed(_) => ().into_any(),
    }
}

/// Why the look-up brought nothing. `keep_focus` names what gets the focus when the button to try again goes.
pub fn trouble(lookup: Loader<GitHubLookup>, keep_focus: &'static str) -> AnyView {
    (move || match lookup.get() {
        Load::Failed(error) => {
            let subject = Subject {
                not_found: String::new(),
                advice: String::new(),
                failed: String::from("The GitHub name could not be looked up"),
            };
            let retry = Callback::new(move |()| {
                document::focus(keep_focus);
                lookup.reload();
            });
            view! { <SectionProblem problem=problem(&error, &subject) on_retry=retry /> }.into_any()
        }
        Load::Loading | Load::Ready(_) => ().into_any(),
    })
    .into_any()
}

/// A name in a sentence.
pub fn plain_name(name: &str) -> AnyView {
    view! { <span class="username" dir="ltr">{name.to_owned()}</span> }.into_any()
}

/// The line that makes somebody an owner.
pub fn add_line(owner: OwnerSpecification, what: &'static str) -> AnyView {
    view! { <CopyLine text=owner.command(OwnerAction::Add, None) what=what /> }.into_any()
}
