//! Addresses of a crate that lead on: to the dependencies of its default version, its documentation, its repository.
//!
//! Where a link leads is the publisher's text. Only the web's own schemes are followed; anything else is shown, not opened.

use leptos::prelude::*;

use super::crate_page::crate_frame::crate_failure;
use crate::browser::navigation;
use crate::components::error_screen::{ErrorScreen, Problem};
use crate::domain::krate::{CrateDetail, is_web_address};
use crate::reactive::{Memo, effect};
use crate::route::Route;
use crate::state::crate_cache::use_crate_cache;
use crate::state::load::Load;
use crate::state::navigation::use_navigation;
use crate::state::title::provide_title;
use crate::template::view;

/// Where to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lead {
    /// The dependencies of the default version.
    Dependencies,
    /// The documentation that the crate names.
    Documentation,
    /// The repository that the crate names.
    Repository,
}

/// What the crate says of where to go.
#[derive(Clone, PartialEq, Eq)]
enum Aim {
    /// A page of ours.
    Page(Route),
    /// Another site.
    Elsewhere(String),
    /// Text that is no address on the web.
    NoAddress(String),
    /// Nothing.
    Nothing,
}

impl Lead {
    fn aim(self, detail: &CrateDetail) -> Aim {
        let link = match self {
            Self::Dependencies => {
                return match detail.krate.default_version.clone() {
                    Some(version) => Aim::Page(Route::Dependencies {
                        name: detail.krate.name.clone(),
                        version,
                    }),
                    None => Aim::Nothing,
                };
            }
            Self::Documentation => &detail.krate.documentation,
            Self::Repository => &detail.krate.repository,
        };
        match link {
            Some(address) if is_web_address(address) => Aim::Elsewhere(address.clone()),
            Some(text) => Aim::NoAddress(text.clone()),
            None => Aim::Nothing,
        }
    }

    fn what(self) -> &'static str {
        match self {
            Self::Dependencies => "version",
            Self::Documentation => "documentation",
            Self::Repository => "repository",
        }
    }
}

/// Leads on, or says why not.
#[component]
pub fn CrateLeadPage(
    /// As it stands in the address.
    name: String,
    lead: Lead,
) -> impl IntoView {
    let navigation_state = use_navigation();
    let krate = use_crate_cache().load(&name);
    let aim = Memo::new(move |_| krate.with(|krate| krate.ready().map(|detail| lead.aim(detail))));
    effect(move |_| match aim.get() {
        Some(Aim::Page(route)) => navigation_state.replace(&route),
        Some(Aim::Elsewhere(address)) => navigation::leave_instead(&address),
        Some(Aim::NoAddress(_) | Aim::Nothing) | None => {}
    });
    let screen = move || match (krate.get(), aim.get()) {
        (Load::Failed(error), _) => crate_failure(&name, &error, krate),
        (_, Some(Aim::Nothing)) => {
            view! { <DeadEnd name=name.clone() lead=lead text=None /> }.into_any()
        }
        (_, Some(Aim::NoAddress(text))) => {
            view! { <DeadEnd name=name.clone() lead=lead text=Some(text) /> }.into_any()
        }
        (_, aim) => view! { <OnTheWay name=name.clone() aim=aim /> }.into_any(),
    };
    view! { <div class="crate-page">{screen}</div> }
}

#[component]
fn OnTheWay(name: String, aim: Option<Aim>) -> impl IntoView {
    let title = name.clone();
    provide_title(move || title.clone());
    let elsewhere = match aim {
        Some(Aim::Elsewhere(address)) => Some(view! {
            <p>"On the way to " <a href=address.clone() rel="nofollow ugc noopener noreferrer">{address.clone()}</a></p>
        }),
        _ => None,
    };
    view! {
        <h1 tabindex="-1" aria-busy="true">{name}</h1>
        {elsewhere}
    }
}

#[component]
fn DeadEnd(name: String, lead: Lead, text: Option<String>) -> impl IntoView {
    let title = format!("{name} names no {}", lead.what());
    let problem = Problem::NotFound {
        title: title.clone(),
        advice: match &text {
            Some(_) => {
                String::from("What it says instead is no address on the web, so it is not opened:")
            }
            None => format!("Its authors gave no address of its {}.", lead.what()),
        },
    };
    provide_title(move || title.clone());
    let home = Route::krate(&name).path();
    view! {
        <ErrorScreen problem=problem>
            {text.clone().map(|text| view! { <p class="error-screen__detail"><bdi>{text}</bdi></p> })}
            <p><a href=home.clone()>{format!("Go to {name}")}</a></p>
        </ErrorScreen>
    }
}
