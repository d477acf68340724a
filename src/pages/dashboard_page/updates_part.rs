//! New versions of the crates that the signed-in person follows, latest first, more of them on demand.
//!
//! The registry pages by number: what is published between two pages moves the rest on, so a version that comes a second
//! time is left out. Failing to get more leaves what is there.

use leptos::prelude::*;

use crate::api::error::ApiError;
use crate::browser::{document, timer};
use crate::components::crate_list::CrateListPlaceholder;
use crate::components::section_problem::SectionProblem;
use crate::components::time_text::RelativeTime;
use crate::components::username_text::UsernameText;
use crate::domain::page::PageNumber;
use crate::domain::time::Timestamp;
use crate::domain::version::{TrustedPublisher, Updates, Version};
use crate::pages::failure::{Subject, problem};
use crate::pages::guard::watch_session;
use crate::reactive::{Memo, RwSignal, StoredValue, effect};
use crate::route::Route;
use crate::state::client::{now, use_client};
use crate::state::load::{Load, Loader, Weight, load, spawn_abortable};
use crate::state::session::use_session;
use crate::template::view;

/// How far getting more has come.
#[derive(Clone, PartialEq)]
enum More {
    Idle,
    Loading,
    Failed(ApiError),
    /// So many have come.
    Added(usize),
}

/// Shows the updates.
#[component]
pub fn UpdatesPart() -> impl IntoView {
    let client = use_client();
    let asked = client.clone();
    let updates = load(Weight::Content, move || {
        let client = asked.clone();
        Box::pin(async move { client.updates(PageNumber::FIRST).await })
    });
    watch_session(updates);
    let session = use_session();
    let more = RwSignal::new(More::Idle);
    effect(move |_| {
        if more.with(|more| matches!(more, More::Failed(ApiError::SignedOut { .. }))) {
            session.ask();
        }
    });
    let next = StoredValue::new(PageNumber::FIRST.next());
    let running = StoredValue::new(None::<futures_util::future::AbortHandle>);
    on_cleanup(move || {
        if let Some(Some(handle)) = running.try_update_value(Option::take) {
            handle.abort();
        }
    });
    let clock = client.clone();
    let load_more = Callback::new(move |()| {
        if more.with_untracked(|more| *more == More::Loading) {
            return;
        }
        more.set(More::Loading);
        let client = client.clone();
        let task = spawn_abortable(async move {
            let page = next.get_value();
            let said = match client.updates(page).await {
                Ok(found) => {
                    next.set_value(page.next());
                    More::Added(append(updates, found))
                }
                Err(error) => More::Failed(error),
            };
            let ended = updates
                .signal()
                .with_untracked(|value| value.ready().is_some_and(|updates| !updates.more));
            more.try_set(said);
            if ended {
                // By then the button is gone, and the focus with it.
                timer::next_frame(|| {
                    if document::focus_is_lost() {
                        document::focus("#updates-heading");
                    }
                });
            }
        });
        running.set_value(Some(task));
    });
    let retry = Callback::new(move |()| updates.reload());
    // Rows are added below; the list, and the button that has the focus, stay as they are.
    let phase = Memo::new(move |_| {
        updates.with(|updates| match updates {
            Load::Loading => Phase::Loading,
            Load::Ready(found) if found.versions.is_empty() => Phase::Empty,
            Load::Ready(_) => Phase::Some,
            Load::Failed(_) => Phase::Failed,
        })
    });
    let content = move || {
        match phase.get() {
        Phase::Loading => view! { <CrateListPlaceholder /> }.into_any(),
        Phase::Empty => view! {
            <p class="empty-state">"Nothing yet. New versions of crates that you follow show up here."</p>
        }
        .into_any(),
        Phase::Some => list(updates, now(&clock), more, load_more),
        Phase::Failed => match updates.get() {
            Load::Failed(error) => {
                let subject = Subject {
                    not_found: String::from("The updates were not found"),
                    advice: String::new(),
                    failed: String::from("The updates could not be loaded"),
                };
                view! { <SectionProblem problem=problem(&error, &subject) on_retry=retry /> }.into_any()
            }
            _ => ().into_any(),
        },
    }
    };
    let status = move || match more.get() {
        More::Loading => String::from("Loading more updates…"),
        More::Added(1) => String::from("1 more update."),
        More::Added(count) => format!("{count} more updates."),
        More::Idle | More::Failed(_) => String::new(),
    };
    view! {
        <section aria-labelledby="updates-heading">
            <h2 id="updates-heading" tabindex="-1">"Latest updates"</h2>
            <div aria-busy=move || updates.is_busy().to_string()>{content}</div>
            <p class="visually-hidden" role="status">{status}</p>
        </section>
    }
}

/// What stands below the heading.
#[derive(Clone, Copy, PartialEq)]
enum Phase {
    Loading,
    Empty,
    Some,
    Failed,
}

/// Puts what came behind what is there; says how many were new.
fn append(updates: Loader<Updates>, found: Updates) -> usize {
    let mut added = 0;
    updates.update(|updates| {
        for version in found.versions {
            if !updates.versions.iter().any(|known| known.id == version.id) {
                updates.versions.push(version);
                added += 1;
            }
        }
        updates.more = found.more;
    });
    added
}

fn list(
    updates: Loader<Updates>,
    now: Timestamp,
    more: RwSignal<More>,
    load_more: Callback<()>,
) -> AnyView {
    let versions = move || {
        updates.with(|updates| {
            updates
                .ready()
                .map(|found| found.versions.clone())
                .unwrap_or_default()
        })
    };
    let has_more =
        Memo::new(move |_| updates.with(|updates| updates.ready().is_some_and(|found| found.more)));
    let busy = move || more.with(|more| *more == More::Loading);
    let trouble = move || match more.get() {
        More::Failed(error) => {
            let subject = Subject {
                not_found: String::from("There are no more updates"),
                advice: String::new(),
                failed: String::from("More updates could not be loaded"),
            };
            let problem = problem(&error, &subject);
            Some(view! {
                <div class="notice" data-kind="error">
                    <p class="notice__text"><strong>{problem.title()}</strong> " " {problem.detail()}</p>
                </div>
            })
        }
        More::Idle | More::Loading | More::Added(_) => None,
    };
    let button = move || {
        has_more.get().then(|| {
            view! {
                <button type="button" class="button" aria-busy=move || busy().to_string() on:click=move |_| load_more.run(())>
                    {move || if busy() { "Loading…" } else { "Load more updates" }}
                </button>
            }
        })
    };
    view! {
        <ol class="update-list">
            <For each=versions key=|version| version.id.0 children=move |version| row(version, now) />
        </ol>
        <div role="alert">{trouble}</div>
        {button}
    }
    .into_any()
}

fn row(version: Version, now: Timestamp) -> AnyView {
    let krate = Route::krate(&version.krate).path();
    let page = Route::version(&version.krate, &version.num).path();
    let by = match (version.published_by, version.trusted_publisher) {
        (Some(user), _) => {
            let href = Route::user(&user.username).path();
            view! { " by " <a href=href><UsernameText username=user.username /></a> }.into_any()
        }
        (None, Some(publisher)) => {
            let service = match publisher {
                TrustedPublisher::GitHub { .. } => String::from("GitHub"),
                TrustedPublisher::GitLab { .. } => String::from("GitLab"),
                TrustedPublisher::Other(name) => name,
            };
            view! { " via " {service} }.into_any()
        }
        (None, None) => ().into_any(),
    };
    let time = version
        .created_at
        .map(|time| view! { <RelativeTime time=time now=now /> });
    let yanked = version
        .yanked
        .then(|| view! { <span class="yanked-mark">"yanked"</span> });
    view! {
        <li class="update-list__row">
            <p class="update-list__what">
                <a class="update-list__crate" href=krate>{version.krate}</a> " "
                <a class="update-list__version" href=page>{version.num}</a> " " {yanked}
            </p>
            <p class="update-list__when">{time} {by}</p>
        </li>
    }
    .into_any()
}
