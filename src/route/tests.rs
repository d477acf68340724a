//! Printing and reading addresses, held against each other and against literal addresses.

use proptest::prelude::*;

use super::*;
use crate::domain::page::{CrateSort, TagSort};

fn check(address: &str, route: Route) {
    assert_eq!(Route::parse_address(address), route, "reading {address}");
    assert_eq!(route.path(), address, "printing {route:?}");
}

fn page(number: u32) -> PageNumber {
    PageNumber::new(number).unwrap()
}

#[test]
fn each_page_has_its_address() {
    let name = || "serde".to_owned();
    let list = ListQuery {
        page: page(3),
        sort: Some(CrateSort::New),
    };
    let cases = [
        ("/", Route::Home),
        ("/crates/serde", Route::krate("serde")),
        (
            "/crates/serde/1.0.219%2Bb",
            Route::version("serde", "1.0.219+b"),
        ),
        (
            "/crates/serde/versions",
            Route::CrateVersions {
                name: name(),
                sort: VersionSort::Date,
            },
        ),
        (
            "/crates/serde/versions?sort=semver",
            Route::CrateVersions {
                name: name(),
                sort: VersionSort::Semver,
            },
        ),
        (
            "/crates/serde/dependencies",
            Route::CrateDependencies { name: name() },
        ),
        (
            "/crates/serde/1.0.0/dependencies",
            Route::Dependencies {
                name: name(),
                version: "1.0.0".into(),
            },
        ),
        (
            "/crates/serde/reverse_dependencies?page=2",
            Route::Dependents {
                name: name(),
                page: page(2),
            },
        ),
        (
            "/crates/serde/range/%3E%3D1.20%2C%20%3C2",
            Route::CrateRange {
                name: name(),
                req: ">=1.20, <2".into(),
            },
        ),
        ("/crates/serde/docs", Route::CrateDocs { name: name() }),
        ("/crates/serde/repo", Route::CrateRepo { name: name() }),
        ("/crates/serde/owners", Route::CrateOwners { name: name() }),
        (
            "/crates/serde/settings",
            Route::CrateSettings { name: name() },
        ),
        (
            "/crates?letter=a&page=3&sort=new",
            Route::Crates {
                letter: Some("a".into()),
                list,
            },
        ),
        (
            "/users/ra--?page=3&sort=new",
            Route::User {
                username: "ra--".into(),
                list,
            },
        ),
        (
            "/users/carols10cents/which",
            Route::UserWhich {
                username: "carols10cents".into(),
            },
        ),
        (
            "/teams/github:rust-lang:core",
            Route::team("github:rust-lang:core"),
        ),
        (
            "/keywords?sort=alpha",
            Route::Keywords(TagQuery {
                page: page(1),
                sort: TagSort::Alphabetical,
            }),
        ),
        ("/keywords/no-std", Route::keyword("no-std")),
        (
            "/categories?page=2",
            Route::Categories(TagQuery {
                page: page(2),
                sort: TagSort::Crates,
            }),
        ),
        (
            "/categories/development-tools::cargo-plugins",
            Route::category("development-tools::cargo-plugins"),
        ),
        ("/dashboard", Route::Dashboard),
        ("/me", Route::Me),
        ("/me/crates", Route::MyCrates(ListQuery::default())),
        ("/me/following", Route::Following(ListQuery::default())),
        ("/me/pending-invites", Route::PendingInvites),
        (
            "/accept-invite/abc",
            Route::AcceptInvite {
                token: "abc".into(),
            },
        ),
        (
            "/confirm/abc",
            Route::ConfirmEmail {
                token: "abc".into(),
            },
        ),
        ("/signup", Route::Signup),
        ("/settings", Route::Settings),
        ("/settings/profile", Route::SettingsProfile),
        ("/settings/tokens", Route::SettingsTokens),
        (
            "/settings/tokens/new?from=7",
            Route::NewToken {
                from: Some(TokenId(7)),
            },
        ),
        ("/settings/username", Route::SettingsUsername),
        (
            "/settings/username/choose?name=a%20b",
            Route::ChooseUsername {
                name: Some("a b".into()),
            },
        ),
        (
            "/settings/username/review?to=ferris",
            Route::ReviewUsername {
                to: Some("ferris".into()),
            },
        ),
        ("/docs/usernames", Route::DocsUsernames),
        ("/policies", Route::Policies),
        ("/policies/privacy", Route::Privacy),
        (
            "/support?inquire=impersonation&user=ferris",
            Route::Support(SupportQuery {
                inquire: Some(Inquiry::Impersonation),
                krate: None,
                user: Some("ferris".into()),
            }),
        ),
        (
            "/search?q=a%26b%20keyword%3Acli&page=2",
            Route::Search(SearchQuery {
                q: "a&b keyword:cli".into(),
                all_keywords: None,
                list: ListQuery {
                    page: page(2),
                    sort: None,
                },
            }),
        ),
    ];
    for (address, route) in cases {
        check(address, route);
    }
}

#[test]
fn other_spellings_of_an_address_are_read_too() {
    for (address, route) in [
        ("/crates/serde/", Route::krate("serde")),
        ("//crates/serde", Route::krate("serde")),
        ("/crates/serde#readme", Route::krate("serde")),
        ("/crates/%73erde?utm=1", Route::krate("serde")),
        (
            "/search?q=a+b",
            Route::Search(SearchQuery {
                q: "a b".into(),
                ..SearchQuery::default()
            }),
        ),
        (
            "/crates?sort=alpha&page=",
            Route::Crates {
                letter: None,
                list: ListQuery {
                    page: page(1),
                    sort: Some(CrateSort::Alphabetical),
                },
            },
        ),
        ("", Route::Home),
    ] {
        assert_eq!(Route::parse_address(address), route, "{address}");
    }
    assert_eq!(Route::parse("/crates/a", "?x"), Route::krate("a"));
}

#[test]
fn an_unreadable_parameter_has_its_own_screen() {
    for (address, parameter) in [
        ("/users/a?page=abc", "page"),
        ("/users/a?page=0", "page"),
        ("/crates?page=-1", "page"),
        ("/crates?sort=bogus", "sort"),
        ("/keywords?sort=downloads", "sort"),
        ("/crates/a/versions?sort=new", "sort"),
        ("/crates/a/reverse_dependencies?page=99999999999", "page"),
        ("/settings/tokens/new?from=x", "from"),
        ("/support?inquire=x", "inquire"),
    ] {
        let route = Route::parse_address(address);
        assert!(
            matches!(&route, Route::Malformed { parameter: p, .. } if *p == parameter),
            "{address}: {route:?}"
        );
        assert_eq!(route.path(), address);
    }
}

#[test]
fn what_is_no_page_is_unknown() {
    for address in [
        "/nope",
        "/crates//versions",
        "/crates/a/code",
        "/crates/a/1.0/x",
        "/users",
        "/users/a/b",
        "/settings/x",
    ] {
        let route = Route::parse_address(address);
        assert!(
            matches!(route, Route::Unknown { .. }),
            "{address}: {route:?}"
        );
        assert_eq!(route.path(), address);
    }
}

#[test]
fn more_question_marks_than_one_are_read_as_one() {
    for (address, printed) in [
        ("/nowhere??", "/nowhere"),
        ("/nowhere???a=?b", "/nowhere?a=?b"),
    ] {
        let route = Route::parse_address(address);
        assert_eq!(route.path(), printed);
        assert_eq!(Route::parse_address(printed), route);
    }
    assert_eq!(
        Route::parse_address("/search??q=serde"),
        Route::parse_address("/search?q=serde")
    );
}

#[test]
fn no_address_leads_to_another_host() {
    for address in [
        "//evil.example/x",
        "/\\evil.example",
        "https://evil.example/",
        "\\\\evil.example",
        "/%5cevil.example",
        "javascript:x",
    ] {
        let path = Route::parse_address(address).path();
        assert!(
            path.starts_with('/') && !path.starts_with("//"),
            "{address} became {path}"
        );
        assert!(!path.contains('\\'), "{address} became {path}");
    }
}

#[test]
fn guarded_pages_are_not_for_search_engines() {
    for (address, guarded, unlisted) in [
        ("/settings/username", true, true),
        ("/crates/a/settings", true, true),
        ("/me/following", true, true),
        ("/signup", false, true),
        ("/accept-invite/x", false, true),
        ("/nope", false, true),
        ("/users/a", false, false),
        ("/policies", false, false),
    ] {
        let route = Route::parse_address(address);
        assert_eq!(
            (route.needs_login(), route.is_unlisted()),
            (guarded, unlisted),
            "{address}"
        );
    }
}

/// Any text that has a spelling as a segment; the three that have none are `percent`'s business.
fn name() -> impl Strategy<Value = String> {
    any::<String>().prop_filter("has a spelling", |t| !["", ".", ".."].contains(&t.as_str()))
}

fn list() -> impl Strategy<Value = ListQuery> {
    let sorts = CrateSort::FOR_LISTS
        .into_iter()
        .chain([CrateSort::Relevance])
        .collect::<Vec<_>>();
    (
        1_u32..,
        proptest::option::of(proptest::sample::select(sorts)),
    )
        .prop_map(|(number, sort)| ListQuery {
            page: page(number),
            sort,
        })
}

fn routes() -> impl Strategy<Value = Route> {
    let version = || {
        "[0-9]"
            .prop_flat_map(|first| any::<String>().prop_map(move |rest| format!("{first}{rest}")))
    };
    let text = || proptest::option::of(any::<String>());
    prop_oneof![
        (any::<String>(), text(), list()).prop_map(|(q, all_keywords, list)| Route::Search(
            SearchQuery {
                q,
                all_keywords,
                list
            }
        )),
        (text(), list()).prop_map(|(letter, list)| Route::Crates { letter, list }),
        name().prop_map(|name| Route::Crate { name }),
        (name(), version()).prop_map(|(name, version)| Route::CrateVersion { name, version }),
        (name(), version()).prop_map(|(name, version)| Route::Dependencies { name, version }),
        (name(), name()).prop_map(|(name, req)| Route::CrateRange { name, req }),
        (name(), 1_u32..).prop_map(|(name, n)| Route::Dependents {
            name,
            page: page(n)
        }),
        name().prop_map(|name| Route::CrateSettings { name }),
        (name(), list()).prop_map(|(username, list)| Route::User { username, list }),
        name().prop_map(|username| Route::UserWhich { username }),
        (name(), list()).prop_map(|(login, list)| Route::Team { login, list }),
        (name(), list()).prop_map(|(keyword, list)| Route::Keyword { keyword, list }),
        (name(), list()).prop_map(|(slug, list)| Route::Category { slug, list }),
        name().prop_map(|token| Route::AcceptInvite { token }),
        name().prop_map(|token| Route::ConfirmEmail { token }),
        any::<Option<i64>>().prop_map(|from| Route::NewToken {
            from: from.map(TokenId)
        }),
        text().prop_map(|name| Route::ChooseUsername { name }),
        text().prop_map(|to| Route::ReviewUsername { to }),
        (text(), text()).prop_map(|(krate, user)| Route::Support(SupportQuery {
            inquire: None,
            krate,
            user
        })),
    ]
}

proptest! {
    #[test]
    fn a_printed_route_is_read_back(route in routes()) {
        prop_assert_eq!(Route::parse_address(&route.path()), route);
    }

    #[test]
    fn any_text_is_an_address_and_its_route_prints_to_itself(path in any::<String>(), query in any::<String>()) {
        let route = Route::parse(&path, &query);
        let printed = route.path();
        prop_assert!(printed.starts_with('/') && !printed.starts_with("//"));
        prop_assert!(printed.bytes().all(|b| b.is_ascii_graphic() && b != b'\\' && b != b'#'));
        prop_assert_eq!(Route::parse_address(&printed), route);
    }
}
