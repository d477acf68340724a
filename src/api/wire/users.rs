//! Users as everybody sees them, their linked accounts and sums.
//!
//! Of a user only `id` and `login` are needed, of a linked account only `service` and `login` (contract).

use super::{moment, username};
use crate::api::json::Json;
use crate::domain::identity::{GitHubMatch, LinkedAccount, Service};
use crate::domain::user::{Profile, Stats, User, UserId};

/// The document's `User`, and an `Owner` that is one.
pub(super) fn user(json: &Json<'_>) -> Option<User> {
    let username = username(json, "login")?;
    Some(User {
        id: UserId(json.id("id")),
        username,
        name: json.said("name"),
        avatar: json.said("avatar"),
        url: json.said("url"),
        github_match: GitHubMatch::new(json.maybe_flag("github_username_matches")),
        created_at: moment(json, "created_at"),
    })
}

fn linked_account(json: &Json<'_>) -> Option<LinkedAccount> {
    Some(LinkedAccount {
        service: Service::new(&json.text("service")),
        login: json.text("login"),
        account_id: json.maybe_number("account_id"),
        avatar: json.said("avatar"),
    })
}

/// `GET /api/v1/users/{username}?include=linked_accounts`
pub(in crate::api) fn profile(json: &Json<'_>) -> Option<Profile> {
    Some(Profile {
        user: user(&json.object("user")?)?,
        linked_accounts: json.each("linked_accounts", linked_account),
    })
}

/// `GET /api/v1/users/{id}/stats`
pub(in crate::api) fn stats(json: &Json<'_>) -> Option<Stats> {
    Some(Stats {
        total_downloads: json.number("total_downloads"),
    })
}
