//! A module in two: what a first page calls, and the rest, which is fetched when the page stands.
//!
//! Splitting hot code from cold is old; what is called cold, [`super::cold`] knows. Both modules have the same memory, stack
//! and table of functions, and whoever calls a function of the other one calls through the table, or has a copy of what is no
//! larger than such a call. Whoever calls a cold function makes sure that it is there, and else asks the loader for the cold
//! module at once; where anybody may find one in the table, a stand-in does so.

use super::functions::Functions;
use crate::failure::{Failure, Outcome};
use std::collections::{BTreeMap, BTreeSet};
use wasm_encoder::{
    BlockType, CodeSection, ConstExpr, ElementSection, Elements, EntityType, Function,
    FunctionSection, GlobalType, ImportSection, Instruction, MemoryType, Module, NameMap,
    NameSection, RefType, TableSection, TableType, TypeSection, ValType,
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

/// The same for a function without one.
const SMALL_CALL: usize = 24;

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
    let piece =
        |members: &BTreeSet<u32>| piece(wasm, &functions, &plan, (load, members)).map_err(failed);
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
    let mut called: BTreeSet<u32> = BTreeSet::new();
    for (index, body) in (0..).zip(&functions.bodies) {
        if !cold.contains_key(&index) {
            called.extend(&body.calls);
        }
    }
    let listed: BTreeSet<u32> = functions
        .slots
        .iter()
        .map(|(_, function)| *function)
        .collect();
    cold.retain(|index, _| {
        let bytes = functions
            .bodies
            .get(*index as usize)
            .map_or(0, |body| body.bytes);
        let is_found = listed.contains(index) || functions.exported.contains(index);
        !(is_found && bytes < SMALL || called.contains(index) && bytes < SMALL_CALL)
    });
    cold
}

/// Whether a function is no larger than a call of it through the table, and calls others only so: who calls it from another
/// module has a copy of it. Most of these are what the cut made of calls of another file's functions.
fn is_brief(functions: &Functions, index: u32) -> bool {
    index >= functions.imported
        && functions
            .bodies
            .get(index as usize)
            .is_some_and(|body| body.bytes < SMALL_CALL && body.calls.is_empty() && !body.is_bound)
}

/// Who goes where, and through which slot of the table others call it.
struct Plan {
    /// All that is not in the hot half.
    cold: BTreeSet<u32>,
    /// Cold functions that anybody may find in the table, in the order of their stand-ins.
    found: Vec<u32>,
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
            let not_brief = |callee: &&u32| !is_brief(functions, **callee);
            for callee in body.calls.iter().filter(not_brief) {
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
            found: functions
                .slots
                .iter()
                .map(|(_, index)| *index)
                .filter(|index| cold.contains_key(index))
                .collect::<BTreeSet<_>>()
                .into_iter()
                .collect(),
            slot,
            added,
        }
    }

    /// Whether a function may be missing where it is called through the table.
    fn may_be_missing(&self, index: u32) -> bool {
        self.cold.contains(&index) && self.found.binary_search(&index).is_err()
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

/// What comes before a call through the table.
enum Before {
    Nothing,
    /// This function is called.
    Load(u32),
    /// This function makes sure that something is in the slot.
    Ensure(u32),
}

/// A function that calls the one in this one's slot, with what it was called with itself.
fn through_the_table(functions: &Functions, plan: &Plan, index: u32, before: Before) -> Function {
    let mut made = Function::new([]);
    let signature = functions.signature(index);
    if let Before::Load(load) = before {
        made.instruction(&Instruction::Call(load));
    }
    for parameter in 0..functions.parameters_of(signature) {
        made.instruction(&Instruction::LocalGet(parameter));
    }
    let slot = plan.slot.get(&index).copied().unwrap_or_default();
    made.instruction(&Instruction::I32Const(slot as i32));
    if let Before::Ensure(ensure) = before {
        made.instruction(&Instruction::Call(ensure));
    }
    made.instruction(&Instruction::CallIndirect {
        type_index: signature,
        table_index: 0,
    });
    made.instruction(&Instruction::End);
    made
}

/// A function that is given a slot and returns it when something is in it, which `load` sees to.
fn ensure(load: u32) -> Function {
    let mut made = Function::new([]);
    for instruction in [
        Instruction::Loop(BlockType::Empty),
        Instruction::LocalGet(0),
        Instruction::TableGet(0),
        Instruction::RefIsNull,
        Instruction::If(BlockType::Empty),
        Instruction::Call(load),
        Instruction::Br(1),
        Instruction::End,
        Instruction::End,
        Instruction::LocalGet(0),
        Instruction::End,
    ] {
        made.instruction(&instruction);
    }
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
    /// The index of what makes sure that a slot is filled, which comes after all functions of the module.
    fn ensure(&self) -> u32 {
        self.functions.signatures.len() as u32 + 1
    }

    /// The index of a cold function's stand-in, which comes after that.
    fn stand_in(&self, index: u32) -> Option<u32> {
        let place = self.plan.found.binary_search(&index).ok()?;
        Some(self.ensure() + 1 + place as u32)
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
        types.ty().function([ValType::I32], [ValType::I32]);
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
        signatures.function(self.functions.types + 1);
        for index in &self.plan.found {
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
        let load = self.functions.imported;
        code.function(&ensure(load));
        for index in &self.plan.found {
            let before = Before::Load(load);
            code.function(&through_the_table(
                self.functions,
                self.plan,
                *index,
                before,
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
            let before = if self.plan.may_be_missing(index) {
                Before::Ensure(self.ensure())
            } else {
                Before::Nothing
            };
            through_the_table(self.functions, self.plan, index, before)
        } else {
            nothing()
        });
        Ok(())
    }
}

/// Functions come after what is imported; of globals there is only one.
struct Piece {
    /// How many functions are imported: what loads the cold half, or nothing.
    imported: u32,
}

impl Reencode for Piece {
    type Error = std::convert::Infallible;

    fn function_index(&mut self, index: u32) -> Result<u32, reencode::Error> {
        Ok(index + self.imported)
    }

    fn global_index(&mut self, _: u32) -> Result<u32, reencode::Error> {
        Ok(0)
    }
}

/// A module with these functions of another one, in the slots where that one's others look for them. What it calls but does not
/// have is called through the table, imported functions too.
fn piece(
    wasm: &[u8],
    functions: &Functions,
    plan: &Plan,
    (load, members): (&str, &BTreeSet<u32>),
) -> Result<Vec<u8>, reencode::Error> {
    let called: BTreeSet<u32> = members
        .iter()
        .filter_map(|index| functions.bodies.get(*index as usize))
        .flat_map(|body| &body.calls)
        .copied()
        .collect();
    let copied = |index: u32| {
        members.contains(&index) || called.contains(&index) && is_brief(functions, index)
    };
    let mut missing = called.iter().filter(|index| !copied(**index));
    let loads = missing.any(|index| plan.may_be_missing(*index));
    let mut piece = Piece {
        imported: u32::from(loads),
    };
    let load_at = 0;
    let ensure_at = functions.signatures.len() as u32 + 1;
    let call = |index: u32| {
        if !called.contains(&index) {
            return nothing();
        }
        let before = if plan.may_be_missing(index) {
            Before::Ensure(ensure_at)
        } else {
            Before::Nothing
        };
        through_the_table(functions, plan, index, before)
    };
    let mut types = TypeSection::new();
    let mut code = CodeSection::new();
    for index in 0..functions.imported {
        code.function(&call(index));
    }
    let mut next = functions.imported;
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::TypeSection(section) => piece.parse_type_section(&mut types, section)?,
            Payload::CodeSectionEntry(body) => {
                if copied(next) {
                    piece.parse_function_body(&mut code, body)?;
                } else {
                    code.function(&call(next));
                }
                next += 1;
            }
            _ => {}
        }
    }
    let mut imports = shared();
    let mut signatures = FunctionSection::new();
    for signature in &functions.signatures {
        signatures.function(*signature);
    }
    if loads {
        types.ty().function([], []);
        imports.import(SHARED_MODULE, load, EntityType::Function(functions.types));
        types.ty().function([ValType::I32], [ValType::I32]);
        signatures.function(functions.types + 1);
        code.function(&ensure(load_at));
    }
    let mut slots = plan.slots_of(functions, members);
    for (_, index) in &mut slots {
        *index += piece.imported;
    }
    let mut elements = ElementSection::new();
    in_segments(&slots, &mut elements);
    let mut names = NameMap::new();
    for (index, name) in (0..).zip(&functions.names) {
        // What is only called through the table needs no name.
        if members.contains(&index) {
            names.append(index + piece.imported, name);
        }
    }
    let mut naming = NameSection::new();
    naming.functions(&names);
    let mut module = Module::new();
    module
        .section(&types)
        .section(&imports)
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
