//! One test from the first page to the verdict.
//!
//! A story has a registry and a visitor of its own, a time by which it must have ended, and an end that nobody can
//! forget: what the console said and which hosts were asked decide together with the test's own expectations. A story
//! that fails shows the page as it was.

use crate::Outcome;
use crate::axe;
use crate::browser::{Browser, Look};
use crate::layout;
use crate::nginx::{self, Nginx};
use crate::registry::{Registry, Wish};
use crate::screenshots::{self, Extent};
use crate::visitor::Visitor;
use std::cell::RefCell;
use std::panic::AssertUnwindSafe;
use std::rc::Rc;
use std::time::Duration;

/// No story takes longer, however slow the machine.
const LONGEST: Duration = Duration::from_secs(300);

/// What a story starts from.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// The registry.
    pub registry: Wish,
    /// The first visitor's window.
    pub look: Look,
    /// An nginx serves the app and passes the API on.
    pub behind_nginx: bool,
}

impl Setting {
    /// A desk, and the demonstration data on a server that can do everything.
    pub const DEMO: Self = Self {
        registry: Wish::DEMO,
        look: Look::DESK,
        behind_nginx: false,
    };

    /// The same with a server of another level.
    pub const fn level(mut self, level: &'static str) -> Self {
        self.registry.level = level;
        self
    }

    /// The same with a clock that can be moved.
    pub const fn clock(mut self) -> Self {
        self.registry.clock = true;
        self
    }

    /// The same with a server that can be made to fail.
    pub const fn faults(mut self) -> Self {
        self.registry.faults = true;
        self
    }

    /// The same with the extremes: very many crates of one person, versions and owners of one crate.
    pub const fn extremes(mut self) -> Self {
        self.registry.scale = Wish::EXTREMES;
        self
    }

    /// The same with a server that takes no changes.
    pub const fn read_only(mut self) -> Self {
        self.registry.read_only = true;
        self
    }

    /// The same with a server that has something to announce.
    pub const fn banner(mut self, text: &'static str) -> Self {
        self.registry.banner = text;
        self
    }

    /// The same with an nginx in front of it.
    pub const fn behind_nginx(mut self) -> Self {
        self.behind_nginx = true;
        self
    }

    /// The same in another window.
    pub const fn look(mut self, look: Look) -> Self {
        self.look = look;
        self
    }
}

/// Everybody and everything in a story.
pub struct Stage {
    /// The server.
    pub registry: Registry,
    /// The first visitor.
    pub visitor: Rc<Visitor>,
    everybody: RefCell<Vec<Rc<Visitor>>>,
    nginx: Option<Nginx>,
}

impl Stage {
    /// The nginx in front of the registry, in a setting that has one.
    pub fn nginx(&self) -> &Nginx {
        self.nginx.as_ref().expect("this setting has an nginx")
    }

    /// Somebody else with a browser of their own.
    pub async fn somebody_else(&self, look: Look) -> Rc<Visitor> {
        let browser = Browser::open(look)
            .await
            .unwrap_or_else(|error| panic!("no second browser: {error}"));
        let visitor = Rc::new(Visitor::new(browser, self.registry.app()));
        self.everybody.borrow_mut().push(Rc::clone(&visitor));
        visitor
    }

    /// The page as it is passes axe in both schemes, reflows at 320 px, and its targets can be hit.
    pub async fn inspect(&self, name: &str) {
        inspect(&self.visitor, name).await;
    }

    fn everybody(&self) -> Vec<Rc<Visitor>> {
        self.everybody.borrow().clone()
    }

    async fn set(setting: Setting) -> Outcome<Self> {
        let (registry, nginx) = if setting.behind_nginx {
            let port = nginx::free_port()?;
            let registry = Registry::start_behind(setting.registry, &nginx::origin(port))?;
            let nginx = Nginx::start(port, registry.own(), registry.files())?;
            (registry, Some(nginx))
        } else {
            (Registry::start(setting.registry)?, None)
        };
        let browser = Browser::open(setting.look).await?;
        let visitor = Rc::new(Visitor::new(browser, registry.app()));
        let everybody = RefCell::new(vec![Rc::clone(&visitor)]);
        Ok(Self {
            registry,
            visitor,
            everybody,
            nginx,
        })
    }
}

/// Tells a story; panics with all there is to know when it does not end well.
pub fn story(setting: Setting, tell: impl AsyncFnOnce(&Stage)) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime can be made");
    let stage = match runtime.block_on(Stage::set(setting)) {
        Ok(stage) => stage,
        Err(failure) => panic!("the stage cannot be set: {failure}"),
    };
    let told = std::panic::catch_unwind(AssertUnwindSafe(|| {
        runtime.block_on(async { tokio::time::timeout(LONGEST, tell(&stage)).await })
    }));
    let (panicked, mut verdict) = match told {
        Ok(Ok(())) => (None, Vec::new()),
        Ok(Err(_)) => (
            None,
            vec![format!(
                "the story takes longer than {} s",
                LONGEST.as_secs()
            )],
        ),
        Err(panicked) => (Some(panicked), Vec::new()),
    };
    runtime.block_on(async {
        for visitor in stage.everybody() {
            match visitor.complaints().await {
                Ok(complaints) => verdict.extend(complaints),
                Err(failure) => verdict.push(format!("the oracles cannot be asked: {failure}")),
            }
        }
        let failed = panicked.is_some() || !verdict.is_empty();
        if failed {
            show(&stage).await;
        }
    });
    runtime.block_on(close(stage));
    if let Some(panicked) = panicked {
        for complaint in &verdict {
            eprintln!("also: {complaint}");
        }
        std::panic::resume_unwind(panicked);
    }
    assert!(verdict.is_empty(), "{}", verdict.join("\n"));
}

async fn show(stage: &Stage) {
    for (number, visitor) in stage.everybody().iter().enumerate() {
        eprintln!("--- visitor {}\n{}", number + 1, visitor.report().await);
        if let Some(folder) = screenshots::folder() {
            let test = std::thread::current()
                .name()
                .unwrap_or("story")
                .replace("::", "-");
            let file = folder.join(format!("failed-{test}-{}.png", number + 1));
            if screenshots::take(&visitor.browser, Extent::Window, &file)
                .await
                .is_ok()
            {
                eprintln!("picture: {}", file.display());
            }
        }
    }
    if let Some(nginx) = &stage.nginx {
        eprintln!("--- what nginx complained about\n{}", nginx.said());
    }
    let said = stage.registry.said();
    let tail: Vec<&str> = said.lines().rev().take(40).collect();
    eprintln!("--- the registry's last words");
    for line in tail.iter().rev() {
        eprintln!("{line}");
    }
}

async fn close(stage: Stage) {
    let Stage {
        visitor,
        everybody,
        registry,
        nginx,
    } = stage;
    drop(visitor);
    for visitor in everybody.into_inner() {
        if let Ok(visitor) = Rc::try_unwrap(visitor) {
            let _ = visitor.browser.close().await;
        }
    }
    drop(nginx);
    drop(registry);
}

/// The page as it is passes axe in both schemes, reflows at 320 px, and its targets can be hit.
///
/// `name` is for the pictures, when pictures are wanted.
pub async fn inspect(visitor: &Visitor, name: &str) {
    visitor.settle().await;
    let found = look_closely(&visitor.browser, name).await;
    match found {
        Ok(found) => assert!(found.is_empty(), "{name}:\n{}", found.join("\n")),
        Err(failure) => panic!("{name} cannot be inspected: {failure}"),
    }
}

async fn look_closely(browser: &Browser, name: &str) -> Outcome<Vec<String>> {
    screenshots::of_every_look(browser, name).await?;
    let mut found = axe::in_both_schemes(browser).await?;
    found.extend(layout::faults(browser).await?);
    let before = browser.look();
    browser
        .look_like(Look {
            dark: before.dark,
            ..Look::NARROW
        })
        .await?;
    browser.settle().await?;
    found.extend(
        layout::faults(browser)
            .await?
            .into_iter()
            .map(|fault| format!("at 320 px: {fault}")),
    );
    browser.look_like(before).await?;
    Ok(found)
}
