//! From a page to its address.
//!
//! Each page has exactly one spelling, which is what links, the address bar and canonical addresses show. The other
//! direction is `parse`, and a property test holds them against each other.

use std::fmt;

use super::Route;
use super::query::Printer;
use crate::domain::page::VersionSort;
use crate::domain::percent;
use crate::domain::percent::encode_rest;

impl Route {
    /// The address: path and query string, beginning with exactly one `/`.
    pub fn path(&self) -> String {
        let fixed = |path: &str| path.to_owned();
        let one = |base: &str, text: &str| format!("/{base}/{}", encode_segment(text));
        let krate = |name: &str, tab: &str| format!("/crates/{}/{tab}", encode_segment(name));
        let list = |path: String, list| Printer::new(path).list(list).done();
        match self {
            Self::Home => fixed("/"),
            Self::Search(search) => Printer::new(fixed("/search"))
                .text("q", Some(search.q.as_str()).filter(|q| !q.is_empty()))
                .text("all_keywords", search.all_keywords.as_deref())
                .list(search.list)
                .done(),
            Self::Crates { letter, list } => Printer::new(fixed("/crates"))
                .text("letter", letter.as_deref())
                .list(*list)
                .done(),
            Self::Crate { name } => one("crates", name),
            Self::CrateVersion { name, version } => krate(name, &encode_segment(version)),
            Self::CrateVersions { name, sort } => {
                let sort = (*sort != VersionSort::default()).then(|| sort.as_str());
                Printer::new(krate(name, "versions"))
                    .text("sort", sort)
                    .done()
            }
            Self::CrateDependencies { name } => krate(name, "dependencies"),
            Self::Dependencies { name, version } => {
                krate(name, &format!("{}/dependencies", encode_segment(version)))
            }
            Self::Dependents { name, page } => Printer::new(krate(name, "reverse_dependencies"))
                .page(*page)
                .done(),
            Self::CrateRange { name, req } => {
                krate(name, &format!("range/{}", encode_segment(req)))
            }
            Self::CrateDocs { name } => krate(name, "docs"),
            Self::CrateRepo { name } => krate(name, "repo"),
            Self::CrateOwners { name } => krate(name, "owners"),
            Self::CrateSettings { name } => krate(name, "settings"),
            Self::User { username, list: l } => list(one("users", username), *l),
            Self::UserWhich { username } => format!("{}/which", one("users", username)),
            Self::Team { login, list: l } => list(one("teams", login), *l),
            Self::Keywords(tags) => Printer::new(fixed("/keywords")).tags(*tags).done(),
            Self::Keyword { keyword, list: l } => list(one("keywords", keyword), *l),
            Self::Categories(tags) => Printer::new(fixed("/categories")).tags(*tags).done(),
            Self::Category { slug, list: l } => list(one("categories", slug), *l),
            Self::Dashboard => fixed("/dashboard"),
            Self::Me => fixed("/me"),
            Self::MyCrates(l) => list(fixed("/me/crates"), *l),
            Self::Following(l) => list(fixed("/me/following"), *l),
            Self::PendingInvites => fixed("/me/pending-invites"),
            Self::AcceptInvite { token } => one("accept-invite", token),
            Self::ConfirmEmail { token } => one("confirm", token),
            Self::Signup => fixed("/signup"),
            Self::Settings => fixed("/settings"),
            Self::SettingsProfile => fixed("/settings/profile"),
            Self::SettingsTokens => fixed("/settings/tokens"),
            Self::NewToken { from } => {
                let from = from.map(|id| id.0.to_string());
                Printer::new(fixed("/settings/tokens/new"))
                    .text("from", from.as_deref())
                    .done()
            }
            Self::SettingsUsername => fixed("/settings/username"),
            Self::ChooseUsername { name } => Printer::new(fixed("/settings/username/choose"))
                .text("name", name.as_deref())
                .done(),
            Self::ReviewUsername { to } => Printer::new(fixed("/settings/username/review"))
                .text("to", to.as_deref())
                .done(),
            Self::DocsUsernames => fixed("/docs/usernames"),
            Self::Policies => fixed("/policies"),
            Self::Privacy => fixed("/policies/privacy"),
            Self::Support(support) => Printer::new(fixed("/support"))
                .text("inquire", support.inquire.map(super::Inquiry::as_str))
                .text("crate", support.krate.as_deref())
                .text("user", support.user.as_deref())
                .done(),
            Self::Malformed { path, query, .. } | Self::Unknown { path, query } => {
                verbatim(path, query)
            }
        }
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path())
    }
}

/// A name as a segment. Colons stay as they are, since teams and categories are read by them: `github:rust-lang:core`.
fn encode_segment(text: &str) -> String {
    // Every `%` of the text is `%25` by now, so that this sequence can only be a colon.
    percent::encode_segment(text).replace("%3A", ":")
}

/// An address of another's making. Two slashes at its start would name a host, so there is one.
fn verbatim(path: &str, query: &str) -> String {
    let mut address = format!("/{}", encode_rest(path.trim_start_matches('/')));
    if !query.is_empty() {
        address.push('?');
        address.push_str(&encode_rest(query));
    }
    address
}
