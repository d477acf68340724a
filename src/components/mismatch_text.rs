//! The words for a username that is not the GitHub username, in its kind. Neutral: a difference is not an accusation.

use leptos::prelude::*;

use crate::domain::identity::{LinkedAccount, Mismatch, Service, Spelling};
use crate::template::view;

/// The short form, which names the badge.
pub const SHORT: &str = "crates.io username does not match GitHub username";

/// The account at GitHub, linked where its name can be one.
pub fn github_link(login: &str) -> AnyView {
    let account = LinkedAccount {
        service: Service::GitHub,
        login: login.to_owned(),
        account_id: None,
        avatar: None,
    };
    let name = view! { <span class="username">{login.to_owned()}</span> };
    match account.profile_link() {
        Some(href) => {
            view! { <a href=href rel="noopener nofollow" referrerpolicy="no-referrer">{name}</a> }
                .into_any()
        }
        None => name.into_any(),
    }
}

fn list(logins: Vec<String>) -> AnyView {
    logins
        .iter()
        .enumerate()
        .map(|(index, login)| view! { {(index > 0).then_some(" and ")} {github_link(login)} })
        .collect_view()
        .into_any()
}

/// The sentences that explain the kind.
pub fn explanation(mismatch: Mismatch) -> AnyView {
    match mismatch {
        Mismatch::AnotherUsername { logins } => view! {
            "This person's crates.io username is not their GitHub username. On GitHub they are "
            {list(logins)}
            "."
        }
        .into_any(),
        Mismatch::OnlySpelling { login, difference } => {
            let what = match difference {
                Spelling::Capitals => "Only capital letters differ: on GitHub this person writes it ",
                Spelling::Separators => "Only - and _ differ: on GitHub this person is ",
                Spelling::CapitalsAndSeparators => "Only capital letters, - and _ differ: on GitHub this person is ",
            };
            view! { {what} {github_link(&login)} "." }.into_any()
        }
        Mismatch::OutOfDate { login } => view! {
            "The GitHub account linked here was last seen as "
            <span class="username">{login}</span>
            ", but that GitHub name now belongs to another account."
        }
        .into_any(),
        Mismatch::NoGitHubAccount => {
            view! { "No GitHub account is linked to this crates.io account. A GitHub user of the same name may be somebody else." }
                .into_any()
        }
        Mismatch::NotKnown => {
            view! { "This person has another GitHub username, or no GitHub account linked." }.into_any()
        }
    }
}
