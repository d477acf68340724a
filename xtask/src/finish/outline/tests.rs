use super::*;
use wasmi::{Engine, Linker, Store, Val};

/// Functions of two numbers that return one and write what they passed into memory, the order too. Each is left, or gone on
/// with, in other ways.
const MODULE: &str = r#"(module
    (memory (export "memory") 1)
    (func $pass (param i32)
        (i32.store (i32.const 28)
            (i32.add (i32.mul (i32.load (i32.const 28)) (i32.const 31)) (local.get 0))))
    (func $arms (export "arms") (param i32 i32) (result i32) (local i32 i64)
        (if (i32.gt_s (local.get 0) (i32.const 3))
            (then
                (local.set 2 (i32.mul (local.get 0) (i32.const 7)))
                (i32.store (i32.const 0) (i32.add (local.get 2) (local.get 1))) (call $pass (i32.const 0))
                (i32.store (i32.const 4) (i32.sub (local.get 2) (local.get 1))) (call $pass (i32.const 4)))
            (else
                (local.set 3 (i64.extend_i32_s (i32.add (local.get 1) (i32.const 5))))
                (local.set 1 (i32.wrap_i64 (i64.mul (local.get 3) (local.get 3))))
                (i64.store (i32.const 8) (local.get 3))))
        (i32.add (local.get 1) (local.get 2)))
    (func $early (export "early") (param i32 i32) (result i32) (local i32)
        (block $out
            (br_if $out (i32.eq (local.get 0) (local.get 1)))
            (local.set 2 (i32.add (local.get 0) (i32.const 100)))
            (i32.store (i32.const 0) (local.get 2)) (call $pass (i32.const 0))
            (if (i32.eqz (i32.rem_u (local.get 1) (i32.const 3)))
                (then
                    (i32.store (i32.const 4) (i32.const 77)) (call $pass (i32.const 4))
                    (i32.store (i32.const 12) (i32.const 78)) (call $pass (i32.const 12))
                    (return (i32.sub (local.get 2) (local.get 1)))))
            (local.set 0 (i32.mul (local.get 2) (i32.const 3)))
            (i32.store (i32.const 8) (local.get 0)) (call $pass (i32.const 8)))
        (i32.xor (local.get 0) (local.get 2)))
    (func $choice (export "choice") (param i32 i32) (result i32) (local i32 f64)
        (block $end
            (block $default
                (block $two
                    (block $one
                        (block $zero
                            (br_table $zero $one $two $default (local.get 0)))
                        (local.set 2 (i32.mul (local.get 1) (i32.const 11)))
                        (i32.store (i32.const 0) (i32.const 1)) (call $pass (i32.const 0))
                        (br_if $two (i32.gt_u (local.get 1) (i32.const 4)))
                        (i32.store (i32.const 4) (i32.const 2)) (call $pass (i32.const 4))
                        (br $end))
                    (local.set 3 (f64.convert_i32_s (local.get 1)))
                    (local.set 2 (i32.trunc_f64_s (f64.mul (local.get 3) (f64.const 2.5))))
                    (i32.store (i32.const 8) (i32.const 3)) (call $pass (i32.const 8))
                    (br $end))
                (i32.store (i32.const 12) (local.get 2)) (call $pass (i32.const 12))
                (local.set 2 (i32.add (local.get 2) (i32.const 1000)))
                (br_table $end $default (i32.and (local.get 1) (i32.const 1))))
            (local.set 2 (i32.or (local.get 2) (i32.const 64)))
            (i32.store (i32.const 16) (i32.const 5)) (call $pass (i32.const 16))
            (i32.store (i32.const 20) (local.get 1)) (call $pass (i32.const 20)))
        (i32.add (local.get 2) (local.get 1)))
    (func $rounds (export "rounds") (param i32 i32) (result i32) (local i32 i32)
        (block $done
            (loop $again
                (br_if $done (i32.ge_u (local.get 2) (i32.const 9)))
                (local.set 2 (i32.add (local.get 2) (i32.const 1)))
                (if (i32.eq (local.get 2) (local.get 0))
                    (then
                        (local.set 3 (i32.add (local.get 3) (i32.const 50)))
                        (i32.store (i32.const 0) (local.get 3)) (call $pass (i32.const 0))
                        (br $again)))
                (if (i32.eq (local.get 2) (local.get 1))
                    (then
                        (i32.store (i32.const 4) (local.get 2)) (call $pass (i32.const 4))
                        (local.set 3 (i32.mul (local.get 3) (i32.const 3)))
                        (br_if $done (i32.gt_u (local.get 1) (i32.const 5)))
                        (i32.store (i32.const 8) (local.get 3)) (call $pass (i32.const 8))
                        (local.set 1 (i32.add (local.get 1) (local.get 0)))))
                (local.set 3 (i32.add (local.get 3) (local.get 2)))
                (i32.store (i32.const 12) (local.get 3)) (call $pass (i32.const 12))
                (br_if $again (i32.lt_u (local.get 3) (i32.const 400)))
                (local.set 3 (i32.sub (local.get 3) (i32.const 399)))
                (i32.store (i32.const 16) (local.get 3)) (call $pass (i32.const 16))))
        (local.get 3))
    (func $values (export "values") (param i32 i32) (result i32) (local i32)
        (i32.add
            (if (result i32) (i32.lt_s (local.get 0) (local.get 1))
                (then
                    (i32.store (i32.const 0) (local.get 0)) (call $pass (i32.const 0))
                    (local.set 2 (i32.mul (local.get 0) (local.get 0)))
                    (i32.store (i32.const 4) (local.get 2)) (call $pass (i32.const 4))
                    (i32.add (local.get 2) (local.get 1)))
                (else
                    (local.set 2 (i32.sub (local.get 0) (local.get 1)))
                    (i32.store (i32.const 8) (local.get 2)) (call $pass (i32.const 8))
                    (i32.store (i32.const 12) (i32.const 9)) (call $pass (i32.const 12))
                    (local.tee 1 (i32.shl (local.get 2) (i32.const 2)))))
            (i32.xor (local.get 1) (local.get 2))))
    (func $never (export "never") (param i32 i32) (result i32)
        (if (i32.eq (local.get 0) (i32.const 6))
            (then
                (i32.store (i32.const 0) (i32.const 1)) (call $pass (i32.const 0))
                (i32.store (i32.const 4) (i32.const 2)) (call $pass (i32.const 4))
                (i32.store (i32.const 8) (i32.const 3)) (call $pass (i32.const 8))
                (i32.store (i32.const 12) (i32.const 4)) (call $pass (i32.const 12))
                (unreachable)))
        (i32.add (local.get 0) (local.get 1)))
)"#;

fn module() -> Vec<u8> {
    wat::parse_str(MODULE).expect("it is wasm")
}

/// The functions, each with the names of its stretches.
fn functions_with_stretches(wasm: &[u8]) -> Vec<(String, Vec<String>)> {
    let functions = Functions::read(wasm).expect("it can be read");
    let mut names = functions.names.into_iter();
    let mut found = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::CodeSectionEntry(body) = payload.expect("it can be read") {
            let flow = Flow::read(&body).expect("it can be read");
            let name = names.next().expect("it has a name");
            let stretches = flow.stretches.iter();
            let stretches = stretches.map(|stretch| flow.name_of(&name, stretch));
            found.push((name.clone(), stretches.collect()));
        }
    }
    found
}

/// What a function returns, or that it ends there, and what is in memory then; for each pair of small numbers.
fn runs(wasm: &[u8], function: &str) -> Vec<(Option<i32>, [u8; 32])> {
    let engine = Engine::default();
    let module = wasmi::Module::new(&engine, wasm).expect("it is valid");
    let mut store = Store::new(&engine, ());
    let instance = Linker::new(&engine)
        .instantiate_and_start(&mut store, &module)
        .expect("it begins");
    let function = instance.get_func(&store, function).expect("it is there");
    let memory = instance.get_memory(&store, "memory").expect("it is there");
    let pairs = (0..8).flat_map(|first| (0..8).map(move |second| [first, second].map(Val::I32)));
    let mut run = |given: [Val; 2]| {
        memory.data_mut(&mut store)[..32].fill(0);
        let mut results = [Val::I32(0)];
        let returned = function.call(&mut store, &given, &mut results).is_ok();
        let passed = memory.data(&store)[..32].try_into().expect("so many");
        let result = results[0].i32().expect("it is a number");
        (returned.then_some(result), passed)
    };
    pairs.map(&mut run).collect()
}

fn count(wasm: &[u8]) -> usize {
    Functions::read(wasm).expect("it can be read").bodies.len()
}

#[test]
fn whatever_is_taken_out_a_function_does_the_same() {
    let wasm = module();
    let mut made = 0;
    for (function, stretches) in functions_with_stretches(&wasm) {
        if function == "pass" {
            continue;
        }
        let whole = runs(&wasm, &function);
        for chosen in 1_u32..1 << stretches.len() {
            let place = |name: &str| {
                let number = stretches.iter().position(|stretch| stretch == name);
                match number.is_some_and(|number| chosen >> number & 1 == 1) {
                    true => Place::Cold(BTreeSet::new()),
                    false => Place::Hot,
                }
            };
            let outlined = outlined(&wasm, place).expect("it can be outlined");
            made += count(&outlined) - count(&wasm);
            assert_eq!(runs(&outlined, &function), whole, "{function}: {chosen:b}");
        }
    }
    assert!(made > 50, "only {made} stretches were taken out");
}

#[test]
fn a_stretch_within_another_is_taken_out_of_it_when_fewer_parts_need_it() {
    let wasm = module();
    let functions = functions_with_stretches(&wasm);
    let rounds = &functions[4].1;
    let place = |name: &str| match rounds.iter().position(|stretch| stretch == name) {
        Some(0) => Place::Cold(["list", "text"].map(str::to_owned).into()),
        Some(1) => Place::Cold([String::from("text")].into()),
        _ => Place::Hot,
    };
    let outlined = outlined(&wasm, place).expect("it can be outlined");
    let made = Functions::read(&outlined).expect("it can be read");
    // The inner one is made first, and called by the outer one only.
    assert_eq!(made.names[7..], [rounds[1].clone(), rounds[0].clone()]);
    assert!(made.bodies[8].calls.contains(&7) && made.bodies[4].calls.iter().eq(&[8]));
    assert_eq!(runs(&outlined, "rounds"), runs(&wasm, "rounds"));
}

#[test]
fn a_cold_function_and_one_without_cold_stretches_stay_as_they_are() {
    let wasm = module();
    let hot = outlined(&wasm, |_| Place::Hot).expect("it can be outlined");
    assert_eq!(count(&hot), count(&wasm));
    let cold = outlined(&wasm, |_| Place::Cold(BTreeSet::new())).expect("it can be outlined");
    assert_eq!(count(&cold), count(&wasm));
}

#[test]
fn a_module_that_is_not_valid_is_an_error() {
    let wasm = module();
    assert!(outlined(&wasm[..wasm.len() - 1], |_| Place::Hot).is_err());
}

#[test]
fn stretches_are_called_the_same_however_numbers_are_written() {
    // The linker pads numbers, other tools do not: the first arm is small or not, and the second always large.
    let body = |padded: bool| {
        let mut made = Function::new([]);
        let zero = |made: &mut Function| {
            if padded {
                made.raw([0x41, 0x80, 0x80, 0x80, 0x80, 0x00]);
            } else {
                made.instruction(&Instruction::I32Const(0));
            }
        };
        for times in [5, 30] {
            zero(&mut made);
            made.instruction(&Instruction::If(BlockType::Empty));
            for _ in 0..times {
                zero(&mut made);
                made.instruction(&Instruction::Drop);
            }
            made.instruction(&Instruction::End);
        }
        made.instruction(&Instruction::End);
        let mut code = CodeSection::new();
        code.function(&made);
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut signatures = FunctionSection::new();
        signatures.function(0);
        let mut module = Module::new();
        module.section(&types).section(&signatures).section(&code);
        module.finish()
    };
    let names = |wasm: Vec<u8>| {
        Parser::new(0)
            .parse_all(&wasm)
            .filter_map(|payload| match payload.expect("it can be read") {
                Payload::CodeSectionEntry(body) => Flow::read(&body).ok(),
                _ => None,
            })
            .flat_map(|flow| {
                let stretches = flow.stretches.iter();
                let names = stretches.map(|stretch| flow.name_of("a", stretch));
                names.collect::<BTreeSet<_>>()
            })
            .collect::<BTreeSet<_>>()
    };
    let (padded, plain) = (names(body(true)), names(body(false)));
    assert!(
        plain.len() < padded.len() && plain.is_subset(&padded),
        "{plain:?} {padded:?}"
    );
}
