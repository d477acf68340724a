//! From an address to the page it means.
//!
//! Takes any text, since anybody can type one: segments are compared before they are decoded, so that an encoded `/`
//! stays part of a name. The other direction is `print`.

use super::Route;
use super::query::{Pairs, Unreadable};
use crate::domain::page::VersionSort;
use crate::domain::percent::{decode_segment, encode_rest};
use crate::domain::token::TokenId;

impl Route {
    /// Reads a path (`location.pathname`) and a query string (`location.search`, with or without its `?`), both still
    /// percent-encoded. A slash at the end of the path is forgiven, and so are more `?` than one before the query: were
    /// one of them kept, the address of the route would be read as another route.
    pub fn parse(path: &str, query: &str) -> Self {
        // `?` can stand in a path only by mistake of the caller; it must not become part of a name.
        let path = format!(
            "/{}",
            encode_rest(path.trim_start_matches('/')).replace('?', "%3F")
        );
        let query = encode_rest(query.trim_start_matches('?'));
        let inner = path.strip_prefix('/').unwrap_or(&path);
        let inner = inner.strip_suffix('/').unwrap_or(inner);
        let segments: Vec<&str> = inner.split('/').collect();
        match page(&segments, &Pairs::parse(&query)) {
            Ok(Some(route)) => route,
            Ok(None) => Self::Unknown { path, query },
            Err((parameter, value)) => Self::Malformed {
                path,
                query,
                parameter,
                value,
            },
        }
    }

    /// Reads an address of this app: path, query string, and a fragment that is dropped. Text that names another host
    /// is read as a path like any other, so that what comes out always stays here.
    pub fn parse_address(address: &str) -> Self {
        let (address, _fragment) = address.split_once('#').unwrap_or((address, ""));
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        Self::parse(path, query)
    }
}

fn page(segments: &[&str], query: &Pairs) -> Result<Option<Route>, Unreadable> {
    if segments.len() > 1 && segments.iter().any(|segment| segment.is_empty()) {
        return Ok(None);
    }
    Ok(Some(match segments {
        [""] => Route::Home,
        ["search"] => Route::Search(query.search()?),
        ["crates"] => Route::Crates {
            letter: query.text("letter"),
            list: query.list()?,
        },
        ["crates", name, rest @ ..] => return krate(decode_segment(name), rest, query),
        ["users", username] => Route::User {
            username: decode_segment(username),
            list: query.list()?,
        },
        ["users", username, "which"] => Route::UserWhich {
            username: decode_segment(username),
        },
        ["teams", login] => Route::Team {
            login: decode_segment(login),
            list: query.list()?,
        },
        ["keywords"] => Route::Keywords(query.tags()?),
        ["keywords", keyword] => Route::Keyword {
            keyword: decode_segment(keyword),
            list: query.list()?,
        },
        ["categories"] => Route::Categories(query.tags()?),
        ["categories", slug] => Route::Category {
            slug: decode_segment(slug),
            list: query.list()?,
        },
        ["dashboard"] => Route::Dashboard,
        ["me"] => Route::Me,
        ["me", "crates"] => Route::MyCrates(query.list()?),
        ["me", "following"] => Route::Following(query.list()?),
        ["me", "pending-invites"] => Route::PendingInvites,
        ["accept-invite", token] => Route::AcceptInvite {
            token: decode_segment(token),
        },
        ["confirm", token] => Route::ConfirmEmail {
            token: decode_segment(token),
        },
        ["signup"] => Route::Signup,
        ["settings", rest @ ..] => return settings(rest, query),
        ["docs", "usernames"] => Route::DocsUsernames,
        ["policies"] => Route::Policies,
        ["policies", "privacy"] => Route::Privacy,
        ["support"] => Route::Support(query.support()?),
        _ => return Ok(None),
    }))
}

fn krate(name: String, rest: &[&str], query: &Pairs) -> Result<Option<Route>, Unreadable> {
    Ok(Some(match rest {
        [] => Route::Crate { name },
        ["versions"] => Route::CrateVersions {
            name,
            sort: query.read("sort", VersionSort::parse)?.unwrap_or_default(),
        },
        ["dependencies"] => Route::CrateDependencies { name },
        ["reverse_dependencies"] => Route::Dependents {
            name,
            page: query.page()?,
        },
        ["range", req] => Route::CrateRange {
            name,
            req: decode_segment(req),
        },
        ["docs"] => Route::CrateDocs { name },
        ["repo"] => Route::CrateRepo { name },
        ["owners"] => Route::CrateOwners { name },
        ["settings"] => Route::CrateSettings { name },
        [version] if is_version(version) => Route::CrateVersion {
            name,
            version: decode_segment(version),
        },
        [version, "dependencies"] if is_version(version) => Route::Dependencies {
            name,
            version: decode_segment(version),
        },
        _ => return Ok(None),
    }))
}

/// Every version number starts with a digit, no page of a crate does.
fn is_version(segment: &str) -> bool {
    segment.starts_with(|c: char| c.is_ascii_digit())
}

fn settings(rest: &[&str], query: &Pairs) -> Result<Option<Route>, Unreadable> {
    Ok(Some(match rest {
        [] => Route::Settings,
        ["profile"] => Route::SettingsProfile,
        ["tokens"] => Route::SettingsTokens,
        ["tokens", "new"] => Route::NewToken {
            from: query.read("from", |text| text.parse().ok().map(TokenId))?,
        },
        ["username"] => Route::SettingsUsername,
        ["username", "choose"] => Route::ChooseUsername {
            name: query.text("name"),
        },
        ["username", "review"] => Route::ReviewUsername {
            to: query.text("to"),
        },
        _ => return Ok(None),
    }))
}
