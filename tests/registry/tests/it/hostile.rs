//! Hostile texts in every field: refused or kept as text, never taken for anything else.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::{
    bad_input::{fingerprint, registry},
    harness::exchange,
};

/// Texts that have harmed somebody somewhere.
const HOSTILE: &[&str] = &[
    "'; DROP TABLE users; --",
    "' OR '1'='1",
    "\" OR 1=1 --",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "../../etc/passwd",
    "..\\..\\windows",
    "%00",
    "a\u{0}b",
    "\u{202e}txt.exe",
    "{{7*7}}",
    "${jndi:ldap://x}",
    "%s%n%x",
    "crates.io:ferris",
    "github:ferris:x:y",
    "\u{fdfa}\u{0301}\u{200b}",
    "9999999999999999999999",
    "-1",
    "NULL",
    "*",
];

/// The calls that write, and one text of each body that can be anything.
fn writes(text: &str) -> Vec<(&'static str, String, Value)> {
    vec![
        (
            "PUT",
            "/api/v1/users/1".to_owned(),
            json!({ "user": { "username": text } }),
        ),
        (
            "PUT",
            "/api/v1/users/1".to_owned(),
            json!({ "user": { "email": text } }),
        ),
        (
            "PUT",
            "/api/v1/crates/boat/owners".to_owned(),
            json!({ "owners": [text] }),
        ),
        (
            "DELETE",
            "/api/v1/crates/boat/owners".to_owned(),
            json!({ "owners": [text] }),
        ),
        (
            "PUT",
            "/api/v1/me/tokens".to_owned(),
            json!({ "api_token": { "name": "x", "crate_scopes": [format!("<{text}")] } }),
        ),
        (
            "PUT",
            "/api/v1/me/tokens".to_owned(),
            json!({ "api_token": { "name": "x", "endpoint_scopes": [text] } }),
        ),
        (
            "PUT",
            "/api/v1/me/tokens".to_owned(),
            json!({ "api_token": { "name": "x", "expired_at": text } }),
        ),
        (
            "POST",
            "/api/private/session/authorize".to_owned(),
            json!({ "code": text, "state": text }),
        ),
        (
            "POST",
            "/api/v1/trusted_publishing/github_configs".to_owned(),
            json!({ "github_config": { "crate": "boat", "repository_owner": text, "repository_name": "x", "workflow_filename": "x.yml" } }),
        ),
        (
            "POST",
            "/api/v1/trusted_publishing/gitlab_configs".to_owned(),
            json!({ "gitlab_config": { "crate": text, "namespace": "x", "project": "x", "workflow_filepath": "x.yml" } }),
        ),
    ]
}

fn percent(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

#[tokio::test]
async fn hostile_texts_in_every_field_write_nothing() {
    let registry = registry().await;
    let before = fingerprint(&registry).await;
    let long = "a".repeat(5_000);
    for text in HOSTILE.iter().copied().chain([long.as_str()]) {
        let could_be_a_name = nameplate_registry::names::check(text).is_ok();
        for (method, path, body) in writes(text) {
            if could_be_a_name && body["user"]["username"].is_string() {
                continue;
            }
            let answer = registry
                .user(1)
                .send(method, &path, Some(body.clone()))
                .await;
            assert!(
                (400..500).contains(&answer.status),
                "{method} {path} {body}: {}",
                answer.status
            );
            assert!(
                !answer.detail().is_empty(),
                "{method} {path} {body}: no envelope"
            );
        }
        let mut newcomer = registry.newcomer(99, "gh");
        if !could_be_a_name {
            assert_eq!(newcomer.sign_up(text).await.status, 400, "{text}");
        }
        for path in [
            "/api/v1/users/",
            "/api/v1/crates/",
            "/api/v1/teams/",
            "/api/v1/keywords/",
            "/api/v1/crates/boat/",
            "/api/private/usernames/",
        ] {
            let answer = registry
                .user(1)
                .get(&format!("{path}{}", percent(text)))
                .await;
            assert!(answer.status < 500, "{path}{text}: {}", answer.status);
        }
        for query in [
            "q=",
            "letter=",
            "keyword=",
            "category=",
            "all_keywords=",
            "ids[]=",
            "seek=",
            "sort=",
            "user_id=",
            "include_yanked=",
        ] {
            let answer = registry
                .user(1)
                .get(&format!("/api/v1/crates?{query}{}", percent(text)))
                .await;
            assert!(
                [200, 400].contains(&answer.status),
                "{query}{text}: {} {}",
                answer.status,
                answer.detail()
            );
        }
        for path in [
            "/api/v1/confirm/",
            "/api/v1/me/crate_owner_invitations/accept/",
        ] {
            let answer = registry
                .guest()
                .send("PUT", &format!("{path}{}", percent(text)), None)
                .await;
            assert!(
                (400..500).contains(&answer.status),
                "{path}{text}: {}",
                answer.status
            );
        }
    }
    assert_eq!(fingerprint(&registry).await, before);
}

#[tokio::test]
async fn free_texts_come_back_as_text() {
    let registry = registry().await;
    let hostile = "<script>alert('x')</script>'; DROP TABLE users; --";
    let made = registry
        .user(1)
        .put(
            "/api/v1/me/tokens",
            json!({ "api_token": { "name": hostile } }),
        )
        .await;
    assert_eq!(made.json()["api_token"]["name"], hostile);
    let version = json!({ "version": { "yanked": true, "yank_message": hostile } });
    let yanked = registry
        .user(1)
        .send("PATCH", "/api/v1/crates/boat/1.0.0", Some(version))
        .await;
    assert_eq!(yanked.json()["version"]["yank_message"], hostile);
    let mail = json!({ "user": { "email": "o'<b>@example.com" } });
    assert_eq!(
        registry.user(1).put("/api/v1/users/1", mail).await.status,
        400
    );
    registry.sql("INSERT INTO outbox (sent_at, kind, to_addr, subject, body) VALUES (0, 'x', '<i>', '<script>', '</pre><script>')").await;
    let page = exchange(
        &registry.running.origins.github,
        "GET",
        "/outbox",
        &[],
        Vec::new(),
    )
    .await
    .unwrap();
    assert!(!String::from_utf8(page.bytes).unwrap().contains("<script>"));
    let path = "/login/oauth/authorize?client_id=x&state=%22%3E%3Cscript%3E&q=%22%3E%3Cscript%3E";
    let page = exchange(
        &registry.running.origins.github,
        "GET",
        path,
        &[],
        Vec::new(),
    )
    .await
    .unwrap();
    assert!(!String::from_utf8(page.bytes).unwrap().contains("<script>"));
}

#[test]
fn no_sql_is_made_of_what_comes_from_outside() {
    // Texts of statements are put together of constants only: a `format!` that takes a request's text has no place in them.
    let source = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut checked = 0;
    for folder in ["routes", "names", "owners", "github", "wire"] {
        for entry in std::fs::read_dir(source.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            for (number, line) in text.lines().enumerate() {
                let has_sql = [
                    "SELECT ",
                    "INSERT INTO",
                    "UPDATE ",
                    "DELETE FROM",
                    " WHERE ",
                ]
                .iter()
                .any(|word| line.contains(word));
                if has_sql {
                    checked += 1;
                    for outside in [
                        "{name}",
                        "{username}",
                        "{login}",
                        "{query",
                        "{text}",
                        "{slug}",
                        "{q}",
                        "{token}",
                    ] {
                        assert!(
                            !line.contains(outside),
                            "{}:{}: {line}",
                            path.display(),
                            number + 1
                        );
                    }
                }
            }
        }
    }
    assert!(checked > 50, "{checked} lines of SQL were looked at");
}
