//! Where things lie: the workspace, its target folder, the finished files.
//!
//! Paths are asked for here and nowhere else, so that `CARGO_TARGET_DIR` holds for every task and a
//! task can be started from any folder.

use std::{
    env,
    path::{Path, PathBuf},
};

/// The folder of the workspace's `Cargo.toml`.
pub fn root() -> PathBuf {
    // Cargo sets the variable when it runs us; the compiled-in path serves a binary started by hand.
    let own = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    own.parent().map_or(own.clone(), Path::to_path_buf)
}

/// The folder cargo builds into.
pub fn target() -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => {
            let folder = PathBuf::from(folder);
            if folder.is_absolute() {
                folder
            } else {
                env::current_dir().unwrap_or_else(|_| root()).join(folder)
            }
        }
        None => root().join("target"),
    }
}

/// What the tasks themselves leave behind between runs.
pub fn state() -> PathBuf {
    target().join("nameplate")
}

/// The finished static files of a release build.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// What each function of the finished wasm is called, for error reports; kept, and not served.
pub fn symbols() -> PathBuf {
    root().join("dist-symbols")
}

/// The files of `serve --dev`, apart from the finished ones.
pub fn dev_dist() -> PathBuf {
    state().join("dev-dist")
}

/// A program that `cargo build --release` has made.
pub fn release_program(name: &str) -> PathBuf {
    target()
        .join("release")
        .join(format!("{name}{}", env::consts::EXE_SUFFIX))
}
