//! Invitations, tokens, follows, workflows and downloads by day, as the recordings show them.

use super::NOW;
use super::objects::time;
use crate::seed::calendar::{DAY, HOUR, on};
use crate::seed::world::{Invitation, Publisher, Token};

/// How the recordings spell every token: replayed word for word, it is the first one's.
pub const PLACEHOLDER: &str = "cioREDACTEDxREDACTEDxREDACTEDxREDAC";

/// Pending invitations. The sixth of Ferris's is over.
#[must_use]
pub fn invitations() -> Vec<Invitation> {
    let invitation =
        |krate: &str, invitee: i64, inviter: i64, days_ago: i64, token: String| Invitation {
            krate: krate.to_owned(),
            invitee,
            inviter,
            at: NOW - days_ago * DAY,
            expires_at: NOW + (30 - days_ago) * DAY,
            token,
        };
    let mut all: Vec<Invitation> = (1..=6)
        .map(|number| {
            let mut next = invitation(
                &format!("invite-{number}"),
                10,
                23,
                1,
                format!("invitetokenferris{number:09}"),
            );
            if number == 6 {
                next.at = NOW - 29 * DAY;
                next.expires_at = NOW - HOUR;
            }
            next
        })
        .collect();
    all.push(invitation(
        "invite-3",
        396,
        23,
        2,
        "invitetokencarol0000000003".to_owned(),
    ));
    all.push(invitation(
        "mega-crate",
        15,
        10,
        2,
        "invitetokeninvitee00000000".to_owned(),
    ));
    all.push(invitation(
        "invite-1",
        15,
        23,
        2,
        "invitetokeninvitee00000001".to_owned(),
    ));
    all.push(invitation(
        "invite-2",
        15,
        23,
        2,
        "invitetokeninvitee00000002".to_owned(),
    ));
    all
}

/// Seven tokens, and five hundred of somebody who may have no more.
#[must_use]
pub fn tokens() -> Vec<Token> {
    let list = |items: &[&str]| {
        Some(
            items
                .iter()
                .map(|&item| item.to_owned())
                .collect::<Vec<_>>(),
        )
    };
    let token = |id: i64, user_id: i64, name: &str| Token {
        id: Some(id),
        user_id,
        name: name.to_owned(),
        plain: format!("cio{id:032}"),
        created_at: time("2025-01-02T03:04:05Z"),
        last_used_at: None,
        expires_at: None,
        revoked: false,
        crates: None,
        endpoints: None,
    };
    let all = [
        "publish-new",
        "publish-update",
        "yank",
        "change-owners",
        "trusted-publishing",
    ];
    let mut tokens = vec![
        Token {
            plain: PLACEHOLDER.to_owned(),
            last_used_at: Some(time("2025-09-01T00:00:00Z")),
            ..token(1, 10, "legacy token")
        },
        Token {
            last_used_at: Some(NOW - 3 * HOUR),
            expires_at: Some(NOW + 60 * DAY),
            crates: list(&["mega-*", "serde"]),
            endpoints: list(&["publish-update"]),
            ..token(2, 10, "ci-publish")
        },
        Token {
            endpoints: list(&all),
            ..token(3, 10, "all scopes")
        },
        Token {
            expires_at: Some(NOW - 5 * DAY),
            endpoints: list(&["yank"]),
            ..token(4, 10, "expired recently")
        },
        Token {
            expires_at: Some(NOW - 100 * DAY),
            endpoints: list(&["yank"]),
            ..token(5, 10, "expired long ago")
        },
        Token {
            revoked: true,
            ..token(6, 10, "revoked")
        },
        token(7, 396, "carol laptop"),
    ];
    // Numbers below all others, so that the next token made gets the recorded one.
    tokens.extend((1..=500).map(|number| token(-number, 24, &format!("token {number}"))));
    tokens
}

/// Who follows what.
#[must_use]
pub fn follows() -> Vec<(i64, String)> {
    [
        (10, "libc"),
        (10, "prolific-crate-004"),
        (10, "serde"),
        (10, "tokio"),
        (396, "mega-crate"),
    ]
    .into_iter()
    .map(|(user, name)| (user, name.to_owned()))
    .collect()
}

/// Workflows that may publish `mega-crate`.
#[must_use]
pub fn publishers() -> Vec<Publisher> {
    let publisher = |provider: &'static str,
                     owner: (&str, Option<i64>),
                     workflow: &str,
                     environment: Option<&str>,
                     at: &str| Publisher {
        krate: "mega-crate".to_owned(),
        provider,
        namespace: (owner.0.to_owned(), owner.1),
        project: "mega-crate".to_owned(),
        workflow: workflow.to_owned(),
        environment: environment.map(str::to_owned),
        created_at: time(at),
    };
    vec![
        publisher(
            "github",
            ("ferris", Some(900_010)),
            "release.yml",
            Some("release"),
            "2025-07-11T09:00:00Z",
        ),
        publisher(
            "github",
            ("rust-lang", Some(5_430_905)),
            "ci.yml",
            None,
            "2025-08-11T09:00:00Z",
        ),
        publisher(
            "gitlab",
            ("ferris", None),
            ".gitlab-ci.yml",
            None,
            "2025-11-01T09:00:00Z",
        ),
    ]
}

/// Downloads of one version by day, by the rule that the recorded numbers follow: `mega-crate` has them every day and
/// more on weekdays, the others every third day, `bare` never.
#[must_use]
pub fn days(name: &str, version: i64) -> Vec<(i64, i64)> {
    let last = NOW.div_euclid(DAY);
    let first = on(2026, 8, 24).div_euclid(DAY);
    let mut days = vec![];
    for day in first..=last {
        let nth = day - first;
        let count = if name == "mega-crate" {
            // Days 2 and 3 of a week that began with 1970 are Saturday and Sunday.
            let least = if matches!(day.rem_euclid(7), 2 | 3) {
                20
            } else {
                110
            };
            least + (7 * version - 13 * nth + 77).rem_euclid(180)
        } else if name != "bare" && nth % 3 == 2 {
            1 + (3 * version - 5 * nth + 5).rem_euclid(40)
        } else {
            continue;
        };
        days.push((last - day, count));
    }
    days
}
