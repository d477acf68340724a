//! Pictures of people and teams: drawn from the name in the address, so that each is always the same and none is stored.
//!
//! They are bitmaps, as those of GitHub are: hundreds of SVG documents on one page cost a browser more than it ever has to do there.

use crate::seed::prng::Prng;

/// The side of a picture when the address does not say `s=`.
const SIDE: u32 = 460;

/// Cells in a row, the margin on either side included.
const CELLS: u32 = 7;

/// The PNG picture of that name (a user's number, or `team-1`), in that size.
///
/// # Errors
///
/// When it cannot be encoded.
pub fn png(name: &str, size: Option<u32>) -> Result<Vec<u8>, png::EncodingError> {
    let side = size.unwrap_or(SIDE).clamp(1, 1_024);
    let mut prng = Prng::named(&format!("avatar {name}"));
    let hue = prng.between(0, 360) as f64;
    // Five by five, mirrored in the middle like the pictures that are given out when nobody has chosen one.
    let mut cells = [[false; CELLS as usize]; CELLS as usize];
    for row in cells.iter_mut().skip(1).take(5) {
        for column in 1..4 {
            let is_set = prng.chance(50);
            for column in [column, CELLS as usize - 1 - column] {
                if let Some(cell) = row.get_mut(column) {
                    *cell = is_set;
                }
            }
        }
    }
    let mut bits = Vec::new();
    for y in 0..side {
        let row = cells.get((y * CELLS / side) as usize);
        let is_set = |x: u32| {
            let cell = row.and_then(|row| row.get((x * CELLS / side) as usize));
            x < side && cell == Some(&true)
        };
        for eight in (0..side).step_by(8) {
            bits.push((eight..eight + 8).fold(0, |byte, x| byte << 1 | u8::from(is_set(x))));
        }
    }
    let mut picture = Vec::new();
    let mut encoder = png::Encoder::new(&mut picture, side, side);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::One);
    encoder.set_palette([rgb(hue, 0.3, 0.92), rgb(hue, 0.55, 0.42)].concat());
    encoder.write_header()?.write_image_data(&bits)?;
    Ok(picture)
}

/// The colour of this hue in degrees, as CSS Color 4 has it (7.1): saturation and lightness are from 0 to 1.
fn rgb(hue: f64, saturation: f64, lightness: f64) -> [u8; 3] {
    [0.0, 8.0, 4.0].map(|offset| {
        let turn = (offset + hue / 30.0) % 12.0;
        let most = saturation * lightness.min(1.0 - lightness);
        let part = lightness - most * (turn - 3.0).min(9.0 - turn).clamp(-1.0, 1.0);
        (part * 255.0).round() as u8
    })
}

/// Whether there is a picture of that name.
#[must_use]
pub fn exists(name: &str) -> bool {
    let digits = name.strip_prefix("team-").unwrap_or(name);
    !digits.is_empty() && digits.len() <= 18 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{exists, png, rgb};

    fn side(picture: &[u8]) -> u32 {
        u32::from_be_bytes(picture[16..20].try_into().unwrap())
    }

    #[test]
    fn a_picture_is_always_the_same_and_as_large_as_asked() {
        let picture = |name, size| png(name, size).unwrap();
        assert_eq!(picture("10", None), picture("10", None));
        assert_ne!(picture("10", None), picture("11", None));
        assert!(picture("10", None).starts_with(b"\x89PNG"));
        assert_eq!(side(&picture("10", Some(64))), 64);
        assert_eq!(side(&picture("10", Some(0))), 1);
        assert_eq!(side(&picture("10", Some(u32::MAX))), 1_024);
    }

    #[test]
    fn colours_are_those_that_browsers_show() {
        assert_eq!(rgb(0.0, 1.0, 0.5), [255, 0, 0]);
        assert_eq!(rgb(210.0, 0.55, 0.42), [48, 107, 166]);
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
