//! Finding elements the way people and screen readers do.

use super::accessible_name::{is_hidden, level_of, name_of, role_of, value_of};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Everything of that role below `root` that is not hidden, in document order.
pub fn all_by_role(root: &Element, role: &str) -> Vec<Element> {
    let elements = root.query_selector_all("*").expect("a valid selector");
    (0..elements.length())
        .filter_map(|index| elements.item(index)?.dyn_into::<Element>().ok())
        .filter(|element| role_of(element).as_deref() == Some(role) && !is_hidden(element))
        .collect()
}

/// Everything of that role and exactly that accessible name.
pub fn all_named(root: &Element, role: &str, name: &str) -> Vec<Element> {
    all_by_role(root, role)
        .into_iter()
        .filter(|element| name_of(element) == name)
        .collect()
}

/// What there is, as indented text: role, name and state. For comparing, and for somebody whose test has failed.
pub fn snapshot(root: &Element) -> String {
    let mut lines = String::new();
    describe(root, 0, &mut lines, true);
    lines
}

fn describe(element: &Element, depth: usize, lines: &mut String, with_text: bool) {
    if is_hidden(element) {
        return;
    }
    let mut depth = depth;
    if let Some(role) = role_of(element) {
        lines.push_str(&"  ".repeat(depth));
        lines.push_str(&role);
        let name = name_of(element);
        if !name.is_empty() {
            lines.push_str(&format!(" \"{name}\""));
        }
        lines.push_str(&states(element, &role));
        lines.push('\n');
        depth += 1;
        if matches!(role.as_str(), "button" | "link" | "heading" | "option") {
            return describe_children(element, depth, lines, false);
        }
    }
    describe_children(element, depth, lines, with_text);
}

fn describe_children(element: &Element, depth: usize, lines: &mut String, with_text: bool) {
    let nodes = element.child_nodes();
    for node in (0..nodes.length()).filter_map(|index| nodes.item(index)) {
        if let Some(child) = node.dyn_ref::<Element>() {
            describe(child, depth, lines, with_text);
        } else if with_text && node.node_type() == web_sys::Node::TEXT_NODE {
            let text = node.text_content().unwrap_or_default();
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            if !text.is_empty() {
                lines.push_str(&format!("{}text \"{text}\"\n", "  ".repeat(depth)));
            }
        }
    }
}

fn states(element: &Element, role: &str) -> String {
    let mut states = String::new();
    if let Some(level) = level_of(element).filter(|_| role == "heading") {
        states.push_str(&format!(" level={level}"));
    }
    if let Some(value) = value_of(element).filter(|value| !value.is_empty()) {
        states.push_str(&format!(" value=\"{value}\""));
    }
    for state in [
        "expanded", "pressed", "checked", "selected", "current", "invalid", "busy",
    ] {
        if let Some(value) = element.get_attribute(&format!("aria-{state}")) {
            states.push_str(&format!(" {state}={value}"));
        }
    }
    if element.has_attribute("disabled") {
        states.push_str(" disabled");
    }
    let focused = element
        .owner_document()
        .and_then(|document| document.active_element());
    if focused.as_ref() == Some(element) {
        states.push_str(" focused");
    }
    states
}

/// An element as one that can be clicked and focused.
pub fn html(element: &Element) -> HtmlElement {
    element.clone().dyn_into().expect("an HTML element")
}
