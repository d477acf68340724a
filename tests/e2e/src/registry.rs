//! The embedded registry as a child process: one for each story, on free ports, on a database of its own.
//!
//! Seeding takes longer than starting, so the demonstration data is made once in a process and every story works on a
//! copy. `NAMEPLATE_REGISTRY` names the program, `NAMEPLATE_DIST` the folder with the built app.

use crate::Outcome;
use crate::scratch::Scratch;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What kind of registry a story needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wish {
    /// `august`, `september` or `full`: what the server can do.
    pub level: &'static str,
    /// `demo`, `recorded` or `none`: what is in it.
    pub seed: &'static str,
    /// Tests may move its clock.
    pub clock: bool,
    /// Tests may make it fail.
    pub faults: bool,
    /// It takes no changes.
    pub read_only: bool,
    /// What it announces on every page; empty for nothing.
    pub banner: &'static str,
    /// So many more crates and half as many people, and the extremes among them; 0 for none.
    pub scale: u32,
}

impl Wish {
    /// The demonstration data on a server that can do everything.
    pub const DEMO: Self = Self {
        level: "full",
        seed: "demo",
        clock: false,
        faults: false,
        read_only: false,
        banner: "",
        scale: 0,
    };

    /// Enough for the extremes: somebody with 5,000 crates, a crate with 3,000 versions, one with 200 owners.
    pub const EXTREMES: u32 = 10_000;
}

/// A running registry; stopped when dropped.
pub struct Registry {
    child: Child,
    said: Arc<Mutex<String>>,
    app: String,
    own: String,
    files: String,
    github: String,
    http: reqwest::Client,
    _data: Scratch,
}

impl Registry {
    /// Starts one on a copy of the seeded database.
    pub fn start(wish: Wish) -> Outcome<Self> {
        let data = Scratch::new("registry")?;
        copy_folder(&seeded(wish)?, data.path())?;
        Self::start_in(wish, data, &dist()?, None)
    }

    /// The same behind another server, under whose origin people reach it.
    pub fn start_behind(wish: Wish, origin: &str) -> Outcome<Self> {
        let data = Scratch::new("registry")?;
        copy_folder(&seeded(wish)?, data.path())?;
        Self::start_in(wish, data, &dist()?, Some(origin))
    }

    /// The same with the app in another folder than `NAMEPLATE_DIST`.
    pub fn start_with_dist(wish: Wish, dist: &Path) -> Outcome<Self> {
        let data = Scratch::new("registry")?;
        copy_folder(&seeded(wish)?, data.path())?;
        Self::start_in(wish, data, dist, None)
    }

    fn start_in(wish: Wish, data: Scratch, dist: &Path, origin: Option<&str>) -> Outcome<Self> {
        let program = from_environment("NAMEPLATE_REGISTRY", "the nameplate-registry program")?;
        let mut command = Command::new(&program);
        command.args(["--port", "0", "--level", wish.level, "--seed", wish.seed]);
        command
            .arg("--data")
            .arg(data.path().join("registry.sqlite"));
        command.arg("--dist").arg(dist);
        if let Some(origin) = origin {
            command.args(["--origin", origin]);
        }
        if wish.clock {
            command.arg("--clock");
        }
        if wish.faults {
            command.arg("--faults");
        }
        if wish.read_only {
            command.arg("--read-only");
        }
        if wish.scale > 0 {
            command.args(["--scale", &wish.scale.to_string()]);
        }
        if !wish.banner.is_empty() {
            command.args(["--banner", wish.banner]);
        }
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command
            .spawn()
            .map_err(|error| format!("{} does not start: {error}", program.display()))?;
        let said = Arc::new(Mutex::new(String::new()));
        if let Some(stderr) = child.stderr.take() {
            let said = Arc::clone(&said);
            std::thread::spawn(move || remember(stderr, &said));
        }
        let stdout = child.stdout.take().ok_or("the registry has no output")?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        let Ok(addresses) = serde_json::from_str::<Value>(&line) else {
            let status = child.wait()?;
            // The last lines may still be on their way through the thread that reads them.
            std::thread::sleep(Duration::from_millis(50));
            let said = lock(&said).clone();
            return Err(format!("the registry does not start ({status}): {line}{said}").into());
        };
        let address = |key: &str| addresses[key].as_str().unwrap_or_default().to_owned();
        Ok(Self {
            child,
            said,
            app: address("app"),
            own: address("own"),
            files: address("files"),
            github: address("github"),
            http: reqwest::Client::builder()
                .user_agent("nameplate-e2e")
                .build()?,
            _data: data,
        })
    }

    /// Where it listens itself: another address than [`Self::app`] only behind another server.
    pub fn own(&self) -> &str {
        &self.own
    }

    /// The origin of app and API, as people reach them.
    pub fn app(&self) -> &str {
        &self.app
    }

    /// The origin of READMEs and avatars.
    pub fn files(&self) -> &str {
        &self.files
    }

    /// The origin of the GitHub stand-in.
    pub fn github(&self) -> &str {
        &self.github
    }

    /// What it logged, for a failed story.
    pub fn said(&self) -> String {
        lock(&self.said).clone()
    }

    /// Asks the registry itself, as an anonymous client; status and body.
    pub async fn ask(&self, path: &str) -> Outcome<(u16, Value)> {
        let answer = self.http.get(format!("{}{path}", self.own)).send().await?;
        let status = answer.status().as_u16();
        let body = answer.bytes().await?;
        Ok((status, serde_json::from_slice(&body).unwrap_or(Value::Null)))
    }

    /// Lets the registry's clock run ahead.
    pub async fn let_pass(&self, seconds: u64) -> Outcome<()> {
        self.control("/__clock", json!({"advance_seconds": seconds}))
            .await
    }

    /// Makes it fail from now on: a list of faults as the registry's README describes them.
    pub async fn fail(&self, faults: Value) -> Outcome<()> {
        self.control("/__faults", json!({"faults": faults})).await
    }

    /// Lets it work again.
    pub async fn heal(&self) -> Outcome<()> {
        let answer = self
            .http
            .delete(format!("{}/__faults", self.own))
            .send()
            .await?;
        expect_success("/__faults", answer.status())
    }

    /// The messages in the outbox.
    pub async fn outbox(&self) -> Outcome<Value> {
        let answer = self
            .http
            .get(format!("{}/outbox.json", self.github))
            .send()
            .await?;
        Ok(serde_json::from_slice(&answer.bytes().await?)?)
    }

    async fn control(&self, path: &str, body: Value) -> Outcome<()> {
        let request = self.http.put(format!("{}{path}", self.own));
        let answer = request
            .header("content-type", "application/json")
            .body(body.to_string())
            .send()
            .await?;
        expect_success(path, answer.status())
    }
}

impl Drop for Registry {
    fn drop(&mut self) {
        stop(&mut self.child);
    }
}

fn expect_success(path: &str, status: reqwest::StatusCode) -> Outcome<()> {
    if status.is_success() {
        Ok(())
    } else {
        Err(format!("{path} answered {status}").into())
    }
}

/// What a database was filled with, where it is, and what removes it.
type Seeded = ((&'static str, u32), PathBuf, Scratch);

/// The folder with a database that holds what is wished for, made by the first who asks.
fn seeded(Wish { seed, scale, .. }: Wish) -> Outcome<PathBuf> {
    static SEEDED: Mutex<Vec<Seeded>> = Mutex::new(Vec::new());
    let mut seeded = SEEDED.lock().unwrap_or_else(|broken| broken.into_inner());
    if let Some((_, path, _)) = seeded.iter().find(|(known, ..)| *known == (seed, scale)) {
        return Ok(path.clone());
    }
    let data = Scratch::new("seed")?;
    let path = data.path().to_owned();
    let mut first = Registry::start_in(
        Wish {
            seed,
            scale,
            ..Wish::DEMO
        },
        Scratch::at(&path),
        &dist()?,
        None,
    )?;
    stop(&mut first.child);
    seeded.push(((seed, scale), path.clone(), data));
    Ok(path)
}

/// Asks it to end, so that everything is in the one file, and insists after a while.
fn stop(child: &mut Child) {
    if matches!(child.try_wait(), Ok(Some(_))) {
        return;
    }
    let asked = Command::new("kill")
        .arg("-TERM")
        .arg(child.id().to_string())
        .status();
    if asked.is_ok_and(|status| status.success()) {
        for _ in 0..250 {
            if matches!(child.try_wait(), Ok(Some(_))) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
    let _ = child.kill();
    let _ = child.wait();
}

fn remember(mut stderr: impl Read, said: &Mutex<String>) {
    let mut buffer = [0; 4096];
    while let Ok(count @ 1..) = stderr.read(&mut buffer) {
        let text = String::from_utf8_lossy(buffer.get(..count).unwrap_or_default()).into_owned();
        lock(said).push_str(&text);
    }
}

fn lock(said: &Mutex<String>) -> std::sync::MutexGuard<'_, String> {
    said.lock().unwrap_or_else(|broken| broken.into_inner())
}

fn copy_folder(from: &Path, to: &Path) -> Outcome<()> {
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            std::fs::copy(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
}

fn dist() -> Outcome<PathBuf> {
    from_environment("NAMEPLATE_DIST", "the folder with the built app")
}

fn from_environment(variable: &str, what: &str) -> Outcome<PathBuf> {
    let value = std::env::var_os(variable).filter(|value| !value.is_empty());
    value.map(PathBuf::from).ok_or_else(|| {
        format!("{variable} does not say where {what} is; `cargo xtask test` sets it").into()
    })
}
