//! Configurations for other servers, made from the one table of response headers.
//!
//! `delivery/headers.json` says which address answers with which headers; the embedded registry
//! serves by it, and here it becomes an nginx configuration or a `_headers` file. Both name the
//! hashes of what stands inline in the finished pages, so they belong to one build. One file needs
//! more than headers: browsers take a description of the search only with whole addresses in it.

mod nginx;
mod static_host;
mod table;

use crate::{
    fail,
    failure::{FileContext, Outcome},
    workspace,
};
use std::{fs, path::PathBuf};
use table::Table;

/// What stands in `opensearch.xml` for the origin it is served from.
const ORIGIN: &str = "{origin}";

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
    /// The origin of the pages; empty when each request tells it.
    pub origin: String,
    /// Address and port to listen at; empty for port 80 everywhere.
    pub listen: String,
    /// nginx has its module for precompressed brotli.
    pub brotli: bool,
}

/// Prints the configuration that `arguments` ask for.
pub fn run(arguments: &[String]) -> Outcome {
    let Some((kind, rest)) = arguments.split_first() else {
        fail!("`delivery` needs to know for what: nginx, _headers or opensearch.");
    };
    let (place, dist) = place(rest)?;
    if !dist.join("index.html").is_file() {
        fail!(
            "There is no finished build in {} to make a configuration for; run `cargo xtask dist` first.",
            dist.display()
        );
    }
    let table = Table::read(&dist)?;
    let file = dist.join("opensearch.xml");
    let search = fs::read_to_string(&file).doing("read", &file)?;
    match kind.as_str() {
        "nginx" => print!("{}", nginx::configuration(&table, &place, &search)?),
        "_headers" => print!("{}", static_host::headers_file(&table, &place)?),
        "opensearch" if place.origin.is_empty() => {
            fail!("`delivery opensearch` needs --origin: the address of the site.")
        }
        "opensearch" => print!("{}", search.replace(ORIGIN, &place.origin)),
        _ => fail!("`delivery` does not know {kind}; it knows nginx, _headers and opensearch."),
    }
    Ok(())
}

/// The place, and the folder with the build.
fn place(arguments: &[String]) -> Outcome<(Place, PathBuf)> {
    let mut dist = workspace::dist().display().to_string();
    let mut place = Place {
        file_host: "https://static.crates.io".to_owned(),
        api: "http://127.0.0.1:8888".to_owned(),
        root: String::new(),
        server_name: "_".to_owned(),
        origin: String::new(),
        listen: String::new(),
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
            "--origin" => &mut place.origin,
            "--listen" => &mut place.listen,
            "--dist" => &mut dist,
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
    if place.root.is_empty() {
        place.root.clone_from(&dist);
    }
    Ok((place, PathBuf::from(dist)))
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn a_value_cannot_break_out_of_the_configuration() {
        let given = |value: &str| place(&["--api".to_owned(), value.to_owned()]);
        assert_eq!(
            given("http://backend:8888/").map(|(place, _)| place.api),
            Ok("http://backend:8888".to_owned())
        );
        let (place, dist) =
            super::place(&["--dist".to_owned(), "/srv/new".to_owned()]).expect("a place");
        assert_eq!(
            (place.root.as_str(), dist.as_path()),
            ("/srv/new", "/srv/new".as_ref())
        );
        for value in ["http://x; return 200", "$host", "a\"b", "a}b", "a\nb"] {
            assert!(given(value).is_err(), "{value}");
        }
    }
}
