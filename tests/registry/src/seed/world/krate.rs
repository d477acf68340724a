//! Crates, their versions and what those need as plain values.

use crate::seed::calendar::Micros;

/// A category of crates.
#[derive(Clone, Debug)]
pub struct Category {
    /// `development-tools::testing`.
    pub slug: String,
    /// What people read, nested with `::` too.
    pub title: String,
    /// A sentence.
    pub description: String,
    /// When it was added.
    pub created_at: Micros,
}

/// A crate with all its versions.
#[derive(Clone, Debug)]
pub struct Krate {
    /// Its number; no address shows it.
    pub id: i64,
    /// Its name as first published.
    pub name: String,
    /// A sentence, if any.
    pub description: Option<String>,
    /// Links of the newest version.
    pub homepage: Option<String>,
    /// Link to documentation elsewhere.
    pub documentation: Option<String>,
    /// Link to the source.
    pub repository: Option<String>,
    /// When the first version came.
    pub created_at: Micros,
    /// When anything changed last.
    pub updated_at: Micros,
    /// All downloads ever.
    pub downloads: i64,
    /// At most five.
    pub keywords: Vec<String>,
    /// Slugs.
    pub categories: Vec<String>,
    /// User ids, in the order in which they became owners.
    pub owners: Vec<i64>,
    /// Team ids.
    pub teams: Vec<i64>,
    /// In order of publishing.
    pub versions: Vec<Version>,
    /// Only trusted publishing may publish.
    pub trustpub_only: bool,
}

/// One published version.
#[derive(Clone, Debug)]
pub struct Version {
    /// Its number; downloads and dependencies refer to it.
    pub id: i64,
    /// As published, build metadata included.
    pub num: String,
    /// When it was published.
    pub created_at: Micros,
    /// When it changed last.
    pub updated_at: Micros,
    /// Its downloads ever.
    pub downloads: i64,
    /// Yanked, with or without a reason.
    pub yanked: bool,
    /// The reason.
    pub yank_message: Option<String>,
    /// SPDX, or older spellings.
    pub license: Option<String>,
    /// Of the packed file, in bytes.
    pub crate_size: i64,
    /// SHA-256 of the packed file.
    pub checksum: String,
    /// User id; nobody when published by a trusted workflow or before it was noted.
    pub published_by: Option<i64>,
    /// Publishing, yanking: action, user id, time.
    pub actions: Vec<(Action, i64, Micros)>,
    /// `rust-version`.
    pub rust_version: Option<String>,
    /// Unknown for versions from before it was noted.
    pub has_lib: Option<bool>,
    /// Names of programs; unknown as above.
    pub bin_names: Option<Vec<String>>,
    /// `edition`.
    pub edition: Option<String>,
    /// The native library it links.
    pub links: Option<String>,
    /// Features in JSON: name to list.
    pub features: Vec<(String, Vec<String>)>,
    /// Description at that version.
    pub description: Option<String>,
    /// Homepage at that version.
    pub homepage: Option<String>,
    /// Documentation at that version.
    pub documentation: Option<String>,
    /// Repository at that version.
    pub repository: Option<String>,
    /// JSON of the trusted publisher.
    pub trustpub: Option<String>,
    /// JSON of the line counts.
    pub linecounts: Option<String>,
    /// What it needs.
    pub dependencies: Vec<Dependency>,
    /// Downloads by day: days before `now`'s day, count. A day without downloads has no entry.
    pub daily: Vec<(i64, i64)>,
}

/// What an entry of the history of a version says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Published.
    Publish,
    /// Yanked.
    Yank,
    /// Unyanked.
    Unyank,
}

/// One requirement.
#[derive(Clone, Debug)]
pub struct Dependency {
    /// Its number; known only where it was recorded.
    pub id: Option<i64>,
    /// Name of the crate that is needed.
    pub on: String,
    /// `^1.2`.
    pub req: String,
    /// Normal, build or dev.
    pub kind: Kind,
    /// Only with a feature.
    pub optional: bool,
    /// Default features too.
    pub default_features: bool,
    /// Extra features.
    pub features: Vec<String>,
    /// `cfg(unix)` or a triple.
    pub target: Option<String>,
}

/// When a dependency is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// To run.
    Normal,
    /// By the build script.
    Build,
    /// By tests and examples.
    Dev,
}

impl Dependency {
    /// For building or for tests.
    #[must_use]
    pub const fn kind(mut self, kind: Kind) -> Self {
        self.kind = kind;
        self
    }

    /// Only with a feature.
    #[must_use]
    pub const fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// Without default features.
    #[must_use]
    pub const fn bare(mut self) -> Self {
        self.default_features = false;
        self
    }

    /// With these features.
    #[must_use]
    pub fn with(mut self, features: &[&str]) -> Self {
        self.features = features.iter().map(|&feature| feature.to_owned()).collect();
        self
    }

    /// Only for that target.
    #[must_use]
    pub fn on_target(mut self, target: &str) -> Self {
        self.target = Some(target.to_owned());
        self
    }
}
