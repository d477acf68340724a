//! A team at GitHub that owns crates.
//!
//! Its members own a crate only as far as publishing and yanking go. It must not know who the members are: the registry
//! does not tell.

/// The registry's number of a team. Numbers of teams and of users overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TeamId(pub i64);

/// A team (the document's `Team`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    /// Which one it is.
    pub id: TeamId,
    /// Its full name in the registry: `github:{org}:{team}`.
    pub login: String,
    /// The display name.
    pub name: Option<String>,
    /// Address of a picture; another origin.
    pub avatar: Option<String>,
    /// The organisation's page.
    pub url: Option<String>,
}

impl Team {
    /// The organisation, `rust-lang` in `github:rust-lang:core`.
    pub fn organization(&self) -> Option<&str> {
        self.login.split(':').nth(1)
    }

    /// `{org}/{team}` for reading; the full name when it has another shape than expected.
    pub fn short_name(&self) -> String {
        let mut parts = self.login.splitn(3, ':').skip(1);
        match (parts.next(), parts.next()) {
            (Some(organization), Some(team)) => format!("{organization}/{team}"),
            _ => self.login.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_team_is_read_as_organisation_and_team() {
        let team = |login: &str| Team {
            id: TeamId(1),
            login: login.to_owned(),
            name: None,
            avatar: None,
            url: None,
        };
        assert_eq!(team("github:rust-lang:core").short_name(), "rust-lang/core");
        assert_eq!(
            team("github:rust-lang:core").organization(),
            Some("rust-lang")
        );
        assert_eq!(team("odd").short_name(), "odd");
        assert_eq!(team("odd").organization(), None);
    }
}
