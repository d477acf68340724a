//! Pages of much beside the same pages of little: what there is must not cost, only what is on the screen.

use nameplate_e2e::Outcome;
use nameplate_e2e::browser::Browser;
use nameplate_e2e::cold::{Page, Profile, load, probe};
use nameplate_e2e::registry::Registry;
use serde_json::json;

/// A page of much and one of little.
pub struct Pair {
    /// What there is much of.
    pub name: &'static str,
    /// The page of much.
    pub much: Page,
    /// The page of little.
    pub little: &'static str,
}

const fn page(path: &'static str, content: &'static str) -> Page {
    Page {
        name: "",
        path,
        heading: "main h1",
        content,
        who: "",
    }
}

/// The pairs.
pub const PAIRS: [Pair; 4] = [
    Pair {
        name: "scale: 3,000 versions",
        much: page(
            "/crates/scale-three-thousand-versions/versions",
            ".version-row a",
        ),
        little: "/crates/many-versions/versions",
    },
    Pair {
        name: "scale: 5,000 crates of one user",
        much: page("/users/scale-collector", "main h3 a"),
        little: "/users/twenty-five",
    },
    Pair {
        name: "scale: 200 owners",
        much: page("/crates/scale-two-hundred-owners", ".owner-list a"),
        little: "/crates/readme-kitchen-sink",
    },
    Pair {
        name: "scale: README of 1 MB with 500 pictures",
        much: page("/crates/readme-one-megabyte", ".readme__body p"),
        little: "/crates/readme-sixty-kilobytes",
    },
];

/// A pair on a profile, all its runs.
pub struct Row {
    /// What there is much of.
    pub name: &'static str,
    /// The profile.
    pub profile: Profile,
    /// First contents, in milliseconds.
    pub much: Vec<f64>,
    /// The same with little.
    pub little: Vec<f64>,
    /// Scrolling through much.
    pub scrolled: Vec<Scrolled>,
}

/// What scrolling cost.
pub struct Scrolled {
    /// Tasks above 50 ms.
    pub long_tasks: f64,
    /// The longest of them, in milliseconds.
    pub longest: f64,
}

/// How far is scrolled, in pixels, and how fast, in pixels a second.
const FAR: u32 = 16_000;
const FAST: u32 = 4_000;

/// Loads both, `runs` times in turn, and scrolls through the first.
pub async fn compare(
    registry: &Registry,
    pair: &Pair,
    profile: Profile,
    runs: usize,
) -> Outcome<Row> {
    let mut row = Row {
        name: pair.name,
        profile,
        much: Vec::new(),
        little: Vec::new(),
        scrolled: Vec::new(),
    };
    for _ in 0..runs {
        let much = load::cold(registry, &pair.much, pair.much.path, profile, None).await?;
        row.much.push(much.content);
        let little = load::cold(registry, &pair.much, pair.little, profile, None).await?;
        row.little.push(little.content);
        row.scrolled
            .push(scroll(registry, &pair.much, profile).await?);
    }
    Ok(row)
}

/// Scrolls through a page that is there.
async fn scroll(registry: &Registry, page: &Page, profile: Profile) -> Outcome<Scrolled> {
    let browser = probe::browser(profile, page.heading, page.content).await?;
    browser
        .goto(&format!("{}{}", registry.app(), page.path))
        .await?;
    probe::read(&browser, page.path).await?;
    browser.settle().await?;
    let began = browser
        .script("return performance.now()", Vec::new())
        .await?;
    let gesture = json!({"x": 400, "y": 450, "yDistance": -i64::from(FAR), "speed": FAST, "gestureSourceType": "mouse"});
    browser
        .cdp("Input.synthesizeScrollGesture", gesture)
        .await?;
    let tasks = tasks_since(&browser, began.as_f64().unwrap_or_default()).await?;
    let moved = browser
        .script("return scrollY", Vec::new())
        .await?
        .as_f64()
        .unwrap_or_default();
    browser.close().await?;
    if moved < 1.0 {
        return Err(format!("{} did not scroll", page.path).into());
    }
    Ok(Scrolled {
        long_tasks: tasks.len() as f64,
        longest: tasks.into_iter().fold(0.0, f64::max),
    })
}

/// How long each task above 50 ms took that began later.
pub async fn tasks_since(browser: &Browser, began: f64) -> Outcome<Vec<f64>> {
    let tasks = browser
        .script("return window.__probe.longTasks", Vec::new())
        .await?;
    let tasks = tasks.as_array().cloned().unwrap_or_default();
    Ok(tasks
        .iter()
        .filter(|task| task[0].as_f64().is_some_and(|start| start >= began))
        .filter_map(|task| task[1].as_f64())
        .collect())
}
