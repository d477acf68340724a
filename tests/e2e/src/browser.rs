//! One browser session: a fresh profile, a window of a known size and mood, its console and its network.
//!
//! Everything goes through ChromeDriver; what WebDriver has no word for (viewport, colour scheme, touch, throttling)
//! goes through Chromium's own protocol on the same session.

use crate::chromedriver::{self, ChromeDriver};
use crate::console::Line;
use crate::network::Network;
use crate::scratch::Scratch;
use crate::{Failure, Outcome};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::sync::Arc;
use std::time::{Duration, Instant};
use thirtyfour::{Capabilities, WebDriver, WebElement};

/// How the browser presents itself to the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Width of the viewport in CSS pixels.
    pub width: u32,
    /// Height of the viewport in CSS pixels.
    pub height: u32,
    /// The system's colour scheme is dark.
    pub dark: bool,
    /// The person asked the system for less motion.
    pub reduced_motion: bool,
    /// The system imposes its own colours.
    pub forced_colors: bool,
    /// A phone: touch instead of a mouse, overlay scroll bars, the meta viewport counts.
    pub touch: bool,
}

impl Look {
    /// A window on a desk, motion reduced so that nothing has to be waited for.
    pub const DESK: Self = Self {
        width: 1280,
        height: 900,
        dark: false,
        reduced_motion: true,
        forced_colors: false,
        touch: false,
    };

    /// A phone held upright.
    pub const PHONE: Self = Self {
        width: 390,
        height: 844,
        touch: true,
        ..Self::DESK
    };

    /// The narrowest width content has to reflow to (1280 px at 400 %).
    pub const NARROW: Self = Self {
        width: 320,
        height: 640,
        ..Self::DESK
    };

    /// The same in the dark.
    pub const fn in_the_dark(self) -> Self {
        Self { dark: true, ..self }
    }
}

/// A browser window with nobody's past in it.
pub struct Browser {
    driver: WebDriver,
    look: RefCell<Look>,
    console: RefCell<Vec<Line>>,
    network: RefCell<Network>,
    _profile: Scratch,
    _chromedriver: Arc<ChromeDriver>,
}

/// How often a browser that does not start is started, since now and then one ends before its first window.
const STARTS: usize = 3;

/// How long a condition may take to come true on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(10);

const BETWEEN_LOOKS: Duration = Duration::from_millis(25);

impl Browser {
    /// Opens a window that looks like `look`.
    pub async fn open(look: Look) -> Outcome<Self> {
        let chromedriver = ChromeDriver::shared()?;
        let mut started = start(&chromedriver).await;
        for _ in 1..STARTS {
            if started.is_err() {
                started = start(&chromedriver).await;
            }
        }
        let (driver, profile) = started?;
        let browser = Self {
            driver,
            look: RefCell::new(look),
            console: RefCell::default(),
            network: RefCell::default(),
            _profile: profile,
            _chromedriver: chromedriver,
        };
        // Dates and numbers are asserted; they must not depend on the machine.
        browser
            .cdp(
                "Emulation.setTimezoneOverride",
                json!({"timezoneId": "UTC"}),
            )
            .await?;
        browser
            .cdp("Emulation.setLocaleOverride", json!({"locale": "en-US"}))
            .await?;
        browser.look_like(look).await?;
        Ok(browser)
    }

    /// Closes the window and everything it knew.
    pub async fn close(self) -> Outcome<()> {
        Ok(self.driver.clone().quit().await?)
    }

    /// The WebDriver session, for what has no method here.
    pub fn driver(&self) -> &WebDriver {
        &self.driver
    }

    /// Sends one command of Chromium's protocol.
    pub async fn cdp(&self, method: &str, params: Value) -> Outcome<Value> {
        self.driver
            .cdp()
            .send_raw(method, params)
            .await
            .map_err(|error| Failure::from(format!("{method}: {error}")))
    }

    /// Runs a script in every page that is opened from now on, before any of its own.
    pub async fn run_first(&self, script: &str) -> Outcome<()> {
        let params = json!({"source": script});
        self.cdp("Page.addScriptToEvaluateOnNewDocument", params)
            .await?;
        Ok(())
    }

    /// How the window looks now.
    pub fn look(&self) -> Look {
        *self.look.borrow()
    }

    /// Changes size and mood of the window, also under the page's feet.
    pub async fn look_like(&self, look: Look) -> Outcome<()> {
        self.look.replace(look);
        self.cdp(
            "Emulation.setDeviceMetricsOverride",
            json!({"width": look.width, "height": look.height, "deviceScaleFactor": 1, "mobile": look.touch}),
        )
        .await?;
        self.cdp(
            "Emulation.setTouchEmulationEnabled",
            json!({"enabled": look.touch, "maxTouchPoints": 5}),
        )
        .await?;
        let feature = |name: &str, yes: bool, on: &str, off: &str| json!({"name": name, "value": if yes { on } else { off }});
        self.cdp(
            "Emulation.setEmulatedMedia",
            json!({"features": [
                feature("prefers-color-scheme", look.dark, "dark", "light"),
                feature("prefers-reduced-motion", look.reduced_motion, "reduce", "no-preference"),
                feature("forced-colors", look.forced_colors, "active", "none"),
            ]}),
        )
        .await?;
        Ok(())
    }

    /// Types an address into the address bar.
    pub async fn goto(&self, url: &str) -> Outcome<()> {
        Ok(self.driver.goto(url).await?)
    }

    /// What the address bar shows.
    pub async fn url(&self) -> Outcome<String> {
        Ok(self.driver.current_url().await?.to_string())
    }

    /// Runs a script in the page and takes what it returns.
    pub async fn script(&self, script: &str, arguments: Vec<Value>) -> Outcome<Value> {
        Ok(self.driver.execute(script, arguments).await?.json().clone())
    }

    /// The element behind a node of the accessibility tree.
    pub async fn element(&self, backend_node: i64) -> Outcome<WebElement> {
        let resolved = self
            .cdp("DOM.resolveNode", json!({"backendNodeId": backend_node}))
            .await?;
        let object = resolved["object"]["objectId"].clone();
        self.cdp(
            "Runtime.callFunctionOn",
            json!({"objectId": object, "functionDeclaration": "function () {
                const element = this.nodeType === Node.ELEMENT_NODE ? this : this.parentElement;
                Object.defineProperty(window, '__handedOver', {value: element, configurable: true});
            }"}),
        )
        .await?;
        let taken = self
            .driver
            .execute(
                "const element = window.__handedOver; delete window.__handedOver; return element;",
                Vec::new(),
            )
            .await?;
        Ok(taken.element()?)
    }

    /// Reads what the console and the network said since the last time.
    pub async fn listen(&self) -> Outcome<()> {
        for entry in self.driver.get_log("browser").await? {
            self.console.borrow_mut().push(Line {
                level: entry.level,
                source: entry.source.unwrap_or_default(),
                text: entry.message,
            });
        }
        for entry in self.driver.get_log("performance").await? {
            let event: Value = serde_json::from_str(&entry.message)?;
            self.network.borrow_mut().absorb(&event["message"]);
        }
        Ok(())
    }

    /// All the console has said in this session.
    pub async fn console(&self) -> Outcome<Vec<Line>> {
        self.listen().await?;
        Ok(self.console.borrow().clone())
    }

    /// All requests since the session began or the log was last forgotten.
    pub async fn network(&self) -> Outcome<Network> {
        self.listen().await?;
        Ok(self.network.borrow().clone())
    }

    /// Starts the network log anew; the console's is never forgotten.
    pub async fn forget_network(&self) -> Outcome<()> {
        self.listen().await?;
        self.network.replace(Network::default());
        Ok(())
    }

    /// Another site's window has closed: its unfinished requests are no longer waited for.
    pub async fn give_up_elsewhere(&self, origin: &str) -> Outcome<()> {
        self.listen().await?;
        self.network.borrow_mut().give_up_elsewhere(origin);
        Ok(())
    }

    /// Waits until nothing is in flight, no more of the app is to come, and the page has drawn what came of it.
    pub async fn settle(&self) -> Outcome<()> {
        let start = Instant::now();
        loop {
            if self.is_quiet().await? {
                self.next_frame().await?;
                // What was drawn may have asked for more.
                if self.is_quiet().await? {
                    return Ok(());
                }
            }
            if start.elapsed() > PATIENCE {
                self.listen().await?;
                let network = self.network.borrow();
                let open: Vec<String> = network.in_flight().map(ToString::to_string).collect();
                return Err(format!("the page does not settle; in flight: {open:#?}").into());
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
    }

    async fn is_quiet(&self) -> Outcome<bool> {
        self.listen().await?;
        if self.network.borrow().in_flight().next().is_some() {
            return Ok(false);
        }
        // Where scripts run, the app takes the skeleton's place, and the page comes into it, or it is said why not; the rest of
        // the wasm comes by itself then.
        let ready = "const starts = window.__nameplate_started && document.querySelector('#skeleton');
            const fails = document.querySelector('#boot-failure:not([hidden])');
            const lacks = window.__nameplate_cold?.size || document.querySelector('main:empty');
            return document.readyState === 'complete' && (fails || !(starts || lacks)) ? true : false";
        Ok(self.script(ready, Vec::new()).await? == true)
    }

    async fn next_frame(&self) -> Outcome<()> {
        self.cdp(
            "Runtime.evaluate",
            json!({"awaitPromise": true, "expression":
                "document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))))
                    .then(() => undefined)"}),
        )
        .await?;
        Ok(())
    }

    /// Waits until `look` finds something; says what was looked for when it never does.
    pub async fn until<T>(
        &self,
        wanted: &str,
        mut look: impl AsyncFnMut() -> Outcome<Option<T>>,
    ) -> Outcome<T> {
        let start = Instant::now();
        loop {
            // A page in the middle of changing may fail a question; that is not yet an answer.
            let seen = look().await;
            if let Ok(Some(found)) = seen {
                return Ok(found);
            }
            if start.elapsed() > PATIENCE {
                let why = seen
                    .err()
                    .map(|error| format!(": {error}"))
                    .unwrap_or_default();
                return Err(format!("not within {} s: {wanted}{why}", PATIENCE.as_secs()).into());
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
    }
}

/// Starts a browser with a profile of its own.
async fn start(chromedriver: &ChromeDriver) -> Outcome<(WebDriver, Scratch)> {
    let profile = Scratch::new("profile")?;
    let arguments = [
        "--headless".to_owned(),
        "--no-sandbox".to_owned(),
        "--disable-gpu".to_owned(),
        "--disable-quic".to_owned(),
        "--no-first-run".to_owned(),
        "--disable-background-networking".to_owned(),
        "--disable-component-update".to_owned(),
        "--disable-sync".to_owned(),
        "--password-store=basic".to_owned(),
        "--lang=en-US".to_owned(),
        format!("--user-data-dir={}", profile.path().display()),
    ];
    let capabilities = json!({
        "browserName": "chrome",
        // Pages are waited for by what they show, not by their slowest picture.
        "pageLoadStrategy": "eager",
        "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
        "goog:chromeOptions": {
            "binary": chromedriver::chrome()?,
            "args": arguments,
            "perfLoggingPrefs": {"enableNetwork": true, "enablePage": false},
        },
    });
    let Value::Object(capabilities) = capabilities else {
        return Err("capabilities are an object".into());
    };
    let driver = WebDriver::new(chromedriver.address(), Capabilities::from(capabilities)).await?;
    Ok((driver, profile))
}

impl Drop for Browser {
    fn drop(&mut self) {
        // A session nobody closed ends with ChromeDriver. Left to itself, it would be closed here and now, on a runtime
        // that is waiting for this very drop.
        let _ = self.driver.clone().leak();
    }
}
