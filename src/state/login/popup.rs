//! The window in which one is at GitHub while the page stays.
//!
//! It is opened with the click, before anything is asked, since browsers allow it only then. Its answer comes by two paths, the
//! opener's message and the broadcast channel, because a site on the way may cut the first. The listeners stay until the answer
//! has come or a newer attempt takes its place; a window that looks closed ends nothing.

use crate::browser::event::{JsValue, MessageEvent};
use futures_util::future::AbortHandle;

use super::{LoginStage, LoginState, could_not_begin, is_web_address, message};
use crate::api::error::ApiError;
use crate::browser::channel::{self, Channel};
use crate::browser::landing::LandingAnswer;
use crate::browser::listener::{self, Listener};
use crate::browser::popup::{self, Popup};
use crate::browser::{navigation, storage, timer};
use crate::domain::login::{Answer, Attempt, Sender};
use crate::domain::session::LoginStart;
use crate::state::load::spawn_abortable;

/// The page that the window begins with.
const START_PAGE: &str = "/github-auth-loading.html";
/// Where the landing page speaks to all tabs.
const CHANNEL: &str = "nameplate.login";
/// The word that tells the landing page that its answer has found its sign-in.
const RECEIVED: &str = "received";
/// How often is looked whether the window is still there, in milliseconds.
const LOOK_EVERY: i32 = 400;

/// An attempt with its window.
pub(super) struct Running {
    attempt: Attempt,
    popup: Popup,
    channel: Option<Channel>,
    _messages: Option<Listener>,
    asking: AbortHandle,
    looking: Option<timer::Timer>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.asking.abort();
        self.popup.close();
    }
}

impl LoginState {
    /// Whether the browser let us open a window; then the attempt is under way.
    pub(super) fn begin_in_popup(self) -> bool {
        // The window gets a copy of this one's storage, and must not take itself for one that left by the other way.
        storage::remove(storage::OAUTH_STATE);
        let Some((client, _)) = self.tools() else {
            return false;
        };
        let Some(popup) = popup::open(START_PAGE) else {
            return false;
        };
        self.stage.set(LoginStage::Starting);
        let asking = spawn_abortable(async move {
            match client.begin_session().await {
                Ok(start) if is_web_address(&start) => self.leave(&start),
                Ok(_) => self.give_up(&ApiError::Malformed),
                Err(error) => self.give_up(&error),
            }
        });
        let sent_by = popup.clone();
        let messages = listener::listen_window("message", move |event: MessageEvent| {
            let source = event.source().map_or(JsValue::NULL, Into::into);
            let ours = event.origin() == navigation::origin() && sent_by.is(&source);
            self.hear(
                if ours {
                    Sender::Popup
                } else {
                    Sender::Stranger
                },
                &event.data(),
            );
        });
        let channel = channel::join(CHANNEL, move |data| self.hear(Sender::Channel, &data));
        let running = Running {
            attempt: Attempt::default(),
            popup,
            channel,
            _messages: messages,
            asking,
            looking: None,
        };
        self.running.set_value(Some(running));
        true
    }

    /// Brings the window to the front.
    pub(super) fn show_window(self) {
        self.running.try_with_value(|running| {
            if let Some(running) = running {
                running.popup.focus();
            }
        });
    }

    /// The registry said where to go.
    fn leave(self, start: &LoginStart) {
        self.began();
        self.running.try_update_value(|running| {
            if let Some(running) = running {
                running.attempt.left_with(&start.state);
                running.popup.go(&start.url);
            }
        });
        self.stage.try_set(LoginStage::AtGitHub);
        self.look();
    }

    fn give_up(self, error: &ApiError) {
        self.running.try_update_value(Option::take);
        self.fail(could_not_begin(error));
    }

    /// Looks whether the window is still there, now and again.
    fn look(self) {
        let closed = self.running.try_update_value(|running| {
            let running = running.as_mut()?;
            let closed = running.popup.looks_closed();
            running.attempt.popup_looks_closed(closed);
            running.looking = timer::after(LOOK_EVERY, move || self.look());
            Some(closed)
        });
        if let Some(Some(closed)) = closed {
            let stage = if closed {
                LoginStage::LooksClosed
            } else {
                LoginStage::AtGitHub
            };
            if self
                .stage
                .try_get_untracked()
                .is_some_and(|present| present != stage)
            {
                self.stage.try_set(stage);
            }
        }
    }

    /// A message came in, from whomever.
    fn hear(self, sender: Sender, data: &JsValue) {
        let Some(answer) = LandingAnswer::of_message(data) else {
            return;
        };
        let answer: Option<Option<Answer>> = self.running.try_update_value(|running| {
            let running = running.as_mut()?;
            let answer = running.attempt.receive(message(sender, answer))?;
            if let Some(channel) = &running.channel {
                channel.send(RECEIVED);
            }
            Some(answer)
        });
        let Some(Some(answer)) = answer else { return };
        let over = self.running.try_update_value(Option::take);
        spawn_abortable(async move {
            // Not before this listener has returned, which is one of the things that end here.
            drop(over);
            self.take_in(answer);
        });
    }
}
