//! What stands in a page's place when it cannot be shown: one screen per kind of failure, each with the way on that fits it.

use leptos::prelude::*;

use super::login_button::{LoginButton, LoginWords};
use crate::browser::navigation;
use crate::state::login::{LoginPlace, LoginState};
use crate::template::view;

/// Why a page cannot be shown. A page knows these few and no more.
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    /// There is no such thing. Trying again would not help.
    NotFound {
        /// What was not found, as a heading.
        title: String,
        /// What to try instead.
        advice: String,
    },
    /// Somebody must be signed in.
    SignIn,
    /// Somebody is signed in, but it is not theirs.
    NotYours {
        /// The server's reason or ours.
        detail: String,
    },
    /// Asked too often; `until` is a clock time in words.
    WaitUntil {
        /// When it may be asked again, as the reader's language writes it.
        until: String,
        /// The server's words, if any.
        detail: String,
    },
    /// The registry takes no changes for now.
    ReadOnly {
        /// The server's words.
        detail: String,
    },
    /// This browser has no connection.
    Offline,
    /// A new release of the app has taken away what this page needs.
    NewVersion,
    /// Something failed that may work the next time.
    TryAgain {
        /// What was tried, as a heading.
        title: String,
        /// The server's words, if any.
        detail: String,
    },
}

impl Problem {
    /// The heading, which is also the page's title.
    pub fn title(&self) -> String {
        match self {
            Self::NotFound { title, .. } | Self::TryAgain { title, .. } => title.clone(),
            Self::SignIn => String::from("Sign in to see this page"),
            Self::NotYours { .. } => String::from("This page is not yours"),
            Self::WaitUntil { .. } => String::from("Too many requests"),
            Self::ReadOnly { .. } => String::from("The registry is read-only for now"),
            Self::Offline => String::from("No connection to the registry"),
            Self::NewVersion => String::from("A new version is out"),
        }
    }

    /// What it means for the reader, and until when.
    pub fn text(&self) -> String {
        match self {
            Self::NotFound { advice, .. } => advice.clone(),
            Self::SignIn => String::from(
                "What stands here belongs to one person. Sign in, and you come back to this very page.",
            ),
            Self::NotYours { .. } => String::from("You are signed in, but this is for others."),
            Self::WaitUntil { until, .. } => {
                format!("The registry asks for a pause. Try again after {until}.")
            }
            Self::ReadOnly { .. } => String::from(
                "Everything can be read, nothing can be changed until maintenance is over.",
            ),
            Self::Offline => String::from(
                "The registry could not be reached from here. Check your connection, then try again.",
            ),
            Self::NewVersion => String::from(
                "This site has been renewed since you opened it, and the page needs the new version. It is loaded by itself, once.",
            ),
            Self::TryAgain { .. } => String::from("This may be over in a moment."),
        }
    }

    /// The words of the server, or of the failure itself.
    pub fn detail(&self) -> Option<String> {
        let detail = match self {
            Self::NotYours { detail }
            | Self::WaitUntil { detail, .. }
            | Self::ReadOnly { detail }
            | Self::TryAgain { detail, .. } => detail,
            Self::NotFound { .. } | Self::SignIn | Self::Offline | Self::NewVersion => return None,
        };
        (!detail.is_empty()).then(|| detail.clone())
    }
}

/// Shows the problem. Header and footer stay; the address stays.
#[component]
pub fn ErrorScreen(
    problem: Problem,
    /// Asks again, where asking again can help.
    #[prop(optional)]
    on_retry: Option<Callback<()>>,
    /// Signing in, which is the way on from [`Problem::SignIn`].
    #[prop(optional)]
    login: Option<LoginState>,
    /// More to try, below the text.
    #[prop(optional)]
    children: Option<ChildrenFn>,
) -> impl IntoView {
    let retry = matches!(
        problem,
        Problem::TryAgain { .. }
            | Problem::Offline
            | Problem::WaitUntil { .. }
            | Problem::ReadOnly { .. }
            | Problem::NewVersion
    );
    let again = if problem == Problem::NewVersion {
        "Load it"
    } else {
        "Try again"
    };
    let action = match (&problem, login) {
        (Problem::SignIn, Some(login)) => view! {
            <LoginButton login=login place=LoginPlace::Page />
            <LoginWords login=login place=LoginPlace::Page />
        }
        .into_any(),
        _ if retry => view! {
            <button
                type="button"
                class="button button--primary"
                on:click=move |_| match on_retry {
                    Some(again) => again.run(()),
                    None => navigation::reload(),
                }
            >
                {again}
            </button>
        }
        .into_any(),
        _ => view! {
            <button type="button" class="button" on:click=move |_| navigation::back("/")>
                "Go back"
            </button>
        }
        .into_any(),
    };
    let detail = problem.detail().map(
        |detail| view! { <p>"The registry says:"</p> <p class="error-screen__detail">{detail}</p> },
    );
    view! {
        <section class="error-screen">
            <h1 tabindex="-1">{problem.title()}</h1>
            <p>{problem.text()}</p>
            {detail}
            {children.map(|children| children())}
            <div class="error-screen__actions">{action}</div>
        </section>
    }
}
