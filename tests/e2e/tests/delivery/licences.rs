//! Everything that is delivered comes with its terms.

use nameplate_e2e::story::{Setting, story};

#[test]
fn the_foot_of_every_page_leads_to_the_licences_of_all_it_is_made_of() {
    story(Setting::DEMO.behind_nginx(), async |stage| {
        let visitor = &stage.visitor;
        visitor.open("/policies").await;
        visitor.expect_heading("Usage policy").await;
        visitor.click_link("Licences").await;
        visitor.expect_path("/licences.txt").await;
        let text = visitor.text().await;
        for part in [
            "leptos 0.8",
            "wasm-bindgen 0.2",
            "highlight.js 11",
            "lowlight 3",
            "Rust standard library 1.",
            "Permission is hereby granted, free of charge",
            "Apache License Version 2.0",
        ] {
            assert!(text.contains(part), "{part}");
        }
        for absent in ["axum ", "leptos_macro ", "sha2 "] {
            assert!(
                !text.contains(&format!(" {absent}")),
                "{absent} is not delivered"
            );
        }
    });
}
