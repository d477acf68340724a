//! The person in front of the browser: opens addresses, reads, clicks, types, and is disappointed loudly.
//!
//! Methods panic when what they expect does not come true; the story around them then shows the page. A visitor knows
//! the site by its origin only and everything on it by role, name and text.

use crate::Outcome;
use crate::browser::Browser;
use crate::by_role::{FIELDS, Name};
use crate::console::{self, Foreseen};
use crate::network::{Network, WINDOW_CLOSED};
use crate::tree::{Node, Tree, collapsed};
use serde_json::json;
use std::cell::RefCell;
use thirtyfour::{Key, TypingData, WebElement, WindowHandle};

/// Somebody who visits a site.
pub struct Visitor {
    /// The window.
    pub browser: Browser,
    origin: String,
    foreseen: RefCell<Vec<Foreseen>>,
}

/// Takes the value or ends the story with the reason.
#[track_caller]
fn demand<T>(outcome: Outcome<T>) -> T {
    match outcome {
        Ok(value) => value,
        Err(failure) => panic!("{failure}"),
    }
}

impl Visitor {
    /// Somebody with this window, about to visit this origin (`http://127.0.0.1:8080`).
    pub fn new(browser: Browser, origin: &str) -> Self {
        Self {
            browser,
            origin: origin.trim_end_matches('/').to_owned(),
            foreseen: RefCell::default(),
        }
    }

    /// The site's origin.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    // Going places

    /// Types a path of the site into the address bar; the network log starts anew.
    pub async fn open(&self, path: &str) {
        demand(self.browser.forget_network().await);
        demand(self.browser.goto(&format!("{}{path}", self.origin)).await);
    }

    /// The browser's back button.
    pub async fn back(&self) {
        demand(self.browser.driver().back().await.map_err(Into::into));
    }

    /// The browser's forward button.
    pub async fn forward(&self) {
        demand(self.browser.driver().forward().await.map_err(Into::into));
    }

    /// The browser's reload button; the network log starts anew.
    pub async fn reload(&self) {
        demand(self.browser.forget_network().await);
        demand(self.browser.driver().refresh().await.map_err(Into::into));
    }

    /// Path and query in the address bar, now.
    pub async fn path(&self) -> String {
        let url = demand(self.browser.url().await);
        url.strip_prefix(&self.origin)
            .map_or(url.clone(), str::to_owned)
    }

    /// Waits for the address bar to show this path and query.
    pub async fn expect_path(&self, path: &str) {
        let mut last = String::new();
        let outcome = self
            .browser
            .until(&format!("the address {path}"), async || {
                last = self.path().await;
                Ok((last == path).then_some(()))
            })
            .await;
        assert!(outcome.is_ok(), "the address stays {last}, expected {path}");
    }

    /// Waits for the window's title.
    pub async fn expect_title(&self, title: &str) {
        let mut last = String::new();
        let outcome = self
            .browser
            .until(&format!("the title {title}"), async || {
                last = self.browser.driver().title().await?;
                Ok((last == title).then_some(()))
            })
            .await;
        assert!(
            outcome.is_ok(),
            "the title stays \"{last}\", expected \"{title}\""
        );
    }

    /// Waits until nothing is in flight and everything is drawn.
    pub async fn settle(&self) {
        demand(self.browser.settle().await);
    }

    // Reading

    /// Waits for one thing of that role and name.
    pub async fn see(&self, role: &str, name: impl Into<Name>) -> Node {
        demand(self.browser.one(&[role], &name.into()).await)
    }

    /// Waits until there is nothing of that role and name.
    pub async fn see_no(&self, role: &str, name: impl Into<Name>) {
        demand(self.browser.none(&[role], &name.into()).await);
    }

    /// Everything of that role and name, now.
    pub async fn all(&self, role: &str, name: impl Into<Name>) -> Vec<Node> {
        demand(self.browser.all(&[role], &name.into()).await)
    }

    /// Waits for the page's first-level heading and that there is no other.
    pub async fn expect_heading(&self, name: impl Into<Name>) {
        let name = name.into();
        let mut seen = Vec::new();
        let outcome = self
            .browser
            .until("the heading", async || {
                let headings = self.browser.all(&["heading"], &Name::Any).await?;
                let first_level = headings
                    .into_iter()
                    .filter(|node| node.state("level") == Some("1"));
                seen = first_level.map(|node| node.name).collect();
                let is_it = matches!(seen.as_slice(), [only] if name.matches(only));
                Ok(is_it.then_some(()))
            })
            .await;
        assert!(
            outcome.is_ok(),
            "the page's h1 are {seen:?}, expected one {name}"
        );
    }

    /// Waits for the heading of a crate's page: its name and its version.
    pub async fn expect_crate(&self, name: &str) {
        self.expect_heading(Name::Contains(format!("{name} v")))
            .await;
    }

    /// An attribute of the one thing of that role and name.
    pub async fn attribute(
        &self,
        role: &str,
        name: impl Into<Name>,
        attribute: &str,
    ) -> Option<String> {
        let element = self.element(&[role], &name.into()).await;
        demand(element.attr(attribute).await.map_err(Into::into))
    }

    /// What a script in the page returns, for what cannot be seen: attributes of many elements, styles, storage.
    pub async fn ask(&self, script: &str) -> serde_json::Value {
        demand(self.browser.script(script, Vec::new()).await)
    }

    /// Takes an option of a menu of choices.
    pub async fn choose(&self, label: impl Into<Name>, option: &str) {
        let menu = self.element(&["combobox"], &label.into()).await;
        demand(menu.send_keys(option).await.map_err(Into::into));
    }

    /// What the page shows as text, blanks collapsed.
    pub async fn text(&self) -> String {
        let text = demand(
            self.browser
                .script("return document.body.innerText", Vec::new())
                .await,
        );
        collapsed(text.as_str().unwrap_or_default())
    }

    /// Waits until the page shows this text.
    pub async fn expect_text(&self, part: &str) {
        let outcome = self
            .browser
            .until("text", async || {
                Ok(self.text().await.contains(part).then_some(()))
            })
            .await;
        assert!(outcome.is_ok(), "nowhere on the page: \"{part}\"");
    }

    /// Waits until the page does not show this text.
    pub async fn expect_no_text(&self, part: &str) {
        let outcome = self
            .browser
            .until("its absence", async || {
                Ok((!self.text().await.contains(part)).then_some(()))
            })
            .await;
        assert!(outcome.is_ok(), "still on the page: \"{part}\"");
    }

    /// What the polite status elements say, joined by a blank.
    pub async fn status_text(&self) -> String {
        let script = "return [...document.querySelectorAll('[role=status], output')]
            .map((one) => one.innerText).join(' ')";
        collapsed(
            demand(self.browser.script(script, Vec::new()).await)
                .as_str()
                .unwrap_or_default(),
        )
    }

    /// Begins to write down what the status elements say, one entry for each change; see [`Self::heard`].
    pub async fn listen_to_status(&self) {
        let script = "window.__heard = [];
            const note = () => {
                const said = [...document.querySelectorAll('[role=status], output')]
                    .map((one) => one.innerText.replace(/\\s+/g, ' ').trim()).filter(Boolean).join(' ');
                if (said && said !== window.__heard.at(-1)) window.__heard.push(said);
            };
            new MutationObserver(note).observe(document.body, {subtree: true, childList: true, characterData: true});
            note();";
        demand(self.browser.script(script, Vec::new()).await);
    }

    /// What the status elements said since [`Self::listen_to_status`], in order.
    pub async fn heard(&self) -> Vec<String> {
        let heard = demand(
            self.browser
                .script("return window.__heard ?? []", Vec::new())
                .await,
        );
        let entries = heard.as_array().into_iter().flatten();
        entries
            .filter_map(|entry| entry.as_str().map(str::to_owned))
            .collect()
    }

    /// The accessibility tree.
    pub async fn tree(&self) -> Tree {
        demand(self.browser.tree().await)
    }

    /// The accessibility tree below the first node of a role, as indented text.
    pub async fn snapshot(&self, role: &str) -> String {
        let tree = self.tree().await;
        tree.below(role, None)
            .map(|part| part.to_string())
            .unwrap_or_default()
    }

    /// Waits until the focus is on one thing of that role and name.
    pub async fn expect_focus(&self, role: &str, name: impl Into<Name>) {
        let name = name.into();
        let mut last = None;
        let outcome = self
            .browser
            .until("the focus", async || {
                last = self.browser.tree().await?.focused().cloned();
                let fits = last
                    .as_ref()
                    .is_some_and(|node| node.role == role && name.matches(&node.name));
                Ok(fits.then_some(()))
            })
            .await;
        let at = last.map_or("the page".to_owned(), |node| {
            format!("{} \"{}\"", node.role, node.name)
        });
        assert!(
            outcome.is_ok(),
            "the focus stays on {at}, expected {role} {name}"
        );
    }

    // Acting

    async fn element(&self, roles: &[&str], name: &Name) -> WebElement {
        let node = demand(self.browser.one(roles, name).await);
        demand(self.browser.element(node.backend).await)
    }

    /// Clicks the one thing of that role and name.
    pub async fn click(&self, role: &str, name: impl Into<Name>) {
        let name = name.into();
        let element = self.element(&[role], &name).await;
        if let Err(error) = element.click().await {
            panic!("{role} {name} cannot be clicked: {error}");
        }
    }

    /// Clicks a button.
    pub async fn click_button(&self, name: impl Into<Name>) {
        self.click("button", name).await;
    }

    /// Clicks a link.
    pub async fn click_link(&self, name: impl Into<Name>) {
        self.click("link", name).await;
    }

    /// Moves the mouse over the one thing of that role and name.
    pub async fn hover(&self, role: &str, name: impl Into<Name>) {
        let element = self.element(&[role], &name.into()).await;
        let over = self
            .browser
            .driver()
            .action_chain()
            .move_to_element_center(&element)
            .perform()
            .await;
        demand(over.map_err(Into::into));
    }

    /// Moves the mouse into the top left corner, where nothing is.
    pub async fn move_mouse_away(&self) {
        let away = self
            .browser
            .driver()
            .action_chain()
            .move_to(0, 0)
            .perform()
            .await;
        demand(away.map_err(Into::into));
    }

    /// Touches the one thing of that role and name with a finger.
    pub async fn tap(&self, role: &str, name: impl Into<Name>) {
        self.put_finger_on(role, name).await;
        self.touch("touchEnd", json!([])).await;
    }

    /// Puts a finger on the one thing of that role and name, and leaves it there.
    pub async fn put_finger_on(&self, role: &str, name: impl Into<Name>) {
        let element = self.element(&[role], &name.into()).await;
        demand(element.scroll_into_view().await.map_err(Into::into));
        let script = "const box = arguments[0].getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2]";
        let argument = demand(element.to_json().map_err(Into::into));
        let centre = demand(self.browser.script(script, vec![argument]).await);
        let point = json!([{"x": centre[0], "y": centre[1]}]);
        self.touch("touchStart", point).await;
    }

    /// Takes the finger away so that it has tapped nothing.
    pub async fn take_finger_away(&self) {
        self.touch("touchCancel", json!([])).await;
    }

    async fn touch(&self, kind: &str, points: serde_json::Value) {
        let touch = json!({"type": kind, "touchPoints": points});
        demand(self.browser.cdp("Input.dispatchTouchEvent", touch).await);
    }

    /// Replaces what a field holds at once, as pasting does: however slow the machine, the page hears of the whole text only.
    pub async fn fill(&self, label: impl Into<Name>, text: &str) {
        let field = self.select_all(label.into()).await;
        if text.is_empty() {
            demand(field.send_keys(Key::Backspace).await.map_err(Into::into));
        } else {
            let text = json!({"text": text});
            demand(self.browser.cdp("Input.insertText", text).await);
        }
    }

    /// Replaces what a field holds by typing, key by key.
    pub async fn type_into(&self, label: impl Into<Name>, text: &str) {
        let field = self.select_all(label.into()).await;
        demand(
            field
                .send_keys(Key::Backspace + text)
                .await
                .map_err(Into::into),
        );
    }

    async fn select_all(&self, label: Name) -> WebElement {
        let field = self.element(&FIELDS, &label).await;
        demand(field.click().await.map_err(Into::into));
        let keys = Key::Control + "a";
        demand(field.send_keys(keys).await.map_err(Into::into));
        field
    }

    /// Presses keys where the focus is.
    pub async fn press(&self, keys: impl Into<TypingData>) {
        let pressed = self
            .browser
            .driver()
            .action_chain()
            .send_keys(keys)
            .perform()
            .await;
        demand(pressed.map_err(Into::into));
    }

    /// Presses Tab until the focus is on the wanted thing, as somebody without a mouse does.
    pub async fn tab_to(&self, role: &str, name: impl Into<Name>) {
        let name = name.into();
        let mut passed = Vec::new();
        for _ in 0..200 {
            self.press(Key::Tab).await;
            let Some(node) = self.tree().await.focused().cloned() else {
                continue;
            };
            if node.role == role && name.matches(&node.name) {
                return;
            }
            passed.push(format!("{} \"{}\"", node.role, node.name));
        }
        panic!("Tab never reaches {role} {name}; it passes {passed:#?}");
    }

    // Signing in

    /// Signs in as a GitHub identity of the stand-in: in the window that opens for it or, where none may, in this one.
    pub async fn sign_in(&self, login: &str) {
        self.click_button("Log in with GitHub").await;
        self.choose_identity(login).await;
        // The button also goes while the answer is still on its way; leaving then would lose it.
        self.settle().await;
        self.see_no("button", "Log in with GitHub").await;
    }

    /// Picks an identity on the stand-in's page, wherever that has opened, and waits to be back.
    pub async fn choose_identity(&self, login: &str) {
        let home = self.go_to_github().await;
        let choice = self.element(&["button", "link"], &login.into()).await;
        demand(choice.click().await.map_err(Into::into));
        self.come_back(home).await;
    }

    /// Waits for GitHub's page, in another window or in this one, and looks at it; answers which window was left.
    pub async fn go_to_github(&self) -> WindowHandle {
        let driver = self.browser.driver();
        let home = demand(driver.window().await.map_err(Into::into));
        let there = self.browser.until("GitHub's page", async || {
            for window in driver.windows().await?.into_iter().rev() {
                driver.switch_to_window(window).await?;
                let url = self.browser.url().await?;
                if !url.starts_with(&self.origin) && url.starts_with("http") {
                    return Ok(Some(()));
                }
            }
            Ok(None)
        });
        let there = there.await;
        if there.is_err() {
            demand(
                driver
                    .switch_to_window(home.clone())
                    .await
                    .map_err(Into::into),
            );
        }
        demand(there);
        home
    }

    /// Waits until the window that was left is the only one again, and at the site.
    pub async fn come_back(&self, home: WindowHandle) {
        let driver = self.browser.driver();
        let landing = format!("{}/github-redirect.html", self.origin);
        let back = self.browser.until("being back from GitHub", async || {
            if driver.windows().await?.len() > 1 {
                return Ok(None);
            }
            driver.switch_to_window(home.clone()).await?;
            let url = self.browser.url().await?;
            Ok((url.starts_with(&self.origin) && !url.starts_with(&landing)).then_some(()))
        });
        demand(back.await);
        demand(self.browser.give_up_elsewhere(&self.origin).await);
    }

    /// Lets the browser refuse to open windows from now on, as many do.
    pub async fn block_windows(&self) {
        let script = json!({"source": "window.open = () => null;"});
        demand(
            self.browser
                .cdp("Page.addScriptToEvaluateOnNewDocument", script)
                .await,
        );
    }

    /// Lets every wait of two seconds and more be over in a twentieth of it, on pages opened from now on: how long the
    /// app waits for an answer, and when it looks again, is then seen in seconds instead of minutes.
    pub async fn hurry(&self) {
        let script = "const set = window.setTimeout;
            window.setTimeout = (act, millis, ...rest) => set(act, millis >= 2000 ? millis / 20 : millis, ...rest);";
        let command = json!({"source": script});
        demand(
            self.browser
                .cdp("Page.addScriptToEvaluateOnNewDocument", command)
                .await,
        );
    }

    // The oracles

    /// Says beforehand that the browser will complain about a failed answer.
    pub fn foresee(&self, status: u16, path: &str) {
        self.foreseen.borrow_mut().push(Foreseen {
            status: Some(status),
            path: path.to_owned(),
            words: None,
            certain: true,
        });
    }

    /// Says beforehand that the browser will complain about a broken connection.
    pub fn foresee_broken(&self, path: &str) {
        self.foreseen.borrow_mut().push(Foreseen {
            status: None,
            path: path.to_owned(),
            words: None,
            certain: true,
        });
    }

    /// Says of everything that has failed since the page was opened that the browser will have complained about it: for
    /// stories in which failures are the weather. It says nothing of what the page itself gave up, of what a closed window did,
    /// nor of pictures that are none.
    pub async fn foresee_what_failed(&self) {
        let network = self.network().await;
        for one in network.over_the_wire() {
            match (one.status, one.failure.as_deref()) {
                (_, Some(WINDOW_CLOSED)) => {}
                // Given up by the page, but perhaps after its status had come.
                (Some(status @ 400..), Some("net::ERR_ABORTED")) => {
                    self.foreseen.borrow_mut().push(Foreseen {
                        status: Some(status),
                        path: one.path().to_owned(),
                        words: None,
                        certain: false,
                    });
                }
                (_, Some("net::ERR_ABORTED" | "net::ERR_BLOCKED_BY_ORB")) => {}
                (Some(status @ 400..), _) => self.foresee(status, one.path()),
                (_, Some(_)) => self.foresee_broken(one.path()),
                _ => {}
            }
        }
    }

    /// Says beforehand that the console will hold these words.
    pub fn foresee_words(&self, words: &str) {
        self.foreseen.borrow_mut().push(Foreseen {
            status: None,
            path: String::new(),
            words: Some(words.to_owned()),
            certain: true,
        });
    }

    /// Says beforehand that a part of the wasm will be missing or another one than it must be: the browser complains twice, and
    /// so does what loads it.
    pub fn foresee_refused_part(&self) {
        for words in [
            "'integrity' attribute",
            "SRI's integrity checks failed",
            "TypeError: Failed to fetch",
        ] {
            self.foresee_words(words);
        }
    }

    /// Waits until nothing is under way, and starts the network log anew.
    pub async fn forget_network(&self) {
        self.settle().await;
        demand(self.browser.forget_network().await);
    }

    /// The requests since the page was opened.
    pub async fn network(&self) -> Network {
        demand(self.browser.network().await)
    }

    /// Nothing was asked for twice since the page was opened.
    pub async fn expect_no_request_twice(&self) {
        self.settle().await;
        let repeated = self.network().await.repeated();
        assert!(
            repeated.is_empty(),
            "asked for more than once: {repeated:#?}"
        );
    }

    /// What a story must not end with: unforeseen lines in the console, foreseen ones that never came, foreign hosts.
    pub async fn complaints(&self) -> Outcome<Vec<String>> {
        let lines = self.browser.console().await?;
        let mut complaints = console::complaints(&lines, &self.foreseen.borrow());
        let foreign = self.browser.network().await?.foreign();
        complaints.extend(
            foreign
                .into_iter()
                .map(|one| format!("a foreign host was asked: {one}")),
        );
        Ok(complaints)
    }

    /// Where the visitor is and what there is to see, for somebody who has to find out what went wrong.
    pub async fn report(&self) -> String {
        let url = self
            .browser
            .url()
            .await
            .unwrap_or_else(|error| format!("unknown: {error}"));
        let lines = self.browser.console().await.unwrap_or_default();
        let console: String = lines.iter().map(|line| format!("  {line}\n")).collect();
        let tree = match self.browser.tree().await {
            Ok(tree) => tree.to_string(),
            Err(error) => format!("not to be had: {error}\n"),
        };
        let network = self.browser.network().await.unwrap_or_default();
        let requests: String = network
            .all()
            .iter()
            .map(|one| format!("  {one}\n"))
            .collect();
        format!(
            "address: {url}\nconsole:\n{console}requests:\n{requests}accessibility tree:\n{tree}"
        )
    }
}
