//! A name under which there is no account: a typo, or somebody who has never signed in; and what to do in either case.

use leptos::prelude::*;

use crate::browser::navigation;
use crate::components::copy_line::CopyLine;
use crate::domain::owner::OwnerSpecification;
use crate::state::owner_addition::OwnerAdditionState;
use crate::template::view;

/// Says so, with a text to send them and the other reading to try.
pub(super) fn nobody(
    krate: &str,
    state: OwnerAdditionState,
    owner: &OwnerSpecification,
) -> AnyView {
    let (text, other) = match owner {
        OwnerSpecification::Unqualified(name) => (
            format!(
                "Nobody has the username {name} here, and no account here is linked to {name} on GitHub."
            ),
            None,
        ),
        OwnerSpecification::CratesIo(name) => (
            format!("Nobody has the username {name} here."),
            Some((
                format!("Look for {name} on GitHub instead"),
                format!("github:{name}"),
            )),
        ),
        OwnerSpecification::GitHub(login) => (
            format!("No account here is linked to {login} on GitHub."),
            Some((
                format!("Look for the username {login} instead"),
                format!("crates.io:{login}"),
            )),
        ),
        OwnerSpecification::Team { .. } => (String::new(), None),
    };
    let other = other.map(|(label, text)| {
        view! { <p><button type="button" class="button" on:click=move |_| state.try_instead(&text)>{label}</button></p> }
    });
    let message = format!(
        "I would like to add you as an owner of the crate {krate}. For that you need an account: please sign in once at {} with your GitHub account, and tell me the username you have there.",
        navigation::origin()
    );
    view! {
        <h3>"There is no such account"</h3>
        <div class="owner-candidate">
            <p>{text} " Check the spelling first."</p>
            {other}
            <p>"Or they have never signed in here: only those who have can be invited. You could send them this:"</p>
            <CopyLine text=message what="the message" />
        </div>
    }
    .into_any()
}
