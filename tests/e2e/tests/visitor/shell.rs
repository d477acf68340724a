//! What is around every page: header, footer, keys, colour scheme, titles, focus, and addresses that lead nowhere.

use nameplate_e2e::browser::Look;
use nameplate_e2e::by_role::containing;
use nameplate_e2e::story::{Setting, story};
use serde_json::json;
use thirtyfour::Key;

#[test]
fn a_keyboard_reaches_main_by_the_skip_link_first() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/users/ferris").await;
        visitor.expect_heading("ferris").await;
        visitor.settle().await;
        visitor.press(Key::Tab).await;
        visitor.expect_focus("link", "Skip to content").await;
        let seen = "const box = document.activeElement.getBoundingClientRect();
            return box.top >= 0 && box.left >= 0 && box.width > 24";
        assert_eq!(
            visitor.ask(seen).await,
            json!(true),
            "it is seen once it has the focus"
        );
        visitor.press(Key::Enter).await;
        visitor.expect_focus("main", "").await;
        visitor.press(Key::Tab).await;
        let inside = visitor
            .ask("return document.querySelector('main').contains(document.activeElement)")
            .await;
        assert_eq!(inside, json!(true), "the next stop is in main");
    });
}

#[test]
fn slash_and_s_lead_to_the_search_field_until_turned_off() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        for key in ["/", "s"] {
            visitor.open("/users/ferris").await;
            visitor.expect_heading("ferris").await;
            visitor.settle().await;
            visitor.press(key).await;
            visitor.expect_focus("searchbox", "Search crates").await;
            assert_eq!(
                visitor.see("searchbox", "Search crates").await.value,
                "",
                "the key itself is not typed"
            );
            visitor.press("s/s").await;
            assert_eq!(
                visitor.see("searchbox", "Search crates").await.value,
                "s/s",
                "in a field keys are letters"
            );
        }
        visitor.click("checkbox", containing("Shortcut keys")).await;
        for _ in 0..2 {
            visitor.open("/users/ferris").await;
            visitor.expect_heading("ferris").await;
            visitor.settle().await;
            visitor.press("/").await;
            let on_field = visitor
                .ask("return document.activeElement.matches('input[type=search]')")
                .await;
            assert_eq!(on_field, json!(false), "turned off, and remembered");
        }
    });
}

#[test]
fn the_color_scheme_is_chosen_and_remembered_without_a_flash() {
    story(
        Setting::DEMO.look(Look::DESK.in_the_dark()),
        async |stage| {
            let visitor = &stage.visitor;
            visitor.open("/users/ferris").await;
            visitor.expect_heading("ferris").await;
            let brightness = "const [, r, g, b] = getComputedStyle(document.documentElement).backgroundColor
                .match(/(\\d+)\\D+(\\d+)\\D+(\\d+)/) ?? getComputedStyle(document.body).backgroundColor
                .match(/(\\d+)\\D+(\\d+)\\D+(\\d+)/);
            return (Number(r) + Number(g) + Number(b)) / 3";
            let lightness = async || visitor.ask(brightness).await.as_f64().unwrap_or(-1.0);
            assert!(lightness().await < 100.0, "dark, as the system is");
            visitor.click_button("Color scheme: System").await;
            visitor.click_button("Light").await;
            visitor.see("button", "Color scheme: Light").await;
            assert!(lightness().await > 150.0, "light, as chosen");

            // From the first frame on: the attribute is set before the body is there.
            visitor
            .browser
            .cdp(
                "Page.addScriptToEvaluateOnNewDocument",
                json!({"source": "new MutationObserver((_, me) => { if (document.body) {
                    window.__schemeAtBody = document.documentElement.dataset.colorScheme; me.disconnect(); }
                }).observe(document, {childList: true, subtree: true})"}),
            )
            .await
            .expect("a script can be added");
            visitor.reload().await;
            visitor.expect_heading("ferris").await;
            assert_eq!(
                visitor.ask("return window.__schemeAtBody").await,
                json!("light")
            );
            assert!(lightness().await > 150.0, "light, as remembered");
            visitor.click_button("Color scheme: Light").await;
            visitor.click_button("System").await;
            visitor.see("button", "Color scheme: System").await;
            assert!(lightness().await < 100.0, "dark again");
        },
    );
}

#[test]
fn a_menu_works_by_keys_alone() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/users/ferris").await;
        visitor.expect_heading("ferris").await;
        visitor.tab_to("button", "Color scheme: System").await;
        visitor.press(Key::Enter).await;
        visitor.see("button", "Dark").await;
        visitor.press(Key::Escape).await;
        visitor.see_no("button", "Dark").await;
        visitor.expect_focus("button", "Color scheme: System").await;
        visitor.press(Key::Down).await;
        visitor.see("button", "Dark").await;
        assert_eq!(
            visitor
                .see("button", "Color scheme: System")
                .await
                .state("expanded"),
            Some("true")
        );
    });
}

#[test]
fn a_followed_link_moves_focus_and_title() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/users/ferris").await;
        visitor.see("link", "crabshell").await;
        visitor.click_link("crabshell").await;
        visitor.expect_path("/crates/crabshell").await;
        visitor.expect_title("crabshell - nameplate").await;
        visitor
            .expect_focus("heading", containing("crabshell"))
            .await;
        visitor.see("region", "Owners").await;
        visitor.settle().await;
        visitor.click_link("carols10cents").await;
        visitor.expect_path("/users/carols10cents").await;
        visitor.expect_heading("carols10cents").await;
        visitor.expect_focus("heading", "carols10cents").await;
        visitor.back().await;
        visitor.expect_title("crabshell - nameplate").await;
        visitor.back().await;
        visitor.expect_title("ferris - nameplate").await;
        visitor.forward().await;
        visitor.expect_title("crabshell - nameplate").await;
        visitor.reload().await;
        visitor.expect_crate("crabshell").await;
    });
}

#[test]
fn a_followed_link_loads_no_document() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/users/ferris").await;
        visitor.see("link", "crabshell").await;
        visitor.forget_network().await;
        visitor.click_link("crabshell").await;
        visitor.see("region", "Owners").await;
        visitor.expect_no_request_twice().await;
        let documents: Vec<String> = visitor
            .network()
            .await
            .all()
            .iter()
            .filter(|one| one.kind == "Document")
            .map(ToString::to_string)
            .collect();
        assert!(documents.is_empty(), "{documents:#?}");
    });
}

#[test]
fn going_back_returns_to_where_one_had_scrolled() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/users/prolific").await;
        visitor.see("link", "Next page").await;
        visitor.settle().await;
        visitor.ask("scrollTo(0, 500); return scrollY").await;
        let before = visitor.ask("return scrollY").await;
        assert!(
            before.as_f64().is_some_and(|at| at > 100.0),
            "the page is long enough: {before}"
        );
        let link = visitor
            .ask("return [...document.querySelectorAll('main h3 a')].at(-1).textContent")
            .await;
        visitor.click_link(link.as_str().unwrap_or_default()).await;
        visitor.see("region", "Owners").await;
        let top = visitor.ask("return scrollY").await;
        assert_eq!(top, 0, "a new page starts at its top");
        visitor.settle().await;
        foresee_missing_readmes(visitor).await;
        visitor.back().await;
        visitor.expect_heading("prolific").await;
        let there = visitor.browser.until("the old place", async || {
            let at = visitor.browser.script("return scrollY", Vec::new()).await?;
            Ok(at.as_f64().is_some_and(|at| at > 100.0).then_some(()))
        });
        assert!(
            there.await.is_ok(),
            "scrolled to {} again",
            visitor.ask("return scrollY").await
        );
    });
}

async fn foresee_missing_readmes(visitor: &nameplate_e2e::visitor::Visitor) {
    for one in visitor.network().await.over_the_wire() {
        if one.path().starts_with("/readmes/") && one.status == Some(403) {
            visitor.foresee(403, one.path());
        }
    }
}

#[test]
fn an_address_that_leads_nowhere_keeps_header_and_footer() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        // What lies below the settings is for somebody signed in, so it is asked who that is.
        visitor.foresee(403, "/api/v1/me");
        for path in [
            "/no/such/page",
            "/users",
            "/users/a/b/c/d",
            "/crates/a/b/c/d/e",
            "/%F0%9F%A6%80",
            "/settings/nonsense",
        ] {
            visitor.open(path).await;
            visitor.expect_heading(containing("ot")).await;
            visitor.see("banner", "").await;
            visitor.see("contentinfo", "").await;
            visitor.see("searchbox", "Search crates").await;
        }
    });
}

#[test]
fn an_announcement_is_text_and_stays_away_once_dismissed() {
    let setting = Setting::DEMO
        .read_only()
        .banner("Back on <b>Sunday</b>: see https://status.example");
    story(setting, async |stage| {
        let visitor = &stage.visitor;
        let (banner, read_only) = ("Back on <b>Sunday</b>", "The registry is read-only");
        visitor.open("/users/ferris").await;
        visitor.expect_text(banner).await;
        visitor.expect_text(read_only).await;
        stage.inspect("announcements").await;
        visitor.click_button("Dismiss this announcement").await;
        visitor.expect_no_text(banner).await;
        visitor
            .expect_focus("button", "Dismiss the read-only notice")
            .await;
        visitor.open("/keywords").await;
        visitor.expect_text(read_only).await;
        visitor.expect_no_text(banner).await;
        visitor.click_button("Dismiss the read-only notice").await;
        visitor.expect_no_text(read_only).await;
        visitor.expect_focus("heading", "Keywords").await;
    });
}

#[test]
fn a_missing_file_is_not_answered_with_a_page() {
    story(Setting::DEMO, async |stage| {
        let (status, _) = stage
            .registry
            .ask("/assets/no-such-file.js")
            .await
            .expect("an answer");
        assert_eq!(status, 404);
        let (status, _) = stage
            .registry
            .ask("/crates/serde/1.0.219")
            .await
            .expect("an answer");
        assert_eq!(status, 200, "a version with dots is a page");
    });
}

#[test]
fn nothing_that_leads_nowhere_is_linked() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        let mut seen = Vec::new();
        for path in [
            "/users/ferris",
            "/crates/crabshell",
            "/users/nobody-here",
            "/no/such",
        ] {
            if path == "/users/nobody-here" {
                visitor.foresee(404, "/api/v1/users/nobody-here");
                visitor.foresee(404, "/api/v1/users/github%3Anobody-here");
            }
            visitor.open(path).await;
            visitor.see("banner", "").await;
            visitor.settle().await;
            let script = "return [...document.querySelectorAll('header a[href], footer a[href], .error-screen a[href]')]
                .filter((one) => one.origin === location.origin).map((one) => one.pathname)";
            let links = visitor.ask(script).await;
            seen.extend(
                links
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter_map(|one| one.as_str().map(str::to_owned)),
            );
        }
        seen.sort();
        seen.dedup();
        for path in seen {
            visitor.open(&path).await;
            // The one link that leads to a file and not to a page.
            if path == "/licences.txt" {
                visitor
                    .expect_text("What nameplate's files are made of")
                    .await;
                continue;
            }
            visitor.see("banner", "").await;
            visitor.settle().await;
            let title = visitor.ask("return document.title").await;
            assert!(
                !title.as_str().unwrap_or_default().contains("not found"),
                "{path} is linked and leads nowhere"
            );
        }
    });
}
