//! Who knows the two documents, and holds answers to them.

use std::{collections::BTreeSet, path::PathBuf};

use nameplate_registry::config::Level;
use serde_json::Value;

use crate::harness::{Answer, Visitor};

/// One of the two documents.
pub struct Document(Value);

impl Document {
    fn read(name: &str) -> Self {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
            .join("../contract")
            .join(name);
        let text = std::fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Self(serde_json::from_str(&text).expect("the document is JSON"))
    }

    /// The schema of an operation's answer.
    fn schema(&self, method: &str, template: &str, status: u16) -> Option<Value> {
        let responses = &self.0["paths"][template][method.to_lowercase()]["responses"];
        let class = format!("{}XX", status / 100);
        let response = [status.to_string(), class]
            .into_iter()
            .find_map(|key| responses.get(key).cloned())?;
        let mut schema = response["content"]["application/json"]["schema"].clone();
        if schema.is_object() {
            schema["components"] = self.0["components"].clone();
            return Some(schema);
        }
        None
    }

    /// Every operation, as `GET /path`.
    pub fn operations(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for (path, operations) in self.0["paths"].as_object().expect("paths") {
            for method in operations.as_object().expect("operations").keys() {
                found.insert(format!("{} {path}", method.to_uppercase()));
            }
        }
        found
    }
}

/// Checks answers, and notes which operations were seen.
pub struct Judge {
    pub document: Document,
    pub extensions: Document,
    pub seen: BTreeSet<String>,
}

impl Judge {
    pub fn new() -> Self {
        Self {
            document: Document::read("openapi.json"),
            extensions: Document::read("extensions.json"),
            seen: BTreeSet::new(),
        }
    }

    pub fn judge(&mut self, method: &str, template: &str, level: Level, answer: &Answer) {
        let place = format!("{method} {template} -> {}", answer.status);
        let body = answer.json();
        let mut fitted = false;
        if let Some(schema) = self.document.schema(method, template, answer.status) {
            check(&place, &schema, &body);
            fitted = true;
        }
        let wanted = self.extensions.0["paths"][template][method.to_lowercase()]["x-level"]
            == "september"
            || level == Level::Full;
        if level > Level::August
            && wanted
            && let Some(schema) = self.extensions.schema(method, template, answer.status)
        {
            check(&place, &schema, &body);
            fitted = true;
        }
        if !fitted && !answer.bytes.is_empty() {
            let documented = self
                .document
                .operations()
                .contains(&format!("{method} {template}"));
            assert!(
                documented || answer.status >= 400,
                "{place}: no document knows this answer: {body}"
            );
            let envelope = body["errors"][0]["detail"].is_string();
            assert!(
                answer.status < 400 || envelope,
                "{place}: no envelope: {body}"
            );
        }
        if answer.status < 400 {
            self.seen.insert(format!("{method} {template}"));
        }
    }

    pub async fn ask(
        &mut self,
        visitor: &mut Visitor<'_>,
        method: &str,
        template: &str,
        path: &str,
        body: Option<Value>,
    ) -> Answer {
        let answer = visitor.ask(method, path, body).await;
        let level = visitor.registry.running.app.level;
        self.judge(method, template, level, &answer);
        assert!(
            answer.status < 400,
            "{method} {path}: {} {}",
            answer.status,
            answer.detail()
        );
        answer
    }

    pub async fn refused(
        &mut self,
        visitor: &Visitor<'_>,
        method: &str,
        template: &str,
        path: &str,
        status: u16,
    ) {
        let answer = visitor.send(method, path, None).await;
        assert_eq!(
            answer.status,
            status,
            "{method} {path}: {}",
            answer.detail()
        );
        self.judge(
            method,
            template,
            visitor.registry.running.app.level,
            &answer,
        );
    }
}

fn check(place: &str, schema: &Value, body: &Value) {
    let validator = jsonschema::validator_for(schema)
        .unwrap_or_else(|error| panic!("{place}: the schema is none: {error}"));
    let errors: Vec<String> = validator
        .iter_errors(body)
        .map(|error| format!("{} at {}", error, error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{place}:\n{}\n{body}", errors.join("\n"));
}
