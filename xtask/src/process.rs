//! Running other programs: their environment, their output, their failures in a sentence.
//!
//! Cargo gives a program it runs the variables of that program's package. Passed on to another
//! cargo they make build scripts run again that watch them, so they are taken away here.

use crate::failure::{Failure, Outcome};
use std::{
    env,
    ffi::OsStr,
    io::{self, BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
};

/// A command for `program`, started in the workspace, without what cargo told about xtask itself.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(crate::workspace::root());
    for (name, _) in env::vars_os() {
        let Some(name) = name.to_str() else { continue };
        if name.starts_with("CARGO_PKG_")
            || [
                "CARGO_MANIFEST_DIR",
                "CARGO_MANIFEST_PATH",
                "CARGO_BIN_NAME",
                "CARGO_CRATE_NAME",
            ]
            .contains(&name)
        {
            command.env_remove(name);
        }
    }
    // A relative target folder means the caller's folder, not the workspace's.
    if env::var_os("CARGO_TARGET_DIR").is_some() {
        command.env("CARGO_TARGET_DIR", crate::workspace::target());
    }
    command
}

/// A cargo command with `args`.
pub fn cargo<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Command {
    let mut command = command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(args);
    command
}

/// Puts `folders` in front of the command's PATH.
pub fn prefer_on_path(command: &mut Command, folders: &[PathBuf]) {
    let before = env::var_os("PATH").unwrap_or_default();
    let all = folders.iter().cloned().chain(env::split_paths(&before));
    if let Ok(joined) = env::join_paths(all) {
        command.env("PATH", joined);
    }
}

/// Runs to the end with the terminal's own output; `deed` completes "Could not …".
pub fn run(command: &mut Command, deed: &str) -> Outcome {
    let status = command
        .status()
        .map_err(|cause| not_started(command, deed, &cause))?;
    succeeded(command, status, deed)
}

/// Runs to the end and gives back standard output; standard error goes to the terminal.
pub fn read(command: &mut Command, deed: &str) -> Outcome<String> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(|cause| not_started(command, deed, &cause))?;
    succeeded(command, output.status, deed)?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs to the end, shows standard output line by line as it comes and hands each line to `see`.
/// The status is the caller's to judge.
pub fn watch(command: &mut Command, deed: &str, mut see: impl FnMut(&str)) -> Outcome<ExitStatus> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|cause| not_started(command, deed, &cause))?;
    if let Some(stdout) = child.stdout.take() {
        let mut reader = BufReader::new(stdout);
        let mut line = Vec::new();
        // Bytes, not `lines()`: a test may print anything, and that must not end the reading.
        while reader.read_until(b'\n', &mut line).unwrap_or(0) > 0 {
            let _ = io::stdout().lock().write_all(&line);
            see(String::from_utf8_lossy(&line).trim_end());
            line.clear();
        }
    }
    child
        .wait()
        .map_err(|cause| Failure::new(format!("Could not {deed}: {cause}.")))
}

/// The first file of that name in the folders of PATH.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?)
        .map(|folder| folder.join(&file))
        .find(|path| path.is_file())
}

/// The words that `program --version` prints, or nothing where it cannot be run.
pub fn version_words(program: &Path) -> Vec<String> {
    Command::new(program)
        .arg("--version")
        .stderr(Stdio::null())
        .output()
        .ok()
        .filter(|output| output.status.success())
        .map(|output| {
            String::from_utf8_lossy(&output.stdout)
                .split_whitespace()
                .map(str::to_owned)
                .collect()
        })
        .unwrap_or_default()
}

fn succeeded(command: &Command, status: ExitStatus, deed: &str) -> Outcome {
    if status.success() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "Could not {deed}: {} ended with {status}.",
        command.get_program().to_string_lossy()
    )))
}

fn not_started(command: &Command, deed: &str, cause: &io::Error) -> Failure {
    let program = command.get_program().to_string_lossy().into_owned();
    if cause.kind() == io::ErrorKind::NotFound {
        let how = match Path::new(&program).file_stem().and_then(OsStr::to_str) {
            Some("npm" | "node") => "install Node.js 20 or newer",
            Some("rustup") => "install it from https://rustup.rs",
            Some("cargo") => "install Rust with rustup from https://rustup.rs",
            _ => "install it and see that it is on PATH",
        };
        return Failure::new(format!("Could not {deed}: {program} was not found; {how}."));
    }
    Failure::new(format!(
        "Could not {deed}: {program} could not be started: {cause}."
    ))
}
