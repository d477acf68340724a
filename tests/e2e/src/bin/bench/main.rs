//! How fast the finished app is in Chromium, beside what the wire and the browser would allow.
//!
//! `cargo xtask bench` runs it. Each page is loaded cold, in a browser nobody has used, seven times on this machine as it
//! is and seven times on a slow one, and so is its *floor*: the same page's finished HTML with its CSS and pictures, as
//! static files from the same server. It prints Markdown for `tests/bench.md` and renews the budgets there. Only figures of one
//! run are comparable. With `--budget` it only renews the budgets: bytes and requests, no times.

mod click;
mod endurance;
mod floor;
mod picker;
mod scale;
mod table;

use nameplate_e2e::Outcome;
use nameplate_e2e::budget;
use nameplate_e2e::cold::session::Session;
use nameplate_e2e::cold::{self, PAGES, Profile, load};
use nameplate_e2e::registry::{self, Registry};
use nameplate_e2e::scratch::Scratch;
use serde_json::json;

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
const PICKERS: [Picker; 2] = [
    Picker {
        title: "picker of a rename",
        path: "/settings/username/choose",
        label: "New username",
        name: "tidy-walrus",
        who: "twenty-five",
    },
    Picker {
        title: "picker of a sign-up",
        path: "/signup",
        label: "Username",
        name: "tidy-walrus-by-a-sea",
        who: "crab-newcomer",
    },
];

/// What going to and fro for long is called.
const ENDURANCE: &str = "memory: to and fro";

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
    /// Only the bytes and requests of each page.
    budget: bool,
}

impl Wish {
    fn read() -> Outcome<Self> {
        let mut wish = Self {
            runs: 7,
            only: String::new(),
            budget: false,
        };
        let mut arguments = std::env::args().skip(1);
        while let Some(argument) = arguments.next() {
            if argument == "--budget" {
                wish.budget = true;
                continue;
            }
            let value = arguments.next();
            match (argument.as_str(), value) {
                ("--runs", Some(count)) => {
                    let number = count.parse().ok().filter(|runs| *runs > 0);
                    wish.runs = number.ok_or(format!("--runs {count}: not a number of runs"))?;
                }
                ("--only", Some(part)) => wish.only = part,
                _ => {
                    return Err("usage: bench [--budget | --runs N] [--only PART-OF-A-NAME]".into());
                }
            }
        }
        Ok(wish)
    }

    fn wants(&self, name: &str) -> bool {
        name.contains(&self.only)
    }
}

/// Loads each page once and writes down what it may cost from now on.
async fn renew_budget() -> Outcome<()> {
    let registry = Registry::start(registry::Wish::DEMO)?;
    let mut rows = Vec::new();
    for page in &PAGES {
        eprintln!("{} …", page.name);
        let session = cold::session_of(&registry, page.who).await?;
        let load = load::cold(&registry, page, page.path, Profile::Fast, session.as_ref()).await?;
        rows.push((page.name.to_owned(), load.whole()));
    }
    write_budget(&rows)
}

fn write_budget(rows: &[budget::Row]) -> Outcome<()> {
    let file = budget::file();
    let text = budget::written(&std::fs::read_to_string(&file)?, rows)?;
    std::fs::write(&file, text)?;
    println!("The budgets in tests/bench.md are those of this build now.");
    Ok(())
}

async fn bench(wish: Wish) -> Outcome<()> {
    if wish.budget {
        return renew_budget().await;
    }
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
        let session = cold::session_of(&registry, page.who).await?;
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
    if wish.only.is_empty() {
        let fast = loads.iter().filter(|row| row.profile == Profile::Fast);
        let rows: Vec<budget::Row> = fast
            .filter_map(|row| Some((row.page.to_owned(), row.app.first()?.whole())))
            .collect();
        write_budget(&rows)?;
    }
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

    if scale::PAIRS.iter().any(|pair| wish.wants(pair.name)) {
        let registry = Registry::start(registry::Wish {
            faults: true,
            scale: registry::Wish::EXTREMES,
            ..registry::Wish::DEMO
        })?;
        let slow_api = json!([{"method": "GET", "path": "/api/", "latency_ms": LATENCY_MS}]);
        registry.fail(slow_api).await?;
        let mut rows = Vec::new();
        for pair in scale::PAIRS.iter().filter(|pair| wish.wants(pair.name)) {
            for profile in Profile::ALL {
                eprintln!("{}, {} …", pair.name, profile.name());
                rows.push(scale::compare(&registry, pair, profile, runs).await?);
            }
        }
        println!("{}", table::scale(&rows));
    }
    if wish.wants(ENDURANCE) {
        eprintln!("{ENDURANCE} …");
        let registry = Registry::start(registry::Wish::DEMO)?;
        println!("{}", table::endurance(&endurance::walk(&registry).await?));
    }
    Ok(())
}
