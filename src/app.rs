//! The app's frame: contexts, header, the page for the address, footer. No logic of its own.

pub mod parts;

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::KeyboardEvent;

use crate::api::client::Client;
use crate::browser::{document, likely, listener};
use crate::components::footer::Footer;
use crate::components::header::Header;
use crate::components::notice_list::NoticeList;
use crate::components::progress_bar::ProgressBar;
use crate::components::site_banner;
use crate::pages::part_missing_screen::PartMissingScreen;
use crate::reactive::{Memo, RwSignal, StoredValue, effect};
use crate::route::{Route, SearchQuery};
use crate::state::account_cache::provide_account_cache;
use crate::state::client::provide_client;
use crate::state::crate_cache::provide_crate_cache;
use crate::state::load::TaskSlot;
use crate::state::login::{is_coming_back, provide_login};
use crate::state::navigation::{NavigationState, provide_navigation};
use crate::state::notices::{NoticeKind, provide_notices};
use crate::state::own_name::own_name_change;
use crate::state::preferences::{PreferencesState, provide_preferences};
use crate::state::progress::{provide_progress, use_progress};
use crate::state::search_text::provide_search_text;
use crate::state::session::{provide_session, use_session, was_signed_in};
use crate::state::site::provide_site;
use crate::template::view;
use parts::{Part, PartMissing};

/// The whole app, on the given client.
#[component]
pub fn App(client: Client) -> impl IntoView {
    provide_client(client);
    let progress = provide_progress();
    let notices = provide_notices();
    let preferences = provide_preferences();
    let navigation = provide_navigation(progress, parts::missing);
    // Asked for first: while the header is built, the browser compiles it.
    let first_part = Part::of(&navigation.route().get_untracked());
    first_part.is_here();
    let site = provide_site();
    provide_crate_cache();

    let coming_back = is_coming_back();
    let guarded = navigation.route().get_untracked().needs_login();
    let session = provide_session(coming_back || guarded || was_signed_in());
    provide_account_cache();
    let login = provide_login(session, navigation);
    if coming_back {
        login.finish();
    } else if !session.get_untracked().is_known() {
        session.ask();
    }

    let search_text = provide_search_text(navigation);
    let search = Callback::new(move |q| {
        navigation.go(&Route::Search(SearchQuery {
            q,
            ..SearchQuery::default()
        }))
    });
    let log_out = Callback::new(move |()| {
        session.sign_out(move |error| {
            notices.show(
                NoticeKind::Error,
                format!(
                    "You are still signed in: logging out failed. {}",
                    error.detail().unwrap_or("Try again.")
                ),
            );
        });
    });
    let ask_again = Callback::new(move |()| session.ask());
    go_to_search_by_key(preferences);
    fetch_likely_parts();

    let announced = move || {
        site.get()
            .ready()
            .is_some_and(site_banner::is_needed)
            .then(parts::announced)
    };

    view! {
        <a class="skip-link" href="#main">"Skip to content"</a>
        <ProgressBar busy=Signal::derive(move || progress.is_busy()) />
        <Header
            session=session
            login=login
            preferences=preferences
            search_text=search_text
            on_search=search
            on_logout=log_out
            on_ask_again=ask_again
        />
        <div class="site-banner" role="status">{announced}</div>
        <main id="main" tabindex="-1">
            <Pages navigation=navigation />
        </main>
        <NoticeList notices=notices />
        <Footer preferences=preferences />
    }
}

/// The page for the address, built anew only when it is another page.
#[component]
fn Pages(navigation: NavigationState) -> impl IntoView {
    let route = navigation.route();
    let renamed = own_name_change(use_session());
    // Pages of crates show their owners by name, and what they show is asked for anew when the reader's own has changed.
    let key = Memo::new(move |_| {
        let shows_owners = route.with(|route| {
            matches!(Part::of(route), Part::Crate | Part::CrateTabs) && !route.needs_login()
        });
        let renames = renamed.with(|change| change.as_ref().map_or(0, |change| change.count));
        (
            route.with(Route::page_key),
            if shows_owners { renames } else { 0 },
        )
    });
    effect(move |_| document::set_noindex(route.with(Route::is_unlisted)));
    // The first page's part may still be on its way; later ones are waited for before the address counts.
    let arrived = RwSignal::new(0_u32);
    let first = key.get_untracked();
    let waiting = TaskSlot::new();
    let progress = use_progress();
    let fetch = move || {
        let Some(missing) = parts::missing(&route.get_untracked()) else {
            arrived.update(|count| *count += 1);
            return;
        };
        let guard = progress.begin();
        waiting.run(async move {
            missing.await;
            drop(guard);
            arrived.try_update(|count| *count += 1);
        });
    };
    fetch();
    let retry = Callback::new(move |()| fetch());
    move || {
        let is_there = arrived.get() > 0;
        // Read, not only tracked: a memo that nobody has read follows nothing.
        if key.with(|key| *key != first) {
            // Whoever goes elsewhere no longer waits for it.
            waiting.end();
        } else if !is_there {
            // Nothing before all of it has come or failed, its styles too.
            return ().into_any();
        }
        match parts::page(route.get_untracked()) {
            Ok(page) => page,
            Err(PartMissing) => view! { <PartMissingScreen on_retry=retry /> }.into_any(),
        }
    }
}

/// Fetches the part of a page that will likely be asked for next.
fn fetch_likely_parts() {
    let likely = likely::follow(|address| {
        let part = Part::of(&Route::parse_address(address));
        spawn_local(async move {
            // One that does not come is asked for again when it is needed.
            let _ = part.load().await;
        });
    });
    let likely = StoredValue::new(likely);
    on_cleanup(move || likely.dispose());
}

/// `/` and `s` lead to the search field, unless something is being typed or the person turned such keys off.
fn go_to_search_by_key(preferences: PreferencesState) {
    let keys = listener::listen_window("keydown", move |event: KeyboardEvent| {
        let plain = !event.ctrl_key()
            && !event.alt_key()
            && !event.meta_key()
            && !event.default_prevented();
        if plain
            && matches!(event.key().as_str(), "/" | "s" | "S")
            && preferences.shortcuts_untracked()
            && !document::is_typing()
            && document::focus("#search")
        {
            event.prevent_default();
        }
    });
    let keys = StoredValue::new(keys);
    on_cleanup(move || keys.dispose());
}
