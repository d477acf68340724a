use super::harness::{FERRIS, Harness, START, holder, name, renamed_lately};
use super::*;
use crate::domain::identity::{Foreseen, GitHubMatch, LinkedAccount, Mismatch, Service, Spelling};
use crate::domain::time::DAY_MS;
use crate::domain::user::PreviousUsername;

fn refusal(detail: &str) -> Refusal {
    Refusal::Name {
        detail: Some(detail.to_owned()),
    }
}

#[test]
fn a_rename_goes_step_by_step_and_is_believed_when_me_says_so() {
    let mut flow = Harness::new(holder("ferris"));
    flow.visit(Place::Choose { name: None });
    flow.it.typed("crab");
    flow.act(|it, _| it.choose(name("crab")));
    assert_eq!(*flow.step(), Step::Reviewing { to: name("crab") });
    flow.it.ask_confirmation(Stake::MaybeCrates, START);
    flow.confirm();
    assert_eq!(flow.saves, [], "the name has to be typed again");
    let wrong = |flow: &Harness| {
        matches!(
            flow.step(),
            Step::Confirming {
                confirmation: Confirmation::Retype { wrong: true, .. },
                ..
            }
        )
    };
    assert!(wrong(&flow));
    flow.it.retyped("Crab");
    assert!(!wrong(&flow));
    flow.confirm();
    assert!(wrong(&flow), "to the letter");
    flow.it.retyped(" crab");
    flow.confirm();
    assert_eq!(*flow.step(), Step::Saving { to: name("crab") });
    assert_eq!(
        (flow.saves[0].id, flow.saves[0].to.as_str()),
        (FERRIS, "crab")
    );
    flow.confirm();
    flow.answer(SaveAnswer::Accepted);
    assert_eq!(
        *flow.step(),
        Step::Saving { to: name("crab") },
        "200 alone is not believed"
    );
    flow.me_is("crab");
    assert_eq!(
        *flow.step(),
        Step::Done {
            from: name("ferris"),
            to: name("crab"),
            kind: Kind::Rename
        }
    );
    assert_eq!(
        (flow.saves.len(), flow.announced, flow.it.draft()),
        (1, 1, "")
    );
    assert_eq!(
        flow.places,
        [
            (Harness::choose_place("crab"), true),
            (Harness::review_place("crab"), false),
            (Place::Now, true),
        ]
    );
    flow.act(|it, _| it.dismiss());
    assert_eq!(
        (flow.step(), flow.it.holder().username.as_str()),
        (&Step::Now, "crab")
    );
}

#[test]
fn an_address_whose_earlier_steps_are_missing_lands_on_choose_with_the_name() {
    for to in ["crab", "not a name", "ferris"] {
        let mut flow = Harness::new(holder("ferris"));
        flow.visit(Harness::review_place(to));
        assert_eq!(
            (flow.step(), flow.it.draft()),
            (&Step::Choosing { refusal: None }, to)
        );
        assert_eq!(flow.places, [(Harness::choose_place(to), true)]);
    }
    let mut flow = Harness::new(holder("ferris"));
    flow.visit(Place::Review { to: None });
    assert_eq!(flow.places, [(Place::Choose { name: None }, true)]);
}

#[test]
fn back_and_forward_and_another_choice_behave() {
    let mut flow = Harness::new(holder("ferris"));
    flow.up_to_the_dialog("crab");
    flow.it.cancel();
    assert_eq!(*flow.step(), Step::Reviewing { to: name("crab") });
    flow.visit(Harness::choose_place("crab"));
    assert_eq!(
        (flow.step(), flow.it.draft()),
        (&Step::Choosing { refusal: None }, "crab")
    );
    flow.visit(Harness::review_place("crab"));
    assert_eq!(
        *flow.step(),
        Step::Reviewing { to: name("crab") },
        "forward"
    );
    flow.visit(Harness::review_place("shell"));
    assert_eq!(
        (flow.step(), flow.it.draft()),
        (&Step::Choosing { refusal: None }, "shell")
    );
    flow.act(|it, _| it.choose(name("shell")));
    flow.act(|it, _| it.choose_another());
    assert_eq!(
        (flow.step(), flow.it.draft()),
        (&Step::Choosing { refusal: None }, "shell")
    );
    flow.visit(Place::Now);
    assert_eq!(*flow.step(), Step::Now);
    assert_eq!(flow.saves, [], "no address sends anything");
}

#[test]
fn the_present_name_is_no_choice_but_another_spelling_is() {
    let mut flow = Harness::new(holder("ferris"));
    flow.visit(Place::Choose { name: None });
    flow.act(|it, _| it.choose(name("ferris")));
    assert_eq!(*flow.step(), Step::Choosing { refusal: None });
    flow.act(|it, _| it.choose(name("Ferris")));
    flow.it.ask_confirmation(Stake::MaybeCrates, START);
    flow.confirm();
    flow.answer(SaveAnswer::Accepted);
    flow.me_is("Ferris");
    assert_eq!(
        *flow.step(),
        Step::Done {
            from: name("ferris"),
            to: name("Ferris"),
            kind: Kind::Spelling
        }
    );
}

#[test]
fn a_refusal_leads_back_to_the_field_with_the_text_kept() {
    for (refusal, asks_why) in [
        (refusal("taken"), true),
        (Refusal::TooSoon { until: Some(START) }, false),
        (Refusal::ReadOnly, false),
        (Refusal::Other { detail: None }, false),
    ] {
        let mut flow = Harness::new(holder("ferris"));
        flow.send("crab");
        flow.answer(SaveAnswer::Refused(refusal.clone()));
        flow.me_is("ferris");
        assert_eq!(
            *flow.step(),
            Step::Choosing {
                refusal: Some(refusal)
            }
        );
        assert_eq!(
            (flow.it.draft(), flow.asked_why.len()),
            ("crab", usize::from(asks_why))
        );
        assert_eq!(
            flow.places.last(),
            Some(&(Harness::choose_place("crab"), true))
        );
    }
}

#[test]
fn a_refusal_stands_even_when_me_cannot_be_read() {
    let mut flow = Harness::new(holder("ferris"));
    flow.send("crab");
    flow.answer(SaveAnswer::Refused(refusal("reserved")));
    flow.me(MeAnswer::Failed);
    assert_eq!(
        *flow.step(),
        Step::Choosing {
            refusal: Some(refusal("reserved"))
        }
    );
}

#[test]
fn a_yes_that_changed_nothing_is_called_ignored() {
    let mut flow = Harness::new(holder("ferris"));
    flow.send("crab");
    flow.answer(SaveAnswer::Accepted);
    flow.me(MeAnswer::Failed);
    assert_eq!(
        *flow.step(),
        Step::OutcomeUnknown {
            to: name("crab"),
            reading: Reading::Failed
        }
    );
    assert_eq!(flow.fire(), 2_000);
    flow.me_is("ferris");
    assert_eq!(*flow.step(), Step::Ignored { to: name("crab") });
    flow.act(|it, _| it.dismiss());
    assert_eq!(*flow.step(), Step::Now);
}

#[test]
fn a_lost_answer_is_read_back_until_no_server_can_still_be_working() {
    let mut flow = Harness::new(holder("ferris"));
    flow.send("crab");
    flow.answer(SaveAnswer::Lost);
    assert_eq!(
        *flow.step(),
        Step::OutcomeUnknown {
            to: name("crab"),
            reading: Reading::First
        }
    );
    let mut waited = 0;
    for _ in 0..5 {
        flow.me_is("ferris");
        assert_eq!(
            *flow.step(),
            Step::OutcomeUnknown {
                to: name("crab"),
                reading: Reading::NotSoFar
            }
        );
        flow.visit(Place::Now);
        flow.confirm();
        flow.it.try_again();
        assert_eq!(
            flow.saves.len(),
            1,
            "never sent twice by itself, nor by a press"
        );
        waited += flow.fire();
    }
    assert_eq!(waited, 60_000);
    flow.me_is("ferris");
    assert_eq!(*flow.step(), Step::NotChanged { to: name("crab") });
    flow.it.try_again();
    assert_eq!(*flow.step(), Step::Reviewing { to: name("crab") });
    assert_eq!(flow.saves.len(), 1);
}

#[test]
fn a_lost_answer_to_a_change_that_was_made_ends_in_done() {
    let mut flow = Harness::new(holder("ferris"));
    flow.send("crab");
    flow.answer(SaveAnswer::Lost);
    flow.me_is("ferris");
    flow.fire();
    flow.me_is("crab");
    assert!(matches!(flow.step(), Step::Done { .. }));
}

#[test]
fn nothing_is_said_while_me_cannot_be_read_and_it_is_read_when_the_connection_is_back() {
    let mut flow = Harness::new(holder("ferris"));
    flow.send("crab");
    flow.answer(SaveAnswer::Lost);
    for _ in 0..5 {
        flow.me(MeAnswer::Failed);
        flow.fire();
    }
    flow.me(MeAnswer::Failed);
    assert_eq!(
        *flow.step(),
        Step::OutcomeUnknown {
            to: name("crab"),
            reading: Reading::Failed
        }
    );
    assert_eq!(flow.timer, None);
    flow.act(|it, _| it.read_again());
    flow.me_is("ferris");
    assert_eq!(*flow.step(), Step::NotChanged { to: name("crab") });
}

#[test]
fn signing_in_again_goes_on_for_the_same_account_only() {
    for lost_by_tab in [true, false] {
        let mut flow = Harness::new(holder("ferris"));
        if lost_by_tab {
            flow.up_to_the_dialog("crab");
            flow.act(|it, _| it.session_changed(None));
        } else {
            flow.send("crab");
            flow.answer(SaveAnswer::SignedOut);
        }
        assert_eq!(*flow.step(), Step::SignedOut);
        let mut other = Harness {
            it: flow.it.clone(),
            ..Harness::new(holder("x"))
        };
        flow.act(|it, _| it.session_changed(Some(holder("ferris"))));
        assert_eq!(
            (flow.step(), flow.it.draft()),
            (&Step::Reviewing { to: name("crab") }, "crab")
        );
        assert_eq!(
            flow.saves.len(),
            usize::from(!lost_by_tab),
            "nothing is sent by signing in"
        );
        other.act(|it, _| {
            it.session_changed(Some(Holder {
                id: UserId(8),
                ..holder("alice")
            }))
        });
        assert_eq!((other.step(), other.it.draft()), (&Step::SomebodyElse, ""));
        other.visit(Harness::review_place("crab"));
        assert_eq!(
            *other.step(),
            Step::Choosing { refusal: None },
            "what another chose is not chosen"
        );
    }
}

#[test]
fn signing_in_again_after_a_lost_answer_tells_the_truth() {
    for (truth, done) in [("crab", true), ("ferris", false)] {
        let mut flow = Harness::new(holder("ferris"));
        flow.send("crab");
        flow.answer(SaveAnswer::Lost);
        flow.me(MeAnswer::SignedOut);
        assert_eq!(*flow.step(), Step::SignedOut);
        flow.act(|it, _| it.session_changed(Some(holder(truth))));
        assert_eq!(matches!(flow.step(), Step::Done { .. }), done);
        assert_eq!(*flow.step() == Step::Reviewing { to: name("crab") }, !done);
    }
}

#[test]
fn a_rename_in_another_tab_is_followed() {
    let renamed = || Some(holder("shell"));
    let mut at_now = Harness::new(holder("ferris"));
    at_now.act(|it, _| it.session_changed(renamed()));
    assert_eq!(
        (at_now.step(), at_now.it.holder().username.as_str()),
        (&Step::Now, "shell")
    );
    let mut in_dialog = Harness::new(holder("ferris"));
    in_dialog.up_to_the_dialog("crab");
    in_dialog.act(|it, _| it.session_changed(renamed()));
    assert_eq!(
        (in_dialog.step(), in_dialog.it.draft()),
        (&Step::RenamedElsewhere { refusal: None }, "crab")
    );
    in_dialog.confirm();
    assert_eq!(in_dialog.saves, []);
    let mut unknown = Harness::new(holder("ferris"));
    unknown.send("crab");
    unknown.answer(SaveAnswer::Lost);
    unknown.act(|it, _| it.session_changed(Some(holder("ferris"))));
    assert!(
        matches!(unknown.step(), Step::OutcomeUnknown { .. }),
        "old news deny nothing"
    );
    unknown.act(|it, _| it.session_changed(Some(holder("crab"))));
    assert!(
        matches!(unknown.step(), Step::Done { .. }),
        "but may confirm"
    );
}

#[test]
fn a_stale_tab_that_sends_an_old_form_gets_a_clear_answer() {
    let mut flow = Harness::new(holder("ferris"));
    flow.send("crab");
    flow.answer(SaveAnswer::Refused(Refusal::TooSoon { until: None }));
    flow.me_is("shell");
    let expected = Step::RenamedElsewhere {
        refusal: Some(Refusal::TooSoon { until: None }),
    };
    assert_eq!(
        (flow.step(), flow.it.holder().username.as_str()),
        (&expected, "shell")
    );

    let mut other = Harness::new(holder("ferris"));
    other.send("crab");
    other.answer(SaveAnswer::Refused(refusal("current user does not match")));
    other.me(MeAnswer::Holder(Holder {
        id: UserId(8),
        ..holder("alice")
    }));
    assert_eq!(*other.step(), Step::SomebodyElse);
}

#[test]
fn answers_to_other_questions_change_nothing() {
    let mut flow = Harness::new(holder("ferris"));
    flow.send("crab");
    let save = flow.saving.clone().unwrap();
    flow.act(|it, _| it.me_answered(save.ticket, MeAnswer::Holder(holder("crab"))));
    flow.act(|it, _| it.save_answered(Ticket(99), SaveAnswer::Accepted));
    assert_eq!(
        (flow.step(), flow.reading),
        (&Step::Saving { to: name("crab") }, None)
    );
    flow.answer(SaveAnswer::Accepted);
    flow.act(|it, _| it.save_answered(save.ticket, SaveAnswer::Lost));
    assert_eq!(*flow.step(), Step::Saving { to: name("crab") });
}

#[test]
fn a_name_can_be_taken_back_until_its_time_is_over() {
    let possible = renamed_lately("crab", "ferris", START, 28 * DAY_MS + 1);
    assert_eq!(
        take_back(&possible, START),
        TakeBack::Possible {
            username: name("ferris"),
            until: Some(START.plus_millis(28 * DAY_MS + 1)),
            days_left: Some(29),
        },
        "days are rounded up"
    );
    let mut flow = Harness::new(possible.clone());
    flow.act(Rename::take_back);
    assert_eq!(*flow.step(), Step::Reviewing { to: name("ferris") });
    flow.it.ask_confirmation(Stake::MaybeCrates, START);
    flow.confirm();
    assert_eq!(flow.saves.len(), 1, "one confirmation");
    flow.answer(SaveAnswer::Accepted);
    flow.me_is("ferris");
    assert_eq!(
        *flow.step(),
        Step::Done {
            from: name("crab"),
            to: name("ferris"),
            kind: Kind::TakeBack
        }
    );

    let late = START.plus_days(31);
    assert!(matches!(
        take_back(&possible, late),
        TakeBack::TooLate { .. }
    ));
    assert_eq!(
        kind_of(&possible, &name("Ferris"), START),
        Kind::TakeBack,
        "typed, in another spelling"
    );
    assert_eq!(kind_of(&possible, &name("ferris"), late), Kind::Rename);
    let mut flow = Harness::new(possible);
    flow.now = late;
    flow.act(Rename::take_back);
    assert_eq!(*flow.step(), Step::Now);

    assert_eq!(take_back(&holder("crab"), START), TakeBack::Unknown);
    let never = UsernameChange {
        available_at: None,
        previous: None,
    };
    assert_eq!(
        take_back(
            &Holder {
                change: Some(never),
                ..holder("crab")
            },
            START
        ),
        TakeBack::Nothing
    );
    let endless = PreviousUsername {
        username: name("ferris"),
        reclaimable_until: None,
    };
    let change = UsernameChange {
        available_at: None,
        previous: Some(endless),
    };
    let offer = take_back(
        &Holder {
            change: Some(change),
            ..holder("crab")
        },
        START,
    );
    assert!(matches!(
        offer,
        TakeBack::Possible {
            until: None,
            days_left: None,
            ..
        }
    ));
}

#[test]
fn a_review_left_open_past_the_last_day_takes_nothing_back() {
    let reviewed = || {
        let mut flow = Harness::new(renamed_lately("crab", "ferris", START, DAY_MS));
        flow.act(Rename::take_back);
        flow
    };
    let too_late = Step::TooLate {
        username: name("ferris"),
        since: START.plus_days(1),
    };
    // The clock is looked at while it is foreseen.
    let mut flow = reviewed();
    flow.now = START.plus_millis(DAY_MS - 1);
    flow.act(|it, now| it.lapse(Kind::TakeBack, now));
    assert_eq!(*flow.step(), Step::Reviewing { to: name("ferris") });
    flow.now = START.plus_days(1);
    flow.act(|it, now| it.lapse(Kind::TakeBack, now));
    assert_eq!(*flow.step(), too_late);
    assert_eq!(flow.places.last(), Some(&(Place::Now, true)));
    flow.act(|it, _| it.dismiss());
    assert_eq!(*flow.step(), Step::Now);

    // Nobody looked before the last press.
    let mut flow = reviewed();
    flow.it.ask_confirmation(Stake::MaybeCrates, START);
    flow.now = START.plus_days(1);
    flow.confirm();
    assert_eq!(*flow.step(), too_late);
    assert!(flow.saves.is_empty(), "nothing is sent");

    // Chosen afterwards it is a name like any other.
    let mut flow = reviewed();
    flow.now = START.plus_days(2);
    flow.act(|it, now| it.lapse(Kind::Rename, now));
    assert_eq!(*flow.step(), Step::Reviewing { to: name("ferris") });
    flow.send("ferris");
    assert_eq!(flow.saves.len(), 1);
}

fn linked(login: &str) -> Vec<LinkedAccount> {
    vec![LinkedAccount {
        service: Service::GitHub,
        login: login.to_owned(),
        account_id: None,
        avatar: None,
    }]
}

#[test]
fn a_rename_is_foreseen() {
    let accounts = linked("ferris");
    let who = holder("ferris");
    let it = foresee_change(
        &who,
        &name("crab"),
        GitHubMatch::Unknown,
        Some(&accounts),
        Some(3),
        START,
    );
    assert_eq!(
        (it.kind, it.old_name),
        (
            Kind::Rename,
            OldName::HeldForYou {
                until: START.plus_days(30)
            }
        )
    );
    assert_eq!(it.next_change, Some(Allowed::From(START.plus_days(30))));
    assert_eq!(it.allowed, None, "an older server does not say");
    assert_eq!(
        it.stays,
        [
            Stays::Crates(Some(3)),
            Stays::Tokens,
            Stays::LinkedAccounts,
            Stays::Email
        ]
    );
    let badge = BadgeChange {
        before: Foreseen::NoBadge,
        after: Foreseen::Badge(Mismatch::AnotherUsername {
            logins: vec!["ferris".into()],
        }),
    };
    assert_eq!(badge.shown(), Some((false, true)));
    assert_eq!(
        it.changes,
        [
            Change::ProfileAddress,
            Change::OwnerCommand,
            Change::Badge(badge)
        ]
    );
}

#[test]
fn another_spelling_gives_nothing_up_and_leaves_the_limit_alone() {
    let who = renamed_lately("ferris", "crab", START, 5 * DAY_MS);
    let accounts = linked("ferris");
    let it = foresee_change(
        &who,
        &name("Ferris"),
        GitHubMatch::Matches,
        Some(&accounts),
        None,
        START,
    );
    assert_eq!(
        (it.kind, it.old_name, it.allowed),
        (Kind::Spelling, OldName::Kept, Some(Allowed::Now))
    );
    assert_eq!(it.next_change, Some(Allowed::From(START.plus_days(5))));
    let only_spelling = Mismatch::OnlySpelling {
        login: "ferris".into(),
        difference: Spelling::Capitals,
    };
    let badge = BadgeChange {
        before: Foreseen::NoBadge,
        after: Foreseen::Badge(only_spelling),
    };
    assert!(it.changes.contains(&Change::Badge(badge)));
}

#[test]
fn taking_back_costs_the_present_name_and_a_rename_too_soon_is_foreseen() {
    let who = renamed_lately("crab", "ferris", START, 5 * DAY_MS);
    let foresee = |to| foresee_change(&who, &name(to), GitHubMatch::Differs, None, Some(0), START);
    let back = foresee("ferris");
    assert_eq!(
        (back.kind, back.allowed),
        (Kind::TakeBack, Some(Allowed::Now))
    );
    assert_eq!(
        back.old_name,
        OldName::HeldFromEverybody {
            until: START.plus_days(30)
        }
    );
    assert_eq!(
        foresee("shell").allowed,
        Some(Allowed::From(START.plus_days(5)))
    );
    let badge = BadgeChange {
        before: Foreseen::Badge(Mismatch::NotKnown),
        after: Foreseen::Unknown,
    };
    assert_eq!(badge.shown(), None);
    assert!(back.changes.contains(&Change::Badge(badge)));
}
