//! Which page each address has, part by part. Whoever adds a page adds it here and to `Part::of`.

use leptos::prelude::*;

use super::{crate_downloads, more_to_try};
use crate::components::site_banner::Announcements;
use crate::pages::accept_invite_page::AcceptInvitePage;
use crate::pages::categories_page::CategoriesPage;
use crate::pages::category_page::CategoryPage;
use crate::pages::confirm_page::ConfirmPage;
use crate::pages::crate_dependencies_page::CrateDependenciesPage;
use crate::pages::crate_dependents_page::CrateDependentsPage;
use crate::pages::crate_lead_page::{CrateLeadPage, Lead};
use crate::pages::crate_page::{CratePage, CrateVersionPage, Downloads};
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
use crate::route::Route;
use crate::state::site::use_site;
use crate::template::view;

/// A crate, and one version of it.
pub fn crate_pages(route: Route) -> AnyView {
    match route {
        Route::Crate { name } => {
            view! { <CratePage name=name downloads=crate_downloads /> }.into_any()
        }
        Route::CrateVersion { name, version } => {
            view! { <CrateVersionPage name=name version=version downloads=crate_downloads /> }
                .into_any()
        }
        other => main_page(other),
    }
}

/// The downloads at the end of the page of a crate, or of one of its versions.
pub fn build_downloads((name, version): (String, Option<String>)) -> AnyView {
    view! { <Downloads name=name version=version /> }.into_any()
}

/// What everybody is told.
pub fn build_announcements(_: ()) -> AnyView {
    let site = use_site();
    view! { <Announcements site=Signal::derive(move || site.get().ready().cloned()) /> }.into_any()
}

/// What is behind a crate page's tabs, and what is rarely asked of names.
pub fn crate_tab_pages(route: Route) -> AnyView {
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

/// Lists.
pub fn list_pages(route: Route) -> AnyView {
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

/// What goes on with the crates of whoever is signed in.
pub fn dashboard_pages(route: Route) -> AnyView {
    match route {
        Route::MyCrates(list) => view! { <MyCratesPage list=list /> }.into_any(),
        Route::Following(_) => view! { <FollowingPage /> }.into_any(),
        Route::Dashboard => view! { <DashboardPage /> }.into_any(),
        other => main_page(other),
    }
}

/// The settings of whoever is signed in.
pub fn settings_pages(route: Route) -> AnyView {
    match route {
        Route::ConfirmEmail { token } => view! { <ConfirmPage token=token /> }.into_any(),
        Route::Settings => view! { <Redirect to=Route::SettingsProfile /> }.into_any(),
        Route::SettingsProfile => view! { <SettingsProfilePage /> }.into_any(),
        other => main_page(other),
    }
}

/// API tokens.
pub fn token_pages(route: Route) -> AnyView {
    match route {
        Route::Me => view! { <Redirect to=Route::SettingsTokens /> }.into_any(),
        Route::SettingsTokens => view! { <SettingsTokensPage /> }.into_any(),
        Route::NewToken { from } => view! { <NewTokenPage from=from /> }.into_any(),
        other => main_page(other),
    }
}

/// Owners as they see each other.
pub fn owner_pages(route: Route) -> AnyView {
    match route {
        Route::PendingInvites => view! { <PendingInvitesPage /> }.into_any(),
        Route::AcceptInvite { token } => view! { <AcceptInvitePage token=token /> }.into_any(),
        Route::CrateSettings { name } => view! { <CrateSettingsPage name=name /> }.into_any(),
        other => main_page(other),
    }
}

/// Choosing a username at first.
pub fn signup_pages(route: Route) -> AnyView {
    match route {
        Route::Signup => view! { <SignupPage /> }.into_any(),
        other => main_page(other),
    }
}

/// Choosing another username.
pub fn rename_pages(route: Route) -> AnyView {
    match route {
        Route::SettingsUsername | Route::ChooseUsername { .. } | Route::ReviewUsername { .. } => {
            view! { <SettingsUsernamePage /> }.into_any()
        }
        other => main_page(other),
    }
}

/// Texts.
pub fn text_pages(route: Route) -> AnyView {
    match route {
        Route::DocsUsernames => view! { <DocsUsernamesPage /> }.into_any(),
        Route::Policies => view! { <PoliciesPage /> }.into_any(),
        Route::Privacy => view! { <PrivacyPage /> }.into_any(),
        Route::Support(query) => view! { <SupportPage query=query /> }.into_any(),
        other => main_page(other),
    }
}

/// What is in the main piece.
pub fn main_page(route: Route) -> AnyView {
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
