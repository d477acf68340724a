//! The versions that are there so far, and the button that brings more.
//!
//! What is shown stays as it is: each further hundred is put after the last and nothing before it is built again, so that
//! the thirtieth hundred comes as quickly as the first.

use std::sync::Arc;

use leptos::prelude::*;

use super::yanking::{YankDialog, YankingState};
use crate::browser::{document, intl, timer};
use crate::components::gradual_list::{Row, gradual_list};
use crate::components::section_problem::SectionProblem;
use crate::components::version_row::version_row;
use crate::domain::page::PageLink;
use crate::domain::version::{ReleaseTrack, Version, VersionPage};
use crate::pages::account::about_if_marked;
use crate::pages::failure::{Subject, problem};
use crate::reactive::{Memo, RwSignal, StoredValue};
use crate::route::Route;
use crate::state::client::{now, use_client};
use crate::state::load::{Load, TaskSlot};
use crate::state::session::use_session;
use crate::template::view;

/// How many release tracks are shown before the rest is folded up.
const TRACKS: usize = 12;

/// Where the next hundred will stand.
#[derive(Clone)]
struct End {
    shown: u64,
    next: Option<PageLink>,
    slot: RwSignal<Option<VersionPage>>,
}

/// What all rows share.
#[derive(Clone)]
struct Shared {
    tracks: Arc<Vec<ReleaseTrack>>,
    end: RwSignal<Option<End>>,
    yanking: YankingState,
    owns: Memo<bool>,
}

/// Shows the versions, from the first page on.
#[component]
pub fn VersionList(
    /// The crate's name.
    krate: String,
    first: VersionPage,
) -> impl IntoView {
    let client = use_client();
    let session = use_session();
    let total = first.total;
    let tracks = Arc::new(first.release_tracks.clone());
    let yanking = YankingState::new();
    let owned = krate.clone();
    let owns = Memo::new(move |_| {
        session.with(|session| session.viewer().is_some_and(|viewer| viewer.owns(&owned)))
    });
    let end = RwSignal::new(None::<End>);
    let shared = Shared {
        tracks: tracks.clone(),
        end,
        yanking,
        owns,
    };
    let rows = chunk(first, 0, shared);

    // The answer of the last press; nothing is asked before.
    let more = RwSignal::new(None::<Load<()>>);
    let task = TaskSlot::new();
    let asked = krate.clone();
    let bring = move || {
        let Some(End {
            shown,
            next: Some(link),
            slot,
        }) = end.get_untracked()
        else {
            return;
        };
        if more.get_untracked() == Some(Load::Loading) {
            return;
        }
        more.set(Some(Load::Loading));
        let (client, name) = (client.clone(), asked.clone());
        task.run(async move {
            let done = match client.more_versions(&name, &link).await {
                Ok(page) => {
                    slot.try_set(Some(page));
                    // The button may be gone with the last page; the first new row is where the reading goes on.
                    timer::next_frame(move || {
                        document::focus(&format!("[data-version-row='{shown}'] a"));
                    });
                    Load::Ready(())
                }
                Err(error) => Load::Failed(error),
            };
            more.try_set(Some(done));
        });
    };
    let bring = StoredValue::new(bring);
    let status = move || {
        let shown = end.with(|end| end.as_ref().map(|end| end.shown));
        match (more.get(), shown) {
            (Some(Load::Loading), _) => String::from("Loading more versions…"),
            (_, None) => String::new(),
            (_, Some(shown)) => format!(
                "{} of {} versions",
                intl::number(shown),
                intl::number(total.max(shown))
            ),
        }
    };
    let button = move || {
        let unfinished = end.with(|end| {
            end.as_ref()
                .is_some_and(|end| end.next.is_some() && end.shown < total)
        });
        unfinished.then(|| {
            let loading = move || more.get() == Some(Load::Loading);
            view! {
                <button
                    type="button"
                    class="button versions__more"
                    aria-busy=move || loading().to_string()
                    aria-disabled=move || loading().then_some("true")
                    on:click=move |_| bring.with_value(|bring| bring())
                >
                    "Load more"
                </button>
            }
        })
    };
    let failure = move || match more.get() {
        Some(Load::Failed(error)) => {
            let subject = Subject {
                not_found: String::from("There are no more versions"),
                advice: String::new(),
                failed: String::from("More versions could not be loaded"),
            };
            let retry = Callback::new(move |()| bring.with_value(|bring| bring()));
            Some(view! { <SectionProblem problem=problem(&error, &subject) on_retry=retry /> })
        }
        _ => None,
    };
    view! {
        {release_tracks(&krate, &tracks)}
        <ol class="version-list" aria-labelledby="versions-heading">{rows}</ol>
        {failure}
        <div class="versions__end">
            <p role="status">{status}</p>
            {button}
        </div>
        <YankDialog yanking=yanking krate=krate />
    }
}

/// A page of rows, and after them the place of the next page.
fn chunk(page: VersionPage, before: u64, shared: Shared) -> AnyView {
    let now = now(&use_client());
    let slot = RwSignal::new(None::<VersionPage>);
    let shown = before + page.versions.len() as u64;
    // Nothing further would follow an empty page, whatever it links to.
    let next = page.next.filter(|_| !page.versions.is_empty());
    let all = shared.clone();
    let rows = (before..)
        .zip(page.versions)
        .map(|(index, version)| -> Row {
            let shared = all.clone();
            Box::new(move || {
                let yanked = RwSignal::new(version.yanked);
                let actions = actions(&version, yanked, &shared);
                version_row(
                    version,
                    index,
                    now,
                    &shared.tracks,
                    yanked,
                    actions,
                    about_if_marked,
                )
            })
        });
    // What is said of them is said once all are there.
    let end: Row = Box::new(move || {
        shared.end.set(Some(End { shown, next, slot }));
        let following = move || slot.get().map(|page| chunk(page, shown, shared.clone()));
        following.into_any()
    });
    gradual_list(rows.chain([end]).collect())
}

fn actions(version: &Version, yanked: RwSignal<bool>, shared: &Shared) -> AnyView {
    let (num, owns, yanking) = (version.num.clone(), shared.owns, shared.yanking);
    let button = move || {
        owns.get().then(|| {
            let num = num.clone();
            let word = move || if yanked.get() { "Unyank" } else { "Yank" };
            let label = {
                let num = num.clone();
                move || format!("{} version {num}", word())
            };
            view! {
                <button type="button" class="button" aria-label=label on:click=move |_| yanking.ask(num.clone(), yanked)>{word}</button>
            }
        })
    };
    view! { {button} }.into_any()
}

/// The highest version of each release track, highest track first.
fn release_tracks(krate: &str, tracks: &[ReleaseTrack]) -> Option<AnyView> {
    if tracks.len() < 2 {
        return None;
    }
    let items: Vec<AnyView> = tracks
        .iter()
        .rev()
        .map(|track| {
            let href = Route::version(krate, &track.highest).path();
            view! { <li><span aria-hidden="true">{track.name.clone()} ".x "</span><a href=href>{track.highest.clone()}</a></li> }.into_any()
        })
        .collect();
    let mut first = items;
    let rest = first.split_off(first.len().min(TRACKS));
    let rest = (!rest.is_empty()).then(|| {
        let label = intl::number(rest.len() as u64) + " older release tracks";
        view! { <details><summary>{label}</summary><ul class="release-tracks">{rest}</ul></details> }
    });
    Some(
        view! {
            <section aria-labelledby="tracks-heading">
                <h3 id="tracks-heading">"Highest of each release track"</h3>
                <ul class="release-tracks">{first}</ul>
                {rest}
            </section>
        }
        .into_any(),
    )
}
