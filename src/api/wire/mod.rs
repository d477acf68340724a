//! The shapes of the API's JSON, and how they become what the app knows.
//!
//! Read generously: unknown keys are ignored, and of what may be missing everything may; a moment that cannot be read
//! counts as missing. What a thing cannot be without (an id, a name) makes the answer malformed. The wire's word `login`
//! ends here. Nothing outside `api` sees these types, and nothing here knows of addresses.

mod catalog;
mod crates;
mod dependencies;
mod names;
mod owners;
mod requests;
mod session;
mod tokens;
mod users;
mod versions;

pub(super) use catalog::{
    CategoriesBody, CategoryBody, KeywordBody, KeywordsBody, SiteBody, SummaryBody, TeamBody,
};
pub(super) use crates::{CrateBody, CratesBody, FollowingBody};
pub(super) use dependencies::{
    CrateDownloadsBody, DependenciesBody, DependentsBody, VersionDownloadsBody,
};
pub(super) use names::AvailabilityBody;
pub(super) use owners::{AnsweredBody, InvitationsBody, OwnersBody, OwnersChangedBody};
pub(super) use requests::{
    UserChange, authorize_request, invitation_request, owners_request, signup_request,
    token_request, user_request,
};
pub(super) use session::{AuthorizedBody, BegunBody, MeBody, SignupBody};
pub(super) use tokens::{CreatedTokenBody, TokenBody, TokensBody};
pub(super) use users::{StatsBody, UserBody};
pub(super) use versions::{ReadmeBody, UpdatesBody, VersionBody, VersionsBody};

use miniserde::Deserialize;
use miniserde::de::Visitor;

pub(super) use crate::api::json::decode;
use crate::domain::page::PageLink;
use crate::domain::time::Timestamp;
use crate::domain::username::Username;

/// JSON of the right shape that says something no server may say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Malformed;

/// The text of an answer's top-level `errors`; `None` when it has none. Anything but `null` under that name counts.
pub(super) fn errors(body: &str) -> Option<String> {
    // Most answers are long and have no such key; they are not read twice.
    if !body.contains("\"errors\"") {
        return None;
    }
    let envelope: Envelope = decode(body)?;
    envelope.errors?;
    let details: Option<Details> = decode(body);
    let texts = details
        .into_iter()
        .flat_map(|details| details.errors)
        .filter_map(|error| error.detail);
    Some(texts.collect::<Vec<_>>().join(" "))
}

#[derive(Deserialize)]
struct Envelope {
    errors: Option<Anything>,
}

/// Whatever stands there, read over.
struct Anything;

impl Deserialize for Anything {
    fn begin(out: &mut Option<Self>) -> &mut dyn Visitor {
        *out = Some(Self);
        <dyn Visitor>::ignore()
    }
}

#[derive(Deserialize)]
struct Details {
    errors: Vec<Detail>,
}

#[derive(Deserialize)]
struct Detail {
    detail: Option<String>,
}

/// An answer that says no more than that something was done: `{"ok":true}`, `{}`.
#[derive(Deserialize)]
pub(super) struct Done {}

/// Links and total below a list. `total` is missing where the server does not count.
#[derive(Deserialize)]
struct Meta {
    total: Option<u64>,
    next_page: Option<String>,
    prev_page: Option<String>,
}

fn username(text: &str) -> Result<Username, Malformed> {
    Username::parse(text).map_err(|_| Malformed)
}

fn moment(text: Option<String>) -> Option<Timestamp> {
    Timestamp::parse_rfc3339(&text?)
}

fn link(text: Option<String>) -> Option<PageLink> {
    PageLink::parse(&text?)
}

/// Text that says something; blank text is as good as none.
fn said(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}

/// Turns each of a list, or none.
fn each<W, D: TryFrom<W, Error = Malformed>>(list: Vec<W>) -> Result<Vec<D>, Malformed> {
    list.into_iter().map(D::try_from).collect()
}
