//! Answers against the OpenAPI document, and against the schema of what RFC 3946 adds.

use nameplate_registry::{config::Level, seed::Seed};

use crate::{harness::Registry, judge::Judge, tour::tour};

/// Operations the registry does not have, and why.
const ABSENT: &[(&str, &str)] = &[
    ("PUT /api/v1/crates/new", "nothing is published here"),
    (
        "GET /api/v1/crates/new",
        "a crate cannot have this name; the address answers as an unknown crate's",
    ),
    (
        "POST /api/v1/trusted_publishing/tokens",
        "for publishing only",
    ),
    (
        "DELETE /api/v1/trusted_publishing/tokens",
        "for publishing only",
    ),
    (
        "GET /api/v1/crates/{name}/{version}/download",
        "answers with a redirect, which has no body",
    ),
    (
        "GET /api/v1/crates/{name}/{version}/readme",
        "answers with a redirect, which has no body",
    ),
];

#[tokio::test]
async fn every_operation_answers_as_its_document_says() {
    for level in [Level::August, Level::September, Level::Full] {
        let registry = Registry::start(Seed::Demo, |config| config.level = level).await;
        let mut judge = Judge::new();
        tour(&mut judge, &registry).await;
        let mut missing = judge.document.operations();
        for (operation, _) in ABSENT {
            assert!(missing.remove(*operation), "{operation} is in the document");
        }
        let missing: Vec<&String> = missing
            .iter()
            .filter(|operation| !judge.seen.contains(*operation))
            .collect();
        assert!(
            missing.is_empty(),
            "{level:?}: never seen to succeed: {missing:?}"
        );
        if level == Level::Full {
            let extensions = judge.extensions.operations();
            let missing: Vec<&String> = extensions
                .iter()
                .filter(|operation| !judge.seen.contains(*operation))
                .collect();
            assert!(missing.is_empty(), "never seen to succeed: {missing:?}");
        }
    }
}
