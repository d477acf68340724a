//! Each kind of failure is a screen of its own, keeps header and footer, and gets better when the server does.

use nameplate_e2e::by_role::containing;
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

#[test]
fn an_app_that_does_not_arrive_says_so_and_can_be_tried_again() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        let block = async |patterns: Value| {
            let browser = &visitor.browser;
            let watched = browser.cdp("Network.enable", json!({})).await;
            watched.expect("the network is watched");
            let blocked = browser.cdp("Network.setBlockedURLs", json!({"urls": patterns}));
            blocked.await.expect("it is blocked");
        };
        block(json!(["*.wasm"])).await;
        visitor.open("/users/ferris").await;
        visitor.expect_heading("nameplate could not start").await;
        visitor.see("alert", containing("")).await;
        stage.inspect("boot-failure").await;
        block(json!([])).await;
        visitor.click_button("Try again").await;
        visitor.expect_heading("ferris").await;
        visitor.see_no("alert", containing("could not start")).await;
    });
}

#[test]
fn without_scripts_a_page_says_where_its_data_can_be_had() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        let scripts = json!({"value": true});
        visitor
            .browser
            .cdp("Emulation.setScriptExecutionDisabled", scripts)
            .await
            .expect("scripts are off");
        visitor.open("/crates/crabshell").await;
        visitor.expect_heading("nameplate needs JavaScript").await;
        let said = visitor.tree().await.text();
        for part in ["/api/v1/crates/NAME/owners", "cargo owner --list NAME"] {
            assert!(said.contains(part), "{part} is not in {said}");
        }
    });
}
