//! What went over the network, as Chromium's own log tells it: requests, their answers, bytes with headers, times.
//!
//! It sees what a person pays for: an answer handed over from a preload or a cache is not a second request. It knows
//! nothing of the app.

use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;

/// One request and what became of it.
#[derive(Debug, Clone, Default)]
pub struct Exchange {
    id: String,
    /// The window it was for, or the frame in it.
    frame: String,
    /// The document that asked for it.
    loader: String,
    /// `GET`, `POST`, …
    pub method: String,
    /// The whole address.
    pub url: String,
    /// What asked for it: `Document`, `Script`, `Fetch`, `Image`, `Stylesheet`, `Preflight`, …
    pub kind: String,
    /// The status once there is one.
    pub status: Option<u16>,
    /// The type of the answer's content.
    pub mime: String,
    /// Bytes received over the network, headers included.
    pub bytes: u64,
    /// Whether a cache answered and nothing went over the network.
    pub cached: bool,
    /// Why there was no answer, in Chromium's words; `net::ERR_ABORTED` when the page itself gave up.
    pub failure: Option<String>,
    /// When it was sent, in seconds of the browser's monotonic clock.
    pub sent: f64,
    /// When the last byte was there.
    pub done: Option<f64>,
    /// `http/1.1`, `h2`, …
    pub protocol: String,
}

impl Exchange {
    /// The path and the query.
    pub fn path(&self) -> &str {
        let after_scheme = self
            .url
            .split_once("://")
            .map_or(self.url.as_str(), |(_, rest)| rest);
        after_scheme
            .find('/')
            .and_then(|start| after_scheme.get(start..))
            .unwrap_or("/")
    }

    /// Seconds from sending to the last byte.
    pub fn seconds(&self) -> Option<f64> {
        self.done.map(|done| done - self.sent)
    }

    fn is_open(&self) -> bool {
        self.done.is_none()
            && self.failure.is_none()
            && !self.cached
            && !self.is_icon()
            && !self.is_answered_document()
    }

    /// Whether a document is whole tells its own window. A window that changes its process between the answer and its end,
    /// as on the way to another site, may never tell that end here.
    fn is_answered_document(&self) -> bool {
        self.kind == "Document" && self.status.is_some()
    }

    /// The browser's own search for an icon is nobody's business: it comes when it likes, and in a window that closes it
    /// never ends.
    fn is_icon(&self) -> bool {
        self.kind == "Other" && self.path().starts_with("/favicon.")
    }

    fn is_remote(&self) -> bool {
        self.url.starts_with("http:") || self.url.starts_with("https:")
    }

    fn receive(&mut self, response: &Value) {
        self.status = response["status"]
            .as_u64()
            .and_then(|status| u16::try_from(status).ok());
        self.mime = text(&response["mimeType"]);
        self.protocol = text(&response["protocol"]);
        self.cached |= response["fromDiskCache"] == true || response["fromPrefetchCache"] == true;
    }
}

impl fmt::Display for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.kind, self.method, self.url)?;
        match (&self.status, &self.failure) {
            (_, Some(failure)) => write!(f, " -> {failure}")?,
            (Some(status), None) => write!(f, " -> {status}")?,
            (None, None) => write!(f, " -> no answer yet")?,
        }
        if self.cached {
            write!(f, ", cached")
        } else {
            write!(f, ", {} bytes", self.bytes)
        }
    }
}

/// The requests of a session in the order they were sent.
#[derive(Debug, Clone, Default)]
pub struct Network {
    exchanges: Vec<Exchange>,
    /// The document that each frame shows, or is about to.
    shown: BTreeMap<String, String>,
}

/// Why a request failed whose window has closed. No console complains about it.
pub const WINDOW_CLOSED: &str = "the window was closed";

impl Network {
    /// Takes in one event of the performance log; others than those of the network are ignored.
    pub fn absorb(&mut self, event: &Value) {
        let params = &event["params"];
        let id = text(&params["requestId"]);
        match event["method"].as_str() {
            Some("Network.requestWillBeSent") => self.sent(id, params),
            Some("Network.responseReceived") => {
                if let Some(exchange) = self.by_id(&id) {
                    exchange.receive(&params["response"]);
                }
            }
            Some("Network.requestServedFromCache") => {
                if let Some(exchange) = self.by_id(&id) {
                    exchange.cached = true;
                }
            }
            Some("Network.loadingFinished") => {
                if let Some(exchange) = self.by_id(&id) {
                    exchange.done = params["timestamp"].as_f64();
                    if !exchange.cached {
                        exchange.bytes = whole(&params["encodedDataLength"]);
                    }
                }
            }
            Some("Network.loadingFailed") => {
                if let Some(exchange) = self.by_id(&id) {
                    exchange.done = params["timestamp"].as_f64();
                    exchange.failure = Some(text(&params["errorText"]));
                }
            }
            _ => {}
        }
    }

    fn sent(&mut self, id: String, params: &Value) {
        let sent = params["timestamp"].as_f64().unwrap_or_default();
        let redirect = &params["redirectResponse"];
        if redirect.is_object()
            && let Some(earlier) = self.by_id(&id)
        {
            earlier.receive(redirect);
            earlier.bytes = whole(&redirect["encodedDataLength"]);
            earlier.done = Some(sent);
            // The same id goes on with the next address.
            earlier.id.push_str(" (redirected)");
        }
        let (frame, loader) = (text(&params["frameId"]), text(&params["loaderId"]));
        if params["type"] == "Document" {
            self.shown.insert(frame.clone(), loader.clone());
        }
        let exchange = Exchange {
            id,
            frame,
            loader,
            method: text(&params["request"]["method"]),
            url: text(&params["request"]["url"]),
            kind: text(&params["type"]),
            sent,
            ..Exchange::default()
        };
        if exchange.is_remote() {
            self.exchanges.push(exchange);
        }
    }

    fn by_id(&mut self, id: &str) -> Option<&mut Exchange> {
        self.exchanges
            .iter_mut()
            .rev()
            .find(|exchange| exchange.id == id)
    }

    /// Windows have closed; what they still waited for will never be told to have ended.
    pub fn give_up_elsewhere(&mut self, origin: &str) {
        for exchange in self.exchanges.iter_mut().filter(|one| one.is_open()) {
            // The window's own first page and the landing page are the site's, and in the window all the same.
            let in_the_window = exchange.path().starts_with("/github-");
            if in_the_window || !exchange.url.starts_with(origin) {
                exchange.failure = Some(WINDOW_CLOSED.to_owned());
            }
        }
    }

    /// Everything asked for, cached answers included.
    pub fn all(&self) -> &[Exchange] {
        &self.exchanges
    }

    /// What really went over the network.
    pub fn over_the_wire(&self) -> impl Iterator<Item = &Exchange> {
        self.exchanges.iter().filter(|exchange| !exchange.cached)
    }

    /// The requests to the API, in order, as `GET /api/v1/…`.
    pub fn api_calls(&self) -> Vec<String> {
        self.over_the_wire()
            .filter(|exchange| exchange.path().starts_with("/api/") && exchange.kind != "Preflight")
            .map(|exchange| format!("{} {}", exchange.method, exchange.path()))
            .collect()
    }

    /// Requests still waiting for their answer. What a page asked for that was left since is waited for by nobody, and its
    /// end is never told.
    pub fn in_flight(&self) -> impl Iterator<Item = &Exchange> {
        let is_shown = |one: &Exchange| {
            let shown = self.shown.get(&one.frame);
            shown.is_none_or(|shown| *shown == one.loader)
        };
        self.exchanges
            .iter()
            .filter(move |one| one.is_open() && is_shown(one))
    }

    /// Bytes over the network, headers included.
    pub fn bytes(&self) -> u64 {
        self.over_the_wire().map(|exchange| exchange.bytes).sum()
    }

    /// Requests to another host than this machine.
    pub fn foreign(&self) -> Vec<String> {
        let is_here = |url: &str| {
            let host = url.split_once("://").map_or(url, |(_, rest)| rest);
            ["127.0.0.1", "localhost"].iter().any(|here| {
                host.strip_prefix(here)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/']))
            })
        };
        self.exchanges
            .iter()
            .filter(|one| !is_here(&one.url))
            .map(|one| one.to_string())
            .collect()
    }

    /// What was asked for more than once, with how often. A question the page gave up and asked anew counts: it was
    /// paid for.
    pub fn repeated(&self) -> Vec<String> {
        let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for exchange in self
            .over_the_wire()
            .filter(|exchange| exchange.kind != "Preflight" && !exchange.is_icon())
            // A cold half that is needed at once is asked for while it may be on its way.
            .filter(|exchange| exchange.kind != "XHR")
        {
            // An address with an empty parameter at its end asks for the same.
            let url = exchange.url.trim_end_matches(['&', '?']);
            *counts.entry((&exchange.method, url)).or_default() += 1;
        }
        counts
            .into_iter()
            .filter(|(_, count)| *count > 1)
            .map(|((method, url), count)| format!("{method} {url} ({count} times)"))
            .collect()
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn whole(value: &Value) -> u64 {
    value
        .as_f64()
        .filter(|bytes| *bytes > 0.0)
        .unwrap_or_default() as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn network(events: &[Value]) -> Network {
        let mut network = Network::default();
        for event in events {
            network.absorb(event);
        }
        network
    }

    fn sent(id: &str, url: &str) -> Value {
        json!({"method": "Network.requestWillBeSent", "params": {"requestId": id, "timestamp": 1.0, "type": "Fetch",
            "request": {"url": url, "method": "GET"}}})
    }

    fn finished(id: &str, bytes: u64) -> Value {
        json!({"method": "Network.loadingFinished",
            "params": {"requestId": id, "timestamp": 1.5, "encodedDataLength": bytes}})
    }

    #[test]
    fn a_request_is_open_until_its_last_byte() {
        let mut log = network(&[sent("1", "http://127.0.0.1:1/api/v1/me")]);
        assert_eq!(log.in_flight().count(), 1);
        log.absorb(&finished("1", 120));
        assert_eq!(log.in_flight().count(), 0);
        assert_eq!(log.bytes(), 120);
    }

    #[test]
    fn a_document_is_waited_for_until_its_answer() {
        let url = "http://localhost:1/login/oauth/authorize";
        let mut event = sent("1", url);
        event["params"]["type"] = json!("Document");
        let mut log = network(&[event]);
        assert_eq!(log.in_flight().count(), 1);
        log.absorb(&json!({"method": "Network.responseReceived",
            "params": {"requestId": "1", "response": {"status": 200}}}));
        assert_eq!(log.in_flight().count(), 0);
    }

    #[test]
    fn a_page_that_was_left_waits_for_nothing() {
        let of = |id: &str, kind: &str, frame: &str, loader: &str| {
            let mut event = sent(id, "http://127.0.0.1:1/x");
            for (key, value) in [("type", kind), ("frameId", frame), ("loaderId", loader)] {
                event["params"][key] = json!(value);
            }
            event
        };
        let log = network(&[
            of("1", "Fetch", "a", "old"),
            of("2", "Fetch", "b", "other"),
            of("3", "Document", "a", "new"),
            finished("3", 1),
            of("4", "Fetch", "a", "old"),
            of("5", "Fetch", "a", "new"),
        ]);
        let open: Vec<_> = log.in_flight().map(|one| one.id.as_str()).collect();
        assert_eq!(open, ["2", "5"]);
    }

    #[test]
    fn an_answer_from_a_preload_is_not_a_second_request() {
        let url = "http://127.0.0.1:1/assets/app.wasm";
        let served =
            json!({"method": "Network.requestServedFromCache", "params": {"requestId": "2"}});
        let log = network(&[
            sent("1", url),
            finished("1", 9),
            sent("2", url),
            served,
            finished("2", 0),
        ]);
        assert!(log.repeated().is_empty());
        assert_eq!(log.over_the_wire().count(), 1);
    }

    #[test]
    fn the_same_question_twice_is_told() {
        let url = "http://127.0.0.1:1/api/v1/users/a";
        let log = network(&[sent("1", url), sent("2", url)]);
        assert_eq!(log.repeated(), [format!("GET {url} (2 times)")]);
    }

    #[test]
    fn a_redirect_is_two_requests_of_two_addresses() {
        let mut second = sent("1", "http://127.0.0.1:1/b");
        second["params"]["redirectResponse"] = json!({"status": 302, "encodedDataLength": 80});
        let log = network(&[sent("1", "http://127.0.0.1:1/a"), second, finished("1", 20)]);
        let statuses: Vec<_> = log
            .all()
            .iter()
            .map(|one| (one.path(), one.status))
            .collect();
        assert_eq!(statuses, [("/a", Some(302)), ("/b", None)]);
        assert_eq!(log.bytes(), 100);
    }

    #[test]
    fn a_closed_window_waits_for_nothing_but_ours_still_does() {
        let mut log = network(&[
            sent("1", "http://localhost:1/x"),
            sent("2", "http://127.0.0.1:1/x"),
            sent("3", "http://127.0.0.1:1/github-auth-loading.js"),
        ]);
        log.give_up_elsewhere("http://127.0.0.1:1");
        let open: Vec<_> = log.in_flight().map(|one| one.url.clone()).collect();
        assert_eq!(open, ["http://127.0.0.1:1/x"]);
    }

    #[test]
    fn a_foreign_host_is_told_even_when_its_name_begins_like_ours() {
        let log = network(&[
            sent("1", "http://localhost:1/x"),
            sent("2", "http://127.0.0.1/x"),
            sent("3", "https://127.0.0.1.example.org/x"),
        ]);
        assert_eq!(log.foreign().len(), 1);
    }
}
