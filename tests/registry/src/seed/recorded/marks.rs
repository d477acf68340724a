//! Keywords and categories of the recordings. Which of the many small crates has which follows from its number.

use serde_json::Value;

use super::objects::time;
use crate::seed::world::Category;

/// All keywords; the crate `prolific-crate-NNN` has the one at NNN modulo their count. The last five of the alphabet
/// are on a page that was not recorded.
pub const KEYWORDS: &[&str] = &[
    "async",
    "cli",
    "crab",
    "data",
    "database",
    "derive",
    "embedded",
    "graphics",
    "http",
    "json",
    "macros",
    "math",
    "no_std",
    "parser",
    "serde",
    "serialization",
    "testing",
    "time",
    "tokio",
    "utf8",
    "web",
    "crypto",
    "game",
    "logging",
    "xml",
];

/// The keywords of a crate.
#[must_use]
pub fn keywords(name: &str) -> Vec<String> {
    let words: &[&str] = match name {
        "mega-crate" => &["json", "parser", "testing", "cli", "crab"],
        "carols-crate" => &["crab"],
        "tokio" => &["async"],
        "serde" => &["no_std", "serde", "serialization"],
        "serde_derive" => &["serde", "macros"],
        "libc" => &["no_std"],
        "bin-only" => &["cli"],
        _ => {
            let Some(number) = small(name) else {
                return vec![];
            };
            return KEYWORDS
                .get(number % KEYWORDS.len())
                .map(|&word| word.to_owned())
                .into_iter()
                .collect();
        }
    };
    words.iter().map(|&word| word.to_owned()).collect()
}

/// The slugs of a crate.
#[must_use]
pub fn categories_of(name: &str) -> Vec<String> {
    let slugs: &[&str] = match name {
        "mega-crate" => &[
            "development-tools::cargo-plugins",
            "encoding",
            "command-line-utilities",
        ],
        "tokio" => &["asynchronous"],
        "serde" => &["no-std", "encoding"],
        "serde_derive" => &["encoding"],
        "libc" => &["no-std"],
        "bin-only" => &["command-line-utilities"],
        _ => match small(name).map(|number| number % 9) {
            Some(3) => &["development-tools"],
            Some(6) => &["encoding"],
            Some(0) => &["no-std"],
            _ => &[],
        },
    };
    slugs.iter().map(|&slug| slug.to_owned()).collect()
}

fn small(name: &str) -> Option<usize> {
    name.strip_prefix("prolific-crate-")?.parse().ok()
}

/// All categories, as the recorded lists have them. A nested one's title is its parents' titles and its own.
#[must_use]
pub fn categories() -> Vec<Category> {
    let list = |text: &str, key: &str| -> Vec<Value> {
        let recording: Value = serde_json::from_str(text).unwrap_or_default();
        recording["body"][key]
            .as_array()
            .cloned()
            .unwrap_or_default()
    };
    let slugs = list(
        include_str!("../../../../contract/recorded/misc/category-slugs.json"),
        "category_slugs",
    );
    let tops = list(
        include_str!("../../../../contract/recorded/misc/categories-per-page-100.json"),
        "categories",
    );
    let one: Value = serde_json::from_str(include_str!(
        "../../../../contract/recorded/misc/category.json"
    ))
    .unwrap_or_default();
    let below = one["body"]["category"]["subcategories"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let known: Vec<&Value> = tops.iter().chain(&below).collect();
    let text = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let title = |slug: &str| {
        let seen = known
            .iter()
            .find(|category| category["slug"] == slug)
            .map(|category| text(category, "category"));
        seen.unwrap_or_else(|| guessed_title(slug))
    };
    slugs
        .iter()
        .map(|category| {
            let slug = text(category, "slug");
            let mut titles = vec![];
            let mut path = String::new();
            for part in slug.split("::") {
                if !path.is_empty() {
                    path.push_str("::");
                }
                path.push_str(part);
                titles.push(title(&path));
            }
            Category {
                title: titles.join("::"),
                description: text(category, "description"),
                created_at: time("2026-11-21T01:47:37.149359Z"),
                slug,
            }
        })
        .collect()
}

/// The title of a category that only the list of slugs shows.
fn guessed_title(slug: &str) -> String {
    let last = slug.rsplit("::").next().unwrap_or(slug).replace('-', " ");
    let mut letters = last.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}
