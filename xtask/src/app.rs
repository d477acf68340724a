//! Building the app: Trunk with the pinned tools, and only when something has changed.

use crate::{
    failure::{FileContext, Outcome},
    finish, lock, process, tools, workspace,
};
use sha2::{Digest, Sha256};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Everything a release build depends on, relative to the workspace.
const SOURCES: [&str; 15] = [
    "index.html",
    finish::COLD_FUNCTIONS,
    "start.js",
    "lazy",
    "src",
    "template-macro",
    "style",
    "public",
    "delivery",
    "xtask",
    "Trunk.toml",
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
    ".cargo/config.toml",
];

/// Makes `dist/`, unless it already stands there made from the same sources.
pub fn release() -> Outcome {
    let dist = workspace::dist();
    let stamp = workspace::state().join("dist.stamp");
    let _held = lock::hold(&workspace::state().join("dist.lock"), "building the app")?;
    let sources = fingerprint(&workspace::root(), &SOURCES)?;
    if fs::read_to_string(&stamp).is_ok_and(|made| made == stamped(&sources, &dist)) {
        println!("The app in {} is up to date.", dist.display());
        return Ok(());
    }
    println!(
        "Building the app into {} (release; this takes minutes).",
        dist.display()
    );
    ready()?;
    // A build that fails must not leave a stamp that fits.
    let _ = fs::remove_file(&stamp);
    process::run(&mut release_build(&dist)?, "build the app")?;
    fs::write(&stamp, stamped(&sources, &dist)).doing("write", &stamp)
}

/// Makes, in a folder that it returns, a release build that says which of its functions are called.
pub fn reporting() -> Outcome<PathBuf> {
    let folder = workspace::state().join("reporting");
    let _held = lock::hold(&workspace::state().join("dist.lock"), "building the app")?;
    ready()?;
    let mut trunk = release_build(&folder)?;
    trunk.env(finish::REPORT_CALLS, "1");
    process::run(&mut trunk, "build the app, reporting its calls")?;
    Ok(folder)
}

/// Trunk, about to make a release build in `folder`.
fn release_build(folder: &Path) -> Outcome<Command> {
    let mut trunk = trunk("build")?;
    trunk
        .args([
            "--quiet",
            "--release=true",
            "--cargo-profile=wasm-release",
            "--dist",
        ])
        .arg(folder)
        .env("RUSTFLAGS", finish::RUSTFLAGS);
    with_own_standard_library(&mut trunk);
    Ok(trunk)
}

/// Sees to everything a release build needs; after this it needs no network.
pub fn ready() -> Outcome {
    tools::wasm_target()?;
    tools::standard_library_source()?;
    for tool in tools::ALL {
        tools::ready(tool)?;
    }
    tools::dependencies()?;
    // The standard library's own dependencies are in no lock file of ours.
    let mut fetch = process::cargo([
        "fetch",
        "--locked",
        "--quiet",
        "--target",
        "wasm32-unknown-unknown",
    ]);
    with_own_standard_library(&mut fetch);
    process::run(&mut fetch, "fetch the crates of the standard library")
}

/// The standard library is compiled with the app's own profile and without the texts of its panics:
/// 14 kB of 192 after compression. The pinned compiler is a stable one; this lets it take the two
/// unstable options.
fn with_own_standard_library(command: &mut Command) {
    command
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
        .env("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size");
}

/// Trunk, told to rebuild the development build whenever a source changes.
pub fn watching() -> Outcome<Command> {
    let mut trunk = trunk("watch")?;
    trunk.arg("--dist").arg(workspace::dev_dist());
    Ok(trunk)
}

/// Trunk with everything it needs in reach and nothing to download.
fn trunk(task: &str) -> Outcome<Command> {
    tools::wasm_target()?;
    let trunk = tools::ready(&tools::TRUNK)?;
    let wasm_bindgen = tools::ready(&tools::WASM_BINDGEN)?;
    // The hook needs these; installing them here keeps their messages apart from the build's.
    tools::ready(&tools::BINARYEN)?;
    tools::ready(&tools::ESBUILD)?;
    tools::ready(&tools::LOWLIGHT)?;
    tools::dependencies()?;
    let own = std::env::current_exe().doing("find", Path::new("the running xtask"))?;
    let folders: Vec<PathBuf> = [&trunk, &wasm_bindgen, &own]
        .into_iter()
        .filter_map(|program| program.parent().map(Path::to_path_buf))
        .collect();
    let mut command = process::command(&trunk);
    process::prefer_on_path(&mut command, &folders);
    command
        .args([
            task,
            "--skip-version-check",
            "--offline=true",
            "--locked=true",
        ])
        // Trunk reads this variable as true or false and stops at the customary 1.
        .env_remove("NO_COLOR");
    Ok(command)
}

/// What the stamp of a finished build says: its sources, and that its files are all there.
fn stamped(sources: &str, dist: &Path) -> String {
    let files = finish::files(dist).unwrap_or_default();
    let listing: String = files
        .iter()
        .map(|path| {
            let length = fs::metadata(path).map_or(0, |metadata| metadata.len());
            let name = path.strip_prefix(dist).unwrap_or(path);
            format!("{length} {}\n", name.display())
        })
        .collect();
    format!("{sources}\n{listing}")
}

/// One hash over the names and contents of `sources` below `root`; what is missing counts as empty.
fn fingerprint(root: &Path, sources: &[&str]) -> Outcome<String> {
    let mut hash = Sha256::new();
    for source in sources {
        let path = root.join(source);
        let files = if path.is_dir() {
            finish::files(&path)?
        } else {
            vec![path]
        };
        for file in files.into_iter().filter(|file| file.is_file()) {
            let content = fs::read(&file).doing("read", &file)?;
            let name = file
                .strip_prefix(root)
                .unwrap_or(&file)
                .to_string_lossy()
                .into_owned();
            // Lengths, so that no two different trees give one stream of bytes.
            for part in [name.as_bytes(), content.as_slice()] {
                hash.update(part.len().to_le_bytes());
                hash.update(part);
            }
        }
    }
    Ok(hash
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fingerprint_follows_names_and_contents() {
        let root =
            std::env::temp_dir().join(format!("nameplate-fingerprint-{}", std::process::id()));
        let write = |name: &str, text: &str| {
            let path = root.join(name);
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            fs::write(path, text).expect("a file");
        };
        let now = || fingerprint(&root, &["src", "index.html", "missing"]).expect("a fingerprint");
        write("src/pages/user.rs", "a");
        write("index.html", "b");
        write("other.txt", "c");
        let first = now();
        assert_eq!(now(), first, "nothing changed");
        write("other.txt", "d");
        assert_eq!(now(), first, "no source changed");
        write("src/pages/user.rs", "e");
        let second = now();
        assert_ne!(second, first, "a content changed");
        fs::rename(
            root.join("src/pages/user.rs"),
            root.join("src/pages/crate.rs"),
        )
        .expect("moved");
        assert_ne!(now(), second, "a name changed");
        fs::remove_dir_all(&root).expect("removed");
    }

    #[test]
    fn a_stamp_no_longer_fits_when_a_finished_file_is_gone() {
        let dist = std::env::temp_dir().join(format!("nameplate-stamp-{}", std::process::id()));
        fs::create_dir_all(&dist).expect("a folder");
        fs::write(dist.join("index.html"), "page").expect("a file");
        let whole = stamped("sources", &dist);
        assert_ne!(stamped("other sources", &dist), whole);
        fs::remove_file(dist.join("index.html")).expect("removed");
        assert_ne!(stamped("sources", &dist), whole);
        fs::remove_dir_all(&dist).expect("removed");
    }
}
