//! Somebody's card, and the small button beside a name that opens it. What a card needs is asked for when it is opened.

use leptos::prelude::*;

use super::failure::{Subject, problem};
use crate::api::error::ApiError;
use crate::browser::{document, navigation};
use crate::components::account_card::AccountCard;
use crate::components::hover_panel::HoverPanel;
use crate::components::mismatch_note::MismatchNote;
use crate::components::mismatch_text;
use crate::components::section_problem::SectionProblem;
use crate::components::username_text::UsernameText;
use crate::domain::identity::{self, Mismatch};
use crate::domain::user::{Profile, User};
use crate::state::account_cache::use_account_cache;
use crate::state::client::{now, use_client};
use crate::state::load::Load;
use crate::template::view;

/// The card of somebody who was looked up. Counting their crates ends with the owner in which this is called.
pub fn account_card(profile: Profile) -> AnyView {
    let crates = use_account_cache().count_crates(profile.user.id).signal();
    let now = now(&use_client());
    view! { <AccountCard profile=profile crates=crates now=now /> }.into_any()
}

/// The button beside somebody's name: it shows the mark where the name does not match, and opens the card. `id` is unlike
/// every other on the page.
pub fn about(user: &User, id: String) -> AnyView {
    let (mark, icon) = match mark(user) {
        Some(_) => (Some(mismatch_text::SHORT), "differs"),
        None => (None, "info"),
    };
    let title = format!("About {}", user.username);
    let (user, panel) = (user.clone(), id.clone());
    let content = Callback::new(move |()| card_of(user.clone(), panel.clone()));
    view! { <HoverPanel id=id title=title mark=mark icon=icon content=content /> }.into_any()
}

/// The same button where only the mark calls for one.
pub fn about_if_marked(user: &User, id: String) -> Option<AnyView> {
    mark(user).map(|_| about(user, id))
}

// Owners and publishers come without linked accounts, so the kind of a mismatch is not known yet.
fn mark(user: &User) -> Option<Mismatch> {
    identity::mismatch(user.github_match, None, &user.username)
}

/// What the panel of this id shows from its opening on.
fn card_of(user: User, panel: String) -> AnyView {
    let found = use_account_cache().load(user.username.as_str());
    let name = user.username.to_string();
    let said = name.clone();
    let status = move || match found.get() {
        Load::Loading => format!("Looking up {said}…"),
        Load::Ready(_) => format!("{said} is looked up"),
        Load::Failed(_) => String::new(),
    };
    let is_loading = move || found.with(|found| matches!(found, Load::Loading));
    let retry = Callback::new(move |()| {
        found.reload();
        // The button that was pressed is gone.
        document::focus(&format!("#{panel}"));
    });
    let content = move || match found.get() {
        Load::Ready(profile) if profile.user.id == user.id => account_card(profile),
        Load::Ready(_) => outdated(
            &name,
            "By now this username belongs to another account than the one shown here.",
        ),
        Load::Failed(ApiError::NotFound { .. }) => {
            outdated(&name, "By now nobody has this username.")
        }
        Load::Loading => known(&user, ().into_any()),
        Load::Failed(error) => {
            let subject = Subject {
                not_found: String::new(),
                advice: String::new(),
                failed: format!("{name} could not be looked up"),
            };
            let problem = problem(&error, &subject);
            known(
                &user,
                view! { <SectionProblem problem=problem on_retry=retry /> }.into_any(),
            )
        }
    };
    view! {
        {content}
        <p class="hover-panel__status" role="status" class:visually-hidden=move || !is_loading()>{status}</p>
    }
    .into_any()
}

/// What the page knew before anything was asked, and then `more`.
fn known(user: &User, more: AnyView) -> AnyView {
    let mismatch = mark(user).map(|mismatch| view! { <MismatchNote mismatch=mismatch /> });
    view! {
        <div class="account-card">
            <p class="account-card__username"><UsernameText username=user.username.clone() /></p>
            {mismatch}
            {more}
        </div>
    }
    .into_any()
}

/// The page shows somebody under a name that does not lead to them any more.
fn outdated(name: &str, what: &'static str) -> AnyView {
    view! {
        <div class="account-card">
            <p class="account-card__username"><span class="username" dir="ltr">{name.to_owned()}</span></p>
            <p>{what} " Load the page again to see who it is."</p>
            <p><button type="button" class="button" on:click=move |_| navigation::reload()>"Load the page again"</button></p>
        </div>
    }
    .into_any()
}
