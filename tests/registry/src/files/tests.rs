//! The file host through its door: addresses in, answers out.

use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, HeaderValue, Request, StatusCode},
};
use tower::ServiceExt;

use crate::{
    clock::Timestamp,
    db,
    pool::Pool,
    seed::{self, Seed},
};

const ORIGIN: &str = "http://127.0.0.1:9";

/// A file host on the demonstration, in a directory of its own that goes when the test ends.
struct Host {
    router: axum::Router,
    path: std::path::PathBuf,
}

impl Host {
    fn new(name: &str) -> Self {
        let path =
            std::env::temp_dir().join(format!("nameplate-files-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        let file = path.join("data.sqlite");
        let mut connection = db::open(&file).unwrap();
        let transaction = connection.transaction().unwrap();
        seed::run(Seed::Demo, &transaction, Timestamp(1_795_262_400_000_000)).unwrap();
        transaction.execute("INSERT INTO files (path, content_type, body) VALUES ('kept/a.txt', 'text/plain', CAST('see {files}/b' AS BLOB))", []).unwrap();
        transaction.commit().unwrap();
        Self {
            router: super::router(Pool::new(file, connection).unwrap(), ORIGIN),
            path,
        }
    }

    async fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
    ) -> (StatusCode, HeaderMap, String) {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = self
            .router
            .clone()
            .oneshot(request.body(Body::empty()).unwrap())
            .await
            .unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, headers, String::from_utf8_lossy(&body).into_owned())
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.path);
    }
}

#[tokio::test]
async fn readmes_are_open_to_every_origin_and_name_this_host() {
    let host = Host::new("readmes");
    let (status, headers, body) = host
        .ask(
            "GET",
            "/readmes/readme-kitchen-sink/readme-kitchen-sink-1.0.0.html",
            &[],
        )
        .await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(headers["content-type"], "text/html");
    assert_eq!(headers["access-control-allow-origin"], "*");
    assert_eq!(headers["cache-control"], "public,max-age=604800");
    assert!(body.contains("http://127.0.0.1:9/images/logo-dark.svg") && !body.contains("{files}"));
}

#[tokio::test]
async fn build_metadata_may_be_encoded_or_not() {
    let host = Host::new("metadata");
    for path in [
        "/readmes/many-versions/many-versions-2.9.8%2Bbuild.2026-10.html",
        "/readmes/many-versions/many-versions-2.9.8+build.2026-10.html",
    ] {
        assert_eq!(host.ask("GET", path, &[]).await.0, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn what_is_not_there_is_refused_as_a_bucket_refuses_it() {
    let host = Host::new("absent");
    for (path, expected) in [
        ("/readmes/readme-none/readme-none-1.0.0.html", 403),
        ("/readmes/no-such-crate/no-such-crate-1.0.0.html", 403),
        ("/readmes/crabshell/crabshell-99.0.0.html", 403),
        ("/readmes/../../etc/passwd", 403),
        ("/readmes/crabshell/crabshell-1.0.0.html/more", 403),
        ("/crates/crabshell/crabshell-1.0.0.crate", 403),
        ("/", 403),
        ("/avatars/gone.png", 404),
        ("/images/missing.png", 404),
        ("/hostile/script.js", 404),
        ("/%ff", 404),
    ] {
        let (status, headers, body) = host.ask("GET", path, &[]).await;
        assert_eq!(status, expected, "{path}");
        assert_eq!(headers["access-control-allow-origin"], "*", "{path}");
        assert!(body.contains("<Error>"), "{path}");
    }
}

#[tokio::test]
async fn a_readme_without_a_word_is_there() {
    let host = Host::new("empty");
    let (status, _, body) = host
        .ask("GET", "/readmes/readme-empty/readme-empty-1.0.0.html", &[])
        .await;
    assert_eq!((status, body.as_str()), (StatusCode::OK, ""));
}

#[tokio::test]
async fn every_avatar_and_picture_of_the_data_is_there_but_for_the_two_that_must_not_be() {
    let host = Host::new("avatars");
    let connection = db::open_reader(&host.path.join("data.sqlite")).unwrap();
    let mut statement = connection.prepare("SELECT avatar FROM oauth_github WHERE avatar IS NOT NULL UNION SELECT avatar FROM teams WHERE avatar IS NOT NULL").unwrap();
    let avatars: Vec<String> = statement
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert!(avatars.len() > 50);
    for avatar in avatars {
        let expected = if avatar.contains("gone") { 404 } else { 200 };
        assert_eq!(
            host.ask("GET", avatar.strip_prefix("{files}").unwrap(), &[])
                .await
                .0,
            expected,
            "{avatar}"
        );
    }
    let (_, _, readme) = host
        .ask(
            "GET",
            "/readmes/readme-kitchen-sink/readme-kitchen-sink-1.0.0.html",
            &[],
        )
        .await;
    let mut pictures = 0;
    for part in readme
        .split("src=\"http://127.0.0.1:9")
        .skip(1)
        .chain(readme.split("srcset=\"http://127.0.0.1:9").skip(1))
    {
        let path = part.split('"').next().unwrap();
        let expected = if path.contains("missing") || path.contains("hostile") {
            404
        } else {
            200
        };
        assert_eq!(host.ask("GET", path, &[]).await.0, expected, "{path}");
        pictures += 1;
    }
    assert!(pictures > 8, "{pictures}");
}

#[tokio::test]
async fn an_avatar_comes_in_the_size_that_is_asked_for() {
    let host = Host::new("size");
    let (_, headers, body) = host.ask("GET", "/avatars/1.png?v=4&s=64", &[]).await;
    assert_eq!(headers["content-type"], "image/png");
    // Width and height follow the first chunk's name.
    assert!(body.contains("IHDR\0\0\0@\0\0\0@"));
}

#[tokio::test]
async fn stored_files_come_first() {
    let host = Host::new("stored");
    let (status, headers, body) = host.ask("GET", "/kept/a.txt", &[]).await;
    assert_eq!(
        (status, body.as_str()),
        (StatusCode::OK, "see http://127.0.0.1:9/b")
    );
    assert_eq!(headers["content-type"], "text/plain");
}

#[tokio::test]
async fn a_known_file_is_not_sent_again_and_a_long_one_is_compressed() {
    let host = Host::new("again");
    let path = "/readmes/readme-sixty-kilobytes/readme-sixty-kilobytes-1.0.0.html";
    let (_, headers, whole) = host.ask("GET", path, &[]).await;
    let etag = headers["etag"].to_str().unwrap().to_owned();
    let (status, _, body) = host.ask("GET", path, &[("if-none-match", &etag)]).await;
    assert_eq!((status, body.as_str()), (StatusCode::NOT_MODIFIED, ""));
    let (status, headers, small) = host.ask("GET", path, &[("accept-encoding", "br")]).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(headers["content-encoding"], "br");
    // One character stands for one byte that is no UTF-8.
    assert!(
        small.chars().count() * 3 < whole.len(),
        "{}",
        small.chars().count()
    );
}

#[tokio::test]
async fn a_readme_comes_as_small_as_brotli_makes_it_unless_it_is_very_long_or_hardly_there() {
    let host = Host::new("small");
    let size = async |name: &str, codings: &str| {
        let path = format!("/readmes/{name}/{name}-1.0.0.html");
        let (_, headers, body) = host
            .ask("GET", &path, &[("accept-encoding", codings)])
            .await;
        let coding = headers.get("content-encoding").cloned();
        (coding, headers.contains_key("vary"), body.chars().count())
    };
    let br = HeaderValue::from_static("br");
    let first = size("readme-sixty-kilobytes", "gzip, br").await;
    assert_eq!((first.0.as_ref(), first.1), (Some(&br), true));
    assert!(first.2 < 11_000, "{}", first.2);
    assert_eq!(size("readme-sixty-kilobytes", "br").await, first);
    let (coding, _, whole) = size("readme-sixty-kilobytes", "identity").await;
    assert_eq!(coding, None);
    assert!(whole > 55_000, "{whole}");
    let (coding, ..) = size("readme-one-megabyte", "br").await;
    assert_eq!(coding, Some(br));
    let (coding, _, whole) = size("readme-empty", "br").await;
    assert_eq!((coding, whole), (None, 0));
}

#[tokio::test]
async fn only_reading_is_allowed() {
    let host = Host::new("methods");
    for (method, expected) in [
        ("HEAD", 200),
        ("OPTIONS", 204),
        ("POST", 405),
        ("PUT", 405),
        ("DELETE", 405),
    ] {
        let (status, _, body) = host.ask(method, "/avatars/1.png", &[]).await;
        assert_eq!(status, expected, "{method}");
        assert_eq!(body, "", "{method}");
    }
}
