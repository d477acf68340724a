//! The finishing step: from what Trunk has put together to what is served.
//!
//! Trunk calls it as its post-build hook, so a release, a development build and a rebuild on change
//! all end the same way. The wasm is optimised and goes under `/assets/` with the hash of its content in
//! its name, as do bundled style sheets; the names and hashes are then written into `index.html`, and so
//! is the JavaScript between browser and wasm. A further file of the app is one more line in
//! `Finishing::run`.

mod asset;
mod called;
mod chunks;
mod cold;
mod compress;
mod constants;
mod flow;
mod functions;
mod hot_cold;
mod licences;
mod outline;
mod page;
mod shared_constants;
mod short_names;
mod split;
mod wasm;

pub use called::entered_part;
pub use cold::{LIST as COLD_FUNCTIONS, PAGE_IN_MAIN, mark};
pub use compress::{brotli, files, is_compressible};
pub use split::RUSTFLAGS;

use crate::{
    fail,
    failure::{FileContext, Outcome},
    process, tools, workspace,
};
use asset::Asset;
use page::Names;
use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
};

/// What Trunk and wasm-bindgen call the app's files.
const GLUE: &str = "nameplate.js";
const WASM: &str = "nameplate_bg.wasm";

/// A hint for Chromium (explicit compile hints), a comment to others: it compiles all functions while the wasm is on its way,
/// instead of each when it is first called, which is when the page is built.
const COMPILE_AT_ONCE: &str = "//# allFunctionsCalledOnLoad";

/// What the start script calls the JavaScript between browser and wasm.
const GLUE_NAME: &str = "__nameplate_glue";

/// The one prefix of hashed files: no server has to guess by dots what is a page.
const ASSETS: &str = "assets";

/// Where the style sheets of the app's parts are; those of every page stand in `index.html`.
const PART_STYLES: &str = "style/parts";

/// The script that colours code, which the app loads only when there is code.
const HIGHLIGHTER: &str = "lazy/highlight.js";

/// The picture in the browser's tab.
const ICON: &str = "public/favicon.svg";

/// What rustc 1.95 emits for the web.
const WASM_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Measured with Binaryen 132 on this app.
const WASM_OPT: &str = "-Oz";

/// Names go last: before, they are written down for whoever reads an error report.
const STRIP: [&str; 3] = [
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
];

/// Finishes the build that Trunk's hook variables describe.
pub fn run() -> Outcome {
    let (Some(staging), Some(profile)) = (
        env::var_os("TRUNK_STAGING_DIR"),
        env::var_os("TRUNK_PROFILE"),
    ) else {
        fail!("`cargo xtask finish` is Trunk's hook; run `cargo xtask dist` instead.");
    };
    // A development build may go on beside a release build.
    let reports = env::var_os(REPORT_CALLS).is_some();
    let kind = if reports {
        OsStr::new("reporting")
    } else {
        profile.as_os_str()
    };
    let workbench = workspace::state().join("finish").join(kind);
    if workbench.exists() {
        fs::remove_dir_all(&workbench).doing("clear", &workbench)?;
    }
    fs::create_dir_all(&workbench).doing("create", &workbench)?;
    Finishing {
        root: workspace::root(),
        staging: PathBuf::from(staging),
        workbench,
        esbuild: tools::ready(&tools::ESBUILD)?,
        release: profile == OsStr::new("release"),
        reports,
    }
    .run()
}

/// The environment variable that asks for wasm that says which of its functions are called.
pub const REPORT_CALLS: &str = "NAMEPLATE_REPORT_CALLS";

/// What stands before a name there: of a function that several parts may call, or only its own.
pub const SHARED: &str = "shared";
const IN_A_PART: &str = "part";

/// The names of such wasm's functions and their stretches, after [`SHARED`] or not and the number of what one must have entered
/// before: the number of each is its line.
pub fn reported_names() -> PathBuf {
    workspace::state().join("reported-names.txt")
}

/// One run of the finishing step.
struct Finishing {
    root: PathBuf,
    /// Trunk's output so far; what stands here at the end is what is served.
    staging: PathBuf,
    /// Where files in the making lie.
    workbench: PathBuf,
    esbuild: PathBuf,
    /// Optimise and compress; a development build is only bundled.
    release: bool,
    /// The wasm says which of its functions are called; none of it is optimised.
    reports: bool,
}

impl Finishing {
    fn run(&self) -> Outcome {
        let mut names = Names::new();
        let (wasm, glue) = if self.release {
            let symbols = workspace::symbols();
            if symbols.exists() {
                fs::remove_dir_all(&symbols).doing("clear", &symbols)?;
            }
            self.cut(&mut names)?
        } else {
            self.whole(&mut names)?
        };
        names.insert(String::from("part_styles"), self.part_styles()?);
        names.insert(String::from("wasm_integrity"), wasm.integrity());
        names.insert(String::from("wasm"), wasm.address(ASSETS));
        wasm.write(&self.staging.join(ASSETS))?;
        names.insert(String::from("glue"), glue);
        let icon = self.root.join(ICON);
        let icon = fs::read_to_string(&icon).doing("read", &icon)?;
        names.insert(String::from("icon"), page::data_address(&icon));
        let highlighter = self.highlighter()?;
        names.insert(String::from("highlighter"), highlighter.address(ASSETS));
        names.insert(
            String::from("highlighter_integrity"),
            highlighter.integrity(),
        );
        highlighter.write(&self.staging.join(ASSETS))?;
        licences::write(
            &licences::list(&tools::modules(&tools::LOWLIGHT)?, &[self.account()])?,
            &self.staging,
        )?;
        // The release is all that its pages are filled with: the glue and the names of all other files.
        let all: Vec<&str> = names.values().map(String::as_str).collect();
        let release = asset::short_hash(all.join("\n").as_bytes());
        names.insert(String::from("release"), release);
        self.page(&names)?;
        self.tidy()?;
        if self.release && !self.reports {
            compress::all(&self.staging)?;
        }
        Ok(())
    }

    /// A development build: one wasm as the compiler made it, and the JavaScript beside it.
    fn whole(&self, names: &mut Names) -> Outcome<(Asset, String)> {
        for name in ["parts", "user", "user_integrity"] {
            names.insert(name.to_owned(), String::new());
        }
        let wasm = Asset::read("nameplate", &self.staging.join(WASM))?;
        Ok((wasm, self.glue(&self.staging.join(GLUE))?))
    }

    /// A release build: the main piece and the parts, each optimised; the parts are served at once, the rest is returned.
    fn cut(&self, names: &mut Names) -> Outcome<(Asset, String)> {
        let mut cut = split::cut(&self.workbench)?;
        let loader = cut.folder.join(split::LOADER);
        let text = fs::read_to_string(&loader).doing("read", &loader)?;
        let mut text = chunks::gather(&mut cut, &text)?;
        let mut halves = BTreeMap::new();
        let mut page_in_main = (String::new(), String::new());
        if self.reports {
            self.report(&cut, &mut text)?;
        } else {
            for (file, stem) in self.split(&cut, &text)? {
                let asset = self.optimised(&cut.folder.join(&file), &stem)?;
                halves.insert(stem, (asset.address(ASSETS), asset.integrity()));
                asset.write(&self.staging.join(ASSETS))?;
            }
            let in_main = format!("nameplate_{}", cold::PAGE_IN_MAIN);
            if let Some((address, integrity)) = halves.remove(&in_main) {
                page_in_main = (address, integrity);
            }
            text = cold::loaded(&text, &halves)?;
        }
        let mut served = BTreeMap::new();
        for part in &cut.parts {
            let asset = self.optimised(&cut.folder.join(part), part.trim_end_matches(".wasm"))?;
            served.insert(part.clone(), (asset.address(ASSETS), asset.integrity()));
            asset.write(&self.staging.join(ASSETS))?;
        }
        self.shorten_names(&cut.folder, &text)?;
        let text = split::addressed(&text, &served)?;
        names.insert(String::from("parts"), split::part_files(&text, &served));
        names.insert(String::from("user"), page_in_main.0);
        names.insert(String::from("user_integrity"), page_in_main.1);
        fs::write(&loader, text).doing("write", &loader)?;
        let wasm = self.optimised(&cut.folder.join(WASM), "nameplate")?;
        Ok((wasm, self.glue(&cut.folder.join(GLUE))?))
    }

    /// Splits the main piece, chunks and parts into hot, which stays in its place, and cold; returns the files made besides with
    /// what they are called.
    fn split(&self, cut: &split::Cut, loader: &str) -> Outcome<Vec<(String, String)>> {
        let listed = cold::Listed::read(&self.root)?;
        let main = cut.folder.join(WASM);
        let mut next_slot = {
            let wasm = fs::read(&main).doing("read", &main)?;
            functions::Functions::read(&wasm)?.table_size
        };
        let mut made = Vec::new();
        let mut keep = |wasm: &[u8], stem: String| {
            let path = cut.folder.join(format!("{stem}.wasm"));
            made.push((format!("{stem}.wasm"), stem));
            fs::write(&path, wasm).doing("write", &path)
        };
        let is_part = |file: &&str| file.starts_with("split_");
        let files = || cut.parts.iter().map(String::as_str);
        // What goes into parts comes first; they are split themselves afterwards.
        let shared = files().filter(|file| !is_part(file));
        for file in [WASM]
            .into_iter()
            .chain(shared)
            .chain(files().filter(is_part))
        {
            let path = cut.folder.join(file);
            let wasm = fs::read(&path).doing("read", &path)?;
            let stem = cold::stem(file);
            let (from, parts) = if file == WASM {
                (hot_cold::LOADER_MODULE, listed.parts().clone())
            } else if is_part(&file) {
                (hot_cold::SHARED_MODULE, BTreeSet::new())
            } else {
                (
                    hot_cold::SHARED_MODULE,
                    chunks::parts_that_need(loader, file),
                )
            };
            let place = |name: &str| listed.place(name, &parts);
            let load = cold::import(&stem);
            let wasm = outline::outlined(&wasm, place)?;
            let Some(halves) = hot_cold::split(&wasm, (from, &load), place, &mut next_slot)? else {
                continue;
            };
            fs::write(&path, halves.hot).doing("write", &path)?;
            keep(&halves.cold, stem)?;
            for (part, wasm) in halves.copies {
                let file = format!("split_{part}.wasm");
                if part == cold::PAGE_IN_MAIN {
                    keep(&wasm, format!("nameplate_{part}"))?;
                } else if cut.parts.contains(&file) {
                    chunks::add(&cut.folder, &file, &wasm)?;
                } else {
                    fail!(
                        "{} lists functions of the part {part}, which is not there.",
                        cold::LIST
                    );
                }
            }
        }
        let hot = fs::read(&main).doing("read", &main)?;
        let hot = hot_cold::with_table_of(&hot, next_slot)?;
        fs::write(&main, hot).doing("write", &main)?;
        let halves = made.iter().map(|(file, _)| file.as_str());
        let all = files().chain([WASM]).chain(halves).map(str::to_owned);
        shared_constants::share_out(&cut.folder, &cut.constants()?, &all.collect())?;
        Ok(made)
    }

    /// Lets every function of the main piece and the parts say that it is called.
    fn report(&self, cut: &split::Cut, loader: &mut String) -> Outcome {
        let mut names = String::new();
        let mut count = 0;
        for file in cut.parts.iter().map(String::as_str).chain([WASM]) {
            let path = cut.folder.join(file);
            let wasm = fs::read(&path).doing("read", &path)?;
            let from = if file == WASM {
                hot_cold::LOADER_MODULE
            } else {
                hot_cold::SHARED_MODULE
            };
            let of = if file.starts_with("split_") {
                IN_A_PART
            } else {
                SHARED
            };
            let (reporting, own) = called::reporting(&wasm, from, count)?;
            fs::write(&path, reporting).doing("write", &path)?;
            count += own.len();
            for reported in own {
                let within = reported
                    .within
                    .map_or(String::from("-"), |within| within.to_string());
                names.push_str(&format!("{of} {within} {}\n", reported.name));
            }
        }
        *loader = called::loaded(loader)?;
        fs::write(reported_names(), names).doing("write", &reported_names())
    }

    /// Before the optimiser, which then leaves out what is no longer exported.
    fn shorten_names(&self, folder: &Path, loader: &str) -> Outcome {
        let (main, glue) = (folder.join(WASM), folder.join(GLUE));
        let wasm = fs::read(&main).doing("read", &main)?;
        let script = fs::read_to_string(&glue).doing("read", &glue)?;
        let (wasm, script) = short_names::shorten(&wasm, &script, loader)?;
        fs::write(&main, wasm).doing("write", &main)?;
        fs::write(&glue, script).doing("write", &glue)
    }

    fn optimised(&self, wasm: &Path, stem: &str) -> Outcome<Asset> {
        if self.reports {
            return Asset::read(stem, wasm);
        }
        let optimised = self.workbench.join("optimised.wasm");
        let symbols = self.workbench.join("symbols.txt");
        process::run(
            process::command(tools::ready(&tools::BINARYEN)?)
                .arg(WASM_OPT)
                .args(WASM_FEATURES)
                .arg(format!("--symbolmap={}", symbols.display()))
                .args(STRIP)
                .arg(wasm)
                .arg("-o")
                .arg(&optimised),
            "shrink the wasm",
        )?;
        let asset = Asset::read(stem, &optimised)?;
        asset.write_beside(&symbols, &workspace::symbols())?;
        Ok(asset)
    }

    /// The text of the JavaScript between the browser and the wasm, with what it imports, as a script of its own.
    fn glue(&self, made: &Path) -> Outcome<String> {
        let bundled = self.workbench.join(GLUE);
        self.bundle(made, |esbuild| {
            esbuild
                .arg("--format=iife")
                .arg(format!("--global-name={GLUE_NAME}"))
                .arg(format!("--banner:js={COMPILE_AT_ONCE}"))
                // It would look for the wasm beside itself, were it not told where that is.
                .arg("--log-override:empty-import-meta=silent")
                // The splitter's loader is imported once for each part, under one name; that is meant.
                .arg("--log-override:duplicate-object-key=silent")
                // Advice for whoever sets up a server or calls wasm-bindgen by hand.
                .arg("--pure:console.warn")
                .arg(format!("--outfile={}", bundled.display()));
        })?;
        let text = fs::read_to_string(&bundled).doing("read", &bundled)?;
        page::fits_into("script", GLUE, &text)?;
        Ok(text.trim_end().to_owned())
    }

    /// The script that colours code, with the packages it imports.
    fn highlighter(&self) -> Outcome<Asset> {
        let bundled = self.workbench.join("highlight.js");
        let modules = tools::modules(&tools::LOWLIGHT)?;
        self.bundle(&self.root.join(HIGHLIGHTER), |esbuild| {
            esbuild
                .env("NODE_PATH", &modules)
                .arg("--format=esm")
                // Their licences ask that the terms go with every copy.
                .arg("--banner:js=/* Licences: /licences.txt */")
                .arg(format!("--metafile={}", self.account().display()))
                .arg(format!("--outfile={}", bundled.display()));
        })?;
        Asset::read("highlight", &bundled)
    }

    /// The bundler's account of what it took for the highlighter.
    fn account(&self) -> PathBuf {
        self.workbench.join("highlight.json")
    }

    /// Serves the style sheets of parts; returns name, address and integrity of each, as the start script reads them.
    fn part_styles(&self) -> Outcome<String> {
        let folder = self.root.join(PART_STYLES);
        let mut sheets = Vec::new();
        for entry in fs::read_dir(&folder).doing("list", &folder)? {
            sheets.push(entry.doing("list", &folder)?.path());
        }
        sheets.sort();
        let mut served = Vec::new();
        for sheet in sheets {
            let Some(name) = sheet.file_stem().and_then(OsStr::to_str) else {
                fail!("{} needs a name of plain letters.", sheet.display());
            };
            let bundled = self.workbench.join(format!("{name}.css"));
            self.bundle(&sheet, |esbuild| {
                esbuild.arg(format!("--outfile={}", bundled.display()));
            })?;
            let asset = Asset::read(name, &bundled)?;
            served.push([name, &asset.address(ASSETS), &asset.integrity()].join(" "));
            asset.write(&self.staging.join(ASSETS))?;
        }
        Ok(served.join(";"))
    }

    fn page(&self, names: &Names) -> Outcome {
        let path = self.staging.join("index.html");
        let html = fs::read_to_string(&path).doing("read", &path)?;
        let html = page::without_trunk_links(&html);
        let html = page::inline(&html, |source| self.inlined(source))?;
        let html = if self.release {
            page::squeezed(&html)
        } else {
            html
        };
        let html = page::filled(&html, names)?;
        fs::write(&path, html).doing("write", &path)
    }

    /// The text of a source file as it stands inside the page.
    fn inlined(&self, source: &str) -> Outcome<String> {
        let name = source.replace('/', "-");
        let made = self.workbench.join(&name);
        self.bundle(&self.root.join(source), |esbuild| {
            // The placeholders are addresses that exist only when the page is filled in. The format
            // leaves `import(…)` to the browser; any other puts a substitute for it into the page.
            esbuild.args(["--format=esm", "--external:{{*"]);
            esbuild.arg(format!("--outfile={}", made.display()));
        })?;
        let text = fs::read_to_string(&made).doing("read", &made)?;
        Ok(text.trim_end().to_owned())
    }

    fn bundle(&self, entry: &Path, options: impl FnOnce(&mut std::process::Command)) -> Outcome {
        let mut esbuild = process::command(&self.esbuild);
        esbuild.arg(entry).args([
            "--bundle",
            "--log-level=warning",
            "--charset=utf8",
            "--legal-comments=none",
        ]);
        if self.release {
            esbuild.arg("--minify");
        }
        options(&mut esbuild);
        process::run(&mut esbuild, &format!("bundle {}", entry.display()))
    }

    /// Takes away what has been replaced by a hashed file.
    fn tidy(&self) -> Outcome {
        for name in [GLUE, WASM] {
            let path = self.staging.join(name);
            fs::remove_file(&path).doing("remove", &path)?;
        }
        let snippets = self.staging.join("snippets");
        if snippets.exists() {
            fs::remove_dir_all(&snippets).doing("remove", &snippets)?;
        }
        Ok(())
    }
}
