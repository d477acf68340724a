//! JSON as the browser reads it: the same values as another parser finds in every recorded answer, and no end of the stack.

mod recorded;

use crate::harness::fake_server::{Failure, FakeServer};
use miniserde::json::{Number, Value as Read};
use nameplate::api::client::Client;
use nameplate::api::error::ApiError;
use nameplate::api::json::decode;
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

/// What the app read, in the other parser's type. Whole numbers are whole to the browser however they are written.
fn value(read: &Read) -> Value {
    match read {
        Read::Null => Value::Null,
        Read::Bool(flag) => json!(flag),
        Read::Number(Number::U64(number)) => json!(*number as f64),
        Read::Number(Number::I64(number)) => json!(*number as f64),
        Read::Number(Number::F64(number)) => json!(number),
        Read::String(text) => json!(text),
        Read::Array(list) => list.iter().map(value).collect(),
        Read::Object(map) => Value::Object(
            map.iter()
                .map(|(key, one)| (key.clone(), value(one)))
                .collect(),
        ),
    }
}

/// The same with every number written in one way.
fn plain(value: Value) -> Value {
    match value {
        Value::Number(number) => json!(number.as_f64()),
        Value::Array(list) => list.into_iter().map(plain).collect(),
        Value::Object(map) => Value::Object(
            map.into_iter()
                .map(|(key, one)| (key, plain(one)))
                .collect(),
        ),
        other => other,
    }
}

#[wasm_bindgen_test]
fn every_recorded_answer_reads_as_another_parser_reads_it() {
    for (path, recording) in recorded::ALL {
        let recording: Value = serde_json::from_str(recording).expect("a recording is JSON");
        let body = &recording["body"];
        let read: Option<Read> = decode(&body.to_string());
        let read = read.unwrap_or_else(|| panic!("{path} is not read"));
        assert_eq!(value(&read), plain(body.clone()), "{path}");
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
fn what_is_no_json_and_what_has_another_shape_is_not_read() {
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
    ] {
        assert!(decode::<Read>(text).is_none(), "{text}");
    }
    assert_eq!(
        decode::<String>("\"\\u00e9\\ud83e\\udd80\"").as_deref(),
        Some("é🦀")
    );
    assert_eq!(decode::<String>("7"), None);
    assert_eq!(decode::<u64>("-7"), None);
    assert_eq!(decode::<i64>("-7"), Some(-7));
    assert_eq!(decode::<u64>("7.5"), None);
    assert_eq!(decode::<Vec<bool>>("[true,false]"), Some(vec![true, false]));
    assert_eq!(decode::<Vec<bool>>("{}"), None);
    // A key that every object of the platform has is no key of an answer.
    let read: Option<Read> = decode("{\"__proto__\":1}");
    assert_eq!(
        read.as_ref().map(value),
        Some(plain(json!({"__proto__": 1})))
    );
}

/// A user, and something unknown that nests so deep beside them.
fn nested(depth: usize) -> &'static str {
    let (open, close) = ("[".repeat(depth), "]".repeat(depth));
    let body = format!("{{\"user\":{{\"id\":1,\"login\":\"ferris\"}},\"more\":{open}{close}}}");
    body.leak()
}

#[wasm_bindgen_test]
async fn an_answer_that_nests_too_deep_is_malformed_and_nothing_breaks() {
    let server = FakeServer::new();
    let client = Client::new(server.clone());
    server.fail_once("GET /api/v1/users/*", Failure::Body(nested(20)));
    let found = client.user("ferris").await.expect("deep, and read");
    assert_eq!(found.user.username.as_str(), "ferris");
    for depth in [40, 5_000, 500_000] {
        server.fail_once("GET /api/v1/users/*", Failure::Body(nested(depth)));
        assert_eq!(
            client.user("ferris").await,
            Err(ApiError::Malformed),
            "{depth}"
        );
    }
}
