//! Chromium and its driver, for the tests and measurements that need a real browser.

use crate::{
    apt, fail,
    failure::{Failure, FileContext, Outcome},
    process, workspace,
};
use serde_json::Value;
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// A browser and the driver that belongs to it.
#[derive(Debug)]
pub struct Chromium {
    pub browser: PathBuf,
    pub driver: PathBuf,
}

impl Chromium {
    /// Tells a program that drives the browser where both are.
    pub fn tell(&self, command: &mut Command) {
        command
            .env("CHROME", &self.browser)
            .env("CHROMEDRIVER", &self.driver);
    }

    /// The capabilities of `webdriver.json` for this very browser, as a file for the test runner.
    pub fn capabilities(&self) -> Outcome<PathBuf> {
        let source = workspace::root().join("webdriver.json");
        let text = fs::read_to_string(&source).doing("read", &source)?;
        let mut capabilities: Value = serde_json::from_str(&text)
            .map_err(|cause| Failure::new(format!("webdriver.json is not JSON: {cause}.")))?;
        if let Some(options) = capabilities
            .get_mut("goog:chromeOptions")
            .and_then(Value::as_object_mut)
        {
            options.insert("binary".to_owned(), self.browser.to_string_lossy().into());
        }
        let made = workspace::state().join("webdriver.json");
        fs::create_dir_all(workspace::state()).doing("create", &workspace::state())?;
        fs::write(&made, capabilities.to_string()).doing("write", &made)?;
        Ok(made)
    }
}

/// The browser named by `CHROME` and `CHROMEDRIVER`, or found on PATH, or installed where we may.
pub fn ready() -> Outcome<Chromium> {
    if let (None, _) | (_, None) = (browser()?, driver()?) {
        install()?;
    }
    let (Some(browser), Some(driver)) = (browser()?, driver()?) else {
        fail!(
            "Chromium and ChromeDriver were installed but are not on PATH; set CHROME and CHROMEDRIVER."
        );
    };
    let (ours, its) = (major(&browser), major(&driver));
    if ours.is_none() || ours != its {
        fail!(
            "{} is version {} and {} is version {}: they must be of one major version; set CHROME and CHROMEDRIVER to a pair.",
            browser.display(),
            ours.map_or_else(|| "unknown".to_owned(), |version| version.to_string()),
            driver.display(),
            its.map_or_else(|| "unknown".to_owned(), |version| version.to_string()),
        );
    }
    Ok(Chromium { browser, driver })
}

fn browser() -> Outcome<Option<PathBuf>> {
    let names = [
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "chrome",
    ];
    let applications = [
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ];
    Ok(named("CHROME")?
        .or_else(|| names.iter().find_map(|name| process::on_path(name)))
        .or_else(|| {
            applications
                .iter()
                .map(PathBuf::from)
                .find(|path| path.is_file())
        }))
}

fn driver() -> Outcome<Option<PathBuf>> {
    Ok(named("CHROMEDRIVER")?.or_else(|| process::on_path("chromedriver")))
}

/// The program an environment variable names; naming one that is not there is a mistake to tell.
fn named(variable: &str) -> Outcome<Option<PathBuf>> {
    match env::var_os(variable)
        .filter(|value| !value.is_empty())
        .map(PathBuf::from)
    {
        Some(path) if !path.is_file() => {
            fail!(
                "{variable} is set to {}, which is not a file.",
                path.display()
            )
        }
        found => Ok(found),
    }
}

fn install() -> Outcome {
    apt::install(
        &["chromium", "chromium-driver"],
        "the browser tests need them",
        "The tests need Chromium and ChromeDriver of one version: install them (Debian: `apt-get install chromium chromium-driver`) or set CHROME and CHROMEDRIVER to where they are.",
    )
}

fn major(program: &Path) -> Option<u32> {
    major_of(&process::version_words(program))
}

/// The first number of the first word that is a version.
fn major_of(words: &[String]) -> Option<u32> {
    words.iter().find_map(|word| {
        let (major, rest) = word.split_once('.')?;
        rest.starts_with(|c: char| c.is_ascii_digit())
            .then(|| major.parse().ok())?
    })
}

#[cfg(test)]
mod tests {
    use super::major_of;

    #[test]
    fn the_major_version_is_read_from_what_the_programs_say() {
        let major = |answer: &str| {
            major_of(
                &answer
                    .split_whitespace()
                    .map(str::to_owned)
                    .collect::<Vec<_>>(),
            )
        };
        assert_eq!(
            major("Chromium 142.0.7444.59 built on Debian GNU/Linux 12 (bookworm)"),
            Some(142)
        );
        assert_eq!(
            major("ChromeDriver 142.0.7444.59 (abc-refs/branch-heads/7444@{#1})"),
            Some(142)
        );
        assert_eq!(major("Google Chrome 141.0.1.2"), Some(141));
        assert_eq!(major("no version here."), None);
    }
}
