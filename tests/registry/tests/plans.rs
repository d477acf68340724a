//! Every query uses an index: the statements of a whole tour of the API are collected and their plans read.
//!
//! A program of its own, because it observes every connection of its process.

#[path = "it/harness.rs"]
#[expect(dead_code, reason = "shared with tests that need more of it")]
mod harness;
#[path = "it/judge.rs"]
mod judge;
#[path = "it/tour/mod.rs"]
mod tour;

use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};

use nameplate_registry::{db, seed::Seed};

use crate::harness::{Registry, exchange};

static SEEN: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

fn note(sql: &str) {
    SEEN.lock()
        .unwrap_or_else(PoisonError::into_inner)
        .insert(sql.to_owned());
}

/// Tables of which every row is wanted, with the reason.
const WHOLE: &[(&str, &str)] = &[(
    "outbox",
    "the latest messages, by primary key, with a limit",
)];

#[tokio::test]
async fn every_query_uses_an_index() {
    // The data is there before anybody listens: how it is filled is not the question.
    let scratch = harness::Scratch::new();
    let mut config =
        nameplate_registry::config::Config::for_tests(scratch.file("plans.db"), Seed::Demo);
    nameplate_registry::server::start(config.clone())
        .await
        .expect("it starts")
        .stop()
        .await;
    db::observe(note);
    config.scale = None;
    let registry = Registry::on(config).await;
    tour::tour(&mut judge::Judge::new(), &registry).await;
    for path in [
        "/login/oauth/authorize?client_id=x&state=y",
        "/login/oauth/authorize?client_id=x&state=y&q=fer",
        "/outbox.json",
    ] {
        exchange(
            &registry.running.origins.github,
            "GET",
            path,
            &[],
            Vec::new(),
        )
        .await
        .expect("an answer");
    }
    let files = &registry.running.origins.files;
    exchange(
        files,
        "GET",
        "/readmes/crabshell/crabshell-1.0.0.html",
        &[],
        Vec::new(),
    )
    .await
    .expect("an answer");
    for query in [
        "q=crab",
        "q=a",
        "q=crab&sort=downloads",
        "category=encoding",
        "keyword=async",
        "all_keywords=async%20cli",
        "letter=c",
        "user_id=1",
        "team_id=1",
        "ids[]=crabshell",
        "sort=new",
        "sort=recent-updates&page=3",
        "sort=recent-downloads",
        "sort=downloads&seek=WzEsMV0",
        "seek=MQ",
        "sort=new&seek=WzEsMV0",
        "q=crab&seek=W2ZhbHNlLDEuMiwxLDFd",
        "include_yanked=no",
        "user_id=1&sort=downloads&page=1",
    ] {
        let answer = registry
            .guest()
            .get(&format!("/api/v1/crates?{query}"))
            .await;
        assert_eq!(answer.status, 200, "{query}: {}", answer.detail());
    }
    for path in ["github:ferris", "crates.io:ferris"] {
        registry.guest().get(&format!("/api/v1/users/{path}")).await;
    }
    registry.user(1).get("/api/v1/crates?following=1").await;
    let statements = SEEN.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let connection = db::open_reader(&registry.data).expect("the database opens");
    let (mut read, mut bad) = (0, Vec::new());
    for sql in &statements {
        let verb = sql
            .split_whitespace()
            .next()
            .unwrap_or_default()
            .to_uppercase();
        if !["SELECT", "UPDATE", "DELETE", "INSERT", "WITH"].contains(&verb.as_str()) {
            continue;
        }
        // FTS5's own two-line tables, and what the tour writes beside the server.
        if sql.contains("_config'")
            || sql.contains("9000000000000000")
            || sql == "UPDATE emails SET verified = 1"
        {
            continue;
        }
        let mut explain = connection
            .prepare(&format!("EXPLAIN QUERY PLAN {sql}"))
            .unwrap_or_else(|error| panic!("{sql}: {error}"));
        for number in 1..=explain.parameter_count() {
            explain
                .raw_bind_parameter(number, rusqlite::types::Null)
                .expect("a parameter");
        }
        let mut rows = explain.raw_query();
        read += 1;
        while let Some(row) = rows.next().expect("a plan") {
            let step: String = row.get(3).expect("a step");
            // `(subquery` is an intermediate result; the steps that make it are judged on their own.
            let harmless = [
                "(subquery",
                "USING INDEX",
                "USING COVERING INDEX",
                "USING INTEGER PRIMARY KEY",
                "VIRTUAL TABLE",
                "CONSTANT ROW",
            ];
            let scans =
                step.starts_with("SCAN ") && !harmless.iter().any(|word| step.contains(word));
            let whole = WHOLE
                .iter()
                .any(|(table, _)| step == format!("SCAN {table}"));
            if scans && !whole {
                bad.push(format!("{step}\n    of {sql}"));
            }
        }
    }
    println!("{read} statements");
    assert!(read > 100, "only {read} statements were seen");
    assert!(
        bad.is_empty(),
        "{} scan a table:\n{}",
        bad.len(),
        bad.join("\n")
    );
}
