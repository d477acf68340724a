//! The registry under load, in a process of its own, and what it costs.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    time::Duration,
};

use crate::{Failure, Wishes};

/// The registry, in a process that ends with this value.
pub struct Server {
    child: Child,
    pub app: String,
}

impl Server {
    pub fn start(wishes: &Wishes) -> Result<Self, Failure> {
        let program = std::env::current_exe()?.with_file_name(format!(
            "nameplate-registry{}",
            std::env::consts::EXE_SUFFIX
        ));
        let mut child = Command::new(&program)
            .args([
                "--port",
                "0",
                "--seed",
                "demo",
                "--scale",
                &wishes.crates.to_string(),
                "--data",
            ])
            .arg(&wishes.data)
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{} does not start: {error}", program.display()))?;
        let mut line = String::new();
        if let Some(stdout) = child.stdout.take() {
            BufReader::new(stdout).read_line(&mut line)?;
        }
        let origins: serde_json::Value =
            serde_json::from_str(&line).map_err(|_| "the registry did not start")?;
        let app = origins["app"]
            .as_str()
            .unwrap_or_default()
            .trim_start_matches("http://")
            .to_owned();
        Ok(Self { child, app })
    }

    /// How long it has kept a processor busy.
    pub fn processor_time(&self) -> Option<Duration> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).ok()?;
        // After the name in brackets: user time is the 12th field, system time the 13th, in hundredths of a second.
        let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
        let ticks: u64 =
            fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?;
        Some(Duration::from_millis(ticks * 10))
    }

    /// The most memory it has ever had, in KiB.
    pub fn peak_memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))?
            .trim()
            .trim_end_matches(" kB")
            .parse()
            .ok()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
