//! The constants of the app: where each is in the cut's pieces, and who points to it.
//!
//! A linker that is asked to (`--emit-relocs`) writes down every constant by place and size, and every place in code and in
//! other constants where such an address stands. The cut moves constants, but in the functions of its pieces the new addresses stand
//! where the old ones stood. What is found so has to hold the bytes that the linker put there.

mod finding;
mod linked;

pub use linked::address_of;

use crate::{
    fail,
    failure::{Failure, Outcome},
};
use finding::Finding;
use linked::Linked;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use wasm_encoder::{
    Module,
    reencode::{self, Reencode, utils},
};
use wasmparser::{Operator, Parser};

/// Bytes between two constants that cost less than telling them apart.
const CLOSE: u32 = 8;

/// Addresses in the memory of the app.
type Span = Range<u32>;

/// The constants of the pieces, by number.
pub struct Constants {
    /// Where each is, of those whose place is clear.
    spans: BTreeMap<usize, Span>,
    /// Which constants an address in code belongs to; it may be a little before or behind them.
    by_literal: BTreeMap<u32, BTreeSet<usize>>,
    /// Which constants stand in constants, by the address where they do.
    by_place: BTreeMap<u32, usize>,
    /// Those that are none, since they can be written to.
    variables: BTreeSet<usize>,
    /// What stands in memory where no constant is known to be.
    words: BTreeSet<u32>,
}

impl Constants {
    /// Finds them in what the cut has made of what the linker has made.
    pub fn find(linked: &[u8], pieces: &[Vec<u8>]) -> Outcome<Self> {
        let unreadable = |error| Failure::new(format!("The linker's list cannot be read: {error}"));
        let linked = Linked::read(linked).map_err(unreadable)?;
        if linked.in_code.is_empty() {
            fail!("The linker has not written down where addresses stand; is it asked to?");
        }
        let mut found = Finding::default();
        for piece in pieces {
            let piece = Linked::read(piece).map_err(unreadable)?;
            found.look_into(&linked, &piece);
            found.memory.extend(piece.segments);
        }
        found.follow(&linked);
        found.check(&linked)?;
        Ok(found.constants(&linked))
    }

    /// The constants that the functions of a module point to, and those that these point to, and so on.
    pub fn reached_by(&self, wasm: &[u8]) -> Outcome<BTreeSet<usize>> {
        let mut literals = Literals::default();
        literals
            .parse_core_module(&mut Module::new(), Parser::new(0), wasm)
            .map_err(|error| {
                Failure::new(format!("The wasm's addresses cannot be read: {error}"))
            })?;
        let mut found = self.within(&literals.0);
        let exactly = literals.0.iter();
        found.extend(
            exactly
                .filter_map(|literal| self.by_literal.get(literal))
                .flatten(),
        );
        Ok(self.followed(found))
    }

    /// The constants that these addresses are in.
    fn within(&self, addresses: &BTreeSet<u32>) -> BTreeSet<usize> {
        let all = self.spans.iter();
        all.filter(|(_, span)| addresses.range((*span).clone()).next().is_some())
            .map(|(constant, _)| *constant)
            .collect()
    }

    /// These constants, those that they point to, and so on.
    fn followed(&self, constants: BTreeSet<usize>) -> BTreeSet<usize> {
        let mut reached = BTreeSet::new();
        let mut open: Vec<usize> = constants.into_iter().collect();
        while let Some(constant) = open.pop() {
            if reached.insert(constant)
                && let Some(span) = self.spans.get(&constant)
            {
                open.extend(self.by_place.range(span.clone()).map(|(_, other)| *other));
            }
        }
        reached
    }

    /// Where these are and those are not. Neighbours are one.
    pub fn only_in(&self, these: &BTreeSet<usize>, those: &BTreeSet<usize>) -> Vec<Span> {
        let others = self.spans_of(those);
        let mut only = Vec::new();
        for span in self.spans_of(these) {
            let mut start = span.start;
            let within = |other: &&Span| other.start < span.end && span.start < other.end;
            for other in others.iter().filter(within) {
                only.push(start..other.start.max(start));
                start = start.max(other.end);
            }
            only.push(start..span.end.max(start));
        }
        only.retain(|span| !span.is_empty());
        only
    }

    /// Where these are within a span, those that are close together as one.
    pub fn within_span(&self, these: &BTreeSet<usize>, span: &Span) -> Vec<Span> {
        let all = self.spans_of(these).into_iter();
        let cut = all.map(|one| one.start.max(span.start)..one.end.min(span.end));
        joined(cut.filter(|one| !one.is_empty()).collect(), CLOSE)
    }

    fn spans_of(&self, constants: &BTreeSet<usize>) -> Vec<Span> {
        let mut spans: Vec<Span> = constants
            .iter()
            .filter_map(|constant| self.spans.get(constant).cloned())
            .collect();
        spans.sort_by_key(|span| span.start);
        joined(spans, 0)
    }

    /// What may be used by anybody, as far as can be told: what can be written to, and all that it points to or that
    /// anything points to of which nothing is known.
    pub fn bound(&self) -> BTreeSet<usize> {
        let mut bound = self.within(&self.words);
        bound.extend(&self.variables);
        self.followed(bound)
    }
}

/// Spans in their order, those between which there are no more bytes than that as one.
fn joined(spans: Vec<Span>, gap: u32) -> Vec<Span> {
    let mut joined: Vec<Span> = Vec::new();
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.start <= last.end + gap => last.end = last.end.max(span.end),
            _ => joined.push(span),
        }
    }
    joined
}

/// The numbers in a module's functions that may be addresses.
#[derive(Default)]
struct Literals(BTreeSet<u32>);

impl Reencode for Literals {
    type Error = std::convert::Infallible;

    /// Where data and functions are put, outside of functions.
    fn const_expr(
        &mut self,
        _: wasmparser::ConstExpr<'_>,
    ) -> Result<wasm_encoder::ConstExpr, reencode::Error> {
        Ok(wasm_encoder::ConstExpr::i32_const(0))
    }

    fn instruction<'a>(
        &mut self,
        operator: Operator<'a>,
    ) -> Result<wasm_encoder::Instruction<'a>, reencode::Error> {
        if let Operator::I32Const { value } = operator {
            self.0.insert(value as u32);
        }
        utils::instruction(self, operator)
    }

    fn mem_arg(
        &mut self,
        argument: wasmparser::MemArg,
    ) -> Result<wasm_encoder::MemArg, reencode::Error> {
        self.0.insert(argument.offset as u32);
        utils::mem_arg(self, argument)
    }
}
