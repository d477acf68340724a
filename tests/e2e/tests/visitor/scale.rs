//! What a page costs depends on what is on the screen, not on how much there is. Times are the bench's; here is what can be
//! counted.

use nameplate_e2e::by_role::Name;
use nameplate_e2e::story::{Setting, story};
use nameplate_e2e::visitor::Visitor;
use serde_json::json;
use thirtyfour::Key;

async fn count(visitor: &Visitor, selector: &str) -> i64 {
    let script = format!("return document.querySelectorAll({selector:?}).length");
    visitor.ask(&script).await.as_i64().unwrap_or(-1)
}

/// The calls of the API that the page took. What the site says of itself may be in the browser's cache, and downloads are
/// asked for where their place is in sight.
async fn calls(visitor: &Visitor) -> Vec<String> {
    visitor.settle().await;
    let mut calls = visitor.network().await.api_calls();
    calls.retain(|call| !call.contains("/site_metadata") && !call.contains("/downloads"));
    calls
}

/// Elements on the page and calls of the API that it took.
async fn cost(visitor: &Visitor, page: &str, heading: &str) -> (i64, usize) {
    visitor.open(page).await;
    visitor
        .see("heading", Name::Contains(heading.to_owned()))
        .await;
    let calls = calls(visitor).await;
    (count(visitor, "*").await, calls.len())
}

/// Writes down, from the next page on, how many there were of something whenever more of it came.
async fn watch_coming(visitor: &Visitor, selector: &str) {
    let source = format!(
        "window.__came = [];
        new MutationObserver(() => {{
            const there = document.querySelectorAll({selector:?}).length;
            if (there > (window.__came.at(-1) ?? 0)) window.__came.push(there);
        }}).observe(document, {{childList: true, subtree: true}});"
    );
    let added = visitor
        .browser
        .cdp(
            "Page.addScriptToEvaluateOnNewDocument",
            serde_json::json!({"source": source}),
        )
        .await;
    added.expect("it is added");
}

/// Waits until there are as many, and says how many there were on the way.
async fn expect_coming(visitor: &Visitor, wanted: i64) -> Vec<i64> {
    let came = visitor.browser.until("all of them", async || {
        let came = visitor.ask("return window.__came").await;
        let came: Vec<i64> = serde_json::from_value(came)?;
        Ok((came.last() == Some(&wanted)).then_some(came))
    });
    came.await.expect("they come")
}

#[test]
fn long_lists_are_drawn_a_part_at_a_time() {
    story(Setting::DEMO.extremes(), async |stage| {
        let visitor = &stage.visitor;
        watch_coming(visitor, ".owner, [data-version-row]").await;
        for (page, all) in [
            ("/crates/scale-two-hundred-owners", 200),
            ("/crates/scale-three-thousand-versions/versions", 100),
        ] {
            visitor.open(page).await;
            let came = expect_coming(visitor, all).await;
            let mut before = 0;
            for there in came {
                assert!(there - before <= 25, "{page}: {there} after {before}");
                before = there;
            }
        }
    });
}

#[test]
fn three_thousand_versions_are_drawn_a_hundred_at_a_time() {
    story(Setting::DEMO.extremes(), async |stage| {
        let visitor = &stage.visitor;
        watch_coming(visitor, "[data-version-row]").await;
        let crate_page = "/crates/scale-three-thousand-versions";
        visitor.open(crate_page).await;
        visitor.expect_crate("scale-three-thousand-versions").await;
        let big = calls(visitor).await;
        visitor.open("/crates/crabshell").await;
        visitor.expect_crate("crabshell").await;
        let small = calls(visitor).await;
        assert_eq!(big.len(), small.len(), "{big:#?} {small:#?}");

        visitor.open(&format!("{crate_page}/versions")).await;
        visitor.expect_text("100 of 3,000 versions").await;
        expect_coming(visitor, 100).await;
        let calls = calls(visitor).await;
        let lists = calls.iter().filter(|call| call.contains("/versions?"));
        assert_eq!(lists.count(), 1, "{calls:#?}");
        visitor.click_button("Load more").await;
        visitor.expect_text("200 of 3,000 versions").await;
        expect_coming(visitor, 200).await;
        visitor.expect_no_request_twice().await;
    });
}

#[test]
fn five_thousand_crates_cost_no_more_than_twenty_five() {
    story(Setting::DEMO.extremes(), async |stage| {
        let visitor = &stage.visitor;
        let (few, few_calls) = cost(visitor, "/users/twenty-five", "Crates (25)").await;
        let (many, many_calls) = cost(visitor, "/users/scale-collector", "Crates (5,").await;
        assert_eq!(many_calls, few_calls);
        assert!(many < few + few / 5, "{many} elements instead of {few}");
        let (end, end_calls) = cost(visitor, "/users/scale-collector?page=200", "Crates (5,").await;
        assert_eq!(end_calls, few_calls);
        assert!(end < few + few / 5, "{end} elements instead of {few}");
        assert!(
            count(visitor, "main h3 a").await > 0,
            "the last crates that the registry gives"
        );
    });
}

#[test]
fn two_hundred_owners_are_all_there_by_name_and_none_is_asked_about() {
    story(Setting::DEMO.extremes(), async |stage| {
        let visitor = &stage.visitor;
        let (_, few_calls) = cost(visitor, "/crates/crabshell", "Owners").await;
        watch_coming(visitor, ".owner").await;
        let page = "/crates/scale-two-hundred-owners";
        let (_, many_calls) = cost(visitor, page, "Owners").await;
        assert_eq!(many_calls, few_calls, "no call for each of them");
        expect_coming(visitor, 200).await;
        let many = count(visitor, "*").await;
        assert!(many < 200 * 40, "{many} elements");
        let (_, body) = stage
            .registry
            .ask("/api/v1/crates/scale-two-hundred-owners/owners")
            .await
            .expect("it answers");
        let owners = body["users"].as_array().expect("owners");
        assert_eq!(owners.len(), 200);
        let tree = visitor.tree().await;
        let links = tree.nodes().iter().filter(|node| node.role == "link");
        let links: Vec<&str> = links.map(|link| link.name.as_str()).collect();
        for owner in owners {
            let name = owner["login"].as_str().expect("a name");
            assert!(links.contains(&name), "{name} is not among the links");
        }
        let network = visitor.network().await;
        let pictures = network.over_the_wire().filter(|one| one.kind == "Image");
        assert!(pictures.count() < 100, "avatars that nobody sees");
    });
}

/// The text of a README, once all of its pictures are there.
async fn whole_readme(visitor: &Visitor) -> String {
    let last = visitor.browser.until("all of it", async || {
        let pictures = count(visitor, ".readme__body img").await;
        Ok((pictures == 500).then_some(()))
    });
    last.await.expect("it comes");
    visitor.settle().await;
    readme_so_far(visitor).await
}

async fn readme_so_far(visitor: &Visitor) -> String {
    let text = "return document.querySelector('.readme__body')?.textContent ?? ''";
    visitor
        .ask(text)
        .await
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

#[test]
fn a_readme_of_a_megabyte_is_read_before_its_end_is_there() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        // With what a crate's page needs, so that only the README is slow.
        visitor.open("/crates/crabshell").await;
        visitor.settle().await;
        visitor.fill("Search crates", "readme-one-megabyte").await;
        visitor.press(Key::Enter).await;
        visitor.see("link", "readme-one-megabyte").await;
        visitor.settle().await;
        let network = |bytes: f64| json!({"offline": false, "latency": 0, "downloadThroughput": bytes, "uploadThroughput": -1});
        let watched = visitor.browser.cdp("Network.enable", json!({}));
        watched.await.expect("it is watched");
        let slow = visitor
            .browser
            .cdp("Network.emulateNetworkConditions", network(20e3));
        slow.await.expect("it is slow");
        visitor.click_link("readme-one-megabyte").await;
        visitor.see("region", "Readme").await;
        let beginning = visitor.browser.until("the beginning", async || {
            let shown = readme_so_far(visitor).await;
            Ok((!shown.is_empty()).then_some(shown))
        });
        let beginning = beginning.await.expect("it is shown");
        let pictures = count(visitor, ".readme__body img").await;
        assert!(pictures < 100, "{pictures} of 500");
        let mark = "document.querySelector('.readme__body p').setAttribute('data-read', '')";
        visitor.ask(mark).await;
        let fast = visitor
            .browser
            .cdp("Network.emulateNetworkConditions", network(-1.0));
        fast.await.expect("it is fast");
        let gradually = whole_readme(visitor).await;
        // What was read stayed where it was.
        assert_eq!(count(visitor, ".readme__body p[data-read]").await, 1);
        assert!(gradually.starts_with(&beginning), "{beginning}");
        visitor.reload().await;
        assert!(whole_readme(visitor).await == gradually, "another text");
    });
}

#[test]
fn a_readme_of_a_megabyte_is_there_to_its_end() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/crates/readme-one-megabyte").await;
        visitor.see("region", "Readme").await;
        let last = "const pictures = document.querySelectorAll('.readme__body img');
            return pictures.length === 500 ? pictures[499].alt : null";
        let whole = visitor.browser.until("all of it", async || {
            let last = visitor.ask(last).await;
            Ok(last.as_str().map(str::to_owned))
        });
        assert_eq!(whole.await.expect("it comes"), "Figure 499");
        // Pieces are small, and nothing of one that is far off is laid out or painted.
        let pieces = "const pieces = [...document.querySelectorAll('.readme__body > *')];
            const far = pieces.slice(5).filter((one) => getComputedStyle(one).contentVisibility === 'auto');
            return [pieces.length, far.length, Math.max(...pieces.map((one) => one.childNodes.length))]";
        visitor.settle().await;
        let pieces: Vec<i64> =
            serde_json::from_value(visitor.ask(pieces).await).expect("three numbers");
        assert!(
            pieces[0] > 100 && pieces[1] == pieces[0] - 5 && pieces[2] <= 24,
            "{pieces:?}"
        );
        assert_eq!(
            count(visitor, ".readme__body > .readme__piece").await,
            pieces[0]
        );
        let headings = count(visitor, ".readme__body h3").await;
        let permalinks = count(visitor, ".readme__body .readme__permalink").await;
        assert!(
            headings > 100 && permalinks >= headings,
            "{headings} headings, {permalinks} links to them"
        );
    });
}
