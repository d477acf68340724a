//! Invitations to own crates: the list of the invited, and the link of the message.

use nameplate_e2e::by_role::containing;
use nameplate_e2e::story::{Setting, Stage, story};
use nameplate_e2e::visitor::Visitor;
use serde_json::{Value, json};

const FAULTS: Setting = Setting::DEMO.faults();

async fn open_as(visitor: &Visitor, login: &str, path: &str) {
    visitor.open("/docs/usernames").await;
    visitor.sign_in(login).await;
    visitor.open(path).await;
}

/// The link of the message that invites somebody of this address to a crate.
async fn link(stage: &Stage, to: &str, krate: &str) -> String {
    let outbox = stage.registry.outbox().await.expect("it can be read");
    let messages = outbox["messages"].as_array().expect("messages");
    let message = messages
        .iter()
        .find(|message| {
            let subject = message["subject"].as_str().unwrap_or_default();
            let address = message["to"].as_str().unwrap_or_default();
            message["kind"] == "invite" && address.contains(to) && subject.ends_with(krate)
        })
        .unwrap_or_else(|| panic!("no message to {to} about {krate}"));
    let link = message["links"][0].as_str().expect("a link");
    let path = link.find("/accept-invite/").and_then(|at| link.get(at..));
    path.expect("a link of this kind").to_owned()
}

async fn owners(stage: &Stage, krate: &str) -> String {
    let (_, body) = stage
        .registry
        .ask(&format!("/api/v1/crates/{krate}/owners"))
        .await
        .expect("the registry answers");
    body.to_string()
}

/// The address at which an invitation to a crate is answered.
async fn answered_at(visitor: &Visitor, krate: &str) -> String {
    let list = visitor
        .ask("return fetch('/api/v1/me/crate_owner_invitations').then((answer) => answer.json())")
        .await;
    let invitations = list["crate_owner_invitations"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let found = invitations
        .iter()
        .find(|invitation| invitation["crate_name"] == krate)
        .unwrap_or_else(|| panic!("no invitation to {krate}"));
    format!("/api/v1/me/crate_owner_invitations/{}", found["crate_id"])
}

/// The address to which the link of a message sends.
fn accepted_at(link: &str) -> String {
    link.replace(
        "/accept-invite/",
        "/api/v1/me/crate_owner_invitations/accept/",
    )
}

async fn fail(stage: &Stage, faults: Value) {
    stage.registry.fail(faults).await.expect("it fails now");
}

/// Whether anything was written since the page was opened.
async fn writes(visitor: &Visitor) -> usize {
    let script = "return performance.getEntriesByType('resource').filter((entry) => entry.name.includes('/accept')).length";
    visitor
        .ask(script)
        .await
        .as_u64()
        .and_then(|count| usize::try_from(count).ok())
        .unwrap_or(usize::MAX)
}

#[test]
fn the_invited_see_all_their_invitations_and_answer_them() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        open_as(visitor, "invited", "/docs/usernames").await;
        visitor.click_button("invited").await;
        visitor.click_link("Invitations").await;
        visitor.expect_path("/me/pending-invites").await;
        visitor.expect_heading("Invitations").await;
        visitor
            .see("button", "Accept the invitation to tidbit-001")
            .await;
        let rows = "return document.querySelectorAll('.invitation').length";
        let all = visitor
            .ask(
                "return fetch('/api/v1/me/crate_owner_invitations').then((answer) => answer.json()) \
                 .then((list) => list.crate_owner_invitations.length)",
            )
            .await
            .as_u64()
            .expect("a number");
        assert!(all > 20, "several pages");
        assert_eq!(visitor.ask(rows).await, json!(all), "all pages of them");
        visitor
            .see_no("button", "Accept the invitation to tidbit-025")
            .await;
        stage.inspect("pending-invites").await;
        visitor
            .click_button("Accept the invitation to tidbit-001")
            .await;
        visitor.expect_text("You own tidbit-001 now.").await;
        visitor
            .see_no("button", "Accept the invitation to tidbit-001")
            .await;
        assert!(owners(stage, "tidbit-001").await.contains("\"invited\""));
        visitor
            .click_button("Decline the invitation to tidbit-002")
            .await;
        visitor
            .expect_text("You declined. Nothing has changed at tidbit-002.")
            .await;
        assert!(!owners(stage, "tidbit-002").await.contains("\"invited\""));
        visitor.reload().await;
        visitor
            .see("button", "Accept the invitation to tidbit-003")
            .await;
        assert_eq!(visitor.ask(rows).await, json!(all - 2));
        // Who owns it is asked for when somebody wants to know.
        visitor
            .ask(
                "[...document.querySelectorAll('.invitation')].find((row) => row.textContent.includes('tidbit-003')) \
                 .querySelector('summary').click()",
            )
            .await;
        visitor.see("link", "prolific").await;
    });
}

#[test]
fn nobody_invited_is_told_so() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        open_as(visitor, "empty-shelf", "/me/pending-invites").await;
        visitor.expect_text("You have no invitations.").await;
    });
}

#[test]
fn an_address_that_is_not_confirmed_comes_first() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        open_as(visitor, "invited-unverified", "/me/pending-invites").await;
        visitor
            .see("button", "Accept the invitation to lone-lantern")
            .await;
        let buttons = visitor
            .all("button", containing("Accept the invitation to"))
            .await;
        assert_eq!(buttons.len(), 2);
        visitor.foresee(403, &answered_at(visitor, "lone-lantern").await);
        visitor
            .click_button("Accept the invitation to lone-lantern")
            .await;
        visitor
            .expect_text("Confirm your e-mail address first")
            .await;
        visitor.click_link("Go to your e-mail address").await;
        visitor.expect_path("/settings/profile").await;
    });
}

#[test]
fn a_lost_answer_is_read_back() {
    story(FAULTS, async |stage| {
        let visitor = &stage.visitor;
        open_as(visitor, "invited", "/me/pending-invites").await;
        visitor
            .see("button", "Accept the invitation to tidbit-003")
            .await;
        let path = "/api/v1/me/crate_owner_invitations/*";
        fail(
            stage,
            json!([{"method": "PUT", "path": path, "drop": "after"}]),
        )
        .await;
        visitor.foresee_broken(&answered_at(visitor, "tidbit-003").await);
        visitor.foresee_broken(&answered_at(visitor, "tidbit-004").await);
        visitor
            .click_button("Accept the invitation to tidbit-003")
            .await;
        visitor.expect_text("You own tidbit-003 now.").await;
        fail(
            stage,
            json!([{"method": "PUT", "path": path, "drop": "before"}]),
        )
        .await;
        visitor
            .click_button("Decline the invitation to tidbit-004")
            .await;
        visitor.expect_text("the invitation is open so far").await;
        fail(
            stage,
            json!([{"method": "PUT", "path": path, "drop": "after"}]),
        )
        .await;
        visitor
            .click_button("Decline the invitation to tidbit-004")
            .await;
        visitor
            .expect_text("You declined. Nothing has changed at tidbit-004.")
            .await;
    });
}

// The link of the message

#[test]
fn the_link_sends_nothing_before_the_button_is_pressed() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        let path = link(stage, "invited@", "tidbit-001").await;
        open_as(visitor, "invited", &path).await;
        visitor.expect_heading("Accept an invitation").await;
        visitor
            .expect_text("The link is for one of your open invitations:")
            .await;
        visitor.see("link", "tidbit-001").await;
        assert_eq!(writes(visitor).await, 0);
        assert!(!owners(stage, "tidbit-001").await.contains("\"invited\""));
        stage.inspect("accept-invite").await;
        visitor.click_button("Accept the invitation").await;
        visitor.expect_text("You own tidbit-001 now.").await;
        assert!(owners(stage, "tidbit-001").await.contains("\"invited\""));
        visitor.open(&path).await;
        visitor.foresee(404, &accepted_at(&path));
        visitor.click_button("Accept the invitation").await;
        visitor.expect_text("There is no such invitation").await;
        visitor.see_no("button", "Accept the invitation").await;
    });
}

#[test]
fn whoever_is_not_the_invited_one_is_told_who_it_is_for() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        let path = link(stage, "invited@", "tidbit-001").await;
        open_as(visitor, "empty-shelf", &path).await;
        visitor
            .expect_text("This account has no open invitation.")
            .await;
        visitor.click_button("Accept the invitation").await;
        visitor
            .expect_text("The invitation is accepted, but not for this account.")
            .await;
        assert!(!owners(stage, "tidbit-001").await.contains("empty-shelf"));
    });
}

#[test]
fn a_guest_an_unknown_and_an_expired_link_are_told_apart() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        let path = link(stage, "invited@", "tidbit-002").await;
        visitor.open(&path).await;
        visitor.expect_text("You need not be signed in").await;
        visitor.click_button("Accept the invitation").await;
        visitor.expect_text("The invitation is accepted.").await;
        let unknown = "/accept-invite/nothing-like-that";
        visitor.open(unknown).await;
        visitor.foresee(404, &accepted_at(unknown));
        visitor.click_button("Accept the invitation").await;
        visitor.expect_text("There is no such invitation").await;
        let expired = link(stage, "invited@", "tidbit-025").await;
        visitor.open(&expired).await;
        visitor.foresee(410, &accepted_at(&expired));
        visitor.click_button("Accept the invitation").await;
        visitor.expect_text("The invitation has expired.").await;
    });
}

#[test]
fn a_lost_answer_to_the_link_shows_in_ones_own_crates() {
    story(FAULTS, async |stage| {
        let visitor = &stage.visitor;
        let path = link(stage, "invited@", "tidbit-001").await;
        open_as(visitor, "invited", &path).await;
        visitor.see("link", "tidbit-001").await;
        let accept = "/api/v1/me/crate_owner_invitations/accept/*";
        fail(
            stage,
            json!([{"method": "PUT", "path": accept, "drop": "after"}]),
        )
        .await;
        visitor.foresee_broken(&accepted_at(&path));
        visitor.click_button("Accept the invitation").await;
        visitor.expect_text("You own tidbit-001 now.").await;
    });
}
