//! How a request gets to the server and its answer back, whatever does it: the browser's `fetch`, or a fake in tests.
//!
//! The smallest door there can be, so that everything else of the API is the same in both. It must not know JSON.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use super::endpoint::Endpoint;

/// What is done to an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// Read.
    Get,
    /// Do, make.
    Post,
    /// Put in place.
    Put,
    /// Remove.
    Delete,
}

/// A request. Its body, if any, is JSON. Requests to the app's own origin carry the session cookie and ask for JSON;
/// those to another origin carry neither cookie nor any header of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// What to do.
    pub method: Method,
    /// To what.
    pub endpoint: Endpoint,
    /// JSON.
    pub body: Option<String>,
}

/// An answer, of any status, read to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// The body, empty if there was none.
    pub body: String,
    /// The `Date` header.
    pub date: Option<String>,
    /// The `Retry-After` header.
    pub retry_after: Option<String>,
    /// When the headers arrived: milliseconds since 1970 by the clock of this computer, which may be wrong.
    pub received_at_ms: i64,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransportError {
    /// The server was not reached, or the connection broke.
    Offline,
    /// The one who asked gave up.
    Cancelled,
    /// It took too long.
    TimedOut,
}

/// An answer that is on its way. Dropping it gives up on the request.
pub type Sending = Pin<Box<dyn Future<Output = Result<Response, TransportError>>>>;

/// How much of a long body is its beginning, in bytes: more than a window of a README.
pub const BEGINNING: usize = 4 * 1024;

/// Who is told how a long body begins, while the rest of it is on its way.
pub type OnBeginning = Rc<dyn Fn(String)>;

/// Something that carries requests to the server.
pub trait Transport {
    /// Sends a request, at once. Dropping the future aborts it.
    fn send(&self, request: Request) -> Sending;

    /// The same, and tells once how the body of a good answer begins, if it is long and not all here at once. What has no
    /// beginning to tell just sends it.
    fn send_and_tell(&self, request: Request, _on_beginning: OnBeginning) -> Sending {
        self.send(request)
    }
}

impl Method {
    /// The method's name in HTTP.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

impl Request {
    /// Reads from an endpoint.
    pub fn get(endpoint: Endpoint) -> Self {
        Self {
            method: Method::Get,
            endpoint,
            body: None,
        }
    }

    /// Does something else, without a body.
    pub fn new(method: Method, endpoint: Endpoint) -> Self {
        Self {
            method,
            endpoint,
            body: None,
        }
    }
}

impl<T: Transport + ?Sized> Transport for Rc<T> {
    fn send(&self, request: Request) -> Sending {
        (**self).send(request)
    }

    fn send_and_tell(&self, request: Request, on_beginning: OnBeginning) -> Sending {
        (**self).send_and_tell(request, on_beginning)
    }
}
