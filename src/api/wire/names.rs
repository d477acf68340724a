//! The answer to whether a username can be had (contract, "Availability").
//!
//! A kind this version does not know makes the answer malformed, because nothing true could be said of it.

use super::moment;
use crate::api::json::Json;
use crate::domain::availability::Verdict;
use crate::domain::username::Username;

/// `GET /api/private/usernames/{username}`
pub(in crate::api) fn verdict(json: &Json<'_>) -> Option<Verdict> {
    let json = json.object("username")?;
    let name = |key| Username::parse(&json.maybe_text(key)?).ok();
    Some(match json.text("availability").as_str() {
        "available" => Verdict::Available,
        "own" => Verdict::Own,
        "taken" => Verdict::Taken {
            by: name("taken_by"),
        },
        "held" => Verdict::Held {
            until: moment(&json, "available_at"),
        },
        "reserved" => Verdict::Reserved,
        "too_similar" => Verdict::TooSimilar {
            to: name("similar_to"),
        },
        "invalid" => Verdict::Invalid {
            detail: json.said("detail"),
        },
        _ => return None,
    })
}
