//! What nginx answers with the configuration that is made for it.

use nameplate_e2e::nginx::{self, Nginx};
use nameplate_e2e::story::{Setting, Stage, story};
use reqwest::{Method, Response};
use serde_json::Value;
use std::path::PathBuf;

const POLICY: &str = "content-security-policy";

/// What is said of every answer, whoever made it and whatever came of it.
const SECURITY: [&str; 4] = [
    POLICY,
    "x-content-type-options",
    "referrer-policy",
    "permissions-policy",
];

async fn ask(stage: &Stage, method: Method, path: &str, headers: &[(&str, &str)]) -> Response {
    let address = format!("{}{path}", stage.nginx().origin());
    let mut request = reqwest::Client::new()
        .request(method, address)
        .header("user-agent", "nameplate-e2e");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.send().await.expect("an answer")
}

async fn get(stage: &Stage, path: &str) -> Response {
    ask(stage, Method::GET, path, &[]).await
}

/// A header's one value; empty when it is not there.
fn header(answer: &Response, name: &str) -> String {
    let values: Vec<_> = answer.headers().get_all(name).iter().collect();
    assert!(values.len() < 2, "{name} is said twice: {values:?}");
    let value = values.first().and_then(|value| value.to_str().ok());
    value.unwrap_or_default().to_owned()
}

/// A hashed file of the build whose name ends so.
fn asset(stage: &Stage, ending: &str) -> (PathBuf, String) {
    let folder = std::fs::read_dir(stage.nginx().root().join("assets")).expect("there are some");
    let names = folder.map(|entry| entry.expect("it can be read").file_name());
    let mut names: Vec<String> = names
        .filter_map(|name| name.into_string().ok())
        .filter(|name| name.ends_with(ending))
        .collect();
    names.sort();
    let name = names.first().expect("one of that kind");
    let path = stage.nginx().root().join("assets").join(name);
    (path, format!("/assets/{name}"))
}

#[test]
fn every_answer_says_what_the_browser_may_do_with_it() {
    story(Setting::DEMO.behind_nginx(), async |stage| {
        let script = asset(stage, ".js").1;
        let cases = [
            (Method::GET, "/", 200),
            (Method::GET, "/users/ferris?page=2", 200),
            (Method::GET, "/crates/serde/1.0.219", 200),
            (Method::GET, "/index.html", 200),
            (Method::GET, "/github-redirect.html", 200),
            (Method::GET, "/favicon.svg", 200),
            (Method::GET, script.as_str(), 200),
            (Method::GET, "/assets/gone-0123456789ab.js", 404),
            (Method::GET, "/assets/", 404),
            (Method::GET, "/assets", 404),
            (Method::POST, "/users/ferris", 405),
            (Method::GET, "/%00", 400),
            (Method::GET, "/api/v1/site_metadata", 200),
            (Method::GET, "/api/v1/crates/there-is-none", 404),
            (Method::GET, "/api/v1/me", 403),
        ];
        for (method, path, status) in cases {
            let answer = ask(stage, method.clone(), path, &[]).await;
            assert_eq!(answer.status().as_u16(), status, "{method} {path}");
            for name in SECURITY {
                assert_ne!(header(&answer, name), "", "{name} of {method} {path}");
            }
            let is_page = !path.starts_with("/api/")
                && (path == "/index.html"
                    || path.starts_with("/crates/")
                    || !path.contains(['.', '%']))
                && !path.starts_with("/assets");
            let policy = header(&answer, POLICY);
            assert!(
                policy.starts_with("default-src 'none';")
                    && policy.contains("frame-ancestors 'none'"),
                "{path}: {policy}"
            );
            assert_eq!(
                policy.contains("'wasm-unsafe-eval' 'sha256-"),
                is_page,
                "{path}: {policy}"
            );
            assert!(!policy.contains("unsafe-inline"), "{policy}");
            let preloads = header(&answer, "link").starts_with("</assets/nameplate-");
            assert_eq!(preloads, is_page, "{path}");
        }
        // What pages ask for with their headers is there.
        let link = header(&get(stage, "/").await, "link");
        let wasm = link.trim_start_matches('<').split('>').next();
        let answer = get(stage, wasm.expect("an address")).await;
        assert_eq!(
            header(&answer, "content-type"),
            "application/wasm",
            "{link}"
        );
    });
}

#[test]
fn names_with_a_hash_are_kept_for_ever_and_pages_never_without_asking() {
    story(Setting::DEMO.behind_nginx(), async |stage| {
        let script = asset(stage, ".js").1;
        for (path, expected) in [
            (script.as_str(), "public, max-age=31536000, immutable"),
            ("/assets/gone-0123456789ab.js", "no-store"),
            ("/", "no-cache"),
            ("/crates/serde/1.0.219", "no-cache"),
            ("/github-redirect.html", "no-cache"),
            ("/robots.txt", "public, max-age=3600"),
        ] {
            let answer = get(stage, path).await;
            assert_eq!(header(&answer, "cache-control"), expected, "{path}");
        }
        // By which it would be asked for again.
        let script = get(stage, &script).await;
        for name in ["etag", "last-modified", "accept-ranges"] {
            assert_eq!(header(&script, name), "", "{name}");
        }
        // One release's page may be as long and as old as the last one's.
        let page = get(stage, "/").await;
        let kept = [("if-modified-since", "Fri, 01 Jan 2100 00:00:00 GMT")];
        let asked = ask(stage, Method::GET, "/", &kept).await;
        assert_eq!(
            (asked.status().as_u16(), header(&page, "etag")),
            (200, String::new())
        );
        let own = reqwest::Client::new()
            .get(format!("{}/api/v1/site_metadata", stage.registry.own()))
            .header("user-agent", "nameplate-e2e");
        let own = header(&own.send().await.expect("an answer"), "cache-control");
        let passed_on = get(stage, "/api/v1/site_metadata").await;
        assert_eq!(
            header(&passed_on, "cache-control"),
            own,
            "the registry's own affair"
        );
    });
}

#[test]
fn what_is_no_file_is_a_page_and_a_missing_asset_is_none() {
    story(Setting::DEMO.behind_nginx(), async |stage| {
        for path in [
            "/crates/serde/1.0.219",
            "/crates/a/range/%3E=1.0",
            "/users/a.js",
            "/search?q=x.wasm",
            "/assetsx",
        ] {
            let answer = get(stage, path).await;
            assert_eq!(answer.status(), 200, "{path}");
            assert_eq!(header(&answer, "content-type"), "text/html; charset=utf-8");
            let page = answer.text().await.expect("a page");
            assert!(page.contains("<html lang=\"en\">"), "{path}");
        }
        let missing = get(stage, "/assets/nameplate-000000000000.js").await;
        assert_eq!(missing.status(), 404);
        let types = [
            (asset(stage, ".wasm").1, "application/wasm"),
            (asset(stage, ".js").1, "text/javascript; charset=utf-8"),
            (asset(stage, ".css").1, "text/css; charset=utf-8"),
            ("/favicon.svg".to_owned(), "image/svg+xml; charset=utf-8"),
            ("/robots.txt".to_owned(), "text/plain; charset=utf-8"),
        ];
        for (path, expected) in types {
            let answer = get(stage, &path).await;
            assert_eq!(header(&answer, "content-type"), expected, "{path}");
        }
    });
}

#[test]
fn whoever_takes_brotli_gets_it_and_others_get_gzip_or_the_file_itself() {
    story(Setting::DEMO.behind_nginx(), async |stage| {
        let (file, path) = asset(stage, ".wasm");
        let page = stage.nginx().root().join("index.html");
        for (file, path) in [(file, path.as_str()), (page, "/users/ferris")] {
            let beside = |suffix: &str| {
                let mut name = file.clone().into_os_string();
                name.push(suffix);
                std::fs::read(PathBuf::from(name)).expect("it is there")
            };
            for (accepted, encoding, content) in [
                ("gzip, deflate, br, zstd", "br", beside(".br")),
                ("gzip, deflate", "gzip", beside(".gz")),
                ("identity", "", beside("")),
            ] {
                let answer = ask(stage, Method::GET, path, &[("accept-encoding", accepted)]).await;
                assert_eq!(header(&answer, "content-encoding"), encoding, "{path}");
                assert_eq!(header(&answer, "vary"), "Accept-Encoding", "{path}");
                let sent = answer.bytes().await.expect("a body");
                assert!(sent == content, "{path} as {encoding:?}");
            }
        }
    });
}

#[test]
fn the_registry_is_asked_as_if_it_were_asked_itself() {
    story(Setting::DEMO.behind_nginx(), async |stage| {
        let detail = async |origin: &str| {
            let answer = ask(stage, Method::GET, "/api/v1/me", &[("origin", origin)]).await;
            answer.text().await.expect("a reason")
        };
        assert!(detail("http://elsewhere.example").await.contains("origin"));
        assert!(!detail(&stage.nginx().origin()).await.contains("origin"));

        // A crate is larger than what nginx lets through by itself.
        let address = format!("{}/api/v1/crates/new", stage.nginx().origin());
        let published = reqwest::Client::new()
            .put(address)
            .header("user-agent", "cargo")
            .body(vec![0_u8; 8_000_000])
            .send()
            .await
            .expect("an answer");
        assert_ne!(published.status(), 413);

        let list = "/api/v1/crates?per_page=50";
        let answer = ask(stage, Method::GET, list, &[("accept-encoding", "gzip")]).await;
        assert_eq!(header(&answer, "content-encoding"), "gzip");
    });
}

#[test]
fn a_registry_that_is_down_is_said_in_its_own_form() {
    story(Setting::DEMO, async |_| {
        let port = nginx::free_port().expect("a port");
        let nobody = nginx::origin(nginx::free_port().expect("another"));
        let nginx = Nginx::start(port, &nobody, "https://files.example").expect("it starts");
        let answer = reqwest::get(format!("{}/api/v1/site_metadata", nginx.origin()));
        let answer = answer.await.expect("an answer");
        assert_eq!(answer.status(), 502);
        for name in SECURITY {
            assert_ne!(header(&answer, name), "", "{name}");
        }
        let body: Value =
            serde_json::from_slice(&answer.bytes().await.expect("a body")).expect("JSON");
        let detail = body["errors"][0]["detail"].as_str().unwrap_or_default();
        assert!(detail.contains("cannot be reached"), "{body}");
    });
}

#[test]
fn pages_start_and_one_can_sign_in_and_write_through_nginx() {
    story(Setting::DEMO.behind_nginx(), async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/crates/crabshell").await;
        visitor.expect_crate("crabshell").await;
        visitor.see("link", "ferris").await;
        visitor.click_link("carols10cents").await;
        visitor.see("heading", "Crates (14)").await;
        visitor.sign_in("ferris").await;
        visitor.reload().await;
        visitor.see("button", "ferris").await;
        visitor.open("/crates/crabshell").await;
        visitor.click_button("Follow").await;
        visitor.see("button", "Unfollow").await;
        visitor.settle().await;
        let network = visitor.network().await;
        let wrote = network.over_the_wire().find(|one| one.method == "PUT");
        assert_eq!(wrote.and_then(|one| one.status), Some(200));
        visitor.click_button("ferris").await;
        visitor.click_button("Log out").await;
        visitor.see("button", "Log in with GitHub").await;
    });
}
