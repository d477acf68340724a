//! What there is to look at before one trusts a person or makes them an owner, in one place: the username first, what is proven
//! of them elsewhere, how long they have been here, what they own, and in which way the names differ.
//!
//! Whoever shows a card gives it its name: it stands in a panel or a section.

use leptos::prelude::*;

use super::avatar::{Avatar, AvatarSize};
use super::linked_account_chip::LinkedAccounts;
use super::mismatch_note::MismatchNote;
use super::time_text::{LongDate, RelativeTime};
use super::username_text::{DisplayName, UsernameText};
use crate::browser::intl;
use crate::domain::identity;
use crate::domain::time::Timestamp;
use crate::domain::user::Profile;
use crate::route::{Inquiry, Route, SupportQuery};
use crate::state::load::Load;
use crate::template::view;

/// Shows what is known of a person.
#[component]
pub fn AccountCard(
    profile: Profile,
    /// How many crates they own.
    crates: Signal<Load<u64>>,
    /// By the server's clock.
    now: Timestamp,
) -> impl IntoView {
    let Profile {
        user,
        linked_accounts,
    } = profile;
    let mismatch = identity::mismatch(
        user.github_match,
        linked_accounts.as_deref(),
        &user.username,
    )
    .map(|mismatch| view! { <MismatchNote mismatch=mismatch /> });
    let linked = match linked_accounts {
        None => "not told by this registry".into_any(),
        Some(accounts) if accounts.is_empty() => "none".into_any(),
        Some(accounts) => view! {
            <LinkedAccounts accounts=accounts />
            <span class="account-card__proof">"proven by signing in there"</span>
        }
        .into_any(),
    };
    let since = user.since();
    let age = match since.time() {
        Some(time) => {
            view! { <LongDate time=time /> ", " <RelativeTime time=time now=now /> }.into_any()
        }
        None => "not known".into_any(),
    };
    let owned = move || match crates.get() {
        Load::Loading => view! { <span class="placeholder">"000"</span> }.into_any(),
        Load::Ready(count) => intl::number(count).into_any(),
        Load::Failed(_) => "could not be counted".into_any(),
    };
    let name = user
        .name
        .map(|name| view! { <p><DisplayName name=name short=true /></p> });
    let id = user.id.0.to_string();
    let page = Route::user(&user.username).path();
    let report = Route::Support(SupportQuery {
        inquire: Some(Inquiry::Impersonation),
        krate: None,
        user: Some(user.username.to_string()),
    })
    .path();
    let link = format!("Page of {}", user.username);
    view! {
        <div class="account-card">
            <div class="account-card__who">
                <Avatar address=user.avatar size=AvatarSize::Medium />
                <div>
                    <p class="account-card__username"><UsernameText username=user.username /></p>
                    {name}
                </div>
            </div>
            {mismatch}
            <dl class="account-card__facts">
                <div><dt>"Linked accounts"</dt><dd>{linked}</dd></div>
                <div><dt>{since.label()}</dt><dd>{age}</dd></div>
                <div><dt>"Crates owned"</dt><dd>{owned}</dd></div>
            </dl>
            <p class="account-card__links">
                <a href=page data-user-id=id>{link}</a>
                <a href=report>"Report impersonation"</a>
            </p>
        </div>
    }
    .into_any()
}
