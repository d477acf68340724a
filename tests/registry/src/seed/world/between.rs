//! What lies between people and crates: invitations, tokens, workflows; and stored files.

use crate::seed::calendar::Micros;

/// An invitation to own a crate.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// Name of the crate.
    pub krate: String,
    /// Who is asked.
    pub invitee: i64,
    /// Who asks.
    pub inviter: i64,
    /// When; it holds for 30 days.
    pub at: Micros,
    /// When it ends.
    pub expires_at: Micros,
    /// What the link in the mail holds.
    pub token: String,
}

/// An API token.
#[derive(Clone, Debug)]
pub struct Token {
    /// Its number; known only where it was recorded.
    pub id: Option<i64>,
    /// Whose.
    pub user_id: i64,
    /// What they call it.
    pub name: String,
    /// What programs send. Only its hash is stored.
    pub plain: String,
    /// When it was made.
    pub created_at: Micros,
    /// When it was used last.
    pub last_used_at: Option<Micros>,
    /// When it ends or ended.
    pub expires_at: Option<Micros>,
    /// It was withdrawn.
    pub revoked: bool,
    /// Crate patterns; `None` is all.
    pub crates: Option<Vec<String>>,
    /// Permissions; `None` is all (an old token).
    pub endpoints: Option<Vec<String>>,
}

/// A GitHub or GitLab workflow that may publish a crate.
#[derive(Clone, Debug)]
pub struct Publisher {
    /// Name of the crate.
    pub krate: String,
    /// `github` or `gitlab`.
    pub provider: &'static str,
    /// Owner or group of the repository, and its number where it is known.
    pub namespace: (String, Option<i64>),
    /// The repository.
    pub project: String,
    /// The workflow's file.
    pub workflow: String,
    /// The environment it must run in.
    pub environment: Option<String>,
    /// When it was set up.
    pub created_at: Micros,
}

/// A mail that was "sent" before the registry started.
#[derive(Clone, Debug)]
pub struct Mail {
    /// When.
    pub at: Micros,
    /// `confirm` or `invite`.
    pub kind: &'static str,
    /// The address.
    pub to: String,
    /// The line above it.
    pub subject: String,
    /// The text; `{app}` stands for the app's origin.
    pub body: String,
    /// The path of the app that it leads to.
    pub link: String,
}

/// A stored file of the second origin.
#[derive(Clone, Debug)]
pub struct File {
    /// Path without the leading `/`.
    pub path: String,
    /// MIME type.
    pub content_type: &'static str,
    /// Bytes.
    pub body: Vec<u8>,
}
