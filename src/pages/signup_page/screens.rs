//! The screens of a page that has no sign-up to show: none open, run out, finished elsewhere, cancelled, not offered.

use leptos::prelude::*;

use super::Gone;
use crate::components::login_button::{LoginButton, LoginWords};
use crate::components::username_text::UsernameText;
use crate::domain::return_to::ReturnTo;
use crate::domain::user::Viewer;
use crate::route::Route;
use crate::state::login::{LoginPlace, LoginState};
use crate::template::view;

/// There is no sign-up (any more).
#[component]
pub(super) fn GoneScreen(login: LoginState, why: Gone) -> impl IntoView {
    let text = match why {
        Gone::Nothing => {
            "To get an account, log in with GitHub. If there is none for your GitHub account yet, you choose your username next."
        }
        Gone::Expired => {
            "A sign-up stays open for 30 minutes. Nothing was created. What you typed is kept in this tab: log in again, and it is there."
        }
        Gone::Elsewhere => {
            "It was finished or cancelled in another place, or the registry has dropped it. Log in: if the account exists, you are signed in to it; if not, you can sign up, and what you typed in this tab is there."
        }
        Gone::Restarted => {
            "Logging in again ends the sign-up that was open and begins a new one. What you typed is kept in this tab."
        }
        Gone::AnswerLost => {
            "The registry’s answer was lost on the way, and the sign-up is no longer open, so most likely it worked. Log in: if the account exists, you are signed in to it; if not, you can sign up again with what you typed. Nothing is created twice."
        }
    };
    view! {
        <p>{text}</p>
        {log_in(login)}
    }
}

/// The person has ended it.
#[component]
pub(super) fn CancelledScreen(login: LoginState) -> impl IntoView {
    view! {
        <p>"No account was created, and what you typed is forgotten. You can sign up at any time."</p>
        <p><a href=Route::Home.path()>"Go to the front page"</a></p>
        {log_in(login)}
    }
}

/// The registry makes accounts in another way.
#[component]
pub(super) fn NotOfferedScreen(login: LoginState) -> impl IntoView {
    view! {
        <p>"This registry has no step for signing up: it makes the account when you log in for the first time, and gives it your GitHub name."</p>
        {log_in(login)}
    }
}

/// Somebody is signed in, so there is nothing to sign up for.
#[component]
pub(super) fn SignedInScreen(
    viewer: Viewer,
    elsewhere: bool,
    back: Option<ReturnTo>,
) -> impl IntoView {
    let page = Route::user(&viewer.username).path();
    let how = if elsewhere {
        "The sign-up was finished in another tab. You are "
    } else {
        "There is nothing left to sign up for. You are "
    };
    view! {
        <p>{how} <UsernameText username=viewer.username /> "."</p>
        {ways_on(page, back)}
    }
}

/// The links that lead on: one's own page, and where one was.
pub(super) fn ways_on(page: String, back: Option<ReturnTo>) -> AnyView {
    let back = back
        .filter(|back| back.as_str() != "/")
        .map(|back| view! { <a class="button" href=back.as_str().to_owned()>"Go back to where you were"</a> });
    view! {
        <p class="signup-page__actions">
            <a class="button button--primary" href=page>"Go to your page"</a>
            {back}
        </p>
    }
    .into_any()
}

fn log_in(login: LoginState) -> AnyView {
    view! {
        <p class="signup-page__actions"><LoginButton login=login place=LoginPlace::Page /></p>
        <LoginWords login=login place=LoginPlace::Page />
    }
    .into_any()
}
