//! What a wasm module's functions are called, what they call, and where they stand in the table of functions.

use crate::failure::{Failure, Outcome};
use std::collections::BTreeSet;
use wasmparser::{
    ElementItems, ElementKind, ExternalKind, KnownCustom, Name, Operator, Parser, Payload, TypeRef,
};

/// The functions of a module: those from outside first, by their index.
#[derive(Default)]
pub struct Functions {
    /// How many come from outside.
    pub imported: u32,
    /// How many types the module has.
    pub types: u32,
    /// Of each type, how many parameters a function of it has; of what is no function, 0.
    pub parameters: Vec<u32>,
    /// The type of each.
    pub signatures: Vec<u32>,
    /// The name of each as the linker knows it; empty when nobody does.
    pub names: Vec<String>,
    /// What is in each, in the order of the indices; nothing for those from outside.
    pub bodies: Vec<Body>,
    /// The table's slots that the module fills, and with which function.
    pub slots: Vec<(u32, u32)>,
    /// The functions that the outside may ask for by a name.
    pub exported: BTreeSet<u32>,
    /// The size of the table of functions, as far as the module knows it.
    pub table_size: u32,
    /// How many globals come from outside; each is the stack's pointer.
    pub imported_globals: u32,
}

/// What is in a function.
#[derive(Default)]
pub struct Body {
    /// Its bytes, before it is optimised.
    pub bytes: usize,
    /// The functions it calls by their index.
    pub calls: BTreeSet<u32>,
    /// Whether it uses what no other module is given: globals but the stack's pointer, tables but that of functions, segments.
    pub is_bound: bool,
}

/// The table of functions stands first, and where all globals are the module's own, so does the stack's pointer.
const FIRST: u32 = 0;

impl Functions {
    /// Reads them; an error when the module is of another form than the linker's and the cut's.
    pub fn read(wasm: &[u8]) -> Outcome<Self> {
        read(wasm).map_err(|error| Failure::new(format!("The wasm cannot be read: {error}")))
    }
}

impl Functions {
    /// The type of a function.
    pub fn signature(&self, index: u32) -> u32 {
        self.signatures
            .get(index as usize)
            .copied()
            .unwrap_or_default()
    }

    /// How many parameters functions of a type have.
    pub fn parameters_of(&self, signature: u32) -> u32 {
        self.parameters
            .get(signature as usize)
            .copied()
            .unwrap_or_default()
    }
}

type Read<T = ()> = Result<T, Box<dyn std::error::Error>>;

fn read(wasm: &[u8]) -> Read<Functions> {
    let mut functions = Functions::default();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::TypeSection(section) => {
                for of_type in section.into_iter_err_on_gc_types() {
                    functions
                        .parameters
                        .push(u32::try_from(of_type?.params().len())?);
                    functions.types += 1;
                }
            }
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    match import?.ty {
                        TypeRef::Func(signature) => {
                            functions.imported += 1;
                            functions.signatures.push(signature);
                            functions.bodies.push(Body::default());
                        }
                        TypeRef::Global(_) => functions.imported_globals += 1,
                        TypeRef::Table(table) => {
                            functions.table_size = u32::try_from(table.initial)?
                        }
                        _ => {}
                    }
                }
            }
            Payload::FunctionSection(section) => {
                for signature in section {
                    functions.signatures.push(signature?);
                }
            }
            Payload::TableSection(section) => {
                if let Some(table) = section.into_iter().next() {
                    functions.table_size = u32::try_from(table?.ty.initial)?;
                }
            }
            Payload::ExportSection(section) => {
                for export in section {
                    let export = export?;
                    if export.kind == ExternalKind::Func {
                        functions.exported.insert(export.index);
                    }
                }
            }
            Payload::ElementSection(section) => {
                for element in section {
                    functions.slots.extend(slots(&element?)?);
                }
            }
            Payload::CodeSectionEntry(body) => {
                let shared_globals = functions.imported_globals.max(1);
                functions.bodies.push(body_of(&body, shared_globals)?);
            }
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(names) = section.as_known() {
                    functions.names = names_in(names, functions.signatures.len())?;
                }
            }
            _ => {}
        }
    }
    functions
        .names
        .resize(functions.signatures.len(), String::new());
    Ok(functions)
}

fn slots(element: &wasmparser::Element<'_>) -> Read<Vec<(u32, u32)>> {
    let ElementKind::Active {
        table_index: None | Some(FIRST),
        offset_expr,
    } = &element.kind
    else {
        return Err("a segment of elements is of an unknown form".into());
    };
    let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else {
        return Err("a segment of elements begins at an unknown place".into());
    };
    let first = u32::try_from(value)?;
    let mut found = Vec::new();
    match &element.items {
        ElementItems::Functions(items) => {
            for (slot, function) in (first..).zip(items.clone()) {
                found.push((slot, function?));
            }
        }
        ElementItems::Expressions(_, items) => {
            for (slot, item) in (first..).zip(items.clone()) {
                match item?.get_operators_reader().read()? {
                    Operator::RefFunc { function_index } => found.push((slot, function_index)),
                    // Empty, as it is anyway.
                    Operator::RefNull { .. } => {}
                    _ => return Err("an element is of an unknown form".into()),
                }
            }
        }
    }
    Ok(found)
}

fn body_of(body: &wasmparser::FunctionBody<'_>, shared_globals: u32) -> Read<Body> {
    let mut found = Body {
        bytes: body.as_bytes().len(),
        ..Body::default()
    };
    let mut reader = body.get_operators_reader()?;
    while !reader.eof() {
        match reader.read()? {
            Operator::Call { function_index } => {
                found.calls.insert(function_index);
            }
            Operator::CallIndirect {
                table_index: table, ..
            } => found.is_bound |= table != FIRST,
            Operator::GlobalGet {
                global_index: global,
            }
            | Operator::GlobalSet {
                global_index: global,
            } => {
                found.is_bound |= global >= shared_globals;
            }
            Operator::RefFunc { .. }
            | Operator::TableGet { .. }
            | Operator::TableSet { .. }
            | Operator::TableGrow { .. }
            | Operator::TableSize { .. }
            | Operator::TableFill { .. }
            | Operator::TableCopy { .. }
            | Operator::TableInit { .. }
            | Operator::ElemDrop { .. }
            | Operator::MemoryInit { .. }
            | Operator::DataDrop { .. }
            | Operator::ReturnCall { .. }
            | Operator::ReturnCallIndirect { .. } => found.is_bound = true,
            _ => {}
        }
    }
    Ok(found)
}

fn names_in(section: wasmparser::NameSectionReader<'_>, count: usize) -> Read<Vec<String>> {
    let mut names = vec![String::new(); count];
    for subsection in section {
        if let Name::Function(map) = subsection? {
            for naming in map {
                let naming = naming?;
                if let Some(name) = names.get_mut(naming.index as usize) {
                    *name = naming.name.to_owned();
                }
            }
        }
    }
    Ok(names)
}
