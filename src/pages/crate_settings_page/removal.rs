//! Removing an owner: whose account that is, a question, one request, and what became of it by the list of owners.
//!
//! The account is looked up before anything is sent: the question names it by username and linked account, and the look-up
//! tells which form of the name this server understands.

use leptos::prelude::*;

use super::Settings;
use crate::api::error::ApiError;
use crate::browser::{document, timer};
use crate::components::confirm_dialog::ConfirmDialog;
use crate::components::copy_line::CopyLine;
use crate::components::linked_account_chip::LinkedAccounts;
use crate::components::write_outcome::{Saving, WriteOutcome};
use crate::domain::krate_owner::CrateOwner;
use crate::domain::owner::{OwnerAction, command};
use crate::domain::user::Profile;
use crate::pages::owner_text;
use crate::reactive::{RwSignal, StoredValue, effect};
use crate::state::client::use_client;
use crate::state::load::{Load, TaskSlot, spawn_abortable};
use crate::state::owner_addition::failure;
use crate::state::session::use_session;
use crate::template::view;

/// What was found of the account that is to be removed.
type Found = Load<Option<Profile>>;

#[component]
pub(super) fn Removal(
    settings: Settings,
    /// Whom it is about.
    asked: RwSignal<Option<CrateOwner>>,
) -> impl IntoView {
    let client = use_client();
    let session = use_session();
    let me = settings.viewer.with_value(|viewer| viewer.id);
    let krate = settings.krate;
    let saving = RwSignal::new(Saving::Idle);
    let found = RwSignal::new(Found::Loading);
    let slot = TaskSlot::new();

    let asking = client.clone();
    let look_up = Callback::new(move |()| {
        match asked.get_untracked() {
            Some(CrateOwner::User(user)) => {
                found.set(Load::Loading);
                let client = asking.clone();
                slot.run(async move {
                    let answer = client.user(user.username.as_str()).await;
                    found.try_set(match answer {
                        // The name may be another account's by now.
                        Ok(profile) => Load::Ready((profile.user.id == user.id).then_some(profile)),
                        Err(ApiError::NotFound { .. }) => Load::Ready(None),
                        Err(error) => Load::Failed(error),
                    });
                });
            }
            Some(CrateOwner::Team(_)) | None => found.set(Load::Loading),
        }
    });
    effect(move |_| {
        if asked.with(Option::is_some) {
            look_up.run(());
        }
    });

    let is_me =
        move || asked.with(|asked| matches!(asked, Some(CrateOwner::User(user)) if user.id == me));
    // How this server is told whom to remove; `None`: not known (yet), or not to be said.
    let sent_as = move || {
        asked.with(|asked| match asked {
            Some(CrateOwner::Team(team)) => Some(team.login.clone()),
            Some(CrateOwner::User(_)) => {
                found.with(|found| found.ready().cloned().flatten()?.owner_name())
            }
            None => None,
        })
    };
    let title = Signal::derive(move || {
        let krate = krate.get_value();
        if is_me() {
            format!("Remove yourself from the owners of {krate}?")
        } else {
            format!("Remove {} from the owners of {krate}?", asked.with(called))
        }
    });
    let text = Signal::derive(move || {
        let krate = krate.get_value();
        match asked.with(|asked| matches!(asked, Some(CrateOwner::Team(_)))) {
            true => format!(
                "Its members can no longer publish and yank versions of {krate}. You or another member can add the team again."
            ),
            false if is_me() => format!(
                "This is you. You can no longer publish or yank versions of {krate} or change its owners, and only another owner can invite you back."
            ),
            false => format!(
                "They can no longer publish or yank versions of {krate} or change its owners. To come back they would have to be invited, and accept."
            ),
        }
    });
    let problem = Signal::derive(move || {
        if !asked.with(|asked| matches!(asked, Some(CrateOwner::User(_)))) {
            return None;
        }
        match found.get() {
            Load::Loading => None,
            Load::Ready(Some(profile)) => profile.owner_name().is_none().then(|| {
                String::from("This registry knows owners by their GitHub login only, and does not tell theirs. Nothing can be sent.")
            }),
            Load::Ready(None) => Some(String::from("The name is not theirs any more: they were renamed, or the account is gone. Nothing was sent. Load the owners again.")),
            Load::Failed(error) => Some(format!(
                "It could not be looked up whose account this is, and nothing was sent. {}",
                owner_text::why(&failure(&error))
            )),
        }
    });
    let confirm_word = Signal::derive(move || {
        if saving.with(Saving::is_sending) {
            "Removing…"
        } else if is_looking(asked, found) {
            "Looking up…"
        } else {
            match found.with(|found| {
                (
                    matches!(found, Load::Failed(_)),
                    matches!(found, Load::Ready(None)),
                )
            }) {
                (true, _) => "Look up again",
                (_, true) => "Load owners again",
                _ if is_me() => "Remove myself",
                _ => "Remove owner",
            }
        }
    });

    let read = client.clone();
    let ended = move |owner: CrateOwner, result: Result<String, ApiError>| {
        let client = read.clone();
        async move {
            if let Err(ApiError::SignedOut { .. }) = &result {
                asked.try_set(None);
                saving.try_set(Saving::Idle);
                return session.ask();
            }
            let now = client.crate_owners(&krate.get_value()).await;
            let who = called(&Some(owner.clone()));
            let is_gone = now
                .as_ref()
                .ok()
                .map(|owners| !owners.iter().any(|one| is_same(one, &owner)));
            let next = match (result, is_gone) {
                (_, Some(true)) | (Ok(_), None) => Saving::Saved(format!(
                    "{who} is no owner of {} any more.",
                    krate.get_value()
                )),
                (Ok(words), Some(false)) => Saving::Unknown(format!(
                    "The registry says “{words}”, but {who} is still among the owners. Look again in a moment."
                )),
                (Err(error), Some(false)) if error.leaves_outcome_unknown() => {
                    Saving::Unknown(format!(
                        "The answer was lost on the way, and {who} is an owner so far. Look again in a moment before you try once more."
                    ))
                }
                (Err(error), None) if error.leaves_outcome_unknown() => Saving::Unknown(format!(
                    "The answer was lost on the way, and it could not be read whether {who} was removed. Look again when the connection is back."
                )),
                (Err(error), _) => Saving::Refused(format!(
                    "{who} was not removed. {}",
                    owner_text::refused(&error)
                )),
            };
            asked.try_set(None);
            saving.try_set(next);
            if is_gone == Some(true) && matches!(&owner, CrateOwner::User(user) if user.id == me) {
                settings.has_left.try_set(true);
            }
            if let Ok(owners) = now {
                settings.owners.update(|known| *known = owners);
            }
            // The row is gone, and the button that had the focus may be another owner's by now.
            timer::next_frame(move || {
                let to_heading = is_gone == Some(true) || document::focus_is_lost();
                if to_heading && !document::focus("#owners-heading") {
                    document::focus("main h1");
                }
            });
        }
    };
    let last = StoredValue::new(None::<CrateOwner>);
    let sender = client.clone();
    let confirm = {
        let ended = ended.clone();
        Callback::new(move |()| {
            let Some(owner) = asked.get_untracked() else {
                return;
            };
            let state = found.with_untracked(|found| match found {
                Load::Failed(_) => Some(true),
                Load::Ready(None) => Some(false),
                _ => None,
            });
            match state {
                Some(true) => return look_up.run(()),
                Some(false) => {
                    asked.set(None);
                    return settings.owners.reload();
                }
                None => {}
            }
            let Some(name) = untrack(sent_as) else {
                return;
            };
            saving.set(Saving::Sending);
            last.set_value(Some(owner.clone()));
            let (client, ended) = (sender.clone(), ended.clone());
            // It is seen through even if the page is left meanwhile.
            spawn_abortable(async move {
                let result = client.remove_owner(&krate.get_value(), &name).await;
                ended(owner, result).await;
            });
        })
    };
    let look_again = Callback::new(move |()| {
        let Some(owner) = last.get_value() else {
            return;
        };
        saving.set(Saving::Sending);
        let ended = ended.clone();
        spawn_abortable(async move { ended(owner, Err(ApiError::Offline)).await });
    });
    let close = Callback::new(move |()| {
        if !saving.with_untracked(Saving::is_sending) {
            asked.set(None);
        }
    });
    let account = move || {
        let shown = asked.get()?;
        let line = sent_as()?;
        let account = match &shown {
            CrateOwner::User(user) => {
                let profile = found.with(|found| found.ready().cloned().flatten())?;
                Some(whose(user.username.to_string(), profile))
            }
            CrateOwner::Team(_) => None,
        };
        let line = command(&line, OwnerAction::Remove, Some(&krate.get_value()));
        Some(view! {
            {account}
            {line.map(|line| view! { <p>"The same on the command line:"</p> <CopyLine text=line what="the command" /> })}
        })
    };
    view! {
        <ConfirmDialog
            id="remove-owner"
            open=Signal::derive(move || asked.with(Option::is_some))
            title=title
            text=text
            confirm=confirm_word
            busy=Signal::derive(move || saving.with(Saving::is_sending) || is_looking(asked, found))
            problem=problem
            on_confirm=confirm
            on_close=close
        >
            {account}
        </ConfirmDialog>
        <WriteOutcome saving=saving on_look_again=look_again />
    }
    .into_any()
}

/// Whether the account is still being looked up.
fn is_looking(asked: RwSignal<Option<CrateOwner>>, found: RwSignal<Found>) -> bool {
    asked.with(|asked| matches!(asked, Some(CrateOwner::User(_))))
        && found.with(|found| matches!(found, Load::Loading))
}

/// By username and linked account.
fn whose(username: String, profile: Profile) -> AnyView {
    let linked = match profile.linked_accounts {
        None => {
            view! { <p>"This registry does not tell which accounts are linked."</p> }.into_any()
        }
        Some(accounts) if accounts.is_empty() => {
            view! { <p>"No account elsewhere is linked to it."</p> }.into_any()
        }
        Some(accounts) => view! { <LinkedAccounts accounts=accounts /> }.into_any(),
    };
    view! {
        <p>"The account is the crates.io user " <span class="username" dir="ltr">{username}</span> ":"</p>
        {linked}
    }
    .into_any()
}

fn called(owner: &Option<CrateOwner>) -> String {
    match owner {
        Some(CrateOwner::User(user)) => user.username.to_string(),
        Some(CrateOwner::Team(team)) => format!("the team {}", team.short_name()),
        None => String::new(),
    }
}

fn is_same(one: &CrateOwner, other: &CrateOwner) -> bool {
    match (one, other) {
        (CrateOwner::User(one), CrateOwner::User(other)) => one.id == other.id,
        (CrateOwner::Team(one), CrateOwner::Team(other)) => one.id == other.id,
        _ => false,
    }
}
