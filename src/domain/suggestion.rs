//! Names to offer when the wanted one is gone.
//!
//! They are made from names that are the person's own (their GitHub login, their present username), never from a name
//! that is somebody else's: a taken `ferris` must not lead to `ferris-rs`, which looks like the same person. What was
//! typed is used only where it *is* the person's own name elsewhere. This must not know which names are free: each is
//! asked about before it is shown.

use super::lookalike::skeleton;
use super::username::{MAX_LENGTH, Username};

/// How many names are offered at most.
pub const SHOWN_AT_MOST: usize = 3;

/// How many are asked about at most, one after the other: checks are limited to 30 a minute (contract, "Availability").
pub const ASKED_AT_MOST: usize = 5;

const ENDINGS: [&str; 5] = ["", "-rs", "-dev", "-2", "-42"];

/// Names worth asking about, best first: well-formed, all different canonically, neither `wanted` nor `own_name`, and
/// none that looks like one of `others`, the names known to be somebody else's.
pub fn candidates(
    wanted: &Username,
    github_login: Option<&str>,
    own_name: Option<&Username>,
    others: &[&Username],
) -> Vec<Username> {
    let bases = github_login
        .into_iter()
        .chain(own_name.map(Username::as_str));
    let mut found: Vec<Username> = Vec::new();
    for base in bases {
        for ending in ENDINGS {
            let Some(name) = with_ending(base, ending) else {
                continue;
            };
            let refused = name.is_same_name(wanted)
                || own_name.is_some_and(|own| name.is_same_name(own))
                || found.iter().any(|earlier| name.is_same_name(earlier))
                || others
                    .iter()
                    .any(|other| skeleton(other.as_str()) == skeleton(name.as_str()));
            if !refused {
                found.push(name);
            }
        }
    }
    found.truncate(ASKED_AT_MOST);
    found
}

/// The base with an ending, shortened to fit. `None` when the base is no username.
fn with_ending(base: &str, ending: &str) -> Option<Username> {
    let base = Username::parse(base).ok()?;
    let room = MAX_LENGTH.saturating_sub(ending.len());
    let kept: String = base.as_str().chars().take(room).collect();
    // `ra--` with `-2` would otherwise become `ra---2`.
    let kept = if ending.is_empty() {
        kept.as_str()
    } else {
        kept.trim_end_matches(['-', '_'])
    };
    Username::parse(&format!("{kept}{ending}")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn name(text: &str) -> Username {
        Username::parse(text).unwrap()
    }

    fn made(wanted: &str, login: Option<&str>, own: Option<&str>, others: &[&str]) -> Vec<String> {
        let own = own.map(name);
        let others: Vec<Username> = others.iter().map(|other| name(other)).collect();
        let others: Vec<&Username> = others.iter().collect();
        candidates(&name(wanted), login, own.as_ref(), &others)
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    #[test]
    fn the_github_login_is_offered_first() {
        assert_eq!(
            made("ferris", Some("carol"), None, &[]),
            ["carol", "carol-rs", "carol-dev", "carol-2", "carol-42"]
        );
    }

    #[test]
    fn another_persons_name_is_never_built_upon() {
        for made in [
            made("ferris", Some("carol"), None, &["Ferris"]),
            made("ferris", None, Some("carol"), &[]),
        ] {
            assert!(made.len() >= 3);
            assert!(
                made.iter().all(|name| name.starts_with("carol")),
                "{made:?}"
            );
        }
        assert!(made("ferris", None, None, &["ferris"]).is_empty());
    }

    #[test]
    fn ones_own_github_login_held_by_another_gets_endings() {
        assert_eq!(
            made("Carol", Some("carol"), None, &["carol"]),
            ["carol-rs", "carol-dev", "carol-2", "carol-42"]
        );
    }

    #[test]
    fn a_name_that_looks_like_anothers_is_not_offered() {
        assert!(!made("x", Some("dto1nay"), None, &["dtolnay"]).contains(&"dto1nay".to_owned()));
        assert!(!made("x", Some("carol"), None, &["caro1rs"]).contains(&"carol-rs".to_owned()));
    }

    #[test]
    fn a_login_at_the_limit_is_shortened() {
        let long = "a".repeat(MAX_LENGTH);
        let made = made(&long, Some(&long), None, &[]);
        assert_eq!(
            made.first().map(String::as_str),
            Some(format!("{}-rs", "a".repeat(36)).as_str())
        );
        assert_eq!(super::with_ending("ra--", "-2").unwrap().as_str(), "ra-2");
    }

    proptest! {
        #[test]
        fn whatever_the_person_has_only_new_distinct_names_are_offered(
            wanted in "[a-zA-Z0-9][a-zA-Z0-9_-]{0,38}",
            login in proptest::option::of(".{0,45}|[a-z0-9_-]{0,45}"),
            own in proptest::option::of("[a-zA-Z0-9][a-zA-Z0-9_-]{0,38}"),
        ) {
            let own = own.map(|text| name(&text));
            let wanted = name(&wanted);
            let made = candidates(&wanted, login.as_deref(), own.as_ref(), &[&wanted]);
            prop_assert!(made.len() <= ASKED_AT_MOST);
            for (i, candidate) in made.iter().enumerate() {
                prop_assert!(!candidate.is_same_name(&wanted));
                prop_assert!(own.as_ref().is_none_or(|own| !own.is_same_name(candidate)));
                prop_assert!(made.iter().skip(i + 1).all(|other| !other.is_same_name(candidate)));
            }
        }
    }
}
