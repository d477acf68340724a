use super::*;
use crate::domain::identity::{GitHubMatch, LinkedAccount, Service};
use crate::domain::invitation::Invitation;
use crate::domain::krate_owner::CrateOwner;
use crate::domain::user::{GitHubLookup, UserId};

const NOW: Timestamp = Timestamp::from_millis(1_795_000_000_000);

pub(super) fn user(id: i64, username: &str) -> User {
    User {
        id: UserId(id),
        username: Username::parse(username).unwrap(),
        name: None,
        avatar: None,
        url: Some(format!("https://github.com/{username}")),
        github_match: GitHubMatch::Matches,
        created_at: None,
    }
}

pub(super) fn profile(id: i64, username: &str, github: Option<&str>) -> Profile {
    let accounts = github.map(|login| LinkedAccount {
        service: Service::GitHub,
        login: login.to_owned(),
        account_id: None,
        avatar: None,
    });
    let mut user = user(id, username);
    user.github_match = GitHubMatch::new(Some(github == Some(username)));
    Profile {
        user,
        linked_accounts: Some(accounts.into_iter().collect()),
    }
}

fn found(profile: Profile) -> GitHubLookup {
    GitHubLookup::Found(Box::new(profile))
}

fn account(profile: Profile) -> Choice {
    Choice::Account(Box::new(profile))
}

fn invitation(invitee: User, expires_at: Timestamp) -> Invitation {
    Invitation {
        crate_id: 1,
        crate_name: "serde".into(),
        invitee_id: invitee.id,
        invitee: Some(invitee),
        inviter_id: UserId(1),
        inviter: None,
        created_at: Some(NOW),
        expires_at: Some(expires_at),
    }
}

/// Types a text and lets the pause run out; the ticket of the look-up.
fn looked_up(it: &mut Addition, text: &str) -> Ticket {
    let effects = it.edit(text);
    let Some(Effect::Pause(pause)) = effects.last() else {
        panic!("{effects:?}")
    };
    match it.paused(*pause).last() {
        Some(Effect::LookUp(ticket, _)) => *ticket,
        other => panic!("{other:?}"),
    }
}

/// Chooses this person, who is still the same, and sends; the ticket of the write.
fn sending(it: &mut Addition, text: &str, profile: &Profile) -> Ticket {
    let ticket = looked_up(it, text);
    it.seen(ticket, Ok(Seen::One(Box::new(profile.clone()))));
    let Some(Effect::Check(check, _)) = it.choose(account(profile.clone())).pop() else {
        panic!("it is looked up once more")
    };
    match it.checked(check, Ok(Some(profile.clone()))).as_slice() {
        [Effect::Send(ticket, _)] => *ticket,
        other => panic!("{other:?}"),
    }
}

fn read_back_ticket(effects: &[Effect]) -> Ticket {
    match effects {
        [Effect::ReadBack(ticket, _)] => *ticket,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_bare_name_is_one_account_only_where_both_readings_lead_to_it() {
    let ferris = profile(1, "ferris", Some("ferris"));
    let robin = profile(2, "robin", Some("robin-redbreast"));
    let sherwood = profile(3, "sherwood", Some("robin"));
    let one = |profile: &Profile| Seen::One(Box::new(profile.clone()));
    let reading = |profile: &Profile| Reading::Account(Box::new(profile.clone()));
    assert_eq!(
        Seen::of_bare_name("ferris", Some(ferris.clone()), found(ferris.clone())),
        one(&ferris)
    );
    assert_eq!(
        Seen::of_bare_name("robin", Some(robin.clone()), found(sherwood.clone())),
        Seen::Two {
            username: reading(&robin),
            github: reading(&sherwood)
        }
    );
    assert_eq!(
        Seen::of_bare_name("robin", Some(robin.clone()), GitHubLookup::Nobody),
        Seen::Two {
            username: reading(&robin),
            github: Reading::Nobody
        }
    );
    assert_eq!(
        Seen::of_bare_name("nobody", None, GitHubLookup::Nobody),
        Seen::Nobody
    );
    assert_eq!(
        Seen::of_bare_name("nobody", None, GitHubLookup::CannotTell),
        Seen::Two {
            username: Reading::Nobody,
            github: Reading::CannotTell
        }
    );
}

#[test]
fn a_server_that_cannot_look_up_by_github_login_is_helped_by_what_it_tells_of_the_user() {
    let unasked = || GitHubLookup::CannotTell;
    let ferris = profile(1, "ferris", Some("ferris"));
    assert_eq!(
        Seen::of_bare_name("Ferris", Some(ferris.clone()), unasked()),
        Seen::One(Box::new(ferris.clone()))
    );
    let casey = profile(2, "casey", Some("Casey"));
    assert_eq!(
        Seen::of_bare_name("casey", Some(casey.clone()), unasked()),
        Seen::One(Box::new(casey))
    );
    // Equal to the letter, and the server says that it does not match: the link is out of date.
    let mut orchard = profile(3, "orchard", Some("orchard"));
    orchard.user.github_match = GitHubMatch::Differs;
    assert!(matches!(
        Seen::of_bare_name("orchard", Some(orchard.clone()), unasked()),
        Seen::Two {
            github: Reading::CannotTell,
            ..
        }
    ));
    let login = GitHubLogin::parse("orchard").unwrap();
    assert_eq!(
        Seen::of_github_login(&login, unasked(), Some(orchard)),
        Seen::CannotTell(login.clone())
    );
    // The oldest servers tell no linked accounts, only whether the names match.
    let mut old = ferris.clone();
    old.linked_accounts = None;
    assert_eq!(
        Seen::of_bare_name("ferris", Some(old.clone()), unasked()),
        Seen::One(Box::new(old.clone()))
    );
    old.user.github_match = GitHubMatch::Differs;
    assert!(matches!(
        Seen::of_bare_name("ferris", Some(old), unasked()),
        Seen::Two { .. }
    ));
}

#[test]
fn each_choice_is_sent_in_the_form_that_the_server_understands() {
    let carol = profile(1, "carols10cents", Some("carolgithub"));
    assert_eq!(
        account(carol.clone()).sent_as(true).as_deref(),
        Some("crates.io:carols10cents")
    );
    let mut old = carol;
    old.linked_accounts = None;
    old.user.url = Some("https://github.com/carolgithub".into());
    assert_eq!(
        account(old.clone()).sent_as(false).as_deref(),
        Some("carolgithub")
    );
    old.user.url = None;
    assert_eq!(account(old).sent_as(false), None);
    let unseen = Choice::Unseen(GitHubLogin::parse("octo").unwrap());
    assert_eq!(unseen.sent_as(true).as_deref(), Some("github:octo"));
    assert_eq!(unseen.sent_as(false).as_deref(), Some("octo"));
}

#[test]
fn nobody_is_looked_up_before_the_pause_and_nobody_is_invited_by_enter() {
    let mut it = Addition::new();
    let first = it.edit("fe");
    assert!(matches!(it.stage(), Stage::Waiting(_)));
    it.edit("ferris");
    let Some(Effect::Pause(early)) = first.last() else {
        panic!("{first:?}")
    };
    assert_eq!(it.paused(*early), [], "the pause of an older text");
    assert!(matches!(
        it.submit().as_slice(),
        [Effect::Drop, Effect::LookUp(..)]
    ));
    let mut it = Addition::new();
    let ferris = profile(1, "ferris", Some("ferris"));
    let ticket = looked_up(&mut it, "ferris");
    it.seen(ticket, Ok(Seen::One(Box::new(ferris))));
    assert_eq!(it.submit(), []);
    it.edit("-x");
    assert_eq!(it.submit(), [Effect::FocusField]);
}

#[test]
fn an_answer_for_an_older_text_changes_nothing() {
    let mut it = Addition::new();
    let old = looked_up(&mut it, "ferris");
    it.edit("ferrls");
    let before = it.stage().clone();
    it.seen(old, Ok(Seen::Nobody));
    assert_eq!(it.stage(), &before);
}

#[test]
fn an_invitation_is_read_back_and_said_with_its_end() {
    let mut it = Addition::new();
    let ferris = profile(1, "ferris", Some("ferris"));
    let write = sending(&mut it, "ferris", &ferris);
    assert_eq!(it.edit("another"), [], "what is being sent stays");
    let back = it.sent(write, Sent::Accepted("user ferris has been invited".into()));
    let facts = Facts::Invited {
        until: Some(NOW),
        who: None,
    };
    let effects = it.read_back(read_back_ticket(&back), Some(facts));
    assert_eq!(effects, [Effect::Changed, Effect::FocusSaid]);
    assert_eq!(it.text(), "");
    assert_eq!(
        it.said(),
        Some(&Said::Invited {
            who: "ferris".into(),
            until: Some(NOW)
        })
    );
}

#[test]
fn somebody_renamed_since_the_look_up_is_noticed_and_nothing_is_sent() {
    let kestrel = profile(1, "kestrel", Some("kestrel-falcon"));
    for now in [
        None,
        Some(profile(2, "kestrel", Some("kestrel"))),
        Some(profile(1, "kestrel", Some("another"))),
    ] {
        let mut it = Addition::new();
        let ticket = looked_up(&mut it, "crates.io:kestrel");
        it.seen(ticket, Ok(Seen::One(Box::new(kestrel.clone()))));
        let Some(Effect::Check(check, name)) = it.choose(account(kestrel.clone())).pop() else {
            panic!("it is looked up once more")
        };
        assert_eq!(name.as_str(), "kestrel");
        let effects = it.checked(check, Ok(now));
        assert!(
            effects
                .iter()
                .any(|effect| matches!(effect, Effect::LookUp(..)))
        );
        assert!(
            !effects
                .iter()
                .any(|effect| matches!(effect, Effect::Send(..)))
        );
        assert!(matches!(it.said(), Some(Said::Changed { .. })));
    }
}

#[test]
fn a_lost_answer_is_read_and_never_sent_again() {
    let ferris = profile(1, "ferris", Some("ferris"));
    let mut it = Addition::new();
    let write = sending(&mut it, "ferris", &ferris);
    let back = it.sent(write, Sent::Lost);
    it.read_back(read_back_ticket(&back), None);
    assert!(matches!(it.said(), Some(Said::Unknown { .. })));
    assert_eq!(it.text(), "ferris");
    let again = it.look_again();
    it.read_back(read_back_ticket(&again), Some(Facts::Nothing));
    assert!(matches!(it.said(), Some(Said::NotSoFar { .. })));
    assert_eq!(it.look_again(), []);
}

#[test]
fn a_refusal_keeps_what_was_typed_and_what_was_found() {
    let ferris = profile(1, "ferris", Some("ferris"));
    let mut it = Addition::new();
    let write = sending(&mut it, "ferris", &ferris);
    it.sent(write, Sent::Refused(Failure::Refused("no".into())));
    assert_eq!(it.text(), "ferris");
    assert!(matches!(it.stage(), Stage::Ready(..)));
    assert!(matches!(it.said(), Some(Said::Refused { .. })));
    it.edit("ferri");
    assert_eq!(it.said(), None);
}

#[test]
fn only_what_is_shown_can_be_chosen() {
    let mut it = Addition::new();
    let ticket = looked_up(&mut it, "ferris");
    it.seen(
        ticket,
        Ok(Seen::One(Box::new(profile(1, "ferris", Some("ferris"))))),
    );
    assert_eq!(it.choose(account(profile(2, "ferrls", Some("ferrls")))), []);
    assert_eq!(
        it.choose(Choice::Unseen(GitHubLogin::parse("ferris").unwrap())),
        []
    );
    it.edit("github:rust-lang:core");
    assert!(matches!(it.stage(), Stage::Ready(_, Seen::Team)));
    let team = |name: &str| Choice::Team {
        organization: "rust-lang".into(),
        full_name: name.into(),
    };
    assert_eq!(it.choose(team("github:rust-lang:nope")), []);
    assert!(matches!(
        it.choose(team("github:rust-lang:core")).as_slice(),
        [Effect::Drop, Effect::Send(..)]
    ));
}

#[test]
fn who_stands_where_is_told_by_id() {
    let owners = [
        CrateOwner::User(user(1, "ferris")),
        CrateOwner::User(user(2, "robin")),
    ];
    let invitations = [
        invitation(user(3, "open"), NOW.plus_millis(1)),
        invitation(user(4, "expired"), NOW),
    ];
    let stands = |id| standing(UserId(id), UserId(1), &owners, &invitations, NOW);
    assert_eq!(stands(1), Standing::Oneself);
    assert_eq!(stands(2), Standing::Owner);
    assert_eq!(
        stands(3),
        Standing::Invited {
            until: Some(NOW.plus_millis(1))
        }
    );
    assert_eq!(stands(4), Standing::New);
}

#[test]
fn look_alikes_are_found_once_and_never_in_oneself() {
    let (ferris, ferrls, robin) = (user(1, "ferris"), user(2, "ferrls"), user(3, "robin"));
    let others = [ferris.clone(), robin, ferris.clone(), ferrls.clone()];
    assert_eq!(look_alikes(&ferrls, &others), [&ferris]);
}

#[test]
fn that_somebody_else_was_invited_is_found_out() {
    // Two accounts with one GitHub login: the oldest servers take the newer one.
    let chosen = account(profile(1, "orchard", Some("orchard")));
    let gate = user(2, "orchard-gate");
    let later = NOW.plus_millis(1_000);
    let old = [invitation(user(3, "robin"), later)];
    let new = [old[0].clone(), invitation(gate.clone(), later)];
    assert_eq!(
        facts(&chosen, &old, &new, &[], NOW),
        Facts::SomebodyElse(Box::new(gate))
    );
    assert_eq!(facts(&chosen, &old, &old, &[], NOW), Facts::Nothing);
    let owner = [CrateOwner::User(user(1, "orchard"))];
    assert_eq!(facts(&chosen, &old, &old, &owner, NOW), Facts::Owner);
    let unseen = Choice::Unseen(GitHubLogin::parse("orchard").unwrap());
    assert_eq!(
        facts(&unseen, &old, &new, &[], NOW),
        Facts::Invited {
            until: Some(later),
            who: Some(Username::parse("orchard-gate").unwrap())
        }
    );
}

#[test]
fn what_was_typed_is_told_back() {
    let understood = |text: &str| understood(&OwnerSpecification::parse(text).unwrap());
    assert!(understood("alice").contains("or whoever is alice on GitHub"));
    assert_eq!(
        understood("cratesio:alice"),
        "Read as: the crates.io user alice."
    );
    assert!(understood("https://github.com/alice").contains("linked to alice on GitHub"));
    assert!(understood("github:rust-lang:core").contains("the team core"));
    assert_eq!(unreadable(&OwnerError::Empty), None);
    assert!(unreadable(&OwnerError::Email).unwrap().contains("username"));
}
