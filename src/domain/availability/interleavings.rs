//! The proof of the picker: whatever happens in whatever order, it never shows a verdict for another text, never has
//! more than one request in flight (the harness panics on a second), and ends in the last text's verdict.

use super::harness::Harness;
use super::*;
use proptest::prelude::*;

/// Few texts, so that they come back, meet the cache and share canonical forms.
const TEXTS: [&str; 14] = [
    "", "-x", "a b", "ferris", "Ferris", "fer-ris", "fer_ris", "alice", "ALICE", "rnozilla",
    "vvasm", "held", "root", "free-1",
];

const OWN: &str = "fer-ris";

/// What the server holds true, for the whole run.
fn truth(name: &CanonicalUsername) -> Verdict {
    match name.as_str() {
        "fer_ris" => Verdict::Own,
        "ferris" => Verdict::Taken {
            by: Some(super::harness::name("FERRIS")),
        },
        "rnozilla" => Verdict::TooSimilar {
            to: Some(super::harness::name("mozilla")),
        },
        "held" => Verdict::Held { until: None },
        "root" => Verdict::Reserved,
        "alice" => Verdict::NobodyUsesIt,
        "carol_rs" => Verdict::Invalid { detail: None },
        _ => Verdict::Available,
    }
}

/// What a settled picker has to show for a text: the last word of every run.
fn settled(text: &str, own: Option<&str>) -> &'static str {
    match Username::parse(text) {
        Err(crate::domain::username::UsernameError::Empty) => "empty",
        Err(_) => "bad-format",
        Ok(typed) if own == Some(typed.as_str()) => "unchanged",
        Ok(typed) => match truth(&typed.canonical()) {
            Verdict::Available => "free",
            Verdict::NobodyUsesIt => "nobody-uses-it",
            Verdict::Own => "own",
            Verdict::Taken { .. } => "taken",
            Verdict::Held { .. } => "held",
            Verdict::Reserved => "reserved",
            Verdict::TooSimilar { .. } => "too-similar",
            Verdict::Invalid { .. } => "invalid",
        },
    }
}

#[derive(Clone, Debug)]
enum Step {
    Type(usize),
    Paste(usize),
    Blur,
    Escape,
    Submit,
    /// The server answers truly.
    Answer,
    /// It fails in one of the ways.
    Fail(u8),
    /// A long-gone request is answered after all, falsely.
    Stale(prop::sample::Index),
    /// A running timer fires, whenever it was due.
    Fire(prop::sample::Index),
    /// One fires that was replaced or stopped.
    Ghost(prop::sample::Index),
    Online,
    Retry,
    /// Time passes and due timers fire.
    Pass(i64),
    /// The clock is set, forwards or backwards, and nothing fires.
    SetClock(i64),
    /// What came of a save.
    Saved,
    Refused,
    Resume,
}

fn step() -> impl Strategy<Value = Step> {
    let text = 0..TEXTS.len();
    prop_oneof![
        6 => text.clone().prop_map(Step::Type),
        1 => text.prop_map(Step::Paste),
        1 => Just(Step::Blur),
        1 => Just(Step::Escape),
        2 => Just(Step::Submit),
        6 => Just(Step::Answer),
        3 => (0_u8..5).prop_map(Step::Fail),
        2 => any::<prop::sample::Index>().prop_map(Step::Stale),
        5 => any::<prop::sample::Index>().prop_map(Step::Fire),
        2 => any::<prop::sample::Index>().prop_map(Step::Ghost),
        1 => Just(Step::Online),
        1 => Just(Step::Retry),
        4 => (0_i64..20_000).prop_map(Step::Pass),
        1 => (-100_000_i64..100_000).prop_map(Step::SetClock),
        1 => Just(Step::Saved),
        1 => Just(Step::Refused),
        1 => Just(Step::Resume),
    ]
}

fn failure(kind: u8, now: Timestamp) -> Answer {
    match kind {
        0 => Answer::Failed,
        1 => Answer::Offline,
        2 => Answer::Refused,
        3 => Answer::Throttled { until: None },
        _ => Answer::Throttled {
            until: Some(now.plus_millis(5_000)),
        },
    }
}

fn take(it: &mut Harness, step: &Step, ghosts: &mut Vec<Timer>) {
    let being_saved = it.submitted.last().cloned();
    match step {
        Step::Type(text) => it.type_in(TEXTS[*text]),
        Step::Paste(text) => it.act(|picker, now| picker.paste(TEXTS[*text], now)),
        Step::Blur => it.picker.blur(),
        Step::Escape => it.act(Picker::restore),
        Step::Submit => {
            let before = it.submitted.len();
            it.submit();
            assert!(it.submitted.len() <= before + 1);
        }
        Step::Answer => {
            if let Some(check) = it.in_flight.clone() {
                it.verdict(truth(&check.name));
            }
        }
        Step::Fail(kind) => {
            if it.in_flight.is_some() {
                it.answer(failure(*kind, it.now));
            }
        }
        Step::Stale(index) => {
            let gone: Vec<Ticket> = it
                .sent
                .iter()
                .map(|check| check.ticket)
                .filter(|ticket| {
                    it.in_flight
                        .as_ref()
                        .is_none_or(|check| check.ticket != *ticket)
                })
                .collect();
            if !gone.is_empty() {
                let before = (
                    it.status(),
                    it.picker.tone(),
                    it.picker.suggestions().to_vec(),
                );
                let ticket = *index.get(&gone);
                it.act(|picker, now| {
                    let effects = picker.answer(
                        ticket,
                        Answer::Verdict(Verdict::Invalid { detail: None }),
                        now,
                    );
                    assert_eq!(effects, [], "a stale answer asks for nothing");
                    effects
                });
                assert_eq!(
                    before,
                    (
                        it.status(),
                        it.picker.tone(),
                        it.picker.suggestions().to_vec()
                    )
                );
            }
        }
        Step::Fire(index) => {
            let running = it.timers();
            if !running.is_empty() {
                it.fire(*index.get(&running));
            }
        }
        Step::Ghost(index) => {
            let running = it.timers();
            ghosts.retain(|ghost| !running.contains(ghost));
            if !ghosts.is_empty() {
                let before = it.status();
                let ghost = *index.get(ghosts);
                it.act(|picker, now| picker.fired(ghost, now));
                assert_eq!(before, it.status(), "a stopped timer changes nothing");
            }
        }
        Step::Online => it.act(Picker::online),
        Step::Retry => it.act(Picker::retry),
        Step::Pass(millis) => it.pass(*millis),
        Step::SetClock(millis) => it.now = it.now.plus_millis(*millis),
        Step::Saved => it.picker.saved(),
        Step::Refused => {
            if let (Some(name), Status::Submitting) = (being_saved, it.status()) {
                it.act(|picker, now| picker.refused(&name, Some("refused".into()), now));
            }
        }
        Step::Resume => it.act(Picker::resume),
    }
    ghosts.extend(it.timers());
}

/// What is on screen is about the text in the field, and true.
fn shows_nothing_untrue(it: &Harness, own: Option<&str>) {
    let shown = it.status();
    let says_something = !matches!(
        shown,
        Status::Waiting
            | Status::Checking
            | Status::StillChecking
            | Status::Throttled { .. }
            | Status::Offline
            | Status::CouldNotAsk
            | Status::Submitting
            | Status::Saved
            | Status::Refused { .. }
    );
    if says_something {
        assert_eq!(
            shown.data_state(),
            settled(it.picker.text().trim(), own),
            "{:?}",
            it.picker.text()
        );
    }
    if let Status::Waiting | Status::Checking | Status::StillChecking = shown {
        let goes_on = it.in_flight.is_some() || it.next_timer().is_some();
        assert!(goes_on, "whoever waits waits for something");
    }
    if let Status::Refused { .. } = shown {
        assert!(
            it.submitted
                .last()
                .is_some_and(|name| name.as_str() == it.picker.text())
        );
    }
    for suggestion in it.picker.suggestions() {
        assert!(!truth(&suggestion.name.canonical()).is_gone());
        assert!(it.picker.suggestions().len() <= 3);
    }
    if !it.picker.suggestions().is_empty() {
        assert_eq!(
            it.picker.tone(),
            Tone::Error,
            "names are offered only when the wanted one is gone"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn any_interleaving_ends_in_the_last_texts_verdict(
        steps in proptest::collection::vec(step(), 0..40),
        last in 0..TEXTS.len(),
        as_rename in any::<bool>(),
    ) {
        let own = as_rename.then_some(OWN);
        let mut it = Harness::new(own, Some("carol"), OWN);
        let mut ghosts = Vec::new();
        for step in &steps {
            take(&mut it, step, &mut ghosts);
            shows_nothing_untrue(&it, own);
        }
        // The field comes back from whatever save was going on; the last text is typed and everything answered.
        it.act(Picker::resume);
        if let (Some(name), Status::Submitting) = (it.submitted.last().cloned(), it.status()) {
            it.act(|picker, now| picker.refused(&name, None, now));
        }
        it.type_in("between");
        it.type_in(TEXTS[last]);
        for _ in 0..100 {
            shows_nothing_untrue(&it, own);
            match it.in_flight.clone() {
                Some(check) => it.verdict(truth(&check.name)),
                None => match it.next_timer() {
                    Some((timer, _)) => it.fire(timer),
                    None => break,
                },
            }
        }
        prop_assert_eq!(it.next_timer(), None, "it comes to rest");
        prop_assert_eq!(it.status().data_state(), settled(TEXTS[last], own));
    }
}
