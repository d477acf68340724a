//! Crates with as little, as much or as strange data as there can be, and crates that show a README.

use super::draft::{Draft, Traffic, draft, release};
use crate::seed::calendar::{DAY, HOUR, Micros};

/// The longest crate name there may be: 64 characters.
pub const LONGEST: &str = "a-crate-name-of-sixty-four-characters-which-is-the-most-allowed1";

/// The crate whose README has everything a README can have.
pub const README_EVERYTHING: &str = "readme-kitchen-sink";
/// The crate whose README tries everything that must be removed.
pub const README_HOSTILE: &str = "readme-hostile";
/// The crate whose versions have no README.
pub const README_NONE: &str = "readme-none";
/// The crate with a README of 60 kB.
pub const README_60_KB: &str = "readme-sixty-kilobytes";
/// The crate with a README of 1 MB and 500 images.
pub const README_1_MB: &str = "readme-one-megabyte";
/// The crate whose README is empty.
pub const README_EMPTY: &str = "readme-empty";

/// All of them.
#[must_use]
pub fn all(now: Micros) -> Vec<Draft> {
    let mut all = vec![];
    all.extend(little(now));
    all.extend(texts(now));
    all.extend(links(now));
    all.extend(readmes(now));
    all.extend(times_and_counts(now));
    all
}

fn little(now: Micros) -> Vec<Draft> {
    let only_prerelease = draft("only-prerelease")
        .says("No stable release yet")
        .downloaded(8_062, Traffic::Daily(2))
        .owned_by(&["ferris"])
        .version("0.1.0-alpha.1", now, 400)
        .version("0.1.0-alpha.2", now, 200);
    // No description, links, keywords, downloads, licence, or anything else that may be missing.
    let mut least = draft("least-possible").owned_by(&["blank-name"]).with(
        release("0.0.0", now - 2_200 * DAY)
            .license("")
            .rust("", "")
            .old(),
    );
    least.releases[0].by = super::draft::By::Nobody;
    // All owners have left.
    let orphaned = draft("orphaned")
        .says("Nobody owns this any more")
        .downloaded(999, Traffic::Daily(1))
        .version("0.1.0", now, 1_500);
    vec![only_prerelease, least, orphaned]
}

fn texts(now: Micros) -> Vec<Draft> {
    let shown = |name: &str, text: &str| {
        draft(name)
            .says(text)
            .downloaded(444, Traffic::Daily(2))
            .owned_by(&["html-name"])
            .version("0.1.0", now, 333)
    };
    vec![
        shown(LONGEST, "The longest name a crate can have"),
        shown("a", "The shortest name a crate can have"),
        shown(
            "Mixed_Case-Name",
            "Capitals, an underscore and a hyphen in one name",
        ),
        shown(
            "html-in-description",
            "“Quotes”, <b>markup</b> & <script>alert(1)</script> 🦀 \u{202e}desrever",
        ),
        shown(
            "right-to-left",
            "مكتبة صغيرة لعدّ الأشياء with some English (and brackets) in the middle",
        ),
        shown(
            "long-description",
            &"A description that goes on and on, because nobody has told its author to stop. "
                .repeat(13),
        ),
        shown(
            "unbroken-description",
            &"Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz".repeat(6),
        ),
        shown("blank-description", "   "),
    ]
}

fn links(now: Micros) -> Vec<Draft> {
    let linked = |name: &str, text: &str| {
        draft(name)
            .says(text)
            .downloaded(555, Traffic::Daily(2))
            .owned_by(&["murmur"])
            .version("0.1.0", now, 222)
    };
    vec![
        linked("hostile-links", "Links that must not become links").links(
            "javascript:alert(document.domain)",
            "data:text/html,<script>alert(1)</script>",
            "//evil.example/repo",
        ),
        linked("same-links", "Homepage and repository are the same").links(
            "https://github.com/murmur/same-links/",
            "",
            "https://github.com/murmur/same-links",
        ),
        linked("own-docs", "Documentation elsewhere").links(
            "",
            "https://docs.own-docs.example/latest/",
            "https://codeberg.org/murmur/own-docs",
        ),
        linked("long-links", "A link that does not fit").links(
            &format!(
                "https://{}.example/{}",
                "very-long-host-name".repeat(3),
                "and/a/long/path/".repeat(8)
            ),
            "",
            "https://git.sr.ht/~murmur/long-links",
        ),
        linked("plain-http", "Links without encryption").links(
            "http://plain-http.example",
            "http://docs.plain-http.example",
            "git://git.plain-http.example/repo.git",
        ),
    ]
}

fn readmes(now: Micros) -> Vec<Draft> {
    let shown = |name: &str, text: &str| {
        draft(name)
            .says(text)
            .downloaded(66_666, Traffic::Daily(30))
            .filed_under(&["documentation"], &["accessibility"])
            .owned_by(&["layla-codes"])
            .version("1.0.0", now, 111)
    };
    vec![
        shown(
            README_EVERYTHING,
            "A README with everything in it that a README can have",
        )
        .links("", "", "https://github.com/layla-codes/readme-kitchen-sink"),
        shown(
            README_HOSTILE,
            "A README with everything in it that must be removed",
        ),
        shown(README_NONE, "No README at all"),
        shown(README_EMPTY, "A README without a word"),
        shown(README_60_KB, "A README of sixty kilobytes"),
        shown(
            README_1_MB,
            "A README of one megabyte with five hundred pictures",
        ),
    ]
}

fn times_and_counts(now: Micros) -> Vec<Draft> {
    let counted = |name: &str, text: &str| draft(name).says(text).owned_by(&["hazel-moss"]);
    vec![
        counted("no-downloads", "Published long ago, downloaded never")
            .version("1.0.0", now, 1_000),
        counted("downloads-with-gaps", "Whole weeks without a download")
            .downloaded(54_321, Traffic::Gaps(120))
            .version("0.9.0", now, 800)
            .version("1.0.0", now, 300),
        counted("billions-of-downloads", "More than fits into 32 bits")
            .downloaded(12_345_678_901, Traffic::Daily(9_876_543))
            .version("1.0.0", now, 2_500),
        counted("just-published", "Five minutes old").with(release("0.1.0", now - HOUR / 12)),
        counted("published-this-week", "Six days old")
            .downloaded(60, Traffic::Daily(10))
            .version("0.1.0", now, 6),
        counted("published-in-2015", "Old, untouched")
            .downloaded(88_888, Traffic::Daily(2))
            .with(
                release("0.1.0", crate::seed::calendar::on(2015, 2, 28))
                    .old()
                    .rust("", ""),
            ),
    ]
}
