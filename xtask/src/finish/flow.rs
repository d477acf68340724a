//! How control flows through a function, as far as the wasm tells: where it may go on or not, and which locals are still needed.
//!
//! Wasm is structured, so what may be left out stands at the end of a level: whoever passes by a branch may not come back to what
//! follows it before the level's `end`. Each such rest of a level is a stretch here.

use sha2::{Digest, Sha256};
use std::{collections::BTreeSet, fmt::Write};
use wasmparser::{BinaryReaderError, FunctionBody, Operator};

/// A stretch of fewer bytes would not be smaller if it stood elsewhere.
const SMALL: u64 = 24;

/// What divides the name of a function, its shape and the number of a stretch.
pub const DIVIDER: char = '~';

/// A function's operators and what is known of each, by its index.
pub struct Flow<'a> {
    /// The operators, with where they begin in the module.
    pub operators: Vec<(Operator<'a>, u64)>,
    /// Where the operators end in the module.
    end: u64,
    /// For what opens a level, and for its `else`, where that ends.
    ends: Vec<usize>,
    /// For an `if`, where one is when it does not hold.
    others: Vec<usize>,
    /// For what branches, where to.
    targets: Vec<Vec<Target>>,
    /// What may be left out, each before those in it.
    pub stretches: Vec<Stretch>,
    shape: String,
}

/// Where a branch goes: to the level that this operator opens, or out of the function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// To its end; of a loop, to its beginning.
    Level(usize),
    /// Past a loop's end, where only those go who come to it.
    Past(usize),
    /// Out of the function.
    Return,
}

/// The rest of a level, from behind a branch or a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// Which of the function's it is, small ones counted: how many bytes each takes is not always the same.
    number: usize,
    /// The first operator.
    pub from: usize,
    /// The `end` or `else` behind it.
    pub to: usize,
    /// What opens the level; nothing for the function's own.
    pub level: Option<usize>,
    /// The stretch that one must be in to come here; nothing for the whole function.
    pub within: Option<usize>,
}

struct Level {
    opener: Option<usize>,
    /// Its `else`, behind it.
    other: Option<usize>,
    /// The stretch that one is in.
    stretch: Option<usize>,
    /// The stretches that end with this level.
    open: Vec<usize>,
}

impl<'a> Flow<'a> {
    /// Reads the body of a function.
    pub fn read(body: &FunctionBody<'a>) -> Result<Self, BinaryReaderError> {
        let operators: Vec<(Operator<'a>, u64)> = body
            .get_operators_reader()?
            .into_iter_with_offsets()
            .collect::<Result<_, _>>()?;
        let mut flow = Self {
            ends: vec![0; operators.len()],
            others: vec![0; operators.len()],
            targets: vec![Vec::new(); operators.len()],
            end: body.range().end,
            shape: shape_of(body, &operators),
            stretches: Vec::new(),
            operators,
        };
        flow.find();
        Ok(flow)
    }

    fn find(&mut self) {
        let mut stretches: Vec<Stretch> = Vec::new();
        let mut levels = vec![Level {
            opener: None,
            other: None,
            stretch: None,
            open: Vec::new(),
        }];
        let last = self.operators.len().saturating_sub(1);
        for index in 0..self.operators.len() {
            let Some((operator, _)) = self.operators.get(index) else {
                break;
            };
            let of = |depth: u32| {
                let level = levels.iter().rev().nth(depth as usize);
                match level.and_then(|level| level.opener) {
                    Some(opener) => Target::Level(opener),
                    None => Target::Return,
                }
            };
            let mut branches = false;
            let targets = match operator {
                Operator::Br { relative_depth } => vec![of(*relative_depth)],
                Operator::BrIf { relative_depth } => {
                    branches = true;
                    vec![of(*relative_depth)]
                }
                Operator::BrTable { targets } => {
                    let named = targets.targets().flatten().chain([targets.default()]);
                    named.map(of).collect()
                }
                Operator::Return => vec![Target::Return],
                _ => Vec::new(),
            };
            if let Some(place) = self.targets.get_mut(index) {
                *place = targets;
            }
            match operator {
                Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } => {
                    branches = matches!(operator, Operator::If { .. });
                    levels.push(Level {
                        opener: Some(index),
                        other: None,
                        stretch: levels.last().and_then(|level| level.stretch),
                        open: Vec::new(),
                    });
                }
                Operator::Else | Operator::End => {
                    if let Some(level) = levels.pop() {
                        for stretch in level.open {
                            if let Some(stretch) = stretches.get_mut(stretch) {
                                stretch.to = index;
                            }
                        }
                        for at in level.opener.into_iter().chain(level.other) {
                            if let Some(end) = self.ends.get_mut(at) {
                                *end = index;
                            }
                        }
                        let is_else = matches!(operator, Operator::Else);
                        if level.other.is_none()
                            && let Some(other) = level.opener.and_then(|at| self.others.get_mut(at))
                        {
                            *other = index + usize::from(is_else);
                        }
                        branches = true;
                        if is_else {
                            levels.push(Level {
                                opener: level.opener,
                                other: Some(index),
                                stretch: levels.last().and_then(|level| level.stretch),
                                open: Vec::new(),
                            });
                        }
                    }
                }
                _ => {}
            }
            if branches
                && index < last
                && let Some(level) = levels.last_mut()
            {
                stretches.push(Stretch {
                    number: stretches.len(),
                    from: index + 1,
                    to: 0,
                    level: level.opener,
                    within: level.stretch,
                });
                level.stretch = Some(stretches.len() - 1);
                level.open.push(stretches.len() - 1);
            }
        }
        self.keep_large(stretches);
    }

    /// Leaves out small stretches; all that are within one are small too.
    fn keep_large(&mut self, stretches: Vec<Stretch>) {
        let mut kept = Vec::new();
        for stretch in stretches {
            let number = (self.bytes(stretch.from, stretch.to) >= SMALL).then(|| {
                let within = stretch.within.and_then(|within| kept.get(within).copied());
                self.stretches.push(Stretch {
                    within: within.flatten(),
                    ..stretch
                });
                self.stretches.len() - 1
            });
            kept.push(number);
        }
    }

    /// How many bytes these operators take.
    pub fn bytes(&self, from: usize, to: usize) -> u64 {
        let place = |index: usize| {
            self.operators
                .get(index)
                .map_or(self.end, |(_, place)| *place)
        };
        place(to).saturating_sub(place(from))
    }

    /// What a stretch of the function by this name is called: by its place in a function of this shape, since another shape
    /// has other stretches.
    pub fn name_of(&self, function: &str, stretch: &Stretch) -> String {
        let number = stretch.number;
        format!("{function}{DIVIDER}{}{DIVIDER}{number}", self.shape)
    }

    /// Where a branch at this operator goes.
    pub fn targets(&self, index: usize) -> &[Target] {
        self.targets.get(index).map_or(&[], Vec::as_slice)
    }

    /// Whether this opens a loop.
    pub fn is_loop(&self, index: usize) -> bool {
        matches!(self.operators.get(index), Some((Operator::Loop { .. }, _)))
    }

    /// Where one is after a branch; behind the last operator, when the function is left.
    fn place_of(&self, target: Target) -> usize {
        match target {
            Target::Level(opener) if self.is_loop(opener) => opener,
            Target::Level(opener) | Target::Past(opener) => {
                self.ends.get(opener).copied().unwrap_or_default()
            }
            Target::Return => self.operators.len(),
        }
    }

    /// The operators that may come after this one.
    fn next(&self, index: usize) -> Vec<usize> {
        let mut next: Vec<usize> = self
            .targets(index)
            .iter()
            .map(|target| self.place_of(*target))
            .collect();
        match self.operators.get(index).map(|(operator, _)| operator) {
            Some(
                Operator::Br { .. }
                | Operator::BrTable { .. }
                | Operator::Return
                | Operator::Unreachable,
            )
            | None => {}
            Some(Operator::Else) => {
                // Whoever comes to it has been in the other arm.
                next.extend(self.ends.get(index));
            }
            Some(Operator::If { .. }) => {
                next.push(index + 1);
                next.extend(self.others.get(index));
            }
            Some(_) => next.push(index + 1),
        }
        next
    }

    /// The locals that may be read after this before they are written, for each operator.
    pub fn live(&self, locals: u32) -> Live {
        let words = (locals as usize).div_ceil(64);
        let mut live = Live {
            words,
            bits: vec![0; words * (self.operators.len() + 1)],
        };
        let next: Vec<Vec<usize>> = (0..self.operators.len()).map(|at| self.next(at)).collect();
        let mut changed = true;
        while changed {
            changed = false;
            for (index, (operator, _)) in self.operators.iter().enumerate().rev() {
                let mut set = vec![0; words];
                for after in next.get(index).into_iter().flatten() {
                    for (word, other) in set.iter_mut().zip(live.at(*after)) {
                        *word |= other;
                    }
                }
                let bit = |local: u32| (local as usize / 64, 1_u64 << (local % 64));
                match operator {
                    Operator::LocalGet { local_index } => {
                        let (word, bit) = bit(*local_index);
                        if let Some(word) = set.get_mut(word) {
                            *word |= bit;
                        }
                    }
                    Operator::LocalSet { local_index } | Operator::LocalTee { local_index } => {
                        let (word, bit) = bit(*local_index);
                        if let Some(word) = set.get_mut(word) {
                            *word &= !bit;
                        }
                    }
                    _ => {}
                }
                if live.at(index) != set {
                    changed = true;
                    live.bits.splice(index * words..(index + 1) * words, set);
                }
            }
        }
        live
    }

    /// The locals that are needed where a branch goes.
    pub fn live_after(&self, live: &Live, target: Target) -> BTreeSet<u32> {
        live.locals(self.place_of(target))
    }
}

/// For each operator, the locals that are needed from there on.
pub struct Live {
    words: usize,
    bits: Vec<u64>,
}

impl Live {
    fn at(&self, index: usize) -> &[u64] {
        self.bits
            .get(index * self.words..(index + 1) * self.words)
            .unwrap_or_default()
    }

    /// Those at an operator.
    pub fn locals(&self, index: usize) -> BTreeSet<u32> {
        let words = (0_u32..).zip(self.at(index));
        words
            .flat_map(|(word, bits)| {
                (0..64)
                    .filter(move |bit| bits >> bit & 1 == 1)
                    .map(move |bit| word * 64 + bit)
            })
            .collect()
    }
}

/// What a function does, without what it does it with: that changes when other functions do.
fn shape_of(body: &FunctionBody<'_>, operators: &[(Operator<'_>, u64)]) -> String {
    let (bytes, start) = (body.as_bytes(), body.range().start);
    let codes: Vec<u8> = operators
        .iter()
        .filter_map(|(_, place)| bytes.get((place - start) as usize).copied())
        .collect();
    let hash = Sha256::digest(&codes);
    hash.iter().take(4).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
