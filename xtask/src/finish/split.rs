//! The cut: from the compiler's one wasm to a main piece and the parts that pages load when they are asked for.
//!
//! Trunk does not know of it, so this takes the compiler's own output, as the app's `app::parts` marked it, and makes what
//! wasm-bindgen would have made of the whole. Development builds are not cut.

use super::constants::Constants;
use crate::{
    fail,
    failure::{FileContext, Outcome},
    process, tools, workspace,
};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// What a release build is compiled with, beside `.cargo/config.toml`, whose flags an environment variable replaces.
/// The cut needs the linker's relocations. The last three leave out what nobody could read: the texts of panics, the source
/// positions in them, and `Debug` output.
pub const RUSTFLAGS: &str = "--cfg erase_components --cfg split -Clink-args=--emit-relocs -Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none";

/// The loader that the splitter writes; the glue imports it under this name.
pub const LOADER: &str = "__wasm_split.js";

/// What the cut gives: files in one folder, before they have their names.
pub struct Cut {
    /// What the linker made of the whole, and the folder of what the cut made of that.
    linked: PathBuf,
    pieces: PathBuf,
    /// `nameplate.js`, `nameplate_bg.wasm`, [`LOADER`] and the parts.
    pub folder: PathBuf,
    /// The parts' file names, shared chunks among them.
    pub parts: Vec<String>,
}

impl Cut {
    /// Finds the constants in the pieces.
    pub fn constants(&self) -> Outcome<Constants> {
        let read = |path: &Path| fs::read(path).doing("read", path);
        let mut pieces = Vec::new();
        for entry in fs::read_dir(&self.pieces).doing("read", &self.pieces)? {
            let path = entry.doing("read", &self.pieces)?.path();
            if path
                .extension()
                .is_some_and(|extension| extension == "wasm")
            {
                pieces.push(read(&path)?);
            }
        }
        Constants::find(&read(&self.linked)?, &pieces)
    }
}

/// Cuts the compiler's output into `folder`.
pub fn cut(folder: &Path) -> Outcome<Cut> {
    let compiled = workspace::target()
        .join("wasm32-unknown-unknown")
        .join("wasm-release")
        .join("nameplate.wasm");
    let pieces = folder.join("pieces");
    fs::create_dir_all(&pieces).doing("create", &pieces)?;
    process::run(
        process::command(tools::ready(&tools::WASM_SPLIT)?)
            .arg(&compiled)
            .arg(&pieces)
            .args(["--target", "web", "--out-name", "nameplate"]),
        "cut the wasm into parts",
    )?;
    let bound = folder.join("bound");
    process::run(
        process::command(tools::ready(&tools::WASM_BINDGEN)?)
            .args([
                "--target",
                "web",
                "--no-typescript",
                "--keep-lld-exports",
                "--no-demangle",
            ])
            .args(["--out-name", "nameplate", "--out-dir"])
            .arg(&bound)
            .arg(pieces.join("nameplate.wasm")),
        "connect the cut wasm with the browser",
    )?;
    let mut parts = Vec::new();
    for entry in fs::read_dir(&pieces).doing("read", &pieces)? {
        let name = entry.doing("read", &pieces)?.file_name();
        let Some(name) = name.to_str().filter(|name| *name != "nameplate.wasm") else {
            continue;
        };
        fs::copy(pieces.join(name), bound.join(name)).doing("copy", &pieces.join(name))?;
        if name != LOADER {
            parts.push(name.to_owned());
        }
    }
    parts.sort();
    Ok(Cut {
        linked: compiled,
        pieces,
        folder: bound,
        parts,
    })
}

/// The loader with the parts' served addresses and integrities in the place of their file names.
///
/// `served` maps a part's file name to both. A part the loader names and nobody serves is an error.
pub fn addressed(loader: &str, served: &BTreeMap<String, (String, String)>) -> Outcome<String> {
    let mut text = loader.to_owned();
    for (name, (address, integrity)) in served {
        let asked = format!("fetch(new URL(\"./{name}\", import.meta.url))");
        if !text.contains(&asked) {
            fail!(
                "The splitter's loader does not ask for {name} in the way that is known; has its version changed?"
            );
        }
        text = text.replace(
            &asked,
            &format!("fetch(\"{address}\", {{ integrity: \"{integrity}\" }})"),
        );
    }
    if text.contains("import.meta.url") {
        fail!("The splitter's loader asks for a part that was not found.");
    }
    Ok(text)
}

/// For each part by name, the addresses of the files it needs, for the start script: `user=/assets/…,/assets/…;krate=…`.
/// Neither quotes nor braces: it is put inside a string of a script that has been minified before.
pub fn part_files(loader: &str, served: &BTreeMap<String, (String, String)>) -> String {
    let address_in = |text: &str| {
        served
            .values()
            .filter(|(address, _)| text.contains(address.as_str()))
            .map(|(address, _)| address.clone())
            .collect::<Vec<_>>()
    };
    let mut chunks = BTreeMap::new();
    let mut parts = Vec::new();
    // Each definition ends with the list of the chunks it depends on: `, [__chunk_0, __chunk_3])`.
    for definition in loader.split("const __").skip(1) {
        let Some((name, body)) = definition.split_once(" = ") else {
            continue;
        };
        let needs = body
            .rsplit_once(", [")
            .map_or("", |(_, list)| list)
            .split(']')
            .next()
            .unwrap_or_default();
        let mut files: Vec<String> = needs
            .split(',')
            .filter_map(|chunk| chunks.get(chunk.trim().trim_start_matches("__")).cloned())
            .flatten()
            .collect();
        files.extend(address_in(body));
        match name.strip_prefix("wasm_split_load_") {
            Some(part) => parts.push((part.to_owned(), files)),
            None => {
                chunks.insert(name.to_owned(), files);
            }
        }
    }
    let entries: Vec<String> = parts
        .iter()
        .map(|(part, files)| format!("{part}={}", files.join(",")))
        .collect();
    entries.join(";")
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOADER_TEXT: &str = r#"import { initSync } from "./nameplate.js";
/* krate, user */
const __chunk_3 = makeLoad(() => {
    const src = fetch(new URL("./chunk_3.wasm", import.meta.url));
    return async (imports) => (WebAssembly.instantiateStreaming(src, imports));
}
, []);
export const __wasm_split_load_user = wrapAsyncCb(makeLoad(() => {
    const src = fetch(new URL("./split_user.wasm", import.meta.url));
    return async (imports) => (WebAssembly.instantiateStreaming(src, imports));
}
, [__chunk_3]));
"#;

    fn served() -> BTreeMap<String, (String, String)> {
        [
            ("chunk_3.wasm", "/assets/chunk_3-a.wasm"),
            ("split_user.wasm", "/assets/split_user-b.wasm"),
        ]
        .into_iter()
        .map(|(name, address)| {
            (
                name.to_owned(),
                (address.to_owned(), String::from("sha256-x")),
            )
        })
        .collect()
    }

    #[test]
    fn the_loader_asks_for_the_served_files() {
        let text = addressed(LOADER_TEXT, &served()).unwrap();
        assert!(text.contains(r#"fetch("/assets/split_user-b.wasm", { integrity: "sha256-x" })"#));
        assert!(!text.contains("import.meta"));
    }

    #[test]
    fn a_part_nobody_serves_is_an_error() {
        let mut served = served();
        served.remove("chunk_3.wasm");
        assert!(addressed(LOADER_TEXT, &served).is_err());
    }

    #[test]
    fn the_start_script_learns_what_each_part_needs() {
        let text = addressed(LOADER_TEXT, &served()).unwrap();
        let files = part_files(&text, &served());
        assert_eq!(
            files,
            "user=/assets/chunk_3-a.wasm,/assets/split_user-b.wasm"
        );
    }
}
