//! A change of username in the browser: the hands of `domain::rename::Rename`.
//!
//! It carries out what the machine asks for (the change, readings of `me`, a timer, addresses) and tells it what came of that,
//! where the person is and who is signed in. It decides nothing. A change that is on its way is seen through even when the
//! page is left; everything else ends with the page.

use futures_util::future::AbortHandle;
use leptos::prelude::*;

use super::account::read_me;
use super::client::{SharedClient, now, use_client};
use super::load::spawn_abortable;
use super::navigation::{NavigationState, use_navigation};
use super::session::{SessionState, use_session};
use super::username_picker::UsernamePickerState;
use crate::api::error::ApiError;
use crate::browser::{network, storage, timer};
use crate::domain::rename::{
    Effect as Wish, Holder, Kept, Kind, MeAnswer, Place, Refusal, Rename, Save, SaveAnswer, Step,
    Ticket,
};
use crate::domain::session::Session;
use crate::domain::time::Timestamp;
use crate::domain::user::Viewer;
use crate::domain::username::Username;
use crate::reactive::{RwSignal, StoredValue, effect};
use crate::route::Route;

/// A change of username on the page. Copies are the same one.
#[derive(Clone, Copy)]
pub struct RenameState {
    machine: RwSignal<Rename>,
    /// Counts the times at which the field has to begin anew, with the machine's draft in it.
    fields: RwSignal<u32>,
    hands: StoredValue<Hands>,
    session: SessionState,
    navigation: NavigationState,
}

/// What runs for the flow now.
struct Hands {
    client: SharedClient,
    timer: Option<timer::Timer>,
    reading: Option<AbortHandle>,
    /// A refused name whose kind the next field finds out.
    refused: Option<(Username, Option<String>)>,
}

/// Begins the flow at the present address, for whoever is signed in; goes on with one that a sign-in interrupted.
pub fn rename_state(viewer: &Viewer) -> RenameState {
    let (client, session, navigation) = (use_client(), use_session(), use_navigation());
    let place = place_of(&navigation.route().get_untracked()).unwrap_or(Place::Now);
    let holder = Holder::from(viewer);
    let kept = storage::take(storage::RENAME).and_then(|text| Kept::parse(&text));
    let (machine, mut first) = match kept {
        Some(kept) => Rename::resumed(kept, holder, &place, now(&client)),
        None => {
            let mut machine = Rename::new(holder);
            let first = machine.visit(place);
            (machine, first)
        }
    };
    let state = RenameState {
        machine: RwSignal::new(machine),
        fields: RwSignal::new(0),
        hands: StoredValue::new(Hands {
            client,
            timer: None,
            reading: None,
            refused: None,
        }),
        session,
        navigation,
    };
    effect(move |began: Option<()>| {
        let place = navigation.route().with(place_of);
        match (began, place) {
            (None, _) => state.carry_out(std::mem::take(&mut first)),
            (Some(()), Some(place)) => state.visit(place),
            // On the way to another page.
            (Some(()), None) => {}
        }
    });
    effect(move |_| {
        let holder = session.with(|session| match session {
            Session::Unknown => None,
            Session::LoggedIn(viewer) => Some(Some(Holder::from(viewer))),
            Session::Guest | Session::SigningUp(_) => Some(None),
        });
        if let Some(holder) = holder {
            state.act(|machine, _| machine.session_changed(holder));
        }
    });
    // Signing in may load the app anew.
    effect(move |was_out: Option<bool>| {
        let is_out = state.with(|machine| *machine.step() == Step::SignedOut);
        match (is_out, state.machine.with_untracked(Rename::keep)) {
            (true, Some(kept)) => storage::write(storage::RENAME, &kept.to_text()),
            _ if was_out == Some(true) => storage::remove(storage::RENAME),
            _ => {}
        }
        is_out
    });
    let online = network::when_online(move || state.read_again());
    let online = StoredValue::new(online);
    on_cleanup(move || {
        online.dispose();
        let is_busy = state
            .machine
            .try_with_untracked(Rename::is_busy)
            .unwrap_or(false);
        state.hands.try_update_value(|hands| {
            hands.timer = None;
            if let Some(reading) = hands.reading.take().filter(|_| !is_busy) {
                reading.abort();
            }
        });
    });
    state
}

/// The step that an address names; `None` for other pages.
fn place_of(route: &Route) -> Option<Place> {
    match route {
        Route::SettingsUsername => Some(Place::Now),
        Route::ChooseUsername { name } => Some(Place::Choose { name: name.clone() }),
        Route::ReviewUsername { to } => Some(Place::Review { to: to.clone() }),
        _ => None,
    }
}

/// The address of a step.
fn route_of(place: Place) -> Route {
    match place {
        Place::Now => Route::SettingsUsername,
        Place::Choose { name } => Route::ChooseUsername { name },
        Place::Review { to } => Route::ReviewUsername { to },
    }
}

impl RenameState {
    /// What the machine says; tracked.
    pub fn with<U>(self, look: impl FnOnce(&Rename) -> U) -> U {
        self.machine.with(look)
    }

    /// The same without subscribing, for event handlers.
    pub fn with_untracked<U>(self, look: impl FnOnce(&Rename) -> U) -> U {
        self.machine.with_untracked(look)
    }

    /// A number that changes whenever the field has to begin anew; tracked.
    pub fn field_number(self) -> u32 {
        self.fields.get()
    }

    /// What the server would take for now.
    pub fn now(self) -> Timestamp {
        self.hands.with_value(|hands| now(&hands.client))
    }

    /// Gives the machine an input and carries out what it asks for. `None` where the page is gone.
    pub fn act(self, input: impl FnOnce(&mut Rename, Timestamp) -> Vec<Wish>) -> Option<()> {
        let now = self.hands.try_with_value(|hands| now(&hands.client))?;
        let effects = self.machine.try_update(|machine| input(machine, now))?;
        self.carry_out(effects);
        Some(())
    }

    /// The text in the field changed. Nothing that is shown depends on it but the field itself.
    pub fn typed(self, text: &str) {
        self.machine.update_untracked(|machine| machine.typed(text));
    }

    /// Tells a new field of a refusal of the name in it, if there was one.
    pub fn explain_refusal(self, picker: UsernamePickerState) {
        if let Some(Some((name, detail))) =
            self.hands.try_update_value(|hands| hands.refused.take())
        {
            picker.refused(&name, detail);
        }
    }

    /// Reads `me` again, where that may bring the outcome.
    pub fn read_again(self) {
        self.act(|machine, _| machine.read_again());
    }

    /// Looks at the clock when the former name's time is over, for as long as the component that is being built is there.
    pub fn watch_deadline(self) {
        let timer = StoredValue::new(None);
        self.wait_for_deadline(timer);
    }

    fn wait_for_deadline(self, timer: StoredValue<Option<timer::Timer>>) {
        let deadline = self.machine.try_with_untracked(|machine| {
            let change = machine.holder().change.as_ref()?;
            change.previous.as_ref()?.reclaimable_until
        });
        let Some(Some(deadline)) = deadline else {
            return;
        };
        // The platform's timers are shorter than a month.
        let left = deadline.millis_since(self.now()).max(0);
        let left = i32::try_from(left).unwrap_or(i32::MAX);
        let running = timer::after(left, move || {
            self.act(|machine, now| machine.lapse(Kind::TakeBack, now));
            let is_still_open = self.machine.try_with_untracked(|machine| {
                matches!(
                    machine.step(),
                    Step::Reviewing { .. } | Step::Confirming { .. }
                )
            });
            if is_still_open == Some(true) {
                self.wait_for_deadline(timer);
            }
        });
        timer.set_value(running);
    }

    fn visit(self, place: Place) {
        let draft_before = self
            .machine
            .with_untracked(|machine| machine.draft().to_owned());
        self.act(|machine, _| machine.visit(place));
        let begins_anew = self.machine.with_untracked(|machine| {
            matches!(machine.step(), Step::Choosing { .. }) && machine.draft() != draft_before
        });
        if begins_anew {
            self.fields.update(|fields| *fields += 1);
        }
    }

    fn carry_out(self, effects: Vec<Wish>) {
        for effect in effects {
            match effect {
                Wish::Save(save) => self.save(save),
                Wish::ReadMe(ticket) => self.read(ticket),
                Wish::StartTimer { ticket, after_ms } => {
                    let millis = i32::try_from(after_ms).unwrap_or(i32::MAX);
                    let running = timer::after(millis, move || {
                        self.act(|machine, _| machine.fired(ticket));
                    });
                    self.hands.try_update_value(|hands| hands.timer = running);
                }
                Wish::Go { place, replace } => {
                    let to = route_of(place);
                    if replace {
                        self.navigation.replace(&to);
                    } else {
                        self.navigation.go(&to);
                    }
                }
                Wish::AskWhy { name, detail } => {
                    self.hands
                        .try_update_value(|hands| hands.refused = Some((name, detail)));
                }
                Wish::Announce => self.session.tell_other_tabs(),
            }
        }
    }

    /// Sends the change, once. It is seen through even if the page is left: half a change cannot be taken back.
    fn save(self, save: Save) {
        let Some(client) = self.hands.try_with_value(|hands| hands.client.clone()) else {
            return;
        };
        spawn_abortable(async move {
            let answer = save_answer(client.rename_user(save.id, &save.to).await);
            if answer == SaveAnswer::SignedOut {
                self.session.forget();
            }
            let told = self.act(|machine, _| machine.save_answered(save.ticket, answer));
            if told.is_none() {
                // Nobody waits for the outcome any more, but header and other tabs show a name.
                let _ = read_me(self.session, &client).await;
                self.session.tell_other_tabs();
            }
        });
    }

    fn read(self, ticket: Ticket) {
        let session = self.session;
        self.hands.try_update_value(|hands| {
            if let Some(former) = hands.reading.take() {
                former.abort();
            }
            let client = hands.client.clone();
            hands.reading = Some(spawn_abortable(async move {
                let answer = match read_me(session, &client).await {
                    Ok(viewer) => MeAnswer::Holder(Holder::from(&viewer)),
                    Err(ApiError::SignedOut { .. }) => MeAnswer::SignedOut,
                    Err(_) => MeAnswer::Failed,
                };
                if self
                    .act(|machine, _| machine.me_answered(ticket, answer))
                    .is_none()
                {
                    session.tell_other_tabs();
                }
            }));
        });
    }
}

/// What an answer of the API is to the machine.
fn save_answer(result: Result<(), ApiError>) -> SaveAnswer {
    let detail = |text: String| Some(text).filter(|text| !text.is_empty());
    match result {
        Ok(()) => SaveAnswer::Accepted,
        Err(ApiError::SignedOut { .. }) => SaveAnswer::SignedOut,
        Err(error) if error.leaves_outcome_unknown() => SaveAnswer::Lost,
        Err(ApiError::Throttled { until, .. }) => SaveAnswer::Refused(Refusal::TooSoon { until }),
        Err(ApiError::ReadOnly { .. }) => SaveAnswer::Refused(Refusal::ReadOnly),
        Err(ApiError::Rejected {
            status: 400 | 409,
            detail: text,
        }) => SaveAnswer::Refused(Refusal::Name {
            detail: detail(text),
        }),
        Err(error) => SaveAnswer::Refused(Refusal::Other {
            detail: error.detail().map(str::to_owned),
        }),
    }
}
