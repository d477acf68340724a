//! Versions, what was done to them, and lists of them.
//!
//! Who published a version, or did something to it, is an addition: where that user cannot be read, the version still is.

use std::collections::BTreeMap;

use super::users::user;
use super::{link, moment};
use crate::api::json::Json;
use crate::domain::version::{
    AuditAction, AuditKind, ReleaseTrack, TrustedPublisher, Updates, Version, VersionId,
    VersionPage,
};

/// The document's `Version`.
pub(super) fn version_of(json: &Json<'_>) -> Option<Version> {
    let actions = json.objects("audit_actions").unwrap_or_default();
    let lines = json.object("linecounts");
    Some(Version {
        id: VersionId(json.id("id")),
        krate: json.text("crate"),
        num: json.text("num"),
        created_at: moment(json, "created_at"),
        updated_at: moment(json, "updated_at"),
        downloads: json.maybe_number("downloads").unwrap_or_default(),
        features: features(json).unwrap_or_default(),
        yanked: json.flag("yanked"),
        yank_message: json.said("yank_message"),
        license: json.said("license"),
        crate_size: json.maybe_number("crate_size"),
        published_by: json.object("published_by").and_then(|json| user(&json)),
        trusted_publisher: json.object("trustpub_data").map(trusted_publisher),
        audit_actions: actions.iter().filter_map(audit_action).collect(),
        rust_version: json.said("rust_version"),
        edition: json.said("edition"),
        has_lib: json.maybe_flag("has_lib"),
        bin_names: json.texts("bin_names").unwrap_or_default(),
        lib_links: json.said("lib_links"),
        code_lines: lines.and_then(|json| json.maybe_number("total_code_lines")),
        checksum: json.said("checksum"),
        description: json.said("description"),
        homepage: json.said("homepage"),
        documentation: json.said("documentation"),
        repository: json.said("repository"),
    })
}

fn features(json: &Json<'_>) -> Option<BTreeMap<String, Vec<String>>> {
    let json = json.object("features")?;
    let enabled = |name: String| {
        let list = json.texts(&name).unwrap_or_default();
        (name, list)
    };
    Some(json.keys().into_iter().map(enabled).collect())
}

fn trusted_publisher(json: Json<'_>) -> TrustedPublisher {
    let text = |key| json.maybe_text(key).unwrap_or_default();
    let provider = json.text("provider");
    let (repository, project_path) = (
        json.maybe_text("repository"),
        json.maybe_text("project_path"),
    );
    match (provider.as_str(), repository, project_path) {
        ("github", Some(repository), _) => TrustedPublisher::GitHub {
            repository,
            run_id: text("run_id"),
            sha: text("sha"),
        },
        ("gitlab", _, Some(project_path)) => TrustedPublisher::GitLab {
            project_path,
            job_id: text("job_id"),
            sha: text("sha"),
        },
        _ => TrustedPublisher::Other(provider),
    }
}

fn audit_action(json: &Json<'_>) -> Option<AuditAction> {
    let action = json.text("action");
    let kind = match action.as_str() {
        "publish" => AuditKind::Publish,
        "yank" => AuditKind::Yank,
        "unyank" => AuditKind::Unyank,
        _ => AuditKind::Other(action),
    };
    Some(AuditAction {
        kind,
        user: user(&json.object("user")?)?,
        time: moment(json, "time"),
    })
}

/// `GET /api/v1/crates/{name}/{version}`
pub(in crate::api) fn version(json: &Json<'_>) -> Option<Version> {
    version_of(&json.object("version")?)
}

/// `GET /api/v1/crates/{name}/versions`
pub(in crate::api) fn versions(json: &Json<'_>) -> Option<VersionPage> {
    let versions = json.each("versions", version_of)?;
    let meta = json.object("meta")?;
    let mut release_tracks = Vec::new();
    if let Some(tracks) = meta.object("release_tracks") {
        for name in tracks.keys() {
            let highest = tracks.object(&name)?.text("highest");
            release_tracks.push(ReleaseTrack { name, highest });
        }
    }
    // As text, `0.10` would come before `0.2`.
    release_tracks.sort_by_key(|track| {
        track
            .name
            .split('.')
            .map(|part| part.parse().ok())
            .collect::<Vec<Option<u64>>>()
    });
    Some(VersionPage {
        versions,
        total: meta.maybe_number("total").unwrap_or_default(),
        next: link(&meta, "next_page"),
        release_tracks,
    })
}

/// `GET /api/v1/me/updates`
pub(in crate::api) fn updates(json: &Json<'_>) -> Option<Updates> {
    Some(Updates {
        versions: json.each("versions", version_of)?,
        more: json.object("meta")?.flag("more"),
    })
}

/// `GET /api/v1/crates/{name}/{version}/readme` with `Accept: application/json`: where it is.
pub(in crate::api) fn readme_address(json: &Json<'_>) -> Option<String> {
    Some(json.text("url"))
}
