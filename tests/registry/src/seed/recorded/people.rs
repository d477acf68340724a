//! The people of the recordings, who owns what, and who is in which team.

use super::objects::time;
use crate::seed::world::{Email, Link, Lock, Stranger, Team, User};

/// Reserved names of the recordings.
pub const RESERVED: &[&str] = &[
    "admin",
    "rust",
    "crates-io",
    "cargo",
    "rustlang",
    "me",
    "settings",
    "root",
    "support",
];

/// Id, username, GitHub login (empty: none linked), display name, date, address (empty: none).
const PEOPLE: &[(i64, &str, &str, &str, &str, &str)] = &[
    (
        1,
        "alexcrichton",
        "alexcrichton",
        "Alex Crichton",
        "2014-11-10T00:00:00Z",
        "alex@example.com",
    ),
    (
        10,
        "ferris",
        "ferris",
        "Ferris the Crab",
        "2015-05-15T12:00:00Z",
        "ferris@example.com",
    ),
    (
        11,
        "turbo-crab",
        "turbo-crab",
        "Turbo Crab",
        "2016-02-29T08:30:00Z",
        "turbo@example.com",
    ),
    (
        12,
        "casey-sensitive",
        "Casey-Sensitive",
        "Casey",
        "2017-03-04T05:06:07Z",
        "casey@example.com",
    ),
    (
        13,
        "no-github",
        "",
        "No GitHub Account",
        "",
        "nogithub@example.com",
    ),
    (
        14,
        "prolific",
        "prolific",
        "Prolific Publisher",
        "2018-01-01T00:00:00Z",
        "prolific@example.com",
    ),
    (
        15,
        "invitee",
        "invitee",
        "Invited Person",
        "2019-07-01T00:00:00Z",
        "invitee@example.com",
    ),
    (
        16,
        "locked-out",
        "locked-out",
        "Locked Account",
        "2019-08-01T00:00:00Z",
        "locked@example.com",
    ),
    (17, "no-email", "no-email", "", "2020-01-01T00:00:00Z", ""),
    (
        18,
        "hyphen-user",
        "hyphen-user",
        "Hyphen User",
        "2020-02-02T00:00:00Z",
        "hyphen@example.com",
    ),
    (
        19,
        "locked-until",
        "locked-until",
        "Locked Until",
        "2019-08-02T00:00:00Z",
        "until@example.com",
    ),
    (
        21,
        "twin_user",
        "twin_user",
        "Newer Twin",
        "2021-03-03T00:00:00Z",
        "twin@example.com",
    ),
    (
        22,
        "solo",
        "solo",
        "Solo",
        "2022-04-04T00:00:00Z",
        "solo@example.com",
    ),
    (
        23,
        "crab-friend",
        "crab-friend",
        "Crab Friend",
        "2022-05-05T00:00:00Z",
        "friend@example.com",
    ),
    (
        24,
        "team-member",
        "team-member",
        "Team Member",
        "2022-06-06T00:00:00Z",
        "member@example.com",
    ),
    (
        396,
        "carols10cents",
        "carolgithub",
        "Carol (Nichols || Goulding)",
        "2014-11-22T18:17:00Z",
        "carol@example.com",
    ),
];

const CORE_TEAM: i64 = 1;
const CRATES_IO_TEAM: i64 = 2;

/// GitHub's number of a user's account.
const fn github_id(id: i64) -> i64 {
    match id {
        1 => 64_996,
        396 => 193_874,
        _ => 900_000 + id,
    }
}

/// Everybody, as they were before the first request.
#[must_use]
pub fn users() -> Vec<User> {
    PEOPLE
        .iter()
        .map(|&(id, username, github, name, since, address)| {
            let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            let since = (!since.is_empty()).then(|| time(since));
            let linked_at = since.unwrap_or_default();
            let account_id = github_id(id);
            // `no-email` has linked an account without a picture.
            let avatar = (id != 17)
                .then(|| format!("https://avatars.githubusercontent.com/u/{account_id}?v=4"));
            let links = some(github).map(|login| Link {
                service: "github",
                account_id,
                login,
                avatar,
                linked_at,
                stale_since: None,
            });
            User {
                id,
                username: username.to_owned(),
                name: some(name),
                created_at: since,
                email: some(address).map(|address| Email {
                    address,
                    verified: id != 15,
                    sent_at: (id != 15).then_some(linked_at),
                    token: format!("emailtoken{id:016}"),
                }),
                signed_up_with: links.as_ref().map_or_else(
                    || (username.to_owned(), -1),
                    |link| (link.login.clone(), link.account_id),
                ),
                links: links.into_iter().collect(),
                is_admin: id == 11,
                publish_notifications: true,
                lock: match id {
                    16 => Some(Lock {
                        reason: "Suspicious activity".to_owned(),
                        until: None,
                    }),
                    19 => Some(Lock {
                        reason: "Spam".to_owned(),
                        until: Some(time("2099-12-31T23:59:59Z")),
                    }),
                    _ => None,
                },
            }
        })
        .collect()
}

/// The two teams. Ferris is in the first one only.
#[must_use]
pub fn teams() -> Vec<Team> {
    let team = |id: i64, login: &str, name: Option<&str>, members: &[i64]| Team {
        id,
        login: login.to_owned(),
        name: name.map(str::to_owned),
        github_id: 5_000_000 + id,
        org_id: 5_430_905,
        avatar: name.map(|_| "https://avatars.githubusercontent.com/u/5430905?v=4".to_owned()),
        members: members.iter().map(|&id| github_id(id)).collect(),
        org_owners: vec![],
    };
    vec![
        team(
            CORE_TEAM,
            "github:rust-lang:core",
            Some("Core team"),
            &[1, 10, 23, 24],
        ),
        team(CRATES_IO_TEAM, "github:rust-lang:crates-io", None, &[1]),
    ]
}

/// Accounts at GitHub that nobody has signed in with yet.
#[must_use]
pub fn strangers() -> Vec<Stranger> {
    let stranger = |account_id: i64, login: &str, name: &str, email: &str| Stranger {
        account_id,
        login: login.to_owned(),
        name: Some(name.to_owned()),
        email: (!email.is_empty()).then(|| email.to_owned()),
    };
    vec![
        stranger(910_001, "newcomer", "New Comer", "newcomer@example.com"),
        stranger(910_002, "newcomer2", "Second Comer", ""),
        stranger(910_003, "newcomer3", "Third", "third@example.com"),
        stranger(910_004, "admin", "Reserved", "reserved@example.com"),
        stranger(910_005, "Ferris", "Name clash", "clash@example.com"),
    ]
}

/// Ids of the users that own a crate.
#[must_use]
pub fn owners(name: &str) -> Vec<i64> {
    match name {
        "serde" | "serde_derive" => vec![1, 10],
        "tokio" => vec![10, 11],
        "libc" | "openssl-sys" => vec![1],
        "mega-crate" => vec![1, 10, 12, 13, 396],
        "bare" => vec![17],
        "hyphen-crate" => vec![18, 396],
        "dep-target" => vec![22],
        "carols-crate" => vec![396],
        "fresh-team-crate" => vec![24],
        _ if name.starts_with("prolific-crate-") => vec![14],
        _ if name.starts_with("invite-") => vec![23],
        _ => vec![10],
    }
}

/// Ids of the teams that own a crate.
#[must_use]
pub fn owning_teams(name: &str) -> Vec<i64> {
    match name {
        "mega-crate" | "solo-plus-team" => vec![CORE_TEAM],
        "fresh-team-crate" => vec![CORE_TEAM, CRATES_IO_TEAM],
        _ => vec![],
    }
}
