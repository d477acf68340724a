//! Every page of the app and its address: the only place that spells paths.
//!
//! Links are made from a [`Route`] and addresses become one, so that a page can neither be linked wrongly nor be read
//! from an address in two ways. Reading never fails: what is no page is [`Route::Unknown`]. It must not know how pages look.

mod page;
mod parse;
mod print;
mod query;
#[cfg(test)]
mod tests;

pub use query::{Inquiry, ListQuery, SearchQuery, SupportQuery, TagQuery};

use crate::domain::page::{PageNumber, VersionSort};
use crate::domain::token::TokenId;
use crate::domain::username::Username;

/// The licences of all that the app is made of: a file of the build, no page.
pub const LICENCES: &str = "/licences.txt";

/// A page and what its address says. Names are as typed: whether anything has that name, the server knows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Route {
    /// `/`
    Home,
    /// `/search?q&page&sort&all_keywords`
    Search(SearchQuery),
    /// `/crates?letter&page&sort`
    Crates {
        /// Only those that begin with this character.
        letter: Option<String>,
        /// Page and order.
        list: ListQuery,
    },
    /// `/crates/{name}`: the README of the default version.
    Crate {
        /// The crate.
        name: String,
    },
    /// `/crates/{name}/{version}`: the README of a version. Versions start with a digit; other words are pages or nothing.
    CrateVersion {
        /// The crate.
        name: String,
        /// The version's number in full.
        version: String,
    },
    /// `/crates/{name}/versions?sort`
    CrateVersions {
        /// The crate.
        name: String,
        /// The order.
        sort: VersionSort,
    },
    /// `/crates/{name}/dependencies`: leads to those of the default version.
    CrateDependencies {
        /// The crate.
        name: String,
    },
    /// `/crates/{name}/{version}/dependencies`
    Dependencies {
        /// The crate.
        name: String,
        /// The version's number in full.
        version: String,
    },
    /// `/crates/{name}/reverse_dependencies?page`
    Dependents {
        /// The crate.
        name: String,
        /// Which page.
        page: PageNumber,
    },
    /// `/crates/{name}/range/{req}`: leads to the best version that meets the requirement.
    CrateRange {
        /// The crate.
        name: String,
        /// The requirement, as in `Cargo.toml`.
        req: String,
    },
    /// `/crates/{name}/docs`: leads to its documentation.
    CrateDocs {
        /// The crate.
        name: String,
    },
    /// `/crates/{name}/repo`: leads to its repository.
    CrateRepo {
        /// The crate.
        name: String,
    },
    /// `/crates/{name}/owners`: leads to its settings.
    CrateOwners {
        /// The crate.
        name: String,
    },
    /// `/crates/{name}/settings`: its owners and invitations, for owners.
    CrateSettings {
        /// The crate.
        name: String,
    },
    /// `/users/{username}?page&sort`
    User {
        /// The username as it stands in the address.
        username: String,
        /// Page and order of the crates.
        list: ListQuery,
    },
    /// `/users/{username}/which`: the crates.io user of this name beside the GitHub account of this login.
    UserWhich {
        /// The name that means two accounts, or might.
        username: String,
    },
    /// `/teams/{login}?page&sort`
    Team {
        /// The full name, `github:{org}:{team}`.
        login: String,
        /// Page and order of the crates.
        list: ListQuery,
    },
    /// `/keywords?page&sort`
    Keywords(TagQuery),
    /// `/keywords/{keyword}?page&sort`
    Keyword {
        /// The keyword.
        keyword: String,
        /// Page and order of the crates.
        list: ListQuery,
    },
    /// `/categories?page&sort`
    Categories(TagQuery),
    /// `/categories/{slug}?page&sort`
    Category {
        /// The category's slug.
        slug: String,
        /// Page and order of the crates.
        list: ListQuery,
    },
    /// `/dashboard`
    Dashboard,
    /// `/me`: leads to the tokens in the settings, as crates.io's does.
    Me,
    /// `/me/crates?page&sort`: leads to one's own user page.
    MyCrates(ListQuery),
    /// `/me/following?page&sort`
    Following(ListQuery),
    /// `/me/pending-invites`
    PendingInvites,
    /// `/accept-invite/{token}`
    AcceptInvite {
        /// The secret of the mail.
        token: String,
    },
    /// `/confirm/{token}`
    ConfirmEmail {
        /// The secret of the mail.
        token: String,
    },
    /// `/signup`
    Signup,
    /// `/settings`: leads to the profile in the settings.
    Settings,
    /// `/settings/profile`
    SettingsProfile,
    /// `/settings/tokens`
    SettingsTokens,
    /// `/settings/tokens/new?from`
    NewToken {
        /// The token to copy name and limits from.
        from: Option<TokenId>,
    },
    /// `/settings/username`
    SettingsUsername,
    /// `/settings/username/choose?name`
    ChooseUsername {
        /// What the field starts with.
        name: Option<String>,
    },
    /// `/settings/username/review?to`
    ReviewUsername {
        /// The name that is to be taken on.
        to: Option<String>,
    },
    /// `/docs/usernames`
    DocsUsernames,
    /// `/policies`
    Policies,
    /// `/policies/privacy`
    Privacy,
    /// `/support?inquire&crate&user`
    Support(SupportQuery),
    /// A page whose address has a parameter that cannot be read: a screen of its own, nothing is asked.
    Malformed {
        /// The path, as it was.
        path: String,
        /// The query string without `?`, as it was.
        query: String,
        /// The parameter's name.
        parameter: &'static str,
        /// Its value.
        value: String,
    },
    /// No page of the app.
    Unknown {
        /// The path, as it was.
        path: String,
        /// The query string without `?`, as it was.
        query: String,
    },
}

impl Route {
    /// The page of a user.
    pub fn user(username: &Username) -> Self {
        Self::User {
            username: username.as_str().to_owned(),
            list: ListQuery::default(),
        }
    }

    /// The page of a crate.
    pub fn krate(name: &str) -> Self {
        Self::Crate {
            name: name.to_owned(),
        }
    }

    /// The page of a version of a crate.
    pub fn version(name: &str, version: &str) -> Self {
        Self::CrateVersion {
            name: name.to_owned(),
            version: version.to_owned(),
        }
    }

    /// The page of a team, by its full name.
    pub fn team(login: &str) -> Self {
        Self::Team {
            login: login.to_owned(),
            list: ListQuery::default(),
        }
    }

    /// The page of a keyword.
    pub fn keyword(keyword: &str) -> Self {
        Self::Keyword {
            keyword: keyword.to_owned(),
            list: ListQuery::default(),
        }
    }

    /// The page of a category.
    pub fn category(slug: &str) -> Self {
        Self::Category {
            slug: slug.to_owned(),
            list: ListQuery::default(),
        }
    }

    /// Whether the page shows nothing before somebody has signed in.
    pub fn needs_login(&self) -> bool {
        matches!(
            self,
            Self::Dashboard
                | Self::Me
                | Self::MyCrates(_)
                | Self::Following(_)
                | Self::PendingInvites
                | Self::Settings
                | Self::SettingsProfile
                | Self::SettingsTokens
                | Self::NewToken { .. }
                | Self::SettingsUsername
                | Self::ChooseUsername { .. }
                | Self::ReviewUsername { .. }
                | Self::CrateSettings { .. }
        )
    }

    /// Whether search engines should leave the page out: what is one person's own, or nobody's.
    pub fn is_unlisted(&self) -> bool {
        self.needs_login()
            || matches!(
                self,
                Self::Signup
                    | Self::AcceptInvite { .. }
                    | Self::ConfirmEmail { .. }
                    | Self::Malformed { .. }
                    | Self::Unknown { .. }
            )
    }
}
