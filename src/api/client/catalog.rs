//! What crates are found by, and what the registry says of itself.

use crate::api::client::Client;
use crate::api::endpoint::Endpoint;
use crate::api::error::ApiError;
use crate::api::wire::{
    CategoriesBody, CategoryBody, KeywordBody, KeywordsBody, SiteBody, SummaryBody, TeamBody,
};
use crate::domain::category::Category;
use crate::domain::keyword::Keyword;
use crate::domain::page::{Page, PageNumber, TagSort};
use crate::domain::site::SiteMetadata;
use crate::domain::summary::Summary;
use crate::domain::team::Team;

impl Client {
    /// A team by its full name, `github:{org}:{team}`, in lower case.
    pub async fn team(&self, login: &str) -> Result<Team, ApiError> {
        Ok(self.get::<TeamBody>(Endpoint::team(login)).await?.into())
    }

    /// A page of the keywords. There are no links: pages are asked for by number.
    pub async fn keywords(
        &self,
        sort: TagSort,
        page: PageNumber,
        per_page: u32,
    ) -> Result<Page<Keyword>, ApiError> {
        Ok(self
            .get::<KeywordsBody>(Endpoint::keywords(sort, page, per_page))
            .await?
            .into())
    }

    /// A keyword.
    pub async fn keyword(&self, keyword: &str) -> Result<Keyword, ApiError> {
        Ok(self
            .get::<KeywordBody>(Endpoint::keyword(keyword))
            .await?
            .into())
    }

    /// A page of the outermost categories. There are no links: pages are asked for by number.
    pub async fn categories(
        &self,
        sort: TagSort,
        page: PageNumber,
        per_page: u32,
    ) -> Result<Page<Category>, ApiError> {
        Ok(self
            .get::<CategoriesBody>(Endpoint::categories(sort, page, per_page))
            .await?
            .into())
    }

    /// A category, with its parents and parts.
    pub async fn category(&self, slug: &str) -> Result<Category, ApiError> {
        Ok(self
            .get::<CategoryBody>(Endpoint::category(slug))
            .await?
            .into())
    }

    /// The registry in short.
    pub async fn summary(&self) -> Result<Summary, ApiError> {
        Ok(self.get::<SummaryBody>(Endpoint::summary()).await?.into())
    }

    /// What the registry says of itself.
    pub async fn site_metadata(&self) -> Result<SiteMetadata, ApiError> {
        Ok(self
            .get::<SiteBody>(Endpoint::site_metadata())
            .await?
            .into())
    }
}
