//! Adding an owner: what was understood, who that is, what is sent and when, and what is said of every end.

use crate::harness::by_role::{all_by_role, html};
use crate::harness::fake_server::{Account, End, Failure, FakeCrate, FakeServer, Level};
use crate::harness::screen::{Screen, document};
use crate::harness::settle::{settle, tick};
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, Event, EventInit};

const FIELD: &str = "Person or team";
const LOOK_UP: &str = "GET /api/v1/users/*";
const SEND: &str = "PUT /api/v1/crates/crabshell/owners";
const INVITATIONS: &str = "GET /api/private/crate_owner_invitations";
const CAROL: &str = "crates.io:carols10cents";
const INVITE_CAROL: &str = "Invite carols10cents";
const INVITED: &str = "carols10cents is invited to own crabshell, and is no owner yet.";

/// ferris owns a crate and is signed in. “robin” is one person's username and another's name on GitHub.
fn server() -> FakeServer {
    let server = FakeServer::new();
    server
        .account(Account::new(1, "ferris"))
        .account(Account::new(396, "carols10cents").github(Some("carolgithub")))
        .account(Account::new(10, "robin").github(Some("robin-hood")))
        .account(Account::new(11, "sherwood").github(Some("robin")))
        .account(Account::new(12, "murmur"))
        .krate(FakeCrate::new("crabshell", &[1]))
        .signed_in(Some(1));
    server
}

async fn open(server: &FakeServer) -> Screen {
    let screen = Screen::open("/crates/crabshell/settings", server);
    screen.expect_heading("Settings of crabshell").await;
    screen.see("textbox", FIELD).await;
    settle("the page is whole", || server.open().is_empty()).await;
    screen
}

async fn type_in(screen: &Screen, text: &str) {
    screen.fill("textbox", FIELD, text).await;
}

/// As Enter in the field does; a made-up key does nothing by itself.
async fn submit(screen: &Screen) {
    let field = screen.see("textbox", FIELD).await;
    let form = field.closest("form").expect("a selector");
    let init = EventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    let event = Event::new_with_event_init_dict("submit", &init).expect("an event");
    let form = form.expect("the field is in a form");
    form.dispatch_event(&event).expect("it is dispatched");
    tick().await;
}

async fn typed(screen: &Screen) -> String {
    screen.value("textbox", FIELD).await
}

/// The names under which somebody was to be added, in order.
fn sent(server: &FakeServer) -> Vec<Value> {
    let puts = server.requests_like(SEND).into_iter();
    puts.filter_map(|put| serde_json::from_str::<Value>(put.body.as_deref()?).ok())
        .map(|body| body["owners"].clone())
        .collect()
}

/// What came of the last attempt, and that the focus is there.
async fn expect_outcome(screen: &Screen, words: &str) {
    screen.expect_text(words).await;
    settle("the focus is on what came of it", || {
        let focused = document().active_element();
        focused.is_some_and(|focused| focused.id() == "owner-said")
    })
    .await;
    let said = document().get_element_by_id("owner-said");
    let said = said.and_then(|said| said.text_content());
    assert!(said.unwrap_or_default().contains(words), "{words}");
}

/// What stands in the part of the page of this name.
fn part(screen: &Screen, name: &str) -> Element {
    let regions = all_by_role(screen.root(), "region").into_iter();
    let named = |one: &Element| crate::harness::accessible_name::name_of(one) == name;
    let mut found: Vec<Element> = regions.filter(named).collect();
    assert_eq!(found.len(), 1, "{name} on\n{}", screen.snapshot());
    found.remove(0)
}

#[wasm_bindgen_test]
async fn what_names_nobody_is_explained_while_one_types_and_nobody_is_asked() {
    let server = server();
    let screen = open(&server).await;
    let before = server.log().len();
    for (text, said) in [
        ("crates.io:", "A username is missing after the colon."),
        ("-x", "A username starts with a letter or a digit."),
        ("two words", "A username has no spaces."),
        ("a@example.org", "This is an e-mail address."),
        (
            "gitlab:a",
            "“gitlab” is no service that owners are named by.",
        ),
        ("github:a:b:c", "A team is written github:organization:team"),
        (
            "https://crates.io/crates/x",
            "is not the page of a person or team",
        ),
    ] {
        type_in(&screen, text).await;
        screen.expect_text(said).await;
        let field = screen.see("textbox", FIELD).await;
        assert_eq!(
            field.get_attribute("aria-invalid").as_deref(),
            Some("false"),
            "{text}"
        );
        submit(&screen).await;
        screen.expect_focus("textbox", FIELD).await;
        assert_eq!(
            field.get_attribute("aria-invalid").as_deref(),
            Some("true"),
            "{text}"
        );
        assert_eq!(typed(&screen).await, text);
    }
    type_in(&screen, "").await;
    submit(&screen).await;
    screen.expect_text("Type a name first.").await;
    assert_eq!(server.log().len(), before, "nobody is asked");
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn every_form_is_read_back_and_only_the_last_text_is_looked_up() {
    let server = server();
    let screen = open(&server).await;
    server.hold(LOOK_UP);
    for (text, read) in [
        (
            "murmur",
            "Read as: the crates.io user murmur, or whoever is murmur on GitHub.",
        ),
        ("cratesio:Murmur", "Read as: the crates.io user Murmur."),
        (
            "github:murmur",
            "Read as: the account here that is linked to murmur on GitHub.",
        ),
        (
            "https://crates.io/users/murmur",
            "Read as: the crates.io user murmur.",
        ),
    ] {
        type_in(&screen, text).await;
        screen.expect_text(read).await;
        // The button of the keyboard cuts the pause short.
        submit(&screen).await;
        settle("it is looked up", || {
            screen.status().contains("Looking up…")
        })
        .await;
    }
    settle("the earlier ones are given up", || server.open().len() == 1).await;
    server.release();
    screen.see("heading", "Is this the person you mean?").await;
    screen.see("button", "Invite murmur").await;
    assert!(sent(&server).is_empty());
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn a_pause_after_the_last_letter_is_enough_and_leaving_gives_the_look_up_up() {
    let server = server();
    let screen = open(&server).await;
    server.hold(LOOK_UP);
    let before = server.requests_like(LOOK_UP).len();
    type_in(&screen, CAROL).await;
    settle("it is looked up", || server.open().len() == 1).await;
    assert_eq!(
        server.requests_like(LOOK_UP).len(),
        before + 1,
        "one for all letters"
    );
    screen.leave().await;
    assert_eq!(server.ended(End::Aborted).len(), 1);
}

#[wasm_bindgen_test]
async fn the_person_is_shown_with_the_question_and_invited_by_one_press() {
    let server = server();
    let screen = open(&server).await;
    type_in(&screen, CAROL).await;
    screen.see("heading", "Is this the person you mean?").await;
    screen.see("link", "GitHub: carolgithub").await;
    screen.expect_text("On GitHub they are carolgithub").await;
    screen.expect_text("Crates owned").await;
    screen
        .expect_text("cargo owner --add crates.io:carols10cents crabshell")
        .await;
    settle("it is spoken", || {
        screen
            .status()
            .contains("Found: carols10cents. Is this the person you mean?")
    })
    .await;
    submit(&screen).await;
    assert!(sent(&server).is_empty(), "Enter chooses nobody");
    screen.click_button(INVITE_CAROL).await;
    expect_outcome(&screen, INVITED).await;
    let until = server.invitations().remove(0).expires_at;
    let year = until.split('-').next().expect("a year").to_owned();
    expect_outcome(&screen, "They can accept until").await;
    expect_outcome(&screen, &year).await;
    assert_eq!(typed(&screen).await, "");
    assert_eq!(sent(&server), [json!([CAROL])]);
    // Among the open ones from now on, and not to be invited again.
    screen.expect_text("can accept until").await;
    type_in(&screen, CAROL).await;
    screen
        .expect_text("There is an open invitation for carols10cents")
        .await;
    screen.see_no("button", INVITE_CAROL).await;
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn two_readings_stand_side_by_side_and_nobody_is_chosen() {
    let server = server();
    let screen = open(&server).await;
    type_in(&screen, "robin").await;
    screen.see("heading", "Which one do you mean?").await;
    screen
        .see("link", "Compare the two on a page of their own")
        .await;
    for (name, button) in [
        ("The username robin here", "Invite robin"),
        ("robin on GitHub", "Invite sherwood"),
    ] {
        let buttons: Vec<String> = all_by_role(&part(&screen, name), "button")
            .iter()
            .map(crate::harness::accessible_name::name_of)
            .filter(|label| label.starts_with("Invite"))
            .collect();
        assert_eq!(buttons, [button], "{name}");
    }
    submit(&screen).await;
    settle("nothing is on its way", || server.open().is_empty()).await;
    assert!(sent(&server).is_empty(), "nobody is chosen by Enter");
    screen.click_button("Invite sherwood").await;
    expect_outcome(&screen, "sherwood is invited to own crabshell").await;
    assert_eq!(sent(&server), [json!(["crates.io:sherwood"])]);
    // One reading that leads to nobody is no reason to take the other.
    for (text, said) in [
        (
            "carols10cents",
            "No account here is linked to carols10cents on GitHub.",
        ),
        ("carolgithub", "Nobody has the username carolgithub here."),
    ] {
        type_in(&screen, text).await;
        screen.expect_text(said).await;
        screen.see("button", INVITE_CAROL).await;
    }
    assert_eq!(sent(&server).len(), 1);
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn a_name_that_looks_like_another_is_spelled_out() {
    let server = server();
    server.account(Account::new(13, "ferrls"));
    let screen = open(&server).await;
    type_in(&screen, "crates.io:ferrls").await;
    screen
        .expect_text("ferrls is easily taken for ferris, you. They are two different accounts.")
        .await;
    screen
        .expect_text("The difference: letter l in place of letter i.")
        .await;
    screen.see("button", "Invite ferrls").await;
    type_in(&screen, "crates.io:murmur").await;
    screen.see("button", "Invite murmur").await;
    assert!(!screen.text().contains("easily taken"));
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn where_there_is_no_such_account_both_ways_on_are_offered() {
    let server = server();
    let screen = open(&server).await;
    type_in(&screen, "crates.io:carolgithub").await;
    screen.see("heading", "There is no such account").await;
    screen.expect_text("Check the spelling first.").await;
    screen.expect_text("please sign in once at").await;
    screen.see("button", "Copy the message").await;
    screen
        .click_button("Look for carolgithub on GitHub instead")
        .await;
    screen.expect_focus("textbox", FIELD).await;
    assert_eq!(typed(&screen).await, "github:carolgithub");
    screen.see("button", INVITE_CAROL).await;
    type_in(&screen, "github:carols10cents").await;
    screen
        .click_button("Look for the username carols10cents instead")
        .await;
    assert_eq!(typed(&screen).await, CAROL);
    screen.see("button", INVITE_CAROL).await;
    type_in(&screen, "nobody-here").await;
    screen
        .expect_text("Nobody has the username nobody-here here, and no account here is linked")
        .await;
    assert!(sent(&server).is_empty());
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn a_team_is_added_at_once_and_one_that_is_unknown_is_explained() {
    let server = server();
    server.team("github:crab-works:core");
    let screen = open(&server).await;
    type_in(&screen, "github:crab-works:core").await;
    screen.see("heading", "The team crab-works/core").await;
    screen
        .expect_text("A team is added at once: nobody has to accept.")
        .await;
    screen.click_button("Add the team").await;
    expect_outcome(
        &screen,
        "the team github:crab-works:core owns crabshell from now on.",
    )
    .await;
    assert_eq!(sent(&server), [json!(["github:crab-works:core"])]);
    type_in(&screen, "github:crab-works:core").await;
    screen
        .expect_text("This team owns the crate already.")
        .await;
    type_in(&screen, "github:crab-works:nope").await;
    screen.click_button("Add the team").await;
    expect_outcome(&screen, "GitHub shows the registry no such team.").await;
    assert_eq!(typed(&screen).await, "github:crab-works:nope");
    assert_eq!(sent(&server).len(), 2);
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn each_refusal_is_translated_and_an_unknown_one_is_shown_as_it_came() {
    let server = server();
    let screen = open(&server).await;
    type_in(&screen, CAROL).await;
    let unknown = "`carols10cents` is <b>ambiguous</b> & more";
    let refusals = [
        (
            400,
            "could not find user with login `x`",
            "The registry finds no account under that name.",
        ),
        (400, "`x` is already an owner", "They own the crate already"),
        (
            403,
            "only owners have permission to modify owners",
            "You are not an owner of this crate, or not any more.",
        ),
        (
            403,
            "team members don't have permission to modify owners",
            "You own this crate only through a team.",
        ),
        (
            400,
            "too many invites for this request - maximum 10",
            "These were too many at once.",
        ),
        (
            404,
            "crate `crabshell` does not exist",
            "The registry has no crate of this name any more.",
        ),
        (
            403,
            "invalid origin header",
            "The registry takes no changes from this address.",
        ),
        (
            403,
            "please verify your email address",
            "Confirm your e-mail address first",
        ),
        (
            400,
            "unknown organization handler, only 'github:org:team' is supported",
            "This registry does not know that form of a name.",
        ),
        (
            503,
            "crates.io is currently in read-only mode.",
            "The registry is read-only at the moment.",
        ),
        (400, "", "The registry refused it and did not say why."),
        (
            400,
            unknown,
            "The registry says: `carols10cents` is <b>ambiguous</b> & more",
        ),
    ]
    .map(|(status, detail, said)| (Failure::Status(status, detail), said));
    let throttled = [(
        Failure::Throttled("30"),
        "The registry asks for a pause. Try again after",
    )];
    let mut attempts = 0;
    for (failure, said) in refusals.into_iter().chain(throttled) {
        server.fail_once(SEND, failure);
        screen.click_button(INVITE_CAROL).await;
        expect_outcome(&screen, "carols10cents was not added.").await;
        expect_outcome(&screen, said).await;
        attempts += 1;
        assert_eq!(sent(&server).len(), attempts, "sent once: {said}");
        assert_eq!(typed(&screen).await, CAROL, "{said}");
    }
    assert!(server.invitations().is_empty());
    screen.click_button(INVITE_CAROL).await;
    expect_outcome(&screen, INVITED).await;
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn a_lost_answer_is_read_back_and_nothing_is_sent_twice() {
    let server = server();
    let screen = open(&server).await;
    type_in(&screen, CAROL).await;
    screen.see("button", INVITE_CAROL).await;
    server.fail_once(SEND, Failure::Offline);
    screen.click_button(INVITE_CAROL).await;
    expect_outcome(&screen, "carols10cents is not invited so far.").await;
    assert_eq!(typed(&screen).await, CAROL);
    assert_eq!(sent(&server).len(), 1);

    // Held so that the list can fail between the look before and the look after.
    server.hold(SEND).fail_once(SEND, Failure::LostAnswer);
    screen.click_button(INVITE_CAROL).await;
    settle("it is on its way", || sent(&server).len() == 2).await;
    server.fail(INVITATIONS, Failure::Offline).release();
    expect_outcome(
        &screen,
        "it could not be read whether carols10cents was invited.",
    )
    .await;
    server.heal();
    screen.click_button("Look again").await;
    expect_outcome(&screen, INVITED).await;
    assert_eq!(sent(&server).len(), 2, "looking again sends nothing");
    assert_eq!(server.invitations().len(), 1);
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn two_presses_send_one_invitation_and_the_text_stays_as_it_is_meanwhile() {
    let server = server();
    let screen = open(&server).await;
    type_in(&screen, CAROL).await;
    let button = html(&screen.see("button", INVITE_CAROL).await);
    server.hold(SEND);
    button.click();
    button.click();
    settle("it is on its way", || sent(&server).len() == 1).await;
    button.click();
    settle("it is spoken", || screen.status().contains("Sending…")).await;
    assert!(screen.see("textbox", FIELD).await.has_attribute("readonly"));
    assert_eq!(typed(&screen).await, CAROL);
    server.release();
    expect_outcome(&screen, INVITED).await;
    assert_eq!(sent(&server).len(), 1);
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn what_could_not_be_looked_up_is_not_called_nobody() {
    let server = server();
    let screen = open(&server).await;
    server.fail(LOOK_UP, Failure::Status(500, "Internal Server Error"));
    type_in(&screen, CAROL).await;
    screen
        .expect_text("It could not be looked up who that is.")
        .await;
    assert!(!screen.text().contains("There is no such account"));
    server.heal();
    screen.click_button("Look up again").await;
    screen.see("button", INVITE_CAROL).await;
    assert_eq!(typed(&screen).await, CAROL);
    // Once more at the press: who that is must be certain.
    server.fail(LOOK_UP, Failure::Offline);
    screen.click_button(INVITE_CAROL).await;
    expect_outcome(
        &screen,
        "Nobody was invited, since it could not be made sure who that is.",
    )
    .await;
    assert!(sent(&server).is_empty());
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn somebody_who_is_not_the_same_any_more_is_not_invited() {
    let server = server();
    let screen = open(&server).await;
    type_in(&screen, CAROL).await;
    screen.see("button", INVITE_CAROL).await;
    server.change(396, |carol| carol.username = "somewhere-else".to_owned());
    server.change(12, |other| other.username = "carols10cents".to_owned());
    screen.click_button(INVITE_CAROL).await;
    expect_outcome(
        &screen,
        "Nobody was invited: carols10cents is not what it was a moment ago.",
    )
    .await;
    assert!(sent(&server).is_empty());
    // Looked up anew, it is somebody else.
    screen.see("link", "GitHub: murmur").await;
    screen.leave().await;
}

#[wasm_bindgen_test]
async fn older_servers_are_told_in_the_form_they_understand() {
    let server = server();
    server.level(Level::August);
    let screen = open(&server).await;
    type_in(&screen, CAROL).await;
    screen
        .expect_text("cargo owner --add carolgithub crabshell")
        .await;
    screen.click_button(INVITE_CAROL).await;
    expect_outcome(&screen, INVITED).await;
    assert_eq!(sent(&server), [json!(["carolgithub"])]);
    screen.leave().await;

    let server = self::server();
    server.level(Level::September);
    let screen = open(&server).await;
    type_in(&screen, "robin").await;
    screen
        .expect_text(
            "This registry cannot look up whose account here is linked to robin on GitHub.",
        )
        .await;
    screen.see("button", "Invite robin").await;
    screen.click_button("Invite robin on GitHub unseen").await;
    expect_outcome(&screen, "sherwood is invited to own crabshell").await;
    assert_eq!(sent(&server), [json!(["github:robin"])]);
    screen.leave().await;
}
