//! Two tabs of one browser, two devices of one person, and a session that ends in the middle.

use super::steps::{choose, confirm, expect_done, is_there, open_as, record, rename};
use nameplate_e2e::browser::Look;
use nameplate_e2e::story::{Setting, story};

#[test]
fn another_tab_follows_a_rename_within_a_second() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        open_as(visitor, "empty-shelf", "/users/empty-shelf").await;
        visitor.expect_heading("empty-shelf").await;
        visitor.see("link", "Edit your profile").await;
        let driver = visitor.browser.driver();
        let first = driver.window().await.expect("a tab");
        let second = driver.new_tab().await.expect("another tab");
        driver.switch_to_window(second).await.expect("it is shown");
        rename(visitor, "tidy-walrus", false).await;
        expect_done(visitor, "tidy-walrus").await;
        driver.switch_to_window(first).await.expect("it is shown");
        let start = std::time::Instant::now();
        visitor.see("button", "tidy-walrus").await;
        assert!(
            start.elapsed().as_millis() < 1_000,
            "it took {:?}",
            start.elapsed()
        );
        visitor.expect_path("/users/tidy-walrus").await;
        visitor.expect_heading("tidy-walrus").await;
    });
}

#[test]
fn pages_of_crates_in_other_tabs_name_their_owner_anew() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        let (_, body) = stage
            .registry
            .ask("/api/v1/users/twenty-five")
            .await
            .expect("it answers");
        let owned = format!("/api/v1/crates?user_id={}", body["user"]["id"]);
        let (_, body) = stage.registry.ask(&owned).await.expect("it answers");
        let krate = body["crates"][0]["name"].as_str().expect("a crate");
        open_as(visitor, "twenty-five", &format!("/crates/{krate}")).await;
        visitor.see("link", "twenty-five").await;
        visitor.see("region", "Readme").await;
        let driver = visitor.browser.driver();
        let crate_page = driver.window().await.expect("a tab");
        let versions = driver.new_tab().await.expect("another tab");
        let shown = driver.switch_to_window(versions.clone()).await;
        shown.expect("it is shown");
        visitor.open(&format!("/crates/{krate}/versions")).await;
        visitor.see("list", "Versions").await;
        let third = driver.new_tab().await.expect("a third tab");
        driver.switch_to_window(third).await.expect("it is shown");
        rename(visitor, "tidy-walrus", true).await;
        expect_done(visitor, "tidy-walrus").await;
        let shown = driver.switch_to_window(crate_page).await;
        shown.expect("it is shown");
        visitor.see("link", "tidy-walrus").await;
        visitor.see_no("link", "twenty-five").await;
        visitor.see("region", "Readme").await;
        let shown = driver.switch_to_window(versions).await;
        shown.expect("it is shown");
        visitor.see("button", "tidy-walrus").await;
        visitor.see("list", "Versions").await;
        visitor.expect_no_text("twenty-five").await;
    });
}

#[test]
fn a_form_that_was_overtaken_in_another_tab_says_so() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        open_as(visitor, "empty-shelf", "/settings/username/choose").await;
        choose(visitor, "brisk-heron").await;
        visitor.expect_heading("Change your username?").await;
        let driver = visitor.browser.driver();
        let first = driver.window().await.expect("a tab");
        let second = driver.new_tab().await.expect("another tab");
        driver.switch_to_window(second).await.expect("it is shown");
        rename(visitor, "tidy-walrus", false).await;
        expect_done(visitor, "tidy-walrus").await;
        driver.switch_to_window(first).await.expect("it is shown");
        visitor
            .expect_heading("Your username was changed elsewhere")
            .await;
        visitor.expect_text("“tidy-walrus”").await;
        visitor.expect_text("nothing was sent").await;
        visitor.click_button("Go on").await;
        visitor.expect_heading("Username").await;
        assert!(is_there(stage, "tidy-walrus").await && !is_there(stage, "brisk-heron").await);
    });
}

#[test]
fn an_old_form_on_another_device_gets_a_clear_answer() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.foresee(429, &record(stage, "empty-shelf").await);
        let device = stage.somebody_else(Look::PHONE).await;
        open_as(visitor, "empty-shelf", "/settings/username/choose").await;
        choose(visitor, "brisk-heron").await;
        visitor.expect_heading("Change your username?").await;
        open_as(&device, "empty-shelf", "/settings/username").await;
        rename(&device, "tidy-walrus", false).await;
        expect_done(&device, "tidy-walrus").await;
        confirm(visitor, "brisk-heron", false).await;
        visitor
            .expect_heading("Your username was changed elsewhere")
            .await;
        visitor
            .expect_text("The change you sent from here was refused")
            .await;
        visitor.see("button", "tidy-walrus").await;
        assert!(is_there(stage, "tidy-walrus").await && !is_there(stage, "brisk-heron").await);
    });
}

#[test]
fn a_log_out_in_another_tab_is_followed_and_signing_in_goes_on_where_one_was() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        open_as(visitor, "empty-shelf", "/settings/username/choose").await;
        choose(visitor, "tidy-walrus").await;
        visitor.expect_heading("Change your username?").await;
        let driver = visitor.browser.driver();
        let first = driver.window().await.expect("a tab");
        let second = driver.new_tab().await.expect("another tab");
        driver
            .switch_to_window(second.clone())
            .await
            .expect("it is shown");
        visitor.open("/docs/usernames").await;
        visitor.click_button("empty-shelf").await;
        visitor.foresee(403, "/api/v1/me");
        visitor.click_button("Log out").await;
        visitor.see("button", "Log in with GitHub").await;
        driver.close_window().await.expect("it closes");
        driver.switch_to_window(first).await.expect("it is shown");
        visitor.expect_heading("You are signed out").await;
        visitor.ask("[...document.querySelectorAll('main button')].find((one) => one.textContent.includes('Log in')).click()").await;
        visitor.choose_identity("empty-shelf").await;
        visitor.expect_heading("Change your username?").await;
        visitor
            .expect_path("/settings/username/review?to=tidy-walrus")
            .await;
        confirm(visitor, "tidy-walrus", false).await;
        expect_done(visitor, "tidy-walrus").await;
    });
}

#[test]
fn another_account_sees_nothing_of_what_was_begun() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        open_as(visitor, "empty-shelf", "/settings/username/choose").await;
        choose(visitor, "tidy-walrus").await;
        visitor.expect_heading("Change your username?").await;
        // The session ends without a word, as when it runs out.
        visitor
            .browser
            .driver()
            .delete_all_cookies()
            .await
            .expect("they go");
        visitor.foresee(403, &record(stage, "empty-shelf").await);
        confirm(visitor, "tidy-walrus", false).await;
        visitor.expect_heading("You are signed out").await;
        visitor.expect_text("Nothing was changed").await;
        assert!(is_there(stage, "empty-shelf").await);
        visitor.ask("[...document.querySelectorAll('main button')].find((one) => one.textContent.includes('Log in')).click()").await;
        visitor.choose_identity("broken-avatar").await;
        visitor
            .expect_heading("Another account is signed in now")
            .await;
        assert!(!visitor.text().await.contains("tidy-walrus"));
        visitor.expect_path("/settings/username").await;
        assert!(is_there(stage, "broken-avatar").await && !is_there(stage, "tidy-walrus").await);
    });
}
