//! A published version of a crate, and who did what to it.
//!
//! Numbers of versions stay text: the registry orders them, and reading requirements is the semver crate's work. It must
//! not know which version a visitor is shown first.

use std::collections::BTreeMap;

use super::page::PageLink;
use super::time::Timestamp;
use super::user::User;

/// The registry's number of a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionId(pub i64);

/// A version of a crate (the document's `Version`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Which one it is.
    pub id: VersionId,
    /// The name of its crate.
    pub krate: String,
    /// Its number in full, build metadata included.
    pub num: String,
    /// When it was published.
    pub created_at: Option<Timestamp>,
    /// When it last changed.
    pub updated_at: Option<Timestamp>,
    /// All its downloads.
    pub downloads: u64,
    /// Each feature, by name, with what it turns on.
    pub features: BTreeMap<String, Vec<String>>,
    /// Whether it is withdrawn from new resolutions.
    pub yanked: bool,
    /// Why, if that was said.
    pub yank_message: Option<String>,
    /// An SPDX expression, as the author gave it.
    pub license: Option<String>,
    /// Bytes of the archive.
    pub crate_size: Option<u64>,
    /// The user who published it; `None` when it was a trusted publisher, or before this was recorded.
    pub published_by: Option<User>,
    /// The trusted publisher that published it.
    pub trusted_publisher: Option<TrustedPublisher>,
    /// Publications and yanks, in order.
    pub audit_actions: Vec<AuditAction>,
    /// The oldest Rust it says it works with.
    pub rust_version: Option<String>,
    /// The Rust edition.
    pub edition: Option<String>,
    /// Whether it has a library; `None`: published before this was recorded.
    pub has_lib: Option<bool>,
    /// Names of its programs.
    pub bin_names: Vec<String>,
    /// The native library it links.
    pub lib_links: Option<String>,
    /// Lines of code, where they were counted.
    pub code_lines: Option<u64>,
    /// SHA-256 of the archive, in hexadecimal.
    pub checksum: Option<String>,
    /// As this version gave it.
    pub description: Option<String>,
    /// As this version gave it.
    pub homepage: Option<String>,
    /// As this version gave it.
    pub documentation: Option<String>,
    /// As this version gave it.
    pub repository: Option<String>,
}

/// A build service that published a version in a user's stead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TrustedPublisher {
    /// A GitHub Actions run.
    GitHub {
        /// `owner/name`.
        repository: String,
        /// The run's number.
        run_id: String,
        /// The commit it ran on.
        sha: String,
    },
    /// A GitLab job.
    GitLab {
        /// `group/…/name`.
        project_path: String,
        /// The job's number.
        job_id: String,
        /// The commit it ran on.
        sha: String,
    },
    /// A service this version does not know, under the name the server gave it.
    Other(String),
}

/// Something that somebody did to a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditAction {
    /// What.
    pub kind: AuditKind,
    /// Who.
    pub user: User,
    /// When.
    pub time: Option<Timestamp>,
}

/// What was done to a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuditKind {
    /// It was published.
    Publish,
    /// It was yanked.
    Yank,
    /// The yank was taken back.
    Unyank,
    /// Something this version does not know, under the server's name for it.
    Other(String),
}

/// A page of the versions of a crate (`GET /api/v1/crates/{name}/versions`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionPage {
    /// The versions on it, in the order asked for.
    pub versions: Vec<Version>,
    /// How many there are on all pages; 0 on an empty page past the end.
    pub total: u64,
    /// Leads to the next page.
    pub next: Option<PageLink>,
    /// The highest version of each release track, lowest track first; empty unless asked for.
    pub release_tracks: Vec<ReleaseTrack>,
}

/// Versions that promise to be compatible with each other, and the highest of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleaseTrack {
    /// The track: `1`, `0.2`.
    pub name: String,
    /// The highest version number in it.
    pub highest: String,
}

/// New versions of the crates that the signed-in user follows (`GET /api/v1/me/updates`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Updates {
    /// Last published first.
    pub versions: Vec<Version>,
    /// Whether there is another page.
    pub more: bool,
}
