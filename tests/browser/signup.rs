//! The page for signing up: every end that a sign-up can have, and what is kept of what was typed.

use crate::harness::fake_server::{Account, Failure, FakeServer, Level, PendingSignup};
use crate::harness::screen::{Screen, address, go_to};
use crate::harness::settle::settle;
use serde_json::Value;
use wasm_bindgen_test::wasm_bindgen_test;

const SIGNUP: &str = "/api/private/session/signup";
const CREATE: &str = "Create the account";

fn server() -> FakeServer {
    let server = FakeServer::new();
    server
        .account(Account::new(1, "ferris"))
        .reserve("admin")
        .pending(Some(PendingSignup::new("octo")));
    server
}

/// The page with its form, as GitHub's answer leaves it.
async fn open(server: &FakeServer) -> Screen {
    let screen = Screen::open("/signup", server);
    screen.expect_heading("Create your account").await;
    screen.see("textbox", "Username").await;
    screen
}

fn stored(key: &str) -> Option<String> {
    let window = web_sys::window().expect("a window");
    let storages = [window.local_storage(), window.session_storage()];
    let mut storages = storages
        .into_iter()
        .map(|storage| storage.expect("storage").expect("storage"));
    storages.find_map(|storage| storage.get_item(key).expect("it is read"))
}

fn remember(key: &str, value: &str) {
    let storage = web_sys::window().expect("a window").session_storage();
    storage
        .expect("storage")
        .expect("storage")
        .set_item(key, value)
        .expect("it is kept");
}

fn sent(server: &FakeServer) -> Vec<Value> {
    let posts = server.requests_like(&format!("POST {SIGNUP}"));
    posts
        .iter()
        .filter_map(|post| serde_json::from_str(post.body.as_deref()?).ok())
        .collect()
}

#[wasm_bindgen_test]
async fn what_is_known_is_filled_in_and_already_checked() {
    let server = server();
    let screen = open(&server).await;
    assert_eq!(screen.value("textbox", "Username").await, "octo");
    assert_eq!(
        screen.value("textbox", "E-mail address").await,
        "octo@example.com"
    );
    settle("it is checked", || {
        screen.status().contains("“octo” is free.")
    })
    .await;
    screen.expect_text("octo at GitHub").await;
    screen.see("link", "octo").await;
    screen.expect_text("The link is public").await;
    screen
        .expect_text("Do not sign up with a GitHub account that you do not want linked")
        .await;
    screen.see("link", "Rules for usernames").await;
    screen.see("link", "What is kept, and who sees it").await;
    screen.expect_text("at most 30 minutes").await;
    screen.see("link", "Finish signing up").await;
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn the_account_is_created_under_the_chosen_name() {
    let server = server();
    let screen = open(&server).await;
    screen.fill("textbox", "Username", "Tidy-Walrus").await;
    screen
        .fill("textbox", "E-mail address", " me@example.com ")
        .await;
    screen.click_button(CREATE).await;
    screen.expect_heading("Welcome, Tidy-Walrus").await;
    assert_eq!(
        sent(&server),
        [serde_json::json!({"signup": {"username": "Tidy-Walrus", "email": "me@example.com"}})]
    );
    screen.see("button", "Tidy-Walrus").await;
    assert_eq!(stored("nameplate.signed-in").as_deref(), Some("1"));
    assert_eq!(stored("nameplate.signup-draft"), None);
    assert!(!screen.text().contains("but this registry created"));
    screen.click("link", "Go to your page").await;
    screen.expect_heading("Tidy-Walrus").await;
    assert_eq!(address(), "/users/Tidy-Walrus");
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn the_mark_is_foretold_in_its_kind() {
    let server = server();
    let screen = open(&server).await;
    screen.expect_text("so no mark will stand beside it").await;
    screen.fill("textbox", "Username", "Octo").await;
    screen
        .expect_text("It differs in capital letters from your GitHub name")
        .await;
    screen.fill("textbox", "Username", "walrus").await;
    screen.expect_text("It is not your GitHub name").await;
    screen.fill("textbox", "Username", "-").await;
    screen.expect_no_text("mark will stand").await;
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn an_old_server_gives_its_own_name_and_that_is_said() {
    for level in [Level::August, Level::September] {
        let server = server();
        server.level(level);
        let screen = open(&server).await;
        screen.fill("textbox", "Username", "walrus").await;
        screen.expect_text("Nobody uses “walrus” now.").await;
        screen
            .expect_text("It may be one that gives every account its GitHub name")
            .await;
        screen.click_button(CREATE).await;
        screen.expect_heading("Welcome, octo").await;
        screen
            .expect_text("You asked for walrus, but this registry created the account as octo")
            .await;
        screen.see("link", "Try to change the username").await;
        screen.leave().await;
    }
}

#[wasm_bindgen_test]
async fn a_name_lost_in_the_last_second_reads_as_what_it_is() {
    let server = server();
    let screen = open(&server).await;
    screen.fill("textbox", "Username", "walrus").await;
    screen.expect_text("“walrus” is free.").await;
    server.account(Account::new(5, "Walrus"));
    screen.click_button(CREATE).await;
    screen
        .expect_text("“walrus” is taken: it is the same name as “Walrus”")
        .await;
    screen.expect_focus("textbox", "Username").await;
    assert_eq!(screen.value("textbox", "Username").await, "walrus");
    screen.see("button", "Use octo").await;
    settle("the title says so", || {
        crate::harness::screen::document()
            .title()
            .starts_with("Error: ")
    })
    .await;
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn a_refusal_that_availability_does_not_explain_is_shown_in_the_servers_words() {
    let server = server();
    let screen = open(&server).await;
    server.fail_once(
        &format!("POST {SIGNUP}"),
        Failure::Status(409, "Some other reason"),
    );
    screen.click_button(CREATE).await;
    screen
        .expect_text("The server refused “octo”: Some other reason")
        .await;
    screen.expect_focus("textbox", "Username").await;
    screen.click_button(CREATE).await;
    screen.expect_heading("Welcome, octo").await;
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn an_address_that_is_none_is_not_sent() {
    let server = server();
    let screen = open(&server).await;
    screen.fill("textbox", "E-mail address", "nope").await;
    screen.click_button(CREATE).await;
    screen
        .expect_text("An e-mail address has an @ with something on both sides")
        .await;
    screen.expect_focus("textbox", "E-mail address").await;
    assert!(sent(&server).is_empty());
    screen
        .fill("textbox", "E-mail address", "refused@example.com")
        .await;
    screen.click_button(CREATE).await;
    screen
        .expect_text("The registry does not take this as an e-mail address.")
        .await;
    screen.expect_focus("textbox", "E-mail address").await;
    screen
        .fill("textbox", "E-mail address", "good@example.com")
        .await;
    screen.expect_no_text("does not take this").await;
    screen.click_button(CREATE).await;
    screen.expect_heading("Welcome, octo").await;
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn nothing_pending_leads_to_the_login() {
    let server = server();
    server.pending(None);
    let screen = Screen::open("/signup", &server);
    screen.expect_heading("No sign-up is open").await;
    assert_eq!(
        screen
            .names("button")
            .iter()
            .filter(|name| *name == "Log in with GitHub")
            .count(),
        2,
        "header and page"
    );
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn a_sign_up_that_ran_out_says_so() {
    let server = server();
    server.pending(None);
    crate::harness::screen::forget();
    let long_ago = js_sys::Date::now() - 31.0 * 60_000.0;
    let storage = web_sys::window()
        .expect("a window")
        .local_storage()
        .expect("storage")
        .expect("storage");
    storage
        .set_item("nameplate.signup-started", &long_ago.to_string())
        .expect("it is kept");
    go_to("/signup");
    let screen = Screen::open_as_it_is(&server);
    screen
        .expect_heading("The time to sign up has run out")
        .await;
    screen.leave().await;
    crate::harness::screen::forget();
}

#[wasm_bindgen_test]
async fn somebody_signed_in_has_nothing_to_sign_up_for() {
    let server = server();
    server.pending(None).signed_in(Some(1));
    let screen = Screen::open("/signup", &server);
    screen.expect_heading("You are signed in").await;
    screen.see("link", "Go to your page").await;
    screen.see("button", "ferris").await;
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn a_server_without_sign_up_says_that_there_is_none() {
    let server = server();
    server.fail(&format!("GET {SIGNUP}"), Failure::Status(404, "Not Found"));
    let screen = Screen::open("/signup", &server);
    screen
        .expect_heading("There is nothing to sign up for")
        .await;
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn trouble_is_told_and_can_be_tried_again() {
    let server = server();
    server.fail_once(
        &format!("GET {SIGNUP}"),
        Failure::Status(500, "Internal Server Error"),
    );
    let screen = Screen::open("/signup", &server);
    screen
        .expect_heading("Your sign-up could not be loaded")
        .await;
    screen.click_button("Try again").await;
    screen.see("textbox", "Username").await;
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn a_sign_up_that_ended_in_another_place_is_found_out_on_the_press() {
    let server = server();
    let screen = open(&server).await;
    screen.fill("textbox", "Username", "walrus").await;
    server.pending(None);
    screen.click_button(CREATE).await;
    screen
        .expect_heading("This sign-up is no longer open")
        .await;
    assert_eq!(
        stored("nameplate.signup-draft").as_deref(),
        Some("octo\nwalrus\nocto@example.com"),
        "signing in again restores it"
    );
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn what_was_typed_is_there_again_for_the_same_person_only() {
    let server = server();
    crate::harness::screen::forget();
    remember("nameplate.signup-draft", "octo\nwalrus\nme@example.com");
    go_to("/signup");
    let screen = Screen::open_as_it_is(&server);
    screen.see("textbox", "Username").await;
    assert_eq!(screen.value("textbox", "Username").await, "walrus");
    assert_eq!(
        screen.value("textbox", "E-mail address").await,
        "me@example.com"
    );
    screen.leave().await;

    server.pending(Some(PendingSignup::new("somebody-else")));
    let screen = Screen::open_as_it_is(&server);
    screen.see("textbox", "Username").await;
    assert_eq!(screen.value("textbox", "Username").await, "somebody-else");
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn cancelling_deletes_the_sign_up_and_what_was_typed() {
    let server = server();
    let screen = open(&server).await;
    screen.fill("textbox", "Username", "walrus").await;
    server.fail_once(
        &format!("DELETE {SIGNUP}"),
        Failure::Status(503, "Service Unavailable"),
    );
    screen.click_button("Cancel the sign-up").await;
    settle("it is said", || {
        screen.alert().contains("could not be cancelled")
    })
    .await;
    screen.click_button("Cancel the sign-up").await;
    screen.expect_heading("The sign-up was cancelled").await;
    assert_eq!(stored("nameplate.signup-draft"), None);
    screen.see_no("link", "Finish signing up").await;
    assert_eq!(server.requests_like(&format!("DELETE {SIGNUP}")).len(), 2);
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn a_cancellation_whose_answer_was_lost_is_found_out() {
    let server = server();
    let screen = open(&server).await;
    server.fail_once(&format!("DELETE {SIGNUP}"), Failure::LostAnswer);
    screen.click_button("Cancel the sign-up").await;
    screen.expect_heading("The sign-up was cancelled").await;
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn a_lost_answer_is_read_back_before_anything_is_said() {
    // Done, and the browser is signed in.
    let server = server();
    let screen = open(&server).await;
    server.fail_once(&format!("POST {SIGNUP}"), Failure::LostAnswer);
    screen.click_button(CREATE).await;
    screen.expect_heading("Welcome, octo").await;
    assert_eq!(sent(&server).len(), 1, "nothing is sent twice");
    screen.leave().await;

    // Not done.
    let server = self::server();
    let screen = open(&server).await;
    server.fail_once(&format!("POST {SIGNUP}"), Failure::Offline);
    screen.click_button(CREATE).await;
    settle("it is said", || {
        screen
            .alert()
            .contains("Your account was not created: the registry could not be reached.")
    })
    .await;
    assert_eq!(screen.value("textbox", "Username").await, "octo");
    screen.click_button(CREATE).await;
    screen.expect_heading("Welcome, octo").await;
    screen.leave().await;

    // Not to be found out.
    let server = self::server();
    let screen = open(&server).await;
    server.fail(&format!("POST {SIGNUP}"), Failure::TimedOut);
    server.fail(&format!("GET {SIGNUP}"), Failure::Offline);
    screen.click_button(CREATE).await;
    settle("it is said", || {
        screen
            .alert()
            .contains("It is not known whether your account was created")
    })
    .await;
    server.heal();
    screen.click_button(CREATE).await;
    screen.expect_heading("Welcome, octo").await;
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn an_answer_lost_with_the_session_says_that_it_may_have_worked() {
    let server = server();
    let screen = open(&server).await;
    server.fail_once(&format!("POST {SIGNUP}"), Failure::LostAnswer);
    server.fail(
        &format!("GET {SIGNUP}"),
        Failure::Status(400, "Your signup session is missing or has expired."),
    );
    server.fail(
        "GET /api/v1/me",
        Failure::Status(403, "this action requires authentication"),
    );
    screen.click_button(CREATE).await;
    screen
        .expect_heading("It is not known whether your account was created")
        .await;
    assert!(stored("nameplate.signup-draft").is_some());
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn other_refusals_are_said_beside_the_button() {
    for (failure, words) in [
        (Failure::Throttled("120"), "The registry asks for a pause."),
        (
            Failure::Status(503, "crates.io is currently in read-only mode."),
            "takes no changes for now",
        ),
        (
            Failure::Status(403, "invalid origin header"),
            "invalid origin header",
        ),
        (
            Failure::Status(500, "Internal Server Error"),
            "something went wrong at the registry",
        ),
        (Failure::Body("<html>"), "the answer could not be read"),
    ] {
        let server = server();
        let screen = open(&server).await;
        server.fail_once(&format!("POST {SIGNUP}"), failure);
        screen.click_button(CREATE).await;
        settle(words, || screen.alert().contains(words)).await;
        screen.click_button(CREATE).await;
        screen.expect_heading("Welcome, octo").await;
        screen.leave().await;
    }
}

#[wasm_bindgen_test]
async fn the_warning_comes_before_the_end_and_the_end_is_asked_of_the_server() {
    let server = server();
    server.pending(Some(PendingSignup::new("octo").ends_in(4.0 * 60_000.0)));
    let screen = open(&server).await;
    settle("it is warned", || {
        screen.status().contains("This sign-up ends at")
    })
    .await;
    screen.see("button", "Log in with GitHub").await;
    screen.leave().await;

    server.pending(Some(PendingSignup::new("octo").ends_in(20.0 * 60_000.0)));
    let screen = open(&server).await;
    screen.expect_text("This sign-up stays open until").await;
    assert!(!screen.status().contains("This sign-up ends at"));
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn one_goes_back_to_where_one_was() {
    let server = server();
    crate::harness::screen::forget();
    remember("nameplate.return-to", "/users/ferris?sort=new");
    go_to("/signup");
    let screen = Screen::open_as_it_is(&server);
    screen.see("textbox", "Username").await;
    screen.click_button(CREATE).await;
    screen.expect_heading("Welcome, octo").await;
    let back = screen.see("link", "Go back to where you were").await;
    assert_eq!(
        back.get_attribute("href").as_deref(),
        Some("/users/ferris?sort=new")
    );
    assert_eq!(stored("nameplate.return-to"), None);
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn the_form_reads_in_this_order() {
    let server = server();
    let screen = open(&server).await;
    settle("it is checked", || screen.status().contains("is free")).await;
    let tree = screen.snapshot();
    let places: Vec<Option<usize>> = [
        "heading \"Create your account\" level=1",
        "textbox \"Username\" value=\"octo\"",
        "text \"Starts with a letter or a digit\"",
        "textbox \"E-mail address\" value=\"octo@example.com\"",
        "heading \"What everybody will see\" level=2",
        "heading \"What the registry gets\" level=2",
        "button \"Create the account\"",
        "button \"Cancel the sign-up\"",
    ]
    .iter()
    .map(|line| tree.find(line))
    .collect();
    assert!(places.iter().all(Option::is_some), "{places:?}\n{tree}");
    assert!(places.is_sorted(), "{places:?}\n{tree}");
    screen.leave().await;
}
