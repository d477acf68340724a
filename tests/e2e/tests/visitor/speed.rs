//! What a cold visit asks for, and when. Times are the bench's; here is the order of things.

use nameplate_e2e::browser::Look;
use nameplate_e2e::network::Exchange;
use nameplate_e2e::story::{Setting, story};
use nameplate_e2e::visitor::Visitor;
use serde_json::json;
use thirtyfour::Key;

fn find<'a>(all: &'a [Exchange], part: &str) -> &'a Exchange {
    all.iter()
        .find(|one| one.path().contains(part))
        .unwrap_or_else(|| panic!("{part} was not asked for: {all:#?}"))
}

#[test]
fn a_cold_user_page_asks_each_question_once_and_none_for_a_guest() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/users/twenty-five").await;
        visitor.see("heading", "Crates (25)").await;
        visitor.expect_no_request_twice().await;
        let mut calls = visitor.network().await.api_calls();
        calls.sort();
        assert_eq!(
            calls.len(),
            4,
            "user, crates, stats and what the site says of itself: {calls:#?}"
        );
        assert!(!calls.iter().any(|call| call.contains("/me")), "{calls:?}");
    });
}

#[test]
fn questions_are_asked_before_the_app_is_there() {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        // From this very machine the wasm could come before the page's first line has run.
        let slow = json!([{"method": "GET", "path": "/assets/*.wasm", "latency_ms": 1000}]);
        stage.registry.fail(slow).await.expect("it is slow now");
        for (path, first) in [
            ("/users/ferris", "/api/v1/users/ferris"),
            ("/crates/crabshell", "/api/v1/crates/crabshell"),
        ] {
            // A wasm that is in the cache already would be there before anything can be asked.
            let forgotten = visitor
                .browser
                .cdp("Network.clearBrowserCache", json!({}))
                .await;
            forgotten.expect("the cache is emptied");
            visitor.open(path).await;
            visitor
                .see(
                    "link",
                    if first.contains("users") {
                        "crabshell"
                    } else {
                        "ferris"
                    },
                )
                .await;
            visitor.settle().await;
            let network = visitor.network().await;
            let all = network.all();
            let wasm = find(all, ".wasm");
            let question = find(all, first);
            assert!(
                question.sent < wasm.done.unwrap_or(f64::MAX),
                "{question} waited for {wasm}"
            );
            assert_eq!(question.seconds().map(|_| ()), Some(()), "it was answered");
            visitor.expect_no_request_twice().await;
        }
    });
}

#[test]
fn the_header_can_be_used_while_the_pages_part_is_on_its_way() {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        let hangs = json!([{"method": "GET", "path": "/assets/split_krate*", "hang": true}]);
        stage.registry.fail(hangs).await.expect("it hangs now");
        // Nobody waits for this page to be whole.
        let address = format!("{}/crates/crabshell", stage.registry.app());
        let asked = visitor
            .browser
            .cdp("Page.navigate", json!({"url": address}))
            .await;
        asked.expect("it is on its way");
        visitor.click("searchbox", "Search crates").await;
        visitor.press("crabshell").await;
        visitor.press(Key::Enter).await;
        visitor
            .expect_heading("Search results for “crabshell”")
            .await;
    });
}

/// All that moved without anybody's doing, as browsers count it: 0 is nothing, 0.1 what is called good.
const MOVED: &str = "window.moved = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.moved += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });";

#[test]
fn nothing_moves_when_the_pages_part_comes_late() {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        let late = json!([{"method": "GET", "path": "/assets/split_*", "latency_ms": 1000}]);
        stage.registry.fail(late).await.expect("it is late now");
        let browser = &visitor.browser;
        browser.run_first(MOVED).await.expect("it is added");
        for look in [Look::DESK, Look::PHONE] {
            browser.look_like(look).await.expect("it looks so");
            // One page is longer than the window, the other is not.
            for (path, heading) in [
                ("/docs/usernames", "Usernames"),
                ("/signup", "No sign-up is open"),
            ] {
                visitor.open(path).await;
                visitor.expect_heading(heading).await;
                visitor.settle().await;
                // Nobody is signing up, which the registry calls an error.
                visitor.foresee_what_failed().await;
                let moved = visitor.ask("return window.moved").await;
                assert!(moved.as_f64() < Some(0.01), "{path}: {moved}");
            }
        }
    });
}

#[test]
fn owners_do_not_wait_for_the_crate() {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        let slow =
            json!([{"method": "GET", "path": "/api/v1/crates/crabshell", "latency_ms": 1000}]);
        stage.registry.fail(slow).await.expect("it is slow now");
        visitor.open("/crates/crabshell").await;
        visitor.see("link", "ferris").await;
        visitor.settle().await;
        let network = visitor.network().await;
        let owners = find(network.all(), "/crabshell/owners");
        let krate = find(network.all(), "/crates/crabshell?");
        assert!(
            owners.sent < krate.done.unwrap_or_default(),
            "{owners} waited for {krate}"
        );
        visitor.expect_no_request_twice().await;
    });
}

#[test]
fn going_on_inside_the_app_asks_only_for_what_is_new() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/crates/crabshell").await;
        visitor.see("link", "carols10cents").await;
        visitor.forget_network().await;
        visitor.click_link("carols10cents").await;
        visitor.see("heading", "Crates (14)").await;
        visitor.expect_no_request_twice().await;
        let calls = visitor.network().await.api_calls();
        assert_eq!(calls.len(), 3, "user, crates, stats: {calls:#?}");
    });
}

#[test]
fn a_link_that_knows_whose_page_it_leads_to_asks_for_the_crates_beside_the_user() {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        keep_guesses(visitor).await;
        visitor.open("/crates/crabshell").await;
        visitor.see("link", "carols10cents").await;
        visitor.settle().await;
        let slow =
            json!([{"method": "GET", "path": "/api/v1/users/carols10cents", "latency_ms": 1000}]);
        stage.registry.fail(slow).await.expect("it is slow now");
        visitor.forget_network().await;
        visitor.click_link("carols10cents").await;
        visitor.see("heading", "Crates (14)").await;
        visitor.expect_no_request_twice().await;
        let network = visitor.network().await;
        assert_eq!(network.api_calls().len(), 3, "user, crates, stats");
        let user = find(network.all(), "/users/carols10cents");
        for part in ["/crates?user_id=", "/stats"] {
            let other = find(network.all(), part);
            assert!(
                other.sent < user.done.unwrap_or_default(),
                "{other} waited for {user}"
            );
        }
    });
}

#[test]
fn a_link_to_a_name_that_has_become_another_s_shows_nothing_of_who_had_it() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        keep_guesses(visitor).await;
        let (_, body) = stage
            .registry
            .ask("/api/v1/users/ferris")
            .await
            .expect("it answers");
        let former = body["user"]["id"].as_i64().expect("an id");
        visitor.open("/crates/crabshell").await;
        visitor.see("link", "carols10cents").await;
        visitor.settle().await;
        let outdated = format!(
            "document.querySelector('.owner-list a[href=\"/users/carols10cents\"]').dataset.userId = {former}"
        );
        visitor.ask(&outdated).await;
        visitor.forget_network().await;
        visitor.click_link("carols10cents").await;
        visitor.see("heading", "Crates (14)").await;
        visitor.settle().await;
        let calls = visitor.network().await.api_calls();
        let lists = calls
            .iter()
            .filter(|call| call.contains("/crates?user_id="));
        assert_eq!(
            lists.count(),
            2,
            "the outdated one and the right one: {calls:#?}"
        );
    });
}

/// How one comes near a link without following it.
#[derive(Clone, Copy)]
enum Approach {
    Mouse,
    Keyboard,
    Finger,
}

/// Rests on a link until everything that follows from that is there; what was asked for then.
async fn rest_on(visitor: &Visitor, link: &str, last: &str) -> Vec<String> {
    approach(visitor, Approach::Mouse, link, last).await
}

/// What is asked for on a guess is forgotten after ten seconds, which a busy machine may need; here it stays.
async fn keep_guesses(visitor: &Visitor) {
    let source = "const later = window.setTimeout;
        window.setTimeout = (act, wait, ...rest) => later(act, wait === 10_000 ? 1_000_000 : wait, ...rest);";
    let added = visitor
        .browser
        .cdp(
            "Page.addScriptToEvaluateOnNewDocument",
            json!({"source": source}),
        )
        .await;
    added.expect("it is added");
}

async fn approach(visitor: &Visitor, how: Approach, link: &str, last: &str) -> Vec<String> {
    visitor.forget_network().await;
    match how {
        Approach::Mouse => visitor.hover("link", link).await,
        Approach::Keyboard => visitor.tab_to("link", link).await,
        Approach::Finger => visitor.put_finger_on("link", link).await,
    }
    let asked = visitor.browser.until(last, async || {
        let network = visitor.browser.network().await?;
        let there = network
            .all()
            .iter()
            .any(|one| one.path().contains(last) && one.done.is_some());
        Ok(there.then_some(()))
    });
    asked.await.expect("it is asked for early");
    visitor.settle().await;
    let network = visitor.network().await;
    assert!(
        network.over_the_wire().all(|one| one.method == "GET"),
        "coming near something changes nothing"
    );
    network.api_calls()
}

#[test]
fn a_link_that_has_the_focus_has_its_page_fetched() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        keep_guesses(visitor).await;
        visitor.open("/crates/crabshell").await;
        visitor.see("link", "carols10cents").await;
        visitor.settle().await;
        // From the link just before it: others on the way would be fetched as well.
        let before = "const links = [...document.querySelectorAll('a[href], button')].filter((one) => one.checkVisibility());
            const at = links.findIndex((one) => one.pathname === '/users/carols10cents');
            links[at - 1].focus({focusVisible: true}); return at";
        assert!(visitor.ask(before).await.as_i64() > Some(0));
        let calls = approach(visitor, Approach::Keyboard, "carols10cents", "/stats").await;
        for part in ["/users/carols10cents", "/crates?user_id=", "/stats"] {
            assert!(
                calls.iter().any(|call| call.contains(part)),
                "{part} is not among {calls:#?}"
            );
        }
        visitor.forget_network().await;
        visitor.press(Key::Enter).await;
        visitor.expect_path("/users/carols10cents").await;
        visitor.see("heading", "Crates (14)").await;
        visitor.settle().await;
        assert_eq!(
            visitor.network().await.api_calls(),
            [""; 0],
            "nothing is left to ask"
        );
    });
}

#[test]
fn a_link_that_is_touched_has_its_page_fetched_before_it_is_tapped() {
    story(Setting::DEMO.look(Look::PHONE), async |stage| {
        let visitor = &stage.visitor;
        keep_guesses(visitor).await;
        visitor.open("/crates/crabshell").await;
        visitor.see("link", "carols10cents").await;
        let calls = approach(visitor, Approach::Finger, "carols10cents", "/stats").await;
        assert_eq!(calls.len(), 3, "user, crates, stats: {calls:#?}");
        visitor.expect_path("/crates/crabshell").await;
        // Whether a finger that stayed so long has tapped would depend on the machine.
        visitor.take_finger_away().await;
        visitor.click_link("carols10cents").await;
        visitor.expect_path("/users/carols10cents").await;
        visitor.see("heading", "Crates (14)").await;
        visitor.settle().await;
        assert_eq!(
            visitor.network().await.api_calls().len(),
            3,
            "nothing is left to ask"
        );
    });
}

#[test]
fn a_link_that_is_pointed_at_has_its_page_fetched() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        keep_guesses(visitor).await;
        visitor.open("/crates/crabshell").await;
        visitor.see("link", "carols10cents").await;
        let calls = rest_on(visitor, "carols10cents", "/stats").await;
        assert_eq!(calls.len(), 3, "user, crates, stats: {calls:#?}");
        visitor.click_link("carols10cents").await;
        visitor.see("heading", "Crates (14)").await;
        visitor.expect_no_request_twice().await;
        assert_eq!(
            visitor.network().await.api_calls().len(),
            3,
            "nothing is left to ask"
        );
    });
}

#[test]
fn the_part_of_a_link_s_page_comes_with_its_data() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        keep_guesses(visitor).await;
        visitor.open("/users/ferris").await;
        visitor.see("link", "crabshell").await;
        let calls = rest_on(visitor, "crabshell", "/readmes/").await;
        assert_eq!(calls.len(), 2, "crate and owners: {calls:#?}");
        let parts = async || {
            let network = visitor.network().await;
            let all = network.over_the_wire();
            let hot =
                all.filter(|one| one.path().ends_with(".wasm") && !one.path().contains("_cold-"));
            hot.count()
        };
        let early = parts().await;
        assert!(early > 0, "the page's part");
        visitor.click_link("crabshell").await;
        visitor.expect_crate("crabshell").await;
        visitor.expect_no_request_twice().await;
        assert_eq!(parts().await, early, "all of it was there");
    });
}

#[test]
fn what_was_fetched_early_is_not_shown_after_a_write() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/crates/crabshell").await;
        visitor.sign_in("ferris").await;
        visitor.see("button", "Follow").await;
        rest_on(visitor, "carols10cents", "/stats").await;
        visitor.click_button("Follow").await;
        visitor.see("button", "Unfollow").await;
        visitor.forget_network().await;
        visitor.click_link("carols10cents").await;
        visitor.see("heading", "Crates (14)").await;
        visitor.settle().await;
        let calls = visitor.network().await.api_calls();
        assert!(
            calls
                .iter()
                .any(|call| call.contains("/users/carols10cents")),
            "asked anew: {calls:#?}"
        );
    });
}

#[test]
fn nothing_is_fetched_early_where_data_are_to_be_saved() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        let source =
            "Object.defineProperty(Navigator.prototype, 'connection', {value: {saveData: true}});";
        let saving = json!({"source": source});
        let told = visitor
            .browser
            .cdp("Page.addScriptToEvaluateOnNewDocument", saving);
        told.await.expect("it is added");
        visitor.open("/crates/crabshell").await;
        visitor.see("link", "carols10cents").await;
        visitor.forget_network().await;
        visitor.hover("link", "carols10cents").await;
        // Longer than the moment that a link has to be pointed at.
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        visitor.settle().await;
        assert_eq!(visitor.network().await.all().len(), 0);
    });
}
