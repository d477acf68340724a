//! Configurations for other servers, made from the one table of response headers.
//!
//! `delivery/headers.json` says which address answers with which headers; the embedded registry
//! serves by it, and here it becomes an nginx configuration or a `_headers` file. Both name the
//! hashes of what stands inline in the finished pages, so they belong to one build.

mod nginx;
mod static_host;
mod table;

use crate::{fail, failure::Outcome, workspace};
use table::Table;

/// What a configuration needs to know of the place it is for.
#[derive(Debug, PartialEq, Eq)]
pub struct Place {
    /// The origin of READMEs and avatars, for the content security policy.
    pub file_host: String,
    /// Where the registry's server listens.
    pub api: String,
    /// The folder the finished files are uploaded to.
    pub root: String,
    pub server_name: String,
    /// nginx has its module for precompressed brotli.
    pub brotli: bool,
}

/// Prints the configuration that `arguments` ask for.
pub fn run(arguments: &[String]) -> Outcome {
    let Some((kind, rest)) = arguments.split_first() else {
        fail!("`delivery` needs to know for what: nginx or _headers.");
    };
    let place = place(rest)?;
    let dist = workspace::dist();
    if !dist.join("index.html").is_file() {
        fail!(
            "There is no finished build to make a configuration for; run `cargo xtask dist` first."
        );
    }
    let table = Table::read(&dist)?;
    match kind.as_str() {
        "nginx" => print!("{}", nginx::configuration(&table, &place)?),
        "_headers" => print!("{}", static_host::headers_file(&table, &place)?),
        _ => fail!("`delivery` does not know {kind}; it knows nginx and _headers."),
    }
    Ok(())
}

fn place(arguments: &[String]) -> Outcome<Place> {
    let mut place = Place {
        file_host: "https://static.crates.io".to_owned(),
        api: "http://127.0.0.1:8888".to_owned(),
        root: workspace::dist().display().to_string(),
        server_name: "_".to_owned(),
        brotli: false,
    };
    let mut left = arguments.iter();
    while let Some(argument) = left.next() {
        let slot = match argument.as_str() {
            "--brotli" => {
                place.brotli = true;
                continue;
            }
            "--file-host" => &mut place.file_host,
            "--api" => &mut place.api,
            "--root" => &mut place.root,
            "--server-name" => &mut place.server_name,
            _ => fail!(
                "`delivery` does not know {argument}; `cargo xtask help` lists what it knows."
            ),
        };
        match left.next() {
            Some(value) if !value.contains(['"', '\\', '$', ';', '{', '}', '\n']) => {
                value.trim_end_matches('/').clone_into(slot);
            }
            Some(value) => {
                fail!("{argument} {value} holds a character that a configuration cannot.")
            }
            None => fail!("{argument} needs a value."),
        }
    }
    Ok(place)
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn a_value_cannot_break_out_of_the_configuration() {
        let given = |value: &str| place(&["--api".to_owned(), value.to_owned()]);
        assert_eq!(
            given("http://backend:8888/").map(|place| place.api),
            Ok("http://backend:8888".to_owned())
        );
        for value in ["http://x; return 200", "$host", "a\"b", "a}b", "a\nb"] {
            assert!(given(value).is_err(), "{value}");
        }
    }
}
