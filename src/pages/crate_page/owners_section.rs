//! Who owns the crate. Loaded beside the crate; its failure leaves the rest of the page readable and is said.

use leptos::prelude::*;

use crate::components::owner_list::OwnerList;
use crate::components::section_problem::SectionProblem;
use crate::domain::krate_owner::CrateOwner;
use crate::pages::account::about;
use crate::pages::failure::{Subject, problem};
use crate::state::load::{Load, Loader};
use crate::template::view;

/// Shows the owners, all of them by name.
#[component]
pub fn OwnersSection(owners: Loader<Vec<CrateOwner>>) -> impl IntoView {
    let content = move || match owners.get() {
        Load::Loading => {
            view! { <p class="placeholder" aria-hidden="true">"Loading owners"</p> }.into_any()
        }
        Load::Ready(owners) if owners.is_empty() => {
            view! { <p>"This crate has no owners."</p> }.into_any()
        }
        Load::Ready(owners) => view! { <OwnerList owners=owners about=about /> }.into_any(),
        Load::Failed(error) => {
            let subject = Subject {
                not_found: String::from("The owners were not found"),
                advice: String::new(),
                failed: String::from("The owners could not be loaded"),
            };
            let retry = Callback::new(move |()| owners.reload());
            view! { <SectionProblem problem=problem(&error, &subject) on_retry=retry /> }.into_any()
        }
    };
    view! {
        <section aria-labelledby="owners-heading">
            <h2 id="owners-heading">"Owners"</h2>
            {content}
        </section>
    }
}
