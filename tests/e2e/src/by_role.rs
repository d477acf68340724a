//! Finding things the way people and screen readers do: by role and accessible name.
//!
//! Every search waits for what it looks for, up to [`PATIENCE`](crate::browser::PATIENCE), and never for time to pass.
//! A name found twice is an error: a person could not have told the two apart either.

use crate::browser::Browser;
use crate::tree::{Node, Tree};
use crate::{Failure, Outcome};
use serde_json::json;
use std::fmt;

/// What a name has to be like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Name {
    /// Exactly this, blanks collapsed.
    Is(String),
    /// This is somewhere in it.
    Contains(String),
    /// Any, also none.
    Any,
}

impl Name {
    /// Whether `name` is like that.
    pub fn matches(&self, name: &str) -> bool {
        match self {
            Self::Is(wanted) => name == wanted,
            Self::Contains(part) => name.contains(part.as_str()),
            Self::Any => true,
        }
    }
}

impl From<&str> for Name {
    fn from(name: &str) -> Self {
        Self::Is(name.to_owned())
    }
}

impl From<&String> for Name {
    fn from(name: &String) -> Self {
        Self::Is(name.clone())
    }
}

/// A name with this in it.
pub fn containing(part: &str) -> Name {
    Name::Contains(part.to_owned())
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Is(name) => write!(f, "named \"{name}\""),
            Self::Contains(part) => write!(f, "with \"{part}\" in its name"),
            Self::Any => write!(f, "of any name"),
        }
    }
}

/// Roles that take text, whatever Chromium calls them in detail.
pub const FIELDS: [&str; 4] = ["textbox", "searchbox", "combobox", "spinbutton"];

impl Browser {
    /// The accessibility tree as it is now.
    pub async fn tree(&self) -> Outcome<Tree> {
        Ok(Tree::read(
            &self.cdp("Accessibility.getFullAXTree", json!({})).await?,
        ))
    }

    /// All nodes of one of these roles with that name, now.
    pub async fn all(&self, roles: &[&str], name: &Name) -> Outcome<Vec<Node>> {
        let tree = self.tree().await?;
        let fitting =
            |node: &&Node| roles.contains(&node.role.as_str()) && name.matches(&node.name);
        Ok(tree.nodes().iter().filter(fitting).cloned().collect())
    }

    /// The one node of these roles with that name, as soon as it is there.
    pub async fn one(&self, roles: &[&str], name: &Name) -> Outcome<Node> {
        let wanted = format!("one {} {name}", roles.join(" or "));
        self.until(&wanted, async || {
            let mut found = self.all(roles, name).await?;
            match found.len() {
                0 | 1 => Ok(found.pop()),
                several => Err(Failure::from(format!("there are {several}"))),
            }
        })
        .await
    }

    /// Waits until nothing of these roles has that name any more.
    pub async fn none(&self, roles: &[&str], name: &Name) -> Outcome<()> {
        self.until(
            &format!("no {} {name} any more", roles.join(" or ")),
            async || Ok(self.all(roles, name).await?.is_empty().then_some(())),
        )
        .await
    }
}
