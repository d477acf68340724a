//! From a README's HTML to nodes that may be shown. See `readme` for the way, `allowed` for the lists.

use wasm_bindgen::JsCast;
use web_sys::{Document, DocumentFragment, DomParser, Element, Node, SupportedType};

use super::allowed::{self, Fate};
use super::{alerts, anchors, code};
use crate::domain::readme::without_reported;

/// Names made by authors are kept apart from the page's own.
pub const ID_PREFIX: &str = "user-content-";

/// A README on its way from parsed to shown. A piece at a time: cleaning a long one whole would hold the page up.
pub struct Cleaning {
    cleaner: Cleaner,
    rest: Node,
}

/// Parses a README. `None` only where the browser cannot parse at all.
pub fn begin(html: &str) -> Option<Cleaning> {
    // Even an inert document has the policy report what it would not run; and it would say so in the console.
    let html = without_reported(html);
    let inert = DomParser::new()
        .ok()?
        .parse_from_string(&html, SupportedType::TextHtml)
        .ok()?;
    Some(Cleaning {
        rest: inert.body()?.into(),
        cleaner: Cleaner {
            document: inert,
            heading: 1,
        },
    })
}

impl Cleaning {
    /// What may be shown of the next `nodes` nodes, each with all that is in it; `None` when there are no more.
    pub fn next(&mut self, nodes: u32) -> Option<DocumentFragment> {
        self.rest.first_child()?;
        let fragment = self.cleaner.document.create_document_fragment();
        for _ in 0..nodes {
            let Some(child) = self.rest.first_child() else {
                break;
            };
            fragment.append_child(&child).ok()?;
        }
        self.cleaner.clean_children(&fragment);
        code::explain_diagrams(&self.cleaner.document, &fragment);
        for element in all(fragment
            .query_selector_all("a[href]:not([aria-label])")
            .ok())
        {
            name_link(&element);
        }
        Some(fragment)
    }

    /// The same, in an element of its own.
    pub fn next_piece(&mut self, nodes: u32) -> Option<Element> {
        let fragment = self.next(nodes)?;
        let piece = self.cleaner.document.create_element("div").ok()?;
        piece.set_class_name("readme__piece");
        piece.append_child(&fragment).ok()?;
        Some(piece)
    }

    /// How many nodes are left.
    pub fn left(&self) -> u32 {
        self.rest.child_nodes().length()
    }
}

struct Cleaner {
    document: Document,
    /// The level of the last heading kept; the page's own is 1.
    heading: u32,
}

impl Cleaner {
    fn clean_children(&mut self, parent: &Node) {
        let mut next = parent.first_child();
        while let Some(node) = next {
            next = self.clean(&node);
        }
    }

    /// Cleans a node and says which one to look at next.
    fn clean(&mut self, node: &Node) -> Option<Node> {
        let after = node.next_sibling();
        match node.node_type() {
            Node::TEXT_NODE => after,
            Node::ELEMENT_NODE => match node.dyn_ref::<Element>() {
                Some(element) => self.clean_element(element, after),
                None => drop_node(node, after),
            },
            _ => drop_node(node, after),
        }
    }

    fn clean_element(&mut self, element: &Element, after: Option<Node>) -> Option<Node> {
        let name = element.local_name();
        // Elements of other namespaces parse by other rules; none is needed.
        if element.namespace_uri().as_deref() != Some("http://www.w3.org/1999/xhtml") {
            return drop_node(element, after);
        }
        if let Some(level) = heading_level(&name) {
            return self.demote_heading(element, level, after);
        }
        match allowed::fate(&name) {
            Fate::Drop => drop_node(element, after),
            Fate::Unwrap => {
                let first = element.first_child();
                unwrap(element);
                first.or(after)
            }
            Fate::Keep if name == "input" && !is_checkbox(element) => drop_node(element, after),
            Fate::Keep => {
                clean_attributes(element, &name);
                self.clean_children(element);
                self.finish(element, &name);
                after
            }
        }
    }

    /// A heading comes at least one level below the page's and never skips one.
    fn demote_heading(
        &mut self,
        element: &Element,
        level: u32,
        after: Option<Node>,
    ) -> Option<Node> {
        if element
            .text_content()
            .is_none_or(|text| text.trim().is_empty())
            && element.query_selector("img[alt]").ok().flatten().is_none()
        {
            unwrap(element);
            return after;
        }
        let level = (level + 1).min(self.heading + 1).min(6);
        let name = format!("h{level}");
        let Ok(heading) = self.document.create_element(&name) else {
            return drop_node(element, after);
        };
        for kept in ["id", "align", "dir", "lang"] {
            if let Some(value) = element.get_attribute(kept) {
                let _ = heading.set_attribute(kept, &value);
            }
        }
        while let Some(child) = element.first_child() {
            let _ = heading.append_child(&child);
        }
        let _ = element.replace_with_with_node_1(&heading);
        clean_attributes(&heading, &name);
        self.clean_children(&heading);
        anchors::permalink(&self.document, &heading);
        self.heading = level;
        after
    }

    /// What kept elements need so that everybody can use them.
    fn finish(&self, element: &Element, name: &str) {
        let set = |attribute: &str, value: &str| {
            let _ = element.set_attribute(attribute, value);
        };
        match name {
            "a" => set("rel", "nofollow ugc noopener noreferrer"),
            "img" => {
                set("loading", "lazy");
                set("decoding", "async");
                set("referrerpolicy", "no-referrer");
                if !element.has_attribute("alt") {
                    set("alt", "");
                }
            }
            "input" => {
                set("disabled", "");
                set(
                    "aria-label",
                    if element.has_attribute("checked") {
                        "Done"
                    } else {
                        "Not done"
                    },
                );
            }
            "pre" => {
                set("tabindex", "0");
                set("role", "group");
                set("aria-label", "Code");
            }
            "th" if element
                .text_content()
                .is_none_or(|text| text.trim().is_empty()) =>
            {
                self.rename(element, "td")
            }
            "table" => self.wrap_table(element),
            "blockquote" => {
                alerts::from_quotation(&self.document, element);
            }
            _ => {}
        }
    }

    fn rename(&self, element: &Element, name: &str) {
        if let Ok(renamed) = self.document.create_element(name) {
            while let Some(child) = element.first_child() {
                let _ = renamed.append_child(&child);
            }
            let _ = element.replace_with_with_node_1(&renamed);
        }
    }

    /// A wide table scrolls by itself, with the keyboard too.
    fn wrap_table(&self, table: &Element) {
        let Ok(wrapper) = self.document.create_element("div") else {
            return;
        };
        for (name, value) in [
            ("class", "readme__scroll"),
            ("tabindex", "0"),
            ("role", "group"),
            ("aria-label", "Table"),
        ] {
            let _ = wrapper.set_attribute(name, value);
        }
        if table.replace_with_with_node_1(&wrapper).is_ok() {
            let _ = wrapper.append_child(table);
        }
    }
}

fn drop_node(node: &Node, after: Option<Node>) -> Option<Node> {
    if let Some(parent) = node.parent_node() {
        let _ = parent.remove_child(node);
    }
    after
}

/// Puts an element's children in its place.
fn unwrap(element: &Element) {
    if let Some(parent) = element.parent_node() {
        while let Some(child) = element.first_child() {
            if parent.insert_before(&child, Some(element)).is_err() {
                break;
            }
        }
        let _ = parent.remove_child(element);
    }
}

fn heading_level(name: &str) -> Option<u32> {
    let digit = name.strip_prefix('h')?;
    digit.parse().ok().filter(|level| (1..=6).contains(level))
}

fn is_checkbox(element: &Element) -> bool {
    element
        .get_attribute("type")
        .is_some_and(|kind| kind.eq_ignore_ascii_case("checkbox"))
}

fn clean_attributes(element: &Element, name: &str) {
    for attribute in element
        .get_attribute_names()
        .iter()
        .filter_map(|name| name.as_string())
    {
        let Some(value) = element.get_attribute(&attribute) else {
            continue;
        };
        match cleaned(name, &attribute, &value) {
            Some(cleaned) if cleaned == value => {}
            Some(cleaned) => {
                let _ = element.set_attribute(&attribute, &cleaned);
            }
            None => {
                let _ = element.remove_attribute(&attribute);
            }
        }
    }
}

/// The value an attribute may have; `None` removes it.
fn cleaned(element: &str, attribute: &str, value: &str) -> Option<String> {
    if !allowed::attribute(element, attribute) {
        return None;
    }
    match attribute {
        "id" => Some(prefixed(value)),
        "href" => match value.strip_prefix('#') {
            Some(fragment) => Some(format!("#{}", prefixed(fragment))),
            None => allowed::link(value).then(|| value.to_owned()),
        },
        "src" => allowed::picture(value).then(|| value.to_owned()),
        "srcset" => value
            .split(',')
            .all(|candidate| allowed::picture(candidate.trim()))
            .then(|| value.to_owned()),
        "class" => {
            let kept: Vec<&str> = value
                .split_ascii_whitespace()
                .filter(|class| allowed::class(class))
                .collect();
            (!kept.is_empty()).then(|| kept.join(" "))
        }
        "width" | "height" => value
            .bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| value.to_owned()),
        _ => Some(value.to_owned()),
    }
}

fn prefixed(id: &str) -> String {
    if id.starts_with(ID_PREFIX) {
        id.to_owned()
    } else {
        format!("{ID_PREFIX}{id}")
    }
}

/// A link around nothing but a picture without words is named by where it leads.
fn name_link(link: &Element) {
    let has_text = link
        .text_content()
        .is_some_and(|text| !text.trim().is_empty());
    let has_picture_text = link
        .query_selector("img[alt]:not([alt=''])")
        .ok()
        .flatten()
        .is_some();
    if !has_text
        && !has_picture_text
        && let Some(href) = link.get_attribute("href")
    {
        let _ = link.set_attribute("aria-label", &href);
    }
}

fn all(list: Option<web_sys::NodeList>) -> Vec<Element> {
    let Some(list) = list else { return Vec::new() };
    (0..list.length())
        .filter_map(|index| list.item(index)?.dyn_into().ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::cleaned;

    #[test]
    fn fragments_lead_to_the_readmes_own_anchors() {
        assert_eq!(
            cleaned("a", "href", "#usage").as_deref(),
            Some("#user-content-usage")
        );
        assert_eq!(
            cleaned("a", "href", "#user-content-usage").as_deref(),
            Some("#user-content-usage")
        );
        assert_eq!(
            cleaned("h2", "id", "header").as_deref(),
            Some("user-content-header")
        );
    }

    #[test]
    fn addresses_that_run_code_are_removed() {
        assert_eq!(cleaned("a", "href", "javascript:alert(1)"), None);
        assert_eq!(cleaned("img", "src", "javascript:alert(1)"), None);
        assert_eq!(
            cleaned(
                "source",
                "srcset",
                "https://a.example/x.png 1x, javascript:x 2x"
            ),
            None
        );
    }

    #[test]
    fn only_classes_of_ours_stay() {
        assert_eq!(
            cleaned("code", "class", "language-rust header").as_deref(),
            Some("language-rust")
        );
        assert_eq!(cleaned("div", "class", "header menu"), None);
    }

    #[test]
    fn a_size_is_a_number() {
        assert_eq!(cleaned("img", "width", "100").as_deref(), Some("100"));
        assert_eq!(cleaned("img", "width", "100vw"), None);
    }
}
