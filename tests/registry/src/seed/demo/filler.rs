//! The ordinary crates between the special ones: invented work of ordinary people, enough of it to fill lists.

use super::draft::{Draft, Traffic, draft, needs, release};
use super::words::idea;
use crate::seed::calendar::{DAY, Micros};
use crate::seed::prng::Prng;
use crate::seed::world::Kind;

/// Those who write ordinary crates. The others' crates show something and are listed elsewhere.
const AUTHORS: &[&str] = &[
    "ferris",
    "carols10cents",
    "casey-sensitive",
    "hazel-moss",
    "no-github",
    "two-services",
    "many-hats",
    "ra--",
    "octo_acme",
    "layla-codes",
    "noam-writes",
    "murmur",
    "robin",
    "sherwood",
    "alder",
    "birch",
    "june-nineteenth",
    "early-bird",
    "nameless",
    "gitlab-only",
    "token-keeper",
    "follower",
    "QuietMouse",
    "Olive_Grove",
    "keeper-of-keys",
    "unverified",
    "ageless",
    "invited",
];

/// `count` of them. None has been downloaded a hundred thousand times, so that their owners' names protect nothing.
#[must_use]
pub fn all(now: Micros, count: usize) -> Vec<Draft> {
    (0..count).map(|nth| ordinary(now, nth)).collect()
}

fn ordinary(now: Micros, nth: usize) -> Draft {
    let idea = idea(nth);
    let mut prng = Prng::named(&format!("ordinary {}", idea.name));
    let how_many = if prng.chance(15) {
        3
    } else {
        1 + usize::from(prng.chance(30))
    };
    let owners = prng.sample(AUTHORS, how_many);
    let keywords: Vec<&str> = idea.keywords.iter().map(String::as_str).collect();
    let homepage = if prng.chance(25) {
        format!("https://{}.example/", idea.name.replace('_', "-"))
    } else {
        String::new()
    };
    let repository = if prng.chance(80) {
        format!("https://github.com/{}/{}", owners[0], idea.name)
    } else {
        String::new()
    };
    let daily = [0, 1, 3, 8, 20, 60][usize::try_from(prng.between(0, 6)).unwrap_or(0)];
    let mut crate_ = draft(&idea.name)
        .says(&idea.description)
        .links(&homepage, "", &repository)
        .downloaded(
            prng.between(100, 80_000),
            if prng.chance(20) {
                Traffic::Gaps(daily)
            } else {
                Traffic::Daily(daily)
            },
        )
        .filed_under(&keywords, &[idea.category.as_str()])
        .owned_by(&owners);
    if prng.chance(6) {
        crate_ = crate_.and_teams(&["github:crab-works:tools"]);
    }
    let versions = prng.between(1, 7);
    let mut days_ago = prng.between(30, 3_200);
    for minor in 0..versions {
        let mut next = release(
            &format!("0.{minor}.{}", prng.between(0, 4)),
            now - days_ago * DAY - prng.between(0, DAY),
        );
        if prng.chance(60) {
            next = next.needing(needs(
                "much-depended",
                if prng.chance(50) { "^1" } else { "^1.4" },
            ));
        }
        if nth > 0 && prng.chance(40) {
            let earlier =
                usize::try_from(prng.between(0, i64::try_from(nth).unwrap_or(1))).unwrap_or(0);
            next = next.needing(needs(&self::idea(earlier).name, "^0"));
        }
        if prng.chance(25) {
            next = next.needing(needs("dependency-zoo", "^0.4").kind(Kind::Dev));
        }
        if prng.chance(30) {
            next = next.feature("default", &[]).feature("std", &[]);
        }
        if prng.chance(20) {
            next = next.rust(prng.pick(&["1.60", "1.70", "1.81"]), "2021");
        }
        crate_ = crate_.with(next);
        days_ago = (days_ago - prng.between(1, 400)).max(1);
    }
    crate_
}
