//! The address bar and the history, through the platform's Navigation API.
//!
//! It gives what a router library would have to imitate: one event for links, forms, back, forward and code; the browser's own
//! scroll restoration and loading indicator; the address changed before the page is. A browser without it makes full page
//! loads, and every address is a page. It must not know which pages there are.

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{EventTarget, Url};

use super::document;
use super::listener::{Listener, listen};

/// A path and its query, as the address bar has them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Address {
    /// Begins with `/`, percent-encoded as in the address bar.
    pub path: String,
    /// Without the `?`; empty when there is none.
    pub query: String,
}

/// Whether the person went on to something or back to where they had been.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Direction {
    /// A link, a form, or code.
    Onwards,
    /// Back or forward in the history.
    Traverse,
    /// Code that corrects the address of the page one is on.
    Replace,
}

/// A navigation that the app has taken over. The browser shows it as loading until it is finished.
#[derive(Clone)]
pub struct Transition {
    /// Where it leads.
    pub address: Address,
    /// How.
    pub direction: Direction,
    event: JsValue,
    finish: Function,
}

impl Transition {
    /// Scrolls as the browser would have: to the top or the fragment for a new page, to where one was for an old one.
    pub fn scroll(&self) {
        // Chromium does nothing by itself where the address has no fragment, or nobody had scrolled on the old page: a new
        // page as long as the one before would begin in its middle.
        document::scroll_to_top();
        // Refused when another navigation has taken this one's place, which is just what we want.
        if let Some(scroll) = method(&self.event, "scroll") {
            let _ = scroll.call0(&self.event);
        }
    }

    /// Ends the browser's loading indication.
    pub fn finish(&self) {
        let _ = self.finish.call0(&JsValue::UNDEFINED);
    }
}

fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

fn method(object: &JsValue, name: &str) -> Option<Function> {
    get(object, name).dyn_into().ok()
}

fn navigation() -> Option<EventTarget> {
    let found = get(web_sys::window()?.as_ref(), "navigation");
    // A plain check for presence: `dyn_into` would ask for a class that old browsers lack.
    (!found.is_undefined() && !found.is_null()).then(|| found.unchecked_into())
}

/// The address the page was loaded with.
pub fn current() -> Address {
    let location = web_sys::window().map(|window| window.location());
    let path = location
        .as_ref()
        .and_then(|location| location.pathname().ok());
    let query = location
        .and_then(|location| location.search().ok())
        .unwrap_or_default();
    Address {
        path: path.unwrap_or_else(|| String::from("/")),
        query: query.strip_prefix('?').unwrap_or_default().to_owned(),
    }
}

/// This site's origin, as messages name it.
pub fn origin() -> String {
    web_sys::window()
        .and_then(|window| window.location().origin().ok())
        .unwrap_or_default()
}

/// What is not the app's to show: the API and files.
fn is_page(path: &str) -> bool {
    const FILES: [&str; 8] = [
        "/favicon.svg",
        "/favicon.ico",
        "/robots.txt",
        "/opensearch.xml",
        "/licences.txt",
        "/avatar.svg",
        "/github-redirect.html",
        "/github-auth-loading.html",
    ];
    !path.starts_with("/api/") && !path.starts_with("/assets/") && !FILES.contains(&path)
}

/// Calls `begin` for each navigation within the app, after the address has changed. `None` in a browser without the API.
pub fn follow(begin: impl Fn(Transition) + 'static) -> Option<Listener> {
    let navigation = navigation()?;
    let begin = std::rc::Rc::new(begin);
    listen(&navigation, "navigate", move |event: JsValue| {
        let may = get(&event, "canIntercept").is_truthy()
            && get(&event, "hashChange").is_falsy()
            && get(&event, "downloadRequest").is_null()
            && get(&event, "formData").is_null();
        let direction = match get(&event, "navigationType").as_string().as_deref() {
            Some("push") => Direction::Onwards,
            Some("traverse") => Direction::Traverse,
            Some("replace") => Direction::Replace,
            // A reload is one.
            _ => return,
        };
        let Some(url) = get(&get(&event, "destination"), "url").as_string() else {
            return;
        };
        let Ok(url) = Url::new(&url) else { return };
        let address = Address {
            path: url.pathname(),
            query: url
                .search()
                .strip_prefix('?')
                .unwrap_or_default()
                .to_owned(),
        };
        if !may || !is_page(&address.path) {
            return;
        }
        let begin = begin.clone();
        let intercepted = event.clone();
        let handler = Closure::once_into_js(move || -> Promise {
            Promise::new(&mut |finish, _| {
                begin(Transition {
                    address: address.clone(),
                    direction,
                    event: intercepted.clone(),
                    finish,
                });
            })
        });
        let options = Object::new();
        for (name, value) in [
            ("handler", handler),
            ("scroll", JsValue::from_str("manual")),
            ("focusReset", JsValue::from_str("manual")),
        ] {
            let _ = Reflect::set(&options, &JsValue::from_str(name), &value);
        }
        if let Some(intercept) = method(&event, "intercept") {
            let _ = intercept.call1(&event, &options);
        }
    })
}

/// Goes to a path of this site, leaving the present page in the history or taking its place there.
pub fn go(to: &str, replace: bool) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let Some(navigation) = navigation() else {
        let _ = if replace {
            window.location().replace(to)
        } else {
            window.location().assign(to)
        };
        return;
    };
    let options = Object::new();
    let history = JsValue::from_str(if replace { "replace" } else { "auto" });
    let _ = Reflect::set(&options, &JsValue::from_str("history"), &history);
    if let Some(navigate) = method(&navigation, "navigate")
        && let Ok(result) = navigate.call2(&navigation, &JsValue::from_str(to), &options)
    {
        // Both promises are rejected when another navigation takes over; that is no error of ours.
        for name in ["committed", "finished"] {
            if let Ok(promise) = get(&result, name).dyn_into::<Promise>() {
                forgive(&promise);
            }
        }
    }
}

/// Keeps a rejected promise from being reported as unhandled.
fn forgive(promise: &Promise) {
    thread_local! {
        static NOTHING: Closure<dyn FnMut(JsValue)> = Closure::new(|_| {});
    }
    NOTHING.with(|nothing| {
        let _ = promise.catch(nothing);
    });
}

/// Leaves the app for an address elsewhere, or loads one of ours from scratch.
pub fn leave(to: &str) {
    if let Some(window) = web_sys::window() {
        let _ = window.location().assign(to);
    }
}

/// Leaves the app for an address elsewhere, which takes the present one's place in the history: going back from there must
/// not lead here and there again.
pub fn leave_instead(to: &str) {
    if let Some(window) = web_sys::window() {
        let _ = window.location().replace(to);
    }
}

/// Loads the present page from scratch.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        let _ = window.location().reload();
    }
}

/// Goes one page back; to `home` when there is none.
pub fn back(home: &str) {
    let Some(history) = web_sys::window().and_then(|window| window.history().ok()) else {
        return;
    };
    if history.length().unwrap_or(1) > 1 {
        let _ = history.back();
    } else {
        go(home, false);
    }
}
