//! Wasm that says which of its functions are called: the first step to a list of those that no first page calls.

use super::{cold::SHARED, flow::Flow, functions::Functions};
use crate::{
    fail,
    failure::{Failure, Outcome},
};
use wasm_encoder::{
    CodeSection, EntityType, Function, ImportSection, Instruction, Module, TypeSection, ValType,
    reencode::{self, Reencode, utils},
};
use wasmparser::{FunctionBody, ImportSectionReader, Parser, TypeSectionReader};

/// What the wasm calls with the number of each function and each stretch that is entered.
const IMPORT: &str = "__called";

/// What the loader offers for it; the page's `__nameplate_called` then holds the numbers.
const LOADER: &str = "
const called = (window.__nameplate_called = new Set());
export const __called = (number) => called.add(number);
";

/// What the cut calls the functions at which the main piece enters a part, before and after the part's name.
const ENTRY: (&str, &str) = ("__wasm_split_00", "00_export_");

/// The part that is entered with a function of this name.
pub fn entered_part(name: &str) -> Option<&str> {
    let (part, _) = name.strip_prefix(ENTRY.0)?.split_once(ENTRY.1)?;
    Some(part)
}

/// A function, or a stretch of one.
#[derive(Debug, PartialEq, Eq)]
pub struct Reported {
    /// What it is called.
    pub name: String,
    /// The number of what one must have entered before: the function, or another stretch of it.
    pub within: Option<usize>,
}

/// The module with a call to the loader at the start of each function and of each stretch, and what these are. The first
/// one's number is `first`, and so on.
pub fn reporting(
    wasm: &[u8],
    from_loader: &str,
    first: usize,
) -> Outcome<(Vec<u8>, Vec<Reported>)> {
    let functions = Functions::read(wasm)?;
    let mut reporter = Reporter {
        imported: functions.imported,
        types: functions.types,
        from: from_loader,
        names: functions
            .names
            .into_iter()
            .skip(functions.imported as usize),
        first,
        reported: Vec::new(),
    };
    let mut module = Module::new();
    reporter
        .parse_core_module(&mut module, Parser::new(0), wasm)
        .map_err(|error| Failure::new(format!("The wasm cannot be made to report: {error}")))?;
    Ok((module.finish(), reporter.reported))
}

/// The splitter's loader with what the wasm calls.
pub fn loaded(loader: &str) -> Outcome<String> {
    if !loader.contains(SHARED) {
        fail!("The splitter's loader is not of the form that is known; has its version changed?");
    }
    let text = loader.replace(SHARED, "sharedImports = { __wasm_split: { __called } };");
    Ok(format!("{text}{LOADER}"))
}

struct Reporter<'a> {
    /// Functions that come from outside, which are numbered first.
    imported: u32,
    /// How many types the module has.
    types: u32,
    from: &'a str,
    /// The names of the functions that are written next.
    names: std::iter::Skip<std::vec::IntoIter<String>>,
    /// The number of what is reported first.
    first: usize,
    reported: Vec<Reported>,
}

impl Reporter<'_> {
    /// Writes a call that tells the number of what is entered here.
    fn report(&mut self, name: String, within: Option<usize>, made: &mut Function) -> usize {
        let number = self.first + self.reported.len();
        made.instruction(&Instruction::I32Const(number as i32));
        made.instruction(&Instruction::Call(self.imported));
        self.reported.push(Reported { name, within });
        number
    }
}

impl Reencode for Reporter<'_> {
    type Error = std::convert::Infallible;

    // One more comes from outside, after all others that do.
    fn function_index(&mut self, index: u32) -> Result<u32, reencode::Error> {
        Ok(index + u32::from(index >= self.imported))
    }

    fn parse_type_section(
        &mut self,
        types: &mut TypeSection,
        section: TypeSectionReader<'_>,
    ) -> Result<(), reencode::Error> {
        utils::parse_type_section(self, types, section)?;
        types.ty().function([ValType::I32], []);
        Ok(())
    }

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: ImportSectionReader<'_>,
    ) -> Result<(), reencode::Error> {
        utils::parse_import_section(self, imports, section)?;
        imports.import(self.from, IMPORT, EntityType::Function(self.types));
        Ok(())
    }

    fn parse_function_body(
        &mut self,
        code: &mut CodeSection,
        body: FunctionBody<'_>,
    ) -> Result<(), reencode::Error> {
        let mut made: Function = self.new_function_with_parsed_locals(&body)?;
        let name = self.names.next().unwrap_or_default();
        let whole = self.report(name.clone(), None, &mut made);
        let flow = Flow::read(&body)?;
        let mut numbers: Vec<usize> = Vec::new();
        let mut stretches = flow.stretches.iter().peekable();
        for (index, (operator, _)) in flow.operators.iter().enumerate() {
            while let Some(stretch) = stretches.next_if(|next| next.from == index) {
                let within = stretch
                    .within
                    .and_then(|within| numbers.get(within).copied());
                let name = flow.name_of(&name, stretch);
                numbers.push(self.report(name, Some(within.unwrap_or(whole)), &mut made));
            }
            made.instruction(&self.instruction(operator.clone())?);
        }
        code.function(&made);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{FunctionSection, NameMap, NameSection};
    use wasmparser::Validator;

    #[test]
    fn every_function_says_its_number_first() {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut imports = ImportSection::new();
        imports.import("./glue.js", "outside", EntityType::Function(0));
        let mut signatures = FunctionSection::new();
        let mut code = CodeSection::new();
        let mut names = NameMap::new();
        for (index, name) in [(1, "one"), (2, "two")] {
            signatures.function(0);
            names.append(index, name);
            let mut body = Function::new([]);
            body.instruction(&Instruction::Call(0));
            body.instruction(&Instruction::End);
            code.function(&body);
        }
        let mut naming = NameSection::new();
        naming.functions(&names);
        let mut module = Module::new();
        module
            .section(&types)
            .section(&imports)
            .section(&signatures)
            .section(&code)
            .section(&naming);
        let (made, reported) = reporting(&module.finish(), "loader", 7).expect("it can be read");
        Validator::new().validate_all(&made).expect("it is valid");
        let names: Vec<&str> = reported.iter().map(|of| of.name.as_str()).collect();
        assert_eq!(names, ["one", "two"]);
        let functions = Functions::read(&made).expect("it can be read");
        assert_eq!(functions.imported, 2);
        for body in &functions.bodies[2..] {
            assert!(body.calls.iter().eq(&[0, 1]), "{:?}", body.calls);
        }
        let number = |number: u8| {
            made.windows(4)
                .any(|bytes| bytes == [0x41, number, 0x10, 1])
        };
        assert!(number(7) && number(8) && !number(9));
    }

    #[test]
    fn a_loader_of_another_form_is_not_guessed_at() {
        assert!(loaded("").is_err());
        let text = loaded(&format!("let {SHARED}")).expect("it is of that form");
        assert!(text.contains("__wasm_split: { __called }") && text.contains("__nameplate_called"));
    }
}
