//! Going back and forward shows what was there a moment ago without asking; whatever may have changed it has it asked anew.

use nameplate_e2e::story::{Setting, story};
use nameplate_e2e::visitor::Visitor;
use serde_json::json;

/// From a crate to one of its owners, everything there.
async fn crate_then_owner(visitor: &Visitor) {
    visitor.open("/crates/crabshell").await;
    visitor.see("region", "Readme").await;
    visitor.see("link", "carols10cents").await;
    // What is asked for only where it is in sight, too.
    visitor
        .ask("scrollTo(0, document.documentElement.scrollHeight)")
        .await;
    let downloads = visitor.browser.until("the downloads", async || {
        let network = visitor.browser.network().await?;
        let mut all = network.all().iter();
        let there = all.any(|one| one.path().contains("/downloads?") && one.done.is_some());
        Ok(there.then_some(()))
    });
    downloads.await.expect("they come with the scrolling");
    visitor.settle().await;
    visitor.click_link("carols10cents").await;
    visitor.see("heading", "Crates (14)").await;
    visitor.settle().await;
    forget(visitor).await;
}

async fn forget(visitor: &Visitor) {
    let forgotten = visitor.browser.forget_network().await;
    forgotten.expect("the log is read");
}

/// What the page asked for by script since the log was forgotten: the API and the file host.
async fn asked(visitor: &Visitor) -> Vec<String> {
    visitor.settle().await;
    let network = visitor.network().await;
    let asked = network
        .over_the_wire()
        .filter(|one| one.kind == "Fetch" || one.kind == "XHR");
    asked.map(ToString::to_string).collect()
}

#[track_caller]
fn expect_asked(asked: &[String], part: &str) {
    assert!(
        asked.iter().any(|one| one.contains(part)),
        "{part} is not among {asked:#?}"
    );
}

#[test]
fn back_and_forward_ask_for_nothing_and_a_click_does() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        crate_then_owner(visitor).await;
        visitor.ask("scrollTo(0, 240)").await;
        visitor.settle().await;
        forget(visitor).await;
        visitor.back().await;
        visitor.expect_path("/crates/crabshell").await;
        visitor.expect_crate("crabshell").await;
        visitor.see("link", "carols10cents").await;
        visitor.see("region", "Readme").await;
        assert_eq!(asked(visitor).await, [""; 0], "back");
        visitor.forward().await;
        visitor.expect_path("/users/carols10cents").await;
        visitor.see("heading", "Crates (14)").await;
        assert_eq!(asked(visitor).await, [""; 0], "forward");
        let there = visitor.browser.until("the old place", async || {
            let at = visitor.ask("return Math.round(scrollY)").await;
            Ok((at == 240).then_some(()))
        });
        there.await.expect("it is scrolled to where it was left");
        visitor.back().await;
        visitor.expect_crate("crabshell").await;
        visitor.see("link", "carols10cents").await;
        assert_eq!(asked(visitor).await, [""; 0], "as often as one likes");
        visitor.click_link("carols10cents").await;
        visitor.see("heading", "Crates (14)").await;
        expect_asked(&asked(visitor).await, "/api/v1/users/carols10cents");
    });
}

#[test]
fn back_after_a_write_asks_anew() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/users/carols10cents").await;
        visitor.sign_in("ferris").await;
        visitor.see("heading", "Crates (14)").await;
        visitor.settle().await;
        visitor.click_link("crabshell").await;
        visitor.see("button", "Follow").await;
        visitor.settle().await;
        visitor.back().await;
        visitor.see("heading", "Crates (14)").await;
        visitor.forward().await;
        visitor.see("button", "Follow").await;
        visitor.settle().await;
        visitor.click_button("Follow").await;
        visitor.see("button", "Unfollow").await;
        visitor.settle().await;
        forget(visitor).await;
        visitor.back().await;
        visitor.expect_path("/users/carols10cents").await;
        visitor.see("heading", "Crates (14)").await;
        let asked = asked(visitor).await;
        expect_asked(&asked, "/api/v1/users/carols10cents");
        expect_asked(&asked, "/api/v1/crates?user_id=");
    });
}

#[test]
fn back_to_what_had_failed_asks_anew() {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        let fault =
            json!([{"method": "GET", "path": "/api/v1/crates/crabshell/owners", "status": 500}]);
        stage.registry.fail(fault).await.expect("it fails now");
        visitor.foresee(500, "/api/v1/crates/crabshell/owners");
        visitor.open("/crates/crabshell").await;
        visitor.expect_text("The owners could not be loaded").await;
        visitor.settle().await;
        stage.registry.heal().await.expect("it works again");
        visitor.click_link("24 versions").await;
        visitor.see("list", "Versions").await;
        visitor.settle().await;
        forget(visitor).await;
        visitor.back().await;
        visitor.see("link", "carols10cents").await;
        let asked = asked(visitor).await;
        expect_asked(&asked, "/api/v1/crates/crabshell/owners");
        assert_eq!(asked.len(), 1, "all else was there: {asked:#?}");
    });
}

#[test]
fn back_after_another_tab_changed_the_session_asks_anew() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/").await;
        visitor.sign_in("ferris").await;
        crate_then_owner(visitor).await;
        let driver = visitor.browser.driver();
        let first = driver.window().await.expect("a tab");
        let second = driver.new_tab().await.expect("another tab");
        driver.switch_to_window(second).await.expect("it is shown");
        visitor.open("/").await;
        visitor.click_button("ferris").await;
        visitor.foresee(403, "/api/v1/me");
        visitor.click_button("Log out").await;
        visitor.see("button", "Log in with GitHub").await;
        visitor.settle().await;
        driver.close_window().await.expect("it closes");
        driver.switch_to_window(first).await.expect("it is shown");
        visitor.see("button", "Log in with GitHub").await;
        visitor.settle().await;
        forget(visitor).await;
        visitor.back().await;
        visitor.see("link", "carols10cents").await;
        expect_asked(&asked(visitor).await, "/api/v1/crates/crabshell/owners");
    });
}

#[test]
fn what_is_kept_for_going_back_is_what_everybody_may_see_and_bounded() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/users/ferris").await;
        visitor.sign_in("ferris").await;
        visitor.see("heading", "Crates (30)").await;
        for page in ["/dashboard", "/settings/tokens", "/me/pending-invites"] {
            visitor.ask(&format!("navigation.navigate('{page}')")).await;
            visitor.expect_path(page).await;
            visitor.settle().await;
        }
        let kept = "return [...window.__nameplate_started.had.keys()]";
        let kept = visitor.ask(kept).await;
        let kept: Vec<&str> = kept
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|one| one.as_str())
            .collect();
        for address in &kept {
            for private in ["/me", "/private/", "following", "/usernames/"] {
                assert!(!address.contains(private), "{address} is kept");
            }
        }
        // More pages than are kept.
        for page in 1..=40 {
            visitor
                .ask(&format!(
                    "await navigation.navigate('/search?q=crab&per_page=1&page={page}').finished.catch(() => {{}})"
                ))
                .await;
        }
        visitor.settle().await;
        let count = visitor
            .ask("return window.__nameplate_started.had.size")
            .await;
        assert!(
            count
                .as_u64()
                .is_some_and(|count| (1..=30).contains(&count)),
            "{count} answers are kept"
        );
    });
}
