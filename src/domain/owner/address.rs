//! Owner specifications out of pasted addresses: a profile of any registry (`…/users/{name}`), a GitHub profile, a
//! GitHub team.
//!
//! Registries run under many hosts, so a path `/users/{name}` is read whatever the host; only github.com means GitHub.
//! This must not follow an address, nor keep anything of it but the name.

use super::{OwnerError, OwnerSpecification};
use crate::domain::percent::decode_segment;

/// First parts of GitHub addresses that are pages of GitHub's own and no accounts.
const GITHUB_PAGES: [&str; 12] = [
    "about",
    "apps",
    "enterprise",
    "explore",
    "features",
    "issues",
    "login",
    "marketplace",
    "pulls",
    "search",
    "settings",
    "sponsors",
];

/// Reads an address, or a path on this registry.
pub(super) fn parse(text: &str) -> Result<OwnerSpecification, OwnerError> {
    let (host, path) = host_and_path(text).ok_or(OwnerError::NotAProfile)?;
    let decoded: Vec<String> = path
        .split('/')
        .filter(|part| !part.is_empty())
        .map(decode_segment)
        .collect();
    let parts: Vec<&str> = decoded.iter().map(String::as_str).collect();
    if host.is_some_and(is_github) {
        return on_github(&parts);
    }
    match parts.as_slice() {
        ["users", name] | ["users", name, "which"] => profile(name),
        ["teams", name] => match OwnerSpecification::parse_name(name)? {
            team @ OwnerSpecification::Team { .. } => Ok(team),
            _ => Err(OwnerError::NotAProfile),
        },
        _ => Err(OwnerError::NotAProfile),
    }
}

/// The `{name}` of `/users/{name}`: a crates.io username, or the prefixed look-up.
fn profile(name: &str) -> Result<OwnerSpecification, OwnerError> {
    match OwnerSpecification::parse_name(name)? {
        // A profile's address means the crates.io username and nothing else.
        OwnerSpecification::Unqualified(username) => Ok(OwnerSpecification::CratesIo(username)),
        OwnerSpecification::Team { .. } => Err(OwnerError::NotAProfile),
        qualified => Ok(qualified),
    }
}

fn on_github(parts: &[&str]) -> Result<OwnerSpecification, OwnerError> {
    let not_a_page = |login: &str| {
        !GITHUB_PAGES
            .iter()
            .any(|page| page.eq_ignore_ascii_case(login))
    };
    match parts {
        ["orgs", organization, "teams", team, ..] => OwnerSpecification::team(organization, team),
        [login] if not_a_page(login) => super::GitHubLogin::parse(login)
            .map(OwnerSpecification::GitHub)
            .ok_or(OwnerError::GitHubLogin),
        // Two parts are a repository; to take its owner would be a guess.
        _ => Err(OwnerError::NotAProfile),
    }
}

/// Splits `https://host:port/path?query#fragment`, with or without scheme, or a bare `/path`. `None` for other schemes
/// and for addresses with a password, which are never profiles.
fn host_and_path(text: &str) -> Option<(Option<&str>, &str)> {
    let end = text.find(['?', '#']).unwrap_or(text.len());
    let text = text.get(..end)?;
    let rest = match text.split_once("://") {
        Some((scheme, rest))
            if ["http", "https"]
                .iter()
                .any(|s| s.eq_ignore_ascii_case(scheme)) =>
        {
            rest
        }
        Some(_) => return None,
        None if text.starts_with("//") => return None,
        None if text.starts_with('/') => return Some((None, text)),
        None => text,
    };
    let (authority, path) = rest.split_once('/')?;
    let host = authority.split(':').next()?;
    let is_host = !host.is_empty()
        && !authority.contains('@')
        && host
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
    is_host.then_some((Some(host), path))
}

fn is_github(host: &str) -> bool {
    ["github.com", "www.github.com"]
        .iter()
        .any(|github| github.eq_ignore_ascii_case(host))
}
