//! Roles and accessible names of elements, as far as this app's markup needs them.
//!
//! The order of sources follows the W3C's "Accessible Name and Description Computation": what is referenced, what is
//! labelled, what the element brings along, what it contains, its title.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement, Node};

/// The role that assistive technology is told, if the element has one that matters here.
pub fn role_of(element: &Element) -> Option<String> {
    if let Some(role) = element.get_attribute("role") {
        return role.split_whitespace().next().map(str::to_owned);
    }
    let role = match element.tag_name().to_lowercase().as_str() {
        "a" if element.has_attribute("href") => "link",
        "article" => "article",
        "aside" => "complementary",
        "button" | "summary" => "button",
        "dialog" => "dialog",
        "footer" if is_outermost(element) => "contentinfo",
        "form" if !name_of(element).is_empty() => "form",
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => "heading",
        "header" if is_outermost(element) => "banner",
        "hr" => "separator",
        "img" if element.get_attribute("alt").as_deref() != Some("") => "img",
        "input" => return input_role(element).map(str::to_owned),
        "li" => "listitem",
        "main" => "main",
        "nav" => "navigation",
        "ol" | "ul" => "list",
        "option" => "option",
        "output" => "status",
        "progress" => "progressbar",
        "search" => "search",
        "section" if !name_of(element).is_empty() => "region",
        "select" => "combobox",
        "table" => "table",
        "textarea" => "textbox",
        _ => return None,
    };
    Some(role.to_owned())
}

fn input_role(element: &Element) -> Option<&'static str> {
    let kind = element.get_attribute("type").unwrap_or_default();
    Some(match kind.as_str() {
        "button" | "image" | "reset" | "submit" => "button",
        "checkbox" => "checkbox",
        "hidden" => return None,
        "number" => "spinbutton",
        "radio" => "radio",
        "range" => "slider",
        "search" => "searchbox",
        _ => "textbox",
    })
}

fn is_outermost(element: &Element) -> bool {
    element
        .closest("main, article, aside, section, nav")
        .ok()
        .flatten()
        .is_none()
}

/// The level of a heading.
pub fn level_of(element: &Element) -> Option<u32> {
    let said = element.get_attribute("aria-level");
    let tag = element.tag_name();
    said.or_else(|| tag.strip_prefix('H').map(str::to_owned))?
        .parse()
        .ok()
}

/// The accessible name, blanks collapsed; empty when there is none.
pub fn name_of(element: &Element) -> String {
    collapsed(&name(element, &mut Vec::new(), true))
}

/// The accessible description, from `aria-describedby` or `aria-description`.
pub fn description_of(element: &Element) -> String {
    let referenced = referenced(element, "aria-describedby", &mut Vec::new());
    let said = referenced.or_else(|| element.get_attribute("aria-description"));
    collapsed(&said.unwrap_or_default())
}

fn name(element: &Element, visited: &mut Vec<Element>, may_refer: bool) -> String {
    if visited.contains(element) {
        return String::new();
    }
    visited.push(element.clone());
    if may_refer && let Some(name) = referenced(element, "aria-labelledby", visited) {
        return name;
    }
    if let Some(label) = element
        .get_attribute("aria-label")
        .filter(|label| !label.trim().is_empty())
    {
        return label;
    }
    if let Some(native) = native_name(element, visited).filter(|name| !name.trim().is_empty()) {
        return native;
    }
    if is_named_by_content(element) {
        let content = content(element, visited);
        if !content.trim().is_empty() {
            return content;
        }
    }
    let title = element
        .get_attribute("title")
        .filter(|title| !title.is_empty());
    title
        .or_else(|| element.get_attribute("placeholder"))
        .unwrap_or_default()
}

fn referenced(element: &Element, attribute: &str, visited: &mut Vec<Element>) -> Option<String> {
    let ids = element.get_attribute(attribute)?;
    let document = element.owner_document()?;
    let parts = ids
        .split_whitespace()
        .filter_map(|id| document.get_element_by_id(id));
    let names: Vec<String> = parts
        .map(|part| {
            let own = name(&part, visited, false);
            if own.is_empty() {
                content(&part, visited)
            } else {
                own
            }
        })
        .collect();
    Some(names.join(" ")).filter(|name| !name.trim().is_empty())
}

fn native_name(element: &Element, visited: &mut Vec<Element>) -> Option<String> {
    let tag = element.tag_name().to_lowercase();
    match tag.as_str() {
        "img" => element.get_attribute("alt"),
        "input" | "select" | "textarea" | "progress" | "output" => {
            let button = matches!(
                element.get_attribute("type").as_deref(),
                Some("submit" | "button" | "reset")
            );
            if button {
                element.get_attribute("value")
            } else {
                label_of(element, visited)
            }
        }
        "fieldset" => first_child(element, "legend").map(|legend| content(&legend, visited)),
        "table" => first_child(element, "caption").map(|caption| content(&caption, visited)),
        "svg" => {
            first_child(element, "title").map(|title| title.text_content().unwrap_or_default())
        }
        _ => None,
    }
}

fn first_child(element: &Element, selector: &str) -> Option<Element> {
    element
        .query_selector(&format!(":scope > {selector}"))
        .ok()
        .flatten()
}

fn label_of(element: &Element, visited: &mut Vec<Element>) -> Option<String> {
    let by_id = Some(element.id())
        .filter(|id| !id.is_empty())
        .and_then(|id| {
            let document = element.owner_document()?;
            document
                .query_selector(&format!("label[for=\"{id}\"]"))
                .ok()
                .flatten()
        });
    let label = by_id.or_else(|| element.closest("label").ok().flatten())?;
    Some(content(&label, visited))
}

fn is_named_by_content(element: &Element) -> bool {
    let said = element.get_attribute("role");
    let tag = element.tag_name().to_lowercase();
    let role = said.as_deref().unwrap_or(&tag);
    matches!(
        role,
        "a" | "link"
            | "button"
            | "summary"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "heading"
            | "option"
            | "tab"
            | "menuitem"
            | "menuitemradio"
            | "menuitemcheckbox"
            | "switch"
            | "checkbox"
            | "radio"
            | "tooltip"
            | "cell"
            | "columnheader"
            | "rowheader"
            | "td"
            | "th"
            | "label"
            | "legend"
    )
}

/// The text inside, in reading order, with the names of pictures and fields; without what is hidden.
fn content(element: &Element, visited: &mut Vec<Element>) -> String {
    let mut text = String::new();
    let nodes = element.child_nodes();
    for node in (0..nodes.length()).filter_map(|index| nodes.item(index)) {
        if node.node_type() == Node::TEXT_NODE {
            text.push_str(&node.text_content().unwrap_or_default());
        } else if let Some(child) = node.dyn_ref::<Element>().filter(|child| !is_hidden(child)) {
            if visited.contains(child) {
                // A field inside its own label is no part of its name.
                continue;
            }
            let own = name(child, visited, false);
            let part = if own.is_empty() {
                content(child, visited)
            } else {
                own
            };
            let apart = if is_block(child) { " " } else { "" };
            text.push_str(&format!("{apart}{part}{apart}"));
        }
    }
    text
}

fn is_block(element: &Element) -> bool {
    let style =
        web_sys::window().and_then(|window| window.get_computed_style(element).ok().flatten());
    let display = style.and_then(|style| style.get_property_value("display").ok());
    display.is_some_and(|display| !display.starts_with("inline"))
}

/// Whether the element, or something around it, is kept from everybody or from assistive technology.
pub fn is_hidden(element: &Element) -> bool {
    let mut next = Some(element.clone());
    while let Some(one) = next {
        if one.get_attribute("aria-hidden").as_deref() == Some("true") || one.has_attribute("inert")
        {
            return true;
        }
        let style =
            web_sys::window().and_then(|window| window.get_computed_style(&one).ok().flatten());
        let property = |name: &str| {
            style
                .as_ref()
                .and_then(|style| style.get_property_value(name).ok())
        };
        if property("display").as_deref() == Some("none") {
            return true;
        }
        next = one.parent_element();
    }
    let style =
        web_sys::window().and_then(|window| window.get_computed_style(element).ok().flatten());
    style
        .and_then(|style| style.get_property_value("visibility").ok())
        .as_deref()
        == Some("hidden")
}

/// What a field holds.
pub fn value_of(element: &Element) -> Option<String> {
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        return Some(input.value());
    }
    element
        .dyn_ref::<HtmlSelectElement>()
        .map(HtmlSelectElement::value)
}

/// The text that is seen, blanks collapsed.
pub fn text_of(element: &Element) -> String {
    let seen = element
        .dyn_ref::<HtmlElement>()
        .map(HtmlElement::inner_text);
    collapsed(&seen.or_else(|| element.text_content()).unwrap_or_default())
}

fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
