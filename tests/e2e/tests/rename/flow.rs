//! The way through, step by step: addresses, back and forward, keyboard, what is transferred.

use super::steps::{choose, confirm, expect_done, is_there, open_as, rename};
use nameplate_e2e::browser::Look;
use nameplate_e2e::by_role::containing;
use nameplate_e2e::story::{Setting, story};
use thirtyfour::Key;

#[test]
fn a_rename_goes_step_by_step_and_everything_shows_the_new_name() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        open_as(visitor, "empty-shelf", "/settings/username").await;
        visitor.expect_heading("Username").await;
        visitor.see("link", "GitHub: empty-shelf").await;
        visitor.expect_text("exactly your GitHub username").await;
        visitor.click_link("Change username").await;
        choose(visitor, "tidy-walrus").await;
        visitor
            .expect_path("/settings/username/review?to=tidy-walrus")
            .await;
        for part in [
            "/users/tidy-walrus",
            "cargo owner --add crates.io:tidy-walrus",
            "A mark appears beside your username",
            "Your API tokens go on working",
            "What becomes of “empty-shelf”",
            "Until then it is held for you",
            "You can change your username again from",
            "not for sale",
        ] {
            visitor.expect_text(part).await;
        }
        visitor.click_button("Change username…").await;
        visitor.expect_focus("button", "Cancel").await;
        assert!(
            is_there(stage, "empty-shelf").await,
            "nothing is sent before it is confirmed"
        );
        visitor.click_button("Change username").await;
        expect_done(visitor, "tidy-walrus").await;
        visitor
            .expect_focus("heading", "Your username is “tidy-walrus”")
            .await;
        assert!(is_there(stage, "tidy-walrus").await);
        assert!(
            !is_there(stage, "empty-shelf").await,
            "the old name leads nowhere"
        );
        // The entry of the review was replaced: back leads to the field, not to a change that was made.
        visitor.click_button("Done").await;
        visitor.expect_heading("Username").await;
        visitor.expect_text("You can take it back until").await;
        visitor.click_link("Profile").await;
        visitor.expect_text("tidy-walrus").await;
    });
}

#[test]
fn who_owns_crates_types_the_name_again() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        open_as(
            visitor,
            "twenty-five",
            "/settings/username/choose?name=tidy-walrus",
        )
        .await;
        visitor.expect_text("is free").await;
        visitor.click_button("Review the change").await;
        visitor
            .expect_text("You go on owning your 25 crates:")
            .await;
        visitor.see("link", "All your crates").await;
        visitor.click_button("Change username…").await;
        visitor.expect_focus("button", "Cancel").await;
        visitor
            .fill("Type the new username once more", "tidy-walru")
            .await;
        visitor.click_button("Change username").await;
        visitor.expect_text("That is not “tidy-walrus”").await;
        assert!(is_there(stage, "twenty-five").await, "nothing was sent");
        visitor
            .fill("Type the new username once more", "tidy-walrus")
            .await;
        visitor.press(Key::Enter).await;
        expect_done(visitor, "tidy-walrus").await;
        assert!(is_there(stage, "tidy-walrus").await);
    });
}

#[test]
fn back_forward_and_reload_behave_and_send_nothing() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        open_as(visitor, "empty-shelf", "/settings/username").await;
        visitor.click_link("Change username").await;
        choose(visitor, "tidy-walrus").await;
        visitor.expect_heading("Change your username?").await;
        visitor.back().await;
        visitor.expect_heading("Choose a username").await;
        visitor
            .expect_path("/settings/username/choose?name=tidy-walrus")
            .await;
        assert_eq!(
            visitor.see("textbox", "New username").await.value,
            "tidy-walrus"
        );
        visitor.forward().await;
        visitor.expect_heading("Change your username?").await;
        visitor.click_button("Choose another name").await;
        visitor.expect_heading("Choose a username").await;
        visitor.back().await;
        visitor.expect_heading("Change your username?").await;
        // A reload forgets what was chosen: an address alone is no choice.
        visitor.reload().await;
        visitor.expect_heading("Choose a username").await;
        visitor
            .expect_path("/settings/username/choose?name=tidy-walrus")
            .await;
        visitor.expect_text("is free").await;
        visitor.settle().await;
        let asked = visitor.network().await.api_calls();
        assert!(
            asked.iter().all(|call| call.starts_with("GET ")),
            "{asked:?}"
        );
        assert!(is_there(stage, "empty-shelf").await);
    });
}

#[test]
fn an_address_whose_earlier_steps_are_missing_lands_on_choose_with_the_name() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        open_as(
            visitor,
            "empty-shelf",
            "/settings/username/review?to=ferris",
        )
        .await;
        visitor
            .expect_path("/settings/username/choose?name=ferris")
            .await;
        visitor.expect_heading("Choose a username").await;
        visitor.expect_text("“ferris” is taken").await;
    });
}

#[test]
fn a_dialog_that_is_left_changes_nothing() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        open_as(visitor, "empty-shelf", "/settings/username/choose").await;
        choose(visitor, "tidy-walrus").await;
        visitor.click_button("Change username…").await;
        visitor.expect_focus("button", "Cancel").await;
        visitor.press(Key::Escape).await;
        visitor
            .see_no("dialog", containing("Change your username"))
            .await;
        visitor.expect_focus("button", "Change username…").await;
        visitor.click_button("Change username…").await;
        visitor.click_button("Cancel").await;
        visitor
            .see_no("dialog", containing("Change your username"))
            .await;
        assert!(is_there(stage, "empty-shelf").await);
    });
}

#[test]
fn a_full_rename_transfers_under_20_kilobytes_beyond_the_loaded_app() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        open_as(visitor, "empty-shelf", "/settings/username").await;
        visitor.expect_heading("Username").await;
        visitor.settle().await;
        visitor
            .browser
            .forget_network()
            .await
            .expect("the log starts anew");
        visitor.click_link("Change username").await;
        visitor.fill("New username", "tidy-walrus").await;
        visitor.expect_text("is free").await;
        visitor.click_button("Review the change").await;
        confirm(visitor, "tidy-walrus", false).await;
        expect_done(visitor, "tidy-walrus").await;
        visitor.settle().await;
        let network = visitor.network().await;
        let bytes: u64 = network.all().iter().map(|one| one.bytes).sum();
        let calls = network.api_calls();
        println!("a rename transfers {bytes} bytes: {calls:#?}");
        assert!(bytes > 0 && bytes < 20_000, "{bytes} bytes: {calls:#?}");
    });
}

#[test]
fn the_keyboard_alone_is_enough() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        open_as(visitor, "twenty-five", "/settings/username").await;
        visitor.expect_heading("Username").await;
        visitor.tab_to("link", "Change username").await;
        visitor.press(Key::Enter).await;
        visitor.expect_focus("heading", "Choose a username").await;
        visitor.tab_to("textbox", "New username").await;
        visitor.press("tidy-walrus").await;
        visitor.press(Key::Enter).await;
        visitor
            .expect_focus("heading", "Change your username?")
            .await;
        visitor.tab_to("button", "Change username…").await;
        visitor.press(Key::Enter).await;
        visitor.expect_focus("button", "Cancel").await;
        visitor
            .tab_to("textbox", "Type the new username once more")
            .await;
        visitor.press("tidy-walrus").await;
        visitor.tab_to("button", "Change username").await;
        visitor.press(Key::Enter).await;
        visitor
            .expect_focus("heading", "Your username is “tidy-walrus”")
            .await;
        visitor.tab_to("button", "Done").await;
        visitor.press(Key::Enter).await;
        visitor.expect_focus("heading", "Username").await;
        assert!(is_there(stage, "tidy-walrus").await);
    });
}

#[test]
fn a_phone_is_enough_too() {
    story(Setting::DEMO.look(Look::PHONE), async |stage| {
        let visitor = &stage.visitor;
        open_as(visitor, "empty-shelf", "/settings/username").await;
        rename(visitor, "tidy-walrus", false).await;
        expect_done(visitor, "tidy-walrus").await;
    });
}

#[test]
fn a_guest_signs_in_and_is_at_the_same_page() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.foresee(403, "/api/v1/me");
        visitor
            .open("/settings/username/choose?name=tidy-walrus")
            .await;
        visitor.expect_heading("Sign in to see this page").await;
        let main = "[...document.querySelectorAll('main button')].find((one) => one.textContent.includes('Log in')).click()";
        visitor.ask(main).await;
        visitor.choose_identity("empty-shelf").await;
        visitor.expect_heading("Choose a username").await;
        visitor
            .expect_path("/settings/username/choose?name=tidy-walrus")
            .await;
        assert_eq!(
            visitor.see("textbox", "New username").await.value,
            "tidy-walrus"
        );
    });
}
