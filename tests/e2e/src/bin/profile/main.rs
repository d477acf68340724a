//! Which functions of the wasm first pages call: `profile OUT.txt`, with a build that reports them; `profile --blocking`, with
//! any other build, tells which pages had to wait for a cold half, and what called into it.
//!
//! Every kind of page is loaded anew, as a guest and as a member, with answers at once and late (what is odd about one only
//! late), and left as soon as it stands; nothing is clicked. The file gets a line for each: the part it is in, and the numbers of the functions in the order
//! of their first calls.

mod visits;

use nameplate_e2e::Outcome;
use nameplate_e2e::browser::{Browser, Look};
use nameplate_e2e::cold::{probe, session_of};
use nameplate_e2e::registry::{Registry, Wish};
use serde_json::json;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;
use std::time::Duration;
use visits::{EVERYTHING, EXTREMES, RECORDED, Row, VISITS};

/// How late answers of the API are: before the app and after it, since which comes first decides what is called.
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
    let mut lines = String::new();
    let late = &LATENCIES_MS[1..];
    for (seed, scale, rows, latencies, slow) in [
        ("demo", 0, &VISITS[..], &LATENCIES_MS[..], SLOW),
        ("demo", 0, &EVERYTHING[..], late, 0),
        (
            "demo",
            Wish::EXTREMES,
            &EXTREMES[..],
            &LATENCIES_MS[..],
            SLOW,
        ),
        ("recorded", 0, &RECORDED[..], &LATENCIES_MS[..], SLOW),
    ] {
        let registry = Registry::start(Wish {
            seed,
            faults: true,
            scale,
            ..Wish::DEMO
        })?;
        visit_all(&registry, rows, (latencies, slow), &mut lines).await?;
    }
    if file != "--blocking" {
        std::fs::write(PathBuf::from(file), lines)?;
    }
    Ok(())
}

async fn visit_all(
    registry: &Registry,
    rows: &[Row],
    (latencies, slow): (&[u64], usize),
    lines: &mut String,
) -> Outcome<()> {
    let mut sessions = BTreeMap::new();
    for &(part, who, paths) in rows {
        if !sessions.contains_key(who) {
            sessions.insert(who, session_of(registry, who).await?);
        }
        let browser = Browser::open(Look::DESK).await?;
        if let Some(Some(session)) = sessions.get(who) {
            session.resume(&browser).await?;
        }
        let watch = json!({"source": WATCH});
        browser
            .cdp("Page.addScriptToEvaluateOnNewDocument", watch)
            .await?;
        for latency_ms in latencies {
            let api = json!([{"method": "GET", "path": "/api/", "latency_ms": latency_ms}]);
            registry.fail(api).await?;
            for path in paths {
                visit(&browser, registry, (part, who, path), lines).await?;
            }
        }
        if slow > 0 {
            probe::slow_down(&browser).await?;
        }
        for path in paths.iter().take(slow) {
            visit(&browser, registry, (part, who, path), lines).await?;
        }
        browser.close().await?;
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
