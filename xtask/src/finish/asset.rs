//! A file that is served under a name made from its content.
//!
//! Such a file may be kept by every cache for ever: other content is another name.

use crate::failure::{FileContext, Outcome};
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};
use std::{ffi::OsStr, fs, path::Path};

/// Characters of a hash in a name: 48 bits, enough for the files of one release and the last ones.
const HASH_LENGTH: usize = 12;

/// The beginning of the content's SHA-256, in hexadecimal digits.
pub fn short_hash(content: &[u8]) -> String {
    Sha256::digest(content)
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(u32::from(digit), 16))
        .take(HASH_LENGTH)
        .collect()
}

/// The content of a served file, and the stem of its name.
#[derive(Debug)]
pub struct Asset {
    stem: String,
    extension: String,
    content: Vec<u8>,
}

impl Asset {
    /// Takes the content and the extension from `path`.
    pub fn read(stem: &str, path: &Path) -> Outcome<Self> {
        let extension = path.extension().and_then(OsStr::to_str).unwrap_or_default();
        Ok(Self {
            stem: stem.to_owned(),
            extension: extension.to_owned(),
            content: fs::read(path).doing("read", path)?,
        })
    }

    /// `{stem}-{hash}.{extension}`.
    pub fn name(&self) -> String {
        let hash = short_hash(&self.content);
        format!("{}-{hash}.{}", self.stem, self.extension)
    }

    /// The path a page asks for.
    pub fn address(&self, folder: &str) -> String {
        format!("/{folder}/{}", self.name())
    }

    /// The value of an `integrity` attribute.
    pub fn integrity(&self) -> String {
        format!("sha256-{}", STANDARD.encode(Sha256::digest(&self.content)))
    }

    /// Puts `file`, which is about this one, into another folder under this one's name and `.symbols`.
    pub fn write_beside(&self, file: &Path, folder: &Path) -> Outcome {
        fs::create_dir_all(folder).doing("create", folder)?;
        let path = folder.join(format!("{}.symbols", self.name()));
        fs::copy(file, &path).doing("write", &path)?;
        Ok(())
    }

    /// Puts the file into `folder` under its name.
    pub fn write(&self, folder: &Path) -> Outcome {
        fs::create_dir_all(folder).doing("create", folder)?;
        let path = folder.join(self.name());
        fs::write(&path, &self.content).doing("write", &path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asset(content: &str) -> Asset {
        Asset {
            stem: String::from("main"),
            extension: "css".to_owned(),
            content: content.as_bytes().to_vec(),
        }
    }

    #[test]
    fn the_name_holds_the_beginning_of_the_content_s_sha_256() {
        // SHA-256 of "abc", FIPS 180-2, appendix B.1.
        assert_eq!(asset("abc").name(), "main-ba7816bf8f01.css");
        assert_eq!(
            asset("abc").address("assets"),
            "/assets/main-ba7816bf8f01.css"
        );
    }

    #[test]
    fn other_content_has_another_name() {
        assert_ne!(asset("a").name(), asset("b").name());
    }

    #[test]
    fn the_integrity_is_sha_256_in_base64() {
        // SHA-384 of "abc", FIPS 180-2, appendix D.1.
        let expected = "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=";
        assert_eq!(asset("abc").integrity(), expected);
    }
}
