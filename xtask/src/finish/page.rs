//! `index.html`: its markers, its placeholders, its size.
//!
//! Two marks are for the author of the page. `data-inline="FILE"` on a `<script>` or `<style>` puts
//! the file, bundled, inside the element. `{{name}}` stands for the address or hash of a file that
//! has its name only when it is built. A placeholder nobody fills in ends the build.

use crate::{
    fail,
    failure::{Failure, Outcome},
};
use std::collections::BTreeMap;

/// What stands in for each placeholder.
pub type Names = BTreeMap<String, String>;

/// Elements whose text is not markup and whose white space counts.
const VERBATIM: [&str; 4] = ["script", "style", "pre", "textarea"];

/// The page without the links that were meant for Trunk.
pub fn without_trunk_links(html: &str) -> String {
    let mut kept = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find("<link ") {
        let (before, tag) = rest.split_at(start);
        let end = tag.find('>').map_or(tag.len(), |end| end + 1);
        let (tag, after) = tag.split_at(end);
        kept.push_str(before);
        let for_trunk = tag
            .split([' ', '\n', '>', '/'])
            .any(|word| word.split('=').next() == Some("data-trunk"));
        if !for_trunk {
            kept.push_str(tag);
        }
        rest = after;
    }
    kept.push_str(rest);
    kept
}

/// The page with `load(FILE)` inside every element that is marked `data-inline="FILE"`.
pub fn inline(html: &str, mut load: impl FnMut(&str) -> Outcome<String>) -> Outcome<String> {
    const MARK: &str = " data-inline=\"";
    let mut made = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(mark) = rest.find(MARK) {
        let (before, marked) = rest.split_at(mark);
        let marked = marked.get(MARK.len()..).unwrap_or_default();
        let element = before
            .rfind('<')
            .and_then(|start| before.get(start + 1..))
            .and_then(|tag| tag.split_whitespace().next())
            .unwrap_or_default();
        let parts = marked.split_once('"').and_then(|(file, tail)| {
            let (attributes, inner) = tail.split_once('>')?;
            let (_, after) = inner.split_once(&format!("</{element}>"))?;
            Some((file, attributes, after))
        });
        let Some((file, attributes, after)) =
            parts.filter(|_| ["script", "style"].contains(&element))
        else {
            fail!("index.html: `data-inline` belongs on a closed <script> or <style>.");
        };
        let text = load(file)?;
        fits_into(element, file, &text)?;
        made.push_str(before);
        made.push_str(attributes);
        made.push('>');
        made.push_str(&text);
        made.push_str(&format!("</{element}>"));
        rest = after;
    }
    made.push_str(rest);
    Ok(made)
}

/// Whether the text of `file` can stand in an element of that name.
pub fn fits_into(element: &str, file: &str, text: &str) -> Outcome {
    if text.to_ascii_lowercase().contains(&format!("</{element}")) {
        fail!("{file} holds `</{element}`, which would end the element it stands in.");
    }
    Ok(())
}

/// An SVG file as an address that holds it, for an attribute.
pub fn data_address(svg: &str) -> String {
    let text = svg.trim().replace('"', "'");
    let text = text.replace('%', "%25").replace('#', "%23");
    let text = text.replace('<', "%3C").replace('>', "%3E");
    format!("data:image/svg+xml,{text}")
}

/// The page with every `{{name}}` replaced.
pub fn filled(html: &str, names: &Names) -> Outcome<String> {
    let mut made = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find("{{") {
        let (before, opened) = rest.split_at(start);
        let inside = opened.get(2..).unwrap_or_default();
        made.push_str(before);
        // Minified scripts hold such braces too; only a plain name between them is a placeholder.
        match inside.split_once("}}").filter(|(name, _)| is_name(name)) {
            Some((name, after)) => {
                let value = names.get(name).ok_or_else(|| unknown(name, names))?;
                made.push_str(value);
                rest = after;
            }
            None => {
                made.push('{');
                rest = opened.get(1..).unwrap_or_default();
            }
        }
    }
    made.push_str(rest);
    Ok(made)
}

fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

fn unknown(name: &str, names: &Names) -> Failure {
    let known: Vec<&str> = names.keys().map(String::as_str).collect();
    Failure::new(format!(
        "index.html asks for {{{{{name}}}}}, which the build does not know; it knows {}.",
        known.join(", ")
    ))
}

/// The page without comments, indentation and empty lines, except inside elements that are verbatim.
pub fn squeezed(html: &str) -> String {
    let mut made = String::with_capacity(html.len());
    let mut rest = html;
    while !rest.is_empty() {
        let (markup, verbatim, after) = next_verbatim(rest);
        squeeze_markup(markup, &mut made);
        made.push_str(verbatim);
        rest = after;
    }
    made
}

/// Splits into what comes before the next verbatim element, that element, and what follows it.
fn next_verbatim(html: &str) -> (&str, &str, &str) {
    let mut from = 0;
    while let Some(found) = html.get(from..).and_then(|rest| rest.find('<')) {
        let start = from + found;
        let tag = html.get(start..).unwrap_or_default();
        if tag.starts_with("<!--") {
            // What a comment holds is no element.
            from = tag.find("-->").map_or(html.len(), |end| start + end + 3);
            continue;
        }
        let element = VERBATIM.iter().find(|element| {
            tag.get(1..).is_some_and(|name| {
                name.strip_prefix(**element).is_some_and(|after| {
                    after.starts_with(|c: char| c == '>' || c.is_ascii_whitespace())
                })
            })
        });
        if let Some(element) = element {
            let close = format!("</{element}>");
            let end = tag
                .find(&close)
                .map_or(html.len(), |at| start + at + close.len());
            let (before, from_element) = html.split_at(start);
            let (verbatim, after) = from_element.split_at(end - start);
            return (before, verbatim, after);
        }
        from = start + 1;
    }
    (html, "", "")
}

fn squeeze_markup(markup: &str, made: &mut String) {
    let mut text = String::with_capacity(markup.len());
    let mut rest = markup;
    while let Some((before, comment)) = rest.split_once("<!--") {
        text.push_str(before);
        rest = comment.split_once("-->").map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    let mut lines = text.split('\n').peekable();
    let mut first = true;
    while let Some(line) = lines.next() {
        // The beginning of the first and the end of the last line may touch a verbatim element.
        let last = lines.peek().is_none();
        let line = if first { line } else { line.trim_start() };
        let line = if last { line } else { line.trim_end() };
        if !first && !made.ends_with('\n') {
            made.push('\n');
        }
        made.push_str(line);
        first = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names {
        [("js", "/assets/a.js"), ("js_integrity", "sha256-x")]
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    }

    #[test]
    fn an_address_that_holds_a_picture_can_stand_in_an_attribute() {
        assert_eq!(
            data_address("<svg fill=\"#24352f\">50%</svg>\n"),
            "data:image/svg+xml,%3Csvg fill='%2324352f'%3E50%25%3C/svg%3E"
        );
    }

    #[test]
    fn placeholders_are_replaced_everywhere() {
        let html =
            r#"<link href="{{js}}" integrity="{{js_integrity}}"><script>import("{{js}}")</script>"#;
        let expected = r#"<link href="/assets/a.js" integrity="sha256-x"><script>import("/assets/a.js")</script>"#;
        assert_eq!(filled(html, &names()).as_deref(), Ok(expected));
    }

    #[test]
    fn braces_of_scripts_are_no_placeholders() {
        for text in [
            "if(a){{b()}}",
            "{{",
            "}}",
            "{{}}",
            "{{{js}",
            "a{{B}}c",
            "{{ js }}",
        ] {
            assert_eq!(filled(text, &names()).as_deref(), Ok(text));
        }
        assert_eq!(
            filled("{{{js}}}", &names()).as_deref(),
            Ok("{/assets/a.js}")
        );
    }

    #[test]
    fn a_placeholder_nobody_knows_ends_the_build() {
        let failure = filled("{{jss}}", &names())
            .expect_err("unknown")
            .to_string();
        assert_eq!(
            failure,
            "index.html asks for {{jss}}, which the build does not know; it knows js, js_integrity."
        );
    }

    #[test]
    fn marked_elements_take_the_file_s_text() {
        let html = r#"<script data-inline="start.js"></script> <style media="all" data-inline="a.css" id="x">old</style>!"#;
        let made = inline(html, |file| Ok(format!("[{file}]")));
        assert_eq!(
            made.as_deref(),
            Ok(r#"<script>[start.js]</script> <style media="all" id="x">[a.css]</style>!"#)
        );
    }

    #[test]
    fn an_inlined_text_cannot_end_its_element() {
        let html = r#"<script data-inline="a.js"></script>"#;
        assert!(inline(html, |_| Ok("'</SCRIPT>'".to_owned())).is_err());
    }

    #[test]
    fn the_mark_on_another_or_an_open_element_ends_the_build() {
        for html in [
            r#"<div data-inline="a.js"></div>"#,
            r#"<script data-inline="a.js">"#,
        ] {
            assert!(inline(html, |_| Ok(String::new())).is_err(), "{html}");
        }
    }

    #[test]
    fn links_for_trunk_go_and_others_stay() {
        let html = "<link data-trunk rel=\"rust\" data-bin=\"nameplate\"><link rel=\"icon\" href=\"/data-trunk\">\
                    <link rel=\"rust\" data-trunk><link rel=\"x\" data-trunk=\"\"/>";
        assert_eq!(
            without_trunk_links(html),
            "<link rel=\"icon\" href=\"/data-trunk\">"
        );
    }

    #[test]
    fn comments_and_indentation_go_outside_verbatim_elements_only() {
        let html = "<!doctype html>\n  <p>\n\n    a <!-- b\n <script> --> c\n  </p>\n  <script>\n  let a; <!-- x\n  </script>\n  <pre class=\"a\">\n  b\n</pre>\n  <prefix>\n   c\n";
        assert_eq!(
            squeezed(html),
            "<!doctype html>\n<p>\na  c\n</p>\n<script>\n  let a; <!-- x\n  </script>\n<pre class=\"a\">\n  b\n</pre>\n<prefix>\nc\n"
        );
    }

    #[test]
    fn words_on_either_side_of_a_line_end_stay_apart() {
        assert_eq!(squeezed("a\n   b <em>c</em>\n d"), "a\nb <em>c</em>\nd");
    }
}
