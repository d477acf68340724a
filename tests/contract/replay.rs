//! Every recorded answer goes through the client: it is asked for as recorded, and read as what it is.

use std::collections::BTreeSet;

use nameplate::api::error::ApiError;
use serde_json::Value;

use crate::drive::drive;
use crate::fake::{Fake, now};
use crate::recording::{Recording, query, segments};

/// Recorded questions that the app's types cannot put, by the start of their file's name. Their answers are read all the
/// same, as answers to the nearest question that can be put.
const CANNOT_BE_ASKED: &[(&str, &str)] = &[
    (
        "crate/get-include-default-version",
        "one crate page asks for one set of parts",
    ),
    ("crate/get-include-invalid", "no such part"),
    (
        "crate/get-include-versions",
        "one crate page asks for one set of parts",
    ),
    ("crate/downloads-include-invalid", "no such part"),
    ("crate/reverse-dependencies-seek", "this list has pages"),
    ("crates/list-include-yanked", "the app hides no crate"),
    ("crates/list-page-0", "pages count from one"),
    ("crates/list-per-page", "the app names sizes that there are"),
    ("crates/list-q-empty", "no words, no parameter"),
    ("crates/list-sort-bogus", "no such order"),
    ("crates/list-user-id-malformed", "ids are numbers"),
    ("invitations/private-malformed-id", "ids are numbers"),
    ("invitations/private-page-param", "this list has links"),
    (
        "invitations/private-invitee-seek-first",
        "the server's size of a page will do",
    ),
    ("me/updates", "the server's size of a page will do"),
    ("misc/keywords-seek", "this list has pages"),
    ("misc/malformed-token-id", "ids are numbers"),
    ("owners/delete-none", "one owner at a time"),
    ("owners/put-bad-body", "a request has an owner"),
    ("owners/put-multiple", "one owner at a time"),
    ("owners/put-none", "one owner at a time"),
    ("owners/put-too-many", "one owner at a time"),
    ("owners/put-users-alias", "one spelling will do"),
    (
        "session/authorize-empty-body",
        "code and state are always there",
    ),
    ("session/signup-post-invalid-json", "the app sends JSON"),
    ("session/signup-post-null-email", "an address is text"),
    (
        "tokens/create-bad-crate-scope",
        "patterns are read before they are sent",
    ),
    ("tokens/create-bad-date", "moments are moments"),
    ("tokens/create-missing-body", "a token has a body"),
    ("tokens/delete-malformed", "ids are numbers"),
    (
        "tokens/list-expired-days-malformed",
        "the app names one number of days",
    ),
    ("users/put-email-null", "an address is text"),
    ("users/put-email-wrong-type", "an address is text"),
    ("users/put-empty-body", "a change has a body"),
    ("users/put-invalid-json", "the app sends JSON"),
    ("users/put-malformed-id", "ids are numbers"),
    ("users/put-no-user-key", "a change is the user's"),
    ("users/put-wrong-content-type", "the app sends JSON"),
    ("users/stats-malformed-id", "ids are numbers"),
    (
        "versions/downloads-before-date",
        "the last 90 days are enough",
    ),
    ("versions/list-include-invalid", "no such part"),
    ("versions/list-page-param", "this list has links"),
    ("versions/list-sort-bogus", "no such order"),
];

/// Recorded questions that no page of the app asks. `*` is any one segment.
const NEVER_ASKED: &[&str] = &[
    "GET api/nope",
    "GET api/private/admin_list/*",
    "GET api/private/metrics/*",
    "GET api/private/session",
    "GET api/private/session/begin",
    "GET api/v1/category_slugs",
    "GET api/v1/crates/",
    "GET api/v1/crates/*/*/authors",
    "GET api/v1/crates/*/*/download",
    "GET api/v1/crates/*/*/readme",
    "GET api/v1/crates/*/owner_team",
    "GET api/v1/crates/*/owner_user",
    "GET api/v1/me/crate_owner_invitations",
    "GET api/v1/nope",
    "GET api//v1/summary",
    "GET api/v1/trusted_publishing/*",
    "GET nope",
    "HEAD api/v1/nope",
    "HEAD api/v1/summary",
    "OPTIONS api/v1/me",
    "POST api/v1/summary",
    "POST api/v1/trusted_publishing/*",
    "POST api/v1/crates/*/*/rebuild_docs",
    "PUT api/v1/me/email_notifications",
    "PATCH api/v1/crates/*",
    "PATCH api/v1/crates/*/*",
    "DELETE api/v1/crates/*",
    "DELETE api/v1/tokens/current",
    "DELETE api/v1/trusted_publishing/*/*",
];

#[test]
fn every_recorded_answer_is_read_as_what_it_is() {
    let mut problems = Vec::new();
    for recording in Recording::all() {
        let (client, _) = Fake::client([recording.answer()]);
        let outcome = drive(&client, &recording).unwrap_or_else(|| {
            // A question of nobody's: that its error is the right one can be seen by any call.
            let (client, _) = Fake::client([recording.answer()]);
            now(client.end_session()).map(|()| String::new())
        });
        if let Err(problem) = judged_rightly(&recording, &outcome) {
            problems.push(format!("{}: {problem}", recording.file));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// What the contract says an answer with this status and text is; written down apart from the app's own judgement.
fn judged_rightly(recording: &Recording, outcome: &Result<String, ApiError>) -> Result<(), String> {
    let error = match (outcome, recording.failed()) {
        (Ok(_), false) => return Ok(()),
        (Err(error), false) => return Err(format!("a success was taken for {error:?}")),
        (Ok(read), true) => return Err(format!("a failure was read as {read}")),
        (Err(error), true) => error,
    };
    let text = recording.detail().unwrap_or_default();
    let right = match recording.status {
        200 => matches!(error, ApiError::Rejected { status: 200, .. }),
        403 if text == "this action requires authentication" => {
            matches!(error, ApiError::SignedOut { .. })
        }
        403 => matches!(error, ApiError::Forbidden { .. }),
        404 => matches!(error, ApiError::NotFound { .. }),
        429 => matches!(error, ApiError::Throttled { until: Some(_), .. }),
        503 if text.starts_with("crates.io is currently in read-only mode.") => {
            matches!(error, ApiError::ReadOnly { .. })
        }
        status @ 500.. => matches!(error, ApiError::Server { status: s, .. } if *s == status),
        status => matches!(error, ApiError::Rejected { status: s, .. } if *s == status),
    };
    if !right {
        return Err(format!(
            "{} {text:?} was taken for {error:?}",
            recording.status
        ));
    }
    if error.detail().unwrap_or_default() != text {
        return Err(format!("the text {text:?} became {:?}", error.detail()));
    }
    Ok(())
}

#[test]
fn every_recorded_question_is_put_as_recorded() {
    let mut problems = Vec::new();
    let mut excused = BTreeSet::new();
    let mut idle_patterns = NEVER_ASKED.to_vec();
    for recording in Recording::all() {
        let file = &recording.file;
        let (client, fake) = Fake::client([recording.answer()]);
        let asked = drive(&client, &recording).is_some();
        let difference = if asked {
            difference(&recording, &fake).map(|difference| {
                (
                    difference,
                    CANNOT_BE_ASKED
                        .iter()
                        .find(|(start, _)| file.starts_with(start)),
                )
            })
        } else {
            let pattern = NEVER_ASKED.iter().find(|pattern| fits(pattern, &recording));
            idle_patterns.retain(|idle| Some(idle) != pattern);
            pattern
                .is_none()
                .then(|| ("no call asks this".to_owned(), None))
        };
        match difference {
            Some((_, Some((start, _)))) => {
                excused.insert(*start);
            }
            Some((difference, None)) => problems.push(format!("{file}: {difference}")),
            None => {}
        }
    }
    let idle: Vec<_> = CANNOT_BE_ASKED
        .iter()
        .filter(|(start, _)| !excused.contains(start))
        .collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(idle.is_empty(), "excuses that nothing needs: {idle:?}");
    assert!(
        idle_patterns.is_empty(),
        "excuses that nothing needs: {idle_patterns:?}"
    );
}

fn fits(pattern: &str, recording: &Recording) -> bool {
    let (method, path) = pattern.split_once(' ').unwrap();
    let (pattern, segments) = (path.split('/'), recording.segments());
    method == recording.method
        && pattern.clone().count() == segments.len()
        && pattern
            .zip(&segments)
            .all(|(pattern, segment)| (pattern == "*" && !segment.is_empty()) || pattern == segment)
}

/// How the client's request differs from the recorded one. It may say more (another size of page), never less.
fn difference(recording: &Recording, fake: &Fake) -> Option<String> {
    let request = fake.last();
    let address = request.endpoint.as_str();
    if request.method.as_str() != recording.method || segments(address) != recording.segments() {
        return Some(format!("asked {} {address}", request.method.as_str()));
    }
    let said = query(address);
    if let Some(missing) = recording
        .query()
        .into_iter()
        .find(|pair| !said.contains(pair))
    {
        // The parts that one page needs are asked for where everything was.
        let all_the_same = missing.0 == "include"
            && said.iter().any(|(name, _)| name == "include")
            && recording.file.ends_with("-full.json");
        if !all_the_same {
            return Some(format!("{address} lacks {missing:?}"));
        }
    }
    let body: Value = request
        .body
        .as_deref()
        .map_or(Value::Null, |body| serde_json::from_str(body).unwrap());
    if says_less(&body, &recording.request_body) {
        return Some(format!("the body {body} is not {}", recording.request_body));
    }
    None
}

fn says_less(sent: &Value, recorded: &Value) -> bool {
    match (sent, recorded) {
        (Value::Object(sent), Value::Object(recorded)) => recorded
            .iter()
            .any(|(key, value)| sent.get(key).is_none_or(|sent| says_less(sent, value))),
        (Value::String(sent), Value::String(recorded)) => sent.replace(".000Z", "Z") != *recorded,
        _ => sent != recorded,
    }
}
