//! Mounts the app.

fn main() {
    #[cfg(target_arch = "wasm32")]
    {
        use leptos::prelude::*;
        use nameplate::api::client::Client;
        use nameplate::api::fetch::Fetch;
        use nameplate::app::App;
        use nameplate::app::parts::Part;
        use nameplate::browser::{document, navigation, startup};
        use nameplate::route::Route;

        // A released build ends at once on a panic, without texts: no hook would be called.
        #[cfg(not(split))]
        console_error_panic_hook::set_once();
        startup::begin(async {
            // Nothing is shown before the page's own part is here, which was asked for with the main piece: what only some pages
            // call can then come with their parts. If it does not come, the page's place says so.
            let address = navigation::current();
            let route = Route::parse(&address.path, &address.query);
            let _ = Part::of(&route).load().await;
            document::replace_skeleton();
            mount_to_body(|| view! { <App client=Client::new(Fetch) /> });
        });
    }
}
