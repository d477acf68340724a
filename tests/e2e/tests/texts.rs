//! The pages to be read, and the reports that become mails: everything stands, leads on, and nothing is sent by itself.

use nameplate_e2e::browser::Look;
use nameplate_e2e::by_role::containing;
use nameplate_e2e::story::{Setting, story};
use nameplate_e2e::visitor::Visitor;
use serde_json::Value;
use thirtyfour::Key;

/// The texts: address, title and heading, one of the sections.
const TEXTS: [(&str, &str, &str); 4] = [
    ("/docs/usernames", "Usernames", "What is not settled"),
    ("/policies", "Usage policy", "Selling names"),
    (
        "/policies/privacy",
        "Privacy",
        "Your rights, and how to use them",
    ),
    ("/support", "Get help", "Report a crate or an account"),
];

/// The forms: address and heading.
const FORMS: [(&str, &str); 2] = [
    (
        "/support?inquire=crate-violation&crate=crabshell",
        "Report a crate",
    ),
    (
        "/support?inquire=impersonation&user=ferris",
        "Report impersonation",
    ),
];

/// What is wrong with the order of headings in the page's main part; empty when nothing is.
const HEADINGS: &str = "
    const levels = [...document.querySelectorAll('main :is(h1, h2, h3, h4, h5, h6)')].map((one) => Number(one.tagName[1]));
    const wrong = levels.filter((level, at) => at === 0 ? level !== 1 : level === 1 || level > levels[at - 1] + 1);
    return levels.length === 0 ? 'no headings' : wrong.join();";

/// The links of the contents that lead to nothing.
const DANGLING: &str = "
    return [...document.querySelectorAll('.contents a')].map((one) => one.hash).filter((hash) => !document.querySelector(hash));";

/// The links of the page's main part that stay on this site.
const INWARD: &str = "
    return [...new Set([...document.querySelectorAll('main a[href^=\"/\"]')].map((one) => one.getAttribute('href')))];";

/// The requests other than reads, since the page was opened.
async fn writes(visitor: &Visitor) -> Vec<String> {
    visitor.settle().await;
    let network = visitor.network().await;
    let writes = network.over_the_wire().filter(|one| one.method != "GET");
    writes.map(|one| one.path().to_owned()).collect()
}

/// Where the mail that is ready goes.
async fn mail(visitor: &Visitor) -> String {
    let link = visitor
        .attribute("link", "Open it in your e-mail program", "href")
        .await;
    link.expect("the link leads somewhere")
}

#[test]
fn every_text_has_headings_in_order_and_contents_that_lead_there() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        for (path, heading, section) in TEXTS {
            visitor.open(path).await;
            visitor.expect_heading(heading).await;
            visitor
                .expect_title(&format!("{heading} - nameplate"))
                .await;
            assert_eq!(visitor.ask(HEADINGS).await, Value::from(""), "{path}");
            assert_eq!(
                visitor.ask(DANGLING).await,
                Value::Array(Vec::new()),
                "{path}"
            );
            visitor.see("heading", section).await;
            visitor.click_link(section).await;
            visitor.expect_heading(heading).await;
            assert_ne!(
                visitor.ask("return location.hash").await,
                Value::from(""),
                "{path}"
            );
        }
    });
}

#[test]
fn no_link_of_a_text_leads_to_a_page_that_is_none() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        let mut links = Vec::new();
        for (path, heading, _) in TEXTS {
            visitor.open(path).await;
            visitor.expect_heading(heading).await;
            let found = visitor.ask(INWARD).await;
            links.extend(
                found
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter_map(|link| link.as_str().map(str::to_owned)),
            );
        }
        links.sort();
        links.dedup();
        assert!(links.len() >= 6, "{links:?}");
        // The settings ask a guest to sign in.
        visitor.foresee(403, "/api/v1/me");
        for link in links {
            visitor.open(&link).await;
            visitor.settle().await;
            visitor.expect_heading(containing("")).await;
            visitor.see_no("heading", "Page not found").await;
        }
    });
}

#[test]
fn the_foot_of_every_page_leads_to_the_texts() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/keywords").await;
        for (label, path, heading) in [
            ("Usage policy", "/policies", "Usage policy"),
            ("Privacy", "/policies/privacy", "Privacy"),
            ("Get help", "/support", "Get help"),
        ] {
            visitor.click_link(label).await;
            visitor.expect_path(path).await;
            visitor.expect_heading(heading).await;
            visitor.expect_focus("heading", heading).await;
        }
    });
}

#[test]
fn usernames_lead_to_policy_privacy_and_report() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        for (link, heading) in [
            ("Report impersonation", "Report impersonation"),
            ("What else is kept, and your rights", "Privacy"),
        ] {
            visitor.open("/docs/usernames").await;
            visitor.click_link(link).await;
            visitor.expect_heading(heading).await;
            visitor.expect_focus("heading", heading).await;
        }
    });
}

#[test]
fn a_report_of_a_crate_becomes_a_mail_that_its_writer_sends() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor
            .open("/support?inquire=crate-violation&crate=crabshell")
            .await;
        visitor.expect_heading("Report a crate").await;
        visitor.expect_title("Report a crate - nameplate").await;
        assert_eq!(
            visitor.see("textbox", "Name of the crate").await.value,
            "crabshell"
        );
        visitor
            .see_no("link", "Open it in your e-mail program")
            .await;

        visitor.click_button("Put the mail together").await;
        visitor.expect_text("Tick at least one.").await;
        visitor
            .expect_focus("checkbox", "It contains malicious code")
            .await;
        visitor
            .expect_title("Error: Report a crate - nameplate")
            .await;

        visitor.press(" ").await;
        visitor.expect_no_text("Tick at least one.").await;
        visitor.click_button("Put the mail together").await;
        visitor.expect_focus("heading", "Your mail").await;
        visitor.expect_title("Report a crate - nameplate").await;
        assert!(
            visitor
                .status_text()
                .await
                .contains("The mail is ready. It is not sent yet.")
        );
        assert_eq!(
            mail(visitor).await,
            "mailto:help@crates.io,security@rust-lang.org?subject=%5BSECURITY%5D%20Report%3A%20the%20crate%20%22crabshell%22\
             &body=Crate%3A%20crabshell%0D%0A%0D%0A-%20It%20contains%20malicious%20code%0D%0A"
        );

        // What is changed afterwards is in the mail as well; what is taken away takes the mail away.
        visitor.fill("What you have seen", "1.0.0 & 1.0.1").await;
        visitor
            .expect_text("- It contains malicious code 1.0.0 & 1.0.1")
            .await;
        assert!(
            mail(visitor)
                .await
                .ends_with("%0D%0A%0D%0A1.0.0%20%26%201.0.1%0D%0A")
        );
        visitor.fill("Name of the crate", " ").await;
        visitor.expect_text("Name the crate.").await;
        visitor
            .see_no("link", "Open it in your e-mail program")
            .await;
        assert_eq!(writes(visitor).await, Vec::<String>::new());
    });
}

#[test]
fn a_report_of_impersonation_names_both() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor
            .open("/support?inquire=impersonation&user=ferr1s")
            .await;
        visitor.expect_heading("Report impersonation").await;
        visitor.click_button("Put the mail together").await;
        visitor
            .expect_text("Say whom the account pretends to be.")
            .await;
        visitor.expect_text("Say what you have seen.").await;
        visitor
            .expect_focus("textbox", "Whom it pretends to be")
            .await;
        visitor.press("Ferris").await;
        visitor
            .expect_no_text("Say whom the account pretends to be.")
            .await;
        // Enter in a field presses the button.
        visitor.press(Key::Enter).await;
        visitor.expect_focus("textbox", "What you have seen").await;
        visitor.press("Same picture").await;
        visitor.click_button("Put the mail together").await;
        visitor.expect_focus("heading", "Your mail").await;
        assert_eq!(
            mail(visitor).await,
            "mailto:help@crates.io?subject=Impersonation%3A%20the%20account%20%22ferr1s%22\
             &body=Account%3A%20ferr1s%0D%0APasses%20for%3A%20Ferris%0D%0A%0D%0ASame%20picture%0D%0A"
        );
        assert_eq!(writes(visitor).await, Vec::<String>::new());
    });
}

#[test]
fn an_address_puts_nothing_into_a_mail_but_a_name() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor
            .open("/support?inquire=crate-violation&crate=x%0D%0A%26cc%3Da%40example.com%3Cb%3E")
            .await;
        visitor.expect_heading("Report a crate").await;
        assert_eq!(
            visitor.see("textbox", "Name of the crate").await.value,
            "x &cc=a@example.com<b>"
        );
        visitor
            .click("checkbox", "It is spam, or one of a mass made by a machine")
            .await;
        visitor.click_button("Put the mail together").await;
        visitor.expect_focus("heading", "Your mail").await;
        let mail = mail(visitor).await;
        assert!(mail.starts_with("mailto:help@crates.io?subject=Report%3A%20the%20crate%20%22x%20%26cc%3Da%40example.com%3Cb%3E%22&body="), "{mail}");
        assert_eq!(mail.matches('&').count(), 1, "{mail}");
    });
}

#[test]
fn texts_and_forms_are_accessible_and_reflow() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        let texts = TEXTS.map(|(path, heading, _)| (path, heading));
        for (path, heading) in texts.into_iter().chain(FORMS) {
            visitor.open(path).await;
            visitor.expect_heading(heading).await;
            stage
                .inspect(&format!(
                    "text-{}",
                    heading.to_lowercase().replace(' ', "-")
                ))
                .await;
        }
        // The last one with what is missing, then with its mail.
        visitor.click_button("Put the mail together").await;
        visitor.expect_text("Say what you have seen.").await;
        stage.inspect("text-report-with-faults").await;
        visitor.fill("Whom it pretends to be", "Ferris").await;
        visitor.fill("What you have seen", "Same picture").await;
        visitor.see("link", "Open it in your e-mail program").await;
        stage.inspect("text-report-with-mail").await;
    });
}

#[test]
fn the_forms_fit_a_phone() {
    story(Setting::DEMO.look(Look::PHONE), async |stage| {
        let visitor = &stage.visitor;
        for (path, heading) in FORMS {
            visitor.open(path).await;
            visitor.expect_heading(heading).await;
            stage.inspect("report-phone").await;
        }
    });
}
