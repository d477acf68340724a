//! Each kind of failure is a screen of its own, keeps header and footer, and gets better when the server does.

use nameplate_e2e::story::{Setting, story};
use nameplate_e2e::visitor::Visitor;
use serde_json::{Value, json};

const USER: &str = "/api/v1/users/ferris";

async fn open_failing(visitor: &Visitor, heading: &str) {
    visitor.open("/users/ferris").await;
    visitor.expect_heading(heading).await;
    visitor
        .expect_title(&format!("{heading} - nameplate"))
        .await;
    visitor.see("banner", "").await;
    visitor.see("contentinfo", "").await;
}

fn fault(details: Value) -> Value {
    let mut fault = json!({"method": "GET", "path": USER});
    for (key, value) in details.as_object().into_iter().flatten() {
        fault[key] = value.clone();
    }
    json!([fault])
}

#[test]
fn trouble_at_the_server_can_be_tried_again() {
    let failed = "The page of ferris could not be loaded";
    let cases = [
        (json!({"status": 500}), Some(500), failed),
        (json!({"status": 502, "body": "html"}), Some(502), failed),
        (json!({"body": "not_json"}), None, failed),
        (json!({"body": "html"}), None, failed),
    ];
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        for (details, status, heading) in cases {
            stage
                .registry
                .fail(fault(details))
                .await
                .expect("it fails now");
            if let Some(status) = status {
                visitor.foresee(status, USER);
            }
            open_failing(visitor, heading).await;
            stage.registry.heal().await.expect("it works again");
            visitor.click_button("Try again").await;
            visitor.expect_heading("ferris").await;
            visitor.expect_title("ferris - nameplate").await;
        }
    });
}

#[test]
fn a_broken_connection_reads_as_no_connection() {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        for drop in ["before", "after"] {
            stage
                .registry
                .fail(fault(json!({"drop": drop})))
                .await
                .expect("it fails now");
            visitor.foresee_broken(USER);
            open_failing(visitor, "No connection to the registry").await;
            stage.registry.heal().await.expect("it works again");
            visitor.click_button("Try again").await;
            visitor.expect_heading("ferris").await;
        }
    });
}

#[test]
fn a_server_that_is_read_only_says_so() {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        stage
            .registry
            .fail(fault(json!({"status": 429})))
            .await
            .expect("it fails now");
        visitor.foresee(429, USER);
        visitor.open("/users/ferris").await;
        visitor.see("button", "Try again").await;
        visitor.see("banner", "").await;
        stage.registry.heal().await.expect("it works again");
        visitor.click_button("Try again").await;
        visitor.expect_heading("ferris").await;
    });
}

#[test]
fn a_part_that_fails_leaves_the_rest_of_the_page() {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        let faults = json!([
            {"method": "GET", "path": "/api/v1/crates", "status": 500},
            {"method": "GET", "path": "/api/v1/users/*/stats", "status": 500},
        ]);
        stage.registry.fail(faults).await.expect("it fails now");
        visitor.foresee(500, "/api/v1/crates");
        visitor.foresee(500, "/api/v1/users/1/stats");
        visitor.open("/users/ferris").await;
        visitor.expect_heading("ferris").await;
        visitor.expect_text("The crates could not be loaded").await;
        visitor.expect_text("could not be loaded").await;
        stage.registry.heal().await.expect("it works again");
        visitor.click_button("Try again").await;
        visitor.see("link", "crabshell").await;
    });
}

#[test]
fn owners_that_fail_leave_the_crate() {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        let path = "/api/v1/crates/crabshell/owners";
        stage
            .registry
            .fail(json!([{"method": "GET", "path": path, "status": 500}]))
            .await
            .expect("it fails now");
        visitor.foresee(500, path);
        visitor.open("/crates/crabshell").await;
        visitor.expect_crate("crabshell").await;
        visitor.see("region", "Readme").await;
        stage.registry.heal().await.expect("it works again");
        visitor.click_button("Try again").await;
        visitor.see("link", "ferris").await;
    });
}

#[test]
fn slow_statistics_hold_nothing_up() {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        let slow = json!([{"method": "GET", "path": "/api/v1/users/1/stats", "latency_ms": 3000}]);
        stage.registry.fail(slow).await.expect("it is slow now");
        visitor.open("/users/ferris").await;
        visitor.see("link", "crabshell").await;
        let waiting = visitor.network().await;
        assert!(
            waiting
                .in_flight()
                .any(|one| one.path().ends_with("/stats")),
            "the crates were there first"
        );
        visitor.settle().await;
    });
}
