//! A new release takes the files away that tabs of the old one still count on.

use base64::{Engine, engine::general_purpose::STANDARD};
use nameplate_e2e::Outcome;
use nameplate_e2e::by_role::containing;
use nameplate_e2e::story::{Setting, Stage, story};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// Writes down, over reloads, what the page said of a new version.
const REMEMBER: &str = "new MutationObserver(() => {
    const said = document.querySelector('main h1')?.textContent ?? '';
    if (said.includes('new version')) sessionStorage.setItem('said', said);
}).observe(document, {subtree: true, childList: true, characterData: true});";

fn integrity(content: &[u8]) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(content)))
}

/// Gives every file with a hash in its name another one, as a release of other content does.
fn renamed(root: &Path) -> Outcome<()> {
    let folder = root.join("assets");
    let mut names = Vec::new();
    for entry in std::fs::read_dir(&folder)? {
        let path = entry?.path();
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        if name.ends_with(".br") || name.ends_with(".gz") {
            std::fs::remove_file(&path)?;
        } else {
            names.push((name.to_owned(), format!("next-{name}")));
        }
    }
    for compressed in ["index.html.br", "index.html.gz"] {
        std::fs::remove_file(root.join(compressed))?;
    }
    let page = root.join("index.html");
    let html = std::fs::read_to_string(&page)?;
    let mut html = html.replacen(
        "name=\"release\" content=\"",
        "name=\"release\" content=\"next-",
        1,
    );
    for (old, new) in &names {
        let content = std::fs::read(folder.join(old))?;
        let renewed = match String::from_utf8(content.clone()) {
            Ok(text) => named_anew(&text, &names).into_bytes(),
            Err(_) => content.clone(),
        };
        html = html.replace(&integrity(&content), &integrity(&renewed));
        std::fs::remove_file(folder.join(old))?;
        std::fs::write(folder.join(new), renewed)?;
    }
    std::fs::write(page, named_anew(&html, &names))?;
    Ok(())
}

fn named_anew(text: &str, names: &[(String, String)]) -> String {
    names.iter().fold(text.to_owned(), |text, (old, new)| {
        text.replace(&format!("/assets/{old}"), &format!("/assets/{new}"))
    })
}

/// The address of the part that pages of crates are in.
fn part_of_crates(stage: &Stage) -> String {
    part(stage, "krate")
}

/// A file that was taken away from what is served, with its compressed form.
struct Aside(Vec<PathBuf>);

impl Aside {
    fn put(stage: &Stage, address: &str) -> Self {
        let file = stage.nginx().root().join(address.trim_start_matches('/'));
        let files = vec![file.with_extension("wasm.br"), file];
        for file in &files {
            std::fs::rename(file, Self::place(file)).expect("it is taken away");
        }
        Self(files)
    }

    fn put_back(self) {
        for file in &self.0 {
            std::fs::rename(Self::place(file), file).expect("it is back");
        }
    }

    fn place(file: &Path) -> PathBuf {
        file.with_added_extension("aside")
    }
}

/// The address of a part's own file.
fn part(stage: &Stage, name: &str) -> String {
    let folder = std::fs::read_dir(stage.nginx().root().join("assets")).expect("there are some");
    let mut names = folder.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let start = format!("split_{name}-");
    let part = names.find(|file| file.starts_with(&start) && file.ends_with(".wasm"));
    format!("/assets/{}", part.expect("there is such a part"))
}

/// How often a page was loaded since the log was last forgotten.
async fn loads(stage: &Stage) -> usize {
    let network = stage.visitor.network().await;
    network
        .all()
        .iter()
        .filter(|one| one.kind == "Document")
        .count()
}

#[test]
fn an_old_tab_says_that_a_new_version_is_out_and_loads_it_once() {
    story(Setting::DEMO.behind_nginx(), async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/users/ferris").await;
        visitor.see("link", "crabshell").await;
        visitor.settle().await;
        visitor.ask(REMEMBER).await;
        visitor.foresee_refused_part();
        // The styles of the parts are gone too.
        visitor.foresee_words("is not a supported stylesheet MIME type");
        stage
            .nginx()
            .release(renamed)
            .await
            .expect("it is released");
        visitor.click_link("crabshell").await;
        visitor.expect_crate("crabshell").await;
        visitor.settle().await;
        visitor.expect_path("/crates/crabshell").await;
        visitor.foresee_what_failed().await;
        assert_eq!(
            loads(stage).await,
            2,
            "the first page and the new release's"
        );
        assert_eq!(
            visitor.ask("return sessionStorage.getItem('said')").await,
            json!("A new version is out")
        );
        // The new release's own files are all there.
        visitor.click_link("ferris").await;
        visitor.expect_heading("ferris").await;
        visitor.settle().await;
        assert_eq!(loads(stage).await, 2);
    });
}

#[test]
fn a_tab_whose_files_stay_away_loads_itself_anew_once_and_then_waits_for_the_person() {
    story(Setting::DEMO.behind_nginx(), async |stage| {
        let visitor = &stage.visitor;
        // A cache between the two that gives the old page at one address and the new one at another.
        let stale = "const fetched = window.fetch;
            window.fetch = (...call) => call[0] === '/' ? Promise.resolve(new Response('<!doctype html>another')) : fetched(...call);";
        let script = json!({"source": stale});
        let told = visitor
            .browser
            .cdp("Page.addScriptToEvaluateOnNewDocument", script);
        told.await.expect("it is added");
        let part = part_of_crates(stage);
        visitor.open("/users/ferris").await;
        visitor.see("link", "crabshell").await;
        visitor.settle().await;
        visitor.foresee_refused_part();
        let gone = part.clone();
        let taken = stage.nginx().release(move |root| {
            for suffix in ["", ".br", ".gz"] {
                std::fs::remove_file(
                    root.join(format!("{}{suffix}", gone.trim_start_matches('/'))),
                )?;
            }
            Ok(())
        });
        taken.await.expect("it is released");
        visitor.click_link("crabshell").await;
        let anew = visitor.browser.until("the page loaded anew", async || {
            Ok((loads(stage).await == 2).then_some(()))
        });
        anew.await.expect("it loads anew");
        visitor.expect_heading("A new version is out").await;
        visitor.foresee_what_failed().await;
        visitor.see("button", "Load it").await;
        // Longer than the first time took.
        tokio::time::sleep(std::time::Duration::from_secs(3)).await;
        assert_eq!(loads(stage).await, 2, "once");
        stage.inspect("new-version").await;
    });
}

#[test]
fn a_missing_part_of_the_present_release_can_be_asked_for_again() {
    story(Setting::DEMO.behind_nginx(), async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/users/ferris").await;
        visitor.see("link", "crabshell").await;
        visitor.settle().await;
        let part = part_of_crates(stage);
        visitor.foresee_refused_part();
        let aside = Aside::put(stage, &part);
        visitor.click_link("crabshell").await;
        visitor
            .expect_heading("This page could not be loaded")
            .await;
        visitor.foresee_what_failed().await;
        aside.put_back();
        visitor.click_button("Try again").await;
        visitor.expect_crate("crabshell").await;
        assert_eq!(loads(stage).await, 1);
    });
}

#[test]
fn a_missing_part_of_a_page_is_said_there_and_can_be_asked_for_again() {
    story(Setting::DEMO.behind_nginx(), async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/crates/many-versions").await;
        visitor.see("region", "Readme").await;
        visitor.settle().await;
        let aside = Aside::put(stage, &part(stage, "downloads"));
        visitor.foresee_refused_part();
        visitor
            .ask("document.querySelector('.downloads').scrollIntoView(); return 1")
            .await;
        visitor.expect_text("This could not be loaded").await;
        visitor.foresee_what_failed().await;
        aside.put_back();
        visitor.click_button("Try again").await;
        visitor.see("image", containing("Bars by day")).await;
        assert_eq!(loads(stage).await, 1);
    });
}
