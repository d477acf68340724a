//! Downloads by day, and dependencies in both directions.
//!
//! Both name versions by number only; dependents are joined with theirs here.

use miniserde::Deserialize;

use super::versions::WireVersion;
use super::{Malformed, Meta, each, link, said};
use crate::domain::dependency::{Dependency, DependencyKind, Dependent};
use crate::domain::download::{CrateDownloads, DayDownloads, VersionDownloads};
use crate::domain::page::Page;
use crate::domain::time::Day;
use crate::domain::version::{Version, VersionId};

/// The document's `VersionDownload`.
#[derive(Deserialize)]
struct WireVersionDownload {
    version: i64,
    downloads: u64,
    date: String,
}

impl TryFrom<WireVersionDownload> for VersionDownloads {
    type Error = Malformed;

    fn try_from(wire: WireVersionDownload) -> Result<Self, Malformed> {
        Ok(Self {
            version: VersionId(wire.version),
            day: day(&wire.date)?,
            downloads: wire.downloads,
        })
    }
}

#[derive(Deserialize)]
struct WireDayDownload {
    date: String,
    downloads: u64,
}

impl TryFrom<WireDayDownload> for DayDownloads {
    type Error = Malformed;

    fn try_from(wire: WireDayDownload) -> Result<Self, Malformed> {
        Ok(Self {
            day: day(&wire.date)?,
            downloads: wire.downloads,
        })
    }
}

fn day(text: &str) -> Result<Day, Malformed> {
    Day::parse(text).ok_or(Malformed)
}

/// `GET /api/v1/crates/{name}/{version}/downloads`
#[derive(Deserialize)]
pub(in crate::api) struct VersionDownloadsBody {
    version_downloads: Vec<WireVersionDownload>,
}

impl TryFrom<VersionDownloadsBody> for Vec<VersionDownloads> {
    type Error = Malformed;

    fn try_from(body: VersionDownloadsBody) -> Result<Self, Malformed> {
        each(body.version_downloads)
    }
}

/// `GET /api/v1/crates/{name}/downloads?include=versions`
#[derive(Deserialize)]
pub(in crate::api) struct CrateDownloadsBody {
    version_downloads: Vec<WireVersionDownload>,
    versions: Option<Vec<WireVersion>>,
    meta: DownloadsMeta,
}

#[derive(Deserialize)]
struct DownloadsMeta {
    extra_downloads: Option<Vec<WireDayDownload>>,
}

impl TryFrom<CrateDownloadsBody> for CrateDownloads {
    type Error = Malformed;

    fn try_from(body: CrateDownloadsBody) -> Result<Self, Malformed> {
        Ok(Self {
            by_version: each(body.version_downloads)?,
            others: each(body.meta.extra_downloads.unwrap_or_default())?,
            versions: each(body.versions.unwrap_or_default())?,
        })
    }
}

/// The document's `Dependency`.
#[derive(Deserialize)]
struct WireDependency {
    id: i64,
    version_id: i64,
    crate_id: String,
    req: String,
    kind: Option<String>,
    optional: Option<bool>,
    default_features: Option<bool>,
    features: Option<Vec<String>>,
    target: Option<String>,
    downloads: Option<u64>,
}

impl From<WireDependency> for Dependency {
    fn from(wire: WireDependency) -> Self {
        let kind = match wire.kind.as_deref() {
            Some("build") => DependencyKind::Build,
            Some("dev") => DependencyKind::Dev,
            _ => DependencyKind::Normal,
        };
        Self {
            id: wire.id,
            version: VersionId(wire.version_id),
            krate: wire.crate_id,
            req: wire.req,
            kind,
            optional: wire.optional.unwrap_or_default(),
            default_features: wire.default_features.unwrap_or(true),
            features: wire.features.unwrap_or_default(),
            target: said(wire.target),
        }
    }
}

/// `GET /api/v1/crates/{name}/{version}/dependencies`
#[derive(Deserialize)]
pub(in crate::api) struct DependenciesBody {
    dependencies: Vec<WireDependency>,
}

impl From<DependenciesBody> for Vec<Dependency> {
    fn from(body: DependenciesBody) -> Self {
        body.dependencies
            .into_iter()
            .map(Dependency::from)
            .collect()
    }
}

/// `GET /api/v1/crates/{name}/reverse_dependencies`
#[derive(Deserialize)]
pub(in crate::api) struct DependentsBody {
    dependencies: Vec<WireDependency>,
    versions: Vec<WireVersion>,
    meta: Meta,
}

impl TryFrom<DependentsBody> for Page<Dependent> {
    type Error = Malformed;

    fn try_from(body: DependentsBody) -> Result<Self, Malformed> {
        let versions: Vec<Version> = each(body.versions)?;
        let dependent = |wire: WireDependency| {
            let version = versions
                .iter()
                .find(|version| version.id.0 == wire.version_id)?
                .clone();
            let downloads = wire.downloads.unwrap_or_default();
            Some(Dependent {
                version,
                downloads,
                dependency: wire.into(),
            })
        };
        Ok(Self {
            items: body
                .dependencies
                .into_iter()
                .filter_map(dependent)
                .collect(),
            total: body.meta.total.unwrap_or_default(),
            next: link(body.meta.next_page),
            prev: link(body.meta.prev_page),
        })
    }
}
