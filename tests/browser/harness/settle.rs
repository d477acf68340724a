//! Waiting for conditions, never for time.

use js_sys::Promise;
use wasm_bindgen_futures::JsFuture;

/// How often is looked, and so how long: about two seconds.
const LOOKS: u32 = 400;
const BETWEEN_LOOKS_MS: i32 = 5;

/// Lets everything that is ready run, and the browser catch its breath.
pub async fn tick() {
    pause(0).await;
}

async fn pause(millis: i32) {
    let promise = Promise::new(&mut |done, _| {
        let window = web_sys::window().expect("tests run in a window");
        window
            .set_timeout_with_callback_and_timeout_and_arguments_0(&done, millis)
            .expect("timers work");
    });
    JsFuture::from(promise)
        .await
        .expect("a timer does not fail");
}

/// Waits until `look` finds something; `None` when it never does.
pub async fn eventually<T>(mut look: impl FnMut() -> Option<T>) -> Option<T> {
    for _ in 0..LOOKS {
        if let Some(found) = look() {
            return Some(found);
        }
        pause(BETWEEN_LOOKS_MS).await;
    }
    None
}

/// Waits until it is so, and ends the test when it never is.
pub async fn settle(what: &str, mut is_so: impl FnMut() -> bool) {
    let so = eventually(|| is_so().then_some(())).await;
    assert!(so.is_some(), "never so: {what}");
}
