//! Signing in through the GitHub stand-in, and what GitHub's truth does to links.

use nameplate_registry::session;
use serde_json::{Value, json};

use crate::harness::{Registry, exchange};

async fn registry() -> Registry {
    let registry = Registry::empty().await;
    registry
        .sql(
            "INSERT INTO users (id, username, gh_login, gh_id, name) VALUES (1, 'ferris', 'ferris', 11, 'Ferris'), (2, 'recycled', 'recycled-login', 880002, NULL);
             INSERT INTO oauth_github (account_id, user_id, login, linked_at) VALUES (11, 1, 'ferris', 0), (880002, 2, 'recycled-login', 0);
             INSERT INTO emails (user_id, email, verified, token) VALUES (1, 'ferris@example.com', 1, 't1');",
        )
        .await;
    registry
}

async fn choose(registry: &Registry, account: &str, state: &str) -> String {
    let headers = [(
        "content-type".to_owned(),
        "application/x-www-form-urlencoded".to_owned(),
    )];
    let body = format!("account={account}&state={state}").into_bytes();
    let answer = exchange(
        &registry.running.origins.github,
        "POST",
        "/login/oauth/choose",
        &headers,
        body,
    )
    .await
    .unwrap();
    assert_eq!(answer.status, 303);
    answer.header("location").expect("a way back").to_owned()
}

/// One parameter of an address.
fn parameter(address: &str, name: &str) -> Option<String> {
    let (_, query) = address.split_once('?')?;
    query
        .split('&')
        .find_map(|pair| pair.strip_prefix(&format!("{name}=")).map(str::to_owned))
}

#[tokio::test]
async fn the_way_through_github_leads_back_signed_in() {
    let registry = registry().await;
    let mut visitor = registry.guest();
    let begun = visitor
        .ask("POST", "/api/private/session/begin", None)
        .await
        .json();
    let url = begun["url"].as_str().expect("an address");
    assert!(url.starts_with(&registry.running.origins.github), "{url}");
    let path = &url[registry.running.origins.github.len()..];
    let page = exchange(
        &registry.running.origins.github,
        "GET",
        path,
        &[],
        Vec::new(),
    )
    .await
    .unwrap();
    let page = String::from_utf8(page.bytes).unwrap();
    assert!(
        page.contains(">ferris</button>") && page.contains(">Refuse consent</button>"),
        "{page}"
    );
    let back = choose(&registry, "11", begun["state"].as_str().unwrap()).await;
    assert!(
        back.starts_with(&format!("{}/github-redirect.html?code=", registry.app())),
        "{back}"
    );
    let body = json!({ "code": parameter(&back, "code"), "state": parameter(&back, "state") });
    let answer = visitor
        .ask("POST", "/api/private/session/authorize", Some(body.clone()))
        .await;
    assert_eq!(answer.json()["status"], "signed_in");
    assert_eq!(
        visitor.get("/api/v1/me").await.json()["user"]["login"],
        "ferris"
    );
    // Neither the state nor the code is good a second time.
    assert_eq!(
        visitor
            .send("POST", "/api/private/session/authorize", Some(body.clone()))
            .await
            .status,
        400
    );
    let mut again = registry.guest();
    let begun = again
        .ask("POST", "/api/private/session/begin", None)
        .await
        .json();
    let replayed = json!({ "code": body["code"], "state": begun["state"] });
    assert_eq!(
        again
            .ask("POST", "/api/private/session/authorize", Some(replayed))
            .await
            .detail(),
        "Error obtaining token"
    );
    visitor.ask("DELETE", "/api/private/session", None).await;
    assert_eq!(visitor.get("/api/v1/me").await.status, 403);
}

#[tokio::test]
async fn a_refusal_and_a_tampered_state_come_back_as_such() {
    let registry = registry().await;
    let mut visitor = registry.guest();
    let begun = visitor
        .ask("POST", "/api/private/session/begin", None)
        .await
        .json();
    let state = begun["state"].as_str().unwrap();
    let refused = choose(&registry, "refuse", state).await;
    assert_eq!(
        (
            parameter(&refused, "error").as_deref(),
            parameter(&refused, "state").as_deref()
        ),
        (Some("access_denied"), Some(state))
    );
    assert_eq!(parameter(&refused, "code"), None);
    let tampered = choose(&registry, "tamper", state).await;
    let body =
        json!({ "code": parameter(&tampered, "code"), "state": parameter(&tampered, "state") });
    let answer = visitor
        .ask("POST", "/api/private/session/authorize", Some(body))
        .await;
    assert_eq!(
        (answer.status, answer.detail().as_str()),
        (400, "invalid state parameter")
    );
    assert_eq!(visitor.session.get(session::USER_ID), None);
}

#[tokio::test]
async fn a_rename_on_github_changes_the_link_and_never_the_username() {
    let registry = registry().await;
    registry.sql("INSERT INTO github_accounts (account_id, login, name) VALUES (11, 'ferris-the-crab', 'Ferris')").await;
    let mut visitor = registry.guest();
    assert_eq!(
        visitor.sign_in_as(11).await.json()["user"]["login"],
        "ferris"
    );
    let user = registry
        .guest()
        .get("/api/v1/users/ferris?include=linked_accounts")
        .await
        .json();
    assert_eq!(user["linked_accounts"][0]["login"], "ferris-the-crab");
    assert_eq!(user["user"]["github_username_matches"], false);
    assert_eq!(
        registry
            .guest()
            .get("/api/v1/users/github:ferris")
            .await
            .status,
        404
    );
    assert_eq!(
        registry
            .guest()
            .get("/api/v1/users/github:ferris-the-crab")
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn a_login_that_passed_to_another_account_makes_the_older_link_stale() {
    let registry = registry().await;
    registry
        .sql("UPDATE users SET username = 'recycled-login' WHERE id = 2")
        .await;
    let matches = || async {
        let user = registry
            .guest()
            .get("/api/v1/users/recycled-login")
            .await
            .json();
        user["user"]["github_username_matches"].clone()
    };
    assert_eq!(matches().await, true);
    // One of the stand-in's stories: a new account under the same login.
    let mut second = registry.guest();
    assert_eq!(
        second.sign_in_as(990_008).await.json()["status"],
        "signup_required"
    );
    assert_eq!(matches().await, false);
    assert_eq!(second.sign_up("second-holder").await.status, 200);
    let found = registry
        .guest()
        .get("/api/v1/users/github:recycled-login")
        .await
        .json();
    assert_eq!(found["user"]["login"], "second-holder");
    let shown = registry
        .guest()
        .get("/api/v1/users/recycled-login?include=linked_accounts")
        .await
        .json();
    assert_eq!(
        shown["linked_accounts"][0]["login"], "recycled-login",
        "the older link still shows it"
    );
    // The first holder comes back under a new login: the link is current again.
    registry
        .sql("INSERT INTO github_accounts (account_id, login) VALUES (880002, 'fresh-login')")
        .await;
    let mut first = registry.guest();
    assert_eq!(
        first.sign_in_as(880_002).await.json()["status"],
        "signed_in"
    );
    assert_eq!(
        registry
            .guest()
            .get("/api/v1/users/github:fresh-login")
            .await
            .json()["user"]["login"],
        "recycled-login"
    );
}

#[tokio::test]
async fn writes_of_another_site_are_refused() {
    let registry = registry().await;
    let ferris = registry.user(1);
    let body = json!({ "user": { "username": "stolen" } })
        .to_string()
        .into_bytes();
    for origin in ["https://evil.example", "null", "http://127.0.0.1:1", ""] {
        let mut headers = ferris.headers("GET");
        headers.push(("origin".to_owned(), origin.to_owned()));
        headers.push(("content-type".to_owned(), "application/json".to_owned()));
        let answer = exchange(
            registry.app(),
            "PUT",
            "/api/v1/users/1",
            &headers,
            body.clone(),
        )
        .await
        .unwrap();
        assert_eq!(
            (answer.status, answer.detail().as_str()),
            (403, "invalid origin header"),
            "{origin:?}"
        );
    }
    assert_eq!(
        registry.guest().get("/api/v1/users/ferris").await.status,
        200
    );
}

#[tokio::test]
async fn a_session_says_no_more_than_the_database_allows() {
    let registry = registry().await;
    assert_eq!(
        registry.user(4711).get("/api/v1/me").await.status,
        403,
        "somebody who is gone"
    );
    assert_eq!(
        registry
            .user(1)
            .put("/api/v1/users/2", json!({ "user": {} }))
            .await
            .status,
        400
    );
    registry
        .sql("UPDATE users SET lock_reason = 'Spam' WHERE id = 1")
        .await;
    let locked = registry.user(1).rename("another").await;
    assert_eq!(
        (locked.status, locked.detail().as_str()),
        (403, "This account is indefinitely locked. Reason: Spam")
    );
    let cookie = registry
        .user(1)
        .headers("GET")
        .into_iter()
        .find(|(name, _)| name == "cookie")
        .expect("a cookie");
    let (_, other) = Registry::empty()
        .await
        .user(1)
        .headers("GET")
        .into_iter()
        .find(|(name, _)| name == "cookie")
        .expect("a cookie");
    assert_ne!(cookie.1, other, "each database has a key of its own");
}

#[tokio::test]
async fn an_address_is_changed_confirmed_and_confirmed_again() {
    let registry = registry().await;
    let ferris = registry.user(1);
    let email = |address: &str| json!({ "user": { "email": address } });
    for (address, status) in [
        ("nope", 400),
        ("  ", 400),
        ("a@b@c", 400),
        (" new@example.com ", 200),
    ] {
        assert_eq!(
            ferris.put("/api/v1/users/1", email(address)).await.status,
            status,
            "{address}"
        );
    }
    let me = ferris.get("/api/v1/me").await.json();
    assert_eq!(
        (
            me["user"]["email"].clone(),
            me["user"]["email_verified"].clone()
        ),
        (json!("new@example.com"), json!(false))
    );
    let outbox = exchange(
        &registry.running.origins.github,
        "GET",
        "/outbox.json",
        &[],
        Vec::new(),
    )
    .await
    .unwrap()
    .json();
    let link = outbox["messages"][0]["links"][0]
        .as_str()
        .expect("a link")
        .to_owned();
    let token = link.rsplit('/').next().unwrap();
    for _ in 0..2 {
        assert_eq!(
            registry
                .guest()
                .send("PUT", &format!("/api/v1/confirm/{token}"), None)
                .await
                .json(),
            json!({ "ok": true })
        );
    }
    assert_eq!(
        ferris.get("/api/v1/me").await.json()["user"]["email_verified"],
        true
    );
    let page = exchange(
        &registry.running.origins.github,
        "GET",
        "/outbox",
        &[],
        Vec::new(),
    )
    .await
    .unwrap();
    assert!(
        String::from_utf8(page.bytes)
            .unwrap()
            .contains(&format!("<a href=\"{link}\">"))
    );
    assert_eq!(
        registry
            .user(2)
            .put("/api/v1/users/2/resend", Value::Null)
            .await
            .detail(),
        "Email could not be found"
    );
}
