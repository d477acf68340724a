//! Crates, alone and in lists.
//!
//! `max_version` and `newest_version` are not even read (contract, trap 9).

use miniserde::Deserialize;

use super::catalog::{WireCategory, WireKeyword};
use super::versions::WireVersion;
use super::{Malformed, Meta, each, link, moment, said};
use crate::domain::krate::{CrateDetail, Krate};
use crate::domain::page::Page;

/// The document's `Crate`.
#[derive(Deserialize)]
pub(super) struct WireCrate {
    name: String,
    default_version: Option<String>,
    description: Option<String>,
    downloads: Option<u64>,
    recent_downloads: Option<u64>,
    num_versions: Option<u64>,
    yanked: Option<bool>,
    created_at: Option<String>,
    updated_at: Option<String>,
    homepage: Option<String>,
    documentation: Option<String>,
    repository: Option<String>,
    exact_match: Option<bool>,
    trustpub_only: Option<bool>,
}

impl From<WireCrate> for Krate {
    fn from(wire: WireCrate) -> Self {
        Self {
            name: wire.name,
            default_version: said(wire.default_version),
            description: said(wire.description),
            downloads: wire.downloads.unwrap_or_default(),
            recent_downloads: wire.recent_downloads,
            num_versions: wire.num_versions,
            yanked: wire.yanked.unwrap_or_default(),
            created_at: moment(wire.created_at),
            updated_at: moment(wire.updated_at),
            homepage: said(wire.homepage),
            documentation: said(wire.documentation),
            repository: said(wire.repository),
            exact_match: wire.exact_match.unwrap_or_default(),
            trustpub_only: wire.trustpub_only.unwrap_or_default(),
        }
    }
}

/// `GET /api/v1/crates`
#[derive(Deserialize)]
pub(in crate::api) struct CratesBody {
    crates: Vec<WireCrate>,
    meta: Meta,
}

impl From<CratesBody> for Page<Krate> {
    fn from(body: CratesBody) -> Self {
        Self {
            items: body.crates.into_iter().map(Krate::from).collect(),
            total: body.meta.total.unwrap_or_default(),
            next: link(body.meta.next_page),
            prev: link(body.meta.prev_page),
        }
    }
}

/// `GET /api/v1/crates/{name}`
#[derive(Deserialize)]
pub(in crate::api) struct CrateBody {
    #[serde(rename = "crate")]
    krate: WireCrate,
    versions: Option<Vec<WireVersion>>,
    keywords: Option<Vec<WireKeyword>>,
    categories: Option<Vec<WireCategory>>,
}

impl TryFrom<CrateBody> for CrateDetail {
    type Error = Malformed;

    fn try_from(body: CrateBody) -> Result<Self, Malformed> {
        Ok(Self {
            krate: body.krate.into(),
            versions: each(body.versions.unwrap_or_default())?,
            keywords: body
                .keywords
                .unwrap_or_default()
                .into_iter()
                .map(Into::into)
                .collect(),
            categories: body
                .categories
                .unwrap_or_default()
                .into_iter()
                .map(Into::into)
                .collect(),
        })
    }
}

/// `GET /api/v1/crates/{name}/following`
#[derive(Deserialize)]
pub(in crate::api) struct FollowingBody {
    pub(in crate::api) following: bool,
}
