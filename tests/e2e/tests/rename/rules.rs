//! The server's rules as somebody meets them: the limit, the hold, taking back, names that cannot be had, spellings.

use super::steps::{choose, confirm, days_pass, expect_done, is_there, open_as, record, rename};
use nameplate_e2e::browser::Look;
use nameplate_e2e::by_role::containing;
use nameplate_e2e::story::{Setting, Stage, story};

const CLOCK: Setting = Setting::DEMO.clock();

/// Takes the former name back, from the page of the username.
async fn take_back(stage: &Stage, name: &str) {
    let visitor = &stage.visitor;
    visitor.open("/settings/username").await;
    visitor
        .click_button(format!("Take back “{name}”").as_str())
        .await;
    visitor
        .expect_heading("Take your former username back?")
        .await;
    visitor
        .expect_path(&format!("/settings/username/review?to={name}"))
        .await;
    visitor.click_button("Take it back…").await;
    visitor.see("dialog", containing("back?")).await;
    visitor.click_button("Take it back").await;
}

#[test]
fn a_second_change_within_30_days_is_refused_with_its_date_and_the_text_kept() {
    story(CLOCK, async |stage| {
        let visitor = &stage.visitor;
        visitor.foresee(429, &record(stage, "empty-shelf").await);
        open_as(visitor, "empty-shelf", "/settings/username").await;
        rename(visitor, "tidy-walrus", false).await;
        expect_done(visitor, "tidy-walrus").await;
        days_pass(stage, 29).await;
        visitor.open("/settings/username/choose").await;
        visitor.expect_text("less than 30 days ago").await;
        choose(visitor, "brisk-heron").await;
        visitor
            .expect_text("Most likely this one will be refused")
            .await;
        confirm(visitor, "brisk-heron", false).await;
        visitor.expect_heading("Choose a username").await;
        visitor
            .expect_text("a username can be changed once in 30 days, and yours not before")
            .await;
        assert_eq!(
            visitor.see("textbox", "New username").await.value,
            "brisk-heron"
        );
        visitor.expect_focus("textbox", "New username").await;
        assert!(is_there(stage, "tidy-walrus").await && !is_there(stage, "brisk-heron").await);
        days_pass(stage, 2).await;
        rename(visitor, "brisk-heron", false).await;
        expect_done(visitor, "brisk-heron").await;
        assert!(is_there(stage, "brisk-heron").await);
    });
}

#[test]
fn on_day_29_the_old_name_is_taken_back_and_not_a_second_time() {
    story(CLOCK, async |stage| {
        let visitor = &stage.visitor;
        open_as(visitor, "empty-shelf", "/settings/username").await;
        rename(visitor, "tidy-walrus", false).await;
        expect_done(visitor, "tidy-walrus").await;
        days_pass(stage, 29).await;
        visitor.open("/settings/username").await;
        visitor.expect_text("(1 day left)").await;
        take_back(stage, "empty-shelf").await;
        expect_done(visitor, "empty-shelf").await;
        visitor
            .expect_text("“tidy-walrus” is given up, and held from everybody until")
            .await;
        assert!(is_there(stage, "empty-shelf").await && !is_there(stage, "tidy-walrus").await);
        visitor.click_button("Done").await;
        visitor
            .expect_text("There is no former username you could take back")
            .await;
        assert!(
            visitor
                .all("button", containing("Take back"))
                .await
                .is_empty()
        );
        // What was given up by it is held from everybody, the one who gave it up included.
        visitor
            .open("/settings/username/choose?name=tidy-walrus")
            .await;
        visitor
            .expect_text("“tidy-walrus” was given up lately and cannot be taken before")
            .await;
    });
}

#[test]
fn on_day_31_the_old_name_cannot_be_taken_back_but_chosen() {
    story(CLOCK, async |stage| {
        let visitor = &stage.visitor;
        open_as(visitor, "empty-shelf", "/settings/username").await;
        rename(visitor, "tidy-walrus", false).await;
        expect_done(visitor, "tidy-walrus").await;
        days_pass(stage, 31).await;
        visitor.open("/settings/username").await;
        visitor
            .expect_text("You can change your username now")
            .await;
        assert!(
            visitor
                .all("button", containing("Take back"))
                .await
                .is_empty()
        );
        rename(visitor, "empty-shelf", false).await;
        expect_done(visitor, "empty-shelf").await;
    });
}

/// Lets days go by at the registry and on the page that is open: its own clock goes along.
async fn days_pass_on_the_page(stage: &Stage, days: u64) {
    days_pass(stage, days).await;
    let clock = format!("const now = Date.now; Date.now = () => now() + {days} * 864e5");
    stage.visitor.ask(&clock).await;
}

#[test]
fn a_page_that_was_open_over_the_end_of_the_window_says_why_not() {
    story(CLOCK, async |stage| {
        let visitor = &stage.visitor;
        // Gave up `amber-fox` 29 days ago.
        open_as(visitor, "amber-fox", "/settings/username").await;
        visitor.see("button", "Take back “amber-fox”").await;
        days_pass_on_the_page(stage, 2).await;
        visitor.click_button("Take back “amber-fox”").await;
        visitor
            .expect_text("The time to take it back was over on")
            .await;
        visitor.expect_focus("heading", "Former username").await;
        visitor.expect_path("/settings/username").await;
        assert!(is_there(stage, "copper-fox").await, "nothing was sent");
        visitor.reload().await;
        visitor.expect_heading("Username").await;
        visitor.settle().await;
        assert!(
            visitor
                .all("button", containing("Take back"))
                .await
                .is_empty()
        );
    });
}

#[test]
fn a_review_that_was_open_over_the_end_of_the_window_says_why_not_and_sends_nothing() {
    story(CLOCK, async |stage| {
        let visitor = &stage.visitor;
        open_as(visitor, "amber-fox", "/settings/username").await;
        visitor.click_button("Take back “amber-fox”").await;
        visitor
            .expect_heading("Take your former username back?")
            .await;
        days_pass_on_the_page(stage, 2).await;
        let other = stage.somebody_else(Look::DESK).await;
        open_as(&other, "empty-shelf", "/settings/username").await;
        rename(&other, "amber-fox", false).await;
        expect_done(&other, "amber-fox").await;
        visitor.click_button("Take it back…").await;
        let heading = "“amber-fox” cannot be taken back any more";
        visitor.expect_heading(heading).await;
        visitor.expect_focus("heading", heading).await;
        visitor.expect_text("Nothing was sent").await;
        visitor.expect_path("/settings/username").await;
        stage.inspect("rename-too-late").await;
        visitor.click_button("Back to your username").await;
        visitor.expect_heading("Username").await;
        assert!(is_there(stage, "copper-fox").await && is_there(stage, "amber-fox").await);
    });
}

#[test]
fn somebody_else_gets_the_old_name_on_day_31_and_not_on_day_29() {
    story(CLOCK, async |stage| {
        let visitor = &stage.visitor;
        open_as(visitor, "empty-shelf", "/settings/username").await;
        rename(visitor, "tidy-walrus", false).await;
        expect_done(visitor, "tidy-walrus").await;
        days_pass(stage, 29).await;
        let other = stage.somebody_else(Look::DESK).await;
        open_as(
            &other,
            "broken-avatar",
            "/settings/username/choose?name=empty-shelf",
        )
        .await;
        other
            .expect_text("“empty-shelf” was given up lately and cannot be taken before")
            .await;
        assert!(
            !other.text().await.contains("tidy-walrus"),
            "by whom is never said"
        );
        days_pass(stage, 2).await;
        rename(&other, "empty-shelf", true).await;
        expect_done(&other, "empty-shelf").await;
        assert!(is_there(stage, "empty-shelf").await && is_there(stage, "tidy-walrus").await);
        // And now it is gone for the one who had it.
        visitor
            .open("/settings/username/choose?name=empty-shelf")
            .await;
        visitor.expect_text("“empty-shelf” is taken").await;
    });
}

#[test]
fn reserved_taken_and_look_alike_names_are_told_apart() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        open_as(
            visitor,
            "empty-shelf",
            "/settings/username/choose?name=admin",
        )
        .await;
        visitor.expect_text("“admin” is set aside").await;
        visitor.fill("New username", "ferris-").await;
        visitor
            .expect_text("“ferris-” looks too much like “ferris”")
            .await;
        visitor.fill("New username", "Carols10Cents").await;
        visitor
            .expect_text("is the same name as “carols10cents”")
            .await;
        // A name that is gone is asked about once more and then refused here, without being sent.
        visitor.click_button("Review the change").await;
        visitor.expect_focus("textbox", "New username").await;
        visitor.expect_heading("Choose a username").await;
        let asked = visitor.network().await.api_calls();
        assert!(
            asked.iter().all(|call| call.starts_with("GET ")),
            "{asked:?}"
        );
        assert!(is_there(stage, "empty-shelf").await);
    });
}

#[test]
fn capitals_only_has_a_shorter_way_and_leaves_the_limit_alone() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        open_as(visitor, "old-moss", "/settings/username/choose").await;
        visitor.fill("New username", "Fresh_Moss").await;
        visitor
            .expect_text("your own name in another spelling")
            .await;
        visitor.click_button("Review the change").await;
        visitor
            .expect_heading("Change how your username is spelled?")
            .await;
        visitor.expect_text("are one name to the registry").await;
        visitor.expect_no_text("What becomes of").await;
        visitor.click_button("Change spelling…").await;
        visitor.expect_focus("button", "Cancel").await;
        assert!(
            visitor
                .all("textbox", "Type the new username once more")
                .await
                .is_empty()
        );
        visitor.click_button("Change spelling").await;
        expect_done(visitor, "Fresh_Moss").await;
        assert!(is_there(stage, "Fresh_Moss").await);
        visitor.click_button("Done").await;
        // What was there to take back still is.
        visitor.see("button", "Take back “old-moss”").await;
    });
}

#[test]
fn a_rename_on_github_makes_the_badge_appear_and_leaves_the_username() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/users/renamed-on-github").await;
        visitor.expect_heading("renamed-on-github").await;
        open_as(visitor, "octo-after", "/settings/username").await;
        visitor.expect_text("renamed-on-github").await;
        visitor.see("link", "GitHub: octo-after").await;
        visitor
            .expect_text("crates.io username is not their GitHub username")
            .await;
        assert!(is_there(stage, "renamed-on-github").await);
    });
}

#[test]
fn of_two_claims_in_the_same_instant_one_wins_and_the_other_is_told() {
    story(Setting::DEMO, async |stage| {
        let one = &stage.visitor;
        let two = stage.somebody_else(Look::DESK).await;
        let records = [
            record(stage, "empty-shelf").await,
            record(stage, "broken-avatar").await,
        ];
        open_as(one, "empty-shelf", "/settings/username/choose").await;
        open_as(&two, "broken-avatar", "/settings/username/choose").await;
        for visitor in [one, &two] {
            choose(visitor, "tidy-walrus").await;
            visitor.expect_heading("Change your username?").await;
            visitor.click_button("Change username…").await;
            visitor
                .see("dialog", containing("Change your username to"))
                .await;
        }
        // Who owns crates types the name once more.
        two.fill("Type the new username once more", "tidy-walrus")
            .await;
        let press = "[...document.querySelectorAll('dialog button')].find((one) => one.textContent === 'Change username').click()";
        tokio::join!(one.ask(press), two.ask(press));
        let mut winners = 0;
        for (visitor, record) in [one, &two].into_iter().zip(&records) {
            let outcome = visitor
                .browser
                .until("an outcome", async || {
                    let text = visitor.text().await;
                    let won = text.contains("Your username is “tidy-walrus”");
                    let lost = text.contains("“tidy-walrus” is taken");
                    Ok((won || lost).then_some(won))
                })
                .await
                .expect("one of the two");
            if outcome {
                winners += 1;
            } else {
                visitor.foresee(409, record);
                visitor.expect_heading("Choose a username").await;
                assert_eq!(
                    visitor.see("textbox", "New username").await.value,
                    "tidy-walrus"
                );
            }
        }
        assert_eq!(winners, 1);
        let kept = [
            is_there(stage, "empty-shelf").await,
            is_there(stage, "broken-avatar").await,
        ];
        assert_eq!(
            kept.iter().filter(|kept| **kept).count(),
            1,
            "the loser has the old name"
        );
    });
}
