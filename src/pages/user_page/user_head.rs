//! The head of a person's page: username, display name, linked accounts, the mark, and the few facts that help to judge.

use leptos::prelude::*;

use crate::browser::intl;
use crate::components::avatar::{Avatar, AvatarSize};
use crate::components::linked_account_chip::LinkedAccounts;
use crate::components::mismatch_note::MismatchNote;
use crate::components::time_text::LongDate;
use crate::components::username_text::{DisplayName, UsernameText};
use crate::domain::identity;
use crate::domain::user::{Profile, UserId};
use crate::reactive::Memo;
use crate::route::Route;
use crate::state::client::use_client;
use crate::state::load::{Load, Weight, load};
use crate::state::session::use_session;
use crate::template::view;

/// Shows what is known of the person.
#[component]
pub fn UserHead(profile: Profile) -> impl IntoView {
    let Profile {
        user,
        linked_accounts,
    } = profile;
    let since = user.since();
    let mismatch = identity::mismatch(
        user.github_match,
        linked_accounts.as_deref(),
        &user.username,
    )
    .map(|mismatch| view! { <MismatchNote mismatch=mismatch /> });
    let name = user
        .name
        .map(|name| view! { <p class="user-head__name"><DisplayName name=name /></p> });
    let session = use_session();
    let id = user.id;
    let is_own = Memo::new(move |_| {
        session.with(|session| session.viewer().is_some_and(|viewer| viewer.id == id))
    });
    let edit = move || {
        is_own.get().then(|| view! { <p class="user-head__edit"><a class="button" href=Route::SettingsProfile.path()>"Edit your profile"</a></p> })
    };
    let since = since.time().map(|time| {
        view! { <div><dt>{since.label()}</dt><dd><LongDate time=time /></dd></div> }
    });
    view! {
        <div class="user-head">
            <Avatar address=user.avatar size=AvatarSize::Large />
            <div>
                <h1 tabindex="-1"><UsernameText username=user.username /></h1>
                {name}
                <LinkedAccounts accounts=linked_accounts.unwrap_or_default() />
                {mismatch}
                {edit}
                <dl class="user-head__facts">
                    {since}
                    <TotalDownloads id=user.id />
                </dl>
            </div>
        </div>
    }
}

/// The sum over all crates. It never holds up the rest, and failing it is only missing.
#[component]
fn TotalDownloads(id: UserId) -> impl IntoView {
    let client = use_client();
    let stats = load(Weight::Aside, move || {
        let client = client.clone();
        Box::pin(async move { client.user_stats(id).await })
    });
    let value = move || match stats.get() {
        Load::Loading => view! { <span class="placeholder">"000,000"</span> }.into_any(),
        Load::Ready(stats) => intl::number(stats.total_downloads).into_any(),
        Load::Failed(_) => "could not be loaded".into_any(),
    };
    view! { <div><dt>"Total downloads"</dt><dd>{value}</dd></div> }
}

/// What the address alone tells, in the place of the head.
#[component]
pub fn UserHeadPlaceholder(username: String) -> impl IntoView {
    view! {
        <div class="user-head" aria-busy="true">
            <Avatar address=None size=AvatarSize::Large />
            <div>
                <h1 tabindex="-1"><span class="username" dir="ltr">{username}</span></h1>
            </div>
        </div>
    }
}
