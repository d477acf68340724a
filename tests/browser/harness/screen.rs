//! Something mounted, and a person in front of it.
//!
//! Dropping a screen is part of its test: it unmounts, and what the console said or what was left behind ends the test.

use super::accessible_name::{level_of, name_of, text_of, value_of};
use super::by_role::{all_by_role, all_named, html, snapshot};
use super::fake_server::FakeServer;
use super::oracles;
use super::settle::{eventually, settle, tick};
use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use nameplate::api::client::Client;
use nameplate::app::App;
use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{
    Element, Event, EventInit, HtmlElement, HtmlInputElement, KeyboardEvent, KeyboardEventInit,
};

/// What is mounted, in a place of its own.
pub struct Screen {
    root: HtmlElement,
    mounted: Option<(Box<dyn Any>, Owner)>,
    held_before: Vec<String>,
    server: Option<FakeServer>,
}

impl Screen {
    /// Shows one component.
    pub fn show<N: IntoView + 'static>(view: impl FnOnce() -> N + 'static) -> Self {
        Self::mount(view, None)
    }

    /// Shows one component whose requests go to `server`; what it leaves open is found fault with.
    pub fn show_with<N: IntoView + 'static>(
        server: &FakeServer,
        view: impl FnOnce(Client) -> N + 'static,
    ) -> Self {
        let client = Client::new(server.clone());
        Self::mount(move || view(client), Some(server.clone()))
    }

    /// Shows the whole app at an address, in a browser that remembers nothing.
    pub fn open(path: &str, server: &FakeServer) -> Self {
        forget();
        go_to(path);
        Self::open_as_it_is(server)
    }

    /// Shows the whole app at the present address, with what this browser remembers: a reload.
    pub fn open_as_it_is(server: &FakeServer) -> Self {
        let client = Client::new(server.clone());
        Self::mount(
            move || view! { <App client=client /> },
            Some(server.clone()),
        )
    }

    fn mount<N: IntoView + 'static>(
        view: impl FnOnce() -> N + 'static,
        server: Option<FakeServer>,
    ) -> Self {
        oracles::begin();
        let held_before = oracles::held();
        let document = document();
        // Left by a test that has failed.
        while let Ok(Some(old)) = document.query_selector("[data-screen]") {
            old.remove();
        }
        let root: HtmlElement = document
            .create_element("div")
            .expect("a div")
            .unchecked_into();
        root.set_attribute("data-screen", "").expect("an attribute");
        document
            .body()
            .expect("a body")
            .append_child(&root)
            .expect("room for it");
        let owner = Rc::new(RefCell::new(None));
        let handle: UnmountHandle<N::State> = mount_to(root.clone(), {
            let owner = Rc::clone(&owner);
            move || {
                *owner.borrow_mut() = Owner::current();
                view()
            }
        });
        let owner = owner.take().expect("a mounted view has an owner");
        Self {
            root,
            mounted: Some((Box::new(handle), owner)),
            held_before,
            server,
        }
    }

    /// Where it is mounted.
    pub fn root(&self) -> &Element {
        &self.root
    }

    /// Role, name and state of everything, as indented text.
    pub fn snapshot(&self) -> String {
        snapshot(&self.root)
    }

    /// The text that is seen.
    pub fn text(&self) -> String {
        text_of(&self.root)
    }

    /// The one element of that role and name, as soon as it is there.
    pub async fn see(&self, role: &str, name: &str) -> Element {
        let found = eventually(|| {
            let mut found = all_named(&self.root, role, name);
            if found.len() == 1 { found.pop() } else { None }
        })
        .await;
        found.unwrap_or_else(|| {
            let count = all_named(&self.root, role, name).len();
            panic!(
                "{count} of {role} \"{name}\", expected one, on\n{}",
                self.snapshot()
            )
        })
    }

    /// Waits until there is nothing of that role and name.
    pub async fn see_no(&self, role: &str, name: &str) {
        let gone = eventually(|| all_named(&self.root, role, name).is_empty().then_some(())).await;
        assert!(
            gone.is_some(),
            "there is still {role} \"{name}\" on\n{}",
            self.snapshot()
        );
    }

    /// The names of everything of that role, now.
    pub fn names(&self, role: &str) -> Vec<String> {
        all_by_role(&self.root, role).iter().map(name_of).collect()
    }

    /// Waits for the first-level heading and that there is no other.
    pub async fn expect_heading(&self, text: &str) {
        let first_level = || {
            let headings = all_by_role(&self.root, "heading").into_iter();
            headings
                .filter(|heading| level_of(heading) == Some(1))
                .map(|one| name_of(&one))
                .collect::<Vec<_>>()
        };
        let there = eventually(|| (first_level() == [text]).then_some(())).await;
        assert!(
            there.is_some(),
            "h1 are {:?}, expected \"{text}\", on\n{}",
            first_level(),
            self.snapshot()
        );
    }

    /// Waits until this text is seen.
    pub async fn expect_text(&self, part: &str) {
        let there = eventually(|| self.text().contains(part).then_some(())).await;
        assert!(
            there.is_some(),
            "nowhere \"{part}\" on\n{}",
            self.snapshot()
        );
    }

    /// Waits until this text is not seen.
    pub async fn expect_no_text(&self, part: &str) {
        let gone = eventually(|| (!self.text().contains(part)).then_some(())).await;
        assert!(gone.is_some(), "still \"{part}\" on\n{}", self.snapshot());
    }

    /// What the status elements say.
    pub fn status(&self) -> String {
        let said: Vec<String> = all_by_role(&self.root, "status")
            .iter()
            .map(text_of)
            .collect();
        said.join(" ").trim().to_owned()
    }

    /// What the alerts say.
    pub fn alert(&self) -> String {
        let said: Vec<String> = all_by_role(&self.root, "alert")
            .iter()
            .map(text_of)
            .collect();
        said.join(" ").trim().to_owned()
    }

    /// Clicks the one element of that role and name.
    pub async fn click(&self, role: &str, name: &str) {
        html(&self.see(role, name).await).click();
        tick().await;
    }

    /// Clicks a button.
    pub async fn click_button(&self, name: &str) {
        self.click("button", name).await;
    }

    /// Replaces what a field holds, one letter after the other.
    pub async fn fill(&self, role: &str, label: &str, text: &str) {
        let field: HtmlInputElement = self.see(role, label).await.dyn_into().expect("an input");
        field.focus().expect("it takes the focus");
        field.set_value("");
        self.dispatch(&field, "input");
        let mut typed = String::new();
        for letter in text.chars() {
            typed.push(letter);
            field.set_value(&typed);
            self.dispatch(&field, "input");
        }
        tick().await;
    }

    /// What a field holds.
    pub async fn value(&self, role: &str, label: &str) -> String {
        value_of(&self.see(role, label).await).unwrap_or_default()
    }

    fn dispatch(&self, target: &Element, event: &str) {
        let init = EventInit::new();
        init.set_bubbles(true);
        let event = Event::new_with_event_init_dict(event, &init).expect("an event");
        target.dispatch_event(&event).expect("it is dispatched");
    }

    /// Presses a key where the focus is. Only what the app itself does with it happens: a made-up key types nothing.
    pub async fn press(&self, key: &str) {
        let target = document()
            .active_element()
            .unwrap_or_else(|| self.root.clone().unchecked_into());
        let init = KeyboardEventInit::new();
        init.set_key(key);
        init.set_bubbles(true);
        init.set_cancelable(true);
        for kind in ["keydown", "keyup"] {
            let event =
                KeyboardEvent::new_with_keyboard_event_init_dict(kind, &init).expect("a key");
            target.dispatch_event(&event).expect("it is dispatched");
        }
        tick().await;
    }

    /// Waits until the focus is on that role and name.
    pub async fn expect_focus(&self, role: &str, name: &str) {
        let wanted = self.see(role, name).await;
        let there =
            eventually(|| (document().active_element().as_ref() == Some(&wanted)).then_some(()))
                .await;
        assert!(
            there.is_some(),
            "the focus is not on {role} \"{name}\" but\n{}",
            self.snapshot()
        );
    }

    /// Unmounts, and waits until what was in flight is given up; the checks follow with the drop.
    pub async fn leave(mut self) {
        self.unmount();
        if let Some(server) = self.server.clone() {
            settle("no request is left open", || server.open().is_empty()).await;
        }
        // What was given up may still have to hear of it.
        eventually(|| (oracles::held() == self.held_before).then_some(())).await;
    }

    /// Takes the view away and ends everything its owner holds, also when something holds the owner in turn.
    fn unmount(&mut self) {
        if let Some((handle, owner)) = self.mounted.take() {
            drop(handle);
            owner.cleanup();
        }
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.unmount();
        self.root.remove();
        let said = oracles::said();
        assert!(said.is_empty(), "the console said {said:#?}");
        let held = oracles::held();
        assert_eq!(
            held, self.held_before,
            "listeners and timers before and after"
        );
    }
}

/// The document of the tests.
pub fn document() -> web_sys::Document {
    web_sys::window()
        .and_then(|window| window.document())
        .expect("tests run in a window")
}

/// Puts an address into the address bar without loading anything.
pub fn go_to(path: &str) {
    let history = web_sys::window()
        .expect("a window")
        .history()
        .expect("a history");
    history
        .push_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(path))
        .expect("an address of this origin");
}

/// The address, path and query.
pub fn address() -> String {
    let location = web_sys::window().expect("a window").location();
    format!(
        "{}{}",
        location.pathname().expect("a path"),
        location.search().expect("a query")
    )
}

/// Empties what this browser remembers.
pub fn forget() {
    let window = web_sys::window().expect("a window");
    for storage in [window.local_storage(), window.session_storage()] {
        storage
            .expect("storage")
            .expect("storage")
            .clear()
            .expect("it empties");
    }
}
