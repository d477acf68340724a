//! The README: shown as it was meant, with nothing left in it that acts.

use nameplate_e2e::story::{Setting, story};
use serde_json::json;

#[test]
fn nothing_in_a_readme_runs() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        for name in ["readme-hostile", "readme-kitchen-sink"] {
            visitor.open(&format!("/crates/{name}")).await;
            visitor.see("region", "Readme").await;
            visitor.settle().await;
            assert_eq!(
                visitor.ask("return typeof window.hostile").await,
                json!("undefined"),
                "{name} ran something"
            );
            let script = "
                const readme = document.querySelector('.readme');
                const found = [];
                const active = 'script, style, link, meta, base, object, embed, iframe, frame, form, input:not([type=checkbox]),'
                    + ' button, textarea, select, svg, math, template, video[autoplay], audio, dialog';
                for (const one of readme.querySelectorAll(active)) found.push(one.outerHTML.slice(0, 100));
                for (const one of readme.querySelectorAll('*')) {
                    for (const {name, value} of one.attributes) {
                        const acts = name.startsWith('on') || name === 'style' || name === 'srcdoc' || name === 'formaction'
                            || (['href', 'src', 'action', 'poster', 'xlink:href'].includes(name)
                                && !/^(https?:|#|\\/|data:image\\/|mailto:)/i.test(value.trim()));
                        if (acts) found.push(`${name}=${value}`.slice(0, 100));
                    }
                }
                return found;";
            assert_eq!(
                visitor.ask(script).await,
                json!([]),
                "active content in {name}"
            );
        }
    });
}

#[test]
fn headings_stand_below_those_of_the_page_and_pictures_wait() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/crates/readme-kitchen-sink").await;
        visitor.see("region", "Readme").await;
        visitor.settle().await;
        visitor.expect_crate("readme-kitchen-sink").await;
        let script = "
            const readme = document.querySelector('.readme');
            const found = [];
            if (readme.querySelector('h1')) found.push('a first-level heading');
            if (!readme.querySelector('h2, h3')) found.push('no heading at all');
            const images = [...readme.querySelectorAll('img')];
            if (!images.length) found.push('no picture at all');
            for (const image of images) {
                if (image.loading !== 'lazy') found.push(`not lazy: ${image.outerHTML}`);
                if (image.referrerPolicy !== 'no-referrer') found.push(`tells the referrer: ${image.outerHTML}`);
            }
            for (const block of readme.querySelectorAll('pre, table')) {
                const scrolls = [block, ...(block.parentElement === readme ? [] : [block.parentElement])]
                    .find((one) => one.scrollWidth > one.clientWidth + 1);
                if (scrolls && scrolls.tabIndex < 0) found.push(`scrolls, but no key reaches it: ${scrolls.outerHTML.slice(0, 80)}`);
            }
            return found;";
        assert_eq!(visitor.ask(script).await, json!([]));
    });
}

#[test]
fn no_readme_is_said_and_asked_for_once() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.foresee(403, "/readmes/readme-none/readme-none-1.0.0.html");
        visitor.open("/crates/readme-none").await;
        visitor
            .expect_text("readme-none 1.0.0 has no README.")
            .await;
        visitor.expect_no_request_twice().await;
        visitor.open("/crates/readme-empty").await;
        visitor.expect_text("has no README").await;
    });
}

#[test]
fn a_readme_of_a_megabyte_is_shown() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/crates/readme-one-megabyte").await;
        visitor.see("region", "Readme").await;
        visitor.settle().await;
        let pictures = visitor.network().await;
        let asked = pictures
            .over_the_wire()
            .filter(|one| one.kind == "Image")
            .count();
        assert!(
            asked < 100,
            "{asked} pictures were asked for, of 500, most of which nobody has scrolled to"
        );
    });
}
