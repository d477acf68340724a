//! The build tools in their pinned versions, and where they come from.
//!
//! A tool of exactly the pinned version on PATH is used. Otherwise it is installed into this
//! project's own cache of the user, with the version in the folder's name, so that a second
//! checkout finds it and nothing of the user's own is ever replaced. What is half installed is
//! never found: a tool is put together in a temporary folder and renamed when it is whole.

use crate::{
    fail,
    failure::{Failure, FileContext, Outcome},
    lock, process,
};
use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// How a tool is installed.
#[derive(Debug)]
enum Source {
    /// `cargo install --locked`; the version is that of the crate.
    Cargo {
        /// The features its program needs, separated by commas; empty for the usual ones.
        features: &'static str,
    },
    /// `npm ci` on a manifest and lock file of ours, which pin the content by its hash.
    Npm {
        manifest: &'static str,
        lock: &'static str,
    },
    /// The same for sources that are bundled: there is no program, only the package itself.
    Library {
        manifest: &'static str,
        lock: &'static str,
    },
}

/// A program the build needs.
#[derive(Debug)]
pub struct Tool {
    /// The package's name where it is installed from, and the first part of its folder's.
    package: &'static str,
    version: &'static str,
    /// The executable asked for its version.
    program: &'static str,
    /// Other executables of the package that must lie beside it.
    beside: &'static [&'static str],
    /// Completes "… is needed to …".
    purpose: &'static str,
    /// What to expect while it is being installed.
    patience: &'static str,
    source: Source,
}

/// Drives cargo and wasm-bindgen, and rebuilds on change.
pub const TRUNK: Tool = Tool {
    package: "trunk",
    version: "0.21.14",
    program: "trunk",
    beside: &[],
    purpose: "build the app from index.html",
    patience: "compiled from source, some minutes",
    source: Source::Cargo { features: "" },
};

/// Makes the JavaScript between the browser and the wasm, and runs the browser tests. Its version
/// is that of the library, to the last digit.
pub const WASM_BINDGEN: Tool = Tool {
    package: "wasm-bindgen-cli",
    version: "0.2.126",
    program: "wasm-bindgen",
    beside: &["wasm-bindgen-test-runner"],
    purpose: "connect the wasm with the browser",
    patience: "compiled from source, a few minutes",
    source: Source::Cargo { features: "" },
};

/// Holds `wasm-opt`.
pub const BINARYEN: Tool = Tool {
    package: "binaryen",
    version: "132",
    program: "wasm-opt",
    beside: &[],
    purpose: "shrink the wasm",
    patience: "some seconds",
    source: Source::Npm {
        manifest: include_str!("../tools/binaryen/package.json"),
        lock: include_str!("../tools/binaryen/package-lock.json"),
    },
};

/// Cuts the wasm into the parts that pages load when they are asked for.
pub const WASM_SPLIT: Tool = Tool {
    package: "wasm_split_cli_support",
    version: "0.2.4",
    program: "wasm-split-cli",
    beside: &[],
    purpose: "cut the wasm into parts",
    patience: "compiled from source, about a minute",
    source: Source::Cargo {
        features: "build-binary",
    },
};

/// Bundles the style sheets, minifies style sheets and scripts.
pub const ESBUILD: Tool = Tool {
    package: "esbuild",
    version: "0.28.2",
    program: "esbuild",
    beside: &[],
    purpose: "bundle and minify CSS and JavaScript",
    patience: "some seconds",
    source: Source::Npm {
        manifest: include_str!("../tools/esbuild/package.json"),
        lock: include_str!("../tools/esbuild/package-lock.json"),
    },
};

/// Colours code in READMEs: highlight.js's grammars, as a tree instead of markup. Bundled into a file of the app.
pub const LOWLIGHT: Tool = Tool {
    package: "lowlight",
    version: "3.3.0",
    program: "package.json",
    beside: &[],
    purpose: "colour code in READMEs",
    patience: "some seconds",
    source: Source::Library {
        manifest: include_str!("../tools/lowlight/package.json"),
        lock: include_str!("../tools/lowlight/package-lock.json"),
    },
};

/// Finds what keeps people out of a page; the end-to-end tests run it on every page.
pub const AXE: Tool = Tool {
    package: "axe-core",
    version: "4.14.1",
    program: "axe.min.js",
    beside: &[],
    purpose: "test the pages' accessibility",
    patience: "some seconds",
    source: Source::Library {
        manifest: include_str!("../tools/axe-core/package.json"),
        lock: include_str!("../tools/axe-core/package-lock.json"),
    },
};

/// Every tool a release build takes.
pub const ALL: [&Tool; 6] = [
    &TRUNK,
    &WASM_BINDGEN,
    &WASM_SPLIT,
    &BINARYEN,
    &ESBUILD,
    &LOWLIGHT,
];

impl Tool {
    /// The name of the tool's folder in the cache: another version is another folder.
    fn folder_name(&self) -> String {
        format!("{}-{}", self.package, self.version)
    }

    /// Where the executable `name` lies once the tool stands in `folder`.
    fn executable(&self, folder: &Path, name: &str) -> PathBuf {
        match self.source {
            Source::Cargo { .. } => folder
                .join("bin")
                .join(format!("{name}{}", env::consts::EXE_SUFFIX)),
            Source::Npm { .. } => {
                let shim = if cfg!(windows) { ".cmd" } else { "" };
                folder
                    .join("node_modules")
                    .join(".bin")
                    .join(format!("{name}{shim}"))
            }
            Source::Library { .. } => folder.join("node_modules").join(self.package).join(name),
        }
    }

    fn is_whole(&self, folder: &Path) -> bool {
        std::iter::once(&self.program)
            .chain(self.beside)
            .all(|name| self.executable(folder, name).is_file())
    }

    /// The user's own copy, where it is of exactly the pinned version and complete.
    fn on_path(&self) -> Option<PathBuf> {
        if matches!(self.source, Source::Library { .. }) {
            return None;
        }
        let program = process::on_path(self.program)?;
        let folder = program.parent()?;
        let complete = self.beside.iter().all(|name| {
            folder
                .join(format!("{name}{}", env::consts::EXE_SUFFIX))
                .is_file()
        });
        (complete && says_version(&process::version_words(&program), self.version))
            .then_some(program)
    }
}

/// Whether the words of a `--version` answer hold `version` as a word of its own.
fn says_version(words: &[String], version: &str) -> bool {
    words.iter().any(|word| word == version)
}

/// The folder in which the sources of a package and of all it needs lie, installed first where it is missing.
pub fn modules(library: &Tool) -> Outcome<PathBuf> {
    let manifest = ready(library)?;
    let modules = manifest
        .ancestors()
        .find(|folder| folder.ends_with("node_modules"));
    modules.map(Path::to_path_buf).ok_or_else(|| {
        Failure::new(format!(
            "{} is not in a folder of packages.",
            library.package
        ))
    })
}

/// The tool's main executable, installed first where it is missing.
pub fn ready(tool: &Tool) -> Outcome<PathBuf> {
    if let Some(program) = tool.on_path() {
        return Ok(program);
    }
    let cache = cache()?;
    let folder = cache.join(tool.folder_name());
    if !tool.is_whole(&folder) {
        install(tool, &cache, &folder)?;
    }
    Ok(tool.executable(&folder, tool.program))
}

/// Sees to the standard library for wasm, which rustup brings.
pub fn wasm_target() -> Outcome {
    let library = process::read(
        process::command("rustc").args([
            "--print",
            "target-libdir",
            "--target",
            "wasm32-unknown-unknown",
        ]),
        "ask rustc where its libraries are",
    )?;
    if Path::new(library.trim()).is_dir() {
        return Ok(());
    }
    println!(
        "Installing the target wasm32-unknown-unknown with rustup: the app is compiled for it."
    );
    process::run(
        process::command("rustup").args(["target", "add", "wasm32-unknown-unknown"]),
        "install the target wasm32-unknown-unknown",
    )
}

/// Makes sure that the standard library's own source is there: release builds compile it anew, for size.
pub fn standard_library_source() -> Outcome {
    let root = process::read(
        process::command("rustc").args(["--print", "sysroot"]),
        "ask rustc where it is installed",
    )?;
    if Path::new(root.trim())
        .join("lib/rustlib/src/rust/library/std")
        .is_dir()
    {
        return Ok(());
    }
    println!(
        "Installing the component rust-src with rustup: the app's standard library is compiled for size."
    );
    process::run(
        process::command("rustup").args(["component", "add", "rust-src"]),
        "install the component rust-src",
    )
}

/// Fetches the sources of all dependencies, so that what comes after needs no network.
pub fn dependencies() -> Outcome {
    process::run(
        &mut process::cargo(["fetch", "--locked", "--quiet"]),
        "fetch the crates that Cargo.lock names",
    )
}

/// The folder with all tools of this project for this user.
fn cache() -> Outcome<PathBuf> {
    let home = || env::home_dir().filter(|home| home.is_absolute());
    let own = |name: &str| {
        env::var_os(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    let base = own("XDG_CACHE_HOME").or_else(|| {
        if cfg!(target_os = "macos") {
            home().map(|home| home.join("Library/Caches"))
        } else if cfg!(windows) {
            own("LOCALAPPDATA")
        } else {
            home().map(|home| home.join(".cache"))
        }
    });
    match base {
        Some(base) => Ok(base.join("nameplate").join("tools")),
        None => Err(Failure::new(
            "No place to keep the build tools: set HOME or XDG_CACHE_HOME to an absolute path.",
        )),
    }
}

fn install(tool: &Tool, cache: &Path, folder: &Path) -> Outcome {
    fs::create_dir_all(cache).doing("create", cache)?;
    let _held = lock::hold(&cache.join(".lock"), "installing tools")?;
    // Another set-up may have finished while this one waited.
    if tool.is_whole(folder) {
        return Ok(());
    }
    println!(
        "Installing {} {} ({}): it is needed to {}. It goes to {} and nowhere else.",
        tool.package,
        tool.version,
        tool.patience,
        tool.purpose,
        folder.display()
    );
    // The lock is ours, so whatever lies here was left by a set-up that was interrupted.
    let workshop = cache.join(format!(".installing-{}", tool.folder_name()));
    remove(&workshop)?;
    remove(folder)?;
    let made = workshop.join("made");
    fs::create_dir_all(&made).doing("create", &made)?;
    match tool.source {
        Source::Cargo { features } => cargo_install(tool, features, &workshop, &made)?,
        Source::Npm { manifest, lock } | Source::Library { manifest, lock } => {
            npm_install(tool, &made, manifest, lock)?
        }
    }
    if !tool.is_whole(&made) {
        fail!(
            "{} {} was installed, but {} is not among its programs.",
            tool.package,
            tool.version,
            tool.program
        );
    }
    fs::rename(&made, folder).doing("move the finished tool to", folder)?;
    remove(&workshop)
}

fn cargo_install(tool: &Tool, features: &str, workshop: &Path, made: &Path) -> Outcome {
    process::run(
        process::cargo(["install", "--locked", "--quiet", tool.package, "--version"])
            .arg(format!("={}", tool.version))
            .args(["--features", features])
            .arg("--root")
            .arg(made)
            .arg("--target-dir")
            .arg(workshop.join("target"))
            // Away from this workspace, whose settings are not meant for it.
            .current_dir(workshop),
        &format!("install {} {}", tool.package, tool.version),
    )
}

fn npm_install(tool: &Tool, made: &Path, manifest: &str, lock: &str) -> Outcome {
    for (name, text) in [("package.json", manifest), ("package-lock.json", lock)] {
        let path = made.join(name);
        fs::write(&path, text).doing("write", &path)?;
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    process::run(
        process::command(npm)
            // No script of a package runs: both tools work without, and fewer hands touch the machine.
            .args([
                "ci",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--loglevel=error",
            ])
            .current_dir(made),
        &format!("install {} {}", tool.package, tool.version),
    )
}

fn remove(folder: &Path) -> Outcome {
    if folder.exists() {
        fs::remove_dir_all(folder).doing("remove", folder)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(answer: &str) -> Vec<String> {
        answer.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn each_version_has_a_folder_of_its_own() {
        let folders: std::collections::BTreeSet<String> =
            ALL.iter().map(|tool| tool.folder_name()).collect();
        assert_eq!(folders.len(), ALL.len());
        assert_eq!(TRUNK.folder_name(), "trunk-0.21.14");
        assert_eq!(WASM_BINDGEN.folder_name(), "wasm-bindgen-cli-0.2.126");
        assert_eq!(BINARYEN.folder_name(), "binaryen-132");
        assert_eq!(ESBUILD.folder_name(), "esbuild-0.28.2");
        assert_eq!(LOWLIGHT.folder_name(), "lowlight-3.3.0");
    }

    #[test]
    fn only_exactly_the_pinned_version_on_path_is_used() {
        assert!(says_version(&words("trunk 0.21.14"), "0.21.14"));
        assert!(says_version(
            &words("wasm-opt version 132 (version_132)"),
            "132"
        ));
        assert!(says_version(&words("0.28.2"), "0.28.2"));
        assert!(!says_version(&words("trunk 0.21.1"), "0.21.14"));
        assert!(!says_version(&words("trunk 0.21.140"), "0.21.14"));
        assert!(!says_version(
            &words("wasm-opt version 13 (version_13)"),
            "132"
        ));
        assert!(!says_version(&words(""), "132"));
    }

    #[test]
    fn the_lock_files_pin_the_versions_we_name() {
        for tool in [&BINARYEN, &ESBUILD, &LOWLIGHT, &AXE] {
            let (Source::Npm { manifest, lock } | Source::Library { manifest, lock }) = tool.source
            else {
                panic!("{} comes from npm", tool.package)
            };
            let manifest: serde_json::Value = serde_json::from_str(manifest).expect("manifest");
            let lock: serde_json::Value = serde_json::from_str(lock).expect("lock");
            let asked = manifest["dependencies"][tool.package]
                .as_str()
                .expect("a version");
            let entry = &lock["packages"][format!("node_modules/{}", tool.package)];
            assert_eq!(entry["version"].as_str(), Some(asked));
            assert!(
                entry["integrity"]
                    .as_str()
                    .is_some_and(|hash| hash.starts_with("sha512-"))
            );
            assert!(
                asked == tool.version || asked == format!("{}.0.0", tool.version),
                "{asked} is not {}",
                tool.version
            );
        }
    }

    #[test]
    fn the_end_to_end_tests_take_the_axe_we_install() {
        let source = include_str!("../../tests/e2e/src/axe.rs");
        assert!(source.contains(&format!("VERSION: &str = \"{}\"", AXE.version)));
    }

    #[test]
    fn the_library_and_the_tool_have_one_version() {
        let lock = include_str!("../../Cargo.lock");
        let entry = format!(
            "name = \"wasm-bindgen\"\nversion = \"{}\"",
            WASM_BINDGEN.version
        );
        assert!(lock.contains(&entry));
    }

    #[test]
    fn an_interrupted_installation_is_not_taken_for_a_finished_one() {
        let folder = env::temp_dir().join(format!("nameplate-tools-{}", std::process::id()));
        let bin = folder.join("bin");
        fs::create_dir_all(&bin).expect("a folder");
        let touch = |name: &str| {
            fs::write(bin.join(format!("{name}{}", env::consts::EXE_SUFFIX)), "").expect("a file");
        };
        assert!(!WASM_BINDGEN.is_whole(&folder));
        touch("wasm-bindgen");
        assert!(
            !WASM_BINDGEN.is_whole(&folder),
            "the test runner is missing"
        );
        touch("wasm-bindgen-test-runner");
        assert!(WASM_BINDGEN.is_whole(&folder));
        fs::remove_dir_all(&folder).expect("removed");
    }
}
