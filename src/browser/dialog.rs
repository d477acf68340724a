//! The platform's modal dialog: it keeps the focus inside, closes on Escape and gives the focus back where it came from.

use web_sys::HtmlDialogElement;

/// Opens the dialog above everything else; one that is open stays open.
pub fn open(element: &HtmlDialogElement) {
    if !element.open() {
        let _ = element.show_modal();
    }
}

/// Closes the dialog; one that is closed stays closed.
pub fn close(element: &HtmlDialogElement) {
    if element.open() {
        element.close();
    }
}
