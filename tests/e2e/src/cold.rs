//! Cold loads of the pages that matter most: what they cost, in a browser nobody has used.
//!
//! The bench measures their times, the budget their bytes.

pub mod load;
pub mod probe;
pub mod session;

use crate::Outcome;
use crate::registry::Registry;
use session::Session;

/// A page that is loaded cold.
pub struct Page {
    /// What it is called in the table.
    pub name: &'static str,
    /// Its address.
    pub path: &'static str,
    /// Its content is ready when both of these show text.
    pub heading: &'static str,
    /// The first list entry, the README's text, or the first field's label.
    pub content: &'static str,
    /// The GitHub identity that looks at it; nobody when empty.
    pub who: &'static str,
}

/// The pages; a new one needs no more than a line here.
pub const PAGES: [Page; 4] = [
    Page {
        name: "`/users/{u}`, 25 crates",
        path: "/users/twenty-five",
        heading: "main h1",
        content: "main h3 a",
        who: "",
    },
    Page {
        name: "`/crates/{c}`, 300 versions, README of 60 kB",
        path: "/crates/many-versions",
        heading: "main h1",
        content: ".readme__body p",
        who: "",
    },
    Page {
        name: "`/settings`, signed in",
        path: "/settings",
        heading: "main h1",
        content: "main form label",
        who: "ferris",
    },
    Page {
        name: "`/signup`",
        path: "/signup",
        heading: "main h1",
        content: "main form label",
        who: "crab-newcomer",
    },
];

/// What the machine and the network are like.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// As they are.
    Fast,
    /// CPU four times slower, 1.6 Mbit/s down, 150 ms for each request.
    Slow,
}

impl Profile {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Fast, Self::Slow];

    /// Its name in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fast => "fast",
            Self::Slow => "slow",
        }
    }
}

/// The session of whoever looks at a page; nobody's when `who` is empty.
pub async fn session_of(registry: &Registry, who: &str) -> Outcome<Option<Session>> {
    if who.is_empty() {
        return Ok(None);
    }
    Ok(Some(Session::begin(registry, who).await?))
}
