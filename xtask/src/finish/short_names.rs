//! Short names between the wasm and the JavaScript that connects it with the browser.
//!
//! wasm-bindgen names each function that crosses over after itself and a hash, and each name stands on both sides:
//! hundreds of hashes that no compression makes smaller. What neither script asks for is no longer exported at all, so
//! that the optimiser may leave it out.

use super::wasm::{EXPORTS, FUNCTION, IMPORTS, Reader, put_bytes, put_number, with_sections};
use crate::{fail, failure::Outcome};
use std::collections::BTreeMap;

/// The module under which the wasm imports what wasm-bindgen's JavaScript offers.
const GLUE_MODULE: &[u8] = b"./nameplate_bg.js";

/// The wasm and its JavaScript with short names; `loader` is the other script that uses the exports, under names of its
/// own, which are kept.
pub fn shorten(wasm: &[u8], glue: &str, loader: &str) -> Outcome<(Vec<u8>, String)> {
    let in_glue: Vec<&str> = words(glue).collect();
    let in_loader: Vec<&str> = words(loader).collect();
    let mut names = Names {
        asked: &in_glue,
        kept: &in_loader,
        short: BTreeMap::new(),
    };
    let Some(short) = rewritten(wasm, &mut names) else {
        fail!(
            "The wasm is not of the form that is known; has the compiler's or wasm-bindgen's version changed?"
        );
    };
    if names.short.is_empty() {
        fail!(
            "The wasm imports nothing from {}.",
            String::from_utf8_lossy(GLUE_MODULE)
        );
    }
    Ok((short, renamed(glue, &names.short)))
}

/// Who asks for which name, and the short names given so far.
struct Names<'a> {
    asked: &'a [&'a str],
    kept: &'a [&'a str],
    short: BTreeMap<String, String>,
}

impl Names<'_> {
    fn shorten(&mut self, name: &str) -> String {
        let next = format!("${}", self.short.len());
        self.short.entry(name.to_owned()).or_insert(next).clone()
    }

    /// The name of an export from now on; `None` when nobody asks for it.
    fn exported(&mut self, name: &str, kind: u8) -> Option<String> {
        if self.kept.contains(&name) {
            Some(name.to_owned())
        } else if !self.asked.contains(&name) {
            None
        } else if kind == FUNCTION {
            Some(self.shorten(name))
        } else {
            Some(name.to_owned())
        }
    }
}

/// The module with other names; `None` when it cannot be read.
fn rewritten(wasm: &[u8], names: &mut Names<'_>) -> Option<Vec<u8>> {
    with_sections(wasm, |id, section| {
        Some(Some(match id {
            IMPORTS => imports(section, names)?,
            EXPORTS => exports(section, names)?,
            _ => section.to_vec(),
        }))
    })
}

fn imports(section: &[u8], names: &mut Names<'_>) -> Option<Vec<u8>> {
    let mut reader = Reader(section);
    let count = reader.number()?;
    let mut made = Vec::new();
    put_number(&mut made, count);
    for _ in 0..count {
        let module = reader.bytes()?;
        let name = str::from_utf8(reader.bytes()?).ok()?;
        put_bytes(&mut made, module);
        let kind = *reader.0.first()?;
        if module == GLUE_MODULE && kind == FUNCTION {
            put_bytes(&mut made, names.shorten(name).as_bytes());
        } else {
            put_bytes(&mut made, name.as_bytes());
        }
        made.extend_from_slice(reader.description()?);
    }
    Some(made)
}

fn exports(section: &[u8], names: &mut Names<'_>) -> Option<Vec<u8>> {
    let mut reader = Reader(section);
    let count = reader.number()?;
    let mut kept = 0;
    let mut entries = Vec::new();
    for _ in 0..count {
        let name = str::from_utf8(reader.bytes()?).ok()?;
        let kind = reader.byte()?;
        let index = reader.number()?;
        if let Some(name) = names.exported(name, kind) {
            kept += 1;
            put_bytes(&mut entries, name.as_bytes());
            entries.push(kind);
            put_number(&mut entries, index);
        }
    }
    let mut made = Vec::new();
    put_number(&mut made, kept);
    made.extend(entries);
    Some(made)
}

fn is_in_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '$')
}

/// Everything in a script that can be a name.
fn words(script: &str) -> impl Iterator<Item = &str> {
    script
        .split(|character| !is_in_word(character))
        .filter(|word| !word.is_empty())
}

/// The script with each whole word that has a short form in that form.
fn renamed(script: &str, short: &BTreeMap<String, String>) -> String {
    let mut made = String::with_capacity(script.len());
    let mut rest = script;
    while !rest.is_empty() {
        let (between, after) = rest.split_at(rest.find(is_in_word).unwrap_or(rest.len()));
        let end = after
            .find(|character| !is_in_word(character))
            .unwrap_or(after.len());
        let (word, after) = after.split_at(end);
        made.push_str(between);
        made.push_str(short.get(word).map_or(word, String::as_str));
        rest = after;
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = "const a = { __wbg_now_12ab: function() { return wasm.__wbindgen_malloc; } }; wasm.__wbg_now_12abc";
    const LOADER: &str = "const { memory } = initSync();";

    fn section(id: u8, entries: &[&[u8]]) -> Vec<u8> {
        let mut content = vec![entries.len() as u8];
        content.extend(entries.concat());
        let mut made = vec![id];
        put_bytes(&mut made, &content);
        made
    }

    fn named(name: &str) -> Vec<u8> {
        let mut made = Vec::new();
        put_bytes(&mut made, name.as_bytes());
        made
    }

    fn module() -> Vec<u8> {
        let import = |module: &str, name: &str, rest: &[u8]| {
            [named(module), named(name), rest.to_vec()].concat()
        };
        let export = |name: &str, kind: u8| [named(name), vec![kind, 5]].concat();
        [
            b"\0asm\x01\0\0\0".to_vec(),
            section(
                IMPORTS,
                &[
                    &import("./nameplate_bg.js", "__wbg_now_12ab", &[0, 3]),
                    &import("./__wasm_split.js", "load", &[0, 4]),
                    &import("env", "table", &[1, 0x70, 1, 2, 200, 1]),
                ],
            ),
            section(
                EXPORTS,
                &[
                    &export("__wbindgen_malloc", 0),
                    &export("main", 0),
                    &export("memory", 2),
                ],
            ),
        ]
        .concat()
    }

    fn contains(bytes: &[u8], text: &str) -> bool {
        bytes
            .windows(text.len())
            .any(|window| window == text.as_bytes())
    }

    #[test]
    fn both_sides_have_the_same_short_names() {
        let (wasm, glue) = shorten(&module(), GLUE, LOADER).unwrap();
        assert_eq!(
            glue,
            "const a = { $0: function() { return wasm.$1; } }; wasm.__wbg_now_12abc"
        );
        assert!(contains(&wasm, "$0") && contains(&wasm, "$1"));
        assert!(!contains(&wasm, "__wbg_now") && !contains(&wasm, "malloc"));
    }

    #[test]
    fn what_the_loader_asks_for_keeps_its_name_and_what_nobody_asks_for_goes() {
        let (wasm, _) = shorten(&module(), GLUE, LOADER).unwrap();
        assert!(contains(&wasm, "memory") && contains(&wasm, "load") && contains(&wasm, "table"));
        assert!(!contains(&wasm, "main"));
    }

    #[test]
    fn a_shortened_module_can_be_read_again() {
        let (wasm, glue) = shorten(&module(), GLUE, LOADER).unwrap();
        let (again, _) = shorten(&wasm, &glue, LOADER).unwrap();
        assert_eq!(wasm, again);
    }

    #[test]
    fn a_module_cut_short_is_an_error_and_no_panic() {
        let whole = module();
        for length in 0..whole.len() {
            let _ = shorten(&whole[..length], GLUE, LOADER);
        }
        assert!(shorten(&whole[..whole.len() - 1], GLUE, LOADER).is_err());
        assert!(shorten(b"\0asm\x01\0\0\0", GLUE, LOADER).is_err());
    }
}
