//! What everybody is told at the top of a page, and refusals that come under 200: answers no real server gives on demand.

use crate::harness::fake_server::{Failure, FakeCrate, FakeServer};
use crate::harness::screen::Screen;
use crate::harness::settle::{settle, tick};
use wasm_bindgen_test::wasm_bindgen_test;

const METADATA: &str = "GET /api/v1/site_metadata";
const DISMISS: &str = "Dismiss this announcement";
const DISMISS_READ_ONLY: &str = "Dismiss the read-only notice";

fn server(metadata: &'static str) -> FakeServer {
    let server = FakeServer::new();
    server
        .krate(FakeCrate::new("crabshell", &[]))
        .fail(METADATA, Failure::Body(metadata));
    server
}

/// Loads the page again and waits until the metadata is there: what is not shown by then will not be.
async fn reload(server: &FakeServer) -> Screen {
    let before = server.requests_like(METADATA).len();
    let screen = Screen::open_as_it_is(server);
    settle("the metadata is asked for and there", || {
        server.requests_like(METADATA).len() > before && server.open().is_empty()
    })
    .await;
    tick().await;
    tick().await;
    screen
}

#[wasm_bindgen_test]
async fn a_banner_is_text_and_stays_away_once_dismissed() {
    let server = server(r#"{"read_only": false, "banner_message": "<b>Maintenance</b> tonight"}"#);
    let screen = Screen::open("/docs/usernames", &server);
    screen.expect_text("<b>Maintenance</b> tonight").await;
    screen.click_button(DISMISS).await;
    screen.expect_no_text("Maintenance").await;
    screen.expect_focus("heading", "Usernames").await;
    screen.leave().await;

    let screen = reload(&server).await;
    screen.see_no("button", DISMISS).await;
    screen.leave().await;

    server.heal().fail(
        METADATA,
        Failure::Body(r#"{"read_only": false, "banner_message": "Another"}"#),
    );
    let screen = Screen::open_as_it_is(&server);
    screen.expect_text("Another").await;
    screen.see("button", DISMISS).await;
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn the_next_read_only_time_is_told_anew() {
    let read_only = r#"{"read_only": true, "banner_message": null}"#;
    let server = server(read_only);
    let screen = Screen::open("/docs/usernames", &server);
    screen.expect_text("read-only for now").await;
    screen.click_button(DISMISS_READ_ONLY).await;
    screen.expect_no_text("read-only for now").await;
    screen.leave().await;

    for (metadata, told) in [
        (read_only, false),
        (r#"{"read_only": false, "banner_message": null}"#, false),
        (read_only, true),
    ] {
        server.heal().fail(METADATA, Failure::Body(metadata));
        let screen = reload(&server).await;
        if told {
            screen.see("button", DISMISS_READ_ONLY).await;
        } else {
            screen.see_no("button", DISMISS_READ_ONLY).await;
        }
        screen.leave().await;
    }
}

#[wasm_bindgen_test]
async fn a_banner_and_a_read_only_notice_are_dismissed_each_by_itself() {
    let server = server(r#"{"read_only": true, "banner_message": "Tonight"}"#);
    let screen = Screen::open("/docs/usernames", &server);
    screen.see("button", DISMISS_READ_ONLY).await;
    screen.click_button(DISMISS).await;
    screen.expect_focus("button", DISMISS_READ_ONLY).await;
    screen.expect_no_text("Tonight").await;
    screen.expect_text("read-only for now").await;
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn errors_under_200_are_a_failure_in_the_registrys_words() {
    let server = FakeServer::new();
    server.krate(FakeCrate::new("crabshell", &[])).fail(
        "GET /api/v1/crates",
        Failure::Body(r#"{"errors": [{"detail": "The search is <i>out of order</i>."}]}"#),
    );
    let screen = Screen::open("/search?q=crabshell", &server);
    screen
        .expect_heading("Search results for “crabshell”")
        .await;
    screen.expect_text("The crates could not be loaded").await;
    screen
        .expect_text("The search is <i>out of order</i>.")
        .await;
    server.heal();
    screen.click_button("Try again").await;
    screen.see("link", "crabshell").await;
    screen.expect_no_text("out of order").await;
    screen.leave().await;
}
