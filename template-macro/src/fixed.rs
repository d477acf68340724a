//! The fixed part of an element, and its HTML.

/// Elements that have nothing in them and no end tag (HTML standard, 13.1.2).
const VOID: [&str; 13] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// Elements of SVG that stand alone in markup; the parser knows them as such only inside `svg`.
const INSIDE_SVG: [&str; 7] = ["circle", "g", "line", "path", "polyline", "rect", "use"];

/// An element as the markup has it, the values that are only known later left out.
pub struct Element {
    pub name: String,
    /// The attributes that never change.
    pub attributes: Vec<(String, String)>,
    /// The steps that fill in the others, see [`crate::steps`].
    pub filled: String,
    pub children: Vec<Child>,
}

/// What stands in an element.
pub enum Child {
    Element(Element),
    Text(String),
    /// A view that is put here.
    Filled,
    /// Keeps two texts apart that only a view stands between: the parser would make one of them.
    Seam,
}

impl Element {
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            attributes: Vec::new(),
            filled: String::new(),
            children: Vec::new(),
        }
    }

    /// Adds a text, kept apart from one before it.
    pub fn push_text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if let Some(Child::Text(before)) = self.children.last_mut() {
            before.push_str(text);
            return;
        }
        let before = self
            .children
            .iter()
            .rev()
            .find(|child| !matches!(child, Child::Filled));
        if matches!(before, Some(Child::Text(_))) {
            self.children.push(Child::Seam);
        }
        self.children.push(Child::Text(text.to_owned()));
    }

    /// Whether it must stand inside `svg` to be parsed as what it is.
    pub fn is_inside_svg(&self) -> bool {
        INSIDE_SVG.contains(&self.name.as_str())
    }
}

/// HTML, spelled as browsers spell it (HTML standard, 13.3), so that it can be compared with what was parsed.
pub struct Html(pub String);

impl Html {
    pub fn of(element: &Element) -> Self {
        let mut html = Self(String::new());
        if element.is_inside_svg() {
            html.0.push_str("<svg>");
            html.element(element);
            html.0.push_str("</svg>");
        } else {
            html.element(element);
        }
        html
    }

    fn element(&mut self, element: &Element) {
        let name = &element.name;
        self.0.push('<');
        self.0.push_str(name);
        for (key, value) in &element.attributes {
            self.0.push(' ');
            self.0.push_str(key);
            self.0.push_str("=\"");
            self.escaped(value, true);
            self.0.push('"');
        }
        self.0.push('>');
        if VOID.contains(&name.as_str()) {
            return;
        }
        for child in &element.children {
            match child {
                Child::Element(element) => self.element(element),
                Child::Text(text) => self.escaped(text, false),
                Child::Filled => {}
                Child::Seam => self.0.push_str("<!---->"),
            }
        }
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
    }

    fn escaped(&mut self, text: &str, in_attribute: bool) {
        for letter in text.chars() {
            match letter {
                '&' => self.0.push_str("&amp;"),
                '\u{a0}' => self.0.push_str("&nbsp;"),
                '"' if in_attribute => self.0.push_str("&quot;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                letter => self.0.push(letter),
            }
        }
    }
}
