//! Arbitrary requests to a full server: no 5xx, no panic, and the database's invariants hold afterwards.

use proptest::{prelude::*, test_runner::TestRunner};
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::harness::{Registry, exchange};

/// One request.
#[derive(Clone, Debug)]
struct Arbitrary {
    method: &'static str,
    path: String,
    /// 0 nobody, 1 to 4 a user, 5 a sign-up, 6 somebody who is gone.
    who: u8,
    body: Option<Vec<u8>>,
    foreign: bool,
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(vec!["ferris", "Ferris", "carol", "user-3", "user_3", "dtolnay", "dto1nay", "admin", "boat", "ship", "new-name", "github:ferris", "crates.io:carol", "github:o:t", "1.0.0", "2.0.0", "1", "2", "t1", "t2"]).prop_map(str::to_owned),
        2 => "[a-zA-Z0-9_-]{1,40}",
        1 => any::<String>(),
    ]
}

fn encoded(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

fn path() -> impl Strategy<Value = String> {
    let templates = vec![
        "/api/v1/users/{}",
        "/api/v1/users/{}/stats",
        "/api/v1/users/{}/resend",
        "/api/v1/confirm/{}",
        "/api/private/usernames/{}",
        "/api/v1/teams/{}",
        "/api/v1/crates",
        "/api/v1/crates/{}",
        "/api/v1/crates/{}/owners",
        "/api/v1/crates/{}/owner_user",
        "/api/v1/crates/{}/follow",
        "/api/v1/crates/{}/following",
        "/api/v1/crates/{}/versions",
        "/api/v1/crates/{}/downloads",
        "/api/v1/crates/{}/reverse_dependencies",
        "/api/v1/crates/boat/{}",
        "/api/v1/crates/boat/{}/yank",
        "/api/v1/crates/boat/{}/unyank",
        "/api/v1/crates/boat/{}/dependencies",
        "/api/v1/crates/boat/{}/downloads",
        "/api/v1/crates/boat/{}/readme",
        "/api/v1/crates/boat/{}/rebuild_docs",
        "/api/v1/keywords",
        "/api/v1/keywords/{}",
        "/api/v1/categories",
        "/api/v1/categories/{}",
        "/api/v1/category_slugs",
        "/api/v1/summary",
        "/api/v1/site_metadata",
        "/api/v1/me",
        "/api/v1/me/updates",
        "/api/v1/me/tokens",
        "/api/v1/me/tokens/{}",
        "/api/v1/tokens/current",
        "/api/v1/me/email_notifications",
        "/api/v1/me/crate_owner_invitations",
        "/api/v1/me/crate_owner_invitations/{}",
        "/api/v1/me/crate_owner_invitations/accept/{}",
        "/api/private/crate_owner_invitations",
        "/api/v1/trusted_publishing/github_configs",
        "/api/v1/trusted_publishing/github_configs/{}",
        "/api/v1/trusted_publishing/gitlab_configs",
        "/api/v1/trusted_publishing/gitlab_configs/{}",
        "/api/private/session/begin",
        "/api/private/session/authorize",
        "/api/private/session",
        "/api/private/session/signup",
        "/{}",
        "/api/{}",
        "/__clocks",
    ];
    let query = prop_oneof![
        3 => Just(String::new()),
        4 => (prop::sample::select(vec![
            "q", "letter", "keyword", "all_keywords", "category", "sort", "seek", "page", "per_page", "user_id", "team_id", "ids[]", "nums[]", "include",
            "following", "include_yanked", "before_date", "expired_days", "crate_name", "invitee_id", "crate", "message",
        ]), prop_oneof![
            name(),
            Just("1".to_owned()),
            Just("2026-01-01".to_owned()),
            Just("WyIxLjAuMCIsMV0".to_owned()),
            Just("Wzk5OTk5OTk5OTk5OTk5OTk5OTksMV0".to_owned()),
            Just("W251bGwsMS4yLDEsMV0".to_owned()),
        ]).prop_map(|(key, value)| format!("?{key}={}", encoded(&value))),
    ];
    (prop::sample::select(templates), name(), query)
        .prop_map(|(template, name, query)| template.replace("{}", &encoded(&name)) + &query)
}

fn body() -> impl Strategy<Value = Option<Vec<u8>>> {
    let sensible = (name(), name(), any::<bool>(), any::<i64>()).prop_flat_map(|(name, other, flag, number)| {
        let email = format!("{name}@example.com");
        prop::sample::select(vec![
            json!({ "user": { "username": name } }),
            json!({ "user": { "email": email, "publish_notifications": flag } }),
            json!({ "user": { "username": name, "email": other } }),
            json!({ "signup": { "username": name, "email": "a@example.com" } }),
            json!({ "owners": [name, other] }),
            json!({ "owners": ["github:o:t", "crates.io:carol"] }),
            json!({ "crate_owner_invite": { "crate_id": number.rem_euclid(3), "accepted": flag } }),
            json!({ "api_token": { "name": name, "crate_scopes": [other], "endpoint_scopes": ["yank"] } }),
            json!({ "api_token": { "name": name, "expired_at": "+262142-12-31T23:59:59Z" } }),
            json!({ "version": { "yanked": flag, "yank_message": if flag { Some(name.clone()) } else { None } } }),
            json!({ "crate": { "trustpub_only": flag } }),
            json!({ "code": name, "state": other }),
            json!({ "github_config": { "crate": "boat", "repository_owner": name, "repository_name": other, "workflow_filename": "a.yml" } }),
            json!({ "gitlab_config": { "crate": "boat", "namespace": name, "project": other, "workflow_filepath": "a.yml" } }),
            json!([{ "id": number, "email_notifications": flag }]),
        ])
    });
    prop_oneof![
        2 => Just(None),
        6 => sensible.prop_map(|body| Some(body.to_string().into_bytes())),
        1 => any::<Vec<u8>>().prop_map(Some),
    ]
}

/// A request that has a chance to be granted: the right person, path and body.
fn sensible() -> impl Strategy<Value = Arbitrary> {
    let with = |method, path: String, who, body: Value| Arbitrary {
        method,
        path,
        who,
        body: Some(body.to_string().into_bytes()),
        foreign: false,
    };
    (name(), 1..=4_u8, any::<bool>(), 0..6_u8).prop_map(move |(name, who, flag, kind)| match kind {
        0 | 1 => with(
            "PUT",
            format!("/api/v1/users/{who}"),
            who,
            json!({ "user": { "username": name } }),
        ),
        2 => {
            let body = json!({ "signup": { "username": name, "email": "a@example.com" } });
            with("POST", "/api/private/session/signup".to_owned(), 5, body)
        }
        3 => with(
            "PUT",
            "/api/v1/crates/boat/owners".to_owned(),
            who,
            json!({ "owners": [format!("crates.io:{name}")] }),
        ),
        4 => {
            let body = json!({ "crate_owner_invite": { "crate_id": 1, "accepted": flag } });
            with(
                "PUT",
                "/api/v1/me/crate_owner_invitations/1".to_owned(),
                who,
                body,
            )
        }
        _ => with(
            "DELETE",
            "/api/v1/crates/boat/owners".to_owned(),
            who,
            json!({ "owners": [format!("crates.io:{name}")] }),
        ),
    })
}

fn request() -> impl Strategy<Value = Arbitrary> {
    let method = prop::sample::select(vec![
        "GET", "PUT", "PUT", "POST", "DELETE", "PATCH", "HEAD", "OPTIONS",
    ]);
    let foreign = prop::bool::weighted(0.05);
    let arbitrary = (method, path(), 0..7_u8, body(), foreign).prop_map(
        |(method, path, who, body, foreign)| Arbitrary {
            method,
            path,
            who,
            body,
            foreign,
        },
    );
    prop_oneof![3 => arbitrary, 2 => sensible()]
}

async fn registry() -> Registry {
    let registry = Registry::empty().await;
    registry
        .sql(
            "INSERT INTO users (id, username, gh_login, gh_id) VALUES (1, 'ferris', 'ferris', 11), (2, 'carol', 'carolgithub', 12),
               (3, 'user-3', 'user-3', 13), (4, 'dtolnay', 'dtolnay', 14);
             INSERT INTO oauth_github (account_id, user_id, login, linked_at) VALUES (11, 1, 'ferris', 0), (12, 2, 'carolgithub', 0), (14, 4, 'dtolnay', 0);
             INSERT INTO emails (user_id, email, verified, token) SELECT id, 'a@example.com', 1, 't' || id FROM users;
             INSERT INTO reserved_usernames (username) VALUES ('admin');
             INSERT INTO crates (id, name, created_at, updated_at, downloads) VALUES (1, 'boat', 0, 0, 200000), (2, 'ship', 0, 0, 0);
             INSERT INTO versions (id, crate_id, num, semver_ord, prerelease, created_at, updated_at, checksum) VALUES
               (1, 1, '1.0.0', 'a', 0, 0, 0, 'x'), (2, 1, '2.0.0', 'b', 0, 1, 1, 'x');
             UPDATE crates SET default_version_id = 2 WHERE id = 1;
             INSERT INTO crate_owners (crate_id, user_id, created_at) VALUES (1, 1, 0), (2, 2, 0), (1, 4, 0);
             INSERT INTO github_teams (github_id, org, team, org_id) VALUES (501, 'o', 't', 500);
             INSERT INTO github_team_members (github_id, account_id) VALUES (501, 11);
             INSERT INTO keywords (id, keyword, created_at) VALUES (1, 'sea', 0);
             INSERT INTO crates_keywords VALUES (1, 1);
             INSERT INTO categories (id, slug, category, created_at) VALUES (1, 'water', 'Water', 0), (2, 'water::salt', 'Water::Salt', 0);",
        )
        .await;
    registry
}

async fn send(registry: &Registry, request: &Arbitrary) -> (u16, Vec<u8>) {
    let visitor = match request.who {
        0 => registry.guest(),
        who @ 1..=4 => registry.user(who.into()),
        5 => registry.newcomer(77, "gh-newcomer"),
        _ => registry.user(4711),
    };
    let mut headers = visitor.headers(request.method);
    if request.foreign {
        headers.retain(|(name, _)| name != "origin");
        headers.push(("origin".to_owned(), "https://evil.example".to_owned()));
    }
    if request.body.is_some() {
        headers.push(("content-type".to_owned(), "application/json".to_owned()));
    }
    let body = request.body.clone().unwrap_or_default();
    let answer = exchange(
        registry.app(),
        request.method,
        &request.path,
        &headers,
        body,
    )
    .await;
    let answer = answer.unwrap_or_else(|error| panic!("{request:?}: {error}"));
    (answer.status, answer.bytes)
}

/// What holds in the database whatever happened.
const INVARIANTS: &[(&str, &str)] = &[
    (
        "one account has one canonical name",
        "SELECT count(*) - count(DISTINCT canonical) FROM users",
    ),
    (
        "nobody has a reserved name",
        "SELECT count(*) FROM users u JOIN reserved_usernames r ON r.canonical = u.canonical",
    ),
    (
        "nobody has a name that is held",
        "SELECT count(*) FROM users u JOIN held_usernames h ON h.canonical = u.canonical WHERE h.available_at > (SELECT max(changed_at) FROM username_changes)",
    ),
    (
        "every crate has a person for an owner",
        "SELECT count(*) FROM crates c WHERE NOT EXISTS (SELECT 1 FROM crate_owners o WHERE o.crate_id = c.id AND o.user_id IS NOT NULL)",
    ),
    (
        "no owner is invited",
        "SELECT count(*) FROM invitations i JOIN crate_owners o ON o.crate_id = i.crate_id AND o.user_id = i.invited_user_id",
    ),
    (
        "one name can be taken back at most",
        "SELECT count(*) FROM (SELECT 1 FROM held_usernames WHERE reclaimable = 1 GROUP BY former_user_id HAVING count(*) > 1)",
    ),
    (
        "every name is the latest in its history",
        "SELECT count(*) FROM users u WHERE EXISTS (SELECT 1 FROM username_changes h WHERE h.user_id = u.id) AND u.username <> \
         (SELECT h.to_username FROM username_changes h WHERE h.user_id = u.id ORDER BY h.id DESC LIMIT 1)",
    ),
    (
        "counters count",
        "SELECT abs((SELECT value FROM settings WHERE name = 'num_crates') - (SELECT count(*) FROM crates)) \
         + (SELECT coalesce(sum(abs(k.crates_cnt - (SELECT count(*) FROM crates_keywords ck WHERE ck.keyword_id = k.id))), 0) FROM keywords k)",
    ),
    (
        "a default version is one of the crate's",
        "SELECT count(*) FROM crates c JOIN versions v ON v.id = c.default_version_id WHERE v.crate_id <> c.id",
    ),
    (
        "current links have logins of their own",
        "SELECT count(*) - count(DISTINCT lower(login)) FROM oauth_github WHERE stale_since IS NULL",
    ),
];

fn broken(connection: &Connection) -> rusqlite::Result<Vec<&'static str>> {
    let mut broken = Vec::new();
    for (sentence, sql) in INVARIANTS {
        if connection.query_row(sql, [], |row| row.get::<_, i64>(0))? != 0 {
            broken.push(*sentence);
        }
    }
    if connection.prepare("PRAGMA foreign_key_check")?.exists([])? {
        broken.push("foreign keys point at something");
    }
    if connection.query_row("PRAGMA integrity_check", [], |row| row.get::<_, String>(0))? != "ok" {
        broken.push("the file is sound");
    }
    Ok(broken)
}

#[test]
fn arbitrary_requests_never_break_the_server_or_its_database() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let registry = runtime.block_on(registry());
    let config = ProptestConfig {
        cases: 250,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let sequences = prop::collection::vec(request(), 1..20);
    let outcome = TestRunner::new(config).run(&sequences, |requests| {
        runtime.block_on(async {
            for request in &requests {
                let (status, bytes) = send(&registry, request).await;
                prop_assert!(
                    status < 500,
                    "{request:?} answered {status}: {}",
                    String::from_utf8_lossy(&bytes)
                );
                let envelope = serde_json::from_slice::<Value>(&bytes)
                    .is_ok_and(|body| body["errors"][0]["detail"].is_string());
                let excused = status < 400
                    || status == 405
                    || request.method == "HEAD"
                    || !request.path.starts_with("/api/");
                prop_assert!(
                    envelope || excused,
                    "{request:?} answered {status} without an envelope: {}",
                    String::from_utf8_lossy(&bytes)
                );
            }
            let read = registry
                .running
                .app
                .read(|connection| Ok(broken(connection)?))
                .await;
            let broken = read.map_err(|error| TestCaseError::fail(format!("{error:?}")))?;
            prop_assert!(broken.is_empty(), "no longer true: {broken:?}");
            registry.pass_days(3);
            Ok(())
        })
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    let changes = runtime.block_on(registry.number("SELECT count(*) FROM username_changes"));
    assert!(
        changes > 3,
        "the requests did something: {changes} changes of names"
    );
}
