//! What all settings of one's account stand in: the menu beside them, which says where one is.

use leptos::prelude::*;

use crate::domain::session::Session;
use crate::reactive::Memo;
use crate::route::Route;
use crate::state::navigation::use_navigation;
use crate::state::session::use_session;
use crate::template::view;

/// Shows the menu, except to guests, and the page beside it.
#[component]
pub fn SettingsFrame(children: Children) -> impl IntoView {
    let navigation = use_navigation();
    let session = use_session();
    let is_guest = Memo::new(move |_| {
        session.with(|session| matches!(session, Session::Guest | Session::SigningUp(_)))
    });
    let menu = move || (!is_guest.get()).then(|| menu(navigation.route()));
    view! {
        <div class="settings">
            {menu}
            <div class="settings__page">{children()}</div>
        </div>
    }
}

fn menu(route: Memo<Route>) -> AnyView {
    let entries = [
        ("Profile", Route::SettingsProfile),
        ("Username", Route::SettingsUsername),
        ("API tokens", Route::SettingsTokens),
    ];
    let items = entries
        .into_iter()
        .map(|(label, to)| {
            let href = to.path();
            // "page" is the page itself, "true" a page of that part.
            let current = move || {
                route.with(|route| match (route, &to) {
                    (route, to) if route == to => Some("page"),
                    (
                        Route::ChooseUsername { .. } | Route::ReviewUsername { .. },
                        Route::SettingsUsername,
                    )
                    | (Route::NewToken { .. }, Route::SettingsTokens) => Some("true"),
                    _ => None,
                })
            };
            view! { <li><a href=href aria-current=current>{label}</a></li> }
        })
        .collect_view();
    view! { <nav class="settings__menu" aria-label="Account settings"><ul class="plain-list">{items}</ul></nav> }.into_any()
}
