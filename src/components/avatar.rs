//! The picture of a person or team: decoration beside the name, never instead of it.
//!
//! It comes from a foreign host, so that host is told as little as possible, and a picture that does not come leaves a drawn one.

use leptos::prelude::*;

use super::icon::Icon;
use crate::browser::image_address;
use crate::reactive::RwSignal;
use crate::template::view;

/// The sizes the styles know, in CSS pixels.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AvatarSize {
    /// Beside a line of text.
    Small,
    /// Beside two lines.
    Medium,
    /// At the head of a page.
    Large,
}

impl AvatarSize {
    fn pixels(self) -> u32 {
        match self {
            Self::Small => 24,
            Self::Medium => 40,
            Self::Large => 96,
        }
    }
}

/// Shows the picture at `address`, or a drawn one.
#[component]
pub fn Avatar(
    /// As the server gave it.
    address: Option<String>,
    size: AvatarSize,
    /// The sprite's icon that stands in: `person` or `team`.
    #[prop(default = "person")]
    fallback: &'static str,
) -> impl IntoView {
    let pixels = size.pixels();
    let source = address.and_then(|address| image_address::sized(&address, pixels));
    let failed = RwSignal::new(false);
    let picture = move || match source.clone() {
        Some(source) if !failed.get() => view! {
            <img
                src=source
                alt=""
                width=pixels
                height=pixels
                loading="lazy"
                decoding="async"
                referrerpolicy="no-referrer"
                on:error=move |_| failed.set(true)
            />
        }
        .into_any(),
        _ => view! { <Icon name=fallback /> }.into_any(),
    };
    view! { <span class="avatar" data-size=pixels.to_string()>{picture}</span> }
}
