//! What one running registry is: its level, its files, its addresses and its switches.
//!
//! Plain data, made by the command line or by a test. Knows nothing of how any of it is done.

use std::path::PathBuf;

use crate::seed::Seed;

/// How much of the contract the server has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Exactly what was recorded.
    August,
    /// `August` and what crates.io has merged since: linked accounts and qualified owner names.
    September,
    /// Everything of the contract.
    Full,
}

impl std::str::FromStr for Level {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "august" => Ok(Self::August),
            "september" => Ok(Self::September),
            "full" => Ok(Self::Full),
            other => Err(format!(
                "`{other}` is not a level: august, september or full"
            )),
        }
    }
}

/// Settings that crates.io's server has too and that change answers; the recordings' variants use them.
#[derive(Clone, Debug, Default)]
pub struct Variant {
    /// Writes answer 503 and `site_metadata` says so.
    pub read_only: bool,
    /// `banner_message` of `site_metadata`.
    pub banner: Option<String>,
    /// Errors of `GET /api/v1/crates` answer 200 with an `errors` body (crates.io's default).
    pub adjust_all: bool,
    /// Sign-up is not asked for: unknown GitHub accounts get an account at once.
    pub sign_up_off: bool,
    /// Creating tokens answers 503 with this text.
    pub token_creation_disabled: Option<String>,
    /// A path that answers 503.
    pub blocked_route: Option<String>,
    /// A User-Agent that is turned away.
    pub blocked_user_agent: Option<String>,
    /// `cdn_base` instead of the registry's own file host.
    pub cdn_base: Option<String>,
    /// The OAuth application's id in GitHub's address.
    pub client_id: Option<String>,
    /// How many yanks may come at once; `None` as crates.io has it.
    pub yank_burst: Option<i64>,
}

/// Everything a registry is started with.
#[derive(Clone, Debug)]
pub struct Config {
    /// Port of the app and its API; 0 = any.
    pub port: u16,
    /// Port of the file host; 0 = any.
    pub files_port: u16,
    /// Port of the GitHub stand-in; 0 = any.
    pub github_port: u16,
    /// The SQLite file.
    pub data: PathBuf,
    /// The app's built files; without them only the API is served.
    pub dist: Option<PathBuf>,
    /// How much of the contract to have.
    pub level: Level,
    /// Whether `/__clock` exists.
    pub clock: bool,
    /// Whether `/__faults` exists.
    pub faults: bool,
    /// What a new database is filled with.
    pub seed: Seed,
    /// Number of generated crates beside the seed.
    pub scale: Option<u32>,
    /// Another server that `/api` is passed on to.
    pub api: Option<String>,
    /// Whether that server's GitHub application returns to this origin, so that one can sign in.
    pub api_sign_in: bool,
    /// Where people reach the app and its API, when another server stands in front.
    pub origin: Option<String>,
    /// Settings of crates.io's server.
    pub variant: Variant,
}

impl Config {
    /// A registry on free ports, with everything tests switch on.
    pub fn for_tests(data: PathBuf, seed: Seed) -> Self {
        Self {
            port: 0,
            files_port: 0,
            github_port: 0,
            data,
            dist: None,
            level: Level::Full,
            clock: true,
            faults: true,
            seed,
            scale: None,
            api: None,
            api_sign_in: false,
            origin: None,
            variant: Variant::default(),
        }
    }
}
