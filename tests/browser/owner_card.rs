//! The card beside an owner: what it asks and when, where the focus is, and what it leaves behind.

use crate::harness::accessible_name::text_of;
use crate::harness::by_role::{all_by_role, html};
use crate::harness::fake_server::{Account, End, Failure, FakeCrate, FakeServer, Level};
use crate::harness::screen::Screen;
use crate::harness::settle::settle;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, PointerEvent, PointerEventInit};

const CAROL: &str = "About carols10cents: crates.io username does not match GitHub username";
const MARK: &str = "crates.io username does not match GitHub username";
const CARD: &str = "About carols10cents";
const LOOK_UP: &str = "GET /api/v1/users/*";
const COUNT: &str = "GET /api/v1/crates";

fn server() -> FakeServer {
    let server = FakeServer::new();
    server
        .account(Account::new(1, "ferris"))
        .account(Account::new(396, "carols10cents").github(Some("carolgithub")))
        .krate(FakeCrate::new("crabshell", &[1, 396]));
    server
}

async fn open(server: &FakeServer) -> Screen {
    let screen = Screen::open("/crates/crabshell", server);
    screen.see("button", CAROL).await;
    settle("all is answered", || server.open().is_empty()).await;
    assert!(server.requests_like(LOOK_UP).is_empty(), "nothing yet");
    screen
}

/// Presses the button as a keyboard does: with the focus on it.
async fn press(screen: &Screen, name: &str) {
    html(&screen.see("button", name).await)
        .focus()
        .expect("it takes the focus");
    screen.click_button(name).await;
}

fn card(screen: &Screen) -> Option<Element> {
    let mut open = all_by_role(screen.root(), "dialog")
        .into_iter()
        .filter(|one| one.matches(":popover-open").unwrap_or(false));
    open.next()
}

#[wasm_bindgen_test]
async fn the_card_is_asked_for_when_it_opens_and_only_once() {
    let server = server();
    let screen = open(&server).await;
    press(&screen, CAROL).await;
    screen.expect_focus("dialog", CARD).await;
    screen.see("link", "GitHub: carolgithub").await;
    screen.expect_text("proven by signing in there").await;
    screen.expect_text("Crates owned").await;
    settle("the count is there", || server.open().is_empty()).await;
    html(&card(&screen).expect("it is open"))
        .hide_popover()
        .expect("it closes");
    screen.see_no("link", "GitHub: carolgithub").await;
    screen.expect_focus("button", CAROL).await;
    press(&screen, CAROL).await;
    screen.see("link", "GitHub: carolgithub").await;
    assert_eq!(server.requests_like(LOOK_UP).len(), 1, "known a moment ago");
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn closing_the_card_gives_up_what_it_asked() {
    let server = server();
    let screen = open(&server).await;
    server.hold(LOOK_UP);
    press(&screen, CAROL).await;
    settle("it is looked up", || server.open().len() == 1).await;
    screen.expect_text("Looking up carols10cents").await;
    html(&card(&screen).expect("it is open"))
        .hide_popover()
        .expect("it closes");
    settle("it is given up", || server.ended(End::Aborted).len() == 1).await;
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn leaving_with_the_card_open_leaves_nothing_behind() {
    let server = server();
    let screen = open(&server).await;
    server.hold(COUNT);
    press(&screen, CAROL).await;
    screen.see("link", "GitHub: carolgithub").await;
    settle("the crates are being counted", || server.open().len() == 1).await;
    screen.leave().await;
    assert_eq!(server.ended(End::Aborted).len(), 1);
}

#[wasm_bindgen_test]
async fn a_failure_is_said_and_trying_again_keeps_the_focus() {
    let server = server();
    let screen = open(&server).await;
    server.fail(LOOK_UP, Failure::Status(500, "Internal Server Error"));
    press(&screen, CAROL).await;
    screen.see("button", "Try again").await;
    assert!(
        screen
            .alert()
            .contains("carols10cents could not be looked up")
    );
    server.heal();
    press(&screen, "Try again").await;
    screen.see("link", "GitHub: carolgithub").await;
    screen.expect_focus("dialog", CARD).await;
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn a_name_that_is_another_accounts_by_now_is_not_shown_as_the_owner() {
    let server = server();
    let screen = open(&server).await;
    server.change(396, |carol| carol.username = "somewhere-else".to_owned());
    server.change(1, |ferris| ferris.username = "carols10cents".to_owned());
    press(&screen, CAROL).await;
    screen
        .expect_text("By now this username belongs to another account than the one shown here.")
        .await;
    screen.see("button", "Load the page again").await;
    screen.leave().await;
}

fn point(at: &Element, event: &str) {
    let init = PointerEventInit::new();
    init.set_pointer_type("mouse");
    let event = PointerEvent::new_with_event_init_dict(event, &init).expect("an event");
    let around = at.parent_element().expect("the button stands in something");
    around.dispatch_event(&event).expect("it is dispatched");
}

#[wasm_bindgen_test]
async fn a_mouse_that_only_passes_asks_nothing_and_one_that_rests_takes_no_focus() {
    let server = server();
    let screen = open(&server).await;
    let ferris = screen.see("button", "About ferris").await;
    let carol = screen.see("button", CAROL).await;
    point(&ferris, "pointerenter");
    point(&ferris, "pointerleave");
    point(&carol, "pointerenter");
    screen.see("link", "GitHub: carolgithub").await;
    assert_eq!(server.requests_like(LOOK_UP).len(), 1, "carol's only");
    let panel = card(&screen).expect("it is open");
    assert!(!panel.matches(":focus-within").unwrap_or(true));
    point(&carol, "pointerleave");
    screen.see_no("link", "GitHub: carolgithub").await;
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn a_card_that_is_worked_in_stays_when_the_mouse_moves() {
    let server = server();
    let screen = open(&server).await;
    press(&screen, CAROL).await;
    screen.expect_focus("dialog", CARD).await;
    let ferris = screen.see("button", "About ferris").await;
    point(&ferris, "pointerenter");
    screen.see("link", "GitHub: carolgithub").await;
    screen.expect_focus("dialog", CARD).await;
    point(&ferris, "pointerleave");
    screen.leave().await;
}

/// The card of the second owner of a crate, opened.
async fn card_of(server: &FakeServer, button: &str) -> Screen {
    server
        .account(Account::new(1, "ferris"))
        .krate(FakeCrate::new("crabshell", &[1, 2]));
    let screen = Screen::open("/crates/crabshell", server);
    screen.see("button", "About ferris").await;
    press(&screen, button).await;
    settle("it is looked up", || {
        card(&screen).is_some_and(|card| text_of(&card).contains("Report impersonation"))
    })
    .await;
    screen
}

#[wasm_bindgen_test]
async fn a_mismatch_is_explained_in_its_kind() {
    let somebody = |username: &str| Account::new(2, username);
    for (account, words) in [
        (
            somebody("carol").github(Some("carolgithub")),
            "This person’s crates.io username is not their GitHub username. On GitHub they are carolgithub.",
        ),
        (
            somebody("carol").github(Some("Carol")),
            "Only capital letters differ: on GitHub this person writes it Carol.",
        ),
        (
            somebody("car_ol").github(Some("car-ol")),
            "Only - and _ differ: on GitHub this person is car-ol.",
        ),
        (
            somebody("car_ol").github(Some("Car-Ol")),
            "Only capital letters, - and _ differ: on GitHub this person is Car-Ol.",
        ),
        (
            somebody("carol").stale(),
            "The GitHub account linked here was last seen as carol, but that GitHub name now belongs to another account.",
        ),
        (
            somebody("carol").github(None),
            "No GitHub account is linked to this crates.io account.",
        ),
    ] {
        let name = account.username.clone();
        let has_account = account.github.is_some();
        let server = FakeServer::new();
        server.account(account);
        let button = format!("About {name}: {MARK}");
        let screen = card_of(&server, &button).await;
        let said = text_of(&card(&screen).expect("it is open")).replace('\'', "’");
        assert!(said.contains(words), "{words}\n{said}");
        assert_eq!(said.contains("proven by signing in there"), has_account);
        assert!(said.contains("Linked accounts"), "{said}");
        screen.leave().await;
    }
}

#[wasm_bindgen_test]
async fn a_match_has_no_mark_and_what_is_not_told_is_not_guessed() {
    // The names match: nothing is explained.
    let server = FakeServer::new();
    server.account(Account::new(2, "carol"));
    let screen = card_of(&server, "About carol").await;
    let said = text_of(&card(&screen).expect("it is open"));
    assert!(!said.contains("What this mark means"), "{said}");
    screen.see("link", "GitHub: carol").await;
    screen.leave().await;

    // A server older than linked accounts says that they differ, and no more.
    let server = FakeServer::new();
    server
        .level(Level::August)
        .account(Account::new(2, "carol").github(Some("carolgithub")));
    let screen = card_of(&server, &format!("About carol: {MARK}")).await;
    screen.expect_text("not told by this registry").await;
    screen
        .expect_text("This person has another GitHub username, or no GitHub account linked.")
        .await;
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn a_name_that_nobody_has_by_now_is_said_so() {
    let server = server();
    let screen = open(&server).await;
    server.change(396, |carol| carol.username = "somewhere-else".to_owned());
    press(&screen, CAROL).await;
    screen.expect_text("By now nobody has this username.").await;
    screen.see("button", "Load the page again").await;
    assert!(!screen.text().contains("somewhere-else"));
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn a_count_that_fails_leaves_who_it_is() {
    let server = server();
    let screen = open(&server).await;
    server.fail(COUNT, Failure::Status(500, "Internal Server Error"));
    press(&screen, CAROL).await;
    screen.see("link", "GitHub: carolgithub").await;
    screen.expect_text("could not be counted").await;
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn a_pause_that_the_registry_asks_for_is_said_with_its_end() {
    let server = server();
    let screen = open(&server).await;
    server.fail(LOOK_UP, Failure::Throttled("60"));
    press(&screen, CAROL).await;
    screen.see("button", "Try again").await;
    let said = screen.alert();
    assert!(said.contains("Too many requests"), "{said}");
    assert!(
        said.contains("The registry asks for a pause. Try again after "),
        "{said}"
    );
    screen.leave().await;
}
