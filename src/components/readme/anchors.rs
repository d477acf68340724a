//! Links to the headings of a README.
//!
//! The renderer leaves an empty link inside each heading. It becomes a link of its own beside the heading, with a name and a
//! place to click, and the heading takes over the anchor: a heading is read as what it says and nothing else.

use web_sys::{Document, Element};

/// Moves the empty link out of the heading, if there is one.
pub fn permalink(document: &Document, heading: &Element) -> Option<()> {
    let anchor = heading
        .first_element_child()
        .filter(|first| first.local_name() == "a")?;
    let id = anchor.get_attribute("id")?;
    if anchor
        .text_content()
        .is_some_and(|text| !text.trim().is_empty())
        || anchor.first_element_child().is_some()
    {
        return None;
    }
    let name = heading.text_content()?.trim().to_owned();
    let row = document.create_element("div").ok()?;
    row.set_class_name("readme__heading");
    anchor.remove();
    heading.set_attribute("id", &id).ok()?;
    heading.replace_with_with_node_1(&row).ok()?;
    anchor.remove_attribute("id").ok()?;
    anchor.set_class_name("readme__permalink");
    anchor.set_attribute("href", &format!("#{id}")).ok()?;
    anchor
        .set_attribute("aria-label", &format!("Link to “{name}”"))
        .ok()?;
    row.append_child(heading).ok()?;
    row.append_child(&anchor).ok()?;
    Some(())
}
