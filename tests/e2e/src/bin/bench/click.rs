//! One way from page to page inside the app, with and without the mouse resting on the link before.

use crate::Click;
use nameplate_e2e::Outcome;
use nameplate_e2e::browser::{Browser, Look};
use nameplate_e2e::by_role::Name;
use nameplate_e2e::cold::load::Traffic;
use nameplate_e2e::cold::{Profile, probe};
use nameplate_e2e::registry::Registry;
use serde_json::json;
use std::time::Duration;

/// How long a mouse rests on a link before it is pressed.
const REST: Duration = Duration::from_millis(150);

/// What it took.
pub struct Taken {
    /// From the click to heading and first entry painted, in milliseconds.
    pub content: f64,
    /// The slowest call of the API among those it took, in milliseconds; 0 when there was none.
    pub slowest_call: f64,
    /// Everything but the page's own part of the wasm.
    pub traffic: Traffic,
    /// The page's own part of the wasm.
    pub part: Traffic,
}

/// A way on a profile, all its runs.
pub struct Row {
    /// The way's name.
    pub name: &'static str,
    /// The profile.
    pub profile: Profile,
    /// Whether the mouse rested on the link first.
    pub is_hovered: bool,
    /// The runs.
    pub taken: Vec<Taken>,
}

const WATCH: &str = r#"
const [heading, content] = arguments;
const watch = window.__click = {start: null, content: null};
addEventListener('click', (event) => { watch.start = event.timeStamp; }, {capture: true, once: true});
const look = () => {
    const h1 = document.querySelector('main h1');
    const entry = document.querySelector(content);
    if (watch.start === null || !h1 || h1.textContent.trim() !== heading || !entry || entry.closest('[aria-busy=true]')) return;
    observer.disconnect();
    requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => { watch.content = performance.now(); };
        channel.port2.postMessage(null);
    });
};
const observer = new MutationObserver(look);
observer.observe(document, {subtree: true, childList: true, characterData: true, attributes: true});
"#;

/// Opens the first page, follows the link and says what it took.
pub async fn follow(
    registry: &Registry,
    click: &Click,
    profile: Profile,
    is_hovered: bool,
) -> Outcome<Taken> {
    let browser = Browser::open(Look::DESK).await?;
    browser
        .goto(&format!("{}{}", registry.app(), click.from))
        .await?;
    let link = browser.one(&["link"], &Name::from(click.link)).await?;
    browser.settle().await?;
    if profile == Profile::Slow {
        probe::slow_down(&browser).await?;
    }
    let link = browser.element(link.backend).await?;
    browser.forget_network().await?;
    browser
        .script(WATCH, vec![json!(click.heading), json!(click.content)])
        .await?;
    if is_hovered {
        browser
            .driver()
            .action_chain()
            .move_to_element_center(&link)
            .perform()
            .await?;
        tokio::time::sleep(REST).await;
    }
    link.click().await?;
    let ready =
        "const {start, content} = window.__click; return content === null ? null : content - start";
    let content = probe::wait_for(&browser, click.name, ready).await?;
    browser.settle().await?;
    let network = browser.network().await?;
    browser.close().await?;
    let is_picture = |url: &str| url.starts_with(registry.files());
    let is_part = |url: &str| url.ends_with(".wasm");
    let calls = network
        .over_the_wire()
        .filter(|one| one.path().starts_with("/api/"));
    Ok(Taken {
        content: content.as_f64().unwrap_or_default(),
        slowest_call: calls.filter_map(|one| one.seconds()).fold(0.0, f64::max) * 1000.0,
        traffic: Traffic::of(
            network
                .over_the_wire()
                .filter(|one| !is_picture(&one.url) && !is_part(&one.url)),
        ),
        part: Traffic::of(network.over_the_wire().filter(|one| is_part(&one.url))),
    })
}
