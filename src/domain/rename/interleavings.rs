//! The proof of the flow: whatever answers, failures, tabs and addresses come in whatever order, only a confirmation sends,
//! one change is on its way at a time, what is said of an outcome is what the server holds true, and no wait is endless.

use super::harness::{FERRIS, Harness, START, holder, name, renamed_lately};
use super::*;
use proptest::prelude::*;

const NAMES: [&str; 5] = ["ferris", "Ferris", "crab", "shell", "fer-ris"];
const ALICE: UserId = UserId(8);

/// The server: who is signed in, what the two people are called, and a change that may still be carried out.
struct World {
    signed_in: Option<UserId>,
    ferris: Username,
    alice: Username,
    /// Sent, and neither carried out nor refused yet.
    pending: Option<Save>,
    /// Timers that ran out since the change was sent: after the last one no server is working on it any more.
    fired: usize,
}

impl World {
    fn me(&self) -> MeAnswer {
        match self.signed_in {
            None => MeAnswer::SignedOut,
            Some(id) => MeAnswer::Holder(Holder {
                id,
                ..holder(self.name_of(id).as_str())
            }),
        }
    }

    fn name_of(&self, id: UserId) -> &Username {
        if id == FERRIS {
            &self.ferris
        } else {
            &self.alice
        }
    }

    fn session(&self) -> Option<Holder> {
        match self.me() {
            MeAnswer::Holder(holder) => Some(holder),
            MeAnswer::SignedOut | MeAnswer::Failed => None,
        }
    }
}

#[derive(Clone, Debug)]
enum Step {
    VisitNow,
    VisitChoose(Option<usize>),
    VisitReview(usize),
    Typed(usize),
    Choose(usize),
    TakeBack,
    ChooseAnother,
    Ask(bool),
    Retype(usize),
    Cancel,
    Confirm,
    Dismiss,
    TryAgain,
    ReadAgain,
    /// The server carries the change out.
    Commit,
    /// An answer that fits what the server did.
    Answer(u8),
    /// The truth about who is signed in.
    Me,
    MeFails,
    /// A reading that was replaced comes back after all.
    StaleMe,
    Fire,
    GhostTimer,
    RenamedInAnotherTab(usize),
    /// Another tab's news, at any time true.
    News,
    /// Another tab's news from before the change was sent.
    OldNews,
    LoggedOutElsewhere,
    SignIn(bool),
    /// Time passes, over the end of the former name's hold in the end.
    TimePasses,
    /// The page looks at the clock, with what it shows.
    Lapse(Kind),
}

fn step() -> impl Strategy<Value = Step> {
    let name = 0..NAMES.len();
    prop_oneof![
        1 => Just(Step::VisitNow),
        1 => proptest::option::of(name.clone()).prop_map(Step::VisitChoose),
        1 => name.clone().prop_map(Step::VisitReview),
        1 => name.clone().prop_map(Step::Typed),
        4 => name.clone().prop_map(Step::Choose),
        1 => Just(Step::TakeBack),
        1 => Just(Step::ChooseAnother),
        4 => any::<bool>().prop_map(Step::Ask),
        3 => name.clone().prop_map(Step::Retype),
        1 => Just(Step::Cancel),
        6 => Just(Step::Confirm),
        1 => Just(Step::Dismiss),
        1 => Just(Step::TryAgain),
        1 => Just(Step::ReadAgain),
        2 => Just(Step::Commit),
        5 => (0_u8..8).prop_map(Step::Answer),
        5 => Just(Step::Me),
        2 => Just(Step::MeFails),
        1 => Just(Step::StaleMe),
        3 => Just(Step::Fire),
        1 => Just(Step::GhostTimer),
        1 => name.prop_map(Step::RenamedInAnotherTab),
        1 => Just(Step::News),
        1 => Just(Step::OldNews),
        1 => Just(Step::LoggedOutElsewhere),
        1 => any::<bool>().prop_map(Step::SignIn),
        1 => Just(Step::TimePasses),
        1 => prop_oneof![Just(Kind::Rename), Just(Kind::Spelling), Just(Kind::TakeBack)].prop_map(Step::Lapse),
    ]
}

/// What the server may answer, given what it did with the change.
fn answer(world: &mut World, save: &Save, kind: u8) -> SaveAnswer {
    let carried_out = world.pending.is_none() && *world.name_of(save.id) == save.to;
    match kind {
        0 | 1 => SaveAnswer::Lost,
        _ if carried_out => SaveAnswer::Accepted,
        2 => {
            // A server that does not support renaming.
            world.pending = None;
            SaveAnswer::Accepted
        }
        3 if world.signed_in.is_none() => {
            world.pending = None;
            SaveAnswer::SignedOut
        }
        4 => {
            world.pending = None;
            SaveAnswer::Refused(Refusal::TooSoon { until: None })
        }
        5 => {
            world.pending = None;
            SaveAnswer::Refused(Refusal::ReadOnly)
        }
        _ => {
            world.pending = None;
            SaveAnswer::Refused(Refusal::Name { detail: None })
        }
    }
}

fn take(flow: &mut Harness, world: &mut World, step: &Step) {
    let now = flow.now;
    match step {
        Step::VisitNow => flow.visit(Place::Now),
        Step::VisitChoose(name) => {
            let name = name.map(|at| NAMES[at].to_owned());
            flow.visit(Place::Choose { name });
        }
        Step::VisitReview(at) => flow.visit(Harness::review_place(NAMES[*at])),
        Step::Typed(at) => flow.it.typed(NAMES[*at]),
        Step::Choose(at) => flow.act(|it, _| it.choose(name(NAMES[*at]))),
        Step::TakeBack => flow.act(Rename::take_back),
        Step::ChooseAnother => flow.act(|it, _| it.choose_another()),
        Step::Ask(crates) => {
            let stake = if *crates {
                Stake::MaybeCrates
            } else {
                Stake::NoCrates
            };
            flow.it.ask_confirmation(stake, now);
        }
        Step::Retype(at) => flow.it.retyped(NAMES[*at]),
        Step::Cancel => flow.it.cancel(),
        Step::Confirm => {
            let before = flow.saves.len();
            let foreseen = match flow.it.step() {
                super::Step::Confirming { to, kind, .. } => Some((to.clone(), *kind)),
                _ => None,
            };
            flow.confirm();
            if let (Some((to, kind)), true) = (foreseen, flow.saves.len() > before) {
                let is_now = kind_of(flow.it.holder(), &to, now);
                let is_kept = kind == is_now || kind != Kind::TakeBack;
                assert!(is_kept, "what was foreseen is sent: {kind:?}, {is_now:?}");
            }
            if let Some(save) = flow.saves.get(before) {
                assert_eq!(flow.saves.len(), before + 1);
                // Somebody else may have signed in meanwhile; the server may still be at what the first one sent.
                let is_decided = world
                    .pending
                    .as_ref()
                    .is_none_or(|earlier| earlier.id != save.id);
                assert!(is_decided, "what the person sent before is decided");
                world.pending = Some(save.clone());
                world.fired = 0;
            }
        }
        Step::Dismiss => flow.act(|it, _| it.dismiss()),
        Step::TryAgain => flow.it.try_again(),
        Step::ReadAgain => flow.act(|it, _| it.read_again()),
        Step::Commit => {
            if let Some(save) = world
                .pending
                .take_if(|save| world.signed_in == Some(save.id))
            {
                let name = if save.id == FERRIS {
                    &mut world.ferris
                } else {
                    &mut world.alice
                };
                *name = save.to;
            }
        }
        Step::Answer(kind) => {
            if let Some(save) = flow.saving.clone() {
                let answer = answer(world, &save, *kind);
                flow.answer(answer);
            }
        }
        Step::Me => {
            if flow.reading.is_some() {
                flow.me(world.me());
            }
        }
        Step::MeFails => {
            if flow.reading.is_some() {
                flow.me(MeAnswer::Failed);
            }
        }
        Step::StaleMe => {
            let before = flow.it.step().clone();
            let lie = MeAnswer::Holder(Holder {
                id: ALICE,
                ..holder("liar")
            });
            flow.act(|it, _| it.me_answered(Ticket(0), lie));
            assert_eq!(*flow.it.step(), before);
        }
        Step::Fire => {
            if flow.timer.is_some() {
                flow.fire();
                world.fired += 1;
                if world.fired >= READ_AGAIN_AFTER_MS.len() {
                    world.pending = None;
                }
            }
        }
        Step::GhostTimer => {
            let before = flow.it.step().clone();
            flow.act(|it, _| it.fired(Ticket(0)));
            assert_eq!(*flow.it.step(), before);
        }
        Step::RenamedInAnotherTab(at) => world.ferris = name(NAMES[*at]),
        Step::News => flow.act(|it, _| it.session_changed(world.session())),
        Step::OldNews => {
            if flow.it.is_busy() {
                let before = flow.it.step().clone();
                let known = flow.it.holder().clone();
                flow.act(|it, _| it.session_changed(Some(known)));
                assert_eq!(*flow.it.step(), before);
            }
        }
        Step::LoggedOutElsewhere => {
            world.signed_in = None;
            flow.act(|it, _| it.session_changed(None));
        }
        Step::TimePasses => flow.now = now.plus_millis(400_000),
        Step::Lapse(shown) => {
            let sent = flow.saves.len();
            flow.act(|it, now| it.lapse(*shown, now));
            assert_eq!(flow.saves.len(), sent, "a clock sends nothing");
        }
        Step::SignIn(same) => {
            // Signing in takes longer than a server works on one request.
            if flow.saving.is_none() {
                world.pending = None;
            }
            world.signed_in = Some(if *same { FERRIS } else { ALICE });
            flow.act(|it, _| it.session_changed(world.session()));
        }
    }
}

/// What the flow says when it has just come to say it is what the server holds true.
fn tells_the_truth(flow: &Harness, world: &World, before: &super::Step) {
    let step = flow.it.step();
    if step == before {
        return;
    }
    match step {
        super::Step::Done { to, .. } => {
            assert_eq!(flow.it.holder().username, *to);
            assert_eq!(world.name_of(flow.it.holder().id), to, "done is done");
        }
        super::Step::NotChanged { to } | super::Step::Ignored { to } => {
            assert_ne!(world.name_of(flow.it.holder().id), to);
            assert_eq!(world.pending, None, "and it will not happen later");
        }
        super::Step::RenamedElsewhere { .. } => assert_eq!(world.pending, None),
        super::Step::Choosing { refusal: Some(_) } => {
            assert_eq!(
                flow.it.draft(),
                flow.saves.last().unwrap().to.as_str(),
                "the text is kept"
            );
        }
        super::Step::SomebodyElse => assert_eq!(flow.it.draft(), ""),
        super::Step::TooLate { since, .. } => assert!(*since <= flow.now),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn in_any_order_it_sends_only_when_confirmed_and_says_only_what_is_true(
        steps in proptest::collection::vec(step(), 0..60),
    ) {
        let who = renamed_lately("ferris", "shell", START, 1_000_000);
        let mut flow = Harness::new(who.clone());
        let mut world =
            World { signed_in: Some(FERRIS), ferris: who.username, alice: name("alice"), pending: None, fired: 0 };
        for step in &steps {
            let (before, sent) = (flow.it.step().clone(), flow.saves.len());
            take(&mut flow, &mut world, step);
            if flow.saves.len() > sent {
                prop_assert!(matches!(step, Step::Confirm), "only a confirmation sends");
                let was_asked = matches!(before, super::Step::Confirming { .. });
                prop_assert!(was_asked);
            }
            tells_the_truth(&flow, &world, &before);
        }
        // Everything is answered truly; whatever was going on comes to an end.
        for _ in 0..40 {
            let before = flow.it.step().clone();
            if flow.saving.is_some() {
                take(&mut flow, &mut world, &Step::Answer(0));
            } else if flow.reading.is_some() {
                take(&mut flow, &mut world, &Step::Me);
            } else if flow.timer.is_some() {
                take(&mut flow, &mut world, &Step::Fire);
            } else {
                take(&mut flow, &mut world, &Step::ReadAgain);
            }
            tells_the_truth(&flow, &world, &before);
        }
        prop_assert!(!flow.it.is_busy(), "no wait is endless: {:?}", flow.it.step());
    }
}
