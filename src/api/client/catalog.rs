//! What crates are found by, and what the registry says of itself.

use crate::api::client::Client;
use crate::api::endpoint::Endpoint;
use crate::api::error::ApiError;
use crate::api::wire;
use crate::domain::category::Category;
use crate::domain::keyword::Keyword;
use crate::domain::page::{Page, PageNumber, TagSort};
use crate::domain::site::SiteMetadata;
use crate::domain::summary::Summary;
use crate::domain::team::Team;

impl Client {
    /// A team by its full name, `github:{org}:{team}`, in lower case.
    pub async fn team(&self, login: &str) -> Result<Team, ApiError> {
        self.get(Endpoint::team(login))
            .await?
            .read(wire::catalog::team)
    }

    /// A page of the keywords. There are no links: pages are asked for by number.
    pub async fn keywords(
        &self,
        sort: TagSort,
        page: PageNumber,
        per_page: u32,
    ) -> Result<Page<Keyword>, ApiError> {
        self.get(Endpoint::keywords(sort, page, per_page))
            .await?
            .read(wire::catalog::keywords)
    }

    /// A keyword.
    pub async fn keyword(&self, keyword: &str) -> Result<Keyword, ApiError> {
        self.get(Endpoint::keyword(keyword))
            .await?
            .read(wire::catalog::keyword)
    }

    /// A page of the outermost categories. There are no links: pages are asked for by number.
    pub async fn categories(
        &self,
        sort: TagSort,
        page: PageNumber,
        per_page: u32,
    ) -> Result<Page<Category>, ApiError> {
        self.get(Endpoint::categories(sort, page, per_page))
            .await?
            .read(wire::catalog::categories)
    }

    /// A category, with its parents and parts.
    pub async fn category(&self, slug: &str) -> Result<Category, ApiError> {
        self.get(Endpoint::category(slug))
            .await?
            .read(wire::catalog::category)
    }

    /// The registry in short.
    pub async fn summary(&self) -> Result<Summary, ApiError> {
        self.get(Endpoint::summary())
            .await?
            .read(wire::catalog::summary)
    }

    /// What the registry says of itself.
    pub async fn site_metadata(&self) -> Result<SiteMetadata, ApiError> {
        self.get(Endpoint::site_metadata())
            .await?
            .read(wire::catalog::site_metadata)
    }
}
