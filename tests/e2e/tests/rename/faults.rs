//! Each fault on each call of a rename. Afterwards the screen tells the truth of the database.
//!
//! A browser sends a request once more by itself when a kept connection breaks, so that one broken connection is not seen by
//! the app: connections are broken until the registry is healed.

use super::steps::{choose, confirm, expect_done, fail, heal, is_there, open_as, record, rename};
use nameplate_e2e::story::{Setting, Stage, story};
use serde_json::{Value, json};

const FAULTS: Setting = Setting::DEMO.faults();
const SAVE: &str = "/api/v1/users/*";
const ME: &str = "/api/v1/me";

/// Signed in, at the open dialog, one press away from sending; then the registry begins to fail.
async fn send_into(stage: &Stage, faults: Value) {
    let visitor = &stage.visitor;
    open_as(visitor, "empty-shelf", "/settings/username/choose").await;
    choose(visitor, "tidy-walrus").await;
    visitor.expect_heading("Change your username?").await;
    visitor.settle().await;
    fail(stage, faults).await;
    confirm(visitor, "tidy-walrus", false).await;
}

#[test]
fn an_answer_lost_after_the_change_ends_in_done() {
    story(FAULTS, async |stage| {
        stage
            .visitor
            .foresee_broken(&record(stage, "empty-shelf").await);
        send_into(
            stage,
            json!([{"method": "PUT", "path": SAVE, "drop": "after"}]),
        )
        .await;
        expect_done(&stage.visitor, "tidy-walrus").await;
        assert!(is_there(stage, "tidy-walrus").await);
    });
}

#[test]
fn an_answer_lost_before_the_change_is_called_not_changed_so_far() {
    story(FAULTS, async |stage| {
        let visitor = &stage.visitor;
        visitor.foresee_broken(&record(stage, "empty-shelf").await);
        send_into(
            stage,
            json!([{"method": "PUT", "path": SAVE, "drop": "before"}]),
        )
        .await;
        visitor.expect_heading("Was your username changed?").await;
        visitor
            .expect_text("Your username is still “empty-shelf”, so nothing was changed so far")
            .await;
        visitor.see("button", "empty-shelf").await;
        assert!(is_there(stage, "empty-shelf").await);
        let sent = visitor
            .network()
            .await
            .api_calls()
            .iter()
            .filter(|call| call.starts_with("PUT "))
            .count();
        assert_eq!(sent, 1, "nothing is sent a second time by itself");
    });
}

#[test]
fn what_has_not_happened_in_a_minute_is_called_not_changed() {
    story(FAULTS, async |stage| {
        let visitor = &stage.visitor;
        visitor.hurry().await;
        visitor.foresee_broken(&record(stage, "empty-shelf").await);
        send_into(
            stage,
            json!([{"method": "PUT", "path": SAVE, "drop": "before"}]),
        )
        .await;
        visitor.expect_text("nothing was changed so far").await;
        visitor
            .expect_heading("Your username was not changed")
            .await;
        visitor
            .expect_focus("heading", "Your username was not changed")
            .await;
        visitor
            .expect_text("your username is “empty-shelf” as before")
            .await;
        assert!(is_there(stage, "empty-shelf").await);
        stage.inspect("rename-not-changed").await;
        heal(stage).await;
        // The way on leads through the review and the question again.
        visitor.click_button("Review it again").await;
        confirm(visitor, "tidy-walrus", false).await;
        expect_done(visitor, "tidy-walrus").await;
        let sent = visitor.network().await.api_calls();
        let sent = sent.iter().filter(|call| call.starts_with("PUT "));
        assert_eq!(sent.count(), 2, "once for each confirmation");
        assert!(is_there(stage, "tidy-walrus").await);
    });
}

#[test]
fn a_registry_that_never_answers_is_given_up_and_read_back() {
    story(FAULTS, async |stage| {
        let visitor = &stage.visitor;
        visitor.hurry().await;
        send_into(
            stage,
            json!([{"method": "PUT", "path": SAVE, "hang": true}]),
        )
        .await;
        visitor.expect_heading("Changing your username…").await;
        visitor.expect_heading("Was your username changed?").await;
        visitor.expect_text("nothing was changed so far").await;
        visitor
            .expect_heading("Your username was not changed")
            .await;
        assert!(is_there(stage, "empty-shelf").await);
    });
}

#[test]
fn an_account_that_never_can_be_read_is_never_guessed() {
    story(FAULTS, async |stage| {
        let visitor = &stage.visitor;
        visitor.hurry().await;
        visitor.foresee_broken(&record(stage, "empty-shelf").await);
        let faults = json!([
            {"method": "PUT", "path": SAVE, "drop": "after"},
            {"method": "GET", "path": ME, "hang": true}
        ]);
        send_into(stage, faults).await;
        let unread = "neither its answer nor your account could be read";
        visitor.expect_text(unread).await;
        // All readings of a minute, each of which has half a minute, and still nothing is claimed.
        tokio::time::sleep(std::time::Duration::from_secs(12)).await;
        visitor.expect_heading("Was your username changed?").await;
        visitor.expect_text(unread).await;
        heal(stage).await;
        visitor.click_button("Look again now").await;
        expect_done(visitor, "tidy-walrus").await;
        assert!(is_there(stage, "tidy-walrus").await);
    });
}

#[test]
fn a_read_only_registry_refuses_and_the_text_is_kept() {
    story(Setting::DEMO.read_only(), async |stage| {
        let visitor = &stage.visitor;
        visitor.foresee(503, &record(stage, "empty-shelf").await);
        open_as(visitor, "empty-shelf", "/settings/username/choose").await;
        visitor.expect_text("The registry is read-only").await;
        choose(visitor, "tidy-walrus").await;
        confirm(visitor, "tidy-walrus", false).await;
        visitor.expect_heading("Choose a username").await;
        visitor
            .expect_text("Nothing was changed: the registry is read-only at the moment.")
            .await;
        assert_eq!(
            visitor.see("textbox", "New username").await.value,
            "tidy-walrus"
        );
        visitor.expect_focus("textbox", "New username").await;
        assert!(is_there(stage, "empty-shelf").await);
        stage.inspect("rename-read-only").await;
    });
}

#[test]
fn spoiled_answers_are_read_back_too() {
    for spoiled in ["truncated", "not_json", "html"] {
        story(FAULTS, async |stage| {
            send_into(
                stage,
                json!([{"method": "PUT", "path": SAVE, "body": spoiled, "times": 1}]),
            )
            .await;
            expect_done(&stage.visitor, "tidy-walrus").await;
            assert!(is_there(stage, "tidy-walrus").await, "{spoiled}");
        });
    }
}

#[test]
fn a_server_error_leaves_it_open_and_me_decides() {
    story(FAULTS, async |stage| {
        let visitor = &stage.visitor;
        visitor.foresee(500, &record(stage, "empty-shelf").await);
        send_into(
            stage,
            json!([{"method": "PUT", "path": SAVE, "status": 500, "times": 1}]),
        )
        .await;
        visitor.expect_text("nothing was changed so far").await;
        assert!(is_there(stage, "empty-shelf").await);
    });
}

#[test]
fn nothing_is_said_while_me_cannot_be_read() {
    story(FAULTS, async |stage| {
        let visitor = &stage.visitor;
        visitor.foresee_broken(&record(stage, "empty-shelf").await);
        visitor.foresee(500, ME);
        let faults = json!([
            {"method": "PUT", "path": SAVE, "drop": "after"},
            {"method": "GET", "path": ME, "status": 500}
        ]);
        send_into(stage, faults).await;
        visitor.expect_heading("Was your username changed?").await;
        visitor
            .expect_text("neither its answer nor your account could be read")
            .await;
        heal(stage).await;
        visitor.click_button("Look again now").await;
        expect_done(visitor, "tidy-walrus").await;
        assert!(is_there(stage, "tidy-walrus").await);
    });
}

#[test]
fn a_yes_is_believed_only_after_me() {
    story(FAULTS, async |stage| {
        let visitor = &stage.visitor;
        visitor.foresee_broken(ME);
        send_into(
            stage,
            json!([{"method": "GET", "path": ME, "drop": "before"}]),
        )
        .await;
        visitor
            .expect_text("neither its answer nor your account could be read")
            .await;
        heal(stage).await;
        // Read again by itself.
        expect_done(visitor, "tidy-walrus").await;
        assert!(is_there(stage, "tidy-walrus").await);
    });
}

/// A refusal of this status leads back to the field with its text, and another attempt works.
fn is_refused_and_kept(status: u16) {
    story(FAULTS, async |stage| {
        let visitor = &stage.visitor;
        visitor.foresee(status, &record(stage, "empty-shelf").await);
        send_into(
            stage,
            json!([{"method": "PUT", "path": SAVE, "status": status, "times": 1}]),
        )
        .await;
        visitor.expect_heading("Choose a username").await;
        visitor.expect_text("Nothing was changed").await;
        assert_eq!(
            visitor.see("textbox", "New username").await.value,
            "tidy-walrus"
        );
        assert!(is_there(stage, "empty-shelf").await);
        rename(visitor, "tidy-walrus", false).await;
        expect_done(visitor, "tidy-walrus").await;
    });
}

#[test]
fn a_busy_server_refuses_and_the_text_is_kept() {
    is_refused_and_kept(429);
}

#[test]
fn a_forbidden_change_is_refused_and_the_text_is_kept() {
    is_refused_and_kept(403);
}

#[test]
fn an_outage_of_the_check_does_not_block_the_change() {
    story(FAULTS, async |stage| {
        let visitor = &stage.visitor;
        open_as(visitor, "empty-shelf", "/settings/username").await;
        visitor.settle().await;
        visitor.foresee(500, "/api/private/usernames/tidy_walrus");
        fail(
            stage,
            json!([{"path": "/api/private/usernames", "status": 500}]),
        )
        .await;
        visitor
            .open("/settings/username/choose?name=tidy-walrus")
            .await;
        visitor
            .expect_text("Could not find out whether “tidy-walrus” is free")
            .await;
        visitor.click_button("Review the change").await;
        confirm(visitor, "tidy-walrus", false).await;
        expect_done(visitor, "tidy-walrus").await;
        assert!(is_there(stage, "tidy-walrus").await);
    });
}

#[test]
fn without_the_linked_accounts_the_badge_is_not_foretold() {
    story(FAULTS, async |stage| {
        let visitor = &stage.visitor;
        open_as(visitor, "empty-shelf", "/docs/usernames").await;
        visitor.settle().await;
        visitor.foresee(500, "/api/v1/users/empty-shelf");
        fail(
            stage,
            json!([{"method": "GET", "path": "/api/v1/users/empty-shelf", "status": 500}]),
        )
        .await;
        visitor.open("/settings/username").await;
        visitor
            .expect_text("Your linked accounts could not be loaded")
            .await;
        visitor.click_link("Change username").await;
        choose(visitor, "tidy-walrus").await;
        visitor.expect_text("cannot be foretold").await;
        confirm(visitor, "tidy-walrus", false).await;
        expect_done(visitor, "tidy-walrus").await;
    });
}

#[test]
fn leaving_in_the_middle_of_saving_carries_it_out_and_the_header_says_so() {
    story(FAULTS, async |stage| {
        let visitor = &stage.visitor;
        send_into(
            stage,
            json!([{"method": "PUT", "path": SAVE, "latency_ms": 1500, "times": 1}]),
        )
        .await;
        visitor.expect_heading("Changing your username…").await;
        visitor.click_link("Profile").await;
        visitor.expect_heading("Profile").await;
        visitor.see("button", "tidy-walrus").await;
        assert!(is_there(stage, "tidy-walrus").await);
    });
}
