//! What stands in a module, as far as constants go: functions, constants, and where addresses stand.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};
use wasmparser::{
    DataKind, KnownCustom, Linking, Name, Operator, Parser, Payload, RelocAddendKind, SymbolInfo,
    TypeRef,
};

use super::Span;

/// How the linker calls what nobody writes to.
const READ_ONLY: &str = ".rodata";

pub type Read<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// A place in a function where an address stands: how far from its beginning, of which constant, and what is added.
pub type InCode = (u32, usize, i64);

/// What stands in a module.
#[derive(Default)]
pub struct Linked {
    /// The bytes of each function that has a name of its own.
    pub functions: BTreeMap<String, Vec<u8>>,
    /// The places in each.
    pub in_code: BTreeMap<String, Vec<InCode>>,
    /// Where each constant is.
    pub spans: BTreeMap<usize, Span>,
    /// Those that can be written to.
    pub variables: BTreeSet<usize>,
    /// The addresses where constants stand in constants, and what is added.
    pub in_data: BTreeMap<u32, (usize, i64)>,
    /// Where slots of the table of functions stand, which the cut gives other numbers.
    pub slots: BTreeSet<u32>,
    /// What fills the memory at the start.
    pub segments: Vec<(u32, Vec<u8>)>,
}

impl Linked {
    /// Reads it; only what the linker has made has more than functions and data.
    pub fn read(wasm: &[u8]) -> Read<Self> {
        let mut this = Self::default();
        // Of each segment, where its bytes begin in the section, and at which address.
        let mut places: Vec<(u32, u32)> = Vec::new();
        let (mut sections, mut data_section) = (0, None);
        let (mut imported, mut code_start) = (0, 0);
        let mut bodies: Vec<Range<u64>> = Vec::new();
        let mut names: BTreeMap<u32, String> = BTreeMap::new();
        let mut segment_of = BTreeMap::new();
        let mut read_only = None;
        let mut symbols = 0;
        let mut relocations = Vec::new();
        for payload in Parser::new(0).parse_all(wasm) {
            let payload = payload?;
            match &payload {
                Payload::ImportSection(section) => {
                    for import in section.clone().into_imports() {
                        imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::CodeSectionStart { range, .. } => code_start = range.start,
                Payload::CodeSectionEntry(body) => bodies.push(body.range()),
                Payload::DataSection(section) => {
                    data_section = Some(sections);
                    for data in section.clone() {
                        let data = data?;
                        let address = address_of(&data.kind)?;
                        let before =
                            data.range.end - data.data.len() as u64 - section.range().start;
                        places.push((u32::try_from(before)?, address));
                        this.segments.push((address, data.data.to_vec()));
                    }
                }
                Payload::CustomSection(section) => match section.as_known() {
                    KnownCustom::Name(section) => {
                        for name in section {
                            match name? {
                                Name::Function(functions) => {
                                    for name in functions {
                                        let name = name?;
                                        names.insert(name.index, name.name.to_owned());
                                    }
                                }
                                Name::Data(segments) => {
                                    for name in segments {
                                        let name = name?;
                                        if name.name == READ_ONLY {
                                            read_only = Some(name.index);
                                        }
                                    }
                                }
                                _ => {}
                            }
                        }
                    }
                    KnownCustom::Linking(linking) => {
                        for part in linking.subsections() {
                            let Linking::SymbolTable(table) = part? else {
                                continue;
                            };
                            for symbol in table {
                                if let SymbolInfo::Data {
                                    symbol: Some(data), ..
                                } = symbol?
                                    && let Some((_, address)) = places.get(data.index as usize)
                                {
                                    let from = address + data.offset;
                                    this.spans.insert(symbols, from..from + data.size);
                                    segment_of.insert(symbols, data.index);
                                }
                                symbols += 1;
                            }
                        }
                    }
                    KnownCustom::Reloc(list) => {
                        let is_data = Some(list.section_index()) == data_section;
                        for entry in list.entries() {
                            relocations.push((is_data, entry?));
                        }
                    }
                    _ => {}
                },
                _ => {}
            }
            if payload.as_section().is_some() {
                sections += 1;
            }
        }
        let is_variable = |(symbol, segment)| (Some(segment) != read_only).then_some(symbol);
        this.variables = segment_of.into_iter().filter_map(is_variable).collect();
        let mut twice = BTreeSet::new();
        let mut starts = BTreeMap::new();
        for (index, body) in (imported..).zip(&bodies) {
            let Some(name) = names.get(&index) else {
                continue;
            };
            let bytes = wasm.get(body.start as usize..body.end as usize);
            let bytes = bytes.unwrap_or_default().to_vec();
            if this.functions.insert(name.clone(), bytes).is_some() {
                twice.insert(name.clone());
            }
            starts.insert(u32::try_from(body.start - code_start)?, name);
        }
        this.functions.retain(|name, _| !twice.contains(name));
        for (is_data, entry) in relocations {
            let constant = entry.index as usize;
            // Only addresses have something added to them.
            let is_address = entry.ty.addend_kind() != RelocAddendKind::None
                && this.spans.contains_key(&constant);
            if is_data {
                let segment = places.iter().rev().find(|(at, _)| *at <= entry.offset);
                let Some((before, address)) = segment else {
                    continue;
                };
                let place = address + (entry.offset - before);
                if is_address {
                    this.in_data.insert(place, (constant, entry.addend));
                } else {
                    this.slots.insert(place);
                }
            } else if is_address
                && let Some((start, name)) = starts.range(..=entry.offset).next_back()
            {
                let places = this.in_code.entry((*name).clone()).or_default();
                places.push((entry.offset - start, constant, entry.addend));
            }
        }
        Ok(this)
    }
}

/// The address of what fills the memory at the start.
pub fn address_of(kind: &DataKind<'_>) -> Result<u32, Box<dyn std::error::Error>> {
    let DataKind::Active {
        memory_index: 0,
        offset_expr,
    } = kind
    else {
        return Err("data that do not fill the memory at the start".into());
    };
    match offset_expr.get_operators_reader().read()? {
        Operator::I32Const { value } => Ok(value as u32),
        _ => Err("data at a place that is not a number".into()),
    }
}
