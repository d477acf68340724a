//! The browser's `fetch` as a transport.
//!
//! Dropping a request aborts it, and none waits for ever. Before it asks, it looks for an answer that the start script
//! has asked for while the wasm was loading: each is taken once, at once if it is whole, and one that failed is asked for
//! again. What was answered it hands in there, for going back and forward. It must not know what is asked.

use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::Poll;

use futures_util::future::join;
use js_sys::{Date, Function, Map, Promise, Reflect, Uint8Array, global};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Headers, ReadableStreamDefaultReader, RequestCredentials, RequestInit,
};

use super::transport::{
    BEGINNING, Method, OnBeginning, Request, Response, Sending, Transport, TransportError,
};

/// Where the start script leaves its answers: a `Map` from address to `Promise<Response>`.
const STARTED: &str = "__nameplate_started";

/// The server gives up after 30 seconds itself; what takes longer will not come.
const GIVE_UP_AFTER_MS: i32 = 32_000;

/// The browser's `fetch`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Fetch;

impl Transport for Fetch {
    fn send(&self, request: Request) -> Sending {
        carry(request, None)
    }

    fn send_and_tell(&self, request: Request, on_beginning: OnBeginning) -> Sending {
        carry(request, Some(on_beginning))
    }
}

fn carry(request: Request, on_beginning: Option<OnBeginning>) -> Sending {
    Box::pin(async move {
        let started = started();
        let is_read = request.method == Method::Get;
        // What was asked before a write may not be so any more after it, nor what is asked while it is under way.
        let _forget = Forget::new(started.as_ref().filter(|_| !is_read));
        let address = JsValue::from_str(request.endpoint.as_str());
        let begun = started
            .as_ref()
            .filter(|_| is_read)
            .and_then(|started| take(started, &address));
        let answer = match begun.as_ref().and_then(whole) {
            Some(answer) => answer,
            None => {
                let answer = async {
                    if let Some(begun) = begun
                        && let Some(response) = begun_answer(begun, &on_beginning).await
                    {
                        return Ok(response);
                    }
                    ask(&request, &on_beginning).await
                };
                within(GIVE_UP_AFTER_MS, answer)
                    .await
                    .unwrap_or(Err(TransportError::TimedOut))?
            }
        };
        // What was asked for before a write is handed in where nobody looks any more.
        if let Some(started) = &started
            && is_read
            && answer.status == 200
        {
            started.set(&address, &JsValue::from_str(&answer.body));
        }
        Ok(answer)
    })
}

/// Forgets what was answered, now and when it goes.
struct Forget<'a>(Option<&'a Map>);

impl<'a> Forget<'a> {
    fn new(started: Option<&'a Map>) -> Self {
        let this = Self(started);
        this.clear();
        this
    }

    fn clear(&self) {
        if let Some(started) = self.0 {
            started.clear();
        }
    }
}

impl Drop for Forget<'_> {
    fn drop(&mut self) {
        self.clear();
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
fn take(started: &Map, address: &JsValue) -> Option<Promise> {
    let promise = started.get(address).dyn_into().ok()?;
    started.delete(address);
    Some(promise)
}

/// The start script's answer, if it has come to its end: it then stands beside the promise, with when it came.
fn whole(begun: &Promise) -> Option<Response> {
    let beside = |name: &str| Reflect::get(begun, &JsValue::from_str(name)).ok();
    let body = beside("text")?.as_string()?;
    let response: web_sys::Response = beside("response")?.dyn_into().ok()?;
    let received_at_ms = beside("at")?.as_f64()? as i64;
    Some(response_of(&response, received_at_ms, body))
}

/// The start script's answer; nothing when it failed on the way.
async fn begun_answer(begun: Promise, on_beginning: &Option<OnBeginning>) -> Option<Response> {
    let stop = Reflect::get(&begun, &"stop".into()).ok();
    let stop = stop.and_then(|stop| stop.dyn_into().ok());
    answer_of(begun, stop, on_beginning).await
}

async fn ask(
    request: &Request,
    on_beginning: &Option<OnBeginning>,
) -> Result<Response, TransportError> {
    let stop = AbortController::new().ok();
    // An address or a header that `fetch` refuses cannot come from `Endpoint`; if it does, nothing was reached.
    let request = browser_request(request, stop.as_ref()).map_err(|_| TransportError::Offline)?;
    let window = web_sys::window().ok_or(TransportError::Offline)?;
    answer_of(window.fetch_with_request(&request), stop, on_beginning)
        .await
        .ok_or(TransportError::Offline)
}

/// The answer, read to its end; nothing when it failed on the way. Giving up on it aborts the request: the browser would let
/// the next one for the same address wait for it.
async fn answer_of(
    response: Promise,
    stop: Option<AbortController>,
    on_beginning: &Option<OnBeginning>,
) -> Option<Response> {
    let mut abort = AbortOnDrop(stop);
    let response = JsFuture::from(response).await.ok()?;
    let response = response.dyn_into::<web_sys::Response>().ok()?;
    let received_at_ms = Date::now() as i64;
    let body = match on_beginning.as_ref().filter(|_| response.ok()) {
        Some(tell) => text_after_beginning(&response, tell.clone()).await,
        None => JsFuture::from(response.text().ok()?).await.ok(),
    };
    let body = body?;
    // It is here; the start script may still be reading its copy, from which it learns what to ask next.
    abort.0 = None;
    Some(response_of(&response, received_at_ms, body.as_string()?))
}

/// The text of a body, and how it begins is told. In a box, so that only who asks for it fetches the code.
fn text_after_beginning(
    response: &web_sys::Response,
    tell: OnBeginning,
) -> Pin<Box<dyn Future<Output = Option<JsValue>>>> {
    let copy = response.clone().ok();
    let whole = response.text();
    Box::pin(async move {
        let tell = async {
            if let Some(copy) = copy
                && let Some(beginning) = beginning(&copy).await
            {
                tell(beginning);
            }
        };
        let (body, ()) = join(JsFuture::from(whole.ok()?), tell).await;
        body.ok()
    })
}

/// How a body begins; nothing when it is short or breaks off.
async fn beginning(response: &web_sys::Response) -> Option<String> {
    let reader: ReadableStreamDefaultReader = response.body()?.get_reader().dyn_into().ok()?;
    let mut bytes = Vec::new();
    while bytes.len() < BEGINNING {
        let read = JsFuture::from(reader.read()).await.ok()?;
        let chunk = Reflect::get(&read, &"value".into()).ok()?;
        // What has come to its end has no value any more.
        bytes.extend(chunk.dyn_into::<Uint8Array>().ok()?.to_vec());
    }
    // The whole is read elsewhere; of this copy no more is kept.
    let _ = reader.cancel();
    // It may end within a character.
    let end = match std::str::from_utf8(&bytes) {
        Ok(_) => bytes.len(),
        Err(error) => error.valid_up_to(),
    };
    bytes.truncate(end);
    String::from_utf8(bytes).ok()
}

fn response_of(response: &web_sys::Response, received_at_ms: i64, body: String) -> Response {
    let headers = response.headers();
    let header = |name| headers.get(name).ok().flatten();
    Response {
        status: response.status(),
        date: header("date"),
        retry_after: header("retry-after"),
        received_at_ms,
        body,
    }
}

/// The browser's own form of a request.
fn browser_request(
    request: &Request,
    stop: Option<&AbortController>,
) -> Result<web_sys::Request, JsValue> {
    let init = RequestInit::new();
    init.set_method(request.method.as_str());
    init.set_signal(stop.map(AbortController::signal).as_ref());
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
    web_sys::Request::new_with_str_and_init(request.endpoint.as_str(), &init)
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
