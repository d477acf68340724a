//! What the browser believes about its connection. It is sure only of "no connection"; "online" may still reach nothing.

use super::listener::{Listener, listen_window};

/// Whether the browser says that it is offline.
pub fn is_offline() -> bool {
    web_sys::window().is_some_and(|window| !window.navigator().on_line())
}

/// Calls `run` whenever the browser says that it is online again, until the returned handle is dropped.
pub fn when_online(run: impl Fn() + 'static) -> Option<Listener> {
    listen_window("online", move |_: web_sys::Event| run())
}
