//! What the server says about itself.
//!
//! Asked for once a visit: where files are, and what everybody should be told. It must not know what was dismissed.

/// The site (`GET /api/v1/site_metadata`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteMetadata {
    /// Where crate files and READMEs are, without a slash at the end; another origin.
    pub cdn_base: Option<String>,
    /// Whether nothing can be changed at present.
    pub read_only: bool,
    /// What everybody should be told: text, never markup.
    pub banner_message: Option<String>,
    /// The commit the server was built from.
    pub commit: Option<String>,
}
