//! What a README may contain. Everything that is not named here is not kept.

/// Elements that stay what they are.
const KEPT: [&str; 61] = [
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "input",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "picture",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "small",
    "source",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Elements of no further meaning here that also stay.
const KEPT_INLINE: [&str; 6] = ["strike", "time", "tt", "u", "var", "wbr"];

/// Elements that are dropped together with what is in them.
const DROPPED: [&str; 27] = [
    "script",
    "style",
    "iframe",
    "frame",
    "frameset",
    "object",
    "embed",
    "applet",
    "template",
    "noscript",
    "textarea",
    "select",
    "option",
    "button",
    "svg",
    "math",
    "audio",
    "video",
    "canvas",
    "link",
    "meta",
    "base",
    "title",
    "head",
    "xmp",
    "plaintext",
    "dialog",
];

/// What happens to an element.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
    /// It stays, with the attributes allowed for it.
    Keep,
    /// It goes, what is in it stays.
    Unwrap,
    /// It goes with everything in it.
    Drop,
}

/// Decides by the element's name in lower case.
pub fn fate(element: &str) -> Fate {
    if KEPT.contains(&element) || KEPT_INLINE.contains(&element) {
        Fate::Keep
    } else if DROPPED.contains(&element) {
        Fate::Drop
    } else {
        Fate::Unwrap
    }
}

/// Whether an element may have an attribute (both in lower case). Addresses are looked at separately.
pub fn attribute(element: &str, name: &str) -> bool {
    matches!(name, "title" | "lang" | "dir" | "id" | "class" | "align")
        || matches!(
            (element, name),
            ("a", "href")
                | ("img", "src" | "alt" | "width" | "height")
                | ("source", "srcset" | "media" | "type" | "sizes")
                | ("td" | "th", "colspan" | "rowspan" | "headers" | "scope")
                | ("col" | "colgroup", "span")
                | ("ol", "start" | "reversed")
                | ("li", "value")
                | ("details", "open")
                | ("time", "datetime")
                | ("input", "type" | "checked" | "disabled")
        )
}

/// Whether a class means something to our styles: languages of code and the kinds of alerts.
pub fn class(name: &str) -> bool {
    name.starts_with("language-")
        || name.starts_with("markdown-alert")
        || name == "footnotes"
        || name == "footnote-ref"
}

/// Whether a link may lead there.
pub fn link(address: &str) -> bool {
    has_scheme(address, &["https:", "http:", "mailto:"]) || address.starts_with('#')
}

/// Whether a picture may come from there. The content security policy has the last word.
pub fn picture(address: &str) -> bool {
    has_scheme(address, &["https:", "http:", "data:image/"])
}

/// Browsers ignore blanks and control characters in the scheme; an address that has any before its colon is not taken.
fn has_scheme(address: &str, schemes: &[&str]) -> bool {
    let lower = address
        .get(..16.min(address.len()))
        .unwrap_or(address)
        .to_ascii_lowercase();
    schemes.iter().any(|scheme| lower.starts_with(scheme))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn active_content_is_dropped_whole() {
        for element in [
            "script", "iframe", "svg", "math", "style", "object", "template",
        ] {
            assert_eq!(fate(element), Fate::Drop, "{element}");
        }
    }

    #[test]
    fn unknown_elements_leave_their_text() {
        for element in ["form", "marquee", "x-widget", "section", "h1", "font"] {
            assert_eq!(fate(element), Fate::Unwrap, "{element}");
        }
    }

    #[test]
    fn no_event_handler_and_no_style_is_allowed_anywhere() {
        for element in KEPT {
            for name in [
                "style",
                "onclick",
                "onerror",
                "srcdoc",
                "formaction",
                "ping",
                "target",
                "autofocus",
                "tabindex",
            ] {
                assert!(!attribute(element, name), "{element} {name}");
            }
        }
    }

    #[test]
    fn links_lead_to_the_web_to_mail_or_within_the_page() {
        assert!(link("https://a.example/"));
        assert!(link("HTTP://a.example/"));
        assert!(link("mailto:a@example.com"));
        assert!(link("#anchor"));
        for address in [
            "javascript:alert(1)",
            "java\nscript:alert(1)",
            " javascript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "//a.example",
            "x",
        ] {
            assert!(!link(address), "{address:?}");
        }
    }

    #[test]
    fn pictures_are_pictures() {
        assert!(picture("data:image/png;base64,AAAA"));
        assert!(picture("https://a.example/x.png"));
        for address in [
            "data:text/html,x",
            "javascript:alert(1)",
            "blob:x",
            "file:///x",
        ] {
            assert!(!picture(address), "{address:?}");
        }
    }
}
