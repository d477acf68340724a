//! Signing in through GitHub: in a window of its own and without one, by keyboard, refused, closed, interrupted; and out again.

use nameplate_e2e::browser::Look;
use nameplate_e2e::by_role::containing;
use nameplate_e2e::story::{Setting, Stage, story};
use nameplate_e2e::visitor::Visitor;
use serde_json::{Value, json};
use thirtyfour::{Key, WindowHandle};

const LOGIN: &str = "Log in with GitHub";
const BEGIN: &str = "/api/private/session/begin";
const AUTHORIZE: &str = "/api/private/session/authorize";
const ME: &str = "/api/v1/me";
/// A page that asks nothing of its own.
const QUIET: &str = "/docs/usernames";

async fn fail(stage: &Stage, faults: Value) {
    stage.registry.fail(faults).await.expect("it fails now");
}

async fn heal(stage: &Stage) {
    stage.registry.heal().await.expect("it works again");
}

async fn windows(visitor: &Visitor) -> Vec<WindowHandle> {
    visitor.browser.driver().windows().await.expect("windows")
}

/// Waits until there are so many windows.
async fn expect_windows(visitor: &Visitor, count: usize) {
    let there = visitor
        .browser
        .until("another number of windows", async || {
            Ok((visitor.browser.driver().windows().await?.len() == count).then_some(()))
        });
    there.await.expect("so many windows");
}

async fn look_at(visitor: &Visitor, window: WindowHandle) {
    let shown = visitor.browser.driver().switch_to_window(window).await;
    shown.expect("it is shown");
}

#[test]
fn the_page_stays_while_one_is_at_github() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open(QUIET).await;
        visitor.expect_heading("Usernames").await;
        visitor.ask("window.__stayed = true").await;
        visitor.click_button(LOGIN).await;
        let home = visitor.go_to_github().await;
        look_at(visitor, home.clone()).await;
        visitor.see("button", "Show the GitHub window").await;
        visitor
            .expect_text("Go on in the window that has opened. It closes by itself.")
            .await;
        stage.inspect("login-at-github").await;
        visitor.go_to_github().await;
        visitor.click_button("ferris").await;
        visitor.come_back(home).await;
        visitor.see("button", "ferris").await;
        visitor.expect_focus("button", "ferris").await;
        assert_eq!(visitor.ask("return window.__stayed").await, json!(true));
        assert_eq!(visitor.status_text().await, "");
    });
}

#[test]
fn the_way_there_and_back_needs_no_mouse() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open(QUIET).await;
        visitor.tab_to("button", LOGIN).await;
        visitor.press(Key::Enter).await;
        let home = visitor.go_to_github().await;
        visitor.tab_to("button", "ferris").await;
        visitor.press(Key::Enter).await;
        visitor.come_back(home).await;
        visitor.expect_focus("button", "ferris").await;
    });
}

#[test]
fn a_closed_window_is_told_of_and_signing_in_can_be_tried_again() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open(QUIET).await;
        visitor.click_button(LOGIN).await;
        let home = visitor.go_to_github().await;
        visitor.click_button("Close the window").await;
        visitor.come_back(home).await;
        visitor
            .expect_text("The GitHub window looks closed, and nothing has come back from it.")
            .await;
        visitor
            .see("button", "Sign in without a second window")
            .await;
        stage.inspect("login-closed").await;
        visitor.sign_in("ferris").await;
        visitor.see("button", "ferris").await;
        visitor
            .see_no("button", "Sign in without a second window")
            .await;
    });
}

#[test]
fn one_can_go_on_without_a_second_window() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/docs/usernames?x=1#rules").await;
        visitor.click_button(LOGIN).await;
        let home = visitor.go_to_github().await;
        look_at(visitor, home.clone()).await;
        visitor
            .click_button("Sign in without a second window")
            .await;
        expect_windows(visitor, 1).await;
        visitor.choose_identity("ferris").await;
        visitor.see("button", "ferris").await;
        assert!(visitor.path().await.starts_with("/docs/usernames"));
    });
}

#[test]
fn a_blocked_window_leads_the_other_way_by_itself() {
    story(Setting::DEMO.look(Look::PHONE), async |stage| {
        let visitor = &stage.visitor;
        visitor.block_windows().await;
        visitor.open("/users/carols10cents?sort=downloads").await;
        visitor.expect_heading("carols10cents").await;
        visitor.click_button(LOGIN).await;
        visitor.choose_identity("ferris").await;
        visitor.see("button", "ferris").await;
        visitor
            .expect_path("/users/carols10cents?sort=downloads")
            .await;
        assert_eq!(windows(visitor).await.len(), 1);
    });
}

#[test]
fn going_back_from_github_leaves_a_button_that_works() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.block_windows().await;
        visitor.open(QUIET).await;
        visitor.click_button(LOGIN).await;
        visitor.go_to_github().await;
        visitor.back().await;
        visitor.expect_path(QUIET).await;
        visitor.see("button", LOGIN).await;
        visitor.sign_in("ferris").await;
        visitor.see("button", "ferris").await;
    });
}

#[test]
fn a_state_that_comes_back_changed_is_not_used() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open(QUIET).await;
        visitor.click_button(LOGIN).await;
        let home = visitor.go_to_github().await;
        visitor.click_button("Tamper with the state").await;
        visitor.expect_text("so it was not used").await;
        look_at(visitor, home).await;
        visitor.see("button", "Show the GitHub window").await;
        let asked = visitor.network().await.api_calls();
        assert!(
            !asked.iter().any(|call| call.contains("authorize")),
            "{asked:?}"
        );
    });
}

#[test]
fn the_window_s_first_page_begins_by_itself_when_nobody_opened_it() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/github-auth-loading.html").await;
        visitor.choose_identity("ferris").await;
        visitor.see("button", "ferris").await;
        visitor.expect_path("/").await;
    });
}

#[test]
fn the_window_s_first_page_says_when_it_cannot_begin() {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        fail(
            stage,
            json!([{"method": "POST", "path": BEGIN, "status": 500, "times": 1}]),
        )
        .await;
        visitor.foresee(500, BEGIN);
        visitor.open("/github-auth-loading.html").await;
        visitor.expect_text("Signing in could not begin.").await;
        visitor.click_button("Sign in here").await;
        visitor.choose_identity("ferris").await;
        visitor.see("button", "ferris").await;
    });
}

#[test]
fn a_page_of_one_s_own_says_beside_its_button_how_it_goes_and_then_shows_itself() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.foresee(403, ME);
        visitor.open("/dashboard").await;
        visitor.expect_heading("Sign in to see this page").await;
        visitor
            .ask("document.querySelector('main button').click()")
            .await;
        // Without a person's press the browser may block the window; then the other way is taken.
        visitor.choose_identity("ferris").await;
        visitor.expect_path("/dashboard").await;
        visitor.see("button", "ferris").await;
    });
}

#[test]
fn another_tab_follows_a_sign_in() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        let driver = visitor.browser.driver();
        visitor.block_windows().await;
        visitor.open(QUIET).await;
        visitor.see("button", LOGIN).await;
        let first = driver.window().await.expect("a tab");
        let second = driver.new_tab().await.expect("another tab");
        look_at(visitor, second).await;
        visitor.block_windows().await;
        visitor.open("/policies").await;
        visitor.click_button(LOGIN).await;
        visitor
            .expect_text("Which GitHub account do you want to be?")
            .await;
        visitor.click_button("ferris").await;
        visitor.expect_path("/policies").await;
        visitor.see("button", "ferris").await;
        look_at(visitor, first).await;
        visitor.see("button", "ferris").await;
    });
}

#[test]
fn logging_out_forgets_everything_of_the_person() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open(QUIET).await;
        visitor.sign_in("ferris").await;
        visitor
            .ask("sessionStorage.setItem('nameplate.signup-draft', 'x'); sessionStorage.setItem('nameplate.return-to', '/x')")
            .await;
        visitor.click_button("ferris").await;
        visitor.click_button("Log out").await;
        visitor.expect_path("/").await;
        visitor.see("button", LOGIN).await;
        let left = visitor
            .ask("return [...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter((key) => key.startsWith('nameplate.'))")
            .await;
        assert_eq!(left, json!([]));
    });
}

/// What goes wrong with a call, whether the work is done all the same, and what the browser remarks on.
struct Fault {
    fault: Value,
    /// Whether the person has a session afterwards; not sure when half an answer may or may not reach the browser.
    done: Option<bool>,
    /// Status of the remark, `None` for a broken connection; nothing where nothing is remarked on.
    remark: Option<Option<u16>>,
}

fn faults() -> Vec<Fault> {
    let fault = |fault: Value, done, remark| Fault {
        fault,
        done,
        remark,
    };
    vec![
        fault(json!({"status": 500}), Some(false), Some(Some(500))),
        fault(json!({"status": 503}), Some(false), Some(Some(503))),
        fault(json!({"drop": "before"}), Some(false), Some(None)),
        fault(json!({"drop": "after"}), Some(false), Some(None)),
        fault(json!({"body": "truncated"}), None, Some(None)),
        fault(json!({"body": "not_json"}), Some(true), None),
        fault(json!({"body": "html"}), Some(true), None),
        fault(json!({"latency_ms": 1500}), Some(true), None),
    ]
}

fn at(fault: &Value, method: &str, path: &str) -> Value {
    let mut fault = fault.clone();
    fault["method"] = json!(method);
    fault["path"] = json!(path);
    // As long as it is not healed: a browser sends a request once more by itself when its connection breaks.
    json!([fault])
}

#[test]
fn whatever_goes_wrong_at_the_start_is_said_and_can_be_tried_again() {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        for Fault { fault, remark, .. } in faults() {
            if fault.get("latency_ms").is_some() {
                continue;
            }
            visitor.open(QUIET).await;
            visitor.see("button", LOGIN).await;
            match remark {
                Some(Some(status)) => visitor.foresee(status, BEGIN),
                Some(None) => visitor.foresee_broken(BEGIN),
                None => {}
            }
            fail(stage, at(&fault, "POST", BEGIN)).await;
            visitor.click_button(LOGIN).await;
            visitor.expect_text("Signing in could not begin.").await;
            expect_windows(visitor, 1).await;
            heal(stage).await;
            visitor.sign_in("ferris").await;
            visitor.click_button("ferris").await;
            visitor.click_button("Log out").await;
            visitor.see("button", LOGIN).await;
        }
    });
}

#[test]
fn whatever_goes_wrong_on_the_way_back_is_found_out_before_it_is_said() {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        for Fault {
            fault,
            done,
            remark,
        } in faults()
        {
            visitor.open(QUIET).await;
            visitor.see("button", LOGIN).await;
            match remark {
                Some(Some(status)) => visitor.foresee(status, AUTHORIZE),
                Some(None) => visitor.foresee_broken(AUTHORIZE),
                None => {}
            }
            if done == Some(false) {
                visitor.foresee(403, ME);
                visitor.foresee(400, "/api/private/session/signup");
            }
            fail(stage, at(&fault, "POST", AUTHORIZE)).await;
            visitor.click_button(LOGIN).await;
            visitor.choose_identity("ferris").await;
            let signed_in = match done {
                Some(done) => done,
                None => {
                    visitor.settle().await;
                    visitor.all("button", "ferris").await.len() == 1
                }
            };
            if !signed_in {
                visitor.expect_text("Signing in failed.").await;
                heal(stage).await;
                visitor.sign_in("ferris").await;
            }
            visitor.see("button", "ferris").await;
            visitor.expect_no_text("Signing in failed.").await;
            visitor.settle().await;
            heal(stage).await;
            visitor.click_button("ferris").await;
            visitor.click_button("Log out").await;
            visitor.see("button", LOGIN).await;
        }
    });
}

#[test]
fn somebody_without_an_account_is_led_to_the_sign_up_both_ways() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open(QUIET).await;
        visitor.click_button(LOGIN).await;
        visitor.choose_identity("crab-newcomer").await;
        visitor.expect_path("/signup").await;
        visitor.expect_heading("Create your account").await;
        visitor.see("link", "Finish signing up").await;
        visitor.click_link("nameplate").await;
        visitor.expect_path("/").await;
        visitor.click_link("Finish signing up").await;
        visitor.see("textbox", "Username").await;
        visitor.click_button("Cancel the sign-up").await;
        visitor.expect_heading("The sign-up was cancelled").await;

        visitor.block_windows().await;
        visitor.open(QUIET).await;
        visitor.click_button(LOGIN).await;
        visitor.choose_identity("crab-newcomer").await;
        visitor.expect_path("/signup").await;
        visitor.see("textbox", "Username").await;
        visitor.see_no("button", containing("Sign")).await;
    });
}
