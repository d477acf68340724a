//! What must not be: broken bodies, bodies too large, forged cookies, odd addresses. Refused clearly, with nothing written.

use std::collections::BTreeMap;

use nameplate_registry::session::{self, Session};

use crate::harness::{Registry, exchange};

/// Everything that is in the database, as a number for each table.
pub async fn fingerprint(registry: &Registry) -> BTreeMap<String, String> {
    let read = registry.running.app.read(|connection| {
        let mut statement = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%\\_%\\_%' ESCAPE '\\'")?;
        let tables: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        let mut found = BTreeMap::new();
        for table in tables {
            let mut rows = connection.prepare(&format!("SELECT * FROM \"{table}\""))?;
            let width = rows.column_count();
            let mut text = String::new();
            let mut rows = rows.query([])?;
            while let Some(row) = rows.next()? {
                for column in 0..width {
                    text.push_str(&format!("{:?};", row.get_ref(column)?));
                }
            }
            found.insert(table, text);
        }
        Ok(found)
    });
    read.await.expect("the database can be read")
}

/// A registry with somebody who owns a crate.
pub async fn registry() -> Registry {
    let registry = Registry::empty().await;
    registry
        .sql(
            "INSERT INTO users (id, username, gh_login, gh_id) VALUES (1, 'ferris', 'ferris', 11), (2, 'other', 'other', 12);
             INSERT INTO oauth_github (account_id, user_id, login, linked_at) VALUES (11, 1, 'ferris', 0), (12, 2, 'other', 0);
             INSERT INTO emails (user_id, email, verified, token) VALUES (1, 'ferris@example.com', 1, 't1');
             INSERT INTO crates (id, name, created_at, updated_at) VALUES (1, 'boat', 0, 0);
             INSERT INTO versions (id, crate_id, num, semver_ord, prerelease, created_at, updated_at, checksum) VALUES (1, 1, '1.0.0', 'x', 0, 0, 0, 'x');
             INSERT INTO crate_owners (crate_id, user_id, created_at) VALUES (1, 1, 0);",
        )
        .await;
    registry
}

#[tokio::test]
async fn broken_bodies_are_refused_in_the_envelope() {
    let registry = registry().await;
    let before = fingerprint(&registry).await;
    let deep = format!("{}1{}", "[".repeat(10_000), "]".repeat(10_000));
    let cases: [(&[u8], &str, u16); 10] = [
        (b"", "application/json", 400),
        (b"{", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (
            b"{\"user\": {\"email\": \"\xff\"}}",
            "application/json",
            400,
        ),
        (
            b"{\"user\": {\"email\": \"\\ud800\"}}",
            "application/json",
            400,
        ),
        (deep.as_bytes(), "application/json", 422),
        (b"[]", "application/json", 422),
        (b"{\"user\": {\"email\": 5}}", "application/json", 422),
        (
            b"{\"user\": {\"email\": \"a@example.com\"}}",
            "text/plain",
            415,
        ),
        (
            b"user[email]=a@example.com",
            "application/x-www-form-urlencoded",
            415,
        ),
    ];
    for (body, kind, status) in cases {
        let mut headers = registry.user(1).headers("PUT");
        headers.push(("content-type".to_owned(), kind.to_owned()));
        let answer = exchange(
            registry.app(),
            "PUT",
            "/api/v1/users/1",
            &headers,
            body.to_vec(),
        )
        .await
        .unwrap();
        let shown = String::from_utf8_lossy(&body[..body.len().min(60)]).into_owned();
        assert_eq!(answer.status, status, "{shown}: {}", answer.detail());
        assert!(!answer.detail().is_empty(), "{shown}");
    }
    assert_eq!(fingerprint(&registry).await, before);
}

#[tokio::test]
async fn bodies_of_10_mb_are_refused_without_being_read() {
    let registry = registry().await;
    for (method, path) in [
        ("PUT", "/api/v1/users/1"),
        ("PUT", "/api/v1/me/tokens"),
        ("DELETE", "/api/v1/crates/boat/owners"),
        ("PUT", "/__clock"),
    ] {
        let mut headers = registry.user(1).headers(method);
        headers.push(("content-type".to_owned(), "application/json".to_owned()));
        let body = format!("{{\"owners\": [\"{}\"]}}", "a".repeat(10_000_000)).into_bytes();
        // The server may hang up while the client still writes; both are a refusal.
        if let Ok(answer) = exchange(registry.app(), method, path, &headers, body).await {
            assert_eq!(answer.status, 413, "{method} {path}");
            assert!(!answer.detail().is_empty(), "{method} {path}");
        }
    }
    assert_eq!(
        registry.guest().get("/api/v1/site_metadata").await.status,
        200
    );
}

#[tokio::test]
async fn a_forged_cookie_is_nobodys() {
    let registry = registry().await;
    let mut session = Session::default();
    session.set(session::USER_ID, "1");
    let foreign = session.cookie(&session::Key::random().unwrap());
    let own = session.cookie(&registry.running.app.key);
    let flipped = own.replacen("cargo_session=", "cargo_session=A", 1);
    let cut = own[..own.len() - 4].to_owned();
    let cookies = [
        foreign,
        flipped,
        cut,
        "cargo_session=".to_owned(),
        "cargo_session=%FF%FE".to_owned(),
        "user_id=1".to_owned(),
        "x".repeat(4_000),
    ];
    for cookie in cookies {
        let headers = [
            ("user-agent".to_owned(), "x".to_owned()),
            ("cookie".to_owned(), cookie.clone()),
        ];
        let answer = exchange(registry.app(), "GET", "/api/v1/me", &headers, Vec::new())
            .await
            .unwrap();
        assert_eq!(
            (answer.status, answer.detail().as_str()),
            (403, "this action requires authentication"),
            "{cookie}"
        );
    }
    let mut pending = Session::default();
    pending.set(session::PENDING_SIGNUP, "{\"github_user\":{\"id\":1}}");
    let headers = [
        ("user-agent".to_owned(), "x".to_owned()),
        (
            "cookie".to_owned(),
            pending.cookie(&registry.running.app.key),
        ),
    ];
    assert_eq!(
        exchange(
            registry.app(),
            "GET",
            "/api/private/session/signup",
            &headers,
            Vec::new()
        )
        .await
        .unwrap()
        .status,
        400
    );
    // A signed session that says nonsense is nobody's either.
    for nonsense in ["abc", "", "99999999999999999999", "1 OR 1=1"] {
        let mut session = Session::default();
        session.set(session::USER_ID, nonsense);
        let headers = [
            ("user-agent".to_owned(), "x".to_owned()),
            (
                "cookie".to_owned(),
                session.cookie(&registry.running.app.key),
            ),
        ];
        assert_eq!(
            exchange(registry.app(), "GET", "/api/v1/me", &headers, Vec::new())
                .await
                .unwrap()
                .status,
            403,
            "{nonsense}"
        );
    }
}

#[tokio::test]
async fn an_addresss_odd_encodings_are_refused_clearly() {
    let registry = registry().await;
    for path in [
        "/api/v1/users/%FF%FE",
        "/api/v1/crates/%C3",
        "/api/v1/crates/boat/%FF",
        "/api/v1/teams/%80",
    ] {
        let answer = registry.guest().get(path).await;
        assert!(
            [400, 404].contains(&answer.status),
            "{path}: {}",
            answer.status
        );
        assert!(!answer.detail().is_empty(), "{path}");
    }
    let long = format!("/api/v1/users/{}", "a".repeat(30_000));
    assert!((400..500).contains(&registry.guest().get(&long).await.status));
}
