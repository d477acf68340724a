//! What everybody is told, at the top of every page: the registry's banner, and that it is read-only.
//!
//! Shown as text, whatever is in it. Each can be dismissed; a dismissed text stays away in this browser, another one does not.

use leptos::prelude::*;

use super::icon::Icon;
use crate::browser::{document, storage, timer};
use crate::domain::announcement::{Announcement, Dismissed};
use crate::domain::site::SiteMetadata;
use crate::reactive::{RwSignal, effect};
use crate::template::view;

/// Whether there is anything to show or to forget, as far as can be told without the rest of this.
pub fn is_needed(site: &SiteMetadata) -> bool {
    site.read_only
        || site.banner_message.is_some()
        || storage::read(storage::DISMISSED_BANNERS).is_some()
}

/// Shows what was not dismissed.
#[component]
pub fn Announcements(
    /// What the registry says of itself, once it is known.
    #[prop(into)]
    site: Signal<Option<SiteMetadata>>,
) -> impl IntoView {
    let dismissed = RwSignal::new(Dismissed::parse(
        &storage::read(storage::DISMISSED_BANNERS).unwrap_or_default(),
    ));
    let keep = move |change: &dyn Fn(&mut Dismissed)| {
        // Another tab may have dismissed something since.
        let mut known =
            Dismissed::parse(&storage::read(storage::DISMISSED_BANNERS).unwrap_or_default());
        change(&mut known);
        storage::write(storage::DISMISSED_BANNERS, &known.print());
        dismissed.update(change);
    };
    effect(move |_| {
        let over = site.with(|site| {
            site.as_ref()
                .filter(|site| dismissed.with_untracked(|known| known.clone().catch_up(site)))
                .cloned()
        });
        if let Some(site) = over {
            keep(&|known| {
                known.catch_up(&site);
            });
        }
    });
    let dismiss = Callback::new(move |announcement: Announcement| {
        keep(&|known| known.add(&announcement));
        // By then the button that had the focus is gone.
        timer::next_frame(|| {
            let _ = document::focus(".site-banner button")
                || document::focus("main h1")
                || document::focus("main");
        });
    });
    move || {
        let all = site.with(|site| site.as_ref().map(Announcement::all).unwrap_or_default());
        let news = all
            .into_iter()
            .filter(|announcement| !dismissed.with(|known| known.contains(announcement)));
        news.map(|announcement| row(announcement, dismiss))
            .collect_view()
    }
}

fn row(announcement: Announcement, dismiss: Callback<Announcement>) -> AnyView {
    let (text, label) = match &announcement {
        Announcement::Banner(text) => (text.clone(), "Dismiss this announcement"),
        Announcement::ReadOnly => (
            announcement.text().to_owned(),
            "Dismiss the read-only notice",
        ),
    };
    view! {
        <div class="site-banner__row">
            <Icon name="info" />
            <p class="site-banner__text" dir="auto">{text}</p>
            <button type="button" class="icon-button" aria-label=label on:click=move |_| dismiss.run(announcement.clone())>
                <Icon name="close" />
            </button>
        </div>
    }
    .into_any()
}
