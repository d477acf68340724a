//! The recorded answers, as they lie in `tests/contract/recorded`.

use std::fs;
use std::path::{Path, PathBuf};

use nameplate::api::transport::Response;
use serde_json::Value;

use crate::fake::ARRIVAL_MS;

/// One question to the real server and its answer.
pub struct Recording {
    /// `users/get-exact.json`
    pub file: String,
    pub method: String,
    /// Path and query string as asked.
    pub address: String,
    pub request_body: Value,
    pub status: u16,
    pub body: Value,
    retry_after: Option<String>,
}

impl Recording {
    pub fn one(file: &str) -> Self {
        let text = fs::read_to_string(folder().join(file))
            .unwrap_or_else(|error| panic!("{file}: {error}"));
        let value: Value = serde_json::from_str(&text).unwrap();
        let request = &value["request"];
        Self {
            file: file.to_owned(),
            method: request["method"].as_str().unwrap().to_owned(),
            address: request["path"].as_str().unwrap().to_owned(),
            request_body: request["body"].clone(),
            status: u16::try_from(value["status"].as_u64().unwrap()).unwrap(),
            body: value["body"].clone(),
            retry_after: value["headers"]["retry-after"].as_str().map(str::to_owned),
        }
    }

    /// Every recording there is, by file name.
    pub fn all() -> Vec<Self> {
        let mut files = Vec::new();
        collect(&folder(), &mut files);
        files.sort();
        let relative = |path: &PathBuf| {
            path.strip_prefix(folder())
                .unwrap()
                .to_str()
                .unwrap()
                .replace('\\', "/")
        };
        let all: Vec<Self> = files
            .iter()
            .map(relative)
            .filter(|file| file != "index.json")
            .map(|file| Self::one(&file))
            .collect();
        assert!(
            all.len() > 550,
            "the recordings are there, found {}",
            all.len()
        );
        all
    }

    /// The answer, as a transport hands it over.
    pub fn answer(&self) -> Response {
        Response {
            status: self.status,
            body: if self.body.is_null() {
                String::new()
            } else {
                self.body.to_string()
            },
            date: None,
            retry_after: self.retry_after.clone(),
            received_at_ms: ARRIVAL_MS,
        }
    }

    /// The text of the answer's error, if it is one.
    pub fn detail(&self) -> Option<&str> {
        self.body["errors"][0]["detail"].as_str()
    }

    pub fn failed(&self) -> bool {
        self.status >= 300 || self.body.get("errors").is_some()
    }

    /// The path's segments, decoded.
    pub fn segments(&self) -> Vec<String> {
        segments(&self.address)
    }

    /// The query string's pairs, decoded.
    pub fn query(&self) -> Vec<(String, String)> {
        query(&self.address)
    }

    /// A parameter of the query string.
    pub fn parameter(&self, name: &str) -> Option<String> {
        self.query()
            .into_iter()
            .find(|(n, _)| n == name)
            .map(|(_, value)| value)
    }
}

pub fn segments(address: &str) -> Vec<String> {
    let path = address.split('?').next().unwrap();
    path.trim_start_matches('/')
        .split('/')
        .map(decoded)
        .collect()
}

pub fn query(address: &str) -> Vec<(String, String)> {
    let Some((_, query)) = address.split_once('?') else {
        return Vec::new();
    };
    let pair = |text: &str| {
        let (name, value) = text.split_once('=').unwrap_or((text, ""));
        (decoded(name), decoded(value))
    };
    let mut pairs: Vec<_> = query
        .split('&')
        .filter(|text| !text.is_empty())
        .map(pair)
        .collect();
    pairs.sort();
    pairs
}

/// Percent-decoding of the test's own, so that the app's is not held against itself.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let hex = tail.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match hex.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(byte) if first == b'%' => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/contract/recorded")
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            files.push(path);
        }
    }
}
