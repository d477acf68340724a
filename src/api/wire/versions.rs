//! Versions, what was done to them, and lists of them.
//!
//! Who published a version, or did something to it, is an addition: where that user cannot be read, the version still is.

use std::collections::BTreeMap;

use miniserde::Deserialize;

use super::users::WireUser;
use super::{Malformed, each, link, moment, said};
use crate::domain::user::User;
use crate::domain::version::{
    AuditAction, AuditKind, ReleaseTrack, TrustedPublisher, Updates, Version, VersionId,
    VersionPage,
};

/// The document's `Version`.
#[derive(Deserialize)]
pub(super) struct WireVersion {
    id: i64,
    #[serde(rename = "crate")]
    krate: String,
    num: String,
    created_at: Option<String>,
    updated_at: Option<String>,
    downloads: Option<u64>,
    features: Option<BTreeMap<String, Vec<String>>>,
    yanked: Option<bool>,
    yank_message: Option<String>,
    license: Option<String>,
    crate_size: Option<u64>,
    published_by: Option<WireUser>,
    trustpub_data: Option<WireTrustpub>,
    audit_actions: Option<Vec<WireAudit>>,
    rust_version: Option<String>,
    edition: Option<String>,
    has_lib: Option<bool>,
    bin_names: Option<Vec<Option<String>>>,
    lib_links: Option<String>,
    linecounts: Option<WireLines>,
    checksum: Option<String>,
    description: Option<String>,
    homepage: Option<String>,
    documentation: Option<String>,
    repository: Option<String>,
}

#[derive(Deserialize)]
struct WireTrustpub {
    provider: String,
    repository: Option<String>,
    run_id: Option<String>,
    project_path: Option<String>,
    job_id: Option<String>,
    sha: Option<String>,
}

#[derive(Deserialize)]
struct WireAudit {
    action: String,
    user: WireUser,
    time: Option<String>,
}

#[derive(Deserialize)]
struct WireLines {
    total_code_lines: Option<u64>,
}

impl TryFrom<WireVersion> for Version {
    type Error = Malformed;

    fn try_from(wire: WireVersion) -> Result<Self, Malformed> {
        Ok(Self {
            id: VersionId(wire.id),
            krate: wire.krate,
            num: wire.num,
            created_at: moment(wire.created_at),
            updated_at: moment(wire.updated_at),
            downloads: wire.downloads.unwrap_or_default(),
            features: wire.features.unwrap_or_default(),
            yanked: wire.yanked.unwrap_or_default(),
            yank_message: said(wire.yank_message),
            license: said(wire.license),
            crate_size: wire.crate_size,
            published_by: wire.published_by.and_then(|user| User::try_from(user).ok()),
            trusted_publisher: wire.trustpub_data.map(TrustedPublisher::from),
            audit_actions: wire
                .audit_actions
                .unwrap_or_default()
                .into_iter()
                .filter_map(audit_action)
                .collect(),
            rust_version: said(wire.rust_version),
            edition: said(wire.edition),
            has_lib: wire.has_lib,
            bin_names: wire
                .bin_names
                .unwrap_or_default()
                .into_iter()
                .flatten()
                .collect(),
            lib_links: said(wire.lib_links),
            code_lines: wire.linecounts.and_then(|lines| lines.total_code_lines),
            checksum: said(wire.checksum),
            description: said(wire.description),
            homepage: said(wire.homepage),
            documentation: said(wire.documentation),
            repository: said(wire.repository),
        })
    }
}

impl From<WireTrustpub> for TrustedPublisher {
    fn from(wire: WireTrustpub) -> Self {
        let sha = wire.sha.unwrap_or_default();
        match (wire.provider.as_str(), wire.repository, wire.project_path) {
            ("github", Some(repository), _) => Self::GitHub {
                repository,
                run_id: wire.run_id.unwrap_or_default(),
                sha,
            },
            ("gitlab", _, Some(project_path)) => Self::GitLab {
                project_path,
                job_id: wire.job_id.unwrap_or_default(),
                sha,
            },
            _ => Self::Other(wire.provider),
        }
    }
}

fn audit_action(wire: WireAudit) -> Option<AuditAction> {
    let kind = match wire.action.as_str() {
        "publish" => AuditKind::Publish,
        "yank" => AuditKind::Yank,
        "unyank" => AuditKind::Unyank,
        _ => AuditKind::Other(wire.action),
    };
    Some(AuditAction {
        kind,
        user: User::try_from(wire.user).ok()?,
        time: moment(wire.time),
    })
}

/// `GET /api/v1/crates/{name}/{version}`
#[derive(Deserialize)]
pub(in crate::api) struct VersionBody {
    version: WireVersion,
}

impl TryFrom<VersionBody> for Version {
    type Error = Malformed;

    fn try_from(body: VersionBody) -> Result<Self, Malformed> {
        body.version.try_into()
    }
}

/// `GET /api/v1/crates/{name}/versions`
#[derive(Deserialize)]
pub(in crate::api) struct VersionsBody {
    versions: Vec<WireVersion>,
    meta: VersionsMeta,
}

#[derive(Deserialize)]
struct VersionsMeta {
    total: Option<u64>,
    next_page: Option<String>,
    release_tracks: Option<BTreeMap<String, WireTrack>>,
}

#[derive(Deserialize)]
struct WireTrack {
    highest: String,
}

impl TryFrom<VersionsBody> for VersionPage {
    type Error = Malformed;

    fn try_from(body: VersionsBody) -> Result<Self, Malformed> {
        let tracks = body.meta.release_tracks.unwrap_or_default();
        let mut release_tracks: Vec<ReleaseTrack> = tracks
            .into_iter()
            .map(|(name, track)| ReleaseTrack {
                name,
                highest: track.highest,
            })
            .collect();
        // As text, `0.10` would come before `0.2`.
        release_tracks.sort_by_key(|track| {
            track
                .name
                .split('.')
                .map(|part| part.parse().ok())
                .collect::<Vec<Option<u64>>>()
        });
        Ok(Self {
            versions: each(body.versions)?,
            total: body.meta.total.unwrap_or_default(),
            next: link(body.meta.next_page),
            release_tracks,
        })
    }
}

/// `GET /api/v1/me/updates`
#[derive(Deserialize)]
pub(in crate::api) struct UpdatesBody {
    versions: Vec<WireVersion>,
    meta: UpdatesMeta,
}

#[derive(Deserialize)]
struct UpdatesMeta {
    more: Option<bool>,
}

impl TryFrom<UpdatesBody> for Updates {
    type Error = Malformed;

    fn try_from(body: UpdatesBody) -> Result<Self, Malformed> {
        Ok(Self {
            versions: each(body.versions)?,
            more: body.meta.more.unwrap_or_default(),
        })
    }
}

/// `GET /api/v1/crates/{name}/{version}/readme` with `Accept: application/json`
#[derive(Deserialize)]
pub(in crate::api) struct ReadmeBody {
    pub(in crate::api) url: String,
}
