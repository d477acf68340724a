//! The harness on pages made to be found fault with: an oracle that cannot fail proves nothing.

mod site;

use nameplate_e2e::axe;
use nameplate_e2e::browser::{Browser, Look};
use nameplate_e2e::by_role::{Name, containing};
use nameplate_e2e::layout;
use nameplate_e2e::visitor::Visitor;

const GOOD: &str = "<!doctype html><html lang=en><title>Good</title><meta name=viewport content='width=device-width'>
<style>:root { color-scheme: light dark; background: Canvas; color: CanvasText } button, input { min-height: 2rem; min-width: 2rem }</style>
<header><a href='/other' style='display: inline-block; padding: 0.5rem'>Home</a></header><main><h1>Good</h1>
<p>Some text with <a href='/other'>a link</a> in it.</p>
<label>Name <input value=old></label> <button>Save</button> <p role=status></p></main></html>";

fn visit(pages: &[(&'static str, &str)], tell: impl AsyncFnOnce(&Visitor)) {
    let origin = site::serve(pages);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let browser = Browser::open(Look::DESK).await.expect("a browser");
        let visitor = Visitor::new(browser, &origin);
        tell(&visitor).await;
        visitor.browser.close().await.expect("it closes");
    });
}

async fn complaints(visitor: &Visitor) -> Vec<String> {
    visitor.settle().await;
    visitor.complaints().await.expect("the console can be read")
}

fn page(body: &str) -> String {
    GOOD.replace("</main>", &format!("{body}</main>"))
}

#[test]
fn a_good_page_passes_every_oracle() {
    visit(&[("/", GOOD)], async |visitor| {
        visitor.open("/").await;
        visitor.expect_heading("Good").await;
        visitor.expect_title("Good").await;
        assert_eq!(
            axe::in_both_schemes(&visitor.browser)
                .await
                .expect("axe runs"),
            Vec::<String>::new()
        );
        for look in [Look::DESK, Look::PHONE, Look::NARROW] {
            visitor.browser.look_like(look).await.expect("it resizes");
            assert_eq!(
                layout::faults(&visitor.browser).await.expect("measured"),
                Vec::<String>::new()
            );
        }
        visitor.expect_no_request_twice().await;
        assert_eq!(complaints(visitor).await, Vec::<String>::new());
    });
}

#[test]
fn everything_the_console_says_is_a_complaint() {
    let cases = [
        ("/warning", "console.warn('careful')", "careful"),
        ("/log", "console.log('chatty')", "chatty"),
        ("/exception", "null.nothing", "TypeError"),
        ("/rejection", "Promise.reject(new Error('lost'))", "lost"),
        (
            "/policy",
            "document.body.append(Object.assign(new Image, {src: 'http://127.0.0.2:9/a.png'}))",
            "Security Policy",
        ),
        (
            "/eval",
            "try { eval('1') } catch { console.error('caught') }",
            "caught",
        ),
        ("/answer", "fetch('/missing')", "404"),
        (
            "/foreign",
            "location.href = 'http://other.invalid/'",
            "foreign host",
        ),
    ];
    for (path, script, expected) in cases {
        let body = page(&format!("<script>{script}</script>"));
        visit(&[(path, &body)], async |visitor| {
            visitor.open(path).await;
            let wait = visitor.browser.until("a complaint", async || {
                let complaints = visitor.complaints().await?;
                Ok(complaints
                    .iter()
                    .any(|one| one.contains(expected))
                    .then_some(()))
            });
            assert!(
                wait.await.is_ok(),
                "{path}: {:?}",
                complaints(visitor).await
            );
        });
    }
}

#[test]
fn a_foreseen_answer_passes_and_an_absent_one_does_not() {
    let asking = page("<script>fetch('/missing?a=1')</script>");
    visit(&[("/", &asking)], async |visitor| {
        visitor.foresee(404, "/missing");
        visitor.open("/").await;
        visitor.settle().await;
        assert_eq!(complaints(visitor).await, Vec::<String>::new());
        visitor.foresee(500, "/api/v1/me");
        assert_eq!(complaints(visitor).await.len(), 1);
    });
}

#[test]
fn axe_finds_what_is_poor_in_one_scheme_only() {
    let poor = page("<p style='color: light-dark(#111, #444)'>Hardly there</p><input>");
    visit(&[("/", &poor)], async |visitor| {
        visitor.open("/").await;
        let found = axe::in_both_schemes(&visitor.browser)
            .await
            .expect("axe runs");
        let contrast: Vec<_> = found
            .iter()
            .filter(|one| one.contains("color-contrast"))
            .collect();
        assert!(
            matches!(contrast.as_slice(), [one] if one.starts_with("axe, dark")),
            "{found:#?}"
        );
        assert!(found.iter().any(|one| one.contains("label")), "{found:#?}");
    });
}

#[test]
fn the_layout_is_measured() {
    let poor = page(
        "<div style='width: 400px; height: 2px'></div>
        <button style='all: unset; width: 20px; height: 20px; background: red'>x</button>
        <div style='position: relative; height: 60px'><button style='position: absolute; left: 0'>One</button>
        <button style='position: absolute; left: 10px'>Two</button></div>
        <div style='overflow: auto'><div style='width: 900px'>wide but contained</div></div>",
    );
    visit(&[("/", &poor)], async |visitor| {
        visitor.open("/").await;
        visitor
            .browser
            .look_like(Look::NARROW)
            .await
            .expect("it resizes");
        let found = layout::faults(&visitor.browser)
            .await
            .expect("measured")
            .join("\n");
        for expected in [
            "scrolls sideways",
            "too wide: <div style=\"width: 400px",
            "smaller than 24 px (20.0",
            "on top",
        ] {
            assert!(found.contains(expected), "{expected}: {found}");
        }
        assert!(!found.contains("900px"), "{found}");
    });
}

#[test]
fn a_request_made_twice_is_found_and_a_used_preload_is_not() {
    let twice = page(
        "<script>fetch('/a.json', {cache: 'no-store'}).then(() => fetch('/a.json', {cache: 'no-store'}))</script>",
    );
    let once = page(
        "<link rel=preload as=fetch href='/a.json' crossorigin><script>setTimeout(() => fetch('/a.json').then(() => { document.title = 'Handed over' }), 300)</script>",
    );
    visit(
        &[("/twice", &twice), ("/once", &once), ("/a.json", "{}")],
        async |visitor| {
            visitor.open("/twice").await;
            visitor
                .browser
                .until("both requests", async || {
                    let network = visitor.browser.network().await?;
                    Ok((network.repeated().len() == 1).then_some(()))
                })
                .await
                .expect("the repetition is seen");
            visitor.open("/once").await;
            visitor.expect_title("Handed over").await;
            visitor.expect_no_request_twice().await;
            let network = visitor.network().await;
            let json = network
                .over_the_wire()
                .find(|one| one.path() == "/a.json")
                .expect("asked for");
            // The body is two bytes; what is paid for is the head as well.
            assert!(json.bytes > 100, "{json}");
        },
    );
}

#[test]
fn a_visitor_acts_by_role_and_name() {
    let body = page(
        "<button onclick=\"document.querySelector('[role=status]').textContent = 'Saved'\">Keep</button>
        <button onclick=\"document.title = 'Pressed'\">Key</button>",
    );
    visit(
        &[("/", &body), ("/other", &GOOD.replace("Good", "Other"))],
        async |visitor| {
            visitor.open("/").await;
            visitor.listen_to_status().await;
            visitor.fill("Name", "new").await;
            assert_eq!(visitor.see("textbox", "Name").await.value, "new");
            visitor.click_button("Keep").await;
            visitor.expect_text("Saved").await;
            assert_eq!(visitor.status_text().await, "Saved");
            assert_eq!(visitor.heard().await, ["Saved"]);
            visitor.tab_to("button", "Key").await;
            visitor.expect_focus("button", "Key").await;
            visitor.press(thirtyfour::Key::Enter).await;
            visitor.expect_title("Pressed").await;
            visitor.click_link(containing("a link")).await;
            visitor.expect_path("/other").await;
            visitor.expect_heading("Other").await;
            visitor.back().await;
            visitor.expect_heading("Good").await;
            visitor.forward().await;
            visitor.expect_heading("Other").await;
        },
    );
}

#[test]
fn a_name_that_two_things_share_is_not_good_enough() {
    let body = page("<button>Same</button><button>Same</button>");
    visit(&[("/", &body)], async |visitor| {
        visitor.open("/").await;
        let found = visitor.browser.one(&["button"], &Name::from("Same")).await;
        assert!(found.is_err_and(|error| error.to_string().contains("there are 2")));
    });
}

#[test]
fn a_window_looks_as_it_is_told_and_a_finger_touches() {
    let body = page(
        "<button onpointerdown=\"document.title = event.pointerType\" onclick=\"this.textContent = 'Tapped'\">Touch</button>",
    );
    visit(&[("/", &body)], async |visitor| {
        visitor.open("/").await;
        let ask = async |query: &str| {
            let script = format!("return matchMedia('({query})').matches");
            visitor
                .browser
                .script(&script, Vec::new())
                .await
                .expect("it answers")
                == true
        };
        assert!(
            !ask("prefers-color-scheme: dark").await && ask("prefers-reduced-motion: reduce").await
        );
        let other = Look {
            forced_colors: true,
            reduced_motion: false,
            ..Look::PHONE.in_the_dark()
        };
        visitor.browser.look_like(other).await.expect("it changes");
        for query in [
            "prefers-color-scheme: dark",
            "forced-colors: active",
            "width: 390px",
            "prefers-reduced-motion: no-preference",
        ] {
            assert!(ask(query).await, "{query}");
        }
        visitor.tap("button", "Touch").await;
        visitor.expect_title("touch").await;
        visitor.see("button", "Tapped").await;
    });
}

#[test]
fn nobody_meets_the_past_of_another() {
    let origin = site::serve(&[("/", GOOD)]);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        for _ in 0..2 {
            let visitor = Visitor::new(Browser::open(Look::DESK).await.expect("a browser"), &origin);
            visitor.open("/").await;
            let script = "const before = localStorage.getItem('past'); localStorage.setItem('past', 'yes'); return before";
            assert_eq!(visitor.browser.script(script, Vec::new()).await.expect("it runs"), serde_json::Value::Null);
            visitor.browser.close().await.expect("it closes");
        }
    });
}
