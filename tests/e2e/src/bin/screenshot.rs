//! A picture of a page: `screenshot URL OUT.png [--width N] [--height N] [--dark] [--phone] [--full] [--forced-colors]
//! [--wait SELECTOR] [--login LOGIN] [--tree]`.
//!
//! For people who change the looks; it prints what the console said and, with `--tree`, the accessibility tree.

use nameplate_e2e::Outcome;
use nameplate_e2e::browser::{Browser, Look};
use nameplate_e2e::screenshots::{self, Extent};
use nameplate_e2e::visitor::Visitor;
use serde_json::json;
use std::path::PathBuf;

struct Wish {
    url: String,
    file: PathBuf,
    look: Look,
    extent: Extent,
    wait: Option<String>,
    login: Option<String>,
    tree: bool,
}

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let outcome = match (wish(), runtime) {
        (Ok(wish), Ok(runtime)) => runtime.block_on(fulfil(wish)),
        (Err(failure), _) => Err(failure),
        (_, Err(error)) => Err(error.into()),
    };
    if let Err(failure) = outcome {
        eprintln!("{failure}");
        std::process::exit(1);
    }
}

fn wish() -> Outcome<Wish> {
    let mut arguments = std::env::args().skip(1);
    let mut plain = Vec::new();
    let mut look = Look::DESK;
    let (mut extent, mut wait, mut login, mut tree) = (Extent::Window, None, None, false);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{argument} needs a value"));
        match argument.as_str() {
            "--width" => look.width = value()?.parse()?,
            "--height" => look.height = value()?.parse()?,
            "--dark" => look.dark = true,
            "--forced-colors" => look.forced_colors = true,
            "--phone" => {
                look = Look {
                    dark: look.dark,
                    ..Look::PHONE
                }
            }
            "--full" => extent = Extent::WholePage,
            "--wait" => wait = Some(value()?),
            "--login" => login = Some(value()?),
            "--tree" => tree = true,
            flag if flag.starts_with("--") => return Err(format!("unknown option {flag}").into()),
            _ => plain.push(argument),
        }
    }
    let [url, file] = plain.as_slice() else {
        return Err(
            "usage: screenshot URL OUT.png [--width N] [--height N] [--dark] [--phone] [--full] \
                    [--forced-colors] [--wait SELECTOR] [--login LOGIN] [--tree]"
                .into(),
        );
    };
    Ok(Wish {
        url: url.clone(),
        file: file.into(),
        look,
        extent,
        wait,
        login,
        tree,
    })
}

async fn fulfil(wish: Wish) -> Outcome<()> {
    let browser = Browser::open(wish.look).await?;
    let visitor = Visitor::new(browser, &origin(&wish.url));
    let outcome = visit(&visitor, &wish).await;
    for line in visitor.browser.console().await? {
        eprintln!("console: {line}");
    }
    if wish.tree {
        println!("{}", visitor.browser.tree().await?);
    }
    visitor.browser.close().await?;
    outcome
}

async fn visit(visitor: &Visitor, wish: &Wish) -> Outcome<()> {
    if let Some(login) = &wish.login {
        visitor.open("/").await;
        visitor.sign_in(login).await;
    }
    let browser = &visitor.browser;
    browser.goto(&wish.url).await?;
    if let Some(selector) = &wish.wait {
        let script = "return document.querySelector(arguments[0]) !== null";
        browser
            .until(&format!("an element {selector}"), async || {
                let there = browser.script(script, vec![json!(selector)]).await?;
                Ok((there == true).then_some(()))
            })
            .await?;
    }
    if let Err(failure) = browser.settle().await {
        eprintln!("{failure}; taking the picture anyway");
    }
    screenshots::take(browser, wish.extent, &wish.file).await
}

fn origin(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("http", url));
    let host = rest.split('/').next().unwrap_or(rest);
    format!("{scheme}://{host}")
}
