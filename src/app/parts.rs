//! The parts that the app's wasm is split into, so that a page costs what that page needs.
//!
//! A released build is cut after the compiler (`cfg(split)`, see `xtask`'s finishing step); every other build is one piece, and
//! loading a part is then nothing. Few parts, since whatever any of them share becomes a piece of its own;
//! the finishing step gathers the small ones. A part that does not arrive is a value, never a panic. Which pages share a part is decided
//! here and nowhere else; `start.js` knows the same by address, and a test holds the two against each other.

mod build;

use std::future::Future;
use std::pin::Pin;

use futures_util::FutureExt;
use leptos::prelude::*;

use crate::browser::part_styles::PartStyles;
use crate::browser::release;
use crate::pages::crate_page::DownloadsPlaceholder;
use crate::pages::part_missing_screen::PartMissingNote;
use crate::reactive::RwSignal;
use crate::route::{ListQuery, Route};
use crate::state::load::spawn_scoped;
use crate::template::{Erase, view};

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
    /// What goes on with the crates of whoever is signed in.
    Dashboard,
    /// The settings of whoever is signed in, and the mail that confirms an address.
    Settings,
    /// API tokens.
    Tokens,
    /// A crate's owners as they see them, and invitations to become one.
    Owners,
    /// Choosing a username at first.
    Signup,
    /// Choosing another username.
    Rename,
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
            Route::MyCrates(_) | Route::Following(_) | Route::Dashboard => Self::Dashboard,
            Route::Settings | Route::SettingsProfile | Route::ConfirmEmail { .. } => Self::Settings,
            Route::Me | Route::SettingsTokens | Route::NewToken { .. } => Self::Tokens,
            Route::CrateSettings { .. } | Route::PendingInvites | Route::AcceptInvite { .. } => {
                Self::Owners
            }
            Route::Signup => Self::Signup,
            Route::SettingsUsername
            | Route::ChooseUsername { .. }
            | Route::ReviewUsername { .. } => Self::Rename,
            _ => Self::Main,
        }
    }

    /// The styles that its pages need; those of the main piece's pages stand in the document.
    pub fn styles(self) -> Option<PartStyles> {
        match self {
            Self::Main => None,
            Self::Crate | Self::CrateTabs => Some(PartStyles::Crate),
            Self::List | Self::Text | Self::Dashboard => Some(PartStyles::Reading),
            Self::Settings | Self::Tokens | Self::Owners | Self::Rename => {
                Some(PartStyles::Account)
            }
            Self::Signup => Some(PartStyles::Signup),
        }
    }

    /// Fetches the part and its styles, if they are not there yet. Asking for them early makes the page quick. A page whose
    /// styles alone are missing is shown without them: it can still be read.
    pub async fn load(self) -> Result<(), PartMissing> {
        let Some(styles) = self.styles() else {
            return Ok(());
        };
        let styles = styles.load();
        match self {
            Self::Main => {}
            Self::Crate => krate::preload().await?,
            Self::CrateTabs => crate_tabs::preload().await?,
            Self::List => list::preload().await?,
            Self::Text => text::preload().await?,
            Self::Dashboard => dashboard::preload().await?,
            Self::Settings => settings::preload().await?,
            Self::Tokens => tokens::preload().await?,
            Self::Owners => owners::preload().await?,
            Self::Signup => signup::preload().await?,
            Self::Rename => rename::preload().await?,
        }
        styles.await.then_some(()).ok_or(PartMissing)
    }

    /// Whether the part is here, as far as can be told without waiting. It is asked for if it is not.
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
        Part::Main => return Ok(build::main_page(route)),
        Part::Crate => krate::page(route).now_or_never(),
        Part::CrateTabs => crate_tabs::page(route).now_or_never(),
        Part::List => list::page(route).now_or_never(),
        Part::Text => text::page(route).now_or_never(),
        Part::Dashboard => dashboard::page(route).now_or_never(),
        Part::Settings => settings::page(route).now_or_never(),
        Part::Tokens => tokens::page(route).now_or_never(),
        Part::Owners => owners::page(route).now_or_never(),
        Part::Signup => signup::page(route).now_or_never(),
        Part::Rename => rename::page(route).now_or_never(),
    };
    build.unwrap_or(Err(PartMissing))
}

/// Makes of a function of `build` a piece of a part. Most parts have one, which builds their pages.
macro_rules! part {
    ($name:ident, $part:ident, $function:ident($argument:ty), $build:ident) => {
        mod $name {
            use leptos::prelude::AnyView;

            use super::PartMissing;

            #[cfg(split)]
            mod cut {
                use super::*;

                #[leptos::wasm_split::wasm_split($part, wasm_split_path = ::leptos::wasm_split, fallible, preload(#[doc(hidden)] preload_cut))]
                pub fn $function(argument: $argument) -> Result<AnyView, PartMissing> {
                    Ok(crate::app::parts::build::$build(argument))
                }
            }

            #[cfg(split)]
            pub use cut::$function;

            #[cfg(split)]
            pub async fn preload() -> Result<(), PartMissing> {
                Ok(cut::preload_cut().await?)
            }

            #[cfg(not(split))]
            pub async fn $function(argument: $argument) -> Result<AnyView, PartMissing> {
                Ok(crate::app::parts::build::$build(argument))
            }

            #[cfg(not(split))]
            pub async fn preload() -> Result<(), PartMissing> {
                Ok(())
            }
        }
    };
}

part!(krate, krate, page(crate::route::Route), crate_pages);
part!(
    crate_tabs,
    crate_tabs,
    page(crate::route::Route),
    crate_tab_pages
);
part!(list, list, page(crate::route::Route), list_pages);
part!(text, text, page(crate::route::Route), text_pages);
part!(
    dashboard,
    dashboard,
    page(crate::route::Route),
    dashboard_pages
);
part!(
    settings,
    settings,
    page(crate::route::Route),
    settings_pages
);
part!(tokens, tokens, page(crate::route::Route), token_pages);
part!(owners, owners, page(crate::route::Route), owner_pages);
part!(signup, signup, page(crate::route::Route), signup_pages);
part!(rename, rename, page(crate::route::Route), rename_pages);
part!(
    downloads,
    downloads,
    downloads((String, Option<String>)),
    build_downloads
);
part!(announcements, text, announcements(()), build_announcements);

/// What to try where a user is not found: part of that page, but not of its piece.
fn more_to_try(username: String) -> AnyView {
    let route = Route::User {
        username,
        list: ListQuery::default(),
    };
    late(
        PartStyles::Crate,
        || Box::pin(crate_tabs::preload()),
        move || crate_tabs::page(route.clone()).now_or_never()?.ok(),
        |_| ().into_any(),
    )
}

/// What everybody is told, once there is anything to tell.
pub fn announced() -> AnyView {
    late(
        PartStyles::Reading,
        || Box::pin(announcements::preload()),
        || announcements::announcements(()).now_or_never()?.ok(),
        |_| ().into_any(),
    )
}

/// The downloads at the end of a crate's page: fetched when somebody gets there.
fn crate_downloads(name: String, version: Option<String>) -> AnyView {
    late(
        PartStyles::Crate,
        || Box::pin(downloads::preload()),
        move || {
            let asked = (name.clone(), version.clone());
            downloads::downloads(asked).now_or_never()?.ok()
        },
        |again| match again {
            None => view! { <DownloadsPlaceholder /> }.into_any(),
            Some(again) => view! { <PartMissingNote on_retry=again /> }.into_any(),
        },
    )
}

/// A part that is on its way.
type Loading = Pin<Box<dyn Future<Output = Result<(), PartMissing>>>>;

/// Something in a part that may not be here yet. What stands there meanwhile, and what when it did not come and can be asked
/// for again, `otherwise` tells. Each function of a part has to be loaded by its own `preload`, though the file is
/// fetched once.
fn late(
    styles: PartStyles,
    load: fn() -> Loading,
    build: impl Fn() -> Option<AnyView> + Send + 'static,
    otherwise: fn(Option<Callback<()>>) -> AnyView,
) -> AnyView {
    let arrived = RwSignal::new(None);
    let fetch = move || {
        let styles = styles.load();
        let mut load = Box::pin(async move {
            styles.await;
            load().await
        });
        arrived.set(load.as_mut().now_or_never());
        if arrived.get_untracked().is_none() {
            spawn_scoped(async move {
                let loaded = load.await;
                if loaded.is_err() {
                    release::find_out().await;
                }
                arrived.try_set(Some(loaded));
            });
        }
    };
    fetch();
    let owner = Owner::current();
    let again = Callback::new(move |()| match &owner {
        Some(owner) => owner.with(fetch),
        None => fetch(),
    });
    (move || match arrived.get() {
        None => otherwise(None),
        Some(Ok(())) => build().unwrap_or_else(|| otherwise(Some(again))),
        Some(Err(PartMissing)) => otherwise(Some(again)),
    })
    .erase()
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
            ("dashboard", Part::Dashboard),
            ("settings", Part::Settings),
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
            ("/crates/serde/settings", Part::Owners),
            ("/me/pending-invites", Part::Owners),
            ("/accept-invite/x", Part::Owners),
            ("/crates", Part::List),
            ("/me", Part::Tokens),
            ("/settings/tokens", Part::Tokens),
            ("/settings/tokens/new", Part::Tokens),
            ("/signup", Part::Signup),
            ("/settings/username", Part::Rename),
            ("/settings/username/review?to=x", Part::Rename),
        ] {
            assert_eq!(part(address), expected, "{address}");
        }
    }

    #[test]
    fn the_start_script_begins_the_styles_that_the_part_needs() {
        let (_, rest) = START_SCRIPT
            .split_once("const styled = {")
            .expect("the table stands in the script");
        let (table, otherwise) = rest.split_once("};").expect("the table ends");
        let otherwise = otherwise.split('"').nth(1).expect("it has a last resort");
        for (name, part) in [
            ("krate", Part::Crate),
            ("crate_tabs", Part::CrateTabs),
            ("list", Part::List),
            ("text", Part::Text),
            ("dashboard", Part::Dashboard),
            ("settings", Part::Settings),
            ("tokens", Part::Tokens),
            ("owners", Part::Owners),
            ("signup", Part::Signup),
            ("rename", Part::Rename),
        ] {
            let begun = table
                .split(',')
                .filter_map(|entry| entry.trim().split_once(": "))
                .find(|(key, _)| *key == name)
                .map_or(otherwise, |(_, sheet)| sheet.trim().trim_matches('"'));
            assert_eq!(part.styles().map(PartStyles::name), Some(begun), "{name}");
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
            "/me/crates",
            "/me/following",
            "/dashboard",
            "/confirm/x",
            "/settings",
            "/settings/profile",
        ];
        for address in addresses {
            let first = address.split(['/', '?']).nth(1).unwrap_or_default();
            let name = match part(address) {
                Part::List => "list",
                Part::Text => "text",
                Part::Dashboard => "dashboard",
                Part::Settings => "settings",
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
