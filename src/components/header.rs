//! The head of every page: home, search, colour scheme, and the account: unknown, guest, or signed in.

use leptos::prelude::*;

use super::avatar::{Avatar, AvatarSize};
use super::icon::Icon;
use super::login_button::{LoginButton, LoginWords};
use super::menu::Menu;
use super::search_form::SearchForm;
use super::username_text::UsernameText;
use crate::domain::session::Session;
use crate::domain::user::Viewer;
use crate::reactive::RwSignal;
use crate::route::{ListQuery, Route};
use crate::state::login::{LoginPlace, LoginState};
use crate::state::preferences::{ColorScheme, PreferencesState};
use crate::state::session::SessionState;
use crate::template::view;

/// Shows the header.
#[component]
pub fn Header(
    session: SessionState,
    login: LoginState,
    preferences: PreferencesState,
    search_text: RwSignal<String>,
    on_search: Callback<String>,
    on_logout: Callback<()>,
    on_ask_again: Callback<()>,
) -> impl IntoView {
    let shortcuts = Signal::derive(move || preferences.shortcuts());
    let account = move || {
        match session.get() {
        Session::LoggedIn(viewer) => account_menu(viewer, session, on_logout),
        Session::Unknown if session.problem().is_some() => view! {
            <button type="button" class="button" on:click=move |_| on_ask_again.run(())>"Check sign-in again"</button>
        }
        .into_any(),
        // Neither a login button nor a name before it is known which.
        Session::Unknown => ().into_any(),
        Session::Guest => view! { <LoginButton login=login place=LoginPlace::Header class="button" /> }.into_any(),
        Session::SigningUp(_) => view! { <a class="button" href=Route::Signup.path()>"Finish signing up"</a> }.into_any(),
    }
    };
    let problem = Signal::derive(move || {
        session.problem().map(|_| "It could not be checked whether you are signed in. Pages can be read all the same.")
    });
    view! {
        <header class="header">
            <div class="header__inner">
                <a class="header__home" href=Route::Home.path()>"nameplate"</a>
                <SearchForm text=search_text shortcuts=shortcuts on_search=on_search />
                <div class="header__account">
                    <SchemeMenu preferences=preferences />
                    {account}
                </div>
            </div>
            <LoginWords login=login place=LoginPlace::Header otherwise=problem />
        </header>
    }
}

fn account_menu(viewer: Viewer, session: SessionState, on_logout: Callback<()>) -> AnyView {
    let profile = Route::user(&viewer.username).path();
    let button = view! {
        <Avatar address=viewer.avatar size=AvatarSize::Small />
        <UsernameText username=viewer.username />
        <Icon name="chevron" />
    }
    .into_any();
    view! {
        <Menu id="account-menu" button=button>
            <ul class="plain-list">
                <li><a class="menu__item" href=profile>"Your profile"</a></li>
                <li><a class="menu__item" href=Route::Dashboard.path()>"Dashboard"</a></li>
                <li><a class="menu__item" href=Route::Following(ListQuery::default()).path()>"Crates you follow"</a></li>
                <li><a class="menu__item" href=Route::PendingInvites.path()>"Invitations"</a></li>
                <li><a class="menu__item" href=Route::SettingsProfile.path()>"Settings"</a></li>
                <li>
                    <button
                        type="button"
                        class="menu__item"
                        disabled=move || session.is_leaving()
                        on:click=move |_| on_logout.run(())
                    >
                        {move || if session.is_leaving() { "Logging out…" } else { "Log out" }}
                    </button>
                </li>
            </ul>
        </Menu>
    }
    .into_any()
}

#[component]
fn SchemeMenu(preferences: PreferencesState) -> impl IntoView {
    let label = Signal::derive(move || format!("Color scheme: {}", preferences.scheme().label()));
    let choices = ColorScheme::ALL
        .into_iter()
        .map(|scheme| {
            view! {
                <li>
                    <button
                        type="button"
                        class="menu__item"
                        data-closes=""
                        aria-pressed=move || (preferences.scheme() == scheme).to_string()
                        on:click=move |_| preferences.set_scheme(scheme)
                    >
                        {scheme.label()}
                    </button>
                </li>
            }
        })
        .collect_view();
    let button = view! { <Icon name="scheme" /> }.into_any();
    view! {
        <Menu id="scheme-menu" class="icon-button" label=label button=button>
            <ul class="plain-list" aria-label="Color scheme">{choices}</ul>
        </Menu>
    }
}
