//! Very long READMEs, for measuring: sections of text, code, tables and pictures until a size is reached.

use super::readme::heading;
use crate::seed::prng::Prng;

const WORDS: &[&str] = &[
    "water", "flows", "through", "every", "pipe", "until", "a", "valve", "is", "closed", "and",
    "then", "the", "pressure", "rises", "in", "small", "steps", "which", "can", "be", "measured",
    "with", "care", "by", "anyone", "who", "reads", "this", "page",
];

/// A README of about `bytes` bytes with exactly `pictures` pictures, the last ones near the end.
#[must_use]
pub fn html(name: &str, bytes: usize, pictures: usize) -> String {
    let mut prng = Prng::named(&format!("long readme {name}"));
    let mut html = heading(1, name);
    let mut drawn = 0;
    let mut section = 0;
    while html.len() < bytes {
        section += 1;
        html.push_str(&heading(2, &format!("Section {section}")));
        for _ in 0..3 {
            paragraph(&mut html, &mut prng);
        }
        // Pictures keep pace with the text.
        while drawn < pictures && drawn * bytes <= html.len() * pictures {
            html.push_str(&format!("<p><img src=\"{{files}}/images/figure-{drawn}-320x120.svg\" alt=\"Figure {drawn}\"></p>\n"));
            drawn += 1;
        }
        match section % 4 {
            1 => code(&mut html, &mut prng, section),
            2 => table(&mut html, &mut prng),
            3 => {
                html.push_str("<ul>\n");
                for _ in 0..5 {
                    html.push_str(&format!("<li>{}</li>\n", sentence(&mut prng)));
                }
                html.push_str("</ul>\n");
            }
            _ => html.push_str(&format!(
                "<blockquote>\n<p>{}</p>\n</blockquote>\n",
                sentence(&mut prng)
            )),
        }
    }
    while drawn < pictures {
        html.push_str(&format!("<p><img src=\"{{files}}/images/figure-{drawn}-320x120.svg\" alt=\"Figure {drawn}\"></p>\n"));
        drawn += 1;
    }
    html
}

fn sentence(prng: &mut Prng) -> String {
    let count = prng.between(6, 18);
    let words: Vec<&str> = (0..count).map(|_| prng.pick(WORDS)).collect();
    format!("{}.", words.join(" "))
}

fn paragraph(html: &mut String, prng: &mut Prng) {
    html.push_str("<p>");
    for nth in 0..prng.between(2, 6) {
        if nth > 0 {
            html.push(' ');
        }
        html.push_str(&sentence(prng));
        if prng.chance(20) {
            html.push_str(&format!(" See <code>{}</code>.", prng.pick(WORDS)));
        }
    }
    html.push_str("</p>\n");
}

fn code(html: &mut String, prng: &mut Prng, section: usize) {
    html.push_str("<pre><code class=\"language-rust\">");
    html.push_str(&format!(
        "/// {}\nfn section_{section}(input: &amp;str) -&gt; Option&lt;usize&gt; {{\n",
        sentence(prng)
    ));
    for _ in 0..prng.between(3, 9) {
        let (left, right) = (prng.pick(WORDS), prng.pick(WORDS));
        html.push_str(&format!(
            "    let {left}_count = input.matches(\"{right}\").count() + {};\n",
            prng.between(0, 99)
        ));
    }
    html.push_str("    Some(input.len())\n}\n</code></pre>\n");
}

fn table(html: &mut String, prng: &mut Prng) {
    html.push_str("<table>\n<thead>\n<tr><th>Name</th><th>Meaning</th><th align=\"right\">Value</th></tr>\n</thead>\n<tbody>\n");
    for _ in 0..prng.between(3, 8) {
        html.push_str(&format!(
            "<tr><td><code>{}</code></td><td>{}</td><td align=\"right\">{}</td></tr>\n",
            prng.pick(WORDS),
            sentence(prng),
            prng.between(0, 10_000)
        ));
    }
    html.push_str("</tbody>\n</table>\n");
}
