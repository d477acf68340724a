//! Functions without what first pages never come to: each such stretch becomes a function of its own, which may be cold.
//!
//! Compilers call it outlining. A stretch ([`super::flow`]) is called with the locals it needs and returns those that are
//! needed after it; where it can be left in several ways, it also returns which of them. Nothing else changes: the same
//! instructions are carried out in the same order.

mod call;
mod frames;

use self::{call::Call, frames::Frames};
use super::{
    flow::{Flow, Live, Stretch, Target},
    functions::Functions,
    hot_cold::Place,
};
use crate::failure::{Failure, Outcome};
use std::collections::{BTreeMap, BTreeSet};
use wasm_encoder::{
    BlockType, CodeSection, Function, FunctionSection, Instruction, Module, NameMap, NameSection,
    TypeSection, ValType,
    reencode::{self, Reencode, utils},
};
use wasmparser::{
    CodeSectionReader, CustomSectionReader, FuncValidatorAllocations, FunctionBody,
    FunctionSectionReader, KnownCustom, Operator, Parser, Payload, TypeSectionReader, ValidPayload,
    Validator,
};

/// The module with a function for each stretch that belongs elsewhere than the function it is in.
pub fn outlined(wasm: &[u8], place: impl Fn(&str) -> Place) -> Outcome<Vec<u8>> {
    outline(wasm, &place)
        .map_err(|error| Failure::new(format!("The wasm cannot be outlined: {error}")))
}

type Made<T> = Result<T, Box<dyn std::error::Error>>;

fn outline(wasm: &[u8], place: &dyn Fn(&str) -> Place) -> Made<Vec<u8>> {
    let functions = Functions::read(wasm).map_err(|failure| failure.to_string())?;
    let mut outliner = Outliner {
        types: function_types(wasm)?,
        read_types: functions.types,
        bodies: BTreeMap::new(),
        added: Vec::new(),
        first: u32::try_from(functions.signatures.len())?,
        next: functions.imported,
    };
    let mut validator = Validator::new();
    let mut allocations = FuncValidatorAllocations::default();
    let mut index = functions.imported;
    for payload in Parser::new(0).parse_all(wasm) {
        let ValidPayload::Func(validated, body) = validator.payload(&payload?)? else {
            continue;
        };
        let name = functions
            .names
            .get(index as usize)
            .map_or("", String::as_str);
        let own = place(name);
        if !name.is_empty() && own != Place::Cold(BTreeSet::new()) {
            let flow = Flow::read(&body)?;
            let places = places_of(&flow, name, &own, place);
            if places.iter().any(|of| *of != own) {
                let signature = outliner.type_at(functions.signature(index))?;
                let (frames, used) = Frames::read(&flow, signature, validated, allocations, &body)?;
                allocations = used;
                outliner.outline(index, (name, &own), &flow, &frames, &places)?;
            }
        }
        index += 1;
    }
    Ok(outliner.written(wasm, &functions.names)?)
}

/// Where each stretch belongs: nobody comes to it who does not come to what it is within.
fn places_of(flow: &Flow, name: &str, own: &Place, place: &dyn Fn(&str) -> Place) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    for stretch in &flow.stretches {
        let outer = stretch.within.and_then(|within| places.get(within));
        let outer = outer.unwrap_or(own).clone();
        places.push(match (outer, place(&flow.name_of(name, stretch))) {
            (Place::Cold(outer), Place::Cold(of)) => Place::Cold(&outer & &of),
            (Place::Hot, of) => of,
            (outer, Place::Hot) => outer,
        });
    }
    places
}

/// The types of functions by their index: parameters and results; nothing for what is no function.
type FunctionType = (Vec<wasmparser::ValType>, Vec<wasmparser::ValType>);

fn function_types(wasm: &[u8]) -> Made<Vec<FunctionType>> {
    let mut types = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::TypeSection(section) = payload? {
            for of_type in section.into_iter_err_on_gc_types() {
                let of_type = of_type?;
                types.push((of_type.params().to_vec(), of_type.results().to_vec()));
            }
        }
    }
    Ok(types)
}

/// A function that is taken apart.
struct Source<'a> {
    name: &'a str,
    flow: &'a Flow<'a>,
    frames: &'a Frames,
    places: &'a [Place],
    live: Live,
    /// The stretches that can be taken out from an operator on.
    starts: BTreeMap<usize, Vec<usize>>,
}

/// The function that is written: the one that is taken apart or one that is made of a stretch of it.
struct Context<'a> {
    place: &'a Place,
    /// The local there for each of the source's; the same where there are none.
    locals: Option<BTreeMap<u32, u32>>,
    /// What a branch can go to, the innermost last.
    labels: Vec<Target>,
}

impl Context<'_> {
    fn local(&self, local: u32) -> u32 {
        let locals = self.locals.as_ref();
        locals.map_or(local, |locals| {
            locals.get(&local).copied().unwrap_or_default()
        })
    }

    fn depth(&self, target: Target) -> Made<u32> {
        let depth = self.labels.iter().rev().position(|label| *label == target);
        Ok(u32::try_from(depth.ok_or("a branch goes nowhere")?)?)
    }
}

struct Outliner {
    types: Vec<FunctionType>,
    /// How many types the module had.
    read_types: u32,
    /// What the functions that are taken apart become, by their index.
    bodies: BTreeMap<u32, Function>,
    /// What is made: type, name and body.
    added: Vec<(u32, String, Function)>,
    /// The index of the first that is made.
    first: u32,
    /// The function that is written next.
    next: u32,
}

impl Outliner {
    fn outline(
        &mut self,
        index: u32,
        (name, own): (&str, &Place),
        flow: &Flow,
        frames: &Frames,
        places: &[Place],
    ) -> Made<()> {
        let mut starts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (number, stretch) in flow.stretches.iter().enumerate() {
            if let Some(start) = frames.start_of(flow, stretch) {
                starts.entry(start).or_default().push(number);
            }
        }
        let source = Source {
            name,
            flow,
            frames,
            places,
            live: flow.live(u32::try_from(frames.locals.len())?),
            starts,
        };
        let mut context = Context {
            place: own,
            locals: None,
            labels: vec![Target::Return],
        };
        let declared = frames.locals.get(frames.parameters..).unwrap_or_default();
        let types: Vec<ValType> = declared
            .iter()
            .map(|of| encoded(*of))
            .collect::<Made<_>>()?;
        let mut made = Function::new_with_locals_types(types);
        let before = self.added.len();
        self.write(&source, &mut context, (0, flow.operators.len()), &mut made)?;
        if self.added.len() > before {
            self.bodies.insert(index, made);
        }
        Ok(())
    }

    fn type_at(&self, index: u32) -> Made<FunctionType> {
        Ok(self
            .types
            .get(index as usize)
            .ok_or("a type is missing")?
            .clone())
    }

    /// Writes these operators of the source, the last left out.
    fn write(
        &mut self,
        source: &Source,
        context: &mut Context,
        (from, to): (usize, usize),
        made: &mut Function,
    ) -> Made<()> {
        let mut index = from;
        while index < to {
            if let Some(after) = self.call(source, context, index, made)? {
                index = after;
                continue;
            }
            let Some((operator, _)) = source.flow.operators.get(index) else {
                break;
            };
            let depths = source.flow.targets(index).iter();
            let depths: Vec<u32> = depths
                .map(|target| context.depth(*target))
                .collect::<Made<_>>()?;
            let first = depths.first().copied().unwrap_or_default();
            let instruction = match operator {
                Operator::Br { .. } => Instruction::Br(first),
                Operator::BrIf { .. } => Instruction::BrIf(first),
                Operator::BrTable { .. } => {
                    let (default, others) = depths.split_last().ok_or("a table leads nowhere")?;
                    Instruction::BrTable(others.to_vec().into(), *default)
                }
                Operator::Return if context.locals.is_some() => Instruction::Br(first),
                Operator::LocalGet { local_index } => {
                    Instruction::LocalGet(context.local(*local_index))
                }
                Operator::LocalSet { local_index } => {
                    Instruction::LocalSet(context.local(*local_index))
                }
                Operator::LocalTee { local_index } => {
                    Instruction::LocalTee(context.local(*local_index))
                }
                Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } => {
                    context.labels.push(Target::Level(index));
                    Same.instruction(operator.clone())?
                }
                Operator::End => {
                    context.labels.pop();
                    Instruction::End
                }
                _ => Same.instruction(operator.clone())?,
            };
            made.instruction(&instruction);
            index += 1;
        }
        Ok(())
    }

    /// Writes a call instead of the stretch that begins here, if one does that belongs elsewhere; returns where it ends.
    fn call(
        &mut self,
        source: &Source,
        context: &Context,
        index: usize,
        made: &mut Function,
    ) -> Made<Option<usize>> {
        for number in source.starts.get(&index).into_iter().flatten().rev() {
            let (Some(stretch), Some(place)) = (
                source.flow.stretches.get(*number),
                source.places.get(*number),
            ) else {
                continue;
            };
            if place == context.place {
                continue;
            }
            let Some(call) = Call::of(source, stretch, index)? else {
                continue;
            };
            if source.flow.bytes(index, stretch.to) < call.cost() {
                continue;
            }
            let function = self.function(source, (index, stretch.to), place, &call)?;
            let number = self.add(source, stretch, function, &call)?;
            call.write(context, number, made)?;
            return Ok(Some(stretch.to));
        }
        Ok(None)
    }

    /// The function that a stretch becomes.
    fn function(
        &mut self,
        source: &Source,
        (from, to): (usize, usize),
        place: &Place,
        call: &Call,
    ) -> Made<Function> {
        let mut own = BTreeSet::new();
        for (operator, _) in source.flow.operators.get(from..to).unwrap_or_default() {
            if let Operator::LocalGet { local_index }
            | Operator::LocalSet { local_index }
            | Operator::LocalTee { local_index } = operator
                && !call.given.contains(local_index)
            {
                own.insert(*local_index);
            }
        }
        let types: Vec<ValType> = own
            .iter()
            .map(|local| type_of(source, *local))
            .collect::<Made<_>>()?;
        let locals = call.given.iter().chain(&own).copied().zip(0..).collect();
        let mut made = Function::new_with_locals_types(types);
        let mut context = Context {
            place,
            locals: Some(locals),
            labels: call.exits.iter().rev().copied().collect(),
        };
        let block = match call.values.first() {
            Some(value) => BlockType::Result(*value),
            None => BlockType::Empty,
        };
        for _ in &call.exits {
            made.instruction(&Instruction::Block(block));
        }
        self.write(source, &mut context, (from, to), &mut made)?;
        for number in 0..call.exits.len() {
            made.instruction(&Instruction::End);
            if call.exits.len() > 1 {
                made.instruction(&Instruction::I32Const(i32::try_from(number)?));
            }
            for local in &call.returned {
                made.instruction(&Instruction::LocalGet(context.local(*local)));
            }
            made.instruction(&Instruction::Return);
        }
        made.instruction(&Instruction::End);
        Ok(made)
    }

    /// Keeps a function that was made; returns its index.
    fn add(
        &mut self,
        source: &Source,
        stretch: &Stretch,
        made: Function,
        call: &Call,
    ) -> Made<u32> {
        let native = |local: &u32| {
            let of = source.frames.locals.get(*local as usize);
            of.copied().ok_or("a local is missing")
        };
        let parameters: Vec<_> = call.given.iter().map(native).collect::<Result<_, _>>()?;
        let mut results = Vec::new();
        if call.exits.len() > 1 {
            results.push(wasmparser::ValType::I32);
        } else {
            results.extend(call.values.iter().map(|of| decoded(*of)));
        }
        results.extend(
            call.returned
                .iter()
                .map(native)
                .collect::<Result<Vec<_>, _>>()?,
        );
        let wanted = (parameters, results);
        let known = self.types.iter().position(|of_type| *of_type == wanted);
        let of_type = known.unwrap_or_else(|| {
            self.types.push(wanted);
            self.types.len() - 1
        });
        let name = source.flow.name_of(source.name, stretch);
        self.added.push((u32::try_from(of_type)?, name, made));
        Ok(self.first + u32::try_from(self.added.len() - 1)?)
    }

    /// The module with what was made.
    fn written(mut self, wasm: &[u8], names: &[String]) -> Result<Vec<u8>, reencode::Error> {
        let mut naming = NameMap::new();
        for (index, name) in (0..).zip(names) {
            if !name.is_empty() {
                naming.append(index, name);
            }
        }
        for (index, (_, name, _)) in (self.first..).zip(&self.added) {
            naming.append(index, name);
        }
        let mut module = Module::new();
        self.parse_core_module(&mut module, Parser::new(0), wasm)?;
        let mut section = NameSection::new();
        section.functions(&naming);
        module.section(&section);
        Ok(module.finish())
    }
}

fn type_of(source: &Source, local: u32) -> Made<ValType> {
    let of = source.frames.locals.get(local as usize);
    encoded(*of.ok_or("a local is missing")?)
}

fn encoded(of: wasmparser::ValType) -> Made<ValType> {
    Ok(Same.val_type(of)?)
}

fn decoded(of: ValType) -> wasmparser::ValType {
    match of {
        ValType::I64 => wasmparser::ValType::I64,
        ValType::F32 => wasmparser::ValType::F32,
        ValType::F64 => wasmparser::ValType::F64,
        ValType::V128 => wasmparser::ValType::V128,
        ValType::I32 | ValType::Ref(_) => wasmparser::ValType::I32,
    }
}

/// Nothing has another index than before.
struct Same;

impl Reencode for Same {
    type Error = std::convert::Infallible;
}

impl Reencode for Outliner {
    type Error = std::convert::Infallible;

    fn parse_type_section(
        &mut self,
        types: &mut TypeSection,
        section: TypeSectionReader<'_>,
    ) -> Result<(), reencode::Error> {
        utils::parse_type_section(self, types, section)?;
        for (parameters, results) in self.types.iter().skip(self.read_types as usize) {
            let encoded = |of: &Vec<wasmparser::ValType>| {
                of.iter()
                    .map(|of| Same.val_type(*of))
                    .collect::<Result<Vec<_>, _>>()
            };
            types.ty().function(encoded(parameters)?, encoded(results)?);
        }
        Ok(())
    }

    fn parse_function_section(
        &mut self,
        signatures: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), reencode::Error> {
        utils::parse_function_section(self, signatures, section)?;
        for (signature, _, _) in &self.added {
            signatures.function(*signature);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), reencode::Error> {
        utils::parse_code_section(self, code, section)?;
        for (_, _, body) in &self.added {
            code.function(body);
        }
        Ok(())
    }

    fn parse_function_body(
        &mut self,
        code: &mut CodeSection,
        body: FunctionBody<'_>,
    ) -> Result<(), reencode::Error> {
        let index = self.next;
        self.next += 1;
        match self.bodies.get(&index) {
            Some(made) => {
                code.function(made);
                Ok(())
            }
            None => utils::parse_function_body(self, code, body),
        }
    }

    // Names are written anew, with those of what was made.
    fn parse_custom_section(
        &mut self,
        module: &mut Module,
        section: CustomSectionReader<'_>,
    ) -> Result<(), reencode::Error> {
        match section.as_known() {
            KnownCustom::Name(_) => Ok(()),
            _ => utils::parse_custom_section(self, module, section),
        }
    }
}

#[cfg(test)]
mod tests;
