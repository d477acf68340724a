//! Words for invented crates, so that four hundred of them read like somebody's work and none is a real crate's name.

use crate::seed::prng::Prng;

/// First words of invented names.
pub(in crate::seed) const FIRST: &[&str] = &[
    "quoll",
    "brindle",
    "zephyrine",
    "marrow",
    "tansy",
    "wimble",
    "oxlip",
    "gannet",
    "saffron",
    "kelpie",
    "lodestar",
    "bramble",
    "cobalt",
    "dapple",
    "ember",
    "fennel",
    "gossamer",
    "hollow",
    "inkwell",
    "jonquil",
    "kindle",
    "lantern",
    "mallow",
    "nettle",
];

/// Second words, saying what it is about.
pub(in crate::seed) const SECOND: &[&str] = &[
    "codec", "ledger", "parser", "router", "queue", "tokens", "glyphs", "metrics", "cache",
    "schema", "stream", "timer", "graph", "vault", "signals", "matrix",
];

const PURPOSES: &[(&str, &[&str], &str, &str)] = &[
    (
        "codec",
        &["encoding", "binary", "no-std"],
        "encoding",
        "Encodes and decodes %s messages without copying",
    ),
    (
        "ledger",
        &["accounting", "money", "audit"],
        "finance",
        "An append-only ledger for %s records",
    ),
    (
        "parser",
        &["parser", "grammar", "text"],
        "parsing",
        "Parses %s files and says where they are wrong",
    ),
    (
        "router",
        &["http", "routing", "web"],
        "web-programming::http-server",
        "Routes requests by %s rules",
    ),
    (
        "queue",
        &["queue", "async", "tasks"],
        "asynchronous",
        "A bounded queue for %s work between tasks",
    ),
    (
        "tokens",
        &["lexer", "tokens", "text"],
        "parsing",
        "A small lexer for %s tokens",
    ),
    (
        "glyphs",
        &["font", "graphics", "text"],
        "rendering",
        "Draws %s glyphs to a bitmap",
    ),
    (
        "metrics",
        &["metrics", "monitoring", "cli"],
        "development-tools::profiling",
        "Counts and reports %s measurements",
    ),
    (
        "cache",
        &["cache", "memory", "performance"],
        "caching",
        "A cache for %s values with a fixed size",
    ),
    (
        "schema",
        &["schema", "validation", "data"],
        "data-structures",
        "Checks data against a %s schema",
    ),
    (
        "stream",
        &["stream", "async", "io"],
        "asynchronous",
        "Adapters for %s streams",
    ),
    (
        "timer",
        &["time", "timer", "embedded"],
        "date-and-time",
        "Timers that a %s test can move",
    ),
    (
        "graph",
        &["graph", "algorithms", "data"],
        "algorithms",
        "Walks %s graphs in a stable order",
    ),
    (
        "vault",
        &["secrets", "crypto", "storage"],
        "cryptography",
        "Keeps %s secrets out of logs",
    ),
    (
        "signals",
        &["signals", "reactive", "ui"],
        "gui",
        "Signals and derived values for %s interfaces",
    ),
    (
        "matrix",
        &["matrix", "math", "simd"],
        "mathematics",
        "Dense matrices for %s arithmetic",
    ),
];

/// What an invented crate is called and says about itself.
#[derive(Clone, Debug)]
pub struct Idea {
    /// Its name.
    pub name: String,
    /// One sentence.
    pub description: String,
    /// Two or three.
    pub keywords: Vec<String>,
    /// One slug.
    pub category: String,
}

/// The `nth` of 384 ideas; all of them differ in name.
#[must_use]
pub fn idea(nth: usize) -> Idea {
    let first = FIRST[nth % FIRST.len()];
    // The second word moves on by one with each round, so that neighbours differ in both.
    let second = SECOND[(nth + nth / FIRST.len()) % SECOND.len()];
    let separator = if nth % 7 == 3 { '_' } else { '-' };
    let name = format!("{first}{separator}{second}");
    let mut prng = Prng::named(&name);
    let fallback = &PURPOSES[0];
    let (_, keywords, category, sentence) = PURPOSES
        .iter()
        .find(|(word, ..)| *word == second)
        .unwrap_or(fallback);
    let keep = usize::try_from(prng.between(1, 4)).unwrap_or(1);
    Idea {
        description: sentence.replace("%s", first),
        keywords: keywords
            .iter()
            .take(keep)
            .map(|&word| word.to_owned())
            .collect(),
        category: (*category).to_owned(),
        name,
    }
}

/// How many ideas there are before names repeat.
#[cfg(test)]
const IDEAS: usize = FIRST.len() * SECOND.len();

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{IDEAS, idea};

    #[test]
    fn no_two_ideas_share_a_canonical_name() {
        let names: HashSet<_> = (0..IDEAS)
            .map(|nth| idea(nth).name.replace('_', "-"))
            .collect();
        assert_eq!(names.len(), IDEAS);
    }
}
