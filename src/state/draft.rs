//! What somebody had typed when their session turned out to be over, so that the form holds it again once they are back.
//!
//! It lives in this tab only, is read once, and is given to nobody but the account that typed it.

use crate::browser::storage::{self, Key};
use crate::domain::user::UserId;

/// Keeps what `id` had typed.
pub fn keep(key: Key, id: UserId, text: &str) {
    storage::write(key, &format!("{}\n{text}", id.0));
}

/// What `id` had typed, if that was kept. Somebody else's is thrown away.
pub fn take(key: Key, id: UserId) -> Option<String> {
    let kept = storage::take(key)?;
    let (whose, text) = kept.split_once('\n')?;
    (whose == id.0.to_string()).then(|| text.to_owned())
}
