use super::*;
use wasm_encoder::{ExportKind, ExportSection};
use wasmparser::Validator;

/// One from outside (0), and five of its own, each of them large: `start` (1), exported and in slot 1, calls `list` and
/// `error`; `list` (2), in slot 2, calls `row` and the one from outside; `row` (3); `error` (4), which calls `row`
/// and `note`; `note` (5), which nobody else calls.
fn module() -> Vec<u8> {
    let mut types = TypeSection::new();
    types.ty().function([ValType::I32], [ValType::I32]);
    let mut imports = ImportSection::new();
    imports.import("./glue.js", "outside", EntityType::Function(0));
    let mut signatures = FunctionSection::new();
    let mut tables = TableSection::new();
    tables.table(TableType {
        element_type: RefType::FUNCREF,
        minimum: 3,
        maximum: Some(3),
        table64: false,
        shared: false,
    });
    let mut exports = ExportSection::new();
    exports.export("start", ExportKind::Func, 1);
    let mut elements = ElementSection::new();
    in_segments(&[(1, 1), (2, 2)], &mut elements);
    let mut code = CodeSection::new();
    let calls: [&[u32]; 5] = [&[2, 4], &[3, 0], &[], &[3, 5], &[]];
    let mut names = NameMap::new();
    for ((index, name), calls) in (1..)
        .zip(["start", "list", "row", "error", "note"])
        .zip(calls)
    {
        signatures.function(0);
        names.append(index, name);
        let mut body = Function::new([]);
        body.instruction(&Instruction::LocalGet(0));
        for callee in calls {
            body.instruction(&Instruction::Call(*callee));
        }
        for _ in 0..SMALL {
            body.instruction(&Instruction::Nop);
        }
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
        .section(&tables)
        .section(&exports)
        .section(&elements)
        .section(&code)
        .section(&naming);
    module.finish()
}

/// Splits it; what is not named is hot.
#[track_caller]
fn halves(cold: &[(&str, &[&str])]) -> (Halves, u32) {
    let place = |name: &str| match cold.iter().find(|(known, _)| *known == name) {
        Some((_, parts)) => Place::Cold(parts.iter().map(|part| (*part).to_owned()).collect()),
        None => Place::Hot,
    };
    let mut next_slot = 3;
    let halves = split(&module(), ("from", "load"), place, &mut next_slot)
        .expect("it can be split")
        .expect("something is cold");
    for wasm in [&halves.hot, &halves.cold]
        .into_iter()
        .chain(halves.copies.values())
    {
        Validator::new().validate_all(wasm).expect("it is valid");
    }
    (halves, next_slot)
}

fn read(wasm: &[u8]) -> Functions {
    Functions::read(wasm).expect("it can be read")
}

/// The bytes of each function's body, but of what comes from outside.
fn sizes(wasm: &[u8]) -> Vec<usize> {
    let functions = read(wasm);
    let own = functions.bodies.iter().skip(functions.imported as usize);
    own.map(|body| body.bytes).collect()
}

#[test]
fn a_module_without_cold_functions_stays_whole() {
    let made = split(&module(), ("from", "load"), |_| Place::Hot, &mut 3).expect("it is read");
    assert!(made.is_none());
}

#[test]
fn a_cold_function_leaves_a_stand_in_that_loads_it_in_its_slot() {
    let (halves, next_slot) = halves(&[("list", &[])]);
    let hot = read(&halves.hot);
    // One more comes from outside: what loads. It is called by the stand-in, which comes last.
    assert_eq!(hot.imported, 2);
    let stand_in = hot.bodies.len() as u32 - 1;
    assert!(hot.slots.contains(&(2, stand_in)));
    assert!(hot.bodies[stand_in as usize].calls.contains(&1));
    // Whoever called it directly still does; what stands there calls through the table.
    assert!(hot.bodies[2].calls.contains(&3));
    assert!(hot.bodies[3].calls.is_empty() && hot.bodies[3].bytes < SMALL);
    // What the cold half calls got slots: `row` and the one from outside.
    let added: Vec<u32> = hot
        .slots
        .iter()
        .filter(|(slot, _)| *slot > 2)
        .map(|(_, index)| *index)
        .collect();
    assert_eq!(added, [0, 4]);
    assert_eq!(next_slot, 5);
    let cold = read(&halves.cold);
    assert_eq!((cold.imported, cold.slots), (0, vec![(2, 2)]));
    assert_eq!(sizes(&halves.cold)[2], sizes(&module())[1]);
}

#[test]
fn who_calls_a_cold_function_makes_sure_of_it_and_only_what_is_in_the_table_has_a_stand_in() {
    let (halves, next_slot) = halves(&[("error", &[]), ("note", &[])]);
    let hot = read(&halves.hot);
    // What loads from outside, and what makes sure of a slot; no stand-in, and nothing in the new slot of `error`.
    assert_eq!(hot.bodies.len(), 6 + 1 + 1);
    let (load, error, ensure) = (1, 5, 7);
    assert!(hot.bodies[ensure].calls.iter().eq(&[load]));
    assert!(hot.bodies[error].calls.iter().eq(&[ensure as u32]));
    assert_eq!(next_slot, 5);
    let cold = read(&halves.cold);
    assert_eq!(cold.slots.len(), 1);
    assert!(hot.slots.iter().all(|(slot, _)| *slot != cold.slots[0].0));
    // `note`, which only it calls, has neither.
    assert!(cold.bodies[4].calls.contains(&5));
    assert!(hot.bodies[6].calls.is_empty());
}

#[test]
fn a_part_gets_a_copy_which_calls_the_rest_through_the_table() {
    let (halves, _) = halves(&[
        ("error", &["text"]),
        ("note", &[]),
        ("row", &["text", "list"]),
    ]);
    let parts: Vec<&String> = halves.copies.keys().collect();
    assert_eq!(parts, ["list", "text"]);
    let text = read(&halves.copies["text"]);
    let whole = sizes(&module())[0] - 4;
    // What loads comes from outside, since `note` may not be there.
    assert_eq!(text.imported, 1);
    let copied: Vec<usize> = text.bodies.iter().map(|body| body.bytes).collect();
    assert!(copied[4] >= whole && copied[5] >= whole, "{copied:?}");
    assert!(
        copied[6] < SMALL && !text.bodies[6].calls.is_empty(),
        "what it does not have is called through the table"
    );
    // All of them stand in the cold half too, in the same slots.
    let cold = read(&halves.cold);
    assert_eq!(cold.imported, 0);
    let slots: BTreeSet<u32> = cold.slots.iter().map(|(slot, _)| *slot).collect();
    assert!(text.slots.iter().all(|(slot, _)| slots.contains(slot)));
    // `list` has all that it calls, or finds it.
    assert_eq!(read(&halves.copies["list"]).imported, 0);
}

/// `list` calls `shim`, which calls through the table, as does `start`.
const WITH_A_SHIM: &str = r#"(module
    (type $of_all (func (param i32) (result i32)))
    (table 3 3 funcref)
    (elem (i32.const 1) $start)
    (func $start (export "start") (param i32) (result i32) local.get 0 call $shim call $list)
    (func $list (param i32) (result i32) local.get 0 call $shim NOPS)
    (func $shim (param i32) (result i32) local.get 0 i32.const 2 call_indirect (type $of_all)))"#;

#[test]
fn what_is_no_larger_than_a_call_of_it_is_copied_and_gets_no_slot() {
    let module = wat::parse_str(WITH_A_SHIM.replace("NOPS", &"nop ".repeat(SMALL)));
    let module = module.expect("it is wat");
    let place = |name: &str| match name {
        "list" => Place::Cold(BTreeSet::from([String::from("text")])),
        _ => Place::Hot,
    };
    let mut next_slot = 3;
    let halves = split(&module, ("from", "load"), place, &mut next_slot);
    let halves = halves.expect("it can be split").expect("`list` is cold");
    let slot_of_list = 3;
    assert_eq!(next_slot, slot_of_list + 1);
    for piece in [&halves.cold, &halves.copies["text"]] {
        Validator::new().validate_all(piece).expect("it is valid");
        let piece = read(piece);
        assert_eq!(piece.imported, 0);
        assert_eq!(piece.slots, [(slot_of_list, 1)]);
        assert!(piece.bodies[1].calls.iter().eq(&[2]));
    }
    assert_eq!(sizes(&halves.cold)[2], sizes(&module)[2]);
    let hot = read(&halves.hot);
    assert_eq!(hot.slots, [(1, 1)]);
}

#[test]
fn what_is_smaller_than_a_call_or_its_stand_in_stays() {
    let mut functions = read(&module());
    // `list` is in the table, `row` is not.
    for (index, name, small) in [(2, "list", SMALL), (3, "row", SMALL_CALL)] {
        let place = |of: &str| match of == name {
            true => Place::Cold(BTreeSet::new()),
            false => Place::Hot,
        };
        functions.bodies[index].bytes = small - 1;
        assert!(cold_among(&functions, place).is_empty(), "{name}");
        functions.bodies[index].bytes = small;
        assert_eq!(cold_among(&functions, place).len(), 1, "{name}");
    }
}

#[test]
fn the_table_grows_with_its_most() {
    let grown = with_table_of(&module(), 9).expect("it can be read");
    assert_eq!(read(&grown).table_size, 9);
    Validator::new().validate_all(&grown).expect("it is valid");
}

#[test]
fn a_module_cut_short_is_an_error() {
    let whole = module();
    assert!(
        split(
            &whole[..whole.len() - 1],
            ("from", "load"),
            |_| Place::Hot,
            &mut 3
        )
        .is_err()
    );
}
