//! The frame of a page to be read: its heading, what it is about, where its sections are, and the sections.

use leptos::prelude::*;

use crate::state::title::provide_title;
use crate::template::view;

/// A section: its id, its heading, its text.
pub type Section = (&'static str, &'static str, fn() -> AnyView);

/// Shows a text.
pub fn text_page(title: &'static str, intro: AnyView, sections: &'static [Section]) -> AnyView {
    provide_title(move || title.to_owned());
    let contents = sections
        .iter()
        .map(|(id, heading, _)| view! { <li><a href=format!("#{id}")>{*heading}</a></li> })
        .collect_view();
    let sections = sections
        .iter()
        .map(|(id, heading, text)| view! { <section><h2 id=*id tabindex="-1">{*heading}</h2>{text()}</section> })
        .collect_view();
    view! {
        <div class="text-page">
            <h1 tabindex="-1">{title}</h1>
            {intro}
            <nav class="contents" aria-label="On this page"><ul>{contents}</ul></nav>
            {sections}
        </div>
    }
    .into_any()
}

/// A list of sentences.
pub fn points(points: &[&'static str]) -> AnyView {
    let points = points
        .iter()
        .map(|point| view! { <li>{*point}</li> })
        .collect_view();
    view! { <ul>{points}</ul> }.into_any()
}

/// A link to another site.
pub fn outside(address: &'static str, text: &'static str) -> AnyView {
    view! { <a href=address rel="noopener">{text}</a> }.into_any()
}
