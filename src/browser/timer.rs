//! Timers that are cancelled when dropped, as a callback or as a future.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;

/// A timer that has not run yet; dropping it cancels it.
pub struct Timer(#[expect(dead_code, reason = "held for its Drop")] SendWrapper<Inner>);

struct Inner {
    id: i32,
    _callback: Closure<dyn FnMut()>,
}

impl Drop for Inner {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            window.clear_timeout_with_handle(self.id);
        }
    }
}

/// Calls `run` after `millis` unless the handle is dropped first. `None` if there is no window.
pub fn after(millis: i32, run: impl FnOnce() + 'static) -> Option<Timer> {
    let mut run = Some(run);
    let callback = Closure::<dyn FnMut()>::new(move || {
        if let Some(run) = run.take() {
            run();
        }
    });
    let id = web_sys::window()?
        .set_timeout_with_callback_and_timeout_and_arguments_0(
            callback.as_ref().unchecked_ref(),
            millis,
        )
        .ok()?;
    Some(Timer(SendWrapper::new(Inner {
        id,
        _callback: callback,
    })))
}

/// Waits for `millis`; dropping the future cancels the timer.
pub fn sleep(millis: i32) -> Sleep {
    let mut timer = None;
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        timer = after(millis, move || {
            let _ = resolve.call0(&wasm_bindgen::JsValue::UNDEFINED);
        });
    });
    Sleep {
        wait: JsFuture::from(promise),
        _timer: timer,
    }
}

/// See [`sleep`].
pub struct Sleep {
    wait: JsFuture,
    _timer: Option<Timer>,
}

impl Future for Sleep {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        Pin::new(&mut self.wait).poll(context).map(|_| ())
    }
}

/// Calls `run` before the next frame is painted.
pub fn next_frame(run: impl FnOnce() + 'static) {
    if let Some(window) = web_sys::window() {
        let _ = window.request_animation_frame(Closure::once_into_js(run).unchecked_ref());
    }
}

/// Waits until the next frame has been painted. A page that nobody sees has none, and goes on at once.
pub async fn frame() {
    let hidden = web_sys::window()
        .and_then(|window| window.document())
        .is_none_or(|document| document.hidden());
    if !hidden {
        let promise = js_sys::Promise::new(&mut |resolve, _| {
            next_frame(move || {
                let _ = resolve.call0(&wasm_bindgen::JsValue::UNDEFINED);
            });
        });
        let _ = JsFuture::from(promise).await;
    }
    // What was waiting for the frame runs before it is painted.
    sleep(0).await;
}
