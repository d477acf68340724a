//! The whole app on a fake server: what each page shows, asks, and leaves behind.

use crate::harness::fake_server::{Account, End, Failure, FakeCrate, FakeServer, Level};
use crate::harness::screen::{Screen, address};
use crate::harness::settle::settle;
use wasm_bindgen_test::wasm_bindgen_test;

fn server() -> FakeServer {
    let server = FakeServer::new();
    server
        .account(Account::new(1, "ferris").named("Ferris the Crab"))
        .account(
            Account::new(396, "carols10cents")
                .github(Some("carolgithub"))
                .named("Carol"),
        )
        .account(Account::new(7, "no-github").github(None))
        .krate(FakeCrate::new("crabshell", &[1, 396]))
        .krate(FakeCrate::new("ten-cents", &[396]));
    server
}

#[wasm_bindgen_test]
async fn a_user_page_shows_the_username_the_links_and_the_crates() {
    let server = server();
    let screen = Screen::open("/users/carols10cents", &server);
    screen.expect_heading("carols10cents").await;
    screen.expect_text("Carol").await;
    screen.see("link", "GitHub: carolgithub").await;
    screen.see("link", "crabshell").await;
    screen.see("link", "ten-cents").await;
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn a_guest_is_never_asked_for() {
    let server = server();
    let screen = Screen::open("/users/ferris", &server);
    screen.expect_heading("ferris").await;
    screen.see("button", "Log in with GitHub").await;
    assert!(server.requests_like("GET /api/v1/me").is_empty());
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn each_question_of_a_user_page_is_asked_once() {
    let server = server();
    let screen = Screen::open("/users/FERRIS", &server);
    screen.expect_heading("ferris").await;
    screen.see("link", "crabshell").await;
    settle("the address takes the server's spelling", || {
        address() == "/users/ferris"
    })
    .await;
    settle("all is answered", || server.open().is_empty()).await;
    let mut asked = server.requests();
    let before = asked.len();
    asked.sort();
    asked.dedup();
    assert_eq!(asked.len(), before, "{asked:#?}");
    assert_eq!(server.requests_like("GET /api/v1/users/*").len(), 2);
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn nobody_is_told_apart_from_trouble() {
    let server = server();
    let screen = Screen::open("/users/nobody-here", &server);
    screen.expect_text("nobody-here").await;
    screen.leave().await;

    server.fail(
        "GET /api/v1/users/ferris",
        Failure::Status(500, "Internal Server Error"),
    );
    let screen = Screen::open("/users/ferris", &server);
    screen.see("button", "Try again").await;
    server.heal();
    screen.click_button("Try again").await;
    screen.expect_heading("ferris").await;
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn leaving_gives_up_what_was_asked() {
    let server = server();
    server.hold("GET /api/v1/crates");
    let screen = Screen::open("/users/ferris", &server);
    screen.expect_heading("ferris").await;
    settle("only the crates are still asked for", || {
        server.open().len() == 1 && server.requests_like("GET /api/v1/crates").len() == 1
    })
    .await;
    screen.leave().await;
    assert_eq!(server.ended(End::Aborted).len(), 1);
}

#[wasm_bindgen_test]
async fn a_server_without_linked_accounts_still_gives_a_whole_page() {
    let server = server();
    server.level(Level::August);
    let screen = Screen::open("/users/carols10cents", &server);
    screen.expect_heading("carols10cents").await;
    screen.see("link", "ten-cents").await;
    screen
        .expect_text("another GitHub username, or no GitHub account linked")
        .await;
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn a_crate_page_shows_each_owner_by_username() {
    let server = server();
    let screen = Screen::open("/crates/crabshell", &server);
    screen.see("link", "carols10cents").await;
    screen.see("link", "ferris").await;
    screen
        .see(
            "button",
            "About carols10cents: crates.io username does not match GitHub username",
        )
        .await;
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn an_unknown_address_keeps_header_and_footer() {
    let server = server();
    let screen = Screen::open("/no/such/page", &server);
    screen.see("banner", "").await;
    screen.see("contentinfo", "").await;
    assert_eq!(screen.names("heading").len(), 1);
    screen.leave().await;
}
