//! The people who were looked up last, for a short while: cards and forms that ask about the same person share one answer.
//!
//! Nothing is asked here before somebody wants to know. What is kept is what everybody can see; one's own record is dropped as
//! soon as the session knows another name.

use leptos::prelude::*;

use super::client::use_client;
use super::load::{Loader, Weight, load_unless_known};
use super::session::{SessionState, use_session};
use crate::api::client::Client;
use crate::api::error::ApiError;
use crate::browser::clock;
use crate::domain::owner::GitHubLogin;
use crate::domain::time::Timestamp;
use crate::domain::user::{GitHubLookup, Profile, UserId};
use crate::domain::username::{Username, canonical_form};
use crate::reactive::StoredValue;

/// How long an answer serves, in milliseconds.
const KEPT_FOR: i64 = 2 * 60_000;

/// How many answers are kept.
const MOST: usize = 64;

struct Kept {
    since: Timestamp,
    profile: Profile,
    /// How many crates they own, once that was counted.
    crates: Option<u64>,
}

/// The answers, latest last.
#[derive(Clone, Copy)]
pub struct AccountCacheState {
    kept: StoredValue<Vec<Kept>>,
    /// Whose page is built next, found there under another kind of name.
    arriving: StoredValue<Option<Profile>>,
    session: SessionState,
}

/// Installs it, empty.
pub fn provide_account_cache() -> AccountCacheState {
    let state = AccountCacheState {
        kept: StoredValue::new(Vec::new()),
        arriving: StoredValue::new(None),
        session: use_session(),
    };
    provide_context(state);
    state
}

/// The one of this app.
pub fn use_account_cache() -> AccountCacheState {
    use_context().unwrap_or_else(provide_account_cache)
}

impl AccountCacheState {
    /// The user of this name, in any spelling: at once where they were asked for a moment ago. Ends with the component.
    pub fn load(self, name: &str) -> Loader<Profile> {
        let client = use_client();
        let name = name.to_owned();
        load_unless_known(Weight::Aside, self.known(&name), move || {
            let (client, name) = (client.clone(), name.clone());
            Box::pin(async move { self.ask(&client, &name).await })
        })
    }

    /// The same for a task of the caller's: known a moment ago, or asked for now.
    pub async fn user(self, client: &Client, name: &str) -> Result<Profile, ApiError> {
        match self.known(name) {
            Some(known) => Ok(known),
            None => self.ask(client, name).await,
        }
    }

    /// The user to whose account the GitHub account of this login is linked. Whether nobody is, can be told where anybody at
    /// all was heard of (contract, "Look-up by another service's name").
    pub async fn user_by_github_login(
        self,
        client: &Client,
        login: &GitHubLogin,
    ) -> Result<GitHubLookup, ApiError> {
        let known = self.somebody();
        let found = client.user_by_github_login(login, known.as_ref()).await?;
        if let GitHubLookup::Found(profile) = &found {
            self.keep(profile);
        }
        Ok(found)
    }

    /// How many crates a user owns: at once where they were counted a moment ago. Ends with the component.
    pub fn count_crates(self, id: UserId) -> Loader<u64> {
        let client = use_client();
        let known = self.find(|kept| kept.profile.user.id == id);
        let known = known.and_then(|(_, crates)| crates);
        load_unless_known(Weight::Aside, known, move || {
            let client = client.clone();
            Box::pin(async move {
                let count = client.owned_crates_count(id).await?;
                self.kept.try_update_value(|all| {
                    for kept in all.iter_mut().filter(|kept| kept.profile.user.id == id) {
                        kept.crates = Some(count);
                    }
                });
                Ok(count)
            })
        })
    }

    /// Keeps a user for the page of theirs that is about to be built, which then need not ask again.
    pub fn hand_over(self, profile: Profile) {
        self.arriving.set_value(Some(profile));
    }

    /// The user of this name, if they were handed over; once.
    pub fn take_over(self, name: &str) -> Option<Profile> {
        let handed = self.arriving.try_update_value(Option::take).flatten();
        handed.filter(|profile| profile.user.username.as_str() == name)
    }

    /// The user of this name, if they were asked for a moment ago.
    pub fn known(self, name: &str) -> Option<Profile> {
        let name = canonical_form(name);
        self.find(|kept| kept.profile.user.username.canonical().as_str() == name)
            .map(|(profile, _)| profile)
    }

    /// Somebody who exists, if anybody was heard of.
    fn somebody(self) -> Option<Username> {
        let viewer = self.session.get_untracked().viewer().cloned();
        viewer.map(|viewer| viewer.username).or_else(|| {
            self.find(|_| true)
                .map(|(profile, _)| profile.user.username)
        })
    }

    async fn ask(self, client: &Client, name: &str) -> Result<Profile, ApiError> {
        let profile = client.user(name).await?;
        self.keep(&profile);
        Ok(profile)
    }

    fn keep(self, profile: &Profile) {
        self.kept.try_update_value(|all| {
            all.retain(|kept| {
                kept.profile.user.id != profile.user.id
                    && !kept
                        .profile
                        .user
                        .username
                        .is_same_name(&profile.user.username)
            });
            if all.len() >= MOST {
                all.remove(0);
            }
            all.push(Kept {
                since: clock::now(),
                profile: profile.clone(),
                crates: None,
            });
        });
    }

    fn find(self, fits: impl Fn(&Kept) -> bool) -> Option<(Profile, Option<u64>)> {
        let now = clock::now();
        let session = self.session.get_untracked();
        let viewer = session.viewer();
        let is_fresh = |kept: &&Kept| {
            let user = &kept.profile.user;
            (0..KEPT_FOR).contains(&now.millis_since(kept.since))
                && viewer.is_none_or(|me| me.id != user.id || me.username == user.username)
        };
        let found = self.kept.try_with_value(|all| {
            let mut fresh = all.iter().rev().filter(is_fresh);
            fresh
                .find(|kept| fits(kept))
                .map(|kept| (kept.profile.clone(), kept.crates))
        });
        found.flatten()
    }
}
