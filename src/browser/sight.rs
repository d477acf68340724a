//! Whether something has come into sight, so that what nobody looks at is neither asked for nor drawn.

use js_sys::{Array, Object, Reflect};
use send_wrapper::SendWrapper;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

/// A watch over an element; dropping it ends it.
pub struct Watch(#[expect(dead_code, reason = "held for its Drop")] SendWrapper<Inner>);

struct Inner {
    observer: IntersectionObserver,
    _callback: Closure<dyn FnMut(Array)>,
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Calls `seen` whenever the element is in sight, or nearly. `None` where the browser cannot tell.
pub fn watch(element: &Element, seen: impl Fn() + 'static) -> Option<Watch> {
    let callback = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
        let near = |entry: JsValue| {
            entry
                .dyn_into::<IntersectionObserverEntry>()
                .is_ok_and(|entry| entry.is_intersecting())
        };
        if entries.iter().any(near) {
            seen();
        }
    });
    let options = Object::new();
    // Begun a little before it is in sight, it is there when the eye arrives.
    let _ = Reflect::set(
        &options,
        &JsValue::from_str("rootMargin"),
        &JsValue::from_str("200px"),
    );
    let options: IntersectionObserverInit = options.unchecked_into();
    let observer =
        IntersectionObserver::new_with_options(callback.as_ref().unchecked_ref(), &options).ok()?;
    observer.observe(element);
    Some(Watch(SendWrapper::new(Inner {
        observer,
        _callback: callback,
    })))
}
