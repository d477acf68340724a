//! What belongs to the document and to no component: its title, whether robots may keep it, which element has the focus.

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, FocusOptions, HtmlElement};

use crate::domain::percent::decode_segment;

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// Sets the document's title, which a screen reader reads on navigation.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Tells robots whether they may keep this page; settings, sign-up and `me` are nobody else's.
pub fn set_noindex(noindex: bool) {
    let Some(document) = document() else { return };
    let present = document
        .query_selector("meta[name='robots']")
        .ok()
        .flatten();
    match (present, noindex) {
        (Some(meta), false) => meta.remove(),
        (None, true) => {
            if let (Some(head), Ok(meta)) = (document.head(), document.create_element("meta")) {
                let _ = meta.set_attribute("name", "robots");
                let _ = meta.set_attribute("content", "noindex");
                let _ = head.append_child(&meta);
            }
        }
        _ => {}
    }
}

/// Sets or removes `data-color-scheme` at the root; `None` lets the system decide.
pub fn set_color_scheme(scheme: Option<&str>) {
    let Some(root) = document().and_then(|document| document.document_element()) else {
        return;
    };
    let _ = match scheme {
        Some(scheme) => root.set_attribute("data-color-scheme", scheme),
        None => root.remove_attribute("data-color-scheme"),
    };
}

/// The first element that fits the selector.
pub fn find(selector: &str) -> Option<Element> {
    document()?.query_selector(selector).ok().flatten()
}

/// Scrolls to the element that the address's fragment names, with or without `prefix` before it. Says whether there was one.
pub fn scroll_to_fragment(prefix: &str) -> bool {
    let fragment = web_sys::window().and_then(|window| window.location().hash().ok());
    let Some(fragment) = fragment
        .as_deref()
        .and_then(|hash| hash.strip_prefix('#'))
        .filter(|name| !name.is_empty())
    else {
        return false;
    };
    let name = decode_segment(fragment);
    let by_id = |id: &str| document()?.get_element_by_id(id);
    let found = by_id(&format!("{prefix}{name}")).or_else(|| by_id(&name));
    if let Some(element) = &found {
        element.scroll_into_view();
    }
    found.is_some()
}

/// Scrolls to the top.
pub fn scroll_to_top() {
    if let Some(window) = web_sys::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// Moves the focus to the first element that fits, without scrolling. Says whether there was one.
pub fn focus(selector: &str) -> bool {
    let Some(element) = find(selector).and_then(|element| element.dyn_into::<HtmlElement>().ok())
    else {
        return false;
    };
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    element.focus_with_options(&options).is_ok()
}

/// Moves the focus to the first element that fits, and scrolls it into sight. Says whether there was one.
pub fn focus_in_sight(selector: &str) -> bool {
    let element = find(selector).and_then(|element| element.dyn_into::<HtmlElement>().ok());
    element.is_some_and(|element| element.focus().is_ok())
}

/// Whether the focused element lies inside one that fits the selector.
pub fn focus_is_within(selector: &str) -> bool {
    document()
        .and_then(|document| document.active_element())
        .is_some_and(|element| element.closest(selector).ok().flatten().is_some())
}

/// Whether no element has the focus: the one that had it is gone, or nobody has moved it yet.
pub fn focus_is_lost() -> bool {
    document()
        .and_then(|document| document.active_element())
        .is_none_or(|element| element.tag_name() == "BODY")
}

/// Whether a key pressed now would be typed into something.
pub fn is_typing() -> bool {
    document()
        .and_then(|document| document.active_element())
        .is_some_and(|element| {
            matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
                || element
                    .dyn_ref::<HtmlElement>()
                    .is_some_and(HtmlElement::is_content_editable)
        })
}

/// Removes the outline that stood in for the app, and tells the start script that the app is there.
pub fn replace_skeleton() {
    if let Some(skeleton) = find("#skeleton") {
        skeleton.remove();
    }
    super::listener::announce("nameplate:started");
}
