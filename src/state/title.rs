//! The document's title: what a person reads in the tab, and what a screen reader says after a navigation.

use crate::browser::document;
use crate::reactive::effect;

/// What stands after every page's own title.
const SITE: &str = "nameplate";

/// Gives the page a title that follows what is known: "carols10cents - nameplate".
pub fn provide_title(title: impl Fn() -> String + 'static) {
    effect(move |_| {
        let title = title();
        if title.is_empty() {
            document::set_title(SITE);
        } else {
            document::set_title(&format!("{title} - {SITE}"));
        }
    });
}
