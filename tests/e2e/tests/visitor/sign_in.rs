//! Signing in and out of known accounts, in a window of its own and, where none may open, in this one.

use nameplate_e2e::story::{Setting, story};
use nameplate_e2e::visitor::Visitor;
use serde_json::json;

/// Both ways of signing in, each in a story of its own.
fn both_ways(tell: impl AsyncFn(&Visitor)) {
    for is_blocked in [false, true] {
        story(Setting::DEMO, async |stage| {
            if is_blocked {
                stage.visitor.block_windows().await;
            }
            tell(&stage.visitor).await;
        });
    }
}

#[test]
fn a_known_account_signs_in_and_is_back_where_it_was() {
    both_ways(async |visitor| {
        visitor.open("/users/carols10cents?sort=downloads").await;
        visitor.expect_heading("carols10cents").await;
        visitor.sign_in("ferris").await;
        visitor
            .expect_path("/users/carols10cents?sort=downloads")
            .await;
        visitor.expect_heading("carols10cents").await;
        visitor.see("button", "ferris").await;
        assert_eq!(
            visitor
                .ask("return localStorage.getItem('nameplate.signed-in')")
                .await,
            json!("1")
        );
        let left = visitor.ask("return Object.keys(sessionStorage)").await;
        assert_eq!(left, json!([]), "what was kept for the way is used up");
        visitor.reload().await;
        visitor.see("button", "ferris").await;
        visitor.expect_no_request_twice().await;
    });
}

#[test]
fn the_header_shows_the_username_never_only_a_display_name() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/users/ferris").await;
        visitor.expect_heading("ferris").await;
        visitor.sign_in("carolgithub").await;
        visitor.see("button", "carols10cents").await;
        visitor.click_button("carols10cents").await;
        visitor.click_link("Your profile").await;
        visitor.expect_path("/users/carols10cents").await;
    });
}

#[test]
fn logging_out_makes_a_guest_of_the_next_visit() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/users/ferris").await;
        visitor.expect_heading("ferris").await;
        visitor.sign_in("ferris").await;
        visitor.click_button("ferris").await;
        visitor.click_button("Log out").await;
        visitor.see("button", "Log in with GitHub").await;
        visitor.reload().await;
        visitor.see("button", "Log in with GitHub").await;
        visitor.settle().await;
        let asked = visitor.network().await.api_calls();
        assert!(
            !asked.iter().any(|call| call.contains("/me")),
            "a guest is not asked for: {asked:?}"
        );
    });
}

#[test]
fn the_login_button_does_not_flash_while_it_is_not_known() {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/users/ferris").await;
        visitor.expect_heading("ferris").await;
        visitor.sign_in("ferris").await;
        let slow = json!([{"method": "GET", "path": "/api/v1/me", "latency_ms": 1500}]);
        stage.registry.fail(slow).await.expect("it is slow now");
        visitor.reload().await;
        visitor.expect_heading("ferris").await;
        assert!(visitor.all("button", "Log in with GitHub").await.is_empty());
        visitor.see("button", "ferris").await;
    });
}

#[test]
fn refusing_consent_is_said_and_nobody_is_signed_in() {
    both_ways(async |visitor| {
        visitor.open("/users/ferris").await;
        visitor.click_button("Log in with GitHub").await;
        visitor.choose_identity("Refuse consent").await;
        visitor.expect_path("/users/ferris").await;
        visitor
            .expect_text("You did not let GitHub tell us who you are")
            .await;
        visitor.see("button", "Log in with GitHub").await;
    });
}

#[test]
fn a_state_that_was_tampered_with_is_not_used() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.block_windows().await;
        visitor.open("/users/ferris").await;
        visitor.click_button("Log in with GitHub").await;
        visitor.choose_identity("Tamper with the state").await;
        visitor.expect_text("not begun in this window").await;
        visitor.see("button", "Log in with GitHub").await;
        expect_nothing_handed_over(visitor).await;
    });
}

#[test]
fn a_link_to_the_landing_page_signs_nobody_in() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor
            .open("/github-redirect.html?code=stolen&state=made-up")
            .await;
        visitor.expect_text("was not begun in this window").await;
        expect_nothing_handed_over(visitor).await;
        visitor.open("/users/ferris").await;
        visitor.see("button", "Log in with GitHub").await;
        expect_nothing_handed_over(visitor).await;
    });
}

async fn expect_nothing_handed_over(visitor: &Visitor) {
    visitor.settle().await;
    let asked = visitor.network().await.api_calls();
    assert!(
        !asked.iter().any(|call| call.contains("authorize")),
        "{asked:?}"
    );
}

#[test]
fn another_tab_follows_a_log_out() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/users/ferris").await;
        visitor.sign_in("ferris").await;
        let driver = visitor.browser.driver();
        let first = driver.window().await.expect("a tab");
        let second = driver.new_tab().await.expect("another tab");
        driver.switch_to_window(second).await.expect("it is shown");
        visitor.open("/crates/lone-lantern").await;
        visitor.see("button", "ferris").await;
        visitor.click_button("ferris").await;
        // The other tab asks `/me` and is told that it is signed out, which is what it wants to know.
        visitor.foresee(403, "/api/v1/me");
        visitor.click_button("Log out").await;
        visitor.see("button", "Log in with GitHub").await;
        driver.switch_to_window(first).await.expect("it is shown");
        visitor.see("button", "Log in with GitHub").await;
    });
}
