//! The recorded requests, in the order they were recorded, against a server of August with the recorded data.

use std::{collections::BTreeMap, path::PathBuf};

use nameplate_registry::session::Session;
use serde_json::Value;

use crate::{
    harness::{Answer, Registry},
    replay::{replay, start, variant_of},
};

/// The recordings that are not reproduced, each with its reason. Whatever is not here has to come out as recorded.
const NOT_REPRODUCED: &[(&str, &str)] = &[
    ("crates/list-q.json", SEARCH),
    ("crates/list-q-seek-page-2.json", SEARCH),
    ("misc/metrics.json", NOT_IN_THE_DOCUMENT),
    ("misc/admin-list-anonymous.json", NOT_IN_THE_DOCUMENT),
    ("misc/admin-list-admin.json", NOT_IN_THE_DOCUMENT),
    ("misc/admin-list-non-admin.json", NOT_IN_THE_DOCUMENT),
    ("session/signup-post-again-same-cookie.json", SERVER_ERROR),
    ("session/signup-post-name-clash.json", ONE_NAME),
    ("session/users-get-name-clash.json", ONE_NAME),
    (
        "session/users-get-carol-after-sign-in-old-name.json",
        OVERWRITTEN,
    ),
    (
        "session/users-get-carol-after-sign-in-new-name.json",
        OVERWRITTEN,
    ),
    ("variant-db-down/summary.json", SERVER_ERROR),
    ("variant-db-down/me.json", SERVER_ERROR),
];

const SEARCH: &str =
    "hits are ranked by other weights than PostgreSQL's, so the key of the next page differs";
const NOT_IN_THE_DOCUMENT: &str = "the OpenAPI document has no such route";
const SERVER_ERROR: &str = "a 5xx nobody should imitate";
const ONE_NAME: &str = "two users of one canonical name cannot exist here";
const OVERWRITTEN: &str = "a sign-in never overwrites a username here";

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../contract/recorded")
}

fn read(file: &str) -> Value {
    let text = std::fs::read_to_string(folder().join(file))
        .unwrap_or_else(|error| panic!("{file}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The files in the order they were recorded.
fn files() -> Vec<String> {
    let index = read("index.json");
    index["cases"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|case| case["file"].as_str().expect("a name").to_owned())
        .collect()
}

/// What differs, in a line each: status, texts, and the keys of every object.
fn differences(recording: &Value, answer: &Answer) -> Vec<String> {
    let mut found = Vec::new();
    if recording["status"].as_u64() != Some(u64::from(answer.status)) {
        found.push(format!(
            "status {} instead of {} ({})",
            answer.status,
            recording["status"],
            answer.detail()
        ));
        return found;
    }
    for name in ["content-type", "cache-control", "location", "allow"] {
        let expected = recording["headers"][name].as_str();
        if expected != answer.header(name)
            && !(name == "content-type" && recording["body"].is_null())
        {
            found.push(format!(
                "{name} {:?} instead of {expected:?}",
                answer.header(name)
            ));
        }
    }
    for name in ["set-cookie", "retry-after"] {
        if recording["headers"][name].is_string() != answer.headers.contains_key(name) {
            found.push(format!("{name} {:?}", answer.header(name)));
        }
    }
    let body = if answer.bytes.is_empty() {
        Value::Null
    } else {
        answer.json()
    };
    shape("body", &recording["body"], &body, &mut found);
    found
}

fn shape(place: &str, expected: &Value, found: &Value, differences: &mut Vec<String>) {
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => {
            for key in expected.keys().filter(|key| !found.contains_key(*key)) {
                differences.push(format!("{place}.{key} is missing"));
            }
            for key in found.keys().filter(|key| !expected.contains_key(*key)) {
                differences.push(format!("{place}.{key} is too much"));
            }
            // The dates in the keys of features and the like are data too, but those are equal.
            for (key, expected) in expected {
                if let Some(found) = found.get(key) {
                    let texts = [
                        "detail",
                        "msg",
                        "url",
                        "status",
                        "next_page",
                        "prev_page",
                        "total",
                    ];
                    if texts.contains(&key.as_str())
                        && expected.is_string()
                        && !is_volatile(place, expected)
                        && expected != found
                    {
                        differences.push(format!("{place}.{key} is {found} instead of {expected}"));
                    }
                    shape(&format!("{place}.{key}"), expected, found, differences);
                }
            }
        }
        (Value::Array(expected), Value::Array(found)) => {
            if expected.is_empty() != found.is_empty() {
                differences.push(format!(
                    "{place} has {} entries instead of {}",
                    found.len(),
                    expected.len()
                ));
            }
            for (index, (expected, found)) in expected.iter().zip(found).enumerate() {
                shape(&format!("{place}[{index}]"), expected, found, differences);
            }
        }
        (expected, found) => {
            if std::mem::discriminant(expected) != std::mem::discriminant(found) {
                differences.push(format!("{place} is {found} instead of {expected}"));
            }
        }
    }
}

/// Texts with a moment or a secret in them.
fn is_volatile(_place: &str, text: &Value) -> bool {
    text.as_str()
        .is_some_and(|text| text.contains("Please try again after") || text.contains("OAUTH-STATE"))
}

#[tokio::test]
async fn recorded_requests_get_the_recorded_answers() {
    let excused: BTreeMap<&str, &str> = NOT_REPRODUCED.iter().copied().collect();
    let main = start(variant_of("")).await;
    let mut others: BTreeMap<String, Registry> = BTreeMap::new();
    let mut failures = Vec::new();
    let mut needless = Vec::new();
    let mut session = Session::default();
    let mut replayed = 0;
    for file in files() {
        let recording = read(&file);
        // Variants have a server of their own, and so has what was recorded before user 17 had an address.
        let alone = ["rate-limited.json", "resend-no-email.json"];
        let registry =
            if file.starts_with("variant-") || alone.iter().any(|end| file.ends_with(end)) {
                let variant = variant_of(&file);
                let key = format!("{variant:?} {}", file.starts_with("variant-"));
                if !others.contains_key(&key) {
                    others.insert(key.clone(), start(variant).await);
                }
                &others[&key]
            } else {
                &main
            };
        let (answer, after) = replay(registry, &file, &recording, &session).await;
        session = after;
        let differences = differences(&recording, &answer);
        match (differences.is_empty(), excused.get(file.as_str())) {
            (true, None) => replayed += 1,
            (true, Some(_)) => needless.push(file.clone()),
            (false, Some(_)) => {}
            (false, None) => failures.push(format!("{file}:\n    {}", differences.join("\n    "))),
        }
    }
    println!(
        "{replayed} recordings reproduced, {} excused",
        excused.len()
    );
    assert!(
        failures.is_empty(),
        "{} differ:\n{}",
        failures.len(),
        failures.join("\n")
    );
    assert!(
        needless.is_empty(),
        "these are reproduced and need no excuse: {needless:?}"
    );
}
