//! How fast the finished app is in Chromium, beside what the wire and the browser would allow.
//!
//! `cargo xtask bench` runs it. Each page is loaded cold, in a browser nobody has used, seven times on this machine as it
//! is and seven times on a slow one, and so is its *floor*: the same page's finished HTML with its CSS and pictures, as
//! static files from the same server. It prints Markdown for `tests/bench.md`. Only figures of one run are comparable.

mod click;
mod floor;
mod load;
mod picker;
mod probe;
mod session;
mod table;

use nameplate_e2e::Outcome;
use nameplate_e2e::registry::{self, Registry};
use nameplate_e2e::scratch::Scratch;
use serde_json::json;
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

/// A way inside the app.
pub struct Click {
    /// What it is called in the table.
    pub name: &'static str,
    /// Where it begins.
    pub from: &'static str,
    /// The accessible name of the link that is followed.
    pub link: &'static str,
    /// The other page's heading, as text.
    pub heading: &'static str,
    /// Its first list entry.
    pub content: &'static str,
}

/// The pages; a new one needs no more than a line here.
const PAGES: [Page; 4] = [
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

/// A username picker into which a free name is typed.
pub struct Picker {
    /// What it is called in the table.
    pub title: &'static str,
    /// Its page.
    pub path: &'static str,
    /// Its field.
    pub label: &'static str,
    /// The name that is typed.
    pub name: &'static str,
    /// The GitHub identity that types.
    pub who: &'static str,
}

/// The pickers.
const PICKERS: [Picker; 1] = [Picker {
    title: "picker of a rename",
    path: "/settings/username/choose",
    label: "New username",
    name: "tidy-walrus",
    who: "twenty-five",
}];

/// The ways inside the app.
const CLICKS: [Click; 1] = [Click {
    name: "crate page to user page",
    from: "/crates/crabshell",
    link: "carols10cents",
    heading: "carols10cents",
    content: "main h3 a",
}];

/// The API answers after so many milliseconds.
const LATENCY_MS: u64 = 50;

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

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let outcome = match (Wish::read(), runtime) {
        (Ok(wish), Ok(runtime)) => runtime.block_on(bench(wish)),
        (Err(failure), _) => Err(failure),
        (_, Err(error)) => Err(error.into()),
    };
    if let Err(failure) = outcome {
        eprintln!("{failure}");
        std::process::exit(1);
    }
}

/// What is to be measured, and how often.
struct Wish {
    runs: usize,
    only: String,
}

impl Wish {
    fn read() -> Outcome<Self> {
        let mut wish = Self {
            runs: 7,
            only: String::new(),
        };
        let mut arguments = std::env::args().skip(1);
        while let Some(argument) = arguments.next() {
            let value = arguments.next();
            match (argument.as_str(), value) {
                ("--runs", Some(count)) => {
                    let number = count.parse().ok().filter(|runs| *runs > 0);
                    wish.runs = number.ok_or(format!("--runs {count}: not a number of runs"))?;
                }
                ("--only", Some(part)) => wish.only = part,
                _ => return Err("usage: bench [--runs N] [--only PART-OF-A-NAME]".into()),
            }
        }
        Ok(wish)
    }

    fn wants(&self, name: &str) -> bool {
        name.contains(&self.only)
    }
}

async fn bench(wish: Wish) -> Outcome<()> {
    let runs = wish.runs;
    let dist = Scratch::new("dist")?;
    floor::copy_dist(dist.path())?;
    let registry = Registry::start_with_dist(
        registry::Wish {
            faults: true,
            ..registry::Wish::DEMO
        },
        dist.path(),
    )?;
    let slow_api = json!([{"method": "GET", "path": "/api/", "latency_ms": LATENCY_MS}]);
    registry.fail(slow_api).await?;

    println!("{}", table::preamble(runs, LATENCY_MS));
    let mut loads = Vec::new();
    for page in PAGES.iter().filter(|page| wish.wants(page.name)) {
        eprintln!("{} …", page.name);
        let session = session_of(&registry, page.who).await?;
        let session = session.as_ref();
        let floor_path = floor::make(&registry, page, session, dist.path()).await?;
        for profile in Profile::ALL {
            let mut row = load::Row {
                page: page.name,
                profile,
                app: Vec::new(),
                floor: Vec::new(),
            };
            // Taken in turn, so that a busy moment of the machine falls on both.
            for _ in 0..runs {
                row.app
                    .push(load::cold(&registry, page, page.path, profile, session).await?);
                row.floor
                    .push(load::cold(&registry, page, &floor_path, profile, session).await?);
            }
            loads.push(row);
        }
    }
    println!("{}", table::bytes(&loads));
    for profile in Profile::ALL {
        println!("{}", table::times(&loads, profile));
    }

    let mut clicks = Vec::new();
    for click in CLICKS.iter().filter(|click| wish.wants(click.name)) {
        for profile in Profile::ALL {
            for is_hovered in [false, true] {
                eprintln!("{}, {} …", click.name, profile.name());
                let mut row = click::Row {
                    name: click.name,
                    profile,
                    is_hovered,
                    taken: Vec::new(),
                };
                for _ in 0..runs {
                    row.taken
                        .push(click::follow(&registry, click, profile, is_hovered).await?);
                }
                clicks.push(row);
            }
        }
    }
    println!("{}", table::clicks(&clicks));

    let mut picked = Vec::new();
    for one in PICKERS.iter().filter(|one| wish.wants(one.title)) {
        let session = Session::begin(&registry, one.who).await?;
        for profile in Profile::ALL {
            eprintln!("{}, {} …", one.title, profile.name());
            let mut row = picker::Row {
                name: one.title,
                profile,
                taken: Vec::new(),
            };
            for _ in 0..runs {
                row.taken
                    .push(picker::check(&registry, one, &session, profile).await?);
            }
            picked.push(row);
        }
    }
    println!("{}", table::pickers(&picked));
    Ok(())
}

async fn session_of(registry: &Registry, who: &str) -> Outcome<Option<Session>> {
    if who.is_empty() {
        return Ok(None);
    }
    Ok(Some(Session::begin(registry, who).await?))
}
