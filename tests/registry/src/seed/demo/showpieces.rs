//! Crates that have everything, and crates that show one thing about their list of versions.
//!
//! Each is found by its name; `DEMONSTRATION.md` lists them.

use super::draft::{By, Draft, Release, Traffic, draft, needs, release};
use crate::seed::calendar::{DAY, HOUR, Micros};
use crate::seed::world::Kind;

/// The one with 300 versions.
pub const MANY_VERSIONS: &str = "many-versions";

/// All showpieces; those that others depend on come first.
#[must_use]
pub fn all(now: Micros) -> Vec<Draft> {
    vec![
        crabshell(now),
        ten_cents(now),
        much_depended(now),
        many_versions(now),
        release_tracks(now),
        yanked_some(now),
        all_yanked(now),
        binary_only(now),
        binary_and_library(now),
    ]
}

fn crabshell(now: Micros) -> Draft {
    let mut shell = draft("crabshell")
        .says("A shell to build command line programs in: arguments, colours, progress and helpful errors 🦀")
        .links("https://crabshell.example/", "https://docs.rs/crabshell", "https://github.com/ferris/crabshell")
        .downloaded(251_345_678, Traffic::Daily(84_000))
        .filed_under(&["cli", "shell", "arguments", "terminal", "crab"], &["command-line-utilities", "development-tools::cargo-plugins"])
        .owned_by(&["ferris", "carols10cents", "casey-sensitive", "hazel-moss", "no-github", "two-services"])
        .and_teams(&["github:crab-works:core"]);
    let mut days_ago = 2_000;
    for (major, minors) in [(0, 8), (1, 10), (2, 6)] {
        for minor in 0..minors {
            let num = format!("{major}.{minor}.{}", minor % 3);
            let with = release(&num, now - days_ago * DAY)
                .rust(
                    if major < 2 { "1.56" } else { "1.74.1" },
                    if major == 0 { "2018" } else { "2021" },
                )
                .programs(&["crabshell", "cargo-crabshell"], true)
                .feature("default", &["std", "colour"])
                .feature("std", &[])
                .feature("colour", &[])
                .feature("progress", &["dep:quoll-codec"])
                .feature("nightly", &[])
                .needing(needs("much-depended", "^1.4").with(&["derive"]))
                .needing(needs("quoll-codec", "0").optional().bare())
                .needing(needs("ten-cents", "^2").kind(Kind::Dev));
            shell = shell.with(if minor % 4 == 1 {
                with.by(By::User("carols10cents".into()))
            } else {
                with
            });
            days_ago -= 83;
        }
    }
    shell
}

fn ten_cents(now: Micros) -> Draft {
    draft("ten-cents")
        .says("Counts small money exactly. Owned by somebody whose GitHub username is another one")
        .links("", "", "https://github.com/carolgithub/ten-cents")
        .downloaded(3_456_789, Traffic::Daily(2_100))
        .filed_under(&["money", "accounting"], &["finance"])
        .owned_by(&["carols10cents"])
        .version("1.0.0", now, 1_900)
        .version("2.0.0", now, 700)
        .version("2.1.0", now, 90)
}

fn much_depended(now: Micros) -> Draft {
    draft("much-depended")
        .says("A small thing that very many others stand on")
        .links(
            "https://much-depended.example",
            "",
            "https://github.com/murmur/much-depended",
        )
        .downloaded(812_345_678, Traffic::Daily(400_000))
        .filed_under(&["data", "no-std"], &["no-std", "data-structures"])
        .owned_by(&["murmur"])
        .with(release("1.3.9", now - 1_400 * DAY).rust("1.31", "2018"))
        .with(
            release("1.4.0", now - 900 * DAY)
                .rust("1.36", "2018")
                .feature("derive", &[]),
        )
        .with(
            release("1.4.1", now - 300 * DAY)
                .rust("1.36", "2018")
                .feature("default", &["std"])
                .feature("derive", &[])
                .feature("std", &[]),
        )
}

fn many_versions(now: Micros) -> Draft {
    let mut crowd = draft(MANY_VERSIONS)
        .says("Three hundred versions and a README of sixty kilobytes")
        .links(
            "https://many-versions.example/",
            "",
            "https://gitlab.com/prolific/many-versions",
        )
        .downloaded(45_678_901, Traffic::Daily(30_000))
        .filed_under(&["data", "cli", "crab"], &["data-structures"])
        .owned_by(&["prolific", "murmur", "layla-codes"]);
    let mut days_ago = 3_000;
    // 0.1.0 … 0.9.9, then 1.x, 2.x and so on; every 25th is a pre-release, every 17th is yanked.
    for nth in 0..300 {
        let (major, minor, patch) = (nth / 100, nth / 10 % 10, nth % 10);
        let num = match nth {
            298 => "2.9.8+build.2026-10".to_owned(),
            299 => "3.0.0-beta.1".to_owned(),
            _ if nth % 25 == 24 => format!("{major}.{minor}.{patch}-rc.{}", nth % 4 + 1),
            _ => format!("{major}.{minor}.{patch}"),
        };
        let mut next: Release =
            release(&num, now - days_ago * DAY - i64::from(nth) * 60 * 1_000_000)
                .rust(
                    if nth < 150 { "" } else { "1.70" },
                    if nth < 200 { "2018" } else { "2021" },
                )
                .feature("default", &["std"])
                .feature("std", &[])
                .needing(needs("much-depended", "^1"));
        if nth < 60 {
            next = next.old().by(By::Nobody);
        }
        if nth % 17 == 16 {
            next = next.yanked(if nth % 2 == 0 {
                "miscompiled, see the changelog"
            } else {
                ""
            });
        }
        crowd = crowd.with(next);
        days_ago -= if nth < 298 { 10 } else { 5 };
    }
    crowd
}

fn release_tracks(now: Micros) -> Draft {
    let mut tracks = draft("release-tracks")
        .says("Three lines of releases side by side, published out of order")
        .downloaded(98_765, Traffic::Daily(70))
        .filed_under(&["text"], &["parsing"])
        .owned_by(&["hazel-moss"]);
    for (num, days_ago) in [
        ("0.1.0-alpha.1", 900),
        ("0.1.0-alpha.2+build.7", 890),
        ("0.1.0", 880),
        ("0.2.0", 800),
        ("0.2.1", 780),
        ("1.0.0-rc.1", 700),
        ("1.0.0", 690),
        ("0.2.2", 680),
        ("1.1.0", 600),
        ("1.10.0", 500),
        ("1.9.1", 450),
        ("2.0.0-beta.1", 100),
        ("1.10.1", 60),
        ("2.0.0-beta.11", 30),
        ("2.0.0-beta.2", 29),
        ("0.2.3", 3),
    ] {
        tracks = tracks.version(num, now, days_ago);
    }
    tracks
}

fn yanked_some(now: Micros) -> Draft {
    let mut unyanked = release("0.3.0", now - 200 * DAY);
    unyanked.unyanked_by = Some("hazel-moss".to_owned());
    draft("yanked-some")
        .says("Two versions are yanked, one with a reason; one was yanked and brought back; the highest is yanked")
        .downloaded(33_333, Traffic::Daily(20))
        .owned_by(&["ferris", "hazel-moss"])
        .with(release("0.1.0", now - 400 * DAY).yanked("leaks memory <b>badly</b>"))
        .with(release("0.2.0", now - 300 * DAY).yanked(""))
        .with(unyanked)
        .with(release("0.4.0", now - 20 * DAY))
        .with(release("0.5.0", now - 2 * DAY - HOUR).yanked("published by mistake"))
}

fn all_yanked(now: Micros) -> Draft {
    draft("all-yanked")
        .says("Every version is yanked")
        .downloaded(17_036, Traffic::Daily(3))
        .owned_by(&["ferris"])
        .with(release("0.1.0", now - 900 * DAY).yanked("broken"))
        .with(release("0.2.0", now - 870 * DAY).yanked(""))
}

fn binary_only(now: Micros) -> Draft {
    draft("binary-only")
        .says("A program without a library")
        .downloaded(21_403, Traffic::Daily(15))
        .filed_under(&["cli"], &["command-line-utilities"])
        .owned_by(&["ferris"])
        .with(release("0.3.0", now - 500 * DAY).programs(&["binary-only"], false))
}

fn binary_and_library(now: Micros) -> Draft {
    draft("binary-and-library")
        .says("Three programs and a library")
        .downloaded(11_403, Traffic::Daily(6))
        .filed_under(&["cli"], &["command-line-utilities"])
        .owned_by(&["hazel-moss"])
        .with(
            release("1.2.3", now - 250 * DAY)
                .programs(&["one", "two", "a-third-program-with-a-long-name"], true),
        )
}
