//! Pictures of pages, for people: of what the tests saw when `NAMEPLATE_SCREENSHOTS` names a folder, and on demand.

use crate::Outcome;
use crate::browser::{Browser, Look};
use serde_json::json;
use std::path::{Path, PathBuf};

/// How much of the page is in the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// What the window shows.
    Window,
    /// From top to bottom.
    WholePage,
}

/// Takes a picture of the page as it is and writes it as PNG.
pub async fn take(browser: &Browser, extent: Extent, file: &Path) -> Outcome<()> {
    let mut request = json!({"format": "png"});
    if extent == Extent::WholePage {
        let metrics = browser.cdp("Page.getLayoutMetrics", json!({})).await?;
        let size = &metrics["cssContentSize"];
        request["captureBeyondViewport"] = json!(true);
        request["clip"] =
            json!({"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1});
    }
    let picture = browser.cdp("Page.captureScreenshot", request).await?;
    let data = picture["data"]
        .as_str()
        .ok_or("the browser sent no picture")?;
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    Ok(std::fs::write(
        file,
        thirtyfour::support::base64_decode(data)?,
    )?)
}

/// Where pictures are wanted, if anywhere.
pub fn folder() -> Option<PathBuf> {
    std::env::var_os("NAMEPLATE_SCREENSHOTS")
        .filter(|folder| !folder.is_empty())
        .map(PathBuf::from)
}

/// Pictures of the present page on a desk and on a phone, by day and by night, when pictures are wanted.
pub async fn of_every_look(browser: &Browser, name: &str) -> Outcome<()> {
    let Some(folder) = folder() else {
        return Ok(());
    };
    let before = browser.look();
    for (device, look) in [("desk", Look::DESK), ("phone", Look::PHONE)] {
        for (scheme, look) in [("light", look), ("dark", look.in_the_dark())] {
            browser.look_like(look).await?;
            browser.settle().await?;
            take(
                browser,
                Extent::WholePage,
                &folder.join(format!("{name}-{device}-{scheme}.png")),
            )
            .await?;
        }
    }
    browser.look_like(before).await
}
