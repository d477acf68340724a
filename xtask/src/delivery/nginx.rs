//! The table as an nginx configuration: one `server` block.

use super::{
    ORIGIN, Place,
    table::{ALL, Headers, PAGES, Table},
};
use crate::{fail, failure::Outcome};
use std::fmt::Write;

/// nginx's own table differs between versions; the wasm must have its type to be compiled while it arrives.
const TYPES: &str = "    types {
        text/html                              html;
        text/css                               css;
        text/javascript                        js;
        text/plain                             txt;
        application/json                       json map;
        application/wasm                       wasm;
        application/opensearchdescription+xml  xml;
        application/manifest+json              webmanifest;
        image/svg+xml                          svg;
        image/x-icon                           ico;
        image/png                              png;
        font/woff2                             woff2;
    }
    default_type application/octet-stream;
    charset utf-8;
    charset_types text/css text/javascript text/plain image/svg+xml application/opensearchdescription+xml;
";

/// The address of the description of the search.
const SEARCH: &str = "/opensearch.xml";

/// The configuration of one site. `search` is the description of its search, with [`ORIGIN`] in it.
pub fn configuration(table: &Table, place: &Place, search: &str) -> Outcome<String> {
    let Place {
        root,
        api,
        server_name,
        file_host,
        ..
    } = place;
    let brotli = if place.brotli {
        "    brotli_static on;\n"
    } else {
        "    # brotli_static on;  # with nginx's brotli module: the .br files are there\n"
    };
    let mut text = format!(
        "# Made by `cargo xtask delivery nginx` for one build: it names hashes of what stands in its pages.\n\
         server {{\n    listen 80;\n    listen [::]:80;\n    server_name {server_name};\n    root \"{root}\";\n    server_tokens off;\n\n\
         {TYPES}\n    gzip_static on;\n    gzip_vary on;\n{brotli}\n\
         \x20   # Cookies and the check of `Origin` need the API on the pages' own origin.\n\
         \x20   location /api/ {{\n        proxy_pass {api};\n        proxy_http_version 1.1;\n        proxy_set_header Host $http_host;\n\
         \x20       proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;\n        proxy_set_header X-Forwarded-Proto $scheme;\n    }}\n"
    );
    for pattern in table.patterns() {
        let headers = lines(&table.of(pattern, file_host)?)?;
        let location = match pattern.strip_suffix('*') {
            Some(start) => {
                // The folder itself is no page.
                let folder = start.trim_end_matches('/');
                let _ = write!(
                    text,
                    "\n    location = {folder} {{\n        return 404;\n    }}\n"
                );
                format!("^~ {start}")
            }
            None => format!("= {pattern}"),
        };
        let _ = write!(
            text,
            "\n    location {location} {{\n        try_files $uri =404;\n{headers}    }}\n"
        );
    }
    let origin = match place.origin.as_str() {
        "" => "$scheme://$http_host",
        given => given,
    };
    let _ = write!(
        text,
        "\n    # What a request does not tell (behind a proxy, its scheme), `--origin` does.\n\
         \x20   location = {SEARCH} {{\n        return 200 \"{}\";\n{}    }}\n",
        quoted(search)?.replace(ORIGIN, origin),
        lines(&table.of(SEARCH, file_host)?)?
    );
    let pages = lines(&table.of(PAGES, file_host)?)?;
    let others = lines(&table.of(ALL, file_host)?)?;
    let _ = write!(
        text,
        "\n    # What is no file is a page, whatever dots its address has.\n\
         \x20   location / {{\n        try_files $uri @pages;\n{others}    }}\n\n\
         \x20   location = /index.html {{\n{pages}    }}\n\n\
         \x20   location @pages {{\n        try_files /index.html =404;\n{pages}    }}\n}}\n"
    );
    Ok(text)
}

/// A text as it stands between quotes.
fn quoted(text: &str) -> Outcome<String> {
    if text.contains(['\\', '$']) {
        fail!("opensearch.xml holds a character that nginx would read.");
    }
    Ok(text.replace('"', "\\\""))
}

/// `add_header` lines. Caching is said of what was found only; the rest is said of every answer.
fn lines(headers: &Headers) -> Outcome<String> {
    let mut text = String::new();
    for (name, value) in headers {
        if value.contains(['"', '\\', '$']) {
            fail!(
                "delivery/headers.json: the value of {name} holds a character that nginx would read."
            );
        }
        let always = if name == "cache-control" {
            ""
        } else {
            " always"
        };
        let _ = writeln!(text, "        add_header {name} \"{value}\"{always};");
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    const SEARCH: &str = include_str!("../../../public/opensearch.xml");

    fn made(table: &str, brotli: bool) -> Outcome<String> {
        made_for("", table, brotli)
    }

    fn made_for(origin: &str, table: &str, brotli: bool) -> Outcome<String> {
        let place = Place {
            file_host: "https://files.example".to_owned(),
            api: "http://backend:8888".to_owned(),
            root: "/srv/nameplate".to_owned(),
            server_name: "crates.example".to_owned(),
            origin: origin.to_owned(),
            brotli,
        };
        configuration(&Table::parse(table, Path::new("/nowhere"))?, &place, SEARCH)
    }

    #[test]
    fn the_search_is_described_with_whole_addresses() {
        let table = r#"{"groups":[]}"#;
        for (origin, expected) in [
            ("", "$scheme://$http_host"),
            ("https://crates.example", "https://crates.example"),
        ] {
            let text = made_for(origin, table, false).expect("made");
            let template = format!(r#"template=\"{expected}/search?q={{searchTerms}}\""#);
            assert!(text.contains(&template), "{template}\n{text}");
            assert!(!text.contains(ORIGIN), "{text}");
        }
        assert!(quoted("$host").is_err() && quoted("a\\b").is_err());
    }

    #[test]
    fn every_kind_of_address_has_its_place() {
        let text =
            made(include_str!("../../../delivery/headers.json"), false).expect("a configuration");
        for part in [
            "location /api/ {\n        proxy_pass http://backend:8888;",
            "location ^~ /assets/ {\n        try_files $uri =404;",
            "location = /github-redirect.html {",
            "location / {\n        try_files $uri @pages;",
            "location @pages {\n        try_files /index.html =404;",
            "        add_header cache-control \"public, max-age=31536000, immutable\";\n",
            "        add_header x-content-type-options \"nosniff\" always;\n",
            "root \"/srv/nameplate\";",
            "server_name crates.example;",
        ] {
            assert!(text.contains(part), "{part}\n{text}");
        }
        assert_eq!(text.matches('{').count(), text.matches('}').count());
    }

    #[test]
    fn brotli_is_on_where_nginx_can_do_it() {
        let table = r#"{"groups":[]}"#;
        assert!(
            made(table, true)
                .expect("made")
                .contains("\n    brotli_static on;\n")
        );
        assert!(
            made(table, false)
                .expect("made")
                .contains("# brotli_static on;")
        );
    }

    #[test]
    fn a_value_nginx_would_read_ends_the_making() {
        for value in ["$uri", "a\\\"b"] {
            let table = format!(r#"{{"groups":[{{"paths":["/*"],"headers":{{"x":"{value}"}}}}]}}"#);
            assert!(made(&table, false).is_err(), "{value}");
        }
    }
}
