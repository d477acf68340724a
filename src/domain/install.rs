//! The lines with which a crate is installed: `cargo add`, the line for `Cargo.toml`, `cargo install`.
//!
//! Build metadata (`+…`) means nothing to cargo's requirements and is left out of the line.

/// What of a crate can be installed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Install<'a> {
    name: &'a str,
    library: bool,
    binary: bool,
}

impl<'a> Install<'a> {
    /// `has_lib` is `None` for versions from before the registry looked; they are taken for libraries.
    pub fn new(name: &'a str, has_lib: Option<bool>, bin_names: &[String]) -> Self {
        let binary = !bin_names.is_empty();
        Self {
            name,
            library: has_lib.unwrap_or(!binary),
            binary,
        }
    }

    /// The command and the line of `Cargo.toml` for the newest fitting version.
    pub fn library(&self, version: &str) -> Option<(String, String)> {
        let plain = version.split('+').next().unwrap_or(version);
        self.library.then(|| {
            (
                format!("cargo add {}", self.name),
                format!("{} = \"{plain}\"", self.name),
            )
        })
    }

    /// The same for exactly this version.
    pub fn pinned_library(&self, version: &str) -> Option<(String, String)> {
        let plain = version.split('+').next().unwrap_or(version);
        self.library.then(|| {
            (
                format!("cargo add {}@={plain}", self.name),
                format!("{} = \"={plain}\"", self.name),
            )
        })
    }

    /// The command that installs the program.
    pub fn binary(&self) -> Option<String> {
        self.binary.then(|| format!("cargo install {}", self.name))
    }

    /// The command that installs exactly this version of the program.
    pub fn pinned_binary(&self, version: &str) -> Option<String> {
        self.binary
            .then(|| format!("cargo install {}@{version}", self.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_library_is_added() {
        let install = Install::new("serde", Some(true), &[]);
        let lines = install.library("1.0.2+meta");
        assert_eq!(
            lines,
            Some((
                String::from("cargo add serde"),
                String::from("serde = \"1.0.2\"")
            ))
        );
        assert_eq!(install.binary(), None);
        let pinned = install.pinned_library("1.0.2");
        assert_eq!(
            pinned,
            Some((
                String::from("cargo add serde@=1.0.2"),
                String::from("serde = \"=1.0.2\"")
            ))
        );
    }

    #[test]
    fn a_program_is_installed() {
        let install = Install::new("rg", Some(false), &[String::from("rg")]);
        assert_eq!(install.library("1.0.0"), None);
        assert_eq!(install.binary().as_deref(), Some("cargo install rg"));
        assert_eq!(
            install.pinned_binary("1.0.0").as_deref(),
            Some("cargo install rg@1.0.0")
        );
    }

    #[test]
    fn what_is_not_known_is_taken_for_a_library() {
        assert!(Install::new("old", None, &[]).library("0.1.0").is_some());
    }
}
