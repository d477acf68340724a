//! Local and session storage by name. A browser without storage, or with a full one, reads as empty and forgets what is written.

use web_sys::Storage;

/// Which of the two storages a value lives in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Area {
    /// Shared by all tabs, kept until removed.
    Local,
    /// This tab's own, gone with it.
    Session,
}

/// Every name under which the app stores something, with its area.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Key(Area, &'static str);

/// "1" when somebody was signed in when the app last looked; only then `/me` is asked at start.
pub const SIGNED_IN: Key = Key(Area::Local, "nameplate.signed-in");
/// "light" or "dark"; absent means that the system decides.
pub const COLOR_SCHEME: Key = Key(Area::Local, "nameplate.color-scheme");
/// "off" when single keys must not act as shortcuts (WCAG 2.1.4).
pub const SHORTCUTS: Key = Key(Area::Local, "nameplate.shortcuts");
/// The banner texts that were dismissed, one hash a line.
pub const DISMISSED_BANNERS: Key = Key(Area::Local, "nameplate.dismissed-banners");
/// When the pending sign-up began, as epoch milliseconds, for all tabs.
pub const SIGNUP_STARTED: Key = Key(Area::Local, "nameplate.signup-started");
/// The same-origin path to go back to after signing in.
pub const RETURN_TO: Key = Key(Area::Session, "nameplate.return-to");
/// The `state` of the sign-in that this very window went to GitHub with.
pub const OAUTH_STATE: Key = Key(Area::Session, "nameplate.oauth-state");
/// What the landing page found in its address, for the app to check and use once.
pub const LOGIN_ANSWER: Key = Key(Area::Session, "nameplate.login-answer");
/// What was typed at sign-up, so that signing in again restores it.
pub const SIGNUP_DRAFT: Key = Key(Area::Session, "nameplate.signup-draft");
/// Where a change of username was interrupted by the end of the session.
pub const RENAME: Key = Key(Area::Session, "nameplate.rename");
/// What was typed as e-mail address when the session turned out to be over.
pub const EMAIL_DRAFT: Key = Key(Area::Session, "nameplate.email-draft");
/// What the form for a new token held then.
pub const TOKEN_DRAFT: Key = Key(Area::Session, "nameplate.token-draft");

fn area(area: Area) -> Option<Storage> {
    let window = web_sys::window()?;
    match area {
        Area::Local => window.local_storage().ok()?,
        Area::Session => window.session_storage().ok()?,
    }
}

/// The stored value, if there is one and it can be read.
pub fn read(key: Key) -> Option<String> {
    area(key.0)?.get_item(key.1).ok()?
}

/// Stores the value, if the browser lets us.
pub fn write(key: Key, value: &str) {
    if let Some(storage) = area(key.0) {
        let _ = storage.set_item(key.1, value);
    }
}

/// Forgets the value.
pub fn remove(key: Key) {
    if let Some(storage) = area(key.0) {
        let _ = storage.remove_item(key.1);
    }
}

/// Reads the value and forgets it, for what may be used only once.
pub fn take(key: Key) -> Option<String> {
    let value = read(key);
    remove(key);
    value
}

/// The name a value is stored under, as other tabs' `storage` events give it.
pub fn name(key: Key) -> &'static str {
    key.1
}
