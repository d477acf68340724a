//! Downloads by day: of a version, or of a crate with its newest versions told apart.
//!
//! A day without downloads may be missing, and days come in no promised order. It must not know how they are drawn.

use super::time::Day;
use super::version::{Version, VersionId};

/// Downloads of one version on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VersionDownloads {
    /// The version.
    pub version: VersionId,
    /// The day, UTC.
    pub day: Day,
    /// How many.
    pub downloads: u64,
}

/// Downloads on one day of all versions that are not told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayDownloads {
    /// The day, UTC.
    pub day: Day,
    /// How many.
    pub downloads: u64,
}

/// Downloads of a crate in the last 90 days (`GET /api/v1/crates/{name}/downloads?include=versions`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrateDownloads {
    /// Of the highest versions (the server takes five), each apart.
    pub by_version: Vec<VersionDownloads>,
    /// Of all others, together.
    pub others: Vec<DayDownloads>,
    /// The versions that are told apart.
    pub versions: Vec<Version>,
}
