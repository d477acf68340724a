use super::*;
use proptest::prelude::*;

fn username(text: &str) -> Username {
    Username::parse(text).unwrap()
}

fn crates_io(text: &str) -> OwnerSpecification {
    OwnerSpecification::CratesIo(username(text))
}

fn github(text: &str) -> OwnerSpecification {
    OwnerSpecification::GitHub(GitHubLogin::parse(text).unwrap())
}

fn team(organization: &str, team: &str) -> OwnerSpecification {
    OwnerSpecification::team(organization, team).unwrap()
}

fn check(text: &str, expected: OwnerSpecification) {
    assert_eq!(OwnerSpecification::parse(text), Ok(expected), "{text:?}");
}

fn refuses(text: &str, expected: OwnerError) {
    assert_eq!(OwnerSpecification::parse(text), Err(expected), "{text:?}");
}

#[test]
fn every_form_of_the_contract_is_read() {
    check("alice", OwnerSpecification::Unqualified(username("alice")));
    check(" @ra-- ", OwnerSpecification::Unqualified(username("ra--")));
    for prefix in [
        "crates.io",
        "cratesio",
        "crates-io",
        "crates_io",
        "Crates.IO",
    ] {
        check(&format!("{prefix}:alice"), crates_io("alice"));
        check(&format!("{prefix}: alice"), crates_io("alice"));
    }
    check("github:octo_acme", github("octo_acme"));
    check("GitHub:Alice", github("Alice"));
    check("github:rust-lang:core", team("rust-lang", "core"));
}

#[test]
fn one_spelling_is_written() {
    assert_eq!(
        OwnerSpecification::from(username("alice")).to_string(),
        "crates.io:alice"
    );
    assert_eq!(
        OwnerSpecification::parse("cratesio:Alice")
            .unwrap()
            .to_string(),
        "crates.io:Alice"
    );
    assert_eq!(
        team("rust-lang", "core").to_string(),
        "github:rust-lang:core"
    );
    assert_eq!(github("Alice").to_string(), "github:Alice");
}

#[test]
fn a_pasted_profile_of_any_registry_is_the_crates_io_username() {
    for address in [
        "https://crates.io/users/alice",
        "http://127.0.0.1:8080/users/alice/",
        "registry.example.org/users/alice?sort=downloads#crates",
        "HTTPS://crates.io/users/alice/which",
        "/users/alice",
        "https://crates.io/users/crates.io:alice",
        "https://crates.io/users/crates.io%3Aalice",
    ] {
        check(address, crates_io("alice"));
    }
    check("https://crates.io/users/github:carol", github("carol"));
    check(
        "https://crates.io/teams/github:rust-lang:core",
        team("rust-lang", "core"),
    );
}

#[test]
fn a_pasted_github_address_is_the_github_login() {
    check("https://github.com/carolgithub", github("carolgithub"));
    check("github.com/carolgithub/", github("carolgithub"));
    check(
        "https://www.github.com/carolgithub?tab=repositories",
        github("carolgithub"),
    );
    check(
        "https://github.com/orgs/rust-lang/teams/core/members",
        team("rust-lang", "core"),
    );
}

#[test]
fn nothing_is_guessed() {
    refuses("", OwnerError::Empty);
    refuses("  ", OwnerError::Empty);
    refuses("alice@example.org", OwnerError::Email);
    refuses("gitlab:alice", OwnerError::UnknownService("gitlab".into()));
    refuses("gitlab:a:b", OwnerError::UnknownService("gitlab".into()));
    refuses("mailto:alice", OwnerError::UnknownService("mailto".into()));
    refuses(":alice", OwnerError::UnknownService(String::new()));
    refuses("crates.io:", OwnerError::Username(UsernameError::Empty));
    refuses(
        "-alice",
        OwnerError::Username(UsernameError::FirstCharacter),
    );
    refuses(
        "al ice",
        OwnerError::Username(UsernameError::Character(' ')),
    );
    refuses("github:", OwnerError::GitHubLogin);
    refuses("github:a b", OwnerError::GitHubLogin);
    refuses("github:a:", OwnerError::Team);
    refuses("github:a:b:c", OwnerError::Team);
    refuses("crates.io:a:b", OwnerError::Team);
    for address in [
        "https://crates.io/crates/serde",
        "https://github.com/serde-rs/serde",
        "https://github.com/settings",
        "https://github.com",
        "https://crates.io/users/",
        "ftp://crates.io/users/alice",
        "//evil.example/users/alice",
        "https://user:secret@crates.io/users/alice",
        "javascript://x/users/alice",
        "/",
        "a/b",
    ] {
        refuses(address, OwnerError::NotAProfile);
    }
    refuses(
        "https://crates.io/users/%zz",
        OwnerError::Username(UsernameError::Character('%')),
    );
    refuses(
        "https://crates.io/users/a%2Fb",
        OwnerError::Username(UsernameError::Character('/')),
    );
}

#[test]
fn commands_name_exactly_one_account() {
    let alice = crates_io("alice");
    assert_eq!(
        alice.command(OwnerAction::Add, Some("serde")),
        "cargo owner --add crates.io:alice serde"
    );
    assert_eq!(
        alice.command(OwnerAction::Remove, None),
        "cargo owner --remove crates.io:alice"
    );
    assert_eq!(
        github("x").command(OwnerAction::Add, Some("-rf;")),
        "cargo owner --add github:x"
    );
}

fn any_specification() -> impl Strategy<Value = OwnerSpecification> {
    let name = "[A-Za-z0-9][A-Za-z0-9_-]{0,38}";
    prop_oneof![
        name.prop_map(|text| OwnerSpecification::Unqualified(username(&text))),
        name.prop_map(|text| crates_io(&text)),
        "[A-Za-z0-9_-]{1,100}".prop_map(|text| github(&text)),
        ("[A-Za-z0-9_-]{1,100}", "[A-Za-z0-9_.-]{1,100}").prop_map(|(o, t)| team(&o, &t)),
    ]
}

/// Text that is nearly a specification finds more than text that is anything at all.
fn nearly() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("crates.io".to_owned()),
        Just("cratesio".to_owned()),
        Just("github".to_owned()),
        Just(":".to_owned()),
        Just("/users/".to_owned()),
        Just("https://".to_owned()),
        Just("github.com/".to_owned()),
        Just("%".to_owned()),
        Just("%3A".to_owned()),
        Just("@".to_owned()),
        Just("?".to_owned()),
        Just("é".to_owned()),
        "[a-z-]{0,5}",
    ];
    proptest::collection::vec(part, 0..12).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn what_is_printed_is_read_back(owner in any_specification()) {
        prop_assert_eq!(OwnerSpecification::parse(&owner.to_string()), Ok(owner));
    }

    #[test]
    fn whatever_is_typed_is_read_or_refused_and_prints_plainly(
        text in prop_oneof![proptest::collection::vec(any::<char>(), 0..200).prop_map(String::from_iter), nearly()],
    ) {
        if let Ok(owner) = OwnerSpecification::parse(&text) {
            let printed = owner.to_string();
            prop_assert!(printed.chars().all(|c| is_plain(c) || matches!(c, '.' | ':')), "{printed:?}");
            prop_assert_eq!(OwnerSpecification::parse(&printed), Ok(owner));
        }
    }
}
