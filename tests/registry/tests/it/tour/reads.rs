//! Everything that is read.

use crate::{harness::Registry, judge::Judge};

/// Asks for it.
pub async fn all(judge: &mut Judge, registry: &Registry) {
    let mut guest = registry.guest();
    let id = registry.id_of("ferris").await;
    let own = guest
        .get(&format!("/api/v1/crates?user_id={id}&per_page=100"))
        .await
        .json();
    let crates: Vec<String> = own["crates"]
        .as_array()
        .expect("crates")
        .iter()
        .map(|one| one["id"].as_str().expect("a name").to_owned())
        .collect();
    let slug = guest.get("/api/v1/category_slugs").await.json()["category_slugs"][0]["id"]
        .as_str()
        .expect("a slug")
        .to_owned();
    let keyword = guest.get("/api/v1/keywords").await.json()["keywords"][0]["id"]
        .as_str()
        .expect("a word")
        .to_owned();
    let mut plain = vec![
        ("/api/v1/users/{user}", "/api/v1/users/ferris".to_owned()),
        (
            "/api/v1/users/{user}",
            "/api/v1/users/FERRIS?include=linked_accounts".to_owned(),
        ),
        (
            "/api/v1/users/{user}",
            "/api/v1/users/no-github?include=linked_accounts".to_owned(),
        ),
        (
            "/api/v1/users/{id}/stats",
            format!("/api/v1/users/{id}/stats"),
        ),
        ("/api/v1/summary", "/api/v1/summary".to_owned()),
        ("/api/v1/site_metadata", "/api/v1/site_metadata".to_owned()),
        (
            "/api/v1/keywords",
            "/api/v1/keywords?sort=crates&per_page=5&page=2".to_owned(),
        ),
        (
            "/api/v1/keywords/{keyword}",
            format!("/api/v1/keywords/{keyword}"),
        ),
        (
            "/api/v1/categories",
            "/api/v1/categories?sort=crates".to_owned(),
        ),
        (
            "/api/v1/categories/{category}",
            format!("/api/v1/categories/{slug}"),
        ),
        (
            "/api/v1/category_slugs",
            "/api/v1/category_slugs".to_owned(),
        ),
    ];
    for query in [
        "",
        "?sort=downloads",
        "?sort=new&per_page=3",
        "?q=crab",
        "?letter=c",
        "?page=2",
        "?include_yanked=no",
        "?q=a&sort=recent-updates",
    ] {
        plain.push(("/api/v1/crates", format!("/api/v1/crates{query}")));
    }
    for name in &crates {
        for (template, rest) in [
            ("/api/v1/crates/{name}", ""),
            ("/api/v1/crates/{name}", "?include="),
            (
                "/api/v1/crates/{name}",
                "?include=keywords,categories,downloads,default_version",
            ),
            ("/api/v1/crates/{name}/owners", "/owners"),
            ("/api/v1/crates/{name}/owner_user", "/owner_user"),
            ("/api/v1/crates/{name}/owner_team", "/owner_team"),
            (
                "/api/v1/crates/{name}/versions",
                "/versions?include=release_tracks",
            ),
            (
                "/api/v1/crates/{name}/versions",
                "/versions?per_page=2&sort=date",
            ),
            (
                "/api/v1/crates/{name}/downloads",
                "/downloads?include=versions",
            ),
            (
                "/api/v1/crates/{name}/reverse_dependencies",
                "/reverse_dependencies",
            ),
        ] {
            plain.push((template, format!("/api/v1/crates/{name}{rest}")));
        }
        let version = guest
            .get(&format!("/api/v1/crates/{name}?include="))
            .await
            .json()["crate"]["default_version"]
            .clone();
        let version = version.as_str().expect("a version").to_owned();
        for (template, rest) in [
            ("/api/v1/crates/{name}/{version}", ""),
            (
                "/api/v1/crates/{name}/{version}/dependencies",
                "/dependencies",
            ),
            ("/api/v1/crates/{name}/{version}/downloads", "/downloads"),
            ("/api/v1/crates/{name}/{version}/authors", "/authors"),
        ] {
            plain.push((template, format!("/api/v1/crates/{name}/{version}{rest}")));
        }
        let readme = guest
            .get(&format!("/api/v1/crates/{name}/{version}/readme"))
            .await;
        assert_eq!(readme.status, 302);
        let teams = guest
            .get(&format!("/api/v1/crates/{name}/owner_team"))
            .await
            .json();
        if let Some(login) = teams["teams"][0]["login"].as_str() {
            plain.push(("/api/v1/teams/{team}", format!("/api/v1/teams/{login}")));
        }
    }
    for (template, path) in plain {
        judge.ask(&mut guest, "GET", template, &path, None).await;
    }
    judge
        .refused(
            &guest,
            "GET",
            "/api/v1/users/{user}",
            "/api/v1/users/nobody-at-all",
            404,
        )
        .await;
    judge
        .refused(
            &guest,
            "GET",
            "/api/v1/crates/{name}",
            "/api/v1/crates/nothing-at-all",
            404,
        )
        .await;
    judge
        .refused(
            &guest,
            "GET",
            "/api/v1/crates",
            "/api/v1/crates?per_page=101",
            400,
        )
        .await;
    judge
        .refused(&guest, "GET", "/api/v1/me", "/api/v1/me", 403)
        .await;
}
