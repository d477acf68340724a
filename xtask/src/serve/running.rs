//! Programs that run beside us and are never left behind.
//!
//! Each stands in a process group of its own, so that Ctrl-C reaches only us and we stop the
//! programs, with what they have started, in a known order and politely.

use crate::failure::{Failure, Outcome};
use std::{
    process::{Child, ChildStdout, Command, ExitStatus},
    sync::{Mutex, PoisonError, mpsc},
    thread,
    time::{Duration, Instant},
};

/// How long a program may take to finish what it is doing before it is killed.
const PATIENCE: Duration = Duration::from_secs(10);

/// A program that is stopped when this is dropped.
pub struct Running {
    child: Mutex<Child>,
}

impl Running {
    /// Starts `command`; `deed` completes "Could not …".
    pub fn start(mut command: Command, deed: &str) -> Outcome<Self> {
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        match command.spawn() {
            Ok(child) => Ok(Self {
                child: Mutex::new(child),
            }),
            Err(cause) => Err(Failure::new(format!("Could not {deed}: {cause}."))),
        }
    }

    /// The program's standard output, once, where it is piped.
    pub fn take_stdout(&mut self) -> Option<ChildStdout> {
        self.with(|child| child.stdout.take())
    }

    /// How the program ended, if it has.
    pub fn ended(&self) -> Option<ExitStatus> {
        self.with(|child| child.try_wait().ok().flatten())
    }

    /// Waits for the end of a program that is about to end.
    pub fn wait(&mut self) -> Option<ExitStatus> {
        self.with(|child| child.wait().ok())
    }

    fn with<T>(&self, act: impl FnOnce(&mut Child) -> T) -> T {
        act(&mut self.child.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if self.ended().is_some() {
            return;
        }
        let asked = Instant::now();
        if cfg!(unix) {
            let group = format!("-{}", self.with(|child| child.id()));
            let _ = Command::new("kill").args(["-TERM", "--", &group]).status();
            while asked.elapsed() < PATIENCE {
                if self.ended().is_some() {
                    return;
                }
                thread::sleep(Duration::from_millis(20));
            }
        }
        let _ = self.with(|child| child.kill().and_then(|()| child.wait()));
    }
}

/// Ctrl-C, or a polite request to end.
pub struct Stop {
    told: mpsc::Receiver<()>,
}

impl Stop {
    /// From now on such a signal ends nothing by itself but is told here.
    pub fn on_signal() -> Outcome<Self> {
        let (sender, told) = mpsc::channel();
        ctrlc::set_handler(move || {
            let _ = sender.send(());
        })
        .map_err(|cause| Failure::new(format!("Could not listen for Ctrl-C: {cause}.")))?;
        Ok(Self { told })
    }

    /// Whether we are told to stop within `time`.
    pub fn within(&self, time: Duration) -> bool {
        self.told.recv_timeout(time).is_ok()
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::process::Stdio;

    #[test]
    fn a_program_and_what_it_started_end_with_us() {
        let mut shell = Command::new("sh");
        shell
            .args(["-c", "sleep 60 & echo $!; wait"])
            .stdout(Stdio::piped());
        let mut running = Running::start(shell, "start a shell").expect("started");
        let mut stdout = std::io::BufReader::new(running.take_stdout().expect("piped"));
        let mut line = String::new();
        std::io::BufRead::read_line(&mut stdout, &mut line).expect("a line");
        let grandchild = line.trim().to_owned();
        let alive = || {
            Command::new("kill")
                .args(["-0", &grandchild])
                .stderr(Stdio::null())
                .status()
                .expect("kill")
                .success()
        };
        assert!(alive());
        drop(running);
        // Whoever adopts the orphan may take a moment to bury it.
        let asked = Instant::now();
        while alive() && asked.elapsed() < Duration::from_secs(5) {
            thread::sleep(Duration::from_millis(20));
        }
        assert!(!alive());
    }
}
