//! What RFC 3946 adds to the API, as the contract's page has it: linked accounts, availability, rename, look-up by
//! prefix, on servers that have it and on servers that do not.

use nameplate::api::client::Client;
use nameplate::api::error::ApiError;
use nameplate::domain::availability::Verdict;
use nameplate::domain::identity::{LinkedAccount, Service};
use nameplate::domain::owner::GitHubLogin;
use nameplate::domain::time::Timestamp;
use nameplate::domain::user::{GitHubLookup, PreviousUsername, UserId, UsernameChange};
use nameplate::domain::username::{CanonicalUsername, Username};
use serde_json::{Value, json};

use crate::fake::{Fake, answer, now};
use crate::recording::Recording;

fn name(text: &str) -> Username {
    Username::parse(text).unwrap()
}

fn canonical(text: &str) -> CanonicalUsername {
    name(text).canonical()
}

fn ferris() -> String {
    json!({"user": {"id": 10, "login": "ferris", "github_username_matches": true}, "linked_accounts": []}).to_string()
}

const NOT_FOUND: &str = r#"{"errors":[{"detail":"Not Found"}]}"#;

#[test]
fn linked_accounts_are_told_with_services_known_or_not() {
    let body = json!({
        "user": {"id": 396, "login": "carols10cents", "url": "https://github.com/carolgithub"},
        "linked_accounts": [
            {"service": "github", "account_id": 193_874, "login": "carolgithub", "avatar": null},
            {"service": "codeberg", "login": "carol", "avatar": "https://codeberg.example/a"},
        ],
    });
    let profile = now(Fake::client([answer(200, &body.to_string())])
        .0
        .user("carols10cents"))
    .unwrap();
    let github = LinkedAccount {
        service: Service::GitHub,
        login: "carolgithub".into(),
        account_id: Some(193_874),
        avatar: None,
    };
    let codeberg = LinkedAccount {
        service: Service::Other("codeberg".into()),
        login: "carol".into(),
        account_id: None,
        avatar: Some("https://codeberg.example/a".into()),
    };
    assert_eq!(
        profile.linked_accounts.as_deref(),
        Some(&[github, codeberg][..])
    );
    assert_eq!(
        profile.owner_name().as_deref(),
        Some("crates.io:carols10cents")
    );
    let none_linked = now(Fake::client([answer(200, &ferris())]).0.user("ferris")).unwrap();
    assert_eq!(none_linked.linked_accounts, Some(Vec::new()));
    assert_eq!(
        none_linked.owner_name().as_deref(),
        Some("crates.io:ferris")
    );
}

#[test]
fn a_pending_sign_up_may_say_its_name_and_its_end() {
    let body = json!({"signup": {"login": "newcomer_corp", "name": "New Comer", "email": null, "expires_at": "2026-11-21T02:17:00Z"}});
    let pending = now(Fake::client([answer(200, &body.to_string())])
        .0
        .pending_signup())
    .unwrap();
    assert_eq!(pending.name.as_deref(), Some("New Comer"));
    assert_eq!(
        pending.expires_at,
        Timestamp::parse_rfc3339("2026-11-21T02:17:00Z")
    );
}

#[test]
fn the_rename_state_is_told_in_full_in_part_or_not_at_all() {
    let change = |state: Value| {
        let body = json!({"user": {"id": 10, "login": "ferris"}, "owned_crates": [], "username_change": state});
        now(Fake::client([answer(200, &body.to_string())]).0.me())
            .unwrap()
            .username_change
    };
    assert_eq!(change(Value::Null), None);
    assert_eq!(
        change(json!({"available_at": null, "previous": null})),
        Some(UsernameChange {
            available_at: None,
            previous: None
        })
    );
    assert_eq!(
        change(
            json!({"available_at": "2026-12-21T00:00:00Z", "previous": {"username": "crab", "reclaimable_until": "2026-12-20T00:00:00Z"}})
        ),
        Some(UsernameChange {
            available_at: Timestamp::parse_rfc3339("2026-12-21T00:00:00Z"),
            previous: Some(PreviousUsername {
                username: name("crab"),
                reclaimable_until: Timestamp::parse_rfc3339("2026-12-20T00:00:00Z"),
            }),
        })
    );
}

#[test]
fn each_kind_of_availability_is_a_verdict() {
    let verdict = |extra: Value| {
        let mut told =
            json!({"requested": "Hello_There", "canonical": "hello_there", "detail": "Some text."});
        told.as_object_mut()
            .unwrap()
            .extend(extra.as_object().unwrap().clone());
        let body = json!({"username": told}).to_string();
        now(Fake::client([answer(200, &body)])
            .0
            .check_username(&canonical("Hello_There"), None))
    };
    assert_eq!(
        verdict(json!({"availability": "available"})),
        Ok(Verdict::Available)
    );
    assert_eq!(verdict(json!({"availability": "own"})), Ok(Verdict::Own));
    assert_eq!(
        verdict(json!({"availability": "taken", "taken_by": "hello-there"})),
        Ok(Verdict::Taken {
            by: Some(name("hello-there"))
        })
    );
    assert_eq!(
        verdict(json!({"availability": "held", "available_at": "2026-12-21T00:00:00Z"})),
        Ok(Verdict::Held {
            until: Timestamp::parse_rfc3339("2026-12-21T00:00:00Z")
        })
    );
    assert_eq!(
        verdict(json!({"availability": "reserved"})),
        Ok(Verdict::Reserved)
    );
    assert_eq!(
        verdict(json!({"availability": "too_similar", "similar_to": "dtolnay"})),
        Ok(Verdict::TooSimilar {
            to: Some(name("dtolnay"))
        })
    );
    assert_eq!(
        verdict(json!({"availability": "invalid"})),
        Ok(Verdict::Invalid {
            detail: Some("Some text.".into())
        })
    );
    assert_eq!(
        verdict(json!({"availability": "haunted"})),
        Err(ApiError::Malformed),
        "nothing true could be said of it"
    );
}

#[test]
fn a_server_without_availability_is_asked_for_users_and_not_twice_for_both() {
    for lacking in [
        answer(404, NOT_FOUND),
        answer(405, ""),
        answer(404, "<h1>Not found</h1>"),
    ] {
        let carol = Recording::one("users/get-exact.json").answer();
        let nobody = Recording::one("users/get-not-found.json").answer();
        let (client, fake) = Fake::client([lacking, carol.clone(), nobody, carol.clone(), carol]);
        let taken = Verdict::Taken {
            by: Some(name("carols10cents")),
        };
        assert_eq!(
            now(client.check_username(&canonical("Carols10cents"), None)),
            Ok(taken.clone())
        );
        assert_eq!(
            now(client.check_username(&canonical("nobody-here"), None)),
            Ok(Verdict::NobodyUsesIt)
        );
        assert_eq!(
            now(client.check_username(&canonical("carols10cents"), Some(UserId(396)))),
            Ok(Verdict::Own)
        );
        assert_eq!(
            now(client.check_username(&canonical("carols10cents"), Some(UserId(10)))),
            Ok(taken)
        );
        let asked = fake.asked();
        assert_eq!(
            asked.first().unwrap(),
            "GET /api/private/usernames/carols10cents"
        );
        assert_eq!(asked.get(2).unwrap(), "GET /api/v1/users/nobody_here");
        assert_eq!(
            asked
                .iter()
                .filter(|line| line.contains("/usernames/"))
                .count(),
            1
        );
    }
}

#[test]
fn a_failed_check_is_never_a_free_name() {
    let check = |client: &Client| now(client.check_username(&canonical("a"), None));
    for (status, body) in [
        (500, "{}"),
        (503, "{}"),
        (403, "{}"),
        (429, "{}"),
        (200, "<h1>"),
        (200, "{}"),
    ] {
        let (client, _) = Fake::client([answer(status, body)]);
        assert!(check(&client).is_err(), "{status} {body}");
    }
    let (client, _) = Fake::client([answer(404, NOT_FOUND), answer(502, "<h1>Bad gateway</h1>")]);
    assert!(check(&client).is_err(), "nor when the users endpoint fails");
    let has = json!({"username": {"availability": "available"}}).to_string();
    let (client, fake) = Fake::client([answer(200, &has), answer(404, NOT_FOUND)]);
    assert_eq!(check(&client), Ok(Verdict::Available));
    assert!(
        matches!(check(&client), Err(ApiError::NotFound { .. })),
        "a server that has availability does not lose it"
    );
    assert_eq!(fake.asked().len(), 2);
}

#[test]
fn a_rename_travels_alone() {
    let (client, fake) = Fake::client([answer(200, r#"{"ok":true}"#)]);
    assert_eq!(
        now(client.rename_user(UserId(10), &name("new-name"))),
        Ok(())
    );
    assert_eq!(fake.asked(), ["PUT /api/v1/users/10"]);
    assert_eq!(
        fake.last().body.as_deref(),
        Some(r#"{"user":{"username":"new-name"}}"#)
    );
    for (status, body) in [
        (
            409,
            r#"{"errors":[{"detail":"The username `x` is taken."}]}"#,
        ),
        (400, r#"{"errors":[{"detail":"Reserved."}]}"#),
    ] {
        let (client, _) = Fake::client([answer(status, body)]);
        let refusal = now(client.rename_user(UserId(10), &name("x"))).unwrap_err();
        assert!(
            matches!(refusal, ApiError::Rejected { status: s, .. } if s == status)
                && refusal.detail().is_some()
        );
    }
}

#[test]
fn a_sign_up_sends_username_and_address() {
    let (client, fake) = Fake::client([answer(
        200,
        r#"{"user":{"id":1,"login":"new-name"},"owned_crates":[]}"#,
    )]);
    assert_eq!(
        now(client.sign_up(&name("new-name"), "a@example.com"))
            .unwrap()
            .username,
        name("new-name")
    );
    assert_eq!(
        fake.last().body.as_deref(),
        Some(r#"{"signup":{"username":"new-name","email":"a@example.com"}}"#)
    );
}

#[test]
fn nobody_is_said_only_by_a_server_that_can_look_up_that_way() {
    let login = GitHubLogin::parse("carolgithub").unwrap();
    let known = name("ferris");
    let look = |client: &Client, known: Option<&Username>| {
        now(client.user_by_github_login(&login, known)).unwrap()
    };
    let none = || answer(404, NOT_FOUND);

    let (client, fake) = Fake::client([none(), answer(200, &ferris()), none()]);
    assert_eq!(look(&client, Some(&known)), GitHubLookup::Nobody);
    assert_eq!(look(&client, None), GitHubLookup::Nobody, "it remembers");
    assert_eq!(
        fake.asked(),
        [
            "GET /api/v1/users/github%3Acarolgithub?include=linked_accounts",
            "GET /api/v1/users/crates.io%3Aferris?include=linked_accounts",
            "GET /api/v1/users/github%3Acarolgithub?include=linked_accounts",
        ]
    );

    let (client, fake) = Fake::client([none(), none()]);
    assert_eq!(look(&client, Some(&known)), GitHubLookup::CannotTell);
    assert_eq!(
        look(&client, Some(&known)),
        GitHubLookup::CannotTell,
        "it does not ask again"
    );
    assert_eq!(fake.asked().len(), 2);

    let (client, _) = Fake::client([none()]);
    assert_eq!(
        look(&client, None),
        GitHubLookup::CannotTell,
        "nobody is known to ask for"
    );

    let (client, _) = Fake::client([answer(200, &ferris()), none()]);
    assert!(
        matches!(look(&client, None), GitHubLookup::Found(found) if found.user.id == UserId(10))
    );
    assert_eq!(
        look(&client, None),
        GitHubLookup::Nobody,
        "a find proves that it can"
    );

    let (client, _) = Fake::client([none(), answer(502, "")]);
    assert!(
        now(client.user_by_github_login(&login, Some(&known))).is_err(),
        "a failed proof proves nothing"
    );
}

#[test]
fn no_name_becomes_more_than_a_name_in_an_address() {
    for (name, asked) in [
        ("../me", "GET /api/v1/users/..%2Fme?include=linked_accounts"),
        ("..", "GET /api/v1/users/%252E%252E?include=linked_accounts"),
        (".", "GET /api/v1/users/%252E?include=linked_accounts"),
        ("", "GET /api/v1/users/%20?include=linked_accounts"),
        (
            "a?b=c#d",
            "GET /api/v1/users/a%3Fb%3Dc%23d?include=linked_accounts",
        ),
    ] {
        let (client, fake) = Fake::client([answer(404, NOT_FOUND)]);
        assert!(now(client.user(name)).is_err());
        assert_eq!(fake.asked(), [asked]);
    }
}
