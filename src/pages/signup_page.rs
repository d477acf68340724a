//! Signing up: GitHub has said who somebody is, they say what they want to be called.
//!
//! Which screen is shown is the server's word: a sign-up may end by time, in another tab, in another browser, or by signing in
//! anew, and each end has its screen. What was typed is kept in this tab until the account exists or the sign-up is cancelled.

mod details;
mod done_screen;
mod email_field;
mod flow;
mod form;
mod screens;
mod submission;

use leptos::prelude::*;

use super::failure::{ProblemScreen, Subject, problem};
use crate::api::error::ApiError;
use crate::domain::return_to::ReturnTo;
use crate::domain::session::PendingSignup;
use crate::domain::user::Viewer;
use crate::domain::username::Username;
use crate::reactive::{Memo, RwSignal};
use crate::state::title::provide_title;
use crate::template::view;
use done_screen::DoneScreen;
use flow::Flow;
use form::SignupForm;
use screens::{CancelledScreen, GoneScreen, NotOfferedScreen, SignedInScreen};

/// What is shown.
#[derive(Clone, PartialEq)]
enum Screen {
    /// The server is asked.
    Loading,
    /// A sign-up is pending.
    Form(PendingSignup),
    /// There is none (any more).
    Gone(Gone),
    /// Somebody is signed in.
    SignedIn {
        viewer: Box<Viewer>,
        /// The sign-up that was open here was finished in another tab.
        elsewhere: bool,
        back: Option<ReturnTo>,
    },
    /// The account was made here.
    Done {
        viewer: Box<Viewer>,
        asked: Username,
        back: Option<ReturnTo>,
    },
    Cancelled,
    /// This server has no sign-up of this kind.
    NotOffered,
    Failed(ApiError),
}

/// Why there is no pending sign-up.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gone {
    /// None is known of.
    Nothing,
    /// Its time ran out.
    Expired,
    /// Finished or cancelled in another place.
    Elsewhere,
    /// Signing in was begun anew, which ends it.
    Restarted,
    /// An account may have been made: the answer was lost.
    AnswerLost,
}

/// Shows the page.
#[component]
pub fn SignupPage() -> impl IntoView {
    let flow = Flow::new();
    flow.follow();
    // An error in the form stands in the title too, for those who hear the page.
    let mistaken = RwSignal::new(false);
    let heading = Memo::new(move |_| flow.screen.with(heading));
    provide_title(move || {
        if mistaken.get() {
            format!("Error: {}", heading.get())
        } else {
            heading.get()
        }
    });
    let failed = Memo::new(move |_| {
        flow.screen.with(|screen| match screen {
            Screen::Failed(error) => Some(error.clone()),
            _ => None,
        })
    });
    let body = move || {
        mistaken.set(false);
        match flow.screen.get() {
            Screen::Loading | Screen::Failed(_) => ().into_any(),
            Screen::Form(pending) => view! { <SignupForm flow=flow pending=pending mistaken=mistaken /> }.into_any(),
            Screen::Gone(why) => view! { <GoneScreen login=flow.login why=why /> }.into_any(),
            Screen::SignedIn { viewer, elsewhere, back } => {
                view! { <SignedInScreen viewer=*viewer elsewhere=elsewhere back=back /> }.into_any()
            }
            Screen::Done { viewer, asked, back } => {
                view! { <DoneScreen viewer=*viewer asked=asked back=back github_login=flow.github_login() /> }.into_any()
            }
            Screen::Cancelled => view! { <CancelledScreen login=flow.login /> }.into_any(),
            Screen::NotOffered => view! { <NotOfferedScreen login=flow.login /> }.into_any(),
        }
    };
    let busy = move || {
        flow.screen
            .with(|screen| (*screen == Screen::Loading).then_some("true"))
    };
    let retry = Callback::new(move |()| {
        flow.show(Screen::Loading);
        flow.look();
    });
    move || match failed.get() {
        Some(error) => {
            let subject = Subject {
                not_found: String::new(),
                advice: String::new(),
                failed: String::from("Your sign-up could not be loaded"),
            };
            view! { <ProblemScreen problem=problem(&error, &subject) on_retry=retry /> }.into_any()
        }
        None => view! {
            <div class="signup-page">
                <h1 tabindex="-1" aria-busy=busy>{heading}</h1>
                {body}
            </div>
        }
        .into_any(),
    }
}

fn heading(screen: &Screen) -> String {
    String::from(match screen {
        Screen::Loading | Screen::Form(_) | Screen::Failed(_) => "Create your account",
        Screen::Gone(Gone::Nothing) => "No sign-up is open",
        Screen::Gone(Gone::Expired) => "The time to sign up has run out",
        Screen::Gone(Gone::Elsewhere) => "This sign-up is no longer open",
        Screen::Gone(Gone::Restarted) => "Log in again to go on",
        Screen::Gone(Gone::AnswerLost) => "It is not known whether your account was created",
        Screen::SignedIn { .. } => "You are signed in",
        Screen::Done { viewer, .. } => return format!("Welcome, {}", viewer.username),
        Screen::Cancelled => "The sign-up was cancelled",
        Screen::NotOffered => "There is nothing to sign up for",
    })
}
