//! Versions, what belongs to them, and yanking.

use crate::api::client::Client;
use crate::api::endpoint::Endpoint;
use crate::api::error::ApiError;
use crate::api::transport::{Method, OnBeginning, Request};
use crate::api::wire;
use crate::domain::dependency::Dependency;
use crate::domain::download::VersionDownloads;
use crate::domain::page::{PageLink, PageNumber, VersionSort};
use crate::domain::readme::Readme;
use crate::domain::version::{Updates, Version, VersionPage};

impl Client {
    /// The first page of a crate's versions, with release tracks; the others follow by [`Client::more_versions`].
    /// `per_page` is 100 at most.
    pub async fn versions(
        &self,
        krate: &str,
        sort: VersionSort,
        per_page: u32,
    ) -> Result<VersionPage, ApiError> {
        self.get(Endpoint::versions(krate, sort, per_page))
            .await?
            .read(wire::versions::versions)
    }

    /// The page of a crate's versions that a link of an earlier page leads to.
    pub async fn more_versions(
        &self,
        krate: &str,
        link: &PageLink,
    ) -> Result<VersionPage, ApiError> {
        self.get(Endpoint::more_versions(krate, link))
            .await?
            .read(wire::versions::versions)
    }

    /// Every version of a crate, highest first, in one answer of some 2 kB for each.
    pub async fn all_versions(&self, krate: &str) -> Result<Vec<Version>, ApiError> {
        let page: VersionPage = self
            .get(Endpoint::all_versions(krate))
            .await?
            .read(wire::versions::versions)?;
        Ok(page.versions)
    }

    /// A version by its number in full, build metadata included.
    pub async fn version(&self, krate: &str, num: &str) -> Result<Version, ApiError> {
        self.get(Endpoint::version(krate, num))
            .await?
            .read(wire::versions::version)
    }

    /// A version's downloads of the last 90 days.
    pub async fn version_downloads(
        &self,
        krate: &str,
        num: &str,
    ) -> Result<Vec<VersionDownloads>, ApiError> {
        self.get(Endpoint::version_downloads(krate, num))
            .await?
            .read(wire::dependencies::version_downloads)
    }

    /// What a version depends on, in no particular order.
    pub async fn dependencies(&self, krate: &str, num: &str) -> Result<Vec<Dependency>, ApiError> {
        self.get(Endpoint::dependencies(krate, num))
            .await?
            .read(wire::dependencies::dependencies)
    }

    /// The rendered README of a version, from the file host; `None` when the version has none.
    ///
    /// Where the file host is known (`cdn_base` of the site's metadata) one request does it; otherwise the API is asked
    /// for the address first. `on_beginning` is told how a long one begins while the rest is on its way.
    pub async fn readme(
        &self,
        krate: &str,
        num: &str,
        cdn_base: Option<&str>,
        on_beginning: OnBeginning,
    ) -> Result<Option<Readme>, ApiError> {
        let known = cdn_base.and_then(|base| Endpoint::readme_file(base, krate, num));
        let file = match known {
            Some(file) => file,
            None => {
                let answer = self.get(Endpoint::readme(krate, num)).await?;
                let address = answer.read(wire::versions::readme_address)?;
                Endpoint::file(&address).ok_or(ApiError::Malformed)?
            }
        };
        let address = file.as_str().to_owned();
        let response = self
            .0
            .transport
            .send_and_tell(Request::get(file), on_beginning)
            .await?;
        match response.status {
            200..300 => Ok(Some(Readme {
                html: response.body,
                address,
            })),
            // File hosts answer 403 for files that are not there.
            403 | 404 => Ok(None),
            // What the file host says of its trouble is not the registry's word.
            status => Err(ApiError::of_answer(status, String::new(), None)),
        }
    }

    /// A page of the new versions of the crates that the signed-in user follows, 10 to a page.
    pub async fn updates(&self, page: PageNumber) -> Result<Updates, ApiError> {
        self.get(Endpoint::updates(page))
            .await?
            .read(wire::versions::updates)
    }

    /// Withdraws a version from new resolutions; nothing changes if it was withdrawn already.
    pub async fn yank_version(&self, krate: &str, num: &str) -> Result<(), ApiError> {
        self.act(Method::Delete, Endpoint::yank(krate, num)).await
    }

    /// Takes a yank back.
    pub async fn unyank_version(&self, krate: &str, num: &str) -> Result<(), ApiError> {
        self.act(Method::Put, Endpoint::unyank(krate, num)).await
    }
}
