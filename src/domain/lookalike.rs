//! Names that the eye confuses: `dto1nay` for `dtolnay`.
//!
//! The registry refuses a name too easily confused with that of an owner of a much-used crate, and people are shown
//! such pairs before they trust a name, with the differing characters side by side and spelled out for those who hear
//! the page. This must not decide whether a name may be used: that is the server's word.

use super::username::canonical_form;

/// A stretch of two names laid side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The characters of the first name; empty where only the second has any.
    pub left: String,
    /// The characters of the second name.
    pub right: String,
    /// Whether they differ by more than capitals.
    pub differs: bool,
}

/// What a name looks like at a glance: two names with one skeleton are easily confused.
///
/// The contract's folds, in its order: lower case, `-` and `_` away, `rn` to `m`, `vv` to `w`, `0` to `o`, `1` and `i`
/// to `l`, `5` to `s`, `3` to `e`. Separators go first, so `r-n` folds like `rn`.
pub fn skeleton(name: &str) -> String {
    tokens(name)
        .iter()
        .filter_map(|token| token.looks_like)
        .collect()
}

/// Whether two *different* names are easily confused. Two spellings of one name are not confused: they are the same.
pub fn confusable(a: &str, b: &str) -> bool {
    canonical_form(a) != canonical_form(b) && skeleton(a) == skeleton(b)
}

/// Lays two names with one skeleton side by side; `None` for names that do not look alike.
///
/// Stretches that are equal but for capitals are joined into one piece; each look-alike is a piece of its own.
pub fn side_by_side(a: &str, b: &str) -> Option<Vec<Piece>> {
    if skeleton(a) != skeleton(b) {
        return None;
    }
    let (left, right) = (tokens(a), tokens(b));
    let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
    let mut pieces = Vec::new();
    loop {
        let is_separator = |token: Option<&Token>| token.is_some_and(|t| t.looks_like.is_none());
        let pair = match (is_separator(left.peek()), is_separator(right.peek())) {
            (true, false) => (left.next(), None),
            (false, true) => (None, right.next()),
            _ => (left.next(), right.next()),
        };
        if pair == (None, None) {
            return Some(pieces);
        }
        let text = |token: Option<Token>| token.map(|t| t.text).unwrap_or_default();
        add(&mut pieces, text(pair.0), text(pair.1));
    }
}

/// The characters of one side of a piece in words: `letter l`, `digit 1`, `capital letter I`, `hyphen`.
pub fn spelled_out(characters: &str) -> String {
    if characters.is_empty() {
        return "nothing".to_owned();
    }
    let words: Vec<String> = characters.chars().map(word).collect();
    words.join(", ")
}

/// A stretch of a name that looks like one character, or like none.
#[derive(Debug, PartialEq, Eq)]
struct Token {
    text: String,
    /// `None` for separators, which the eye passes over.
    looks_like: Option<char>,
}

fn tokens(name: &str) -> Vec<Token> {
    let characters: Vec<char> = name.chars().collect();
    let mut tokens = Vec::new();
    let mut rest = characters.as_slice();
    while let [first, tail @ ..] = rest {
        // Separators between the halves of a pair belong to the pair, since they go before it folds.
        let gap = tail.iter().take_while(|c| is_separator(**c)).count();
        let partner = tail.get(gap).map(char::to_ascii_lowercase);
        let (length, looks_like) = match (first.to_ascii_lowercase(), partner) {
            ('-' | '_', _) => (1, None),
            ('r', Some('n')) => (gap + 2, Some('m')),
            ('v', Some('v')) => (gap + 2, Some('w')),
            (other, _) => (1, Some(fold(other))),
        };
        let (token, remaining) = rest.split_at(length);
        tokens.push(Token {
            text: token.iter().collect(),
            looks_like,
        });
        rest = remaining;
    }
    tokens
}

fn is_separator(character: char) -> bool {
    matches!(character, '-' | '_')
}

fn fold(lower_case: char) -> char {
    match lower_case {
        '0' => 'o',
        '1' | 'i' => 'l',
        '5' => 's',
        '3' => 'e',
        other => other,
    }
}

fn add(pieces: &mut Vec<Piece>, left: String, right: String) {
    let differs = !left.eq_ignore_ascii_case(&right);
    match pieces.last_mut() {
        Some(last) if !differs && !last.differs => {
            last.left.push_str(&left);
            last.right.push_str(&right);
        }
        _ => pieces.push(Piece {
            left,
            right,
            differs,
        }),
    }
}

fn word(character: char) -> String {
    match character {
        '-' => "hyphen".to_owned(),
        '_' => "underscore".to_owned(),
        c if c.is_ascii_digit() => format!("digit {c}"),
        c if c.is_uppercase() => format!("capital letter {c}"),
        c if c.is_alphabetic() => format!("letter {c}"),
        c => format!("character {c}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    fn differing(a: &str, b: &str) -> Vec<(String, String)> {
        side_by_side(a, b)
            .unwrap()
            .into_iter()
            .filter(|piece| piece.differs)
            .map(|piece| (piece.left, piece.right))
            .collect()
    }

    fn pair(left: &str, right: &str) -> (String, String) {
        (left.to_owned(), right.to_owned())
    }

    #[test]
    fn every_vector_is_confused_or_not_as_the_contract_says() {
        let all: Value =
            serde_json::from_str(include_str!("../../tests/contract/usernames.json")).unwrap();
        let cases = all["easily_confused"].as_array().unwrap();
        assert!(cases.len() > 5);
        for case in cases {
            let [a, b] = ["a", "b"].map(|key| case[key].as_str().unwrap());
            assert_eq!(
                confusable(a, b),
                case["confused"].as_bool().unwrap(),
                "{a} and {b}"
            );
            assert_eq!(confusable(a, b), confusable(b, a));
        }
    }

    #[test]
    fn every_fold_of_the_contract_is_made() {
        for (name, expected) in [
            ("RN", "m"),
            ("rrn", "rm"),
            ("vVv", "wv"),
            ("0O", "oo"),
            ("1iIl", "llll"),
            ("5S", "ss"),
            ("3E", "ee"),
            ("a-_b", "ab"),
            ("r-n", "m"),
            ("v_v", "w"),
        ] {
            assert_eq!(skeleton(name), expected, "{name}");
        }
    }

    #[test]
    fn two_spellings_of_one_name_are_the_same_and_not_confused() {
        assert!(!confusable("hello-there", "Hello_There"));
        assert!(!confusable("ferris", "ferris"));
    }

    #[test]
    fn the_characters_that_differ_are_found() {
        assert_eq!(differing("dto1nay", "dtolnay"), [pair("1", "l")]);
        assert_eq!(
            differing("rnozi1la", "mozilla"),
            [pair("rn", "m"), pair("1", "l")]
        );
        assert_eq!(differing("hellothere", "hello-there"), [pair("", "-")]);
        assert_eq!(differing("a-b", "A_B"), [pair("-", "_")]);
        assert_eq!(differing("r-n", "m"), [pair("r-n", "m")]);
        assert_eq!(differing("FeIix", "felix"), [pair("I", "l")]);
        assert_eq!(side_by_side("alice", "bob"), None);
    }

    #[test]
    fn equal_stretches_are_one_piece_and_capitals_are_no_difference() {
        let pieces = side_by_side("Dto1nay", "dtolnay").unwrap();
        let shown: Vec<_> = pieces
            .iter()
            .map(|p| (p.left.as_str(), p.right.as_str(), p.differs))
            .collect();
        assert_eq!(
            shown,
            [
                ("Dto", "dto", false),
                ("1", "l", true),
                ("nay", "nay", false)
            ]
        );
    }

    #[test]
    fn characters_are_spelled_out_for_listeners() {
        for (characters, words) in [
            ("l", "letter l"),
            ("1", "digit 1"),
            ("I", "capital letter I"),
            ("rn", "letter r, letter n"),
            ("-", "hyphen"),
            ("_", "underscore"),
            ("", "nothing"),
        ] {
            assert_eq!(spelled_out(characters), words);
        }
    }

    proptest! {
        #[test]
        fn the_pieces_put_together_are_the_two_names(a in "[rnvi1l05so3e_A-Cm-]{0,12}", b in "[rnvi1l05so3e_A-Cm-]{0,12}") {
            match side_by_side(&a, &b) {
                Some(pieces) => {
                    let left: String = pieces.iter().map(|p| p.left.as_str()).collect();
                    let right: String = pieces.iter().map(|p| p.right.as_str()).collect();
                    prop_assert_eq!(left, a.as_str());
                    prop_assert_eq!(right, b.as_str());
                    if !confusable(&a, &b) {
                        prop_assert_eq!(canonical_form(&a), canonical_form(&b));
                    }
                }
                None => prop_assert!(!confusable(&a, &b)),
            }
        }

        #[test]
        fn no_text_makes_it_panic(a in any::<String>(), b in any::<String>()) {
            let _ = (side_by_side(&a, &a), confusable(&a, &b), spelled_out(&a));
        }
    }
}
