//! Categories of the demonstration. Slugs are those a crates.io-compatible registry knows; the sentences are our own.

use crate::seed::calendar::{Micros, on};
use crate::seed::world::Category;

const ALL: &[(&str, &str, &str)] = &[
    (
        "accessibility",
        "Accessibility",
        "Software that more people can use.",
    ),
    (
        "algorithms",
        "Algorithms",
        "Sorting, searching, hashing and their relatives.",
    ),
    (
        "asynchronous",
        "Asynchronous",
        "Doing something else while waiting.",
    ),
    (
        "caching",
        "Caching",
        "Remembering what was dear to compute.",
    ),
    (
        "command-line-utilities",
        "Command line utilities",
        "Programs to run in a terminal.",
    ),
    (
        "cryptography",
        "Cryptography",
        "Keeping and proving secrets.",
    ),
    (
        "data-structures",
        "Data structures",
        "Places to put things, each with its price.",
    ),
    (
        "date-and-time",
        "Date and time",
        "Calendars, clocks and everything wrong with them.",
    ),
    (
        "development-tools",
        "Development tools",
        "Help for those who write software.",
    ),
    (
        "development-tools::build-utils",
        "Development tools::Build Utils",
        "Help for build scripts.",
    ),
    (
        "development-tools::cargo-plugins",
        "Development tools::Cargo plugins",
        "More subcommands for Cargo.",
    ),
    (
        "development-tools::profiling",
        "Development tools::Profiling",
        "Finding out where the time goes.",
    ),
    (
        "development-tools::testing",
        "Development tools::Testing",
        "Finding out whether it works.",
    ),
    (
        "embedded",
        "Embedded development",
        "Small machines inside of others.",
    ),
    ("encoding", "Encoding", "From bytes to meaning and back."),
    ("finance", "Finance", "Counting what belongs to whom."),
    (
        "gui",
        "GUI",
        "Windows, buttons and what happens when they are pressed.",
    ),
    ("mathematics", "Mathematics", "Numbers and beyond."),
    (
        "multimedia",
        "Multimedia",
        "Sound, pictures and moving pictures.",
    ),
    ("multimedia::audio", "Multimedia::Audio", "Sound only."),
    (
        "multimedia::video",
        "Multimedia::Video",
        "Moving pictures. No crate of the demonstration is in here.",
    ),
    (
        "no-std",
        "No standard library",
        "Works where there is no operating system.",
    ),
    (
        "parsing",
        "Parser implementations",
        "Turning text into structure.",
    ),
    (
        "rendering",
        "Rendering engine",
        "Putting pictures on a screen.",
    ),
    (
        "virtualization",
        "Virtualization",
        "Machines inside of machines. No crate of the demonstration is in here.",
    ),
    (
        "web-programming",
        "Web programming",
        "Both ends of the web.",
    ),
    (
        "web-programming::http-client",
        "Web programming::HTTP client",
        "Asking.",
    ),
    (
        "web-programming::http-server",
        "Web programming::HTTP server",
        "Answering.",
    ),
];

/// All of them, in order of their slugs.
#[must_use]
pub fn all() -> Vec<Category> {
    let created_at: Micros = on(2017, 1, 17);
    ALL.iter()
        .map(|&(slug, title, description)| Category {
            slug: slug.to_owned(),
            title: title.to_owned(),
            description: description.to_owned(),
            created_at,
        })
        .collect()
}
