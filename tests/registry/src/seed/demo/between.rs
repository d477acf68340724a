//! What lies between people and crates: teams, invitations, tokens, follows, trusted publishers.

use super::person::FIRST_GITHUB_ID;
use crate::seed::calendar::{DAY, HOUR, Micros};
use crate::seed::prng::Prng;
use crate::seed::world::{Invitation, Publisher, Team, Token, World};

/// How long an invitation holds.
const HOLDS: i64 = 30 * DAY;

/// The teams. Members are given by username.
#[must_use]
pub fn teams(github_id: &dyn Fn(&str) -> Option<i64>) -> Vec<Team> {
    let members = |names: &[&str]| {
        names
            .iter()
            .filter_map(|name| github_id(name))
            .collect::<Vec<_>>()
    };
    let team =
        |id: i64, login: &str, name: Option<&str>, org: i64, people: &[&str], chiefs: &[&str]| {
            Team {
                id,
                login: login.to_owned(),
                name: name.map(str::to_owned),
                github_id: FIRST_GITHUB_ID + 100_000 + id,
                org_id: FIRST_GITHUB_ID + 200_000 + org,
                avatar: name.map(|_| format!("{{files}}/avatars/team-{org}.png?v=4")),
                members: members(people),
                org_owners: members(chiefs),
            }
        };
    vec![
        team(
            1,
            "github:crab-works:core",
            Some("Core"),
            1,
            &["ferris", "team-member", "carols10cents"],
            &["ferris"],
        ),
        team(
            2,
            "github:crab-works:tools",
            Some("Tools, tests & <i>trifles</i>"),
            1,
            &["team-member", "hazel-moss"],
            &["ferris"],
        ),
        team(
            3,
            "github:octo-acme:readers",
            None,
            2,
            &["octo_acme"],
            &["octo_acme"],
        ),
        // Exists and owns nothing.
        team(
            4,
            "github:crab-works:dormant",
            Some("Dormant"),
            1,
            &["ferris"],
            &["ferris"],
        ),
    ]
}

/// Invitations: five-and-twenty for one person, thirty for one crate, some that are over.
pub fn invite(world: &mut World, now: Micros) {
    let id = |world: &World, name: &str| world.user_id(name);
    let (Some(invited), Some(unverified), Some(ferris)) = (
        id(world, "invited"),
        id(world, "invited-unverified"),
        id(world, "ferris"),
    ) else {
        return;
    };
    let mut push = |krate: &str, invitee: i64, inviter: i64, at: Micros| {
        let token = Prng::named(&format!("invitation {krate} {invitee}")).hex(26);
        world.invitations.push(Invitation {
            krate: krate.to_owned(),
            invitee,
            inviter,
            at,
            expires_at: at + HOLDS,
            token,
        });
    };
    // Three pages of ten for one person; the last two are over and stay listed until they are cleared away.
    for nth in 1..=25_i64 {
        let at = if nth > 23 {
            now - HOLDS - nth * HOUR
        } else {
            now - nth * DAY - HOUR
        };
        push(&format!("tidbit-{nth:03}"), invited, ferris, at);
    }
    // Not to be accepted before the e-mail is proven.
    push("lone-lantern", unverified, ferris, now - 2 * DAY);
    push("crabshell", unverified, ferris, now - 29 * DAY - 23 * HOUR);
    let everybody: Vec<i64> = world.users.iter().map(|user| user.id).collect();
    let owners: Vec<i64> = world
        .krate("open-door")
        .map(|krate| krate.owners.clone())
        .unwrap_or_default();
    let mut asked = 0;
    for invitee in everybody {
        if asked < 30 && !owners.contains(&invitee) {
            let token = Prng::named(&format!("invitation open-door {invitee}")).hex(26);
            let inviter = owners[usize::try_from(asked).unwrap_or(0) % owners.len().max(1)];
            let at = now - asked * DAY / 2 - HOUR;
            world.invitations.push(Invitation {
                krate: "open-door".to_owned(),
                invitee,
                inviter,
                at,
                expires_at: at + HOLDS,
                token,
            });
            asked += 1;
        }
    }
}

/// Tokens in every state, all of one person, and one of another.
#[must_use]
pub fn tokens(now: Micros, id: &dyn Fn(&str) -> Option<i64>) -> Vec<Token> {
    let (Some(keeper), Some(ferris)) = (id("token-keeper"), id("ferris")) else {
        return vec![];
    };
    let list = |items: &[&str]| {
        Some(
            items
                .iter()
                .map(|&item| item.to_owned())
                .collect::<Vec<_>>(),
        )
    };
    let token = |user_id: i64, name: &str, days_ago: i64| Token {
        id: None,
        user_id,
        name: name.to_owned(),
        plain: format!(
            "cio{}",
            Prng::named(&format!("token {user_id} {name} {days_ago}")).hex(32)
        ),
        created_at: now - days_ago * DAY,
        last_used_at: Some(now - days_ago * DAY / 2),
        expires_at: None,
        revoked: false,
        crates: None,
        endpoints: None,
    };
    vec![
        // Old: may do everything, for ever.
        token(keeper, "Old laptop, may do everything", 2_000),
        Token {
            last_used_at: None,
            endpoints: list(&["publish-new", "publish-update"]),
            ..token(keeper, "Never used", 30)
        },
        Token {
            endpoints: list(&["yank"]),
            crates: list(&["crabshell", "tidbit-*"]),
            ..token(keeper, "Two crate patterns", 60)
        },
        Token {
            endpoints: list(&["publish-update"]),
            expires_at: Some(now + 90 * DAY),
            ..token(keeper, "Ends in three months", 10)
        },
        Token {
            endpoints: list(&["publish-update"]),
            expires_at: Some(now + 5 * HOUR),
            ..token(keeper, "Ends in five hours", 89)
        },
        Token {
            endpoints: list(&["change-owners"]),
            expires_at: Some(now - DAY),
            ..token(keeper, "Ended yesterday", 31)
        },
        Token {
            endpoints: list(&["change-owners"]),
            expires_at: Some(now - 60 * DAY),
            ..token(keeper, "Ended two months ago", 120)
        },
        Token {
            revoked: true,
            endpoints: list(&["yank"]),
            ..token(keeper, "Revoked", 200)
        },
        Token {
            endpoints: list(&[
                "publish-new",
                "publish-update",
                "trusted-publishing",
                "yank",
                "change-owners",
            ]),
            ..token(keeper, "<b>Every</b> scope & \"quotes\"", 5)
        },
        Token {
            endpoints: list(&["publish-update"]),
            ..token(keeper, "", 6)
        },
        Token {
            endpoints: list(&["publish-update"]),
            ..token(keeper, &"A name without an end ".repeat(12), 7)
        },
        Token {
            endpoints: list(&["publish-update"]),
            ..token(ferris, "crabshell releases", 40)
        },
    ]
}

/// Who follows what. `follower` follows so much that updates have several pages.
#[must_use]
pub fn follows(world: &World) -> Vec<(i64, String)> {
    let mut follows = vec![];
    let mut add = |name: &str, crates: &[&str]| {
        if let Some(user) = world.user_id(name) {
            follows.extend(crates.iter().map(|&krate| (user, krate.to_owned())));
        }
    };
    add(
        "ferris",
        &["much-depended", "ten-cents", "many-versions", "all-yanked"],
    );
    add("carols10cents", &["crabshell"]);
    add("token-keeper", &["just-published"]);
    let many: Vec<&str> = world
        .crates
        .iter()
        .step_by(9)
        .map(|krate| krate.name.as_str())
        .take(45)
        .collect();
    add("follower", &many);
    follows
}

/// Workflows that may publish.
#[must_use]
pub fn publishers(now: Micros) -> Vec<Publisher> {
    let publisher =
        |krate: &str, provider, owner: &str, workflow: &str, environment: Option<&str>| Publisher {
            krate: krate.to_owned(),
            provider,
            namespace: (owner.to_owned(), Some(600_001)),
            project: krate.to_owned(),
            workflow: workflow.to_owned(),
            environment: environment.map(str::to_owned),
            created_at: now - 110 * DAY,
        };
    vec![
        publisher(
            "trusted-only",
            "github",
            "ferris",
            "release.yml",
            Some("release"),
        ),
        publisher(
            "trusted-both",
            "github",
            "two-services",
            "publish.yml",
            None,
        ),
        publisher(
            "trusted-both",
            "gitlab",
            "two-services",
            ".gitlab-ci.yml",
            None,
        ),
    ]
}
