//! The command line.

use std::path::PathBuf;

use crate::{
    config::{Config, Level, Variant},
    seed::Seed,
};

/// What `--help` says.
pub const USAGE: &str = "nameplate-registry --data FILE [--port 8080] [--files-port N] [--github-port N] [--dist DIR]
                   [--level august|september|full] [--seed demo|recorded|none] [--scale N]
                   [--clock] [--faults] [--read-only] [--banner TEXT] [--api URL [--api-sign-in]]
                   [--origin URL]

A stand-in for a crates.io-compatible registry on an SQLite file, for demonstration and tests, not for production.
Port 0 is any free port; the file host defaults to port+1, the GitHub stand-in to port+2. Prints one line of JSON
with the three addresses when it listens. With --api the API of another server is served instead of its own;
--api-sign-in says that its GitHub application returns to this address, so that one can sign in. --origin says under
which address people reach the app and its API when another server stands in front.
";

/// What the command line asks for.
pub enum Command {
    /// Serve.
    Serve(Box<Config>),
    /// Show the usage.
    Help,
}

/// Reads the arguments after the program's name; a mistake is one sentence.
pub fn parse(arguments: impl IntoIterator<Item = String>) -> Result<Command, String> {
    let mut arguments = arguments.into_iter();
    let (mut port, mut files_port, mut github_port) = (8080, None, None);
    let mut data = None;
    let mut config = Config {
        port: 0,
        clock: false,
        faults: false,
        ..Config::for_tests(PathBuf::new(), Seed::Demo)
    };
    config.variant = Variant::default();
    while let Some(flag) = arguments.next() {
        let mut value = || {
            arguments
                .next()
                .ok_or_else(|| format!("{flag} needs a value."))
        };
        match flag.as_str() {
            "--help" | "-h" => return Ok(Command::Help),
            "--clock" => config.clock = true,
            "--faults" => config.faults = true,
            "--read-only" => config.variant.read_only = true,
            "--banner" => config.variant.banner = Some(value()?),
            "--port" => port = number(&flag, &value()?)?,
            "--files-port" => files_port = Some(number(&flag, &value()?)?),
            "--github-port" => github_port = Some(number(&flag, &value()?)?),
            "--data" => data = Some(PathBuf::from(value()?)),
            "--dist" => config.dist = Some(PathBuf::from(value()?)),
            "--level" => config.level = value()?.parse::<Level>()?,
            "--scale" => config.scale = Some(number(&flag, &value()?)?),
            "--api-sign-in" => config.api_sign_in = true,
            "--api" => config.api = Some(value()?),
            "--origin" => config.origin = Some(value()?.trim_end_matches('/').to_owned()),
            "--seed" => {
                config.seed = match value()?.as_str() {
                    "demo" => Seed::Demo,
                    "recorded" => Seed::Recorded,
                    "none" => Seed::None,
                    other => {
                        return Err(format!("`{other}` is not a seed: demo, recorded or none"));
                    }
                }
            }
            other => return Err(format!("`{other}` is not an option; --help lists them.")),
        }
    }
    config.port = port;
    let beside = |distance: u16| {
        if port == 0 {
            Some(0)
        } else {
            port.checked_add(distance)
        }
    };
    config.files_port = files_port
        .or(beside(1))
        .ok_or("--files-port is needed with this --port.")?;
    config.github_port = github_port
        .or(beside(2))
        .ok_or("--github-port is needed with this --port.")?;
    config.data = data.ok_or("--data FILE is needed.")?;
    Ok(Command::Serve(Box::new(config)))
}

fn number<T: std::str::FromStr>(flag: &str, text: &str) -> Result<T, String> {
    text.parse()
        .map_err(|_| format!("`{text}` is not a value for {flag}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(line: &str) -> Result<Config, String> {
        match parse(line.split_whitespace().map(str::to_owned))? {
            Command::Serve(config) => Ok(*config),
            Command::Help => Err("help".to_owned()),
        }
    }

    #[test]
    fn the_other_ports_follow_the_first() {
        let ports = |line: &str| {
            config(line).map(|config| (config.port, config.files_port, config.github_port))
        };
        assert_eq!(ports("--data x"), Ok((8080, 8081, 8082)));
        assert_eq!(ports("--data x --port 0"), Ok((0, 0, 0)));
        assert_eq!(
            ports("--data x --port 9000 --github-port 1"),
            Ok((9000, 9001, 1))
        );
        assert!(ports("--data x --port 65535").is_err());
    }

    #[test]
    fn test_switches_are_off_unless_asked_for() {
        let plain = config("--data x").unwrap();
        assert!(!plain.clock && !plain.faults && !plain.variant.read_only);
        assert_eq!(plain.level, Level::Full);
        assert!(config("--data x --level july").is_err());
        assert!(config("--frobnicate").is_err());
        assert!(config("").is_err());
    }
}
