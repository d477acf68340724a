//! Faults on demand, for tests: what should go wrong, where, how often.
//!
//! Exists only when the server was started with `--faults`. Knows paths and methods, not what they mean.

use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

/// When a connection is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Drop {
    /// Before anything is done.
    Before,
    /// After the work is done, before it is answered.
    After,
}

/// What is wrong with an answer's body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// Half of it, then the connection is cut.
    Truncated,
    /// Text that is no JSON, called JSON.
    NotJson,
    /// The error page of a proxy.
    Html,
}

/// One thing that goes wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// The method it is for; any when absent.
    #[serde(default)]
    pub method: Option<String>,
    /// A path and everything below it; or, with `*` (characters without `/`) or `**` (any), a pattern of the whole path.
    pub path: String,
    /// Waits before anything else.
    #[serde(default)]
    pub latency_ms: Option<u64>,
    /// Answers with this status instead of working.
    #[serde(default)]
    pub status: Option<u16>,
    /// Cuts the connection.
    #[serde(default)]
    pub drop: Option<Drop>,
    /// Spoils the body.
    #[serde(default)]
    pub body: Option<Body>,
    /// Never answers.
    #[serde(default)]
    pub hang: bool,
    /// How many requests it is for; all when absent.
    #[serde(default)]
    pub times: Option<u32>,
}

/// The faults that are switched on.
#[derive(Debug, Default)]
pub struct Faults {
    active: Mutex<Vec<Fault>>,
}

impl Faults {
    /// Replaces all faults.
    pub fn set(&self, faults: Vec<Fault>) {
        *self.lock() = faults;
    }

    /// The faults that are left.
    pub fn list(&self) -> Vec<Fault> {
        self.lock().clone()
    }

    /// The first fault that fits a request; one that is used up is gone.
    pub fn take(&self, method: &str, path: &str) -> Option<Fault> {
        let mut active = self.lock();
        let index = active.iter().position(|fault| fits(fault, method, path))?;
        let fault = active.get(index)?.clone();
        match active.get_mut(index).and_then(|fault| fault.times.as_mut()) {
            Some(times) if *times > 1 => *times -= 1,
            Some(_) => {
                active.remove(index);
            }
            None => {}
        }
        Some(fault)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Fault>> {
        self.active.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn fits(fault: &Fault, method: &str, path: &str) -> bool {
    let method_fits = fault
        .method
        .as_deref()
        .is_none_or(|wanted| wanted.eq_ignore_ascii_case(method) || wanted == "*");
    let path_fits = match fault.path.contains('*') {
        true => matches(&fault.path, path),
        false => path.strip_prefix(fault.path.as_str()).is_some_and(|rest| {
            rest.is_empty() || rest.starts_with('/') || fault.path.ends_with('/')
        }),
    };
    method_fits && path_fits && fault.times != Some(0)
}

/// Whether a pattern covers all of a path.
fn matches(pattern: &str, path: &str) -> bool {
    if let Some(rest) = pattern.strip_prefix("**") {
        return (0..=path.len()).any(|at| path.get(at..).is_some_and(|tail| matches(rest, tail)));
    }
    if let Some(rest) = pattern.strip_prefix('*') {
        let segment = path.find('/').unwrap_or(path.len());
        return (1..=segment).any(|at| path.get(at..).is_some_and(|tail| matches(rest, tail)));
    }
    match (pattern.chars().next(), path.chars().next()) {
        (None, None) => true,
        (Some(wanted), Some(found)) if wanted == found => {
            matches(&pattern[wanted.len_utf8()..], &path[found.len_utf8()..])
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_is_one_segment_and_two_are_any() {
        for (pattern, path, expected) in [
            ("/api/v1/users/*", "/api/v1/users/ferris", true),
            ("/api/v1/users/*", "/api/v1/users/1/stats", false),
            ("/api/v1/users/*/stats", "/api/v1/users/1/stats", true),
            ("/api/**", "/api/v1/users/1/stats", true),
            ("/api/v1/me", "/api/v1/me", true),
            ("/api/v1/me", "/api/v1/me/tokens", false),
            ("/api/v1/users/*", "/api/v1/users/", false),
        ] {
            assert_eq!(matches(pattern, path), expected, "{pattern} {path}");
        }
    }

    #[test]
    fn a_path_without_a_star_covers_what_is_below_it() {
        let fault: Fault = serde_json::from_str(r#"{"path":"/api/private/usernames"}"#).unwrap();
        assert!(fits(&fault, "GET", "/api/private/usernames/ferris"));
        assert!(fits(&fault, "GET", "/api/private/usernames"));
        assert!(!fits(&fault, "GET", "/api/private/usernamesx"));
    }

    #[test]
    fn a_fault_is_gone_when_it_is_used_up() {
        let faults = Faults::default();
        faults.set(
            serde_json::from_str(r#"[{"method":"GET","path":"/api/","status":503,"times":2}]"#)
                .unwrap(),
        );
        assert!(faults.take("PUT", "/api/v1/me").is_none());
        assert!(faults.take("GET", "/api/v1/me").is_some());
        assert!(faults.take("GET", "/api/v1/me").is_some());
        assert!(faults.take("GET", "/api/v1/me").is_none());
    }
}
