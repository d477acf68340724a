//! The settings of one's account: profile, e-mail address, notifications, API tokens.
//!
//! Each form's saved, refused and lost-answer states; after each the screen is held against what the registry says.

use nameplate_e2e::browser::Look;
use nameplate_e2e::by_role::containing;
use nameplate_e2e::story::{Setting, Stage, story};
use nameplate_e2e::visitor::Visitor;
use serde_json::{Value, json};

const FAULTS: Setting = Setting::DEMO.faults();
const RECORD: &str = "/api/v1/users/*";
const TOKENS: &str = "/api/v1/me/tokens";

async fn open_as(visitor: &Visitor, login: &str, path: &str) {
    visitor.open("/docs/usernames").await;
    visitor.sign_in(login).await;
    visitor.open(path).await;
}

async fn record(stage: &Stage, name: &str) -> String {
    let (_, body) = stage
        .registry
        .ask(&format!("/api/v1/users/{name}"))
        .await
        .expect("the registry answers");
    format!(
        "/api/v1/users/{}",
        body["user"]["id"].as_i64().expect("somebody of that name")
    )
}

async fn fail(stage: &Stage, faults: Value) {
    stage.registry.fail(faults).await.expect("it fails now");
}

/// What the registry knows of whoever is signed in.
async fn asked(visitor: &Visitor, path: &str) -> Value {
    visitor
        .ask(&format!(
            "return fetch('{path}').then((answer) => answer.json())"
        ))
        .await
}

async fn email(visitor: &Visitor) -> Value {
    asked(visitor, "/api/v1/me").await["user"]["email"].clone()
}

/// The names of the tokens that work.
async fn tokens(visitor: &Visitor) -> Vec<String> {
    let answer = asked(visitor, TOKENS).await;
    let names = answer["api_tokens"].as_array().into_iter().flatten();
    names
        .map(|token| token["name"].as_str().unwrap_or_default().to_owned())
        .collect()
}

/// A token of the demonstration that may do everything: its name and number.
async fn old_laptop(visitor: &Visitor) -> (&'static str, i64) {
    let name = "Old laptop, may do everything";
    let answer = asked(visitor, TOKENS).await;
    let tokens = answer["api_tokens"].as_array().into_iter().flatten();
    let mut numbers = tokens
        .filter(|token| token["name"] == name)
        .filter_map(|token| token["id"].as_i64());
    (name, numbers.next().expect("it is in the demonstration"))
}

#[test]
fn settings_lead_to_the_profile_and_the_menu_says_where_one_is() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        open_as(visitor, "empty-shelf", "/users/empty-shelf").await;
        visitor.click_link("Edit your profile").await;
        visitor.expect_path("/settings/profile").await;
        visitor.open("/settings").await;
        visitor.expect_path("/settings/profile").await;
        visitor.expect_heading("Profile").await;
        let current = "return document.querySelector('nav [aria-current]').textContent";
        assert_eq!(visitor.ask(current).await, json!("Profile"));
        assert_eq!(
            visitor
                .ask("return document.querySelector('meta[name=robots]')?.content")
                .await,
            json!("noindex")
        );
        visitor.click_link("API tokens").await;
        visitor.expect_heading("API tokens").await;
        assert_eq!(visitor.ask(current).await, json!("API tokens"));
        visitor.click_button("empty-shelf").await;
        visitor.click_link("Settings").await;
        visitor.expect_path("/settings/profile").await;
    });
}

#[test]
fn a_guest_gets_the_sign_in_screen_and_then_the_same_page() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.foresee(403, "/api/v1/me");
        visitor.open("/settings/tokens/new").await;
        visitor.expect_heading("Sign in to see this page").await;
        visitor
            .ask("document.querySelector('main .error-screen button').click()")
            .await;
        visitor.choose_identity("empty-shelf").await;
        visitor.expect_heading("New API token").await;
        visitor.expect_path("/settings/tokens/new").await;
    });
}

#[test]
fn another_address_is_saved_and_confirmed_by_its_message() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        open_as(visitor, "empty-shelf", "/settings/profile").await;
        visitor.click_button("Change address").await;
        visitor.expect_focus("textbox", "Your e-mail address").await;
        visitor.fill("Your e-mail address", "no-at-sign").await;
        visitor.click_button("Save address").await;
        visitor.expect_text("An e-mail address has an @").await;
        visitor.expect_focus("textbox", "Your e-mail address").await;
        visitor
            .fill("Your e-mail address", "shelf@example.org")
            .await;
        visitor
            .ask("document.querySelector('#email').form.requestSubmit()")
            .await;
        visitor
            .expect_text("A message was sent to shelf@example.org")
            .await;
        visitor.expect_text("not confirmed yet").await;
        assert_eq!(email(visitor).await, json!("shelf@example.org"));
        visitor.click_button("Send the message again").await;
        visitor
            .expect_text("A message was sent to shelf@example.org. Open the link in it.")
            .await;
        let outbox = stage
            .registry
            .outbox()
            .await
            .expect("the outbox")
            .to_string();
        assert!(
            outbox.matches("shelf@example.org").count() >= 2,
            "two messages"
        );
    });
}

#[test]
fn a_refused_address_stays_in_the_field() {
    story(FAULTS, async |stage| {
        let visitor = &stage.visitor;
        let record = record(stage, "empty-shelf").await;
        open_as(visitor, "empty-shelf", "/settings/profile").await;
        let before = email(visitor).await;
        fail(
            stage,
            json!([{"method": "PUT", "path": RECORD, "status": 400, "times": 1}]),
        )
        .await;
        visitor.foresee(400, &record);
        visitor.click_button("Change address").await;
        visitor
            .fill("Your e-mail address", "shelf@example.org")
            .await;
        visitor
            .ask("document.querySelector('#email').form.requestSubmit()")
            .await;
        visitor.expect_text("Nothing was changed").await;
        visitor.expect_focus("textbox", "Your e-mail address").await;
        assert_eq!(
            visitor.see("textbox", "Your e-mail address").await.value,
            "shelf@example.org"
        );
        assert_eq!(email(visitor).await, before);
    });
}

#[test]
fn a_lost_answer_about_the_address_is_read_back() {
    story(FAULTS, async |stage| {
        let visitor = &stage.visitor;
        let record = record(stage, "empty-shelf").await;
        open_as(visitor, "empty-shelf", "/settings/profile").await;
        visitor.click_button("Change address").await;
        visitor
            .fill("Your e-mail address", "shelf@example.org")
            .await;
        fail(
            stage,
            json!([{"method": "PUT", "path": RECORD, "drop": "before"}]),
        )
        .await;
        visitor.foresee_broken(&record);
        visitor
            .ask("document.querySelector('#email').form.requestSubmit()")
            .await;
        visitor.expect_text("nothing has changed so far").await;
        assert_ne!(email(visitor).await, json!("shelf@example.org"));
        assert_eq!(
            visitor.see("textbox", "Your e-mail address").await.value,
            "shelf@example.org"
        );
        fail(
            stage,
            json!([{"method": "PUT", "path": RECORD, "drop": "after"}]),
        )
        .await;
        visitor
            .ask("document.querySelector('#email').form.requestSubmit()")
            .await;
        visitor
            .expect_text("A message was sent to shelf@example.org")
            .await;
        assert_eq!(email(visitor).await, json!("shelf@example.org"));
    });
}

#[test]
fn an_address_typed_when_the_session_was_over_is_there_after_signing_in() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        let record = record(stage, "empty-shelf").await;
        open_as(visitor, "empty-shelf", "/settings/profile").await;
        visitor.click_button("Change address").await;
        visitor
            .fill("Your e-mail address", "shelf@example.org")
            .await;
        visitor
            .browser
            .driver()
            .delete_all_cookies()
            .await
            .expect("they go");
        visitor.foresee(403, &record);
        visitor
            .ask("document.querySelector('#email').form.requestSubmit()")
            .await;
        visitor.expect_heading("Sign in to see this page").await;
        visitor
            .ask("document.querySelector('main .error-screen button').click()")
            .await;
        visitor.choose_identity("empty-shelf").await;
        visitor.expect_heading("Profile").await;
        assert_eq!(
            visitor.see("textbox", "Your e-mail address").await.value,
            "shelf@example.org"
        );
    });
}

#[test]
fn notifications_are_saved_refused_and_read_back() {
    story(FAULTS, async |stage| {
        let visitor = &stage.visitor;
        let record = record(stage, "empty-shelf").await;
        let wanted =
            async || asked(visitor, "/api/v1/me").await["user"]["publish_notifications"].clone();
        let save = "[...document.querySelectorAll('section')].at(-1).querySelector('form').requestSubmit()";
        open_as(visitor, "empty-shelf", "/settings/profile").await;
        visitor.expect_heading("Profile").await;
        let before = wanted().await.as_bool().expect("a choice");
        visitor.click("checkbox", containing("Write to me")).await;
        visitor.ask(save).await;
        visitor.expect_text("Saved: you get").await;
        assert_eq!(wanted().await, json!(!before));
        fail(
            stage,
            json!([{"method": "PUT", "path": RECORD, "status": 500, "times": 1}]),
        )
        .await;
        visitor.foresee(500, &record);
        visitor.click("checkbox", containing("Write to me")).await;
        visitor.ask(save).await;
        visitor.expect_text("nothing has changed so far").await;
        assert_eq!(wanted().await, json!(!before));
        visitor.ask(save).await;
        visitor.expect_text("Saved: you get").await;
        assert_eq!(wanted().await, json!(before));
    });
}

#[test]
fn a_token_is_made_shown_once_and_revoked() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        open_as(visitor, "empty-shelf", "/settings/tokens").await;
        visitor.expect_text("You have no API tokens").await;
        visitor.click_link("New token").await;
        visitor.expect_heading("New API token").await;
        visitor.expect_text("The token will expire on").await;
        visitor.click_button("Make token").await;
        visitor.expect_text("Give the token a name").await;
        visitor.expect_text("Tick at least one thing").await;
        visitor.expect_focus("textbox", "Name").await;
        visitor.fill("Name", "laptop").await;
        visitor
            .click("checkbox", containing("publish updates"))
            .await;
        visitor.click_button("Add a pattern").await;
        visitor.expect_focus("textbox", "Pattern 1").await;
        visitor.fill("Pattern 1", "1bad").await;
        visitor
            .expect_text("No crate can have a name like this")
            .await;
        visitor.fill("Pattern 1", "serde_*").await;
        visitor
            .expect_text("Every crate whose name begins with “serde_”")
            .await;
        visitor.choose("Expires", "never").await;
        visitor.expect_text("The token will never expire").await;
        visitor.click_button("Make token").await;
        visitor.expect_heading("Your new token").await;
        visitor.expect_focus("heading", "Your new token").await;
        let secret = visitor
            .ask("return document.querySelector('.copy-line code').textContent")
            .await;
        assert!(
            secret.as_str().is_some_and(|text| text.len() > 20),
            "a token"
        );
        visitor.see("button", "Copy token").await;
        visitor.click_link("Copied: go on to your tokens").await;
        visitor.see("heading", "laptop").await;
        visitor.expect_text("publish updates").await;
        visitor.expect_text("serde_*").await;
        visitor.back().await;
        visitor.expect_heading("New API token").await;
        assert!(
            !visitor
                .text()
                .await
                .contains(secret.as_str().unwrap_or_default()),
            "shown once"
        );
        visitor.open("/settings/tokens").await;
        visitor.click_button("Revoke laptop").await;
        visitor.expect_focus("button", "Cancel").await;
        visitor.click_button("Revoke token").await;
        visitor.expect_text("“laptop” is revoked").await;
        assert!(tokens(visitor).await.is_empty());
        visitor.expect_text("You have no API tokens").await;
    });
}

#[test]
fn a_revocation_whose_answer_was_lost_tells_the_truth() {
    story(FAULTS, async |stage| {
        let visitor = &stage.visitor;
        open_as(visitor, "token-keeper", "/settings/tokens").await;
        visitor.expect_heading("API tokens").await;
        let before = tokens(visitor).await;
        let (name, id) = old_laptop(visitor).await;
        fail(
            stage,
            json!([{"method": "DELETE", "path": TOKENS, "drop": "before"}]),
        )
        .await;
        visitor.foresee_broken(&format!("{TOKENS}/{id}"));
        visitor
            .click_button(format!("Revoke {name}").as_str())
            .await;
        visitor.click_button("Revoke token").await;
        visitor.expect_text("is not revoked so far").await;
        assert_eq!(tokens(visitor).await, before);
        fail(
            stage,
            json!([{"method": "DELETE", "path": TOKENS, "drop": "after"}]),
        )
        .await;
        visitor
            .click_button(format!("Revoke {name}").as_str())
            .await;
        visitor.click_button("Revoke token").await;
        visitor
            .expect_text("is revoked and does not work any more")
            .await;
        assert_eq!(tokens(visitor).await.len(), before.len() - 1);
    });
}

#[test]
fn a_token_whose_answer_was_lost_is_found_in_the_list() {
    story(FAULTS, async |stage| {
        let visitor = &stage.visitor;
        open_as(visitor, "empty-shelf", "/settings/tokens/new").await;
        visitor.fill("Name", "laptop").await;
        visitor.click("checkbox", containing("yank")).await;
        visitor.settle().await;
        visitor.foresee_broken(TOKENS);
        fail(
            stage,
            json!([{"method": "PUT", "path": TOKENS, "drop": "before"}]),
        )
        .await;
        visitor.click_button("Make token").await;
        visitor.expect_text("no token was made so far").await;
        assert!(tokens(visitor).await.is_empty());
        assert_eq!(visitor.see("textbox", "Name").await.value, "laptop");
        fail(
            stage,
            json!([{"method": "PUT", "path": TOKENS, "drop": "after"}]),
        )
        .await;
        visitor.click_button("Make token").await;
        visitor
            .expect_text("“laptop” was made, but its text was lost on the way")
            .await;
        assert!(tokens(visitor).await.contains(&"laptop".to_owned()));
    });
}

#[test]
fn another_token_like_an_earlier_one_is_filled_in() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        open_as(visitor, "token-keeper", "/settings/tokens").await;
        let (name, id) = old_laptop(visitor).await;
        visitor
            .click_link(format!("Make another like {name}").as_str())
            .await;
        visitor
            .expect_path(&format!("/settings/tokens/new?from={}", id))
            .await;
        visitor.expect_heading("New API token").await;
        assert_eq!(visitor.see("textbox", "Name").await.value, name);
        visitor.foresee(404, &format!("{TOKENS}/999999"));
        visitor.open("/settings/tokens/new?from=999999").await;
        visitor.expect_heading("No such token").await;
    });
}

#[test]
fn every_settings_page_is_accessible_and_reflows() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        open_as(visitor, "token-keeper", "/settings/profile").await;
        visitor.expect_heading("Profile").await;
        stage.inspect("settings-profile").await;
        visitor.click_button("Change address").await;
        visitor.fill("Your e-mail address", "no-at-sign").await;
        visitor
            .ask("document.querySelector('#email').form.requestSubmit()")
            .await;
        visitor.expect_text("has an @").await;
        stage.inspect("settings-profile-refused").await;
        visitor.open("/settings/tokens").await;
        visitor.see("list", "Tokens").await;
        stage.inspect("settings-tokens").await;
        visitor
            .ask("document.querySelector('.token button').click()")
            .await;
        visitor.expect_focus("button", "Cancel").await;
        stage.inspect("settings-tokens-dialog").await;
        visitor.open("/settings/tokens/new").await;
        visitor.expect_heading("New API token").await;
        visitor.click_button("Add a pattern").await;
        visitor.choose("Expires", "on a day").await;
        visitor.click_button("Make token").await;
        visitor.expect_text("Give the token a name").await;
        stage.inspect("settings-new-token-faults").await;
        visitor.fill("Name", "laptop").await;
        visitor.click_button("Remove pattern 1").await;
        visitor.choose("Expires", "never").await;
        visitor.click("checkbox", containing("yank")).await;
        visitor.click_button("Make token").await;
        visitor.expect_heading("Your new token").await;
        stage.inspect("settings-token-made").await;
    });
}

#[test]
fn somebody_without_an_address_is_offered_to_give_one_on_a_phone() {
    story(Setting::DEMO.look(Look::PHONE), async |stage| {
        let visitor = &stage.visitor;
        open_as(visitor, "no-email", "/settings/profile").await;
        visitor.expect_text("You have not given one yet").await;
        stage.inspect("settings-profile-no-email").await;
        visitor.click_button("Give an address").await;
        visitor.expect_focus("textbox", "Your e-mail address").await;
    });
}
