//! The foot of every page: what this is, and the switch for shortcut keys.

use leptos::prelude::*;

use crate::route::{LICENCES, ListQuery, Route, SupportQuery, TagQuery};
use crate::state::preferences::PreferencesState;
use crate::template::view;

/// A link's text, and the page it leads to.
type Link = (&'static str, fn() -> Route);

/// Pages that no other link leads to from everywhere.
const LINKS: [Link; 7] = [
    ("All crates", || Route::Crates {
        letter: None,
        list: ListQuery::default(),
    }),
    ("Keywords", || Route::Keywords(TagQuery::default())),
    ("Categories", || Route::Categories(TagQuery::default())),
    ("How usernames work", || Route::DocsUsernames),
    ("Usage policy", || Route::Policies),
    ("Privacy", || Route::Privacy),
    ("Get help", || {
        Route::Support(SupportQuery {
            inquire: None,
            krate: None,
            user: None,
        })
    }),
];

/// Shows the footer.
#[component]
pub fn Footer(preferences: PreferencesState) -> impl IntoView {
    let toggle = move |event: leptos::ev::Targeted<web_sys::Event, web_sys::HtmlInputElement>| {
        preferences.set_shortcuts(event.target().checked());
    };
    let links = LINKS
        .into_iter()
        .map(|(label, route)| view! { <li><a href=route().path()>{label}</a></li> })
        .collect_view();
    view! {
        <footer class="footer">
            <div class="footer__inner">
                <p>"nameplate shows who owns what in this registry."</p>
                <nav aria-label="More of this site">
                    <ul class="plain-list footer__list">
                        {links}
                        <li>
                            <a href=LICENCES>"Licences"</a>
                        </li>
                    </ul>
                </nav>
                <label class="footer__switch">
                    <input type="checkbox" prop:checked=move || preferences.shortcuts() on:change:target=toggle />
                    " Shortcut keys: / and s go to the search field"
                </label>
            </div>
        </footer>
    }
}
