//! One ChromeDriver for all tests of a process, ended with the last of them.
//!
//! It listens on a port of its own choosing, so that several test programs can run side by side. `CHROMEDRIVER` and
//! `CHROME` name the programs; otherwise they are looked for in `PATH`.

use crate::Outcome;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, Weak};
use std::time::Duration;

/// A running ChromeDriver; ended when the last holder lets go.
pub struct ChromeDriver {
    child: Mutex<Child>,
    port: u16,
}

static RUNNING: Mutex<Weak<ChromeDriver>> = Mutex::new(Weak::new());

impl ChromeDriver {
    /// The one of this process, started if nobody holds it.
    pub fn shared() -> Outcome<Arc<Self>> {
        let mut running = RUNNING.lock().unwrap_or_else(|broken| broken.into_inner());
        if let Some(driver) = running.upgrade() {
            return Ok(driver);
        }
        let driver = Arc::new(Self::start()?);
        *running = Arc::downgrade(&driver);
        Ok(driver)
    }

    /// Port 0 is one port for IPv6 and the same for IPv4, which somebody else may have: then another is tried.
    fn start() -> Outcome<Self> {
        for _ in 0..4 {
            if let Ok(driver) = Self::start_once() {
                return Ok(driver);
            }
        }
        Self::start_once()
    }

    fn start_once() -> Outcome<Self> {
        let program = program("CHROMEDRIVER", &["chromedriver"])?;
        let mut child = Command::new(&program)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("{} does not start: {error}", program.display()))?;
        let stdout = child.stdout.take().ok_or("ChromeDriver has no output")?;
        let mut lines = BufReader::new(stdout).lines();
        let mut said = String::new();
        for line in lines.by_ref() {
            let line = line?;
            let port = line
                .strip_prefix("ChromeDriver was started successfully on port ")
                .and_then(|rest| rest.trim_end_matches('.').parse().ok());
            if let Some(port) = port {
                // Read on for as long as it lives: a full pipe would stop it.
                std::thread::spawn(move || lines.for_each(drop));
                return Ok(Self {
                    child: Mutex::new(child),
                    port,
                });
            }
            said.push_str(&line);
            said.push('\n');
        }
        let _ = child.wait();
        Err(format!("{} ended at once: {said}", program.display()).into())
    }

    /// Where it takes WebDriver commands.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for ChromeDriver {
    fn drop(&mut self) {
        // Asked to stop, it closes its browsers; killed, it would orphan them.
        let _ = TcpStream::connect(("127.0.0.1", self.port)).and_then(|mut stream| {
            stream.set_read_timeout(Some(Duration::from_secs(5)))?;
            stream.write_all(
                b"GET /shutdown HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            )?;
            std::io::copy(&mut stream, &mut std::io::sink())
        });
        let child = self
            .child
            .get_mut()
            .unwrap_or_else(|broken| broken.into_inner());
        for _ in 0..100 {
            if matches!(child.try_wait(), Ok(Some(_))) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = child.kill();
        let _ = child.wait();
    }
}

/// The browser to drive.
pub fn chrome() -> Outcome<PathBuf> {
    program(
        "CHROME",
        &[
            "chromium",
            "chromium-browser",
            "google-chrome",
            "google-chrome-stable",
        ],
    )
}

fn program(variable: &str, names: &[&str]) -> Outcome<PathBuf> {
    if let Some(path) = std::env::var_os(variable).filter(|value| !value.is_empty()) {
        return Ok(path.into());
    }
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&folders)
        .flat_map(|folder| names.iter().map(move |name| folder.join(name)))
        .find(|candidate| candidate.is_file());
    found.ok_or_else(|| {
        format!(
            "no {} in PATH: install it or say where it is with {variable}",
            names.first().unwrap_or(&"program")
        )
        .into()
    })
}
