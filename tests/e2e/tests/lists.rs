//! Everything that lists crates and what crates are found by: the front page, searches, keywords, categories, teams.

use nameplate_e2e::browser::Look;
use nameplate_e2e::by_role::{Name, containing};
use nameplate_e2e::story::{Setting, Stage, story};
use nameplate_e2e::visitor::Visitor;
use serde_json::{Value, json};
use thirtyfour::Key;

const CRATES: &str = "/api/v1/crates";

/// Opens a page that exists and waits until all of it is there.
async fn open(visitor: &Visitor, path: &str, heading: &str) {
    visitor.open(path).await;
    visitor.expect_heading(heading).await;
    visitor.settle().await;
}

/// The query strings with which lists of crates were asked for since the page was opened.
async fn asked(visitor: &Visitor) -> Vec<String> {
    visitor.settle().await;
    let network = visitor.network().await;
    let queries = network
        .over_the_wire()
        .filter_map(|one| one.path().strip_prefix(CRATES)?.strip_prefix('?'));
    queries.map(str::to_owned).collect()
}

async fn fail(stage: &Stage, faults: Value) {
    stage.registry.fail(faults).await.expect("it fails now");
}

async fn heal(stage: &Stage) {
    stage.registry.heal().await.expect("it works again");
}

// The front page

#[test]
fn the_front_page_counts_and_lists_and_leads_on() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        open(visitor, "/", "Crates, and who owns them").await;
        visitor.expect_title("nameplate").await;
        for list in [
            "New crates",
            "Most downloaded",
            "Just updated",
            "Most downloaded recently",
            "Popular keywords",
            "Popular categories",
        ] {
            visitor.see("region", list).await;
            visitor.see("link", &format!("All: {list}")).await;
        }
        let (_, summary) = stage.registry.ask("/api/v1/summary").await.expect("asked");
        assert!(
            summary["num_crates"]
                .as_u64()
                .is_some_and(|count| count > 0)
        );
        visitor
            .expect_text(&format!("Crates {}", summary["num_crates"]))
            .await;
        visitor.expect_no_request_twice().await;
        visitor.click_link("All: Just updated").await;
        visitor.expect_path("/crates?sort=recent-updates").await;
        visitor.expect_heading("All crates").await;
        visitor.expect_focus("heading", "All crates").await;
        visitor.back().await;
        visitor.click_link("Development tools").await;
        visitor.expect_path("/categories/development-tools").await;
        visitor.expect_focus("heading", "Development tools").await;
    });
}

#[test]
fn a_summary_that_fails_leaves_the_ways_to_search_and_browse() {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        let summary = "/api/v1/summary";
        fail(stage, json!([{"path": summary, "status": 500}])).await;
        visitor.foresee(500, summary);
        visitor.open("/").await;
        visitor.expect_heading("Crates, and who owns them").await;
        visitor.expect_text("The lists could not be loaded").await;
        visitor.see("link", "All crates").await;
        heal(stage).await;
        visitor.click_button("Try again").await;
        visitor.see("region", "New crates").await;
        visitor
            .expect_no_text("The lists could not be loaded")
            .await;
    });
}

#[test]
fn the_front_page_has_its_frame_before_the_lists_are_there() {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        fail(
            stage,
            json!([{"path": "/api/v1/summary", "latency_ms": 1500}]),
        )
        .await;
        visitor.open("/").await;
        visitor.expect_heading("Crates, and who owns them").await;
        visitor.see("heading", "New crates").await;
        visitor.see_no("link", "All: New crates").await;
        visitor.see("link", "All: New crates").await;
    });
}

// Searches

#[test]
fn a_search_has_an_address_and_each_state_of_it_another() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        open(visitor, "/", "Crates, and who owns them").await;
        visitor.fill("Search crates", "team tool").await;
        visitor.press(Key::Enter).await;
        visitor.expect_path("/search?q=team%20tool").await;
        visitor
            .expect_heading("Search results for “team tool”")
            .await;
        visitor
            .expect_title("Search results for “team tool” - nameplate")
            .await;
        visitor
            .expect_focus("heading", "Search results for “team tool”")
            .await;
        visitor.see("link", "team-tool-24").await;
        visitor.click_link("Page 2").await;
        visitor.expect_path("/search?q=team%20tool&page=2").await;
        visitor.expect_focus("heading", containing("Crates")).await;
        visitor.expect_text("11–20 of").await;
        visitor.choose("Sort by", "Newly added").await;
        visitor.expect_path("/search?q=team%20tool&sort=new").await;
        visitor.expect_text("1–10 of").await;
        visitor.back().await;
        visitor.expect_path("/search?q=team%20tool&page=2").await;
        visitor.expect_text("11–20 of").await;
        visitor.reload().await;
        visitor.expect_text("11–20 of").await;
        assert_eq!(
            visitor.see("searchbox", "Search crates").await.value,
            "team tool"
        );
        visitor.expect_no_request_twice().await;
        visitor.back().await;
        visitor.back().await;
        visitor.expect_path("/").await;
        assert_eq!(visitor.see("searchbox", "Search crates").await.value, "");
    });
}

#[test]
fn tokens_are_asked_for_as_what_they_are() {
    // Of several keywords the registry wants all at once.
    let cases = [
        ("keyword%3Acli", "keyword=cli"),
        ("keyword%3Acli%20keyword%3Acrab", "all_keywords=cli%20crab"),
        (
            "category%3Adevelopment-tools%20shell",
            "category=development-tools",
        ),
        ("crabshell", "q=crabshell"),
    ];
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        for (typed, expected) in cases {
            visitor.open(&format!("/search?q={typed}")).await;
            visitor.see("link", "crabshell").await;
            let asked = asked(visitor).await;
            assert!(
                matches!(asked.as_slice(), [one] if one.split('&').any(|part| part.replace('+', "%20") == expected)),
                "{typed}: {asked:?}"
            );
        }
        visitor
            .open("/search?q=category%3Adevelopment-tools%20category%3Aencoding")
            .await;
        visitor
            .expect_text("The registry looks in one category at a time")
            .await;
        visitor
            .open("/search?q=keyword%3Acli&all_keywords=crab")
            .await;
        visitor
            .expect_heading("Search results for “keyword:cli crab”")
            .await;
        visitor.expect_text("No crate was found").await;
    });
}

#[test]
fn a_search_that_finds_nothing_leads_on() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        open(visitor, "/search?q=ferris", "Search results for “ferris”").await;
        visitor.expect_text("No crate was found").await;
        visitor.click_link("the user page of ferris").await;
        visitor.expect_heading("ferris").await;
        // What cannot be a username is not offered as one.
        open(
            visitor,
            "/search?q=no%20such%20thing",
            "Search results for “no such thing”",
        )
        .await;
        visitor.expect_text("No crate was found").await;
        visitor.see_no("link", containing("the user page")).await;
        visitor.click_link("See all crates").await;
        visitor.expect_heading("All crates").await;
        open(visitor, "/search", "Search").await;
        visitor.expect_text("Nothing is searched for").await;
        visitor.see("link", "Page 2").await;
    });
}

/// Writes down, from now on, what the list's status and its first row are together. The driver itself waits for every
/// navigation, so what is shown meanwhile has to be noted in the page.
async fn watch_the_list(visitor: &Visitor) {
    let script = "window.__states = [];
        const note = () => {
            const status = document.querySelector('.list-head__status')?.textContent;
            const first = document.querySelector('.crate-row a')?.textContent;
            const last = window.__states.at(-1);
            if (last?.[0] !== status || last?.[1] !== first) window.__states.push([status, first]);
        };
        new MutationObserver(note).observe(document.body, {subtree: true, childList: true, characterData: true});
        note();";
    visitor.ask(script).await;
}

async fn states_of_the_list(visitor: &Visitor) -> Vec<(String, String)> {
    let seen = visitor.ask("return window.__states").await;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let seen = seen.as_array().into_iter().flatten();
    seen.map(|state| (text(&state[0]), text(&state[1])))
        .collect()
}

#[test]
fn old_results_stay_until_the_new_ones_are_there() {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        let path = "/search?q=team-tool&sort=new";
        open(visitor, path, "Search results for “team-tool”").await;
        visitor.see("link", "Page 2").await;
        fail(
            stage,
            json!([{"path": CRATES, "latency_ms": 1500, "times": 1}]),
        )
        .await;
        watch_the_list(visitor).await;
        visitor.click_link("Page 2").await;
        visitor
            .expect_path("/search?q=team-tool&page=2&sort=new")
            .await;
        visitor.expect_text("11–20 of").await;
        let states = states_of_the_list(visitor).await;
        let (Some((_, old)), Some((range, new))) = (states.first(), states.last()) else {
            panic!("{states:?}");
        };
        assert_ne!(old, new);
        assert!(range.starts_with("11–20"), "{states:?}");
        assert!(
            states.contains(&("Loading…".to_owned(), old.clone())),
            "old rows while loading: {states:?}"
        );
        assert!(
            states.iter().all(|(_, row)| row == old || row == new),
            "never empty between: {states:?}"
        );
    });
}

#[test]
fn a_search_that_is_overtaken_is_given_up() {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        open(visitor, "/search?q=quoll", "Search results for “quoll”").await;
        fail(
            stage,
            json!([{"path": CRATES, "latency_ms": 4000, "times": 1}]),
        )
        .await;
        watch_the_list(visitor).await;
        let search = "const field = document.querySelector('#search');
            const search = (text) => {
                field.value = text;
                field.dispatchEvent(new Event('input', {bubbles: true}));
                field.form.requestSubmit();
            };
            search('team-tool');
            setTimeout(() => search('crabshell'), 700);";
        visitor.ask(search).await;
        visitor
            .expect_heading("Search results for “crabshell”")
            .await;
        visitor.see("link", "crabshell").await;
        visitor.settle().await;
        let states = states_of_the_list(visitor).await;
        assert!(
            states.iter().all(|(_, row)| !row.starts_with("team-tool")),
            "what was given up is never shown: {states:?}"
        );
        let network = visitor.network().await;
        let overtaken = network
            .all()
            .iter()
            .find(|one| one.path().contains("q=team-tool"));
        let ended = overtaken.expect("it was asked for").failure.clone();
        assert_eq!(ended.as_deref(), Some("net::ERR_ABORTED"));
    });
}

#[test]
fn a_search_that_fails_can_be_tried_again() {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        fail(stage, json!([{"path": CRATES, "status": 503}])).await;
        visitor.foresee(503, CRATES);
        visitor.open("/search?q=crabshell").await;
        visitor
            .expect_heading("Search results for “crabshell”")
            .await;
        visitor.expect_text("The crates could not be loaded").await;
        heal(stage).await;
        visitor.click_button("Try again").await;
        visitor.see("link", "crabshell").await;
        // The failure of one search is not said of the next.
        fail(stage, json!([{"path": CRATES, "status": 503, "times": 1}])).await;
        visitor.foresee(503, CRATES);
        visitor.fill("Search crates", "quoll").await;
        visitor.press(Key::Enter).await;
        visitor.expect_text("The crates could not be loaded").await;
        visitor.fill("Search crates", "team").await;
        visitor.press(Key::Enter).await;
        visitor.see("link", "team-tool-24").await;
        visitor
            .expect_no_text("The crates could not be loaded")
            .await;
    });
}

// Pages that lists do not have

#[test]
fn a_page_past_the_end_leads_to_the_first() {
    let cases = [
        ("/search?q=team&page=99", "Search results for “team”", "99"),
        ("/crates?page=90", "All crates", "90"),
        ("/crates?letter=q&page=7", "Crates that begin with Q", "7"),
        ("/keywords?page=3", "Keywords", "3"),
        ("/categories?page=3", "Categories", "3"),
        ("/keywords/cli?page=5", "Keyword cli", "5"),
    ];
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        for (path, heading, page) in cases {
            open(visitor, path, heading).await;
            visitor
                .expect_text(&format!("There is no page {page} of this list"))
                .await;
            visitor.click_link("Go to the first page").await;
            visitor.expect_no_text("There is no page").await;
            let path = visitor.path().await;
            assert!(!path.contains("page="), "{path}");
        }
    });
}

#[test]
fn a_page_the_registry_refuses_is_said_in_its_words() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        for path in ["/crates?page=201", "/search?q=a&page=150"] {
            visitor.foresee(400, CRATES);
            visitor.open(path).await;
            visitor.expect_text("The registry does not give it").await;
            visitor.expect_text("https://crates.io/data-access").await;
            visitor.see_no("button", "Try again").await;
            visitor.click_link("Go to the first page").await;
            visitor
                .expect_no_text("The registry does not give it")
                .await;
            visitor.settle().await;
        }
    });
}

#[test]
fn a_parameter_that_cannot_be_read_asks_nothing() {
    let cases = [
        ("/crates?page=0", "page"),
        ("/crates?sort=backwards", "sort"),
        ("/crates?letter=abc", "letter"),
        ("/search?q=a&page=x", "page"),
        ("/keywords?sort=new", "sort"),
        ("/categories/encoding?page=-1", "page"),
        ("/teams/github:crab-works:core?sort=best", "sort"),
    ];
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        for (path, parameter) in cases {
            open(visitor, path, "This address cannot be read").await;
            visitor
                .expect_text(&format!("Its part “{parameter}”"))
                .await;
            let calls = visitor.network().await.api_calls();
            assert!(
                calls.iter().all(|call| call.contains("/site_metadata")),
                "{path}: {calls:?}"
            );
        }
    });
}

// What crates are found by

#[test]
fn crates_can_be_had_by_their_letter() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        open(visitor, "/crates?sort=new", "All crates").await;
        visitor.click_link("Q").await;
        visitor.expect_path("/crates?letter=q&sort=new").await;
        visitor.expect_heading("Crates that begin with Q").await;
        visitor
            .expect_title("Crates that begin with Q - nameplate")
            .await;
        visitor.expect_text("1–10 of").await;
        let others = "return [...document.querySelectorAll('.crate-row a')].map((link) => link.textContent).filter((name) => !/^q/i.test(name))";
        assert_eq!(visitor.ask(others).await, json!([]));
        assert_eq!(
            visitor
                .attribute("link", "Q", "aria-current")
                .await
                .as_deref(),
            Some("page")
        );
        visitor.click_link("All").await;
        visitor.expect_path("/crates?sort=new").await;
        visitor.expect_heading("All crates").await;
    });
}

#[test]
fn keywords_and_categories_are_listed_in_either_order() {
    let cases = [
        (
            "/keywords",
            "Keywords",
            "accounting",
            "/keywords/accounting",
            "Keyword accounting",
        ),
        (
            "/categories",
            "Categories",
            "Accessibility",
            "/categories/accessibility",
            "Accessibility",
        ),
    ];
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        let first = "return document.querySelector('.link-list a').textContent";
        for (path, heading, first_by_name, leads_to, its_heading) in cases {
            open(visitor, path, heading).await;
            visitor
                .expect_title(&format!("{heading} - nameplate"))
                .await;
            visitor.choose("Sort by", "Alphabetical").await;
            visitor.expect_path(&format!("{path}?sort=alpha")).await;
            visitor.settle().await;
            assert_eq!(visitor.ask(first).await, json!(first_by_name));
            visitor.click_link(first_by_name).await;
            visitor.expect_path(leads_to).await;
            visitor.expect_heading(its_heading).await;
            visitor.back().await;
            visitor.expect_heading(heading).await;
            visitor.choose("Sort by", "Number of crates").await;
            visitor.expect_path(path).await;
        }
    });
}

#[test]
fn a_category_shows_where_it_belongs_and_what_it_is_divided_into() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        open(
            visitor,
            "/categories/development-tools",
            "Development tools",
        )
        .await;
        visitor.click_link("Testing").await;
        visitor
            .expect_path("/categories/development-tools::testing")
            .await;
        visitor.expect_heading("Testing").await;
        visitor.expect_title("Testing - nameplate").await;
        visitor.settle().await;
        visitor.expect_no_request_twice().await;
        visitor.expect_focus("heading", "Testing").await;
        assert_eq!(
            visitor.see("searchbox", "Search crates").await.value.trim(),
            "category:development-tools::testing"
        );
        visitor.click_link("Development tools").await;
        visitor.expect_heading("Development tools").await;
        visitor.expect_path("/categories/development-tools").await;
    });
}

#[test]
fn a_crate_leads_to_its_keywords_and_categories() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/crates/crabshell").await;
        visitor.expect_crate("crabshell").await;
        visitor.click_link(containing("cli")).await;
        visitor.expect_path("/keywords/cli").await;
        visitor.expect_heading("Keyword cli").await;
        visitor.see("link", "crabshell").await;
        visitor.back().await;
        visitor.click_link("Command line utilities").await;
        visitor
            .expect_path("/categories/command-line-utilities")
            .await;
        visitor.expect_heading("Command line utilities").await;
    });
}

#[test]
fn a_team_shows_its_full_name_and_its_crates() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        open(
            visitor,
            "/teams/github:crab-works:tools",
            "crab-works/tools",
        )
        .await;
        visitor
            .expect_title("Team crab-works/tools - nameplate")
            .await;
        visitor.expect_text("github:crab-works:tools").await;
        // A name is text, whatever is in it.
        visitor.expect_text("<i>trifles</i>").await;
        visitor.see("link", "crab-works on GitHub").await;
        visitor.click_link("Page 2").await;
        visitor
            .expect_path("/teams/github:crab-works:tools?page=2")
            .await;
        visitor.expect_text("11–20 of").await;
        open(
            visitor,
            "/teams/github:octo-acme:readers",
            "octo-acme/readers",
        )
        .await;
        visitor.foresee(404, "/api/v1/teams/github%3Anobody%3Ahere");
        visitor.open("/teams/github:nobody:here").await;
        visitor.expect_heading("No team github:nobody:here").await;
    });
}

#[test]
fn owners_lead_to_their_team() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/crates/solo-plus-team").await;
        visitor.click_link("crab-works/core").await;
        visitor.expect_path("/teams/github:crab-works:core").await;
        visitor.expect_heading("crab-works/core").await;
    });
}

#[test]
fn what_is_not_there_is_said_by_name() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.foresee(404, "/api/v1/categories/no-such");
        visitor.open("/categories/no-such").await;
        visitor.expect_heading("No category no-such").await;
        visitor.click_link("See all categories").await;
        visitor.expect_heading("Categories").await;
        open(visitor, "/keywords/no-such", "Keyword no-such").await;
        visitor
            .expect_text("No crate carries the keyword no-such")
            .await;
        visitor.click_link("See all keywords").await;
        visitor.expect_heading("Keywords").await;
    });
}

#[test]
fn empty_lists_say_so() {
    let cases = [
        (
            "/keywords/unused-keyword",
            "Keyword unused-keyword",
            "No crate carries the keyword unused-keyword",
        ),
        (
            "/categories/virtualization",
            "Virtualization",
            "No crate is filed here",
        ),
        (
            "/teams/github:crab-works:dormant",
            "crab-works/dormant",
            "crab-works/dormant owns no crates",
        ),
    ];
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        for (path, heading, text) in cases {
            open(visitor, path, heading).await;
            visitor.expect_text(text).await;
            visitor.see_no("navigation", "Pages").await;
        }
    });
}

#[test]
fn a_list_that_fails_leaves_its_page_and_heals() {
    let cases = [
        (
            "/keywords",
            "Keywords",
            "/api/v1/keywords",
            "The list could not be loaded",
        ),
        (
            "/categories",
            "Categories",
            "/api/v1/categories",
            "The list could not be loaded",
        ),
        (
            "/keywords/cli",
            "Keyword cli",
            CRATES,
            "The crates could not be loaded",
        ),
        (
            "/categories/encoding",
            "Encoding",
            CRATES,
            "The crates could not be loaded",
        ),
        (
            "/crates",
            "All crates",
            CRATES,
            "The crates could not be loaded",
        ),
    ];
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        for (path, heading, call, text) in cases {
            fail(stage, json!([{"path": call, "status": 500}])).await;
            visitor.foresee(500, call);
            visitor.open(path).await;
            visitor.expect_heading(heading).await;
            visitor.expect_text(text).await;
            heal(stage).await;
            visitor.click_button("Try again").await;
            visitor.expect_no_text(text).await;
            visitor.expect_heading(heading).await;
        }
    });
}

// Usernames explained

#[test]
fn the_page_about_usernames_is_reached_from_the_mark_and_the_footer() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        open(visitor, "/users/carols10cents", "carols10cents").await;
        visitor.click_link("What this mark means").await;
        visitor.expect_path("/docs/usernames").await;
        visitor.expect_heading("Usernames").await;
        visitor.expect_focus("heading", "Usernames").await;
        visitor.expect_title("Usernames - nameplate").await;
        visitor.click_link("Names that look alike").await;
        visitor.expect_path("/docs/usernames#lookalikes").await;
        let top =
            "return Math.round(document.getElementById('lookalikes').getBoundingClientRect().top)";
        let top = visitor.ask(top).await.as_i64().unwrap_or(-1);
        assert!((0..200).contains(&top), "the section is at {top} px");
        visitor.open("/crates/ten-cents").await;
        visitor
            .click_button(containing(
                "crates.io username does not match GitHub username",
            ))
            .await;
        visitor.see("link", "Page of carols10cents").await;
        visitor.click_link("What this mark means").await;
        visitor.expect_heading("Usernames").await;
        visitor.open("/keywords").await;
        visitor.click_link("How usernames work").await;
        visitor.expect_heading("Usernames").await;
    });
}

// All of them

const PAGES: [(&str, &str); 11] = [
    ("/", "front"),
    ("/search?q=team", "search"),
    ("/search?q=zzzz", "search-nothing"),
    ("/crates?letter=a", "crates"),
    ("/keywords", "keywords"),
    ("/keywords/unused-keyword", "keyword-empty"),
    ("/categories", "categories"),
    ("/categories/development-tools", "category"),
    ("/teams/github:crab-works:tools", "team"),
    ("/teams/github:octo-acme:readers", "team-with-little"),
    ("/docs/usernames", "usernames"),
];

#[test]
fn every_page_is_accessible_and_reflows() {
    story(Setting::DEMO, async |stage| {
        for (path, name) in PAGES {
            stage.visitor.open(path).await;
            stage.visitor.expect_heading(Name::Any).await;
            stage.visitor.settle().await;
            stage.inspect(name).await;
        }
    });
}

#[test]
fn every_page_is_accessible_on_a_phone() {
    story(Setting::DEMO.look(Look::PHONE), async |stage| {
        for (path, name) in PAGES {
            stage.visitor.open(path).await;
            stage.visitor.expect_heading(Name::Any).await;
            stage.visitor.settle().await;
            stage.inspect(&format!("{name}-phone")).await;
        }
    });
}

#[test]
fn every_page_works_on_every_server() {
    for level in ["august", "september", "full"] {
        story(Setting::DEMO.level(level), async |stage| {
            let visitor = &stage.visitor;
            for (path, _) in PAGES {
                visitor.open(path).await;
                visitor.expect_heading(Name::Any).await;
                visitor.expect_no_request_twice().await;
                visitor.see_no("button", "Try again").await;
            }
        });
    }
}

#[test]
fn the_longest_and_strangest_crates_fit_into_lists() {
    story(Setting::DEMO, async |stage| {
        for (path, name) in [
            ("/search?q=description", "list-descriptions"),
            ("/crates?letter=a", "list-long-names"),
            ("/crates?letter=u", "list-unbroken"),
            ("/crates?letter=r", "list-right-to-left"),
        ] {
            stage.visitor.open(path).await;
            stage.visitor.expect_heading(Name::Any).await;
            stage.visitor.settle().await;
            stage.inspect(name).await;
        }
    });
}
