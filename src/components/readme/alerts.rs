//! Alerts as GitHub writes them: a quotation that begins with `[!NOTE]`.
//!
//! Newer READMEs are rendered with elements of their own for these; older ones still have the quotation, which becomes one.

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, Node};

/// The kinds, as they are written and as their elements are called.
const KINDS: [(&str, &str, &str); 5] = [
    ("[!NOTE]", "note", "Note"),
    ("[!TIP]", "tip", "Tip"),
    ("[!IMPORTANT]", "important", "Important"),
    ("[!WARNING]", "warning", "Warning"),
    ("[!CAUTION]", "caution", "Caution"),
];

/// The kind of alert a text begins with, its title, and where the text goes on.
fn kind(text: &str) -> Option<(&'static str, &'static str, &str)> {
    let text = text.trim_start();
    KINDS.into_iter().find_map(|(mark, kind, title)| {
        let start = text.get(..mark.len())?;
        start
            .eq_ignore_ascii_case(mark)
            .then(|| (kind, title, text.get(mark.len()..).unwrap_or_default()))
    })
}

/// Puts an alert in the place of a quotation that is one.
pub fn from_quotation(document: &Document, quotation: &Element) -> Option<()> {
    let first = quotation
        .first_element_child()
        .filter(|first| first.local_name() == "p")?;
    let text = first
        .first_child()
        .filter(|node| node.node_type() == Node::TEXT_NODE)?;
    let value = text.node_value()?;
    let (kind, title, rest) = kind(&value)?;
    let alert = document.create_element("div").ok()?;
    alert.set_class_name(&format!("markdown-alert markdown-alert-{kind}"));
    let heading = document.create_element("p").ok()?;
    heading.set_class_name("markdown-alert-title");
    heading.set_text_content(Some(title));
    text.set_node_value(Some(rest.trim_start()));
    if rest.trim().is_empty() {
        let after = text
            .next_sibling()
            .and_then(|node| node.dyn_into::<Element>().ok());
        if let Some(line_break) = after.filter(|node| node.local_name() == "br") {
            line_break.remove();
        }
    }
    if first
        .text_content()
        .is_none_or(|text| text.trim().is_empty())
        && first.first_element_child().is_none()
    {
        first.remove();
    }
    alert.append_child(&heading).ok()?;
    while let Some(child) = quotation.first_child() {
        alert.append_child(&child).ok()?;
    }
    quotation.replace_with_with_node_1(&alert).ok()
}

#[cfg(test)]
mod tests {
    use super::kind;

    #[test]
    fn an_alert_is_known_by_its_mark_at_the_very_beginning() {
        assert_eq!(kind("[!NOTE]"), Some(("note", "Note", "")));
        assert_eq!(
            kind("\n[!warning]\nHot."),
            Some(("warning", "Warning", "\nHot."))
        );
        for text in ["", "NOTE", "[!NOPE] x", "See [!NOTE]", "[!NOTÉ]", "[NOTE]"] {
            assert_eq!(kind(text), None, "{text:?}");
        }
    }
}
