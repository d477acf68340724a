//! The wasm that no first page calls comes when the page stands, or at the moment when it is called.

use nameplate_e2e::blocking;
use nameplate_e2e::network::Exchange;
use nameplate_e2e::story::{Setting, Stage, story};
use nameplate_e2e::visitor::Visitor;
use serde_json::json;

/// A browser that is never idle: cold halves do not come by themselves.
async fn never_idle(visitor: &Visitor) {
    let script = "window.requestIdleCallback = () => {};";
    let told = visitor.browser.run_first(script).await;
    told.expect("it is added");
}

/// The requests for cold halves.
async fn cold(stage: &Stage) -> Vec<Exchange> {
    let network = stage.visitor.network().await;
    let all = network.all().iter();
    all.filter(|one| one.path().contains("_cold-"))
        .cloned()
        .collect()
}

#[test]
fn the_rest_of_the_wasm_comes_once_the_page_stands() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        for path in ["/users/ferris", "/crates/crabshell"] {
            visitor.open(path).await;
            visitor.settle().await;
            let network = visitor.network().await;
            let answers = network
                .all()
                .iter()
                .filter(|one| one.path().starts_with("/api/"));
            let last = answers.filter_map(|one| one.done).fold(0.0, f64::max);
            let cold = cold(stage).await;
            assert!(!cold.is_empty(), "{path} has no cold half");
            for half in cold {
                assert_eq!(half.kind, "Fetch", "{half} was not waited for");
                assert!(half.sent > last, "{half} came before an answer");
            }
        }
    });
}

/// In which order answers and files come decides what is called, and one load in many may see an order that no profiled one
/// saw. A page that waits this often in a row does so always.
const TRIES: usize = 3;

/// Should this fail after a change, first pages call what they did not: `cargo xtask profile` writes the list anew.
#[test]
fn no_first_page_waits_for_a_cold_half() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        let browser = &visitor.browser;
        blocking::watch(browser).await.expect("it is watched");
        for path in [
            "/users/carols10cents",
            "/users/prolific?page=2",
            "/crates/feature-forest",
            "/crates/yanked-some/versions",
            "/crates/much-depended/reverse_dependencies",
            "/",
            "/search?q=crab",
            "/docs/usernames",
        ] {
            let mut waits = Vec::new();
            for _ in 0..TRIES {
                visitor.open(path).await;
                visitor.settle().await;
                waits = blocking::requests(browser).await.expect("they are told");
                if waits.is_empty() {
                    break;
                }
            }
            assert!(waits.is_empty(), "{path} waited for {}", waits.join("\n"));
        }
    });
}

/// Opens pages while what is at this path takes longer than the app.
fn late_makes_no_page_wait(path: &str, pages: &[&str]) {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        let browser = &visitor.browser;
        blocking::watch(browser).await.expect("it is watched");
        let late = json!([{"method": "GET", "path": path, "latency_ms": 1000}]);
        stage.registry.fail(late).await.expect("it is late");
        for page in pages {
            visitor.open(page).await;
            visitor.settle().await;
            let waits = blocking::requests(browser).await.expect("they are told");
            assert!(waits.is_empty(), "{page} waited for {}", waits.join("\n"));
        }
    });
}

/// What the site is tells where READMEs are; a crate's page then is there first, and asks for its README itself.
#[test]
fn a_late_answer_about_the_site_makes_no_page_wait_for_a_cold_half() {
    late_makes_no_page_wait(
        "/api/v1/site_metadata",
        &["/crates/feature-forest", "/crates/crabshell"],
    );
}

/// Header and footer are there first.
#[test]
fn a_late_part_makes_no_page_wait_for_a_cold_half() {
    late_makes_no_page_wait(
        "/assets/split_*",
        &["/crates/crabshell", "/crates", "/policies"],
    );
}

#[test]
fn what_is_called_before_its_half_is_there_comes_at_once() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        never_idle(visitor).await;
        visitor.open("/users/ferris").await;
        visitor.see("link", "crabshell").await;
        assert!(cold(stage).await.is_empty());
        visitor.click_link("crabshell").await;
        visitor.expect_crate("crabshell").await;
        let cold = cold(stage).await;
        assert!(
            !cold.is_empty() && cold.iter().all(|half| half.kind == "XHR"),
            "{cold:?}"
        );
    });
}

#[test]
fn a_cold_half_that_cannot_be_had_ends_the_page_with_words() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        // What comes by itself is refused, and then what is asked for at once.
        visitor.foresee_words("_cold-");
        visitor.foresee_words("Failed to execute 'send' on 'XMLHttpRequest'");
        let block = visitor
            .browser
            .cdp("Network.setBlockedURLs", json!({"urls": ["*_cold-*"]}));
        block.await.expect("it is blocked");
        visitor.open("/users/ferris").await;
        visitor.see("link", "crabshell").await;
        visitor.settle().await;
        visitor.click_link("crabshell").await;
        visitor.expect_heading("nameplate cannot go on").await;
        visitor.see("button", "Try again").await;
        stage.inspect("cannot-go-on").await;
        let free = visitor
            .browser
            .cdp("Network.setBlockedURLs", json!({"urls": []}));
        free.await.expect("it is free again");
        visitor.click_button("Try again").await;
        visitor.see("heading", "ferris").await;
    });
}
