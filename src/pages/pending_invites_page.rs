//! The invitations to own crates that whoever is signed in has: who invites, to what, until when, and the answer to each.

mod invitation_row;

use leptos::prelude::*;

use super::failure::{Subject, problem};
use super::guard::{Guard, watch_session};
use crate::api::client::Client;
use crate::api::crate_query::{CrateFilter, CrateQuery};
use crate::api::error::ApiError;
use crate::components::section_problem::SectionProblem;
use crate::domain::invitation::Invitation;
use crate::domain::krate::Krate;
use crate::domain::page::{CrateSort, PageNumber};
use crate::domain::user::{UserId, Viewer};
use crate::state::client::{now, use_client};
use crate::state::invitations::all_invitations_of;
use crate::state::load::{Load, Weight, load};
use crate::state::title::provide_title;
use crate::template::view;
use invitation_row::InvitationRow;

const HEADING: &str = "Invitations";

/// The registry names this many crates in one answer.
const AT_ONCE: usize = 100;

/// Shows the invitations of whoever is signed in.
#[component]
pub fn PendingInvitesPage() -> impl IntoView {
    let page = Callback::new(|viewer: Viewer| view! { <Invitations id=viewer.id /> }.into_any());
    view! { <Guard heading=HEADING page=page /> }
}

#[component]
fn Invitations(id: UserId) -> impl IntoView {
    provide_title(|| HEADING.to_owned());
    let client = use_client();
    let asking = client.clone();
    let invitations = load(Weight::Content, move || {
        let client = asking.clone();
        Box::pin(async move {
            let list = all_invitations_of(&client, id).await?;
            // An addition: without it the invitations can be answered all the same.
            let crates = named(&client, &list).await.unwrap_or_default();
            Ok((list, crates))
        })
    });
    watch_session(invitations);
    let retry = Callback::new(move |()| invitations.reload());
    let content = move || {
        match invitations.get() {
        Load::Loading => view! {
            <ul class="plain-list" aria-busy="true"><li><span class="placeholder">"an invitation to a crate"</span></li></ul>
        }
        .into_any(),
        Load::Ready((list, _)) if list.is_empty() => {
            view! { <p>"You have no invitations."</p> }.into_any()
        }
        Load::Ready((list, crates)) => rows(id, list, &crates, now(&client)),
        Load::Failed(error) => {
            let subject = Subject {
                not_found: String::from("The invitations were not found"),
                advice: String::new(),
                failed: String::from("Your invitations could not be loaded"),
            };
            view! { <SectionProblem problem=problem(&error, &subject) on_retry=retry /> }.into_any()
        }
    }
    };
    view! {
        <div class="crate-settings">
            <h1 tabindex="-1">{HEADING}</h1>
            <p class="settings__note">
                "Whoever accepts can publish and yank versions of the crate and change its owners, and others will hold them to what is published. Accept only from people you know."
            </p>
            {content}
        </div>
    }
    .into_any()
}

/// Those that can be answered first, those that end first before others.
fn rows(
    id: UserId,
    mut list: Vec<Invitation>,
    crates: &[Krate],
    now: crate::domain::time::Timestamp,
) -> AnyView {
    list.sort_by_key(|invitation| (invitation.has_expired(now), invitation.expires_at));
    let rows = list
        .into_iter()
        .map(|invitation| {
            let krate = crates
                .iter()
                .find(|krate| krate.name == invitation.crate_name)
                .cloned();
            view! { <InvitationRow id=id invitation=invitation krate=krate now=now /> }
        })
        .collect_view();
    view! { <ul class="plain-list" aria-label="Invitations">{rows}</ul> }.into_any()
}

/// The crates that the invitations are to.
async fn named(client: &Client, list: &[Invitation]) -> Result<Vec<Krate>, ApiError> {
    let mut crates = Vec::new();
    for chunk in list.chunks(AT_ONCE) {
        let names = chunk
            .iter()
            .map(|invitation| invitation.crate_name.clone())
            .collect();
        let query = CrateQuery {
            filter: CrateFilter::Named(names),
            page: PageNumber::FIRST,
            per_page: 100,
            sort: CrateSort::Alphabetical,
        };
        crates.extend(client.crates(&query).await?.items);
    }
    Ok(crates)
}
