//! A small deterministic source of numbers (SplitMix64), so that two runs give the same database to the byte.
//!
//! It is here instead of a crate because invented data must not change when a dependency does. Not for secrets.

/// A stream of numbers that depends on nothing but its seed.
#[derive(Clone, Debug)]
pub struct Prng(u64);

impl Prng {
    /// A stream for one purpose; different purposes take different seeds so that adding to one leaves the others alone.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A stream named by a text (FNV-1a of it), for things that are known by name.
    #[must_use]
    pub fn named(name: &str) -> Self {
        let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        Self(hash)
    }

    /// The next 64 bits.
    pub fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from `low` up to, but not including, `high`; `low` when the range is empty.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = high.saturating_sub(low).max(1).unsigned_abs();
        low + i64::try_from(self.next_u64() % span).unwrap_or(0)
    }

    /// One of the items. The list must not be empty.
    pub fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        let index = self.next_u64() % (items.len() as u64);
        items[usize::try_from(index).unwrap_or(0)]
    }

    /// True in `percent` of a hundred cases.
    pub fn chance(&mut self, percent: u64) -> bool {
        self.next_u64() % 100 < percent
    }

    /// `count` different items in a random order; all of them when there are fewer.
    pub fn sample<T: Clone>(&mut self, items: &[T], count: usize) -> Vec<T> {
        let mut rest = items.to_vec();
        let mut chosen = Vec::with_capacity(count);
        while chosen.len() < count && !rest.is_empty() {
            let index = usize::try_from(self.next_u64() % (rest.len() as u64)).unwrap_or(0);
            chosen.push(rest.swap_remove(index));
        }
        chosen
    }

    /// Lower-case hexadecimal digits, for checksums and commit hashes that mean nothing.
    pub fn hex(&mut self, digits: usize) -> String {
        let mut text = String::with_capacity(digits + 16);
        while text.len() < digits {
            text.push_str(&format!("{:016x}", self.next_u64()));
        }
        text.truncate(digits);
        text
    }
}

#[cfg(test)]
mod tests {
    use super::Prng;

    #[test]
    fn the_same_seed_gives_the_same_numbers() {
        let (mut a, mut b) = (Prng::named("crab"), Prng::named("crab"));
        let from_a: Vec<_> = (0..100).map(|_| a.next_u64()).collect();
        let from_b: Vec<_> = (0..100).map(|_| b.next_u64()).collect();
        assert_eq!(from_a, from_b);
        assert_ne!(
            Prng::named("crab").next_u64(),
            Prng::named("crabs").next_u64()
        );
    }

    #[test]
    fn numbers_stay_in_their_range_and_reach_both_ends() {
        let mut prng = Prng::new(7);
        let drawn: Vec<_> = (0..1000).map(|_| prng.between(-2, 3)).collect();
        assert!(drawn.iter().all(|n| (-2..3).contains(n)));
        assert!(drawn.contains(&-2) && drawn.contains(&2));
    }

    #[test]
    fn a_sample_repeats_nothing() {
        let mut sample = Prng::new(1).sample(&[1, 2, 3, 4, 5], 9);
        sample.sort_unstable();
        assert_eq!(sample, [1, 2, 3, 4, 5]);
    }
}
