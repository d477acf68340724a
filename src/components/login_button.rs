//! The button that signs in, and the words that belong to it: what goes on, what went wrong, what else can be done.
//!
//! Button and words are apart, because in the header there is no room for words beside the button.

use leptos::prelude::*;

use crate::reactive::Memo;
use crate::state::login::{LoginPlace, LoginStage, LoginState};
use crate::template::view;

/// Shows the button.
#[component]
pub fn LoginButton(
    login: LoginState,
    /// Where it stands; its words stand near.
    place: LoginPlace,
    /// The button's classes.
    #[prop(default = "button button--primary")]
    class: &'static str,
) -> impl IntoView {
    let busy = move || {
        matches!(login.stage(), LoginStage::Starting | LoginStage::Finishing).then_some("true")
    };
    let label = move || match login.stage() {
        LoginStage::Idle | LoginStage::LooksClosed => "Log in with GitHub",
        LoginStage::Starting => "Going to GitHub…",
        LoginStage::AtGitHub => "Show the GitHub window",
        LoginStage::Finishing => "Signing in…",
    };
    view! {
        <button type="button" class=class aria-busy=busy on:click=move |_| login.begin(place)>{label}</button>
    }
}

/// Says how signing in goes, where it was begun.
#[component]
pub fn LoginWords(
    login: LoginState,
    /// Whose words these are.
    place: LoginPlace,
    /// What there is to say otherwise.
    #[prop(optional, into)]
    otherwise: MaybeProp<&'static str>,
) -> impl IntoView {
    let here = move || login.place() == place;
    let at_github = Memo::new(move |_| {
        here()
            && matches!(
                login.stage(),
                LoginStage::AtGitHub | LoginStage::LooksClosed
            )
    });
    let words = move || {
        let stage = match login.stage() {
            LoginStage::AtGitHub => {
                Some("Go on in the window that has opened. It closes by itself.")
            }
            LoginStage::LooksClosed => Some(
                "The GitHub window looks closed, and nothing has come back from it. Try again, or sign in without a second window.",
            ),
            LoginStage::Idle | LoginStage::Starting | LoginStage::Finishing => None,
        };
        let said = match stage {
            _ if !here() => None,
            Some(words) => Some(words.to_owned()),
            None => login.problem(),
        };
        said.or_else(|| otherwise.get().map(str::to_owned))
            .map(|words| view! { <p class="login-words__text">{words}</p> })
    };
    let ways = move || {
        at_github.get().then(|| {
            view! {
                <button type="button" class="button" on:click=move |_| login.begin_in_this_window()>
                    "Sign in without a second window"
                </button>
            }
        })
    };
    view! {
        <div class="login-words">
            <div role="status" aria-atomic="true">{words}</div>
            {ways}
        </div>
    }
}
