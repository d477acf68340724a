//! One account elsewhere that a person has proven to be theirs, labelled with the service: "GitHub: carolgithub".
//!
//! A service we do not know is text; only a link the domain vouches for is a link. `rel=me` is said because it is proven.

use leptos::prelude::*;

use crate::domain::identity::LinkedAccount;
use crate::template::view;

/// Shows one linked account.
#[component]
pub fn LinkedAccountChip(account: LinkedAccount) -> impl IntoView {
    let label = format!("{}: ", account.service);
    let login = view! { <span class="username">{account.login.clone()}</span> };
    match account.profile_link() {
        Some(href) => view! {
            <li class="linked-account">
                <a href=href rel="me noopener nofollow" referrerpolicy="no-referrer">
                    {label}
                    {login}
                </a>
            </li>
        }
        .into_any(),
        None => view! { <li class="linked-account"><span>{label}{login}</span></li> }.into_any(),
    }
}

/// Shows all linked accounts, in the server's order. Nothing when there are none.
#[component]
pub fn LinkedAccounts(accounts: Vec<LinkedAccount>) -> impl IntoView {
    (!accounts.is_empty()).then(|| {
        let chips = accounts
            .into_iter()
            .map(|account| view! { <LinkedAccountChip account=account /> })
            .collect_view();
        view! { <ul class="linked-accounts" aria-label="Linked accounts">{chips}</ul> }
    })
}
