//! Who somebody is, before they are trusted: the card beside an owner, a username nobody has, and a name with two meanings.

use nameplate_e2e::browser::Look;
use nameplate_e2e::by_role::{Name, containing};
use nameplate_e2e::story::{Setting, Stage, story};
use nameplate_e2e::visitor::Visitor;
use serde_json::{Value, json};
use thirtyfour::Key;

const MARK: &str = "crates.io username does not match GitHub username";
/// `ten-cents` has one owner, whose name on GitHub is another.
const CAROL: &str = "About carols10cents: crates.io username does not match GitHub username";
const CARD: &str = "About carols10cents";
const KIND: &str = "On GitHub they are carolgithub";

async fn open(visitor: &Visitor, krate: &str) {
    visitor.open(&format!("/crates/{krate}")).await;
    visitor.see("region", "Owners").await;
    visitor.see("button", containing("About ")).await;
    visitor.settle().await;
}

async fn open_carols(visitor: &Visitor) {
    open(visitor, "ten-cents").await;
    assert!(!visitor.text().await.contains(KIND), "closed at first");
}

async fn fail(stage: &Stage, fault: Value) {
    let fault = json!([fault]);
    stage.registry.fail(fault).await.expect("it fails now");
}

/// The look-ups of users since the page was opened.
async fn look_ups(visitor: &Visitor) -> usize {
    let calls = visitor.network().await.api_calls();
    let is_look_up = |call: &&String| call.starts_with("GET /api/v1/users/");
    calls.iter().filter(is_look_up).count()
}

// The card

#[test]
fn a_click_opens_the_card_with_the_focus_in_it_and_escape_brings_it_back() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        open_carols(visitor).await;
        assert_eq!(look_ups(visitor).await, 0, "nothing before it is asked for");
        visitor.click_button(CAROL).await;
        visitor.expect_text(KIND).await;
        visitor.expect_focus("dialog", CARD).await;
        visitor.expect_text("proven by signing in there").await;
        visitor.expect_text("GitHub account since").await;
        visitor.see("link", "GitHub: carolgithub").await;
        visitor.see("link", "Page of carols10cents").await;
        assert!(
            visitor
                .status_text()
                .await
                .contains("carols10cents is looked up")
        );
        visitor.press(Key::Escape).await;
        visitor.expect_no_text(KIND).await;
        visitor.expect_focus("button", CAROL).await;
        visitor.click_button(CAROL).await;
        visitor.expect_text(KIND).await;
        visitor.settle().await;
        assert_eq!(look_ups(visitor).await, 1, "known a moment ago");
        visitor.click_link("Report impersonation").await;
        visitor
            .expect_path("/support?inquire=impersonation&user=carols10cents")
            .await;
    });
}

#[test]
fn the_keyboard_opens_it_goes_through_it_and_leaves_it_behind() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        open_carols(visitor).await;
        visitor.tab_to("button", CAROL).await;
        visitor.press(Key::Enter).await;
        visitor.expect_text(KIND).await;
        visitor.expect_focus("dialog", CARD).await;
        let button = visitor.see("button", CAROL).await;
        assert_eq!(button.state("expanded"), Some("true"));
        let modal = "return document.querySelectorAll(':modal').length";
        assert_eq!(visitor.ask(modal).await, 0, "the page stays usable");
        visitor.tab_to("link", "Report impersonation").await;
        visitor.expect_text(KIND).await;
        visitor.press(Key::Tab).await;
        visitor.expect_no_text(KIND).await;
    });
}

#[test]
fn hovering_opens_it_and_leaving_closes_it() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        open_carols(visitor).await;
        visitor.hover("button", CAROL).await;
        visitor.expect_text(KIND).await;
        // The panel is reached with the mouse, and stays.
        visitor.hover("link", "Page of carols10cents").await;
        visitor.expect_text(KIND).await;
        let near = "const button = document.querySelector('.hover-panel__button').getBoundingClientRect();
            const panel = document.querySelector('.panel:popover-open').getBoundingClientRect();
            return Math.abs(panel.top - button.bottom) < 40 || Math.abs(button.top - panel.bottom) < 40";
        assert_eq!(visitor.ask(near).await, json!(true), "beside its button");
        visitor.move_mouse_away().await;
        visitor.expect_no_text(KIND).await;
        visitor.hover("button", CAROL).await;
        visitor.expect_text(KIND).await;
        // A click keeps what hovering opened.
        visitor.click_button(CAROL).await;
        visitor.expect_focus("dialog", CARD).await;
        visitor.move_mouse_away().await;
        visitor.expect_text(KIND).await;
        visitor.press(Key::Escape).await;
        visitor.expect_no_text(KIND).await;
        visitor.expect_focus("button", CAROL).await;
    });
}

#[test]
fn a_finger_opens_it_and_it_fits_the_phone() {
    story(Setting::DEMO.look(Look::PHONE), async |stage| {
        let visitor = &stage.visitor;
        open_carols(visitor).await;
        visitor.tap("button", CAROL).await;
        visitor.expect_text(KIND).await;
        let fits = "const box = document.querySelector('.panel:popover-open').getBoundingClientRect();
            return box.left >= 0 && box.right <= innerWidth && box.top >= 0 && box.bottom <= innerHeight";
        assert_eq!(visitor.ask(fits).await, json!(true));
        stage.inspect("owner-card-phone").await;
    });
}

#[test]
fn every_kind_of_mismatch_is_told_on_its_card_and_only_where_there_is_one() {
    let cards = [
        ("About ferris", None),
        (
            "About carols10cents: ",
            Some("is not their GitHub username"),
        ),
        (
            "About casey-sensitive: ",
            Some("Only capital letters differ"),
        ),
        ("About hazel-moss: ", Some("Only - and _ differ")),
        ("About no-github: ", Some("No GitHub account is linked")),
        ("About orchard: ", Some("now belongs to another account")),
    ];
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/crates/six-hands").await;
        visitor.see("button", "About ferris").await;
        visitor.settle().await;
        assert_eq!(visitor.all("button", containing(MARK)).await.len(), 5);
        for (button, words) in cards {
            let name = match words {
                Some(_) => containing(button),
                None => Name::from(button),
            };
            visitor.click_button(name).await;
            visitor.see("link", containing("Page of ")).await;
            if let Some(words) = words {
                visitor.expect_text(words).await;
            }
            visitor.press(Key::Escape).await;
            visitor.see_no("link", containing("Page of ")).await;
        }
        stage.inspect("six-owners").await;
    });
}

#[test]
fn teams_have_no_card() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/crates/two-teams").await;
        visitor.see("link", "crab-works/core").await;
        visitor.settle().await;
        assert_eq!(visitor.all("button", containing("About ")).await.len(), 1);
    });
}

#[test]
fn forty_owners_are_all_named_and_one_card_is_open_at_a_time() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/crates/forty-keepers").await;
        visitor.see("region", "Owners").await;
        visitor.settle().await;
        let (_, owners) = stage
            .registry
            .ask("/api/v1/crates/forty-keepers/owners")
            .await
            .expect("an answer");
        let users = owners["users"].as_array().cloned().unwrap_or_default();
        let people: Vec<&str> = users
            .iter()
            .filter(|owner| owner["kind"] == "user")
            .filter_map(|owner| owner["login"].as_str())
            .collect();
        assert_eq!(people.len(), 40);
        for name in &people {
            visitor.expect_text(name).await;
        }
        assert_eq!(visitor.all("button", containing("About ")).await.len(), 40);
        assert_eq!(look_ups(visitor).await, 0);
        let last = people.last().copied().unwrap_or_default();
        let first = people.first().copied().unwrap_or_default();
        for name in [first, last] {
            visitor
                .click_button(containing(&format!("About {name}")))
                .await;
            visitor.see("link", &format!("Page of {name}")).await;
            assert_eq!(visitor.all("dialog", Name::Any).await.len(), 1);
        }
        stage.inspect("forty-owners").await;
    });
}

#[test]
fn what_fails_is_said_in_the_card_and_can_be_tried_again() {
    let path = "/api/v1/users/carols10cents";
    let failed = "carols10cents could not be looked up";
    let faults = [
        (json!({"status": 500}), Some(500), failed),
        (json!({"status": 429}), Some(429), failed),
        (json!({"body": "html"}), None, failed),
        (
            json!({"drop": "before"}),
            Some(0),
            "No connection to the registry",
        ),
    ];
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        for (mut fault, status, words) in faults {
            fault["path"] = json!(path);
            fail(stage, fault).await;
            match status {
                Some(0) => visitor.foresee_broken(path),
                Some(status) => visitor.foresee(status, path),
                None => {}
            }
            open_carols(visitor).await;
            visitor.click_button(CAROL).await;
            visitor.expect_text(words).await;
            // What the page knew already is still said.
            visitor
                .expect_text("another GitHub username, or no GitHub account linked")
                .await;
            stage.registry.heal().await.expect("it works again");
            visitor.click_button("Try again").await;
            visitor.expect_text(KIND).await;
            visitor.expect_focus("dialog", CARD).await;
            visitor.press(Key::Escape).await;
            visitor.expect_focus("button", CAROL).await;
        }
    });
}

#[test]
fn a_count_that_fails_or_hangs_does_not_hold_up_who_it_is() {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        open_carols(visitor).await;
        fail(stage, json!({"path": "/api/v1/crates", "hang": true})).await;
        visitor.click_button(CAROL).await;
        visitor.expect_text(KIND).await;
        visitor.press(Key::Escape).await;
        visitor.expect_no_text(KIND).await;
        // Given up with the card: nothing waits any more.
        visitor.settle().await;
        fail(stage, json!({"path": "/api/v1/crates", "status": 500})).await;
        visitor.foresee(500, "/api/v1/crates");
        visitor.click_button(CAROL).await;
        visitor
            .expect_text("Crates owned could not be counted")
            .await;
    });
}

#[test]
fn a_name_that_means_somebody_else_by_now_is_not_taken_for_the_owner() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/crates/open-door").await;
        visitor.see("button", containing("About hazel-moss")).await;
        visitor.settle().await;
        let hazel = stage.somebody_else(Look::DESK).await;
        hazel.open("/").await;
        hazel.sign_in("hazel_moss").await;
        hazel.open("/settings/username/review?to=tidy-walrus").await;
        hazel.click_button("Review the change").await;
        hazel.click_button("Change username…").await;
        hazel
            .fill("Type the new username once more", "tidy-walrus")
            .await;
        hazel.click_button("Change username").await;
        hazel.expect_heading("Your username is “tidy-walrus”").await;
        visitor.foresee(404, "/api/v1/users/hazel-moss");
        visitor.click_button(containing("About hazel-moss")).await;
        visitor
            .expect_text("By now nobody has this username.")
            .await;
        visitor.click_button("Load the page again").await;
        visitor.see("link", "tidy-walrus").await;
    });
}

#[test]
fn an_older_server_has_a_card_with_what_it_tells() {
    story(Setting::DEMO.level("august"), async |stage| {
        let visitor = &stage.visitor;
        open(visitor, "ten-cents").await;
        visitor.click_button(CAROL).await;
        visitor.expect_text("not told by this registry").await;
        visitor
            .expect_text("another GitHub username, or no GitHub account linked")
            .await;
    });
}

// A username nobody has

#[test]
fn a_name_on_github_is_looked_up_from_where_the_username_was_not_found() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.foresee(404, "/api/v1/users/CarolGitHub");
        visitor.open("/users/CarolGitHub").await;
        visitor.expect_heading("No user CarolGitHub").await;
        visitor
            .expect_text("It was looked for as carolgithub.")
            .await;
        visitor
            .expect_text("cargo owner --add github:CarolGitHub")
            .await;
        visitor
            .expect_text("cargo owner --add crates.io:CarolGitHub")
            .await;
        stage.inspect("user-missing").await;
        assert_eq!(
            look_ups(visitor).await,
            1,
            "nothing else before it is asked for"
        );
        visitor
            .click_button("Look for an account here whose GitHub login is CarolGitHub")
            .await;
        visitor
            .expect_text("Whoever is CarolGitHub on GitHub is carols10cents here.")
            .await;
        visitor.see("link", "carols10cents").await;
        visitor
            .expect_focus(
                "button",
                "Look for an account here whose GitHub login is CarolGitHub",
            )
            .await;
        stage.inspect("user-missing-found").await;
        visitor
            .click_link("Compare both meanings of this name")
            .await;
        visitor.expect_path("/users/CarolGitHub/which").await;
    });
}

#[test]
fn nobody_is_said_only_by_a_server_that_can_look_up() {
    for (level, words) in [
        (
            "full",
            "No account here is linked to a GitHub account called nobody-here.",
        ),
        (
            "september",
            "or this registry cannot look up by GitHub names.",
        ),
        ("august", "or this registry cannot look up by GitHub names."),
    ] {
        story(Setting::DEMO.level(level), async |stage| {
            let visitor = &stage.visitor;
            // Somebody has been heard of before, so that the server can be asked what it can do.
            open(visitor, "ten-cents").await;
            visitor.click_button(CAROL).await;
            visitor.see("link", "Page of carols10cents").await;
            let prefixed = |name: &str| format!("/api/v1/users/{name}");
            visitor.foresee(404, &prefixed("nobody-here"));
            visitor.foresee(404, &prefixed("github%3Anobody-here"));
            if level != "full" {
                visitor.foresee(404, &prefixed("crates.io%3Acarols10cents"));
            }
            visitor.ask("history.pushState(null, '', '/users/nobody-here'); dispatchEvent(new PopStateEvent('popstate')); return 1").await;
            visitor.expect_heading("No user nobody-here").await;
            visitor
                .click_button("Look for an account here whose GitHub login is nobody-here")
                .await;
            visitor.expect_text(words).await;
        });
    }
}

// A name with two meanings

#[test]
fn a_name_that_means_two_accounts_shows_both_and_chooses_none() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/users/alder/which").await;
        visitor.expect_heading("Which alder?").await;
        visitor.expect_title("Which alder? - nameplate").await;
        visitor
            .expect_text("These are two different accounts. Say which one you mean.")
            .await;
        visitor.see("region", "Username here: alder").await;
        visitor.see("region", "Name on GitHub: alder").await;
        visitor.see("link", "Page of alder").await;
        visitor.see("link", "Page of birch").await;
        visitor
            .expect_text("cargo owner --add crates.io:alder")
            .await;
        visitor.expect_text("cargo owner --add github:alder").await;
        visitor.expect_no_request_twice().await;
        stage.inspect("which-two").await;
    });
}

#[test]
fn the_slower_side_does_not_begin_the_other_one_anew() {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        for slow in ["alder", "github%3Aalder"] {
            let path = format!("/api/v1/users/{slow}");
            fail(stage, json!({"path": path, "latency_ms": 1200})).await;
            visitor.open("/users/alder/which").await;
            visitor
                .expect_text("These are two different accounts.")
                .await;
            visitor.see("link", "Page of alder").await;
            visitor.see("link", "Page of birch").await;
            visitor.expect_no_request_twice().await;
        }
    });
}

#[test]
fn each_side_has_its_own_outcome() {
    let cases = [
        ("ferris", "Both are the same account.", None),
        (
            "kestrel",
            "the one that has it as its username here",
            Some("github%3Akestrel"),
        ),
        (
            "carolgithub",
            "the one that is linked to it on GitHub",
            Some("carolgithub"),
        ),
    ];
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        for (name, verdict, missing) in cases {
            if let Some(missing) = missing {
                visitor.foresee(404, &format!("/api/v1/users/{missing}"));
            }
            visitor.open(&format!("/users/{name}/which")).await;
            visitor.expect_heading(&format!("Which {name}?")).await;
            visitor.expect_text(verdict).await;
            stage.inspect(&format!("which-{name}")).await;
        }
    });
}

#[test]
fn a_side_that_fails_leaves_the_other() {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        fail(stage, json!({"path": "/api/v1/users/alder", "status": 500})).await;
        visitor.foresee(500, "/api/v1/users/alder");
        visitor.open("/users/alder/which").await;
        visitor.see("link", "Page of birch").await;
        visitor
            .expect_text("alder could not be looked up here")
            .await;
        visitor
            .expect_no_text("These are two different accounts")
            .await;
        stage.registry.heal().await.expect("it works again");
        visitor.click_button("Try again").await;
        visitor.see("link", "Page of alder").await;
        visitor
            .expect_text("These are two different accounts")
            .await;
        visitor
            .expect_focus("heading", "Username here: alder")
            .await;
    });
}

#[test]
fn older_servers_tell_what_they_can_of_both() {
    for (level, command) in [
        ("september", "cargo owner --add crates.io:robin"),
        ("august", "cargo owner --add robin-redbreast"),
    ] {
        story(Setting::DEMO.level(level), async |stage| {
            let visitor = &stage.visitor;
            visitor.foresee(404, "/api/v1/users/github%3Arobin");
            visitor.foresee(404, "/api/v1/users/crates.io%3Arobin");
            visitor.open("/users/robin/which").await;
            visitor.see("link", "Page of robin").await;
            visitor
                .expect_text("Whether the GitHub name leads to another could not be told.")
                .await;
            visitor.expect_text(command).await;
        });
    }
}
