//! Which addresses are one page: what a query string changes is shown by the same page, without building it anew.

use super::Route;
use crate::domain::username;

impl Route {
    /// What a page is built for. Pages of one key are one page in different states: another page of a list, another order,
    /// or another spelling of a name that the server takes for the same.
    pub fn page_key(&self) -> String {
        let folded = |name: &str| username::canonical_form(name);
        match self {
            Self::User { username, .. } => format!("users {}", folded(username)),
            // On GitHub - and _ are two characters.
            Self::UserWhich { username } => format!("which {}", username.to_ascii_lowercase()),
            Self::Search(_) => String::from("search"),
            Self::Crates { .. } => String::from("crates"),
            Self::Crate { name } => format!("crate {}", folded(name)),
            Self::CrateVersions { name, .. } => format!("versions {}", folded(name)),
            Self::Dependents { name, .. } => format!("dependents {}", folded(name)),
            Self::Team { login, .. } => format!("team {login}"),
            Self::Keywords(_) => String::from("keywords"),
            Self::Keyword { keyword, .. } => format!("keyword {keyword}"),
            Self::Categories(_) => String::from("categories"),
            Self::Category { slug, .. } => format!("category {slug}"),
            Self::Following(_) => String::from("following"),
            Self::SettingsUsername | Self::ChooseUsername { .. } | Self::ReviewUsername { .. } => {
                String::from("settings username")
            }
            other => other.path(),
        }
    }

    /// Whether both addresses are shown by one page.
    pub fn is_same_page(&self, other: &Self) -> bool {
        self.page_key() == other.page_key()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(a: &str, b: &str) -> bool {
        let route = |address: &str| {
            let (path, query) = address.split_once('?').unwrap_or((address, ""));
            Route::parse(path, query)
        };
        route(a).is_same_page(&route(b))
    }

    #[test]
    fn spelling_order_and_page_number_keep_the_page() {
        assert!(same("/users/Foo-Bar", "/users/foo_bar?page=2&sort=new"));
        assert!(same("/crates/Serde_Json", "/crates/serde-json"));
        assert!(same("/search?q=a", "/search?q=b&page=3"));
    }

    #[test]
    fn another_name_is_another_page() {
        assert!(same("/users/Foo/which", "/users/foo/which"));
        assert!(!same("/users/foo-bar/which", "/users/foo_bar/which"));
        assert!(!same("/users/foo", "/users/bar"));
        assert!(!same("/users/foo", "/crates/foo"));
        assert!(!same("/crates/foo", "/crates/foo/versions"));
        assert!(!same("/keywords/a", "/categories/a"));
    }
}
