//! Being somebody in a browser nobody has used: cookies and storage of a sign-in made elsewhere.
//!
//! Signing in loads the app, so a browser that signed in itself would not be cold any more.

use crate::Outcome;
use crate::browser::{Browser, Look};
use crate::registry::Registry;
use crate::visitor::Visitor;
use serde_json::{Value, json};

/// What a browser keeps of a sign-in.
pub struct Session {
    origin: String,
    cookies: Vec<Value>,
    storage: Value,
}

impl Session {
    /// Signs in as a GitHub identity of the stand-in; whoever has no account yet is left at the sign-up.
    pub async fn begin(registry: &Registry, login: &str) -> Outcome<Self> {
        let browser = Browser::open(Look::DESK).await?;
        let visitor = Visitor::new(browser, registry.app());
        visitor.open("/users/ferris").await;
        visitor.click_button("Log in with GitHub").await;
        visitor.choose_identity(login).await;
        visitor.settle().await;
        let browser = &visitor.browser;
        let kept = browser
            .cdp("Network.getCookies", json!({"urls": [registry.app()]}))
            .await?;
        let storage = browser
            .script("return JSON.stringify({...localStorage})", Vec::new())
            .await?;
        let session = Self {
            origin: registry.app().to_owned(),
            cookies: kept["cookies"].as_array().cloned().unwrap_or_default(),
            storage,
        };
        visitor.browser.close().await?;
        if session.cookies.is_empty() {
            return Err(format!("signing in as {login} left no cookie").into());
        }
        Ok(session)
    }

    /// Goes on with it in another browser, before that has loaded anything.
    pub async fn resume(&self, browser: &Browser) -> Outcome<()> {
        for cookie in &self.cookies {
            let mut copy = json!({"url": self.origin});
            for part in ["name", "value", "path", "secure", "httpOnly", "sameSite"] {
                if let Some(value) = cookie.get(part) {
                    copy[part] = value.clone();
                }
            }
            browser.cdp("Network.setCookie", copy).await?;
        }
        let source = format!(
            "if (location.origin === {}) Object.assign(localStorage, JSON.parse({}));",
            json!(self.origin),
            self.storage
        );
        browser
            .cdp(
                "Page.addScriptToEvaluateOnNewDocument",
                json!({"source": source}),
            )
            .await?;
        Ok(())
    }
}
