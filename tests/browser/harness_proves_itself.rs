//! The browser harness on markup made to be found fault with: an oracle that cannot fail proves nothing.

use crate::harness::by_role::snapshot;
use crate::harness::fake_server::{Account, End, Failure, FakeServer};
use crate::harness::oracles;
use crate::harness::screen::{Screen, document};
use crate::harness::settle::{settle, tick};
use leptos::prelude::*;
use nameplate::api::client::Client;
use nameplate::api::error::ApiError;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn elements_are_found_by_role_and_name() {
    let screen = Screen::show(|| {
        view! {
            <h1>"All about " <em>"ferris"</em></h1>
            <button aria-label="Close the panel">"x"</button>
            <label for="one">"E-mail"</label>
            <input id="one" value="a@b.example" />
            <label>"Nested" <input /></label>
            <span id="label">"Referenced"</span>
            <input aria-labelledby="label" />
            <a href="#x"><img src="data:," alt="Picture" />" and text"</a>
            <button style="display: none">"Hidden"</button>
            <div aria-hidden="true"><button>"Muted"</button></div>
            <output>"Saved"</output>
        }
    });
    for (role, name) in [
        ("heading", "All about ferris"),
        ("button", "Close the panel"),
        ("textbox", "E-mail"),
        ("textbox", "Nested"),
        ("textbox", "Referenced"),
        ("link", "Picture and text"),
    ] {
        screen.see(role, name).await;
    }
    assert_eq!(screen.names("button"), ["Close the panel"]);
    assert_eq!(screen.status(), "Saved");
    assert_eq!(screen.value("textbox", "E-mail").await, "a@b.example");
    screen.expect_heading("All about ferris").await;
}

#[wasm_bindgen_test]
async fn a_snapshot_tells_role_name_and_state() {
    let screen = Screen::show(|| {
        view! {
            <main><h2>"Two"</h2><button aria-expanded="false">"More"</button><p>"Some text"</p></main>
        }
    });
    let expected =
        "main\n  heading \"Two\" level=2\n  button \"More\" expanded=false\n  text \"Some text\"\n";
    assert_eq!(snapshot(screen.root()), expected);
}

#[wasm_bindgen_test]
async fn typing_and_clicking_reach_the_component() {
    let screen = Screen::show(|| {
        let text = RwSignal::new(String::new());
        let inputs = RwSignal::new(0);
        view! {
            <label>"Name" <input on:input:target=move |event| {
                text.set(event.target().value());
                inputs.update(|count| *count += 1);
            } /></label>
            <button on:click=move |_| text.set(String::from("cleared"))>"Clear"</button>
            <p>{move || format!("{} after {}", text.get(), inputs.get())}</p>
        }
    });
    screen.fill("textbox", "Name", "abc").await;
    screen.expect_text("abc after 4").await;
    screen.click_button("Clear").await;
    screen.expect_text("cleared after 4").await;
}

#[wasm_bindgen_test]
async fn warnings_are_noticed() {
    let screen = Screen::show(|| view! { <p>"quiet"</p> });
    web_sys::console::warn_1(&"something is off".into());
    assert_eq!(oracles::said(), ["warn: something is off"]);
    oracles::expect_said("something is off");
    assert!(oracles::said().is_empty());
    drop(screen);
}

#[wasm_bindgen_test]
async fn what_is_left_behind_is_noticed() {
    oracles::begin();
    let before = oracles::held();
    let handle = window_event_listener(leptos::ev::resize, |_| ());
    assert_ne!(oracles::held(), before);
    handle.remove();
    assert_eq!(oracles::held(), before);
    let timer =
        set_timeout_with_handle(|| (), std::time::Duration::from_secs(60)).expect("a timer");
    assert_ne!(oracles::held(), before);
    timer.clear();
    assert_eq!(oracles::held(), before);
}

#[wasm_bindgen_test]
async fn the_fake_server_remembers_and_writes_down() {
    let server = FakeServer::new();
    server.account(
        Account::new(1, "carol")
            .github(Some("carolgithub"))
            .named("Carol"),
    );
    let client = Client::new(server.clone());
    let carol = client.user("CAROL").await.expect("she is found");
    assert_eq!(carol.user.username.as_str(), "carol");
    assert!(matches!(
        client.user("nobody").await,
        Err(ApiError::NotFound { .. })
    ));
    assert!(matches!(client.me().await, Err(ApiError::SignedOut { .. })));
    server.signed_in(Some(1));
    assert_eq!(
        client.me().await.expect("signed in").username.as_str(),
        "carol"
    );
    assert_eq!(server.requests_like("GET /api/v1/users/*").len(), 2);
    assert_eq!(server.ended(End::Answered(403)), ["GET /api/v1/me"]);
}

#[wasm_bindgen_test]
async fn the_fake_server_fails_and_heals_as_told() {
    let server = FakeServer::new();
    server.signed_in(Some(1)).account(Account::new(1, "carol"));
    let client = Client::new(server.clone());
    server.fail_once("GET /api/v1/me", Failure::Offline);
    assert_eq!(client.me().await, Err(ApiError::Offline));
    assert!(client.me().await.is_ok());
    server.fail("GET /api/v1/*", Failure::Body("<html>"));
    assert_eq!(client.me().await, Err(ApiError::Malformed));
    server.heal();
    assert!(client.me().await.is_ok());
}

#[wasm_bindgen_test]
async fn a_request_that_is_given_up_is_written_down_as_such() {
    let server = FakeServer::new();
    server.account(Account::new(1, "carol"));
    server.hold("GET /api/v1/users/*");
    let client = Client::new(server.clone());
    let mut asking = Box::pin(async move { client.user("carol").await });
    // Polled once, so that it is sent, and then for a while in vain.
    for _ in 0..3 {
        std::future::poll_fn(|context| {
            assert!(asking.as_mut().poll(context).is_pending());
            std::task::Poll::Ready(())
        })
        .await;
        tick().await;
    }
    assert_eq!(server.open().len(), 1);
    drop(asking);
    assert_eq!(server.ended(End::Aborted).len(), 1);
}

#[wasm_bindgen_test]
async fn a_screen_takes_everything_with_it() {
    let screen = Screen::show(|| view! { <p data-mark="">"here"</p> });
    settle("it is there", || {
        document()
            .query_selector("[data-mark]")
            .is_ok_and(|one| one.is_some())
    })
    .await;
    screen.leave().await;
    assert!(
        document()
            .query_selector("[data-mark]")
            .is_ok_and(|one| one.is_none())
    );
}
