//! `cargo xtask serve`: the app and the embedded registry on one origin, until Ctrl-C.
//!
//! What can go wrong for a reason of the caller's (a taken port, a file that cannot be written) is
//! looked at before anything is built, because a build takes minutes.

mod options;
mod running;

use crate::{
    app, fail,
    failure::{FileContext, Outcome},
    process, test, workspace,
};
use options::Options;
use running::{Running, Stop};
use std::{
    fs,
    fs::OpenOptions,
    io::{BufRead, BufReader, ErrorKind, Read},
    net::{Ipv4Addr, TcpListener},
    path::{Path, PathBuf},
    process::{ChildStdout, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, SystemTime},
};

/// How long the registry may take to fill a new database and listen.
const START: Duration = Duration::from_secs(300);

/// Pages of the demonstration data that show what this is about.
const WORTH_OPENING: [(&str, &str); 3] = [
    (
        "/users/carols10cents",
        "someone whose GitHub username is another one",
    ),
    ("/crates/six-hands", "a crate with six owners"),
    (
        "/crates/readme-kitchen-sink",
        "a README with everything in it",
    ),
];

/// Serves as `arguments` say and returns when told to stop.
pub fn run(arguments: &[String]) -> Outcome {
    let options = Options::parse(arguments)?;
    free_ports(options.port)?;
    prepare_data(&options.data, options.fresh)?;
    if !options.dev {
        app::release()?;
    }
    test::build_registry()?;

    let stop = Stop::on_signal()?;
    let watcher = if options.dev {
        Some(first_development_build(&stop)?)
    } else {
        None
    };
    let dist = if options.dev {
        workspace::dev_dist()
    } else {
        workspace::dist()
    };
    let registry = start_registry(&options, &dist, &stop)?;
    registry.announce(options.is_demonstration());
    let mut page = last_change(&dist);
    loop {
        if stop.within(Duration::from_millis(200)) {
            println!("Stopping.");
            return Ok(());
        }
        if let Some(status) = registry.program.ended() {
            fail!("The registry stopped by itself ({status}); what it said last stands above.");
        }
        if let Some(status) = watcher.as_ref().and_then(Running::ended) {
            fail!("Trunk stopped by itself ({status}); what it said last stands above.");
        }
        // The registry reads the files, and the hashes of what stands inline, at each request.
        let now = last_change(&dist);
        if options.dev && now.is_some() && now != page {
            page = now;
            println!("Rebuilt; reload the page.");
        }
    }
}

/// A registry that listens, with the addresses it told.
struct Registry {
    program: Running,
    app: String,
    github: Option<String>,
}

impl Registry {
    fn announce(&self, demonstration: bool) {
        println!("\nnameplate is at {}/", self.app);
        for (path, what) in WORTH_OPENING.iter().filter(|_| demonstration) {
            println!("  {}{path}  {what}", self.app);
        }
        if let Some(github) = &self.github {
            println!("  {github}/outbox  the e-mails the stand-in would have sent");
        }
        println!("Ctrl-C stops it.");
    }
}

fn start_registry(options: &Options, dist: &Path, stop: &Stop) -> Outcome<Registry> {
    let mut command = process::command(workspace::release_program("nameplate-registry"));
    command
        .args(["--port", &options.port.to_string(), "--data"])
        .arg(&options.data)
        .arg("--dist")
        .arg(dist)
        .args(&options.passed_on)
        .stdout(Stdio::piped());
    let mut program = Running::start(command, "start the registry")?;
    let Some(stdout) = program.take_stdout() else {
        fail!("The registry's output cannot be read.");
    };
    let first = first_line(stdout);
    let mut waited = Duration::ZERO;
    let pause = Duration::from_millis(50);
    loop {
        match first.recv_timeout(pause) {
            Ok(line) => {
                let Some((app, github)) = told(&line) else {
                    fail!("The registry began with `{line}` instead of its addresses.");
                };
                return Ok(Registry {
                    program,
                    app,
                    github,
                });
            }
            Err(mpsc::RecvTimeoutError::Disconnected) => {
                let status = program
                    .wait()
                    .map_or_else(|| "unknown".to_owned(), |status| status.to_string());
                fail!("The registry did not start ({status}); what it said stands above.");
            }
            Err(mpsc::RecvTimeoutError::Timeout) => waited += pause,
        }
        if stop.within(Duration::ZERO) {
            fail!("Stopped before the registry had started.");
        }
        if waited > START {
            fail!(
                "The registry said nothing for {} s; it was stopped.",
                START.as_secs()
            );
        }
    }
}

/// Hands over the first line, then keeps reading so that the program never waits for us.
fn first_line(stdout: ChildStdout) -> mpsc::Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut reader = BufReader::new(stdout);
        let mut line = String::new();
        if reader.read_line(&mut line).is_ok_and(|length| length > 0) {
            let _ = sender.send(line.trim_end().to_owned());
        }
        drop(sender);
        let _ = std::io::copy(&mut reader, &mut std::io::stderr());
    });
    receiver
}

/// The app's and the GitHub stand-in's addresses in the registry's first line.
fn told(line: &str) -> Option<(String, Option<String>)> {
    let line: serde_json::Value = serde_json::from_str(line).ok()?;
    let address = |name: &str| Some(line.get(name)?.as_str()?.trim_end_matches('/').to_owned());
    Some((address("app")?, address("github")))
}

/// Starts Trunk's watch and waits until its first build stands.
fn first_development_build(stop: &Stop) -> Outcome<Running> {
    let dist = workspace::dev_dist();
    let before = last_change(&dist);
    println!("Building the app into {} (development).", dist.display());
    let trunk = Running::start(app::watching()?, "start trunk")?;
    loop {
        if last_change(&dist).is_some_and(|now| Some(now) != before) {
            return Ok(trunk);
        }
        if let Some(status) = trunk.ended() {
            fail!("Trunk stopped before the app was built ({status}).");
        }
        if stop.within(Duration::from_millis(200)) {
            fail!("Stopped before the app was built.");
        }
    }
}

fn last_change(dist: &Path) -> Option<SystemTime> {
    fs::metadata(dist.join("index.html")).ok()?.modified().ok()
}

/// The app's port and the two after it, where the registry puts its other origins.
fn free_ports(port: u16) -> Outcome {
    if port == 0 {
        return Ok(());
    }
    for (offset, what) in [
        (0, "the app"),
        (1, "the registry's files"),
        (2, "the GitHub stand-in"),
    ] {
        let Some(number) = port.checked_add(offset) else {
            fail!("--port {port} is too high: three ports from there on are needed.");
        };
        match TcpListener::bind((Ipv4Addr::LOCALHOST, number)) {
            Ok(_) => {}
            Err(cause) if cause.kind() == ErrorKind::AddrInUse => {
                fail!(
                    "Port {number} (for {what}) is taken by another program; stop that one or choose another with --port."
                )
            }
            Err(cause) => fail!(
                "Port {number} (for {what}) cannot be used: {cause}; choose another with --port."
            ),
        }
    }
    Ok(())
}

/// Sees that the database can be written, and begins it anew where that was asked for.
fn prepare_data(data: &Path, fresh: bool) -> Outcome {
    if let Some(folder) = data
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        fs::create_dir_all(folder).doing("create the folder for the data file in", folder)?;
    }
    if data.is_dir() {
        fail!("--data {} is a folder; name a file in it.", data.display());
    }
    if data.exists() && !is_database(data)? {
        fail!(
            "--data {} exists and is not an SQLite database; name another file.",
            data.display()
        );
    }
    if fresh {
        for suffix in ["", "-wal", "-shm", "-journal"] {
            let file = beside(data, suffix);
            match fs::remove_file(&file) {
                Err(cause) if cause.kind() != ErrorKind::NotFound => {
                    return Err(cause).doing("remove the old data", &file);
                }
                _ => {}
            }
        }
    }
    let existed = data.exists();
    OpenOptions::new()
        .append(true)
        .create(true)
        .open(data)
        .doing("write the data file", data)?;
    if !existed {
        fs::remove_file(data).doing("write the data file", data)?;
    }
    Ok(())
}

/// An SQLite file, or an empty one, which SQLite takes for a new database.
fn is_database(file: &Path) -> Outcome<bool> {
    const MAGIC: &[u8] = b"SQLite format 3\0";
    let mut start = Vec::new();
    fs::File::open(file)
        .and_then(|file| file.take(MAGIC.len() as u64).read_to_end(&mut start))
        .doing("read the data file", file)?;
    Ok(start.is_empty() || start == MAGIC)
}

fn beside(data: &Path, suffix: &str) -> PathBuf {
    let mut name = data.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_told_before_anything_is_built() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let port = taken.local_addr().expect("an address").port();
        let failure = free_ports(port).expect_err("taken").to_string();
        assert!(
            failure.starts_with(&format!("Port {port} (for the app) is taken")),
            "{failure}"
        );
    }

    #[test]
    fn port_zero_is_any_port_and_the_last_ones_are_too_high() {
        assert_eq!(free_ports(0), Ok(()));
        assert!(free_ports(u16::MAX).is_err());
    }

    #[test]
    fn the_registry_s_first_line_tells_the_addresses() {
        let line = r#"{"app":"http://127.0.0.1:8080","files":"http://127.0.0.1:8081","github":"http://localhost:8082"}"#;
        let expected = (
            "http://127.0.0.1:8080".to_owned(),
            Some("http://localhost:8082".to_owned()),
        );
        assert_eq!(told(line), Some(expected));
        assert_eq!(told("listening"), None);
        assert_eq!(told("{}"), None);
    }

    #[test]
    fn fresh_data_goes_only_where_there_was_a_database() {
        let folder = std::env::temp_dir().join(format!("nameplate-data-{}", std::process::id()));
        let data = folder.join("deep/registry.sqlite3");
        assert_eq!(prepare_data(&data, false), Ok(()));
        assert!(!data.exists(), "looking leaves nothing behind");

        fs::write(&data, b"SQLite format 3\0...").expect("a file");
        fs::write(beside(&data, "-wal"), b"...").expect("a file");
        assert_eq!(prepare_data(&data, false), Ok(()));
        assert!(data.exists(), "kept between starts");
        assert_eq!(prepare_data(&data, true), Ok(()));
        assert!(!data.exists() && !beside(&data, "-wal").exists());

        fs::write(&data, "my thesis").expect("a file");
        assert!(prepare_data(&data, true).is_err());
        assert_eq!(fs::read_to_string(&data).expect("still there"), "my thesis");
        fs::remove_dir_all(&folder).expect("removed");
    }
}
