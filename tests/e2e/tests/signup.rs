//! Signing up: from GitHub's word to a page of one's own, on every level of server, whatever goes wrong on the way.

use nameplate_e2e::browser::Look;
use nameplate_e2e::story::{Setting, Stage, story};
use nameplate_e2e::visitor::Visitor;
use serde_json::{Value, json};
use thirtyfour::Key;

const LOGIN: &str = "Log in with GitHub";
const CREATE: &str = "Create the account";
const SIGNUP: &str = "/api/private/session/signup";
const NAMES: &str = "/api/private/usernames";
const ME: &str = "/api/v1/me";
/// A page that asks nothing of its own.
const QUIET: &str = "/docs/usernames";

/// The GitHub accounts of the stand-in that are new here, each with a username that it can have.
const NEWCOMERS: [(&str, &str); 8] = [
    ("crab-newcomer", "crab-newcomer"),
    ("carols10cents", "carol-the-second"),
    ("admin", "admin-of-nothing"),
    ("No-GitHub", "yes-github"),
    ("new_acme", "new_acme"),
    (
        "a-login-of-thirty-nine-characters-12345",
        "a-login-of-thirty-nine-characters-12345",
    ),
    ("rae--", "rae--"),
    (RECYCLED, "recycled-login"),
];

/// A GitHub login that two accounts have had, one after the other.
const RECYCLED: &str = "recycled-login";

async fn fail(stage: &Stage, faults: Value) {
    stage.registry.fail(faults).await.expect("it fails now");
}

async fn heal(stage: &Stage) {
    stage.registry.heal().await.expect("it works again");
}

/// Comes back from GitHub as somebody for whom there is no account.
async fn arrive(visitor: &Visitor, login: &str) {
    visitor.open(QUIET).await;
    arrive_from_here(visitor, login).await;
}

async fn arrive_from_here(visitor: &Visitor, login: &str) {
    visitor.click_button(LOGIN).await;
    choose(visitor, "Stories", login).await;
    visitor.expect_heading("Create your account").await;
    visitor.see("textbox", "Username").await;
}

/// Picks an identity under one of the headings of the stand-in's page; some names stand under both.
async fn choose(visitor: &Visitor, heading: &str, login: &str) {
    let home = visitor.go_to_github().await;
    let click = format!(
        "const heading = [...document.querySelectorAll('h2')].find((one) => one.textContent === {heading:?});
         [...heading.nextElementSibling.querySelectorAll('button')].find((one) => one.textContent === {login:?}).click()"
    );
    visitor.ask(&click).await;
    visitor.come_back(home).await;
}

async fn log_out(visitor: &Visitor, username: &str) {
    visitor.settle().await;
    visitor.click_button(username).await;
    visitor.click_button("Log out").await;
    visitor.see("button", LOGIN).await;
}

async fn expect_state(visitor: &Visitor, state: &str) {
    let there = visitor
        .browser
        .until("another state of the field", async || {
            let now = visitor
                .browser
                .script(
                    "return document.querySelector('.username-field')?.dataset.state ?? ''",
                    Vec::new(),
                )
                .await?;
            Ok((now == state).then_some(()))
        });
    if let Err(failure) = there.await {
        let now = visitor
            .ask("return document.querySelector('.username-field')?.dataset.state ?? ''")
            .await;
        panic!("the field is {now}, expected {state}: {failure}");
    }
}

async fn account(stage: &Stage, username: &str) -> Value {
    let (status, body) = stage
        .registry
        .ask(&format!("/api/v1/users/{username}?include=linked_accounts"))
        .await
        .expect("the registry answers");
    assert!(matches!(status, 200 | 404), "{status}: {body}");
    body
}

#[test]
fn every_newcomer_gets_through_to_a_page_of_their_own_without_a_mouse() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        for (login, username) in NEWCOMERS {
            visitor.open(QUIET).await;
            visitor.tab_to("button", LOGIN).await;
            visitor.press(Key::Enter).await;
            let home = visitor.go_to_github().await;
            visitor
                .ask("document.querySelector('main, body').focus()")
                .await;
            visitor.tab_to("button", login).await;
            if login == RECYCLED {
                // The first one is the older account that this name belonged to.
                visitor.tab_to("button", login).await;
            }
            visitor.press(Key::Enter).await;
            visitor.come_back(home).await;
            visitor.expect_heading("Create your account").await;
            visitor.expect_path("/signup").await;
            visitor.tab_to("textbox", "Username").await;
            if login != username {
                // Tab has selected what stands there.
                visitor.press(username).await;
            }
            expect_state(visitor, "free").await;
            if login == "No-GitHub" {
                // GitHub told no address of this one.
                visitor.tab_to("textbox", "E-mail address").await;
                visitor.press("no-github@example.com").await;
            }
            visitor.press(Key::Enter).await;
            visitor
                .expect_heading(format!("Welcome, {username}").as_str())
                .await;
            visitor
                .expect_focus("heading", format!("Welcome, {username}").as_str())
                .await;
            visitor.tab_to("link", "Go to your page").await;
            visitor.press(Key::Enter).await;
            visitor.expect_path(&format!("/users/{username}")).await;
            visitor.expect_heading(username).await;
            visitor
                .see("link", format!("GitHub: {login}").as_str())
                .await;
            let body = account(stage, username).await;
            assert_eq!(body["user"]["login"], username);
            assert_eq!(body["user"]["github_username_matches"], login == username);
            log_out(visitor, username).await;
        }
    });
}

/// Signs in as each of a share of the known accounts and follows the menu to the page that is theirs.
fn known_accounts_reach_their_page(share: usize) {
    const SHARES: usize = 4;
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open(QUIET).await;
        visitor.click_button(LOGIN).await;
        let home = visitor.go_to_github().await;
        let logins = visitor
            .ask("return [...document.querySelectorAll('h2')].find((heading) => heading.textContent === 'Known to the registry')
                .nextElementSibling.innerText.split('\\n').map((line) => line.trim()).filter(Boolean)")
            .await;
        visitor.click_button("Refuse consent").await;
        visitor.come_back(home).await;
        let logins: Vec<&str> = logins
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        assert!(logins.len() > 50, "{}", logins.len());
        for login in logins.into_iter().skip(share).step_by(SHARES) {
            visitor.open(QUIET).await;
            visitor.click_button(LOGIN).await;
            choose(visitor, "Known to the registry", login).await;
            visitor.settle().await;
            visitor.see_no("button", LOGIN).await;
            let page = visitor
                .ask("return document.querySelector('#account-menu a').getAttribute('href')")
                .await;
            let page = page.as_str().expect("a link to one's page").to_owned();
            let username = page
                .strip_prefix("/users/")
                .expect("a user page")
                .to_owned();
            let body = account(stage, &username).await;
            let linked = body["linked_accounts"]
                .as_array()
                .cloned()
                .unwrap_or_default();
            assert!(
                linked
                    .iter()
                    .any(|one| one["service"] == "github" && one["login"] == login),
                "{login} is signed in as {username}: {body}"
            );
            visitor.click_button(username.as_str()).await;
            visitor.click_link("Your profile").await;
            visitor.expect_path(&page).await;
            visitor.expect_heading(username.as_str()).await;
            log_out(visitor, &username).await;
        }
    });
}

#[test]
fn known_accounts_of_the_first_share_reach_their_page() {
    known_accounts_reach_their_page(0);
}

#[test]
fn known_accounts_of_the_second_share_reach_their_page() {
    known_accounts_reach_their_page(1);
}

#[test]
fn known_accounts_of_the_third_share_reach_their_page() {
    known_accounts_reach_their_page(2);
}

#[test]
fn known_accounts_of_the_fourth_share_reach_their_page() {
    known_accounts_reach_their_page(3);
}

#[test]
fn an_account_renamed_at_github_is_known_again() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        visitor.open(QUIET).await;
        visitor.sign_in("octo-after").await;
        visitor.see("button", "renamed-on-github").await;
        let body = account(stage, "renamed-on-github").await;
        assert_eq!(body["linked_accounts"][0]["login"], "octo-after");
    });
}

#[test]
fn what_is_heard_on_the_way_is_what_changes_a_decision() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        arrive(visitor, "crab-newcomer").await;
        visitor.listen_to_status().await;
        let free =
            "“crab-newcomer” is free. It becomes yours when you save it, if nobody is quicker.";
        visitor.expect_text(free).await;
        visitor.fill("Username", "Ferris").await;
        visitor.expect_text("These are free now:").await;
        visitor.fill("Username", "tidy--walrus").await;
        let walrus =
            "“tidy--walrus” is free. It becomes yours when you save it, if nobody is quicker.";
        let heard = visitor.browser.until("the last word", async || {
            let heard = visitor.heard().await;
            Ok((heard.last().map(String::as_str) == Some(walrus)).then_some(heard))
        });
        let heard = heard.await.expect("it is said");
        assert_eq!(
            heard,
            [
                free,
                "“Ferris” is taken: it is the same name as “ferris”, because capital letters make no difference.",
                walrus,
            ]
        );
        let tree = visitor.snapshot("main").await;
        let mut rest = tree.as_str();
        for line in [
            "heading \"Create your account\"",
            "link \"crab-newcomer\"",
            "textbox \"Username\"",
            "status",
            "Starts with a letter or a digit",
            "textbox \"E-mail address\"",
            "heading \"What everybody will see\"",
            "heading \"What the registry gets\"",
            "link \"Rules for usernames\"",
            "link \"What is kept, and who sees it\"",
            "button \"Create the account\"",
            "button \"Cancel the sign-up\"",
        ] {
            let at = rest
                .find(line)
                .unwrap_or_else(|| panic!("no {line} (in this order) in\n{tree}"));
            rest = rest.get(at + line.len()..).unwrap_or_default();
        }
        stage.inspect("signup-form").await;
    });
}

#[test]
fn thirty_letters_typed_fast_are_one_question_and_leaving_gives_it_up() {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        arrive(visitor, "crab-newcomer").await;
        expect_state(visitor, "free").await;
        visitor.browser.forget_network().await.expect("forgotten");
        visitor
            .type_into("Username", "thirty-letters-typed-very-fast")
            .await;
        expect_state(visitor, "free").await;
        let asked = visitor.network().await.api_calls();
        assert_eq!(
            asked,
            ["GET /api/private/usernames/thirty_letters_typed_very_fast"]
        );

        fail(
            stage,
            json!([{"method": "GET", "path": NAMES, "latency_ms": 20_000}]),
        )
        .await;
        visitor.fill("Username", "slow-to-answer").await;
        expect_state(visitor, "checking").await;
        visitor.click_link("nameplate").await;
        visitor.expect_path("/").await;
        let given_up = visitor.browser.until("the end of the question", async || {
            let network = visitor.browser.network().await?;
            let asked = network
                .all()
                .iter()
                .find(|one| one.path().ends_with("/slow_to_answer"));
            Ok(asked.and_then(|one| one.failure.clone()))
        });
        assert_eq!(given_up.await.expect("it ends"), "net::ERR_ABORTED");
    });
}

#[test]
fn names_that_cannot_be_had_say_why_and_each_screen_passes_inspection() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        arrive(visitor, "carols10cents").await;
        visitor.expect_text("“carols10cents” is taken.").await;
        visitor.expect_text("These are free now:").await;
        stage.inspect("signup-taken").await;
        for (name, words) in [
            ("rnurmur", "looks too much like “murmur”"),
            ("Old_Moss", "was given up lately and cannot be taken before"),
            (
                "Crates_IO",
                "is set aside: nobody can have it as a username.",
            ),
        ] {
            visitor.fill("Username", name).await;
            visitor.expect_text(words).await;
            visitor.expect_text("These are free now:").await;
        }
        visitor.fill("Username", "rnurmur").await;
        visitor
            .expect_text("letter r, letter n in place of letter m")
            .await;
        stage.inspect("signup-too-similar").await;
        visitor.fill("Username", "größe").await;
        visitor.press(Key::Tab).await;
        visitor.expect_text("cannot be in a username").await;
        stage.inspect("signup-bad-format").await;
        visitor.click("textbox", "Username").await;
        visitor.press(Key::Escape).await;
        visitor.expect_text("“carols10cents” is taken.").await;
        visitor.click_button("Use carols10cents-rs").await;
        visitor.expect_focus("textbox", "Username").await;
        expect_state(visitor, "free").await;
        visitor
            .expect_text("This mark will stand beside your username.")
            .await;
        visitor.press(Key::Enter).await;
        visitor.expect_heading("Welcome, carols10cents-rs").await;
        visitor
            .expect_text("A message is on its way to another@example.com")
            .await;
        stage.inspect("signup-done").await;
        let mails = stage.registry.outbox().await.expect("an outbox");
        assert!(mails.to_string().contains("another@example.com"), "{mails}");
    });
}

#[test]
fn a_name_lost_in_the_last_second_is_told_as_taken() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        let quicker = stage.somebody_else(Look::DESK).await;
        arrive(visitor, "crab-newcomer").await;
        visitor.fill("Username", "tidy-walrus").await;
        expect_state(visitor, "free").await;
        arrive(&quicker, "new_acme").await;
        quicker.fill("Username", "Tidy_Walrus").await;
        quicker.click_button(CREATE).await;
        quicker.expect_heading("Welcome, Tidy_Walrus").await;
        visitor.foresee(409, SIGNUP);
        visitor.click_button(CREATE).await;
        visitor
            .expect_text("“tidy-walrus” is taken: it is the same name as “Tidy_Walrus”")
            .await;
        visitor.expect_focus("textbox", "Username").await;
        visitor
            .expect_title("Error: Create your account - nameplate")
            .await;
        visitor.click_button("Use crab-newcomer").await;
        visitor.click_button(CREATE).await;
        visitor.expect_heading("Welcome, crab-newcomer").await;
    });
}

#[test]
fn older_servers_give_their_own_name_and_that_is_said() {
    for level in ["august", "september"] {
        story(Setting::DEMO.level(level), async |stage| {
            let visitor = &stage.visitor;
            // Such servers have no availability to ask for, nor, at first, anybody of that name.
            visitor.foresee(404, "/api/private/usernames/crab_newcomer");
            visitor.foresee(404, "/api/v1/users/crab_newcomer");
            visitor.foresee(404, "/api/v1/users/walrus_at_work");
            arrive(visitor, "crab-newcomer").await;
            visitor.expect_text("Nobody uses “crab-newcomer” now. Whether you can have it is decided when you save.").await;
            // They do not say when it ends; the browser remembers when it began.
            visitor.expect_text("This sign-up stays open until").await;
            visitor.fill("Username", "walrus-at-work").await;
            expect_state(visitor, "nobody-uses-it").await;
            visitor.click_button(CREATE).await;
            visitor.expect_heading("Welcome, crab-newcomer").await;
            visitor.expect_text("You asked for walrus-at-work, but this registry created the account as crab-newcomer").await;
            stage.inspect(&format!("signup-another-name-{level}")).await;
            visitor.click_link("Go to your page").await;
            visitor.expect_heading("crab-newcomer").await;
        });
    }
}

/// The newcomers whose GitHub login is free as a username.
const FREE: [&str; 5] = [
    "crab-newcomer",
    "new_acme",
    "a-login-of-thirty-nine-characters-12345",
    "rae--",
    RECYCLED,
];

#[test]
fn every_newcomer_with_a_free_login_gets_through_on_older_servers() {
    for level in ["august", "september"] {
        story(Setting::DEMO.level(level), async |stage| {
            let visitor = &stage.visitor;
            for login in FREE {
                arrive(visitor, login).await;
                expect_state(visitor, "nobody-uses-it").await;
                visitor.click_button(CREATE).await;
                visitor
                    .expect_heading(format!("Welcome, {login}").as_str())
                    .await;
                visitor.expect_no_text("but this registry created").await;
                visitor.foresee_what_failed().await;
                visitor.click_link("Go to your page").await;
                visitor.expect_heading(login).await;
                log_out(visitor, login).await;
            }
        });
    }
}

#[test]
fn a_login_that_is_taken_is_told_by_older_servers_and_nothing_is_lost() {
    for level in ["august", "september"] {
        story(Setting::DEMO.level(level), async |stage| {
            let visitor = &stage.visitor;
            arrive(visitor, "carols10cents").await;
            visitor.expect_text("“carols10cents” is taken.").await;
            visitor.fill("Username", "carol-the-second").await;
            expect_state(visitor, "nobody-uses-it").await;
            visitor.click_button(CREATE).await;
            // Such a server gives every account its GitHub name, and this one it cannot give.
            visitor
                .expect_text("The server refused “carol-the-second”")
                .await;
            visitor.expect_focus("textbox", "Username").await;
            assert_eq!(
                visitor.see("textbox", "Username").await.value,
                "carol-the-second"
            );
            visitor.settle().await;
            visitor.foresee_what_failed().await;
            stage.inspect(&format!("signup-refused-{level}")).await;
        });
    }
}

#[test]
fn a_slow_registry_takes_longer_and_changes_nothing() {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        fail(
            stage,
            json!([{"path": "/api/private", "latency_ms": 900}, {"path": "/api/v1", "latency_ms": 900}]),
        )
        .await;
        arrive(visitor, "crab-newcomer").await;
        visitor.fill("Username", "tidy-walrus").await;
        expect_state(visitor, "checking").await;
        visitor.expect_no_text("It becomes yours").await;
        expect_state(visitor, "free").await;
        visitor.click_button(CREATE).await;
        visitor.see("button", "Creating the account…").await;
        visitor.expect_heading("Welcome, tidy-walrus").await;
        assert_eq!(
            account(stage, "tidy-walrus").await["user"]["login"],
            "tidy-walrus"
        );
    });
}

#[test]
fn the_warning_leaves_time_and_signing_in_again_restores_what_was_typed() {
    story(Setting::DEMO.clock(), async |stage| {
        let visitor = &stage.visitor;
        arrive(visitor, "crab-newcomer").await;
        visitor.expect_text("This sign-up stays open until").await;
        visitor.fill("Username", "tidy-walrus").await;
        visitor.fill("E-mail address", "walrus@example.com").await;
        expect_state(visitor, "free").await;
        stage
            .registry
            .let_pass(26 * 60)
            .await
            .expect("time goes by");
        // The next answer tells the time.
        visitor.fill("Username", "tidy-walrus-2").await;
        visitor.expect_text("This sign-up ends at").await;
        stage.inspect("signup-warning").await;
        visitor.click_button(LOGIN).await;
        visitor.foresee(400, SIGNUP);
        visitor.foresee(403, ME);
        let home = visitor.go_to_github().await;
        visitor.click_button("crab-newcomer").await;
        visitor.come_back(home).await;
        visitor.expect_heading("Create your account").await;
        let field = visitor
            .ask("return document.querySelector('#username').value")
            .await;
        assert_eq!(field, json!("tidy-walrus-2"));
        let field = visitor
            .ask("return document.querySelector('#email').value")
            .await;
        assert_eq!(field, json!("walrus@example.com"));
        visitor.expect_no_text("This sign-up ends at").await;

        stage
            .registry
            .let_pass(31 * 60)
            .await
            .expect("time goes by");
        visitor.foresee(403, &format!("{NAMES}/too_late"));
        visitor.fill("Username", "too-late").await;
        visitor
            .expect_heading("The time to sign up has run out")
            .await;
        visitor
            .expect_focus("heading", "The time to sign up has run out")
            .await;
        stage.inspect("signup-expired").await;
        visitor
            .ask("document.querySelector('main button').focus()")
            .await;
        visitor.press(Key::Enter).await;
        visitor.choose_identity("crab-newcomer").await;
        visitor.expect_heading("Create your account").await;
        visitor.see("textbox", "Username").await;
        let field = visitor
            .ask("return document.querySelector('#username').value")
            .await;
        assert_eq!(field, json!("too-late"));
        visitor.click_button(CREATE).await;
        visitor.expect_heading("Welcome, too-late").await;
    });
}

#[test]
fn a_reload_keeps_what_was_typed_and_a_finished_sign_up_has_its_screen() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        arrive(visitor, "crab-newcomer").await;
        visitor.fill("Username", "tidy-walrus").await;
        expect_state(visitor, "free").await;
        visitor.reload().await;
        visitor.expect_heading("Create your account").await;
        expect_state(visitor, "free").await;
        let field = visitor
            .ask("return document.querySelector('#username').value")
            .await;
        assert_eq!(field, json!("tidy-walrus"));
        visitor.click_button(CREATE).await;
        visitor.expect_heading("Welcome, tidy-walrus").await;
        visitor.click_link("Go to your page").await;
        visitor.expect_heading("tidy-walrus").await;
        visitor.back().await;
        visitor.expect_heading("You are signed in").await;
        visitor.reload().await;
        visitor.expect_heading("You are signed in").await;
        stage.inspect("signup-signed-in").await;
    });
}

#[test]
fn another_tab_follows_the_sign_up_and_its_cancellation() {
    story(Setting::DEMO, async |stage| {
        let visitor = &stage.visitor;
        let driver = visitor.browser.driver();
        arrive(visitor, "crab-newcomer").await;
        let first = driver.window().await.expect("a tab");
        let second = driver.new_tab().await.expect("another tab");
        driver
            .switch_to_window(second.clone())
            .await
            .expect("it is shown");
        visitor.open("/signup").await;
        visitor.see("textbox", "Username").await;
        visitor.foresee(403, ME);
        visitor.foresee(400, SIGNUP);
        visitor.click_button("Cancel the sign-up").await;
        visitor.expect_heading("The sign-up was cancelled").await;
        stage.inspect("signup-cancelled").await;
        driver
            .switch_to_window(first.clone())
            .await
            .expect("it is shown");
        visitor
            .expect_heading("This sign-up is no longer open")
            .await;
        stage.inspect("signup-elsewhere").await;

        driver
            .switch_to_window(second.clone())
            .await
            .expect("it is shown");
        driver.close_window().await.expect("it closes");
        driver
            .switch_to_window(first.clone())
            .await
            .expect("it is shown");
        visitor.open(QUIET).await;
        arrive_from_here(visitor, "crab-newcomer").await;
        let third = driver.new_tab().await.expect("another tab");
        driver.switch_to_window(third).await.expect("it is shown");
        visitor.open("/signup").await;
        visitor.see("textbox", "Username").await;
        visitor.click_button(CREATE).await;
        visitor.expect_heading("Welcome, crab-newcomer").await;
        driver.switch_to_window(first).await.expect("it is shown");
        visitor.expect_heading("You are signed in").await;
        visitor
            .expect_text("The sign-up was finished in another tab.")
            .await;
    });
}

#[test]
fn nobody_s_sign_up_leads_to_the_login_and_on() {
    story(Setting::DEMO.look(Look::PHONE), async |stage| {
        let visitor = &stage.visitor;
        visitor.foresee(400, SIGNUP);
        visitor.foresee(403, ME);
        visitor.open("/signup").await;
        visitor.expect_heading("No sign-up is open").await;
        stage.inspect("signup-none").await;
        let robots = visitor
            .ask("return document.querySelector('meta[name=robots]')?.content ?? null")
            .await;
        assert_eq!(robots, json!("noindex"));
    });
}

/// What can go wrong with a call. The browser remarks on some of it.
struct Fault {
    name: &'static str,
    fault: Value,
    remark: Option<Option<u16>>,
}

fn faults() -> Vec<Fault> {
    let fault = |name, fault: Value, remark| Fault {
        name,
        fault,
        remark,
    };
    vec![
        fault("500", json!({"status": 500}), Some(Some(500))),
        fault("503", json!({"status": 503}), Some(Some(503))),
        fault("429", json!({"status": 429}), Some(Some(429))),
        fault("dropped before", json!({"drop": "before"}), Some(None)),
        fault("dropped after", json!({"drop": "after"}), Some(None)),
        fault("truncated", json!({"body": "truncated"}), Some(None)),
        fault("not JSON", json!({"body": "not_json"}), None),
        fault("HTML", json!({"body": "html"}), None),
    ]
}

impl Fault {
    /// The fault at a call, as long as it is not healed: a browser sends a request once more by itself when its
    /// connection breaks.
    fn at(&self, method: &str, path: &str) -> Value {
        let mut fault = self.fault.clone();
        fault["method"] = json!(method);
        fault["path"] = json!(path);
        json!([fault])
    }

    fn foresee(&self, visitor: &Visitor, path: &str) {
        match self.remark {
            Some(Some(status)) => visitor.foresee(status, path),
            Some(None) => visitor.foresee_broken(path),
            None => {}
        }
    }
}

#[test]
fn whatever_goes_wrong_with_the_checks_never_looks_free_and_never_keeps_from_signing_up() {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        arrive(visitor, "crab-newcomer").await;
        expect_state(visitor, "free").await;
        for (number, fault) in faults().into_iter().enumerate() {
            let name = format!("walrus-{number}");
            fault.foresee(visitor, &format!("{NAMES}/walrus_{number}"));
            fail(stage, fault.at("GET", NAMES)).await;
            visitor.fill("Username", &name).await;
            let wanted = if fault.name == "429" {
                "throttled"
            } else {
                "could-not-ask"
            };
            expect_state(visitor, wanted).await;
            visitor.expect_no_text("It becomes yours").await;
            heal(stage).await;
            if fault.name == "429" {
                // No check is made now, which is no reason not to sign up; a reload may ask again.
                visitor.expect_text("Too many checks. They go on at").await;
                visitor.reload().await;
                visitor.see("textbox", "Username").await;
                expect_state(visitor, "free").await;
            } else {
                visitor.click_button("Check again").await;
                expect_state(visitor, "free").await;
            }
        }
        fail(
            stage,
            json!([{"method": "GET", "path": NAMES, "hang": true}]),
        )
        .await;
        visitor.fill("Username", "walrus-unheard").await;
        visitor.expect_text("Still checking.").await;
        visitor.click_button(CREATE).await;
        visitor.expect_heading("Welcome, walrus-unheard").await;
    });
}

#[test]
fn whatever_goes_wrong_with_loading_is_told_and_can_be_tried_again() {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        arrive(visitor, "crab-newcomer").await;
        for fault in faults() {
            fault.foresee(visitor, SIGNUP);
            fail(stage, fault.at("GET", SIGNUP)).await;
            visitor.reload().await;
            visitor.see("button", "Try again").await;
            visitor.see_no("textbox", "Username").await;
            heal(stage).await;
            visitor.click_button("Try again").await;
            visitor.see("textbox", "Username").await;
        }
    });
}

#[test]
fn whatever_goes_wrong_with_cancelling_ends_in_the_truth() {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        for fault in faults() {
            arrive(visitor, "crab-newcomer").await;
            fault.foresee(visitor, SIGNUP);
            fail(stage, fault.at("DELETE", SIGNUP)).await;
            visitor.click_button("Cancel the sign-up").await;
            // The cookie may have changed or not; what is shown is what the server then says.
            let told = visitor.browser.until("an end", async || {
                let text = visitor.text().await;
                let over = text.contains("The sign-up was cancelled");
                Ok((over || text.contains("could not be cancelled")).then_some(over))
            });
            let over = told.await.expect("something is said");
            heal(stage).await;
            if over {
                visitor.foresee(400, SIGNUP);
            } else {
                visitor.click_button("Cancel the sign-up").await;
                visitor.expect_heading("The sign-up was cancelled").await;
            }
        }
    });
}

/// Creates an account while the call fails, and goes on as the page says until there is one.
fn an_account_is_made_once_whatever_happens(faults: Vec<Fault>, first: usize) {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        for (fault, (login, _)) in faults.into_iter().zip(NEWCOMERS.into_iter().skip(first)) {
            let name = format!(
                "walrus-{}",
                fault.name.to_ascii_lowercase().replace(' ', "-")
            );
            arrive(visitor, login).await;
            visitor.fill("Username", &name).await;
            visitor.fill("E-mail address", "walrus@example.com").await;
            expect_state(visitor, "free").await;
            fault.foresee(visitor, SIGNUP);
            fail(stage, fault.at("POST", SIGNUP)).await;
            visitor.click_button(CREATE).await;
            let told = visitor.browser.until("an end", async || {
                let text = visitor.text().await;
                let ends = [
                    "Welcome, walrus",
                    "Your account was not created",
                    "asks for a pause",
                    "It is not known whether",
                ];
                Ok(ends.into_iter().find(|end| text.contains(end)))
            });
            let told = told
                .await
                .unwrap_or_else(|failure| panic!("{}: {failure}", fault.name));
            heal(stage).await;
            match told {
                "Welcome, walrus" => {}
                "It is not known whether" => {
                    visitor.foresee(400, SIGNUP);
                    visitor.foresee(403, ME);
                    visitor
                        .ask("document.querySelector('main button').focus()")
                        .await;
                    visitor.press(Key::Enter).await;
                    choose(visitor, "Stories", login).await;
                    visitor.expect_heading("You are signed in").await;
                }
                _ => {
                    assert!(
                        account(stage, &name).await["user"].is_null(),
                        "{}: it was created",
                        fault.name
                    );
                    visitor.click_button(CREATE).await;
                    visitor
                        .expect_heading(format!("Welcome, {name}").as_str())
                        .await;
                }
            }
            assert_eq!(
                account(stage, &name).await["user"]["login"],
                name.as_str(),
                "{}",
                fault.name
            );
            log_out(visitor, &name).await;
        }
    });
}

#[test]
fn an_account_is_made_once_whatever_goes_wrong_with_the_call() {
    an_account_is_made_once_whatever_happens(faults(), 0);
}

#[test]
fn a_call_that_never_ends_is_given_up_and_found_out_about() {
    story(Setting::DEMO.faults(), async |stage| {
        let visitor = &stage.visitor;
        arrive(visitor, "crab-newcomer").await;
        expect_state(visitor, "free").await;
        fail(
            stage,
            json!([{"method": "POST", "path": SIGNUP, "hang": true}]),
        )
        .await;
        visitor.click_button(CREATE).await;
        visitor.see("button", "Creating the account…").await;
        tokio::time::sleep(std::time::Duration::from_secs(30)).await;
        visitor
            .expect_text("Your account was not created: no answer came in time.")
            .await;
        heal(stage).await;
        visitor.click_button(CREATE).await;
        visitor.expect_heading("Welcome, crab-newcomer").await;
    });
}
