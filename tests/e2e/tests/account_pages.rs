//! Pages of one's own: the guard before them, the dashboard, followed crates, confirming an address; and the account menu.

use nameplate_e2e::browser::Look;
use nameplate_e2e::by_role::{Name, containing};
use nameplate_e2e::story::{Setting, Stage, story};
use nameplate_e2e::visitor::Visitor;
use serde_json::{Value, json};
use thirtyfour::Key;

const ME: &str = "/api/v1/me";
const SIGN_IN: &str = "Sign in to see this page";

async fn fail(stage: &Stage, faults: Value) {
    stage.registry.fail(faults).await.expect("it fails now");
}

async fn heal(stage: &Stage) {
    stage.registry.heal().await.expect("it works again");
}

/// Signs in as a GitHub identity, beginning on a page that needs nobody.
async fn sign_in(visitor: &Visitor, login: &str) {
    visitor.open("/docs/usernames").await;
    visitor.sign_in(login).await;
}

/// Opens a page as a guest. The session is asked for, and the browser remarks on the refusal.
async fn open_as_guest(visitor: &Visitor, path: &str) {
    visitor.foresee(403, ME);
    visitor.open(path).await;
    visitor.expect_heading(SIGN_IN).await;
    visitor
        .expect_title(&format!("{SIGN_IN} - nameplate"))
        .await;
}

/// What was sent to change something since the page was opened.
async fn writes(visitor: &Visitor) -> Vec<String> {
    visitor.settle().await;
    let calls = visitor.network().await.api_calls();
    calls
        .into_iter()
        .filter(|call| !call.starts_with("GET "))
        .collect()
}

/// The path of the link in the message that confirms an address.
async fn confirmation(stage: &Stage, address: &str) -> String {
    let outbox = stage.registry.outbox().await.expect("it can be read");
    let messages = outbox["messages"].as_array().expect("messages");
    let message = messages
        .iter()
        .find(|message| message["kind"] == "confirm" && message["to"] == address)
        .unwrap_or_else(|| panic!("no message to {address}"));
    let link = message["links"][0].as_str().expect("a link");
    let path = link.find("/confirm/").and_then(|at| link.get(at..));
    path.expect("a link of this kind").to_owned()
}

// The guard

#[test]
fn a_guest_signs_in_and_is_on_the_same_page() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        for (path, heading) in [
            ("/dashboard", "Dashboard"),
            ("/me/following?page=2", "Crates you follow"),
        ] {
            visitor
                .browser
                .driver()
                .delete_all_cookies()
                .await
                .expect("signed out");
            visitor.open("/docs/usernames").await;
            visitor.ask("localStorage.clear()").await;
            open_as_guest(visitor, path).await;
            let buttons = visitor.all("button", "Log in with GitHub").await;
            let [_header, page] = buttons.as_slice() else {
                panic!("one in the header, one on the page: {buttons:?}");
            };
            let button = visitor
                .browser
                .element(page.backend)
                .await
                .expect("it is there");
            button.click().await.expect("it can be clicked");
            visitor.choose_identity("follower").await;
            visitor.expect_path(path).await;
            visitor.expect_heading(heading).await;
            visitor
                .expect_title(&format!("{heading} - nameplate"))
                .await;
            visitor.settle().await;
        }
    });
}

#[test]
fn every_page_of_ones_own_asks_a_guest_to_sign_in() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        for path in ["/dashboard", "/me/following", "/me/crates"] {
            open_as_guest(visitor, path).await;
            let robots = "return document.querySelector('meta[name=robots]')?.content";
            assert_eq!(visitor.ask(robots).await, json!("noindex"), "{path}");
            visitor.settle().await;
            assert_eq!(
                visitor
                    .network()
                    .await
                    .api_calls()
                    .iter()
                    .filter(|call| call.contains("/me/"))
                    .count(),
                0
            );
        }
    });
}

#[test]
fn while_it_is_not_known_who_it_is_neither_is_shown() {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        sign_in(visitor, "follower").await;
        fail(stage, json!([{"path": ME, "latency_ms": 1500}])).await;
        visitor.open("/dashboard").await;
        visitor.expect_heading("Dashboard").await;
        visitor.expect_title("Dashboard - nameplate").await;
        visitor.expect_no_text(SIGN_IN).await;
        visitor.expect_no_text("Log in with GitHub").await;
        visitor.see_no("region", "Latest updates").await;
        visitor.see("region", "Latest updates").await;
        visitor.see("button", containing("follower")).await;
    });
}

#[test]
fn a_session_that_cannot_be_asked_for_can_be_tried_again() {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        sign_in(visitor, "follower").await;
        fail(stage, json!([{"path": ME, "status": 500}])).await;
        visitor.foresee(500, ME);
        visitor.open("/dashboard").await;
        visitor
            .expect_heading("It could not be checked who you are")
            .await;
        heal(stage).await;
        visitor.click_button("Try again").await;
        visitor.expect_heading("Dashboard").await;
        visitor.see("region", "Latest updates").await;
    });
}

#[test]
fn a_session_that_ended_is_noticed_by_the_next_request() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        sign_in(visitor, "follower").await;
        visitor.open("/dashboard").await;
        visitor.see("button", "Load more updates").await;
        visitor.settle().await;
        visitor
            .browser
            .driver()
            .delete_all_cookies()
            .await
            .expect("the session is gone");
        visitor.foresee(403, "/api/v1/me/updates");
        visitor.foresee(403, ME);
        visitor.click_button("Load more updates").await;
        visitor.expect_heading(SIGN_IN).await;
    });
}

// The dashboard

#[test]
fn the_dashboard_shows_news_crates_and_downloads() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        sign_in(visitor, "follower").await;
        visitor.click_button(containing("follower")).await;
        visitor.click_link("Dashboard").await;
        visitor.expect_path("/dashboard").await;
        visitor.expect_heading("Dashboard").await;
        visitor.expect_focus("heading", "Dashboard").await;
        for part in [
            "Latest updates",
            "Downloads of your crates",
            "Your crates",
            "Crates you follow",
        ] {
            visitor.see("region", part).await;
        }
        visitor.click_link("Show all 45: Crates you follow").await;
        visitor.expect_path("/me/following").await;
        visitor.expect_heading("Crates you follow").await;
        visitor.back().await;
        visitor.click_link(containing(": Your crates")).await;
        visitor.expect_path("/users/follower").await;
    });
}

#[test]
fn each_part_of_the_dashboard_fails_by_itself() {
    let parts = [
        ("/api/v1/me/updates", "The updates could not be loaded"),
        ("/api/v1/users/*/stats", "The downloads could not be loaded"),
        ("/api/v1/crates", "These crates could not be loaded"),
    ];
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        sign_in(visitor, "follower").await;
        for (call, text) in parts {
            // Both lists of crates are one call with two questions; one of them is let fail.
            fail(stage, json!([{"path": call, "status": 500, "times": 1}])).await;
            visitor.open("/dashboard").await;
            visitor.expect_heading("Dashboard").await;
            visitor.expect_text(text).await;
            for (_, other) in parts.iter().filter(|(_, other)| *other != text) {
                visitor.expect_no_text(other).await;
            }
            visitor.settle().await;
            for one in visitor.network().await.over_the_wire() {
                if one.status == Some(500) {
                    visitor.foresee(500, one.path());
                }
            }
            visitor.click_button("Try again").await;
            visitor.expect_no_text(text).await;
            visitor.see("link", "Show all 45: Crates you follow").await;
            visitor.see("button", "Load more updates").await;
        }
    });
}

#[test]
fn more_updates_come_on_demand_and_the_focus_stays() {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        sign_in(visitor, "follower").await;
        visitor.open("/dashboard").await;
        visitor.see("button", "Load more updates").await;
        let rows = "return document.querySelectorAll('.update-list__row').length";
        assert_eq!(visitor.ask(rows).await, json!(10));
        visitor.listen_to_status().await;
        visitor.tab_to("button", "Load more updates").await;
        visitor.press(Key::Enter).await;
        visitor.settle().await;
        assert_eq!(visitor.ask(rows).await, json!(20));
        visitor.expect_focus("button", "Load more updates").await;
        let heard = visitor.heard().await;
        assert!(
            heard.iter().any(|said| said.contains("10 more updates.")),
            "{heard:?}"
        );

        fail(
            stage,
            json!([{"path": "/api/v1/me/updates", "status": 500}]),
        )
        .await;
        visitor.foresee(500, "/api/v1/me/updates");
        visitor.press(Key::Enter).await;
        visitor
            .expect_text("More updates could not be loaded")
            .await;
        assert_eq!(visitor.ask(rows).await, json!(20), "what was there stays");
        visitor.expect_focus("button", "Load more updates").await;
        heal(stage).await;
        visitor.press(Key::Enter).await;
        visitor
            .expect_no_text("More updates could not be loaded")
            .await;
        for _ in 0..60 {
            visitor.settle().await;
            if visitor.all("button", "Load more updates").await.is_empty() {
                break;
            }
            visitor.press(Key::Enter).await;
        }
        visitor.see_no("button", "Load more updates").await;
        visitor.expect_focus("heading", "Latest updates").await;
        let twice = "const seen = [...document.querySelectorAll('.update-list__row')].map((row) => row.querySelector('.update-list__version').href);
            return seen.length - new Set(seen).size";
        assert_eq!(
            visitor.ask(twice).await,
            json!(0),
            "no version stands there twice"
        );
    });
}

#[test]
fn a_dashboard_of_nothing_says_so() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        sign_in(visitor, "empty-shelf").await;
        visitor.open("/dashboard").await;
        visitor.expect_text("Nothing yet.").await;
        visitor.expect_text("You own no crates yet.").await;
        visitor.expect_text("You follow no crates yet.").await;
        stage.inspect("dashboard-empty").await;
        visitor.open("/me/following").await;
        visitor.expect_heading("Crates you follow").await;
        visitor.expect_text("You follow no crates.").await;
        stage.inspect("following-empty").await;
    });
}

// Followed crates, and addresses that lead on

#[test]
fn followed_crates_have_pages_and_orders() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        sign_in(visitor, "follower").await;
        visitor.open("/me/following").await;
        visitor.expect_heading("Crates you follow").await;
        visitor.expect_text("1–10 of 45").await;
        visitor.click_link("Page 2").await;
        visitor.expect_path("/me/following?page=2").await;
        visitor.expect_text("11–20 of 45").await;
        visitor.choose("Sort by", "Recent updates").await;
        visitor
            .expect_path("/me/following?sort=recent-updates")
            .await;
        visitor.expect_text("1–10 of 45").await;
        visitor.expect_no_request_twice().await;
        stage.inspect("following").await;
    });
}

#[test]
fn old_addresses_lead_on_and_back_does_not_trap() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        sign_in(visitor, "carolgithub").await;
        visitor.open("/docs/usernames").await;
        visitor.expect_heading("Usernames").await;
        visitor.open("/me/crates?sort=new").await;
        visitor.expect_path("/users/carols10cents?sort=new").await;
        visitor.expect_heading("carols10cents").await;
        visitor.back().await;
        visitor.expect_path("/docs/usernames").await;
        visitor.open("/me").await;
        visitor.expect_path("/settings/tokens").await;
        visitor.settle().await;
    });
}

// Confirming an address

#[test]
fn opening_the_link_of_a_mail_sends_nothing_until_the_button_is_pressed() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        let link = confirmation(stage, "unverified@example.com").await;
        visitor.open(&link).await;
        visitor.expect_heading("Confirm your e-mail address").await;
        assert_eq!(writes(visitor).await, Vec::<String>::new());
        visitor.listen_to_status().await;
        visitor.click_button("Confirm the address").await;
        visitor.expect_text("The address is confirmed.").await;
        assert_eq!(writes(visitor).await.len(), 1);
        let heard = visitor.heard().await;
        assert!(
            heard
                .last()
                .is_some_and(|said| said.contains("The address is confirmed.")),
            "{heard:?}"
        );
        visitor.see_no("button", containing("Confirm")).await;
        // A second time does no harm.
        visitor.open(&link).await;
        visitor.click_button("Confirm the address").await;
        visitor.expect_text("The address is confirmed.").await;
    });
}

#[test]
fn a_link_that_confirms_nothing_is_told_with_the_reason() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.foresee(400, "/api/v1/confirm/no-such-token");
        visitor.open("/confirm/no-such-token").await;
        visitor.click_button("Confirm the address").await;
        visitor.expect_text("This link confirms nothing.").await;
        visitor
            .expect_text("Email belonging to token not found.")
            .await;
        stage.inspect("confirm-refused").await;
    });
}

#[test]
fn a_lost_answer_is_not_taken_for_either() {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        let link = confirmation(stage, "unverified@example.com").await;
        let call = format!("/api/v1{link}");
        visitor.open(&link).await;
        fail(stage, json!([{"path": "/api/v1/confirm", "drop": "after"}])).await;
        visitor.foresee_broken(&call);
        visitor.click_button("Confirm the address").await;
        visitor
            .expect_text("It is not known whether the address was confirmed.")
            .await;
        heal(stage).await;
        visitor.click_button("Try again").await;
        visitor.expect_text("The address is confirmed.").await;
    });
}

#[test]
fn whoever_is_signed_in_has_the_truth_read_back() {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        let link = confirmation(stage, "unverified@example.com").await;
        sign_in(visitor, "unverified").await;
        visitor.open(&link).await;
        visitor.see("button", containing("unverified")).await;
        fail(stage, json!([{"path": "/api/v1/confirm", "drop": "after"}])).await;
        visitor.foresee_broken(&format!("/api/v1{link}"));
        visitor.click_button("Confirm the address").await;
        visitor.expect_text("is confirmed.").await;
        visitor.expect_no_text("It is not known").await;
        visitor.see_no("button", "Try again").await;
    });
}

// Looks

#[test]
fn pages_of_ones_own_are_accessible_and_reflow() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        open_as_guest(visitor, "/dashboard").await;
        stage.inspect("guard").await;
        visitor.open("/confirm/abc").await;
        visitor.expect_heading("Confirm your e-mail address").await;
        stage.inspect("confirm").await;
        sign_in(visitor, "follower").await;
        visitor.open("/dashboard").await;
        visitor.see("button", "Load more updates").await;
        stage.inspect("dashboard").await;
        visitor.click_button(containing("follower")).await;
        visitor.see("link", "Your profile").await;
        stage.inspect("account-menu").await;
    });
}

#[test]
fn the_dashboard_fits_a_phone() {
    story(Setting::DEMO.look(Look::PHONE), async |stage| {
        let visitor = &stage.visitor;
        sign_in(visitor, "the-longest-username-there-can-ever-be1").await;
        visitor.open("/dashboard").await;
        visitor.expect_heading("Dashboard").await;
        stage.inspect("dashboard-phone").await;
    });
}

#[test]
fn pages_of_ones_own_work_on_every_server() {
    for level in ["august", "september", "full"] {
        story(Setting::DEMO.level(level), async |stage| {
            let visitor = &stage.visitor;
            sign_in(visitor, "follower").await;
            for (path, heading) in [
                ("/dashboard", "Dashboard"),
                ("/me/following", "Crates you follow"),
                ("/me/crates", "follower"),
            ] {
                visitor.open(path).await;
                visitor.expect_heading(Name::from(heading)).await;
                visitor.expect_no_request_twice().await;
                visitor.see_no("button", "Try again").await;
            }
        });
    }
}
