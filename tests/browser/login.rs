//! Signing in through a window of its own: which answer counts, by which path, and what is said meanwhile.
//!
//! A frame stands in for the window: it has a location, sends messages, and looks closed when the test says so.

use crate::harness::fake_server::{Account, Failure, FakeServer};
use crate::harness::screen::{Screen, address};
use crate::harness::settle::{settle, tick};
use js_sys::{Function, Reflect, global};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

const LOGIN: &str = "Log in with GitHub";
const AUTHORIZE: &str = "POST /api/private/session/authorize";

fn server() -> FakeServer {
    let server = FakeServer::new();
    let origin = web_sys::window()
        .expect("a window")
        .location()
        .origin()
        .expect("an origin");
    server
        .account(Account::new(1, "ferris"))
        .github(&format!("{origin}/standing-in-for-github"));
    server
}

fn run(script: &str) -> JsValue {
    Function::new_no_args(script)
        .call0(&JsValue::NULL)
        .expect("the script runs")
}

/// From now on a frame opens in the place of a window.
fn stage() {
    run("window.__frames?.forEach((frame) => frame.remove());
         window.__frames = [];
         window.__closed = 0;
         window.open = (address) => {
             const frame = document.createElement('iframe');
             frame.src = 'about:blank';
             frame.dataset.address = address;
             document.body.append(frame);
             window.__frames.push(frame);
             const inner = frame.contentWindow;
             // What the app uses of a window, but for its place in the world the frame's own.
             window.__popup = {
                 closed: false,
                 close() { window.__closed += 1; this.closed = true; },
                 focus() { window.__focused = true; },
                 location: {replace(to) { window.__sent_to = to; }},
             };
             window.__source = inner;
             return window.__popup;
         };");
}

fn seen(name: &str) -> JsValue {
    Reflect::get(&global(), &name.into()).expect("it is set")
}

/// A message as some window would send it. `source` is an expression.
fn message(data: &str, origin: &str, source: &str) {
    run(&format!(
        "window.dispatchEvent(new MessageEvent('message', {{data: {data}, origin: {origin}, source: {source}}}))"
    ));
}

fn answer(code: &str, state: &str) -> String {
    format!("{{kind: 'nameplate.login-answer', code: '{code}', state: '{state}', error: null}}")
}

/// A landing page that speaks to all tabs.
fn broadcast(data: &str) {
    run(&format!(
        "window.__landing ??= new BroadcastChannel('nameplate.login');
         window.__landing.onmessage = (event) => (window.__received = event.data);
         window.__received = null;
         window.__landing.postMessage({data});"
    ));
}

/// What is said of the login in that place.
fn words(screen: &Screen, place: &str) -> String {
    let found = screen
        .root()
        .query_selector(&format!("{place} .login-words [role=status]"))
        .unwrap();
    found
        .and_then(|found| found.text_content())
        .unwrap_or_default()
}

async fn at_github(server: &FakeServer, path: &str) -> Screen {
    stage();
    let screen = Screen::open(path, server);
    screen.click_button(LOGIN).await;
    screen.see("button", "Show the GitHub window").await;
    screen
}

#[wasm_bindgen_test]
async fn the_window_is_sent_to_github_and_its_answer_signs_in_while_the_page_stays() {
    let server = server();
    let screen = at_github(&server, "/users/ferris").await;
    assert!(
        seen("__sent_to")
            .as_string()
            .unwrap()
            .ends_with("/standing-in-for-github")
    );
    assert!(
        screen
            .status()
            .contains("Go on in the window that has opened.")
    );
    broadcast(&answer("1", "state-1"));
    screen.see("button", "ferris").await;
    settle("the landing page hears of it", || {
        seen("__received").as_string().as_deref() == Some("received")
    })
    .await;
    assert_eq!(address(), "/users/ferris");
    assert_eq!(seen("__closed").as_f64(), Some(1.0));
    assert_eq!(words(&screen, "header"), "");
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn what_another_page_or_origin_says_changes_nothing() {
    let server = server();
    let screen = at_github(&server, "/users/ferris").await;
    let ours = "location.origin";
    for (data, origin, source) in [
        (
            answer("1", "state-1"),
            "'https://evil.example'",
            "window.__source",
        ),
        (answer("1", "state-1"), ours, "window"),
        (answer("1", "state-1"), ours, "null"),
        ("null".to_owned(), ours, "window"),
        ("{code: '1', state: 'state-1'}".to_owned(), ours, "window"),
    ] {
        message(&data, origin, source);
    }
    for data in [
        answer("1", "state-2"),
        "{kind: 'nameplate.login-answer', code: 1, state: 'state-1', error: null}".to_owned(),
        "{kind: 'another', code: '1', state: 'state-1', error: null}".to_owned(),
        "'state-1'".to_owned(),
    ] {
        broadcast(&data);
        tick().await;
    }
    tick().await;
    assert!(server.requests_like(AUTHORIZE).is_empty());
    screen.see("button", "Show the GitHub window").await;
    broadcast(&answer("1", "state-1"));
    screen.see("button", "ferris").await;
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn an_answer_counts_once_whatever_path_it_comes_by() {
    let server = server();
    server.hold(AUTHORIZE);
    let screen = at_github(&server, "/users/ferris").await;
    broadcast(&answer("1", "state-1"));
    screen.see("button", "Signing in…").await;
    broadcast(&answer("1", "state-1"));
    message(
        &answer("1", "state-1"),
        "location.origin",
        "window.__source",
    );
    tick().await;
    server.release();
    screen.see("button", "ferris").await;
    assert_eq!(server.requests_like(AUTHORIZE).len(), 1);
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn a_window_that_looks_closed_is_told_of_and_its_answer_still_counts() {
    let server = server();
    let screen = at_github(&server, "/users/ferris").await;
    run("window.__popup.closed = true");
    screen.see("button", LOGIN).await;
    screen.expect_text("The GitHub window looks closed").await;
    screen
        .see("button", "Sign in without a second window")
        .await;
    broadcast(&answer("1", "state-1"));
    screen.see("button", "ferris").await;
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn a_newer_attempt_takes_the_place_of_the_older() {
    let server = server();
    let screen = at_github(&server, "/users/ferris").await;
    run("window.__popup.closed = true");
    screen.see("button", LOGIN).await;
    screen.click_button(LOGIN).await;
    screen.see("button", "Show the GitHub window").await;
    broadcast(&answer("1", "state-1"));
    tick().await;
    assert!(
        server.requests_like(AUTHORIZE).is_empty(),
        "that was the older one's"
    );
    broadcast(&answer("1", "state-2"));
    screen.see("button", "ferris").await;
    assert_eq!(server.begun(), 2);
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn pressing_again_shows_the_window() {
    let server = server();
    let screen = at_github(&server, "/users/ferris").await;
    screen.click_button("Show the GitHub window").await;
    assert_eq!(seen("__focused").as_bool(), Some(true));
    assert_eq!(server.begun(), 1);
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn refusals_are_said_where_the_button_is() {
    for (data, words) in [
        (
            "{kind: 'nameplate.login-answer', code: null, state: 'state-1', error: 'access_denied'}",
            "You did not let GitHub tell us who you are",
        ),
        (
            "{kind: 'nameplate.login-answer', code: null, state: 'state-1', error: 'application_suspended'}",
            "application_suspended",
        ),
        (
            "{kind: 'nameplate.login-answer', code: 'wrong', state: 'state-1', error: null}",
            "GitHub does not know this code",
        ),
    ] {
        let server = server();
        let screen = at_github(&server, "/users/ferris").await;
        broadcast(data);
        settle(words, || screen.status().contains(words)).await;
        screen.see("button", LOGIN).await;
        screen.leave().await;
    }
}

#[wasm_bindgen_test]
async fn a_start_that_fails_closes_the_window_and_is_said() {
    let server = server();
    server.fail(
        "POST /api/private/session/begin",
        Failure::Status(500, "Internal Server Error"),
    );
    stage();
    let screen = Screen::open("/users/ferris", &server);
    screen.click_button(LOGIN).await;
    settle("it is said", || {
        screen
            .status()
            .contains("Signing in could not begin. Internal Server Error")
    })
    .await;
    assert_eq!(seen("__closed").as_f64(), Some(1.0));
    screen.see("button", LOGIN).await;
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn a_registry_that_leads_anywhere_but_to_the_web_is_not_followed() {
    let server = server();
    server.github("javascript:alert(1)");
    run("window.__sent_to = null");
    stage();
    let screen = Screen::open("/users/ferris", &server);
    screen.click_button(LOGIN).await;
    settle("it is said", || {
        screen.status().contains("Signing in could not begin.")
    })
    .await;
    assert!(seen("__sent_to").is_null());
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn nobody_known_is_led_to_the_sign_up_and_back_afterwards() {
    let server = server();
    let screen = at_github(&server, "/users/ferris?sort=new").await;
    broadcast(&answer("new-octo", "state-1"));
    screen.expect_heading("Create your account").await;
    assert_eq!(address(), "/signup");
    screen.see("textbox", "Username").await;
    screen.click_button("Create the account").await;
    screen.expect_heading("Welcome, octo").await;
    screen.click("link", "Go back to where you were").await;
    screen.expect_heading("ferris").await;
    assert_eq!(address(), "/users/ferris?sort=new");
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn a_lost_answer_is_read_back() {
    for (code, seen_then) in [("1", "ferris"), ("new-octo", "")] {
        let server = server();
        server.fail_once(AUTHORIZE, Failure::LostAnswer);
        let screen = at_github(&server, "/users/ferris").await;
        broadcast(&answer(code, "state-1"));
        match seen_then {
            "" => screen.expect_heading("Create your account").await,
            name => drop(screen.see("button", name).await),
        }
        assert_eq!(server.requests_like(AUTHORIZE).len(), 1);
        screen.leave().await;
    }
    let server = server();
    server.fail_once(AUTHORIZE, Failure::Offline);
    let screen = at_github(&server, "/users/ferris").await;
    broadcast(&answer("1", "state-1"));
    settle("it is said", || {
        screen
            .status()
            .contains("Signing in failed. The registry could not be reached.")
    })
    .await;
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn words_stand_beside_the_button_that_was_pressed() {
    let server = server();
    // What the page shows of its own is not what this is about.
    server.fail(
        "GET /api/v1/me/*",
        Failure::Status(500, "Internal Server Error"),
    );
    stage();
    let screen = Screen::open("/dashboard", &server);
    screen.expect_heading("Sign in to see this page").await;
    let buttons = screen.root().query_selector_all("main button").unwrap();
    let button: web_sys::HtmlElement =
        wasm_bindgen::JsCast::unchecked_into(buttons.item(0).expect("a button"));
    button.click();
    settle("it is said in the page", || {
        words(&screen, "main").contains("Go on in the window")
    })
    .await;
    assert_eq!(words(&screen, "header"), "");
    broadcast(&answer("1", "state-1"));
    screen.see("button", "ferris").await;
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn a_sign_in_in_another_tab_ends_the_attempt() {
    let server = server();
    let screen = at_github(&server, "/users/ferris").await;
    server.signed_in(Some(1));
    run(
        "window.__other_tab = new BroadcastChannel('nameplate.session'); window.__other_tab.postMessage('changed')",
    );
    screen.see("button", "ferris").await;
    settle("nothing is said any more", || {
        words(&screen, "header").is_empty()
    })
    .await;
    assert_eq!(seen("__closed").as_f64(), Some(1.0));
    broadcast(&answer("1", "state-1"));
    tick().await;
    assert!(server.requests_like(AUTHORIZE).is_empty());
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn a_sign_up_goes_on_when_another_tab_changes_something_else() {
    let server = server();
    let screen = at_github(&server, "/users/ferris").await;
    broadcast(&answer("new-octo", "state-1"));
    screen.expect_heading("Create your account").await;
    screen.fill("textbox", "Username", "walrus").await;
    run(
        "window.__other_tab = new BroadcastChannel('nameplate.session'); window.__other_tab.postMessage('changed')",
    );
    settle("it is asked who is signed in", || {
        server.requests_like("GET /api/v1/me").len() == 1
    })
    .await;
    settle("it is asked whether the sign-up is there", || {
        server
            .requests_like("GET /api/private/session/signup")
            .len()
            == 2
            && server.open().is_empty()
    })
    .await;
    screen.expect_heading("Create your account").await;
    assert_eq!(screen.value("textbox", "Username").await, "walrus");
    screen.see("link", "Finish signing up").await;
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn leaving_ends_the_attempt_with_its_window() {
    let server = server();
    let screen = at_github(&server, "/users/ferris").await;
    screen.leave().await;
    assert_eq!(seen("__closed").as_f64(), Some(1.0));
}
