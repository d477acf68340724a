//! What `cargo xtask serve` can be told.

use crate::{fail, failure::Outcome, workspace};
use std::{env, path::PathBuf};

/// Options that mean something to the registry only, and whether a value follows.
const PASSED_ON: [(&str, bool); 8] = [
    ("--level", true),
    ("--api", true),
    ("--seed", true),
    ("--scale", true),
    ("--clock", false),
    ("--faults", false),
    ("--read-only", false),
    ("--banner", true),
];

/// The options, read.
#[derive(Debug, PartialEq, Eq)]
pub struct Options {
    /// The app's port; the registry's other two origins take the next ones. 0 chooses free ones.
    pub port: u16,
    /// The registry's database.
    pub data: PathBuf,
    /// Begin with new demonstration data.
    pub fresh: bool,
    /// An unoptimised build, rebuilt on change.
    pub dev: bool,
    /// For the registry.
    pub passed_on: Vec<String>,
}

impl Options {
    /// Whether the registry is the embedded one with the data it brings.
    pub fn is_demonstration(&self) -> bool {
        !self
            .passed_on
            .iter()
            .any(|option| ["--api", "--seed"].contains(&option.as_str()))
    }

    /// Reads what follows `serve` on the command line.
    pub fn parse(arguments: &[String]) -> Outcome<Self> {
        let mut options = Self {
            port: 8080,
            data: workspace::target().join("nameplate-registry.sqlite3"),
            fresh: false,
            dev: false,
            passed_on: Vec::new(),
        };
        let mut left = arguments.iter();
        while let Some(argument) = left.next() {
            // Both `--port 8080` and `--port=8080` are customary.
            let (name, joined) = match argument.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (argument.as_str(), None),
            };
            let passed_on = PASSED_ON.iter().find(|(known, _)| *known == name);
            let takes_value =
                ["--port", "--data"].contains(&name) || passed_on.is_some_and(|(_, value)| *value);
            if joined.is_some()
                && !takes_value
                && (passed_on.is_some() || ["--fresh", "--dev"].contains(&name))
            {
                fail!("{name} takes no value.");
            }
            let value = match (takes_value, joined) {
                (true, Some(value)) => value,
                (true, None) => match left.next() {
                    Some(value) => value.clone(),
                    None => fail!("{name} needs a value."),
                },
                _ => String::new(),
            };
            match name {
                "--port" => match value.parse() {
                    Ok(port) => options.port = port,
                    Err(_) => fail!("--port {value} is not a port: give a number from 0 to 65533."),
                },
                // The caller's folder is meant; the registry runs in the workspace's.
                "--data" => options.data = env::current_dir().unwrap_or_default().join(value),
                "--fresh" => options.fresh = true,
                "--dev" => options.dev = true,
                _ if passed_on.is_some() => {
                    options.passed_on.push(name.to_owned());
                    if takes_value {
                        options.passed_on.push(value);
                    }
                }
                _ => fail!("`serve` does not know {name}; `cargo xtask help` lists what it knows."),
            }
        }
        Ok(options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Outcome<Options> {
        let arguments: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        Options::parse(&arguments)
    }

    #[test]
    fn without_options_the_data_are_kept_under_the_target_folder() {
        let options = parse("").expect("options");
        assert_eq!(
            (options.port, options.fresh, options.dev),
            (8080, false, false)
        );
        assert!(options.data.starts_with(workspace::target()));
        assert!(options.passed_on.is_empty());
        assert!(options.is_demonstration());
    }

    #[test]
    fn both_ways_to_give_a_value_are_understood() {
        for line in [
            "--port 9000 --data /a/b --fresh",
            "--fresh --data=/a/b --port=9000",
        ] {
            let options = parse(line).expect(line);
            assert_eq!((options.port, options.fresh), (9000, true));
            assert_eq!(options.data, PathBuf::from("/a/b"));
        }
    }

    #[test]
    fn the_registry_s_own_options_are_passed_on() {
        let options =
            parse("--level august --dev --clock --api=http://127.0.0.1:3000").expect("options");
        assert!(options.dev);
        assert!(!options.is_demonstration());
        assert_eq!(
            options.passed_on,
            [
                "--level",
                "august",
                "--clock",
                "--api",
                "http://127.0.0.1:3000"
            ]
        );
    }

    #[test]
    fn mistakes_are_told_in_a_sentence() {
        for (line, sentence) in [
            ("--port", "--port needs a value."),
            (
                "--port eighty",
                "--port eighty is not a port: give a number from 0 to 65533.",
            ),
            (
                "--port 70000",
                "--port 70000 is not a port: give a number from 0 to 65533.",
            ),
            ("--fresh=yes", "--fresh takes no value."),
            (
                "--prot 1",
                "`serve` does not know --prot; `cargo xtask help` lists what it knows.",
            ),
        ] {
            assert_eq!(parse(line).expect_err(line).to_string(), sentence);
        }
    }
}
