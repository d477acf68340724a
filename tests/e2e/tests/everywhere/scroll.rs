//! Back and forward: every list and every text is found again where it was left.

use nameplate_e2e::browser::Look;
use nameplate_e2e::by_role::Name;
use nameplate_e2e::story::{Setting, story};
use nameplate_e2e::visitor::Visitor;
use serde_json::{Value, json};

/// Pages that are longer than a window.
const PAGES: [&str; 10] = [
    "/",
    "/search?q=team&page=2",
    "/crates?letter=q",
    "/keywords",
    "/keywords/cli",
    "/teams/github:crab-works:tools",
    "/users/prolific?page=2",
    "/crates/many-versions/versions",
    "/crates/much-depended/reverse_dependencies",
    "/docs/usernames",
];

/// Scrolls to the middle or, where no link to another page is in sight there, to the nearest one; answers where that is.
const TO_THE_MIDDLE: &str = "
    const root = document.scrollingElement;
    const middle = Math.round((root.scrollHeight - innerHeight) / 2);
    const distances = [...document.querySelectorAll('main a[href^=\"/\"]')]
        .filter((one) => one.pathname !== location.pathname && one.checkVisibility())
        .map((one) => one.getBoundingClientRect().top + scrollY - innerHeight / 2 - middle)
        .sort((a, b) => Math.abs(a) - Math.abs(b));
    const nearest = distances[0] ?? 0;
    scrollTo(0, middle + (Math.abs(nearest) > innerHeight / 2 - 90 ? Math.round(nearest) : 0));
    return Math.round(scrollY);";

/// Finds a link that is in sight and leads to another page of this site; answers where to, and where to press.
const IN_SIGHT: &str = "
    const links = [...document.querySelectorAll('main a[href^=\"/\"]')].filter((one) => {
        const box = one.getBoundingClientRect();
        return one.pathname !== location.pathname && one.checkVisibility() && box.top > 80 && box.bottom < innerHeight;
    });
    if (!links[0]) return null;
    const box = links[0].getClientRects()[0];
    return {to: links[0].pathname + links[0].search, x: box.x + box.width / 2, y: box.y + box.height / 2};";

/// Presses a link that is in sight, without scrolling for it; answers where it leads.
async fn follow(visitor: &Visitor, page: &str) -> String {
    let link = visitor.ask(IN_SIGHT).await;
    let Some(to) = link["to"].as_str() else {
        panic!("{page} has no link in its middle");
    };
    for kind in ["mousePressed", "mouseReleased"] {
        let press = json!({"type": kind, "x": link["x"], "y": link["y"], "button": "left", "clickCount": 1});
        let pressed = visitor.browser.cdp("Input.dispatchMouseEvent", press).await;
        pressed.expect("the mouse works");
    }
    to.to_owned()
}

async fn expect_scrolled(visitor: &Visitor, page: &str, wanted: i64) {
    let mut last = Value::Null;
    let there = visitor.browser.until("the old place", async || {
        let script = "return Math.round(scrollY)";
        last = visitor.browser.script(script, Vec::new()).await?;
        let at = last.as_i64().unwrap_or(-1);
        Ok(((at - wanted).abs() <= 2).then_some(()))
    });
    let there = there.await;
    assert!(there.is_ok(), "{page}: at {last} instead of {wanted}");
}

async fn there_and_back(visitor: &Visitor) {
    for page in PAGES {
        visitor.open(page).await;
        visitor.expect_heading(Name::Any).await;
        visitor.settle().await;
        // Rows in the middle take their real height as they come into sight.
        visitor.ask(TO_THE_MIDDLE).await;
        visitor.settle().await;
        let middle = visitor.ask("return Math.round(scrollY)").await;
        let middle = middle.as_i64().unwrap_or(0);
        assert!(middle > 40, "{page} is too short: {middle}");
        let to = follow(visitor, page).await;
        let path_only = to.split('?').next().unwrap_or(&to).to_owned();
        let arrived = visitor.browser.until("the next page", async || {
            Ok(visitor.path().await.starts_with(&path_only).then_some(()))
        });
        arrived.await.expect("the link leads there");
        visitor.expect_heading(Name::Any).await;
        visitor.settle().await;
        expect_scrolled(visitor, &to, 0).await;
        visitor.foresee_what_failed().await;
        visitor.back().await;
        visitor.expect_path(page).await;
        visitor.settle().await;
        expect_scrolled(visitor, page, middle).await;
        visitor.forward().await;
        visitor.settle().await;
        assert!(visitor.path().await.starts_with(&path_only), "{page}");
        expect_scrolled(visitor, &to, 0).await;
        visitor.back().await;
        visitor.expect_path(page).await;
        visitor.settle().await;
        expect_scrolled(visitor, page, middle).await;
    }
}

#[test]
fn going_back_finds_every_page_where_it_was_left() {
    story(Setting::DEMO, async |stage| {
        there_and_back(&stage.visitor).await;
    });
}

#[test]
fn going_back_finds_every_page_where_it_was_left_on_a_phone() {
    story(Setting::DEMO.look(Look::PHONE), async |stage| {
        there_and_back(&stage.visitor).await;
    });
}

/// Crates with little to read, which end in a picture of their downloads: of many versions, of one, of none.
const SHORT: [&str; 3] = [
    "/crates/release-tracks",
    "/crates/lone-lantern",
    "/crates/no-downloads",
];

async fn to_the_end_and_back(visitor: &Visitor) {
    for page in SHORT {
        visitor.open(page).await;
        visitor.see("region", "Readme").await;
        visitor.settle().await;
        let height = "return document.scrollingElement.scrollHeight";
        let before = visitor.ask(height).await;
        visitor
            .ask("scrollTo(0, document.scrollingElement.scrollHeight)")
            .await;
        visitor.settle().await;
        assert_eq!(visitor.ask(height).await, before, "{page} grew");
        let end = visitor.ask("return Math.round(scrollY)").await;
        let end = end.as_i64().unwrap_or(0);
        assert!(end > 40, "{page} is too short: {end}");
        // It stands in the footer, in sight.
        visitor.click_link("Privacy").await;
        visitor.expect_path("/policies/privacy").await;
        visitor.settle().await;
        visitor.foresee_what_failed().await;
        visitor.back().await;
        visitor.expect_path(page).await;
        visitor.settle().await;
        expect_scrolled(visitor, page, end).await;
    }
}

#[test]
fn going_back_finds_the_end_of_a_short_crate_page_though_its_chart_comes_late() {
    story(Setting::DEMO, async |stage| {
        to_the_end_and_back(&stage.visitor).await;
    });
}

#[test]
fn going_back_finds_the_end_of_a_short_crate_page_on_a_phone() {
    story(Setting::DEMO.look(Look::PHONE), async |stage| {
        to_the_end_and_back(&stage.visitor).await;
    });
}

#[test]
fn going_back_waits_for_a_slow_registry_and_then_returns() {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        let page = "/crates?letter=q";
        visitor.open(page).await;
        visitor.expect_heading(Name::Any).await;
        visitor.settle().await;
        let middle = visitor.ask(TO_THE_MIDDLE).await.as_i64().unwrap_or(0);
        assert!(middle > 40, "{middle}");
        follow(visitor, page).await;
        visitor.see("region", "Owners").await;
        visitor.settle().await;
        visitor.foresee_what_failed().await;
        let slow = json!([{"method": "GET", "path": "/api/v1/crates", "latency_ms": 1200}]);
        stage.registry.fail(slow).await.expect("it is slow now");
        visitor.back().await;
        visitor.expect_path(page).await;
        expect_scrolled(visitor, page, middle).await;
        visitor.settle().await;
    });
}
