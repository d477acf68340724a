//! JSON that is sent.

/// `{…}` of keys that need no escaping and values that are JSON.
pub fn object(entries: &[(&str, String)]) -> String {
    let entries: Vec<String> = entries
        .iter()
        .map(|(key, value)| ["\"", key, "\":", value].concat())
        .collect();
    ["{", &entries.join(","), "}"].concat()
}

/// `[…]` of texts.
pub fn texts<T: AsRef<str>>(list: &[T]) -> String {
    let list: Vec<String> = list.iter().map(|one| text(one.as_ref())).collect();
    ["[", &list.join(","), "]"].concat()
}

/// `"…"`, escaped.
pub fn text(text: &str) -> String {
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
pub fn or_null(json: Option<String>) -> String {
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
