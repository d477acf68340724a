//! Creating the account and cancelling the sign-up: one request at a time, and what its end means.
//!
//! A refusal's meaning is never in its status alone (contract, "What a refusal means"), and after a lost answer the truth is read
//! back before anything is said. Leaving the page ends none of this: what was sent may be done.

use super::flow::Flow;
use super::{Gone, Screen};
use crate::api::error::ApiError;
use crate::browser::intl;
use crate::domain::username::Username;
use crate::reactive::RwSignal;
use crate::state::client::SharedClient;
use crate::state::load::spawn_abortable;
use crate::state::username_picker::UsernamePickerState;

/// What is going on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    Idle,
    Creating,
    Cancelling,
}

/// What did not work, for the place beside the button.
#[derive(Clone, PartialEq)]
pub(super) struct Trouble {
    /// Our words.
    pub(super) text: String,
    /// The registry's.
    pub(super) detail: Option<String>,
}

/// The one request of the form, whichever it is.
#[derive(Clone, Copy)]
pub(super) struct Submission {
    pub(super) flow: Flow,
    pub(super) stage: RwSignal<Stage>,
    pub(super) trouble: RwSignal<Option<Trouble>>,
    /// The registry does not take the address.
    pub(super) email_refused: RwSignal<bool>,
}

impl Submission {
    pub(super) fn new(flow: Flow) -> Self {
        Self {
            flow,
            stage: RwSignal::new(Stage::Idle),
            trouble: RwSignal::new(None),
            email_refused: RwSignal::new(false),
        }
    }

    /// Creates the account under this name.
    pub(super) fn create(self, picker: UsernamePickerState, name: Username, email: String) {
        let Some(client) = self.flow.client() else {
            return;
        };
        if self.stage.get_untracked() != Stage::Idle {
            return picker.resume();
        }
        self.stage.set(Stage::Creating);
        self.trouble.set(None);
        spawn_abortable(async move {
            let end = client.sign_up(&name, &email).await;
            match end {
                Ok(viewer) => {
                    picker.saved();
                    self.flow.finish(viewer, name);
                }
                Err(error) => self.refused(&client, picker, name, error).await,
            }
            self.stage.try_set(Stage::Idle);
        });
    }

    async fn refused(
        self,
        client: &SharedClient,
        picker: UsernamePickerState,
        name: Username,
        error: ApiError,
    ) {
        match error {
            // The only part of the body that has a form of its own is the address.
            ApiError::Rejected { status: 422, .. } => {
                self.email_refused.try_set(true);
                picker.resume();
            }
            ApiError::Rejected { detail, .. } => match client.pending_signup().await {
                Ok(_) => picker.refused(&name, Some(detail).filter(|detail| !detail.is_empty())),
                Err(ApiError::Rejected { status: 400, .. }) => {
                    self.find_out(client, picker, None, None).await
                }
                Err(_) => self.say(
                    picker,
                    "The registry refused. Your account was not created.",
                    Some(detail),
                ),
            },
            ApiError::NotFound { .. } => self.flow.show(Screen::NotOffered),
            error if error.leaves_outcome_unknown() => {
                self.read_back(client, picker, name, &error).await
            }
            ApiError::Throttled { until, detail } => {
                let text = match until {
                    Some(until) => format!(
                        "The registry asks for a pause. Try again after {}.",
                        intl::clock_time(until)
                    ),
                    None => String::from("The registry asks for a pause. Try again in a minute."),
                };
                self.say(picker, text, Some(detail));
            }
            ApiError::ReadOnly { detail } => {
                self.say(picker, "The registry takes no changes for now. Your account was not created; try again later.", Some(detail));
            }
            error => self.say(
                picker,
                "The registry refused. Your account was not created.",
                error.detail().map(str::to_owned),
            ),
        }
    }

    /// The answer was lost, so the account may have been made or not.
    async fn read_back(
        self,
        client: &SharedClient,
        picker: UsernamePickerState,
        name: Username,
        error: &ApiError,
    ) {
        match client.pending_signup().await {
            Ok(_) => {
                self.say(picker, format!("Your account was not created: {}. Try again.", reason(error)), error.detail().map(str::to_owned));
            }
            Err(ApiError::Rejected { status: 400, .. }) => {
                self.find_out(client, picker, Some(name), Some(Gone::AnswerLost)).await;
            }
            Err(_) => self.say(
                picker,
                "It is not known whether your account was created: the answer was lost, and asking for it failed too. \
                 Press the button again: if the account exists, that is found out, and nothing is created twice.",
                None,
            ),
        }
    }

    /// There is no pending sign-up: who is signed in tells why.
    async fn find_out(
        self,
        client: &SharedClient,
        picker: UsernamePickerState,
        name: Option<Username>,
        why: Option<Gone>,
    ) {
        match (client.me().await, name) {
            (Ok(viewer), Some(name)) => self.flow.finish(viewer, name),
            (Ok(viewer), None) => self.flow.session.believe(viewer),
            (Err(ApiError::SignedOut { .. }), _) => self.flow.over(why),
            (Err(error), _) => {
                self.say(
                    picker,
                    "It could not be found out what became of the sign-up. Try again.",
                    error.detail().map(str::to_owned),
                );
            }
        }
    }

    /// Cancels the sign-up.
    pub(super) fn cancel(self) {
        let Some(client) = self.flow.client() else {
            return;
        };
        if self.stage.get_untracked() != Stage::Idle {
            return;
        }
        self.stage.set(Stage::Cancelling);
        self.trouble.set(None);
        spawn_abortable(async move {
            match client.cancel_signup().await {
                Ok(()) => self.flow.cancel(),
                Err(error) => {
                    // A lost answer may have done it all the same.
                    let gone = error.leaves_outcome_unknown()
                        && matches!(
                            client.pending_signup().await,
                            Err(ApiError::Rejected { status: 400, .. })
                        );
                    if gone {
                        self.flow.cancel();
                    } else {
                        let detail = error.detail().map(str::to_owned);
                        self.tell(
                            format!(
                                "The sign-up could not be cancelled: {}. Try again.",
                                reason(&error)
                            ),
                            detail,
                        );
                    }
                }
            }
            self.stage.try_set(Stage::Idle);
        });
    }

    fn say(self, picker: UsernamePickerState, text: impl Into<String>, detail: Option<String>) {
        picker.resume();
        self.tell(text.into(), detail);
    }

    fn tell(self, text: String, detail: Option<String>) {
        self.trouble.try_set(Some(Trouble {
            text,
            detail: detail.filter(|detail| !detail.is_empty()),
        }));
    }
}

fn reason(error: &ApiError) -> &'static str {
    match error {
        ApiError::Offline => "the registry could not be reached",
        ApiError::TimedOut => "no answer came in time",
        ApiError::Malformed => "the answer could not be read",
        ApiError::Throttled { .. } => "the registry asks for a pause",
        ApiError::ReadOnly { .. } => "the registry takes no changes for now",
        _ => "something went wrong at the registry",
    }
}
