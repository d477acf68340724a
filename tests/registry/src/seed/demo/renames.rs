//! The history of usernames in the demonstration: names held, names free again, a name taken back.
//!
//! Dates hang on `now`, because what they mean does: 3 and 29 days ago a name is still held, 31 days ago it is not.

use crate::seed::calendar::{DAY, Micros};
use crate::seed::world::{Rename, RenameKind};

/// Names that belong to nobody, matched by canonical form.
pub const RESERVED: &[&str] = &[
    "admin",
    "rust",
    "crates-io",
    "cargo",
    "rustlang",
    "me",
    "settings",
    "root",
    "support",
    "security",
    "policies",
    "signup",
];

/// All changes, in the order in which they happened to each person. `id` finds a person by username.
#[must_use]
pub fn all(now: Micros, id: &dyn Fn(&str) -> Option<i64>) -> Vec<Rename> {
    let mut renames = vec![];
    let mut change = |username: &str, from: &str, to: &str, days_ago: i64, kind| {
        if let Some(user_id) = id(username) {
            let at = now - days_ago * DAY;
            renames.push(Rename {
                user_id,
                from: from.to_owned(),
                to: to.to_owned(),
                at,
                kind,
            });
        }
    };
    use RenameKind::{Rename as To, Respell, TakeBack};
    change("fresh-moss", "old-moss", "fresh-moss", 3, To);
    change("copper-fox", "amber-fox", "copper-fox", 29, To);
    change("silver-fox", "slate-fox", "silver-fox", 31, To);
    // Left, came back within the time: `far-away` is held from everyone for 20 more days, and there is no second time.
    change("home-again", "home-again", "far-away", 20, To);
    change("home-again", "far-away", "home-again", 10, TakeBack);
    // Only a capital: holds nothing and leaves the 30 days alone.
    change("TidePool", "tidepool", "TidePool", 5, Respell);
    for (nth, (from, to)) in [
        ("manny", "manuela"),
        ("manuela", "m-names"),
        ("m-names", "names-of-manny"),
        ("names-of-manny", "many-names"),
    ]
    .into_iter()
    .enumerate()
    {
        change(
            "many-names",
            from,
            to,
            400 - 100 * i64::try_from(nth).unwrap_or(0),
            To,
        );
    }
    renames
}
