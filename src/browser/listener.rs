//! An event listener that is removed when its handle is dropped, so that leaving a page leaves nothing behind.

use send_wrapper::SendWrapper;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, EventTarget};

/// Keeps a listener alive; dropping it removes the listener.
pub struct Listener(SendWrapper<Inner>);

struct Inner {
    target: EventTarget,
    event: &'static str,
    callback: Closure<dyn FnMut(JsValue)>,
}

impl Drop for Inner {
    fn drop(&mut self) {
        // Only fails for a target that is gone, and then the listener is gone with it.
        let _ = self.target.remove_event_listener_with_callback(
            self.event,
            self.callback.as_ref().unchecked_ref(),
        );
    }
}

/// Calls `handle` for each `event` at `target` until the returned handle is dropped. `None` if the browser refuses.
pub fn listen<E: JsCast>(
    target: &EventTarget,
    event: &'static str,
    mut handle: impl FnMut(E) + 'static,
) -> Option<Listener> {
    let callback =
        Closure::<dyn FnMut(JsValue)>::new(move |value: JsValue| handle(value.unchecked_into()));
    target
        .add_event_listener_with_callback(event, callback.as_ref().unchecked_ref())
        .ok()?;
    Some(Listener(SendWrapper::new(Inner {
        target: target.clone(),
        event,
        callback,
    })))
}

/// Listens at the window. `None` where there is none.
pub fn listen_window<E: JsCast>(
    event: &'static str,
    handle: impl FnMut(E) + 'static,
) -> Option<Listener> {
    listen(web_sys::window()?.as_ref(), event, handle)
}

/// Sends a bare event at the window, for the start script.
pub fn announce(event: &str) {
    if let (Some(window), Ok(event)) = (web_sys::window(), Event::new(event)) {
        let _ = window.dispatch_event(&event);
    }
}

impl Listener {
    /// The target this listener is attached to.
    pub fn target(&self) -> &EventTarget {
        &self.0.target
    }
}
