//! The address of an avatar in the size shown: `s=` is set through the platform's URL parser, since not every address has a query (contract, trap 6).

use web_sys::Url;

/// The address with `s` set to twice the size in CSS pixels. `None` for what is no http(s) address, which is then not loaded at all.
pub fn sized(address: &str, css_pixels: u32) -> Option<String> {
    let url = Url::new(address).ok()?;
    if !matches!(url.protocol().as_str(), "https:" | "http:") {
        return None;
    }
    url.search_params().set("s", &(css_pixels * 2).to_string());
    Some(url.href())
}
