//! The field for a username: what it asks, when, and what it shows and says of the answers.

use crate::harness::by_role::all_named;
use crate::harness::fake_server::{Account, End, Failure, FakeServer, Level, PendingSignup};
use crate::harness::screen::Screen;
use crate::harness::settle::{eventually, settle, tick};
use js_sys::Function;
use leptos::prelude::*;
use nameplate::components::username_field::UsernameField;
use nameplate::domain::user::UserId;
use nameplate::domain::username::Username;
use nameplate::state::client::provide_client;
use nameplate::state::username_picker::username_picker;
use std::sync::{Arc, Mutex};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

const CHECKS: &str = "GET /api/private/usernames/*";

fn server() -> FakeServer {
    let server = FakeServer::new();
    server
        .account(Account::new(1, "ferris"))
        .account(Account::new(2, "hello-there"))
        .reserve("admin")
        .too_similar("dto1nay", "dtolnay")
        .hold_name("old-moss", "2027-01-31T14:05:00Z")
        .pending(Some(PendingSignup::new("octo")));
    server
}

/// The field in a form, as sign-up has it, and what was handed over.
fn show(server: &FakeServer, text: &'static str) -> (Screen, Arc<Mutex<Vec<String>>>) {
    show_for(server, None, text)
}

fn show_for(
    server: &FakeServer,
    own: Option<(i64, &'static str)>,
    text: &'static str,
) -> (Screen, Arc<Mutex<Vec<String>>>) {
    let handed_over = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&handed_over);
    let screen = Screen::show_with(server, move |client| {
        provide_client(client);
        let chosen =
            Callback::new(move |name: Username| log.lock().unwrap().push(name.to_string()));
        let own = own.map(|(id, name)| (UserId(id), Username::parse(name).unwrap()));
        let picker = username_picker(own, Some("octo".to_owned()), text, chosen);
        view! {
            <form novalidate on:submit=move |event| { event.prevent_default(); picker.submit() }>
                <UsernameField picker=picker label="Username" />
                <button>"Save"</button>
            </form>
        }
    });
    (screen, handed_over)
}

async fn input(screen: &Screen) -> HtmlInputElement {
    screen.see("textbox", "Username").await.unchecked_into()
}

/// What the browser does with a paste: the field holds the text, and the event says how it got there.
async fn paste(screen: &Screen, text: &str) {
    let act = Function::new_with_args(
        "field, text",
        "field.focus(); field.value = text;
         field.dispatchEvent(new InputEvent('input', {bubbles: true, inputType: 'insertFromPaste'}));",
    );
    act.call2(
        &wasm_bindgen::JsValue::NULL,
        &input(screen).await.into(),
        &text.into(),
    )
    .expect("it is pasted");
    tick().await;
}

fn state(screen: &Screen) -> String {
    let field = screen
        .root()
        .query_selector(".username-field")
        .unwrap()
        .unwrap();
    field.get_attribute("data-state").unwrap_or_default()
}

async fn expect_state(screen: &Screen, wanted: &str) {
    let there = eventually(|| (state(screen) == wanted).then_some(())).await;
    assert!(
        there.is_some(),
        "it stays {}, expected {wanted}, on\n{}",
        state(screen),
        screen.snapshot()
    );
}

async fn expect_spoken(screen: &Screen, wanted: &str) {
    let there = eventually(|| (screen.status() == wanted).then_some(())).await;
    assert!(
        there.is_some(),
        "spoken is \"{}\", expected \"{wanted}\"",
        screen.status()
    );
}

/// What is described to somebody who comes to the field.
async fn description(screen: &Screen) -> String {
    let field = input(screen).await;
    let ids = field.get_attribute("aria-describedby").unwrap_or_default();
    let texts = ids.split_whitespace().map(|id| {
        let found = screen.root().query_selector(&format!("#{id}")).unwrap();
        found
            .unwrap_or_else(|| panic!("#{id} is described by nothing"))
            .text_content()
            .unwrap_or_default()
    });
    texts.collect::<Vec<_>>().join(" ")
}

#[wasm_bindgen_test]
async fn thirty_letters_typed_fast_are_one_question() {
    let server = server();
    let (screen, _) = show(&server, "");
    screen
        .fill("textbox", "Username", "a-name-of-thirty-characters-30")
        .await;
    expect_state(&screen, "free").await;
    assert_eq!(
        server.requests_like(CHECKS).len(),
        1,
        "{:#?}",
        server.requests()
    );
    assert_eq!(
        server.requests(),
        ["GET /api/private/usernames/a_name_of_thirty_characters_30"]
    );
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn leaving_gives_up_the_question_and_the_timers() {
    let server = server();
    server.hold(CHECKS);
    let (screen, _) = show(&server, "crab");
    settle("it is asked", || server.open().len() == 1).await;
    screen.leave().await;
    assert_eq!(
        server.ended(End::Aborted),
        ["GET /api/private/usernames/crab"]
    );

    let (screen, _) = show(&server, "");
    screen.fill("textbox", "Username", "crab").await;
    screen.leave().await;
    assert_eq!(
        server.requests_like(CHECKS).len(),
        1,
        "the pause was not over"
    );
}

#[wasm_bindgen_test]
async fn a_new_text_gives_up_the_question_about_the_old_one() {
    let server = server();
    server.hold(CHECKS);
    let (screen, _) = show(&server, "ferris");
    settle("it is asked", || server.open().len() == 1).await;
    screen.fill("textbox", "Username", "crab").await;
    settle("the first is given up", || {
        server.ended(End::Aborted).len() == 1
    })
    .await;
    settle("the second is asked", || {
        server.open() == ["GET /api/private/usernames/crab"]
    })
    .await;
    server.release();
    expect_state(&screen, "free").await;
    screen.expect_text("“crab” is free.").await;
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn the_status_element_is_there_from_the_start_and_silent_while_checking() {
    let server = server();
    server.hold(CHECKS);
    let (screen, _) = show(&server, "crab");
    assert_eq!(screen.names("status").len(), 1);
    expect_state(&screen, "checking").await;
    screen.expect_text("Checking whether it is free").await;
    assert_eq!(screen.status(), "");
    server.release();
    expect_spoken(
        &screen,
        "“crab” is free. It becomes yours when you save it, if nobody is quicker.",
    )
    .await;
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn a_taken_name_says_by_whom_and_why_it_is_the_same() {
    let server = server();
    let (screen, _) = show(&server, "");
    screen.fill("textbox", "Username", "Hello_There").await;
    expect_state(&screen, "taken").await;
    screen.expect_text("it is the same name as “hello-there”, because capital letters make no difference, and - and _ count as the same").await;
    assert_eq!(
        input(&screen)
            .await
            .get_attribute("aria-invalid")
            .as_deref(),
        Some("true")
    );
    assert!(
        description(&screen)
            .await
            .contains("it is the same name as “hello-there”")
    );
    assert_eq!(
        screen.status(),
        "",
        "not yet: the person may still be typing"
    );
    settle("it is spoken", || screen.status().contains("is taken")).await;
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn names_to_take_instead_are_asked_about_and_never_made_from_another_persons() {
    let server = server();
    server.account(Account::new(3, "octo"));
    let (screen, _) = show(&server, "ferris");
    screen.expect_text("These are free now:").await;
    screen.see("button", "Use octo-rs").await;
    screen.see("button", "Use octo-dev").await;
    assert!(!screen.text().contains("ferris-"));
    assert!(
        all_named(screen.root(), "button", "Use octo").is_empty(),
        "it is taken"
    );
    assert!(description(&screen).await.contains("octo-rs"));
    screen.click_button("Use octo-rs").await;
    assert_eq!(screen.value("textbox", "Username").await, "octo-rs");
    screen.expect_focus("textbox", "Username").await;
    expect_state(&screen, "free").await;
    assert_eq!(
        server
            .requests_like("GET /api/private/usernames/octo_rs")
            .len(),
        1,
        "what was asked about is remembered"
    );
    screen.see_no("button", "Use octo-dev").await;
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn look_alike_characters_stand_side_by_side_and_are_spelled_out() {
    let server = server();
    let (screen, _) = show(&server, "dto1nay");
    expect_state(&screen, "too-similar").await;
    let marked = screen.root().query_selector_all(".lookalike mark").unwrap();
    let marked: Vec<String> = (0..marked.length())
        .filter_map(|at| marked.item(at)?.text_content())
        .collect();
    assert_eq!(marked, ["1", "l"]);
    settle("it is spelled out", || {
        screen.status().contains("digit 1 in place of letter l")
    })
    .await;
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn a_held_name_says_until_when_and_not_by_whom() {
    let server = server();
    let (screen, _) = show(&server, "Old_Moss");
    expect_state(&screen, "held").await;
    screen
        .expect_text("was given up lately and cannot be taken before")
        .await;
    screen.expect_text("2027").await;
    screen.expect_text("(your time)").await;
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn rules_are_ticked_off_while_typing_and_broken_only_when_left() {
    let server = server();
    let (screen, _) = show(&server, "");
    let rules = |screen: &Screen| {
        let items = screen
            .root()
            .query_selector_all("#username-rules li")
            .unwrap();
        let items = (0..items.length())
            .filter_map(|at| items.item(at)?.dyn_into::<web_sys::Element>().ok());
        items
            .filter_map(|item| item.get_attribute("data-mark"))
            .collect::<Vec<_>>()
    };
    assert_eq!(rules(&screen), ["open", "open", "open"]);
    screen.fill("textbox", "Username", "-crab!").await;
    assert_eq!(rules(&screen), ["open", "open", "kept"]);
    let field = input(&screen).await;
    assert_eq!(field.get_attribute("aria-invalid"), None);
    field.blur().unwrap();
    settle("the rule is broken now", || {
        rules(&screen) == ["broken", "broken", "kept"]
    })
    .await;
    assert_eq!(field.get_attribute("aria-invalid").as_deref(), Some("true"));
    screen
        .expect_text("A username starts with a letter or a digit, not with - or _.")
        .await;
    screen.fill("textbox", "Username", "crab").await;
    settle("all is well", || rules(&screen) == ["kept", "kept", "kept"]).await;
    assert!(
        server.requests_like(CHECKS).len() <= 1,
        "nothing is asked about what is no name"
    );
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn pasted_text_loses_the_spaces_around_it_and_nothing_else() {
    let server = server();
    let (screen, _) = show(&server, "crab");
    paste(&screen, " \u{200b}Tidy-Walrus\n ").await;
    assert_eq!(screen.value("textbox", "Username").await, "Tidy-Walrus");
    // The same again, so that nothing but the spaces is new.
    paste(&screen, "Tidy-Walrus ").await;
    assert_eq!(screen.value("textbox", "Username").await, "Tidy-Walrus");
    let long = "x".repeat(60);
    paste(&screen, &long).await;
    assert_eq!(screen.value("textbox", "Username").await, long);
    screen
        .expect_text("This has 60 characters. A username has at most 39.")
        .await;
    assert_eq!(input(&screen).await.get_attribute("maxlength"), None);
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn escape_restores_what_stood_there_first() {
    let server = server();
    let (screen, _) = show_for(&server, Some((1, "ferris")), "ferris");
    server.pending(None).signed_in(Some(1));
    expect_state(&screen, "unchanged").await;
    screen.fill("textbox", "Username", "Fe.").await;
    screen.press("Escape").await;
    assert_eq!(screen.value("textbox", "Username").await, "ferris");
    expect_state(&screen, "unchanged").await;
    screen.fill("textbox", "Username", "Ferris").await;
    expect_state(&screen, "own").await;
    assert!(
        server.requests().is_empty(),
        "one's own name needs no question"
    );
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn could_not_ask_never_looks_free_and_never_keeps_from_saving() {
    for (failure, wanted) in [
        (Failure::Throttled("30"), "throttled"),
        (
            Failure::Status(403, "this action requires authentication"),
            "could-not-ask",
        ),
        (Failure::Status(400, "no"), "could-not-ask"),
    ] {
        let server = server();
        server.fail(CHECKS, failure);
        let (screen, handed_over) = show(&server, "crab");
        expect_state(&screen, wanted).await;
        assert!(!screen.text().contains("It becomes yours"));
        assert_eq!(input(&screen).await.get_attribute("aria-invalid"), None);
        assert!(!screen.status().is_empty());
        screen.click_button("Save").await;
        assert_eq!(*handed_over.lock().unwrap(), ["crab"]);
        screen.leave().await;
    }
}

#[wasm_bindgen_test]
async fn what_could_not_be_asked_can_be_asked_again() {
    let server = server();
    server.fail_once(CHECKS, Failure::Status(403, "not now"));
    let (screen, _) = show(&server, "crab");
    screen.click_button("Check again").await;
    expect_state(&screen, "free").await;
    screen.expect_focus("textbox", "Username").await;
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn a_broken_answer_is_asked_again_by_itself() {
    let server = server();
    server.fail_once(CHECKS, Failure::Body("<html>"));
    let (screen, _) = show(&server, "crab");
    expect_state(&screen, "free").await;
    assert_eq!(server.requests_like(CHECKS).len(), 2);
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn an_old_server_is_asked_for_users_and_no_more_is_said_than_is_known() {
    let server = server();
    server.level(Level::August);
    let (screen, _) = show(&server, "crab");
    expect_state(&screen, "nobody-uses-it").await;
    screen
        .expect_text("Nobody uses “crab” now. Whether you can have it is decided when you save.")
        .await;
    assert_eq!(
        server.requests(),
        ["GET /api/private/usernames/crab", "GET /api/v1/users/crab"]
    );
    screen.fill("textbox", "Username", "Ferris").await;
    expect_state(&screen, "taken").await;
    let again = server.requests();
    assert_eq!(
        again.get(2).map(String::as_str),
        Some("GET /api/v1/users/ferris"),
        "the lack is remembered"
    );
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn a_press_in_vain_says_why_each_time_and_puts_the_focus_there() {
    let server = server();
    let (screen, handed_over) = show(&server, "");
    let field = input(&screen).await;
    screen.click_button("Save").await;
    screen.expect_focus("textbox", "Username").await;
    expect_spoken(&screen, "Enter a username.").await;
    assert_eq!(field.get_attribute("aria-invalid").as_deref(), Some("true"));

    let heard = Function::new_no_args(
        "window.__heard = [];
         window.__listening = new MutationObserver(() => window.__heard.push(document.querySelector('[role=status]').textContent));
         window.__listening.observe(document.querySelector('[role=status]'), {childList: true, characterData: true, subtree: true});",
    );
    heard
        .call0(&wasm_bindgen::JsValue::NULL)
        .expect("it listens");
    screen.click_button("Save").await;
    let words = || {
        let heard = js_sys::Reflect::get(&js_sys::global(), &"__heard".into()).expect("it listens");
        js_sys::Array::from(&heard)
            .iter()
            .filter_map(|one| one.as_string())
            .collect::<Vec<_>>()
    };
    settle("it is said anew", || {
        words().iter().any(|said| said == "Enter a username.")
    })
    .await;
    Function::new_no_args("window.__listening.disconnect()")
        .call0(&wasm_bindgen::JsValue::NULL)
        .expect("it stops");
    assert!(handed_over.lock().unwrap().is_empty());
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn a_name_known_as_gone_is_asked_about_afresh_when_it_is_wanted_all_the_same() {
    let server = server();
    let (screen, handed_over) = show(&server, "ferris");
    expect_state(&screen, "taken").await;
    screen.see("button", "Use octo").await;
    server.change(1, |account| account.username = "somebody-else".to_owned());
    screen.click_button("Save").await;
    settle("it is handed over", || {
        *handed_over.lock().unwrap() == ["ferris"]
    })
    .await;
    assert_eq!(
        server
            .requests_like("GET /api/private/usernames/ferris")
            .len(),
        2
    );
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn the_field_is_set_up_for_names_and_not_for_prose() {
    let server = server();
    let (screen, _) = show(&server, "");
    let field = input(&screen).await;
    for (attribute, value) in [
        ("autocomplete", "off"),
        ("autocapitalize", "none"),
        ("autocorrect", "off"),
        ("spellcheck", "false"),
        ("dir", "ltr"),
    ] {
        assert_eq!(
            field.get_attribute(attribute).as_deref(),
            Some(value),
            "{attribute}"
        );
    }
    description(&screen).await;
    screen.leave().await;
}
