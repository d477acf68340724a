//! The app's files: what is a file, what is a page, with which headers, in which encoding.

use nameplate_registry::seed::Seed;

use crate::harness::{Answer, Registry, Scratch, exchange};

const INDEX: &str = "<!doctype html><title>nameplate</title><style>p{color:red}</style><script>go()</script><script src=\"/assets/a-1.js\"></script>";

async fn registry(scratch: &Scratch) -> Registry {
    let dist = scratch.file("dist");
    std::fs::create_dir_all(dist.join("assets")).unwrap();
    for (name, content) in [
        ("index.html", INDEX),
        (
            "github-redirect.html",
            "<!doctype html><script src=\"/github-redirect.js\"></script>",
        ),
        ("github-auth-loading.html", "<!doctype html><p>Wait"),
        ("robots.txt", "User-agent: *\n"),
        (
            "opensearch.xml",
            include_str!("../../../../public/opensearch.xml"),
        ),
        (
            "assets/a-1.js",
            "console.log('a long enough script to be worth compressing');\n",
        ),
        ("assets/a-1.wasm", "\0asm"),
        ("assets/a-1.css", "p{}"),
    ] {
        std::fs::write(dist.join(name), content).unwrap();
    }
    std::fs::write(dist.join("assets/a-1.js.br"), b"already brotli").unwrap();
    std::fs::write(dist.join("assets/a-1.js.gz"), b"already gzip").unwrap();
    std::fs::write(scratch.file("secret"), "not in the folder").unwrap();
    Registry::start(Seed::None, |config| config.dist = Some(dist)).await
}

async fn get(registry: &Registry, path: &str, headers: &[(&str, &str)]) -> Answer {
    let headers: Vec<_> = headers
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    exchange(registry.app(), "GET", path, &headers, Vec::new())
        .await
        .unwrap()
}

#[tokio::test]
async fn files_are_files_and_every_other_address_is_a_page() {
    let scratch = Scratch::new();
    let registry = registry(&scratch).await;
    for (path, kind) in [
        ("/robots.txt", "text/plain"),
        ("/assets/a-1.js", "text/javascript"),
        ("/assets/a-1.wasm", "application/wasm"),
        ("/assets/a-1.css", "text/css"),
        ("/github-redirect.html", "text/html"),
    ] {
        let answer = get(&registry, path, &[]).await;
        assert_eq!(
            (
                answer.status,
                answer
                    .header("content-type")
                    .and_then(|kind| kind.split(';').next())
            ),
            (200, Some(kind)),
            "{path}"
        );
        assert_ne!(answer.bytes, INDEX.as_bytes());
    }
    for page in [
        "/",
        "/index.html",
        "/users/ferris",
        "/crates/serde/1.0.219",
        "/crates/a.b/robots.txt",
        "/nope.js",
        "/users/%C3%BC",
        "/settings/",
    ] {
        let answer = get(&registry, page, &[]).await;
        assert_eq!(
            (answer.status, answer.bytes.as_slice()),
            (200, INDEX.as_bytes()),
            "{page}"
        );
        assert_eq!(answer.header("cache-control"), Some("no-cache"), "{page}");
    }
    for missing in [
        "/assets/b-2.js",
        "/assets/",
        "/assets",
        "/assets/../index.html",
        "/__clocks",
        "/a%00b",
    ] {
        let answer = get(&registry, missing, &[]).await;
        assert_eq!(
            (answer.status, answer.header("cache-control")),
            (404, Some("no-store")),
            "{missing}"
        );
    }
    let posted = exchange(registry.app(), "POST", "/users/ferris", &[], Vec::new())
        .await
        .unwrap();
    assert_eq!(
        (posted.status, posted.header("allow")),
        (405, Some("GET,HEAD"))
    );
    let head = exchange(registry.app(), "HEAD", "/users/ferris", &[], Vec::new())
        .await
        .unwrap();
    assert_eq!((head.status, head.bytes.len()), (200, 0));
}

#[tokio::test]
async fn nothing_outside_the_folder_is_served() {
    let scratch = Scratch::new();
    let registry = registry(&scratch).await;
    for path in [
        "/../secret",
        "/..%2fsecret",
        "/%2e%2e/secret",
        "/assets/..%2f..%2fsecret",
        "/..%5csecret",
        "//secret",
        "/assets/%2e%2e/%2e%2e/secret",
        "/%2fetc/passwd",
    ] {
        let answer = get(&registry, path, &[]).await;
        assert!(
            !answer
                .bytes
                .windows(6)
                .any(|bytes| bytes == b"not in" || bytes == b"root:x"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn the_search_is_described_with_the_address_it_was_asked_by() {
    let scratch = Scratch::new();
    let registry = registry(&scratch).await;
    let answer = get(&registry, "/opensearch.xml", &[]).await;
    let text = String::from_utf8(answer.bytes.clone()).unwrap();
    let origin = &registry.running.origins.app;
    let template = format!("template=\"{origin}/search?q={{searchTerms}}\"");
    assert!(text.contains(&template), "{text}");
    assert!(!text.contains("{origin}"), "{text}");
    assert_eq!(
        answer.header("content-type"),
        Some("application/opensearchdescription+xml; charset=utf-8")
    );
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
}

#[tokio::test]
async fn headers_are_those_of_the_table() {
    let scratch = Scratch::new();
    let registry = registry(&scratch).await;
    let page = get(&registry, "/users/ferris", &[]).await;
    let policy = page.header("content-security-policy").expect("a policy");
    let files = &registry.running.origins.files;
    for part in [
        "default-src 'none';".to_owned(),
        "script-src 'self' 'wasm-unsafe-eval' 'sha256-5KYv+PUboo5h+0+YAtGRPbwv5d/QxzHslP4YGnUaxRw=';".to_owned(),
        format!("img-src 'self' data: https: {files};"),
        format!("connect-src 'self' {files};"),
        "frame-ancestors 'none';".to_owned(),
    ] {
        assert!(policy.contains(&part), "{part} is not in {policy}");
    }
    assert!(!policy.contains("unsafe-inline") && !policy.contains('{'));
    assert_eq!(
        page.header("cross-origin-opener-policy"),
        Some("same-origin-allow-popups")
    );
    for name in [
        "x-content-type-options",
        "referrer-policy",
        "permissions-policy",
    ] {
        assert!(page.headers.contains_key(name), "{name}");
    }
    for popup in ["/github-redirect.html", "/github-auth-loading.html"] {
        let answer = get(&registry, popup, &[]).await;
        assert_eq!(
            answer.header("cross-origin-opener-policy"),
            None,
            "{popup} would lose its opener"
        );
        assert!(
            answer.headers.contains_key("content-security-policy"),
            "{popup}"
        );
    }
    let hashed = get(&registry, "/assets/a-1.css", &[]).await;
    assert_eq!(
        hashed.header("cache-control"),
        Some("public, max-age=31536000, immutable")
    );
    assert_eq!(hashed.header("x-content-type-options"), Some("nosniff"));
    let me = get(&registry, "/api/v1/me", &[("user-agent", "x")]).await;
    assert_eq!(me.header("x-content-type-options"), Some("nosniff"));
}

#[tokio::test]
async fn answers_are_compressed_and_files_come_as_they_were_compressed_before() {
    let scratch = Scratch::new();
    let registry = registry(&scratch).await;
    let js = get(
        &registry,
        "/assets/a-1.js",
        &[("accept-encoding", "br, gzip")],
    )
    .await;
    assert_eq!(
        (js.header("content-encoding"), js.bytes.as_slice()),
        (Some("br"), b"already brotli".as_slice())
    );
    assert_eq!(js.header("content-type"), Some("text/javascript"));
    let js = get(&registry, "/assets/a-1.js", &[("accept-encoding", "gzip")]).await;
    assert_eq!(js.bytes, b"already gzip");
    let api = get(
        &registry,
        "/api/v1/summary",
        &[("user-agent", "x"), ("accept-encoding", "br")],
    )
    .await;
    assert_eq!(
        (api.header("content-encoding"), api.header("vary")),
        (Some("br"), Some("accept-encoding"))
    );
    let plain = get(&registry, "/api/v1/summary", &[("user-agent", "x")]).await;
    assert_eq!(plain.header("content-encoding"), None);
}

#[tokio::test]
async fn an_unchanged_file_is_not_sent_again() {
    let scratch = Scratch::new();
    let registry = registry(&scratch).await;
    let first = get(&registry, "/", &[]).await;
    let modified = first.header("last-modified").expect("a time").to_owned();
    let second = get(&registry, "/", &[("if-modified-since", &modified)]).await;
    assert_eq!((second.status, second.bytes.len()), (304, 0));
    assert!(second.headers.contains_key("content-security-policy"));
}

#[tokio::test]
async fn a_file_that_never_changes_says_nothing_to_ask_again_by() {
    let scratch = Scratch::new();
    let registry = registry(&scratch).await;
    let script = get(&registry, "/assets/a-1.js", &[]).await;
    assert_eq!(script.status, 200);
    assert_eq!(
        script.header("cache-control"),
        Some("public, max-age=31536000, immutable")
    );
    for name in ["etag", "last-modified", "accept-ranges"] {
        assert_eq!(script.header(name), None, "{name}");
    }
}

#[tokio::test]
async fn the_three_origins_are_three_sites_and_files_may_be_read_by_all() {
    let scratch = Scratch::new();
    let registry = registry(&scratch).await;
    let origins = registry.running.origins.clone();
    assert!(
        origins.app.starts_with("http://127.0.0.1:")
            && origins.files.starts_with("http://127.0.0.1:")
    );
    assert!(origins.github.starts_with("http://localhost:"));
    let done = registry.running.app.pool.write(|transaction| {
        transaction.execute("INSERT INTO files VALUES ('readmes/a/a-1.0.0.html', 'text/html; charset=utf-8', CAST('<p>hello</p>' AS BLOB))", [])?;
        Ok(())
    });
    done.await.unwrap();
    let readme = exchange(
        &origins.files,
        "GET",
        "/readmes/a/a-1.0.0.html",
        &[],
        Vec::new(),
    )
    .await
    .unwrap();
    assert_eq!(
        (readme.status, readme.header("access-control-allow-origin")),
        (200, Some("*"))
    );
    assert_eq!(
        exchange(
            &origins.files,
            "GET",
            "/readmes/a/a-2.0.0.html",
            &[],
            Vec::new()
        )
        .await
        .unwrap()
        .status,
        403
    );
}
