//! What is a success and what a failure, however an answer is dressed, and what time the server has.

use nameplate::api::client::Client;
use nameplate::api::error::ApiError;
use nameplate::api::transport::{Response, TransportError};
use nameplate::domain::time::Timestamp;
use nameplate::domain::user::UserId;
use proptest::prelude::*;

use crate::drive::drive;
use crate::fake::{ARRIVAL_MS, Fake, answer, now};
use crate::recording::Recording;

fn me(response: Response) -> ApiError {
    now(Fake::client([response]).0.me()).expect_err("no signed-in user")
}

#[test]
fn errors_under_200_are_a_failure() {
    let rejected = |detail: &str| ApiError::Rejected {
        status: 200,
        detail: detail.into(),
    };
    assert_eq!(
        me(answer(
            200,
            r#"{"errors":[{"detail":"cannot request more than 100 items"}]}"#
        )),
        rejected("cannot request more than 100 items")
    );
    assert_eq!(me(answer(200, r#"{"errors":[]}"#)), rejected(""));
    assert_eq!(
        me(answer(
            200,
            r#"{"user":{"id":1,"login":"a"},"errors":"odd"}"#
        )),
        rejected("")
    );
    assert_eq!(
        me(answer(201, r#"{"errors":[{"detail":"x"},{"detail":"y"}]}"#)),
        rejected("x y")
    );
    let signed_out = "this action requires authentication";
    assert_eq!(
        me(answer(
            200,
            &format!(r#"{{"errors":[{{"detail":"{signed_out}"}}]}}"#)
        )),
        ApiError::SignedOut {
            detail: signed_out.into()
        }
    );
}

#[test]
fn the_word_errors_elsewhere_is_no_failure() {
    for body in [
        r#"{"user":{"id":1,"login":"a","name":"\"errors\""}}"#,
        r#"{"user":{"id":1,"login":"a","errors":[{"detail":"x"}]}}"#,
        r#"{"user":{"id":1,"login":"a"},"errors":null}"#,
    ] {
        assert!(
            now(Fake::client([answer(200, body)]).0.me()).is_ok(),
            "{body}"
        );
    }
}

#[test]
fn a_page_of_html_is_never_shown_and_never_a_success() {
    let html = "<!doctype html><h1>Bad gateway</h1>";
    assert_eq!(
        me(answer(502, html)),
        ApiError::Server {
            status: 502,
            detail: String::new()
        }
    );
    assert_eq!(
        me(answer(404, html)),
        ApiError::NotFound {
            detail: String::new()
        }
    );
    assert_eq!(
        me(answer(403, html)),
        ApiError::Forbidden {
            detail: String::new()
        }
    );
    assert_eq!(me(answer(200, html)), ApiError::Malformed);
    let (client, _) = Fake::client([answer(200, html), answer(200, ""), answer(204, "")]);
    assert_eq!(
        now(client.end_session()),
        Err(ApiError::Malformed),
        "a page is no \"done\""
    );
    assert_eq!(now(client.end_session()), Ok(()));
    assert_eq!(now(client.end_session()), Ok(()));
}

#[test]
fn a_shape_that_is_not_promised_is_malformed() {
    for body in [
        "",
        "{}",
        "[]",
        "null",
        r#"{"user":{}}"#,
        r#"{"user":{"id":"1","login":"a"}}"#,
        r#"{"user":{"id":1,"login":"-a"}}"#,
    ] {
        assert_eq!(me(answer(200, body)), ApiError::Malformed, "{body}");
    }
}

#[test]
fn of_a_user_only_id_and_login_are_needed() {
    let (client, _) = Fake::client([answer(
        200,
        r#"{"user":{"id":7,"login":"Ferris","unheard_of":[1]},"also":{}}"#,
    )]);
    let profile = now(client.user("ferris")).unwrap();
    assert_eq!(
        (profile.user.id, profile.user.username.as_str()),
        (UserId(7), "Ferris")
    );
    let (client, _) = Fake::client([answer(200, r#"{"user":{"id":7,"login":"Ferris"}}"#)]);
    assert!(now(client.me()).is_ok());
    let (client, _) = Fake::client([answer(
        200,
        r#"{"users":[{"id":7,"login":"ferris"},{"id":7,"login":"github:a:b"}]}"#,
    )]);
    let owners = now(client.crate_owners("x")).unwrap();
    assert!(
        owners.first().unwrap().as_user().is_some() && owners.last().unwrap().as_team().is_some()
    );
}

#[test]
fn what_the_transport_could_not_do_is_said() {
    for (failure, error, unknown) in [
        (TransportError::Offline, ApiError::Offline, true),
        (TransportError::TimedOut, ApiError::TimedOut, true),
        (TransportError::Cancelled, ApiError::Cancelled, true),
    ] {
        let (client, fake) = Fake::client([]);
        fake.will_answer(Err(failure));
        let outcome = now(client.me()).unwrap_err();
        assert_eq!(outcome, error);
        assert_eq!(outcome.leaves_outcome_unknown(), unknown);
    }
    assert!(
        ApiError::Server {
            status: 502,
            detail: String::new()
        }
        .leaves_outcome_unknown()
    );
    assert!(
        !ApiError::ReadOnly {
            detail: String::new()
        }
        .leaves_outcome_unknown()
    );
    assert!(
        !ApiError::Rejected {
            status: 409,
            detail: String::new()
        }
        .leaves_outcome_unknown()
    );
}

fn dated(offset_ms: i64, status: u16) -> Response {
    // The fake's answers arrive at a whole second, so this is a date to the second.
    let server = Timestamp::from_millis(ARRIVAL_MS + offset_ms).to_string();
    let (day, time) = server.split_once('T').unwrap();
    let time = &time[..8];
    let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let month = months[day[5..7].parse::<usize>().unwrap() - 1];
    let date = format!("Mon, {} {month} {} {time} GMT", &day[8..10], &day[..4]);
    Response {
        date: Some(date),
        ..answer(status, r#"{"ok":true}"#)
    }
}

fn skew(client: &Client) -> i64 {
    client.now(Timestamp::from_millis(ARRIVAL_MS)).millis() - ARRIVAL_MS
}

#[test]
fn the_servers_clock_corrects_the_computers() {
    const HOUR: i64 = 3_600_000;
    let answers = [
        dated(3 * HOUR, 200),
        dated(3 * HOUR - 15_000, 200),
        dated(3 * HOUR + 1_000, 500),
        dated(-HOUR, 200),
        answer(200, "{}"),
    ];
    let (client, _) = Fake::client(answers);
    assert_eq!(skew(&client), 0, "before any answer");
    let ask = || {
        let _ = now(client.end_session());
        skew(&client)
    };
    assert_eq!(ask(), 3 * HOUR + 500);
    assert_eq!(ask(), 3 * HOUR + 500, "a cached answer sets no clock back");
    assert_eq!(ask(), 3 * HOUR + 1_500, "an error's date counts too");
    assert_eq!(
        ask(),
        -HOUR + 500,
        "a clock that was really set back is believed"
    );
    assert_eq!(ask(), -HOUR + 500, "no date, nothing learned");
}

#[test]
fn how_long_to_wait_is_told_by_the_servers_clock() {
    let throttled = |response: Response, retry_after: &str| {
        let response = Response {
            status: 429,
            retry_after: Some(retry_after.into()),
            ..response
        };
        match now(Fake::client([response]).0.me()) {
            Err(ApiError::Throttled { until, .. }) => until.map(Timestamp::millis),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(
        throttled(answer(429, "{}"), "30"),
        Some(ARRIVAL_MS + 30_000)
    );
    assert_eq!(
        throttled(dated(86_400_000, 429), "30"),
        Some(ARRIVAL_MS + 86_400_000 + 500 + 30_000)
    );
    assert_eq!(
        throttled(answer(429, "{}"), "Sat, 21 Nov 2026 01:48:54 GMT"),
        Timestamp::parse_rfc3339("2026-11-21T01:48:54Z").map(Timestamp::millis)
    );
    assert_eq!(throttled(answer(429, "{}"), "soon"), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_truncated_answer_is_never_a_success(pick in any::<proptest::sample::Index>(), cut in any::<proptest::sample::Index>()) {
        let recording = Recording::one(pick.get::<String>(&good_ones()));
        let whole = recording.answer();
        let mut end = cut.index(whole.body.len());
        while !whole.body.is_char_boundary(end) {
            end -= 1;
        }
        // Nothing at all is an answer of its own, which some writes have.
        prop_assume!(end > 0);
        let body = whole.body[..end].to_owned();
        let (client, _) = Fake::client([Response { body, ..whole }]);
        let outcome = drive(&client, &recording).unwrap();
        prop_assert_eq!(outcome, Err(ApiError::Malformed));
    }

    #[test]
    fn no_answer_makes_the_client_panic(status in 100_u16..600, body in any::<String>(), date in any::<Option<String>>(), retry_after in any::<Option<String>>()) {
        let response = Response { status, body, date, retry_after, received_at_ms: ARRIVAL_MS };
        let (client, _) = Fake::client([response]);
        let _ = now(client.me());
    }
}

/// Files of recorded successes that the app reads, of a handy size.
fn good_ones() -> Vec<String> {
    thread_local! {
        static FILES: Vec<String> = Recording::all().into_iter().filter(is_good).map(|recording| recording.file).collect();
    }
    FILES.with(Clone::clone)
}

fn is_good(recording: &Recording) -> bool {
    let (client, _) = Fake::client([recording.answer()]);
    let handy = recording.answer().body.len() < 20_000;
    !recording.failed() && handy && drive(&client, recording).is_some()
}
