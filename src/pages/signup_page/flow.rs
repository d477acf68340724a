//! The course of the page: what is shown, and what changes it.

use leptos::prelude::*;

use super::{Gone, Screen};
use crate::api::error::ApiError;
use crate::browser::{document, storage, timer};
use crate::domain::return_to::ReturnTo;
use crate::domain::session::{PendingSignup, Session};
use crate::domain::signup::LASTS_MS;
use crate::domain::time::Timestamp;
use crate::domain::user::{UserId, Viewer};
use crate::domain::username::Username;
use crate::reactive::{Memo, RwSignal, StoredValue, effect};
use crate::state::client::{SharedClient, now, use_client};
use crate::state::load::TaskSlot;
use crate::state::login::{LoginStage, LoginState, use_login};
use crate::state::progress::{ProgressState, use_progress};
use crate::state::session::{SessionState, use_session};

/// The page's course. Copies are the same one.
#[derive(Clone, Copy)]
pub(super) struct Flow {
    pub(super) screen: RwSignal<Screen>,
    pub(super) session: SessionState,
    pub(super) login: LoginState,
    client: StoredValue<SharedClient>,
    progress: ProgressState,
    looking: TaskSlot,
    /// Whose sign-up was shown last.
    github_login: StoredValue<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Who {
    Unknown,
    /// It could not be found out.
    Unanswered,
    Nobody,
    SigningUp,
    Somebody(UserId),
}

impl Flow {
    /// The course of the page that is being built.
    pub(super) fn new() -> Self {
        Self {
            screen: RwSignal::new(Screen::Loading),
            session: use_session(),
            login: use_login(),
            client: StoredValue::new(use_client()),
            progress: use_progress(),
            looking: TaskSlot::new(),
            github_login: StoredValue::new(String::new()),
        }
    }

    pub(super) fn client(self) -> Option<SharedClient> {
        self.client.try_get_value()
    }

    /// Now, by the server's clock.
    pub(super) fn now(self) -> Option<Timestamp> {
        self.client.try_with_value(|client| now(client))
    }

    pub(super) fn github_login(self) -> String {
        self.github_login.try_get_value().unwrap_or_default()
    }

    /// Follows the session, which other tabs change too, and every return from GitHub.
    pub(super) fn follow(self) {
        let who = Memo::new(move |_| {
            let unanswered = self.session.problem().is_some();
            self.session.with(|session| match session {
                Session::Unknown if unanswered => Who::Unanswered,
                Session::Unknown => Who::Unknown,
                Session::Guest => Who::Nobody,
                Session::SigningUp(_) => Who::SigningUp,
                Session::LoggedIn(viewer) => Who::Somebody(viewer.id),
            })
        });
        effect(move |before: Option<u32>| {
            let (who, signups) = (who.get(), self.login.signups());
            let is_back = before.is_some_and(|before| before != signups);
            untrack(|| self.react(who, is_back));
            signups
        });
    }

    fn react(self, who: Who, is_back: bool) {
        let has_ended = self.screen.with_untracked(|screen| {
            matches!(
                screen,
                Screen::Gone(_) | Screen::Cancelled | Screen::NotOffered | Screen::Done { .. }
            )
        });
        match who {
            Who::Unknown => {}
            Who::Somebody(_) => self.meet(),
            Who::SigningUp
                if self
                    .screen
                    .with_untracked(|screen| matches!(screen, Screen::Form(_)))
                    && !is_back => {}
            // Somebody who was told that it is over is told otherwise only when they come back from GitHub.
            Who::Nobody | Who::Unanswered | Who::SigningUp if has_ended && !is_back => {}
            Who::Nobody | Who::Unanswered | Who::SigningUp => self.look(),
        }
    }

    /// Changes the screen. The focus goes to the heading when what had it is gone.
    pub(super) fn show(self, screen: Screen) {
        if self.screen.try_with_untracked(|present| *present == screen) != Some(false) {
            return;
        }
        self.screen.try_set(screen);
        timer::next_frame(|| {
            if document::focus_is_lost() {
                document::focus("main h1");
            }
        });
    }

    /// Asks whether a sign-up is pending, and shows what is true.
    pub(super) fn look(self) {
        let Some(client) = self.client() else { return };
        let guard = self
            .screen
            .with_untracked(|screen| *screen == Screen::Loading)
            .then(|| self.progress.begin());
        self.looking.run(async move {
            match client.pending_signup().await {
                Ok(pending) => self.open(pending),
                Err(ApiError::Rejected { status: 400, .. }) => match client.me().await {
                    Ok(viewer) => self.session.believe(viewer),
                    Err(ApiError::SignedOut { .. }) => self.over(None),
                    Err(error) => self.show(Screen::Failed(error)),
                },
                Err(ApiError::NotFound { .. }) => self.show(Screen::NotOffered),
                Err(error) => self.fail(error),
            }
            drop(guard);
        });
    }

    fn open(self, pending: PendingSignup) {
        self.github_login.set_value(pending.github_login.clone());
        self.show(Screen::Form(pending.clone()));
        self.session.set_signing_up(pending);
    }

    /// A form that is open stays: its sign-up may well be there.
    fn fail(self, error: ApiError) {
        if self
            .screen
            .try_with_untracked(|screen| matches!(screen, Screen::Form(_)))
            == Some(false)
        {
            self.show(Screen::Failed(error));
        }
    }

    /// No sign-up is pending any more, and nobody is signed in.
    pub(super) fn over(self, known: Option<Gone>) {
        let why = known.unwrap_or_else(|| self.why());
        self.show(Screen::Gone(why));
        self.session.forget();
    }

    fn why(self) -> Gone {
        let Some(now) = self.now() else {
            return Gone::Nothing;
        };
        if !matches!(
            self.login.stage_untracked(),
            LoginStage::Idle | LoginStage::Finishing
        ) {
            return Gone::Restarted;
        }
        let (was_open, said) = self.screen.with_untracked(|screen| match screen {
            Screen::Form(pending) => (true, pending.expires_at),
            _ => (false, None),
        });
        match said.or_else(|| began().map(|began| began.plus_millis(LASTS_MS))) {
            Some(end) if end <= now => Gone::Expired,
            Some(_) => Gone::Elsewhere,
            None if was_open => Gone::Elsewhere,
            None => Gone::Nothing,
        }
    }

    /// Somebody is signed in.
    fn meet(self) {
        let Session::LoggedIn(viewer) = self.session.get_untracked() else {
            return;
        };
        let elsewhere = self.screen.with_untracked(|screen| match screen {
            Screen::Done { .. } => None,
            Screen::SignedIn { elsewhere, .. } => Some(*elsewhere),
            Screen::Form(_) => Some(true),
            _ => Some(false),
        });
        let Some(elsewhere) = elsewhere else { return };
        let back = self.forget_draft();
        self.show(Screen::SignedIn {
            viewer: Box::new(viewer),
            elsewhere,
            back,
        });
    }

    /// The account exists.
    pub(super) fn finish(self, viewer: Viewer, asked: Username) {
        let back = self.forget_draft();
        self.show(Screen::Done {
            viewer: Box::new(viewer.clone()),
            asked,
            back,
        });
        self.session.change(viewer);
    }

    /// The sign-up was cancelled.
    pub(super) fn cancel(self) {
        let _ = self.forget_draft();
        self.show(Screen::Cancelled);
        self.session.forget();
        self.session.tell_other_tabs();
    }

    /// Forgets what was typed, and hands out where the person wanted to be.
    fn forget_draft(self) -> Option<ReturnTo> {
        storage::remove(storage::SIGNUP_DRAFT);
        storage::remove(storage::SIGNUP_STARTED);
        ReturnTo::parse(&storage::take(storage::RETURN_TO)?)
    }
}

/// When the sign-up began, as this browser remembers it.
pub(super) fn began() -> Option<Timestamp> {
    storage::read(storage::SIGNUP_STARTED)?
        .parse()
        .ok()
        .map(Timestamp::from_millis)
}
