//! A real nginx in front of the registry, with the configuration that `cargo xtask delivery nginx` makes.
//!
//! It serves a copy of the built app, so that a story can put a new release into its place. `NGINX` and `NGINX_BROTLI` name
//! the program and its module for precompressed brotli, `NAMEPLATE_XTASK` the program that makes the configuration.

use crate::Outcome;
use crate::scratch::Scratch;
use std::cell::Cell;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::{Duration, Instant};

/// How long it may take to listen, or to serve another release.
const PATIENCE: Duration = Duration::from_secs(10);

/// A running nginx; stopped when dropped.
pub struct Nginx {
    child: Child,
    folder: Scratch,
    port: u16,
    api: String,
    files: String,
    release: Cell<u32>,
}

/// A port that nobody listens at just now, and that no system gives to whoever asks for any.
pub fn free_port() -> Outcome<u16> {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    // Two test programs side by side begin at different places.
    let start = u16::try_from(std::process::id() % 900).unwrap_or_default() * 10;
    for _ in 0..1000 {
        let port = 20_000 + (start + NEXT.fetch_add(1, Ordering::Relaxed)) % 10_000;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return Ok(port);
        }
    }
    Err("no free port between 20000 and 30000".into())
}

impl Nginx {
    /// Starts one at a port, in front of a server at `api`; `files` is the origin of READMEs and avatars.
    pub fn start(port: u16, api: &str, files: &str) -> Outcome<Self> {
        let folder = Scratch::new("nginx")?;
        for temporary in ["body", "proxy", "fastcgi", "uwsgi", "scgi"] {
            std::fs::create_dir_all(folder.path().join(temporary))?;
        }
        let program = program()?;
        let dist = std::env::var_os("NAMEPLATE_DIST")
            .ok_or("NAMEPLATE_DIST does not say where the built app is")?;
        let root = folder.path().join("release-0");
        copy(Path::new(&dist), &root)?;
        std::fs::write(root.join("release.txt"), "0")?;
        configure(folder.path(), &root, port, api, files)?;
        let child = Command::new(&program)
            .arg("-p")
            .arg(folder.path())
            .arg("-c")
            .arg(folder.path().join("nginx.conf"))
            .arg("-e")
            .arg(folder.path().join("error.log"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("{} does not start: {error}", program.display()))?;
        let mut nginx = Self {
            child,
            folder,
            port,
            api: api.to_owned(),
            files: files.to_owned(),
            release: Cell::new(0),
        };
        let start = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            if start.elapsed() > PATIENCE || matches!(nginx.child.try_wait(), Ok(Some(_))) {
                return Err(format!("nginx does not listen: {}", nginx.said()).into());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(nginx)
    }

    /// Where people reach it.
    pub fn origin(&self) -> String {
        origin(self.port)
    }

    /// The folder it serves now.
    pub fn root(&self) -> PathBuf {
        self.folder
            .path()
            .join(format!("release-{}", self.release.get()))
    }

    /// What it complained about.
    pub fn said(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("error.log")).unwrap_or_default()
    }

    /// Puts another release into the place of the present one, which `change` makes of a copy of it; the old one is gone.
    pub async fn release(&self, change: impl FnOnce(&Path) -> Outcome<()>) -> Outcome<()> {
        let number = self.release.get() + 1;
        let root = self.folder.path().join(format!("release-{number}"));
        copy(&self.root(), &root)?;
        change(&root)?;
        std::fs::write(root.join("release.txt"), number.to_string())?;
        configure(self.folder.path(), &root, self.port, &self.api, &self.files)?;
        signal(&self.child, "-HUP")?;
        let start = Instant::now();
        let http = reqwest::Client::new();
        loop {
            let answer = http.get(format!("{}/release.txt", self.origin())).send();
            let served = match answer.await {
                Ok(answer) => answer.text().await.unwrap_or_default(),
                Err(_) => String::new(),
            };
            if served == number.to_string() {
                break;
            }
            if start.elapsed() > PATIENCE {
                return Err(
                    format!("nginx does not serve the new release: {}", self.said()).into(),
                );
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        std::fs::remove_dir_all(self.root())?;
        self.release.set(number);
        Ok(())
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        if signal(&self.child, "-TERM").is_ok() {
            for _ in 0..250 {
                if matches!(self.child.try_wait(), Ok(Some(_))) {
                    return;
                }
                std::thread::sleep(Duration::from_millis(20));
            }
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The address of a port.
pub fn origin(port: u16) -> String {
    format!("http://127.0.0.1:{port}")
}

fn signal(child: &Child, signal: &str) -> Outcome<()> {
    let id = child.id().to_string();
    let told = Command::new("kill").args([signal, &id]).status()?;
    if told.success() {
        Ok(())
    } else {
        Err(format!("nginx ({id}) cannot be told {signal}").into())
    }
}

/// Writes `nginx.conf` around the configuration that people would use.
fn configure(folder: &Path, root: &Path, port: u16, api: &str, files: &str) -> Outcome<()> {
    let xtask = match std::env::var_os("NAMEPLATE_XTASK").filter(|value| !value.is_empty()) {
        Some(program) => PathBuf::from(program),
        None => return Err("NAMEPLATE_XTASK does not name the program of `cargo xtask`; `cargo xtask test` sets it".into()),
    };
    let made = Command::new(xtask)
        .args(["delivery", "nginx", "--brotli", "--api", api])
        .args(["--file-host", files, "--server-name", "127.0.0.1"])
        .args(["--listen", &format!("127.0.0.1:{port}")])
        .arg("--dist")
        .arg(root)
        // Cargo tells a test where the test's package is; the program looks for its own.
        .env_remove("CARGO_MANIFEST_DIR")
        .output()?;
    if !made.status.success() {
        return Err(String::from_utf8_lossy(&made.stderr).into_owned().into());
    }
    std::fs::write(folder.join("site.conf"), made.stdout)?;
    let load = match brotli_module()? {
        Some(module) => format!("load_module \"{}\";\n", module.display()),
        None => String::new(),
    };
    let main = format!(
        "{load}daemon off;\nworker_processes 1;\npid nginx.pid;\nerror_log error.log;\nevents {{}}\nhttp {{\n    access_log off;\n    \
         client_body_temp_path body;\n    proxy_temp_path proxy;\n    fastcgi_temp_path fastcgi;\n    uwsgi_temp_path uwsgi;\n    \
         scgi_temp_path scgi;\n    include site.conf;\n}}\n"
    );
    Ok(std::fs::write(folder.join("nginx.conf"), main)?)
}

fn program() -> Outcome<PathBuf> {
    if let Some(path) = std::env::var_os("NGINX").filter(|value| !value.is_empty()) {
        return Ok(path.into());
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path)
        .chain([PathBuf::from("/usr/sbin")])
        .map(|folder| folder.join("nginx"))
        .find(|candidate| candidate.is_file());
    found.ok_or_else(|| "no nginx in PATH: install it or say where it is with NGINX".into())
}

/// The module's file; nothing when it is part of the program.
fn brotli_module() -> Outcome<Option<PathBuf>> {
    match std::env::var_os("NGINX_BROTLI").map(PathBuf::from) {
        Some(path) if path.as_os_str().is_empty() => Ok(None),
        Some(path) => Ok(Some(path)),
        None => {
            let debian = PathBuf::from("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so");
            if debian.is_file() {
                Ok(Some(debian))
            } else {
                Err("no brotli module for nginx: say where it is with NGINX_BROTLI, or set that to nothing when it is built in".into())
            }
        }
    }
}

fn copy(from: &Path, to: &Path) -> Outcome<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
