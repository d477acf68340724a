//! Crates that show one thing each about what a version says of itself: needs, features, licence, Rust, publisher.

use super::draft::{By, Draft, Traffic, draft, needs, release};
use crate::seed::calendar::{DAY, Micros};
use crate::seed::world::Kind;

/// All of them.
pub(super) fn all(now: Micros) -> Vec<Draft> {
    vec![
        dependency_zoo(now),
        feature_forest(now),
        trusted_only(now),
        trusted_both(now),
        licence_zoo(now),
        rust_versions(now),
        published_by_others(now),
    ]
}

fn dependency_zoo(now: Micros) -> Draft {
    draft("dependency-zoo")
        .says("Dependencies of every kind, with features, targets and odd requirements")
        .downloaded(12_345, Traffic::Daily(12))
        .filed_under(&["data"], &["development-tools::build-utils"])
        .owned_by(&["hazel-moss"])
        .with(
            release("0.4.2", now - 40 * DAY)
                .linking("zoo")
                .needing(needs("much-depended", "^1.4").with(&["derive"]).bare())
                .needing(needs("crabshell", ">=1.2, <3").optional())
                .needing(needs("ten-cents", "=2.1.0"))
                .needing(needs("many-versions", "*"))
                .needing(needs("release-tracks", "~1.9").on_target("cfg(unix)"))
                .needing(
                    needs("feature-forest", "0.*")
                        .with(&["oak", "birch", "no-such-feature"])
                        .on_target(
                            "cfg(all(windows, target_env = \"msvc\", not(target_arch = \"x86\")))",
                        ),
                )
                .needing(needs("much-depended", "^1").kind(Kind::Build))
                .needing(
                    needs("licence-zoo", "1")
                        .kind(Kind::Build)
                        .on_target("wasm32-unknown-unknown"),
                )
                .needing(needs("quoll-codec", "^0").kind(Kind::Dev))
                .needing(needs("all-yanked", "^0.2").kind(Kind::Dev))
                .needing(
                    needs("Mixed_Case-Name", "^0.1")
                        .kind(Kind::Dev)
                        .with(&["full"]),
                ),
        )
}

fn feature_forest(now: Micros) -> Draft {
    let mut forest = release("0.9.0", now - 77 * DAY)
        .feature("default", &["oak", "birch"])
        .feature("full", &[]);
    for tree in [
        "oak", "birch", "alder", "ash", "beech", "cedar", "elm", "fir", "hazel", "larch", "lime",
        "maple", "pine", "rowan", "spruce", "willow", "yew",
    ] {
        forest = forest.feature(tree, &["much-depended?/derive", "dep:much-depended"]);
    }
    for number in 0..20 {
        forest = forest.feature(
            &format!("a-feature-with-a-rather-long-name-number-{number}"),
            &[],
        );
    }
    draft("feature-forest")
        .says("Thirty-nine features")
        .downloaded(4_321, Traffic::Daily(5))
        .owned_by(&["alder", "birch"])
        .with(forest.needing(needs("much-depended", "^1").optional()))
}

fn trusted_only(now: Micros) -> Draft {
    let mut only = draft("trusted-only")
        .says("Only a trusted workflow may publish this")
        .downloaded(6_789, Traffic::Daily(9))
        .owned_by(&["ferris"])
        .with(release("1.0.0", now - 100 * DAY).by(By::GitHub))
        .with(release("1.0.1", now - 50 * DAY).by(By::GitHub));
    only.trustpub_only = true;
    only
}

fn trusted_both(now: Micros) -> Draft {
    draft("trusted-both")
        .says("Published by hand first, then by GitHub, then by GitLab")
        .downloaded(5_678, Traffic::Daily(8))
        .owned_by(&["two-services"])
        .with(release("0.1.0", now - 300 * DAY))
        .with(release("0.2.0", now - 200 * DAY).by(By::GitHub))
        .with(release("0.3.0", now - 100 * DAY).by(By::GitLab))
}

fn licence_zoo(now: Micros) -> Draft {
    let mut zoo = draft("licence-zoo")
        .says("A different licence in each version")
        .downloaded(1_234, Traffic::Daily(2))
        .owned_by(&["murmur"]);
    for (num, licence, days_ago) in [
        ("0.1.0", "MIT/Apache-2.0", 800),
        ("0.2.0", "MPL-2.0", 700),
        (
            "0.3.0",
            "GPL-3.0-or-later WITH Classpath-exception-2.0",
            600,
        ),
        ("0.4.0", "(MIT OR Apache-2.0) AND Unicode-3.0", 500),
        ("0.5.0", "non-standard", 400),
        ("0.6.0", "", 300),
        (
            "1.0.0",
            "MIT OR Apache-2.0 OR Zlib OR BSD-3-Clause OR ISC OR CC0-1.0 OR Unlicense",
            200,
        ),
    ] {
        zoo = zoo.with(release(num, now - days_ago * DAY).license(licence));
    }
    zoo
}

fn rust_versions(now: Micros) -> Draft {
    let mut crate_ = draft("rust-versions")
        .says("Every edition, with and without a Rust version")
        .downloaded(2_345, Traffic::Daily(3))
        .owned_by(&["murmur"]);
    for (num, rust, edition, days_ago) in [
        ("0.1.0", "", "2015", 900),
        ("0.2.0", "1.31", "2018", 800),
        ("0.3.0", "", "2021", 700),
        ("0.4.0", "1.56.1", "2021", 600),
        ("0.5.0", "1.85", "2024", 500),
        ("0.6.0", "", "", 400),
    ] {
        crate_ = crate_.with(release(num, now - days_ago * DAY).rust(rust, edition));
    }
    crate_
}

fn published_by_others(now: Micros) -> Draft {
    let mut others = draft("published-by-others")
        .says("Each version was published by somebody else, some of whom have a badge")
        .downloaded(7_777, Traffic::Daily(7))
        .owned_by(&[
            "ferris",
            "carols10cents",
            "no-github",
            "orchard",
            "nameless",
            "layla-codes",
        ]);
    let publishers = [
        "ferris",
        "carols10cents",
        "no-github",
        "orchard",
        "nameless",
        "layla-codes",
        "blank-slate",
        "ra--",
        "octo_acme",
    ];
    for (nth, name) in publishers.into_iter().enumerate() {
        let days_ago = 500 - 50 * i64::try_from(nth).unwrap_or(0);
        others = others.with(
            release(&format!("0.{}.0", nth + 1), now - days_ago * DAY)
                .by(By::User(name.to_owned())),
        );
    }
    others.with(release("0.10.0", now - 10 * DAY).by(By::Nobody))
}
