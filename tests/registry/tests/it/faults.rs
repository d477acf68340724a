//! Faults on demand and the clock of tests, which exist only where they were asked for.

use std::time::{Duration, Instant};

use nameplate_registry::seed::Seed;
use serde_json::{Value, json};

use crate::harness::{Answer, Registry, exchange};

async fn registry() -> Registry {
    let registry = Registry::empty().await;
    registry
        .sql("INSERT INTO users (id, username, gh_login) VALUES (1, 'ferris', 'ferris')")
        .await;
    registry
}

async fn set(registry: &Registry, faults: Value) {
    let answer = registry
        .guest()
        .put("/__faults", json!({ "faults": faults }))
        .await;
    assert_eq!(answer.status, 200, "{}", answer.detail());
}

async fn try_get(registry: &Registry, path: &str) -> Result<Answer, String> {
    let headers = registry.guest().headers("GET");
    exchange(registry.app(), "GET", path, &headers, Vec::new())
        .await
        .map_err(|error| error.to_string())
}

#[tokio::test]
async fn the_control_calls_do_not_exist_unless_asked_for() {
    let registry = Registry::start(Seed::None, |config| {
        config.clock = false;
        config.faults = false;
    })
    .await;
    for (method, path) in [
        ("GET", "/__clock"),
        ("PUT", "/__clock"),
        ("GET", "/__faults"),
        ("PUT", "/__faults"),
        ("DELETE", "/__faults"),
    ] {
        let answer = registry
            .guest()
            .send(
                method,
                path,
                Some(json!({ "advance_seconds": 1, "faults": [] })),
            )
            .await;
        assert!(
            [404, 405].contains(&answer.status),
            "{method} {path}: {}",
            answer.status
        );
    }
    assert!(registry.running.app.clock.offset() == 0);
}

#[tokio::test]
async fn a_status_comes_as_often_as_asked_for_and_only_where() {
    let registry = registry().await;
    set(
        &registry,
        json!([{ "method": "GET", "path": "/api/v1/users/*", "status": 503, "times": 2 }]),
    )
    .await;
    let path = "/api/v1/users/ferris";
    assert_eq!(
        registry.guest().put(path, json!({})).await.status,
        400,
        "another method"
    );
    assert_eq!(
        registry.guest().get("/api/v1/site_metadata").await.status,
        200,
        "another path"
    );
    assert_eq!(registry.guest().get(path).await.status, 503);
    assert_eq!(registry.guest().get(path).await.status, 503);
    assert_eq!(registry.guest().get(path).await.status, 200);
    set(&registry, json!([{ "path": "/api", "status": 500 }])).await;
    assert_eq!(registry.guest().get(path).await.status, 500);
    assert_eq!(
        registry
            .guest()
            .send("DELETE", "/__faults", None)
            .await
            .status,
        204
    );
    assert_eq!(registry.guest().get(path).await.status, 200);
}

#[tokio::test]
async fn a_latency_delays_and_a_hang_never_answers() {
    let registry = registry().await;
    set(
        &registry,
        json!([{ "path": "/api/v1/users/ferris", "latency_ms": 300 }]),
    )
    .await;
    let started = Instant::now();
    assert_eq!(
        registry.guest().get("/api/v1/users/ferris").await.status,
        200
    );
    assert!(started.elapsed() >= Duration::from_millis(300));
    set(
        &registry,
        json!([{ "path": "/api/v1/users/ferris", "hang": true }]),
    )
    .await;
    let hanging = tokio::time::timeout(
        Duration::from_millis(700),
        try_get(&registry, "/api/v1/users/ferris"),
    )
    .await;
    assert!(hanging.is_err(), "no answer came");
}

#[tokio::test]
async fn a_connection_dropped_before_the_work_changes_nothing_and_after_it_everything() {
    let registry = registry().await;
    let ferris = registry.user(1);
    for (when, expected) in [("before", "ferris"), ("after", "renamed")] {
        set(
            &registry,
            json!([{ "method": "PUT", "path": "/api/v1/users/1", "drop": when, "times": 1 }]),
        )
        .await;
        let mut headers = ferris.headers("PUT");
        headers.push(("content-type".to_owned(), "application/json".to_owned()));
        let body = json!({ "user": { "username": "renamed" } })
            .to_string()
            .into_bytes();
        assert!(
            exchange(registry.app(), "PUT", "/api/v1/users/1", &headers, body)
                .await
                .is_err(),
            "{when}: no answer"
        );
        assert_eq!(
            ferris.get("/api/v1/me").await.json()["user"]["login"],
            expected,
            "{when}"
        );
    }
}

#[tokio::test]
async fn a_body_can_be_cut_or_be_something_else() {
    let registry = registry().await;
    let path = "/api/v1/users/ferris";
    set(&registry, json!([{ "path": path, "body": "truncated" }])).await;
    assert!(
        try_get(&registry, path).await.is_err(),
        "less comes than was promised"
    );
    set(&registry, json!([{ "path": path, "body": "not_json" }])).await;
    let answer = registry.guest().get(path).await;
    assert_eq!(
        (answer.status, answer.header("content-type"), answer.json()),
        (200, Some("application/json"), Value::Null)
    );
    set(
        &registry,
        json!([{ "path": path, "body": "html", "status": 502 }]),
    )
    .await;
    let answer = registry.guest().get(path).await;
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (502, Some("text/html; charset=utf-8"))
    );
    assert!(answer.bytes.starts_with(b"<!DOCTYPE html>"));
}

#[tokio::test]
async fn a_wish_that_makes_no_sense_is_refused() {
    let registry = registry().await;
    for bad in [
        json!({}),
        json!({ "faults": [{ "status": 500 }] }),
        json!({ "faults": [{ "path": "/", "drop": "sometimes" }] }),
    ] {
        assert_eq!(registry.guest().put("/__faults", bad).await.status, 422);
    }
    for bad in [
        json!({}),
        json!({ "now": "tomorrow" }),
        json!({ "now": "2030-01-01T00:00:00Z", "advance_seconds": 1 }),
    ] {
        assert_eq!(registry.guest().put("/__clock", bad).await.status, 400);
    }
}

#[tokio::test]
async fn the_date_header_follows_the_clock_and_a_restart_keeps_it() {
    let registry = registry().await;
    let set = registry
        .guest()
        .put("/__clock", json!({ "now": "2031-05-06T07:08:09Z" }))
        .await;
    assert_eq!(set.status, 200);
    assert!(
        registry.guest().get("/__clock").await.json()["now"]
            .as_str()
            .unwrap()
            .starts_with("2031-05-06T07:08:")
    );
    let date = registry
        .guest()
        .get("/api/v1/users/ferris")
        .await
        .header("date")
        .unwrap()
        .to_owned();
    assert!(date.starts_with("Tue, 06 May 2031 07:08:"), "{date}");
    registry
        .guest()
        .put("/__clock", json!({ "advance_seconds": 30 * 86_400 }))
        .await;
    let date = registry
        .guest()
        .get("/nothing")
        .await
        .header("date")
        .unwrap()
        .to_owned();
    assert!(date.starts_with("Thu, 05 Jun 2031 07:08:"), "{date}");
    let second = nameplate_registry::server::start(nameplate_registry::config::Config::for_tests(
        registry.data.clone(),
        Seed::None,
    ));
    let second = second.await.expect("a second one on the same file");
    assert_eq!(second.app.clock.now().date(), "2031-06-05");
    second.stop().await;
}
