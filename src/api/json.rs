//! JSON, read into the wire's types and written from them.
//!
//! In the browser the platform parses: a parser of our own is 4 kB of every visit, much of it tables for fractions, which
//! this API does not have. Natively, in tests, miniserde's own parser does; both hand what they find to the same visitors.

use miniserde::Deserialize;

/// Reads an answer; `None` when it is not of this shape.
pub fn decode<W: Deserialize>(body: &str) -> Option<W> {
    let mut out = None;
    #[cfg(target_arch = "wasm32")]
    browser::visit(body, W::begin(&mut out))?;
    #[cfg(not(target_arch = "wasm32"))]
    out.replace(miniserde::json::from_str(body).ok()?);
    out
}

#[cfg(target_arch = "wasm32")]
mod browser {
    use js_sys::{Array, JSON, Object};
    use miniserde::de::Visitor;
    use wasm_bindgen::{JsCast, JsValue};

    /// Answers nest five deep; what nests deeper than this is no answer and would end the stack.
    const DEEPEST: usize = 32;

    /// Shows the visitor what the text holds; `None` when it is no JSON, or not what the visitor expects.
    pub fn visit(text: &str, visitor: &mut dyn Visitor) -> Option<()> {
        walk(&JSON::parse(text).ok()?, visitor, DEEPEST)
    }

    fn walk(value: &JsValue, visitor: &mut dyn Visitor, depth: usize) -> Option<()> {
        let deeper = depth.checked_sub(1)?;
        if value.is_null() {
            return visitor.null().ok();
        }
        if let Some(text) = value.as_string() {
            return visitor.string(&text).ok();
        }
        if let Some(flag) = value.as_bool() {
            return visitor.boolean(flag).ok();
        }
        if let Some(number) = value.as_f64() {
            return if number.fract() != 0.0 {
                visitor.float(number).ok()
            } else if number < 0.0 {
                visitor.negative(number as i64).ok()
            } else {
                visitor.nonnegative(number as u64).ok()
            };
        }
        if let Some(list) = value.dyn_ref::<Array>() {
            let mut sequence = visitor.seq().ok()?;
            for index in 0..list.length() {
                walk(&list.get(index), sequence.element().ok()?, deeper)?;
            }
            return sequence.finish().ok();
        }
        let mut map = visitor.map().ok()?;
        for entry in Object::entries(value.unchecked_ref()).iter() {
            let entry: Array = entry.unchecked_into();
            let key = entry.get(0).as_string()?;
            walk(&entry.get(1), map.key(&key).ok()?, deeper)?;
        }
        map.finish().ok()
    }
}

/// `{…}` of keys that need no escaping and values that are JSON.
pub(super) fn object(entries: &[(&str, String)]) -> String {
    let entries: Vec<String> = entries
        .iter()
        .map(|(key, value)| ["\"", key, "\":", value].concat())
        .collect();
    ["{", &entries.join(","), "}"].concat()
}

/// `[…]` of texts.
pub(super) fn texts<T: AsRef<str>>(list: &[T]) -> String {
    let list: Vec<String> = list.iter().map(|one| text(one.as_ref())).collect();
    ["[", &list.join(","), "]"].concat()
}

/// `"…"`, escaped.
pub(super) fn text(text: &str) -> String {
    let mut json = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => json.extend(['\\', character]),
            '\0'..'\u{20}' => {
                let code = character as u8;
                json.push_str(if code < 16 { "\\u000" } else { "\\u001" });
                json.extend(char::from_digit(u32::from(code & 15), 16));
            }
            _ => json.push(character),
        }
    }
    json.push('"');
    json
}

/// What stands there, or `null`.
pub(super) fn or_null(json: Option<String>) -> String {
    json.unwrap_or_else(|| String::from("null"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_written_text_reads_as_itself(any in any::<String>()) {
            let read: String = serde_json::from_str(&text(&any)).unwrap();
            prop_assert_eq!(read, any);
        }
    }

    #[test]
    fn objects_and_lists_are_json() {
        let json = object(&[
            ("list", texts(&["a\"b", "\n"])),
            ("none", or_null(None)),
            ("flag", true.to_string()),
        ]);
        let read: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(
            read,
            serde_json::json!({"list": ["a\"b", "\n"], "none": null, "flag": true})
        );
        assert_eq!(object(&[]), "{}");
    }
}
