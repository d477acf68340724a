//! What stands before a page that belongs to whoever is signed in.
//!
//! Nobody signed in: the sign-in screen, and afterwards the same address again. Not known yet: neither that nor the page.
//! A session that ends while the page is in sight is noticed by the first request that is refused for it.

use leptos::prelude::*;

use super::failure::{ProblemScreen, Subject, problem};
use crate::api::error::ApiError;
use crate::components::error_screen::Problem;
use crate::domain::session::Session;
use crate::domain::user::{UserId, Viewer};
use crate::reactive::{Memo, effect};
use crate::state::load::{Load, Loader};
use crate::state::session::use_session;
use crate::state::title::provide_title;
use crate::template::view;

/// What decides which of the screens is shown. The rest of a viewer may change without building the page anew.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Who {
    Unknown,
    Nobody,
    Somebody(UserId),
}

/// Shows a page to whoever is signed in.
#[component]
pub fn Guard(
    /// The page's heading and title, which stand there before it is known who is looking.
    heading: &'static str,
    /// Builds the page, its `h1` and title included, for this person.
    page: Callback<Viewer, AnyView>,
    /// Once it is built, the page itself says what becomes of a session that ends or is another person's.
    #[prop(optional)]
    holds_on: bool,
) -> impl IntoView {
    let session = use_session();
    let who = Memo::new(move |before: Option<&Who>| match before {
        Some(somebody @ Who::Somebody(_)) if holds_on => *somebody,
        _ => session.with(|session| match session {
            Session::Unknown => Who::Unknown,
            Session::LoggedIn(viewer) => Who::Somebody(viewer.id),
            Session::Guest | Session::SigningUp(_) => Who::Nobody,
        }),
    });
    let retry = Callback::new(move |()| session.ask());
    move || match who.get() {
        Who::Somebody(_) => match session.get_untracked() {
            Session::LoggedIn(viewer) => page.run(viewer),
            _ => ().into_any(),
        },
        Who::Nobody => {
            view! { <ProblemScreen problem=Problem::SignIn on_retry=retry /> }.into_any()
        }
        Who::Unknown => match session.problem() {
            None => view! { <Waiting heading=heading /> }.into_any(),
            Some(error) => {
                let subject = Subject {
                    not_found: String::from("It could not be checked who you are"),
                    advice: String::new(),
                    failed: String::from("It could not be checked who you are"),
                };
                view! { <ProblemScreen problem=problem(&error, &subject) on_retry=retry /> }
                    .into_any()
            }
        },
    }
}

#[component]
fn Waiting(heading: &'static str) -> impl IntoView {
    provide_title(move || heading.to_owned());
    view! { <h1 tabindex="-1" aria-busy="true">{heading}</h1> }
}

/// Asks who is signed in when a request is refused because nobody is: the guard then shows what is true.
pub fn watch_session<T: Clone + Send + Sync + 'static>(loader: Loader<T>) {
    let session = use_session();
    effect(move |_| {
        if loader.with(|value| matches!(value, Load::Failed(ApiError::SignedOut { .. }))) {
            session.ask();
        }
    });
}
