//! Everything that a signed-in user changes.

use nameplate_registry::config::Level;
use serde_json::json;

use crate::{harness::Registry, judge::Judge};

/// Changes it.
pub async fn all(judge: &mut Judge, registry: &Registry) {
    let mut ferris = registry.named("ferris").await;
    let id = ferris.id();
    let user = format!("/api/v1/users/{id}");
    let ok = json!({ "user": { "publish_notifications": false } });
    judge
        .ask(&mut ferris, "GET", "/api/v1/me", "/api/v1/me", None)
        .await;
    judge
        .ask(&mut ferris, "PUT", "/api/v1/users/{user}", &user, Some(ok))
        .await;
    let email = json!({ "user": { "email": "new@example.com" } });
    judge
        .ask(
            &mut ferris,
            "PUT",
            "/api/v1/users/{user}",
            &user,
            Some(email),
        )
        .await;
    judge
        .ask(
            &mut ferris,
            "PUT",
            "/api/v1/users/{id}/resend",
            &format!("{user}/resend"),
            None,
        )
        .await;
    let token = registry.running.app.read(move |connection| {
        Ok(
            connection.query_row("SELECT token FROM emails WHERE user_id = ?1", [id], |row| {
                row.get::<_, String>(0)
            })?,
        )
    });
    let confirm = format!("/api/v1/confirm/{}", token.await.expect("a token"));
    judge
        .ask(
            &mut ferris,
            "PUT",
            "/api/v1/confirm/{email_token}",
            &confirm,
            None,
        )
        .await;
    let none = json!([]);
    judge
        .ask(
            &mut ferris,
            "PUT",
            "/api/v1/me/email_notifications",
            "/api/v1/me/email_notifications",
            Some(none),
        )
        .await;

    let name = "lone-lantern";
    let krate = format!("/api/v1/crates/{name}");
    let owners = format!("{krate}/owners");
    let somebody = json!({ "owners": ["octo_acme"] });
    judge
        .ask(
            &mut ferris,
            "PUT",
            "/api/v1/crates/{name}/owners",
            &owners,
            Some(somebody),
        )
        .await;
    judge
        .ask(
            &mut ferris,
            "DELETE",
            "/api/v1/crates/{name}/owners",
            &owners,
            Some(json!({ "owners": [] })),
        )
        .await;
    let by_crate = format!("/api/private/crate_owner_invitations?crate_name={name}");
    let invitations = judge
        .ask(
            &mut ferris,
            "GET",
            "/api/private/crate_owner_invitations",
            &by_crate,
            None,
        )
        .await
        .json();
    let crate_id = invitations["invitations"][0]["crate_id"].clone();
    let mut invited = registry.named("octo_acme").await;
    registry.sql("UPDATE emails SET verified = 1").await;
    let mine = "/api/v1/me/crate_owner_invitations";
    judge.ask(&mut invited, "GET", mine, mine, None).await;
    let accept = json!({ "crate_owner_invite": { "crate_id": crate_id, "accepted": true } });
    judge
        .ask(
            &mut invited,
            "PUT",
            "/api/v1/me/crate_owner_invitations/{crate_id}",
            &format!("{mine}/{crate_id}"),
            Some(accept),
        )
        .await;
    registry
        .sql(
            "INSERT INTO invitations SELECT u.id, c.id, c.id, 9000000000000000, 9000000000000001, 'a-token' FROM users u, crates c \
             WHERE u.username = 'carols10cents' AND c.name = 'crabshell'",
        )
        .await;
    let by_mail = "/api/v1/me/crate_owner_invitations/accept/{token}";
    judge
        .ask(
            &mut registry.guest(),
            "PUT",
            by_mail,
            &format!("{mine}/accept/a-token"),
            None,
        )
        .await;

    judge
        .ask(
            &mut ferris,
            "PUT",
            "/api/v1/crates/{name}/follow",
            &format!("{krate}/follow"),
            None,
        )
        .await;
    judge
        .ask(
            &mut ferris,
            "GET",
            "/api/v1/crates/{name}/following",
            &format!("{krate}/following"),
            None,
        )
        .await;
    judge
        .ask(
            &mut ferris,
            "GET",
            "/api/v1/me/updates",
            "/api/v1/me/updates",
            None,
        )
        .await;
    judge
        .ask(
            &mut ferris,
            "DELETE",
            "/api/v1/crates/{name}/follow",
            &format!("{krate}/follow"),
            None,
        )
        .await;

    let tokens = "/api/v1/me/tokens";
    let wish = json!({ "api_token": { "name": "ci", "crate_scopes": ["serde*"], "endpoint_scopes": ["yank"], "expired_at": "2099-01-01T00:00:00Z" } });
    let made = judge
        .ask(&mut ferris, "PUT", tokens, tokens, Some(wish))
        .await
        .json();
    let token = format!("{tokens}/{}", made["api_token"]["id"]);
    judge.ask(&mut ferris, "GET", tokens, tokens, None).await;
    judge
        .ask(&mut ferris, "GET", "/api/v1/me/tokens/{id}", &token, None)
        .await;
    judge
        .ask(
            &mut ferris,
            "DELETE",
            "/api/v1/me/tokens/{id}",
            &token,
            None,
        )
        .await;
    let made = judge
        .ask(
            &mut ferris,
            "PUT",
            tokens,
            tokens,
            Some(json!({ "api_token": { "name": "x" } })),
        )
        .await
        .json();
    let mut headers = registry.guest().headers("DELETE");
    headers.push((
        "authorization".to_owned(),
        made["api_token"]["token"]
            .as_str()
            .expect("a token")
            .to_owned(),
    ));
    let path = "/api/v1/tokens/current";
    let answer = crate::harness::exchange(registry.app(), "DELETE", path, &headers, Vec::new())
        .await
        .expect("an answer");
    assert_eq!(answer.status, 204);
    judge.judge("DELETE", path, registry.running.app.level, &answer);

    let version =
        ferris.get(&format!("{krate}?include=")).await.json()["crate"]["default_version"].clone();
    let version = format!("{krate}/{}", version.as_str().expect("a version"));
    judge
        .ask(
            &mut ferris,
            "DELETE",
            "/api/v1/crates/{name}/{version}/yank",
            &format!("{version}/yank"),
            None,
        )
        .await;
    judge
        .ask(
            &mut ferris,
            "PUT",
            "/api/v1/crates/{name}/{version}/unyank",
            &format!("{version}/unyank"),
            None,
        )
        .await;
    let yank = json!({ "version": { "yanked": true, "yank_message": "broken" } });
    judge
        .ask(
            &mut ferris,
            "PATCH",
            "/api/v1/crates/{name}/{version}",
            &version,
            Some(yank),
        )
        .await;
    judge
        .ask(
            &mut ferris,
            "POST",
            "/api/v1/crates/{name}/{version}/rebuild_docs",
            &format!("{version}/rebuild_docs"),
            None,
        )
        .await;
    let settings = json!({ "crate": { "trustpub_only": true } });
    judge
        .ask(
            &mut ferris,
            "PATCH",
            "/api/v1/crates/{name}",
            &krate,
            Some(settings),
        )
        .await;
    for (service, wish) in [
        (
            "github",
            json!({ "github_config": { "crate": name, "repository_owner": "ferris", "repository_name": "x", "workflow_filename": "x.yml" } }),
        ),
        (
            "gitlab",
            json!({ "gitlab_config": { "crate": name, "namespace": "ferris", "project": "x", "workflow_filepath": "x.yml" } }),
        ),
    ] {
        let path = format!("/api/v1/trusted_publishing/{service}_configs");
        let made = judge
            .ask(&mut ferris, "POST", &path, &path, Some(wish))
            .await
            .json();
        judge
            .ask(
                &mut ferris,
                "GET",
                &path,
                &format!("{path}?crate={name}"),
                None,
            )
            .await;
        let id = &made[format!("{service}_config")]["id"];
        judge
            .ask(
                &mut ferris,
                "DELETE",
                &format!("{path}/{{id}}"),
                &format!("{path}/{id}"),
                None,
            )
            .await;
    }
    registry
        .sql("UPDATE crates SET created_at = 9000000000000000 WHERE name = 'lone-lantern'")
        .await;
    registry.sql("DELETE FROM dependencies WHERE crate_id = (SELECT id FROM crates WHERE name = 'lone-lantern')").await;
    judge
        .ask(&mut ferris, "DELETE", "/api/v1/crates/{name}", &krate, None)
        .await;
    if registry.running.app.level == Level::Full {
        for name in [
            "free-as-a-bird",
            "ferris",
            "FERRIS",
            "carols10cents",
            "admin",
            "-x",
            "5erde",
        ] {
            let path = format!("/api/private/usernames/{name}");
            judge
                .ask(
                    &mut ferris,
                    "GET",
                    "/api/private/usernames/{username}",
                    &path,
                    None,
                )
                .await;
        }
        let rename = json!({ "user": { "username": "ferris-the-second" } });
        judge
            .ask(
                &mut ferris,
                "PUT",
                "/api/v1/users/{user}",
                &user,
                Some(rename),
            )
            .await;
        judge
            .ask(&mut ferris, "GET", "/api/v1/me", "/api/v1/me", None)
            .await;
        let mut other = registry.named("carols10cents").await;
        let held = judge
            .ask(
                &mut other,
                "GET",
                "/api/private/usernames/{username}",
                "/api/private/usernames/Ferris",
                None,
            )
            .await;
        assert_eq!(held.json()["username"]["availability"], "held");
    }
}
