//! The page as assistive technology gets it: Chromium's accessibility tree.
//!
//! Roles and names are computed by the browser, not guessed from markup, so a button that is only painted like one is
//! not found here. Printed as indented text the tree is both a snapshot to compare with and what a failed test shows.

use serde_json::Value;
use std::collections::HashMap;

/// One thing that assistive technology can tell of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// `button`, `heading`, `StaticText`, …
    pub role: String,
    /// Its accessible name, blanks collapsed.
    pub name: String,
    /// Its accessible description.
    pub description: String,
    /// What a field holds.
    pub value: String,
    /// States and properties that are set: `level=1`, `expanded=false`, `focused=true`, …
    pub states: Vec<(String, String)>,
    /// Depth among the nodes kept.
    pub depth: usize,
    /// The element, for [`Browser::element`](crate::browser::Browser::element).
    pub backend: i64,
}

impl Node {
    /// The value of a state, if it is set.
    pub fn state(&self, name: &str) -> Option<&str> {
        self.states
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    fn line(&self) -> String {
        let mut line = "  ".repeat(self.depth);
        let is_text = self.role == "StaticText";
        line.push_str(if is_text { "text" } else { &self.role });
        if !self.name.is_empty() {
            line.push_str(&format!(" \"{}\"", self.name));
        }
        if !self.value.is_empty() && !is_text {
            line.push_str(&format!(" value=\"{}\"", self.value));
        }
        if !self.description.is_empty() {
            line.push_str(&format!(" description=\"{}\"", self.description));
        }
        for (name, value) in &self.states {
            match value.as_str() {
                "true" => line.push_str(&format!(" {name}")),
                value => line.push_str(&format!(" {name}={value}")),
            }
        }
        line
    }
}

/// The nodes that mean something, in reading order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    nodes: Vec<Node>,
}

/// States worth telling; the rest is Chromium's bookkeeping.
const TOLD: [&str; 13] = [
    "level", "checked", "pressed", "expanded", "selected", "disabled", "invalid", "required",
    "readonly", "modal", "busy", "hasPopup", "focused",
];

impl Tree {
    /// Reads the answer of `Accessibility.getFullAXTree`.
    pub fn read(answer: &Value) -> Self {
        let empty = Vec::new();
        let raw = answer["nodes"].as_array().unwrap_or(&empty);
        let by_id: HashMap<&str, &Value> = raw
            .iter()
            .filter_map(|node| Some((node["nodeId"].as_str()?, node)))
            .collect();
        let mut tree = Self::default();
        let root = raw.iter().find(|node| node["parentId"].is_null());
        if let Some(root) = root {
            tree.add(root, &by_id, 0, "");
        }
        tree
    }

    fn add(&mut self, raw: &Value, by_id: &HashMap<&str, &Value>, depth: usize, parent_name: &str) {
        let node = read_node(raw, depth);
        let is_kept = raw["ignored"] != true && is_telling(&node, parent_name);
        let (depth, name) = if is_kept {
            self.nodes.push(node.clone());
            (depth + 1, node.name.as_str())
        } else {
            (depth, parent_name)
        };
        if node.role == "StaticText" {
            return;
        }
        for child in raw["childIds"].as_array().into_iter().flatten() {
            if let Some(child) = child.as_str().and_then(|id| by_id.get(id)) {
                self.add(child, by_id, depth, name);
            }
        }
    }

    /// Every node in reading order.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The part of the tree below the first node of that role and, when given, name.
    pub fn below(&self, role: &str, name: Option<&str>) -> Option<Self> {
        let is_wanted =
            |node: &&Node| node.role == role && name.is_none_or(|name| node.name == name);
        let root = self.nodes.iter().find(is_wanted)?;
        Some(self.under(root))
    }

    /// `root` and everything in it, moved to the left edge.
    pub fn under(&self, root: &Node) -> Self {
        let mut nodes = self.nodes.iter().skip_while(|node| *node != root);
        let first = nodes.next().cloned();
        let rest = nodes.take_while(|node| node.depth > root.depth).cloned();
        let moved = first.into_iter().chain(rest).map(|node| Node {
            depth: node.depth - root.depth,
            ..node
        });
        Self {
            nodes: moved.collect(),
        }
    }

    /// What the focus is on; `None` when it is on the page itself.
    pub fn focused(&self) -> Option<&Node> {
        self.nodes
            .iter()
            .rev()
            .find(|node| node.state("focused") == Some("true") && node.role != "RootWebArea")
    }

    /// All text, in reading order, for a look at what is said.
    pub fn text(&self) -> String {
        let named = self.nodes.iter().filter(|node| !node.name.is_empty());
        named
            .map(|node| node.name.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    }
}

impl std::fmt::Display for Tree {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for node in &self.nodes {
            writeln!(f, "{}", node.line())?;
        }
        Ok(())
    }
}

fn read_node(raw: &Value, depth: usize) -> Node {
    let properties = raw["properties"].as_array().into_iter().flatten();
    let states = properties.filter_map(|property| {
        let name = property["name"]
            .as_str()
            .filter(|name| TOLD.contains(name))?;
        let value = plain(&property["value"]["value"]);
        // A collapsed button says `expanded=false`; any other "no" says nothing.
        let is_telling =
            value != "false" || name == "expanded" || name == "checked" || name == "pressed";
        is_telling.then(|| (name.to_owned(), value))
    });
    Node {
        role: plain(&raw["role"]["value"]),
        name: collapsed(&plain(&raw["name"]["value"])),
        description: collapsed(&plain(&raw["description"]["value"])),
        value: plain(&raw["value"]["value"]),
        states: states.collect(),
        depth,
        backend: raw["backendDOMNodeId"].as_i64().unwrap_or_default(),
    }
}

fn is_telling(node: &Node, parent_name: &str) -> bool {
    match node.role.as_str() {
        "InlineTextBox" | "LineBreak" | "none" | "presentation" => false,
        "generic" => !node.name.is_empty(),
        // A button's text is its name already.
        "StaticText" => !node.name.is_empty() && node.name != parent_name,
        _ => true,
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// Runs of blanks as one, none at the ends.
pub fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn tree() -> Tree {
        Tree::read(&json!({"nodes": [
            {"nodeId": "1", "role": {"value": "RootWebArea"}, "name": {"value": "Page"}, "childIds": ["2", "5"]},
            {"nodeId": "2", "parentId": "1", "ignored": true, "role": {"value": "none"}, "childIds": ["3"]},
            {"nodeId": "3", "parentId": "2", "role": {"value": "button"}, "name": {"value": "  Log\n in "},
                "childIds": ["4"], "backendDOMNodeId": 7,
                "properties": [{"name": "expanded", "value": {"value": false}},
                    {"name": "focused", "value": {"value": true}}, {"name": "focusable", "value": {"value": true}}]},
            {"nodeId": "4", "parentId": "3", "role": {"value": "StaticText"}, "name": {"value": "Log in"}},
            {"nodeId": "5", "parentId": "1", "role": {"value": "paragraph"}, "childIds": ["6"]},
            {"nodeId": "6", "parentId": "5", "role": {"value": "StaticText"}, "name": {"value": "Hello"}}
        ]}))
    }

    #[test]
    fn ignored_nodes_lift_their_children_and_text_repeats_no_name() {
        let expected = "RootWebArea \"Page\"\n  button \"Log in\" expanded=false focused\n  paragraph\n    text \"Hello\"\n";
        assert_eq!(tree().to_string(), expected);
    }

    #[test]
    fn the_focused_node_is_found() {
        assert_eq!(tree().focused().map(|node| node.backend), Some(7));
    }

    #[test]
    fn a_part_of_the_tree_starts_at_the_left_edge() {
        let part = tree().below("paragraph", None).expect("there");
        assert_eq!(part.to_string(), "paragraph\n  text \"Hello\"\n");
    }
}
