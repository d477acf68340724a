//! Changing one's username: each step by its role, each end of a change, and what is sent.

use crate::harness::fake_server::{Account, Failure, FakeCrate, FakeServer, Level};
use crate::harness::screen::{Screen, address};
use crate::harness::settle::settle;
use serde_json::{Value, json};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

const SAVE: &str = "PUT /api/v1/users/1";
const RETYPE: &str = "Type the new username once more";

/// Somebody without crates is signed in; another owns one.
fn server() -> FakeServer {
    let server = FakeServer::new();
    server
        .account(Account::new(1, "ferris"))
        .account(Account::new(2, "carol"))
        .krate(FakeCrate::new("crabshell", &[2]))
        .signed_in(Some(1));
    server
}

/// The page with the review of a change to this name.
async fn review(server: &FakeServer, name: &str) -> Screen {
    let screen = Screen::open("/settings/username", server);
    screen.expect_heading("Username").await;
    screen.click("link", "Change username").await;
    screen.expect_heading("Choose a username").await;
    screen.fill("textbox", "New username", name).await;
    screen.click_button("Review the change").await;
    screen
}

/// From the review through the question.
async fn confirm(screen: &Screen) {
    screen.expect_heading("Change your username?").await;
    screen.click_button("Change username…").await;
    screen.see("button", "Cancel").await;
    screen.click_button("Change username").await;
}

/// What was sent to change the username.
fn sent(server: &FakeServer) -> Vec<Value> {
    let puts = server.requests_like(SAVE).into_iter();
    puts.filter_map(|put| serde_json::from_str(put.body.as_deref()?).ok())
        .collect()
}

#[wasm_bindgen_test]
async fn each_step_leads_to_the_next_and_only_the_last_sends() {
    let server = server();
    let screen = review(&server, "Tidy-Walrus").await;
    screen.expect_heading("Change your username?").await;
    assert_eq!(address(), "/settings/username/review?to=Tidy-Walrus");
    let tree = screen.snapshot();
    let places: Vec<Option<usize>> = [
        "heading \"Change your username?\" level=1",
        "heading \"What changes\" level=2",
        "heading \"What stays\" level=2",
        "heading \"What becomes of “ferris”\" level=2",
        "heading \"Afterwards\" level=2",
        "button \"Change username…\"",
        "button \"Choose another name\"",
        "link \"Keep “ferris”\"",
    ]
    .iter()
    .map(|line| tree.find(line))
    .collect();
    assert!(places.iter().all(Option::is_some), "{places:?}\n{tree}");
    assert!(places.is_sorted(), "{places:?}\n{tree}");
    assert!(sent(&server).is_empty());
    confirm(&screen).await;
    screen
        .expect_heading("Your username is “Tidy-Walrus”")
        .await;
    screen
        .expect_focus("heading", "Your username is “Tidy-Walrus”")
        .await;
    assert_eq!(
        sent(&server),
        [json!({"user": {"username": "Tidy-Walrus"}})],
        "the username goes alone"
    );
    assert_eq!(server.username(1), "Tidy-Walrus");
    assert_eq!(address(), "/settings/username");
    screen.see("button", "Tidy-Walrus").await;
    screen.click_button("Done").await;
    screen.expect_heading("Username").await;
    screen.see("button", "Take back “ferris”").await;
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn who_owns_crates_types_the_name_once_more() {
    let server = server();
    server.signed_in(Some(2));
    let screen = review(&server, "walrus").await;
    screen.expect_heading("Change your username?").await;
    screen.see("link", "crabshell").await;
    screen.click_button("Change username…").await;
    screen.expect_focus("button", "Cancel").await;
    screen.click_button("Change username").await;
    screen.expect_text("That is not “walrus”").await;
    screen.expect_focus("textbox", RETYPE).await;
    screen.fill("textbox", RETYPE, "walru").await;
    screen.press("Enter").await;
    screen.expect_text("That is not “walrus”").await;
    assert!(server.requests_like("PUT /api/v1/users/*").is_empty());
    screen.fill("textbox", RETYPE, " walrus ").await;
    screen.press("Enter").await;
    screen.expect_heading("Your username is “walrus”").await;
    assert_eq!(server.username(2), "walrus");
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn cancelling_and_choosing_another_name_send_nothing_and_keep_the_text() {
    let server = server();
    let screen = review(&server, "walrus").await;
    // A person's press brings the focus along; a made-up one does not.
    let button = screen.see("button", "Change username…").await;
    let button: web_sys::HtmlElement = button.dyn_into().expect("a button");
    button.focus().expect("it takes the focus");
    screen.click_button("Change username…").await;
    screen.click_button("Cancel").await;
    screen.see_no("button", "Cancel").await;
    screen.expect_focus("button", "Change username…").await;
    screen.click_button("Choose another name").await;
    screen.expect_heading("Choose a username").await;
    assert_eq!(screen.value("textbox", "New username").await, "walrus");
    assert!(sent(&server).is_empty());
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn an_address_alone_is_no_choice() {
    let server = server();
    let screen = Screen::open("/settings/username/review?to=walrus", &server);
    screen.expect_heading("Choose a username").await;
    assert_eq!(screen.value("textbox", "New username").await, "walrus");
    settle("it is checked", || screen.status().contains("is free")).await;
    assert_eq!(address(), "/settings/username/choose?name=walrus");
    assert!(sent(&server).is_empty());
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn a_refusal_leads_back_to_the_field_with_its_reason() {
    for (failure, words) in [
        (
            Failure::Throttled("86400"),
            "a username can be changed once in 30 days",
        ),
        (
            Failure::Status(503, "crates.io is currently in read-only mode."),
            "the registry is read-only at the moment",
        ),
        (
            Failure::Status(403, "this account is locked"),
            "The registry says: this account is locked",
        ),
        (
            Failure::Status(409, "Some other reason"),
            "Some other reason",
        ),
    ] {
        let server = server();
        let screen = review(&server, "walrus").await;
        screen.expect_heading("Change your username?").await;
        server.fail_once(SAVE, failure);
        confirm(&screen).await;
        screen.expect_heading("Choose a username").await;
        screen.expect_text(words).await;
        screen.expect_focus("textbox", "New username").await;
        assert_eq!(screen.value("textbox", "New username").await, "walrus");
        assert_eq!(server.username(1), "ferris");
        screen.leave().await;
    }
}

#[wasm_bindgen_test]
async fn a_name_lost_in_the_last_second_reads_as_taken() {
    let server = server();
    let screen = review(&server, "walrus").await;
    screen.expect_heading("Change your username?").await;
    server.account(Account::new(5, "Walrus"));
    confirm(&screen).await;
    screen.expect_heading("Choose a username").await;
    screen
        .expect_text("“walrus” is taken: it is the same name as “Walrus”")
        .await;
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn an_answer_that_is_lost_is_read_back() {
    // Done.
    let server = server();
    let screen = review(&server, "walrus").await;
    screen.expect_heading("Change your username?").await;
    server.fail_once(SAVE, Failure::LostAnswer);
    confirm(&screen).await;
    screen.expect_heading("Your username is “walrus”").await;
    assert_eq!(sent(&server).len(), 1, "nothing is sent twice");
    screen.leave().await;

    // Not done so far, and done elsewhere while it is looked.
    let server = self::server();
    let screen = review(&server, "walrus").await;
    screen.expect_heading("Change your username?").await;
    server.fail_once(SAVE, Failure::TimedOut);
    confirm(&screen).await;
    screen.expect_heading("Was your username changed?").await;
    settle("it is said", || {
        screen.status().contains("nothing was changed so far")
    })
    .await;
    server.change(1, |account| account.rename("walrus"));
    screen.click_button("Look again now").await;
    screen.expect_heading("Your username is “walrus”").await;
    assert_eq!(sent(&server).len(), 1, "nothing is sent twice");
    screen.leave().await;

    // Not to be found out.
    let server = self::server();
    let screen = review(&server, "walrus").await;
    screen.expect_heading("Change your username?").await;
    server.fail_once(SAVE, Failure::LostAnswer);
    server.fail("GET /api/v1/me", Failure::Offline);
    confirm(&screen).await;
    settle("it is said", || {
        screen
            .status()
            .contains("neither its answer nor your account could be read")
    })
    .await;
    server.heal();
    screen.click_button("Look again now").await;
    screen.expect_heading("Your username is “walrus”").await;
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn a_server_that_cannot_rename_is_found_out() {
    for level in [Level::August, Level::September] {
        let server = server();
        server.level(level);
        let screen = review(&server, "walrus").await;
        confirm(&screen).await;
        screen
            .expect_heading("This registry cannot change usernames yet")
            .await;
        screen.expect_text("your username is still “ferris”").await;
        screen.click_button("Back to your username").await;
        screen.expect_heading("Username").await;
        screen.leave().await;
    }
}

#[wasm_bindgen_test]
async fn a_session_that_ended_sends_nothing_more_and_says_so() {
    let server = server();
    let screen = review(&server, "walrus").await;
    screen.expect_heading("Change your username?").await;
    server.signed_in(None);
    confirm(&screen).await;
    screen.expect_heading("You are signed out").await;
    screen.expect_text("Nothing was changed.").await;
    assert_eq!(server.username(1), "ferris");
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn the_former_name_is_taken_back_once() {
    let server = FakeServer::new();
    server
        .account(Account::new(1, "walrus").formerly("ferris", 3.0))
        .signed_in(Some(1));
    let screen = Screen::open("/settings/username", &server);
    screen.expect_text("(27 days left)").await;
    screen.click_button("Take back “ferris”").await;
    screen
        .expect_heading("Take your former username back?")
        .await;
    screen.see_no("button", "Choose another name").await;
    screen.click_button("Take it back…").await;
    screen.see("button", "Cancel").await;
    screen.click_button("Take it back").await;
    screen.expect_heading("Your username is “ferris”").await;
    screen
        .expect_text("“walrus” is given up, and held from everybody until")
        .await;
    screen.click_button("Done").await;
    screen
        .expect_text("There is no former username you could take back")
        .await;
    screen.leave().await;
}

/// A browser whose clock can be put forward, and whose timers of more than a minute run out at once.
struct Clock;

impl Clock {
    fn new() -> Self {
        js_sys::eval(
            "window.original = [Date.now, window.setTimeout]; window.forward = 0;
             { const [now, timeout] = window.original;
               Date.now = () => now() + window.forward;
               window.setTimeout = (run, wait) => timeout(run, wait > 60000 ? 20 : wait); }",
        )
        .expect("a clock");
        Self
    }

    fn forward(&self, days: u32) {
        js_sys::eval(&format!("window.forward = {days} * 864e5")).expect("it goes");
    }
}

impl Drop for Clock {
    fn drop(&mut self) {
        let _ = js_sys::eval("[Date.now, window.setTimeout] = window.original");
    }
}

const TOO_LATE: &str = "“ferris” cannot be taken back any more";

/// At the review of taking back a name that can be had for some days more.
async fn review_of_taking_back() -> (FakeServer, Screen) {
    let server = FakeServer::new();
    server
        .account(Account::new(1, "walrus").formerly("ferris", 10.0))
        .signed_in(Some(1));
    let screen = Screen::open("/settings/username", &server);
    screen.click_button("Take back “ferris”").await;
    screen
        .expect_heading("Take your former username back?")
        .await;
    (server, screen)
}

#[wasm_bindgen_test]
async fn a_review_of_taking_back_ends_when_its_time_is_over() {
    let clock = Clock::new();
    let (server, screen) = review_of_taking_back().await;
    clock.forward(21);
    screen.expect_heading(TOO_LATE).await;
    screen.expect_focus("heading", TOO_LATE).await;
    screen
        .expect_text("The time to take it back was over on")
        .await;
    screen.expect_text("Nothing was sent").await;
    assert_eq!(address(), "/settings/username");
    screen.click_button("Back to your username").await;
    screen.expect_heading("Username").await;
    screen
        .expect_text("The time to take it back was over on")
        .await;
    assert!(sent(&server).is_empty());
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn what_was_foreseen_as_taking_back_is_not_sent_as_anything_else() {
    let clock = Clock::new();
    // Timers that sleep, as in a laptop that was shut.
    js_sys::eval("{ const timeout = window.original[1]; window.setTimeout = (run, wait) => wait > 60000 ? 0 : timeout(run, wait); }")
        .expect("timers");
    let (server, screen) = review_of_taking_back().await;
    screen.click_button("Take it back…").await;
    screen.see("button", "Cancel").await;
    clock.forward(21);
    screen.click_button("Take it back").await;
    screen.expect_heading(TOO_LATE).await;
    screen.expect_focus("heading", TOO_LATE).await;
    assert!(sent(&server).is_empty());
    assert_eq!(server.username(1), "walrus");
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn another_spelling_has_a_shorter_way() {
    let server = server();
    let screen = review(&server, "Ferris").await;
    screen
        .expect_heading("Change how your username is spelled?")
        .await;
    assert!(!screen.text().contains("What becomes of"));
    screen.click_button("Change spelling…").await;
    screen.see("button", "Cancel").await;
    screen.click_button("Change spelling").await;
    screen.expect_heading("Your username is “Ferris”").await;
    screen.click_button("Done").await;
    screen.expect_text("You can change your username now").await;
    screen.leave().await;
}
