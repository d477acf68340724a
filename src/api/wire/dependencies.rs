//! Downloads by day, and dependencies in both directions.
//!
//! Both name versions by number only; dependents are joined with theirs here.

use super::page_of;
use super::versions::version_of;
use crate::api::json::Json;
use crate::domain::dependency::{Dependency, DependencyKind, Dependent};
use crate::domain::download::{CrateDownloads, DayDownloads, VersionDownloads};
use crate::domain::page::Page;
use crate::domain::time::Day;
use crate::domain::version::VersionId;

fn day(json: &Json<'_>) -> Option<Day> {
    Day::parse(&json.text("date"))
}

/// The document's `VersionDownload`.
fn version_day(json: &Json<'_>) -> Option<VersionDownloads> {
    Some(VersionDownloads {
        version: VersionId(json.id("version")),
        day: day(json)?,
        downloads: json.number("downloads"),
    })
}

fn other_day(json: &Json<'_>) -> Option<DayDownloads> {
    Some(DayDownloads {
        day: day(json)?,
        downloads: json.number("downloads"),
    })
}

/// `GET /api/v1/crates/{name}/{version}/downloads`
pub(in crate::api) fn version_downloads(json: &Json<'_>) -> Option<Vec<VersionDownloads>> {
    json.each("version_downloads", version_day)
}

/// `GET /api/v1/crates/{name}/downloads?include=versions`
pub(in crate::api) fn crate_downloads(json: &Json<'_>) -> Option<CrateDownloads> {
    let by_version = version_downloads(json)?;
    let meta = json.object("meta")?;
    Some(CrateDownloads {
        by_version,
        others: meta.each("extra_downloads", other_day).unwrap_or_default(),
        versions: json.each("versions", version_of).unwrap_or_default(),
    })
}

/// The document's `Dependency`.
fn dependency(json: &Json<'_>) -> Option<Dependency> {
    let kind = match json.maybe_text("kind").as_deref() {
        Some("build") => DependencyKind::Build,
        Some("dev") => DependencyKind::Dev,
        _ => DependencyKind::Normal,
    };
    Some(Dependency {
        id: json.id("id"),
        version: VersionId(json.id("version_id")),
        krate: json.text("crate_id"),
        req: json.text("req"),
        kind,
        optional: json.flag("optional"),
        default_features: json.maybe_flag("default_features").unwrap_or(true),
        features: json.texts("features").unwrap_or_default(),
        target: json.said("target"),
    })
}

/// `GET /api/v1/crates/{name}/{version}/dependencies`
pub(in crate::api) fn dependencies(json: &Json<'_>) -> Option<Vec<Dependency>> {
    json.each("dependencies", dependency)
}

/// `GET /api/v1/crates/{name}/reverse_dependencies`
pub(in crate::api) fn dependents(json: &Json<'_>) -> Option<Page<Dependent>> {
    let versions = json.each("versions", version_of)?;
    let mut items = Vec::new();
    for json in json.objects("dependencies")? {
        let dependency = dependency(&json)?;
        let downloads = json.maybe_number("downloads").unwrap_or_default();
        if let Some(version) = versions.iter().find(|one| one.id == dependency.version) {
            items.push(Dependent {
                version: version.clone(),
                downloads,
                dependency,
            });
        }
    }
    page_of(json, items)
}
