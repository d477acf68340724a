//! What a compiler can say: formatting, lints for both targets, documentation. No warning passes.

use crate::{fail, failure::Outcome, process, tools};
use std::process::{Command, Stdio};

/// Runs every check, also after one that found something, and names those that did.
pub fn run() -> Outcome {
    tools::wasm_target()?;
    component("fmt", "rustfmt", "check the formatting")?;
    component("clippy", "clippy", "run the lints")?;
    let mut found = Vec::new();
    for (name, mut check) in checks() {
        println!("Checking: {name}.");
        if let Err(failure) = process::run(&mut check, &format!("pass: {name}")) {
            eprintln!("error: {failure}");
            found.push(name);
        }
    }
    if !found.is_empty() {
        fail!("Not in order: {}.", found.join("; "));
    }
    Ok(())
}

fn checks() -> [(&'static str, Command); 4] {
    let clippy = |arguments: &[&str]| {
        let mut clippy = process::cargo(["clippy", "--locked", "--quiet"]);
        clippy.args(arguments).args(["--", "-D", "warnings"]);
        clippy
    };
    let mut documentation = process::cargo([
        "doc",
        "--locked",
        "--quiet",
        "--workspace",
        "--no-deps",
        "--document-private-items",
    ]);
    documentation.env("RUSTDOCFLAGS", "-D warnings");
    [
        (
            "the formatting (`cargo fmt --all` mends it)",
            process::cargo(["fmt", "--all", "--check"]),
        ),
        (
            "the lints for the host",
            clippy(&["--workspace", "--all-targets"]),
        ),
        (
            "the lints for the browser",
            // The unit tests are for the host, and so are the crates that only they use.
            clippy(&[
                "--package",
                "nameplate",
                "--target",
                "wasm32-unknown-unknown",
                "--lib",
                "--bins",
                "--test",
                "browser",
            ]),
        ),
        ("the documentation", documentation),
    ]
}

/// Sees to a part of the toolchain that rustup can bring.
fn component(command: &str, name: &str, purpose: &str) -> Outcome {
    let there = process::cargo([command, "--version"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if there {
        return Ok(());
    }
    println!("Installing {name} with rustup: it is needed to {purpose}.");
    process::run(
        process::command("rustup").args(["component", "add", name]),
        &format!("install {name}"),
    )
}
