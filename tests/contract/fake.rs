//! A transport that answers from a list and remembers what it was asked.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::Future;
use std::rc::Rc;

use futures_util::FutureExt;
use nameplate::api::client::Client;
use nameplate::api::transport::{
    OnBeginning, Request, Response, Sending, Transport, TransportError,
};

/// Milliseconds since 1970 at which every answer of the fake arrives: 2026-11-21T01:47:50Z.
pub const ARRIVAL_MS: i64 = 1_795_225_670_000;

/// For questions whose answers need not be told from their beginning on.
pub fn nobody() -> OnBeginning {
    Rc::new(|_| {})
}

#[derive(Default)]
pub struct Fake {
    answers: RefCell<VecDeque<Result<Response, TransportError>>>,
    asked: RefCell<Vec<Request>>,
}

impl Fake {
    /// A client, and the fake behind it that will give these answers in this order.
    pub fn client(answers: impl IntoIterator<Item = Response>) -> (Client, Rc<Self>) {
        let fake = Rc::new(Self::default());
        fake.answers
            .borrow_mut()
            .extend(answers.into_iter().map(Ok));
        (Client::new(fake.clone()), fake)
    }

    pub fn will_answer(&self, answer: Result<Response, TransportError>) {
        self.answers.borrow_mut().push_back(answer);
    }

    /// What was asked so far: `GET /api/v1/me`.
    pub fn asked(&self) -> Vec<String> {
        let asked = self.asked.borrow();
        asked
            .iter()
            .map(|r| format!("{} {}", r.method.as_str(), r.endpoint.as_str()))
            .collect()
    }

    pub fn last(&self) -> Request {
        self.asked
            .borrow()
            .last()
            .expect("nothing was asked")
            .clone()
    }
}

impl Transport for Fake {
    fn send(&self, request: Request) -> Sending {
        self.asked.borrow_mut().push(request.clone());
        let answer = self.answers.borrow_mut().pop_front();
        Box::pin(async move { answer.unwrap_or_else(|| panic!("no answer left for {request:?}")) })
    }
}

/// An answer with this body.
pub fn answer(status: u16, body: &str) -> Response {
    Response {
        status,
        body: body.to_owned(),
        date: None,
        retry_after: None,
        received_at_ms: ARRIVAL_MS,
    }
}

/// What comes of a call whose answers are all there.
pub fn now<T>(call: impl Future<Output = T>) -> T {
    call.now_or_never().expect("the fake answers at once")
}
