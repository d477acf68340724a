//! Adding an owner in the browser: the hands of `domain::owner_addition::Addition`.
//!
//! It carries out what the machine asks for and tells it what came of that. Questions end with the component; a write is
//! seen through. It decides nothing about names.

use futures_util::future::{AbortHandle, join};
use leptos::html::Input;
use leptos::prelude::*;

use super::client::{SharedClient, now, use_client};
use super::invitations::all_invitations_to;
use super::load::spawn_abortable;
use crate::api::client::Client;
use crate::api::error::ApiError;
use crate::browser::{document, timer};
use crate::domain::owner::{GitHubLogin, OwnerSpecification};
use crate::domain::owner_addition::{
    Addition, Choice, Effect, Facts, Failure, PAUSE_MS, Seen, Sent, Ticket, facts,
};
use crate::domain::user::Profile;
use crate::domain::username::Username;
use crate::reactive::{RwSignal, StoredValue};

/// An addition on the page. Copies are the same one.
#[derive(Clone, Copy)]
pub struct OwnerAdditionState {
    machine: RwSignal<Addition>,
    hands: StoredValue<Hands>,
    field: NodeRef<Input>,
}

/// What runs for it now, and what it is about.
struct Hands {
    client: SharedClient,
    krate: String,
    /// The one who asks: somebody who exists.
    asker: Username,
    /// Where what is said stands.
    said_at: &'static str,
    on_changed: Callback<()>,
    on_signed_out: Callback<()>,
    before: Vec<crate::domain::invitation::Invitation>,
    pause: Option<timer::Timer>,
    question: Option<AbortHandle>,
}

/// Makes one for the component that is being built. `said_at` is the selector of the element that holds what is said;
/// `on_changed` is told when owners or invitations have changed, `on_signed_out` when nobody is signed in any more.
pub fn owner_addition(
    krate: String,
    asker: Username,
    said_at: &'static str,
    on_changed: Callback<()>,
    on_signed_out: Callback<()>,
) -> OwnerAdditionState {
    let hands = Hands {
        client: use_client(),
        krate,
        asker,
        said_at,
        on_changed,
        on_signed_out,
        before: Vec::new(),
        pause: None,
        question: None,
    };
    let state = OwnerAdditionState {
        machine: RwSignal::new(Addition::new()),
        hands: StoredValue::new(hands),
        field: NodeRef::new(),
    };
    on_cleanup(move || {
        state.hands.try_update_value(Hands::drop_question);
    });
    state
}

impl OwnerAdditionState {
    /// What the machine says; tracked.
    pub fn with<U>(self, look: impl FnOnce(&Addition) -> U) -> U {
        self.machine.with(look)
    }

    /// Where the component puts its field, so that it can be given the focus.
    pub fn field(self) -> NodeRef<Input> {
        self.field
    }

    /// The text was changed.
    pub fn edit(self, text: &str) {
        self.act(|machine| machine.edit(text));
    }

    /// The form was submitted.
    pub fn submit(self) {
        self.act(Addition::submit);
    }

    /// Somebody was chosen.
    pub fn choose(self, choice: Choice) {
        self.act(|machine| machine.choose(choice));
    }

    /// "Look again" was pressed.
    pub fn look_again(self) {
        self.act(Addition::look_again);
    }

    /// Another reading of the name is tried: it stands in the field, and is looked up at once.
    pub fn try_instead(self, text: &str) {
        self.edit(text);
        self.submit();
        self.focus_field();
    }

    fn focus_field(self) {
        timer::next_frame(move || {
            if let Some(field) = self.field.try_get_untracked().flatten() {
                let _ = field.focus();
            }
        });
    }

    /// Gives the machine an input and carries out what it asks for. Nothing happens where the component is gone.
    fn act(self, input: impl FnOnce(&mut Addition) -> Vec<Effect>) {
        let effects = self.machine.try_update(input);
        for effect in effects.unwrap_or_default() {
            self.carry_out(effect);
        }
    }

    fn carry_out(self, effect: Effect) {
        match effect {
            Effect::Drop => {
                self.hands.try_update_value(Hands::drop_question);
            }
            Effect::Pause(ticket) => {
                let millis = i32::try_from(PAUSE_MS).unwrap_or(i32::MAX);
                let running = timer::after(millis, move || {
                    self.act(|machine| machine.paused(ticket));
                });
                self.hands.try_update_value(|hands| hands.pause = running);
            }
            Effect::LookUp(ticket, owner) => self.ask(move |client, asker| async move {
                let answer = look_up(&client, &owner, &asker).await;
                let answer = answer.map_err(|error| failure(&error));
                self.act(|machine| machine.seen(ticket, answer));
            }),
            Effect::Check(ticket, username) => self.ask(move |client, _| async move {
                let answer = found(client.user(username.as_str()).await);
                let answer = answer.map_err(|error| failure(&error));
                self.act(|machine| machine.checked(ticket, answer));
            }),
            Effect::Send(ticket, choice) => self.send(ticket, choice),
            Effect::ReadBack(ticket, choice) => self.read_back(ticket, choice),
            Effect::FocusField => self.focus_field(),
            Effect::FocusSaid => {
                if let Some(place) = self.hands.try_with_value(|hands| hands.said_at) {
                    timer::next_frame(move || {
                        document::focus_in_sight(place);
                    });
                }
            }
            Effect::Changed => {
                if let Some(told) = self.hands.try_with_value(|hands| hands.on_changed) {
                    told.run(());
                }
            }
        }
    }

    fn ask<F: Future<Output = ()> + 'static>(
        self,
        question: impl FnOnce(SharedClient, Username) -> F,
    ) {
        self.hands.try_update_value(|hands| {
            hands.drop_question();
            let task = question(hands.client.clone(), hands.asker.clone());
            hands.question = Some(spawn_abortable(task));
        });
    }

    /// Seen through even if the page is left meanwhile.
    fn send(self, ticket: Ticket, choice: Choice) {
        let Some((client, krate, asker)) = self.hands.try_with_value(|hands| {
            (
                hands.client.clone(),
                hands.krate.clone(),
                hands.asker.clone(),
            )
        }) else {
            return;
        };
        spawn_abortable(async move {
            let (before, name) = match prepare(&client, &krate, &asker, &choice).await {
                Ok(prepared) => prepared,
                Err(error) => {
                    return self.tell_sent(ticket, Sent::Refused(failure(&error)));
                }
            };
            let Some(name) = name else {
                return self.act(|machine| machine.cannot_name(ticket));
            };
            self.hands.try_update_value(|hands| hands.before = before);
            let sent = match client.add_owner(&krate, &name).await {
                Ok(words) => Sent::Accepted(words),
                Err(error) if error.leaves_outcome_unknown() => Sent::Lost,
                Err(error) => Sent::Refused(failure(&error)),
            };
            self.tell_sent(ticket, sent);
        });
    }

    fn tell_sent(self, ticket: Ticket, sent: Sent) {
        let is_signed_out = sent == Sent::Refused(Failure::SignedOut);
        self.act(|machine| machine.sent(ticket, sent));
        if is_signed_out && let Some(told) = self.hands.try_with_value(|hands| hands.on_signed_out)
        {
            told.run(());
        }
    }

    fn read_back(self, ticket: Ticket, choice: Choice) {
        let Some((client, krate, before)) = self.hands.try_with_value(|hands| {
            (
                hands.client.clone(),
                hands.krate.clone(),
                hands.before.clone(),
            )
        }) else {
            return;
        };
        spawn_abortable(async move {
            let (owners, invitations) = join(
                client.crate_owners(&krate),
                all_invitations_to(&client, &krate),
            )
            .await;
            let read: Option<Facts> = match (owners, invitations) {
                (Ok(owners), Ok(invitations)) => {
                    let now = now(&client);
                    Some(facts(&choice, &before, &invitations, &owners, now))
                }
                _ => None,
            };
            self.act(|machine| machine.read_back(ticket, read));
        });
    }
}

impl Hands {
    fn drop_question(&mut self) {
        self.pause = None;
        if let Some(asked) = self.question.take() {
            asked.abort();
        }
    }
}

/// The invitations there are before, and how the server is told who is meant.
async fn prepare(
    client: &Client,
    krate: &str,
    asker: &Username,
    choice: &Choice,
) -> Result<(Vec<crate::domain::invitation::Invitation>, Option<String>), ApiError> {
    if choice.is_team() {
        return Ok((Vec::new(), choice.sent_as(true)));
    }
    let before = all_invitations_to(client, krate).await?;
    // Nobody was looked up, so whether the server knows qualified names is told by another account.
    let qualified = match choice {
        Choice::Unseen(_) => client.user(asker.as_str()).await?.linked_accounts.is_some(),
        Choice::Account(_) | Choice::Team { .. } => true,
    };
    Ok((before, choice.sent_as(qualified)))
}

async fn look_up(
    client: &Client,
    owner: &OwnerSpecification,
    asker: &Username,
) -> Result<Seen, ApiError> {
    match owner {
        OwnerSpecification::Unqualified(name) => {
            let Some(login) = GitHubLogin::parse(name.as_str()) else {
                return Ok(Seen::of_username(found(client.user(name.as_str()).await)?));
            };
            let (user, github) = join(
                client.user(name.as_str()),
                client.user_by_github_login(&login, Some(asker)),
            )
            .await;
            Ok(Seen::of_bare_name(name.as_str(), found(user)?, github?))
        }
        OwnerSpecification::CratesIo(name) => {
            Ok(Seen::of_username(found(client.user(name.as_str()).await)?))
        }
        OwnerSpecification::GitHub(login) => {
            use crate::domain::user::GitHubLookup;
            let github = client.user_by_github_login(login, Some(asker)).await?;
            // Their own record may tell what this server cannot look up.
            let namesake = match (&github, Username::parse(login.as_str())) {
                (GitHubLookup::CannotTell, Ok(name)) => found(client.user(name.as_str()).await)?,
                _ => None,
            };
            Ok(Seen::of_github_login(login, github, namesake))
        }
        OwnerSpecification::Team { .. } => Ok(Seen::Team),
    }
}

/// Nobody is an answer.
fn found(answer: Result<Profile, ApiError>) -> Result<Option<Profile>, ApiError> {
    match answer {
        Ok(profile) => Ok(Some(profile)),
        Err(ApiError::NotFound { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// What an error of the API is to the machine.
pub fn failure(error: &ApiError) -> Failure {
    match error {
        ApiError::Throttled { until, .. } => Failure::Throttled(*until),
        ApiError::SignedOut { .. } => Failure::SignedOut,
        ApiError::ReadOnly { .. } => Failure::ReadOnly,
        error if error.leaves_outcome_unknown() => Failure::Passing,
        error => Failure::Refused(error.detail().unwrap_or_default().to_owned()),
    }
}
