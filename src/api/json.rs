//! JSON, read key by key and written.
//!
//! In the browser the platform parses and keeps what it found, and the app asks it for what it wants to know: types for each
//! answer with readers made for them were a tenth of the wasm that a page needs. Natively, in tests, serde_json does the same.

mod value;
mod write;

use std::cell::Cell;

use value::Value;
pub(super) use write::{object, or_null, text, texts};

/// Answers nest five deep; what is asked for deeper than this is no answer and would end the stack.
const DEEPEST: u8 = 32;

/// The JSON of an answer: an object.
pub struct Document {
    root: Value,
    is_malformed: Cell<bool>,
}

impl Document {
    /// Parses a text; `None` when it is no JSON, or no object.
    pub fn parse(text: &str) -> Option<Self> {
        let root = value::parse(text).filter(value::is_object)?;
        Some(Self {
            root,
            is_malformed: Cell::new(false),
        })
    }

    /// What `read` makes of it. `None` when it makes nothing, or when something it asked for was of another kind or missing
    /// though needed.
    pub fn read<T>(&self, read: impl FnOnce(&Json<'_>) -> Option<T>) -> Option<T> {
        self.is_malformed.set(false);
        let made = read(&Json {
            value: self.root.clone(),
            deeper: DEEPEST,
            is_malformed: &self.is_malformed,
        });
        made.filter(|_| !self.is_malformed.get())
    }
}

/// An object in an answer.
///
/// Every question gives an answer at once: one that is not what it should be is remembered, and the whole answer
/// counts as malformed then. `null` is as good as nothing, and keys nobody asks for are never looked at.
pub struct Json<'a> {
    value: Value,
    /// How many levels more may be asked for.
    deeper: u8,
    is_malformed: &'a Cell<bool>,
}

impl<'a> Json<'a> {
    /// The text of a key that has to be there.
    pub fn text(&self, key: &str) -> String {
        self.needed(self.maybe_text(key))
    }

    /// The text of a key.
    pub fn maybe_text(&self, key: &str) -> Option<String> {
        self.found(key, value::text)
    }

    /// The text of a key if it says something; blank text is as good as none.
    pub fn said(&self, key: &str) -> Option<String> {
        self.maybe_text(key).filter(|text| !text.trim().is_empty())
    }

    /// The number of a key that has to be there, which may be negative.
    pub fn id(&self, key: &str) -> i64 {
        self.needed(self.found(key, value::whole).map(|number| number as i64))
    }

    /// The count of a key that has to be there.
    pub fn number(&self, key: &str) -> u64 {
        self.needed(self.maybe_number(key))
    }

    /// The count of a key.
    pub fn maybe_number(&self, key: &str) -> Option<u64> {
        let count = |value: &Value| value::whole(value).filter(|number| *number >= 0.0);
        self.found(key, count).map(|number| number as u64)
    }

    /// Whether a key says `true`.
    pub fn flag(&self, key: &str) -> bool {
        self.maybe_flag(key).unwrap_or_default()
    }

    /// What a key says, `true` or `false`.
    pub fn maybe_flag(&self, key: &str) -> Option<bool> {
        self.found(key, value::flag)
    }

    /// Whether anything stands under a key.
    pub fn has(&self, key: &str) -> bool {
        value::get(&self.value, key).is_some()
    }

    /// The object of a key.
    pub fn object(&self, key: &str) -> Option<Self> {
        let value = self.found(key, |value| value::is_object(value).then(|| value.clone()))?;
        self.below(value)
    }

    /// The list of a key, each of its objects read. One that `read` makes nothing of makes the answer malformed.
    pub fn each<T>(&self, key: &str, read: impl Fn(&Self) -> Option<T>) -> Option<Vec<T>> {
        let all = self.objects(key)?;
        let read = all.iter().filter_map(|one| self.noted(read(one)));
        Some(read.collect())
    }

    /// The objects in the list of a key.
    pub fn objects(&self, key: &str) -> Option<Vec<Self>> {
        let list = self.found(key, value::list)?;
        let objects = list.into_iter().filter_map(|value| {
            let object = value::is_object(&value).then_some(value);
            self.below(self.noted(object)?)
        });
        Some(objects.collect())
    }

    /// The texts in the list of a key; `null` among them is left out.
    pub fn texts(&self, key: &str) -> Option<Vec<String>> {
        let list = self.found(key, value::list)?;
        let texts = list.iter().filter(|value| !value::is_null(value));
        Some(
            texts
                .filter_map(|value| self.noted(value::text(value)))
                .collect(),
        )
    }

    /// The keys of this object.
    pub fn keys(&self) -> Vec<String> {
        value::keys(&self.value)
    }

    fn found<T>(&self, key: &str, read: impl Fn(&Value) -> Option<T>) -> Option<T> {
        let value = value::get(&self.value, key)?;
        self.noted(read(&value))
    }

    fn needed<T: Default>(&self, found: Option<T>) -> T {
        self.noted(found).unwrap_or_default()
    }

    fn below(&self, value: Value) -> Option<Self> {
        let deeper = self.noted(self.deeper.checked_sub(1))?;
        Some(Self {
            value,
            deeper,
            is_malformed: self.is_malformed,
        })
    }

    /// Nothing, where there should be something, makes the answer malformed.
    fn noted<T>(&self, read: Option<T>) -> Option<T> {
        if read.is_none() {
            self.is_malformed.set(true);
        }
        read
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<T>(text: &str, read: impl FnOnce(&Json<'_>) -> Option<T>) -> Option<T> {
        Document::parse(text)?.read(read)
    }

    #[test]
    fn what_is_no_object_is_no_answer() {
        for text in ["", "{", "[]", "7", "null", "<html>", "{} x"] {
            assert!(Document::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn what_is_missing_is_nothing_and_what_is_of_another_kind_spoils_the_answer() {
        let text = r#"{"text":"a","blank":" ","count":3,"flag":true,"null":null,"list":[{"id":-1}],"object":{"x":{}}}"#;
        let all = read(text, |json| {
            assert_eq!(json.text("text"), "a");
            assert_eq!(json.said("blank"), None);
            assert_eq!(json.number("count"), 3);
            assert_eq!(json.id("count"), 3);
            assert!(json.flag("flag"));
            for key in ["null", "missing"] {
                assert_eq!(json.maybe_text(key), None);
                assert_eq!(json.maybe_number(key), None);
                assert_eq!(json.maybe_flag(key), None);
                assert!(!json.flag(key));
                assert!(json.object(key).is_none());
                assert!(json.objects(key).is_none());
            }
            assert_eq!(json.each("list", |one| Some(one.id("id"))), Some(vec![-1]));
            assert_eq!(
                json.object("object").map(|json| json.keys()),
                Some(vec!["x".to_owned()])
            );
            Some(())
        });
        assert_eq!(all, Some(()));
        let spoils: [fn(&Json<'_>); 12] = [
            |json| _ = json.text("missing"),
            |json| _ = json.text("null"),
            |json| _ = json.text("count"),
            |json| _ = json.maybe_text("flag"),
            |json| _ = json.number("text"),
            |json| _ = json.id("missing"),
            |json| _ = json.maybe_flag("count"),
            |json| _ = json.object("list"),
            |json| _ = json.objects("object"),
            |json| _ = json.texts("list"),
            |json| _ = json.each("list", |one| one.maybe_text("name")),
            |json| _ = json.each("list", |one| Some(one.number("id"))),
        ];
        for (at, spoil) in spoils.into_iter().enumerate() {
            let made = read(text, |json| {
                spoil(json);
                Some(())
            });
            assert_eq!(made, None, "{at}");
        }
    }

    #[test]
    fn numbers_are_whole() {
        for (text, id, count) in [
            (r#"{"n":7}"#, Some(7), Some(7)),
            (r#"{"n":-7}"#, Some(-7), None),
            (r#"{"n":7.5}"#, None, None),
            (r#"{"n":"7"}"#, None, None),
        ] {
            assert_eq!(read(text, |json| Some(json.id("n"))), id, "{text}");
            assert_eq!(read(text, |json| Some(json.number("n"))), count, "{text}");
        }
    }

    #[test]
    fn what_nests_too_deep_is_malformed_when_it_is_asked_for() {
        fn depth(json: &Json<'_>) -> Option<u32> {
            Some(json.object("in").map_or(Some(0), |json| depth(&json))? + 1)
        }
        let nested =
            |levels: usize| format!("{}{{}}{}", "{\"in\":".repeat(levels), "}".repeat(levels));
        assert_eq!(read(&nested(32), depth), Some(33));
        assert_eq!(read(&nested(33), depth), None);
        assert_eq!(read(&nested(33), |_| Some(0)), Some(0));
    }
}
