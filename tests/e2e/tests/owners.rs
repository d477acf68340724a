//! The settings of a crate: who owns it, removing, and adding an owner from every form of name, on every level of server.

use nameplate_e2e::browser::Look;
use nameplate_e2e::by_role::containing;
use nameplate_e2e::story::{Setting, Stage, story};
use nameplate_e2e::visitor::Visitor;
use serde_json::{Value, json};
use thirtyfour::Key;

const FAULTS: Setting = Setting::DEMO.faults();
const FIELD: &str = "Person or team";

async fn settings(visitor: &Visitor, login: &str, krate: &str) {
    visitor.open("/docs/usernames").await;
    visitor.sign_in(login).await;
    visitor.open(&format!("/crates/{krate}/settings")).await;
    visitor
        .expect_heading(format!("Settings of {krate}").as_str())
        .await;
}

async fn asked(visitor: &Visitor, path: &str) -> Value {
    visitor
        .ask(&format!(
            "return fetch('{path}').then((answer) => answer.json())"
        ))
        .await
}

/// The usernames of those invited to a crate, but for the one whom the demonstration invites.
async fn invited(visitor: &Visitor, krate: &str) -> Vec<String> {
    let path = format!("/api/private/crate_owner_invitations?crate_name={krate}&per_page=100");
    let answer = asked(visitor, &path).await;
    let users = answer["users"].as_array().cloned().unwrap_or_default();
    let invitations = answer["invitations"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    invitations
        .iter()
        .filter_map(|invitation| {
            let user = users
                .iter()
                .find(|user| user["id"] == invitation["invitee_id"])?;
            Some(user["login"].as_str()?.to_owned())
        })
        .filter(|name| name != "invited-unverified")
        .collect()
}

async fn owners(stage: &Stage, krate: &str) -> Vec<String> {
    let (_, body) = stage
        .registry
        .ask(&format!("/api/v1/crates/{krate}/owners"))
        .await
        .expect("the registry answers");
    body["users"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|user| Some(user["login"].as_str()?.to_owned()))
        .collect()
}

async fn fail(stage: &Stage, faults: Value) {
    stage.registry.fail(faults).await.expect("it fails now");
}

fn lookup(name: &str) -> String {
    format!("/api/v1/users/{name}")
}

// The page

#[test]
fn an_owner_sees_who_owns_and_who_is_invited() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        settings(visitor, "ferris", "open-door").await;
        visitor.see("button", "Remove yourself").await;
        visitor.see("button", "Remove hazel-moss").await;
        visitor
            .expect_text("has no way to withdraw an invitation")
            .await;
        visitor.expect_text("can accept until").await;
        let rows =
            "return document.querySelectorAll('[aria-label=\"Open invitations\"] > li').length";
        let shown = visitor.ask(rows).await.as_u64().unwrap_or(0);
        assert!(shown >= 30, "all pages of them: {shown}");
        stage.inspect("crate-settings").await;
        visitor.open("/crates/open-door").await;
        visitor.click_link("Settings").await;
        visitor.expect_path("/crates/open-door/settings").await;
        visitor.open("/crates/open-door/owners").await;
        visitor.expect_path("/crates/open-door/settings").await;
    });
}

#[test]
fn others_are_told_why_not() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.foresee(403, "/api/v1/me");
        visitor.open("/crates/lone-lantern/settings").await;
        visitor.expect_heading("Sign in to see this page").await;
        visitor.open("/docs/usernames").await;
        visitor.sign_in("team-member").await;
        visitor.open("/crates/lone-lantern/settings").await;
        visitor.expect_heading("This page is not yours").await;
        visitor
            .expect_text("Only people who own lone-lantern can see and change its settings")
            .await;
        visitor.see("link", "See who owns lone-lantern").await;
        stage.inspect("crate-settings-not-yours").await;
        visitor.open("/crates/lone-lantern").await;
        visitor.see("link", "Readme").await;
        visitor.see_no("link", "Settings").await;
        visitor.foresee(404, "/api/v1/crates/no-such-crate/owners");
        visitor.open("/crates/no-such-crate/settings").await;
        visitor.expect_heading("No crate no-such-crate").await;
    });
}

#[test]
fn forty_owners_stay_readable() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        settings(visitor, "ferris", "forty-keepers").await;
        visitor.see("button", "Remove yourself").await;
        assert_eq!(visitor.all("button", containing("Remove")).await.len(), 42);
        stage.inspect("crate-settings-forty").await;
    });
}

// Removing

#[test]
fn the_last_person_cannot_be_removed_and_is_told_why() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        settings(visitor, "ferris", "solo-plus-team").await;
        visitor
            .expect_text("The last person among the owners cannot be removed")
            .await;
        visitor.see_no("button", "Remove yourself").await;
        visitor
            .click_button("Remove the team crab-works/core")
            .await;
        visitor
            .expect_text("cargo owner --remove github:crab-works:core solo-plus-team")
            .await;
        visitor.click_button("Remove owner").await;
        visitor
            .expect_text("the team crab-works/core is no owner of solo-plus-team any more.")
            .await;
        assert_eq!(owners(stage, "solo-plus-team").await, ["ferris"]);
    });
}

#[test]
fn an_owner_is_removed_under_the_name_that_each_server_understands() {
    for (level, linked, command) in [
        (
            "full",
            "GitHub: carolgithub",
            "cargo owner --remove crates.io:carols10cents six-hands",
        ),
        (
            "september",
            "GitHub: carolgithub",
            "cargo owner --remove crates.io:carols10cents six-hands",
        ),
        (
            "august",
            "This registry does not tell which accounts are linked",
            "cargo owner --remove carolgithub six-hands",
        ),
    ] {
        story(Setting::DEMO.level(level), async |stage| {
            let visitor = &stage.visitor;
            settings(visitor, "ferris", "six-hands").await;
            visitor.click_button("Remove carols10cents").await;
            visitor
                .see(
                    "dialog",
                    "Remove carols10cents from the owners of six-hands?",
                )
                .await;
            visitor.expect_focus("button", "Cancel").await;
            visitor.expect_text(linked).await;
            visitor.expect_text(command).await;
            visitor.press(Key::Escape).await;
            visitor.expect_focus("button", "Remove carols10cents").await;
            assert!(
                owners(stage, "six-hands")
                    .await
                    .contains(&"carols10cents".to_owned())
            );
            visitor.click_button("Remove carols10cents").await;
            visitor.click_button("Remove owner").await;
            visitor
                .expect_text("carols10cents is no owner of six-hands any more.")
                .await;
            visitor.see_no("button", "Remove carols10cents").await;
            visitor.expect_focus("heading", "Owners").await;
            assert!(
                !owners(stage, "six-hands")
                    .await
                    .contains(&"carols10cents".to_owned())
            );
        });
    }
}

#[test]
fn whoever_removes_themselves_is_told_what_that_means() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        settings(visitor, "ferris", "six-hands").await;
        visitor.click_button("Remove yourself").await;
        visitor
            .expect_text("only another owner can invite you back")
            .await;
        visitor.click_button("Remove myself").await;
        visitor.expect_heading("You no longer own six-hands").await;
        visitor
            .expect_focus("heading", "You no longer own six-hands")
            .await;
        assert!(
            !owners(stage, "six-hands")
                .await
                .contains(&"ferris".to_owned())
        );
    });
}

#[test]
fn a_lost_answer_to_a_removal_is_read_back() {
    story(FAULTS, async |stage| {
        let visitor = &stage.visitor;
        let path = "/api/v1/crates/six-hands/owners";
        settings(visitor, "ferris", "six-hands").await;
        fail(
            stage,
            json!([{"method": "DELETE", "path": path, "drop": "before"}]),
        )
        .await;
        visitor.foresee_broken(path);
        visitor.click_button("Remove orchard").await;
        visitor.click_button("Remove owner").await;
        visitor.expect_text("orchard is an owner so far").await;
        fail(
            stage,
            json!([{"method": "DELETE", "path": path, "drop": "after"}]),
        )
        .await;
        visitor.click_button("Remove orchard").await;
        visitor.click_button("Remove owner").await;
        visitor
            .expect_text("orchard is no owner of six-hands any more.")
            .await;
    });
}

// Adding: every form of name

#[test]
fn every_form_of_name_leads_to_the_person() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        settings(visitor, "ferris", "lone-lantern").await;
        for (text, who) in [
            ("murmur", "murmur"),
            ("@ra--", "ra--"),
            ("crates.io:robin", "robin"),
            ("cratesio:Hazel_Moss", "hazel-moss"),
            ("github:carolgithub", "carols10cents"),
            ("https://crates.io/users/alder", "alder"),
            ("https://github.com/alder", "birch"),
            ("crates_io:no-github", "no-github"),
            ("crates.io:two-services", "two-services"),
        ] {
            visitor.fill(FIELD, text).await;
            visitor.expect_text("Is this the person you mean?").await;
            visitor
                .expect_text(&format!("cargo owner --add crates.io:{who} lone-lantern"))
                .await;
            visitor.click_button(format!("Invite {who}").as_str()).await;
            visitor
                .expect_text(&format!(
                    "{who} is invited to own lone-lantern, and is no owner yet. They can accept until"
                ))
                .await;
            assert_eq!(visitor.see("textbox", FIELD).await.value, "", "{text}");
        }
        assert_eq!(owners(stage, "lone-lantern").await, ["ferris"]);
        assert_eq!(invited(visitor, "lone-lantern").await.len(), 9);
        visitor.fill(FIELD, "murmur").await;
        visitor
            .expect_text("There is an open invitation for murmur")
            .await;
        visitor.see_no("button", "Invite murmur").await;
        visitor.fill(FIELD, "ferris").await;
        visitor.expect_text("This is you.").await;
    });
}

#[test]
fn what_was_typed_is_told_back_and_what_is_no_name_is_explained() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        settings(visitor, "ferris", "lone-lantern").await;
        for (text, said) in [
            ("alice@example.org", "This is an e-mail address."),
            (
                "gitlab:alice",
                "“gitlab” is no service that owners are named by.",
            ),
            (
                "https://crates.io/crates/serde",
                "is not the page of a person or team",
            ),
            ("github:a:b:c", "A team is written github:organization:team"),
            ("two words", "A username has no spaces."),
        ] {
            visitor.fill(FIELD, text).await;
            visitor.expect_text(said).await;
        }
        visitor.press(Key::Enter).await;
        visitor.expect_focus("textbox", FIELD).await;
        stage.inspect("add-owner-unreadable").await;
    });
}

#[test]
fn a_name_with_two_readings_is_chosen_by_a_person() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        settings(visitor, "ferris", "lone-lantern").await;
        visitor.fill(FIELD, "robin").await;
        visitor.expect_text("Which one do you mean?").await;
        visitor.see("button", "Invite robin").await;
        stage.inspect("add-owner-two-readings").await;
        visitor
            .see("link", "Compare the two on a page of their own")
            .await;
        visitor.click_button("Invite sherwood").await;
        visitor
            .expect_text("sherwood is invited to own lone-lantern")
            .await;
        assert_eq!(invited(visitor, "lone-lantern").await, ["sherwood"]);
        // Ambiguous both ways.
        visitor.fill(FIELD, "birch").await;
        visitor.see("button", "Invite alder").await;
        visitor.click_button("Invite birch").await;
        visitor
            .expect_text("birch is invited to own lone-lantern")
            .await;
        // One reading leads to nobody: still nothing is chosen silently.
        visitor.foresee(404, &lookup("github%3Acarols10cents"));
        visitor.fill(FIELD, "carols10cents").await;
        visitor
            .expect_text("No account here is linked to carols10cents on GitHub.")
            .await;
        visitor.see("button", "Invite carols10cents").await;
        visitor.foresee(404, &lookup("carolgithub"));
        visitor.fill(FIELD, "carolgithub").await;
        visitor
            .expect_text("Nobody has the username carolgithub here.")
            .await;
        visitor.see("button", "Invite carols10cents").await;
    });
}

#[test]
fn a_name_like_an_owners_is_spelled_out() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        settings(visitor, "ferris", "six-hands").await;
        visitor.fill(FIELD, "ferrls").await;
        visitor
            .expect_text("ferrls is easily taken for ferris, you. They are two different accounts.")
            .await;
        visitor
            .expect_text("The difference: letter l in place of letter i.")
            .await;
        stage.inspect("add-owner-look-alike").await;
        visitor.fill(FIELD, "carolsl0cents").await;
        visitor
            .expect_text("carolsl0cents is easily taken for carols10cents, an owner of this crate.")
            .await;
    });
}

#[test]
fn nobody_is_told_apart_from_a_typo_as_far_as_can_be() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        settings(visitor, "ferris", "lone-lantern").await;
        visitor.foresee(404, &lookup("nobody-here"));
        visitor.foresee(404, &lookup("github%3Anobody-here"));
        visitor.fill(FIELD, "nobody-here").await;
        visitor.expect_text("There is no such account").await;
        visitor.expect_text("please sign in once at").await;
        visitor.see("button", "Copy the message").await;
        stage.inspect("add-owner-nobody").await;
        visitor.foresee(404, &lookup("carolgithub"));
        visitor.fill(FIELD, "crates.io:carolgithub").await;
        visitor
            .click_button("Look for carolgithub on GitHub instead")
            .await;
        visitor.expect_focus("textbox", FIELD).await;
        visitor.see("button", "Invite carols10cents").await;
    });
}

#[test]
fn a_team_is_added_at_once() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        settings(visitor, "team-member", "two-teams").await;
        visitor.fill(FIELD, "github:crab-works:core").await;
        visitor
            .expect_text("This team owns the crate already.")
            .await;
        visitor.fill(FIELD, "github:crab-works:tools").await;
        visitor.expect_text("A team is added at once").await;
        visitor.click_button("Add the team").await;
        visitor
            .expect_text("the team github:crab-works:tools owns two-teams from now on.")
            .await;
        visitor
            .see("button", "Remove the team crab-works/tools")
            .await;
        let path = "/api/v1/crates/two-teams/owners";
        visitor.foresee(400, path);
        visitor.fill(FIELD, "github:crab-works:nope").await;
        visitor.click_button("Add the team").await;
        visitor
            .expect_text("GitHub shows the registry no such team.")
            .await;
        assert_eq!(
            visitor.see("textbox", FIELD).await.value,
            "github:crab-works:nope"
        );
    });
}

// The levels of servers

#[test]
fn a_server_that_cannot_look_up_by_github_login_offers_to_invite_unseen() {
    story(Setting::DEMO.level("september"), async |stage| {
        let visitor = &stage.visitor;
        settings(visitor, "ferris", "lone-lantern").await;
        visitor.foresee(404, &lookup("github%3Amurmur"));
        visitor.foresee(404, &lookup("crates.io%3Aferris"));
        visitor.fill(FIELD, "murmur").await;
        visitor.expect_text("Is this the person you mean?").await;
        visitor.click_button("Invite murmur").await;
        visitor
            .expect_text("murmur is invited to own lone-lantern")
            .await;
        visitor.fill(FIELD, "robin").await;
        visitor.see("button", "Invite robin").await;
        visitor
            .expect_text("cargo owner --add github:robin lone-lantern")
            .await;
        visitor.click_button("Invite robin on GitHub unseen").await;
        visitor
            .expect_text("sherwood is invited to own lone-lantern")
            .await;
        assert_eq!(invited(visitor, "lone-lantern").await.len(), 2);
    });
}

#[test]
fn the_oldest_servers_get_the_plain_github_login() {
    story(Setting::DEMO.level("august"), async |stage| {
        let visitor = &stage.visitor;
        settings(visitor, "ferris", "lone-lantern").await;
        visitor.foresee(404, &lookup("github%3Acarols10cents"));
        visitor.foresee(404, &lookup("crates.io%3Aferris"));
        visitor.fill(FIELD, "carols10cents").await;
        visitor
            .expect_text("cargo owner --add carolgithub lone-lantern")
            .await;
        visitor.click_button("Invite carols10cents").await;
        visitor
            .expect_text("carols10cents is invited to own lone-lantern")
            .await;
        assert_eq!(invited(visitor, "lone-lantern").await, ["carols10cents"]);
        // Who has no GitHub account cannot be named there.
        visitor.foresee(400, "/api/v1/crates/lone-lantern/owners");
        visitor.fill(FIELD, "crates.io:no-github").await;
        visitor.click_button("Invite no-github").await;
        visitor
            .expect_text("The registry finds no account under that name")
            .await;
    });
}

#[test]
fn an_old_server_that_invites_somebody_else_is_found_out() {
    story(Setting::DEMO.level("august"), async |stage| {
        let visitor = &stage.visitor;
        settings(visitor, "ferris", "lone-lantern").await;
        visitor.fill(FIELD, "crates.io:orchard").await;
        visitor.click_button("Invite orchard").await;
        visitor
            .expect_text("The registry invited somebody else: orchard-gate, not orchard.")
            .await;
    });
}

// Races and faults

#[test]
fn somebody_renamed_between_look_up_and_invitation_is_not_invited() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        settings(visitor, "ferris", "lone-lantern").await;
        visitor.fill(FIELD, "crates.io:kestrel").await;
        visitor.see("button", "Invite kestrel").await;
        let kestrel = stage.somebody_else(Look::DESK).await;
        kestrel.open("/docs/usernames").await;
        kestrel.sign_in("kestrel-falcon").await;
        let renamed = kestrel
            .ask(
                "return fetch('/api/v1/me').then((answer) => answer.json()).then((me) => fetch('/api/v1/users/' + me.user.id, \
                 {method: 'PUT', headers: {'content-type': 'application/json'}, body: JSON.stringify({user: {username: 'tidy-walrus'}})})) \
                 .then((answer) => answer.status)",
            )
            .await;
        assert_eq!(renamed, json!(200));
        visitor.foresee(404, &lookup("kestrel"));
        visitor.click_button("Invite kestrel").await;
        visitor
            .expect_text("Nobody was invited: kestrel is not what it was a moment ago.")
            .await;
        visitor.expect_text("There is no such account").await;
        assert!(invited(visitor, "lone-lantern").await.is_empty());
    });
}

#[test]
fn a_lost_answer_is_read_back_and_never_sent_again() {
    story(FAULTS, async |stage| {
        let visitor = &stage.visitor;
        let path = "/api/v1/crates/lone-lantern/owners";
        settings(visitor, "ferris", "lone-lantern").await;
        fail(
            stage,
            json!([{"method": "PUT", "path": path, "drop": "before"}]),
        )
        .await;
        visitor.foresee_broken(path);
        visitor.fill(FIELD, "murmur").await;
        visitor.click_button("Invite murmur").await;
        visitor.expect_text("murmur is not invited so far").await;
        assert_eq!(visitor.see("textbox", FIELD).await.value, "murmur");
        fail(
            stage,
            json!([{"method": "PUT", "path": path, "drop": "after"}]),
        )
        .await;
        visitor.click_button("Invite murmur").await;
        visitor
            .expect_text("murmur is invited to own lone-lantern")
            .await;
        assert_eq!(invited(visitor, "lone-lantern").await, ["murmur"]);
    });
}

#[test]
fn what_could_not_be_looked_up_is_not_called_nobody() {
    story(FAULTS, async |stage| {
        let visitor = &stage.visitor;
        settings(visitor, "ferris", "lone-lantern").await;
        let path = lookup("murmur");
        fail(stage, json!([{"path": path, "status": 500}])).await;
        visitor.foresee(500, &path);
        visitor.fill(FIELD, "murmur").await;
        visitor
            .expect_text("It could not be looked up who that is.")
            .await;
        visitor.expect_no_text("There is no such account").await;
        fail(stage, json!([])).await;
        visitor.click_button("Look up again").await;
        visitor.see("button", "Invite murmur").await;
        let owners = "/api/v1/crates/lone-lantern/owners";
        fail(
            stage,
            json!([{"method": "PUT", "path": owners, "status": 429, "times": 1}]),
        )
        .await;
        visitor.foresee(429, owners);
        visitor.click_button("Invite murmur").await;
        visitor.expect_text("murmur was not added.").await;
        visitor.expect_text("The registry asks for a pause.").await;
    });
}

// Hands

#[test]
fn all_of_it_works_by_keyboard() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        settings(visitor, "ferris", "lone-lantern").await;
        visitor.tab_to("textbox", FIELD).await;
        visitor.press("murmur").await;
        visitor.press(Key::Enter).await;
        visitor.see("button", "Invite murmur").await;
        visitor.tab_to("button", "Invite murmur").await;
        visitor.press(Key::Enter).await;
        visitor
            .expect_text("murmur is invited to own lone-lantern")
            .await;
        // The button is gone; the focus is where the outcome is.
        visitor.settle().await;
        let focused = "return document.activeElement.id";
        assert_eq!(visitor.ask(focused).await, json!("owner-said"));
    });
}

#[test]
fn all_of_it_works_by_touch() {
    story(Setting::DEMO.look(Look::PHONE), async |stage| {
        let visitor = &stage.visitor;
        settings(visitor, "ferris", "six-hands").await;
        visitor.tap("button", "Remove orchard").await;
        visitor.tap("button", "Remove owner").await;
        visitor
            .expect_text("orchard is no owner of six-hands any more.")
            .await;
        visitor.fill(FIELD, "robin").await;
        visitor.tap("button", "Invite sherwood").await;
        visitor
            .expect_text("sherwood is invited to own six-hands")
            .await;
        stage.inspect("crate-settings-phone").await;
    });
}
