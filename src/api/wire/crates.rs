//! Crates, alone and in lists.
//!
//! `max_version` and `newest_version` are not even read (contract, trap 9).

use super::catalog::{category_of, keyword_of};
use super::versions::version_of;
use super::{moment, page};
use crate::api::json::Json;
use crate::domain::krate::{CrateDetail, Krate};
use crate::domain::page::Page;

/// The document's `Crate`.
pub(super) fn krate(json: &Json<'_>) -> Option<Krate> {
    Some(Krate {
        name: json.text("name"),
        default_version: json.said("default_version"),
        description: json.said("description"),
        downloads: json.maybe_number("downloads").unwrap_or_default(),
        recent_downloads: json.maybe_number("recent_downloads"),
        num_versions: json.maybe_number("num_versions"),
        yanked: json.flag("yanked"),
        created_at: moment(json, "created_at"),
        updated_at: moment(json, "updated_at"),
        homepage: json.said("homepage"),
        documentation: json.said("documentation"),
        repository: json.said("repository"),
        exact_match: json.flag("exact_match"),
        trustpub_only: json.flag("trustpub_only"),
    })
}

/// `GET /api/v1/crates`
pub(in crate::api) fn crates(json: &Json<'_>) -> Option<Page<Krate>> {
    page(json, "crates", krate)
}

/// `GET /api/v1/crates/{name}`
pub(in crate::api) fn crate_detail(json: &Json<'_>) -> Option<CrateDetail> {
    Some(CrateDetail {
        krate: krate(&json.object("crate")?)?,
        versions: json.each("versions", version_of).unwrap_or_default(),
        keywords: json.each("keywords", keyword_of).unwrap_or_default(),
        categories: json.each("categories", category_of).unwrap_or_default(),
    })
}

/// `GET /api/v1/crates/{name}/following`
pub(in crate::api) fn following(json: &Json<'_>) -> Option<bool> {
    json.maybe_flag("following")
}
