//! What somebody types into the search field: words, and `keyword:` and `category:` tokens among them.
//!
//! The tokens are those of crates.io, so that its addresses mean the same here. It must not know what is found.

/// A search taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchWords {
    /// What remains without the tokens, blanks collapsed.
    pub text: String,
    /// The keywords that were named, each once, in order.
    pub keywords: Vec<String>,
    /// The categories that were named, each once, in order. The registry looks in one only.
    pub categories: Vec<String>,
}

impl SearchWords {
    /// Takes a search apart. A token without a value is a word like any other.
    pub fn parse(typed: &str) -> Self {
        let mut words = Self::default();
        for word in typed.split_whitespace() {
            let (named, value) = match word.split_once(':') {
                Some(("keyword", value)) if !value.is_empty() => (&mut words.keywords, value),
                Some(("category", value)) if !value.is_empty() => (&mut words.categories, value),
                _ => {
                    if !words.text.is_empty() {
                        words.text.push(' ');
                    }
                    words.text.push_str(word);
                    continue;
                }
            };
            if !named.iter().any(|known| known == value) {
                named.push(value.to_owned());
            }
        }
        words
    }

    /// The text that finds the crates with a keyword.
    pub fn for_keyword(keyword: &str) -> String {
        format!("keyword:{keyword} ")
    }

    /// The text that finds the crates in a category.
    pub fn for_category(slug: &str) -> String {
        format!("category:{slug} ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(typed: &str, text: &str, keywords: &[&str], categories: &[&str]) {
        let expected = SearchWords {
            text: text.to_owned(),
            keywords: keywords.iter().map(|&word| word.to_owned()).collect(),
            categories: categories.iter().map(|&slug| slug.to_owned()).collect(),
        };
        assert_eq!(SearchWords::parse(typed), expected, "{typed:?}");
    }

    #[test]
    fn words_stay_words() {
        check("", "", &[], &[]);
        check("  serde   json ", "serde json", &[], &[]);
        check(
            "std::vec http://x key:word",
            "std::vec http://x key:word",
            &[],
            &[],
        );
    }

    #[test]
    fn tokens_are_taken_out_wherever_they_stand() {
        check(
            "keyword:async fast keyword:web category:web-programming::http-server",
            "fast",
            &["async", "web"],
            &["web-programming::http-server"],
        );
        check("category:a category:b category:a", "", &[], &["a", "b"]);
        check("keyword:x keyword:x", "", &["x"], &[]);
    }

    #[test]
    fn a_token_without_a_value_is_a_word() {
        check("keyword: category:", "keyword: category:", &[], &[]);
        check("Keyword:x", "Keyword:x", &[], &[]);
    }

    #[test]
    fn what_finds_a_keyword_or_category_is_read_back() {
        check(&SearchWords::for_keyword("async"), "", &["async"], &[]);
        check(&SearchWords::for_category("a::b"), "", &[], &["a::b"]);
    }
}
