//! `cargo xtask bench`: what a visitor downloads, and how long the first page takes.

use crate::{
    app, chromium, fail,
    failure::{FileContext, Outcome},
    finish, process, test, workspace,
};
use std::{ffi::OsStr, fs, path::Path};

/// Measures the app; `budget` only renews what each page may cost, `sizes` only counts the files' bytes, `registry` puts the
/// registry under load.
pub fn run(arguments: &[String]) -> Outcome {
    let (what, rest) = match arguments.split_first() {
        Some((first, rest)) if !first.starts_with("--") => (first.as_str(), rest),
        _ => ("app", arguments),
    };
    match what {
        "registry" => registry(rest),
        "sizes" => {
            app::release()?;
            sizes(&workspace::dist())
        }
        "app" | "budget" => {
            let chromium = chromium::ready()?;
            app::release()?;
            test::build_registry()?;
            if what == "app" {
                sizes(&workspace::dist())?;
            }
            let mut command = process::cargo(["run", "--locked", "--quiet", "--release"]);
            command
                .args(["--package", "nameplate-e2e", "--bin", "bench", "--"])
                .args((what == "budget").then_some("--budget"))
                .args(rest);
            chromium.tell(&mut command);
            test::served(&mut command);
            process::run(&mut command, "measure the app")
        }
        _ => fail!("`bench` does not know {what}; it knows app, budget, sizes and registry."),
    }
}

fn registry(arguments: &[String]) -> Outcome {
    test::build_registry()?;
    let mut command = process::cargo(["run", "--locked", "--quiet", "--release"]);
    command
        .args([
            "--package",
            "nameplate-registry",
            "--bin",
            "registry-bench",
            "--",
        ])
        .args(arguments);
    test::served(&mut command);
    process::run(&mut command, "put the registry under load")
}

/// Prints the bytes of everything the app itself sends, as it is and as brotli at quality 11.
pub fn sizes(dist: &Path) -> Outcome {
    let mut rows = Vec::new();
    for path in finish::files(dist)? {
        let in_assets = path.parent().and_then(Path::file_name) == Some(OsStr::new("assets"));
        let is_page = path == dist.join("index.html");
        if !(in_assets || is_page) || !finish::is_compressible(&path) {
            continue;
        }
        let content = fs::read(&path).doing("read", &path)?;
        let name = path
            .strip_prefix(dist)
            .unwrap_or(&path)
            .display()
            .to_string();
        rows.push((name, content.len(), finish::brotli(&content).len()));
    }
    println!("\n{:<40} {:>10} {:>10}", "file", "bytes", "brotli 11");
    let mut together = (0, 0);
    for (name, raw, brotli) in &rows {
        println!("{name:<40} {raw:>10} {brotli:>10}");
        together = (together.0 + raw, together.1 + brotli);
    }
    println!("{:<40} {:>10} {:>10}\n", "together", together.0, together.1);
    Ok(())
}
