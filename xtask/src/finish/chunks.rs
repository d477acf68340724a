//! Few files instead of many: chunks that the same parts need, or nearly the same, become one.
//!
//! The cut makes a chunk for each set of parts that share something: dozens with a few parts, most of them a few hundred
//! bytes, and each costs a request. Gathered, they compress to less than they do alone; a part then fetches some that
//! only others need. What is gathered is weighed, request against bytes.

use super::{
    split::Cut,
    wasm::{EXPORTS, FUNCTION, IMPORTS, Reader, put_bytes, put_number, with_sections},
};
use crate::{
    fail,
    failure::{FileContext, Outcome},
    process, tools,
};
use std::{collections::BTreeSet, fs, path::Path};

/// What one more request is worth, in bytes of a chunk before it is optimised; they are some twelve times those downloaded.
const REQUEST: usize = 36_000;

/// Parts whose pages ask for much beside their own files: for them a request weighs so many times as much.
const BUSY: [(&str, usize); 2] = [("krate", 6), ("signup", 8)];

/// The module under which chunks import memory, function table and stack from the main piece.
const MAIN: &[u8] = b"__wasm_split";

/// The same while chunks are put together: wasm-merge resolves names, and must not look for this one.
const OUTSIDE: &[u8] = b"__outside";

/// Puts the chunks of a cut together, in files and in the loader's text, which is returned.
pub fn gather(cut: &mut Cut, loader: &str) -> Outcome<String> {
    let mut chunks = Vec::new();
    for file in cut.parts.iter().filter(|part| part.starts_with("chunk_")) {
        let path = cut.folder.join(file);
        chunks.push(Gathered {
            bytes: fs::read(&path).doing("read", &path)?.len(),
            parts: parts_that_need(loader, file),
            files: vec![file.clone()],
        });
    }
    let mut text = loader.to_owned();
    for gathered in weigh(chunks) {
        let Some((first, others)) = gathered
            .files
            .split_first()
            .filter(|(_, others)| !others.is_empty())
        else {
            continue;
        };
        merge(&cut.folder, &gathered.files, first)?;
        cut.parts.retain(|part| !others.contains(part));
        let names: Vec<String> = others.iter().map(|other| definition(other)).collect();
        let Some(fewer) = without(&text, &definition(first), &names) else {
            fail!(
                "The splitter's loader is not of the form that is known; has its version changed?"
            );
        };
        text = fewer;
    }
    Ok(text)
}

/// Chunks that become one file, and the parts that then need it.
struct Gathered {
    files: Vec<String>,
    bytes: usize,
    parts: BTreeSet<String>,
}

impl Gathered {
    /// What it costs all parts together.
    fn cost(&self) -> usize {
        let requests = |part: &String| {
            let busy = BUSY.iter().find(|(busy, _)| part == busy);
            busy.map_or(1, |(_, times)| *times)
        };
        let requests: usize = self.parts.iter().map(requests).sum();
        self.parts.len() * self.bytes + requests * REQUEST
    }

    fn with(&self, other: &Self) -> Self {
        Self {
            files: self.files.iter().chain(&other.files).cloned().collect(),
            bytes: self.bytes + other.bytes,
            parts: self.parts.union(&other.parts).cloned().collect(),
        }
    }
}

/// Puts two together for as long as some two cost less together, those first that save most.
fn weigh(mut chunks: Vec<Gathered>) -> Vec<Gathered> {
    loop {
        let mut best: Option<(usize, usize, usize)> = None;
        for (second, other) in chunks.iter().enumerate() {
            for (first, one) in chunks[..second].iter().enumerate() {
                let apart = one.cost() + other.cost();
                let saved = apart.saturating_sub(one.with(other).cost());
                if saved > best.map_or(0, |(saved, ..)| saved) {
                    best = Some((saved, first, second));
                }
            }
        }
        let Some((_, first, second)) = best else {
            return chunks;
        };
        let other = chunks.remove(second);
        chunks[first] = chunks[first].with(&other);
    }
}

/// What the loader calls the file.
fn definition(file: &str) -> String {
    format!("__{}", file.trim_end_matches(".wasm"))
}

/// The parts whose definitions in the loader list the chunk in this file.
pub fn parts_that_need(loader: &str, file: &str) -> BTreeSet<String> {
    let chunk = definition(file);
    loader
        .split("const __")
        .filter(|definition| {
            let list = definition.rsplit_once(", [").map_or("", |(_, list)| list);
            let list = list.split(']').next().unwrap_or_default();
            list.split(',').any(|name| name.trim() == chunk)
        })
        .filter_map(|definition| definition.split_once(" = "))
        .filter_map(|(name, _)| name.strip_prefix("wasm_split_load_"))
        .map(str::to_owned)
        .collect()
}

/// Puts further functions, which import what chunks do and what the loader offers, into a part.
pub fn add(folder: &Path, part: &str, functions: &[u8]) -> Outcome {
    let added = "added.wasm";
    let path = folder.join(added);
    fs::write(&path, functions).doing("write", &path)?;
    merge(folder, &[part.to_owned(), added.to_owned()], part)
}

/// Makes one file of several, under the name `first`.
fn merge(folder: &Path, files: &[String], first: &str) -> Outcome {
    let read = |path: &Path| fs::read(path).doing("read", path);
    for file in files {
        let path = folder.join(file);
        let Some(wasm) = with_functions_from_outside(&read(&path)?) else {
            fail!("{file} cannot be read; has the splitter's version changed?");
        };
        fs::write(&path, wasm).doing("write", &path)?;
    }
    let Some(base) = base(&read(&folder.join(first))?) else {
        fail!("{first} does not import what chunks import; has the splitter's version changed?");
    };
    let base_file = folder.join("base.wasm");
    fs::write(&base_file, base).doing("write", &base_file)?;
    let merged = folder.join("merged.wasm");
    let mut command =
        process::command(tools::ready(&tools::BINARYEN)?.with_file_name("wasm-merge"));
    command
        .args(super::WASM_FEATURES)
        // Names stay until all is optimised.
        .arg("--debuginfo")
        .arg(&base_file)
        .arg("__wasm_split");
    for file in files {
        command
            .arg(folder.join(file))
            .arg(file.trim_end_matches(".wasm"));
    }
    process::run(command.arg("-o").arg(&merged), "put small chunks together")?;
    let Some(wasm) = from_the_main_piece(&read(&merged)?) else {
        fail!("What wasm-merge made cannot be read; has its version changed?");
    };
    let path = folder.join(first);
    fs::write(&path, wasm).doing("write", &path)
}

/// The file with functions that come from elsewhere than the rest: the loader has them, not the main piece.
fn with_functions_from_outside(wasm: &[u8]) -> Option<Vec<u8>> {
    with_sections(wasm, |id, section| {
        Some(Some(if id == IMPORTS {
            written(imports_of(section)?.into_iter().map(|import| Import {
                module: if import.is_function() {
                    OUTSIDE
                } else {
                    import.module
                },
                ..import
            }))
        } else {
            section.to_vec()
        }))
    })
}

/// A module that imports what a chunk imports, from outside, and exports it, so that merged chunks share it.
fn base(chunk: &[u8]) -> Option<Vec<u8>> {
    let mut exports = None;
    let mut module = with_sections(chunk, |id, section| {
        if id != IMPORTS {
            return Some(None);
        }
        let mut imports = imports_of(section)?;
        imports.retain(|import| !import.is_function());
        let mut listed = Vec::new();
        put_number(&mut listed, imports.len());
        let mut of_kind = [0; 5];
        for import in &imports {
            let kind = *import.description.first()?;
            put_bytes(&mut listed, import.name);
            listed.push(kind);
            let index = of_kind.get_mut(usize::from(kind))?;
            put_number(&mut listed, *index);
            *index += 1;
        }
        exports = Some(listed);
        Some(Some(written(imports.into_iter().map(|import| Import {
            module: OUTSIDE,
            ..import
        }))))
    })?;
    module.push(EXPORTS);
    put_bytes(&mut module, &exports?);
    Some(module)
}

/// The merged module as the loader knows chunks: its imports come from the main piece, and it exports nothing.
fn from_the_main_piece(merged: &[u8]) -> Option<Vec<u8>> {
    with_sections(merged, |id, section| {
        Some(match id {
            IMPORTS => Some(written(imports_of(section)?.into_iter().map(|import| {
                Import {
                    module: if import.module == OUTSIDE {
                        MAIN
                    } else {
                        import.module
                    },
                    ..import
                }
            }))),
            EXPORTS => None,
            _ => Some(section.to_vec()),
        })
    })
}

/// What a module imports.
struct Import<'a> {
    module: &'a [u8],
    name: &'a [u8],
    /// The kind of thing and its type, as they stand.
    description: &'a [u8],
}

impl Import<'_> {
    fn is_function(&self) -> bool {
        self.description.first() == Some(&FUNCTION)
    }
}

fn imports_of(section: &[u8]) -> Option<Vec<Import<'_>>> {
    let mut reader = Reader(section);
    let count = reader.number()?;
    let import = |_| {
        Some(Import {
            module: reader.bytes()?,
            name: reader.bytes()?,
            description: reader.description()?,
        })
    };
    (0..count).map(import).collect()
}

/// The section of these imports.
fn written<'a>(imports: impl ExactSizeIterator<Item = Import<'a>>) -> Vec<u8> {
    let mut made = Vec::new();
    put_number(&mut made, imports.len());
    for import in imports {
        put_bytes(&mut made, import.module);
        put_bytes(&mut made, import.name);
        made.extend_from_slice(import.description);
    }
    made
}

/// The loader without the definitions of `others`; who needed one of them needs `first`.
fn without(loader: &str, first: &str, others: &[String]) -> Option<String> {
    let mut text = loader.to_owned();
    for other in others {
        let start = text.find(&format!("const {other} = "))?;
        let length = text.get(start..)?.find("]);")? + "]);".len();
        text.replace_range(start..start + length, "");
    }
    let mut made = String::new();
    let mut rest = text.as_str();
    // Each definition ends with the list of the chunks it needs: `, [__chunk_0, __chunk_3])`.
    while let Some((before, after)) = rest.split_once("\n, [") {
        let (list, after) = after.split_once(']')?;
        let mut needed: Vec<&str> = Vec::new();
        for name in list
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty())
        {
            let name = if others.iter().any(|other| other == name) {
                first
            } else {
                name
            };
            if !needed.contains(&name) {
                needed.push(name);
            }
        }
        made.push_str(&format!("{before}\n, [{}]", needed.join(", ")));
        rest = after;
    }
    made.push_str(rest);
    Some(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOADER: &str = r#"const __chunk_3 = makeLoad(() => {
    const src = fetch(new URL("./chunk_3.wasm", import.meta.url));
}
, []);
const __chunk_30 = makeLoad(() => {
    const src = fetch(new URL("./chunk_30.wasm", import.meta.url));
}
, []);
const __chunk_4 = makeLoad(() => {
    const src = fetch(new URL("./chunk_4.wasm", import.meta.url));
}
, []);
export const __wasm_split_load_user = wrapAsyncCb(makeLoad(() => {
    const src = fetch(new URL("./split_user.wasm", import.meta.url));
}
, [__chunk_3, __chunk_30, __chunk_4]));
export const __wasm_split_load_list = wrapAsyncCb(makeLoad(() => {
    const src = fetch(new URL("./split_list.wasm", import.meta.url));
}
, [__chunk_4, __chunk_30]));
"#;

    /// A chunk's imports: a mutable global, a table, a memory.
    fn chunk() -> Vec<u8> {
        let mut imports = vec![3];
        for (name, rest) in [
            ("stack", &[3, 0x7f, 1][..]),
            ("table", &[1, 0x70, 0, 5]),
            ("memory", &[2, 0, 19]),
        ] {
            put_bytes(&mut imports, MAIN);
            put_bytes(&mut imports, name.as_bytes());
            imports.extend(rest);
        }
        let mut module = b"\0asm\x01\0\0\0".to_vec();
        module.push(IMPORTS);
        put_bytes(&mut module, &imports);
        module
    }

    #[test]
    fn who_needed_a_small_chunk_needs_the_gathered_one_once() {
        let others = [String::from("__chunk_4")];
        let text = without(LOADER, "__chunk_3", &others).unwrap();
        assert!(!text.contains("chunk_4"));
        assert!(text.contains(", [__chunk_3, __chunk_30]));"));
        assert!(text.contains(", [__chunk_3, __chunk_30]));") && text.contains("chunk_30.wasm"));
        assert_eq!(text.matches("__chunk_3,").count(), 2);
    }

    fn chunk_of(file: &str, bytes: usize, parts: &[&str]) -> Gathered {
        Gathered {
            files: vec![file.to_owned()],
            bytes,
            parts: parts.iter().map(|part| (*part).to_owned()).collect(),
        }
    }

    #[track_caller]
    fn check_weighed(chunks: Vec<Gathered>, expected: &[&[&str]]) {
        let files: Vec<_> = weigh(chunks).into_iter().map(|one| one.files).collect();
        assert_eq!(files, expected);
    }

    #[test]
    fn chunks_of_the_same_parts_become_one_whatever_their_size() {
        let chunks = vec![
            chunk_of("a", 900_000, &["user", "list"]),
            chunk_of("b", 10, &["text"]),
            chunk_of("c", 800_000, &["user", "list"]),
        ];
        check_weighed(chunks, &[&["a", "c"], &["b"]]);
    }

    #[test]
    fn what_only_others_need_is_fetched_when_it_is_less_than_a_request() {
        let small = vec![
            chunk_of("a", 100, &["user", "list"]),
            chunk_of("b", 50, &["list", "text"]),
        ];
        check_weighed(small, &[&["a", "b"]]);
        let large = vec![
            chunk_of("a", 3 * REQUEST, &["user", "list"]),
            chunk_of("b", 3 * REQUEST, &["list", "text"]),
        ];
        check_weighed(large, &[&["a"], &["b"]]);
    }

    #[test]
    fn the_loader_tells_which_parts_need_a_chunk() {
        let both = ["list", "user"];
        assert!(
            parts_that_need(LOADER, "chunk_30.wasm")
                .iter()
                .eq(both.iter())
        );
        assert!(
            parts_that_need(LOADER, "chunk_3.wasm")
                .iter()
                .eq(&both[1..])
        );
        assert!(parts_that_need(LOADER, "chunk_5.wasm").is_empty());
    }

    #[test]
    fn a_loader_of_another_form_is_not_guessed_at() {
        assert_eq!(without("", "__chunk_3", &[String::from("__chunk_4")]), None);
    }

    #[test]
    fn the_base_hands_on_what_chunks_import() {
        let base = base(&chunk()).unwrap();
        let back = from_the_main_piece(&base).unwrap();
        assert_eq!(back, chunk());
        let exports = [
            &[3, 5][..],
            b"stack",
            &[3, 0, 5],
            b"table",
            &[1, 0, 6],
            b"memory",
            &[2, 0],
        ]
        .concat();
        assert!(base.ends_with(&exports));
    }

    #[test]
    fn functions_of_the_loader_are_not_asked_of_the_base() {
        let mut imports = vec![1];
        put_bytes(&mut imports, MAIN);
        put_bytes(&mut imports, b"__nameplate_cold");
        imports.extend([FUNCTION, 0]);
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        wasm.push(IMPORTS);
        put_bytes(&mut wasm, &imports);
        let apart = with_functions_from_outside(&wasm).unwrap();
        assert!(apart.windows(OUTSIDE.len()).any(|bytes| bytes == OUTSIDE));
        assert_eq!(from_the_main_piece(&apart).unwrap(), wasm);
        let base = base(&apart).unwrap();
        assert!(!base.windows(4).any(|bytes| bytes == b"cold"));
    }
}
