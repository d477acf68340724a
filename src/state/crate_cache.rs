//! The crates that were looked at last, for a short while: the pages of a crate share one answer about it.
//!
//! What a visitor changed is forgotten at once. Nothing else is kept here: versions, owners and READMEs have pages of their own.

use leptos::prelude::*;

use super::client::use_client;
use super::load::{Loader, Weight, load_unless_known};
use crate::browser::clock;
use crate::domain::krate::{CrateDetail, is_same_crate};
use crate::domain::time::Timestamp;
use crate::reactive::StoredValue;

/// How long an answer serves, in milliseconds.
const KEPT_FOR: i64 = 2 * 60_000;

/// How many answers are kept.
const MOST: usize = 8;

struct Kept {
    since: Timestamp,
    detail: CrateDetail,
}

/// The answers, latest last.
#[derive(Clone, Copy)]
pub struct CrateCacheState(StoredValue<Vec<Kept>>);

/// Installs it, empty.
pub fn provide_crate_cache() -> CrateCacheState {
    let state = CrateCacheState(StoredValue::new(Vec::new()));
    provide_context(state);
    state
}

/// The one of this app.
pub fn use_crate_cache() -> CrateCacheState {
    use_context().unwrap_or_else(provide_crate_cache)
}

impl CrateCacheState {
    /// The crate of this name, in any spelling: at once where it was asked for a moment ago.
    pub fn load(self, name: &str) -> Loader<CrateDetail> {
        let client = use_client();
        let name = name.to_owned();
        load_unless_known(Weight::Content, self.known(&name), move || {
            let (client, name) = (client.clone(), name.clone());
            Box::pin(async move {
                let detail = client.krate(&name).await?;
                self.keep(detail.clone());
                Ok(detail)
            })
        })
    }

    /// The crate, if it was asked for a moment ago.
    pub fn known(self, name: &str) -> Option<CrateDetail> {
        let now = clock::now();
        let fresh = |kept: &&Kept| {
            is_same_crate(&kept.detail.krate.name, name)
                && (0..KEPT_FOR).contains(&now.millis_since(kept.since))
        };
        let found = self
            .0
            .try_with_value(|all| all.iter().rev().find(fresh).map(|kept| kept.detail.clone()));
        found.flatten()
    }

    /// Forgets a crate that has changed.
    pub fn forget(self, name: &str) {
        self.0.try_update_value(|all| {
            all.retain(|kept| !is_same_crate(&kept.detail.krate.name, name))
        });
    }

    fn keep(self, detail: CrateDetail) {
        self.forget(&detail.krate.name);
        self.0.try_update_value(|all| {
            if all.len() >= MOST {
                all.remove(0);
            }
            all.push(Kept {
                since: clock::now(),
                detail,
            });
        });
    }
}
