//! The data behind the recorded answers, so that a recorded request gets the recorded answer.
//!
//! Crates and versions are read out of the recordings themselves; people, owners and what lies between are written
//! down beside, as the recordings show them. Times are absolute: whoever replays sets the clock to [`NOW`].
//! `twin-user` (20) is missing: two people of one canonical name cannot be stored here.

mod between;
mod marks;
mod objects;
mod people;
#[cfg(test)]
mod tests;

use super::calendar::Micros;
use super::world::{Dependency, Kind, Krate, Version, World};
use objects::Objects;

/// When the recordings' database was filled: 2026-11-21T01:47:37.236674Z.
pub const NOW: Micros = 1_795_225_657_236_674;

/// The number of the first crate and of the first version.
const FIRST_CRATE: i64 = 101;
const FIRST_VERSION: i64 = 1001;

/// Everything as it was before the first recorded request.
#[must_use]
pub fn world() -> World {
    let objects = Objects::read();
    let mut crates = vec![];
    let mut next_version = FIRST_VERSION;
    for (id, name) in (FIRST_CRATE..).zip(names()) {
        crates.push(krate(id, &name, &mut next_version, &objects));
    }
    World {
        users: people::users(),
        teams: people::teams(),
        reserved: people::RESERVED.to_vec(),
        categories: marks::categories(),
        unused_keywords: marks::KEYWORDS
            .iter()
            .map(|&keyword| keyword.to_owned())
            .collect(),
        keywords_since: objects::time("2017-01-06T14:23:11Z"),
        crates,
        invitations: between::invitations(),
        tokens: between::tokens(),
        follows: between::follows(),
        publishers: between::publishers(),
        strangers: people::strangers(),
        num_downloads: Some(212_345_678_901),
        ..World::default()
    }
}

/// All crates in order of their numbers.
fn names() -> Vec<String> {
    let first = [
        "serde",
        "serde_derive",
        "tokio",
        "libc",
        "openssl-sys",
        "mega-crate",
    ];
    let last = [
        "solo-crate",
        "solo-plus-team",
        "bare",
        "all-yanked",
        "only-prerelease",
        "trusted-only",
        "hyphen-crate",
        "bin-only",
        "delete-me",
        "delete-me-too",
        "dep-target",
        "carols-crate",
        "fresh-team-crate",
    ];
    let mut names: Vec<String> = first.iter().map(|&name| name.to_owned()).collect();
    names.extend((1..=120).map(|number| format!("prolific-crate-{number:03}")));
    names.extend(last.iter().map(|&name| name.to_owned()));
    names.extend((1..=6).map(|number| format!("invite-{number}")));
    names
}

fn krate(id: i64, name: &str, next_version: &mut i64, objects: &Objects) -> Krate {
    let seen = objects.krate(name);
    let count = seen.integer("num_versions").unwrap_or(1);
    let mut versions = vec![];
    for nth in 0..count {
        let mut version = objects
            .version(*next_version)
            .unwrap_or_else(|| unseen(*next_version, name, nth, count, objects));
        version.daily = between::days(name, version.id);
        version.dependencies = dependencies(name, &version.num);
        versions.push(version);
        *next_version += 1;
    }
    let text = |key: &str| seen.text(key);
    Krate {
        id,
        name: name.to_owned(),
        description: text("description"),
        homepage: text("homepage"),
        documentation: text("documentation"),
        repository: text("repository"),
        created_at: seen.time("created_at").unwrap_or(NOW),
        updated_at: seen.time("updated_at").unwrap_or(NOW),
        downloads: seen.integer("downloads").unwrap_or(0),
        keywords: marks::keywords(name),
        categories: marks::categories_of(name),
        owners: people::owners(name),
        teams: people::owning_teams(name),
        versions,
        trustpub_only: seen.flag("trustpub_only"),
    }
}

/// A version that no recording shows: like its crate's neighbours, published when the crate was updated last (or, of
/// two, five months earlier).
fn unseen(id: i64, name: &str, nth: i64, count: i64, objects: &Objects) -> Version {
    let krate = objects.krate(name);
    let updated = krate.time("updated_at").unwrap_or(NOW);
    let last = nth + 1 == count;
    let num = if last {
        krate
            .text("default_version")
            .unwrap_or_else(|| "0.1.0".to_owned())
    } else {
        "0.1.0".to_owned()
    };
    let at = if last {
        updated
    } else {
        updated - 153 * super::calendar::DAY
    };
    objects::plain_version(id, name, &num, at, people::owners(name).first().copied())
}

fn dependencies(name: &str, num: &str) -> Vec<Dependency> {
    let plain = |id: i64, on: &str, req: &str| Dependency {
        id: Some(id),
        on: on.to_owned(),
        req: req.to_owned(),
        kind: Kind::Normal,
        optional: false,
        default_features: true,
        features: vec![],
        target: None,
    };
    if (name, num) == ("mega-crate", "2.8.4") {
        return vec![
            plain(1, "serde", "^1.0.100")
                .optional()
                .bare()
                .with(&["derive", "alloc"]),
            plain(2, "tokio", ">=1.20, <2").with(&["rt", "net"]),
            plain(3, "libc", "^0.2.100").on_target("cfg(unix)"),
            plain(4, "openssl-sys", "*").kind(Kind::Build),
            plain(5, "serde_derive", "=1.0.228").kind(Kind::Dev),
            plain(6, "serde", "^1").kind(Kind::Dev).with(&["derive"]),
        ];
    }
    let Some(number) = name
        .strip_prefix("prolific-crate-")
        .and_then(|number| number.parse::<i64>().ok())
    else {
        return vec![];
    };
    // The dependents of `mega-crate`: the newest versions of the first 35 of the many small crates.
    let newest = if number % 4 == 0 { "0.2.0" } else { "0.1.0" };
    let mut dependencies = vec![];
    if number <= 35 && num == newest {
        let kind = match number % 4 {
            2 => Kind::Dev,
            3 => Kind::Build,
            _ => Kind::Normal,
        };
        let mut next = plain(
            6 + number,
            "mega-crate",
            if number % 2 == 1 { "^2" } else { "^1.4" },
        )
        .kind(kind);
        next.optional = number % 5 == 0;
        dependencies.push(next);
    }
    if number == 1 {
        dependencies.push(plain(42, "dep-target", "^0.1"));
    }
    dependencies
}
