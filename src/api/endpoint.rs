//! The addresses of the API: the only place that spells them.
//!
//! An [`Endpoint`] can only be made here, from typed parts, each encoded by construction, so that no text of anybody's
//! becomes more of an address than its place in it. It must not know what is sent or answered.

use super::crate_query::{CrateFilter, CrateQuery};
use crate::domain::owner::GitHubLogin;
use crate::domain::page::{PageLink, PageNumber, TagSort, VersionSort};
use crate::domain::percent::{encode_segment, encode_value};
use crate::domain::token::TokenId;
use crate::domain::user::UserId;
use crate::domain::username::{CanonicalUsername, Username};

/// An address of the API, or of a file of the registry on another origin.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Endpoint(String);

/// Tokens that expired within so many days are still listed.
const EXPIRED_DAYS: u32 = 30;

impl Endpoint {
    /// The address: a path and query string on the app's own origin, or the full address of a file on another.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is on the app's own origin, where the session cookie belongs.
    pub fn is_own_origin(&self) -> bool {
        self.0.starts_with('/')
    }

    /// A file of the registry on another origin, by the address the server gave; `None` for what is no web address.
    pub(super) fn file(address: &str) -> Option<Self> {
        let web = address.starts_with("https://") || address.starts_with("http://");
        let plain = address.bytes().all(|b| b.is_ascii_graphic());
        (web && plain).then(|| Self(address.to_owned()))
    }

    /// The rendered README of a version below `cdn_base`.
    pub(super) fn readme_file(cdn_base: &str, krate: &str, version: &str) -> Option<Self> {
        let name = encode_segment(krate);
        let file = encode_segment(&format!("{krate}-{version}"));
        Self::file(&format!(
            "{}/readmes/{name}/{file}.html",
            cdn_base.trim_end_matches('/')
        ))
    }

    pub(super) fn user(name: &str) -> Self {
        path("/api/v1/users", &[name]).raw("include", "linked_accounts")
    }

    pub(super) fn user_by_github_login(login: &GitHubLogin) -> Self {
        Self::user(&format!("github:{login}"))
    }

    pub(super) fn user_by_crates_io_username(username: &Username) -> Self {
        Self::user(&format!("crates.io:{username}"))
    }

    /// Asked only to learn whether there is such a user.
    pub(super) fn user_existence(username: &CanonicalUsername) -> Self {
        path("/api/v1/users", &[username.as_str()])
    }

    /// What the signed-in user changes about themselves.
    pub(super) fn user_record(id: UserId) -> Self {
        Self(format!("/api/v1/users/{}", id.0))
    }

    pub(super) fn user_stats(id: UserId) -> Self {
        Self(format!("/api/v1/users/{}/stats", id.0))
    }

    pub(super) fn resend_confirmation(id: UserId) -> Self {
        Self(format!("/api/v1/users/{}/resend", id.0))
    }

    pub(super) fn confirm_email(token: &str) -> Self {
        path("/api/v1/confirm", &[token])
    }

    pub(super) fn availability(username: &CanonicalUsername) -> Self {
        path("/api/private/usernames", &[username.as_str()])
    }

    pub(super) fn crates(query: &CrateQuery) -> Self {
        let base = Self("/api/v1/crates".to_owned());
        let filtered = match &query.filter {
            CrateFilter::All => base,
            CrateFilter::Letter(letter) => base.with("letter", letter),
            CrateFilter::User(id) => base.number("user_id", id.0),
            CrateFilter::Team(id) => base.number("team_id", id.0),
            CrateFilter::Keyword(keyword) => base.with("keyword", keyword),
            CrateFilter::Category(slug) => base.with("category", slug),
            CrateFilter::Following => base.raw("following", "1"),
            CrateFilter::Named(names) => names
                .iter()
                .fold(base, |address, name| address.with("ids[]", name)),
            CrateFilter::Search(search) => {
                let base = base.with_some("category", search.category.as_deref());
                let base = match search.keywords.as_slice() {
                    [] => base,
                    [one] => base.with("keyword", one),
                    several => base.with("all_keywords", &several.join(" ")),
                };
                base.with_some("q", Some(search.q.as_str()).filter(|q| !q.is_empty()))
            }
        };
        filtered
            .page(query.page, query.per_page)
            .raw("sort", query.sort.as_str())
    }

    /// Another page of a list of crates.
    pub(super) fn more_crates(link: &PageLink) -> Self {
        Self(format!("/api/v1/crates{}", link.as_str()))
    }

    /// A crate with all that its page shows.
    pub(super) fn krate(name: &str) -> Self {
        path("/api/v1/crates", &[name])
            .raw("include", "keywords,categories,downloads,default_version")
    }

    /// A crate without versions, keywords, categories and recent downloads: the cheapest answer.
    pub(super) fn bare_crate(name: &str) -> Self {
        path("/api/v1/crates", &[name]).raw("include", "")
    }

    pub(super) fn owners(krate: &str) -> Self {
        crate_part(krate, "owners")
    }

    pub(super) fn versions(krate: &str, sort: VersionSort, per_page: u32) -> Self {
        crate_part(krate, "versions")
            .number("per_page", per_page.into())
            .raw("include", "release_tracks")
            .raw("sort", sort.as_str())
    }

    /// Every version in one answer, which can be large.
    pub(super) fn all_versions(krate: &str) -> Self {
        crate_part(krate, "versions")
    }

    /// Another page of a list of versions.
    pub(super) fn more_versions(krate: &str, link: &PageLink) -> Self {
        let Self(list) = crate_part(krate, "versions");
        Self(format!("{list}{}", link.as_str()))
    }

    pub(super) fn version(krate: &str, version: &str) -> Self {
        path("/api/v1/crates", &[krate, version])
    }

    pub(super) fn version_downloads(krate: &str, version: &str) -> Self {
        version_part(krate, version, "downloads")
    }

    pub(super) fn dependencies(krate: &str, version: &str) -> Self {
        version_part(krate, version, "dependencies")
    }

    pub(super) fn readme(krate: &str, version: &str) -> Self {
        version_part(krate, version, "readme")
    }

    pub(super) fn yank(krate: &str, version: &str) -> Self {
        version_part(krate, version, "yank")
    }

    pub(super) fn unyank(krate: &str, version: &str) -> Self {
        version_part(krate, version, "unyank")
    }

    pub(super) fn crate_downloads(krate: &str) -> Self {
        crate_part(krate, "downloads").raw("include", "versions")
    }

    pub(super) fn dependents(krate: &str, page: PageNumber, per_page: u32) -> Self {
        crate_part(krate, "reverse_dependencies").page(page, per_page)
    }

    pub(super) fn following(krate: &str) -> Self {
        crate_part(krate, "following")
    }

    pub(super) fn follow(krate: &str) -> Self {
        crate_part(krate, "follow")
    }

    pub(super) fn team(login: &str) -> Self {
        path("/api/v1/teams", &[login])
    }

    pub(super) fn keywords(sort: TagSort, page: PageNumber, per_page: u32) -> Self {
        Self("/api/v1/keywords".to_owned())
            .raw("sort", sort.as_str())
            .page(page, per_page)
    }

    pub(super) fn keyword(keyword: &str) -> Self {
        path("/api/v1/keywords", &[keyword])
    }

    pub(super) fn categories(sort: TagSort, page: PageNumber, per_page: u32) -> Self {
        Self("/api/v1/categories".to_owned())
            .raw("sort", sort.as_str())
            .page(page, per_page)
    }

    pub(super) fn category(slug: &str) -> Self {
        path("/api/v1/categories", &[slug])
    }

    pub(super) fn summary() -> Self {
        Self("/api/v1/summary".to_owned())
    }

    pub(super) fn site_metadata() -> Self {
        Self("/api/v1/site_metadata".to_owned())
    }

    pub(super) fn me() -> Self {
        Self("/api/v1/me".to_owned())
    }

    pub(super) fn updates(page: PageNumber) -> Self {
        Self("/api/v1/me/updates".to_owned()).number("page", page.get().into())
    }

    pub(super) fn begin_session() -> Self {
        Self("/api/private/session/begin".to_owned())
    }

    pub(super) fn authorize_session() -> Self {
        Self("/api/private/session/authorize".to_owned())
    }

    pub(super) fn session() -> Self {
        Self("/api/private/session".to_owned())
    }

    pub(super) fn signup() -> Self {
        Self("/api/private/session/signup".to_owned())
    }

    pub(super) fn invitations_of(invitee: UserId) -> Self {
        Self("/api/private/crate_owner_invitations".to_owned()).number("invitee_id", invitee.0)
    }

    pub(super) fn invitations_to(krate: &str) -> Self {
        Self("/api/private/crate_owner_invitations".to_owned()).with("crate_name", krate)
    }

    /// Another page of a list of invitations.
    pub(super) fn more_invitations(link: &PageLink) -> Self {
        Self(format!(
            "/api/private/crate_owner_invitations{}",
            link.as_str()
        ))
    }

    pub(super) fn invitation(crate_id: i64) -> Self {
        Self(format!("/api/v1/me/crate_owner_invitations/{crate_id}"))
    }

    pub(super) fn invitation_by_token(token: &str) -> Self {
        path("/api/v1/me/crate_owner_invitations/accept", &[token])
    }

    pub(super) fn tokens() -> Self {
        Self::new_token().number("expired_days", EXPIRED_DAYS.into())
    }

    pub(super) fn new_token() -> Self {
        Self("/api/v1/me/tokens".to_owned())
    }

    pub(super) fn token(id: TokenId) -> Self {
        Self(format!("/api/v1/me/tokens/{}", id.0))
    }

    /// Adds a parameter whose value is spelled here and needs no encoding.
    fn raw(mut self, name: &str, value: &str) -> Self {
        self.0.push(if self.0.contains('?') { '&' } else { '?' });
        self.0.push_str(name);
        self.0.push('=');
        self.0.push_str(value);
        self
    }

    fn with(self, name: &str, value: &str) -> Self {
        self.raw(name, &encode_value(value))
    }

    fn with_some(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    fn number(self, name: &str, value: i64) -> Self {
        self.raw(name, &value.to_string())
    }

    fn page(self, page: PageNumber, per_page: u32) -> Self {
        self.number("page", page.get().into())
            .number("per_page", per_page.into())
    }
}

fn path(base: &str, segments: &[&str]) -> Endpoint {
    let mut address = base.to_owned();
    for segment in segments {
        address.push('/');
        address.push_str(&encode_segment(segment));
    }
    Endpoint(address)
}

fn crate_part(krate: &str, part: &str) -> Endpoint {
    Endpoint(format!("/api/v1/crates/{}/{part}", encode_segment(krate)))
}

fn version_part(krate: &str, version: &str, part: &str) -> Endpoint {
    let (krate, version) = (encode_segment(krate), encode_segment(version));
    Endpoint(format!("/api/v1/crates/{krate}/{version}/{part}"))
}
