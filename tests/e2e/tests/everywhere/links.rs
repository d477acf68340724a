//! Every link leads somewhere: the site is walked from its front page along its own links, as a guest and signed in.

use nameplate_e2e::story::{Setting, story};
use nameplate_e2e::visitor::Visitor;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::{Duration, Instant};

/// The links of a page that stay on this site.
const LINKS: &str = "
    return [...document.querySelectorAll('a[href]')]
        .filter((one) => one.origin === location.origin && !one.hasAttribute('download'))
        // A file of the build, no page.
        .filter((one) => one.pathname !== '/licences.txt')
        .map((one) => one.pathname + one.search);";

/// What is wrong with a page; empty when nothing is.
const WRONG: &str = "
    const wrong = [];
    const heads = [...document.querySelectorAll('h1')].filter((one) => one.checkVisibility() && !one.closest('.readme'));
    if (heads.length !== 1) wrong.push(`${heads.length} first headings`);
    if (!/(^| - )nameplate$/.test(document.title)) wrong.push(`title ${document.title}`);
    const screen = document.querySelector('.error-screen h1')?.textContent;
    if (screen && screen !== arguments[0]) wrong.push(`screen ${screen}`);
    for (const alert of document.querySelectorAll('[role=alert]')) {
        if (alert.checkVisibility() && alert.innerText.trim()) wrong.push(`alert ${alert.innerText}`);
    }
    const busy = document.querySelector('main [aria-busy=true]');
    if (busy) wrong.push(`still busy: ${busy.outerHTML.slice(0, 120)}`);
    return wrong;";

/// How long one may wait for a page, everything on it included.
const SANE: Duration = Duration::from_secs(8);

/// The kind of page that an address means, with the names of its parameters: pages of one kind differ in their data only.
fn kind(address: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let segments: Vec<&str> = path.split('/').skip(1).collect();
    let shape = match segments.as_slice() {
        ["crates", _, rest @ ..] => {
            let is_version = |part: &&str| part.starts_with(|c: char| c.is_ascii_digit());
            let rest = rest
                .iter()
                .map(|part| if is_version(part) { "{version}" } else { part });
            format!("crates/*/{}", rest.collect::<Vec<_>>().join("/"))
        }
        [
            list @ ("users" | "teams" | "keywords" | "categories"),
            _,
            rest @ ..,
        ] => {
            format!("{list}/*/{}", rest.join("/"))
        }
        other => other.join("/"),
    };
    let mut names: Vec<&str> = query
        .split('&')
        .filter_map(|pair| pair.split('=').next())
        .collect();
    names.sort_unstable();
    format!("{shape}?{}", names.join("&"))
}

/// Walks along the links, into `samples` pages of each kind; answers how many pages of which kinds were seen.
async fn walk(visitor: &Visitor, samples: usize, guest: bool) -> BTreeMap<String, usize> {
    let mut ahead = VecDeque::from(["/".to_owned()]);
    let mut known: BTreeSet<String> = ahead.iter().cloned().collect();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut found = Vec::new();
    while let Some(address) = ahead.pop_front() {
        let of_kind = seen.entry(kind(&address)).or_default();
        if *of_kind >= samples {
            continue;
        }
        *of_kind += 1;
        let begun = Instant::now();
        visitor.open(&address).await;
        visitor
            .expect_heading(nameplate_e2e::by_role::Name::Any)
            .await;
        visitor.settle().await;
        let took = begun.elapsed();
        if took > SANE {
            found.push(format!("{address}: took {took:?}"));
        }
        let allowed = if guest {
            "Sign in to see this page"
        } else {
            ""
        };
        let wrong = visitor
            .browser
            .script(WRONG, vec![json!(allowed)])
            .await
            .expect("the page can be asked");
        if wrong != json!([]) {
            found.push(format!("{address}: {wrong}"));
        }
        for one in visitor.network().await.over_the_wire() {
            let Some(status @ 400..) = one.status else {
                continue;
            };
            visitor.foresee(status, one.path());
            // Pictures and READMEs that are not there are part of the data; who it is may be asked of anybody.
            let is_data = one.kind == "Image" || one.path().starts_with("/readmes/");
            let is_guest = guest && status == 403 && one.path() == "/api/v1/me";
            if !is_data && !is_guest {
                found.push(format!("{address}: {one}"));
            }
        }
        let links = visitor.ask(LINKS).await;
        for link in links.as_array().into_iter().flatten() {
            let link = link.as_str().unwrap_or_default().to_owned();
            if known.insert(link.clone()) {
                ahead.push_back(link);
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    seen
}

/// That the walk came along these kinds, or it was no walk.
fn expect_kinds(seen: &BTreeMap<String, usize>, kinds: &[&str]) {
    for wanted in kinds {
        assert!(seen.contains_key(*wanted), "never at {wanted}: {seen:#?}");
    }
}

#[test]
fn every_link_that_a_guest_finds_leads_to_a_page() {
    story(Setting::DEMO, async |stage| {
        let seen = walk(&stage.visitor, 3, true).await;
        let kinds = [
            "?",
            "crates?letter",
            "crates?sort",
            "crates/*/?",
            "crates/*/versions?",
            "crates/*/{version}?",
            "crates/*/{version}/dependencies?",
            "crates/*/reverse_dependencies?",
            "users/*/?",
            "teams/*/?",
            "keywords/*/?",
            "categories/*/?",
            "docs/usernames?",
            "policies/privacy?",
            "support?",
        ];
        expect_kinds(&seen, &kinds);
    });
}

#[test]
fn every_link_that_somebody_signed_in_finds_leads_to_a_page() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/docs/usernames").await;
        visitor.sign_in("ferris").await;
        let seen = walk(visitor, 2, false).await;
        let kinds = [
            "dashboard?",
            "settings/profile?",
            "settings/tokens?",
            "settings/username?",
            "settings/username/choose?",
            "me/following?",
        ];
        expect_kinds(&seen, &kinds);
    });
}

#[test]
fn the_search_that_browsers_are_offered_has_a_whole_address_and_works() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/docs/usernames").await;
        visitor.expect_heading("Usernames").await;
        visitor
            .ask(
                "const link = document.querySelector('link[rel=search]');
                fetch(link.href).then((answer) => answer.text()).then((text) => {
                    const description = new DOMParser().parseFromString(text, 'text/xml');
                    window.__template = description.querySelector('Url').getAttribute('template');
                });",
            )
            .await;
        let template = visitor.browser.until("the template", async || {
            let template = visitor
                .browser
                .script("return window.__template ?? null", Vec::new())
                .await?;
            Ok(template.as_str().map(str::to_owned))
        });
        let template = template.await.expect("the search is described");
        let path = template.strip_prefix(visitor.origin());
        let path = path.unwrap_or_else(|| panic!("{template} is not at this origin"));
        visitor
            .open(&path.replace("{searchTerms}", "team%20tool"))
            .await;
        visitor
            .expect_heading("Search results for “team tool”")
            .await;
        assert_ne!(
            visitor
                .ask("return document.querySelectorAll('.crate-row').length")
                .await,
            Value::from(0)
        );
    });
}
