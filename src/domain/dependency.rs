//! What a version needs, and who needs it.
//!
//! Both directions have one shape in the API; here a dependent is a dependency together with the version that has it.
//! It must not know how a requirement is resolved.

use super::version::{Version, VersionId};

/// A dependency of a version (the document's `Dependency`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependency {
    /// The registry's number of it.
    pub id: i64,
    /// The version that has it.
    pub version: VersionId,
    /// The name of the crate that is needed.
    pub krate: String,
    /// The requirement, as the author wrote it.
    pub req: String,
    /// What it is needed for.
    pub kind: DependencyKind,
    /// Whether a feature has to turn it on.
    pub optional: bool,
    /// Whether its default features are on.
    pub default_features: bool,
    /// The features that are on beside those.
    pub features: Vec<String>,
    /// The platform it is limited to: a `cfg(…)` or a target triple.
    pub target: Option<String>,
}

/// What a dependency is needed for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DependencyKind {
    /// To run. Also what Cargo takes an absent kind for.
    #[default]
    Normal,
    /// To run the build script.
    Build,
    /// To test and for examples.
    Dev,
}

/// A version that depends on the crate asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependent {
    /// The version that has the dependency; its crate is the dependent.
    pub version: Version,
    /// The dependency.
    pub dependency: Dependency,
    /// All downloads of the dependent crate.
    pub downloads: u64,
}
