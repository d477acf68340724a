//! The badge beside an owner: a small button, and a panel that says the kind as far as it is known.

use nameplate_e2e::browser::Look;
use nameplate_e2e::by_role::containing;
use nameplate_e2e::story::{Setting, story};
use nameplate_e2e::visitor::Visitor;
use serde_json::json;
use thirtyfour::Key;

const NAME: &str = "crates.io username does not match GitHub username";
const WORDS: &str = "This person has another GitHub username, or no GitHub account linked.";

async fn open(visitor: &Visitor) {
    visitor.open("/crates/ten-cents").await;
    visitor.see("region", "Owners").await;
    visitor.see("button", NAME).await;
    visitor.settle().await;
    assert!(!visitor.text().await.contains(WORDS), "closed at first");
}

#[test]
fn a_click_opens_and_escape_closes_with_the_focus_back() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        open(visitor).await;
        visitor.click_button(NAME).await;
        visitor.expect_text(WORDS).await;
        visitor.press(Key::Escape).await;
        visitor.expect_no_text(WORDS).await;
        visitor.expect_focus("button", NAME).await;
    });
}

#[test]
fn enter_opens_it_and_the_page_stays_usable() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        open(visitor).await;
        visitor.tab_to("button", NAME).await;
        visitor.press(Key::Enter).await;
        visitor.expect_text(WORDS).await;
        assert_eq!(
            visitor.see("button", NAME).await.state("expanded"),
            Some("true")
        );
        assert_eq!(
            visitor
                .ask("return document.querySelectorAll(':modal').length")
                .await,
            0
        );
        visitor.press(Key::Escape).await;
        visitor.expect_no_text(WORDS).await;
        visitor.expect_focus("button", NAME).await;
    });
}

#[test]
fn hovering_opens_it_and_leaving_closes_it() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        open(visitor).await;
        visitor.hover("button", NAME).await;
        visitor.expect_text(WORDS).await;
        visitor.move_mouse_away().await;
        visitor.expect_no_text(WORDS).await;
    });
}

#[test]
fn a_tap_opens_it() {
    story(Setting::DEMO.look(Look::PHONE), async |stage| {
        let visitor = &stage.visitor;
        open(visitor).await;
        visitor.tap("button", NAME).await;
        visitor.expect_text(WORDS).await;
    });
}

#[test]
fn the_button_is_large_enough_and_neutral() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        open(visitor).await;
        let script = format!(
            "const box = document.querySelector('[aria-label=\"{NAME}\"]').getBoundingClientRect();
             return box.width >= 24 && box.height >= 24"
        );
        assert_eq!(visitor.ask(&script).await, json!(true));
        assert!(
            visitor.all("image", containing("erif")).await.is_empty(),
            "nobody is verified"
        );
    });
}

#[test]
fn only_owners_known_to_differ_have_one() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/crates/all-matching").await;
        visitor.see("region", "Owners").await;
        visitor.settle().await;
        assert!(visitor.all("button", NAME).await.is_empty());
        visitor.open("/crates/six-hands").await;
        visitor.see("link", "orchard").await;
        visitor.settle().await;
        assert_eq!(
            visitor.all("button", NAME).await.len(),
            5,
            "one of the six matches"
        );
        // Teams have no badge: nobody said whether they match.
        visitor.open("/crates/two-teams").await;
        visitor.see("link", "crab-works/core").await;
        visitor.settle().await;
        let (_, owners) = stage
            .registry
            .ask("/api/v1/crates/two-teams/owners")
            .await
            .expect("an answer");
        let differing = owners["users"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|one| one["github_username_matches"] == false);
        assert_eq!(visitor.all("button", NAME).await.len(), differing.count());
    });
}
