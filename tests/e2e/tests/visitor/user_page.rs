//! `/users/{username}`: who somebody is, and what they own.

use nameplate_e2e::story::{Setting, story};
use nameplate_e2e::visitor::Visitor;
use serde_json::json;

/// The person was asked for once, and nothing else twice.
async fn expect_one_look_up(visitor: &Visitor) {
    visitor.expect_no_request_twice().await;
    let asked = visitor.network().await.api_calls();
    let users = asked
        .iter()
        .filter(|call| call.starts_with("GET /api/v1/users/") && !call.ends_with("/stats"));
    assert_eq!(users.count(), 1, "{asked:#?}");
}

#[test]
fn a_user_page_says_who_somebody_is_and_what_they_own() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/users/ferris").await;
        visitor.expect_heading("ferris").await;
        visitor.expect_title("ferris - nameplate").await;
        visitor.expect_text("Ferris the Crab").await;
        visitor.see("link", "GitHub: ferris").await;
        visitor
            .expect_text("GitHub account since May 15, 2015")
            .await;
        visitor.see("link", "crabshell").await;
        visitor.settle().await;
        assert!(
            !visitor.text().await.contains("GitHub username"),
            "a match shows no badge and no approval"
        );
    });
}

#[test]
fn a_linked_account_is_a_link_that_vouches_for_nothing() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/users/two-services").await;
        let name = "GitHub: two-services";
        assert_eq!(
            visitor.attribute("link", name, "href").await.as_deref(),
            Some("https://github.com/two-services")
        );
        let rel = visitor
            .attribute("link", name, "rel")
            .await
            .unwrap_or_default();
        for word in ["me", "noopener", "nofollow"] {
            assert!(rel.split(' ').any(|one| one == word), "{word} in {rel}");
        }
        // A service nobody has told the app about is text, never a link.
        visitor.expect_text("toni.twice").await;
        assert!(visitor.all("link", "codeberg: toni.twice").await.is_empty());
    });
}

#[test]
fn each_kind_of_mismatch_is_said_in_words() {
    let cases = [
        (
            "carols10cents",
            "is not their GitHub username. On GitHub they are carolgithub",
        ),
        (
            "casey-sensitive",
            "Only capital letters differ: on GitHub this person writes it Casey-Sensitive",
        ),
        (
            "QuietMouse",
            "Only capital letters differ: on GitHub this person writes it quietmouse",
        ),
        (
            "hazel-moss",
            "Only - and _ differ: on GitHub this person is hazel_moss",
        ),
        (
            "Olive_Grove",
            "Only capital letters, - and _ differ: on GitHub this person is olive-grove",
        ),
        ("no-github", "No GitHub account is linked"),
        ("gitlab-only", "No GitHub account is linked"),
        ("orchard", "now belongs to another account"),
    ];
    story(Setting::DEMO, async |stage| {
        for (name, words) in cases {
            stage.visitor.open(&format!("/users/{name}")).await;
            stage.visitor.expect_heading(name).await;
            stage.visitor.expect_text(words).await;
        }
    });
}

#[test]
fn the_username_is_never_replaced_by_a_display_name() {
    let cases = [
        "not-ferris",
        "bidi-trick",
        "html-name",
        "long-winded",
        "unbroken",
        "layla-codes",
        "blank-name",
    ];
    story(Setting::DEMO, async |stage| {
        for name in cases {
            stage.visitor.open(&format!("/users/{name}")).await;
            stage.visitor.expect_heading(name).await;
            stage
                .visitor
                .expect_title(&format!("{name} - nameplate"))
                .await;
        }
        stage.visitor.open("/users/html-name").await;
        stage.visitor.expect_heading("html-name").await;
        let made = stage
            .visitor
            .ask("return document.querySelectorAll('main script, main [onerror], main b').length")
            .await;
        assert_eq!(made, 0, "a display name is text");
    });
}

#[test]
fn the_address_takes_the_spelling_of_the_server_without_asking_again() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/users/CAROLS10CENTS?sort=downloads").await;
        visitor
            .expect_path("/users/carols10cents?sort=downloads")
            .await;
        visitor.expect_heading("carols10cents").await;
        expect_one_look_up(visitor).await;
        // It replaces the address: one step back leaves the site.
        visitor.open("/users/ferris").await;
        visitor.expect_heading("ferris").await;
        visitor.back().await;
        visitor
            .expect_path("/users/carols10cents?sort=downloads")
            .await;
    });
}

#[test]
fn a_name_that_says_which_kind_it_is_gives_way_to_the_username_without_asking_again() {
    for (address, path, username) in [
        (
            "/users/github:CarolGitHub?sort=downloads",
            "/users/carols10cents?sort=downloads",
            "carols10cents",
        ),
        ("/users/crates.io:FERRIS", "/users/ferris", "ferris"),
    ] {
        story(Setting::DEMO, async |stage| {
            let visitor = &stage.visitor;
            visitor.open(address).await;
            visitor.expect_path(path).await;
            visitor.expect_heading(username).await;
            visitor
                .expect_title(&format!("{username} - nameplate"))
                .await;
            expect_one_look_up(visitor).await;
            // What was handed on is used once: the page asks for itself when it is opened anew.
            visitor.open("/users/alder").await;
            visitor.expect_heading("alder").await;
            visitor.back().await;
            visitor.expect_path(path).await;
            visitor.expect_heading(username).await;
        });
    }
}

#[test]
fn nobody_is_found_by_a_name_nobody_has_and_no_rename_is_hinted_at() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        // `old-moss` was given up three days ago; its page must read like that of a name nobody ever had.
        for name in ["nobody-here", "old-moss"] {
            visitor.foresee(404, &format!("/api/v1/users/{name}"));
            visitor.open(&format!("/users/{name}")).await;
            visitor.expect_heading(&format!("No user {name}")).await;
            visitor
                .expect_title(&format!("No user {name} - nameplate"))
                .await;
            visitor.see("banner", "").await;
            visitor.see("contentinfo", "").await;
        }
        let text = visitor.text().await;
        for hint in ["fresh-moss", "renamed", "used to", "formerly", "moved"] {
            assert!(!text.contains(hint), "\"{hint}\" in {text}");
        }
    });
}

#[test]
fn crates_are_sorted_and_paged_by_the_address() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/users/twenty-five").await;
        visitor.see("heading", "Crates (25)").await;
        visitor.click_link("Page 2").await;
        visitor.expect_path("/users/twenty-five?page=2").await;
        visitor.expect_focus("heading", "Crates (25)").await;
        assert_eq!(
            visitor
                .attribute("link", "Page 2", "aria-current")
                .await
                .as_deref(),
            Some("page")
        );
        let second = first_crate(visitor).await;

        visitor.choose("Sort by", "All-time downloads").await;
        visitor
            .expect_path("/users/twenty-five?sort=downloads")
            .await;
        visitor.settle().await;
        let most = first_crate(visitor).await;
        assert_ne!(second, most);

        visitor.back().await;
        visitor.expect_path("/users/twenty-five?page=2").await;
        visitor.settle().await;
        assert_eq!(first_crate(visitor).await, second);
        visitor.forward().await;
        visitor.settle().await;
        assert_eq!(first_crate(visitor).await, most);

        visitor.open("/users/twenty-five?page=3").await;
        visitor.see("heading", "Crates (25)").await;
        let crates = visitor
            .ask("return document.querySelectorAll('main h3').length")
            .await;
        assert_eq!(crates, 5, "a deep link to the last page");
    });
}

async fn first_crate(visitor: &nameplate_e2e::visitor::Visitor) -> String {
    visitor
        .ask("return document.querySelector('main h3 a').textContent")
        .await
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

#[test]
fn emptiness_and_pages_past_the_end_are_told_apart() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/users/empty-shelf").await;
        visitor.expect_text("empty-shelf owns no crates.").await;
        visitor.open("/users/prolific?page=99").await;
        visitor
            .expect_text("There is no page 99 of this list.")
            .await;
        visitor.click_link("Go to the first page").await;
        visitor.expect_path("/users/prolific").await;
        visitor.see("heading", "Crates (120)").await;
    });
}

#[test]
fn a_malformed_address_says_which_part_means_nothing() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        for query in ["page=x", "page=0", "page=-1", "sort=nonsense"] {
            visitor.open(&format!("/users/ferris?{query}")).await;
            visitor.expect_heading("This address cannot be read").await;
        }
        visitor.click_link("The same page without it").await;
        visitor.expect_path("/users/ferris").await;
        visitor.expect_heading("ferris").await;
    });
}

#[test]
fn an_avatar_that_is_missing_leaves_its_place_to_our_own() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/users/broken-avatar").await;
        visitor.expect_heading("broken-avatar").await;
        let drawn = "const place = document.querySelector('main .avatar');
            return !place.querySelector('img') && place.querySelector('svg').getBoundingClientRect().width > 24";
        let wait = visitor.browser.until("a drawn picture", async || {
            let seen = visitor.browser.script(drawn, Vec::new()).await?;
            Ok((seen == json!(true)).then_some(()))
        });
        assert!(
            wait.await.is_ok(),
            "{}",
            visitor
                .ask("return document.querySelector('main .avatar').outerHTML")
                .await
        );
    });
}

#[test]
fn an_avatar_is_asked_for_in_its_size_and_tells_nobody_where_we_are() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        // One address has a query already, the other has none.
        for name in ["ferris", "layla-codes"] {
            visitor.open(&format!("/users/{name}")).await;
            visitor.expect_heading(name).await;
            visitor.settle().await;
            let script = "const image = document.querySelector('main img');
                return [new URL(image.src).searchParams.has('s'), image.referrerPolicy, image.alt]";
            assert_eq!(visitor.ask(script).await, json!([true, "no-referrer", ""]));
        }
    });
}

#[test]
fn an_account_without_anything_has_a_whole_page() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/users/blank-slate").await;
        visitor.expect_heading("blank-slate").await;
        visitor.expect_text("blank-slate owns no crates.").await;
        visitor.settle().await;
        let text = visitor.text().await;
        assert!(!text.contains("since"), "no date is known: {text}");
        for leftover in ["null", "undefined", "NaN", "Invalid Date"] {
            assert!(!text.contains(leftover), "{leftover} in {text}");
        }
    });
}

#[test]
fn older_servers_get_a_whole_page_too() {
    for level in ["august", "september", "full"] {
        story(Setting::DEMO.level(level), async |stage| {
            let visitor = &stage.visitor;
            visitor.open("/users/carols10cents").await;
            visitor.expect_heading("carols10cents").await;
            visitor.see("link", "crabshell").await;
            let expected = match level {
                "august" => "another GitHub username, or no GitHub account linked",
                _ => "On GitHub they are carolgithub",
            };
            visitor.expect_text(expected).await;
            visitor.expect_no_request_twice().await;
        });
    }
}
