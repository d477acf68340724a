//! From the last key in the username picker to what it says: by itself, and by the server.

use crate::Picker;
use nameplate_e2e::Outcome;
use nameplate_e2e::browser::{Browser, Look};
use nameplate_e2e::by_role::Name;
use nameplate_e2e::cold::session::Session;
use nameplate_e2e::cold::{Profile, probe};
use nameplate_e2e::registry::Registry;
use serde_json::json;
use std::time::Duration;

/// Between two keys.
const BETWEEN_KEYS: Duration = Duration::from_millis(60);

/// What a run took, in milliseconds since the last key.
pub struct Taken {
    /// The picker's own word is painted.
    pub local: f64,
    /// The server's verdict is painted.
    pub server: f64,
    /// The longest frame while typing.
    pub longest_frame: f64,
    /// Tasks above 50 ms while typing, until the verdict was painted.
    pub long_tasks: f64,
    /// How often the server was asked, which is once.
    pub questions: f64,
}

/// The picker on a profile, all its runs.
pub struct Row {
    /// What it is called in the table.
    pub name: &'static str,
    /// The profile.
    pub profile: Profile,
    /// The runs.
    pub taken: Vec<Taken>,
}

const WATCH: &str = r#"
const picker = document.querySelector('.username-field');
const watch = window.__picker = {key: 0, local: null, server: null, longestFrame: 0, longTasks: 0};
new PerformanceObserver((list) => { watch.longTasks += list.getEntries().length; }).observe({type: 'longtask'});
const painted = (act) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = act;
    channel.port2.postMessage(null);
});
picker.querySelector('input').addEventListener('input', (event) => {
    const key = watch.key = event.timeStamp;
    watch.local = watch.server = null;
    // Whatever it says by itself stands in the document when the event is over.
    painted(() => { if (watch.key === key) watch.local = performance.now() - key; });
});
new MutationObserver(() => {
    if (watch.server !== null || ['waiting', 'checking', 'still-checking'].includes(picker.dataset.state)) return;
    const key = watch.key;
    painted(() => { if (watch.key === key) watch.server ??= performance.now() - key; });
}).observe(picker, {attributes: true, attributeFilter: ['data-state']});
let before = performance.now();
const frame = (now) => {
    watch.longestFrame = Math.max(watch.longestFrame, now - before);
    before = now;
    requestAnimationFrame(frame);
};
requestAnimationFrame((now) => { before = now; frame(now); });
"#;

/// Types a free name and says how long the answers took.
pub async fn check(
    registry: &Registry,
    picker: &Picker,
    session: &Session,
    profile: Profile,
) -> Outcome<Taken> {
    let browser = Browser::open(Look::DESK).await?;
    session.resume(&browser).await?;
    browser
        .goto(&format!("{}{}", registry.app(), picker.path))
        .await?;
    let field = browser.one(&["textbox"], &Name::from(picker.label)).await?;
    browser.settle().await?;
    if profile == Profile::Slow {
        probe::slow_down(&browser).await?;
    }
    let field = browser.element(field.backend).await?;
    field.clear().await?;
    browser.settle().await?;
    browser.forget_network().await?;
    browser.script(WATCH, Vec::new()).await?;
    // Key by key, at the pace of somebody who types fast.
    for key in picker.name.chars() {
        field.send_keys(key.to_string()).await?;
        tokio::time::sleep(BETWEEN_KEYS).await;
    }
    let ready = "const {local, server} = window.__picker; return local !== null && server !== null ? window.__picker : null";
    let seen = probe::wait_for(&browser, "the picker's verdict", ready).await?;
    let state = browser
        .script(
            "return document.querySelector('.username-field').dataset.state",
            Vec::new(),
        )
        .await?;
    if state != json!("free") {
        return Err(format!("the picker says {state} of {}", picker.name).into());
    }
    let network = browser.network().await?;
    browser.close().await?;
    let questions = network
        .api_calls()
        .into_iter()
        .filter(|call| call.contains("/usernames/"))
        .count();
    let figure = |key: &str| seen[key].as_f64().unwrap_or(f64::NAN);
    Ok(Taken {
        local: figure("local"),
        server: figure("server"),
        longest_frame: figure("longestFrame"),
        long_tasks: figure("longTasks"),
        questions: questions as f64,
    })
}
