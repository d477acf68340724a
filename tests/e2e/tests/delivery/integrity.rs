//! A file that is not the build's own, byte for byte, is refused, whoever changed it on the way.

use nameplate_e2e::story::{Setting, Stage, story};
use serde_json::json;

/// Every element of the page that loads a script or a style, and whether it says what it must be.
const LOADED: &str = "return [...document.querySelectorAll('script[src], link[rel=stylesheet]')]
    .filter((one) => !one.integrity.startsWith('sha256-')).map((one) => one.src || one.href);";

/// Adds a few bytes, which leave it valid, to the hashed file whose name begins and ends so.
fn tamper(stage: &Stage, start: &str, end: &str, addition: &[u8]) -> String {
    let folder = stage.nginx().root().join("assets");
    let names = std::fs::read_dir(&folder).expect("there are some");
    let mut names = names.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let name = names
        .find(|name| name.starts_with(start) && name.ends_with(end))
        .expect("there is one");
    let file = folder.join(&name);
    let mut content = std::fs::read(&file).expect("it can be read");
    content.extend_from_slice(addition);
    std::fs::write(&file, content).expect("it is changed");
    for suffix in [".br", ".gz"] {
        std::fs::remove_file(folder.join(format!("{name}{suffix}")))
            .expect("only the file is left");
    }
    name
}

/// Replaces a text of the page by another.
fn change_page(stage: &Stage, text: &str, by: &str) {
    let page = stage.nginx().root().join("index.html");
    let html = std::fs::read_to_string(&page).expect("it can be read");
    assert!(html.contains(text), "{text} is not in the page");
    std::fs::write(&page, html.replace(text, by)).expect("it is changed");
    for suffix in ["br", "gz"] {
        std::fs::remove_file(page.with_added_extension(suffix)).expect("only the file is left");
    }
}

/// An empty section of no meaning.
const SECTION: [u8; 3] = [0, 1, 0];

#[test]
fn whatever_the_page_loads_says_what_it_must_be() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        // Its README has code, which brings the highlighter.
        visitor.open("/crates/crabshell").await;
        visitor.expect_crate("crabshell").await;
        visitor.settle().await;
        assert_eq!(visitor.ask(LOADED).await, json!([]));
    });
}

#[test]
fn a_changed_script_does_not_run() {
    story(Setting::DEMO.behind_nginx(), async |stage| {
        let visitor = &stage.visitor;
        // The app's JavaScript stands in the page, under a hash that the server's header tells.
        change_page(
            stage,
            "</script>\n</body>",
            "window.tampered = true;</script>\n</body>",
        );
        visitor.foresee_words("violates the following Content Security Policy directive");
        visitor.open("/users/ferris").await;
        visitor.see("alert", "").await;
        visitor.expect_text("nameplate could not start").await;
        assert_eq!(
            visitor.ask("return window.tampered ?? false").await,
            json!(false)
        );
    });
}

#[test]
fn a_changed_wasm_does_not_run() {
    story(Setting::DEMO.behind_nginx(), async |stage| {
        let visitor = &stage.visitor;
        tamper(stage, "nameplate-", ".wasm", &SECTION);
        visitor.foresee_words("'integrity' attribute");
        visitor.foresee_words("SRI's integrity checks failed");
        visitor.open("/users/ferris").await;
        visitor.expect_text("nameplate could not start").await;
    });
}

#[test]
fn a_changed_part_does_not_run_and_the_page_says_so() {
    story(Setting::DEMO.behind_nginx(), async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/users/ferris").await;
        visitor.see("link", "crabshell").await;
        visitor.settle().await;
        tamper(stage, "split_krate-", ".wasm", &SECTION);
        visitor.foresee_refused_part();
        visitor.click_link("crabshell").await;
        visitor
            .expect_heading("This page could not be loaded")
            .await;
    });
}

#[test]
fn a_changed_cold_half_does_not_run() {
    story(Setting::DEMO.behind_nginx(), async |stage| {
        let visitor = &stage.visitor;
        tamper(stage, "nameplate_cold-", ".wasm", &SECTION);
        visitor.foresee_words("'integrity' attribute");
        // Asked for at once, it is checked by the loader itself.
        visitor.foresee_words("SRI's integrity checks failed");
        visitor.foresee_words("is not what it must be");
        visitor.open("/users/ferris").await;
        visitor.see("link", "crabshell").await;
        visitor.settle().await;
        visitor.click_link("crabshell").await;
        visitor.expect_heading("nameplate cannot go on").await;
    });
}

#[test]
fn a_changed_style_is_not_used() {
    story(Setting::DEMO.behind_nginx(), async |stage| {
        let visitor = &stage.visitor;
        tamper(stage, "crate-", ".css", b"\nbody { --tampered: 1 }\n");
        visitor.foresee_words("'integrity' attribute");
        visitor.open("/crates/crabshell").await;
        // Without its styles a page can still be read.
        visitor.see("link", "carols10cents").await;
        let used = "return getComputedStyle(document.body).getPropertyValue('--tampered')";
        assert_eq!(visitor.ask(used).await, json!(""));
    });
}
