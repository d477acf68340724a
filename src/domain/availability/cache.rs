//! Verdicts remembered for a short while, by canonical form, for one picker.
//!
//! It saves questions while somebody types back and forth. It must not outlive the picker, and a free name is
//! remembered more briefly than one that is gone, because only the former can cost somebody their choice.

use super::{CanonicalUsername, Timestamp, Verdict};

const FREE_FOR_MS: i64 = 15_000;
const GONE_FOR_MS: i64 = 60_000;
/// More than anybody types in a minute; keeps the memory bounded.
const CAPACITY: usize = 64;

#[derive(Clone, Debug, Default)]
pub(super) struct Cache {
    /// Oldest first.
    entries: Vec<(CanonicalUsername, Verdict, Timestamp)>,
}

impl Cache {
    /// The verdict, if it is fresh. One from the future is not: the clock was set back, and its age is unknown.
    pub(super) fn get(&self, name: &CanonicalUsername, now: Timestamp) -> Option<&Verdict> {
        let (_, verdict, since) = self.entries.iter().find(|(entry, ..)| entry == name)?;
        let lasts = if verdict.is_gone() {
            GONE_FOR_MS
        } else {
            FREE_FOR_MS
        };
        (0..lasts)
            .contains(&now.millis_since(*since))
            .then_some(verdict)
    }

    pub(super) fn put(&mut self, name: CanonicalUsername, verdict: Verdict, now: Timestamp) {
        self.forget(&name);
        if self.entries.len() >= CAPACITY {
            self.entries.remove(0);
        }
        self.entries.push((name, verdict, now));
    }

    pub(super) fn forget(&mut self, name: &CanonicalUsername) {
        self.entries.retain(|(entry, ..)| entry != name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::username::Username;

    fn name(text: &str) -> CanonicalUsername {
        Username::parse(text).unwrap().canonical()
    }

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(1_000_000 + millis)
    }

    #[test]
    fn a_gone_name_is_remembered_longer_than_a_free_one() {
        let mut cache = Cache::default();
        cache.put(name("Free-1"), Verdict::Available, at(0));
        cache.put(name("gone"), Verdict::Reserved, at(0));
        assert_eq!(
            cache.get(&name("free_1"), at(14_999)),
            Some(&Verdict::Available)
        );
        assert_eq!(cache.get(&name("free_1"), at(15_000)), None);
        assert_eq!(
            cache.get(&name("gone"), at(59_999)),
            Some(&Verdict::Reserved)
        );
        assert_eq!(cache.get(&name("gone"), at(60_000)), None);
    }

    #[test]
    fn a_clock_that_was_set_back_makes_everything_unknown() {
        let mut cache = Cache::default();
        cache.put(name("gone"), Verdict::Reserved, at(0));
        assert_eq!(cache.get(&name("gone"), at(-1)), None);
    }

    #[test]
    fn it_keeps_the_newest_and_does_not_grow_without_end() {
        let mut cache = Cache::default();
        for i in 0..200 {
            cache.put(name(&format!("n{i}")), Verdict::Reserved, at(i));
            cache.put(name("again"), Verdict::Reserved, at(i));
        }
        assert_eq!(cache.entries.len(), CAPACITY);
        assert!(cache.get(&name("n199"), at(200)).is_some());
        assert!(cache.get(&name("n0"), at(200)).is_none());
        cache.forget(&name("again"));
        assert!(cache.get(&name("again"), at(200)).is_none());
    }
}
