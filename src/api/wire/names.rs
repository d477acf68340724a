//! The answer to whether a username can be had (contract, "Availability").
//!
//! A kind this version does not know makes the answer malformed, because nothing true could be said of it.

use miniserde::Deserialize;

use super::{Malformed, moment, said};
use crate::domain::availability::Verdict;
use crate::domain::username::Username;

/// `GET /api/private/usernames/{username}`
#[derive(Deserialize)]
pub(in crate::api) struct AvailabilityBody {
    username: WireAvailability,
}

#[derive(Deserialize)]
struct WireAvailability {
    availability: String,
    detail: Option<String>,
    taken_by: Option<String>,
    similar_to: Option<String>,
    available_at: Option<String>,
}

impl TryFrom<AvailabilityBody> for Verdict {
    type Error = Malformed;

    fn try_from(body: AvailabilityBody) -> Result<Self, Malformed> {
        let wire = body.username;
        let name = |text: Option<String>| Username::parse(&text?).ok();
        Ok(match wire.availability.as_str() {
            "available" => Self::Available,
            "own" => Self::Own,
            "taken" => Self::Taken {
                by: name(wire.taken_by),
            },
            "held" => Self::Held {
                until: moment(wire.available_at),
            },
            "reserved" => Self::Reserved,
            "too_similar" => Self::TooSimilar {
                to: name(wire.similar_to),
            },
            "invalid" => Self::Invalid {
                detail: said(wire.detail),
            },
            _ => return Err(Malformed),
        })
    }
}
