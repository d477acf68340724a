//! One at a time: tasks that would write the same files wait for each other.

use crate::failure::{FileContext, Outcome};
use std::{
    fs::{self, File, TryLockError},
    path::Path,
};

/// Holds the lock file until the result is dropped; `deed` says what another holder is doing.
/// The system gives the lock back when a holder dies, so none is ever left behind.
pub fn hold(path: &Path, deed: &str) -> Outcome<File> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).doing("create", folder)?;
    }
    let file = File::create(path).doing("create", path)?;
    match file.try_lock() {
        Ok(()) => return Ok(file),
        Err(TryLockError::WouldBlock) => println!("Another xtask is {deed}; waiting for it."),
        Err(TryLockError::Error(cause)) => return Err(cause).doing("lock", path),
    }
    file.lock().doing("lock", path)?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::hold;
    use std::{fs, sync::mpsc, thread, time::Duration};

    #[test]
    fn the_second_waits_until_the_first_is_done() {
        let path = std::env::temp_dir().join(format!("nameplate-lock-{}", std::process::id()));
        let first = hold(&path, "testing").expect("the lock");
        let (sender, receiver) = mpsc::channel();
        let second = thread::spawn({
            let path = path.clone();
            move || {
                let held = hold(&path, "testing");
                let _ = sender.send(());
                held.map(drop)
            }
        });
        assert!(
            receiver.recv_timeout(Duration::from_millis(200)).is_err(),
            "it did not wait"
        );
        drop(first);
        assert!(
            receiver.recv_timeout(Duration::from_secs(10)).is_ok(),
            "it waits for ever"
        );
        assert_eq!(second.join().expect("no panic"), Ok(()));
        fs::remove_file(&path).expect("removed");
    }
}
