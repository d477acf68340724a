//! Users as everybody sees them, their linked accounts and sums.
//!
//! Of a user only `id` and `login` are needed, of a linked account only `service` and `login` (contract).

use miniserde::Deserialize;

use super::{Malformed, moment, said, username};
use crate::domain::identity::{GitHubMatch, LinkedAccount, Service};
use crate::domain::user::{Profile, Stats, User, UserId};

/// The document's `User`.
#[derive(Deserialize)]
pub(super) struct WireUser {
    id: i64,
    login: String,
    name: Option<String>,
    avatar: Option<String>,
    url: Option<String>,
    github_username_matches: Option<bool>,
    created_at: Option<String>,
}

impl TryFrom<WireUser> for User {
    type Error = Malformed;

    fn try_from(wire: WireUser) -> Result<Self, Malformed> {
        Ok(Self {
            id: UserId(wire.id),
            username: username(&wire.login)?,
            name: said(wire.name),
            avatar: said(wire.avatar),
            url: said(wire.url),
            github_match: GitHubMatch::new(wire.github_username_matches),
            created_at: moment(wire.created_at),
        })
    }
}

#[derive(Deserialize)]
struct WireLinkedAccount {
    service: String,
    login: String,
    account_id: Option<u64>,
    avatar: Option<String>,
}

/// `GET /api/v1/users/{username}?include=linked_accounts`
#[derive(Deserialize)]
pub(in crate::api) struct UserBody {
    user: WireUser,
    linked_accounts: Option<Vec<WireLinkedAccount>>,
}

impl TryFrom<UserBody> for Profile {
    type Error = Malformed;

    fn try_from(body: UserBody) -> Result<Self, Malformed> {
        let linked = |wire: WireLinkedAccount| LinkedAccount {
            service: Service::new(&wire.service),
            login: wire.login,
            account_id: wire.account_id,
            avatar: said(wire.avatar),
        };
        Ok(Self {
            user: body.user.try_into()?,
            linked_accounts: body
                .linked_accounts
                .map(|list| list.into_iter().map(linked).collect()),
        })
    }
}

/// `GET /api/v1/users/{id}/stats`
#[derive(Deserialize)]
pub(in crate::api) struct StatsBody {
    total_downloads: u64,
}

impl From<StatsBody> for Stats {
    fn from(body: StatsBody) -> Self {
        Self {
            total_downloads: body.total_downloads,
        }
    }
}
