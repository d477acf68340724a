//! The browser's clock. The app corrects it by the server's `Date` before it shows anything (contract, "Time").

use crate::domain::time::Timestamp;

/// What this computer takes for now.
pub fn now() -> Timestamp {
    Timestamp::from_millis(js_sys::Date::now() as i64)
}
