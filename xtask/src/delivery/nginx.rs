//! The table as an nginx configuration: one `server` block.

use super::{
    ORIGIN, Place,
    table::{ALL, API, Headers, MISSING, PAGES, Table},
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

/// What nginx says in the place of a registry that is down, in the registry's own form, which cargo and the app can show.
const UNREACHABLE: &str =
    r#"{"errors":[{"detail":"The registry cannot be reached at the moment. Try again later."}]}"#;

/// The configuration of one site. `search` is the description of its search, with [`ORIGIN`] in it.
pub fn configuration(table: &Table, place: &Place, search: &str) -> Outcome<String> {
    let Place {
        root,
        server_name,
        file_host,
        ..
    } = place;
    let brotli = if place.brotli {
        "    brotli_static on;\n"
    } else {
        "    # brotli_static on;  # with nginx's brotli module: the .br files are there\n"
    };
    let listen: String = if place.listen.is_empty() {
        String::from("    listen 80;\n    listen [::]:80;\n")
    } else {
        format!("    listen {};\n", place.listen)
    };
    let others = table.of(ALL, file_host)?;
    let own = lines(&without_caching(&others))?.replace("        add_header", "    add_header");
    let mut text = format!(
        "# Made by `cargo xtask delivery nginx` for one build: it names hashes of what stands in its pages.\n\
         server {{\n{listen}    server_name {server_name};\n    root \"{root}\";\n    server_tokens off;\n\n\
         {TYPES}\n    gzip_static on;\n    gzip_vary on;\n{brotli}\n\
         \x20   # What nginx says by itself: a refusal, a redirect, an error.\n{own}\n"
    );
    text.push_str(&api_location(&place.api, &table.of(API, file_host)?)?);
    for pattern in table.patterns() {
        let headers = lines(&table.of(pattern, file_host)?)?;
        let (location, missing) = match pattern.strip_suffix('*') {
            Some(start) => {
                // The folder itself is no page.
                let folder = start.trim_end_matches('/');
                let _ = write!(
                    text,
                    "\n    location = {folder} {{\n        return 404;\n    }}\n"
                );
                (format!("^~ {start}"), "@missing")
            }
            None => (format!("= {pattern}"), "=404"),
        };
        // What never changes is never asked for again, so nothing is said by which that could be done.
        let unasked = if headers.contains("immutable\"") {
            "        etag off;\n        max_ranges 0;\n        add_header Last-Modified \"\";\n"
        } else {
            ""
        };
        let _ = write!(
            text,
            "\n    location {location} {{\n        try_files $uri {missing};\n{unasked}{headers}    }}\n"
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
    let missing =
        lines(&table.of(MISSING, file_host)?)?.replace("no-store\";", "no-store\" always;");
    let others = lines(&others)?;
    // Every release's page is as long as the last one's, and in an image every file may have one date: nginx would take the
    // old one for the new one. It is small; it is always sent.
    let pages = format!(
        "        etag off;\n        if_modified_since off;\n{}",
        lines(&table.of(PAGES, file_host)?)?
    );
    let _ = write!(
        text,
        "\n    location @missing {{\n{missing}        return 404;\n    }}\n\n\
         \x20   # What is no file is a page, whatever dots its address has.\n\
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

/// The place of the registry's API.
fn api_location(api: &str, headers: &Headers) -> Outcome<String> {
    check(api)?;
    let headers = without_caching(headers);
    let hidden: String = headers
        .keys()
        .map(|name| format!("        proxy_hide_header {name};\n"))
        .collect();
    let lines = lines(&headers)?;
    let encrypted = if api.starts_with("https:") {
        "        proxy_ssl_server_name on;\n"
    } else {
        ""
    };
    Ok(format!(
        "\x20   # Cookies and the check of `Origin` need the API on the pages' own origin. What may be kept, the registry says.\n\
         \x20   location /api/ {{\n        proxy_pass {api};\n{encrypted}        proxy_http_version 1.1;\n\
         \x20       proxy_set_header Host $http_host;\n        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;\n\
         \x20       proxy_set_header X-Forwarded-Proto $scheme;\n\
         \x20       # Nothing is ever sent to the registry twice.\n        proxy_next_upstream off;\n\
         \x20       # A crate is published in one request. How large it may be, the registry says.\n        client_max_body_size 64m;\n\
         \x20       gzip on;\n        gzip_proxied any;\n        gzip_types application/json;\n        gzip_min_length 1000;\n\
         \x20       error_page 502 504 @unreachable;\n{hidden}{lines}    }}\n\n\
         \x20   location @unreachable {{\n        default_type application/json;\n{lines}        return 502 '{UNREACHABLE}';\n    }}\n"
    ))
}

/// Ends the making when `--api` is not an origin that nginx can take.
fn check(api: &str) -> Outcome {
    let Some(("http" | "https", authority)) = api.split_once("://") else {
        fail!("--api {api}: it begins with http:// or https://.");
    };
    if authority.is_empty() || authority.contains('/') {
        fail!("--api {api}: it ends with the host or its port; /api/ is added.");
    }
    if authority.split(':').next() == Some("localhost") {
        fail!(
            "--api {api}: localhost has two addresses, and half of all questions would go to the wrong one; name one, as 127.0.0.1."
        );
    }
    Ok(())
}

fn without_caching(headers: &Headers) -> Headers {
    let mut headers = headers.clone();
    headers.remove("cache-control");
    headers
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
            listen: String::new(),
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
        let text = made(nameplate_delivery::TABLE, false).expect("a configuration");
        for part in [
            "location /api/ {\n        proxy_pass http://backend:8888;",
            "location ^~ /assets/ {\n        try_files $uri @missing;",
            "        add_header cache-control \"no-store\" always;\n",
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

    #[test]
    fn the_registry_s_server_is_an_origin() {
        for origin in ["http://10.0.0.1:8888", "https://a.example", "http://[::1]"] {
            assert_eq!(check(origin), Ok(()));
        }
        for origin in [
            "a:8888",
            "ftp://a",
            "http://",
            "http://a/api",
            "http://localhost:1",
        ] {
            assert!(check(origin).is_err(), "{origin}");
        }
    }

    #[test]
    fn what_the_registry_says_of_caching_stays() {
        let text = made(nameplate_delivery::TABLE, false).expect("a configuration");
        let (_, api) = text.split_once("location /api/ {").expect("a place for it");
        let (api, _) = api.split_once("\n    }\n").expect("its end");
        assert!(!api.contains("cache-control"), "{api}");
        assert!(
            api.contains("proxy_hide_header content-security-policy;"),
            "{api}"
        );
    }
}
