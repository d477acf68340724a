//! The floor: a page's finished HTML, its CSS and its pictures, as static files from the same server.
//!
//! No app can be faster than its own result; what lies between the two is what the app costs.

use nameplate_e2e::Outcome;
use nameplate_e2e::browser::{Browser, Look};
use nameplate_e2e::cold::session::Session;
use nameplate_e2e::cold::{Page, probe};
use nameplate_e2e::registry::Registry;
use std::io::Write;
use std::path::Path;

/// Everything that only the app needs goes; what is seen stays.
const FINISHED: &str = r#"
for (const one of document.querySelectorAll('script, link[rel=modulepreload], link[rel=preload], link[rel=prefetch], noscript')) {
    one.remove();
}
return '<!doctype html>' + document.documentElement.outerHTML;
"#;

/// Copies the built app, so that floors can lie beside it.
pub fn copy_dist(to: &Path) -> Outcome<()> {
    let from = std::env::var_os("NAMEPLATE_DIST")
        .ok_or("NAMEPLATE_DIST does not say where the built app is")?;
    copy(Path::new(&from), to)
}

fn copy(from: &Path, to: &Path) -> Outcome<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// Loads a page, writes what came of it beside the app, and returns where.
pub async fn make(
    registry: &Registry,
    page: &Page,
    session: Option<&Session>,
    dist: &Path,
) -> Outcome<String> {
    let browser = Browser::open(Look::DESK).await?;
    if let Some(session) = session {
        session.resume(&browser).await?;
    }
    browser
        .goto(&format!("{}{}", registry.app(), page.path))
        .await?;
    let ready = format!(
        "return document.querySelector({:?})?.textContent && document.querySelector({:?})?.textContent || null",
        page.heading, page.content
    );
    probe::wait_for(&browser, page.path, &ready).await?;
    browser.settle().await?;
    let html = browser.script(FINISHED, Vec::new()).await?;
    browser.close().await?;
    let html = html.as_str().ok_or("the page has no HTML")?;
    let name = format!("floor{}.html", page.path.replace('/', "-"));
    std::fs::write(dist.join(&name), html)?;
    let mut compressed = std::fs::File::create(dist.join(format!("{name}.br")))?;
    let mut encoder = brotli::CompressorWriter::new(Vec::new(), 64 * 1024, 11, 22);
    encoder.write_all(html.as_bytes())?;
    compressed.write_all(&encoder.into_inner())?;
    Ok(format!("/{name}"))
}
