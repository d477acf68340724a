//! The browser's `fetch` as the app's transport: answers begun early, aborts, failures, what is sent to whom.
//!
//! The page's own `fetch` is replaced by a script for the length of a test, so that nothing is asked of any server.

use std::cell::RefCell;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use crate::harness::settle::tick;
use js_sys::eval;
use nameplate::api::client::Client;
use nameplate::api::error::ApiError;
use nameplate::api::fetch::Fetch;
use nameplate::api::transport::{BEGINNING, OnBeginning};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

const GUEST: &str = r#"new Response('{"errors":[{"detail":"this action requires authentication"}]}', {status: 403})"#;
const FERRIS: &str = r#"new Response('{"user":{"id":10,"login":"ferris"}}', {status: 200})"#;

/// The page with another `fetch`, which counts its calls in `fetched` and keeps the last request in `request`.
struct Page;

impl Page {
    /// `answer` is JavaScript for what `fetch` returns.
    fn new(answer: &str) -> Self {
        run(&format!(
            "window.original = [window.fetch, window.setTimeout];
             window.fetched = 0;
             delete window.__nameplate_started;
             window.fetch = (request) => {{ window.fetched += 1; window.request = request; return {answer}; }};"
        ));
        Self
    }

    /// Leaves an answer as the start script does.
    fn begin(&self, address: &str, promise: &str) {
        run(&format!(
            "window.__nameplate_started ??= new Map();
             {{ const answer = {promise}; answer.catch(() => {{}}); window.__nameplate_started.set('{address}', answer); }}"
        ));
    }

    fn fetched(&self) -> f64 {
        value("window.fetched").as_f64().unwrap()
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        run(
            "[window.fetch, window.setTimeout] = window.original; delete window.__nameplate_started;",
        );
    }
}

fn run(script: &str) {
    eval(script).unwrap_or_else(|error| panic!("{script}: {error:?}"));
}

fn value(script: &str) -> JsValue {
    eval(script).unwrap()
}

fn is_true(script: &str) -> bool {
    value(script).is_truthy()
}

fn nobody() -> OnBeginning {
    Rc::new(|_| {})
}

/// What was told of beginnings.
type Told = Rc<RefCell<Vec<String>>>;

fn listener() -> (Told, OnBeginning) {
    let told = Told::default();
    let to = told.clone();
    (told, Rc::new(move |text| to.borrow_mut().push(text)))
}

async fn me(client: &Client) -> Result<String, ApiError> {
    client.me().await.map(|viewer| viewer.username.to_string())
}

#[wasm_bindgen_test]
async fn a_begun_answer_is_handed_over_once() {
    let page = Page::new(&format!("Promise.resolve({GUEST})"));
    page.begin("/api/v1/me", &format!("Promise.resolve({FERRIS})"));
    page.begin(
        "/api/v1/site_metadata",
        &format!("Promise.resolve({FERRIS})"),
    );
    let client = Client::new(Fetch);
    assert_eq!(me(&client).await, Ok("ferris".to_owned()));
    assert_eq!(page.fetched(), 0.0);
    assert!(matches!(me(&client).await, Err(ApiError::SignedOut { .. })));
    assert_eq!(page.fetched(), 1.0);
    assert!(
        is_true("window.__nameplate_started.has('/api/v1/site_metadata')"),
        "only its own is taken"
    );
}

#[wasm_bindgen_test]
async fn a_begun_answer_is_not_for_a_write() {
    let page = Page::new("Promise.resolve(new Response('{\"ok\":true}'))");
    page.begin("/api/private/session", &format!("Promise.resolve({GUEST})"));
    page.begin("/api/v1/me", &format!("Promise.resolve({FERRIS})"));
    assert_eq!(Client::new(Fetch).end_session().await, Ok(()));
    assert_eq!(page.fetched(), 1.0);
    assert_eq!(
        value("window.__nameplate_started.size").as_f64(),
        Some(0.0),
        "after a write nothing holds that was asked before"
    );
}

#[wasm_bindgen_test]
async fn a_begun_answer_that_failed_is_asked_for_again() {
    for failed in [
        "Promise.reject(new TypeError('no network'))",
        "Promise.resolve(new Response(new ReadableStream({ start(c) { c.error(new Error('broken')); } })))",
        "Promise.resolve('not a response')",
    ] {
        let page = Page::new(&format!("Promise.resolve({FERRIS})"));
        page.begin("/api/v1/me", failed);
        assert_eq!(
            me(&Client::new(Fetch)).await,
            Ok("ferris".to_owned()),
            "{failed}"
        );
        assert_eq!(page.fetched(), 1.0, "{failed}");
    }
}

#[wasm_bindgen_test]
async fn a_begun_answer_is_aborted_only_when_it_is_given_up() {
    let page = Page::new(&format!("Promise.resolve({FERRIS})"));
    let client = Client::new(Fetch);
    let begun = |response: &str| {
        page.begin(
            "/api/v1/me",
            &format!(
                "Object.assign({response}, {{ stop: window.stop_me = new AbortController() }})"
            ),
        );
    };
    begun(&format!("Promise.resolve({FERRIS})"));
    assert_eq!(me(&client).await, Ok("ferris".to_owned()));
    assert!(
        !is_true("stop_me.signal.aborted"),
        "the start script may still read its copy"
    );
    begun("new Promise(() => {})");
    {
        let mut given_up = pin!(me(&client));
        let polled = given_up
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()));
        assert_eq!(polled, Poll::Pending);
    }
    assert!(is_true("stop_me.signal.aborted"), "nobody waits any more");
    assert_eq!(page.fetched(), 0.0);
}

#[wasm_bindgen_test]
async fn whatever_stands_in_the_scripts_place_does_no_harm() {
    for odd in ["null", "7", "{}", "new Map([['/api/v1/me', 7]])"] {
        let page = Page::new(&format!("Promise.resolve({FERRIS})"));
        run(&format!("window.__nameplate_started = {odd};"));
        assert_eq!(
            me(&Client::new(Fetch)).await,
            Ok("ferris".to_owned()),
            "{odd}"
        );
        assert_eq!(page.fetched(), 1.0, "{odd}");
    }
}

#[wasm_bindgen_test]
async fn leaving_aborts_the_request() {
    let _page = Page::new("new Promise(() => {})");
    let client = Client::new(Fetch);
    {
        let mut asking = pin!(client.me());
        let mut context = Context::from_waker(Waker::noop());
        assert!(matches!(asking.as_mut().poll(&mut context), Poll::Pending));
        assert!(!is_true("window.request.signal.aborted"));
    }
    assert!(is_true("window.request.signal.aborted"));
}

#[wasm_bindgen_test]
async fn no_network_and_a_broken_body_are_offline() {
    for failure in [
        "Promise.reject(new TypeError('Failed to fetch'))",
        "Promise.resolve(new Response(new ReadableStream({ start(c) { c.error(new Error('broken')); } })))",
    ] {
        let _page = Page::new(failure);
        assert_eq!(
            me(&Client::new(Fetch)).await,
            Err(ApiError::Offline),
            "{failure}"
        );
    }
}

#[wasm_bindgen_test]
async fn no_request_waits_for_ever() {
    let _page = Page::new("new Promise(() => {})");
    run(
        "window.waits = []; window.setTimeout = (done, millis) => { window.waits.push(millis); queueMicrotask(done); return 0; };",
    );
    assert_eq!(me(&Client::new(Fetch)).await, Err(ApiError::TimedOut));
    assert!(is_true(
        "window.waits.length === 1 && window.waits[0] > 30_000"
    ));
    assert!(is_true("window.request.signal.aborted"));
}

#[wasm_bindgen_test]
async fn the_cookie_stays_at_home() {
    let _page = Page::new("Promise.resolve(new Response('{\"ok\":true}'))");
    let client = Client::new(Fetch);
    let _ = client
        .update_email(nameplate::domain::user::UserId(7), "a@b.example")
        .await;
    assert!(is_true(
        "window.request.credentials === 'same-origin' && window.request.method === 'PUT'"
    ));
    assert!(is_true(
        "window.request.headers.get('accept') === 'application/json'"
    ));
    assert!(is_true(
        "window.request.headers.get('content-type') === 'application/json'"
    ));
    assert!(is_true(
        "new URL(window.request.url).pathname === '/api/v1/users/7'"
    ));
    let readme = client
        .readme("a", "1.0.0", Some("https://files.example"), nobody())
        .await;
    assert!(matches!(readme, Ok(Some(_))), "{readme:?}");
    assert!(is_true(
        "window.request.credentials === 'omit' && window.request.method === 'GET'"
    ));
    assert!(
        is_true("[...window.request.headers.keys()].length === 0"),
        "a header of ours would cost a preflight"
    );
    assert!(is_true(
        "window.request.url === 'https://files.example/readmes/a/a-1.0.0.html'"
    ));
}

#[wasm_bindgen_test]
async fn the_headers_that_count_are_read() {
    let _page = Page::new(
        "Promise.resolve(new Response('{}', {status: 429, headers: {'retry-after': '60', 'date': 'Sat, 21 Nov 2026 01:48:54 GMT'}}))",
    );
    let client = Client::new(Fetch);
    let Err(ApiError::Throttled {
        until: Some(until), ..
    }) = client.me().await
    else {
        panic!("not throttled");
    };
    assert_eq!(until.to_string(), "2026-11-21T01:49:54.500Z");
}

/// A body whose end comes when `window.end()` is called; what comes before it ends within a character.
const SLOW: &str = "new Response(new ReadableStream({ start(c) {
    const text = new TextEncoder().encode('é'.repeat(40_000));
    c.enqueue(text.slice(0, 70_001));
    window.end = () => { c.enqueue(text.slice(70_001)); c.close(); };
} }), STATUS)";

#[wasm_bindgen_test]
async fn a_long_body_is_told_from_its_beginning_on() {
    let page = Page::new(&format!(
        "Promise.resolve({})",
        SLOW.replace("STATUS", "{}")
    ));
    for begun in [false, true] {
        let address = "https://files.example/readmes/a/a-1.0.0.html";
        if begun {
            page.begin(
                address,
                &format!("Promise.resolve({})", SLOW.replace("STATUS", "{}")),
            );
        }
        let client = Client::new(Fetch);
        let (told, on_beginning) = listener();
        let mut readme =
            pin!(client.readme("a", "1.0.0", Some("https://files.example"), on_beginning));
        while told.borrow().is_empty() {
            let mut context = Context::from_waker(Waker::noop());
            assert!(matches!(readme.as_mut().poll(&mut context), Poll::Pending));
            tick().await;
        }
        assert_eq!(*told.borrow(), ["é".repeat(35_000)]);
        run("window.end()");
        let readme = readme.await.unwrap().unwrap();
        assert_eq!(readme.html, "é".repeat(40_000));
        assert_eq!(told.borrow().len(), 1);
    }
}

#[wasm_bindgen_test]
async fn a_short_body_and_a_failure_have_no_beginning() {
    let short = format!("new Response('x'.repeat({}))", BEGINNING - 1);
    let failure = "new Response('x'.repeat(90_000), {status: 503})";
    for answer in [short.as_str(), failure] {
        let _page = Page::new(&format!("Promise.resolve({answer})"));
        let (told, on_beginning) = listener();
        let client = Client::new(Fetch);
        let _ = client
            .readme("a", "1.0.0", Some("https://files.example"), on_beginning)
            .await;
        assert!(told.borrow().is_empty(), "{answer}");
    }
}
