//! How often a crate or a version was downloaded lately, as a chart.

use leptos::prelude::*;

use crate::components::download_chart::DownloadChart;
use crate::components::section_problem::SectionProblem;
use crate::domain::download_history::DownloadHistory;
use crate::pages::failure::{Subject, problem};
use crate::state::client::{now, use_client};
use crate::state::load::{Load, Weight, load};
use crate::template::view;

/// Asks for the downloads of the last 90 days and draws them.
#[component]
pub fn Downloads(
    /// The crate.
    name: String,
    /// The version; without one, all of the crate.
    version: Option<String>,
) -> impl IntoView {
    let client = use_client();
    let downloads = load(Weight::Aside, move || {
        let (client, name, version) = (client.clone(), name.clone(), version.clone());
        Box::pin(async move {
            Ok(match version {
                Some(version) => {
                    let downloads = client.version_downloads(&name, &version).await?;
                    DownloadHistory::of_version(&version, &downloads, now(&client).day())
                }
                None => DownloadHistory::of_crate(
                    &client.crate_downloads(&name).await?,
                    now(&client).day(),
                ),
            })
        })
    });
    move || match downloads.get() {
        Load::Loading => view! { <DownloadsPlaceholder /> }.into_any(),
        Load::Ready(history) if history.is_empty() => {
            view! { <p class="empty-state">"No downloads in these days."</p> }.into_any()
        }
        Load::Ready(history) => view! { <DownloadChart history=history /> }.into_any(),
        Load::Failed(error) => {
            let subject = Subject {
                not_found: String::from("There are no numbers of downloads"),
                advice: String::new(),
                failed: String::from("The downloads could not be loaded"),
            };
            let retry = Callback::new(move |()| downloads.reload());
            view! { <SectionProblem problem=problem(&error, &subject) on_retry=retry /> }.into_any()
        }
    }
}

/// Stands where the downloads will.
#[component]
pub fn DownloadsPlaceholder() -> impl IntoView {
    view! { <div class="placeholder downloads__placeholder" role="img" aria-label="The downloads are on their way"></div> }
}
