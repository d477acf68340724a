//! What the app makes of a README beyond showing it: coloured code, alerts, anchors, pictures for either colour scheme.

use nameplate_e2e::browser::Look;
use nameplate_e2e::by_role::containing;
use nameplate_e2e::story::{Setting, story};
use nameplate_e2e::visitor::Visitor;
use serde_json::json;
use thirtyfour::Key;

async fn open(visitor: &Visitor, path: &str) {
    visitor.open(path).await;
    visitor.see("region", "Readme").await;
    visitor.settle().await;
    for one in visitor.network().await.over_the_wire() {
        // Pictures that are not there are part of what is shown.
        if let Some(status @ 400..) = one.status {
            visitor.foresee(status, one.path());
        }
    }
}

/// Waits until code is coloured.
async fn coloured(visitor: &Visitor) {
    let there = "return document.querySelectorAll('.readme pre span').length > 0";
    let wait = visitor.browser.until("coloured code", async || {
        Ok((visitor.browser.script(there, Vec::new()).await? == true).then_some(()))
    });
    wait.await.expect("the highlighter comes");
}

#[test]
fn code_is_coloured_and_reads_as_it_was_written() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        open(visitor, "/crates/readme-kitchen-sink").await;
        coloured(visitor).await;
        visitor.settle().await;
        let script = "
            const code = (language) => document.querySelector(`.readme code[class*='language-${language}']`);
            return {
                keyword: getComputedStyle(code('rust').querySelector('.hljs-keyword')).color !== getComputedStyle(code('rust')).color,
                rust: code('rust').textContent.startsWith('use readme_kitchen_sink::{Sink, Tap};\\n\\n/// Fills the sink & says'),
                toml: code('toml').querySelectorAll('span').length > 0,
                json: code('json').querySelectorAll('span').length > 0,
                attributes: code('rust,no_run').querySelectorAll('span').length > 0,
                unknown: code('brainfudge').querySelectorAll('span').length,
                plain: [...document.querySelectorAll('.readme pre > code:not([class])')].every((one) => !one.children.length),
                styled: document.querySelectorAll('.readme [style]').length,
            };";
        let expected = json!({
            "keyword": true, "rust": true, "toml": true, "json": true, "attributes": true,
            "unknown": 0, "plain": true, "styled": 0,
        });
        assert_eq!(visitor.ask(script).await, expected);
    });
}

#[test]
fn the_highlighter_comes_only_where_there_is_code() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        let asked = async || {
            let network = visitor.network().await;
            network
                .all()
                .iter()
                .filter(|one| one.path().starts_with("/assets/highlight-"))
                .count()
        };
        visitor.open("/users/ferris").await;
        visitor.see("region", containing("Crates")).await;
        visitor.settle().await;
        assert_eq!(asked().await, 0, "a page without code");
        open(visitor, "/crates/crabshell").await;
        coloured(visitor).await;
        assert_eq!(asked().await, 1, "a page with code");
    });
}

#[test]
fn without_the_highlighter_code_is_plain_and_nothing_else_is_lost() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/users/ferris").await;
        let address = visitor
            .ask("return document.querySelector('meta[name=highlighter]').content")
            .await;
        let address = address.as_str().expect("an address").to_owned();
        let blocked = json!({"urls": [format!("*{address}")]});
        visitor
            .browser
            .cdp("Network.enable", json!({}))
            .await
            .expect("the network is watched");
        visitor
            .browser
            .cdp("Network.setBlockedURLs", blocked)
            .await
            .expect("it is blocked");
        visitor.open("/crates/crabshell").await;
        visitor.see("region", "Readme").await;
        visitor.settle().await;
        let network = visitor.network().await;
        let refused = network
            .all()
            .iter()
            .any(|one| one.path() == address && one.failure.is_some());
        assert!(refused, "the highlighter was asked for and did not come");
        visitor.expect_text("use crabshell::Builder;").await;
        assert_eq!(
            visitor
                .ask("return document.querySelectorAll('.readme pre span').length")
                .await,
            0
        );
        visitor.see("region", "Owners").await;
    });
}

#[test]
fn alerts_are_alerts_in_either_spelling() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        open(visitor, "/crates/readme-kitchen-sink").await;
        let titles = "return [...document.querySelectorAll('.readme .markdown-alert-title')].map((one) => one.textContent)";
        assert_eq!(
            visitor.ask(titles).await,
            json!([
                "Note",
                "Tip",
                "Important",
                "Warning",
                "Caution",
                "Note",
                "Warning"
            ])
        );
        visitor.expect_no_text("[!NOTE]").await;
        visitor.expect_no_text("[!WARNING]").await;
        assert_eq!(
            visitor
                .ask("return document.querySelectorAll('.readme blockquote').length")
                .await,
            2
        );
    });
}

/// Waits until a heading is at the top of the window, and looks whether it stays there when all has come.
async fn expect_at_top(visitor: &Visitor, id: &str) {
    let top = format!("return document.getElementById({id:?}).getBoundingClientRect().top");
    for _ in 0..2 {
        let mut last = json!(null);
        let there = visitor.browser.until("the heading in sight", async || {
            last = visitor.browser.script(&top, Vec::new()).await?;
            let is_there = last.as_f64().is_some_and(|top| (0.0..200.0).contains(&top));
            Ok(is_there.then_some(()))
        });
        let there = there.await;
        assert!(there.is_ok(), "{id} is at {last}");
        visitor.settle().await;
    }
}

#[test]
fn a_heading_is_linked_to_and_reads_as_itself() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        open(visitor, "/crates/readme-kitchen-sink").await;
        visitor.see("heading", "Tables").await;
        visitor.click_link("Link to “Tables”").await;
        visitor
            .expect_path("/crates/readme-kitchen-sink#user-content-tables")
            .await;
        expect_at_top(visitor, "user-content-tables").await;
        // Whoever comes with the address alone gets there too, in either spelling.
        for address in ["#user-content-tables", "#tables"] {
            visitor.open("/users/ferris").await;
            visitor
                .open(&format!("/crates/readme-kitchen-sink{address}"))
                .await;
            visitor.see("heading", "Tables").await;
            expect_at_top(visitor, "user-content-tables").await;
        }
    });
}

#[test]
fn a_heading_stays_in_sight_whatever_comes_after_it() {
    story(Setting::DEMO.look(Look::PHONE).faults(), async |stage| {
        let visitor = &stage.visitor;
        // The last heading of a page that pictures and numbers still make longer.
        let slow = json!([
            {"path": "/api/v1/crates/readme-kitchen-sink/owners", "latency_ms": 1500},
            {"path": "/api/v1/crates/readme-kitchen-sink/downloads", "latency_ms": 1500},
        ]);
        stage.registry.fail(slow).await.expect("it is slow now");
        for id in [
            "user-content-tables",
            "user-content-words",
            "user-content-leftovers",
        ] {
            visitor.open("/users/ferris").await;
            visitor
                .open(&format!("/crates/readme-kitchen-sink#{id}"))
                .await;
            expect_at_top(visitor, id).await;
            visitor.foresee_what_failed().await;
            // Whoever scrolls on is not called back.
            visitor.press(Key::PageDown).await;
            visitor.press(Key::PageDown).await;
            let away =
                format!("return document.getElementById({id:?}).getBoundingClientRect().top < -50");
            let away = visitor.browser.until("another place", async || {
                Ok((visitor.browser.script(&away, Vec::new()).await? == true).then_some(()))
            });
            away.await.expect("one can scroll on");
        }
    });
}

#[test]
fn a_heading_stays_in_sight_while_pictures_above_it_come() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/users/ferris").await;
        // Slow enough that the README stands long before its pictures do.
        let slow = json!({"offline": false, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 200_000});
        visitor
            .browser
            .cdp("Network.emulateNetworkConditions", slow)
            .await
            .expect("the network is slow");
        visitor.open("/crates/readme-sixty-kilobytes").await;
        visitor.see("region", "Readme").await;
        let last = "const all = [...document.querySelectorAll('.readme [id]:is(h1, h2, h3)')];
            return all.at(-3).id";
        let id = visitor.ask(last).await;
        let id = id.as_str().expect("a heading").to_owned();
        visitor.open("/users/ferris").await;
        visitor
            .open(&format!("/crates/readme-sixty-kilobytes#{id}"))
            .await;
        visitor.see("region", "Readme").await;
        expect_at_top(visitor, &id).await;
    });
}

#[test]
fn pictures_follow_the_chosen_scheme_and_not_only_the_system_s() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        open(visitor, "/crates/readme-kitchen-sink").await;
        let shown = "return document.querySelector('.readme picture img').currentSrc";
        let logo = async |name: &str| {
            let wait = visitor.browser.until(name, async || {
                let source = visitor.browser.script(shown, Vec::new()).await?;
                Ok(source
                    .as_str()
                    .is_some_and(|source| source.ends_with(name))
                    .then_some(()))
            });
            wait.await.expect("the picture");
        };
        logo("logo-light.svg").await;
        visitor.click_button(containing("Color scheme")).await;
        visitor.click_button("Dark").await;
        logo("logo-dark.svg").await;
        visitor.click_button(containing("Color scheme")).await;
        visitor.click_button("System").await;
        logo("logo-light.svg").await;
    });
}

#[test]
fn a_diagram_is_shown_as_its_source_and_says_so() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        open(visitor, "/crates/readme-kitchen-sink").await;
        visitor
            .expect_text("Diagram (Mermaid), shown as the text it is made from:")
            .await;
        visitor.expect_text("Tap-->Sink;").await;
    });
}

#[test]
fn coloured_code_has_contrast_in_both_schemes() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        open(visitor, "/crates/readme-kitchen-sink").await;
        coloured(visitor).await;
        stage.inspect("readme-kitchen-sink").await;
    });
}
