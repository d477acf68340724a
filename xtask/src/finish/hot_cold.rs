//! A module in two: what a first page calls, and the rest, which is fetched when the page stands.
//!
//! Splitting hot code from cold is old; what is called cold, [`super::cold`] knows. Both modules have the same memory, stack
//! and table of functions, and whoever calls a function of the other one calls through the table. Where a cold function
//! stood in the hot module a stand-in is left, which asks the loader for the cold module, at once if it is not there
//! yet, and then calls the function itself.

use super::functions::Functions;
use crate::failure::{Failure, Outcome};
use std::collections::{BTreeMap, BTreeSet};
use wasm_encoder::{
    CodeSection, ConstExpr, ElementSection, Elements, EntityType, Function, FunctionSection,
    GlobalType, ImportSection, Instruction, MemoryType, Module, NameMap, NameSection, RefType,
    TableSection, TableType, TypeSection, ValType,
    reencode::{self, Reencode, utils},
};
use wasmparser::{
    CodeSectionReader, ElementSectionReader, FunctionBody, FunctionSectionReader,
    ImportSectionReader, Parser, Payload, TableSectionReader, TypeSectionReader,
};

/// The module under which the main piece imports what the splitter's loader offers.
pub const LOADER_MODULE: &str = "./__wasm_split.js";

/// The same for parts and chunks, and for everything cold.
pub const SHARED_MODULE: &str = "__wasm_split";

/// A stand-in takes some 14 bytes; a function that is not larger than a few of them stays where it is.
const SMALL: usize = 40;

/// Where a function belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// With everything that a first page calls.
    Hot,
    /// In the cold half, and a copy of it in each of these parts, whose first pages call it.
    Cold(BTreeSet<String>),
}

/// What becomes of a module.
pub struct Halves {
    /// What every first page calls, with the data.
    pub hot: Vec<u8>,
    /// The rest.
    pub cold: Vec<u8>,
    /// For parts by name, what of the rest their first pages call.
    pub copies: BTreeMap<String, Vec<u8>>,
}

/// Splits a module; `None` when nothing in it is cold.
///
/// `from` is the module under which it imports, and `load` what it asks there for its cold half. `next_slot` is the first slot of
/// the table that no module uses yet, and is moved on.
pub fn split(
    wasm: &[u8],
    (from, load): (&str, &str),
    place: impl Fn(&str) -> Place,
    next_slot: &mut u32,
) -> Outcome<Option<Halves>> {
    let functions = Functions::read(wasm)?;
    let cold = cold_among(&functions, place);
    if cold.is_empty() {
        return Ok(None);
    }
    let plan = Plan::of(&functions, &cold, next_slot);
    let failed = |error| {
        Failure::new(format!(
            "The wasm cannot be split into hot and cold: {error}"
        ))
    };
    let piece = |members: &BTreeSet<u32>| piece(wasm, &functions, &plan, members).map_err(failed);
    let mut parts: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
    for (index, copies) in &cold {
        for part in copies {
            parts.entry(part.clone()).or_default().insert(*index);
        }
    }
    let mut copies = BTreeMap::new();
    for (part, members) in &parts {
        copies.insert(part.clone(), piece(members)?);
    }
    Ok(Some(Halves {
        hot: hot(wasm, &functions, &plan, (from, load)).map_err(failed)?,
        cold: piece(&plan.cold)?,
        copies,
    }))
}

/// The main piece with room for `size` functions in its table.
pub fn with_table_of(wasm: &[u8], size: u32) -> Outcome<Vec<u8>> {
    let mut module = Module::new();
    WithTable(size)
        .parse_core_module(&mut module, Parser::new(0), wasm)
        .map_err(|error| Failure::new(format!("The table of functions cannot grow: {error}")))?;
    Ok(module.finish())
}

/// Cold functions with the parts that get a copy.
type Cold = BTreeMap<u32, BTreeSet<String>>;

fn cold_among(functions: &Functions, place: impl Fn(&str) -> Place) -> Cold {
    let mut cold = Cold::new();
    for (index, (name, body)) in (0..).zip(functions.names.iter().zip(&functions.bodies)) {
        if index >= functions.imported
            && !name.is_empty()
            && !body.is_bound
            && let Place::Cold(copies) = place(name)
        {
            cold.insert(index, copies);
        }
    }
    let mut asked: BTreeSet<u32> = functions.exported.clone();
    asked.extend(functions.slots.iter().map(|(_, function)| *function));
    for (index, body) in (0..).zip(&functions.bodies) {
        if !cold.contains_key(&index) {
            asked.extend(&body.calls);
        }
    }
    cold.retain(|index, _| {
        let body = functions.bodies.get(*index as usize);
        !(asked.contains(index) && body.is_none_or(|body| body.bytes < SMALL))
    });
    cold
}

/// Who goes where, and through which slot of the table others call it.
struct Plan {
    /// All that is not in the hot half.
    cold: BTreeSet<u32>,
    /// Cold functions that have a slot, in the order of their stand-ins.
    slotted: Vec<u32>,
    /// The slot of each function that has one.
    slot: BTreeMap<u32, u32>,
    /// Hot functions that have a slot only since the split.
    added: Vec<(u32, u32)>,
}

impl Plan {
    fn of(functions: &Functions, cold: &Cold, next_slot: &mut u32) -> Self {
        let mut slot: BTreeMap<u32, u32> = functions
            .slots
            .iter()
            .map(|(slot, function)| (*function, *slot))
            .collect();
        let mut called: BTreeSet<u32> = functions.exported.iter().copied().collect();
        called.retain(|index| cold.contains_key(index));
        for (index, body) in (0..).zip(&functions.bodies) {
            let copies = cold.get(&index);
            for callee in &body.calls {
                let beside = match (copies, cold.get(callee)) {
                    (None, None) => true,
                    // Both are in the cold half, and the one that is called in all parts that the other is in.
                    (Some(copies), Some(of_callee)) => copies.is_subset(of_callee),
                    _ => false,
                };
                if !beside {
                    called.insert(*callee);
                }
            }
        }
        let mut added = Vec::new();
        for index in called {
            slot.entry(index).or_insert_with(|| {
                let new = *next_slot;
                *next_slot += 1;
                if !cold.contains_key(&index) {
                    added.push((new, index));
                }
                new
            });
        }
        Self {
            cold: cold.keys().copied().collect(),
            slotted: slot
                .keys()
                .filter(|index| cold.contains_key(index))
                .copied()
                .collect(),
            slot,
            added,
        }
    }

    /// The slots that these functions fill.
    fn slots_of(&self, functions: &Functions, members: &BTreeSet<u32>) -> Vec<(u32, u32)> {
        let own = functions.slots.iter().copied();
        let mut slots: Vec<(u32, u32)> = self
            .slot
            .iter()
            .map(|(index, slot)| (*slot, *index))
            .chain(own)
            .filter(|(_, index)| members.contains(index))
            .collect();
        slots.sort_unstable();
        slots.dedup();
        slots
    }
}

/// A function that calls the one in this one's slot, with what it was called with itself, after `first`.
fn through_the_table(
    functions: &Functions,
    plan: &Plan,
    index: u32,
    first: Option<Instruction<'_>>,
) -> Function {
    let mut made = Function::new([]);
    let signature = functions.signature(index);
    if let Some(first) = first {
        made.instruction(&first);
    }
    for parameter in 0..functions.parameters_of(signature) {
        made.instruction(&Instruction::LocalGet(parameter));
    }
    let slot = plan.slot.get(&index).copied().unwrap_or_default();
    made.instruction(&Instruction::I32Const(slot as i32));
    made.instruction(&Instruction::CallIndirect {
        type_index: signature,
        table_index: 0,
    });
    made.instruction(&Instruction::End);
    made
}

/// What nobody calls; the optimiser takes it away.
fn nothing() -> Function {
    let mut made = Function::new([]);
    made.instruction(&Instruction::Unreachable);
    made.instruction(&Instruction::End);
    made
}

/// Puts functions into slots, given in their order.
fn in_segments(slots: &[(u32, u32)], elements: &mut ElementSection) {
    for run in slots.chunk_by(|(before, _), (after, _)| before + 1 == *after) {
        let functions: Vec<u32> = run.iter().map(|(_, function)| *function).collect();
        if let Some((first, _)) = run.first() {
            elements.active(
                None,
                &ConstExpr::i32_const(*first as i32),
                Elements::Functions(functions.into()),
            );
        }
    }
}

struct Hot<'a> {
    functions: &'a Functions,
    plan: &'a Plan,
    load: (&'a str, &'a str),
    /// The function that is written next.
    next: u32,
}

fn hot(
    wasm: &[u8],
    functions: &Functions,
    plan: &Plan,
    load: (&str, &str),
) -> Result<Vec<u8>, reencode::Error> {
    let mut module = Module::new();
    let mut hot = Hot {
        functions,
        plan,
        load,
        next: functions.imported,
    };
    hot.parse_core_module(&mut module, Parser::new(0), wasm)?;
    Ok(module.finish())
}

impl Hot<'_> {
    /// The index of a cold function's stand-in, which comes after all other functions.
    fn stand_in(&self, index: u32) -> Option<u32> {
        let place = self.plan.slotted.binary_search(&index).ok()?;
        Some((self.functions.signatures.len() + 1 + place) as u32)
    }
}

impl Reencode for Hot<'_> {
    type Error = std::convert::Infallible;

    // One more comes from outside, after all others that do.
    fn function_index(&mut self, index: u32) -> Result<u32, reencode::Error> {
        Ok(index + u32::from(index >= self.functions.imported))
    }

    fn parse_type_section(
        &mut self,
        types: &mut TypeSection,
        section: TypeSectionReader<'_>,
    ) -> Result<(), reencode::Error> {
        utils::parse_type_section(self, types, section)?;
        types.ty().function([], []);
        Ok(())
    }

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: ImportSectionReader<'_>,
    ) -> Result<(), reencode::Error> {
        utils::parse_import_section(self, imports, section)?;
        let load = EntityType::Function(self.functions.types);
        imports.import(self.load.0, self.load.1, load);
        Ok(())
    }

    fn parse_function_section(
        &mut self,
        signatures: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), reencode::Error> {
        utils::parse_function_section(self, signatures, section)?;
        for index in &self.plan.slotted {
            signatures.function(self.functions.signature(*index));
        }
        Ok(())
    }

    // Written anew, without the empty slots that wasm-bindgen lists.
    fn parse_element_section(
        &mut self,
        elements: &mut ElementSection,
        _: ElementSectionReader<'_>,
    ) -> Result<(), reencode::Error> {
        let mut slots = self.functions.slots.clone();
        slots.extend(&self.plan.added);
        let cold = self.plan.slotted.iter();
        slots.extend(cold.filter_map(|index| Some((*self.plan.slot.get(index)?, *index))));
        slots.sort_unstable();
        slots.dedup();
        for (_, index) in &mut slots {
            *index = match self.stand_in(*index) {
                Some(stand_in) => stand_in,
                None => self.function_index(*index)?,
            };
        }
        in_segments(&slots, elements);
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), reencode::Error> {
        utils::parse_code_section(self, code, section)?;
        for index in &self.plan.slotted {
            let load = Instruction::Call(self.functions.imported);
            code.function(&through_the_table(
                self.functions,
                self.plan,
                *index,
                Some(load),
            ));
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
        if !self.plan.cold.contains(&index) {
            return utils::parse_function_body(self, code, body);
        }
        code.function(&if self.plan.slot.contains_key(&index) {
            through_the_table(self.functions, self.plan, index, None)
        } else {
            nothing()
        });
        Ok(())
    }
}

/// Functions keep their indices, since what was imported is a call through the table now; of globals there is only one.
struct Piece;

impl Reencode for Piece {
    type Error = std::convert::Infallible;

    fn global_index(&mut self, _: u32) -> Result<u32, reencode::Error> {
        Ok(0)
    }
}

/// A module with these functions of another one, in the slots where that one's others look for them.
fn piece(
    wasm: &[u8],
    functions: &Functions,
    plan: &Plan,
    members: &BTreeSet<u32>,
) -> Result<Vec<u8>, reencode::Error> {
    let called: BTreeSet<u32> = members
        .iter()
        .filter_map(|index| functions.bodies.get(*index as usize))
        .flat_map(|body| &body.calls)
        .copied()
        .collect();
    let call = |index: u32| {
        if called.contains(&index) {
            through_the_table(functions, plan, index, None)
        } else {
            nothing()
        }
    };
    let mut types = TypeSection::new();
    let mut code = CodeSection::new();
    for index in 0..functions.imported {
        code.function(&call(index));
    }
    let mut next = functions.imported;
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::TypeSection(section) => Piece.parse_type_section(&mut types, section)?,
            Payload::CodeSectionEntry(body) => {
                if members.contains(&next) {
                    Piece.parse_function_body(&mut code, body)?;
                } else {
                    code.function(&call(next));
                }
                next += 1;
            }
            _ => {}
        }
    }
    let mut signatures = FunctionSection::new();
    for signature in &functions.signatures {
        signatures.function(*signature);
    }
    let mut elements = ElementSection::new();
    in_segments(&plan.slots_of(functions, members), &mut elements);
    let mut names = NameMap::new();
    for (index, name) in (0..).zip(&functions.names) {
        // What is only called through the table needs no name.
        if members.contains(&index) {
            names.append(index, name);
        }
    }
    let mut naming = NameSection::new();
    naming.functions(&names);
    let mut module = Module::new();
    module
        .section(&types)
        .section(&shared())
        .section(&signatures)
        .section(&elements)
        .section(&code)
        .section(&naming);
    Ok(module.finish())
}

/// What the main piece gives to every other.
fn shared() -> ImportSection {
    let stack = GlobalType {
        val_type: ValType::I32,
        mutable: true,
        shared: false,
    };
    let table = TableType {
        element_type: RefType::FUNCREF,
        minimum: 0,
        maximum: None,
        table64: false,
        shared: false,
    };
    let memory = MemoryType {
        minimum: 0,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    };
    let mut imports = ImportSection::new();
    imports.import(SHARED_MODULE, "__wasm_split_shared0", stack);
    imports.import(SHARED_MODULE, "__indirect_function_table", table);
    imports.import(SHARED_MODULE, "memory", memory);
    imports
}

struct WithTable(u32);

impl Reencode for WithTable {
    type Error = std::convert::Infallible;

    fn parse_table_section(
        &mut self,
        tables: &mut TableSection,
        section: TableSectionReader<'_>,
    ) -> Result<(), reencode::Error> {
        let mut size = Some(u64::from(self.0));
        for table in section {
            let table = table?;
            let mut of_type = self.table_type(table.ty)?;
            // The first is that of functions.
            if let Some(size) = size.take() {
                of_type.minimum = size;
                of_type.maximum = of_type.maximum.map(|_| size);
            }
            tables.table(of_type);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
