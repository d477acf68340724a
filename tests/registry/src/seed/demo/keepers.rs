//! Crates that show owners: one, six, forty; teams; people whose names are alike. And the crates of those who own many.

use super::draft::{Draft, Traffic, draft, release};
use crate::seed::calendar::{DAY, Micros};
use crate::seed::prng::Prng;

/// How many crates `prolific` owns in all.
pub const PROLIFIC: usize = 120;

/// All of them. `everybody` are the usernames from which the forty are taken.
#[must_use]
pub fn all(now: Micros, everybody: &[String]) -> Vec<Draft> {
    let simple = |name: &str, text: &str| {
        draft(name)
            .says(text)
            .downloaded(7_285, Traffic::Daily(8))
            .version("1.0.0", now, 650)
    };
    // Not those whose number of crates is itself a specimen.
    let counted = ["blank-slate", "empty-shelf", "prolific", "twenty-five"];
    let forty: Vec<&str> = everybody
        .iter()
        .map(String::as_str)
        .filter(|name| !counted.contains(name))
        .take(40)
        .collect();
    let mut all = vec![
        simple("lone-lantern", "One owner only").owned_by(&["ferris"]),
        simple("six-hands", "Six owners, one of each kind of mismatch").owned_by(&[
            "ferris",
            "carols10cents",
            "casey-sensitive",
            "hazel-moss",
            "no-github",
            "orchard",
        ]),
        simple("forty-keepers", "Forty owners and two teams")
            .owned_by(&forty)
            .and_teams(&["github:crab-works:core", "github:octo-acme:readers"]),
        simple("look-alikes", "Owners whose names are easily confused").owned_by(&[
            "ferris",
            "ferrls",
            "carols10cents",
            "carolsl0cents",
            "not-ferris",
            "Il1O0",
        ]),
        simple(
            "ambiguous-names",
            "Owners whose names are somebody else's GitHub login",
        )
        .owned_by(&[
            "robin",
            "sherwood",
            "alder",
            "birch",
            "orchard",
            "orchard-gate",
        ]),
        simple("all-matching", "Owners whose names match").owned_by(&[
            "ferris",
            "murmur",
            "ra--",
            "octo_acme",
            "many-hats",
        ]),
        simple(
            "names-at-length",
            "Owners with long names and display names",
        )
        .owned_by(&[
            super::people::LONGEST,
            "long-winded",
            "unbroken",
            "html-name",
            "bidi-trick",
            "emoji-name",
        ]),
        simple("solo-plus-team", "One user and one team")
            .owned_by(&["ferris"])
            .and_teams(&["github:crab-works:core"]),
        simple(
            "two-teams",
            "One user and two teams, one without a name or a picture",
        )
        .owned_by(&["team-member"])
        .and_teams(&["github:crab-works:core", "github:octo-acme:readers"]),
        simple("owned-by-locked", "Its owner's account is locked").owned_by(&["locked-out"]),
        simple("open-door", "Thirty people are invited to own this")
            .owned_by(&["ferris", "hazel-moss"]),
        simple("kestrel-nest", "Its owner's GitHub account was renamed").owned_by(&[
            "kestrel",
            "renamed-on-github",
            "recycled",
        ]),
        simple(
            "moss-garden",
            "Its owner took a new username three days ago",
        )
        .owned_by(&[
            "fresh-moss",
            "copper-fox",
            "silver-fox",
            "home-again",
            "TidePool",
            "many-names",
        ]),
    ];
    for nth in 0..24 {
        all.push(
            draft(&format!("team-tool-{:02}", nth + 1))
                .says(&format!("Tool {} of a team", nth + 1))
                .downloaded(1_000 + 37 * nth, Traffic::Daily(1))
                .filed_under(&["team"], &["development-tools"])
                .owned_by(&["team-member"])
                .and_teams(&["github:crab-works:tools"])
                .version("0.1.0", now, 300 + nth),
        );
    }
    all.extend(numbered("tidbit", PROLIFIC - 1, "prolific", now));
    all.extend(numbered("quarter", 25, "twenty-five", now));
    all
}

/// Many small crates of one person. (`prolific` owns `many-versions` besides.)
fn numbered(stem: &str, count: usize, owner: &str, now: Micros) -> Vec<Draft> {
    let categories = [
        "algorithms",
        "encoding",
        "parsing",
        "development-tools",
        "development-tools::testing",
        "mathematics",
    ];
    let mut all = Vec::with_capacity(count);
    for nth in 1..=count {
        let name = format!("{stem}-{nth:03}");
        let mut prng = Prng::named(&name);
        let mut next = draft(&name)
            .says(&format!("Number {nth} of many small crates"))
            .downloaded(
                i64::try_from(nth).unwrap_or(0) * 1_000,
                Traffic::Daily(prng.between(0, 9)),
            )
            .filed_under(&[stem], &[prng.pick(&categories)])
            .owned_by(&[owner])
            .with(release("0.1.0", now - prng.between(400, 2_400) * DAY));
        if prng.chance(40) {
            next = next.with(release("0.1.1", now - prng.between(3, 390) * DAY));
        }
        // A few are yanked, so that `include_yanked=n` shows fewer.
        if nth % 40 == 0 {
            next.releases = next
                .releases
                .into_iter()
                .map(|release| release.yanked(""))
                .collect();
        }
        all.push(next);
    }
    all
}
