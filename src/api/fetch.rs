//! The browser's `fetch` as a transport.
//!
//! Dropping a request aborts it, and none waits for ever. Before it asks, it looks for an answer that the start script
//! has asked for while the wasm was loading: each is taken once, and one that failed is asked for again. It must not
//! know what is asked.

use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::Poll;

use gloo_net::http::{Request as HttpRequest, Response as HttpResponse};
use js_sys::{Date, Function, Map, Promise, Reflect, global};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal, Headers, RequestCredentials, RequestInit};

use super::transport::{Method, Request, Response, Sending, Transport, TransportError};

/// Where the start script leaves its answers: a `Map` from address to `Promise<Response>`.
const STARTED: &str = "__nameplate_started";

/// The server gives up after 30 seconds itself; what takes longer will not come.
const GIVE_UP_AFTER_MS: i32 = 32_000;

/// The browser's `fetch`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Fetch;

impl Transport for Fetch {
    fn send(&self, request: Request) -> Sending {
        Box::pin(async move {
            if request.method != Method::Get {
                // What was asked before a write may not be so any more after it.
                if let Some(started) = started() {
                    started.clear();
                }
            } else if let Some(started) = take_started(request.endpoint.as_str()) {
                match within(GIVE_UP_AFTER_MS, answer_of(started)).await {
                    Some(Some(response)) => return Ok(response),
                    // It had its time; whoever waits has waited long enough.
                    None => return Err(TransportError::TimedOut),
                    Some(None) => {}
                }
            }
            ask(request).await
        })
    }
}

/// The start script's map.
fn started() -> Option<Map> {
    Reflect::get(&global(), &STARTED.into())
        .ok()?
        .dyn_into()
        .ok()
}

/// Takes the start script's answer for this address out of its map, so that nobody gets it twice.
fn take_started(address: &str) -> Option<Promise> {
    let started = started()?;
    let address = JsValue::from_str(address);
    let promise = started.get(&address).dyn_into().ok()?;
    started.delete(&address);
    Some(promise)
}

/// The start script's answer; nothing when it failed on the way. Giving up on it aborts the request, as with our own: the
/// browser would let the next one for the same address wait for it.
async fn answer_of(started: Promise) -> Option<Response> {
    let stop = Reflect::get(&started, &"stop".into()).ok();
    let mut abort = AbortOnDrop(stop.and_then(|stop| stop.dyn_into().ok()));
    let response = JsFuture::from(started).await.ok()?;
    let response = response.dyn_into::<web_sys::Response>().ok()?;
    let answer = read(HttpResponse::from(response)).await.ok()?;
    // It is here; the start script may still be reading its copy, from which it learns what to ask next.
    abort.0 = None;
    Some(answer)
}

async fn ask(request: Request) -> Result<Response, TransportError> {
    let abort = AbortOnDrop(AbortController::new().ok());
    let answer = async {
        let signal = abort.0.as_ref().map(AbortController::signal);
        // An address or a header that `fetch` refuses cannot come from `Endpoint`; if it does, nothing was reached.
        let request =
            http_request(&request, signal.as_ref()).map_err(|_| TransportError::Offline)?;
        read(request.send().await.map_err(|_| TransportError::Offline)?).await
    };
    within(GIVE_UP_AFTER_MS, answer)
        .await
        .unwrap_or(Err(TransportError::TimedOut))
}

async fn read(response: HttpResponse) -> Result<Response, TransportError> {
    let received_at_ms = Date::now() as i64;
    let headers = response.headers();
    Ok(Response {
        status: response.status(),
        date: headers.get("date"),
        retry_after: headers.get("retry-after"),
        received_at_ms,
        body: response.text().await.map_err(|_| TransportError::Offline)?,
    })
}

/// The browser's own form of a request. gloo-net's builder would add an `&` to every query, so that one question had two
/// addresses.
fn http_request(request: &Request, signal: Option<&AbortSignal>) -> Result<HttpRequest, JsValue> {
    let init = RequestInit::new();
    init.set_method(request.method.as_str());
    init.set_signal(signal);
    if request.endpoint.is_own_origin() {
        let headers = Headers::new()?;
        headers.set("accept", "application/json")?;
        if let Some(json) = &request.body {
            headers.set("content-type", "application/json")?;
            init.set_body_opt_str(Some(json));
        }
        init.set_headers_headers(&headers);
        init.set_credentials(RequestCredentials::SameOrigin);
    } else {
        init.set_credentials(RequestCredentials::Omit);
    }
    let request = web_sys::Request::new_with_str_and_init(request.endpoint.as_str(), &init)?;
    Ok(HttpRequest::from(request))
}

/// Aborts what it was given to when it goes, whether the answer came or nobody waits any more.
struct AbortOnDrop(Option<AbortController>);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &Function, millis: i32) -> JsValue;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(id: &JsValue);
}

/// A timer that is cleared when it goes.
struct Timer {
    id: JsValue,
    _callback: Closure<dyn FnMut()>,
}

impl Drop for Timer {
    fn drop(&mut self) {
        clear_timeout(&self.id);
    }
}

/// What comes of `work`, if it comes in time.
async fn within<T>(millis: i32, work: impl Future<Output = T>) -> Option<T> {
    let late = Rc::new(Cell::new(false));
    let waker = Rc::new(Cell::new(None::<std::task::Waker>));
    let callback = Closure::new({
        let (late, waker) = (late.clone(), waker.clone());
        move || {
            late.set(true);
            if let Some(waker) = waker.take() {
                waker.wake();
            }
        }
    });
    let timer = Timer {
        id: set_timeout(callback.as_ref().unchecked_ref(), millis),
        _callback: callback,
    };
    let mut work = pin!(work);
    let outcome = poll_fn(|context| {
        if let Poll::Ready(outcome) = Pin::as_mut(&mut work).poll(context) {
            return Poll::Ready(Some(outcome));
        }
        if late.get() {
            return Poll::Ready(None);
        }
        waker.set(Some(context.waker().clone()));
        Poll::Pending
    })
    .await;
    drop(timer);
    outcome
}
