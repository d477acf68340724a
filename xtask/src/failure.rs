//! What goes wrong in a task: one clear sentence for the person at the terminal.
//!
//! A task ends in a sentence and a non-zero exit, never in a panic or a chain of causes; whoever
//! meets an error first knows best what it means here, so it is put into words on the spot.

use std::{fmt, io, path::Path};

/// The result of every step of a task.
pub type Outcome<T = ()> = Result<T, Failure>;

/// One sentence that says what failed and, where it is known, what to do.
#[derive(Debug, PartialEq, Eq)]
pub struct Failure(String);

impl Failure {
    /// A failure told in `sentence`.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Ends the function with a [`Failure`] in the words of `format!`.
#[macro_export]
macro_rules! fail {
    ($($words:tt)*) => {
        return Err($crate::failure::Failure::new(format!($($words)*)))
    };
}

/// Names the file and the deed when a call of the file system fails.
pub trait FileContext<T> {
    /// "Could not {deed} {path}: {cause}."
    fn doing(self, deed: &str, path: &Path) -> Outcome<T>;
}

impl<T> FileContext<T> for io::Result<T> {
    fn doing(self, deed: &str, path: &Path) -> Outcome<T> {
        self.map_err(|cause| Failure::new(format!("Could not {deed} {}: {cause}.", path.display())))
    }
}
