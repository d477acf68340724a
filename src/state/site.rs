//! What the registry says of itself, asked once: where its files are, whether it is read-only, what its banner says.

use leptos::prelude::*;

use super::client::use_client;
use super::load::{Load, Loader, Weight, load};
use super::reader::forget_reader_when_gone;
use crate::domain::site::SiteMetadata;

/// The one answer, shared by everything that needs it.
#[derive(Clone, Copy)]
pub struct SiteState(Loader<SiteMetadata>);

/// Asks and installs the answer.
pub fn provide_site() -> SiteState {
    let client = use_client();
    let state = SiteState(load(Weight::Aside, move || {
        let client = client.clone();
        Box::pin(async move { client.site_metadata().await })
    }));
    provide_context(state);
    state
}

/// What the registry says of itself.
pub fn use_site() -> SiteState {
    use_context().unwrap_or_else(provide_site)
}

impl SiteState {
    /// Waits for the answer. `None` when it could not be had: what depends on it does without.
    pub async fn when_known(self) -> Option<SiteMetadata> {
        self.0.settled().await.ready().cloned()
    }

    /// The answer as far as it is known; tracked.
    pub fn get(self) -> Load<SiteMetadata> {
        forget_reader_when_gone();
        self.0.get()
    }
}
