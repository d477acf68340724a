//! The README of a version, rendered by the registry and kept on its file host.
//!
//! It is markup of a stranger's making: the one component that shows it cleans it first. This must not know how.

/// A rendered README.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Readme {
    /// HTML as the file host has it. Not to be trusted.
    pub html: String,
    /// Where it came from; another origin.
    pub address: String,
}

/// The markup without the attributes and elements that a content security policy reports as soon as they are parsed, even
/// in a document that shows and runs nothing: `style`, `on…`, style sheets and `base`.
///
/// This keeps the console silent and protects nobody: what may be shown is decided afterwards, on the parsed nodes.
pub fn without_reported(html: &str) -> String {
    let mut kept = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((text, tag)) = rest
        .find('<')
        .and_then(|start| rest.split_at_checked(start))
    {
        kept.push_str(text);
        rest = if tag.starts_with("<!--") {
            let end = comment_end(tag);
            let (comment, after) = tag.split_at_checked(end).unwrap_or((tag, ""));
            kept.push_str(comment);
            after
        } else if is_start(tag, "style") {
            after_element(tag, "style")
        } else if is_start(tag, "base") {
            let after = tag_without_reported(tag, &mut String::new());
            after.strip_prefix('>').unwrap_or(after)
        } else if tag
            .chars()
            .nth(1)
            .is_some_and(|second| second.is_ascii_alphabetic())
        {
            tag_without_reported(tag, &mut kept)
        } else {
            kept.push('<');
            tag.strip_prefix('<').unwrap_or_default()
        };
    }
    kept.push_str(rest);
    kept
}

/// How long a comment is: browsers end it in four ways.
fn comment_end(tag: &str) -> usize {
    if let Some(abrupt) = ["<!-->", "<!--->"]
        .iter()
        .find(|end| tag.starts_with(**end))
    {
        return abrupt.len();
    }
    let ends = ["-->", "--!>"]
        .iter()
        .filter_map(|end| Some(tag.find(end)? + end.len()));
    ends.min().unwrap_or(tag.len())
}

/// Whether a tag of this name starts here.
fn is_start(tag: &str, name: &str) -> bool {
    let found = tag
        .get(1..=name.len())
        .is_some_and(|found| found.eq_ignore_ascii_case(name));
    found
        && !tag
            .chars()
            .nth(name.len() + 1)
            .is_some_and(|next| next.is_ascii_alphanumeric() || next == '-')
}

/// What follows an element whose content is text, after its end tag.
fn after_element<'a>(tag: &'a str, name: &str) -> &'a str {
    let ends = |at: &usize| {
        let end = tag.get(at + 2..at + 2 + name.len());
        end.is_some_and(|end| end.eq_ignore_ascii_case(name))
    };
    let end = tag.match_indices("</").map(|(at, _)| at).find(ends);
    let after = end.and_then(|at| tag.get(at..)).unwrap_or_default();
    after
        .find('>')
        .and_then(|close| after.get(close + 1..))
        .unwrap_or_default()
}

/// Copies one start tag attribute by attribute; returns what follows it.
fn tag_without_reported<'a>(tag: &'a str, kept: &mut String) -> &'a str {
    let is_blank = |c: char| c.is_ascii_whitespace() || c == '/';
    let split = |text: &'a str, at: Option<usize>| {
        text.split_at_checked(at.unwrap_or(text.len()))
            .unwrap_or((text, ""))
    };
    let (name, mut rest) = split(tag, tag.find(|c| is_blank(c) || c == '>'));
    kept.push_str(name);
    loop {
        let (blanks, after) = split(rest, rest.find(|c| !is_blank(c)));
        if after.is_empty() || after.starts_with('>') {
            kept.push_str(blanks);
            return after;
        }
        // An attribute may begin with `=`; from its second letter on, `=` ends its name.
        let end = after
            .char_indices()
            .skip(1)
            .find(|(_, c)| is_blank(*c) || matches!(c, '=' | '>'));
        let (attribute, after) = split(after, end.map(|(at, _)| at));
        let (value, after) = value(after);
        let name = attribute.to_ascii_lowercase();
        if name != "style" && !name.starts_with("on") {
            for part in [blanks, attribute, value] {
                kept.push_str(part);
            }
        }
        rest = after;
    }
}

/// The `=` and the value of an attribute, if it has one, and what follows.
fn value(text: &str) -> (&str, &str) {
    let Some(equals) = text.trim_ascii_start().strip_prefix('=') else {
        return ("", text);
    };
    let inner = equals.trim_ascii_start();
    let start = text.len() - inner.len();
    let quote = inner.chars().next().filter(|c| matches!(c, '"' | '\''));
    let end = match quote {
        Some(quote) => inner
            .char_indices()
            .skip(1)
            .find(|(_, c)| *c == quote)
            .map(|(at, _)| at + 1),
        None => inner.find(|c: char| c.is_ascii_whitespace() || c == '>'),
    };
    let at = end.map_or(text.len(), |end| start + end);
    text.split_at_checked(at).unwrap_or((text, ""))
}

#[cfg(test)]
mod tests {
    use super::without_reported;
    use proptest::prelude::*;

    #[test]
    fn what_is_reported_goes_and_the_rest_stays() {
        let cases = [
            ("plain & text < more", "plain & text < more"),
            ("<p>a</p>", "<p>a</p>"),
            ("<p style=\"color: red\" id=a>x</p>", "<p id=a>x</p>"),
            (
                "<p STYLE='a>b' title=\"style=1\">x",
                "<p title=\"style=1\">x",
            ),
            ("<img src=x onerror=alert(1)>", "<img src=x>"),
            ("<img/onerror=\"a\"/src=x>", "<img/src=x>"),
            ("<img onerror = 'a b' alt=on>", "<img alt=on>"),
            ("<details open ontoggle>", "<details open>"),
            (
                "<a href='?on=1&style=2'>on style</a>",
                "<a href='?on=1&style=2'>on style</a>",
            ),
            ("a<style>p { b: c }</style >b", "ab"),
            ("a<STYLE media=x>never closed", "a"),
            ("<stylish on=1>", "<stylish>"),
            ("a<base href='x'>b<BASE/>c<baseline>", "abc<baseline>"),
            ("<!-- <p on=a> --!><p on=b>", "<!-- <p on=a> --!><p>"),
            ("<!--><p on=b>--><p on=c>", "<!--><p>--><p>"),
            ("<!---><p on=b>", "<!---><p>"),
            ("<!-- <p style=a> --><p style=b>", "<!-- <p style=a> --><p>"),
            ("<p style=", "<p"),
            (
                "<p title=\"ümläut 🦀\" style='é'>é",
                "<p title=\"ümläut 🦀\">é",
            ),
        ];
        for (html, expected) in cases {
            assert_eq!(without_reported(html), expected, "{html}");
        }
    }

    proptest! {
        #[test]
        fn no_markup_is_too_broken(html in "[<>/='\" a-zé!-]{0,80}") {
            let once = without_reported(&html);
            prop_assert!(once.len() <= html.len());
        }
    }
}
