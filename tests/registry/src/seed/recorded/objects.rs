//! Crates and versions as the recordings show them.
//!
//! Every object with a `dl_path` is a version, every one with `exact_match` a crate. The listed recordings were made
//! before the first one that changed anything, and together show all there is to see.

use std::collections::HashMap;

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::clock::Timestamp;
use crate::seed::calendar::Micros;
use crate::seed::world::{Action, Version};

macro_rules! recordings {
    ($($file:literal)*) => { &[$(include_str!(concat!("../../../../contract/recorded/", $file, ".json"))),*] };
}

const RECORDINGS: &[&str] = recordings! {
    "versions/list-per-page-100" "versions/list-per-page-100-next" "versions/get-bare" "versions/list-all-yanked"
    "versions/get-openssl-links" "versions/get-published-by-mismatch"
    "crates/list-per-page-100" "crates/list-user-id-seek" "crates/list-sort-downloads" "crates/list-team-id"
    "crate/get-trusted-only-full" "crate/get-solo-crate-full" "crate/get-only-prerelease-full" "crate/get-carols-crate-full"
    "crate/get-bin-only-full" "crate/reverse-dependencies-default" "crate/reverse-dependencies-page-4-last"
    "me/updates"
};

/// What the recordings show, by name and by number.
#[derive(Debug, Default)]
pub struct Objects {
    crates: HashMap<String, Object>,
    versions: HashMap<i64, Object>,
}

/// One JSON object, read leniently.
#[derive(Clone, Debug, Default)]
pub struct Object(Map<String, Value>);

impl Objects {
    /// Reads all recordings.
    #[must_use]
    pub fn read() -> Self {
        let mut objects = Self::default();
        for recording in RECORDINGS {
            let recording: Value = serde_json::from_str(recording).unwrap_or_default();
            objects.collect(&recording["body"]);
        }
        objects
    }

    /// A crate; an empty object when no recording shows it.
    #[must_use]
    pub fn krate(&self, name: &str) -> Object {
        self.crates.get(name).cloned().unwrap_or_default()
    }

    /// A version, if a recording shows it.
    #[must_use]
    pub fn version(&self, id: i64) -> Option<Version> {
        let seen = self.versions.get(&id)?;
        let time = |key: &str| seen.time(key).unwrap_or_default();
        let json = |key: &str| {
            seen.0
                .get(key)
                .filter(|value| !value.is_null())
                .map(Value::to_string)
        };
        let names = |value: &Value| {
            value.as_array().map(|items| {
                items
                    .iter()
                    .filter_map(|item| item.as_str().map(str::to_owned))
                    .collect::<Vec<_>>()
            })
        };
        let features = seen.0.get("features").and_then(Value::as_object);
        let actions = seen.0.get("audit_actions").and_then(Value::as_array);
        Some(Version {
            id,
            num: seen.text("num").unwrap_or_default(),
            created_at: time("created_at"),
            updated_at: time("updated_at"),
            downloads: seen.integer("downloads").unwrap_or(0),
            yanked: seen.flag("yanked"),
            yank_message: seen.text("yank_message"),
            license: seen.text("license"),
            crate_size: seen.integer("crate_size").unwrap_or(0),
            checksum: seen.text("checksum").unwrap_or_default(),
            published_by: seen
                .0
                .get("published_by")
                .and_then(|user| user["id"].as_i64()),
            actions: actions.into_iter().flatten().filter_map(action).collect(),
            rust_version: seen.text("rust_version"),
            has_lib: seen.0.get("has_lib").and_then(Value::as_bool),
            bin_names: seen.0.get("bin_names").and_then(names),
            edition: seen.text("edition"),
            links: seen.text("lib_links"),
            features: features
                .into_iter()
                .flatten()
                .map(|(name, enables)| (name.clone(), names(enables).unwrap_or_default()))
                .collect(),
            description: seen.text("description"),
            homepage: seen.text("homepage"),
            documentation: seen.text("documentation"),
            repository: seen.text("repository"),
            trustpub: json("trustpub_data"),
            linecounts: json("linecounts"),
            dependencies: vec![],
            daily: vec![],
        })
    }

    fn collect(&mut self, value: &Value) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.collect(item)),
            Value::Object(object) => {
                if let (true, Some(id)) = (
                    object.contains_key("dl_path"),
                    object.get("id").and_then(Value::as_i64),
                ) {
                    self.versions
                        .entry(id)
                        .or_insert_with(|| Object(object.clone()));
                } else if let (true, Some(name)) = (
                    object.contains_key("exact_match"),
                    object.get("name").and_then(Value::as_str),
                ) {
                    self.crates
                        .entry(name.to_owned())
                        .or_insert_with(|| Object(object.clone()));
                }
                object.values().for_each(|item| self.collect(item));
            }
            _ => {}
        }
    }
}

impl Object {
    /// A text, unless it is null or absent.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<String> {
        self.0.get(key).and_then(Value::as_str).map(str::to_owned)
    }

    /// A whole number.
    #[must_use]
    pub fn integer(&self, key: &str) -> Option<i64> {
        self.0.get(key).and_then(Value::as_i64)
    }

    /// True only when it says so.
    #[must_use]
    pub fn flag(&self, key: &str) -> bool {
        self.0.get(key).and_then(Value::as_bool).unwrap_or(false)
    }

    /// A time.
    #[must_use]
    pub fn time(&self, key: &str) -> Option<Micros> {
        self.0
            .get(key)
            .and_then(Value::as_str)
            .and_then(Timestamp::parse)
            .map(|time| time.0)
    }
}

/// A version that no recording shows.
#[must_use]
pub fn plain_version(id: i64, name: &str, num: &str, at: Micros, owner: Option<i64>) -> Version {
    let digest = Sha256::digest(format!("{name}{num}").as_bytes());
    Version {
        id,
        num: num.to_owned(),
        created_at: at,
        updated_at: at,
        downloads: 632,
        yanked: false,
        yank_message: None,
        license: Some("MIT OR Apache-2.0".to_owned()),
        crate_size: 47_166,
        // The recordings' checksums are made like this.
        checksum: digest.iter().map(|byte| format!("{byte:02x}")).collect(),
        published_by: owner,
        actions: owner
            .map(|owner| (Action::Publish, owner, at))
            .into_iter()
            .collect(),
        rust_version: Some("1.70".to_owned()),
        has_lib: Some(true),
        bin_names: Some(vec![]),
        edition: Some("2021".to_owned()),
        links: None,
        features: vec![],
        description: Some(String::new()),
        homepage: None,
        documentation: None,
        repository: None,
        trustpub: None,
        linecounts: None,
        dependencies: vec![],
        daily: vec![],
    }
}

/// A time that is known to be well-formed.
#[must_use]
pub fn time(text: &str) -> Micros {
    Timestamp::parse(text).map_or(0, |time| time.0)
}

fn action(value: &Value) -> Option<(Action, i64, Micros)> {
    let action = match value["action"].as_str()? {
        "publish" => Action::Publish,
        "yank" => Action::Yank,
        "unyank" => Action::Unyank,
        _ => return None,
    };
    Some((
        action,
        value["user"]["id"].as_i64()?,
        time(value["time"].as_str()?),
    ))
}
