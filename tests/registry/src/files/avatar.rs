//! Pictures of people and teams: drawn from the name in the address, so that each is always the same and none is stored.

use crate::seed::prng::Prng;

/// The side of a picture when the address does not say `s=`.
const SIDE: u32 = 460;

/// The picture of that name (a user's number, or `team-1`), in that size.
#[must_use]
pub fn svg(name: &str, size: Option<u32>) -> String {
    let side = size.unwrap_or(SIDE).clamp(1, 1_024);
    let mut prng = Prng::named(&format!("avatar {name}"));
    let hue = prng.between(0, 360);
    let mut cells = String::new();
    // Five by five, mirrored in the middle like the pictures that are given out when nobody has chosen one.
    for row in 0..5 {
        for column in 0..3 {
            if prng.chance(50) {
                for x in [column, 4 - column] {
                    cells.push_str(&format!(
                        r#"<rect x="{x}" y="{row}" width="1" height="1"/>"#
                    ));
                }
            }
        }
    }
    format!(
        concat!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}" viewBox="-1 -1 7 7">"#,
            r##"<rect x="-1" y="-1" width="7" height="7" fill="hsl({hue} 30% 92%)"/><g fill="hsl({hue} 55% 42%)">{cells}</g></svg>"##
        ),
        side = side,
        hue = hue,
        cells = cells,
    )
}

/// Whether there is a picture of that name.
#[must_use]
pub fn exists(name: &str) -> bool {
    let digits = name.strip_prefix("team-").unwrap_or(name);
    !digits.is_empty() && digits.len() <= 18 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{exists, svg};

    #[test]
    fn a_picture_is_always_the_same_and_as_large_as_asked() {
        assert_eq!(svg("10", None), svg("10", None));
        assert_ne!(svg("10", None), svg("11", None));
        assert!(svg("10", Some(64)).contains(r#"width="64" height="64""#));
    }

    #[test]
    fn only_numbers_and_teams_have_one() {
        for (name, expected) in [
            ("10", true),
            ("team-1", true),
            ("gone", false),
            ("team-", false),
            ("", false),
            ("1/2", false),
        ] {
            assert_eq!(exists(name), expected, "{name}");
        }
    }
}
