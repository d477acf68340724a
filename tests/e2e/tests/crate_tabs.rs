//! The pages of a crate: tabs, versions, dependencies, dependents, addresses that lead on, following, yanking, downloads.

use nameplate_e2e::by_role::containing;
use nameplate_e2e::story::{Setting, Stage, story};
use nameplate_e2e::visitor::Visitor;
use serde_json::{Value, json};
use thirtyfour::Key;

/// How often an address that begins so was asked for since the page was opened.
async fn asked(visitor: &Visitor, beginning: &str) -> usize {
    let network = visitor.network().await;
    network
        .over_the_wire()
        .filter(|one| one.path().starts_with(beginning))
        .count()
}

async fn current_tab(visitor: &Visitor) -> Value {
    visitor.ask("return [...document.querySelectorAll('.tabs [aria-current=page]')].map((one) => one.textContent)").await
}

/// Goes to the end of the list, where rows take their real height as they come into sight, and asks for more.
async fn load_more(visitor: &Visitor) {
    let end =
        "document.querySelector('.versions__more').scrollIntoView({block: 'center'}); return 1";
    for _ in 0..2 {
        visitor.ask(end).await;
        visitor.settle().await;
    }
    visitor.click_button("Load more").await;
}

/// The version numbers in the list, in its order.
async fn listed(visitor: &Visitor) -> Vec<String> {
    let found = visitor.ask("return [...document.querySelectorAll('.version-row__name a')].map((one) => one.textContent)").await;
    found
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|one| one.as_str().map(str::to_owned))
        .collect()
}

async fn fail(stage: &Stage, fault: Value) {
    stage
        .registry
        .fail(json!([fault]))
        .await
        .expect("it fails now");
}

#[test]
fn the_tabs_share_one_answer_about_the_crate() {
    for level in ["august", "september", "full"] {
        story(Setting::DEMO.level(level), async |stage| {
            let visitor = &stage.visitor;
            visitor.open("/crates/crabshell").await;
            visitor.see("region", "Readme").await;
            assert_eq!(current_tab(visitor).await, json!(["Readme"]));
            visitor.click_link("24 versions").await;
            visitor.expect_path("/crates/crabshell/versions").await;
            visitor
                .expect_title("Versions of crabshell - nameplate")
                .await;
            visitor.expect_heading("crabshell").await;
            visitor.expect_focus("heading", "crabshell").await;
            assert_eq!(current_tab(visitor).await, json!(["24 versions"]));
            visitor.click_link("Dependencies").await;
            visitor
                .expect_path("/crates/crabshell/2.5.2/dependencies")
                .await;
            visitor
                .expect_title("Dependencies of crabshell 2.5.2 - nameplate")
                .await;
            visitor.expect_focus("heading", "crabshell v2.5.2").await;
            assert_eq!(current_tab(visitor).await, json!(["Dependencies"]));
            visitor.click_link("Dependents").await;
            visitor
                .expect_path("/crates/crabshell/reverse_dependencies")
                .await;
            visitor
                .expect_title("Dependents of crabshell - nameplate")
                .await;
            visitor.click_link("Readme").await;
            visitor.expect_path("/crates/crabshell").await;
            visitor.see("region", "Readme").await;
            assert_eq!(
                asked(visitor, "/api/v1/crates/crabshell?").await,
                1,
                "the crate is asked for once"
            );
            visitor.back().await;
            visitor
                .expect_title("Dependents of crabshell - nameplate")
                .await;
        });
    }
}

#[test]
fn a_tab_opened_by_its_address_asks_beside_the_crate_and_nothing_twice() {
    let cases = [
        ("/crates/crabshell/versions", "/versions?"),
        ("/crates/release-tracks/versions?sort=semver", "sort=semver"),
        ("/crates/crabshell/1.9.0", "/crates/crabshell/1.9.0"),
        (
            "/crates/many-versions/2.9.8%2Bbuild.2026-10",
            "/2.9.8%2Bbuild.2026-10",
        ),
        (
            "/crates/dependency-zoo/0.4.2/dependencies",
            "/0.4.2/dependencies",
        ),
        (
            "/crates/much-depended/reverse_dependencies?page=2",
            "/reverse_dependencies?page=2",
        ),
    ];
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        for (path, call) in cases {
            visitor.open("/docs/usernames").await;
            visitor.expect_heading("Usernames").await;
            visitor.settle().await;
            visitor.open(path).await;
            visitor.see("contentinfo", "").await;
            visitor.expect_no_request_twice().await;
            let network = visitor.network().await;
            let sent = |wanted: &dyn Fn(&str) -> bool| {
                let found = network.all().iter().find(|one| wanted(one.path()));
                found.unwrap_or_else(|| panic!("{path}: never asked")).sent
            };
            let early = sent(&|asked| asked.starts_with("/api/") && asked.contains(call));
            let crate_ = sent(&|asked| asked.contains("?include=keywords"));
            // Both at once, and not one after the answer of the other.
            assert!((early - crate_).abs() < 0.1, "{path}: {early} and {crate_}");
        }
    });
}

#[test]
fn versions_come_by_the_hundred_and_reading_goes_on_where_they_come() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/crates/many-versions/versions").await;
        visitor.expect_text("100 of 300 versions").await;
        for shown in [200, 300] {
            let before = listed(visitor).await;
            load_more(visitor).await;
            visitor
                .expect_text(&format!("{shown} of 300 versions"))
                .await;
            let now = listed(visitor).await;
            assert_eq!(now.len(), shown);
            assert_eq!(
                now.get(..before.len()),
                Some(before.as_slice()),
                "what was there stays"
            );
            let first = now.get(before.len()).expect("a new one");
            visitor.expect_focus("link", first).await;
        }
        visitor.see_no("button", "Load more").await;
        let all = listed(visitor).await;
        let mut apart = all.clone();
        apart.sort();
        apart.dedup();
        assert_eq!(apart.len(), 300, "none comes twice");
        visitor.expect_no_request_twice().await;
    });
}

#[test]
fn versions_are_sorted_by_date_or_by_number_in_an_address_of_its_own() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/crates/release-tracks/versions").await;
        visitor.see("list", "Versions").await;
        visitor.settle().await;
        let by_date = listed(visitor).await;
        visitor.ask("const menu = document.querySelector('.versions select'); menu.value = 'semver'; menu.dispatchEvent(new Event('change', {bubbles: true})); return 1").await;
        visitor
            .expect_path("/crates/release-tracks/versions?sort=semver")
            .await;
        visitor.settle().await;
        let by_number = listed(visitor).await;
        assert_ne!(by_date, by_number);
        assert!(
            by_number
                .first()
                .is_some_and(|first| first.starts_with("2.")),
            "{by_number:?}"
        );
        visitor.back().await;
        visitor.expect_path("/crates/release-tracks/versions").await;
        visitor.settle().await;
        assert_eq!(listed(visitor).await, by_date);
        visitor.expect_text("Highest of each release track").await;
    });
}

#[test]
fn a_failed_load_of_more_versions_is_said_and_tried_again() {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/crates/many-versions/versions").await;
        visitor.expect_text("100 of 300 versions").await;
        visitor.foresee(500, "/api/v1/crates/many-versions/versions");
        fail(stage, json!({"method": "GET", "path": "/api/v1/crates/many-versions/versions", "status": 500})).await;
        load_more(visitor).await;
        visitor.see("alert", containing("")).await;
        visitor
            .expect_text("More versions could not be loaded")
            .await;
        assert_eq!(listed(visitor).await.len(), 100, "what was there stays");
        stage.registry.heal().await.expect("it works again");
        visitor.click_button("Try again").await;
        visitor.expect_text("200 of 300 versions").await;
        visitor
            .expect_no_text("More versions could not be loaded")
            .await;
    });
}

#[test]
fn a_version_says_who_published_it_and_what_it_needs() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/crates/trusted-both/versions").await;
        visitor.expect_text("via GitHub").await;
        visitor.expect_text("via GitLab").await;
        visitor.open("/crates/published-by-others/versions").await;
        visitor.see("list", "Versions").await;
        visitor.settle().await;
        let marks = visitor
            .all(
                "button",
                containing("crates.io username does not match GitHub username"),
            )
            .await;
        assert!(
            !marks.is_empty(),
            "somebody whose name does not match is marked"
        );
        visitor.open("/crates/feature-forest/versions").await;
        visitor.expect_text("39 features").await;
        visitor.open("/crates/yanked-some/versions").await;
        visitor
            .expect_text("Yanked because: leaks memory <b>badly</b>")
            .await;
        assert_eq!(
            visitor
                .ask("return document.querySelectorAll('.version-row .yanked-mark').length")
                .await,
            3
        );
    });
}

#[test]
fn a_version_s_page_pins_what_is_installed() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/crates/crabshell/1.9.0").await;
        visitor.expect_heading("crabshell v1.9.0").await;
        visitor.expect_title("crabshell 1.9.0 - nameplate").await;
        visitor.expect_text("cargo add crabshell@=1.9.0").await;
        visitor.expect_text("crabshell = \"=1.9.0\"").await;
        visitor.expect_text("cargo install crabshell@1.9.0").await;
        visitor.see("region", "Readme").await;
        assert_eq!(
            asked(visitor, "/readmes/crabshell/crabshell-1.9.0.html").await,
            1
        );
        visitor.click_link("Dependencies").await;
        visitor
            .expect_path("/crates/crabshell/1.9.0/dependencies")
            .await;
        visitor.click_link("Readme").await;
        visitor.expect_path("/crates/crabshell/1.9.0").await;
        visitor.click_link("See crabshell 2.5.2").await;
        visitor.expect_path("/crates/crabshell").await;
        visitor.expect_heading("crabshell v2.5.2").await;
    });
}

#[test]
fn a_yanked_version_offers_nothing_to_install() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/crates/yanked-some/0.5.0").await;
        visitor.expect_heading("yanked-some v0.5.0 yanked").await;
        visitor
            .expect_text("The reason given: published by mistake")
            .await;
        visitor.see_no("region", "Install").await;
        visitor.expect_no_text("cargo add").await;
    });
}

#[test]
fn a_version_that_is_not_there_leaves_the_crate_in_sight() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        for (path, api, status) in [
            (
                "/crates/crabshell/9.9.9",
                "/api/v1/crates/crabshell/9.9.9",
                404,
            ),
            (
                "/crates/crabshell/9.9.9/dependencies",
                "/api/v1/crates/crabshell/9.9.9/dependencies",
                404,
            ),
        ] {
            visitor.foresee(status, api);
            visitor.open(path).await;
            visitor
                .see("heading", "crabshell has no version 9.9.9")
                .await;
            visitor.see("link", "24 versions").await;
            visitor.see("link", "See all its versions").await;
        }
    });
}

#[test]
fn dependencies_stand_by_kind_and_lead_to_the_version_that_fits() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/crates/dependency-zoo/dependencies").await;
        visitor
            .expect_path("/crates/dependency-zoo/0.4.2/dependencies")
            .await;
        visitor.see("region", "Dependencies (6)").await;
        visitor.see("region", "Build dependencies (2)").await;
        visitor.see("region", "Development dependencies (3)").await;
        visitor.expect_text("without default features").await;
        visitor.expect_text("only on cfg(unix)").await;
        visitor.expect_text("optional").await;
        // Descriptions come in tens, not one by one.
        visitor.expect_text("Thirty-nine features").await;
        assert_eq!(asked(visitor, "/api/v1/crates?ids").await, 1);
        visitor.click_link("release-tracks").await;
        visitor.see("region", "Readme").await;
        let path = visitor.path().await;
        assert!(
            path.starts_with("/crates/release-tracks/1.9"),
            "~1.9 leads to {path}"
        );
        visitor.back().await;
        visitor
            .expect_path("/crates/dependency-zoo/0.4.2/dependencies")
            .await;
    });
}

#[test]
fn descriptions_that_cannot_be_had_leave_the_dependencies() {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        visitor.foresee(500, "/api/v1/crates");
        // With a star a path is exact: the list of crates and nothing below it.
        fail(
            stage,
            json!({"method": "GET", "path": "/api/v1/crate*", "status": 500, "times": 1}),
        )
        .await;
        visitor
            .open("/crates/dependency-zoo/0.4.2/dependencies")
            .await;
        visitor.see("region", "Dependencies (6)").await;
        visitor
            .expect_text("What the crates are about could not be loaded")
            .await;
        visitor.click_button("Try again").await;
        visitor.expect_text("Thirty-nine features").await;
    });
}

#[test]
fn dependents_come_in_pages() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor
            .open("/crates/much-depended/reverse_dependencies")
            .await;
        visitor.expect_text("1–10 of 100").await;
        visitor.click_link("Page 2").await;
        visitor
            .expect_path("/crates/much-depended/reverse_dependencies?page=2")
            .await;
        visitor.expect_text("11–20 of 100").await;
        visitor
            .expect_focus("heading", containing("Dependents"))
            .await;
        visitor
            .open("/crates/much-depended/reverse_dependencies?page=150")
            .await;
        visitor
            .expect_text("There is no page 150 of this list.")
            .await;
        visitor
            .open("/crates/lone-lantern/reverse_dependencies")
            .await;
        visitor
            .expect_text("No crate in this registry depends on lone-lantern.")
            .await;
    });
}

#[test]
fn a_requirement_leads_to_the_version_cargo_would_pick() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        for (range, to) in [
            ("/crates/crabshell/range/%5E1", "/crates/crabshell/1.9.0"),
            ("/crates/crabshell/range/*", "/crates/crabshell/2.5.2"),
            (
                "/crates/all-yanked/range/%5E0.1",
                "/crates/all-yanked/0.1.0",
            ),
        ] {
            visitor.open(range).await;
            visitor.expect_path(to).await;
            visitor.see("region", "Owners").await;
        }
        visitor.open("/crates/crabshell/range/%5E77").await;
        visitor
            .expect_heading("No version of crabshell fits ^77")
            .await;
        visitor.open("/crates/crabshell/range/nonsense").await;
        visitor
            .expect_heading("No version of crabshell fits nonsense")
            .await;
        visitor
            .expect_text("no requirement that cargo could read")
            .await;
        visitor.foresee(404, "/api/v1/crates/no-such-crate/versions");
        visitor.open("/crates/no-such-crate/range/1").await;
        visitor.expect_heading("No crate no-such-crate").await;
    });
}

#[test]
fn only_addresses_on_the_web_are_followed_out() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/crates/hostile-links/docs").await;
        visitor
            .expect_heading("hostile-links names no documentation")
            .await;
        visitor.open("/crates/hostile-links/repo").await;
        visitor
            .expect_heading("hostile-links names no repository")
            .await;
        visitor.expect_text("//evil.example/repo").await;
        visitor.open("/crates/least-possible/docs").await;
        visitor
            .expect_heading("least-possible names no documentation")
            .await;
        visitor.expect_text("Its authors gave no address").await;
        visitor.open("/crates/crabshell/owners").await;
        visitor.expect_path("/crates/crabshell/settings").await;
        // The way out is stopped at the door: no test reaches another host.
        let watch = "navigation.addEventListener('navigate', (event) => {
            if (new URL(event.destination.url).origin !== location.origin) {
                event.preventDefault();
                sessionStorage.setItem('left-for', event.destination.url);
            }
        })";
        let command = json!({"source": watch});
        visitor
            .browser
            .cdp("Page.addScriptToEvaluateOnNewDocument", command)
            .await
            .expect("the door is watched");
        visitor.open("/crates/own-docs/docs").await;
        visitor
            .see("link", "https://docs.own-docs.example/latest/")
            .await;
        visitor.settle().await;
        assert_eq!(
            visitor
                .ask("return sessionStorage.getItem('left-for')")
                .await,
            json!("https://docs.own-docs.example/latest/")
        );
    });
}

#[test]
fn a_crate_is_followed_and_left_again() {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/crates/crabshell").await;
        visitor.see_no("button", "Follow").await;
        visitor.sign_in("empty-shelf").await;
        visitor.click_button("Follow").await;
        visitor.see("button", "Unfollow").await;
        visitor.reload().await;
        visitor.click_button("Unfollow").await;
        visitor.see("button", "Follow").await;
        // A refusal is said and changes nothing.
        visitor.foresee(503, "/api/v1/crates/crabshell/follow");
        fail(
            stage,
            json!({"method": "PUT", "path": "/api/v1/crates/crabshell/follow", "status": 503}),
        )
        .await;
        visitor.click_button("Follow").await;
        visitor
            .expect_text("You do not follow it: that did not work.")
            .await;
        visitor.see("button", "Follow").await;
        // Done, but the answer is lost: the truth is read back.
        visitor.foresee_broken("/api/v1/crates/crabshell/follow");
        fail(
            stage,
            json!({"method": "PUT", "path": "/api/v1/crates/crabshell/follow", "drop": "after"}),
        )
        .await;
        visitor.click_button("Follow").await;
        visitor.see("button", "Unfollow").await;
    });
}

#[test]
fn an_owner_yanks_after_a_question_and_takes_it_back() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/crates/lone-lantern/versions").await;
        visitor.see("list", "Versions").await;
        visitor.see_no("button", containing("Yank version")).await;
        let (_, owners) = stage
            .registry
            .ask("/api/v1/crates/yanked-some/owners")
            .await
            .expect("owners");
        assert_eq!(owners["users"][0]["login"], "ferris");
        visitor.sign_in("ferris").await;
        visitor.open("/crates/yanked-some/versions").await;
        visitor.click_button("Yank version 0.4.0").await;
        visitor
            .see("dialog", "Yank version 0.4.0 of yanked-some?")
            .await;
        visitor.expect_focus("button", "Cancel").await;
        visitor.press(Key::Escape).await;
        visitor.see_no("dialog", containing("")).await;
        visitor.expect_focus("button", "Yank version 0.4.0").await;
        assert_eq!(
            version(stage, "0.4.0").await["yanked"],
            false,
            "Escape is a no"
        );
        visitor.press(Key::Enter).await;
        visitor
            .see("dialog", "Yank version 0.4.0 of yanked-some?")
            .await;
        stage.inspect("yank-dialog").await;
        visitor.click_button("Yank").await;
        visitor
            .expect_text("Version 0.4.0 of yanked-some is yanked.")
            .await;
        visitor.expect_focus("button", "Unyank version 0.4.0").await;
        assert_eq!(version(stage, "0.4.0").await["yanked"], true);
        visitor.press(Key::Enter).await;
        visitor
            .see("dialog", "Unyank version 0.4.0 of yanked-some?")
            .await;
        visitor.click_button("Unyank").await;
        visitor.see("button", "Yank version 0.4.0").await;
        assert_eq!(version(stage, "0.4.0").await["yanked"], false);
    });
}

async fn version(stage: &Stage, num: &str) -> Value {
    let (status, answer) = stage
        .registry
        .ask(&format!("/api/v1/crates/yanked-some/{num}"))
        .await
        .expect("it answers");
    assert_eq!(status, 200);
    answer["version"].clone()
}

#[test]
fn a_yank_that_fails_is_said_and_one_whose_answer_is_lost_is_found_out() {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        let yank = "/api/v1/crates/yanked-some/0.4.0/yank";
        visitor.open("/crates/yanked-some/versions").await;
        visitor.sign_in("ferris").await;
        visitor.foresee(503, yank);
        fail(
            stage,
            json!({"method": "DELETE", "path": yank, "status": 503}),
        )
        .await;
        visitor.click_button("Yank version 0.4.0").await;
        visitor.click_button("Yank").await;
        visitor.expect_text("Nothing was changed.").await;
        assert_eq!(version(stage, "0.4.0").await["yanked"], false);
        visitor.foresee_broken(yank);
        fail(
            stage,
            json!({"method": "DELETE", "path": yank, "drop": "after"}),
        )
        .await;
        visitor.click_button("Yank").await;
        visitor.see("button", "Unyank version 0.4.0").await;
        assert_eq!(version(stage, "0.4.0").await["yanked"], true);
    });
}

#[test]
fn downloads_are_drawn_when_somebody_gets_there() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/crates/many-versions").await;
        visitor.see("region", "Readme").await;
        visitor.settle().await;
        assert_eq!(
            asked(visitor, "/api/v1/crates/many-versions/downloads").await,
            0,
            "nobody has looked yet"
        );
        visitor
            .ask("document.querySelector('.downloads').scrollIntoView(); return 1")
            .await;
        visitor.see("image", containing("Bars by day")).await;
        assert_eq!(
            asked(visitor, "/api/v1/crates/many-versions/downloads").await,
            1
        );
        // A day by the keyboard: the slider reads it out, the legend shows its numbers.
        visitor
            .ask("document.querySelector('.chart__slider').focus(); return 1")
            .await;
        visitor.press(Key::Left).await;
        visitor.press(Key::Left).await;
        let (_, answer) = stage
            .registry
            .ask("/api/v1/crates/many-versions/downloads?include=versions")
            .await
            .expect("numbers");
        let said = visitor
            .ask("return document.querySelector('.chart__slider').getAttribute('aria-valuetext')")
            .await;
        let said = said.as_str().unwrap_or_default().replace(',', "");
        let day = visitor
            .ask("return new Date(Date.now() - 2 * 864e5).toISOString().slice(0, 10)")
            .await;
        let told = answer["version_downloads"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|one| one["date"] == day);
        let others = answer["meta"]["extra_downloads"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|one| one["date"] == day);
        let total: u64 = told
            .chain(others)
            .filter_map(|one| one["downloads"].as_u64())
            .sum();
        assert!(
            said.contains(&format!(": {total} downloads")),
            "{day}: {total}; said: {said}"
        );
        // And all of them as a table.
        visitor
            .ask("document.querySelector('.chart__table summary').click(); return 1")
            .await;
        visitor.see("group", "Downloads by day").await;
        assert_eq!(
            visitor
                .ask("return document.querySelectorAll('.chart__table tbody tr').length")
                .await,
            90
        );
        stage.inspect("downloads").await;
    });
}

#[test]
fn the_mouse_chooses_a_day_and_leaves_it() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/crates/crabshell").await;
        visitor.see("region", "Readme").await;
        visitor
            .ask("document.querySelector('.downloads').scrollIntoView(); return 1")
            .await;
        visitor.see("image", containing("Bars by day")).await;
        visitor.expect_text(" in 90 days").await;
        visitor.hover("image", containing("Bars by day")).await;
        visitor.expect_text(" on ").await;
        assert_eq!(
            visitor
                .ask("return document.querySelectorAll('.chart__marker').length")
                .await,
            1
        );
        visitor.move_mouse_away().await;
        visitor.expect_text(" in 90 days").await;
    });
}

#[test]
fn downloads_that_fail_or_are_none_are_said() {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        let address = "/api/v1/crates/crabshell/downloads";
        visitor.foresee(500, address);
        fail(
            stage,
            json!({"method": "GET", "path": address, "status": 500}),
        )
        .await;
        visitor.open("/crates/crabshell").await;
        visitor.see("region", "Readme").await;
        visitor
            .ask("document.querySelector('.downloads').scrollIntoView(); return 1")
            .await;
        visitor
            .expect_text("The downloads could not be loaded")
            .await;
        stage.registry.heal().await.expect("it works again");
        visitor.click_button("Try again").await;
        visitor.see("image", containing("Bars by day")).await;
        visitor.open("/crates/no-downloads").await;
        visitor.see("region", "Owners").await;
        visitor.settle().await;
        visitor
            .ask("document.querySelector('.downloads').scrollIntoView(); return 1")
            .await;
        visitor.expect_text("No downloads in these days.").await;
    });
}

#[test]
fn every_tab_is_accessible_and_reflows() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        for (path, name) in [
            ("/crates/crabshell/versions", "versions"),
            ("/crates/licence-zoo/versions", "versions-licences"),
            ("/crates/yanked-some/0.5.0", "version-yanked"),
            ("/crates/dependency-zoo/0.4.2/dependencies", "dependencies"),
            ("/crates/much-depended/reverse_dependencies", "dependents"),
            ("/crates/crabshell/range/%5E77", "range-nothing"),
            ("/crates/hostile-links/docs", "docs-dead-end"),
            (
                "/crates/a-crate-name-of-sixty-four-characters-which-is-the-most-allowed1/versions",
                "versions-long-name",
            ),
        ] {
            visitor.open(path).await;
            visitor.see("contentinfo", "").await;
            visitor.settle().await;
            stage.inspect(name).await;
        }
    });
}
