//! Signing in with GitHub: in a window of its own while the page stays, or in this window and back again.
//!
//! The landing page hands over what GitHub said without judging it; `domain::login` says whether it belongs to what was begun
//! here. What goes wrong is said where the button is. Nothing of this knows what a session is good for.

mod popup;
mod text;

use crate::browser::event::PageTransitionEvent;
use leptos::prelude::*;

use super::client::{SharedClient, now, use_client};
use super::load::spawn_abortable;
use super::navigation::NavigationState;
use super::reader::forget_reader_when_gone;
use super::session::SessionState;
use crate::api::error::ApiError;
use crate::browser::landing::LandingAnswer;
use crate::browser::{document, listener, navigation, storage, timer};
use crate::domain::login::{Answer, Attempt, Message, Sender};
use crate::domain::return_to::ReturnTo;
use crate::domain::session::{Authorized, LoginStart};
use crate::domain::user::Viewer;
use crate::reactive::{RwSignal, StoredValue, effect};
use crate::route::Route;
use popup::Running;
use text::{could_not_begin, failed};

/// How far signing in has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LoginStage {
    /// Not under way.
    Idle,
    /// Asking the registry where to go.
    Starting,
    /// The person is at GitHub, in a window of its own.
    AtGitHub,
    /// That window looks closed. Its answer is waited for all the same; trying again is offered.
    LooksClosed,
    /// Back from GitHub; the registry is checking.
    Finishing,
}

/// Where the button was that began it: what there is to say is said there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LoginPlace {
    /// In the header.
    Header,
    /// In the page.
    Page,
}

/// Signing in, and what went wrong with it last.
#[derive(Clone, Copy)]
pub struct LoginState {
    stage: RwSignal<LoginStage>,
    place: RwSignal<LoginPlace>,
    problem: RwSignal<Option<String>>,
    signups: RwSignal<u32>,
    session: SessionState,
    tools: StoredValue<Tools>,
    running: StoredValue<Option<Running>>,
}

/// What event handlers need, taken out of context once.
struct Tools {
    client: SharedClient,
    navigation: NavigationState,
}

/// Installs it.
pub fn provide_login(session: SessionState, navigation: NavigationState) -> LoginState {
    let state = LoginState {
        stage: RwSignal::new(LoginStage::Idle),
        place: RwSignal::new(LoginPlace::Header),
        problem: RwSignal::new(None),
        signups: RwSignal::new(0),
        session,
        tools: StoredValue::new(Tools {
            client: use_client(),
            navigation,
        }),
        running: StoredValue::new(None),
    };
    // Back from GitHub by the back button: the page may be as it was left, on the way.
    let shown = listener::listen_window("pageshow", move |event: PageTransitionEvent| {
        if event.persisted() && state.stage.get_untracked() == LoginStage::Starting {
            state.stage.set(LoginStage::Idle);
        }
    });
    // Somebody who has signed in, in another tab too, waits for no window any more.
    effect(move |_| {
        if session.with(|session| session.viewer().is_some()) {
            untrack(|| state.settle());
        }
    });
    let shown = StoredValue::new(shown);
    on_cleanup(move || {
        shown.dispose();
        state.running.try_update_value(Option::take);
    });
    provide_context(state);
    state
}

/// Signing in, in this app.
///
/// # Panics
/// Outside of the app, whose root installs it.
pub fn use_login() -> LoginState {
    expect_context()
}

/// Whether this window has just come back from GitHub.
pub fn is_coming_back() -> bool {
    storage::read(storage::LOGIN_ANSWER).is_some()
}

impl LoginState {
    /// How far it has come; tracked.
    pub fn stage(self) -> LoginStage {
        forget_reader_when_gone();
        self.stage.get()
    }

    /// The same without subscribing.
    pub fn stage_untracked(self) -> LoginStage {
        self.stage.get_untracked()
    }

    /// Where it was begun; tracked.
    pub fn place(self) -> LoginPlace {
        forget_reader_when_gone();
        self.place.get()
    }

    /// What went wrong last; tracked.
    pub fn problem(self) -> Option<String> {
        forget_reader_when_gone();
        self.problem.get()
    }

    /// How often somebody came back for whom there is no account yet; tracked.
    pub fn signups(self) -> u32 {
        forget_reader_when_gone();
        self.signups.get()
    }

    /// Begins, in a window of its own where the browser allows one. To be called while a click is handled.
    pub fn begin(self, place: LoginPlace) {
        match self.stage.get_untracked() {
            LoginStage::Starting | LoginStage::Finishing => return,
            LoginStage::AtGitHub => return self.show_window(),
            LoginStage::Idle | LoginStage::LooksClosed => {}
        }
        self.place.set(place);
        self.problem.set(None);
        if !self.begin_in_popup() {
            self.begin_in_this_window();
        }
    }

    /// Leaves for GitHub in this window, instead of whatever was begun. One comes back to the present address.
    pub fn begin_in_this_window(self) {
        self.running.try_update_value(Option::take);
        self.problem.set(None);
        self.stage.set(LoginStage::Starting);
        let Some((client, here)) = self.tools() else {
            return;
        };
        spawn_abortable(async move {
            match client.begin_session().await {
                Ok(start) if is_web_address(&start) => {
                    self.began();
                    storage::write(storage::OAUTH_STATE, &start.state);
                    storage::write(storage::RETURN_TO, here.as_str());
                    navigation::leave(&start.url);
                }
                Ok(_) => self.fail(could_not_begin(&ApiError::Malformed)),
                Err(error) => self.fail(could_not_begin(&error)),
            }
        });
    }

    /// Finishes what `begin_in_this_window` began, if this window has come back from GitHub.
    pub fn finish(self) {
        let Some(answer) = storage::take(storage::LOGIN_ANSWER) else {
            return;
        };
        let mut attempt = Attempt::default();
        if let Some(state) = storage::take(storage::OAUTH_STATE) {
            attempt.left_with(&state);
        }
        let answer = LandingAnswer::read(&answer).and_then(|answer| {
            // Only pages of this origin write into its storage, as only they use the channel.
            attempt.receive(message(Sender::Channel, answer))
        });
        match answer {
            Some(answer) => self.take_in(answer),
            None => {
                self.session.ask_or_guest();
                self.fail(
                    "This sign-in was not begun in this window, so it was not used. Try again.",
                );
            }
        }
    }

    fn take_in(self, answer: Answer) {
        match answer {
            Answer::Granted { code, state } => return self.authorize(code, state),
            Answer::Denied => {
                self.fail("You did not let GitHub tell us who you are, so you are not signed in.")
            }
            Answer::Failed { error } => self.fail(format!(
                "GitHub did not sign you in and gave this reason: {error}."
            )),
        }
        if !self.session.get_untracked().is_known() {
            self.session.ask_or_guest();
        }
    }

    fn authorize(self, code: String, state: String) {
        self.stage.set(LoginStage::Finishing);
        let Some((client, here)) = self.tools() else {
            return;
        };
        spawn_abortable(async move {
            let result = client.authorize_session(&code, &state).await;
            match result {
                Ok(Authorized::SignedIn(viewer)) => self.signed_in(*viewer),
                Ok(Authorized::SignupRequired) => self.sign_up(&client, &here),
                Err(error) if error.leaves_outcome_unknown() => {
                    self.read_back(&client, &here, &error).await
                }
                Err(error) => {
                    self.session.forget();
                    self.fail(failed(&error));
                }
            }
        });
    }

    /// The answer was lost: what became of it is asked, before anything is said.
    async fn read_back(self, client: &SharedClient, here: &ReturnTo, error: &ApiError) {
        match client.me().await {
            Ok(viewer) => return self.signed_in(viewer),
            Err(ApiError::SignedOut { .. }) => {}
            Err(_) => {
                self.session.forget();
                return self.fail("Signing in was interrupted, and it could not be found out how far it came. Try again.");
            }
        }
        if client.pending_signup().await.is_ok() {
            self.sign_up(client, here);
        } else {
            self.session.forget();
            self.fail(failed(error));
        }
    }

    fn signed_in(self, viewer: Viewer) {
        storage::remove(storage::RETURN_TO);
        storage::remove(storage::SIGNUP_STARTED);
        self.stage.try_set(LoginStage::Idle);
        self.session.change(viewer);
        let place = self.place.get_untracked();
        // The button that had the focus is gone.
        timer::next_frame(move || {
            if document::focus_is_lost() {
                document::focus(match place {
                    LoginPlace::Header => "[popovertarget='account-menu']",
                    LoginPlace::Page => "main h1",
                });
            }
        });
    }

    /// There is no account for this GitHub account yet: on to choosing a username.
    fn sign_up(self, client: &SharedClient, here: &ReturnTo) {
        storage::write(storage::SIGNUP_STARTED, &now(client).millis().to_string());
        if here.as_str() != Route::Signup.path() {
            storage::write(storage::RETURN_TO, here.as_str());
        }
        self.session.forget();
        self.session.tell_other_tabs();
        self.stage.try_set(LoginStage::Idle);
        self.signups.try_update(|signups| *signups += 1);
        self.tools
            .try_with_value(|tools| tools.navigation.go(&Route::Signup));
    }

    /// Somebody is signed in: an attempt that still waits ends, and what went wrong before is past.
    fn settle(self) {
        if matches!(
            self.stage.get_untracked(),
            LoginStage::AtGitHub | LoginStage::LooksClosed
        ) {
            self.running.try_update_value(Option::take);
            self.stage.set(LoginStage::Idle);
        }
        if self.problem.with_untracked(Option::is_some) {
            self.problem.set(None);
        }
    }

    /// Beginning anew ends a sign-up that was pending (crates.io's `begin` does), so nobody is half-way any more.
    fn began(self) {
        storage::remove(storage::SIGNUP_STARTED);
        self.session.forget_signup();
    }

    fn fail(self, text: impl Into<String>) {
        self.stage.try_set(LoginStage::Idle);
        self.problem.try_set(Some(text.into()));
    }

    /// The client, and the address to be at afterwards.
    fn tools(self) -> Option<(SharedClient, ReturnTo)> {
        self.tools.try_with_value(|tools| {
            let here = ReturnTo::parse(&untrack(|| tools.navigation.address()));
            (tools.client.clone(), here.unwrap_or_default())
        })
    }
}

fn message(sender: Sender, answer: LandingAnswer) -> Message {
    Message {
        sender,
        code: answer.code,
        state: answer.state,
        error: answer.error,
    }
}

/// An address of the web; a registry that names anything else is not followed.
fn is_web_address(start: &LoginStart) -> bool {
    start.url.starts_with("https://") || start.url.starts_with("http://")
}
