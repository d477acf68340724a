//! The registry's API as methods: one for each call, typed in and out.
//!
//! Every answer is judged here once: a top-level `errors` is a failure whatever the status, a success that is not what the
//! API promises is malformed. The client also learns the server's clock and what the server can do. It must not know who
//! is signed in: the cookie does.

mod catalog;
mod crates;
mod names;
mod owners;
mod session;
mod tokens;
mod users;
mod versions;

use std::cell::Cell;
use std::rc::Rc;

use super::endpoint::Endpoint;
use super::error::ApiError;
use super::json::{Document, Json};
use super::transport::{Method, Request, Response, Transport};
use super::wire;
use crate::domain::time::Timestamp;

/// A way to ask the registry. Clones share the connection and what was learned about the server.
#[derive(Clone)]
pub struct Client(Rc<Inner>);

struct Inner {
    transport: Box<dyn Transport>,
    /// The server's clock minus this computer's, in milliseconds.
    clock_offset: Cell<Option<i64>>,
    /// Whether the server tells availability.
    availability: Cell<Ability>,
    /// Whether the server looks users up by `github:` and `crates.io:`.
    prefixes: Cell<Ability>,
}

/// Whether the server can do something, as far as that was learned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ability {
    NotTried,
    Has,
    Lacks,
}

/// A `Date` from the near past may be a cached answer's, and is no reason to set the clock back.
const CACHED_UP_TO_MS: i64 = 20_000;

/// A `Date` counts whole seconds; its moment is taken to be in the middle of its second.
const HALF_A_SECOND_MS: i64 = 500;

impl Client {
    /// A client that asks through `transport`.
    pub fn new(transport: impl Transport + 'static) -> Self {
        Self(Rc::new(Inner {
            transport: Box::new(transport),
            clock_offset: Cell::new(None),
            availability: Cell::new(Ability::NotTried),
            prefixes: Cell::new(Ability::NotTried),
        }))
    }

    /// What the server would take for now, given what this computer takes for now (contract, "Time"). Before the first
    /// answer the two are the same.
    pub fn now(&self, browser_now: Timestamp) -> Timestamp {
        browser_now.plus_millis(self.0.clock_offset.get().unwrap_or(0))
    }

    async fn get(&self, endpoint: Endpoint) -> Result<Answer, ApiError> {
        self.ask(Request::get(endpoint)).await
    }

    /// Asks for something that is answered with JSON.
    async fn ask(&self, request: Request) -> Result<Answer, ApiError> {
        let body = self.send(request).await?;
        Document::parse(&body)
            .map(Answer)
            .ok_or(ApiError::Malformed)
    }

    /// Does something whose answer says no more than that it was done.
    async fn act(&self, method: Method, endpoint: Endpoint) -> Result<(), ApiError> {
        self.act_with(Request::new(method, endpoint)).await
    }

    async fn act_with(&self, request: Request) -> Result<(), ApiError> {
        let body = self.send(request).await?;
        // Some answers are empty (204); but a page of HTML under 200 is no "done".
        if body.is_empty() {
            Ok(())
        } else {
            Document::parse(&body)
                .map(|_| ())
                .ok_or(ApiError::Malformed)
        }
    }

    /// Sends a request to the API and returns the body of a success.
    async fn send(&self, request: Request) -> Result<String, ApiError> {
        let sending = self.0.transport.send(request);
        self.judge(sending.await?)
    }

    fn judge(&self, response: Response) -> Result<String, ApiError> {
        self.learn_clock(&response);
        let errors = wire::errors(&response.body);
        if errors.is_none() && (200..300).contains(&response.status) {
            return Ok(response.body);
        }
        let until = response.retry_after.as_deref().and_then(|text| {
            let now = self.now(Timestamp::from_millis(response.received_at_ms));
            Timestamp::parse_retry_after(text, now)
        });
        // With every success counted as 200, `of_answer` need not tell 200 from 201.
        let status = if response.status < 300 {
            200
        } else {
            response.status
        };
        Err(ApiError::of_answer(
            status,
            errors.unwrap_or_default(),
            until,
        ))
    }

    fn learn_clock(&self, response: &Response) {
        let Some(date) = response
            .date
            .as_deref()
            .and_then(Timestamp::parse_http_date)
        else {
            return;
        };
        let learned = date
            .millis()
            .saturating_add(HALF_A_SECOND_MS)
            .saturating_sub(response.received_at_ms);
        let keep = self
            .0
            .clock_offset
            .get()
            .is_some_and(|known| (0..CACHED_UP_TO_MS).contains(&known.saturating_sub(learned)));
        if !keep {
            self.0.clock_offset.set(Some(learned));
        }
    }
}

/// The JSON of a success.
struct Answer(Document);

impl Answer {
    /// Turns it into what the app knows; what does not fit is malformed.
    fn read<T>(&self, read: fn(&Json<'_>) -> Option<T>) -> Result<T, ApiError> {
        self.0.read(read).ok_or(ApiError::Malformed)
    }
}
