//! The shapes of the API's JSON, and how they become what the app knows.
//!
//! Read generously: unknown keys are ignored, and of what may be missing everything may; a moment that cannot be read
//! counts as missing. What a thing cannot be without (an id, a name) makes the answer malformed, and so does what is of another
//! kind than the contract says. The wire's word `login` ends here. Nothing here knows of addresses.

pub(super) mod catalog;
pub(super) mod crates;
pub(super) mod dependencies;
pub(super) mod names;
pub(super) mod owners;
mod requests;
pub(super) mod session;
pub(super) mod tokens;
pub(super) mod users;
pub(super) mod versions;

pub(super) use requests::{
    UserChange, authorize_request, invitation_request, owners_request, signup_request,
    token_request, user_request,
};

use crate::api::json::{Document, Json};
use crate::domain::page::{Page, PageLink};
use crate::domain::time::Timestamp;
use crate::domain::username::Username;

/// The text of an answer's top-level `errors`; `None` when it has none. Anything but `null` under that name counts.
pub(super) fn errors(body: &str) -> Option<String> {
    // Most answers are long and have no such key; they are not read twice.
    if !body.contains("\"errors\"") {
        return None;
    }
    let document = Document::parse(body)?;
    document.read(|json| json.has("errors").then_some(()))?;
    let details = document.read(|json| {
        let errors = json.objects("errors")?;
        let details = errors.iter().filter_map(|error| error.maybe_text("detail"));
        Some(details.collect::<Vec<_>>().join(" "))
    });
    Some(details.unwrap_or_default())
}

/// A page of a list that stands under `key`.
fn page<T>(json: &Json<'_>, key: &str, read: fn(&Json<'_>) -> Option<T>) -> Option<Page<T>> {
    page_of(json, json.each(key, read)?)
}

/// A page of these items, with the links and the total below them. `total` is missing where the server does not count.
fn page_of<T>(json: &Json<'_>, items: Vec<T>) -> Option<Page<T>> {
    let meta = json.object("meta")?;
    Some(Page {
        items,
        total: meta.maybe_number("total").unwrap_or_default(),
        next: link(&meta, "next_page"),
        prev: link(&meta, "prev_page"),
    })
}

fn username(json: &Json<'_>, key: &str) -> Option<Username> {
    Username::parse(&json.text(key)).ok()
}

fn moment(json: &Json<'_>, key: &str) -> Option<Timestamp> {
    Timestamp::parse_rfc3339(&json.maybe_text(key)?)
}

fn link(json: &Json<'_>, key: &str) -> Option<PageLink> {
    PageLink::parse(&json.maybe_text(key)?)
}
