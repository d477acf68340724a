//! What `view!` makes of markup, and what becomes of it when it is built anew.

use crate::harness::settle::settle;
use leptos::mount::mount_to;
use leptos::prelude::*;
use nameplate::reactive::RwSignal;
use nameplate::template::{Erase, view};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement, HtmlInputElement};

/// A place in the document in which a view is shown for as long as it lives.
struct Shown {
    place: HtmlElement,
    _mounted: Box<dyn std::any::Any>,
}

impl Shown {
    fn new<V: Erase + 'static>(view: impl FnOnce() -> V + 'static) -> Self {
        let place: HtmlElement = document()
            .create_element("div")
            .expect("a place")
            .unchecked_into();
        document()
            .body()
            .expect("a body")
            .append_child(&place)
            .expect("it is put there");
        let mounted = mount_to(place.clone(), move || view().erase());
        Self {
            place,
            _mounted: Box::new(mounted),
        }
    }

    fn html(&self) -> String {
        self.place.inner_html()
    }

    fn one(&self, selector: &str) -> Element {
        let found = self.place.query_selector(selector).expect("a selector");
        found.unwrap_or_else(|| panic!("no {selector} in {}", self.html()))
    }

    async fn expect(&self, html: &str) {
        settle(html, || self.html() == html).await;
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        self.place.remove();
    }
}

#[wasm_bindgen_test]
async fn what_is_fixed_is_shown_as_it_is_written() {
    let shown = Shown::new(|| {
        view! {
            <p class="note" title="\"1\" & 3" hidden tabindex="-1">
                "1 < 2 & 3" <br/> <em>"end"</em>
            </p>
        }
    });
    let html = r#"<p class="note" title="&quot;1&quot; &amp; 3" hidden="" tabindex="-1">1 &lt; 2 &amp; 3<br><em>end</em></p>"#;
    assert_eq!(shown.html(), html);
}

#[wasm_bindgen_test]
async fn values_become_attributes_and_what_is_absent_is_left_out() {
    let busy = RwSignal::new(false);
    let nothing: Option<String> = None;
    let shown = Shown::new(move || {
        view! {
            <button
                title=String::from("\"b\"")
                lang=nothing.clone()
                disabled=busy
                aria-busy=move || busy.get().to_string()
                class:is-busy=move || busy.get()
                value=7_u32
            ></button>
        }
    });
    let idle = r#"<button value="7" title="&quot;b&quot;" aria-busy="false"></button>"#;
    settle("it is idle", || {
        shown.html().replace(r#" class="""#, "") == idle
    })
    .await;
    busy.set(true);
    settle("it is busy", || {
        let button = shown.one("button");
        button.has_attribute("disabled")
            && button.get_attribute("aria-busy").as_deref() == Some("true")
            && button.class_name() == "is-busy"
    })
    .await;
    busy.set(false);
    settle("it is idle again", || {
        let button = shown.one("button");
        !button.has_attribute("disabled") && button.class_name().is_empty()
    })
    .await;
}

#[wasm_bindgen_test]
async fn views_stand_where_the_markup_has_them_and_texts_are_texts() {
    let name = RwSignal::new(String::from("<b>ferris</b>"));
    let shown = Shown::new(move || {
        let list = vec!["one", "two"];
        let nothing: Option<String> = None;
        view! {
            <p>"By " {name} ", " {list} {nothing} " and " <em>{3_usize}</em> {move || name.get().len()}</p>
            <p>{"last"}</p>
        }
    });
    let text = |at: &str| shown.one(at).text_content().unwrap_or_default();
    assert_eq!(text("p"), "By <b>ferris</b>, onetwo and 313");
    assert_eq!(text("p:last-of-type"), "last");
    assert!(
        shown
            .place
            .query_selector("b")
            .expect("a selector")
            .is_none()
    );
    name.set(String::from("bors"));
    settle("the texts follow", || text("p") == "By bors, onetwo and 34").await;
}

#[wasm_bindgen_test]
async fn the_same_markup_built_anew_keeps_its_elements_and_what_was_typed() {
    let turn = RwSignal::new(0_u32);
    let heard = RwSignal::new(Vec::new());
    let shown = Shown::new(move || {
        let field = move || {
            let now = turn.get();
            view! {
                <label title=now.to_string()>
                    "Name " {now}
                    <input on:input=move |_| heard.update(|heard| heard.push(now)) />
                </label>
            }
        };
        view! { <section>{field}</section> }
    });
    let field: HtmlInputElement = shown.one("input").unchecked_into();
    field.focus().expect("it takes the focus");
    field.set_value("fer");
    turn.set(1);
    settle("it is built anew", || {
        shown.one("label").get_attribute("title").as_deref() == Some("1")
    })
    .await;
    assert!(shown.one("input").is_same_node(Some(&field)));
    assert_eq!(field.value(), "fer");
    assert_eq!(document().active_element().as_ref(), Some(field.as_ref()));
    let event = web_sys::Event::new("input").expect("an event");
    field.dispatch_event(&event).expect("it is heard");
    assert_eq!(
        heard.get_untracked(),
        [1],
        "once, and by the listener of now"
    );
}

#[wasm_bindgen_test]
async fn other_markup_takes_the_place_of_what_was_there() {
    let found = RwSignal::new(false);
    let shown = Shown::new(move || {
        let screen = move || match found.get() {
            true => view! { <b>"found"</b> }.into_any(),
            false => view! { <i>"looking"</i> }.into_any(),
        };
        view! { <p>{screen}" until then"</p> }
    });
    shown.expect("<p><i>looking</i> until then</p>").await;
    found.set(true);
    shown.expect("<p><b>found</b> until then</p>").await;
    found.set(false);
    shown.expect("<p><i>looking</i> until then</p>").await;
}

#[wasm_bindgen_test]
async fn what_stands_alone_inside_svg_is_svg() {
    let shown = Shown::new(|| {
        let bar = view! { <rect x="0" y=2_u32></rect> };
        view! { <svg role="img"><title>"A chart"</title>{bar}</svg> }
    });
    let bar = shown.one("rect");
    assert_eq!(
        bar.namespace_uri().as_deref(),
        Some("http://www.w3.org/2000/svg")
    );
    assert_eq!(bar.get_attribute("y").as_deref(), Some("2"));
}

#[wasm_bindgen_test]
async fn an_element_is_handed_over_and_properties_are_set() {
    let place = NodeRef::<leptos::html::Input>::new();
    let shown = Shown::new(
        move || view! { <p><input type="checkbox" prop:checked=true prop:value="x" node_ref=place /></p> },
    );
    settle("it is handed over", || place.get_untracked().is_some()).await;
    let field = place.get_untracked().expect("it was handed over");
    assert!(field.checked());
    assert_eq!(field.value(), "x");
    assert!(shown.one("input").is_same_node(Some(&field)));
}
