//! A server with a memory, in the place of the network.
//!
//! It keeps accounts, crates and reserved names and answers from them as the contract says, so that a test can change
//! something and look at what the app makes of it. It can be told to fail or to hold an answer back, and it writes down
//! every request with its end, also those that the app gave up. What it does not know ends the test.

mod answers;
mod data;
mod owners;

pub use data::{Account, FakeCrate, FakeInvitation, Level, PendingSignup};

use super::settle::tick;
use nameplate::api::transport::{Request, Response, Sending, Transport, TransportError};
use std::cell::RefCell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

/// The server; clones are the same one.
#[derive(Clone, Default)]
pub struct FakeServer(Rc<RefCell<State>>);

#[derive(Default)]
struct State {
    data: data::Data,
    failures: Vec<(Pattern, Failure, bool)>,
    held: Vec<Pattern>,
    waiting: Vec<Waker>,
    log: Vec<Entry>,
}

/// What happens instead of an answer.
#[derive(Debug, Clone)]
pub enum Failure {
    /// An error of this status with this text.
    Status(u16, &'static str),
    /// 429 with this `Retry-After`.
    Throttled(&'static str),
    /// The connection breaks before anything is done.
    Offline,
    /// The work is done, then the connection breaks.
    LostAnswer,
    /// It takes too long.
    TimedOut,
    /// This body under 200, whatever was asked for.
    Body(&'static str),
}

/// A request and its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Method, path and query: `GET /api/v1/me`.
    pub request: String,
    /// What was sent along.
    pub body: Option<String>,
    /// How it ended.
    pub end: End,
}

/// How a request ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// It has not.
    Open,
    /// With an answer of this status.
    Answered(u16),
    /// Without an answer, by the server's doing.
    Failed,
    /// The app gave it up.
    Aborted,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Pattern(String);

impl Pattern {
    /// Whether this is a request of the pattern: `GET /api/v1/users/*`, the query not looked at.
    fn fits(&self, request: &str) -> bool {
        let path = request.split('?').next().unwrap_or(request);
        let mut rest = path;
        let mut parts = self.0.split('*');
        let first = parts.next().unwrap_or_default();
        let Some(after) = rest.strip_prefix(first) else {
            return false;
        };
        rest = after;
        let mut ends_open = false;
        for part in parts {
            ends_open = part.is_empty();
            match rest.find(part) {
                Some(start) => rest = rest.get(start + part.len()..).unwrap_or_default(),
                None => return false,
            }
        }
        ends_open || rest.is_empty()
    }
}

impl FakeServer {
    /// An empty one that can do everything in the contract.
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes it a server of another level.
    pub fn level(&self, level: Level) -> &Self {
        self.0.borrow_mut().data.level = level;
        self
    }

    /// Adds an account.
    pub fn account(&self, account: Account) -> &Self {
        self.0.borrow_mut().data.accounts.push(account);
        self
    }

    /// Adds a crate.
    pub fn krate(&self, krate: FakeCrate) -> &Self {
        self.0.borrow_mut().data.crates.push(krate);
        self
    }

    /// Adds a GitHub team that can own crates.
    pub fn team(&self, login: &str) -> &Self {
        self.0.borrow_mut().data.teams.push(login.to_owned());
        self
    }

    /// The open invitations, by the server's memory.
    pub fn invitations(&self) -> Vec<FakeInvitation> {
        self.0.borrow().data.invitations.clone()
    }

    /// Reserves a name.
    pub fn reserve(&self, name: &str) -> &Self {
        self.0.borrow_mut().data.reserved.push(name.to_owned());
        self
    }

    /// Holds a name, given up lately, until a moment.
    pub fn hold_name(&self, name: &str, until: &str) -> &Self {
        let held = (name.to_owned(), until.to_owned());
        self.0.borrow_mut().data.held.push(held);
        self
    }

    /// Makes a name too similar to another.
    pub fn too_similar(&self, name: &str, to: &str) -> &Self {
        let similar = (name.to_owned(), to.to_owned());
        self.0.borrow_mut().data.similar.push(similar);
        self
    }

    /// Lets a sign-up wait for its username, as a cookie would; `None` ends it.
    pub fn pending(&self, pending: Option<PendingSignup>) -> &Self {
        self.0.borrow_mut().data.pending = pending;
        self
    }

    /// Lets signing in lead to this address.
    pub fn github(&self, address: &str) -> &Self {
        self.0.borrow_mut().data.github = address.to_owned();
        self
    }

    /// How often signing in was begun.
    pub fn begun(&self) -> usize {
        self.0.borrow().data.begun
    }

    /// Signs the browser in as the account of this id, as a cookie would; `None` signs it out.
    pub fn signed_in(&self, id: Option<i64>) -> &Self {
        self.0.borrow_mut().data.signed_in = id;
        self
    }

    /// Changes an account behind the app's back.
    pub fn change(&self, id: i64, change: impl FnOnce(&mut Account)) -> &Self {
        let mut state = self.0.borrow_mut();
        let account = state
            .data
            .accounts
            .iter_mut()
            .find(|account| account.id == id);
        change(account.expect("an account of that id"));
        drop(state);
        self
    }

    /// The username of an account, by the server's memory.
    pub fn username(&self, id: i64) -> String {
        let state = self.0.borrow();
        let account = state.data.accounts.iter().find(|account| account.id == id);
        account.expect("an account of that id").username.clone()
    }

    /// Fails requests of a pattern (`GET /api/v1/users/*`) until [`Self::heal`].
    pub fn fail(&self, pattern: &str, failure: Failure) -> &Self {
        self.0
            .borrow_mut()
            .failures
            .push((Pattern(pattern.to_owned()), failure, false));
        self
    }

    /// Fails the next request of a pattern only.
    pub fn fail_once(&self, pattern: &str, failure: Failure) -> &Self {
        self.0
            .borrow_mut()
            .failures
            .push((Pattern(pattern.to_owned()), failure, true));
        self
    }

    /// Fails nothing any more.
    pub fn heal(&self) -> &Self {
        self.0.borrow_mut().failures.clear();
        self
    }

    /// Keeps the answers to requests of a pattern back until [`Self::release`].
    pub fn hold(&self, pattern: &str) -> &Self {
        self.0.borrow_mut().held.push(Pattern(pattern.to_owned()));
        self
    }

    /// Gives all held answers, as the server's memory is by now.
    pub fn release(&self) -> &Self {
        let waiting = {
            let mut state = self.0.borrow_mut();
            state.held.clear();
            std::mem::take(&mut state.waiting)
        };
        waiting.into_iter().for_each(Waker::wake);
        self
    }

    /// Every request so far, in order.
    pub fn log(&self) -> Vec<Entry> {
        self.0.borrow().log.clone()
    }

    /// Every request so far as method, path and query.
    pub fn requests(&self) -> Vec<String> {
        self.0
            .borrow()
            .log
            .iter()
            .map(|entry| entry.request.clone())
            .collect()
    }

    /// Those of a pattern.
    pub fn requests_like(&self, pattern: &str) -> Vec<Entry> {
        let pattern = Pattern(pattern.to_owned());
        self.log()
            .into_iter()
            .filter(|entry| pattern.fits(&entry.request))
            .collect()
    }

    /// The requests that ended so.
    pub fn ended(&self, end: End) -> Vec<String> {
        let log = self.log().into_iter();
        log.filter(|entry| entry.end == end)
            .map(|entry| entry.request)
            .collect()
    }

    /// The requests without an end.
    pub fn open(&self) -> Vec<String> {
        self.ended(End::Open)
    }

    fn note(&self, index: usize, end: End) {
        if let Some(entry) = self.0.borrow_mut().log.get_mut(index) {
            entry.end = end;
        }
    }

    fn failure_for(&self, request: &str) -> Option<Failure> {
        let mut state = self.0.borrow_mut();
        let index = state
            .failures
            .iter()
            .position(|(pattern, _, _)| pattern.fits(request))?;
        let (_, failure, once) = state.failures.get(index)?.clone();
        if once {
            state.failures.remove(index);
        }
        Some(failure)
    }

    async fn wait_until_released(&self, request: &str) {
        poll_fn(|context| {
            let mut state = self.0.borrow_mut();
            if state.held.iter().any(|pattern| pattern.fits(request)) {
                state.waiting.push(context.waker().clone());
                return Poll::Pending;
            }
            Poll::Ready(())
        })
        .await;
    }

    fn answer(&self, request: &Request, line: &str) -> Result<Response, TransportError> {
        let work = |server: &Self| server.0.borrow_mut().data.answer(request);
        let (status, body, retry_after) = match self.failure_for(line) {
            None => {
                let (status, body) = work(self);
                (status, body.to_string(), None)
            }
            Some(Failure::Offline) => return Err(TransportError::Offline),
            Some(Failure::TimedOut) => return Err(TransportError::TimedOut),
            Some(Failure::LostAnswer) => {
                let _ = work(self);
                return Err(TransportError::Offline);
            }
            Some(Failure::Status(status, detail)) => {
                (status, data::errors(detail).to_string(), None)
            }
            Some(Failure::Throttled(after)) => (
                429,
                data::errors("Slow down").to_string(),
                Some(after.to_owned()),
            ),
            Some(Failure::Body(body)) => (200, body.to_owned(), None),
        };
        let received_at_ms = js_sys::Date::now() as i64;
        Ok(Response {
            status,
            body,
            date: None,
            retry_after,
            received_at_ms,
        })
    }
}

impl Transport for FakeServer {
    fn send(&self, request: Request) -> Sending {
        let line = format!("{} {}", request.method.as_str(), request.endpoint.as_str());
        let index = {
            let mut state = self.0.borrow_mut();
            state.log.push(Entry {
                request: line.clone(),
                body: request.body.clone(),
                end: End::Open,
            });
            state.log.len() - 1
        };
        let pending = Pending {
            server: self.clone(),
            index,
            ended: false,
        };
        Box::pin(async move {
            let mut pending = pending;
            // An answer never comes in the same breath as the question.
            tick().await;
            pending.server.wait_until_released(&line).await;
            let answer = pending.server.answer(&request, &line);
            let end = answer
                .as_ref()
                .map_or(End::Failed, |answer| End::Answered(answer.status));
            pending.server.note(index, end);
            pending.ended = true;
            answer
        })
    }
}

/// Notes that the app gave a request up when it is dropped before its end.
struct Pending {
    server: FakeServer,
    index: usize,
    ended: bool,
}

impl Drop for Pending {
    fn drop(&mut self) {
        if !self.ended {
            self.server.note(self.index, End::Aborted);
        }
    }
}
