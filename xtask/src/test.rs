//! `cargo xtask test`: every stage in turn, its time, and one honest count at the end.
//!
//! A stage that cannot run, or runs no test at all, counts as one failure: the last line never says
//! "0 failed" when something was left out.

mod count;

use crate::{
    app, check,
    chromium::{self, Chromium},
    fail,
    failure::{FileContext, Outcome},
    nginx::{self, Nginx},
    process, tools, workspace,
};
use count::Count;
use std::{
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

/// The stages in their order: the quickest to fail come first.
const STAGES: [(&str, &str); 5] = [
    ("check", "formatting, lints for both targets, documentation"),
    (
        "units",
        "the app's logic, its contract with the registry, the import direction, xtask",
    ),
    ("registry", "the embedded registry"),
    ("browser", "components and pages in headless Chromium"),
    (
        "e2e",
        "the release build and the registry in headless Chromium",
    ),
];

/// Runs the named stages, or all; what follows `--` goes to the tests' own filter.
pub fn run(arguments: &[String]) -> Outcome {
    let split = arguments
        .iter()
        .position(|argument| argument == "--")
        .unwrap_or(arguments.len());
    let (asked, filter) = arguments.split_at(split);
    for name in asked {
        if !STAGES.iter().any(|(stage, _)| stage == name) {
            let known: Vec<&str> = STAGES.iter().map(|(stage, _)| *stage).collect();
            fail!(
                "There is no stage `{name}`; there are {}.",
                known.join(", ")
            );
        }
    }
    let wanted = |stage: &str| asked.is_empty() || asked.iter().any(|name| name == stage);

    let started = Instant::now();
    let setting = Setting::ready(wanted, filter)?;
    let mut times = vec![("set-up", started.elapsed())];
    let mut all = Count::default();
    for (stage, holds) in STAGES.into_iter().filter(|(stage, _)| wanted(stage)) {
        println!("\n=== {stage}: {holds}");
        let started = Instant::now();
        let mut count = Count::default();
        if let Err(failure) = setting.stage(stage, &mut count) {
            eprintln!("error: {failure}");
            // The failed tests are counted already; a stage that broke otherwise is one failure.
            count.failed = count.failed.max(1);
        }
        all += count;
        times.push((stage, started.elapsed()));
    }

    println!("\n=== times");
    for (stage, time) in &times {
        println!("{stage:<10} {:>8}", clock(*time));
    }
    let tested: Duration = times.iter().skip(1).map(|(_, time)| *time).sum();
    println!("{:<10} {:>8}  (after set-up)", "together", clock(tested));
    if all.ignored > 0 {
        println!("{} ignored", all.ignored);
    }
    println!("{} passed, {} failed", all.passed, all.failed);
    // The line above is the last one: nothing more is to be said.
    std::process::exit(i32::from(all.failed > 0));
}

/// What the stages need, seen to before the first begins.
struct Setting {
    runner: Option<PathBuf>,
    chromium: Option<Chromium>,
    nginx: Option<Nginx>,
    filter: Vec<String>,
}

impl Setting {
    fn ready(wanted: impl Fn(&str) -> bool, filter: &[String]) -> Outcome<Self> {
        tools::wasm_target()?;
        tools::dependencies()?;
        let mut setting = Self {
            runner: None,
            chromium: None,
            nginx: None,
            filter: filter.to_vec(),
        };
        if wanted("browser") {
            let name = format!("wasm-bindgen-test-runner{}", std::env::consts::EXE_SUFFIX);
            setting.runner = Some(tools::ready(&tools::WASM_BINDGEN)?.with_file_name(name));
        }
        if wanted("e2e") {
            app::ready()?;
            tools::ready(&tools::AXE)?;
            setting.nginx = Some(nginx::ready()?);
        }
        if wanted("browser") || wanted("e2e") {
            setting.chromium = Some(chromium::ready()?);
        }
        Ok(setting)
    }

    fn stage(&self, stage: &str, count: &mut Count) -> Outcome {
        match stage {
            "check" => check::run(),
            "units" => self.tests(
                &mut tests(&["nameplate", "nameplate-delivery", "xtask"]),
                count,
            ),
            "registry" => self.tests(&mut tests(&["nameplate-registry"]), count),
            "browser" => {
                let mut command = tests(&["nameplate"]);
                command.args(["--target", "wasm32-unknown-unknown", "--test", "browser"]);
                if let Some(runner) = &self.runner {
                    command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner);
                }
                if let Some(chromium) = &self.chromium {
                    chromium.tell(&mut command);
                    command.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", chromium.capabilities()?);
                }
                // Seconds for all tests together, on a slow machine.
                command.env("WASM_BINDGEN_TEST_TIMEOUT", "600");
                self.tests(&mut command, count)
            }
            _ => {
                app::release()?;
                build_registry()?;
                let mut command = tests(&["nameplate-e2e"]);
                if let Some(chromium) = &self.chromium {
                    chromium.tell(&mut command);
                }
                if let Some(nginx) = &self.nginx {
                    nginx.tell(&mut command);
                }
                command.env("NAMEPLATE_AXE", tools::ready(&tools::AXE)?);
                // The tests of delivery ask this very program for configurations.
                command.env("NAMEPLATE_XTASK", own()?);
                served(&mut command);
                self.tests(&mut command, count)
            }
        }
    }

    fn tests(&self, command: &mut Command, count: &mut Count) -> Outcome {
        command.args(&self.filter);
        let status = process::watch(command, "run the tests", |line| count.see(line))?;
        if count.passed + count.failed == 0 {
            fail!("This stage ran no test.");
        }
        if !status.success() && count.failed == 0 {
            fail!("This stage did not come to its end ({status}).");
        }
        Ok(())
    }
}

/// The variable by which proptest is told where its random cases begin, and what it is told unless it is set: with the
/// same cases each time, a revision that passed once passes again. To search wider: another number, and PROPTEST_CASES.
const RANDOM_CASES: (&str, &str) = ("PROPTEST_RNG_SEED", "3946");

/// `cargo test` of `packages`; one failing program does not keep the next from running.
fn tests(packages: &[&str]) -> Command {
    let mut command = process::cargo(["test", "--locked", "--no-fail-fast"]);
    if std::env::var_os(RANDOM_CASES.0).is_none() {
        command.env(RANDOM_CASES.0, RANDOM_CASES.1);
    }
    for package in packages {
        command.args(["--package", package]);
    }
    command
}

/// This program.
fn own() -> Outcome<PathBuf> {
    std::env::current_exe().doing("find", Path::new("the running xtask"))
}

/// Builds the registry that is served to people and to the end-to-end tests.
pub fn build_registry() -> Outcome {
    process::run(
        &mut process::cargo([
            "build",
            "--locked",
            "--release",
            "--package",
            "nameplate-registry",
            "--bin",
            "nameplate-registry",
        ]),
        "build the registry",
    )
}

/// Tells a program where the finished app and the registry's program are.
pub fn served(command: &mut Command) {
    command.env("NAMEPLATE_DIST", workspace::dist()).env(
        "NAMEPLATE_REGISTRY",
        workspace::release_program("nameplate-registry"),
    );
}

/// Minutes and seconds.
fn clock(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    if seconds < 60.0 {
        return format!("{seconds:.1} s");
    }
    format!("{} min {:02} s", time.as_secs() / 60, time.as_secs() % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_in_minutes_and_seconds() {
        assert_eq!(clock(Duration::from_millis(4_250)), "4.2 s");
        assert_eq!(clock(Duration::from_secs(61)), "1 min 01 s");
        assert_eq!(clock(Duration::from_secs(1_499)), "24 min 59 s");
    }
}
