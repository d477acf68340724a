//! Which functions of the wasm first pages call: `profile OUT.txt`, with a build that reports them; `profile --blocking`, with
//! any other build, tells which pages had to wait for a cold half, and what called into it.
//!
//! Every kind of page is loaded anew, as a guest and as a member, with the answers in several orders ([`ORDERS`]), and left as
//! soon as it stands; nothing is clicked. The file gets a line for each: the part it is in, and the numbers of the functions in
//! the order of their first calls.

mod visits;

use nameplate_e2e::Outcome;
use nameplate_e2e::blocking;
use nameplate_e2e::browser::{Browser, Look};
use nameplate_e2e::cold::{probe, session_of};
use nameplate_e2e::registry::{Registry, Wish};
use serde_json::json;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;
use std::time::Duration;
use visits::{EVERYTHING, EXTREMES, RECORDED, Row, VISITS};

/// How late answers are, by path: before the app or after it, all at once or one after the other, since which comes
/// first decides what is called. The first that fits a path counts.
type Order = &'static [(&'static str, u64)];

/// Longer than the app takes to start.
const LATE_MS: u64 = 800;

/// All before the app, and all beside it.
const ORDERS: [Order; 2] = [&[], &[("/api/", 50)]];

/// The page's own part, after the app and all answers.
const PART_LATE: Order = &[("/assets/split_*", LATE_MS)];

/// What some pages of a row are looked at with besides: everything late, what the site is, what the page is about, what stands
/// beside that, who is there, and the page's part.
const ODD_ORDERS: [Order; 6] = [
    &[("/api/", LATE_MS)],
    &[("/api/v1/site_metadata", LATE_MS)],
    &[("/api/v1/crates/*", LATE_MS), ("/api/v1/users/*", LATE_MS)],
    &[
        ("/api/v1/crates/*", 0),
        ("/api/v1/users/*", 0),
        ("/api/v1/crates", LATE_MS),
        ("/api/v1/users", LATE_MS),
    ],
    &[("/api/v1/me", LATE_MS), ("/api/private", LATE_MS)],
    PART_LATE,
];

/// How many pages of a row are looked at in odd orders and on the slow profile too.
const SOME: usize = 3;

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
    for (seed, scale, rows, orders, some) in [
        ("demo", 0, &VISITS[..], &ORDERS[..], SOME),
        ("demo", 0, &EVERYTHING[..], &ORDERS[1..], 0),
        ("demo", Wish::EXTREMES, &EXTREMES[..], &ORDERS[..], SOME),
        ("recorded", 0, &RECORDED[..], &ORDERS[..], SOME),
    ] {
        let registry = Registry::start(Wish {
            seed,
            faults: true,
            scale,
            ..Wish::DEMO
        })?;
        visit_all(&registry, rows, (orders, some), &mut lines).await?;
    }
    if file != "--blocking" {
        std::fs::write(PathBuf::from(file), lines)?;
    }
    Ok(())
}

async fn visit_all(
    registry: &Registry,
    rows: &[Row],
    (orders, some): (&[Order], usize),
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
        blocking::watch(&browser).await?;
        for order in orders {
            answer_in(registry, order).await?;
            for path in paths {
                visit(&browser, registry, (part, who, path), lines).await?;
            }
        }
        let some = paths.iter().take(some);
        for order in ODD_ORDERS {
            answer_in(registry, order).await?;
            // What was fetched for another page would not be late.
            keep_nothing(&browser, order == PART_LATE).await?;
            for path in some.clone() {
                visit(&browser, registry, (part, who, path), lines).await?;
            }
        }
        keep_nothing(&browser, false).await?;
        if some.len() > 0 {
            probe::slow_down(&browser).await?;
            answer_in(registry, ORDERS[1]).await?;
        }
        for path in some {
            visit(&browser, registry, (part, who, path), lines).await?;
        }
        browser.close().await?;
    }
    Ok(())
}

/// Whether the browser fetches everything anew.
async fn keep_nothing(browser: &Browser, nothing: bool) -> Outcome<()> {
    let wish = json!({"cacheDisabled": nothing});
    browser.cdp("Network.enable", json!({})).await?;
    browser.cdp("Network.setCacheDisabled", wish).await?;
    Ok(())
}

async fn answer_in(registry: &Registry, order: Order) -> Outcome<()> {
    let late = order
        .iter()
        .map(|(path, latency_ms)| json!({"method": "GET", "path": path, "latency_ms": latency_ms}));
    registry.fail(late.collect()).await
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
    let called =
        "return window.__nameplate_called ? [...window.__nameplate_called].join(' ') : null";
    let called = browser.script(called, Vec::new()).await?;
    let row = format!("{part:<12} {who:<14} {path:<52}");
    if let Some(numbers) = called.as_str() {
        let _ = writeln!(lines, "{part} {numbers}");
        println!("{row} {:>5} functions", numbers.split(' ').count());
    } else {
        let waits = blocking::requests(browser).await?;
        println!("{row} {:>5} waits", waits.len());
        for wait in waits {
            println!("{wait}");
        }
    }
    Ok(())
}
