//! Crates, and following them.

use crate::api::client::Client;
use crate::api::crate_query::CrateQuery;
use crate::api::endpoint::Endpoint;
use crate::api::error::ApiError;
use crate::api::transport::Method;
use crate::api::wire;
use crate::domain::dependency::Dependent;
use crate::domain::download::CrateDownloads;
use crate::domain::krate::{CrateDetail, Krate};
use crate::domain::page::{Page, PageLink, PageNumber};

impl Client {
    /// A page of a list of crates. Unknown users, teams, keywords and categories have empty lists.
    pub async fn crates(&self, query: &CrateQuery) -> Result<Page<Krate>, ApiError> {
        self.get(Endpoint::crates(query))
            .await?
            .read(wire::crates::crates)
    }

    /// The page of a list of crates that a link of an earlier page leads to.
    pub async fn more_crates(&self, link: &PageLink) -> Result<Page<Krate>, ApiError> {
        self.get(Endpoint::more_crates(link))
            .await?
            .read(wire::crates::crates)
    }

    /// A crate with its default version, keywords and categories. `name` may be spelled with `-` or `_`.
    pub async fn krate(&self, name: &str) -> Result<CrateDetail, ApiError> {
        self.get(Endpoint::krate(name))
            .await?
            .read(wire::crates::crate_detail)
    }

    /// A crate alone, as cheaply as the server can.
    pub async fn bare_crate(&self, name: &str) -> Result<Krate, ApiError> {
        let detail: CrateDetail = self
            .get(Endpoint::bare_crate(name))
            .await?
            .read(wire::crates::crate_detail)?;
        Ok(detail.krate)
    }

    /// Downloads of the last 90 days, with the versions that are told apart.
    pub async fn crate_downloads(&self, krate: &str) -> Result<CrateDownloads, ApiError> {
        self.get(Endpoint::crate_downloads(krate))
            .await?
            .read(wire::dependencies::crate_downloads)
    }

    /// A page of the crates that depend on one. There are no links: pages are asked for by number.
    pub async fn dependents(
        &self,
        krate: &str,
        page: PageNumber,
        per_page: u32,
    ) -> Result<Page<Dependent>, ApiError> {
        self.get(Endpoint::dependents(krate, page, per_page))
            .await?
            .read(wire::dependencies::dependents)
    }

    /// Whether the signed-in user follows a crate.
    pub async fn is_following(&self, krate: &str) -> Result<bool, ApiError> {
        self.get(Endpoint::following(krate))
            .await?
            .read(wire::crates::following)
    }

    /// Follows a crate; nothing changes if it was followed already.
    pub async fn follow(&self, krate: &str) -> Result<(), ApiError> {
        self.act(Method::Put, Endpoint::follow(krate)).await
    }

    /// No longer follows a crate; nothing changes if it was not followed.
    pub async fn unfollow(&self, krate: &str) -> Result<(), ApiError> {
        self.act(Method::Delete, Endpoint::follow(krate)).await
    }
}
