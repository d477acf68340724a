//! What the signed-in person comes back for: news of the crates they follow, their own crates, their downloads.
//!
//! Four parts, each of which loads and fails by itself.

mod crates_part;
mod updates_part;

use leptos::prelude::*;

use super::failure::{Subject, problem};
use super::guard::{Guard, watch_session};
use crate::api::crate_query::CrateFilter;
use crate::browser::intl;
use crate::components::section_problem::SectionProblem;
use crate::domain::user::{UserId, Viewer};
use crate::route::{ListQuery, Route};
use crate::state::client::use_client;
use crate::state::load::{Load, Weight, load};
use crate::state::title::provide_title;
use crate::template::view;
use crates_part::CratesPart;
use updates_part::UpdatesPart;

const HEADING: &str = "Dashboard";

/// Shows the dashboard of whoever is signed in.
#[component]
pub fn DashboardPage() -> impl IntoView {
    let page = Callback::new(|viewer| view! { <Dashboard viewer=viewer /> }.into_any());
    view! { <Guard heading=HEADING page=page /> }
}

#[component]
fn Dashboard(viewer: Viewer) -> impl IntoView {
    provide_title(|| HEADING.to_owned());
    let own = Route::user(&viewer.username).path();
    let following = Route::Following(ListQuery::default()).path();
    view! {
        <div class="dashboard">
            <h1 tabindex="-1">{HEADING}</h1>
            <div class="dashboard__parts">
                <UpdatesPart />
                <div class="dashboard__aside">
                    <DownloadsPart id=viewer.id />
                    <CratesPart
                        id="own-crates"
                        heading="Your crates"
                        filter=CrateFilter::User(viewer.id)
                        all=own
                        empty="You own no crates yet. A crate you publish, or an invitation you accept, shows up here."
                    />
                    <CratesPart
                        id="followed-crates"
                        heading="Crates you follow"
                        filter=CrateFilter::Following
                        all=following
                        empty="You follow no crates yet. The page of each crate has a button for it."
                    />
                </div>
            </div>
        </div>
    }
}

/// The sum over all one's crates.
#[component]
fn DownloadsPart(id: UserId) -> impl IntoView {
    let client = use_client();
    let stats = load(Weight::Aside, move || {
        let client = client.clone();
        Box::pin(async move { client.user_stats(id).await })
    });
    watch_session(stats);
    let retry = Callback::new(move |()| stats.reload());
    let content = move || match stats.get() {
        Load::Loading => {
            view! { <p class="dashboard__number"><span class="placeholder">"000,000"</span></p> }
                .into_any()
        }
        Load::Ready(stats) => {
            view! { <p class="dashboard__number">{intl::number(stats.total_downloads)}</p> }
                .into_any()
        }
        Load::Failed(error) => {
            let subject = Subject {
                not_found: String::from("The downloads were not found"),
                advice: String::new(),
                failed: String::from("The downloads could not be loaded"),
            };
            view! { <SectionProblem problem=problem(&error, &subject) on_retry=retry /> }.into_any()
        }
    };
    view! {
        <section aria-labelledby="downloads-heading">
            <h2 id="downloads-heading">"Downloads of your crates"</h2>
            <div aria-busy=move || stats.is_busy().to_string()>{content}</div>
        </section>
    }
}
