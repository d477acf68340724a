//! The calls with which tests move the clock and switch faults. They exist only when the server was started for it.

use axum::{
    Json as Answer, Router,
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
    routing::get,
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    app::AppState,
    clock::{SECOND, Timestamp},
    config::Config,
    db,
    error::{ApiError, ApiResult},
    extract::Json,
    faults::Fault,
};

/// The name under which the clock's offset is kept, so that a restart does not turn time back.
pub const CLOCK_OFFSET: &str = "clock_offset";

/// The control calls this server was started for.
pub fn router(config: &Config) -> Router<AppState> {
    let mut router = Router::new();
    if config.clock {
        router = router.route("/__clock", get(clock).put(set_clock));
    }
    if config.faults {
        router = router.route(
            "/__faults",
            get(faults).put(set_faults).delete(clear_faults),
        );
    }
    router
}

async fn clock(State(app): State<AppState>) -> impl IntoResponse {
    (
        [(header::CACHE_CONTROL, "no-store")],
        Answer(json!({ "now": app.clock.now() })),
    )
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetClock {
    now: Option<String>,
    advance_seconds: Option<i64>,
}

async fn set_clock(
    State(app): State<AppState>,
    Json(body): Json<SetClock>,
) -> ApiResult<Answer<Value>> {
    match (body.now, body.advance_seconds) {
        (Some(now), None) => app.clock.set(
            Timestamp::parse(&now)
                .ok_or_else(|| ApiError::bad_request("`now` is no RFC 3339 time"))?,
        ),
        (None, Some(seconds)) => app.clock.advance(seconds.saturating_mul(SECOND)),
        _ => return Err(ApiError::bad_request("either `now` or `advance_seconds`")),
    }
    let offset = app.clock.offset();
    app.pool
        .write(move |transaction| Ok(db::set_setting(transaction, CLOCK_OFFSET, offset)?))
        .await?;
    Ok(Answer(json!({ "now": app.clock.now() })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetFaults {
    faults: Vec<Fault>,
}

async fn faults(State(app): State<AppState>) -> Answer<Value> {
    Answer(json!({ "faults": app.faults.list() }))
}

async fn set_faults(State(app): State<AppState>, Json(body): Json<SetFaults>) -> Answer<Value> {
    app.faults.set(body.faults);
    Answer(json!({ "faults": app.faults.list() }))
}

async fn clear_faults(State(app): State<AppState>) -> StatusCode {
    app.faults.set(Vec::new());
    StatusCode::NO_CONTENT
}
