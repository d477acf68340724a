//! `cargo xtask …`: everything one does with this project, each as one command.
//!
//! The tasks call other programs and put their failures into a sentence. What needs heavy crates
//! (a browser's driver, a database) is a program of another package that a task starts.

mod app;
mod apt;
mod bench;
mod check;
mod chromium;
mod delivery;
mod failure;
mod finish;
mod lock;
mod nginx;
mod process;
mod profile;
mod serve;
mod test;
mod tools;
mod workspace;

use failure::Outcome;
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask serve    build the app, start the embedded registry with demonstration data, serve both
    --port N         the app's port (8080); the registry takes the next two as well
    --data FILE      the registry's database (under target/), kept between starts
    --fresh          begin with new demonstration data
    --dev            unoptimised build, rebuilt whenever a source changes
    --api URL        a crates.io-compatible server instead of the embedded registry
    --level LEVEL    how much of the API the registry has: august, september, full
    --seed SEED      what the registry begins with: demo, recorded, none
    --scale N        as many made-up crates besides
    --clock          let tests move the registry's clock
    --faults         let tests make the registry fail
    --read-only, --banner TEXT  what the registry says of itself at the top of every page
cargo xtask test     run everything; or some of: check units browser registry e2e
    -- FILTER        only tests whose name holds FILTER
cargo xtask check    formatting, lints for host and wasm, documentation; no warning passes
cargo xtask dist     the finished static files in dist/
cargo xtask bench    what a visitor downloads and waits for; or one of: budget sizes registry
cargo xtask profile  write down anew which functions of the wasm no first page calls; or: blocking, which first pages
                     of the finished build call what is not there yet
cargo xtask delivery nginx     print an nginx configuration for dist/; or: _headers, for static hosts;
                               or: opensearch, the search's description with the site's address
    --file-host URL  the origin of READMEs and avatars (https://static.crates.io)
    --api URL        where the registry's server listens (http://127.0.0.1:8888)
    --origin URL     the site's own address, where requests do not tell it
    --root DIR, --server-name NAME, --listen ADDRESS, --brotli (nginx has its brotli module)
    --dist DIR       the build it is for (dist/)
cargo xtask setup    only install what building needs
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (task, rest) = match arguments.split_first() {
        Some((task, rest)) => (task.as_str(), rest),
        None => ("help", [].as_slice()),
    };
    let outcome = match task {
        "serve" => serve::run(rest),
        "test" => test::run(rest),
        "check" => alone(task, rest).and_then(|()| check::run()),
        "dist" => alone(task, rest).and_then(|()| dist()),
        "bench" => bench::run(rest),
        "profile" => profile::run(rest),
        "delivery" => delivery::run(rest),
        "setup" => alone(task, rest).and_then(|()| setup()),
        // Trunk's hook, no task for people.
        "finish" => finish::run(),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(())
        }
        _ => Err(failure::Failure::new(format!(
            "There is no task `{task}`; `cargo xtask help` lists them."
        ))),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// Tells that a task takes nothing rather than leave a mistaken option unsaid.
fn alone(task: &str, rest: &[String]) -> Outcome {
    match rest.first() {
        Some(argument) => fail!("`{task}` takes no argument, so what is {argument}?"),
        None => Ok(()),
    }
}

fn dist() -> Outcome {
    app::release()?;
    bench::sizes(&workspace::dist())
}

fn setup() -> Outcome {
    app::ready()?;
    for tool in tools::ALL {
        println!("{}", tools::ready(tool)?.display());
    }
    Ok(())
}
