//! A registry for a test, and somebody who talks to it over HTTP.

use std::{
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
};

use http_body_util::{BodyExt, Full};
use hyper::{Request, body::Bytes, header::HeaderMap};
use hyper_util::rt::TokioIo;
use nameplate_registry::{
    clock::Timestamp,
    config::Config,
    github,
    seed::Seed,
    server::{self, Running},
    session::{self, Session},
};
use serde_json::{Value, json};
use tokio::net::TcpStream;

/// A folder that is gone when the test is.
pub struct Scratch(PathBuf);

impl Scratch {
    /// A new folder.
    pub fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!(
            "nameplate-registry-test-{}-{number}",
            std::process::id()
        ));
        std::fs::create_dir_all(&path).expect("the temporary folder can be written");
        Self(path)
    }

    /// A path in it.
    pub fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A registry that runs in the test's process.
pub struct Registry {
    pub running: Running,
    pub data: PathBuf,
    _scratch: Scratch,
}

/// An answer, read to its end.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The body as JSON, `null` when it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or(Value::Null)
    }

    /// The sentence of a failure.
    pub fn detail(&self) -> String {
        self.json()["errors"][0]["detail"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// A header as text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

impl Registry {
    /// Starts one with the seed, changed as the test wants.
    pub async fn start(seed: Seed, change: impl FnOnce(&mut Config)) -> Self {
        let scratch = Scratch::new();
        let mut config = Config::for_tests(scratch.file("registry.db"), seed);
        change(&mut config);
        Self {
            _scratch: scratch,
            ..Self::on(config).await
        }
    }

    /// Starts one on a file that is somebody else's.
    pub async fn on(config: Config) -> Self {
        let data = config.data.clone();
        let running = server::start(config).await.expect("the registry starts");
        Self {
            running,
            data,
            _scratch: Scratch::new(),
        }
    }

    /// Starts one with the demonstration data.
    pub async fn demo() -> Self {
        Self::start(Seed::Demo, |_| {}).await
    }

    /// Starts an empty one.
    pub async fn empty() -> Self {
        Self::start(Seed::None, |_| {}).await
    }

    /// The app's origin.
    pub fn app(&self) -> &str {
        &self.running.origins.app
    }

    /// Somebody without a session.
    pub fn guest(&self) -> Visitor<'_> {
        Visitor {
            registry: self,
            session: Session::default(),
        }
    }

    /// Somebody whose session says they are this user.
    pub fn user(&self, id: i64) -> Visitor<'_> {
        let mut visitor = self.guest();
        visitor.session.set(session::USER_ID, id.to_string());
        visitor
    }

    /// The user of a name, signed in.
    pub async fn named(&self, username: &str) -> Visitor<'_> {
        let id = self.id_of(username).await;
        self.user(id)
    }

    /// The id of a username.
    pub async fn id_of(&self, username: &str) -> i64 {
        let answer = self.guest().get(&format!("/api/v1/users/{username}")).await;
        answer.json()["user"]["id"]
            .as_i64()
            .unwrap_or_else(|| panic!("{username} exists"))
    }

    /// Somebody new who has come back from GitHub and has yet to choose a name.
    pub fn newcomer(&self, account_id: i64, login: &str) -> Visitor<'_> {
        let mut visitor = self.guest();
        let pending = json!({
            "github_user": { "id": account_id, "login": login, "name": null, "email": null, "avatar": null },
            "created_at": self.now().0,
        });
        visitor
            .session
            .set(session::PENDING_SIGNUP, pending.to_string());
        visitor
    }

    /// What time the registry has.
    pub fn now(&self) -> Timestamp {
        self.running.app.clock.now()
    }

    /// Lets time pass.
    pub fn pass_days(&self, days: i64) {
        self.running
            .app
            .clock
            .advance(days * nameplate_registry::clock::DAY);
    }

    /// Runs statements on the database, beside the server's own.
    pub async fn sql(&self, sql: &'static str) {
        let done = self
            .running
            .app
            .pool
            .write(move |transaction| Ok(transaction.execute_batch(sql)?))
            .await;
        done.expect("the statements are right");
    }

    /// One number from the database.
    pub async fn number(&self, sql: &'static str) -> i64 {
        let read = self
            .running
            .app
            .read(move |connection| Ok(connection.query_row(sql, [], |row| row.get(0))?))
            .await;
        read.expect("the query is right")
    }

    /// A code of the GitHub stand-in for an account.
    pub async fn code(&self, account_id: i64) -> String {
        let now = self.now();
        let issued = self
            .running
            .app
            .pool
            .write(move |transaction| github::issue_code(transaction, account_id, now))
            .await;
        issued.expect("a code is issued")
    }
}

/// Somebody who talks to the app's port.
#[derive(Clone)]
pub struct Visitor<'a> {
    pub registry: &'a Registry,
    pub session: Session,
}

impl Visitor<'_> {
    /// The headers of an ordinary request of the app.
    pub fn headers(&self, method: &str) -> Vec<(String, String)> {
        let mut headers = vec![("user-agent".to_owned(), "a test".to_owned())];
        if !self.session.names().is_empty() {
            headers.push((
                "cookie".to_owned(),
                self.session.cookie(&self.registry.running.app.key),
            ));
        }
        if method != "GET" {
            headers.push(("origin".to_owned(), self.registry.app().to_owned()));
        }
        headers
    }

    /// Asks, and takes over the session of the answer.
    pub async fn ask(&mut self, method: &str, path: &str, body: Option<Value>) -> Answer {
        let answer = self.send(method, path, body).await;
        self.take_session(&answer);
        answer
    }

    /// Asks, with the session as it is.
    pub async fn send(&self, method: &str, path: &str, body: Option<Value>) -> Answer {
        let mut headers = self.headers(method);
        let body = body.map(|body| {
            headers.push(("content-type".to_owned(), "application/json".to_owned()));
            body.to_string().into_bytes()
        });
        exchange(
            self.registry.app(),
            method,
            path,
            &headers,
            body.unwrap_or_default(),
        )
        .await
        .expect("an answer comes")
    }

    /// `GET`.
    pub async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, None).await
    }

    /// `PUT`.
    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.send("PUT", path, Some(body)).await
    }

    /// `DELETE` with a body.
    pub async fn delete(&self, path: &str, body: Value) -> Answer {
        self.send("DELETE", path, Some(body)).await
    }

    /// Takes over a changed session.
    pub fn take_session(&mut self, answer: &Answer) {
        if let Some(cookie) = answer
            .header("set-cookie")
            .and_then(|cookie| cookie.split(';').next())
        {
            let value = cookie.parse().expect("a cookie is a header value");
            let headers = HeaderMap::from_iter([(hyper::header::COOKIE, value)]);
            self.session = Session::read(&headers, &self.registry.running.app.key);
        }
    }

    /// Comes back from GitHub as an account.
    pub async fn sign_in_as(&mut self, account_id: i64) -> Answer {
        let begun = self.ask("POST", "/api/private/session/begin", None).await;
        let state = begun.json()["state"].clone();
        let code = self.registry.code(account_id).await;
        self.ask(
            "POST",
            "/api/private/session/authorize",
            Some(json!({ "code": code, "state": state })),
        )
        .await
    }

    /// The caller's id.
    pub fn id(&self) -> i64 {
        self.session
            .get(session::USER_ID)
            .and_then(|id| id.parse().ok())
            .expect("somebody is signed in")
    }

    /// Asks for another username.
    pub async fn rename(&self, username: &str) -> Answer {
        self.put(
            &format!("/api/v1/users/{}", self.id()),
            json!({ "user": { "username": username } }),
        )
        .await
    }

    /// Signs up under a username.
    pub async fn sign_up(&mut self, username: &str) -> Answer {
        let body = json!({ "signup": { "username": username, "email": "somebody@example.com" } });
        self.ask("POST", "/api/private/session/signup", Some(body))
            .await
    }

    /// What the server says about a name.
    pub async fn availability(&self, username: &str) -> Value {
        self.get(&format!("/api/private/usernames/{username}"))
            .await
            .json()["username"]
            .clone()
    }
}

/// One request on a connection of its own; an error when the connection breaks.
pub async fn exchange(
    origin: &str,
    method: &str,
    path: &str,
    headers: &[(String, String)],
    body: Vec<u8>,
) -> Result<Answer, Box<dyn std::error::Error + Send + Sync>> {
    let address = origin.trim_start_matches("http://");
    let stream = TcpStream::connect(address).await?;
    let (mut sender, connection) =
        hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
    let connection = tokio::spawn(connection);
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header("host", address);
    for (name, value) in headers {
        request = request.header(name, value);
    }
    let answer = sender
        .send_request(request.body(Full::new(Bytes::from(body)))?)
        .await?;
    let (parts, body) = answer.into_parts();
    let bytes = body.collect().await?.to_bytes().to_vec();
    connection.abort();
    Ok(Answer {
        status: parts.status.as_u16(),
        headers: parts.headers,
        bytes,
    })
}
