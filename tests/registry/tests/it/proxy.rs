//! Another server's API behind this origin; the other server is a second registry here.

use nameplate_registry::{config::Config, seed::Seed, server};
use serde_json::json;

use crate::harness::{Registry, Scratch, exchange};

async fn behind(upstream: &Registry, sign_in: bool) -> Registry {
    let url = upstream.app().to_owned();
    Registry::start(Seed::None, |config| {
        config.api = Some(url);
        config.api_sign_in = sign_in;
    })
    .await
}

#[tokio::test]
async fn calls_are_passed_on_with_cookie_and_an_origin_that_fits() {
    let upstream = Registry::demo().await;
    let front = behind(&upstream, true).await;
    let ferris = upstream.named("ferris").await;
    let headers = |extra: &[(&str, &str)]| {
        let mut headers = ferris.headers("GET");
        headers.extend(
            extra
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        );
        headers
    };
    let me = exchange(front.app(), "GET", "/api/v1/me", &headers(&[]), Vec::new())
        .await
        .unwrap();
    assert_eq!(me.json()["user"]["login"], "ferris");
    let own_origin = [
        ("origin", front.app()),
        ("content-type", "application/json"),
    ];
    let body = json!({ "user": { "username": "ferris-two" } })
        .to_string()
        .into_bytes();
    let path = format!("/api/v1/users/{}", ferris.id());
    let renamed = exchange(front.app(), "PUT", &path, &headers(&own_origin), body)
        .await
        .unwrap();
    assert_eq!(
        (renamed.status, renamed.json()),
        (200, json!({ "ok": true })),
        "{}",
        renamed.detail()
    );
    assert_eq!(
        upstream
            .guest()
            .get("/api/v1/users/ferris-two")
            .await
            .status,
        200
    );
    let begun = exchange(
        front.app(),
        "POST",
        "/api/private/session/begin",
        &headers(&own_origin),
        Vec::new(),
    )
    .await
    .unwrap();
    let cookie = begun
        .header("set-cookie")
        .expect("its cookie comes through");
    assert!(
        cookie.starts_with("cargo_session=")
            && cookie.contains("; Secure")
            && !cookie.to_lowercase().contains("domain"),
        "{cookie}"
    );
    let list = exchange(
        front.app(),
        "GET",
        "/api/v1/crates?per_page=2&sort=new",
        &headers(&[]),
        Vec::new(),
    )
    .await
    .unwrap();
    assert_eq!(list.json()["crates"].as_array().map(Vec::len), Some(2));
    let readme = exchange(
        front.app(),
        "GET",
        "/api/v1/crates/crabshell/1.0.0/readme",
        &headers(&[]),
        Vec::new(),
    )
    .await
    .unwrap();
    assert_eq!(readme.status, 302);
    assert!(
        readme
            .header("location")
            .unwrap()
            .starts_with(&upstream.running.origins.files)
    );
}

#[tokio::test]
async fn pages_may_read_the_files_of_the_other_server() {
    let upstream = Registry::empty().await;
    let scratch = Scratch::new();
    std::fs::write(scratch.file("index.html"), "<!doctype html>").unwrap();
    let url = upstream.app().to_owned();
    let front = Registry::start(Seed::None, |config| {
        config.api = Some(url);
        config.dist = Some(scratch.file(""));
    })
    .await;
    let page = front.guest().get("/crates/serde").await;
    let policy = page.header("content-security-policy").expect("a policy");
    let files = &upstream.running.origins.files;
    assert!(
        policy.contains(&format!("connect-src 'self' {files};")),
        "{policy}"
    );
}

#[tokio::test]
async fn a_write_of_a_third_site_is_not_laundered() {
    let upstream = Registry::demo().await;
    let front = behind(&upstream, true).await;
    let ferris = upstream.named("ferris").await;
    let mut headers = ferris.headers("GET");
    headers.push(("origin".to_owned(), "https://evil.example".to_owned()));
    headers.push(("content-type".to_owned(), "application/json".to_owned()));
    let body = json!({ "user": { "username": "stolen" } })
        .to_string()
        .into_bytes();
    let path = format!("/api/v1/users/{}", ferris.id());
    let answer = exchange(front.app(), "PUT", &path, &headers, body)
        .await
        .unwrap();
    assert_eq!(
        (answer.status, answer.detail().as_str()),
        (403, "invalid origin header")
    );
}

#[tokio::test]
async fn signing_in_says_why_it_does_not_work() {
    let upstream = Registry::empty().await;
    let front = behind(&upstream, false).await;
    let answer = front
        .guest()
        .send("POST", "/api/private/session/begin", None)
        .await;
    assert_eq!(answer.status, 503);
    assert!(
        answer.detail().contains("You cannot sign in here"),
        "{}",
        answer.detail()
    );
}

#[tokio::test]
async fn an_unreachable_server_is_one_clear_sentence() {
    let scratch = Scratch::new();
    let mut config = Config::for_tests(scratch.file("a.db"), Seed::None);
    config.api = Some("http://127.0.0.1:1".to_owned());
    let error = server::start(config.clone())
        .await
        .err()
        .expect("it does not start")
        .to_string();
    assert!(
        error.starts_with("The server http://127.0.0.1:1 cannot be reached: ")
            && !error.contains('\n'),
        "{error}"
    );
    config.api = Some("crates.io".to_owned());
    let error = server::start(config)
        .await
        .err()
        .expect("it does not start")
        .to_string();
    assert!(error.contains("is not the address of a server"), "{error}");
    let upstream = Registry::empty().await;
    let front = behind(&upstream, false).await;
    upstream.running.stop().await;
    let answer = front.guest().get("/api/v1/summary").await;
    assert_eq!(answer.status, 502);
    assert!(
        answer.detail().contains("cannot be reached"),
        "{}",
        answer.detail()
    );
}
