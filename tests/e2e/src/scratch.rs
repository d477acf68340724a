//! Folders that live as long as their owner: browser profiles, copies of databases.
//!
//! Every test must start from nothing and leave nothing; a folder shared by two tests would let one decide the other.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// A fresh empty folder below the system's temporary one, removed when dropped.
pub struct Scratch {
    path: PathBuf,
    is_ours: bool,
}

impl Scratch {
    /// Makes the folder; `purpose` is part of its name, so that a leftover can be told apart.
    pub fn new(purpose: &str) -> std::io::Result<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!(
            "nameplate-{purpose}-{}-{number}",
            std::process::id()
        ));
        std::fs::create_dir_all(&path)?;
        Ok(Self {
            path,
            is_ours: true,
        })
    }

    /// A folder that somebody else made and will remove; dropping this one leaves it alone.
    pub fn at(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            is_ours: false,
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if !self.is_ours {
            return;
        }
        // A browser may still be writing its last file; what stays behind is in the temporary folder anyway.
        for _ in 0..20 {
            if std::fs::remove_dir_all(&self.path).is_ok() || !self.path.exists() {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(25));
        }
    }
}
