//! Who is looking: nobody known yet, a guest, somebody half-way through signing up, or a user.
//!
//! One enum, because every page asks the same question and two flags could contradict each other. It must not know how
//! one signs in.

use super::time::Timestamp;
use super::user::Viewer;

/// Who is looking.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Session {
    /// The server was not asked yet, or has not answered. Neither "Log in" nor a name may be shown.
    #[default]
    Unknown,
    /// Nobody is signed in.
    Guest,
    /// GitHub said who it is; a username is still to be chosen. To everything but the sign-up this is a guest.
    SigningUp(PendingSignup),
    /// This user is signed in.
    LoggedIn(Viewer),
}

/// A sign-up that GitHub has authenticated and that waits for its username (`GET /api/private/session/signup`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingSignup {
    /// The GitHub login, as GitHub spells it. Mostly, but not surely, a well-formed username.
    pub github_login: String,
    /// The display name at GitHub.
    pub name: Option<String>,
    /// The e-mail address that GitHub told.
    pub email: Option<String>,
    /// When the server forgets it; `None`: it does not say, but 30 minutes after GitHub's answer at the latest.
    pub expires_at: Option<Timestamp>,
}

/// What the server made of a return from GitHub (`POST /api/private/session/authorize`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Authorized {
    /// A known account: signed in.
    SignedIn(Box<Viewer>),
    /// An account nobody has used here: a sign-up is pending, and whoever was signed in before no longer is.
    SignupRequired,
}

/// The way to GitHub and back (`POST /api/private/session/begin`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoginStart {
    /// Where the person authenticates; another origin.
    pub url: String,
    /// What GitHub has to hand back unchanged.
    pub state: String,
}

impl Session {
    /// The signed-in user, if there is one.
    pub fn viewer(&self) -> Option<&Viewer> {
        match self {
            Self::LoggedIn(viewer) => Some(viewer),
            Self::Unknown | Self::Guest | Self::SigningUp(_) => None,
        }
    }

    /// Whether it is known who is looking.
    pub fn is_known(&self) -> bool {
        !matches!(self, Self::Unknown)
    }
}
