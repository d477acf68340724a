//! The start script asks for exactly what the first page will ask for, or everything would be asked twice.

use nameplate::api::crate_query::{CrateFilter, CrateQuery};
use nameplate::domain::page::{CrateSort, PageNumber, VersionSort};
use nameplate::domain::user::UserId;
use nameplate::route::Route;

use crate::fake::{Fake, answer, nobody, now};

const SCRIPT: &str = include_str!("../../start.js");

/// The addresses in the script, with what it puts in as placeholders: `/api/v1/users/${id}/stats`.
fn addresses() -> Vec<String> {
    let mut found = Vec::new();
    for quote in ['`', '"'] {
        for part in SCRIPT.split(quote).skip(1).step_by(2) {
            if part.starts_with("/api/") || part.contains("/readmes/") {
                found.push(part.to_owned());
            }
        }
    }
    found.sort();
    found
}

#[test]
fn the_script_and_the_client_spell_the_same_addresses() {
    let (client, fake) = Fake::client((0..12).map(|_| answer(404, "{}")));
    let _ = now(client.site_metadata());
    let _ = now(client.me());
    let _ = now(client.pending_signup());
    let _ = now(client.user("PATH"));
    let list = CrateQuery {
        filter: CrateFilter::User(UserId(7)),
        page: PageNumber::new(3).unwrap(),
        per_page: 10,
        sort: CrateSort::Alphabetical,
    };
    let _ = now(client.crates(&list));
    let _ = now(client.user_stats(UserId(7)));
    let _ = now(client.krate("PATH"));
    let _ = now(client.crate_owners("PATH"));
    let _ = now(client.versions("PATH", VersionSort::Semver, 100));
    let _ = now(client.version("PATH", "VERSION"));
    let _ = now(client.dependencies("PATH", "VERSION"));
    let _ = now(client.dependents("PATH", PageNumber::new(3).unwrap(), 10));
    let mut asked: Vec<_> = fake
        .asked()
        .iter()
        .map(|line| line.trim_start_matches("GET ").to_owned())
        .collect();
    asked.sort();

    let mut started: Vec<_> = addresses()
        .iter()
        .filter(|address| address.starts_with("/api/"))
        .map(|address| {
            address
                .replace("${path[1]}", "PATH")
                .replace("${path[2]}", "VERSION")
                .replace("${order}", VersionSort::Semver.as_str())
                .replace("${id}", "7")
                .replace("${page}", "3")
                .replace("${sort}", CrateSort::Alphabetical.as_str())
        })
        .collect();
    started.sort();
    assert_eq!(started, asked);
}

#[test]
fn the_script_and_the_client_look_for_a_readme_in_the_same_place() {
    let (client, fake) = Fake::client([answer(404, "")]);
    let _ = now(client.readme("NAME", "1.0.0", Some("https://files.example"), nobody()));
    let template = addresses()
        .into_iter()
        .find(|address| address.contains("/readmes/"))
        .expect("a README is begun");
    let begun = template
        .replace("${site.cdn_base}", "https://files.example")
        .replace("${encodeURIComponent(name)}", "NAME")
        .replace("${file}", "NAME-1.0.0");
    assert_eq!(fake.asked(), [format!("GET {begun}")]);
    assert!(
        SCRIPT.contains("encodeURIComponent(`${name}-${num}`)"),
        "the file's name is encoded as a whole"
    );
}

#[test]
fn the_script_knows_the_orders_and_the_pages_of_the_app() {
    for sort in CrateSort::FOR_LISTS {
        assert!(
            SCRIPT.contains(&format!("\"{}\"", sort.as_str())),
            "{sort:?}"
        );
    }
    // The pages that it begins more for than who is signed in, as its words tell them apart.
    for (address, begun) in [
        ("/users/ferris?page=3", true),
        ("/crates/serde", true),
        ("/crates/serde/1.0.219", true),
        ("/crates/serde/versions?sort=semver", true),
        ("/crates/serde/versions?sort=name", false),
        ("/crates/serde/1.0.219/dependencies", true),
        ("/crates/serde/dependencies", false),
        ("/crates/serde/reverse_dependencies?page=3", true),
        ("/crates/serde/reverse_dependencies?page=0", false),
        ("/crates/serde/settings", false),
    ] {
        let page = Route::parse_address(address);
        let is_begun = matches!(
            page,
            Route::User { .. }
                | Route::Crate { .. }
                | Route::CrateVersion { .. }
                | Route::CrateVersions { .. }
                | Route::Dependencies { .. }
                | Route::Dependents { .. }
        );
        assert_eq!(is_begun, begun, "{address}");
    }
    for sort in [VersionSort::Date, VersionSort::Semver] {
        assert!(
            SCRIPT.contains(&format!("\"{}\"", sort.as_str())),
            "{sort:?}"
        );
    }
    assert_eq!(VersionSort::default(), VersionSort::Date);
    let guarded = SCRIPT
        .split("const guarded = [")
        .nth(1)
        .and_then(|rest| rest.split(']').next())
        .unwrap();
    for first in guarded.split(',').map(|word| word.trim().trim_matches('"')) {
        let route = Route::parse(&format!("/{first}"), "");
        assert!(route.needs_login(), "{first}");
    }
}
