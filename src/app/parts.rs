//! The parts that the app's wasm is split into, so that a page costs what that page needs.
//!
//! A released build is cut after the compiler (`cfg(split)`, see `xtask`'s finishing step); every other build is one piece, and
//! loading a part is then nothing. Few parts, since whatever any of them share becomes a piece of its own:
//! with six there were 23 pieces. A part that does not arrive is a value, never a panic. Which pages share a part is decided
//! here and nowhere else; `start.js` knows the same by address, and a test holds the two against each other.

use std::future::Future;
use std::pin::Pin;

use futures_util::FutureExt;
use leptos::prelude::*;

use crate::browser::release;
use crate::components::site_banner::Announcements;
use crate::pages::accept_invite_page::AcceptInvitePage;
use crate::pages::categories_page::CategoriesPage;
use crate::pages::category_page::CategoryPage;
use crate::pages::confirm_page::ConfirmPage;
use crate::pages::crate_dependencies_page::CrateDependenciesPage;
use crate::pages::crate_dependents_page::CrateDependentsPage;
use crate::pages::crate_lead_page::{CrateLeadPage, Lead};
use crate::pages::crate_page::{CratePage, CrateVersionPage};
use crate::pages::crate_range_page::CrateRangePage;
use crate::pages::crate_settings_page::CrateSettingsPage;
use crate::pages::crate_versions_page::CrateVersionsPage;
use crate::pages::crates_page::CratesPage;
use crate::pages::dashboard_page::DashboardPage;
use crate::pages::docs_usernames_page::DocsUsernamesPage;
use crate::pages::following_page::FollowingPage;
use crate::pages::home_page::HomePage;
use crate::pages::keyword_page::KeywordPage;
use crate::pages::keywords_page::KeywordsPage;
use crate::pages::malformed_page::MalformedPage;
use crate::pages::new_token_page::NewTokenPage;
use crate::pages::not_found_page::NotFoundPage;
use crate::pages::pending_invites_page::PendingInvitesPage;
use crate::pages::policies_page::PoliciesPage;
use crate::pages::privacy_page::PrivacyPage;
use crate::pages::redirect::{MyCratesPage, Redirect};
use crate::pages::search_page::SearchPage;
use crate::pages::settings_profile_page::SettingsProfilePage;
use crate::pages::settings_tokens_page::SettingsTokensPage;
use crate::pages::settings_username_page::SettingsUsernamePage;
use crate::pages::signup_page::SignupPage;
use crate::pages::support_page::SupportPage;
use crate::pages::team_page::TeamPage;
use crate::pages::user_missing;
use crate::pages::user_page::UserPage;
use crate::pages::user_which_page::UserWhichPage;
use crate::route::{ListQuery, Route};
use crate::state::load::spawn_scoped;
use crate::state::site::use_site;

/// A part of the app did not arrive, or not whole.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PartMissing;

#[cfg(split)]
impl From<leptos::wasm_split::SplitLoaderError> for PartMissing {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> Self {
        Self
    }
}

/// A part, named after what most of its pages are about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// In the main piece: people, and what needs no other. What a person's page needs, the others share for the most part,
    /// and one piece compresses better than many: 174 kB instead of 188 for that page.
    Main,
    /// A crate, and one version of it.
    Crate,
    /// What is behind a crate page's tabs, addresses that lead on from a crate, and what tells two people apart.
    CrateTabs,
    /// Lists: what can be browsed and searched.
    List,
    /// Texts to be read.
    Text,
    /// What belongs to whoever is signed in or signing up, and what mails lead to.
    Account,
    /// Choosing a username, at first and anew.
    Naming,
}

impl Part {
    /// The part that a page is in.
    pub fn of(route: &Route) -> Self {
        match route {
            Route::Crate { .. } | Route::CrateVersion { .. } => Self::Crate,
            Route::CrateVersions { .. }
            | Route::CrateDependencies { .. }
            | Route::Dependencies { .. }
            | Route::Dependents { .. }
            | Route::CrateRange { .. }
            | Route::CrateDocs { .. }
            | Route::CrateRepo { .. }
            | Route::CrateOwners { .. }
            | Route::UserWhich { .. } => Self::CrateTabs,
            Route::Home
            | Route::Search(_)
            | Route::Crates { .. }
            | Route::Keywords(_)
            | Route::Keyword { .. }
            | Route::Categories(_)
            | Route::Category { .. }
            | Route::Team { .. } => Self::List,
            Route::DocsUsernames | Route::Policies | Route::Privacy | Route::Support(_) => {
                Self::Text
            }
            Route::Me
            | Route::MyCrates(_)
            | Route::Following(_)
            | Route::Dashboard
            | Route::PendingInvites
            | Route::AcceptInvite { .. }
            | Route::CrateSettings { .. }
            | Route::ConfirmEmail { .. }
            | Route::Settings
            | Route::SettingsProfile
            | Route::SettingsTokens
            | Route::NewToken { .. } => Self::Account,
            Route::Signup
            | Route::SettingsUsername
            | Route::ChooseUsername { .. }
            | Route::ReviewUsername { .. } => Self::Naming,
            _ => Self::Main,
        }
    }

    /// Fetches the part, if it is not there yet. Asking for it early makes the page quick.
    pub async fn load(self) -> Result<(), PartMissing> {
        match self {
            Self::Main => Ok(()),
            Self::Crate => krate::preload().await,
            Self::CrateTabs => crate_tabs::preload().await,
            Self::List => list::preload().await,
            Self::Text => text::preload().await,
            Self::Account => account::preload().await,
            Self::Naming => naming::preload().await,
        }
    }

    /// Whether the part is here, as far as can be told without waiting.
    pub fn is_here(self) -> bool {
        self.load()
            .now_or_never()
            .is_some_and(|loaded| loaded.is_ok())
    }
}

/// What a navigation waits for before it shows the page; `None` when nothing is missing.
pub fn missing(route: &Route) -> Option<Pin<Box<dyn Future<Output = ()>>>> {
    let part = Part::of(route);
    (!part.is_here()).then(|| {
        let wait: Pin<Box<dyn Future<Output = ()>>> = Box::pin(async move {
            // What is missing after this is said by the page's place, with a way to try again.
            if part.load().await.is_err() {
                release::find_out().await;
            }
        });
        wait
    })
}

/// The page for an address, built now. `Err` when its part is not here.
pub fn page(route: Route) -> Result<AnyView, PartMissing> {
    let build = match Part::of(&route) {
        Part::Main => return Ok(main_page(route)),
        Part::Crate => krate::page(route).now_or_never(),
        Part::CrateTabs => crate_tabs::page(route).now_or_never(),
        Part::List => list::page(route).now_or_never(),
        Part::Text => text::page(route).now_or_never(),
        Part::Account => account::page(route).now_or_never(),
        Part::Naming => naming::page(route).now_or_never(),
    };
    build.unwrap_or(Err(PartMissing))
}

/// Makes a function that builds something a piece of a part.
macro_rules! part {
    ($name:ident, $part:ident, $function:ident($argument:ty), $build:path) => {
        mod $name {
            use leptos::prelude::AnyView;

            use super::PartMissing;

            #[cfg(split)]
            mod cut {
                #![expect(unsafe_code, reason = "the splitting macro's, between two pieces of one program")]
                use super::*;

                #[leptos::wasm_split::wasm_split($part, wasm_split_path = ::leptos::wasm_split, fallible, preload(#[doc(hidden)] preload_cut))]
                pub fn $function(argument: $argument) -> Result<AnyView, PartMissing> {
                    Ok($build(argument))
                }
            }

            #[cfg(split)]
            pub use cut::$function;

            #[cfg(split)]
            #[allow(dead_code, reason = "a second function of a part is fetched with the first")]
            pub async fn preload() -> Result<(), PartMissing> {
                Ok(cut::preload_cut().await?)
            }

            #[cfg(not(split))]
            pub async fn $function(argument: $argument) -> Result<AnyView, PartMissing> {
                Ok($build(argument))
            }

            #[cfg(not(split))]
            #[allow(dead_code, reason = "a second function of a part is fetched with the first")]
            pub async fn preload() -> Result<(), PartMissing> {
                Ok(())
            }
        }
    };
}

part!(
    krate,
    krate,
    page(crate::route::Route),
    crate::app::parts::crate_pages
);
part!(
    crate_tabs,
    crate_tabs,
    page(crate::route::Route),
    crate::app::parts::crate_tab_pages
);
part!(
    list,
    list,
    page(crate::route::Route),
    crate::app::parts::list_pages
);
part!(
    text,
    text,
    page(crate::route::Route),
    crate::app::parts::text_pages
);
part!(
    account,
    account,
    page(crate::route::Route),
    crate::app::parts::account_pages
);
part!(
    naming,
    naming,
    page(crate::route::Route),
    crate::app::parts::naming_pages
);
part!(
    announcements,
    text,
    announcements(()),
    crate::app::parts::build_announcements
);

fn crate_pages(route: Route) -> AnyView {
    match route {
        Route::Crate { name } => view! { <CratePage name=name /> }.into_any(),
        Route::CrateVersion { name, version } => {
            view! { <CrateVersionPage name=name version=version /> }.into_any()
        }
        other => main_page(other),
    }
}

/// What to try where a user is not found: part of that page, but not of its piece.
fn more_to_try(username: String) -> AnyView {
    let route = Route::User {
        username,
        list: ListQuery::default(),
    };
    late(Part::CrateTabs, move || {
        crate_tabs::page(route.clone()).now_or_never()?.ok()
    })
}

/// What everybody is told, once there is anything to tell.
pub fn announced() -> AnyView {
    late(Part::Text, || {
        announcements::announcements(()).now_or_never()?.ok()
    })
}

fn build_announcements(_: ()) -> AnyView {
    let site = use_site();
    view! { <Announcements site=Signal::derive(move || site.get().ready().cloned()) /> }.into_any()
}

/// Something in a part that may not be here yet; what does not come is left out.
fn late(part: Part, build: impl Fn() -> Option<AnyView> + Send + 'static) -> AnyView {
    let arrived = RwSignal::new(part.is_here());
    if !arrived.get_untracked() {
        spawn_scoped(async move {
            let loaded = part.load().await;
            arrived.try_set(loaded.is_ok());
        });
    }
    (move || arrived.get().then(&build).flatten()).into_any()
}

fn crate_tab_pages(route: Route) -> AnyView {
    match route {
        Route::User { username, .. } => user_missing::more_to_try(&username),
        Route::UserWhich { username } => view! { <UserWhichPage username=username /> }.into_any(),
        Route::CrateVersions { name, .. } => view! { <CrateVersionsPage name=name /> }.into_any(),
        Route::Dependencies { name, version } => {
            view! { <CrateDependenciesPage name=name version=version /> }.into_any()
        }
        Route::Dependents { name, .. } => view! { <CrateDependentsPage name=name /> }.into_any(),
        Route::CrateRange { name, req } => {
            view! { <CrateRangePage name=name req=req /> }.into_any()
        }
        Route::CrateDependencies { name } => {
            view! { <CrateLeadPage name=name lead=Lead::Dependencies /> }.into_any()
        }
        Route::CrateDocs { name } => {
            view! { <CrateLeadPage name=name lead=Lead::Documentation /> }.into_any()
        }
        Route::CrateOwners { name } => {
            view! { <Redirect to=Route::CrateSettings { name } /> }.into_any()
        }
        Route::CrateRepo { name } => {
            view! { <CrateLeadPage name=name lead=Lead::Repository /> }.into_any()
        }
        other => main_page(other),
    }
}

fn list_pages(route: Route) -> AnyView {
    match route {
        Route::Home => view! { <HomePage /> }.into_any(),
        Route::Search(_) => view! { <SearchPage /> }.into_any(),
        Route::Crates { .. } => view! { <CratesPage /> }.into_any(),
        Route::Keywords(_) => view! { <KeywordsPage /> }.into_any(),
        Route::Keyword { keyword, .. } => view! { <KeywordPage keyword=keyword /> }.into_any(),
        Route::Categories(_) => view! { <CategoriesPage /> }.into_any(),
        Route::Category { slug, .. } => view! { <CategoryPage slug=slug /> }.into_any(),
        Route::Team { login, .. } => view! { <TeamPage login=login /> }.into_any(),
        other => main_page(other),
    }
}

fn account_pages(route: Route) -> AnyView {
    match route {
        Route::Me => view! { <Redirect to=Route::SettingsTokens /> }.into_any(),
        Route::MyCrates(list) => view! { <MyCratesPage list=list /> }.into_any(),
        Route::Following(_) => view! { <FollowingPage /> }.into_any(),
        Route::Dashboard => view! { <DashboardPage /> }.into_any(),
        Route::PendingInvites => view! { <PendingInvitesPage /> }.into_any(),
        Route::AcceptInvite { token } => view! { <AcceptInvitePage token=token /> }.into_any(),
        Route::CrateSettings { name } => view! { <CrateSettingsPage name=name /> }.into_any(),
        Route::ConfirmEmail { token } => view! { <ConfirmPage token=token /> }.into_any(),
        Route::Settings => view! { <Redirect to=Route::SettingsProfile /> }.into_any(),
        Route::SettingsProfile => view! { <SettingsProfilePage /> }.into_any(),
        Route::SettingsTokens => view! { <SettingsTokensPage /> }.into_any(),
        Route::NewToken { from } => view! { <NewTokenPage from=from /> }.into_any(),
        other => main_page(other),
    }
}

fn naming_pages(route: Route) -> AnyView {
    match route {
        Route::Signup => view! { <SignupPage /> }.into_any(),
        Route::SettingsUsername | Route::ChooseUsername { .. } | Route::ReviewUsername { .. } => {
            view! { <SettingsUsernamePage /> }.into_any()
        }
        other => main_page(other),
    }
}

fn text_pages(route: Route) -> AnyView {
    match route {
        Route::DocsUsernames => view! { <DocsUsernamesPage /> }.into_any(),
        Route::Policies => view! { <PoliciesPage /> }.into_any(),
        Route::Privacy => view! { <PrivacyPage /> }.into_any(),
        Route::Support(query) => view! { <SupportPage query=query /> }.into_any(),
        other => main_page(other),
    }
}

fn main_page(route: Route) -> AnyView {
    match route {
        Route::User { username, .. } => {
            view! { <UserPage username=username more_to_try=more_to_try /> }.into_any()
        }
        Route::Malformed {
            path,
            parameter,
            value,
            ..
        } => view! { <MalformedPage parameter=parameter value=value path=path /> }.into_any(),
        _ => view! { <NotFoundPage /> }.into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START_SCRIPT: &str = include_str!("../../start.js");

    /// The first segments that the start script counts to a part.
    fn counted(name: &str) -> Vec<&'static str> {
        let (_, rest) = START_SCRIPT
            .split_once(&format!("const {name} = ["))
            .expect("the list stands in the script");
        let (list, _) = rest.split_once(']').expect("the list ends");
        list.split(',')
            .map(|word| word.trim().trim_matches('"'))
            .collect()
    }

    fn part(address: &str) -> Part {
        Part::of(&Route::parse_address(address))
    }

    #[test]
    fn the_start_script_starts_the_part_that_the_page_is_in() {
        for (name, expected) in [
            ("list", Part::List),
            ("text", Part::Text),
            ("account", Part::Account),
        ] {
            for first in counted(name) {
                // Some pages have an address only with a second segment.
                let found = ["", "/x", "/following", "/usernames"]
                    .map(|rest| part(&format!("/{first}{rest}")));
                assert!(found.contains(&expected), "{name}: {first}");
            }
        }
        for tab in counted("tabs") {
            let found = ["", "/1"].map(|rest| part(&format!("/crates/serde/{tab}{rest}")));
            assert!(found.contains(&Part::CrateTabs), "{tab}");
        }
        for (address, expected) in [
            ("/users/ferris", Part::Main),
            ("/users/ferris/which", Part::CrateTabs),
            ("/crates/serde", Part::Crate),
            ("/crates/serde/1.0.219", Part::Crate),
            ("/crates/serde/1.0.219/dependencies", Part::CrateTabs),
            ("/crates/serde/settings", Part::Account),
            ("/crates", Part::List),
            ("/signup", Part::Naming),
            ("/settings/username", Part::Naming),
            ("/settings/username/review?to=x", Part::Naming),
        ] {
            assert_eq!(part(address), expected, "{address}");
        }
    }

    #[test]
    fn every_page_of_a_part_is_counted_to_it() {
        let addresses = [
            "/",
            "/search?q=x",
            "/keywords",
            "/keywords/x",
            "/categories",
            "/categories/x",
            "/teams/github:a:b",
            "/docs/usernames",
            "/policies",
            "/policies/privacy",
            "/support",
            "/me",
            "/me/crates",
            "/me/following",
            "/dashboard",
            "/me/pending-invites",
            "/accept-invite/x",
            "/confirm/x",
            "/settings",
            "/settings/profile",
            "/settings/tokens",
            "/settings/tokens/new",
        ];
        for address in addresses {
            let first = address.split(['/', '?']).nth(1).unwrap_or_default();
            let name = match part(address) {
                Part::List => "list",
                Part::Text => "text",
                Part::Account => "account",
                other => panic!("{address} is in {other:?}"),
            };
            assert!(counted(name).contains(&first), "{address}");
        }
        for tab in [
            "versions",
            "dependencies",
            "reverse_dependencies",
            "range/1",
            "docs",
            "repo",
            "owners",
        ] {
            assert_eq!(
                part(&format!("/crates/serde/{tab}")),
                Part::CrateTabs,
                "{tab}"
            );
            assert!(
                counted("tabs").contains(&tab.split('/').next().unwrap()),
                "{tab}"
            );
        }
    }
}
