//! Pictures in READMEs: badges, logos, plain areas. The name says what is drawn.

use crate::seed::prng::Prng;

/// The picture of that file name (`badge-docs-latest.svg`, `wide-2400x200.svg`, `logo-dark.svg`), if there is one.
#[must_use]
pub fn svg(file: &str) -> Option<String> {
    let name = file.strip_suffix(".svg")?;
    if name.is_empty()
        || !name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    {
        return None;
    }
    if let Some((label, value)) = name
        .strip_prefix("badge-")
        .and_then(|rest| rest.split_once('-'))
    {
        return Some(badge(label, value));
    }
    let (width, height) = size(name).unwrap_or((240, 80));
    let hue = Prng::named(name).between(0, 360);
    let (ground, ink) = if name.ends_with("dark") {
        ("12%", "88%")
    } else {
        ("90%", "25%")
    };
    Some(format!(
        concat!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}">"#,
            r#"<rect width="{w}" height="{h}" fill="hsl({hue} 60% {ground})"/>"#,
            r#"<text x="50%" y="50%" text-anchor="middle" dominant-baseline="middle" font-family="sans-serif" font-size="16" fill="hsl({hue} 60% {ink})">{name}</text></svg>"#
        ),
        w = width,
        h = height,
        hue = hue,
        ground = ground,
        ink = ink,
        name = name,
    ))
}

/// `…-2400x200` at the end of the name.
fn size(name: &str) -> Option<(u32, u32)> {
    let (width, height) = name.rsplit('-').next()?.split_once('x')?;
    Some((width.parse().ok()?, height.parse().ok()?))
}

fn badge(label: &str, value: &str) -> String {
    let width = |text: &str| 10 + 7 * text.len();
    let (left, right) = (width(label), width(value));
    format!(
        concat!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" width="{all}" height="20" viewBox="0 0 {all} 20"><rect width="{left}" height="20" fill="#444"/>"##,
            r##"<rect x="{left}" width="{right}" height="20" fill="#2a6f3c"/><g fill="#fff" font-family="sans-serif" font-size="11">"##,
            r#"<text x="5" y="14">{label}</text><text x="{start}" y="14">{value}</text></g></svg>"#
        ),
        all = left + right,
        left = left,
        right = right,
        start = left + 5,
        label = label,
        value = value,
    )
}

#[cfg(test)]
mod tests {
    use super::svg;

    #[test]
    fn the_name_says_the_size() {
        assert!(
            svg("wide-2400x200.svg")
                .is_some_and(|svg| svg.contains(r#"width="2400" height="200""#))
        );
        assert!(svg("logo-dark.svg").is_some_and(|svg| svg.contains("240")));
    }

    #[test]
    fn what_is_no_plain_svg_name_is_not_there() {
        for file in ["missing.png", ".svg", "<b>.svg", "a/b.svg", ""] {
            assert_eq!(svg(file), None, "{file}");
        }
    }
}
