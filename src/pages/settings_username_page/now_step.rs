//! The username as it is, whom it is linked to, when it can be changed, and the offer to take the former one back.

use leptos::prelude::*;

use super::super::failure::{Subject, problem};
use super::Shared;
use crate::browser::{document, intl, timer};
use crate::components::linked_account_chip::LinkedAccounts;
use crate::components::mismatch_note::MismatchNote;
use crate::components::section_problem::SectionProblem;
use crate::components::username_text::UsernameText;
use crate::domain::identity::{GitHubMatch, mismatch};
use crate::domain::rename::{Allowed, Rename, Step, TakeBack, next_change, take_back, text};
use crate::domain::user::Profile;
use crate::reactive::RwSignal;
use crate::route::Route;
use crate::state::load::Load;
use crate::template::view;

pub(super) fn view(shared: Shared) -> AnyView {
    let Shared { rename, holder, .. } = shared;
    let name =
        move || view! { <UsernameText username=holder.with(|holder| holder.username.clone()) /> };
    let next = move || {
        let said = match holder.with(|holder| next_change(holder, rename.now())) {
            None => Some(text::NEXT_UNKNOWN.to_owned()),
            allowed @ Some(Allowed::Now) => text::next_change(allowed, ""),
            allowed @ Some(Allowed::From(at)) => {
                text::next_change(allowed, &intl::long_date_and_time(at))
            }
        };
        said.map(|said| view! { <p>{said}</p> })
    };
    let again = RwSignal::new(());
    view! {
        <h1 tabindex="-1">"Username"</h1>
        <p class="username-now">{name}</p>
        {move || identity(shared)}
        {move || former(shared, again)}
        <section class="settings__section" aria-labelledby="next-heading">
            <h2 id="next-heading">"Changing it"</h2>
            {next}
            <p class="settings__actions">
                <a class="button button--primary" href=Route::ChooseUsername { name: None }.path()>"Change username"</a>
            </p>
            <p class="settings__note"><a href=Route::DocsUsernames.path()>"All about usernames"</a></p>
        </section>
    }
    .into_any()
}

/// The linked accounts, and whether the username matches GitHub's.
fn identity(shared: Shared) -> AnyView {
    let retry = Callback::new(move |()| shared.profile.reload());
    let accounts = match shared.profile.get() {
        Load::Loading => {
            view! { <p><span class="placeholder">"GitHub: somebody"</span></p> }.into_any()
        }
        Load::Ready(Profile {
            user,
            linked_accounts,
        }) => {
            let mark = match user.github_match {
                GitHubMatch::Matches => view! { <p>{text::MATCHES}</p> }.into_any(),
                GitHubMatch::Differs => mismatch(
                    user.github_match,
                    linked_accounts.as_deref(),
                    &user.username,
                )
                .map_or_else(
                    || ().into_any(),
                    |mismatch| view! { <MismatchNote mismatch=mismatch /> }.into_any(),
                ),
                GitHubMatch::Unknown => ().into_any(),
            };
            let list = match linked_accounts {
                None => view! { <p>{text::ACCOUNTS_NOT_TOLD}</p> }.into_any(),
                Some(accounts) if accounts.is_empty() => {
                    view! { <p>"None is linked."</p> }.into_any()
                }
                Some(accounts) => view! { <LinkedAccounts accounts=accounts /> }.into_any(),
            };
            view! { {list} {mark} }.into_any()
        }
        Load::Failed(error) => {
            let subject = Subject {
                not_found: String::from("Your linked accounts were not found"),
                advice: String::new(),
                failed: String::from("Your linked accounts could not be loaded"),
            };
            view! { <SectionProblem problem=problem(&error, &subject) on_retry=retry /> }.into_any()
        }
    };
    view! {
        <section class="settings__section" aria-labelledby="accounts-heading">
            <h2 id="accounts-heading">"Linked accounts"</h2>
            {accounts}
        </section>
    }
    .into_any()
}

/// The former name: taking it back, or why that is not possible. `again` makes it be said anew.
fn former(shared: Shared, again: RwSignal<()>) -> AnyView {
    let Shared { rename, holder, .. } = shared;
    again.track();
    let now = rename.now();
    let (said, offered) = holder.with(|holder| match take_back(holder, now) {
        TakeBack::Possible {
            username,
            until,
            days_left,
        } => {
            let until = until.map(intl::long_date_and_time);
            (
                text::take_back_offer(&username, until.as_deref(), days_left),
                Some(username),
            )
        }
        TakeBack::TooLate { username, since } => (
            text::take_back_too_late(&username, &intl::long_date_and_time(since)),
            None,
        ),
        TakeBack::Nothing if matches!(next_change(holder, now), Some(Allowed::From(_))) => {
            (text::TAKEN_BACK.to_owned(), None)
        }
        TakeBack::Nothing | TakeBack::Unknown => (String::new(), None),
    });
    if said.is_empty() {
        return ().into_any();
    }
    let button = offered.map(|username| {
        let press = move |_| {
            rename.act(Rename::take_back);
            // The page may have stood here until it was too late; then the button goes, and why is said in its place.
            if rename.with_untracked(|machine| *machine.step() == Step::Now) {
                again.notify();
                timer::next_frame(|| {
                    document::focus("#former-heading");
                });
            }
        };
        view! {
            <p class="settings__actions">
                <button type="button" class="button" on:click=press>{text::take_back_button(&username)}</button>
            </p>
        }
    });
    view! {
        <section class="settings__section" aria-labelledby="former-heading">
            <h2 id="former-heading" tabindex="-1">"Former username"</h2>
            <p>{said}</p>
            {button}
        </section>
    }
    .into_any()
}
