//! Every public page under everything that can go wrong with the registry: said in words, with a way to try again, and no
//! page waits for ever.

use nameplate_e2e::story::{Setting, Stage, story};
use nameplate_e2e::visitor::Visitor;
use serde_json::{Value, json};

/// The public pages: address, and a part of the heading when all is well.
const PAGES: [(&str, &str); 15] = [
    ("/", "Crates, and who owns them"),
    ("/search?q=crabshell", "Search results for “crabshell”"),
    ("/crates", "All crates"),
    ("/keywords", "Keywords"),
    ("/keywords/cli", "Keyword cli"),
    ("/categories", "Categories"),
    ("/categories/encoding", "Encoding"),
    ("/teams/github:crab-works:core", "crab-works/core"),
    ("/users/carols10cents", "carols10cents"),
    ("/crates/crabshell", "crabshell v"),
    ("/crates/crabshell/versions", "crabshell"),
    ("/crates/crabshell/1.9.0", "crabshell v1.9.0"),
    (
        "/crates/dependency-zoo/0.4.2/dependencies",
        "dependency-zoo",
    ),
    (
        "/crates/much-depended/reverse_dependencies",
        "much-depended",
    ),
    ("/crates/crabshell/range/%5E1", "crabshell v1.9.0"),
];

/// What a page looks like to somebody who waits: its heading, what still turns, and the ways to try again.
const STATE: &str = "
    const shown = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility());
    return {
        headings: shown('main h1').filter((one) => !one.closest('.readme')).map((one) => one.innerText.replace(/\\s+/g, ' ')),
        busy: shown('main [aria-busy=true]').length,
        waiting: shown('main .placeholder, main .placeholder-row').length,
        retries: shown('main button').filter((one) => one.innerText === 'Try again').length,
        words: document.querySelector('main').innerText.length,
        skeleton: document.querySelector('#skeleton') !== null,
    };";

/// Waits until nothing is waited for on the page any more.
async fn at_rest(visitor: &Visitor, page: &str) -> Value {
    let mut last = Value::Null;
    let rest = visitor.browser.until("an end of the waiting", async || {
        last = visitor.browser.script(STATE, Vec::new()).await?;
        let is_there = last["headings"]
            .as_array()
            .is_some_and(|all| all.len() == 1);
        Ok((is_there && last["busy"] == 0 && last["waiting"] == 0).then_some(()))
    });
    let outcome = rest.await;
    assert!(outcome.is_ok(), "{page} goes on waiting: {last}");
    last
}

/// Presses every "Try again" until there is none, and looks at what then stands there.
async fn recover(visitor: &Visitor, page: &str, heading: &str) {
    for _ in 0..8 {
        visitor
            .ask(
                "for (const one of document.querySelectorAll('main button'))
                    if (one.checkVisibility() && one.innerText === 'Try again') one.click();",
            )
            .await;
        visitor.settle().await;
        if at_rest(visitor, page).await["retries"] == 0 {
            break;
        }
    }
    let state = at_rest(visitor, page).await;
    assert_eq!(state["retries"], 0, "{page} does not recover: {state}");
    let shown = state["headings"][0].as_str().unwrap_or_default();
    assert!(shown.contains(heading), "{page}: {state}");
}

async fn fail(stage: &Stage, fault: &Value) {
    let mut fault = fault.clone();
    fault["method"] = json!("GET");
    fault["path"] = json!("/api/v1");
    let failing = stage.registry.fail(json!([fault])).await;
    failing.expect("it fails now");
}

/// Opens every page while the whole API fails so, and again lets it recover.
fn pages_under(faults: &[Value]) {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        for fault in faults {
            // What a page got when all was well would stand in for what it cannot get now.
            let browser = &visitor.browser;
            let forgotten = browser.cdp("Network.clearBrowserCache", json!({})).await;
            forgotten.expect("the cache is emptied");
            for (page, heading) in PAGES {
                fail(stage, fault).await;
                visitor.open(page).await;
                let state = at_rest(visitor, page).await;
                assert!(
                    state["retries"].as_u64() > Some(0),
                    "{page} under {fault} offers no way on: {state}"
                );
                assert!(
                    state["words"].as_u64() > Some(40),
                    "{page} under {fault}: {state}"
                );
                visitor.settle().await;
                visitor.foresee_what_failed().await;
                let healed = stage.registry.heal().await;
                healed.expect("it works again");
                recover(visitor, page, heading).await;
            }
        }
    });
}

#[test]
fn every_page_says_that_the_registry_fails_and_recovers() {
    pages_under(&[
        json!({"status": 500}),
        json!({"status": 503}),
        json!({"status": 429}),
    ]);
}

#[test]
fn every_page_says_that_the_connection_breaks_and_recovers() {
    pages_under(&[
        json!({"drop": "before"}),
        json!({"drop": "after"}),
        json!({"body": "truncated"}),
    ]);
}

#[test]
fn every_page_says_that_answers_cannot_be_read_and_recovers() {
    pages_under(&[
        json!({"body": "not_json"}),
        json!({"body": "html"}),
        json!({"status": 502, "body": "html"}),
    ]);
}

#[test]
fn every_page_has_its_frame_while_the_registry_is_slow_and_comes_whole() {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        fail(stage, &json!({"latency_ms": 700})).await;
        for (page, heading) in PAGES {
            visitor.open(page).await;
            visitor.see("banner", "").await;
            visitor.settle().await;
            let state = at_rest(visitor, page).await;
            assert_eq!(state["retries"], 0, "{page}: {state}");
            let shown = state["headings"][0].as_str().unwrap_or_default();
            assert!(shown.contains(heading), "{page}: {state}");
        }
    });
}

#[test]
fn no_page_waits_for_ever_for_a_registry_that_never_answers() {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        // What a request has, half a minute, in less than two seconds.
        visitor.hurry().await;
        for (page, heading) in PAGES {
            fail(stage, &json!({"hang": true})).await;
            visitor.open(page).await;
            visitor.see("banner", "").await;
            let state = at_rest(visitor, page).await;
            assert!(
                state["retries"].as_u64() > Some(0),
                "{page} offers no way on: {state}"
            );
            visitor.expect_text("No answer came in time.").await;
            let healed = stage.registry.heal().await;
            healed.expect("it works again");
            visitor.browser.forget_network().await.expect("forgotten");
            recover(visitor, page, heading).await;
        }
    });
}
