//! The account exists: under which name, what is left to do, and the ways on.

use leptos::prelude::*;

use super::screens::ways_on;
use crate::components::username_text::UsernameText;
use crate::domain::return_to::ReturnTo;
use crate::domain::user::{Email, Viewer};
use crate::domain::username::Username;
use crate::route::Route;
use crate::template::view;

/// Shows it.
#[component]
pub(super) fn DoneScreen(
    viewer: Viewer,
    /// The name that was asked for. Some registries give another.
    asked: Username,
    back: Option<ReturnTo>,
    /// The GitHub login of the sign-up.
    github_login: String,
) -> impl IntoView {
    let page = Route::user(&viewer.username).path();
    let is_another = viewer.username != asked;
    let why = if viewer.username.as_str() == github_login {
        " It gives every account its GitHub name."
    } else {
        ""
    };
    let another = is_another.then(|| {
        let change = Route::ChooseUsername { name: Some(asked.as_str().to_owned()) }.path();
        view! {
            <div class="notice" data-kind="info">
                <div class="notice__text">
                    <p>
                        "You asked for " <UsernameText username=asked.clone() /> ", but this registry created the account as "
                        <UsernameText username=viewer.username.clone() /> "." {why}
                    </p>
                    <p><a href=change>"Try to change the username"</a></p>
                </div>
            </div>
        }
    });
    let mail = match viewer.email.clone() {
        Email::Unverified { address, sent: true } => view! {
            "A message is on its way to " <strong>{address}</strong> ". Open the link in it: publishing crates and accepting invitations need a confirmed address."
        }
        .into_any(),
        Email::Unverified { address, sent: false } => {
            view! { "Your address " <strong>{address}</strong> " still has to be confirmed; publishing crates needs that." }.into_any()
        }
        Email::Verified { address } => view! { "Your address " <strong>{address}</strong> " is confirmed." }.into_any(),
        Email::Missing => "There is no e-mail address with your account yet; publishing crates needs one.".into_any(),
    };
    view! {
        {another}
        <p>"Your account exists, and you are signed in as " <UsernameText username=viewer.username /> "."</p>
        <p>{mail}</p>
        {ways_on(page, back)}
    }
}
