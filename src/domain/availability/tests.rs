use super::harness::{Harness, name};
use super::*;
use crate::domain::identity::Spelling;
use crate::domain::username::UsernameError;

fn taken_by(by: &str) -> Verdict {
    Verdict::Taken { by: Some(name(by)) }
}

fn sentence(picker: &Harness) -> String {
    let when = picker.status().moment().map(|_| "THEN");
    picker.picker.sentence(when).unwrap_or_default()
}

#[test]
fn a_filled_in_name_is_checked_at_once() {
    let mut it = Harness::new(None, Some("Carol"), "Carol");
    assert_eq!(it.status(), Status::Checking);
    assert_eq!(it.names_sent(), ["carol"]);
    it.verdict(Verdict::Available);
    assert_eq!((it.status(), it.picker.tone()), (Status::Free, Tone::Good));
    assert!(it.spoken.last().unwrap().contains("is free"));
}

#[test]
fn thirty_fast_keys_send_one_request_after_the_pause() {
    let mut it = Harness::new(None, None, "");
    for length in 1..=30 {
        it.type_in(&"a".repeat(length));
        it.pass(40);
        assert_eq!(it.status(), Status::Waiting);
    }
    it.pass(309);
    assert!(it.sent.is_empty());
    it.pass(1);
    assert_eq!(it.names_sent(), ["a".repeat(30)]);
}

#[test]
fn a_stale_answer_changes_nothing() {
    let mut it = Harness::new(None, None, "");
    it.type_and_pause("alice");
    let stale = it.in_flight.clone().unwrap();
    it.type_in("alicia");
    assert_eq!(it.aborted, [stale.ticket]);
    it.act(|picker, now| picker.answer(stale.ticket, Answer::Verdict(Verdict::Reserved), now));
    assert_eq!(it.status(), Status::Waiting);
    it.pass(350);
    it.act(|picker, now| picker.answer(stale.ticket, Answer::Verdict(Verdict::Reserved), now));
    assert_eq!(it.status(), Status::Checking);
    it.verdict(Verdict::Available);
    assert_eq!(it.status(), Status::Free);
    it.type_and_pause("alice");
    assert_eq!(
        it.names_sent(),
        ["alice", "alicia", "alice"],
        "nor was it remembered"
    );
}

#[test]
fn another_spelling_of_the_same_name_costs_no_request() {
    let mut it = Harness::new(None, None, "");
    it.type_and_pause("hello-there");
    it.type_in("Hello-there");
    assert_eq!(it.status(), Status::Checking);
    it.verdict(taken_by("hello-there"));
    assert_eq!(
        it.status(),
        Status::Taken {
            by: Some(name("hello-there")),
            difference: Some(Spelling::Capitals)
        }
    );
    it.type_in("hello_there");
    assert_eq!(
        it.status(),
        Status::Taken {
            by: Some(name("hello-there")),
            difference: Some(Spelling::Separators)
        }
    );
    it.type_in("hello-there");
    assert_eq!(sentence(&it), "“hello-there” is taken.");
    it.pass(60_000);
    assert_eq!(it.sent.len(), 1);
}

#[test]
fn verdicts_are_remembered_by_canonical_form_for_a_while() {
    let mut it = Harness::new(None, None, "");
    for text in ["gone", "free"] {
        it.type_and_pause(text);
        it.verdict(if text == "gone" {
            Verdict::Reserved
        } else {
            Verdict::Available
        });
    }
    it.type_in("GONE");
    assert_eq!(it.status(), Status::Reserved);
    it.pass(15_000);
    it.type_in("free");
    assert_eq!(
        it.status(),
        Status::Waiting,
        "it was called free 15 seconds ago"
    );
    it.type_in("gone");
    assert_eq!(it.status(), Status::Reserved);
    it.pass(60_000);
    it.type_in("x");
    it.type_in("gone");
    assert_eq!(it.status(), Status::Waiting);
}

#[test]
fn ones_own_name_is_never_asked_about() {
    let mut it = Harness::new(Some("Ferris"), None, "Ferris");
    assert_eq!(it.status(), Status::Unchanged);
    it.type_in("ferris");
    assert_eq!(it.status(), Status::OwnSpelledOtherwise);
    it.pass(5_000);
    assert!(it.sent.is_empty());
    it.submit();
    assert_eq!(
        it.submitted,
        [name("ferris")],
        "another spelling of one's own name can be saved"
    );
}

#[test]
fn rules_are_ticked_off_in_neutral_tone_until_the_field_is_left() {
    use Mark::{Broken, Kept, Open};
    let mut it = Harness::new(None, None, "");
    let marks = |it: &Harness| it.picker.rules().map(|(_, mark)| mark);
    assert_eq!(marks(&it), [Open, Open, Open]);
    it.type_in("-a");
    assert_eq!(
        it.status(),
        Status::BadFormat(UsernameError::FirstCharacter)
    );
    assert_eq!(
        (it.picker.tone(), marks(&it)),
        (Tone::Neutral, [Open, Kept, Kept])
    );
    assert_eq!(it.picker.sentence(None), None);
    it.picker.blur();
    assert_eq!(
        (it.picker.tone(), marks(&it)),
        (Tone::Error, [Broken, Kept, Kept])
    );
    it.type_in("-ab.");
    assert_eq!(
        (it.picker.tone(), marks(&it)),
        (Tone::Error, [Broken, Broken, Kept]),
        "judged until it is right"
    );
    it.type_in("ab");
    assert_eq!(
        (it.picker.tone(), marks(&it)),
        (Tone::Busy, [Kept, Kept, Kept])
    );
    it.type_in("ab.");
    assert_eq!(
        (it.picker.tone(), marks(&it)),
        (Tone::Neutral, [Kept, Open, Kept]),
        "once right, neutral again"
    );
    it.pass(5_000);
    assert!(it.sent.is_empty());
    assert!(
        it.spoken.iter().all(String::is_empty),
        "typing is not talked into"
    );
}

#[test]
fn leaving_an_empty_field_is_no_error_but_pressing_the_button_is() {
    let mut it = Harness::new(None, None, "");
    it.picker.blur();
    assert_eq!(
        (it.status(), it.picker.tone()),
        (Status::Empty, Tone::Neutral)
    );
    it.submit();
    assert_eq!((it.picker.tone(), it.focused), (Tone::Error, 1));
    assert_eq!(it.spoken.last().unwrap(), "Enter a username.");
    assert!(it.submitted.is_empty());
}

#[test]
fn a_pasted_text_is_trimmed_never_cut_and_judged_at_once() {
    let mut it = Harness::new(None, None, "");
    it.act(|picker, now| picker.paste(" \u{200b}ferris\n", now));
    assert_eq!((it.picker.text(), it.status()), ("ferris", Status::Waiting));
    let long = "a".repeat(500);
    it.act(|picker, now| picker.paste(&long, now));
    assert_eq!(it.picker.text(), long);
    assert_eq!(
        (it.status(), it.picker.tone()),
        (Status::BadFormat(UsernameError::TooLong(500)), Tone::Error)
    );
}

#[test]
fn spaces_around_a_name_are_forgiven() {
    let mut it = Harness::new(None, None, "");
    it.type_in("ferris ");
    assert_eq!(
        (it.picker.text(), it.status()),
        ("ferris ", Status::Waiting)
    );
    it.submit();
    assert_eq!(
        (it.picker.text(), it.submitted.as_slice()),
        ("ferris", [name("ferris")].as_slice())
    );
}

#[test]
fn a_failed_question_is_asked_twice_more_and_then_not_known() {
    let mut it = Harness::new(None, None, "");
    it.type_and_pause("ferris");
    it.answer(Answer::Failed);
    assert_eq!(it.status(), Status::Checking);
    it.pass(1_000);
    it.answer(Answer::Failed);
    it.pass(2_999);
    assert_eq!((it.sent.len(), it.status()), (2, Status::StillChecking));
    it.pass(1);
    it.answer(Answer::Failed);
    assert_eq!(
        (it.status(), it.picker.tone()),
        (Status::CouldNotAsk, Tone::Caution)
    );
    it.pass(600_000);
    assert_eq!(it.sent.len(), 3, "it does not go on by itself");
    it.act(Picker::retry);
    it.verdict(Verdict::Available);
    assert_eq!(it.status(), Status::Free);
}

#[test]
fn a_silent_server_is_given_up_after_eight_seconds() {
    let mut it = Harness::new(None, None, "");
    it.type_and_pause("ferris");
    it.pass(2_999);
    assert_eq!(it.status(), Status::Checking);
    it.pass(1);
    assert_eq!(it.status(), Status::StillChecking);
    assert!(it.spoken.iter().all(String::is_empty), "checking is silent");
    it.pass(5_000);
    assert_eq!(
        (it.status(), it.in_flight.clone(), it.aborted.len()),
        (Status::CouldNotAsk, None, 1)
    );
    assert!(it.spoken.last().unwrap().starts_with("Could not find out"));
}

#[test]
fn not_being_able_to_ask_never_blocks_the_form() {
    for answer in [
        Answer::Failed,
        Answer::Offline,
        Answer::Refused,
        Answer::Throttled { until: None },
    ] {
        let mut it = Harness::new(None, None, "");
        it.type_and_pause("ferris");
        it.answer(answer.clone());
        it.submit();
        assert_eq!(it.submitted, [name("ferris")], "{answer:?}");
        assert_eq!(it.in_flight, None);
    }
}

#[test]
fn being_online_again_asks_again_once() {
    let mut it = Harness::new(None, None, "");
    it.type_and_pause("ferris");
    it.answer(Answer::Offline);
    assert_eq!(it.status(), Status::Offline);
    it.act(Picker::online);
    it.act(Picker::online);
    assert_eq!(it.sent.len(), 2);
    it.verdict(Verdict::NobodyUsesIt);
    assert_eq!(
        (it.status(), it.picker.tone()),
        (Status::NobodyUsesIt, Tone::Neutral),
        "no more than is known"
    );
}

#[test]
fn a_throttled_picker_waits_as_told_within_bounds() {
    for (wish, waits) in [
        (Some(0), 1_000),
        (Some(-5_000), 1_000),
        (Some(20_000), 20_000),
        (Some(i64::MAX), 900_000),
        (None, 60_000),
    ] {
        let mut it = Harness::new(None, None, "");
        it.type_and_pause("ferris");
        let started = it.now;
        let until = wish.map(|wish| it.now.plus_millis(wish));
        it.answer(Answer::Throttled { until });
        assert_eq!(
            it.status(),
            Status::Throttled {
                until: started.plus_millis(waits)
            },
            "{wish:?}"
        );
        it.type_in("ferris2");
        it.pass(waits - 1);
        assert_eq!((it.sent.len(), it.status().data_state()), (1, "throttled"));
        it.pass(1 + i64::from(DEBOUNCE_MS));
        assert_eq!(it.names_sent(), ["ferris", "ferris2"]);
    }
}

#[test]
fn a_gone_name_is_asked_about_afresh_when_it_is_submitted_nevertheless() {
    let mut it = Harness::new(None, None, "");
    it.type_and_pause("ferris");
    it.verdict(taken_by("ferris"));
    it.submit();
    assert_eq!(
        (it.sent.len(), it.status(), it.submitted.len()),
        (2, Status::Checking, 0)
    );
    it.verdict(taken_by("ferris"));
    assert_eq!(
        (it.status().data_state(), it.focused, it.submitted.len()),
        ("taken", 1, 0)
    );
    it.submit();
    it.verdict(Verdict::Available);
    assert_eq!(
        it.submitted,
        [name("ferris")],
        "it became free in the meantime"
    );
}

#[test]
fn a_claim_lost_in_the_last_second_reads_as_what_availability_says() {
    let mut it = Harness::new(None, Some("carol"), "");
    it.type_and_pause("ferris");
    it.verdict(Verdict::Available);
    it.submit();
    assert_eq!(it.status(), Status::Submitting);
    it.act(|picker, now| picker.refused(&name("ferris"), Some("nope".into()), now));
    assert_eq!(
        (it.status(), it.focused),
        (Status::Submitting, 0),
        "the kind is asked for first"
    );
    it.verdict(Verdict::Held { until: None });
    assert_eq!((it.status(), it.focused), (Status::Held { until: None }, 1));
    assert_eq!(it.picker.text(), "ferris");
    for verdict in [
        Verdict::Available,
        Verdict::Reserved,
        Verdict::Available,
        Verdict::Available,
    ] {
        it.verdict(verdict);
    }
    let offered: Vec<_> = it
        .picker
        .suggestions()
        .iter()
        .map(|s| s.name.to_string())
        .collect();
    assert_eq!(offered, ["carol", "carol-dev", "carol-2"]);
    assert_eq!(it.in_flight, None, "three are enough");
}

#[test]
fn a_refusal_that_availability_cannot_explain_shows_the_servers_words() {
    for answer in [
        Answer::Verdict(Verdict::Available),
        Answer::Offline,
        Answer::Throttled { until: None },
    ] {
        let mut it = Harness::new(None, None, "ferris");
        it.submit();
        it.act(|picker, now| picker.refused(&name("ferris"), Some("<b>no</b>".into()), now));
        it.answer(answer);
        assert_eq!(
            (it.status(), it.focused),
            (
                Status::Refused {
                    detail: Some("<b>no</b>".into())
                },
                1
            )
        );
        assert_eq!(
            it.spoken.last().unwrap(),
            "The server refused “ferris”: <b>no</b>"
        );
        it.type_in("ferris2");
        assert_ne!(
            it.status().data_state(),
            "refused",
            "another text was not refused"
        );
    }
}

#[test]
fn a_refusal_is_not_held_against_a_text_typed_meanwhile() {
    let mut it = Harness::new(None, None, "ferris");
    it.submit();
    it.type_in("carol");
    assert_eq!(it.status(), Status::Submitting);
    it.act(|picker, now| picker.refused(&name("ferris"), Some("no".into()), now));
    assert_eq!((it.status(), it.picker.text()), (Status::Checking, "carol"));
    assert_eq!(it.names_sent().last(), Some(&"carol"));
}

#[test]
fn suggestions_wait_for_a_pause_and_go_with_the_text() {
    let mut it = Harness::new(None, Some("carol"), "");
    it.type_and_pause("ferris");
    it.verdict(taken_by("ferris"));
    assert_eq!(
        it.in_flight, None,
        "somebody who types on does not want them yet"
    );
    it.pass(650);
    it.verdict(Verdict::NobodyUsesIt);
    assert_eq!(
        it.picker.suggestions(),
        [Suggestion {
            name: name("carol"),
            available: false
        }]
    );
    it.type_in("ferris2");
    assert!(it.picker.suggestions().is_empty());
    assert_eq!((it.in_flight.clone(), it.aborted.len()), (None, 1));
}

#[test]
fn escape_restores_what_stood_there_first() {
    let mut it = Harness::new(Some("ferris"), None, "ferris");
    it.type_and_pause("carol");
    it.act(Picker::restore);
    assert_eq!(
        (it.picker.text(), it.status(), it.in_flight.clone()),
        ("ferris", Status::Unchanged, None)
    );
}

#[test]
fn a_save_that_says_nothing_about_the_name_leaves_the_field_as_it_was() {
    let mut it = Harness::new(None, None, "ferris");
    it.submit();
    it.submit();
    assert_eq!(
        it.submitted.len(),
        1,
        "a second press while saving does nothing"
    );
    it.act(Picker::resume);
    assert_eq!(
        (it.picker.text(), it.status()),
        ("ferris", Status::Checking)
    );
    it.submit();
    it.picker.saved();
    assert_eq!((it.status(), it.picker.tone()), (Status::Saved, Tone::Good));
}

#[test]
fn a_rename_in_another_tab_is_taken_in() {
    let mut it = Harness::new(Some("ferris"), None, "carol");
    it.verdict(Verdict::Available);
    it.act(|picker, now| picker.own_name_changed(name("Carol"), now));
    assert_eq!(
        (it.status(), it.picker.text()),
        (Status::OwnSpelledOtherwise, "carol")
    );
    it.act(|picker, now| picker.own_name_changed(name("crab"), now));
    assert_eq!(it.status(), Status::Free);
}

#[test]
fn the_status_element_follows_the_main_path() {
    let mut it = Harness::new(None, Some("carol"), "carol");
    it.verdict(taken_by("Carol"));
    for verdict in [Verdict::Available, Verdict::Available, Verdict::Available] {
        it.verdict(verdict);
    }
    it.type_and_pause("dto1nay");
    it.verdict(Verdict::TooSimilar {
        to: Some(name("dtolnay")),
    });
    it.pass(1_000);
    it.type_and_pause("ferris");
    it.verdict(Verdict::Available);
    it.pass(1_000);
    it.submit();
    let expected = [
        "",
        "“carol” is taken: it is the same name as “Carol”, because capital letters make no difference.",
        "",
        "“dto1nay” looks too much like “dtolnay”, the name of somebody whose crates many people use. \
         The difference: digit 1 in place of letter l.",
        "",
        "“ferris” is free. It becomes yours when you save it, if nobody is quicker.",
        "",
    ];
    assert_eq!(it.spoken, expected);
}

#[test]
fn every_verdict_has_a_sentence_and_only_a_known_free_one_says_free() {
    let verdicts = [
        Verdict::Available,
        Verdict::NobodyUsesIt,
        Verdict::Own,
        Verdict::Taken { by: None },
        taken_by("ferris"),
        Verdict::Held { until: None },
        Verdict::Held {
            until: Some(Timestamp::from_millis(0)),
        },
        Verdict::Reserved,
        Verdict::TooSimilar { to: None },
        Verdict::TooSimilar {
            to: Some(name("ferrls")),
        },
        Verdict::Invalid { detail: None },
        Verdict::Invalid {
            detail: Some("why".into()),
        },
    ];
    let mut seen = Vec::new();
    for verdict in verdicts {
        let mut it = Harness::new(None, None, "ferris");
        it.verdict(verdict.clone());
        let text = sentence(&it);
        assert!(text.ends_with('.') || text.ends_with("why"), "{text}");
        assert_eq!(
            text.contains("is free"),
            verdict == Verdict::Available,
            "{text}"
        );
        assert_eq!(verdict.is_gone(), it.picker.tone() == Tone::Error, "{text}");
        assert!(
            !seen.contains(&text),
            "each says something of its own: {text}"
        );
        seen.push(text);
    }
    let it = Harness::new(None, None, "a\u{200b}b");
    assert!(
        sentence(&it).starts_with("The character U+200B cannot"),
        "{}",
        sentence(&it)
    );
}
