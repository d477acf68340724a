//! What recorded answers mean: the types they become, value by value.

use nameplate::api::crate_query::{CrateFilter, CrateQuery};
use nameplate::api::error::ApiError;
use nameplate::domain::dependency::DependencyKind;
use nameplate::domain::identity::GitHubMatch;
use nameplate::domain::krate_owner::CrateOwner;
use nameplate::domain::page::{CrateSort, PageNumber, VersionSort};
use nameplate::domain::session::{Authorized, LoginStart, PendingSignup};
use nameplate::domain::team::{Team, TeamId};
use nameplate::domain::time::{Day, Timestamp};
use nameplate::domain::token::{CratePattern, EndpointScope, NewToken};
use nameplate::domain::user::{Email, Profile, Stats, User, UserId};
use nameplate::domain::username::Username;
use nameplate::domain::version::{AuditKind, TrustedPublisher};

use crate::fake::{Fake, answer, nobody, now};
use crate::recording::Recording;

fn client(file: &str) -> nameplate::api::client::Client {
    Fake::client([Recording::one(file).answer()]).0
}

fn at(text: &str) -> Option<Timestamp> {
    let moment = Timestamp::parse_rfc3339(text);
    assert!(moment.is_some(), "{text}");
    moment
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn a_user_of_august_has_no_known_linked_accounts() {
    let profile = now(client("users/get-include-linked-accounts.json").user("carols10cents"));
    assert_eq!(
        profile,
        Ok(Profile {
            user: User {
                id: UserId(396),
                username: Username::parse("carols10cents").unwrap(),
                name: some("Carol (Nichols || Goulding)"),
                avatar: some("https://avatars.githubusercontent.com/u/193874?v=4"),
                url: some("https://github.com/carolgithub"),
                github_match: GitHubMatch::Differs,
                created_at: at("2014-11-22T18:17:00Z"),
            },
            linked_accounts: None,
        })
    );
    // To such a server an owner is named by the GitHub login.
    assert_eq!(profile.unwrap().owner_name(), some("carolgithub"));
    let bare = now(client("users/get-null-name-and-avatar.json").user("no-email"))
        .unwrap()
        .user;
    assert_eq!((bare.name, bare.avatar), (None, None));
    assert_eq!(
        now(client("users/stats-unknown-user.json").user_stats(UserId(999_999))),
        Ok(Stats { total_downloads: 0 })
    );
}

#[test]
fn the_signed_in_user_has_one_email_and_unknown_rename_state() {
    let ferris = now(client("me/get-ferris.json").me()).unwrap();
    assert_eq!(
        (ferris.id, ferris.username.as_str(), ferris.is_admin),
        (UserId(10), "ferris", false)
    );
    assert_eq!(
        ferris.email,
        Email::Verified {
            address: "ferris@example.com".into()
        }
    );
    assert_eq!(ferris.username_change, None);
    assert!(ferris.owns("Mega_Crate") && !ferris.owns("libc"));
    assert_eq!(ferris.as_user().github_match, GitHubMatch::Unknown);
    assert!(now(client("me/get-admin.json").me()).unwrap().is_admin);
    for (file, told) in [
        ("me/get-email-unverified.json", false),
        ("me/get-after-email-change.json", true),
    ] {
        let email = now(client(file).me()).unwrap().email;
        assert!(
            matches!(email, Email::Unverified { sent, .. } if sent == told),
            "{file}: {email:?}"
        );
    }
    assert_eq!(
        now(client("me/get-no-email.json").me()).unwrap().email,
        Email::Missing
    );
    assert!(
        !now(client("me/get-after-notifications-off.json").me())
            .unwrap()
            .publish_notifications
    );
    assert_eq!(
        now(client("me/get-prolific-120-crates.json").me())
            .unwrap()
            .owned_crates
            .len(),
        120
    );
}

#[test]
fn signing_in_ends_signed_in_or_in_a_sign_up() {
    let begun = now(client("session/begin.json").begin_session()).unwrap();
    let LoginStart { url, state } = begun;
    assert!(url.starts_with("https://github.com/login/oauth/authorize?") && state == "OAUTH-STATE");
    let signed_in =
        now(client("session/authorize-signed-in.json").authorize_session("ferris", "OAUTH-STATE"));
    assert!(
        matches!(signed_in, Ok(Authorized::SignedIn(viewer)) if viewer.username.as_str() == "ferris")
    );
    let new = now(client("session/authorize-signup-required.json")
        .authorize_session("newcomer", "OAUTH-STATE"));
    assert_eq!(new, Ok(Authorized::SignupRequired));
    assert_eq!(
        now(client("session/signup-get.json").pending_signup()),
        Ok(PendingSignup {
            github_login: "newcomer".into(),
            name: None,
            email: some("newcomer@example.com"),
            expires_at: None,
        })
    );
    assert_eq!(
        now(client("session/signup-get-no-email.json").pending_signup())
            .unwrap()
            .email,
        None
    );
}

#[test]
fn a_server_that_ignores_the_username_says_which_one_it_gave() {
    let wanted = Username::parse("my-own-name").unwrap();
    let viewer =
        now(client("session/signup-post-with-username.json")
            .sign_up(&wanted, "newcomer@example.com"))
        .unwrap();
    assert_eq!(viewer.username.as_str(), "newcomer");
}

#[test]
fn a_list_has_its_total_and_its_links_verbatim() {
    let query = |page| CrateQuery {
        filter: CrateFilter::User(UserId(14)),
        page: PageNumber::new(page).unwrap(),
        per_page: 10,
        sort: CrateSort::Alphabetical,
    };
    let second = now(client("crates/list-user-id-page-2.json").crates(&query(2))).unwrap();
    let recorded = Recording::one("crates/list-user-id-page-2.json").body;
    assert_eq!((second.items.len(), second.total), (10, 120));
    assert_eq!(
        second.next.as_ref().map(|link| link.as_str()),
        recorded["meta"]["next_page"].as_str()
    );
    assert_eq!(
        second.prev.as_ref().map(|link| link.as_str()),
        recorded["meta"]["prev_page"].as_str()
    );
    assert!(second.next.is_some() && second.prev.is_some());
    let beyond = now(client("crates/list-user-id-page-13-empty.json").crates(&query(13))).unwrap();
    assert_eq!((beyond.items.len(), beyond.total), (0, 0));

    let (client, fake) = Fake::client([Recording::one("crates/list-user-id-seek-2.json").answer()]);
    let link = now(super::meaning::client("crates/list-user-id-seek.json").crates(&query(1)))
        .unwrap()
        .next
        .unwrap();
    assert!(now(client.more_crates(&link)).is_ok());
    assert_eq!(
        fake.asked(),
        [format!("GET /api/v1/crates{}", link.as_str())]
    );
}

#[test]
fn a_crate_comes_with_what_its_page_shows() {
    let detail = now(client("crate/get-include-frontend.json").krate("mega-crate")).unwrap();
    let default = detail.default_version().unwrap();
    assert_eq!(
        Some(default.num.as_str()),
        detail.krate.default_version.as_deref()
    );
    assert_eq!(detail.krate.name, "mega-crate");
    assert_eq!(detail.krate.num_versions, Some(150));
    assert!(
        detail.krate.recent_downloads.is_some()
            && !detail.keywords.is_empty()
            && !detail.categories.is_empty()
    );
    assert_eq!(
        now(client("crate/get-canonical-name.json").bare_crate("Mega_Crate"))
            .unwrap()
            .name,
        "mega-crate"
    );
    let bare = now(client("crate/get-bare.json").krate("bare")).unwrap();
    assert!(bare.keywords.is_empty() && bare.categories.is_empty());
    assert!(
        now(client("crate/get-all-yanked.json").krate("all-yanked"))
            .unwrap()
            .krate
            .yanked
    );
}

#[test]
fn owners_are_users_and_teams_and_only_users_can_differ() {
    let owners = now(client("crate/owners.json").crate_owners("mega-crate")).unwrap();
    let users: Vec<_> = owners.iter().filter_map(CrateOwner::as_user).collect();
    let teams: Vec<_> = owners.iter().filter_map(CrateOwner::as_team).collect();
    let carol = users.iter().find(|user| user.id == UserId(396)).unwrap();
    assert_eq!(carol.github_match, GitHubMatch::Differs);
    assert_eq!(carol.plain_github_login(), Some("carolgithub"));
    assert!(
        users
            .iter()
            .any(|user| user.github_match == GitHubMatch::Matches)
    );
    assert_eq!(
        teams,
        [&Team {
            id: TeamId(1),
            login: "github:rust-lang:core".into(),
            name: some("Core team"),
            avatar: some("https://avatars.githubusercontent.com/u/5430905?v=4"),
            url: some("https://github.com/rust-lang"),
        }]
    );
}

#[test]
fn a_version_tells_who_did_what() {
    let version =
        now(client("versions/get-yanked-with-message.json").version("mega-crate", "x")).unwrap();
    assert!(version.yanked && version.yank_message.is_some());
    assert_eq!(
        version.audit_actions.last().map(|action| &action.kind),
        Some(&AuditKind::Yank)
    );
    let trusted = now(client("crate/get-trusted-only.json").krate("trusted-only")).unwrap();
    assert_eq!(
        trusted.default_version().unwrap().trusted_publisher,
        Some(TrustedPublisher::GitHub {
            repository: "ferris/trusted-only".into(),
            run_id: "17000000001".into(),
            sha: "a".repeat(40),
        })
    );
    let mismatch =
        now(client("versions/get-published-by-mismatch.json").version("x", "1.0.0")).unwrap();
    assert_eq!(
        mismatch.published_by.unwrap().github_match,
        GitHubMatch::Differs
    );
    let old = now(client("versions/get-old-nulls.json").version("mega-crate", "0.0.0")).unwrap();
    assert_eq!(
        (old.rust_version, old.has_lib, old.code_lines),
        (None, None, None)
    );
    assert!(old.bin_names.is_empty());
    let nobodys = now(client("versions/get-trustpub-gitlab.json").version("mega-crate", "2.9.0"));
    assert_eq!(nobodys.unwrap().published_by, None);
    let links =
        now(client("versions/get-openssl-links.json").version("openssl-sys", "1.0.0")).unwrap();
    assert_eq!(links.lib_links.as_deref(), Some("openssl"));
}

#[test]
fn release_tracks_are_in_the_order_of_numbers() {
    let page = now(client("versions/list-release-tracks-first.json").versions(
        "mega-crate",
        VersionSort::Semver,
        10,
    ))
    .unwrap();
    assert_eq!((page.versions.len(), page.total), (10, 150));
    assert!(page.next.is_some());
    let tracks: Vec<_> = page
        .release_tracks
        .iter()
        .map(|track| track.name.as_str())
        .collect();
    let recorded = Recording::one("versions/list-release-tracks-first.json").body;
    assert_eq!(
        tracks.len(),
        recorded["meta"]["release_tracks"]
            .as_object()
            .unwrap()
            .len()
    );
    let invented = r#"{"versions":[],"meta":{"total":0,"next_page":null,"release_tracks":{"1":{"highest":"1.9.0"},"0.10":{"highest":"0.10.1"},"0.2":{"highest":"0.2.3"}}}}"#;
    let page = now(Fake::client([answer(200, invented)])
        .0
        .versions("x", VersionSort::Semver, 10))
    .unwrap();
    let tracks: Vec<_> = page
        .release_tracks
        .iter()
        .map(|track| track.name.as_str())
        .collect();
    assert_eq!(tracks, ["0.2", "0.10", "1"]);
}

#[test]
fn downloads_are_counted_by_day() {
    let downloads =
        now(client("crate/downloads-include-versions.json").crate_downloads("mega-crate")).unwrap();
    assert_eq!(downloads.versions.len(), 5);
    assert!(!downloads.others.is_empty());
    let told_apart = |id| downloads.versions.iter().any(|version| version.id == id);
    assert!(
        downloads
            .by_version
            .iter()
            .all(|row| told_apart(row.version))
    );
    let one =
        now(client("versions/downloads.json").version_downloads("mega-crate", "2.8.4")).unwrap();
    assert_eq!(
        one.first().map(|row| (row.day, row.downloads)),
        Some((Day::new(2026, 8, 24).unwrap(), 165))
    );
}

#[test]
fn dependencies_have_kinds_and_dependents_their_version() {
    let needs =
        now(client("versions/dependencies.json").dependencies("mega-crate", "2.8.4")).unwrap();
    let kind = |name: &str| {
        needs
            .iter()
            .find(|need| need.krate == name)
            .map(|need| need.kind)
    };
    assert_eq!(kind("tokio"), Some(DependencyKind::Normal));
    assert_eq!(kind("openssl-sys"), Some(DependencyKind::Build));
    assert_eq!(kind("serde_derive"), Some(DependencyKind::Dev));
    let optional = needs.iter().find(|need| need.optional).unwrap();
    assert_eq!(
        (
            optional.krate.as_str(),
            optional.default_features,
            optional.features.len()
        ),
        ("serde", false, 2)
    );
    assert_eq!(
        needs.iter().find_map(|need| need.target.as_deref()),
        Some("cfg(unix)")
    );

    let page = PageNumber::FIRST;
    let dependents =
        now(client("crate/reverse-dependencies.json").dependents("mega-crate", page, 10)).unwrap();
    assert_eq!((dependents.items.len(), dependents.total), (10, 35));
    assert!(
        dependents
            .items
            .iter()
            .all(|item| item.version.id == item.dependency.version
                && item.dependency.krate == "mega-crate")
    );
}

#[test]
fn invitations_are_joined_with_their_people() {
    let page = now(client("invitations/private-invitee.json").invitations_of(UserId(10))).unwrap();
    assert_eq!((page.invitations.len(), &page.next), (6, &None));
    let first = page.invitations.first().unwrap();
    assert_eq!(
        (first.crate_id, first.crate_name.as_str()),
        (240, "invite-1")
    );
    assert_eq!(
        first.inviter.as_ref().map(|user| user.username.as_str()),
        Some("crab-friend")
    );
    assert_eq!(first.invitee.as_ref().map(|user| user.id), Some(UserId(10)));
    let server_now = at("2026-11-21T01:47:37Z").unwrap();
    let expired: Vec<_> = page
        .invitations
        .iter()
        .filter(|i| i.has_expired(server_now))
        .map(|i| i.crate_name.as_str())
        .collect();
    assert_eq!(expired, ["invite-6"]);
    let first_of_three =
        now(client("invitations/private-invitee-seek-first.json").invitations_of(UserId(10)))
            .unwrap();
    assert!(first_of_three.next.is_some());
}

#[test]
fn an_answer_to_another_invitation_is_not_believed() {
    use nameplate::domain::invitation::InvitationAnswer::{Accept, Decline};
    let answered =
        |id, answer| now(client("invitations/accept.json").answer_invitation(id, answer));
    assert_eq!(answered(240, Accept), Ok(()));
    assert_eq!(answered(241, Accept), Err(ApiError::Malformed));
    assert_eq!(answered(240, Decline), Err(ApiError::Malformed));
}

#[test]
fn a_tokens_text_comes_once() {
    let wanted = NewToken {
        name: "scoped".into(),
        expired_at: at("2027-01-31T00:00:00Z"),
        crate_scopes: Some(vec![CratePattern::parse("mega-*").unwrap()]),
        endpoint_scopes: vec![EndpointScope::Yank],
    };
    let created = now(client("tokens/create-scoped.json").create_api_token(&wanted)).unwrap();
    assert!(created.plaintext.starts_with("cio"));
    assert_eq!(created.token.expired_at, wanted.expired_at);
    assert_eq!(
        created.token.endpoint_scopes,
        Some(vec![EndpointScope::PublishUpdate, EndpointScope::Yank])
    );
    let listed = now(client("tokens/list-expired-days-30.json").api_tokens()).unwrap();
    assert!(
        listed.iter().any(|token| token.endpoint_scopes.is_none()),
        "a token from before scopes"
    );
    let without_text = Recording::one("tokens/get.json").answer();
    assert_eq!(
        now(Fake::client([without_text]).0.create_api_token(&wanted)),
        Err(ApiError::Malformed)
    );
}

#[test]
fn a_readme_is_found_by_the_file_host_or_by_asking() {
    let page = || answer(200, "<h1>Mega</h1>");
    let told = || Recording::one("versions/readme-accept-json.json").answer();
    let host = "https://static.registry.example";
    let file = format!("{host}/readmes/mega-crate/mega-crate-2.8.4.html");

    let (client, fake) = Fake::client([page()]);
    let readme = now(client.readme("mega-crate", "2.8.4", Some(host), nobody()))
        .unwrap()
        .unwrap();
    assert_eq!(
        (readme.html.as_str(), readme.address.as_str()),
        ("<h1>Mega</h1>", file.as_str())
    );
    assert_eq!(fake.asked(), [format!("GET {file}")]);

    let (client, fake) = Fake::client([told(), page()]);
    assert!(
        now(client.readme("mega-crate", "2.8.4", None, nobody()))
            .unwrap()
            .is_some()
    );
    assert_eq!(
        fake.asked(),
        [
            "GET /api/v1/crates/mega-crate/2.8.4/readme".to_owned(),
            format!("GET {file}")
        ]
    );

    for absent in [403, 404] {
        let (client, _) = Fake::client([answer(absent, "<Error/>")]);
        assert_eq!(
            now(client.readme("a", "1.0.0", Some(host), nobody())),
            Ok(None)
        );
    }
    let (client, _) = Fake::client([answer(502, "<h1>Bad gateway</h1>")]);
    assert_eq!(
        now(client.readme("a", "1.0.0", Some(host), nobody())),
        Err(ApiError::Server {
            status: 502,
            detail: String::new()
        })
    );
    let (client, _) = Fake::client([answer(200, r#"{"url":"javascript:alert(1)"}"#)]);
    assert_eq!(
        now(client.readme("a", "1.0.0", None, nobody())),
        Err(ApiError::Malformed)
    );
    let (client, fake) = Fake::client([page()]);
    assert!(
        now(client.readme("mega-crate", "3.0.0-alpha.2+build.5", Some(host), nobody())).is_ok()
    );
    assert_eq!(
        fake.asked(),
        [format!(
            "GET {host}/readmes/mega-crate/mega-crate-3.0.0-alpha.2%2Bbuild.5.html"
        )]
    );
}

#[test]
fn the_site_says_where_files_are() {
    let site = now(client("misc/site-metadata.json").site_metadata()).unwrap();
    assert_eq!(
        site.cdn_base.as_deref(),
        Some("https://static.registry.example")
    );
    assert!(!site.read_only && site.banner_message.is_none());
    assert!(
        now(client("variant-read-only/site-metadata.json").site_metadata())
            .unwrap()
            .read_only
    );
    let summary = now(client("misc/summary.json").summary()).unwrap();
    assert_eq!(summary.new_crates.len(), 10);
    assert!(summary.num_crates > 100 && !summary.popular_categories.is_empty());
    let category =
        now(client("misc/category-sub.json").category("development-tools::cargo-plugins")).unwrap();
    assert_eq!(category.slug, "development-tools::cargo-plugins");
    assert_eq!(
        category.parents.first().map(|parent| parent.slug.as_str()),
        Some("development-tools")
    );
}
