//! What no test may end with: a warning or an error in the console, a listener, a timer or a request left behind.
//!
//! The console's methods, the timers and the window's listeners are wrapped once, before the first screen; wrapping
//! passes everything on. Counting starts with each screen.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

const WRAP: &str = r#"
if (window.__oracles) return;
const oracles = window.__oracles = {said: [], timers: new Map(), listeners: new Map()};
for (const level of ['warn', 'error']) {
    const say = console[level];
    console[level] = (...words) => {
        oracles.said.push(`${level}: ${words.map(String).join(' ')}`);
        say.apply(console, words);
    };
}
addEventListener('error', (event) => oracles.said.push(`exception: ${event.message}`));
addEventListener('unhandledrejection', (event) => oracles.said.push(`rejection: ${event.reason}`));
for (const kind of ['Timeout', 'Interval']) {
    const set = window[`set${kind}`], clear = window[`clear${kind}`];
    window[`set${kind}`] = (act, ...rest) => {
        const id = set((...words) => {
            if (kind === 'Timeout') oracles.timers.delete(id);
            return act(...words);
        }, ...rest);
        oracles.timers.set(id, rest[0] ?? 0);
        return id;
    };
    window[`clear${kind}`] = (id) => { oracles.timers.delete(id); clear(id); };
}
for (const target of [window, document]) {
    const where = target === window ? 'window' : 'document';
    const add = target.addEventListener, remove = target.removeEventListener;
    const key = (type, options) => `${where} ${type}${(options?.capture ?? options) === true ? ' capture' : ''}`;
    target.addEventListener = function (type, act, options) {
        const acts = oracles.listeners.get(key(type, options)) ?? new Set();
        acts.add(act);
        oracles.listeners.set(key(type, options), acts);
        return add.call(this, type, act, options);
    };
    target.removeEventListener = function (type, act, options) {
        oracles.listeners.get(key(type, options))?.delete(act);
        return remove.call(this, type, act, options);
    };
}
"#;

/// Wraps the platform, once, and starts counting anew.
pub fn begin() {
    let wrap = Function::new_no_args(WRAP);
    wrap.call0(&JsValue::UNDEFINED)
        .expect("the oracles are set up");
    said_list().set_length(0);
}

/// Warnings, errors, exceptions and unhandled rejections since the beginning.
pub fn said() -> Vec<String> {
    said_list()
        .iter()
        .filter_map(|line| line.as_string())
        .collect()
}

/// Takes the lines with this text in them out of what was said: the test asked for them. Ends the test when there is none.
pub fn expect_said(part: &str) {
    let (expected, rest): (Vec<String>, Vec<String>) =
        said().into_iter().partition(|line| line.contains(part));
    assert!(
        !expected.is_empty(),
        "the console never said \"{part}\", but {rest:?}"
    );
    let list = said_list();
    list.set_length(0);
    for line in rest {
        list.push(&line.into());
    }
}

/// How many listeners are on window and document, each kind with its count, and how many timers run.
pub fn held() -> Vec<String> {
    let ask = Function::new_no_args(
        "const {listeners, timers} = window.__oracles;
         const held = [...listeners].filter(([, acts]) => acts.size).map(([key, acts]) => `${key}: ${acts.size}`);
         for (const millis of timers.values()) held.push(`timer of ${millis} ms`);
         return held.sort();",
    );
    let held: Array = ask
        .call0(&JsValue::UNDEFINED)
        .expect("it counts")
        .unchecked_into();
    held.iter().filter_map(|line| line.as_string()).collect()
}

fn said_list() -> Array {
    let window: Object = js_sys::global();
    let oracles = Reflect::get(&window, &"__oracles".into()).expect("begun");
    Reflect::get(&oracles, &"said".into())
        .expect("begun")
        .unchecked_into()
}
