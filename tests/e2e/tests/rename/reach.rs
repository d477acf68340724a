//! All levels of server, and every screen for everybody: axe in both schemes, reflow, targets, the accessibility tree.

use super::steps::{choose, confirm, expect_done, fail, is_there, open_as, record, rename};
use nameplate_e2e::browser::Look;
use nameplate_e2e::story::{Setting, story};
use serde_json::json;

#[test]
fn a_server_that_cannot_rename_is_found_out_and_nothing_is_lost() {
    for level in ["august", "september"] {
        story(Setting::DEMO.level(level), async |stage| {
            let visitor = &stage.visitor;
            visitor.foresee(404, "/api/private/usernames/tidy_walrus");
            visitor.foresee(404, "/api/v1/users/tidy_walrus");
            open_as(visitor, "empty-shelf", "/settings/username").await;
            visitor
                .expect_text("This registry does not say when your username can be changed")
                .await;
            visitor.click_link("Change username").await;
            visitor.fill("New username", "tidy-walrus").await;
            visitor.expect_text("Nobody uses “tidy-walrus” now").await;
            visitor.click_button("Review the change").await;
            confirm(visitor, "tidy-walrus", false).await;
            visitor
                .expect_heading("This registry cannot change usernames yet")
                .await;
            visitor
                .expect_text("your username is still “empty-shelf”")
                .await;
            assert!(is_there(stage, "empty-shelf").await, "{level}");
            visitor.click_button("Back to your username").await;
            visitor.expect_heading("Username").await;
        });
    }
}

#[test]
fn every_step_is_accessible_and_reflows() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        open_as(visitor, "twenty-five", "/settings/username").await;
        visitor.see("link", "GitHub: twenty-five").await;
        stage.inspect("rename-now").await;
        visitor.click_link("Change username").await;
        visitor.expect_heading("Choose a username").await;
        stage.inspect("rename-choose").await;
        visitor.fill("New username", "ferris-").await;
        visitor.expect_text("looks too much like").await;
        stage.inspect("rename-choose-too-similar").await;
        choose(visitor, "the-longest-username-there-can-ever-be2").await;
        visitor.expect_text("cargo owner --add").await;
        stage.inspect("rename-review").await;
        visitor.click_button("Change username…").await;
        visitor.expect_focus("button", "Cancel").await;
        stage.inspect("rename-dialog").await;
        visitor.click_button("Change username").await;
        visitor.expect_text("That is not").await;
        stage.inspect("rename-dialog-wrong").await;
        visitor
            .fill(
                "Type the new username once more",
                "the-longest-username-there-can-ever-be2",
            )
            .await;
        visitor.click_button("Change username").await;
        expect_done(visitor, "the-longest-username-there-can-ever-be2").await;
        stage.inspect("rename-done").await;
        visitor.click_button("Done").await;
        visitor.expect_text("You can take it back until").await;
        stage.inspect("rename-now-with-former").await;
        visitor.click_button("Take back “twenty-five”").await;
        visitor
            .expect_heading("Take your former username back?")
            .await;
        stage.inspect("rename-take-back").await;
        visitor.open("/settings/username/choose").await;
        choose(visitor, "The-Longest-username-there-can-ever-be2").await;
        visitor
            .expect_heading("Change how your username is spelled?")
            .await;
        stage.inspect("rename-spelling").await;
    });
}

#[test]
fn every_outcome_is_accessible_and_reflows() {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        let save = "/api/v1/users/*";
        open_as(visitor, "empty-shelf", "/settings/username/choose").await;
        choose(visitor, "tidy-walrus").await;
        visitor.expect_heading("Change your username?").await;
        visitor.settle().await;
        fail(
            stage,
            json!([{"method": "PUT", "path": save, "status": 429, "times": 1}]),
        )
        .await;
        visitor.foresee(429, &record(stage, "empty-shelf").await);
        confirm(visitor, "tidy-walrus", false).await;
        visitor.expect_text("Nothing was changed").await;
        stage.inspect("rename-refused").await;
        fail(
            stage,
            json!([{"method": "PUT", "path": save, "drop": "before"}]),
        )
        .await;
        visitor.foresee_broken(&record(stage, "empty-shelf").await);
        rename(visitor, "tidy-walrus", false).await;
        visitor.expect_text("nothing was changed so far").await;
        stage.inspect("rename-unknown").await;
        visitor
            .browser
            .driver()
            .delete_all_cookies()
            .await
            .expect("they go");
        visitor.foresee(403, "/api/v1/me");
        visitor.click_button("Look again now").await;
        visitor.expect_heading("You are signed out").await;
        stage.inspect("rename-signed-out").await;
    });
}

#[test]
fn a_phone_shows_every_step_without_scrolling_sideways() {
    story(Setting::DEMO.look(Look::PHONE), async |stage| {
        let visitor = &stage.visitor;
        open_as(
            visitor,
            "the-longest-username-there-can-ever-be1",
            "/settings/username",
        )
        .await;
        visitor.expect_heading("Username").await;
        stage.inspect("rename-now-longest").await;
    });
}

#[test]
fn the_tree_of_the_review_reads_in_order() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        open_as(visitor, "empty-shelf", "/settings/username/choose").await;
        choose(visitor, "tidy-walrus").await;
        visitor.expect_text("A mark appears").await;
        visitor.settle().await;
        let headings: Vec<_> = visitor
            .tree()
            .await
            .nodes()
            .iter()
            .filter(|node| node.role == "heading")
            .map(|node| format!("{} {}", node.state("level").unwrap_or_default(), node.name))
            .collect();
        assert_eq!(
            headings,
            [
                "1 Change your username?",
                "2 What changes",
                "2 What stays",
                "2 What becomes of “empty-shelf”",
                "2 Afterwards"
            ]
        );
        let current = visitor
            .ask("return document.querySelector('nav [aria-current]').textContent")
            .await;
        assert_eq!(current, json!("Username"));
        let noindex = visitor
            .ask("return document.querySelector('meta[name=robots]')?.content")
            .await;
        assert_eq!(noindex, json!("noindex"));
    });
}
