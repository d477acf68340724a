//! Users, and what the signed-in one changes about themselves.

use crate::api::client::{Ability, Client};
use crate::api::crate_query::{CrateFilter, CrateQuery};
use crate::api::endpoint::Endpoint;
use crate::api::error::ApiError;
use crate::api::transport::{Method, Request};
use crate::api::wire::{self, UserChange, user_request};
use crate::domain::owner::GitHubLogin;
use crate::domain::page::{CrateSort, PageNumber};
use crate::domain::user::{GitHubLookup, Profile, Stats, UserId};
use crate::domain::username::Username;

impl Client {
    /// A user by crates.io username, in any spelling, with linked accounts where the server tells them. The answer has the
    /// server's spelling. `name` may be any text; what is no name finds nobody.
    pub async fn user(&self, name: &str) -> Result<Profile, ApiError> {
        self.get(Endpoint::user(name))
            .await?
            .read(wire::users::profile)
    }

    /// The user to whose account the GitHub account of this login is linked.
    ///
    /// A 404 means "nobody" only on a server that can look up that way at all. To tell, the client asks for
    /// `crates.io:{known}` once, `known` being a username that is known to exist, and remembers what it learned.
    pub async fn user_by_github_login(
        &self,
        login: &GitHubLogin,
        known: Option<&Username>,
    ) -> Result<GitHubLookup, ApiError> {
        let prefixes = &self.0.prefixes;
        if prefixes.get() == Ability::Lacks {
            return Ok(GitHubLookup::CannotTell);
        }
        match self.get(Endpoint::user_by_github_login(login)).await {
            Ok(answer) => {
                let found = answer.read(wire::users::profile)?;
                prefixes.set(Ability::Has);
                Ok(GitHubLookup::Found(Box::new(found)))
            }
            Err(ApiError::NotFound { .. }) => self.nobody_by_github_login(known).await,
            Err(error) => Err(error),
        }
    }

    /// What it means that a look-up by GitHub login found nobody.
    pub async fn nobody_by_github_login(
        &self,
        known: Option<&Username>,
    ) -> Result<GitHubLookup, ApiError> {
        let prefixes = &self.0.prefixes;
        match (prefixes.get(), known) {
            (Ability::Has, _) => return Ok(GitHubLookup::Nobody),
            (Ability::Lacks, _) | (Ability::NotTried, None) => return Ok(GitHubLookup::CannotTell),
            (Ability::NotTried, Some(known)) => {
                match self.get(Endpoint::user_by_crates_io_username(known)).await {
                    Ok(answer) => {
                        answer.read(wire::users::profile)?;
                        prefixes.set(Ability::Has);
                    }
                    Err(ApiError::NotFound { .. }) => prefixes.set(Ability::Lacks),
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(if prefixes.get() == Ability::Has {
            GitHubLookup::Nobody
        } else {
            GitHubLookup::CannotTell
        })
    }

    /// Sums over a user's crates. Users that do not exist have zeros.
    pub async fn user_stats(&self, id: UserId) -> Result<Stats, ApiError> {
        self.get(Endpoint::user_stats(id))
            .await?
            .read(wire::users::stats)
    }

    /// How many crates a user owns, teams not counted.
    pub async fn owned_crates_count(&self, id: UserId) -> Result<u64, ApiError> {
        let query = CrateQuery {
            filter: CrateFilter::User(id),
            page: PageNumber::FIRST,
            per_page: 1,
            sort: CrateSort::Alphabetical,
        };
        Ok(self.crates(&query).await?.total)
    }

    /// Changes the signed-in user's username, and nothing else. Success proves nothing: servers without renaming ignore
    /// the key and say so too, so `me` is to be read afterwards. Refusals: 400 not valid or reserved, 429 changed less
    /// than 30 days ago, 409 taken, held or too similar (contract, "Rename").
    pub async fn rename_user(&self, id: UserId, to: &Username) -> Result<(), ApiError> {
        self.change_user(id, UserChange::Username(to.as_str()))
            .await
    }

    /// Changes the signed-in user's e-mail address, which is then unverified until the link in a message is followed.
    pub async fn update_email(&self, id: UserId, address: &str) -> Result<(), ApiError> {
        self.change_user(id, UserChange::Email(address)).await
    }

    /// Turns messages about publications of the signed-in user's crates on or off.
    pub async fn update_publish_notifications(&self, id: UserId, on: bool) -> Result<(), ApiError> {
        self.change_user(id, UserChange::PublishNotifications(on))
            .await
    }

    async fn change_user(&self, id: UserId, change: UserChange<'_>) -> Result<(), ApiError> {
        let body = Some(user_request(change));
        self.act_with(Request {
            method: Method::Put,
            endpoint: Endpoint::user_record(id),
            body,
        })
        .await
    }

    /// Has the message that confirms the e-mail address sent again.
    pub async fn resend_confirmation(&self, id: UserId) -> Result<(), ApiError> {
        self.act(Method::Put, Endpoint::resend_confirmation(id))
            .await
    }

    /// Confirms an e-mail address by the secret of the message. Nobody needs to be signed in.
    pub async fn confirm_email(&self, token: &str) -> Result<(), ApiError> {
        self.act(Method::Put, Endpoint::confirm_email(token)).await
    }
}
