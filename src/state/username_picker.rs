//! The username picker in the browser: the hands of `domain::availability::Picker`.
//!
//! It carries out what the machine asks for (requests, timers, focus, handing the name over) and tells it what came of that.
//! Everything it started ends with the component that made it. It decides nothing about names: sign-up and rename differ in
//! what they do with a chosen name, not in here.

use futures_util::future::AbortHandle;
use leptos::html::Input;
use leptos::prelude::*;

use super::client::{SharedClient, now, use_client};
use super::load::spawn_abortable;
use crate::api::error::ApiError;
use crate::browser::{listener, network, timer};
use crate::domain::availability::{
    Answer, Check, Effect, Picker, Ticket, Timer, TimerKind, Verdict,
};
use crate::domain::time::Timestamp;
use crate::domain::user::UserId;
use crate::domain::username::Username;
use crate::reactive::{RwSignal, StoredValue};

/// A picker on the page. Copies are the same one.
#[derive(Clone, Copy)]
pub struct UsernamePickerState {
    picker: RwSignal<Picker>,
    hands: StoredValue<Hands>,
    field: NodeRef<Input>,
    /// Empties the status element for a frame, so that the same sentence is heard again.
    muted: RwSignal<bool>,
}

/// What runs for a picker now.
struct Hands {
    client: SharedClient,
    caller: Option<UserId>,
    on_submit: Callback<Username>,
    timers: Vec<(TimerKind, timer::Timer)>,
    in_flight: Option<(Ticket, AbortHandle)>,
}

/// Makes a started picker for the component that is being built.
///
/// `own` is the signed-in person with their present username, none at sign-up; `text` is what the field begins with.
/// `on_submit` is given the chosen name, to be saved or gone on with; whoever is given it says what came of it
/// ([`UsernamePickerState::refused`], [`UsernamePickerState::saved`], [`UsernamePickerState::resume`]).
pub fn username_picker(
    own: Option<(UserId, Username)>,
    github_login: Option<String>,
    text: &str,
    on_submit: Callback<Username>,
) -> UsernamePickerState {
    let (caller, own) = own.unzip();
    let hands = Hands {
        client: use_client(),
        caller,
        on_submit,
        timers: Vec::new(),
        in_flight: None,
    };
    let state = UsernamePickerState {
        picker: RwSignal::new(Picker::new(own, github_login, text)),
        hands: StoredValue::new(hands),
        field: NodeRef::new(),
        muted: RwSignal::new(false),
    };
    let online = listener::listen_window("online", move |_: crate::browser::event::Event| {
        state.act(Picker::online)
    });
    let online = StoredValue::new(online);
    on_cleanup(move || {
        online.dispose();
        state.hands.try_update_value(|hands| {
            hands.timers.clear();
            hands.abort();
        });
    });
    state.act(Picker::start);
    state
}

impl UsernamePickerState {
    /// What the machine says; tracked.
    pub fn with<U>(self, look: impl FnOnce(&Picker) -> U) -> U {
        self.picker.with(look)
    }

    /// The same without subscribing, for event handlers.
    pub fn with_untracked<U>(self, look: impl FnOnce(&Picker) -> U) -> U {
        self.picker.with_untracked(look)
    }

    /// Where the component puts its field, so that it can be given the focus.
    pub fn field(self) -> NodeRef<Input> {
        self.field
    }

    /// Whether the status element is to be empty for the moment; tracked.
    pub fn is_muted(self) -> bool {
        self.muted.get()
    }

    /// The text was changed key by key.
    pub fn edit(self, text: &str) {
        self.act(|picker, now| picker.edit(text, now));
    }

    /// A text was pasted or dropped; `text` is what the field holds afterwards.
    pub fn paste(self, text: &str) {
        self.act(|picker, now| picker.paste(text, now));
    }

    /// The field lost the focus.
    pub fn blur(self) {
        self.act(|picker, _| {
            picker.blur();
            Vec::new()
        });
    }

    /// Escape: what stood there first stands there again.
    pub fn restore(self) {
        self.act(Picker::restore);
    }

    /// "Check again" was pressed.
    pub fn retry(self) {
        self.act(Picker::retry);
    }

    /// The form was submitted. Ends in `on_submit` unless something is plainly wrong with the name.
    pub fn submit(self) {
        self.act(|picker, _| picker.submit());
    }

    /// Saving `name` was refused with a 400 or 409 about the name, in these words.
    pub fn refused(self, name: &Username, detail: Option<String>) {
        self.act(|picker, now| picker.refused(name, detail, now));
    }

    /// The name that was handed over is saved.
    pub fn saved(self) {
        self.act(|picker, _| {
            picker.saved();
            Vec::new()
        });
    }

    /// Saving ended without a word about the name, or the person came back to the field.
    pub fn resume(self) {
        self.act(Picker::resume);
    }

    /// The person's username changed elsewhere.
    pub fn own_name_changed(self, own: Username) {
        self.act(|picker, now| picker.own_name_changed(own, now));
    }

    /// Puts the focus into the field, and has the status said again.
    pub fn focus(self) {
        self.muted.try_set(true);
        // By the next frame the field says what is wrong with it.
        timer::next_frame(move || {
            self.muted.try_set(false);
            if let Some(field) = self.field.try_get_untracked().flatten() {
                let _ = field.focus();
            }
        });
    }

    /// Gives the machine an input and carries out what it asks for. Nothing happens where the component is gone.
    fn act(self, input: impl FnOnce(&mut Picker, Timestamp) -> Vec<Effect>) {
        let Some(now) = self.hands.try_with_value(|hands| now(&hands.client)) else {
            return;
        };
        let effects = self.picker.try_update(|picker| input(picker, now));
        self.carry_out(effects.unwrap_or_default());
    }

    fn carry_out(self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Abort(ticket) => self.abort(ticket),
                Effect::Send(check) => self.send(check),
                Effect::StartTimer { timer, after_ms } => self.start(timer, after_ms),
                Effect::StopTimer(kind) => self.stop(kind),
                Effect::Submit(name) => {
                    if let Some(on_submit) = self.hands.try_with_value(|hands| hands.on_submit) {
                        on_submit.run(name);
                    }
                }
                Effect::FocusField => self.focus(),
            }
        }
    }

    fn abort(self, ticket: Ticket) {
        self.hands.try_update_value(|hands| {
            if hands
                .in_flight
                .as_ref()
                .is_some_and(|(asked, _)| *asked == ticket)
            {
                hands.abort();
            }
        });
    }

    fn send(self, check: Check) {
        self.hands.try_update_value(|hands| {
            // The machine has aborted the one before; were it not to, there would still be one at most.
            hands.abort();
            let (client, caller) = (hands.client.clone(), hands.caller);
            let ticket = check.ticket;
            let task = spawn_abortable(async move {
                let answer = answer(client.check_username(&check.name, caller).await);
                self.act(|picker, now| picker.answer(ticket, answer, now));
            });
            hands.in_flight = Some((ticket, task));
        });
    }

    fn start(self, timer: Timer, after_ms: u32) {
        let millis = i32::try_from(after_ms).unwrap_or(i32::MAX);
        let running = timer::after(millis, move || {
            self.act(|picker, now| picker.fired(timer, now))
        });
        self.hands.try_update_value(|hands| {
            hands.timers.retain(|(kind, _)| *kind != timer.kind);
            hands
                .timers
                .extend(running.map(|running| (timer.kind, running)));
        });
    }

    fn stop(self, stopped: TimerKind) {
        self.hands
            .try_update_value(|hands| hands.timers.retain(|(kind, _)| *kind != stopped));
    }
}

impl Hands {
    fn abort(&mut self) {
        if let Some((_, asked)) = self.in_flight.take() {
            asked.abort();
        }
    }
}

/// What an answer of the API is to the machine.
fn answer(result: Result<Verdict, ApiError>) -> Answer {
    match result {
        Ok(verdict) => Answer::Verdict(verdict),
        Err(ApiError::Throttled { until, .. }) => Answer::Throttled { until },
        // Only the browser can tell a dead connection from a server that does not answer.
        Err(ApiError::Offline) if network::is_offline() => Answer::Offline,
        Err(error) if error.may_pass() => Answer::Failed,
        Err(_) => Answer::Refused,
    }
}
