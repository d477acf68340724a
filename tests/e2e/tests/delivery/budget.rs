//! No page grows unnoticed.

use nameplate_e2e::budget;
use nameplate_e2e::cold::{self, PAGES, Profile, load};
use nameplate_e2e::story::{Setting, story};

#[test]
fn every_page_keeps_to_the_bytes_and_requests_it_may_cost() {
    let text = std::fs::read_to_string(budget::file()).expect("the table is there");
    let budget = budget::read(&text).expect("it can be read");
    story(Setting::DEMO, async |stage| {
        let mut complaints = Vec::new();
        for page in &PAGES {
            let session = cold::session_of(&stage.registry, page.who).await;
            let session = session.expect("one can sign in");
            let load = load::cold(
                &stage.registry,
                page,
                page.path,
                Profile::Fast,
                session.as_ref(),
            );
            let now = load.await.expect("the page is there").whole();
            println!(
                "{}: {} bytes in {} requests",
                page.name, now.bytes, now.requests
            );
            complaints.extend(budget::complaint(&budget, page.name, now));
        }
        assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    });
}
