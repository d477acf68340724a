//! The signed-in person's own record: who they are here and elsewhere, their e-mail address, what they are sent.

mod email_section;
mod notifications_section;

use leptos::prelude::*;

use super::guard::Guard;
use super::settings_frame::SettingsFrame;
use crate::components::avatar::{Avatar, AvatarSize};
use crate::components::username_text::{DisplayName, UsernameText};
use crate::domain::user::Viewer;
use crate::reactive::Memo;
use crate::route::Route;
use crate::state::session::use_session;
use crate::state::title::provide_title;
use crate::template::view;
use email_section::EmailSection;
use notifications_section::NotificationsSection;

const HEADING: &str = "Profile";

/// Shows the settings of the profile.
#[component]
pub fn SettingsProfilePage() -> impl IntoView {
    let page = Callback::new(|viewer| view! { <ProfileSettings viewer=viewer /> }.into_any());
    view! { <SettingsFrame><Guard heading=HEADING page=page /></SettingsFrame> }
}

#[component]
fn ProfileSettings(viewer: Viewer) -> impl IntoView {
    provide_title(|| String::from("Profile settings"));
    let session = use_session();
    let id = viewer.id;
    let username = Memo::new(move |_| {
        let now = session.with(|session| session.viewer().map(|viewer| viewer.username.clone()));
        now.unwrap_or_else(|| viewer.username.clone())
    });
    let name = viewer.name.map_or_else(
        || view! { <dd>"none"</dd> }.into_any(),
        |name| view! { <dd><DisplayName name=name /></dd> }.into_any(),
    );
    view! {
        <h1 tabindex="-1">{HEADING}</h1>
        <div class="settings-identity">
            <Avatar address=viewer.avatar size=AvatarSize::Large />
            <dl class="settings-facts">
                <div>
                    <dt>"Username"</dt>
                    <dd>
                        {move || view! { <UsernameText username=username.get() /> }}
                        " "
                        <a class="settings-facts__action" href=Route::SettingsUsername.path()>"Change username"</a>
                    </dd>
                </div>
                <div><dt>"Display name"</dt>{name}</div>
            </dl>
        </div>
        <p class="settings__note">
            "Display name and picture are taken over from GitHub whenever you sign in; they can be changed there. "
            <a href=move || Route::user(&username.get()).path()>"See your page as others do"</a>
        </p>
        <EmailSection id=id />
        <NotificationsSection id=id />
    }
}
