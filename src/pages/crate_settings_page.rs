//! The settings of a crate, for its owners: who owns it, who is invited, adding and removing.
//!
//! Who may see it is told by the list of owners itself, by id: the list in the session is older, and teams own as well.

mod add_owner;
mod candidate;
mod nobody;
mod open_invitations;
mod owner_rows;
mod removal;

use leptos::prelude::*;

use super::failure::{ProblemScreen, Subject, problem};
use super::guard::{Guard, watch_session};
use crate::api::error::ApiError;
use crate::components::error_screen::Problem;
use crate::domain::invitation::Invitation;
use crate::domain::krate::is_same_crate;
use crate::domain::krate_owner::CrateOwner;
use crate::domain::user::{Profile, Viewer};
use crate::reactive::{Memo, RwSignal, StoredValue};
use crate::route::Route;
use crate::state::account_cache::use_account_cache;
use crate::state::client::use_client;
use crate::state::invitations::all_invitations_to;
use crate::state::load::{Load, Loader, Weight, load};
use crate::state::session::use_session;
use crate::state::title::provide_title;
use crate::template::view;
use add_owner::AddOwner;
use open_invitations::OpenInvitations;
use owner_rows::Owners;

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Settings {
    /// The crate, as the registry spells it where that is known.
    krate: StoredValue<String>,
    /// The one who looks.
    viewer: StoredValue<Viewer>,
    owners: Loader<Vec<CrateOwner>>,
    invitations: Loader<Vec<Invitation>>,
    /// The one who looks, as the server tells them: whether it knows linked accounts, and with them qualified names.
    oneself: Loader<Profile>,
    /// Whether the one who looks has removed themselves here.
    has_left: RwSignal<bool>,
}

/// Which screen is shown. What else changes does not build it anew.
#[derive(Clone, PartialEq)]
enum Screen {
    Loading,
    Failed(ApiError),
    NotYours,
    Left,
    Yours,
}

/// Shows the settings of the crate of this name to its owners.
#[component]
pub fn CrateSettingsPage(
    /// As it stands in the address.
    name: String,
) -> impl IntoView {
    let page = Callback::new(move |viewer: Viewer| {
        view! { <OwnersOnly name=name.clone() viewer=viewer /> }.into_any()
    });
    view! { <Guard heading="Crate settings" page=page /> }
}

#[component]
fn OwnersOnly(name: String, viewer: Viewer) -> impl IntoView {
    let client = use_client();
    // Of one's own crates the spelling is known.
    let own = viewer
        .owned_crates
        .iter()
        .find(|own| is_same_crate(&own.name, &name));
    let krate = StoredValue::new(own.map_or(name, |own| own.name.clone()));
    let asking = client.clone();
    let owners = load(Weight::Content, move || {
        let (client, krate) = (asking.clone(), krate.get_value());
        Box::pin(async move { client.crate_owners(&krate).await })
    });
    let id = viewer.id;
    let has_left = RwSignal::new(false);
    let viewer = StoredValue::new(viewer);
    let screen = Memo::new(move |_| {
        owners.with(|owners| match owners {
            Load::Loading => Screen::Loading,
            Load::Failed(error) => Screen::Failed(error.clone()),
            Load::Ready(owners) => {
                let is_owner = owners
                    .iter()
                    .filter_map(CrateOwner::as_user)
                    .any(|user| user.id == id);
                match (is_owner, has_left.get()) {
                    (true, _) => Screen::Yours,
                    (false, true) => Screen::Left,
                    (false, false) => Screen::NotYours,
                }
            }
        })
    });
    let retry = Callback::new(move |()| owners.reload());
    move || match screen.get() {
        Screen::Loading => view! { <Heading krate=krate.get_value() busy=true /> }.into_any(),
        Screen::Failed(error) => {
            let krate = krate.get_value();
            let subject =
                Subject::of_crate(&krate, format!("The owners of {krate} could not be loaded"));
            view! { <ProblemScreen problem=problem(&error, &subject) on_retry=retry /> }.into_any()
        }
        Screen::NotYours => not_yours(krate.get_value(), retry),
        Screen::Left => left(krate.get_value()),
        Screen::Yours => {
            let client = client.clone();
            let invitations = load(Weight::Aside, move || {
                let (client, krate) = (client.clone(), krate.get_value());
                Box::pin(async move { all_invitations_to(&client, &krate).await })
            });
            watch_session(invitations);
            let username = viewer.with_value(|viewer| viewer.username.to_string());
            let settings = Settings {
                krate,
                viewer,
                owners,
                invitations,
                oneself: use_account_cache().load(&username),
                has_left,
            };
            view! { <Yours settings=settings /> }.into_any()
        }
    }
}

#[component]
fn Heading(krate: String, busy: bool) -> impl IntoView {
    let title = format!("Settings of {krate}");
    let shown = title.clone();
    provide_title(move || title.clone());
    let back = Route::krate(&krate).path();
    view! {
        <p class="crate-settings__back"><a href=back>{format!("Crate {krate}")}</a></p>
        <h1 tabindex="-1" aria-busy=busy.to_string()>{shown}</h1>
    }
    .into_any()
}

#[component]
fn Yours(settings: Settings) -> impl IntoView {
    view! {
        <div class="crate-settings">
            <Heading krate=settings.krate.get_value() busy=false />
            <Owners settings=settings />
            <AddOwner settings=settings />
            <OpenInvitations settings=settings />
        </div>
    }
    .into_any()
}

/// Why not, and what would help.
fn not_yours(krate: String, retry: Callback<()>) -> AnyView {
    let page = Route::krate(&krate).path();
    let text = format!(
        "Only people who own {krate} can see and change its settings. Members of a team that owns it can publish and yank, and no more."
    );
    let children: ChildrenFn = std::sync::Arc::new(move || {
        view! {
            <p>{text.clone()}</p>
            <p><a href=page.clone()>{format!("See who owns {krate}")}</a></p>
            <p><a href=Route::PendingInvites.path()>"See whether you are invited"</a></p>
        }
        .into_any()
    });
    let problem = Problem::NotYours {
        detail: String::new(),
    };
    view! { <ProblemScreen problem=problem on_retry=retry children=children /> }.into_any()
}

/// After one has removed oneself.
fn left(krate: String) -> AnyView {
    // What the session knows of one's crates is out of date.
    use_session().ask();
    let title = format!("You no longer own {krate}");
    let shown = title.clone();
    provide_title(move || title.clone());
    view! {
        <h1 tabindex="-1">{shown}</h1>
        <p>"You removed yourself. Should that have been a mistake, another owner can invite you again."</p>
        <p><a href=Route::krate(&krate).path()>{format!("Go to {krate}")}</a></p>
    }
    .into_any()
}
