//! JSON as the browser reads it: the same values as another parser finds in every recorded answer, and no end of the stack.

mod recorded;

use crate::harness::fake_server::{Failure, FakeServer};
use nameplate::api::client::Client;
use nameplate::api::error::ApiError;
use nameplate::api::json::{Document, Json};
use serde_json::{Map, Value};
use wasm_bindgen_test::wasm_bindgen_test;

/// Asks for every key as what another parser found there; `None` when some answer is another.
fn agrees(json: &Json<'_>, expected: &Map<String, Value>) -> Option<()> {
    let is_same = |(key, value): (&String, &Value)| match value {
        Value::Null => !json.has(key),
        Value::Bool(flag) => json.maybe_flag(key) == Some(*flag),
        Value::Number(number) if number.is_u64() => Some(json.number(key)) == number.as_u64(),
        Value::Number(number) if number.is_i64() => Some(json.id(key)) == number.as_i64(),
        Value::Number(_) => json.has(key),
        Value::String(text) => json.text(key) == *text,
        Value::Array(list) if list.iter().any(Value::is_object) => {
            let read = json.objects(key).unwrap_or_default();
            let objects = list.iter().filter_map(Value::as_object);
            read.len() == list.len()
                && read
                    .iter()
                    .zip(objects)
                    .all(|(one, expected)| agrees(one, expected).is_some())
        }
        // No list of numbers is asked for.
        Value::Array(list) if list.iter().any(Value::is_number) => json.has(key),
        Value::Array(list) => {
            let texts = list.iter().filter_map(Value::as_str);
            json.texts(key).is_some_and(|read| texts.eq(read))
        }
        Value::Object(expected) => json
            .object(key)
            .is_some_and(|json| agrees(&json, expected).is_some()),
    };
    let mut keys = json.keys();
    keys.sort();
    (expected.keys().eq(&keys) && expected.iter().all(is_same)).then_some(())
}

#[wasm_bindgen_test]
fn every_recorded_answer_reads_as_another_parser_reads_it() {
    for (path, recording) in recorded::ALL {
        let recording: Value = serde_json::from_str(recording).expect("a recording is JSON");
        let body = &recording["body"];
        let read = Document::parse(&body.to_string());
        let Some(expected) = body.as_object() else {
            assert!(read.is_none(), "{path}");
            continue;
        };
        let read = read.and_then(|document| document.read(|json| agrees(json, expected)));
        assert_eq!(read, Some(()), "{path}");
    }
}

#[wasm_bindgen_test]
fn no_recorded_answer_is_left_out() {
    let index: Value = serde_json::from_str(recorded::INDEX).expect("the index is JSON");
    let cases = index["cases"].as_array().expect("a list of recordings");
    let listed: Vec<&str> = cases
        .iter()
        .filter_map(|case| case["file"].as_str())
        .collect();
    let here: Vec<&str> = recorded::ALL.iter().map(|(path, _)| *path).collect();
    assert!(here.len() > 550, "found {}", here.len());
    assert_eq!(here, listed);
}

#[wasm_bindgen_test]
fn what_is_no_json_and_what_is_of_another_kind_is_not_read() {
    for text in [
        "",
        " ",
        "{",
        "[1,]",
        "{\"a\":1}}",
        "<html>",
        "NaN",
        "'a'",
        "undefined",
        "[]",
        "null",
        "7",
        "\"a\"",
    ] {
        assert!(Document::parse(text).is_none(), "{text}");
    }
    let text = r#"{"text":"\u00e9\ud83e\udd80","whole":7,"below":-7,"part":7.5,"list":[{}],"object":{},"none":null}"#;
    let document = Document::parse(text).expect("it is an object");
    let read = document.read(|json| {
        assert_eq!(json.text("text"), "é🦀");
        assert_eq!((json.id("below"), json.number("whole")), (-7, 7));
        assert!(!json.has("none") && json.maybe_text("none").is_none());
        assert!(json.object("object").is_some() && json.objects("list").is_some());
        Some(())
    });
    assert_eq!(read, Some(()));
    let spoils: [fn(&Json<'_>); 10] = [
        |json| _ = json.text("whole"),
        |json| _ = json.text("none"),
        |json| _ = json.number("below"),
        |json| _ = json.id("part"),
        |json| _ = json.id("text"),
        |json| _ = json.maybe_flag("whole"),
        |json| _ = json.object("list"),
        |json| _ = json.object("text"),
        |json| _ = json.objects("object"),
        |json| _ = json.texts("list"),
    ];
    for (at, spoil) in spoils.into_iter().enumerate() {
        let read = document.read(|json| {
            spoil(json);
            Some(())
        });
        assert_eq!(read, None, "{at}");
    }
}

#[wasm_bindgen_test]
fn a_key_that_every_object_of_the_platform_has_is_a_key_like_others() {
    let document = Document::parse(r#"{"__proto__":{"a":"b"},"constructor":"c"}"#);
    let read = document.expect("it is an object").read(|json| {
        assert_eq!(json.object("__proto__")?.text("a"), "b");
        assert_eq!(json.text("constructor"), "c");
        Some(json.keys().len())
    });
    assert_eq!(read, Some(2));
}

/// A user, and something unknown that nests so deep beside them.
fn nested(depth: usize) -> &'static str {
    let (open, close) = ("[".repeat(depth), "]".repeat(depth));
    let body = format!("{{\"user\":{{\"id\":1,\"login\":\"ferris\"}},\"more\":{open}{close}}}");
    body.leak()
}

#[wasm_bindgen_test]
async fn what_nests_deep_where_nobody_asks_does_no_harm() {
    let server = FakeServer::new();
    let client = Client::new(server.clone());
    for depth in [20, 40, 5_000, 500_000] {
        server.fail_once("GET /api/v1/users/*", Failure::Body(nested(depth)));
        let found = client.user("ferris").await.expect("it is read");
        assert_eq!(found.user.username.as_str(), "ferris", "{depth}");
    }
}

#[wasm_bindgen_test]
async fn categories_within_categories_without_end_are_malformed_and_nothing_breaks() {
    let server = FakeServer::new();
    let client = Client::new(server.clone());
    let category = r#"{"slug":"a","category":"A","subcategories":["#;
    for (depth, is_read) in [(10, true), (40, false), (5_000, false)] {
        let body = format!(
            "{{\"category\":{}{}}}",
            category.repeat(depth),
            "]}".repeat(depth)
        );
        server.fail_once("GET /api/v1/categories/*", Failure::Body(body.leak()));
        let found = client.category("a").await;
        assert_eq!(found.is_ok(), is_read, "{depth}");
        assert!(is_read || found == Err(ApiError::Malformed));
    }
}
