//! Owners by every form of specification, invitations, and look-ups by another service's name.

use nameplate_registry::{config::Level, seed::Seed};
use serde_json::{Value, json};

use crate::harness::{Answer, Registry, Visitor};

/// ferris owns `boat`. carol's GitHub login is another name, `octo` is one person on crates.io and another on GitHub,
/// and the login `stale` has passed from one GitHub account to another.
async fn registry(level: Level) -> Registry {
    let registry = Registry::start(Seed::None, |config| config.level = level).await;
    registry
        .sql(
            "INSERT INTO users (id, username, gh_login, gh_id) VALUES
               (1, 'ferris', 'ferris', 11), (2, 'carol', 'carolgithub', 12), (3, 'octo', 'octo-elsewhere', 13),
               (4, 'someone', 'octo', 14), (5, 'no-github', 'no-github', -1), (6, 'Casey', 'casey', 16), (7, 'older', 'stale', 17),
               (8, 'newer', 'stale', 18), (9, 'plain', 'plain', 19);
             INSERT INTO oauth_github (account_id, user_id, login, linked_at, stale_since) VALUES
               (11, 1, 'ferris', 0, NULL), (12, 2, 'carolgithub', 0, NULL), (13, 3, 'octo-elsewhere', 0, NULL), (14, 4, 'octo', 0, NULL),
               (16, 6, 'casey', 0, NULL), (17, 7, 'stale', 0, 1), (18, 8, 'stale', 1, NULL), (19, 9, 'plain', 0, NULL);
             INSERT INTO emails (user_id, email, verified, token) SELECT id, username || '@example.com', id <> 9, 't' || id FROM users;
             INSERT INTO crates (id, name, created_at, updated_at) VALUES (1, 'boat', 0, 0);
             INSERT INTO crate_owners (crate_id, user_id, created_at) VALUES (1, 1, 0);
             INSERT INTO github_teams (github_id, org, team, org_id) VALUES (501, 'rust-lang', 'core', 500), (502, 'rust-lang', 'secret', 500);
             INSERT INTO github_team_members (github_id, account_id) VALUES (501, 11), (501, 19);",
        )
        .await;
    registry
}

async fn add(visitor: &Visitor<'_>, spec: &str) -> Answer {
    visitor
        .put("/api/v1/crates/boat/owners", json!({ "owners": [spec] }))
        .await
}

async fn remove(visitor: &Visitor<'_>, spec: &str) -> Answer {
    visitor
        .delete("/api/v1/crates/boat/owners", json!({ "owners": [spec] }))
        .await
}

async fn owners(registry: &Registry) -> Vec<String> {
    let answer = registry
        .guest()
        .get("/api/v1/crates/boat/owners")
        .await
        .json();
    let owners = answer["users"].as_array().expect("owners").clone();
    owners
        .iter()
        .map(|owner| owner["login"].as_str().unwrap_or_default().to_owned())
        .collect()
}

#[tokio::test]
async fn a_qualified_name_invites_whom_it_means() {
    let registry = registry(Level::Full).await;
    let ferris = registry.user(1);
    for (spec, message) in [
        (
            "crates.io:carol",
            "user carol has been invited to be an owner of crate boat",
        ),
        (
            "github:CarolGitHub",
            "user carol already has a pending invitation to be an owner of crate boat",
        ),
        (
            "crates.io:octo",
            "user octo has been invited to be an owner of crate boat",
        ),
        (
            "github:octo",
            "user someone has been invited to be an owner of crate boat",
        ),
        (
            "crates.io:No_GitHub",
            "user no-github has been invited to be an owner of crate boat",
        ),
        (
            "github:stale",
            "user newer has been invited to be an owner of crate boat",
        ),
        (
            "plain",
            "user plain has been invited to be an owner of crate boat",
        ),
        (
            "casey",
            "user Casey has been invited to be an owner of crate boat",
        ),
        (
            "github:rust-lang:core",
            "team github:rust-lang:core has been added as an owner of crate boat",
        ),
    ] {
        let answer = add(&ferris, spec).await;
        assert_eq!(
            (answer.status, answer.json()["msg"].as_str()),
            (200, Some(message)),
            "{spec}: {}",
            answer.detail()
        );
    }
    assert_eq!(
        owners(&registry).await,
        ["ferris", "github:rust-lang:core"],
        "inviting does not make an owner"
    );
}

#[tokio::test]
async fn an_unqualified_name_that_could_mean_another_is_refused_with_the_qualified_forms() {
    let registry = registry(Level::September).await;
    let ferris = registry.user(1);
    for (spec, forms) in [
        ("carol", vec!["crates.io:carol", "github:carolgithub"]),
        ("carolgithub", vec!["crates.io:carol", "github:carolgithub"]),
        (
            "octo",
            vec![
                "crates.io:octo",
                "github:octo-elsewhere",
                "crates.io:someone",
                "github:octo",
            ],
        ),
        ("no-github", vec!["crates.io:no-github"]),
        ("older", vec!["crates.io:older"]),
    ] {
        let answer = add(&ferris, spec).await;
        assert_eq!(answer.status, 400, "{spec}");
        for form in forms {
            assert!(
                answer.detail().contains(form),
                "{spec}: {} does not name {form}",
                answer.detail()
            );
        }
    }
    for nobody in [
        "nobody",
        "github:nobody",
        "crates.io:nobody",
        "github:older",
        "cratesio:ferris",
        "github:rust-lang:nope",
        "gitlab:a:b",
        "",
        ":",
    ] {
        assert_eq!(add(&ferris, nobody).await.status, 400, "{nobody}");
    }
    assert_eq!(
        add(&ferris, "crates.io:ferris").await.detail(),
        "`crates.io:ferris` is already an owner"
    );
    assert_eq!(add(&ferris, "github:rust-lang:secret").await.status, 403);
    assert_eq!(registry.number("SELECT count(*) FROM invitations").await, 0);
}

#[tokio::test]
async fn a_request_is_done_as_a_whole_or_not_at_all() {
    let registry = registry(Level::Full).await;
    let ferris = registry.user(1);
    let both = json!({ "owners": ["crates.io:carol", "github:rust-lang:core", "nobody"] });
    assert_eq!(
        ferris.put("/api/v1/crates/boat/owners", both).await.status,
        400
    );
    assert_eq!(registry.number("SELECT count(*) FROM invitations").await, 0);
    assert_eq!(owners(&registry).await, ["ferris"]);
    assert_eq!(registry.number("SELECT count(*) FROM outbox").await, 0);
}

#[tokio::test]
async fn owners_are_removed_by_the_names_they_have_among_the_owners() {
    let registry = registry(Level::Full).await;
    registry.sql("INSERT INTO crate_owners (crate_id, user_id, created_at) VALUES (1, 2, 0), (1, 3, 0), (1, 4, 0), (1, 5, 0), (1, 7, 0)").await;
    let ferris = registry.user(1);
    let refused = remove(&ferris, "octo").await;
    assert_eq!(refused.status, 400, "octo fits two owners");
    assert!(
        refused.detail().contains("crates.io:octo") && refused.detail().contains("github:octo"),
        "{}",
        refused.detail()
    );
    for spec in ["carolgithub", "crates.io:octo", "no-github", "github:stale"] {
        let answer = remove(&ferris, spec).await;
        assert_eq!(answer.status, 200, "{spec}: {}", answer.detail());
    }
    assert_eq!(owners(&registry).await, ["ferris", "someone"]);
    assert_eq!(remove(&ferris, "octo").await.status, 200, "now it fits one");
    assert_eq!(remove(&ferris, "carol").await.status, 400);
    let last = remove(&ferris, "ferris").await;
    assert_eq!(last.status, 400);
    assert!(
        last.detail()
            .starts_with("cannot remove all individual owners")
    );
    assert_eq!(owners(&registry).await, ["ferris"]);
}

#[tokio::test]
async fn a_team_does_not_replace_the_last_person_and_its_members_change_no_owners() {
    let registry = registry(Level::Full).await;
    let ferris = registry.user(1);
    assert_eq!(add(&ferris, "github:Rust-Lang:Core").await.status, 200);
    assert_eq!(remove(&ferris, "crates.io:ferris").await.status, 400);
    let member = registry.user(9);
    assert_eq!(
        add(&member, "plain").await.detail(),
        "team members don't have permission to modify owners"
    );
    assert_eq!(
        add(&registry.user(2), "plain").await.detail(),
        "only owners have permission to modify owners"
    );
    assert_eq!(remove(&ferris, "github:rust-lang:core").await.status, 200);
    assert_eq!(owners(&registry).await, ["ferris"]);
}

#[tokio::test]
async fn an_invitation_is_accepted_by_its_link_in_the_outbox() {
    let registry = registry(Level::Full).await;
    assert_eq!(add(&registry.user(1), "crates.io:carol").await.status, 200);
    let outbox = crate::harness::exchange(
        &registry.running.origins.github,
        "GET",
        "/outbox.json",
        &[],
        Vec::new(),
    )
    .await
    .unwrap();
    let message = outbox.json()["messages"][0].clone();
    assert_eq!(message["to"], "carol@example.com");
    let link = message["links"][0].as_str().expect("a link").to_owned();
    let token = link
        .strip_prefix(&format!("{}/accept-invite/", registry.app()))
        .expect("a page of the app");
    let accepted = registry
        .guest()
        .send(
            "PUT",
            &format!("/api/v1/me/crate_owner_invitations/accept/{token}"),
            None,
        )
        .await;
    assert_eq!(
        accepted.json(),
        json!({ "crate_owner_invitation": { "crate_id": 1, "accepted": true } })
    );
    assert_eq!(owners(&registry).await, ["ferris", "carol"]);
    let again = registry
        .guest()
        .send(
            "PUT",
            &format!("/api/v1/me/crate_owner_invitations/accept/{token}"),
            None,
        )
        .await;
    assert_eq!(again.status, 404);
}

#[tokio::test]
async fn an_invitation_needs_a_confirmed_address_and_expires_after_30_days() {
    let registry = registry(Level::Full).await;
    let ferris = registry.user(1);
    assert_eq!(add(&ferris, "plain").await.status, 200);
    let path = "/api/v1/me/crate_owner_invitations/1";
    let reply =
        |accepted: bool| json!({ "crate_owner_invite": { "crate_id": 1, "accepted": accepted } });
    assert_eq!(registry.user(9).put(path, reply(true)).await.status, 403);
    registry.sql("UPDATE emails SET verified = 1").await;
    registry.pass_days(30);
    assert_eq!(registry.user(9).put(path, reply(true)).await.status, 410);
    let answer = add(&ferris, "plain").await.json();
    assert_eq!(
        answer["msg"], "user plain has been invited to be an owner of crate boat",
        "an expired one is replaced"
    );
    assert_eq!(registry.user(9).put(path, reply(true)).await.status, 200);
    assert_eq!(owners(&registry).await, ["ferris", "plain"]);
    assert_eq!(add(&ferris, "crates.io:carol").await.status, 200);
    assert_eq!(registry.user(2).put(path, reply(false)).await.status, 200);
    assert_eq!(registry.number("SELECT count(*) FROM invitations").await, 0);
}

#[tokio::test]
async fn the_server_of_august_finds_people_by_their_github_login_only() {
    let registry = registry(Level::August).await;
    let ferris = registry.user(1);
    assert_eq!(
        add(&ferris, "carol").await.detail(),
        "could not find user with login `carol`"
    );
    assert_eq!(
        add(&ferris, "carolgithub").await.json()["msg"],
        "user carolgithub has been invited to be an owner of crate boat"
    );
    assert_eq!(
        add(&ferris, "crates.io:carol").await.detail(),
        "unknown organization handler, only 'github:org:team' is supported"
    );
    assert_eq!(
        ferris.rename("another").await.json(),
        json!({ "ok": true }),
        "it ignores what it does not know"
    );
    assert_eq!(
        registry.guest().get("/api/v1/users/ferris").await.status,
        200
    );
    assert_eq!(
        ferris.get("/api/private/usernames/another").await.status,
        404
    );
    assert!(
        ferris
            .get("/api/v1/me")
            .await
            .json()
            .get("username_change")
            .is_none()
    );
    let user = registry
        .guest()
        .get("/api/v1/users/ferris?include=linked_accounts")
        .await
        .json();
    assert!(user.get("linked_accounts").is_none());
    assert_eq!(
        registry
            .guest()
            .get("/api/v1/users/ferris?include=nonsense")
            .await
            .status,
        200
    );
    assert_eq!(
        registry
            .guest()
            .get("/api/v1/users/github:ferris")
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn people_are_looked_up_by_the_name_of_a_service() {
    let registry = registry(Level::Full).await;
    let guest = registry.guest();
    let found = |path: &'static str| {
        let guest = guest.clone();
        async move {
            let answer = guest.get(path).await;
            if answer.status == 404 {
                Value::Null
            } else {
                answer.json()["user"]["login"].clone()
            }
        }
    };
    assert_eq!(found("/api/v1/users/github:CAROLGITHUB").await, "carol");
    assert_eq!(found("/api/v1/users/github%3Acarolgithub").await, "carol");
    assert_eq!(found("/api/v1/users/crates.io:Carol").await, "carol");
    assert_eq!(found("/api/v1/users/github:stale").await, "newer");
    assert_eq!(
        found("/api/v1/users/github:octo_elsewhere").await,
        Value::Null,
        "hyphens are not underscores on GitHub"
    );
    assert_eq!(found("/api/v1/users/github:carol").await, Value::Null);
    assert_eq!(found("/api/v1/users/gitlab:carol").await, Value::Null);
    assert_eq!(
        guest
            .get("/api/v1/users/carol?include=nonsense")
            .await
            .status,
        400
    );
    let none = guest
        .get("/api/v1/users/no-github?include=linked_accounts")
        .await
        .json();
    assert_eq!(none["linked_accounts"], json!([]));
    assert!(
        guest
            .get("/api/v1/users/carol")
            .await
            .json()
            .get("linked_accounts")
            .is_none()
    );
}
