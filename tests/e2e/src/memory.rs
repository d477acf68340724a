//! What a window holds after everything has been collected that nobody needs, and a way of going to and fro for long.

use crate::Outcome;
use crate::browser::Browser;
use serde_json::{Value, json};

/// What a window holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Held {
    /// Bytes of the app's own memory, which only grows.
    pub wasm: f64,
    /// Bytes of the JavaScript heap.
    pub heap: f64,
    /// Nodes, those outside of the document included.
    pub nodes: f64,
    /// Event listeners.
    pub listeners: f64,
}

impl Held {
    /// What it is called, and how much there is.
    pub fn figures(&self) -> [(&'static str, f64); 4] {
        [
            ("wasm memory", self.wasm),
            ("JavaScript heap", self.heap),
            ("nodes", self.nodes),
            ("listeners", self.listeners),
        ]
    }
}

/// A round of six navigations, three on and three back: a crate, one of its owners, a search, the crate, and all the way back.
const ROUND: &str = "
    const arrived = async (way) => {
        await way.finished;
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    };
    for (const page of ['/users/carols10cents', '/search?q=crab', '/crates/crabshell']) await arrived(navigation.navigate(page));
    for (let i = 0; i < 3; i++) await arrived(navigation.back());
    return location.pathname;";

/// Keeps the page's `WebAssembly.Memory`, which nothing else could reach.
const WATCH: &str = "window.__memories = [];
const { instantiate } = WebAssembly;
WebAssembly.instantiate = async (...given) => {
    const made = await instantiate(...given);
    const { memory } = (made.instance ?? made).exports;
    if (memory) window.__memories.push(memory);
    return made;
};";

/// Watches the memory of every page that this browser opens from now on; [`held`] counts it.
pub async fn watch(browser: &Browser) -> Outcome<()> {
    browser.run_first(WATCH).await
}

/// Where [`wander`] begins and ends.
pub const START: &str = "/crates/crabshell";

/// Goes to and fro for so many rounds of six navigations, from [`START`].
pub async fn wander(browser: &Browser, rounds: usize) -> Outcome<()> {
    for _ in 0..rounds {
        let at = browser.script(ROUND, Vec::new()).await?;
        if at != START {
            return Err(format!("the way back led to {at}").into());
        }
        // Nobody will ask for it, and the driver would keep it.
        browser.forget_network().await?;
    }
    browser.settle().await
}

/// Collects garbage and counts, where the memory has been watched.
pub async fn held(browser: &Browser) -> Outcome<Held> {
    // What the first finds dead may have kept others alive.
    for _ in 0..3 {
        browser
            .cdp("HeapProfiler.collectGarbage", json!({}))
            .await?;
    }
    let wasm = wasm(browser).await?;
    let heap = browser.cdp("Runtime.getHeapUsage", json!({})).await?;
    let counters = browser.cdp("Memory.getDOMCounters", json!({})).await?;
    let number = |value: &Value| value.as_f64().unwrap_or(f64::NAN);
    Ok(Held {
        wasm,
        heap: number(&heap["usedSize"]),
        nodes: number(&counters["nodes"]),
        listeners: number(&counters["jsEventListeners"]),
    })
}

/// Nodes that stand nowhere on the page and are held all the same, as they are written: where a leak is looked for.
pub async fn detached(browser: &Browser) -> Outcome<Vec<String>> {
    browser.cdp("DOM.enable", json!({})).await?;
    let found = browser.cdp("DOM.getDetachedDomNodes", json!({})).await?;
    let found = found["detachedNodes"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    Ok(found
        .iter()
        .map(|one| {
            let node = &one["treeNode"];
            format!("{} {}", node["nodeName"], node["attributes"])
        })
        .collect())
}

/// Bytes of the memories that were watched.
async fn wasm(browser: &Browser) -> Outcome<f64> {
    let script = "return window.__memories.reduce((sum, one) => sum + one.buffer.byteLength, 0)";
    let bytes = browser.script(script, Vec::new()).await?;
    bytes
        .as_f64()
        .filter(|bytes| *bytes > 0.0)
        .ok_or_else(|| format!("the app has no memory of its own: {bytes}").into())
}
