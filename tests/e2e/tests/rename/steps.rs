//! The steps that the stories share, and the look into the database that ends them.

use nameplate_e2e::by_role::containing;
use nameplate_e2e::story::Stage;
use nameplate_e2e::visitor::Visitor;
use serde_json::{Value, json};

/// Signs in as a GitHub identity and opens a page of the settings.
pub async fn open_as(visitor: &Visitor, login: &str, path: &str) {
    visitor.open("/docs/usernames").await;
    visitor.sign_in(login).await;
    visitor.open(path).await;
}

/// Types a name into the field and goes on to the review.
pub async fn choose(visitor: &Visitor, name: &str) {
    visitor.expect_heading("Choose a username").await;
    visitor.fill("New username", name).await;
    visitor.click_button("Review the change").await;
}

/// From the review through the dialog, typing the name again where that is asked for.
pub async fn confirm(visitor: &Visitor, name: &str, owns_crates: bool) {
    visitor.expect_heading("Change your username?").await;
    visitor.click_button("Change username…").await;
    visitor
        .see("dialog", containing("Change your username to"))
        .await;
    if owns_crates {
        visitor.fill("Type the new username once more", name).await;
    }
    visitor.click_button("Change username").await;
}

/// The whole way from the username as it is to a change that was sent.
pub async fn rename(visitor: &Visitor, to: &str, owns_crates: bool) {
    visitor.open("/settings/username/choose").await;
    choose(visitor, to).await;
    confirm(visitor, to, owns_crates).await;
}

/// The screen after a change that was made.
pub async fn expect_done(visitor: &Visitor, to: &str) {
    visitor
        .expect_heading(format!("Your username is “{to}”").as_str())
        .await;
    visitor.expect_path("/settings/username").await;
    visitor.see("button", to).await;
}

/// Whether somebody has this name, spelled so.
pub async fn is_there(stage: &Stage, name: &str) -> bool {
    let (status, body) = stage
        .registry
        .ask(&format!("/api/v1/users/{name}"))
        .await
        .expect("the registry answers");
    assert!(matches!(status, 200 | 404), "{status}: {body}");
    body["user"]["login"] == name
}

/// The address of somebody's record, by their username now.
pub async fn record(stage: &Stage, name: &str) -> String {
    let (_, body) = stage
        .registry
        .ask(&format!("/api/v1/users/{name}"))
        .await
        .expect("the registry answers");
    let id = body["user"]["id"]
        .as_i64()
        .unwrap_or_else(|| panic!("nobody is called {name}"));
    format!("/api/v1/users/{id}")
}

/// Lets days go by. What the browser keeps for seconds is gone by then, with the `Date` on it.
pub async fn days_pass(stage: &Stage, days: u64) {
    // A minute more: the app knows the server's time by whole seconds only, and a begun day counts as one.
    let passed = stage.registry.let_pass(days * 86_400 + 60).await;
    passed.expect("time passes");
    let browser = &stage.visitor.browser;
    let forgotten = browser.cdp("Network.clearBrowserCache", json!({})).await;
    forgotten.expect("the cache is emptied");
}

/// Makes the registry fail from now on.
pub async fn fail(stage: &Stage, faults: Value) {
    stage.registry.fail(faults).await.expect("it fails now");
}

/// Lets it work again.
pub async fn heal(stage: &Stage) {
    stage.registry.heal().await.expect("it works again");
}
