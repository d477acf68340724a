//! Where the cut has put constants.

use super::{Constants, Span, joined, linked::Linked};
use crate::{fail, failure::Outcome};
use std::collections::{BTreeMap, BTreeSet};

/// Where constants were found.
#[derive(Default)]
pub struct Finding {
    at: BTreeMap<usize, u32>,
    /// Those found in two places.
    unclear: BTreeSet<usize>,
    /// What fills the memory, of all pieces.
    pub memory: Vec<(u32, Vec<u8>)>,
}

impl Finding {
    fn note(&mut self, constant: usize, address: u32) -> bool {
        match self.at.insert(constant, address) {
            None => true,
            Some(other) => {
                if other != address {
                    self.unclear.insert(constant);
                }
                false
            }
        }
    }

    /// Reads the addresses in the functions of a piece.
    pub fn look_into(&mut self, linked: &Linked, piece: &Linked) {
        for (name, places) in &linked.in_code {
            let (Some(before), Some(now)) = (linked.functions.get(name), piece.functions.get(name))
            else {
                continue;
            };
            if before.len() != now.len() {
                continue;
            }
            for (offset, constant, addend) in places {
                if let Some(literal) = now.get(*offset as usize..).and_then(padded) {
                    self.note(*constant, (i64::from(literal) - addend) as u32);
                }
            }
        }
    }

    fn bytes(&self, address: u32, length: u32) -> Option<&[u8]> {
        self.memory.iter().find_map(|(start, bytes)| {
            let from = address.checked_sub(*start)? as usize;
            bytes.get(from..from + length as usize)
        })
    }

    /// Reads the addresses in constants that were found.
    pub fn follow(&mut self, linked: &Linked) {
        let mut open: Vec<usize> = self.at.keys().copied().collect();
        while let Some(constant) = open.pop() {
            let (Some(span), Some(at)) =
                (linked.spans.get(&constant), self.at.get(&constant).copied())
            else {
                continue;
            };
            for (place, (other, addend)) in linked.in_data.range(span.clone()) {
                let bytes = self.bytes(at + (place - span.start), 4);
                let Some(Ok(bytes)) = bytes.map(<[u8; 4]>::try_from) else {
                    continue;
                };
                let address = i64::from(u32::from_le_bytes(bytes)) - addend;
                if self.note(*other, address as u32) {
                    open.push(*other);
                }
            }
        }
    }

    /// Every constant that was found has the bytes that the linker gave it, addresses and slots left out.
    pub fn check(&self, linked: &Linked) -> Outcome {
        let before = Self {
            memory: linked.segments.clone(),
            ..Self::default()
        };
        for (constant, at) in &self.at {
            let Some(span) = linked.spans.get(constant) else {
                continue;
            };
            let length = span.end - span.start;
            let (Some(was), Some(is)) = (before.bytes(span.start, length), self.bytes(*at, length))
            else {
                continue;
            };
            let is_other = |place: u32| {
                let near = place.saturating_sub(3)..=place;
                linked.slots.range(near.clone()).next().is_some()
                    || linked.in_data.range(near).next().is_some()
            };
            let mut bytes = (span.start..).zip(was.iter().zip(is));
            if bytes.any(|(place, (was, is))| was != is && !is_other(place)) {
                fail!(
                    "What the linker has put at {} is not where it is taken to be.",
                    span.start
                );
            }
        }
        Ok(())
    }

    /// The words of memory outside these spans.
    fn words_beside(&self, spans: &BTreeMap<usize, Span>) -> BTreeSet<u32> {
        let mut known: Vec<Span> = spans.values().cloned().collect();
        known.sort_by_key(|span| span.start);
        let known = joined(known, 0);
        let mut words = BTreeSet::new();
        for (start, bytes) in &self.memory {
            for (address, word) in (*start..).zip(bytes.windows(4)) {
                let next = known.partition_point(|span| span.end <= address);
                let is_known = known.get(next).is_some_and(|span| span.contains(&address));
                if !is_known && let Ok(word) = <[u8; 4]>::try_from(word) {
                    words.insert(u32::from_le_bytes(word));
                }
            }
        }
        words
    }

    /// The constants whose place is clear.
    pub fn constants(self, linked: &Linked) -> Constants {
        let clear = |constant: &usize| {
            let at = self.at.get(constant).copied();
            at.filter(|_| !self.unclear.contains(constant))
        };
        let mut by_literal: BTreeMap<u32, BTreeSet<usize>> = BTreeMap::new();
        for (_, constant, addend) in linked.in_code.values().flatten() {
            if let Some(at) = clear(constant) {
                let literal = (i64::from(at) + addend) as u32;
                by_literal.entry(literal).or_default().insert(*constant);
            }
        }
        let mut spans = BTreeMap::new();
        let mut by_place = BTreeMap::new();
        for (constant, span) in &linked.spans {
            let Some(at) = clear(constant) else { continue };
            spans.insert(*constant, at..at + (span.end - span.start));
            for (place, (other, _)) in linked.in_data.range(span.clone()) {
                by_place.insert(at + (place - span.start), *other);
            }
        }
        let words = self.words_beside(&spans);
        Constants {
            spans,
            by_literal,
            by_place,
            variables: linked.variables.clone(),
            words,
        }
    }
}

/// The number at the beginning, as linkers write what they may change: in five bytes of seven bits.
fn padded(bytes: &[u8]) -> Option<u32> {
    let bytes: [u8; 5] = bytes.get(..5)?.try_into().ok()?;
    let (last, others) = bytes.split_last()?;
    let is_padded = others.iter().all(|byte| byte & 0x80 != 0) && last & 0x80 == 0;
    let number = (0..).zip(bytes).fold(0_u64, |number, (place, byte)| {
        number | u64::from(byte & 0x7f) << (7 * place)
    });
    is_padded.then_some(number as u32)
}
