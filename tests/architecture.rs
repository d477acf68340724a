//! The shape of the house, as tests: which layer may use which, what may never stand in the app's code, how long a file
//! may be. The rules are those of `src/lib.rs`.

use std::fs;
use std::path::{Path, PathBuf};

/// A layer, and the layers it may use beside itself.
const LAYERS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("route", &["domain"]),
    ("api", &["domain"]),
    ("browser", &["domain"]),
    ("reactive", &[]),
    ("state", &["reactive", "api", "browser", "route", "domain"]),
    ("template", &["reactive"]),
    (
        "components",
        &[
            "template", "state", "reactive", "browser", "route", "domain",
        ],
    ),
    (
        "pages",
        &[
            "components",
            "template",
            "state",
            "reactive",
            "api",
            "browser",
            "route",
            "domain",
        ],
    ),
    (
        "app",
        &[
            "pages",
            "components",
            "template",
            "state",
            "reactive",
            "api",
            "browser",
            "route",
            "domain",
        ],
    ),
];

/// A crate, and the layers and files that may use it. What is not listed is free to all but `domain` and `route`.
const CRATES: &[(&str, &[&str])] = &[
    (
        "leptos",
        &[
            "reactive",
            "state",
            "template",
            "components",
            "pages",
            "app",
            "main",
        ],
    ),
    // Components name elements and events; what the platform can do, they ask of `browser`.
    (
        "web_sys",
        &["browser", "api/fetch.rs", "template", "components", "app"],
    ),
    ("js_sys", &["browser", "api/fetch.rs", "api/json/"]),
    (
        "wasm_bindgen",
        &[
            "browser",
            "api/fetch.rs",
            "api/json/",
            "template",
            "components",
            "app",
        ],
    ),
    ("wasm_bindgen_futures", &["browser", "api/fetch.rs"]),
];

/// What `domain` and `route` may use beside the language: `std`, and crates that compute and do nothing else.
const PURE_CRATES: &[&str] = &["semver"];

/// Lines of a file, its tests not counted.
const LONGEST_FILE: usize = 350;

/// What would end the app for good, or the reader's trust.
const FORBIDDEN: &[(&str, &str)] = &[
    (".unwrap()", "a panic stops the app for good"),
    (".expect(", "a panic stops the app for good"),
    (".unwrap_err()", "a panic stops the app for good"),
    ("panic!(", "a panic stops the app for good"),
    ("unreachable!(", "a panic stops the app for good"),
    ("todo!(", "finished code only"),
    ("unimplemented!(", "finished code only"),
    ("assert!(", "a panic stops the app for good"),
    ("assert_eq!(", "a panic stops the app for good"),
    (".forget()", "what is started is ended by its owner"),
    ("mem::forget", "what is started is ended by its owner"),
];

struct Source {
    /// `domain/time.rs`
    path: String,
    text: String,
}

impl Source {
    fn all() -> Vec<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut files = Vec::new();
        collect(&root, &mut files);
        files.sort();
        let read = |file: PathBuf| Self {
            path: file
                .strip_prefix(&root)
                .unwrap()
                .to_str()
                .unwrap()
                .replace('\\', "/"),
            text: fs::read_to_string(&file).unwrap(),
        };
        let all: Vec<_> = files.into_iter().map(read).collect();
        assert!(all.len() > 40, "the sources are there, found {}", all.len());
        all
    }

    /// The name of the layer: `domain` for `domain/time.rs`, `app` for `app.rs`.
    fn layer(&self) -> &str {
        self.path.split('/').next().unwrap().trim_end_matches(".rs")
    }

    /// Whether it holds nothing but tests: a module that its parent declares under `#[cfg(test)]`.
    fn is_tests(&self, all: &[Self]) -> bool {
        let (folder, file) = self.path.rsplit_once('/').unwrap_or(("", &self.path));
        let name = file.trim_end_matches(".rs");
        let declared = |parent: &Self| {
            let owns = parent.path.strip_suffix(".rs").is_some_and(|path| {
                path == folder || path.strip_suffix("/mod").is_some_and(|path| path == folder)
            });
            owns && parent.text.contains(&format!("#[cfg(test)]\nmod {name};"))
        };
        all.iter().any(declared)
    }

    /// Its lines without tests at the end, comments and the insides of strings; each with its number.
    fn code(&self) -> Vec<(usize, String)> {
        let lines = self.text.lines().enumerate();
        lines
            .take_while(|(_, line)| *line != "#[cfg(test)]" || self.continues_after_tests())
            .map(|(at, line)| (at + 1, without_text(line)))
            .collect()
    }

    /// Test modules stand last. `#[cfg(test)] mod x;` in the middle is a declaration, after which code goes on.
    fn continues_after_tests(&self) -> bool {
        !self
            .text
            .lines()
            .any(|line| line.starts_with("mod tests {"))
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// A line without its comment and without what stands between quotes.
fn without_text(line: &str) -> String {
    let mut out = String::new();
    let mut chars = line.chars().peekable();
    let mut quoted = false;
    while let Some(c) = chars.next() {
        match c {
            '\\' if quoted => {
                chars.next();
            }
            '\'' if !quoted && chars.peek() == Some(&'"') => {
                chars.next();
                chars.next();
            }
            '"' => {
                quoted = !quoted;
                out.push(c);
            }
            '/' if !quoted && chars.peek() == Some(&'/') => break,
            _ if quoted => {}
            _ => out.push(c),
        }
    }
    out
}

/// The names that follow `prefix` in a line: `crate::domain::x` gives `domain`. Grouped ones too: `crate::{a::b, c}`.
fn names_after(line: &str, prefix: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = line;
    while let Some(at) = rest.find(prefix) {
        let before = rest[..at].chars().next_back();
        rest = &rest[at + prefix.len()..];
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '$') {
            continue;
        }
        let name = |text: &str| {
            text.trim()
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect::<String>()
        };
        match rest.strip_prefix('{') {
            Some(group) => names.extend(outermost(group).iter().map(|part| name(part))),
            None => names.push(name(rest)),
        }
    }
    names
}

/// The parts of a group between its outermost commas.
fn outermost(group: &str) -> Vec<String> {
    let (mut depth, mut parts) = (0, vec![String::new()]);
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => parts.push(String::new()),
            _ => parts.last_mut().unwrap().push(c),
        }
    }
    parts
}

/// All of a file's code in one line, so that `use` lists over several lines are read whole.
fn joined(source: &Source) -> String {
    source
        .code()
        .into_iter()
        .map(|(_, line)| line.trim().to_owned())
        .collect::<Vec<_>>()
        .join(" ")
        .replace("{ ", "{")
}

fn report(problems: &[String]) {
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn data_flows_one_way() {
    let all = Source::all();
    let mut problems = Vec::new();
    for source in all.iter().filter(|source| !source.is_tests(&all)) {
        let layer = source.layer();
        if matches!(layer, "lib" | "main") {
            continue;
        }
        let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == layer) else {
            problems.push(format!("{}: {layer} is no layer", source.path));
            continue;
        };
        for used in names_after(&joined(source), "crate::") {
            if used != layer && !allowed.contains(&used.as_str()) {
                problems.push(format!("{}: {layer} must not use {used}", source.path));
            }
        }
    }
    report(&problems);
}

#[test]
fn only_the_outer_layers_know_framework_and_platform() {
    let all = Source::all();
    let mut problems = Vec::new();
    for source in all.iter().filter(|source| !source.is_tests(&all)) {
        let code = joined(source);
        for (name, places) in CRATES {
            let uses = !names_after(&code, &format!("{name}::")).is_empty();
            let allowed = places.iter().any(|place| source.path.starts_with(place));
            if uses && !allowed {
                problems.push(format!("{}: {name} belongs to {places:?}", source.path));
            }
        }
        if matches!(source.layer(), "domain" | "route") {
            let imported = names_after(&code, "use ");
            let pure = |name: &str| {
                matches!(name, "std" | "core" | "crate" | "super" | "self")
                    || PURE_CRATES.contains(&name)
            };
            let local = |name: &str| {
                code.contains(&format!("mod {name};")) || name.starts_with(char::is_uppercase)
            };
            let odd = imported.iter().filter(|name| !pure(name) && !local(name));
            problems.extend(odd.map(|name| format!("{}: {name} is not pure", source.path)));
            for observer in [
                "SystemTime",
                "Instant::now",
                "std::env",
                "std::fs",
                "std::net",
                "std::thread",
            ] {
                if code.contains(observer) {
                    problems.push(format!("{}: {observer} observes the world", source.path));
                }
            }
        }
    }
    report(&problems);
}

/// What the app has of its own, so that it is in the bundle once (`crate::reactive`): how it is made, and its name.
const REACTIVE: &[(&str, &str)] = &[
    ("RwSignal::new(", "RwSignal"),
    ("Memo::new(", "Memo"),
    ("StoredValue::new(", "StoredValue"),
    (" effect(", "effect"),
];

#[test]
fn signals_memos_and_effects_are_the_apps_own() {
    let all = Source::all();
    let mut problems = Vec::new();
    for source in all.iter().filter(|source| source.layer() != "reactive") {
        let code = joined(source);
        let ours = code
            .split("use crate::reactive::")
            .nth(1)
            .and_then(|rest| rest.split(';').next())
            .unwrap_or_default();
        for (made, name) in REACTIVE {
            if code.contains(made) && !ours.contains(name) {
                problems.push(format!("{}: {name} of leptos, not ours", source.path));
            }
        }
        if code.contains(" Effect::new(") {
            problems.push(format!("{}: an Effect of leptos, not ours", source.path));
        }
    }
    report(&problems);
}

#[test]
fn nothing_in_the_app_can_panic_by_design() {
    let all = Source::all();
    let mut problems = Vec::new();
    for source in all
        .iter()
        .filter(|source| source.path != "main.rs" && !source.is_tests(&all))
    {
        for (at, line) in source.code() {
            // The session has a `forget` of its own.
            let line = line
                .replace("session.forget()", "")
                .replace("self.forget()", "");
            for (word, reason) in FORBIDDEN {
                if line.contains(word) && !line.contains(&format!("debug_{word}")) {
                    problems.push(format!("{}:{at}: {word} - {reason}", source.path));
                }
            }
            if indexes(&line) {
                problems.push(format!(
                    "{}:{at}: indexing panics where `get` does not: {}",
                    source.path,
                    line.trim()
                ));
            }
        }
    }
    report(&problems);
}

/// Whether a line indexes or slices: a bracket right after a name, a call or another index. Attributes, macros, types
/// and patterns have their brackets after something else.
fn indexes(line: &str) -> bool {
    let chars: Vec<char> = line.chars().collect();
    let attribute = line.trim_start().starts_with('#');
    !attribute
        && chars.windows(2).any(|pair| {
            matches!(pair, [before, '['] if before.is_alphanumeric() || matches!(before, '_' | ')' | ']' | '?'))
        })
}

#[test]
fn addresses_and_paths_are_spelled_in_one_place_each() {
    let all = Source::all();
    let mut problems = Vec::new();
    for source in all.iter().filter(|source| !source.is_tests(&all)) {
        for (at, _) in source.code() {
            let line = source.text.lines().nth(at - 1).unwrap();
            let comment = line.trim_start().starts_with("//");
            if !comment
                && (line.contains("\"/api/v1") || line.contains("\"/api/private"))
                && source.path != "api/endpoint.rs"
            {
                problems.push(format!(
                    "{}:{at}: only api::endpoint spells API addresses",
                    source.path
                ));
            }
            let paths = [
                "\"/users/",
                "\"/crates/",
                "\"/settings",
                "\"/search",
                "\"/me/",
                "\"/docs/",
                "\"/policies",
                "\"/signup",
            ];
            if !comment
                && paths.iter().any(|path| line.contains(path))
                && !source.path.starts_with("route")
                && source.path != "api/endpoint.rs"
            {
                problems.push(format!("{}:{at}: only route spells paths", source.path));
            }
        }
    }
    report(&problems);
}

#[test]
fn the_wires_word_for_a_username_stops_at_the_wire() {
    let all = Source::all();
    let mut problems = Vec::new();
    for source in all
        .iter()
        .filter(|source| source.path.starts_with("domain/") && !source.is_tests(&all))
    {
        // Of GitHub accounts and teams `login` is the right word.
        let concerned = [
            "domain/user.rs",
            "domain/session.rs",
            "domain/username.rs",
            "domain/krate_owner.rs",
            "domain/invitation.rs",
        ];
        for (at, line) in source.code() {
            if concerned.contains(&source.path.as_str()) && line.contains("pub login") {
                problems.push(format!("{}:{at}: a user has a username", source.path));
            }
        }
    }
    report(&problems);
}

#[test]
fn every_module_says_what_it_is_and_fits_on_a_few_screens() {
    let all = Source::all();
    let mut problems = Vec::new();
    for source in &all {
        if !source.text.starts_with("//!") && source.path != "main.rs" && !source.is_tests(&all) {
            problems.push(format!("{}: no header", source.path));
        }
        let lines = source.code().len();
        if lines > LONGEST_FILE && !source.is_tests(&all) {
            problems.push(format!(
                "{}: {lines} lines, at most {LONGEST_FILE}",
                source.path
            ));
        }
    }
    report(&problems);
}

#[test]
fn the_rules_themselves_see_what_they_look_for() {
    assert_eq!(
        names_after("use crate::domain::x; crate::{api::y, state}", "crate::"),
        ["domain", "api", "state"]
    );
    assert_eq!(
        names_after("my_crate::domain $crate::x", "crate::"),
        Vec::<String>::new()
    );
    assert_eq!(
        names_after("use crate::{a::{b, c}, d};", "crate::"),
        ["a", "d"]
    );
    assert_eq!(
        without_text(r#"let a = "x // y .unwrap()"; // .expect("#),
        "let a = \"\"; "
    );
    for yes in ["let a = b[0];", "&text[1..]", "f()[i]", "a?[0]", "x[i][j]"] {
        assert!(indexes(yes), "{yes}");
    }
    for no in [
        "#[derive(Debug)]",
        "let [a, b] = c;",
        "vec![1]",
        "[u8; 4]",
        "&[1, 2]",
        "fn f(a: &[u8]) -> [u8; 2]",
        "for x in [1, 2]",
        "matches!(x, [a, ..])",
    ] {
        assert!(!indexes(no), "{no}");
    }
}
