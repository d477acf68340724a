//! Who is looking, for the whole app, and how that is found out.
//!
//! `/me` is asked only when somebody was signed in before or the page calls for it; everybody else is a guest at once. Until
//! it answers the session is unknown, which the header shows as neither. Other tabs are told of every change.

use futures_util::FutureExt;
use leptos::prelude::*;
use send_wrapper::SendWrapper;

use super::client::use_client;
use super::load::spawn_abortable;
use super::reader::forget_reader_when_gone;
use crate::api::error::ApiError;
use crate::browser::channel::{self, Channel};
use crate::browser::{navigation, storage};
use crate::domain::session::Session;
use crate::domain::user::Viewer;
use crate::reactive::{RwSignal, StoredValue};

const CHANGED: &str = "changed";

/// What a person leaves in the browser's storage beside the session.
const PERSONAL: [storage::Key; 8] = [
    storage::RETURN_TO,
    storage::OAUTH_STATE,
    storage::LOGIN_ANSWER,
    storage::SIGNUP_STARTED,
    storage::SIGNUP_DRAFT,
    storage::RENAME,
    storage::EMAIL_DRAFT,
    storage::TOKEN_DRAFT,
];

/// The session and, where it could not be asked for, why.
#[derive(Clone, Copy)]
pub struct SessionState {
    session: RwSignal<Session>,
    problem: RwSignal<Option<ApiError>>,
    leaving: RwSignal<bool>,
    channel: StoredValue<Option<SendWrapper<Channel>>>,
}

/// Installs the session: unknown if it `may_be_signed_in`, otherwise a guest's.
pub fn provide_session(may_be_signed_in: bool) -> SessionState {
    let known = if may_be_signed_in {
        Session::Unknown
    } else {
        Session::Guest
    };
    let state = SessionState {
        session: RwSignal::new(known),
        problem: RwSignal::new(None),
        leaving: RwSignal::new(false),
        channel: StoredValue::new(None),
    };
    let joined = {
        let owner = Owner::current();
        channel::join("nameplate.session", move |word| {
            // What another tab did is asked of the server, never believed of the tab.
            if word.as_string().as_deref() == Some(CHANGED)
                && let Some(owner) = &owner
            {
                owner.with(|| state.ask());
            }
        })
    };
    state.channel.set_value(joined.map(SendWrapper::new));
    provide_context(state);
    state
}

/// The session of this app; a guest's where none was installed.
pub fn use_session() -> SessionState {
    use_context().unwrap_or_else(|| provide_session(false))
}

/// Whether this browser remembers that somebody was signed in.
pub fn was_signed_in() -> bool {
    storage::read(storage::SIGNED_IN).as_deref() == Some("1")
}

impl SessionState {
    /// The session; tracked.
    pub fn get(self) -> Session {
        forget_reader_when_gone();
        self.session.get()
    }

    /// The session, borrowed; tracked.
    pub fn with<U>(self, look: impl FnOnce(&Session) -> U) -> U {
        forget_reader_when_gone();
        self.session.with(look)
    }

    /// The session as it is now, without subscribing.
    pub fn get_untracked(self) -> Session {
        self.session.get_untracked()
    }

    /// Why the session could not be asked for, if so; tracked.
    pub fn problem(self) -> Option<ApiError> {
        forget_reader_when_gone();
        self.problem.get()
    }

    /// Whether signing out is under way; tracked.
    pub fn is_leaving(self) -> bool {
        forget_reader_when_gone();
        self.leaving.get()
    }

    /// Asks `/me` and believes it.
    pub fn ask(self) {
        let client = use_client();
        self.problem.set(None);
        let mut asking = Box::pin(async move {
            match client.me().await {
                Ok(viewer) => self.believe(viewer),
                Err(ApiError::SignedOut { .. }) => self.forget(),
                Err(ApiError::Cancelled) => {}
                Err(error) => {
                    self.problem.try_set(Some(error));
                }
            }
        });
        // The start script's answer may be here.
        if (&mut asking).now_or_never().is_none() {
            spawn_abortable(asking);
        }
    }

    /// Asks if somebody was signed in before; otherwise it is a guest.
    pub fn ask_or_guest(self) {
        if was_signed_in() {
            self.ask();
        } else {
            self.forget();
        }
    }

    /// Takes over what the server said of the signed-in person.
    pub fn believe(self, viewer: Viewer) {
        storage::write(storage::SIGNED_IN, "1");
        self.problem.try_set(None);
        self.session.try_set(Session::LoggedIn(viewer));
    }

    /// Takes over what the server said, and has the other tabs ask it too.
    pub fn change(self, viewer: Viewer) {
        self.believe(viewer);
        self.tell_other_tabs();
    }

    /// Corrects the signed-in person after a write of our own.
    pub fn update_viewer(self, change: impl FnOnce(&mut Viewer)) {
        self.session.try_update(|session| {
            if let Session::LoggedIn(viewer) = session {
                change(viewer);
            }
        });
    }

    /// Nobody is signed in (any more).
    pub fn forget(self) {
        storage::remove(storage::SIGNED_IN);
        self.problem.try_set(None);
        self.session.try_set(Session::Guest);
    }

    /// Nobody is half-way through signing up (any more). Whoever is signed in stays so.
    pub fn forget_signup(self) {
        self.session.try_update(|session| {
            if matches!(session, Session::SigningUp(_)) {
                *session = Session::Guest;
            }
        });
    }

    /// Sets the session to somebody half-way through signing up.
    pub fn set_signing_up(self, pending: crate::domain::session::PendingSignup) {
        storage::remove(storage::SIGNED_IN);
        self.session.try_set(Session::SigningUp(pending));
    }

    /// Has the other tabs ask the server again.
    pub fn tell_other_tabs(self) {
        self.channel.with_value(|channel| {
            if let Some(channel) = channel {
                channel.send(CHANGED);
            }
        });
    }

    /// Signs out and loads the front page from scratch, so that nothing of the session stays in memory. `failed` is told why not.
    pub fn sign_out(self, failed: impl FnOnce(ApiError) + 'static) {
        let client = use_client();
        self.leaving.set(true);
        spawn_abortable(async move {
            match client.end_session().await {
                // Signed out already is what was wanted.
                Ok(()) | Err(ApiError::SignedOut { .. }) => {
                    self.forget();
                    PERSONAL.into_iter().for_each(storage::remove);
                    self.tell_other_tabs();
                    navigation::leave("/");
                }
                Err(error) => {
                    self.leaving.try_set(false);
                    failed(error);
                }
            }
        });
    }
}
