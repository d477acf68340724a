//! Every page, by day and by night, wide and narrow: axe with all its rules, targets, reflow.

use nameplate_e2e::browser::Look;
use nameplate_e2e::by_role::{Name, containing};
use nameplate_e2e::story::{Setting, Stage, story};
use thirtyfour::Key;

async fn inspect(stage: &Stage, path: &str, name: &str) {
    let visitor = &stage.visitor;
    visitor.open(path).await;
    visitor.see("contentinfo", "").await;
    visitor.settle().await;
    for one in visitor.network().await.over_the_wire() {
        // Absent READMEs and pictures are part of what is shown.
        if let Some(status @ 400..) = one.status {
            visitor.foresee(status, one.path());
        }
    }
    stage.inspect(name).await;
    visitor.expect_heading(Name::Any).await;
}

#[test]
fn user_pages_are_accessible_and_reflow() {
    story(Setting::DEMO, async |stage| {
        for name in [
            "carols10cents",
            "the-longest-username-there-can-ever-be1",
            "unbroken",
            "layla-codes",
            "many-hats",
        ] {
            inspect(stage, &format!("/users/{name}"), &format!("user-{name}")).await;
        }
    });
}

#[test]
fn user_pages_with_little_are_accessible_and_reflow() {
    story(Setting::DEMO, async |stage| {
        inspect(stage, "/users/blank-slate", "user-blank-slate").await;
        inspect(stage, "/users/prolific?page=99", "user-page-past-the-end").await;
        inspect(stage, "/users/nobody-here", "user-not-found").await;
        inspect(stage, "/users/ferris?page=x", "malformed").await;
        inspect(stage, "/no/such/page", "not-found").await;
    });
}

#[test]
fn crate_pages_are_accessible_and_reflow() {
    story(Setting::DEMO, async |stage| {
        for name in [
            "crabshell",
            "forty-keepers",
            "names-at-length",
            "least-possible",
            "unbroken-description",
        ] {
            inspect(stage, &format!("/crates/{name}"), &format!("crate-{name}")).await;
        }
    });
}

#[test]
fn readmes_are_accessible_and_reflow() {
    story(Setting::DEMO, async |stage| {
        for name in ["readme-kitchen-sink", "readme-hostile", "readme-none"] {
            inspect(stage, &format!("/crates/{name}"), name).await;
        }
    });
}

#[test]
fn open_panels_and_menus_are_accessible() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/crates/ten-cents").await;
        visitor.see("region", "Owners").await;
        visitor.settle().await;
        visitor
            .click_button(containing(
                "crates.io username does not match GitHub username",
            ))
            .await;
        stage.inspect("owner-card-open").await;
        visitor.press(Key::Escape).await;
        visitor.click_button("Color scheme: System").await;
        visitor.see("button", "Dark").await;
        stage.inspect("scheme-menu-open").await;
    });
}

#[test]
fn failures_are_accessible_and_reflow() {
    story(Setting::DEMO.faults(), async |stage| {
        let fault =
            serde_json::json!([{"method": "GET", "path": "/api/v1/users/*", "status": 500}]);
        stage.registry.fail(fault).await.expect("it fails now");
        inspect(stage, "/users/ferris", "failure").await;
    });
}

#[test]
fn somebody_signed_in_has_accessible_pages_too() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/users/ferris").await;
        visitor
            .sign_in("the-longest-username-there-can-ever-be1")
            .await;
        visitor.see("button", containing("the-longest")).await;
        stage.inspect("signed-in").await;
    });
}

#[test]
fn imposed_colors_leave_everything_visible() {
    let look = Look {
        forced_colors: true,
        ..Look::DESK
    };
    story(Setting::DEMO.look(look), async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/crates/six-hands").await;
        visitor.see("link", "orchard").await;
        visitor.settle().await;
        // axe computes contrast from the page's own colours, which nobody sees here; icons drawn in a colour of their own
        // are what gets lost.
        let script = "
            const canvas = getComputedStyle(document.body).backgroundColor;
            const lost = [...document.querySelectorAll('button, a, p, h1, h2, .icon, button svg')].filter((one) =>
                one.checkVisibility() && getComputedStyle(one).color === canvas && one.textContent.trim() !== '');
            return lost.map((one) => one.outerHTML.slice(0, 120));";
        assert_eq!(visitor.ask(script).await, serde_json::json!([]));
        let found = nameplate_e2e::layout::faults(&visitor.browser)
            .await
            .expect("measured");
        assert_eq!(found, Vec::<String>::new());
        if let Some(folder) = nameplate_e2e::screenshots::folder() {
            let file = folder.join("forced-colors.png");
            let extent = nameplate_e2e::screenshots::Extent::Window;
            nameplate_e2e::screenshots::take(&visitor.browser, extent, &file)
                .await
                .expect("a picture");
        }
    });
}
