//! Which functions of the wasm first pages call: `profile OUT.txt`, with a build that reports them; `profile --blocking`, with
//! any other build, tells which pages had to wait for a cold half, and what called into it.
//!
//! Every kind of page is loaded anew, as a guest and as a member, with answers at once and late, and left as soon as it
//! stands; nothing is clicked. The file gets a line for each: the part it is in, and the numbers of the functions in the order
//! of their first calls.

use nameplate_e2e::Outcome;
use nameplate_e2e::browser::{Browser, Look};
use nameplate_e2e::cold::{probe, session_of};
use nameplate_e2e::registry::{Registry, Wish};
use serde_json::json;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;
use std::time::Duration;

/// The pages of each part (`app::parts`), and whoever looks at them. Many of the same kind, since they differ in what they show.
const VISITS: [(&str, &str, &[&str]); 25] = [
    (
        "user",
        "",
        &[
            "/users/twenty-five",
            "/users/twenty-five?page=2&sort=downloads",
            "/users/ferris",
            "/users/carols10cents?sort=downloads",
            "/users/casey-sensitive",
            "/users/hazel-moss",
            "/users/no-github",
            "/users/many-hats",
            "/users/bidi-trick",
            "/users/empty-shelf",
            "/users/prolific?page=99",
            "/users/robin",
            "/users/alder",
            "/users/orchard",
            "/users/blank-slate",
        ],
    ),
    // Their own page more than once: the session's answer and the page's come in one order or the other.
    (
        "user",
        "ferris",
        &[
            "/users/ferris",
            "/users/twenty-five",
            "/users/ferris",
            "/users/ferris?page=2",
            "/users/ferris",
        ],
    ),
    ("user", "crab-newcomer", &["/users/ferris"]),
    (
        "krate",
        "",
        &[
            "/crates/crabshell",
            "/crates/crabshell/1.9.0",
            "/crates/many-versions",
            "/crates/six-hands",
            "/crates/forty-keepers",
            "/crates/solo-plus-team",
            "/crates/readme-none",
            "/crates/readme-kitchen-sink",
            "/crates/readme-sixty-kilobytes",
            "/crates/no-downloads",
            "/crates/yanked-some/0.5.0",
            "/crates/mixed-case_name",
        ],
    ),
    (
        "krate",
        "ferris",
        &[
            "/crates/crabshell",
            "/crates/many-versions",
            "/crates/six-hands",
        ],
    ),
    (
        "crate_tabs",
        "",
        &[
            "/users/alder/which",
            "/crates/many-versions/versions",
            "/crates/yanked-some/versions",
            "/crates/release-tracks/versions",
            "/crates/dependency-zoo/dependencies",
            "/crates/dependency-zoo/0.4.2/dependencies",
            "/crates/much-depended/reverse_dependencies",
            "/crates/much-depended/reverse_dependencies?page=3",
            "/crates/crabshell/range/nonsense",
            "/crates/open-door/owners",
        ],
    ),
    (
        "crate_tabs",
        "ferris",
        &["/crates/crabshell/versions", "/crates/open-door/owners"],
    ),
    (
        "list",
        "",
        &[
            "/",
            "/search?q=crab",
            "/search?q=crabshell&page=2",
            "/search?q=keyword%3Acli&all_keywords=crab",
            "/search?q=nothing-like-this",
            "/crates",
            "/crates?letter=c&page=2",
            "/keywords",
            "/keywords/cli",
            "/categories",
            "/categories/development-tools",
            "/teams/github:crab-works:core",
            "/teams/github:octo-acme:readers",
        ],
    ),
    ("list", "ferris", &["/", "/search?q=crab"]),
    ("list", "crab-newcomer", &["/"]),
    (
        "text",
        "",
        &[
            "/docs/usernames",
            "/policies",
            "/policies/privacy",
            "/support",
            "/support?inquire=crate-violation&crate=crabshell",
        ],
    ),
    ("text", "ferris", &["/docs/usernames"]),
    ("settings", "", &["/settings"]),
    (
        "settings",
        "ferris",
        &["/settings", "/settings/profile", "/confirm/no-such-token"],
    ),
    ("settings", "token-keeper", &["/settings"]),
    (
        "tokens",
        "ferris",
        &["/me", "/settings/tokens", "/settings/tokens/new"],
    ),
    ("tokens", "token-keeper", &["/settings/tokens"]),
    ("dashboard", "", &["/dashboard"]),
    (
        "dashboard",
        "ferris",
        &["/dashboard", "/me/crates", "/me/following"],
    ),
    ("dashboard", "follower", &["/dashboard", "/me/following"]),
    (
        "owners",
        "ferris",
        &[
            "/crates/crabshell/settings",
            "/me/pending-invites",
            "/accept-invite/no-such-token",
        ],
    ),
    ("owners", "", &["/crates/crabshell/settings"]),
    ("owners", "invited", &["/me/pending-invites"]),
    (
        "rename",
        "ferris",
        &[
            "/settings/username",
            "/settings/username/choose",
            "/settings/username/choose?name=tidy-walrus",
            "/settings/username/review?to=tidy-walrus",
        ],
    ),
    ("signup", "crab-newcomer", &["/signup"]),
];

/// How late answers of the API are.
const LATENCIES_MS: [u64; 2] = [0, 50];

/// How many pages of a row are looked at on the slow profile too.
const SLOW: usize = 3;

/// Keeps what called for a request that blocks the page.
const WATCH: &str = "Error.stackTraceLimit = 40; window.__blocking = [];
const { open } = XMLHttpRequest.prototype;
XMLHttpRequest.prototype.open = function (...given) {
  window.__blocking.push(`${given[1]} ${performance.now() | 0} ms\\n${new Error().stack}`);
  return open.apply(this, given);
};";

/// What a page does by itself shortly after it stands is done by then.
const AFTERWARDS: Duration = Duration::from_millis(500);

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let outcome = match runtime {
        Ok(runtime) => runtime.block_on(profile()),
        Err(error) => Err(error.into()),
    };
    if let Err(failure) = outcome {
        eprintln!("{failure}");
        std::process::exit(1);
    }
}

async fn profile() -> Outcome<()> {
    let file = std::env::args().nth(1);
    let file = file.ok_or("usage: profile OUT.txt | --blocking")?;
    let registry = Registry::start(Wish {
        faults: true,
        ..Wish::DEMO
    })?;
    let mut sessions = BTreeMap::new();
    let mut lines = String::new();
    for (part, who, paths) in VISITS {
        if !sessions.contains_key(who) {
            sessions.insert(who, session_of(&registry, who).await?);
        }
        let browser = Browser::open(Look::DESK).await?;
        if let Some(Some(session)) = sessions.get(who) {
            session.resume(&browser).await?;
        }
        let watch = json!({"source": WATCH});
        browser
            .cdp("Page.addScriptToEvaluateOnNewDocument", watch)
            .await?;
        // With answers before the app and after it: which comes first decides what is called.
        for latency_ms in LATENCIES_MS {
            let api = json!([{"method": "GET", "path": "/api/", "latency_ms": latency_ms}]);
            registry.fail(api).await?;
            for path in paths {
                visit(&browser, &registry, (part, who, path), &mut lines).await?;
            }
        }
        probe::slow_down(&browser).await?;
        for path in paths.iter().take(SLOW) {
            visit(&browser, &registry, (part, who, path), &mut lines).await?;
        }
        browser.close().await?;
    }
    if file != "--blocking" {
        std::fs::write(PathBuf::from(file), lines)?;
    }
    Ok(())
}

async fn visit(
    browser: &Browser,
    registry: &Registry,
    (part, who, path): (&str, &str, &str),
    lines: &mut String,
) -> Outcome<()> {
    browser.goto(&format!("{}{path}", registry.app())).await?;
    // On a slow network such wasm, neither optimised nor compressed, takes longer than people wait.
    let stands = "return document.querySelector('#skeleton') ? null : true";
    probe::wait_for(browser, "the app", stands).await?;
    browser.settle().await?;
    tokio::time::sleep(AFTERWARDS).await;
    browser.settle().await?;
    let numbers = browser
        .script(
            "return [...(window.__nameplate_called ?? window.__blocking)].join(' ')",
            Vec::new(),
        )
        .await?;
    let numbers = numbers.as_str().unwrap_or_default();
    let _ = writeln!(lines, "{part} {numbers}");
    let count = numbers.split(' ').count();
    if numbers.contains("\n") {
        println!("{part:<12} {who:<14} {path:<52} {numbers}");
    } else {
        println!("{part:<12} {who:<14} {path:<52} {count:>5} functions");
    }
    Ok(())
}
