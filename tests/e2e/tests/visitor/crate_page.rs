//! `/crates/{name}`: what a crate is and who owns it.

use nameplate_e2e::browser::Look;
use nameplate_e2e::story::{Setting, story};
use serde_json::{Value, json};
use thirtyfour::Key;

#[test]
fn a_crate_page_shows_crate_readme_and_owners() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/crates/crabshell").await;
        visitor.expect_crate("crabshell").await;
        visitor.expect_title("crabshell - nameplate").await;
        visitor.see("region", "Owners").await;
        visitor.see("region", "Readme").await;
        visitor.see("link", "ferris").await;
        visitor.expect_text("cargo add crabshell").await;
        visitor.expect_no_request_twice().await;
    });
}

#[test]
fn owners_are_one_step_away_where_the_readme_stands_before_them() {
    story(Setting::DEMO.look(Look::PHONE), async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/crates/crabshell").await;
        visitor.see("link", "ferris").await;
        visitor.settle().await;
        visitor.click_link("Who owns this crate").await;
        let in_sight = "const {top, bottom} = document.getElementById('owners-heading').getBoundingClientRect();
            return top >= 0 && bottom <= innerHeight || null";
        let there = visitor.browser.until("the owners are in sight", async || {
            let said = visitor.browser.script(in_sight, Vec::new()).await?;
            Ok((!said.is_null()).then_some(()))
        });
        there.await.expect("they come into sight");
        // The keyboard goes on from there.
        visitor.press(Key::Tab).await;
        visitor.expect_focus("link", "ferris").await;
    });
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/crates/crabshell").await;
        visitor.see("region", "Owners").await;
        visitor.see_no("link", "Who owns this crate").await;
    });
}

#[test]
fn every_owner_can_be_read_however_many_there_are() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/crates/forty-keepers").await;
        visitor.see("region", "Owners").await;
        visitor.settle().await;
        let (status, answer) = stage
            .registry
            .ask("/api/v1/crates/forty-keepers/owners")
            .await
            .expect("the registry answers");
        assert_eq!(status, 200);
        let owners: Vec<&Value> = answer["users"].as_array().into_iter().flatten().collect();
        assert_eq!(owners.len(), 42);
        for owner in owners {
            let login = owner["login"].as_str().unwrap_or_default();
            // A team is shown as GitHub writes it.
            let shown = login
                .strip_prefix("github:")
                .unwrap_or(login)
                .replace(':', "/");
            visitor.expect_text(&shown).await;
        }
    });
}

#[test]
fn a_username_is_never_cut_off_and_its_letters_differ() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        for krate in ["names-at-length", "look-alikes"] {
            visitor.open(&format!("/crates/{krate}")).await;
            visitor.see("region", "Owners").await;
            visitor.settle().await;
            let script = "return [...document.querySelectorAll('main .username')].map((one) => {
                const style = getComputedStyle(one);
                return {text: one.textContent, face: style.fontFamily, ellipsis: style.textOverflow,
                    cut: one.scrollWidth > one.clientWidth + 1 && style.display !== 'inline'};
            })";
            let names = visitor.ask(script).await;
            let names = names.as_array().cloned().unwrap_or_default();
            assert!(names.len() > 1, "{krate} has several owners");
            for name in names {
                assert_eq!(name["cut"], json!(false), "{name}");
                assert_ne!(name["ellipsis"], json!("ellipsis"), "{name}");
                assert!(
                    name["face"].as_str().unwrap_or_default().contains("mono"),
                    "{name}"
                );
            }
        }
    });
}

#[test]
fn a_crate_is_found_in_any_spelling() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/crates/mixed-case_name").await;
        visitor.expect_crate("Mixed_Case-Name").await;
        visitor.expect_title("Mixed_Case-Name - nameplate").await;
    });
}

#[test]
fn a_crate_that_is_not_there_is_not_found() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.foresee(404, "/api/v1/crates/no-such-crate");
        visitor.foresee(404, "/api/v1/crates/no-such-crate/owners");
        visitor.open("/crates/no-such-crate").await;
        visitor.expect_heading("No crate no-such-crate").await;
        visitor.see("banner", "").await;
    });
}

#[test]
fn strange_crates_have_whole_pages() {
    let crates = [
        "least-possible",
        "orphaned",
        "all-yanked",
        "only-prerelease",
        "a",
        "a-crate-name-of-sixty-four-characters-which-is-the-most-allowed1",
        "html-in-description",
        "right-to-left",
        "hostile-links",
        "billions-of-downloads",
        "no-downloads",
        "binary-only",
        "many-versions",
    ];
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        // A crate without a README is told so by the file host.
        for name in crates {
            visitor.open(&format!("/crates/{name}")).await;
            visitor.expect_crate(name).await;
            visitor.see("region", "Owners").await;
            visitor.settle().await;
            let text = visitor.text().await;
            for leftover in ["undefined", "NaN", "Invalid Date", "[object"] {
                assert!(!text.contains(leftover), "{leftover} on {name}: {text}");
            }
            let refused = visitor.network().await;
            for one in refused
                .over_the_wire()
                .filter(|one| one.status.is_some_and(|status| status >= 400))
            {
                visitor.foresee(one.status.unwrap_or_default(), one.path());
                assert!(one.path().starts_with("/readmes/"), "{one}");
            }
        }
    });
}

#[test]
fn links_that_are_no_web_addresses_are_not_links() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/crates/hostile-links").await;
        visitor.expect_crate("hostile-links").await;
        visitor.settle().await;
        let script = "return [...document.querySelectorAll('main a')].map((one) => one.protocol)";
        let protocols = visitor.ask(script).await;
        for protocol in protocols.as_array().into_iter().flatten() {
            assert!(
                ["http:", "https:"].iter().any(|safe| protocol == safe),
                "{protocols}"
            );
        }
        for one in visitor
            .network()
            .await
            .over_the_wire()
            .filter(|one| one.status == Some(403))
        {
            visitor.foresee(403, one.path());
        }
    });
}

#[test]
fn install_lines_can_be_copied() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor
            .browser
            .cdp(
                "Browser.grantPermissions",
                json!({"origin": visitor.origin(), "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]}),
            )
            .await
            .expect("the clipboard is allowed");
        visitor.open("/crates/lone-lantern").await;
        visitor.listen_to_status().await;
        visitor.click_button("Copy command").await;
        let read = "return navigator.clipboard.readText()";
        visitor
            .browser
            .until("the command in the clipboard", async || {
                let held = visitor.browser.script(read, Vec::new()).await?;
                Ok((held == "cargo add lone-lantern").then_some(()))
            })
            .await
            .expect("it was copied");
        assert!(!visitor.heard().await.is_empty(), "copying is said");
    });
}

#[test]
fn a_name_from_right_to_left_begins_where_the_username_does() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/crates/readme-sixty-kilobytes").await;
        visitor.see("link", "layla-codes").await;
        let lefts = "return ['a', '.display-name'].map((part) => {
            const text = document.createRange();
            text.selectNodeContents(document.querySelector(`.owner ${part}`));
            return Math.round(text.getBoundingClientRect().left);
        })";
        let lefts = visitor.ask(lefts).await;
        assert_eq!(lefts[0], lefts[1]);
    });
}
