//! A crate as one writes it down: names instead of numbers, and only what is special about it.
//!
//! `Shelf` turns drafts into crates: it gives out the numbers and fills in what every version has.

use crate::seed::calendar::{DAY, Micros};
use crate::seed::world::{Dependency, Kind};

/// A crate before it has a number.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Its name.
    pub name: String,
    /// A sentence.
    pub description: Option<String>,
    /// Link.
    pub homepage: Option<String>,
    /// Link.
    pub documentation: Option<String>,
    /// Link.
    pub repository: Option<String>,
    /// All downloads ever.
    pub downloads: i64,
    /// How downloads spread over the last 90 days.
    pub traffic: Traffic,
    /// At most five.
    pub keywords: Vec<String>,
    /// Slugs.
    pub categories: Vec<String>,
    /// Usernames, first the one who publishes.
    pub owners: Vec<String>,
    /// Team logins.
    pub teams: Vec<String>,
    /// In order of publishing.
    pub releases: Vec<Release>,
    /// Only trusted publishing may publish.
    pub trustpub_only: bool,
}

/// How downloads spread over the last 90 days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Traffic {
    /// None at all.
    Silent,
    /// About that many on each day, fewer at weekends; a day may come out at none.
    Daily(i64),
    /// About that many, with weeks of nothing between.
    Gaps(i64),
}

/// One version before it has a number.
#[derive(Clone, Debug)]
pub struct Release {
    /// Version number.
    pub num: String,
    /// When.
    pub at: Micros,
    /// Yanked, with or without a reason.
    pub yanked: Option<Option<String>>,
    /// Licence.
    pub license: Option<String>,
    /// `rust-version`.
    pub rust_version: Option<String>,
    /// `edition`.
    pub edition: Option<String>,
    /// Has a library.
    pub lib: bool,
    /// Names of programs.
    pub bins: Vec<String>,
    /// Native library.
    pub links: Option<String>,
    /// Features.
    pub features: Vec<(String, Vec<String>)>,
    /// What it needs.
    pub dependencies: Vec<Dependency>,
    /// Who published it.
    pub by: By,
    /// From before the registry noted editions, libraries, line counts.
    pub old: bool,
    /// Yanked once and unyanked again, by that username.
    pub unyanked_by: Option<String>,
}

/// Who published a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// The first owner.
    Owner,
    /// Somebody by username.
    User(String),
    /// Nobody knows any more.
    Nobody,
    /// A workflow at GitHub.
    GitHub,
    /// A pipeline at GitLab.
    GitLab,
}

/// A crate with nothing but a name.
#[must_use]
pub fn draft(name: &str) -> Draft {
    Draft {
        name: name.to_owned(),
        description: None,
        homepage: None,
        documentation: None,
        repository: None,
        downloads: 0,
        traffic: Traffic::Silent,
        keywords: vec![],
        categories: vec![],
        owners: vec![],
        teams: vec![],
        releases: vec![],
        trustpub_only: false,
    }
}

/// An ordinary release at that time.
#[must_use]
pub fn release(num: &str, at: Micros) -> Release {
    Release {
        num: num.to_owned(),
        at,
        yanked: None,
        license: Some("MIT OR Apache-2.0".to_owned()),
        rust_version: None,
        edition: Some("2021".to_owned()),
        lib: true,
        bins: vec![],
        links: None,
        features: vec![],
        dependencies: vec![],
        by: By::Owner,
        old: false,
        unyanked_by: None,
    }
}

/// An ordinary dependency.
#[must_use]
pub fn needs(on: &str, req: &str) -> Dependency {
    Dependency {
        id: None,
        on: on.to_owned(),
        req: req.to_owned(),
        kind: Kind::Normal,
        optional: false,
        default_features: true,
        features: vec![],
        target: None,
    }
}

impl Draft {
    /// Says something about itself.
    #[must_use]
    pub fn says(mut self, description: &str) -> Self {
        self.description = Some(description.to_owned());
        self
    }

    /// Homepage, documentation and repository; an empty text is none.
    #[must_use]
    pub fn links(mut self, homepage: &str, documentation: &str, repository: &str) -> Self {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        (self.homepage, self.documentation, self.repository) =
            (some(homepage), some(documentation), some(repository));
        self
    }

    /// Has been downloaded that often, and is downloaded like that now.
    #[must_use]
    pub const fn downloaded(mut self, downloads: i64, traffic: Traffic) -> Self {
        self.downloads = downloads;
        self.traffic = traffic;
        self
    }

    /// Belongs to these users.
    #[must_use]
    pub fn owned_by(mut self, usernames: &[&str]) -> Self {
        self.owners = usernames.iter().map(|&name| name.to_owned()).collect();
        self
    }

    /// Belongs to these teams too.
    #[must_use]
    pub fn and_teams(mut self, logins: &[&str]) -> Self {
        self.teams = logins.iter().map(|&login| login.to_owned()).collect();
        self
    }

    /// Has these keywords and categories.
    #[must_use]
    pub fn filed_under(mut self, keywords: &[&str], categories: &[&str]) -> Self {
        self.keywords = keywords.iter().map(|&word| word.to_owned()).collect();
        self.categories = categories.iter().map(|&slug| slug.to_owned()).collect();
        self
    }

    /// Has one version more.
    #[must_use]
    pub fn with(mut self, release: Release) -> Self {
        self.releases.push(release);
        self
    }

    /// Has one ordinary version more, that many days old.
    #[must_use]
    pub fn version(self, num: &str, now: Micros, days_ago: i64) -> Self {
        self.with(release(num, now - days_ago * DAY))
    }
}

impl Release {
    /// Yanked, without a reason when that is empty.
    #[must_use]
    pub fn yanked(mut self, reason: &str) -> Self {
        self.yanked = Some((!reason.is_empty()).then(|| reason.to_owned()));
        self
    }

    /// Licence as its author wrote it; none when empty.
    #[must_use]
    pub fn license(mut self, license: &str) -> Self {
        self.license = (!license.is_empty()).then(|| license.to_owned());
        self
    }

    /// Needs that Rust, in that edition.
    #[must_use]
    pub fn rust(mut self, version: &str, edition: &str) -> Self {
        self.rust_version = (!version.is_empty()).then(|| version.to_owned());
        self.edition = (!edition.is_empty()).then(|| edition.to_owned());
        self
    }

    /// Has these programs, with or without a library.
    #[must_use]
    pub fn programs(mut self, bins: &[&str], lib: bool) -> Self {
        self.bins = bins.iter().map(|&bin| bin.to_owned()).collect();
        self.lib = lib;
        self
    }

    /// Has that feature.
    #[must_use]
    pub fn feature(mut self, name: &str, enables: &[&str]) -> Self {
        self.features.push((
            name.to_owned(),
            enables.iter().map(|&item| item.to_owned()).collect(),
        ));
        self
    }

    /// Needs that crate.
    #[must_use]
    pub fn needing(mut self, dependency: Dependency) -> Self {
        self.dependencies.push(dependency);
        self
    }

    /// Was published by somebody other than the first owner.
    #[must_use]
    pub fn by(mut self, by: By) -> Self {
        self.by = by;
        self
    }

    /// Is from before the registry noted editions, libraries and line counts.
    #[must_use]
    pub const fn old(mut self) -> Self {
        self.old = true;
        self
    }

    /// Links that native library.
    #[must_use]
    pub fn linking(mut self, library: &str) -> Self {
        self.links = Some(library.to_owned());
        self
    }
}
