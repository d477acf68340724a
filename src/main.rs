//! Mounts the app.

fn main() {
    #[cfg(target_arch = "wasm32")]
    {
        use leptos::prelude::*;
        use nameplate::api::client::Client;
        use nameplate::api::fetch::Fetch;
        use nameplate::app::App;
        use nameplate::browser::document;

        // A released build ends at once on a panic, without texts: no hook would be called.
        #[cfg(not(split))]
        console_error_panic_hook::set_once();
        document::replace_skeleton();
        mount_to_body(|| view! { <App client=Client::new(Fetch) /> });
    }
}
