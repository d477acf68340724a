//! The way from GitHub to an account.

use nameplate_registry::config::Level;
use serde_json::json;

use crate::{harness::Registry, judge::Judge};

/// Goes it.
pub async fn all(judge: &mut Judge, registry: &Registry) {
    let mut somebody = registry.guest();
    let begun = judge
        .ask(
            &mut somebody,
            "POST",
            "/api/private/session/begin",
            "/api/private/session/begin",
            None,
        )
        .await
        .json();
    // The first of the stand-in's stories: somebody new.
    let code = registry.code(990_001).await;
    let body = json!({ "code": code, "state": begun["state"] });
    judge
        .ask(
            &mut somebody,
            "POST",
            "/api/private/session/authorize",
            "/api/private/session/authorize",
            Some(body),
        )
        .await;
    let path = "/api/private/session/signup";
    judge.ask(&mut somebody, "GET", path, path, None).await;
    let other = somebody.clone();
    let body = json!({ "signup": { "username": "brand-new", "email": "new@example.com" } });
    let me = judge
        .ask(&mut somebody, "POST", path, path, Some(body))
        .await
        .json();
    let expected = if registry.running.app.level == Level::Full {
        "brand-new"
    } else {
        "crab-newcomer"
    };
    assert_eq!(me["user"]["login"], expected);
    judge
        .ask(&mut other.clone(), "DELETE", path, path, None)
        .await;
    judge
        .ask(
            &mut somebody,
            "DELETE",
            "/api/private/session",
            "/api/private/session",
            None,
        )
        .await;
}
