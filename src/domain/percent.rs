//! Percent-encoding, so that a name can never be more than a name inside an address.
//!
//! A URL library would cost more bytes than everything else here together, and the app only ever builds addresses from
//! text and reads its own. This must not know which addresses there are.

/// Encodes text as one segment of a path, as JavaScript's `encodeURIComponent` does, so that the start script and the app
/// spell one address alike.
///
/// Three texts have no spelling as a segment, because every browser and many servers take them for a change of path:
/// nothing, `.` and `..`. They become a space, `%2E` and `%2E%2E`, which are nobody's name, so that asking for them finds
/// nothing instead of reaching another address.
pub fn encode_segment(text: &str) -> String {
    match text {
        "" => "%20".to_owned(),
        "." => "%252E".to_owned(),
        ".." => "%252E%252E".to_owned(),
        _ => encode(text, b"!*'()"),
    }
}

/// Encodes text as a value (or a name) in a query string.
pub fn encode_value(text: &str) -> String {
    encode(text, b"")
}

/// Undoes the encoding of a segment. What is no encoding stays as it is; what is not UTF-8 becomes U+FFFD.
pub fn decode_segment(text: &str) -> String {
    decode(text, false)
}

/// Undoes the encoding of a value in a query string, where `+` is a space too.
pub fn decode_value(text: &str) -> String {
    decode(text, true)
}

/// Encodes whatever may not stand in a path or a query string, and leaves what is encoded already.
///
/// Makes an address of another's making fit to be printed into a link: no `\`, which browsers read as `/`, no `#`.
pub fn encode_rest(text: &str) -> String {
    encode(text, b"%/:@!$&'()*+,;=?")
}

fn encode(text: &str, also_plain: &[u8]) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        let plain = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        if plain || also_plain.contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(hex_digit(byte >> 4));
            out.push(hex_digit(byte & 15));
        }
    }
    out
}

fn decode(text: &str, plus_is_space: bool) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let mut ahead = bytes.clone();
        match (
            byte,
            ahead.next().and_then(hex_value),
            ahead.next().and_then(hex_value),
        ) {
            (b'%', Some(high), Some(low)) => {
                out.push(high << 4 | low);
                bytes = ahead;
            }
            (b'+', ..) if plus_is_space => out.push(b' '),
            _ => out.push(byte),
        }
    }
    String::from_utf8(out)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

fn hex_digit(value: u8) -> char {
    char::from(if value < 10 {
        b'0' + value
    } else {
        b'A' + value - 10
    })
}

fn hex_value(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_plain_characters_stay_plain() {
        assert_eq!(
            encode_segment("github:rust-lang:core"),
            "github%3Arust-lang%3Acore"
        );
        assert_eq!(encode_segment("it's_(1)!*~"), "it's_(1)!*~");
        assert_eq!(encode_segment("a/b?c#d%e f"), "a%2Fb%3Fc%23d%25e%20f");
        assert_eq!(encode_segment("1.0.0+b"), "1.0.0%2Bb");
        assert_eq!(encode_segment("🦀"), "%F0%9F%A6%80");
        assert_eq!(encode_value("a::b&c=d"), "a%3A%3Ab%26c%3Dd");
    }

    #[test]
    fn no_segment_changes_the_path() {
        assert_eq!(encode_segment(""), "%20");
        assert_eq!(encode_segment("."), "%252E");
        assert_eq!(encode_segment(".."), "%252E%252E");
        assert_eq!(encode_segment("..."), "...");
    }

    #[test]
    fn broken_encodings_are_read_as_they_stand() {
        assert_eq!(decode_segment("%"), "%");
        assert_eq!(decode_segment("100%2"), "100%2");
        assert_eq!(decode_segment("%zz%41"), "%zzA");
        assert_eq!(decode_segment("a+b"), "a+b");
        assert_eq!(decode_value("a+b%2B"), "a b+");
        assert_eq!(decode_segment("%ff"), "\u{fffd}");
    }

    #[test]
    fn a_foreign_address_is_made_fit_to_print() {
        assert_eq!(
            encode_rest("/\\evil.example\n#x%2F"),
            "/%5Cevil.example%0A%23x%2F"
        );
    }

    proptest! {
        #[test]
        fn what_is_encoded_is_decoded(text in any::<String>().prop_filter("has a spelling", |t| !["", ".", ".."].contains(&t.as_str()))) {
            prop_assert_eq!(decode_segment(&encode_segment(&text)), text.clone());
            prop_assert_eq!(decode_value(&encode_value(&text)), text);
        }

        #[test]
        fn a_segment_never_holds_a_separator(text in any::<String>()) {
            let segment = encode_segment(&text);
            prop_assert!(!segment.is_empty());
            prop_assert!(segment.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~!*'()%".contains(&b)));
        }

        #[test]
        fn encoding_the_rest_twice_changes_nothing(text in any::<String>()) {
            let once = encode_rest(&text);
            prop_assert_eq!(encode_rest(&once), once);
        }
    }
}
