//! Constants go where the functions are that use them: a piece keeps what its hot half uses, and most of the rest are the words
//! of what first pages do not show.
//!
//! Several pieces may bring the same constant: whoever comes later fills the memory with what is there. What can be written to
//! stays where it is, and so does what nobody is known to point to.

use super::constants::{Constants, address_of};
use crate::failure::{Failure, FileContext, Outcome};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    ops::Range,
    path::Path,
};
use wasm_encoder::{ConstExpr, DataCountSection, DataSection, Module, RawSection, SectionId};
use wasmparser::{Parser, Payload};

/// A segment of data takes some seven bytes of its own; what is not larger than a few of them is left in its place.
const SMALL: usize = 24;

/// Gives each of these files the constants that its functions use, out of what others of them have and do not use.
pub fn share_out(folder: &Path, constants: &Constants, files: &BTreeSet<String>) -> Outcome {
    let read = |file: &String| {
        let path = folder.join(file);
        fs::read(&path).doing("read", &path)
    };
    let mut reached = BTreeMap::new();
    for file in files {
        reached.insert(file, constants.reached_by(&read(file)?)?);
    }
    let bound = constants.bound();
    let anywhere: BTreeSet<usize> = reached.values().flatten().copied().collect();
    let mut shared: BTreeMap<&String, Vec<Segment>> = BTreeMap::new();
    for (file, used) in &reached {
        let kept: BTreeSet<usize> = used.union(&bound).copied().collect();
        let (stays, goes) = apart(
            segments(&read(file)?)?,
            &constants.only_in(&anywhere, &kept),
        );
        shared.entry(*file).or_default().extend(stays);
        for (other, used) in reached.iter().filter(|(other, _)| *other != file) {
            let taken = goes.iter().flat_map(|segment| {
                let spans = constants.within_span(used, &span_of(segment));
                spans.into_iter().map(|span| within(segment, &span))
            });
            shared.entry(*other).or_default().extend(taken);
        }
    }
    for (file, segments) in &shared {
        let path = folder.join(file);
        fs::write(&path, with_data(&read(file)?, segments)?).doing("write", &path)?;
    }
    Ok(())
}

/// What fills the memory from an address on.
type Segment = (u32, Vec<u8>);

fn span_of((address, bytes): &Segment) -> Range<u32> {
    *address..*address + bytes.len() as u32
}

fn within((address, bytes): &Segment, span: &Range<u32>) -> Segment {
    let bytes = bytes.get((span.start - address) as usize..(span.end - address) as usize);
    (span.start, bytes.unwrap_or_default().to_vec())
}

/// Data in two: what stays, and what is to move.
fn apart(segments: Vec<Segment>, moved: &[Range<u32>]) -> (Vec<Segment>, Vec<Segment>) {
    let (mut stays, mut goes) = (Vec::new(), Vec::new());
    for segment in segments {
        let Range { start, end } = span_of(&segment);
        let mut from = start;
        for span in moved {
            let span = span.start.max(from)..span.end.min(end);
            if span.len() >= SMALL {
                stays.push(within(&segment, &(from..span.start)));
                goes.push(within(&segment, &span));
                from = span.end;
            }
        }
        stays.push(within(&segment, &(from..end)));
    }
    // The memory is zero where nothing fills it.
    stays.retain(|(_, bytes)| bytes.iter().any(|byte| *byte != 0));
    (stays, goes)
}

fn unreadable(error: impl std::fmt::Display) -> Failure {
    Failure::new(format!("The wasm's data cannot be read: {error}"))
}

fn segments(wasm: &[u8]) -> Outcome<Vec<Segment>> {
    let mut segments = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let Payload::DataSection(section) = payload.map_err(unreadable)? else {
            continue;
        };
        for data in section {
            let data = data.map_err(unreadable)?;
            let address = address_of(&data.kind).map_err(unreadable)?;
            segments.push((address, data.data.to_vec()));
        }
    }
    Ok(segments)
}

/// The module with these data in the place of its own.
fn with_data(wasm: &[u8], segments: &[Segment]) -> Outcome<Vec<u8>> {
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload.map_err(unreadable)?;
        let Some((id, range)) = payload.as_section() else {
            continue;
        };
        if id == SectionId::DataCount as u8 {
            module.section(&DataCountSection {
                count: segments.len() as u32,
            });
        } else if id != SectionId::Data as u8 {
            let data = wasm
                .get(range.start as usize..range.end as usize)
                .unwrap_or_default();
            module.section(&RawSection { id, data });
        }
        if id == SectionId::Code as u8 && !segments.is_empty() {
            let mut data = DataSection::new();
            for (address, bytes) in segments {
                data.active(
                    0,
                    &ConstExpr::i32_const(*address as i32),
                    bytes.iter().copied(),
                );
            }
            module.section(&data);
        }
    }
    Ok(module.finish())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;
    use wasmi::{Engine, Linker, Store};

    const LINKED: &str = r#"
        #![no_std]
        #[panic_handler]
        fn panic(_: &core::panic::PanicInfo) -> ! { loop {} }
        #[unsafe(no_mangle)]
        pub extern "C" fn hot() -> *const u8 { "words that are shown at once".as_ptr() }
        static LIST: [&str; 2] = ["words that are shown later", "words that are shown never"];
        #[unsafe(no_mangle)]
        pub extern "C" fn cold() -> *const &'static str { LIST.as_ptr() }
        static mut WRITTEN: [u8; 32] = *b"what can be written to by anyone";
        #[unsafe(no_mangle)]
        pub extern "C" fn variable() -> *const u8 { &raw const WRITTEN as *const u8 }
    "#;

    /// A module with the relocations of the linker.
    fn linked(folder: &Path) -> Vec<u8> {
        let (source, made) = (folder.join("linked.rs"), folder.join("linked.wasm"));
        fs::write(&source, LINKED).expect("written");
        let status = Command::new("rustc")
            .args(["--edition=2024", "--crate-type=cdylib", "-Copt-level=z"])
            .args(["--target=wasm32-unknown-unknown", "-Cpanic=abort"])
            .arg("-Clink-args=--emit-relocs")
            .arg(&source)
            .arg("-o")
            .arg(&made)
            .status();
        assert!(status.expect("rustc runs").success());
        fs::read(made).expect("read")
    }

    /// What a function of the module gives.
    fn given_by(wasm: &[u8], function: &str) -> i32 {
        let engine = Engine::default();
        let module = wasmi::Module::new(&engine, wasm).expect("it is valid");
        let mut store = Store::new(&engine, ());
        let instance = Linker::new(&engine).instantiate_and_start(&mut store, &module);
        let instance = instance.expect("it starts");
        let function = instance.get_typed_func::<(), i32>(&store, function);
        let given = function.expect("it is there").call(&mut store, ());
        given.expect("it returns")
    }

    /// A piece whose functions give these addresses.
    fn piece(memory: &str, addresses: &[i32]) -> Vec<u8> {
        let functions: String = addresses
            .iter()
            .map(|address| format!("(func (result i32) i32.const {address})"))
            .collect();
        wat::parse_str(format!("(module {memory} {functions})")).expect("it is wat")
    }

    #[test]
    fn without_the_linkers_list_nothing_is_moved() {
        assert!(Constants::find(&piece("(memory 17)", &[7]), &[]).is_err());
    }

    #[test]
    fn every_piece_has_the_constants_that_it_uses_and_variables_stay() {
        let folder = std::env::temp_dir().join(format!("nameplate-shared-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("made");
        let linked = linked(&folder);
        let [hot, cold, variable] =
            ["hot", "cold", "variable"].map(|function| given_by(&linked, function));
        let data = segments(&linked).expect("it has data");
        let outside = "(import \"m\" \"memory\" (memory 1))";
        let whole = with_data(&piece("(memory 17)", &[hot]), &data).expect("it is written");
        for (file, wasm) in [
            ("hot.wasm", whole),
            ("cold.wasm", piece(outside, &[hot, cold, variable])),
            // An address within a constant will do.
            ("part.wasm", piece(outside, &[cold + 4])),
            ("other.wasm", piece(outside, &[7])),
        ] {
            fs::write(folder.join(file), wasm).expect("written");
        }
        let files = ["hot.wasm", "cold.wasm", "part.wasm", "other.wasm"].map(String::from);
        let constants = Constants::find(&linked, std::slice::from_ref(&linked)).expect("found");
        share_out(&folder, &constants, &files.clone().into()).expect("shared out");
        let found = files.map(|file| {
            let wasm = fs::read(folder.join(file)).expect("read");
            let segments = segments(&wasm).expect("it can be read");
            let bytes: Vec<u8> = segments.into_iter().flat_map(|(_, bytes)| bytes).collect();
            let text = String::from_utf8_lossy(&bytes).into_owned();
            ["at once", "later", "never", "anyone"].map(|words| text.contains(words))
        });
        fs::remove_dir_all(&folder).expect("removed");
        assert_eq!(
            found,
            [
                [true, false, false, true],
                [false, true, true, false],
                [false, true, true, false],
                [false; 4],
            ]
        );
    }
}
