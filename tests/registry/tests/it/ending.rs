//! How a registry starts and stops, and what no rubbish can do to it in between.

use std::time::Duration;

use nameplate_registry::{config::Config, seed::Seed, server};
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::harness::{Registry, Scratch, exchange};

#[tokio::test]
async fn a_stop_lets_what_was_begun_finish() {
    let scratch = Scratch::new();
    let config = Config::for_tests(scratch.file("stopped.db"), Seed::None);
    let running = server::start(config.clone()).await.unwrap();
    let app = std::sync::Arc::clone(&running.app);
    let origin = running.origins.app.clone();
    let ready = app.pool.write(|transaction| {
        transaction.execute(
            "INSERT INTO users (id, username, gh_login) VALUES (1, 'before', 'x')",
            [],
        )?;
        Ok(())
    });
    ready.await.unwrap();
    app.faults.set(
        serde_json::from_value(json!([{ "path": "/api/v1/users/1", "latency_ms": 500 }])).unwrap(),
    );
    let mut session = nameplate_registry::session::Session::default();
    session.set("user_id", "1");
    let headers = [
        ("user-agent".to_owned(), "x".to_owned()),
        ("cookie".to_owned(), session.cookie(&app.key)),
        ("content-type".to_owned(), "application/json".to_owned()),
    ];
    let body = json!({ "user": { "username": "after" } })
        .to_string()
        .into_bytes();
    let rename = tokio::spawn(async move {
        exchange(&origin, "PUT", "/api/v1/users/1", &headers, body)
            .await
            .unwrap()
    });
    tokio::time::sleep(Duration::from_millis(150)).await;
    running.stop().await;
    assert_eq!(
        rename.await.unwrap().status,
        200,
        "the rename was under way when the stop came"
    );
    let again = server::start(config).await.unwrap();
    let username = again.app.read(|connection| {
        Ok(
            connection.query_row("SELECT username FROM users", [], |row| {
                row.get::<_, String>(0)
            })?,
        )
    });
    assert_eq!(username.await.unwrap(), "after");
    again.stop().await;
}

#[tokio::test]
async fn a_taken_port_and_an_unwritable_file_are_one_clear_sentence() {
    let registry = Registry::empty().await;
    let port: u16 = registry.app().rsplit(':').next().unwrap().parse().unwrap();
    let scratch = Scratch::new();
    let mut config = Config::for_tests(scratch.file("a.db"), Seed::None);
    config.port = port;
    let error = server::start(config)
        .await
        .err()
        .expect("it does not start")
        .to_string();
    assert!(error.contains(&format!("Port {port} is taken")), "{error}");
    let mut config = Config::for_tests(scratch.file("a.db"), Seed::None);
    std::fs::write(scratch.file("no-folder"), "").unwrap();
    config.data = scratch.file("no-folder").join("a.db");
    let error = server::start(config)
        .await
        .err()
        .expect("it does not start")
        .to_string();
    assert!(
        error.contains("cannot be used") && !error.contains('\n'),
        "{error}"
    );
    std::fs::write(
        scratch.file("no.db"),
        "this is no database, and long enough to be read as one".repeat(100),
    )
    .unwrap();
    let error = server::start(Config::for_tests(scratch.file("no.db"), Seed::None))
        .await
        .err()
        .expect("it does not start")
        .to_string();
    assert!(error.contains("cannot be used"), "{error}");
}

#[tokio::test]
async fn what_is_no_http_is_refused_and_disturbs_nobody() {
    let registry = Registry::empty().await;
    let address = registry.app().trim_start_matches("http://").to_owned();
    for rubbish in [
        b"\xff\xfe\x00\x01\r\n\r\n".to_vec(),
        b"GET / HTTP/1.1\r\nhost: \xff\r\nbad header\r\n\r\n".to_vec(),
        b"GET /\xff\xfe HTTP/1.1\r\nhost: a\r\n\r\n".to_vec(),
        [
            b"GET /api/v1/me HTTP/1.1\r\nx: ".to_vec(),
            vec![b'a'; 200_000],
            b"\r\n\r\n".to_vec(),
        ]
        .concat(),
    ] {
        let mut stream = TcpStream::connect(&address).await.unwrap();
        let _ = stream.write_all(&rubbish).await;
        let mut answer = Vec::new();
        let _ = tokio::time::timeout(Duration::from_secs(5), stream.read_to_end(&mut answer))
            .await
            .expect("the connection ends");
        let head = String::from_utf8_lossy(&answer);
        assert!(
            answer.is_empty() || head.starts_with("HTTP/1.1 4"),
            "{head}"
        );
    }
    assert_eq!(
        registry.guest().get("/api/v1/site_metadata").await.status,
        200
    );
}

#[tokio::test]
async fn a_request_may_take_30_seconds_and_not_longer() {
    let registry = Registry::empty().await;
    let faults = json!([{ "path": "/api/v1/summary", "hang": true }]);
    registry
        .running
        .app
        .faults
        .set(serde_json::from_value(faults).unwrap());
    let config = Config::for_tests(registry.data.clone(), Seed::None);
    let router = server::app_router(&config, std::sync::Arc::clone(&registry.running.app), None);
    // From here on time passes only when everybody waits for it.
    tokio::time::pause();
    let started = tokio::time::Instant::now();
    let request = hyper::Request::get("/api/v1/summary")
        .header("user-agent", "a test")
        .body(axum::body::Body::empty());
    let answer = tower::ServiceExt::oneshot(router, request.unwrap())
        .await
        .unwrap();
    assert_eq!(answer.status(), 408);
    assert_eq!(started.elapsed().as_secs(), 30);
}
