//! Following a crate: its new versions appear on the dashboard. For those who are signed in.

use leptos::prelude::*;

use crate::api::error::ApiError;
use crate::reactive::{Memo, RwSignal};
use crate::state::client::use_client;
use crate::state::load::{Load, Loader, Weight, load, spawn_abortable};
use crate::state::session::use_session;
use crate::template::view;

/// What came of the last press.
#[derive(Clone, PartialEq, Eq)]
enum Outcome {
    /// Nothing to say.
    Quiet,
    /// Under way.
    Saving,
    /// It did not work, for this reason.
    Refused(String),
}

/// Offers to follow the crate, or to stop. Nothing for guests.
#[component]
pub fn FollowButton(
    /// The crate, in any spelling.
    name: Memo<String>,
) -> impl IntoView {
    let session = use_session();
    let signed_in = Memo::new(move |_| session.with(|session| session.viewer().is_some()));
    move || signed_in.get().then(|| view! { <Button name=name /> })
}

#[component]
fn Button(name: Memo<String>) -> impl IntoView {
    let client = use_client();
    let asked = client.clone();
    let following: Loader<bool> = load(Weight::Aside, move || {
        let (client, name) = (asked.clone(), name.get_untracked());
        Box::pin(async move { client.is_following(&name).await })
    });
    let outcome = RwSignal::new(Outcome::Quiet);
    let session = use_session();
    let toggle = move |_| {
        let follows = match following.get() {
            Load::Ready(follows) => follows,
            Load::Failed(_) => return following.reload(),
            Load::Loading => return,
        };
        if outcome.get_untracked() == Outcome::Saving {
            return;
        }
        outcome.set(Outcome::Saving);
        let (client, name) = (client.clone(), name.get_untracked());
        // It is carried out even if the page is left meanwhile.
        spawn_abortable(async move {
            let result = if follows {
                client.unfollow(&name).await
            } else {
                client.follow(&name).await
            };
            // A write whose answer was lost may have happened: the truth is read back.
            let result = match result {
                Err(error) if error.leaves_outcome_unknown() => client
                    .is_following(&name)
                    .await
                    .and_then(|now| if now == follows { Err(error) } else { Ok(()) }),
                result => result,
            };
            match result {
                Ok(()) => {
                    following.update(|now| *now = !follows);
                    outcome.try_set(Outcome::Quiet);
                }
                Err(error) => {
                    if matches!(error, ApiError::SignedOut { .. }) {
                        session.forget();
                    }
                    let reason = error
                        .detail()
                        .map(|detail| format!(" The registry says: {detail}"))
                        .unwrap_or_default();
                    let what = if follows {
                        "You still follow it"
                    } else {
                        "You do not follow it"
                    };
                    outcome.try_set(Outcome::Refused(format!(
                        "{what}: that did not work.{reason}"
                    )));
                }
            }
        });
    };
    let label = move || match following.get() {
        Load::Loading => "Follow",
        Load::Ready(true) => "Unfollow",
        Load::Ready(false) => "Follow",
        Load::Failed(_) => "Check again",
    };
    let busy = move || outcome.get() == Outcome::Saving || following.is_busy();
    let said = move || match (following.get(), outcome.get()) {
        (Load::Failed(_), _) => String::from("Whether you follow it could not be found out."),
        (_, Outcome::Refused(reason)) => reason,
        _ => String::new(),
    };
    view! {
        <div class="follow-button">
            <button
                type="button"
                class="button"
                aria-busy=move || busy().to_string()
                aria-disabled=move || busy().then_some("true")
                on:click=toggle
            >
                {label}
            </button>
            <p class="follow-button__said" role="status">{said}</p>
        </div>
    }
}
