//! The platform's popover, opened and closed by hand where hovering does it.

use web_sys::HtmlElement;

/// Shows the popover; one that is open stays open.
pub fn show(element: &HtmlElement) {
    if !is_open(element) {
        let _ = element.show_popover();
    }
}

/// Hides the popover; one that is closed stays closed.
pub fn hide(element: &HtmlElement) {
    if is_open(element) {
        let _ = element.hide_popover();
    }
}

/// Whether the popover is shown.
pub fn is_open(element: &HtmlElement) -> bool {
    element.matches(":popover-open").unwrap_or(false)
}

/// Whether the focus is on the popover or in it.
pub fn has_focus(element: &HtmlElement) -> bool {
    element.matches(":focus-within").unwrap_or(false)
}

/// Whether the focus is in any popover that is shown.
pub fn one_has_focus() -> bool {
    super::document::find(":popover-open:focus-within").is_some()
}
