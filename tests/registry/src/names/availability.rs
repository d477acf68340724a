//! Asking whether a name is free, and how often one may.
//!
//! The limit is per session, 30 a minute. It lives in memory: a restart forgives, and promises nothing about names.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, PoisonError},
};

use serde::Serialize;

use super::claim::Verdict;
use crate::clock::{SECOND, Timestamp};

/// How many questions a session may ask in [`WINDOW`].
pub const LIMIT: usize = 30;
/// The length of the window the limit counts in.
pub const WINDOW: i64 = 60 * SECOND;

/// Who asked when.
#[derive(Debug, Default)]
pub struct Limiter {
    asked: Mutex<HashMap<String, VecDeque<Timestamp>>>,
}

impl Limiter {
    /// Notes a question of a session, or says from when on the next one is welcome.
    pub fn admit(&self, session: &str, now: Timestamp) -> Result<(), Timestamp> {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = |moment: &Timestamp| *moment <= now && moment.plus(WINDOW) > now;
        if asked.len() > 10_000 {
            asked.retain(|_, moments| moments.iter().any(fresh));
        }
        let moments = asked.entry(session.to_owned()).or_default();
        moments.retain(fresh);
        match moments.front() {
            Some(first) if moments.len() >= LIMIT => Err(first.plus(WINDOW)),
            _ => {
                moments.push_back(now);
                Ok(())
            }
        }
    }
}

/// The answer's `username` object.
#[derive(Debug, Serialize)]
pub struct Availability {
    requested: String,
    canonical: String,
    availability: &'static str,
    detail: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    taken_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    similar_to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    available_at: Option<Timestamp>,
}

impl Availability {
    /// A verdict as it is told.
    pub fn new(requested: String, verdict: &Verdict) -> Self {
        let mut answer = Self {
            canonical: super::canonical(&requested),
            detail: verdict.detail(&requested),
            requested,
            availability: "available",
            taken_by: None,
            similar_to: None,
            available_at: None,
        };
        match verdict {
            Verdict::Available { .. } => {}
            Verdict::Own => answer.availability = "own",
            Verdict::Taken(by) => {
                answer.availability = "taken";
                answer.taken_by = Some(by.clone());
            }
            Verdict::Held(until) => {
                answer.availability = "held";
                answer.available_at = Some(*until);
            }
            Verdict::Reserved => answer.availability = "reserved",
            Verdict::TooSimilar(to) => {
                answer.availability = "too_similar";
                answer.similar_to = Some(to.clone());
            }
            Verdict::Invalid(_) => answer.availability = "invalid",
        }
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_thirty_first_question_waits_for_the_first_to_be_a_minute_old() {
        let limiter = Limiter::default();
        let start = Timestamp(1_000 * SECOND);
        for second in 0..30 {
            assert_eq!(limiter.admit("a", start.plus(second * SECOND)), Ok(()));
        }
        assert_eq!(
            limiter.admit("a", start.plus(31 * SECOND)),
            Err(start.plus(WINDOW))
        );
        assert_eq!(limiter.admit("b", start.plus(31 * SECOND)), Ok(()));
        assert_eq!(limiter.admit("a", start.plus(60 * SECOND)), Ok(()));
        assert!(limiter.admit("a", start.plus(60 * SECOND)).is_err());
    }
}
