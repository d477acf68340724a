//! What is put into a page before it loads, to see when things are painted.
//!
//! A mutation says that something is in the document; the frame after it says that it was painted. Asking the page from
//! outside would cost it time, so it writes down everything itself and is asked once.

use super::Profile;
use crate::Outcome;
use crate::browser::{Browser, Look};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// Nothing takes longer, not even on the slow profile.
const LONGEST: Duration = Duration::from_secs(60);

/// Between two looks from outside; rare, so that looking does not slow what is looked at.
const BETWEEN_LOOKS: Duration = Duration::from_millis(200);

const SCRIPT: &str = r#"
(() => {
    const probe = window.__probe = {heading: null, content: null, longTasks: []};
    new PerformanceObserver((list) => {
        for (const task of list.getEntries()) probe.longTasks.push([task.startTime, task.duration]);
    }).observe({type: 'longtask', buffered: true});
    const isThere = (selector) => {
        const element = document.querySelector(selector);
        return element && !element.closest('[aria-busy=true]') && element.textContent.trim() !== '' && element.checkVisibility();
    };
    const painted = (act) => requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = act;
        channel.port2.postMessage(null);
    });
    const seen = {};
    const look = () => {
        for (const [mark, selector] of Object.entries(SELECTORS)) {
            if (seen[mark] || !isThere(selector)) continue;
            seen[mark] = true;
            painted(() => { probe[mark] = performance.now(); });
        }
        if (Object.keys(SELECTORS).every((mark) => seen[mark])) observer.disconnect();
    };
    const observer = new MutationObserver(look);
    observer.observe(document, {subtree: true, childList: true, characterData: true, attributes: true});
})();
"#;

/// What the page wrote down, in milliseconds since the navigation began.
pub struct Seen {
    /// The first pixel.
    pub first_paint: f64,
    /// Heading and content are painted.
    pub content: f64,
    /// All tasks above 50 ms together, until the content was painted.
    pub long_tasks: f64,
}

/// A browser nobody has used, on this profile, with the probe in it.
pub async fn browser(profile: Profile, heading: &str, content: &str) -> Outcome<Browser> {
    let browser = Browser::open(Look::DESK).await?;
    if profile == Profile::Slow {
        slow_down(&browser).await?;
    }
    let selectors = json!({"heading": heading, "content": content}).to_string();
    let source = SCRIPT.replace("SELECTORS", &selectors);
    browser.run_first(&source).await?;
    Ok(browser)
}

/// Makes the machine and the network slow.
pub async fn slow_down(browser: &Browser) -> Outcome<()> {
    browser
        .cdp("Emulation.setCPUThrottlingRate", json!({"rate": 4}))
        .await?;
    let network = json!({
        "offline": false,
        "latency": 150,
        "downloadThroughput": 1.6e6 / 8.0,
        "uploadThroughput": 750e3 / 8.0,
    });
    browser.cdp("Network.enable", json!({})).await?;
    browser
        .cdp("Network.emulateNetworkConditions", network)
        .await?;
    Ok(())
}

/// Waits for what `script` returns to be something.
pub async fn wait_for(browser: &Browser, what: &str, script: &str) -> Outcome<Value> {
    let start = Instant::now();
    loop {
        let value = browser.script(script, Vec::new()).await?;
        if !value.is_null() {
            return Ok(value);
        }
        if start.elapsed() > LONGEST {
            return Err(format!("{what}: not within {} s", LONGEST.as_secs()).into());
        }
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
}

/// Waits for the content and reads what the page wrote down.
pub async fn read(browser: &Browser, path: &str) -> Outcome<Seen> {
    let ready = "const probe = window.__probe;
        return probe && probe.heading !== null && probe.content !== null ? Math.max(probe.heading, probe.content) : null";
    let content = wait_for(browser, &format!("the content of {path}"), ready).await?;
    let content = content.as_f64().unwrap_or_default();
    let paint = "return performance.getEntriesByName('first-paint')[0]?.startTime ?? null";
    let first_paint = wait_for(browser, "the first paint", paint).await?;
    let tasks = browser
        .script("return window.__probe.longTasks", Vec::new())
        .await?;
    let tasks = tasks.as_array().cloned().unwrap_or_default();
    let until_content = tasks
        .iter()
        .filter(|task| task[0].as_f64().is_some_and(|start| start < content));
    Ok(Seen {
        first_paint: first_paint.as_f64().unwrap_or_default(),
        content,
        long_tasks: until_content
            .filter_map(|task| task[1].as_f64())
            .fold(0.0, |sum, one| sum + one),
    })
}
