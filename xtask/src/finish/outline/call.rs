//! How a stretch is called once it is a function.

use super::{Context, Made, Source, encoded};
use crate::finish::flow::{Stretch, Target};
use std::collections::BTreeSet;
use wasm_encoder::{BlockType, Function, Instruction, ValType};
use wasmparser::Operator;

/// What a call with its table slot and what makes sure of it takes, before locals.
const CALL: u64 = 14;

/// How a stretch is called: what goes in, what comes out and where it may lead.
pub struct Call {
    /// The source's locals that it needs.
    pub given: Vec<u32>,
    /// Those that it changes and that are needed afterwards.
    pub returned: Vec<u32>,
    /// Where it leads, the way past its end first.
    pub exits: Vec<Target>,
    /// Whether the first of them is that way.
    falls: bool,
    /// What is on the stack there, where it leads to one place only.
    pub values: Vec<ValType>,
}

impl Call {
    /// How a stretch can be called; nothing where it leads to several places and brings values along, or is of a rare form.
    pub fn of(source: &Source, stretch: &Stretch, from: usize) -> Made<Option<Call>> {
        let (mut read, mut written) = (BTreeSet::new(), BTreeSet::new());
        let mut targets: BTreeSet<Target> = BTreeSet::new();
        for index in from..stretch.to {
            match source
                .flow
                .operators
                .get(index)
                .map(|(operator, _)| operator)
            {
                Some(Operator::LocalGet { local_index }) => {
                    read.insert(*local_index);
                }
                Some(Operator::LocalSet { local_index } | Operator::LocalTee { local_index }) => {
                    written.insert(*local_index);
                }
                _ => {}
            }
            let leaves = |target: &&Target| match target {
                Target::Level(opener) | Target::Past(opener) => *opener < from,
                Target::Return => true,
            };
            targets.extend(source.flow.targets(index).iter().filter(leaves));
        }
        let past = match stretch.level {
            None => Target::Return,
            Some(opener) if source.flow.is_loop(opener) => Target::Past(opener),
            Some(opener) => Target::Level(opener),
        };
        let falls = source.frames.reachable.get(stretch.to) == Some(&true);
        let mut exits = Vec::new();
        if falls {
            targets.remove(&past);
            exits.push(past);
        }
        exits.extend(targets);
        let mut values = Vec::new();
        let mut needed = BTreeSet::new();
        for exit in &exits {
            let Some(of_exit) = values_at(source, *exit)? else {
                return Ok(None);
            };
            if of_exit.len() > 1 || (exits.len() > 1 && !of_exit.is_empty()) {
                return Ok(None);
            }
            values = of_exit;
            needed.extend(source.flow.live_after(&source.live, *exit));
        }
        let returned: Vec<u32> = needed.intersection(&written).copied().collect();
        let given = source.live.locals(from);
        let mut given: Vec<u32> = given
            .into_iter()
            .filter(|local| read.contains(local) || returned.contains(local))
            .collect();
        given.sort_by_key(|local| {
            source
                .frames
                .locals
                .get(*local as usize)
                .map(|of| format!("{of}"))
        });
        Ok(Some(Call {
            given,
            returned,
            exits,
            falls,
            values,
        }))
    }

    /// How many bytes it takes, roughly.
    pub fn cost(&self) -> u64 {
        let locals = self.given.len() + self.returned.len();
        CALL + 2 * locals as u64 + 2 * self.exits.len().saturating_sub(1) as u64
    }

    /// Writes the call of the function that the stretch has become.
    pub fn write(&self, context: &Context, function: u32, made: &mut Function) -> Made<()> {
        let is_wrapped = self.falls && self.exits.len() > 2;
        if is_wrapped {
            made.instruction(&Instruction::Block(BlockType::Empty));
        }
        for local in &self.given {
            made.instruction(&Instruction::LocalGet(context.local(*local)));
        }
        made.instruction(&Instruction::Call(function));
        for local in self.returned.iter().rev() {
            made.instruction(&Instruction::LocalSet(context.local(*local)));
        }
        let others = self.exits.iter().skip(usize::from(self.falls));
        let mut depths: Vec<u32> = others
            .map(|exit| context.depth(*exit))
            .collect::<Made<_>>()?;
        match (self.falls, depths.as_slice()) {
            (true, []) => {}
            (false, []) => {
                made.instruction(&Instruction::Unreachable);
            }
            (true, [one]) => {
                made.instruction(&Instruction::BrIf(*one));
            }
            (false, [one]) => {
                made.instruction(&Instruction::Br(*one));
            }
            _ => {
                if is_wrapped {
                    depths = [0]
                        .into_iter()
                        .chain(depths.iter().map(|depth| depth + 1))
                        .collect();
                }
                let last = depths.pop().unwrap_or_default();
                made.instruction(&Instruction::BrTable(depths.into(), last));
            }
        }
        if is_wrapped {
            made.instruction(&Instruction::End);
        }
        Ok(())
    }
}

/// What is on the stack where a branch goes; nothing where that is a form that compilers do not make.
fn values_at(source: &Source, target: Target) -> Made<Option<Vec<ValType>>> {
    let (opener, before) = match target {
        Target::Return => {
            let results = source.frames.results.iter().map(|of| encoded(*of));
            return Ok(Some(results.collect::<Made<_>>()?));
        }
        Target::Level(opener) => (opener, source.flow.is_loop(opener)),
        Target::Past(opener) => (opener, false),
    };
    let of_type = match source
        .flow
        .operators
        .get(opener)
        .map(|(operator, _)| operator)
    {
        Some(
            Operator::Block { blockty } | Operator::Loop { blockty } | Operator::If { blockty },
        ) => *blockty,
        _ => return Ok(None),
    };
    Ok(match of_type {
        wasmparser::BlockType::Empty => Some(Vec::new()),
        wasmparser::BlockType::Type(_) if before => Some(Vec::new()),
        wasmparser::BlockType::Type(of) => Some(vec![encoded(of)?]),
        wasmparser::BlockType::FuncType(_) => None,
    })
}
