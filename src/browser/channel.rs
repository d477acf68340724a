//! A channel to this site's other tabs: they follow a sign-in, a sign-out and a rename.

use send_wrapper::SendWrapper;
use wasm_bindgen::JsValue;
use web_sys::{BroadcastChannel, MessageEvent};

use super::listener::{Listener, listen};

/// An open channel; dropping it closes it.
pub struct Channel(SendWrapper<Inner>);

struct Inner {
    channel: BroadcastChannel,
    _listener: Option<Listener>,
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.channel.close();
    }
}

/// Joins the channel of that name. `None` where the browser has no such thing; then tabs learn of a change when they next ask.
pub fn join(name: &str, mut received: impl FnMut(JsValue) + 'static) -> Option<Channel> {
    let channel = BroadcastChannel::new(name).ok()?;
    let listener = listen(channel.as_ref(), "message", move |event: MessageEvent| {
        received(event.data())
    });
    Some(Channel(SendWrapper::new(Inner {
        channel,
        _listener: listener,
    })))
}

impl Channel {
    /// Sends a word to all other tabs.
    pub fn send(&self, word: &str) {
        let _ = self.0.channel.post_message(&JsValue::from_str(word));
    }
}
