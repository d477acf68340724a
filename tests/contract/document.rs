//! Every call of the app's is in the API's document, or in the contract's additions to it.

use nameplate::domain::availability::Verdict;
use nameplate::domain::username::Username;
use serde_json::Value;

use crate::drive::drive;
use crate::fake::{Fake, answer, nobody, now};
use crate::recording::{Recording, query, segments};

const DOCUMENT: &str = include_str!("openapi.json");

/// Parameters that are not in the document: path, name. The first is the contract's; the second the recordings show to
/// work (`me/updates-page-2-of-3`).
const ADDED_PARAMETERS: &[(&str, &str)] = &[
    ("/api/v1/users/{user}", "include"),
    ("/api/v1/me/updates", "page"),
];

/// Operations that the contract adds.
const ADDED_OPERATIONS: &[&str] = &["GET /api/private/usernames/carols10cents"];

#[test]
fn every_call_is_in_the_document() {
    let document: Value = serde_json::from_str(DOCUMENT).unwrap();
    let mut asked = Vec::new();
    for recording in Recording::all() {
        let (client, fake) = Fake::client([recording.answer()]);
        if drive(&client, &recording).is_some() {
            asked.extend(fake.asked());
        }
    }
    let json = Recording::one("versions/readme-accept-json.json").answer();
    let (client, fake) = Fake::client([json, answer(200, "<h1>Mega</h1>")]);
    assert!(now(client.readme("mega-crate", "2.8.4", None, nobody())).is_ok());
    asked.extend(fake.asked().into_iter().take(1));
    let known = r#"{"username":{"availability":"own"}}"#;
    let (client, fake) = Fake::client([answer(200, known)]);
    let name = Username::parse("carols10cents").unwrap().canonical();
    assert_eq!(now(client.check_username(&name, None)), Ok(Verdict::Own));
    asked.extend(fake.asked());

    asked.sort();
    asked.dedup();
    assert!(asked.len() > 200, "calls were made, {}", asked.len());
    let problems: Vec<_> = asked
        .iter()
        .filter_map(|line| problem(&document, line))
        .collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

fn problem(document: &Value, line: &str) -> Option<String> {
    if ADDED_OPERATIONS.contains(&line) {
        return None;
    }
    let (method, address) = line.split_once(' ').unwrap();
    let segments = segments(address);
    let paths = document["paths"].as_object().unwrap();
    let fits = |template: &str| {
        let template: Vec<_> = template.trim_start_matches('/').split('/').collect();
        template.len() == segments.len()
            && template
                .iter()
                .zip(&segments)
                .all(|(part, segment)| part.starts_with('{') || part == segment)
    };
    // `/crates/{name}/owners` and `/crates/{name}/{version}` both fit; one of them has to have it all.
    let operations = paths.iter().filter(|(template, _)| fits(template));
    let operations: Vec<_> = operations
        .filter_map(|(template, item)| Some((template, item.get(method.to_lowercase())?)))
        .collect();
    if operations.is_empty() {
        return Some(format!("{line}: not in the document"));
    }
    let names: Vec<String> = query(address).into_iter().map(|(name, _)| name).collect();
    let has_all = operations.iter().any(|(template, operation)| {
        let parameters = operation["parameters"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        names.iter().all(|name| {
            parameters
                .iter()
                .any(|parameter| parameter["in"] == "query" && parameter["name"] == name.as_str())
                || ADDED_PARAMETERS.contains(&(template.as_str(), name.as_str()))
        })
    });
    (!has_all).then(|| format!("{line}: a parameter is not in the document"))
}
