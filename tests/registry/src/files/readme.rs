//! Rendered READMEs of the demonstration: which crate has which, and the ordinary one that most have.
//!
//! Written for a name and a version on demand; nothing is stored. `{files}` stands for the file host until served.

use super::long_readme;
use crate::seed::demo::oddities::{
    README_1_MB, README_60_KB, README_EMPTY, README_EVERYTHING, README_HOSTILE, README_NONE,
};
use crate::seed::demo::showpieces::MANY_VERSIONS;
use crate::seed::prng::Prng;

/// The README of one version, if it has one.
#[must_use]
pub fn html(name: &str, num: &str, description: Option<&str>) -> Option<String> {
    match name {
        README_NONE | "least-possible" | "bare" => None,
        README_EMPTY => Some(String::new()),
        README_EVERYTHING => Some(include_str!("readmes/kitchen-sink.html").to_owned()),
        README_HOSTILE => Some(include_str!("readmes/hostile.html").to_owned()),
        README_60_KB => Some(long_readme::html(name, 60_000, 12)),
        README_1_MB => Some(long_readme::html(name, 1_000_000, 500)),
        // Its newest stable version is what the page of a crate with many versions is measured with.
        MANY_VERSIONS if num.starts_with("2.9.8") => Some(long_readme::html(name, 60_000, 3)),
        _ => Some(ordinary(name, num, description)),
    }
}

/// A heading as crates.io renders it: an empty anchor in front, whose id has a prefix.
pub(super) fn heading(level: u8, text: &str) -> String {
    let anchor: String = text
        .to_lowercase()
        .chars()
        .filter_map(|letter| {
            if letter == ' ' {
                Some('-')
            } else {
                (letter.is_alphanumeric() || letter == '-' || letter == '_').then_some(letter)
            }
        })
        .collect();
    format!(
        "<h{level}><a href=\"#{anchor}\" id=\"user-content-{anchor}\" rel=\"nofollow noopener noreferrer\"></a>{}</h{level}>\n",
        escape(text)
    )
}

pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

fn ordinary(name: &str, num: &str, description: Option<&str>) -> String {
    let mut prng = Prng::named(&format!("readme {name}"));
    let module = name.replace('-', "_").to_lowercase();
    let mut html = heading(1, name);
    if prng.chance(50) {
        html.push_str(
            "<p><img src=\"{files}/images/badge-build-passing.svg\" alt=\"build: passing\">\n<img src=\"{files}/images/badge-docs-latest.svg\" alt=\"docs: latest\"></p>\n",
        );
    }
    if let Some(description) = description {
        html.push_str(&format!("<p>{}.</p>\n", escape(description)));
    }
    html.push_str(&heading(2, "Usage"));
    html.push_str("<p>Add it to your <code>Cargo.toml</code>:</p>\n");
    let short = num.split('+').next().unwrap_or(num);
    html.push_str(&format!(
        "<pre><code class=\"language-toml\">[dependencies]\n{name} = \"{short}\"\n</code></pre>\n"
    ));
    html.push_str(&format!(
        "<pre><code class=\"language-rust\">use {module}::Builder;\n\nfn main() {{\n    let answer = Builder::new().limit({}).build();\n    println!(\"{{answer:?}}\");\n}}\n</code></pre>\n",
        prng.between(2, 100)
    ));
    if prng.chance(60) {
        html.push_str(&heading(2, "Features"));
        html.push_str("<ul>\n<li><code>std</code> (on by default): needs the standard library</li>\n<li><code>serde</code>: reads and writes its types</li>\n</ul>\n");
    }
    if prng.chance(30) {
        html.push_str(
            "<blockquote>\n<p>[!NOTE]<br>\nThis is young. Expect changes.</p>\n</blockquote>\n",
        );
    }
    html.push_str(&heading(2, "Licence"));
    html.push_str("<p>As the metadata of this crate says.</p>\n");
    html
}

#[cfg(test)]
mod tests {
    use super::{README_1_MB, README_60_KB, README_EMPTY, README_EVERYTHING, README_NONE, html};

    #[test]
    fn each_specimen_has_the_promised_size() {
        let length = |name: &str| html(name, "1.0.0", None).map(|html| html.len());
        assert!((58_000..=62_000).contains(&length(README_60_KB).unwrap_or(0)));
        assert!((950_000..=1_050_000).contains(&length(README_1_MB).unwrap_or(0)));
        assert_eq!(length(README_EMPTY), Some(0));
        assert_eq!(length(README_NONE), None);
        assert_eq!(
            html(README_1_MB, "1.0.0", None).map(|html| html.matches("<img").count()),
            Some(500)
        );
        let measured = html("many-versions", "2.9.8+build.2026-10", None).map(|html| html.len());
        assert!((58_000..=62_000).contains(&measured.unwrap_or(0)));
    }

    #[test]
    fn the_kitchen_sink_has_everything() {
        let html = html(README_EVERYTHING, "1.0.0", None).unwrap_or_default();
        for part in [
            "<h1>",
            "<h2>",
            "<h3>",
            "<h4>",
            "<h5>",
            "<h6>",
            "user-content-",
            "<table>",
            "language-rust",
            "language-toml",
            "language-sh",
            "language-json",
            "language-brainfudge",
            "language-mermaid",
            "markdown-alert-caution",
            "[!WARNING]",
            "type=\"checkbox\"",
            "user-content-fn-",
            "<picture>",
            "prefers-color-scheme: dark",
            "<details>",
            "<kbd>",
            "dir=\"rtl\"",
            "missing.png",
            "data:image/",
            "style=\"",
            "<script>",
            "onclick=",
            "javascript:",
            "<iframe",
            "<form",
        ] {
            assert!(html.contains(part), "{part}");
        }
    }

    #[test]
    fn texts_of_others_are_escaped() {
        let html = html("x", "1.0.0", Some("<script>alert(1)</script> & more")).unwrap_or_default();
        assert!(html.contains("&lt;script&gt;") && !html.contains("<script>"));
    }

    #[test]
    fn no_readme_asks_another_host_for_anything() {
        for name in [
            README_EVERYTHING,
            "readme-hostile",
            README_60_KB,
            "quoll-codec",
        ] {
            let html = html(name, "1.0.0", None).unwrap_or_default();
            for attribute in [
                "src=\"http",
                "srcset=\"http",
                "url(http",
                "data=\"http",
                "src=http",
                "src=\"//",
            ] {
                assert!(!html.contains(attribute), "{name}: {attribute}");
            }
        }
    }
}
