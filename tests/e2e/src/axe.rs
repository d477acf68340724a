//! axe-core over the page as it is, with no rule switched off, by day and by night.
//!
//! `NAMEPLATE_AXE` names `axe.min.js`; otherwise the project's tool cache is looked into. The script runs in a world of
//! its own beside the page's: the content security policy is no obstacle to it, and the page cannot tell.

use crate::Outcome;
use crate::browser::{Browser, Look};
use serde_json::{Value, json};
use std::path::PathBuf;

/// The version the project pins.
pub const VERSION: &str = "4.14.1";

/// What axe finds fault with in either colour scheme, one text for each element.
pub async fn in_both_schemes(browser: &Browser) -> Outcome<Vec<String>> {
    let before = browser.look();
    let mut found = Vec::new();
    for (scheme, dark) in [("light", false), ("dark", true)] {
        browser.look_like(Look { dark, ..before }).await?;
        browser.settle().await?;
        let here = violations(browser).await?;
        found.extend(here.into_iter().map(|one| format!("axe, {scheme}: {one}")));
    }
    browser.look_like(before).await?;
    Ok(found)
}

/// What axe finds fault with now.
pub async fn violations(browser: &Browser) -> Outcome<Vec<String>> {
    let frames = browser.cdp("Page.getFrameTree", json!({})).await?;
    let frame = &frames["frameTree"]["frame"]["id"];
    let world = browser
        .cdp(
            "Page.createIsolatedWorld",
            json!({"frameId": frame, "worldName": "axe"}),
        )
        .await?;
    let context = &world["executionContextId"];
    evaluate(browser, context, &source()?).await?;
    let run = "axe.run(document, {resultTypes: ['violations']}).then((report) => JSON.stringify({
        rules: report.passes.length + report.violations.length,
        violations: report.violations.map((one) => ({
            id: one.id, help: one.help,
            nodes: one.nodes.map((node) => ({html: node.html, why: node.failureSummary})),
        })),
    }))";
    let report = evaluate(browser, context, run).await?;
    let report: Value = serde_json::from_str(report.as_str().ok_or("axe says nothing")?)?;
    if report["rules"].as_u64().unwrap_or_default() == 0 {
        return Err("axe applied no rule: is the page empty?".into());
    }
    let mut found = Vec::new();
    for violation in report["violations"].as_array().into_iter().flatten() {
        for node in violation["nodes"].as_array().into_iter().flatten() {
            let part = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            found.push(format!(
                "{} ({}): {}\n    {}",
                part(&violation["id"]),
                part(&violation["help"]),
                part(&node["html"]),
                part(&node["why"]).replace('\n', "\n    ")
            ));
        }
    }
    Ok(found)
}

async fn evaluate(browser: &Browser, context: &Value, expression: &str) -> Outcome<Value> {
    let answer = browser
        .cdp(
            "Runtime.evaluate",
            json!({"contextId": context, "expression": expression, "awaitPromise": true, "returnByValue": true}),
        )
        .await?;
    if let Some(exception) = answer.get("exceptionDetails") {
        return Err(format!("axe fails: {exception}").into());
    }
    Ok(answer["result"]["value"].clone())
}

fn source() -> Outcome<String> {
    let file = match std::env::var_os("NAMEPLATE_AXE").filter(|value| !value.is_empty()) {
        Some(file) => PathBuf::from(file),
        None => cache()?.join(format!(
            "nameplate/tools/axe-core-{VERSION}/node_modules/axe-core/axe.min.js"
        )),
    };
    std::fs::read_to_string(&file).map_err(|error| {
        format!(
            "axe-core is not at {} ({error}); NAMEPLATE_AXE says where it is",
            file.display()
        )
        .into()
    })
}

fn cache() -> Outcome<PathBuf> {
    let named = |variable: &str| {
        std::env::var_os(variable)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    named("XDG_CACHE_HOME")
        .or_else(|| named("HOME").map(|home| home.join(".cache")))
        .ok_or_else(|| "neither XDG_CACHE_HOME nor HOME is set".into())
}
