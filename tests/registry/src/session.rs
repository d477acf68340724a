//! The session cookie: signed, not encrypted, and the only place where a session lives.
//!
//! `cargo_session=<base64 HMAC-SHA256><base64 data>`, the data being `key 0xff value 0xff …`. A cookie that does not
//! verify is nobody's: it is ignored without a word. Knows nothing of users.

use std::collections::BTreeMap;

use axum::http::{HeaderMap, HeaderValue, header};
use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use hmac::{Hmac, Mac};
use sha2::Sha256;

const COOKIE: &str = "cargo_session";
const SEPARATOR: u8 = 0xff;
/// Length of a SHA-256 digest in base64.
const DIGEST_LENGTH: usize = 44;
/// The key of the signed-in user's id.
pub const USER_ID: &str = "user_id";
/// The key of the state that GitHub has to bring back.
pub const OAUTH_STATE: &str = "github_oauth_state";
/// The key of the sign-up that waits for a name and an address.
pub const PENDING_SIGNUP: &str = "pending_signup";

/// The signing key.
#[derive(Clone)]
pub struct Key([u8; 32]);

impl Key {
    /// A new random key.
    pub fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    /// The key from its stored bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Some(Self(bytes.try_into().ok()?))
    }

    /// The bytes to store.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    fn mac(&self, data: &str) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).ok()?;
        mac.update(data.as_bytes());
        Some(mac)
    }
}

/// What the cookie says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Session {
    values: BTreeMap<String, String>,
}

impl Session {
    /// The session of a request; empty when there is no cookie that verifies.
    pub fn read(headers: &HeaderMap, key: &Key) -> Self {
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('='))
            .find_map(|value| Self::verify(value, key))
            .unwrap_or_default()
    }

    fn verify(cookie: &str, key: &Key) -> Option<Self> {
        let cookie = percent_encoding::percent_decode_str(cookie)
            .decode_utf8()
            .ok()?;
        let (digest, data) = cookie.split_at_checked(DIGEST_LENGTH)?;
        key.mac(data)?
            .verify_slice(&BASE64.decode(digest).ok()?)
            .ok()?;
        let bytes = BASE64.decode(data).ok()?;
        let mut values = BTreeMap::new();
        let mut parts = bytes.split(|byte| *byte == SEPARATOR);
        while let (Some(name), Some(value)) = (parts.next(), parts.next()) {
            values.insert(
                String::from_utf8(name.to_vec()).ok()?,
                String::from_utf8(value.to_vec()).ok()?,
            );
        }
        Some(Self { values })
    }

    /// One value.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }

    /// Sets one value.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.values.insert(name.to_owned(), value.into());
    }

    /// Removes one value and returns it.
    pub fn remove(&mut self, name: &str) -> Option<String> {
        self.values.remove(name)
    }

    /// The names of the values, in order.
    pub fn names(&self) -> Vec<&str> {
        self.values.keys().map(String::as_str).collect()
    }

    /// `name=value` as a client sends it back.
    pub fn cookie(&self, key: &Key) -> String {
        let mut data = Vec::new();
        for (name, value) in &self.values {
            data.extend_from_slice(name.as_bytes());
            data.push(SEPARATOR);
            data.extend_from_slice(value.as_bytes());
            data.push(SEPARATOR);
        }
        let data = BASE64.encode(data);
        let digest = key
            .mac(&data)
            .map(|mac| BASE64.encode(mac.finalize().into_bytes()))
            .unwrap_or_default();
        format!("{COOKIE}={digest}{data}")
    }

    /// The `Set-Cookie` header: 90 days, out of reach of scripts and of other sites.
    pub fn set_cookie(&self, key: &Key) -> HeaderValue {
        let cookie = self.cookie(key);
        HeaderValue::from_str(&format!(
            "{cookie}; HttpOnly; SameSite=Strict; Secure; Path=/; Max-Age=7776000"
        ))
        .unwrap_or(HeaderValue::from_static(""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(cookie: &str) -> HeaderMap {
        HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_str(cookie).unwrap())])
    }

    #[test]
    fn a_session_comes_back_as_it_was_sent() {
        let key = Key::random().unwrap();
        let mut session = Session::default();
        session.set(USER_ID, "10");
        session.set(PENDING_SIGNUP, "{\"a\":\"ü\"}");
        let cookie = format!("other=1; {}", session.cookie(&key));
        assert_eq!(Session::read(&headers(&cookie), &key), session);
    }

    #[test]
    fn a_forged_cookie_is_nobodys() {
        let key = Key::random().unwrap();
        let mut session = Session::default();
        session.set(USER_ID, "10");
        let cookie = session.cookie(&key);
        let forged = cookie.replace(
            &BASE64.encode(b"user_id\xff10\xff"),
            &BASE64.encode(b"user_id\xff11\xff"),
        );
        assert_ne!(cookie, forged);
        for bad in [
            forged.as_str(),
            "cargo_session=",
            "cargo_session=abc",
            "cargo_session=%ff%ff",
            &session.cookie(&Key::random().unwrap()),
        ] {
            assert_eq!(
                Session::read(&headers(bad), &key),
                Session::default(),
                "{bad}"
            );
        }
    }
}
