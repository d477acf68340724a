//! Turns drafts into crates: gives out numbers, looks up owners, fills in what every version has.
//!
//! What it fills in depends on the names of crate and version only, so that adding a crate changes no other one.

use std::collections::HashMap;

use super::draft::{By, Draft, Release, Traffic};
use crate::seed::calendar::{DAY, HOUR, Micros};
use crate::seed::prng::Prng;
use crate::seed::world::{Action, Krate, Version};

/// How many versions have downloads by day; the rest count in the total only.
const VERSIONS_WITH_DAYS: usize = 7;
/// How far back downloads by day go.
const DAYS: i64 = 90;

/// Gives out numbers to crates and versions in the order in which they come.
#[derive(Debug)]
pub struct Shelf<'a> {
    now: Micros,
    users: &'a HashMap<String, i64>,
    teams: &'a HashMap<String, i64>,
    next_version: i64,
    crates: Vec<Krate>,
}

impl<'a> Shelf<'a> {
    /// An empty one. Names of users and teams must be known, or they are left out.
    #[must_use]
    pub const fn new(
        now: Micros,
        users: &'a HashMap<String, i64>,
        teams: &'a HashMap<String, i64>,
    ) -> Self {
        Self {
            now,
            users,
            teams,
            next_version: 1,
            crates: vec![],
        }
    }

    /// How many crates it holds.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.crates.len()
    }

    /// Adds a crate.
    pub fn put(&mut self, draft: Draft) {
        let owners: Vec<i64> = draft
            .owners
            .iter()
            .filter_map(|name| self.users.get(name).copied())
            .collect();
        let teams = draft
            .teams
            .iter()
            .filter_map(|login| self.teams.get(login).copied())
            .collect();
        let count = draft.releases.len();
        let mut versions = Vec::with_capacity(count);
        for (nth, release) in draft.releases.iter().enumerate() {
            let id = self.next_version;
            self.next_version += 1;
            // The newest ones carry the days, the newest of all the most of them.
            let age = count - 1 - nth;
            let daily = if age < VERSIONS_WITH_DAYS {
                self.days(&draft, release, age)
            } else {
                vec![]
            };
            versions.push(self.version(id, &draft, release, owners.first().copied(), daily));
        }
        let created_at = versions
            .iter()
            .map(|version| version.created_at)
            .min()
            .unwrap_or(self.now);
        let updated_at = versions
            .iter()
            .map(|version| version.updated_at)
            .max()
            .unwrap_or(created_at);
        share_out(draft.downloads, &mut versions);
        self.crates.push(Krate {
            id: i64::try_from(self.crates.len()).unwrap_or(0) + 1,
            name: draft.name,
            description: draft.description,
            homepage: draft.homepage,
            documentation: draft.documentation,
            repository: draft.repository,
            created_at,
            updated_at,
            downloads: versions.iter().map(|version| version.downloads).sum(),
            keywords: draft.keywords,
            categories: draft.categories,
            owners,
            teams,
            versions,
            trustpub_only: draft.trustpub_only,
        });
    }

    /// The crates, in order of their numbers.
    #[must_use]
    pub fn take(self) -> Vec<Krate> {
        self.crates
    }

    fn version(
        &self,
        id: i64,
        draft: &Draft,
        release: &Release,
        owner: Option<i64>,
        daily: Vec<(i64, i64)>,
    ) -> Version {
        let mut prng = Prng::named(&format!("{} {}", draft.name, release.num));
        let user = |name: &String| self.users.get(name).copied();
        let published_by = match &release.by {
            By::Owner => owner,
            By::User(name) => user(name),
            By::Nobody | By::GitHub | By::GitLab => None,
        };
        let mut actions = vec![];
        if let Some(publisher) = published_by {
            actions.push((Action::Publish, publisher, release.at));
        }
        let mut updated_at = release.at;
        if let (Some(owner), true) = (owner, release.yanked.is_some()) {
            updated_at = (release.at + 2 * DAY).min(self.now);
            actions.push((Action::Yank, owner, updated_at));
        }
        if let (Some(owner), Some(by)) = (owner, release.unyanked_by.as_ref().and_then(user)) {
            updated_at = (release.at + DAY + HOUR).min(self.now);
            actions.push((Action::Yank, owner, (release.at + DAY).min(self.now)));
            actions.push((Action::Unyank, by, updated_at));
        }
        let known = !release.old;
        Version {
            id,
            num: release.num.clone(),
            created_at: release.at,
            updated_at,
            downloads: 0,
            yanked: release.yanked.is_some(),
            yank_message: release.yanked.clone().flatten(),
            license: release.license.clone(),
            crate_size: prng.between(2_000, 400_000),
            checksum: prng.hex(64),
            published_by,
            actions,
            rust_version: release.rust_version.clone().filter(|_| known),
            has_lib: known.then_some(release.lib),
            bin_names: known.then(|| release.bins.clone()),
            edition: release.edition.clone().filter(|_| known),
            links: release.links.clone(),
            features: release.features.clone(),
            description: draft.description.clone(),
            homepage: draft.homepage.clone(),
            documentation: draft.documentation.clone(),
            repository: draft.repository.clone(),
            trustpub: trusted_publisher(draft, release, &mut prng),
            linecounts: known.then(|| linecounts(&mut prng)),
            dependencies: release.dependencies.clone(),
            daily,
        }
    }

    /// Downloads of one version by day, `age` versions older than the newest.
    fn days(&self, draft: &Draft, release: &Release, age: usize) -> Vec<(i64, i64)> {
        let (base, gaps) = match draft.traffic {
            Traffic::Silent => return vec![],
            Traffic::Daily(base) => (base, false),
            Traffic::Gaps(base) => (base, true),
        };
        let mut prng = Prng::named(&format!("days of {} {}", draft.name, release.num));
        let base = base / (1 << age.min(20));
        let today = self.now.div_euclid(DAY);
        let mut days = vec![];
        for ago in (1..=DAYS).rev() {
            let published = release.at.div_euclid(DAY) <= today - ago;
            let silent = gaps && (ago / 10) % 2 == 0;
            // 1970-01-01 was a Thursday, so days 2 and 3 of each week are Saturday and Sunday.
            let weekend = matches!((today - ago).rem_euclid(7), 2 | 3);
            let usual = if weekend { base * 55 / 100 } else { base };
            let count = usual * prng.between(80, 121) / 100 + prng.between(0, 3) - 1;
            if published && !silent && count > 0 {
                days.push((ago, count));
            }
        }
        days
    }
}

/// Splits the crate's downloads over its versions, never below what the days of a version add up to.
fn share_out(total: i64, versions: &mut [Version]) {
    let by_days: i64 = versions
        .iter()
        .flat_map(|version| &version.daily)
        .map(|(_, count)| count)
        .sum();
    let count = i64::try_from(versions.len()).unwrap_or(1).max(1);
    let rest = (total - by_days).max(0);
    for version in versions.iter_mut() {
        version.downloads =
            rest / count + version.daily.iter().map(|(_, count)| count).sum::<i64>();
    }
    if let Some(last) = versions.last_mut() {
        last.downloads += rest % count;
    }
}

fn trusted_publisher(draft: &Draft, release: &Release, prng: &mut Prng) -> Option<String> {
    let owner = draft.owners.first().map_or("nobody", String::as_str);
    let json = match release.by {
        By::GitHub => serde_json::json!({
            "provider": "github",
            "repository": format!("{owner}/{}", draft.name),
            "run_id": prng.between(10_000_000_000, 20_000_000_000).to_string(),
            "sha": prng.hex(40),
        }),
        By::GitLab => serde_json::json!({
            "provider": "gitlab",
            "project_path": format!("{owner}/{}", draft.name),
            "job_id": prng.between(1_000_000, 9_000_000).to_string(),
            "sha": prng.hex(40),
        }),
        By::Owner | By::User(_) | By::Nobody => return None,
    };
    Some(json.to_string())
}

fn linecounts(prng: &mut Prng) -> String {
    let (rust, comments, files) = (
        prng.between(80, 24_000),
        prng.between(10, 4_000),
        prng.between(1, 90),
    );
    serde_json::json!({
        "languages": {
            "Rust": {"code_lines": rust, "comment_lines": comments, "files": files},
            "TOML": {"code_lines": 45, "comment_lines": 2, "files": 2},
        },
        "total_code_lines": rust + 45,
        "total_comment_lines": comments + 2,
    })
    .to_string()
}
