//! The rules of usernames, through the API, and with time passing.

use std::path::PathBuf;

use nameplate_registry::names::{self, Malformed};
use serde_json::{Value, json};

use crate::harness::{Registry, Visitor};

/// A registry with two people; `owner` owns a much-used crate.
async fn registry() -> Registry {
    let registry = Registry::empty().await;
    registry
        .sql(
            "INSERT INTO users (id, username, gh_login, gh_id) VALUES (1, 'somebody', 'somebody', 11), (2, 'other', 'other', 12), (3, 'dtolnay', 'dtolnay', 13);
             INSERT INTO oauth_github (account_id, user_id, login, linked_at) VALUES (11, 1, 'somebody', 0), (12, 2, 'other', 0), (13, 3, 'dtolnay', 0);
             INSERT INTO emails (user_id, email, verified, token) VALUES (1, 'somebody@example.com', 1, 't1');
             INSERT INTO reserved_usernames (username) VALUES ('crates-io');
             INSERT INTO crates (id, name, created_at, updated_at, downloads) VALUES (1, 'syn', 0, 0, 100000), (2, 'tiny', 0, 0, 99999);
             INSERT INTO crate_owners (crate_id, user_id, created_at) VALUES (1, 3, 0), (2, 2, 0);",
        )
        .await;
    registry
}

async fn change(visitor: &Visitor<'_>) -> Value {
    visitor.get("/api/v1/me").await.json()["username_change"].clone()
}

async fn availability(visitor: &Visitor<'_>, name: &str) -> String {
    visitor.availability(name).await["availability"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

#[test]
fn the_vectors_of_the_contract_hold() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../contract/usernames.json");
    let vectors: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let list = |name: &str| vectors[name].as_array().expect("a list").clone();
    for vector in list("usernames") {
        let input = vector["input"].as_str().unwrap();
        let expected = match vector["rule"].as_str() {
            None => Ok(()),
            Some("empty") => Err(Malformed::Empty),
            Some("first_character") => Err(Malformed::FirstCharacter),
            Some("character") => Err(Malformed::Character),
            Some("too_long") => Err(Malformed::TooLong),
            Some(other) => panic!("an unknown rule: {other}"),
        };
        assert_eq!(names::check(input), expected, "{input:?}");
        if let Some(canonical) = vector["canonical"].as_str() {
            assert_eq!(names::canonical(input), canonical);
        }
    }
    for pair in list("same_name") {
        let (a, b) = (pair["a"].as_str().unwrap(), pair["b"].as_str().unwrap());
        assert_eq!(
            names::canonical(a) == names::canonical(b),
            pair["same"].as_bool().unwrap(),
            "{a} {b}"
        );
    }
    for pair in list("easily_confused") {
        let (a, b) = (pair["a"].as_str().unwrap(), pair["b"].as_str().unwrap());
        assert_eq!(
            names::skeleton(a) == names::skeleton(b),
            pair["confused"].as_bool().unwrap(),
            "{a} {b}"
        );
    }
}

#[tokio::test]
async fn a_rename_is_refused_in_the_order_of_the_contract() {
    let registry = registry().await;
    let me = registry.user(1);
    for (name, status) in [
        ("-x", 400),
        ("", 400),
        ("a b", 400),
        ("crates_IO", 400),
        ("OTHER", 409),
        ("dto1nay", 409),
    ] {
        let answer = me.rename(name).await;
        assert_eq!(answer.status, status, "{name}: {}", answer.detail());
        assert!(!answer.detail().is_empty());
    }
    assert_eq!(me.rename("first").await.status, 200);
    // Within 30 days: what is no name is told before what is too soon, and that before what is not free.
    assert_eq!(me.rename("-x").await.status, 400);
    assert_eq!(me.rename("crates-io").await.status, 400);
    let too_soon = me.rename("other").await;
    assert_eq!(too_soon.status, 429);
    let until = registry.now().plus_days(30);
    let retry_after = too_soon
        .header("retry-after")
        .expect("when to come back")
        .to_owned();
    assert!(
        [until.http_date(), until.plus(-1_000_000).http_date()].contains(&retry_after),
        "{retry_after}"
    );
    registry.pass_days(30);
    assert_eq!(me.rename("other").await.status, 409);
    assert_eq!(me.rename("second").await.status, 200);
}

#[tokio::test]
async fn a_change_of_spelling_is_free_and_holds_nothing() {
    let registry = registry().await;
    let me = registry.user(1);
    assert_eq!(me.rename("SomeBody").await.status, 200);
    assert_eq!(
        change(&me).await,
        json!({ "available_at": null, "previous": null })
    );
    assert_eq!(me.rename("first").await.status, 200);
    assert_eq!(me.rename("First").await.status, 200);
    assert_eq!(
        registry.number("SELECT count(*) FROM held_usernames").await,
        1
    );
    assert_eq!(
        registry.guest().get("/api/v1/users/FIRST").await.json()["user"]["login"],
        "First"
    );
}

#[tokio::test]
async fn a_name_given_up_is_held_from_others_for_30_days_and_then_free() {
    let registry = registry().await;
    let (me, other) = (registry.user(1), registry.user(2));
    assert_eq!(me.rename("first").await.status, 200);
    let held = other.availability("SOMEbody").await;
    assert_eq!(held["availability"], "held");
    assert_eq!(held["available_at"], change(&me).await["available_at"]);
    assert!(
        !held.to_string().contains("first"),
        "it is not said who gave it up: {held}"
    );
    assert_eq!(other.rename("somebody").await.status, 409);
    assert_eq!(
        registry.newcomer(99, "x").sign_up("somebody").await.status,
        409
    );
    // A 404 hints at nothing.
    let gone = registry.guest().get("/api/v1/users/somebody").await;
    assert_eq!((gone.status, gone.detail().as_str()), (404, "Not Found"));
    registry.pass_days(30);
    assert_eq!(availability(&other, "somebody").await, "available");
    assert_eq!(other.rename("Somebody").await.status, 200);
}

#[tokio::test]
async fn a_name_is_taken_back_once_even_inside_the_30_days() {
    let registry = registry().await;
    let (me, other) = (registry.user(1), registry.user(2));
    assert_eq!(me.rename("first").await.status, 200);
    assert_eq!(change(&me).await["previous"]["username"], "somebody");
    assert_eq!(availability(&me, "somebody").await, "available");
    registry.pass_days(10);
    assert_eq!(
        me.rename("Some_body").await.status,
        429,
        "another name, although it looks like it"
    );
    assert_eq!(me.rename("Somebody").await.status, 200);
    // It counts as the latest change, and gives no new exemption.
    let state = change(&me).await;
    assert_eq!(state["previous"], Value::Null);
    assert_eq!(availability(&me, "first").await, "held");
    assert_eq!(availability(&other, "first").await, "held");
    assert_eq!(me.rename("first").await.status, 429);
    registry.pass_days(25);
    assert_eq!(
        me.rename("third").await.status,
        429,
        "35 days after the rename, 25 after the taking back"
    );
    assert_eq!(other.rename("first").await.status, 409);
    registry.pass_days(5);
    assert_eq!(other.rename("first").await.status, 200);
    assert_eq!(me.rename("third").await.status, 200);
}

#[tokio::test]
async fn only_the_latest_name_can_be_taken_back() {
    let registry = registry().await;
    let me = registry.user(1);
    assert_eq!(me.rename("first").await.status, 200);
    registry.pass_days(30);
    assert_eq!(
        change(&me).await,
        json!({ "available_at": null, "previous": null })
    );
    assert_eq!(me.rename("second").await.status, 200);
    assert_eq!(change(&me).await["previous"]["username"], "first");
    assert_eq!(me.rename("somebody").await.status, 429);
    assert_eq!(me.rename("first").await.status, 200);
}

#[tokio::test]
async fn names_of_owners_of_much_used_crates_are_protected_from_lookalikes() {
    let registry = registry().await;
    let me = registry.user(1);
    let answer = me.availability("dto1nay").await;
    assert_eq!(
        (answer["availability"].clone(), answer["similar_to"].clone()),
        (json!("too_similar"), json!("dtolnay"))
    );
    assert_eq!(
        availability(&me, "0ther").await,
        "available",
        "99,999 downloads are not many"
    );
    assert_eq!(
        registry.newcomer(99, "x").sign_up("d-tolnay").await.status,
        409
    );
    // One's own name is no look-alike of oneself.
    let owner = registry.user(3);
    assert_eq!(availability(&owner, "dto1nay").await, "available");
    assert_eq!(owner.rename("dto1nay").await.status, 200);
    assert_eq!(owner.rename("dtolnay").await.status, 200, "taken back");
}

#[tokio::test]
async fn availability_says_every_kind_and_is_for_those_who_may_claim() {
    let registry = registry().await;
    let me = registry.user(1);
    for (name, expected) in [
        ("free", "available"),
        ("SOMEBODY", "own"),
        ("Other", "taken"),
        ("crates_io", "reserved"),
        ("5yn", "available"),
        ("a%20b", "invalid"),
        ("%C3%BC", "invalid"),
        ("a%2Fb", "invalid"),
    ] {
        let answer = me.get(&format!("/api/private/usernames/{name}")).await;
        assert_eq!(answer.status, 200, "{name}");
        assert_eq!(
            answer.json()["username"]["availability"],
            expected,
            "{name}"
        );
        assert_eq!(answer.header("cache-control"), Some("no-store"));
    }
    assert_eq!(me.availability("Other").await["taken_by"], "other");
    assert_eq!(
        availability(&registry.newcomer(99, "x"), "free").await,
        "available"
    );
    let guest = registry.guest().get("/api/private/usernames/free").await;
    assert_eq!(
        (guest.status, guest.detail().as_str()),
        (403, "this action requires authentication")
    );
}

#[tokio::test]
async fn thirty_questions_a_minute_are_answered_for_each_session() {
    let registry = registry().await;
    let me = registry.user(1);
    for number in 0..30 {
        assert_eq!(
            me.get(&format!("/api/private/usernames/name-{number}"))
                .await
                .status,
            200
        );
    }
    let refused = me.get("/api/private/usernames/one-more").await;
    assert_eq!(refused.status, 429);
    assert!(refused.header("retry-after").is_some());
    assert_eq!(
        registry
            .user(2)
            .get("/api/private/usernames/one-more")
            .await
            .status,
        200
    );
    registry
        .running
        .app
        .clock
        .advance(61 * nameplate_registry::clock::SECOND);
    assert_eq!(me.get("/api/private/usernames/one-more").await.status, 200);
}

#[tokio::test]
async fn a_sign_up_takes_the_name_asked_for_and_waits_through_refusals() {
    let registry = registry().await;
    let mut newcomer = registry.newcomer(99, "gh-login");
    for (name, status) in [
        ("-x", 400),
        ("crates-io", 400),
        ("other", 409),
        ("dto1nay", 409),
    ] {
        assert_eq!(newcomer.sign_up(name).await.status, status, "{name}");
        assert_eq!(
            newcomer.get("/api/private/session/signup").await.status,
            200,
            "{name}: the sign-up waits"
        );
    }
    let before = newcomer.clone();
    let me = newcomer.sign_up("My_Name").await;
    assert_eq!(
        (me.status, me.json()["user"]["login"].clone()),
        (200, json!("My_Name"))
    );
    assert_eq!(
        newcomer.get("/api/v1/me").await.json()["user"]["url"],
        "https://github.com/gh-login"
    );
    // The same GitHub account in another tab: nothing waits any more.
    assert_eq!(before.clone().sign_up("another").await.status, 400);
    assert_eq!(before.get("/api/private/session/signup").await.status, 400);
    assert_eq!(
        registry
            .number("SELECT count(*) FROM users WHERE gh_id = 99")
            .await,
        1
    );
}

#[tokio::test]
async fn a_sign_up_waits_30_minutes_and_not_longer() {
    let registry = registry().await;
    let mut newcomer = registry.newcomer(99, "gh-login");
    registry.running.app.clock.advance(29 * 60 * 1_000_000);
    assert_eq!(
        newcomer.get("/api/private/session/signup").await.status,
        200
    );
    registry.running.app.clock.advance(61 * 1_000_000);
    let expired = newcomer.sign_up("my-name").await;
    assert_eq!(expired.status, 400);
    assert!(
        newcomer.session.names().is_empty(),
        "what has expired leaves the cookie"
    );
    assert_eq!(registry.number("SELECT count(*) FROM users").await, 3);
}

#[tokio::test]
async fn no_endpoint_tells_the_history_of_names() {
    let registry = registry().await;
    let me = registry.user(1);
    assert_eq!(me.rename("first").await.status, 200);
    assert_eq!(me.rename("somebody").await.status, 200);
    assert_eq!(
        registry
            .number("SELECT count(*) FROM username_changes WHERE user_id = 1")
            .await,
        2
    );
    for path in [
        "/api/v1/users/somebody?include=linked_accounts",
        "/api/v1/users/1/stats",
        "/api/v1/users/first",
        "/api/v1/summary",
    ] {
        let text = String::from_utf8(registry.guest().get(path).await.bytes).unwrap();
        assert!(!text.contains("first"), "{path}: {text}");
    }
}
