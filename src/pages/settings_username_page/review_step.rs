//! Everything that the change would bring, before anything is sent: old beside new, what changes, what stays, what becomes of
//! the old name. Another spelling, and taking the former name back, have less to foresee and say less.

use leptos::prelude::*;

use super::Shared;
use super::confirmation::Confirmation;
use crate::browser::intl;
use crate::components::mismatch_text;
use crate::components::username_text::UsernameText;
use crate::domain::identity::{Foreseen, GitHubMatch, Mismatch, Spelling};
use crate::domain::rename::{
    Allowed, BadgeChange, Change, Foresight, Kind, Stake, Stays, foresee_change, text,
};
use crate::domain::username::Username;
use crate::reactive::Memo;
use crate::route::Route;
use crate::state::session::use_session;
use crate::template::view;

/// How many of one's crates are named.
const NAMED: usize = 10;

pub(super) fn view(shared: Shared, to: Username) -> AnyView {
    let Shared {
        rename,
        holder,
        profile,
    } = shared;
    let session = use_session();
    // What the review is about; a change elsewhere leads to another screen.
    let foresight = Memo::new(move |_| {
        let crates =
            session.with(|session| session.viewer().map(|viewer| viewer.owned_crates.len()));
        profile.with(|profile| {
            let known = profile.ready();
            let flag = known.map_or(GitHubMatch::Unknown, |profile| profile.user.github_match);
            let accounts = known.and_then(|profile| profile.linked_accounts.as_deref());
            holder.with(|holder| foresee_change(holder, &to, flag, accounts, crates, rename.now()))
        })
    });
    let crates = Memo::new(move |_| {
        session.with(|session| {
            let owned = session
                .viewer()
                .map(|viewer| viewer.owned_crates.iter().map(|krate| krate.name.clone()));
            owned
                .map(|owned| owned.collect::<Vec<_>>())
                .unwrap_or_default()
        })
    });
    let kind = foresight.with_untracked(|foresight| foresight.kind);
    if kind == Kind::TakeBack {
        rename.watch_deadline();
    }
    let go_on = move |_| {
        let stake = session.with(|session| match session.viewer() {
            Some(viewer) if viewer.owned_crates.is_empty() => Stake::NoCrates,
            _ => Stake::MaybeCrates,
        });
        rename.act(|machine, now| {
            let lapsed = machine.lapse(kind, now);
            machine.ask_confirmation(stake, now);
            lapsed
        });
    };
    let another = move |_| {
        rename.act(|machine, _| machine.choose_another());
    };
    let from = foresight.with_untracked(|foresight| foresight.from.clone());
    let choose_another = (kind != Kind::TakeBack)
        .then(|| view! { <button type="button" class="button" on:click=another>"Choose another name"</button> });
    view! {
        <h1 tabindex="-1">{text::review_heading(kind)}</h1>
        <p>{foresight.with_untracked(text::review_lead)}</p>
        {foresight.with_untracked(pair)}
        {foresight.with_untracked(too_soon)}
        {move || foresight.with(changes)}
        {move || foresight.with(|foresight| crates.with(|crates| stays(foresight, crates)))}
        {foresight.with_untracked(old_name)}
        {foresight.with_untracked(afterwards)}
        <p class="settings__actions">
            <button type="button" class="button button--primary" on:click=go_on>{text::go_on(kind)}</button>
            {choose_another}
            <a class="button" href=Route::SettingsUsername.path()>{text::keep(&from)}</a>
        </p>
        <Confirmation rename=rename from=from.clone() kind=kind />
    }
    .into_any()
}

/// Old beside new, in the face in which no two letters look alike.
fn pair(foresight: &Foresight) -> AnyView {
    view! {
        <dl class="name-pair">
            <div><dt>"Now"</dt><dd><UsernameText username=foresight.from.clone() /></dd></div>
            <div><dt>"New"</dt><dd><UsernameText username=foresight.to.clone() /></dd></div>
        </dl>
    }
    .into_any()
}

fn too_soon(foresight: &Foresight) -> AnyView {
    match foresight.allowed {
        Some(Allowed::From(at)) => view! {
            <div class="notice">
                <p class="notice__text">
                    {text::too_soon(&intl::long_date_and_time(at))} " " {text::WILL_BE_REFUSED}
                </p>
            </div>
        }
        .into_any(),
        Some(Allowed::Now) | None => ().into_any(),
    }
}

fn changes(foresight: &Foresight) -> AnyView {
    let items = foresight
        .changes
        .iter()
        .map(|change| match change {
            Change::ProfileAddress => {
                let path = Route::user(&foresight.to).path();
                view! { <li>{text::profile_address(foresight.kind)} " " <code>{path}</code></li> }
                    .into_any()
            }
            Change::OwnerCommand => {
                let command = text::owner_command(&foresight.to, needs_prefix(foresight));
                view! { <li>{text::OWNER_COMMAND} " " <code>{command}</code></li> }.into_any()
            }
            Change::Badge(badge) => {
                view! { <li>{text::badge(badge)} " " {badge_kind(badge)}</li> }.into_any()
            }
        })
        .collect_view();
    view! {
        <section class="settings__section" aria-labelledby="changes-heading">
            <h2 id="changes-heading">"What changes"</h2>
            <ul>{items}</ul>
        </section>
    }
    .into_any()
}

/// The sentence that others will read behind the mark.
fn badge_kind(badge: &BadgeChange) -> AnyView {
    match (badge.shown(), &badge.after) {
        (Some((_, true)), Foreseen::Badge(kind)) => {
            view! { <q class="foretold">{mismatch_text::explanation(kind.clone())}</q> }.into_any()
        }
        _ => ().into_any(),
    }
}

/// A name that is not the GitHub name is ambiguous to those who type it; only capitals do not matter there.
fn needs_prefix(foresight: &Foresight) -> bool {
    foresight.changes.iter().any(|change| match change {
        Change::Badge(BadgeChange {
            after: Foreseen::Badge(kind),
            ..
        }) => !matches!(
            kind,
            Mismatch::OnlySpelling {
                difference: Spelling::Capitals,
                ..
            }
        ),
        _ => false,
    })
}

fn stays(foresight: &Foresight, crates: &[String]) -> AnyView {
    if foresight.kind == Kind::Spelling {
        return ().into_any();
    }
    let all = Route::user(&foresight.from).path();
    let items = foresight
        .stays
        .iter()
        .map(|stays| match stays {
            Stays::Crates(Some(1..)) => {
                let named = crates
                    .iter()
                    .take(NAMED)
                    .map(|name| view! { <li><a href=Route::krate(name).path()>{name.clone()}</a></li> })
                    .collect_view();
                let more = (crates.len() > NAMED).then(|| view! { <li><a href=all.clone()>"All your crates"</a></li> });
                view! { <li>{text::stays(*stays)} <ul class="crate-names">{named} {more}</ul></li> }.into_any()
            }
            other => view! { <li>{text::stays(*other)}</li> }.into_any(),
        })
        .collect_view();
    view! {
        <section class="settings__section" aria-labelledby="stays-heading">
            <h2 id="stays-heading">"What stays"</h2>
            <ul>{items}</ul>
        </section>
    }
    .into_any()
}

fn old_name(foresight: &Foresight) -> AnyView {
    let until = foresight
        .old_name
        .until()
        .map(intl::long_date)
        .unwrap_or_default();
    let items = text::old_name(foresight.old_name, &foresight.from, &until);
    if items.is_empty() {
        return ().into_any();
    }
    let items = items
        .into_iter()
        .map(|item| view! { <li>{item}</li> })
        .collect_view();
    view! {
        <section class="settings__section" aria-labelledby="old-name-heading">
            <h2 id="old-name-heading">{text::old_name_heading(&foresight.from)}</h2>
            <ul>{items}</ul>
        </section>
    }
    .into_any()
}

fn afterwards(foresight: &Foresight) -> AnyView {
    if foresight.kind == Kind::Spelling {
        return ().into_any();
    }
    let when = match foresight.next_change {
        Some(Allowed::From(at)) => intl::long_date(at),
        Some(Allowed::Now) | None => String::new(),
    };
    let next = text::next_change(foresight.next_change, &when).map(|next| view! { <p>{next}</p> });
    view! {
        <section class="settings__section" aria-labelledby="afterwards-heading">
            <h2 id="afterwards-heading">"Afterwards"</h2>
            {next}
            <p>{text::NOT_FOR_SALE} " " <a href=Route::Policies.path()>"Usage policy"</a></p>
        </section>
    }
    .into_any()
}
