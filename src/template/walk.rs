//! The copies of a template, and the way through one.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::document;
use leptos::tachys::renderer::Rndr;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlTemplateElement, Node};

thread_local! {
    /// What was parsed, with its HTML: some dozens at most, told apart by where they stand.
    static PARSED: RefCell<Vec<(&'static str, Node)>> = const { RefCell::new(Vec::new()) };
}

/// A fresh copy of the one element that the HTML has.
pub fn copy(html: &'static str) -> Option<Node> {
    let parsed = PARSED.with_borrow(|parsed| {
        let known = parsed.iter().find(|(known, _)| std::ptr::eq(*known, html));
        known.map(|(_, parsed)| parsed.clone())
    });
    let parsed = match parsed {
        Some(parsed) => parsed,
        None => {
            let parsed = parse(html)?;
            PARSED.with_borrow_mut(|all| all.push((html, parsed.clone())));
            parsed
        }
    };
    // Copied for this document, so that pictures and custom elements in it are the document's from the start.
    document().import_node_with_deep(&parsed, true).ok()
}

fn parse(html: &'static str) -> Option<Node> {
    let template: HtmlTemplateElement =
        document().create_element("template").ok()?.unchecked_into();
    template.set_inner_html(html);
    #[cfg(debug_assertions)]
    if template.inner_html() != html {
        leptos::logging::error!("the browser reads {html:?} as {:?}", template.inner_html());
    }
    let first = Rndr::first_child(&template.content())?;
    if html.starts_with("<svg><") {
        Rndr::first_child(&first)
    } else {
        Some(first)
    }
}

/// Where one is in a copy.
pub struct Place {
    node: Node,
    around: Vec<Node>,
    /// The node as an element, once it was asked for.
    element: Option<Rc<Element>>,
}

impl Place {
    pub fn at(root: &Node) -> Self {
        Self {
            node: root.clone(),
            around: Vec::new(),
            element: None,
        }
    }

    pub fn node(&self) -> &Node {
        &self.node
    }

    /// The element that is here.
    pub fn element(&mut self) -> Rc<Element> {
        let node = &self.node;
        Rc::clone(
            self.element
                .get_or_insert_with(|| Rc::new(node.clone().unchecked_into())),
        )
    }

    /// The element around this place.
    pub fn parent(&self) -> Option<&Element> {
        self.around.last().map(JsCast::unchecked_ref)
    }

    fn go(&mut self, to: Option<Node>) -> Option<()> {
        self.node = to?;
        self.element = None;
        Some(())
    }

    pub fn enter(&mut self) -> Option<()> {
        self.around.push(self.node.clone());
        self.go(Rndr::first_child(&self.node))
    }

    pub fn next(&mut self) -> Option<()> {
        self.go(Rndr::next_sibling(&self.node))
    }

    pub fn leave(&mut self) -> Option<()> {
        let around = self.around.pop();
        self.go(around)
    }
}
