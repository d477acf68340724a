//! A username as it is always shown: in full, in a face without look-alikes, left to right whatever stands around it.

use leptos::prelude::*;

use crate::domain::username::Username;
use crate::template::view;

/// Shows the username.
#[component]
pub fn UsernameText(username: Username) -> impl IntoView {
    view! { <span class="username" dir="ltr">{username.to_string()}</span> }
}

/// Shows a display name, which is free text: second to the username, isolated from the direction of what stands around it.
#[component]
pub fn DisplayName(
    name: String,
    /// Two lines at most, where the whole of it can be read elsewhere.
    #[prop(optional)]
    short: bool,
) -> impl IntoView {
    let class = if short {
        "display-name display-name--short"
    } else {
        "display-name"
    };
    view! { <bdi class=class>{name}</bdi> }
}
